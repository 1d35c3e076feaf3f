//! The node lifecycle controller: silence becomes Ready=Unknown after the grace period, and what is wrong with a node
//! becomes taints. Evicting is the business of `eviction`.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Controller;
use crate::practice::clock::{after, parse};
use crate::practice::kinds::Kind;
use crate::practice::obj::{
    condition, is, items_mut, key_of, list, list_mut, name, remove, set_condition, text, truth,
};
use crate::practice::world::{Note, World};

/// node-monitor-grace-period.
const GRACE: u64 = 50;
const COMPONENT: &str = "node-controller";

/// See the module.
#[derive(Default)]
pub struct Lifecycle;

impl Controller for Lifecycle {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::Node, Kind::Lease]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        let mut next: Option<Timestamp> = None;
        for node in world.store.list(Kind::Node) {
            let name = name(&node).to_owned();
            let status = condition(&node, "Ready").map(|c| text(c, "/status").to_owned());
            let deadline = after(heard(world, &node), Duration::from_secs(GRACE));
            if status.as_deref() != Some("Unknown") {
                if deadline <= world.now() {
                    lose(world, &name);
                } else {
                    next = Some(next.map_or(deadline, |n| n.min(deadline)));
                }
            }
            taint(world, &name);
            if world.store.get(Kind::Node, "", &name).is_some_and(|n| !is(&n, "Ready")) {
                unready_pods(world, &name);
            }
        }
        next
    }
}

/// When a node was last heard of: by its Lease or by its status.
fn heard(world: &World, node: &Value) -> Timestamp {
    let lease = world.store.get(Kind::Lease, "kube-node-lease", name(node));
    let renewed = lease.and_then(|l| parse(text(&l, "/spec/renewTime")));
    let posted = condition(node, "Ready").and_then(|c| parse(text(c, "/lastHeartbeatTime")));
    let made = parse(text(node, "/metadata/creationTimestamp"));
    renewed.into_iter().chain(posted).chain(made).max().unwrap_or(Timestamp::MIN)
}

/// Nothing has been heard for the grace period.
fn lose(world: &mut World, node: &str) {
    let now = world.now_text();
    let lost = world.edit(Kind::Node, "", node, |n| {
        for kind in ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"] {
            let known = condition(n, kind).is_some();
            let (reason, message) = if known {
                ("NodeStatusUnknown", "Kubelet stopped posting node status.")
            } else {
                ("NodeStatusNeverUpdated", "Kubelet never posted node status.")
            };
            let new = json!({"type": kind, "status": "Unknown", "reason": reason, "message": message});
            set_condition(&mut n["status"], new, &now);
        }
    });
    if let Some(lost) = lost {
        let message = format!("Node {node} status is now: NodeNotReady");
        world.note(&lost, Note::normal(COMPONENT, "NodeNotReady", &message));
    }
}

/// Pods of a node that is not ready are not ready, whatever they themselves said last.
fn unready_pods(world: &mut World, node: &str) {
    let now = world.now_text();
    for pod in world.store.list(Kind::Pod) {
        if text(&pod, "/spec/nodeName") != node || !is(&pod, "Ready") {
            continue;
        }
        let (ns, name) = key_of(&pod);
        world.edit(Kind::Pod, &ns, &name, |p| {
            for condition in items_mut(&mut p["status"], "conditions").filter(|c| text(c, "/type") == "Ready")
            {
                condition["status"] = json!("False");
                condition["lastTransitionTime"] = json!(now);
            }
        });
        world.note(&pod, Note::warning(COMPONENT, "NodeNotReady", "Node is not ready"));
    }
}

/// The taints that this controller owns.
const OWN: &[&str] = &[
    "node.kubernetes.io/unreachable",
    "node.kubernetes.io/not-ready",
    "node.kubernetes.io/unschedulable",
    "node.kubernetes.io/memory-pressure",
    "node.kubernetes.io/disk-pressure",
    "node.kubernetes.io/pid-pressure",
    "node.kubernetes.io/network-unavailable",
];

fn wanted(node: &Value) -> Vec<(&'static str, &'static str)> {
    let mut all = Vec::new();
    match condition(node, "Ready").map_or("", |c| text(c, "/status")) {
        "True" => {}
        // Just registered: nothing shall come here yet, and nothing is here that could go.
        "" => all.push((OWN[1], "NoSchedule")),
        "False" => all.extend([(OWN[1], "NoSchedule"), (OWN[1], "NoExecute")]),
        _ => all.extend([(OWN[0], "NoSchedule"), (OWN[0], "NoExecute")]),
    }
    if truth(node, "/spec/unschedulable") {
        all.push((OWN[2], "NoSchedule"));
    }
    for (at, kind) in
        ["MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"].iter().enumerate()
    {
        if is(node, kind) {
            all.push((OWN[3 + at], "NoSchedule"));
        }
    }
    all
}

/// Brings the taints in line with the conditions.
fn taint(world: &mut World, node: &str) {
    let now = world.now_text();
    world.edit(Kind::Node, "", node, |n| {
        let wanted = wanted(n);
        let same = |t: &Value, w: &(&str, &str)| text(t, "/key") == w.0 && text(t, "/effect") == w.1;
        let stale = |t: &Value| OWN.contains(&text(t, "/key")) && !wanted.iter().any(|w| same(t, w));
        let old = list(n, "/spec/taints").to_vec();
        let missing: Vec<_> = wanted.iter().filter(|w| !old.iter().any(|t| same(t, w))).collect();
        if missing.is_empty() && !old.iter().any(stale) {
            return;
        }
        let taints = list_mut(&mut n["spec"], "taints");
        taints.retain(|t| !stale(t));
        taints.extend(
            missing.iter().map(|(key, effect)| json!({"key": key, "effect": effect, "timeAdded": now})),
        );
        if taints.is_empty() {
            remove(&mut n["spec"], "taints");
        }
    });
}
