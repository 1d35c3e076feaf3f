//! The reporting half of the kubelets: registering the Node, renewing its Lease, posting its status. One wake serves
//! all nodes, and it is the only one while nothing happens; it lets old Events expire too.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Controller;
use crate::practice::clock::{after, before, micros, parse};
use crate::practice::kinds::Kind;
use crate::practice::names::Names;
use crate::practice::obj::{is, key_of, set_condition, text};
use crate::practice::world::{Kubelet, Note, World};

/// nodeLeaseDurationSeconds / 4.
const RENEW: u64 = 10;
/// nodeStatusReportFrequency.
const REPORT: u64 = 300;
/// How long the API server keeps Events.
const EVENTS: u64 = 3600;
/// The control plane's own Leases.
const LEADERS: [&str; 2] = ["kube-controller-manager", "kube-scheduler"];

/// See the module.
#[derive(Default)]
pub struct Heartbeat {
    last: Option<Timestamp>,
    reported: BTreeMap<String, Timestamp>,
}

impl Controller for Heartbeat {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::Node]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        let now = world.now();
        let period = Duration::from_secs(RENEW);
        let beat = self.last.is_none_or(|at| after(at, period) <= now);
        let mut next = None;
        for node in world.machines.keys().cloned().collect::<Vec<_>>() {
            match world.machines[&node].kubelet.clone() {
                Kubelet::Starting { at, rebooted } if at <= now => {
                    start(world, &node, rebooted);
                    self.report(world, &node);
                    renew(world, &node);
                }
                Kubelet::Starting { at, .. } => next = Some(next.map_or(at, |n: Timestamp| n.min(at))),
                Kubelet::Running if beat => {
                    renew(world, &node);
                    self.report_when_due(world, &node);
                }
                Kubelet::Running | Kubelet::Stopped => {}
            }
        }
        if beat {
            self.last = Some(now);
            leaders(world);
            expire(world);
        }
        let beat_at = after(self.last.unwrap_or(now), period);
        Some(next.map_or(beat_at, |n| n.min(beat_at)))
    }
}

impl Heartbeat {
    fn report_when_due(&mut self, world: &mut World, node: &str) {
        let due =
            self.reported.get(node).is_none_or(|at| after(*at, Duration::from_secs(REPORT)) <= world.now());
        let ready = world.store.get(Kind::Node, "", node).is_some_and(|n| is(&n, "Ready"));
        if due || !ready {
            self.report(world, node);
        }
    }

    /// Posts the conditions that a healthy kubelet posts.
    fn report(&mut self, world: &mut World, node: &str) {
        let now = world.now_text();
        self.reported.insert(node.to_owned(), world.now());
        let Some(old) = world.store.get(Kind::Node, "", node) else { return };
        let fresh = !is(&old, "Ready");
        let new = world.edit(Kind::Node, "", node, |n| {
            for (kind, status, reason, message) in [
                (
                    "MemoryPressure",
                    "False",
                    "KubeletHasSufficientMemory",
                    "kubelet has sufficient memory available",
                ),
                ("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                ("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                ("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
            ] {
                let condition = json!({
                    "type": kind, "status": status, "lastHeartbeatTime": now, "lastTransitionTime": now,
                    "reason": reason, "message": message,
                });
                set_condition(&mut n["status"], condition, &now);
            }
        });
        if let Some(new) = new.filter(|_| fresh) {
            for what in
                ["NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID", "NodeReady"]
            {
                let message = format!("Node {node} status is now: {what}");
                world.note(&new, Note { host: node, ..Note::normal("kubelet", what, &message) });
            }
        }
    }
}

/// The kubelet comes up: it registers its Node if there is none.
fn start(world: &mut World, node: &str, rebooted: bool) {
    let boot = world.names.uid();
    let Some(machine) = world.machines.get_mut(node) else { return };
    machine.kubelet = Kubelet::Running;
    machine.rebooted = rebooted;
    let registration = machine.registration.clone();
    if world.store.get(Kind::Node, "", node).is_none() {
        // A node's manifest is valid; the only refusal would be that it exists already.
        if let Ok(new) = world.create(Kind::Node, "", registration) {
            let message = format!("Node {node} event: Registered Node {node} in Controller");
            world.note(&new, Note::normal("node-controller", "RegisteredNode", &message));
        }
    }
    let Some(found) = world.store.get(Kind::Node, "", node) else { return };
    world.note(&found, Note { host: node, ..Note::normal("kubelet", "Starting", "Starting kubelet.") });
    if rebooted {
        world.edit(Kind::Node, "", node, |n| n["status"]["nodeInfo"]["bootID"] = json!(boot));
        let message = format!("Node {node} has been rebooted, boot id: {boot}");
        world.note(&found, Note { host: node, ..Note::warning("kubelet", "Rebooted", &message) });
    }
}

fn renew(world: &mut World, node: &str) {
    let owner = world.store.get(Kind::Node, "", node);
    let references = owner
        .map(|n| json!([{"apiVersion": "v1", "kind": "Node", "name": node, "uid": n["metadata"]["uid"]}]));
    lease(world, "kube-node-lease", node, node, 40, references);
}

fn leaders(world: &mut World) {
    let Some(leader) = world.machines.iter().find(|(_, m)| m.control).map(|(n, _)| n.clone()) else { return };
    for name in LEADERS {
        let id = Names::new(&format!("{leader}{name}")).uid();
        lease(world, "kube-system", name, &format!("{leader}_{id}"), 15, None);
    }
}

fn lease(world: &mut World, ns: &str, name: &str, holder: &str, seconds: u32, owners: Option<Value>) {
    let now = micros(world.now());
    let renewed = world.edit(Kind::Lease, ns, name, |l| l["spec"]["renewTime"] = json!(now));
    if renewed.is_some() {
        return;
    }
    let mut lease = json!({
        "metadata": {"name": name},
        "spec": {"holderIdentity": holder, "leaseDurationSeconds": seconds, "renewTime": now},
    });
    if let Some(owners) = owners {
        lease["metadata"]["ownerReferences"] = owners;
    }
    // Without the namespace there is nothing to renew, and nothing to be done about it here.
    drop(world.create(Kind::Lease, ns, lease));
}

/// Events go after an hour.
fn expire(world: &mut World) {
    let oldest = before(world.now(), Duration::from_secs(EVENTS));
    for event in world.store.list(Kind::Event) {
        let seen = parse(text(&event, "/lastTimestamp")).or_else(|| parse(text(&event, "/eventTime")));
        if seen.is_some_and(|at| at < oldest) {
            let (ns, name) = key_of(&event);
            world.store.remove(Kind::Event, &ns, &name);
        }
    }
}
