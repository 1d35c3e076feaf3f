//! The status that a kubelet writes about a pod.

use serde_json::{Value, json};

use super::container::{Container, Phase};
use super::pod::Sandbox;
use crate::practice::clock::seconds;
use crate::practice::obj::{default, int, list, list_mut, set_condition, text};

/// The order in which kubelets list conditions; what others set stands before.
const ORDER: [&str; 5] =
    ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"];

/// Writes the status of a pod as its sandbox is now.
pub fn write(sandbox: &Sandbox, pod: &mut Value, host: &str, now: &str) {
    let containers: Vec<_> = sandbox.containers.iter().map(|c| container(c, pod)).collect();
    let inits = inits(sandbox, pod);
    let phase = phase(sandbox);
    let prepared =
        !sandbox.containers.iter().any(|c| matches!(c.phase, Phase::Preparing { .. }) && c.restarts == 0);
    let generation = pod["metadata"]["generation"].clone();
    let names = unready(sandbox);
    let status = &mut pod["status"];
    status["phase"] = json!(phase);
    status["observedGeneration"] = generation.clone();
    default(status, "startTime", seconds(sandbox.started));
    status["hostIP"] = json!(host);
    status["hostIPs"] = json!([{"ip": host}]);
    if prepared {
        status["podIP"] = json!(sandbox.address);
        status["podIPs"] = json!([{"ip": sandbox.address}]);
    }
    let over = matches!(phase, "Succeeded" | "Failed");
    let mut set = |kind: &str, good: bool, reason: &str, message: &str| {
        let mut condition = json!({"type": kind, "observedGeneration": generation, "status": if good { "True" } else { "False" }, "lastProbeTime": null});
        if !good && !reason.is_empty() {
            condition["reason"] = json!(reason);
        }
        if !good && !message.is_empty() {
            condition["message"] = json!(message);
        }
        set_condition(status, condition, now);
    };
    let (reason, message) = if over {
        ("PodCompleted", String::new())
    } else {
        ("ContainersNotReady", format!("containers with unready status: [{}]", names.join(" ")))
    };
    set("PodReadyToStartContainers", prepared && !over, "", "");
    set("Initialized", prepared, "ContainersNotInitialized", "");
    set("Ready", names.is_empty() && !over, reason, &message);
    set("ContainersReady", names.is_empty() && !over, reason, &message);
    set("PodScheduled", true, "", "");
    let place = |c: &Value| ORDER.iter().position(|o| *o == text(c, "/type"));
    list_mut(status, "conditions").sort_by_key(place);
    status["containerStatuses"] = json!(containers);
    if !inits.is_empty() {
        status["initContainerStatuses"] = json!(inits);
    }
    let joined = joined(pod, now);
    if !joined.is_empty() {
        pod["status"]["ephemeralContainerStatuses"] = json!(joined);
    }
}

/// Ephemeral containers run from the moment that the kubelet sees them.
fn joined(pod: &Value, now: &str) -> Vec<Value> {
    let known = list(pod, "/status/ephemeralContainerStatuses");
    let one = |c: &Value| {
        known.iter().find(|s| text(s, "/name") == text(c, "/name")).cloned().unwrap_or_else(|| {
            json!({
                "name": c["name"], "image": c["image"], "imageID": "", "ready": false, "restartCount": 0,
                "state": {"running": {"startedAt": now}}, "lastState": {},
            })
        })
    };
    list(pod, "/spec/ephemeralContainers").iter().map(one).collect()
}

fn unready(sandbox: &Sandbox) -> Vec<String> {
    sandbox.containers.iter().filter(|c| !c.is_ready()).map(|c| c.name.clone()).collect()
}

fn phase(sandbox: &Sandbox) -> &'static str {
    let codes: Vec<_> = sandbox
        .containers
        .iter()
        .map(|c| match &c.phase {
            Phase::Over { state } => int(state, "/exitCode"),
            _ => None,
        })
        .collect();
    if codes.iter().all(Option::is_some) {
        return if codes.iter().all(|c| *c == Some(0)) { "Succeeded" } else { "Failed" };
    }
    let begun = sandbox.containers.iter().all(|c| {
        c.restarts > 0
            || !matches!(
                c.phase,
                Phase::Preparing { .. }
                    | Phase::Pulling { .. }
                    | Phase::NoImage { .. }
                    | Phase::Unmade { .. }
            )
    });
    if begun { "Running" } else { "Pending" }
}

fn container(container: &Container, pod: &Value) -> Value {
    let spec = list(pod, "/spec/containers").iter().find(|c| text(c, "/name") == container.name);
    let started = matches!(container.phase, Phase::Running { .. });
    let known = started
        || container.restarts > 0
        || matches!(container.phase, Phase::Unstarted { .. } | Phase::Exited { .. } | Phase::Over { .. });
    let image_id = format!(
        "{}@sha256:{:016x}",
        container.image,
        crate::practice::names::fnv(container.image.as_bytes())
    );
    json!({
        "name": container.name, "image": container.image, "imageID": if known { &image_id } else { "" },
        "containerID": if known { container.id.as_str() } else { "" },
        "state": container.state(pod),
        "lastState": container.last.as_ref().map_or_else(|| json!({}), |l| json!({"terminated": l})),
        "ready": container.is_ready(), "started": started, "restartCount": container.restarts,
        "resources": spec.map_or_else(|| json!({}), |s| s["resources"].clone()),
    })
}

/// Init containers run before the sandbox counts as prepared, and always succeed.
fn inits(sandbox: &Sandbox, pod: &Value) -> Vec<Value> {
    let waiting =
        sandbox.containers.iter().any(|c| matches!(c.phase, Phase::Preparing { .. }) && c.restarts == 0);
    let at = seconds(sandbox.started);
    list(pod, "/spec/initContainers")
        .iter()
        .map(|spec| {
            let state = if waiting {
                json!({"waiting": {"reason": "PodInitializing"}})
            } else {
                json!({"terminated": {"exitCode": 0, "reason": "Completed", "startedAt": at, "finishedAt": at}})
            };
            json!({
                "name": spec["name"], "image": spec["image"], "imageID": "", "state": state, "lastState": {},
                "ready": !waiting, "restartCount": 0,
            })
        })
        .collect()
}
