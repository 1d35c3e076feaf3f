//! The state of a container as the status of its pod shows it, in the words of a kubelet.

use std::time::Duration;

use serde_json::{Value, json};

use super::container::{Container, Phase};
use crate::practice::obj::{name, namespace, uid};

impl Container {
    /// The state as the status shows it.
    pub fn state(&self, pod: &Value) -> Value {
        let waiting =
            |reason: &str, message: String| json!({"waiting": {"reason": reason, "message": message}});
        match &self.phase {
            Phase::Preparing { .. } | Phase::Pulling { failed: None, .. } => {
                json!({"waiting": {"reason": "ContainerCreating"}})
            }
            Phase::NoImage { shown: "ImagePullBackOff", why, .. }
            | Phase::Pulling { failed: Some(why), .. } => {
                let again = format!("Back-off pulling image \"{}\": ErrImagePull: {why}", self.image);
                waiting("ImagePullBackOff", again)
            }
            Phase::NoImage { shown, why, .. } => waiting(shown, why.clone()),
            Phase::Unmade { why, .. } => waiting("CreateContainerConfigError", why.clone()),
            Phase::Unstarted { why, .. } => waiting("RunContainerError", why.clone()),
            Phase::Running { since, .. } => {
                json!({"running": {"startedAt": crate::practice::clock::seconds(*since)}})
            }
            Phase::Exited { state, .. } | Phase::Over { state } => json!({"terminated": state}),
            Phase::Backoff { pause, .. } => waiting(
                "CrashLoopBackOff",
                format!(
                    "back-off {} restarting failed container={} pod={}_{}({})",
                    go(*pause),
                    self.name,
                    name(pod),
                    namespace(pod),
                    uid(pod)
                ),
            ),
        }
    }
}

/// A span as Go prints it: `40s`, `1m20s`, `5m0s`.
fn go(span: Duration) -> String {
    let seconds = span.as_secs();
    if seconds < 60 { format!("{seconds}s") } else { format!("{}m{}s", seconds / 60, seconds % 60) }
}
