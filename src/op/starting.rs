//! How far a container that an operation made has come, as the kubelet tells it: whether it runs, what it waits for, why it
//! does not start. Shared by the operations that make one; it plans nothing.

use serde_json::Value;

use super::Progress;
use crate::domain::sanitize;
use crate::lang::t;

/// What a kubelet says while everything goes its way.
const ON_ITS_WAY: &[&str] = &["", "ContainerCreating", "PodInitializing"];

/// What an entry of a pod's container statuses says; null where there is none yet. `proof` is said once it runs.
pub(super) fn container(name: &str, status: &Value, proof: &str) -> Progress {
    let state = &status["state"];
    if !state["running"].is_null() {
        return Progress::Fulfilled(proof.to_owned());
    }
    if let Some(ended) = state.get("terminated").filter(|t| !t.is_null()) {
        let words = match ended["exitCode"].as_i64() {
            Some(code) => t!("op-starting-has-ended-with", name = name, code = code),
            None => t!("op-starting-has-ended", name = name),
        };
        return Progress::Stuck(said(&words, ended));
    }
    let waiting = &state["waiting"];
    if ON_ITS_WAY.contains(&waiting["reason"].as_str().unwrap_or_default()) {
        return Progress::Pending(said(&t!("op-starting-not-yet", name = name), waiting));
    }
    Progress::Stuck(said(&t!("op-starting-does-not", name = name), waiting))
}

/// Words with the reason and the message that stand in a state.
pub(super) fn said(words: &str, state: &Value) -> String {
    let part = |field: &str| state[field].as_str().filter(|text| !text.is_empty()).map(sanitize);
    let parts = [Some(words.to_owned()), part("reason"), part("message")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn it_says_what_the_kubelet_says() {
        let of = |state: Value| container("dbg", &json!({ "state": state }), "dbg runs");
        assert_eq!(of(json!({"running": {}})), Progress::Fulfilled("dbg runs".into()));
        assert_eq!(container("dbg", &Value::Null, ""), Progress::Pending("dbg is not started yet".into()));
        assert_eq!(
            of(json!({"waiting": {"reason": "ContainerCreating"}})),
            Progress::Pending("dbg is not started yet: ContainerCreating".into())
        );
        assert_eq!(
            of(json!({"waiting": {"reason": "ErrImagePull", "message": "not found\u{1b}[31m"}})),
            Progress::Stuck("dbg does not start: ErrImagePull: not found".into())
        );
        assert_eq!(
            of(json!({"terminated": {"exitCode": 128, "reason": "StartError", "message": "no sh"}})),
            Progress::Stuck("dbg has ended with exit code 128: StartError: no sh".into())
        );
    }
}
