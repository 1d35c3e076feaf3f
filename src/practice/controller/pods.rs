//! What the workload controllers have in common: making, counting and ranking pods.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::practice::clock::{after, parse};
use crate::practice::kinds::Kind;
use crate::practice::obj::{
    condition, controlled_by, int, is, key_of, list, name, namespace, owner_reference, terminating, text, uid,
};
use crate::practice::removal::DeleteOptions;
use crate::practice::world::{Note, World};

/// The pods that an owner controls, those that are going included.
pub fn of(world: &World, owner: &Value) -> Vec<Arc<Value>> {
    let pods = world.store.list_in(Kind::Pod, namespace(owner));
    pods.into_iter().filter(|p| controlled_by(p, uid(owner))).collect()
}

/// Neither over nor going.
pub fn active(pod: &Value) -> bool {
    !terminating(pod) && !matches!(text(pod, "/status/phase"), "Succeeded" | "Failed")
}

/// When a ready pod counts as available; `None` when it is not ready.
pub fn available_at(owner: &Value, pod: &Value) -> Option<Timestamp> {
    if !is(pod, "Ready") {
        return None;
    }
    let wait = u64::try_from(int(owner, "/spec/minReadySeconds").unwrap_or(0)).unwrap_or(0);
    let ready = condition(pod, "Ready").and_then(|c| parse(text(c, "/lastTransitionTime")))?;
    Some(if wait == 0 { ready } else { after(ready, Duration::from_secs(wait)) })
}

/// A pod from the template of its owner.
pub fn from_template(owner: &Value) -> Value {
    let template = &owner["spec"]["template"];
    json!({
        "metadata": {
            "labels": template["metadata"]["labels"], "annotations": template["metadata"]["annotations"],
            "ownerReferences": [owner_reference(owner)],
        },
        "spec": template["spec"],
    })
}

/// So many pods of one owner are made or deleted in one look, as by the real controllers; the change wakes them for more.
pub const BURST: usize = 500;

/// How long after a refusal a controller tries again by itself.
pub const AGAIN: Duration = Duration::from_mins(1);

/// Creates a pod and notes it at its owner, or notes why not and says it.
pub fn make(world: &mut World, component: &str, owner: &Value, pod: Value) -> Result<Arc<Value>, String> {
    match world.create(Kind::Pod, namespace(owner), pod) {
        Ok(made) => {
            let message = format!("Created pod: {}", name(&made));
            world.note(owner, Note::normal(component, "SuccessfulCreate", &message));
            Ok(made)
        }
        Err(refusal) => {
            let message = format!("Error creating: {}", refusal.message);
            world.note(owner, Note::warning(component, "FailedCreate", &message));
            Err(refusal.message)
        }
    }
}

/// Deletes a pod and notes it at its owner.
pub fn unmake(world: &mut World, component: &str, owner: &Value, pod: &Value) {
    let (ns, pod_name) = key_of(pod);
    if world.delete(Kind::Pod, &ns, &pod_name, &DeleteOptions::default()).is_ok() {
        let message = format!("Deleted pod: {pod_name}");
        world.note(owner, Note::normal(component, "SuccessfulDelete", &message));
    }
}

/// Which pod goes first when there are too many: unassigned, not running, not ready, crowded, young.
pub fn rank(pods: &mut [Arc<Value>]) {
    let mut crowd: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for pod in pods.iter().filter(|p| !text(p, "/spec/nodeName").is_empty()) {
        *crowd.entry(text(pod, "/spec/nodeName").to_owned()).or_default() += 1;
    }
    pods.sort_by_cached_key(|p| {
        let node = text(p, "/spec/nodeName");
        let phase = match text(p, "/status/phase") {
            "Pending" => 0,
            "Unknown" => 1,
            _ => 2,
        };
        let crowded = std::cmp::Reverse(crowd.get(node).copied().unwrap_or(0));
        let restarts = restarts(p);
        let born = std::cmp::Reverse(text(p, "/metadata/creationTimestamp").to_owned());
        (
            !node.is_empty(),
            phase,
            is(p, "Ready"),
            crowded,
            std::cmp::Reverse(restarts),
            born,
            name(p).to_owned(),
        )
    });
}

fn restarts(pod: &Value) -> i64 {
    list(pod, "/status/containerStatuses").iter().filter_map(|s| int(s, "/restartCount")).sum()
}

/// An int or a percentage of `total`; whatever a client wrote there, a number that objects count with.
pub fn resolve(value: &Value, total: i64, up: bool) -> i64 {
    let percent = || value.as_str().and_then(|s| s.trim_end_matches('%').parse().ok()).unwrap_or(0_i64);
    let part = || total.saturating_mul(percent()).saturating_add(if up { 99 } else { 0 }) / 100;
    value.as_i64().unwrap_or_else(part).clamp(0, i64::from(i32::MAX))
}

/// How many there are, as objects count.
pub fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
