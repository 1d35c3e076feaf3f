//! What a Deployment says about its rollout: numbers, and the conditions Available and Progressing.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::deployments::{Rollout, complete};
use crate::practice::clock::{after, parse};
use crate::practice::kinds::Kind;
use crate::practice::obj::{condition, int, key_of, list_mut, name, remove, set_condition, text, truth};
use crate::practice::world::World;

/// Writes the status; returns when the progress deadline runs out.
pub fn write(world: &mut World, rollout: &Rollout) -> Option<Timestamp> {
    let deployment = &rollout.deployment;
    let mut status = deployment["status"].clone();
    if !status.is_object() {
        status = json!({});
    }
    let before = numbers(&status);
    count(rollout, &mut status);
    let progressed = numbers(&status) != before;
    let now = world.now_text();
    availability(rollout, &mut status, &now);
    let deadline = progress(world, rollout, &mut status, progressed, &now);
    failure(rollout, &mut status, &now);
    let (ns, own) = key_of(deployment);
    world.edit(Kind::Deployment, &ns, &own, |d| d["status"] = status);
    deadline
}

fn numbers(status: &Value) -> Vec<Option<i64>> {
    ["/replicas", "/updatedReplicas", "/readyReplicas", "/availableReplicas"]
        .iter()
        .map(|at| int(status, at))
        .collect()
}

fn count(rollout: &Rollout, status: &mut Value) {
    let replicas = int(&rollout.deployment, "/spec/replicas").unwrap_or(1);
    let all = Rollout::sum(rollout.all(), "/status/replicas");
    let available = Rollout::sum(rollout.all(), "/status/availableReplicas");
    let updated = rollout.new.as_ref().and_then(|s| int(s, "/status/replicas")).unwrap_or(0);
    let missing = (replicas.max(all) - available).max(0);
    status["observedGeneration"] = rollout.deployment["metadata"]["generation"].clone();
    for (key, n) in [
        ("replicas", all),
        ("updatedReplicas", updated),
        ("readyReplicas", Rollout::sum(rollout.all(), "/status/readyReplicas")),
        ("availableReplicas", available),
        ("unavailableReplicas", missing),
    ] {
        if n > 0 {
            status[key] = json!(n);
        } else {
            remove(status, key);
        }
    }
}

fn availability(rollout: &Rollout, status: &mut Value, now: &str) {
    let replicas = int(&rollout.deployment, "/spec/replicas").unwrap_or(1);
    let enough = int(status, "/availableReplicas").unwrap_or(0) >= replicas - rollout.bounds().1;
    let condition = if enough {
        json!({"type": "Available", "status": "True", "reason": "MinimumReplicasAvailable", "message": "Deployment has minimum availability."})
    } else {
        json!({"type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable", "message": "Deployment does not have minimum availability."})
    };
    update(status, condition, now, false);
}

/// What a `ReplicaSet` could not make is said of the Deployment too, as long as it is so.
fn failure(rollout: &Rollout, status: &mut Value, now: &str) {
    const FAILURE: &str = "ReplicaFailure";
    match rollout.all().find_map(|set| condition(set, FAILURE)) {
        Some(of) => {
            let new =
                json!({"type": FAILURE, "status": "True", "reason": of["reason"], "message": of["message"]});
            update(status, new, now, false);
        }
        None => list_mut(status, "conditions").retain(|c| text(c, "/type") != FAILURE),
    }
}

/// Progressing: done, going on, or stuck for longer than the deadline.
fn progress(
    world: &World,
    rollout: &Rollout,
    status: &mut Value,
    moved: bool,
    now: &str,
) -> Option<Timestamp> {
    let deployment = &rollout.deployment;
    let new = rollout.new.as_ref()?;
    if truth(deployment, "/spec/paused") {
        let paused = json!({"type": "Progressing", "status": "Unknown", "reason": "DeploymentPaused", "message": "Deployment is paused"});
        update(status, paused, now, false);
        return None;
    }
    let say = |status: &str, reason: &str, what: &str| {
        let message = format!("ReplicaSet \"{}\" {what}", name(new));
        json!({"type": "Progressing", "status": status, "reason": reason, "message": message})
    };
    if complete(rollout) {
        update(status, say("True", "NewReplicaSetAvailable", "has successfully progressed."), now, false);
        return None;
    }
    let old = condition(deployment, "Progressing").cloned().unwrap_or_default();
    // A finished rollout that loses pods is not a new rollout: the condition stays as it is.
    let same = text(&old, "/message").contains(&format!("\"{}\"", name(new)));
    if same && text(&old, "/reason") == "NewReplicaSetAvailable" {
        return None;
    }
    let seconds =
        u64::try_from(int(deployment, "/spec/progressDeadlineSeconds").unwrap_or(600)).unwrap_or(600);
    let since =
        parse(text(&old, "/lastUpdateTime")).filter(|_| same && !moved).unwrap_or_else(|| world.now());
    let deadline = after(since, Duration::from_secs(seconds));
    if deadline <= world.now() {
        update(status, say("False", "ProgressDeadlineExceeded", "has timed out progressing."), now, false);
        return None;
    }
    let stuck = text(&old, "/reason") == "ProgressDeadlineExceeded";
    if !(stuck && same && !moved) {
        update(status, say("True", "ReplicaSetUpdated", "is progressing."), now, moved);
    }
    Some(deadline)
}

/// Sets a condition with its update time, which moves with a change or when `touch` says so.
fn update(status: &mut Value, mut new: Value, now: &str, touch: bool) {
    let kind = text(&new, "/type").to_owned();
    let all = status["conditions"].as_array().cloned().unwrap_or_default();
    let old = all.iter().find(|c| text(c, "/type") == kind);
    let same = old.is_some_and(|o| ["status", "reason", "message"].iter().all(|k| o[k] == new[k]));
    let kept = old.filter(|_| same && !touch).map(|o| o["lastUpdateTime"].clone());
    new["lastUpdateTime"] = kept.unwrap_or_else(|| json!(now));
    set_condition(status, new, now);
}
