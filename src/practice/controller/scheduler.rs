//! The scheduler: filters nodes as the real one does, says why none fits, and spreads what fits.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Controller;
use super::tolerate::{selects, tolerates, untolerated};
use crate::practice::kinds::Kind;
use crate::practice::obj::{
    condition, controller, key_of, label, list, name, namespace, set_condition, terminating, text, truth,
};
use crate::practice::quantity::{bytes, milli};
use crate::practice::world::{Note, World};

const COMPONENT: &str = "default-scheduler";
const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";

/// See the module.
#[derive(Default)]
pub struct Scheduler;

impl Controller for Scheduler {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::Pod, Kind::Node]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        let pods = world.store.list(Kind::Pod);
        let pending = pods.iter().filter(|p| {
            text(p, "/spec/nodeName").is_empty()
                && !terminating(p)
                && text(p, "/spec/schedulerName") == COMPONENT
        });
        let mut load = Load::of(&pods);
        let nodes = world.store.list(Kind::Node);
        for pod in pending {
            schedule(world, &nodes, &mut load, pod);
        }
        None
    }
}

/// What is asked for on each node already.
#[derive(Default)]
struct Load {
    /// cpu in thousandths, memory in bytes, pods.
    used: BTreeMap<String, (u64, u64, u64)>,
    /// Pods of one owner on one node.
    siblings: BTreeMap<(String, String), u64>,
}

impl Load {
    fn of(pods: &[Arc<Value>]) -> Self {
        let mut load = Self::default();
        for pod in pods {
            let over = matches!(text(pod, "/status/phase"), "Succeeded" | "Failed");
            if !over && !text(pod, "/spec/nodeName").is_empty() {
                load.add(text(pod, "/spec/nodeName"), pod);
            }
        }
        load
    }

    fn add(&mut self, node: &str, pod: &Value) {
        let (cpu, memory) = requests(pod);
        let used = self.used.entry(node.to_owned()).or_default();
        *used = (used.0 + cpu, used.1 + memory, used.2 + 1);
        if !terminating(pod) {
            *self.siblings.entry((node.to_owned(), family(pod))).or_default() += 1;
        }
    }

    fn at(&self, node: &str) -> (u64, u64, u64) {
        self.used.get(node).copied().unwrap_or_default()
    }
}

/// Pods of one workload spread over the nodes; the workload is told by the label `app` or by the owner.
fn family(pod: &Value) -> String {
    let own =
        label(pod, "app").or_else(|| controller(pod).map(|o| text(o, "/uid"))).unwrap_or_else(|| name(pod));
    format!("{}/{own}", namespace(pod))
}

fn requests(pod: &Value) -> (u64, u64) {
    let sum = |at: &str, read: fn(&str) -> Option<u64>| -> u64 {
        let containers = list(pod, "/spec/containers").iter();
        containers.filter_map(|c| read(text(c, &format!("/resources/requests/{at}")))).sum()
    };
    (sum("cpu", milli), sum("memory", bytes))
}

/// Why a node does not fit, and whether making room could help.
fn misfits(node: &Value, load: &Load, pod: &Value) -> Vec<(String, bool)> {
    let tolerations = list(pod, "/spec/tolerations");
    let cordon = json!({"key": UNSCHEDULABLE, "effect": "NoSchedule"});
    if truth(node, "/spec/unschedulable") && !tolerations.iter().any(|t| tolerates(t, &cordon)) {
        return vec![("node(s) were unschedulable".to_owned(), false)];
    }
    if let Some(taint) = untolerated(node, tolerations, &["NoSchedule", "NoExecute"]) {
        let (key, value) = (text(taint, "/key"), text(taint, "/value"));
        return vec![(format!("node(s) had untolerated taint {{{key}: {value}}}"), false)];
    }
    if !selects(&pod["spec"], node) {
        return vec![("node(s) didn't match Pod's node affinity/selector".to_owned(), false)];
    }
    let (cpu, memory) = requests(pod);
    let (used_cpu, used_memory, pods) = load.at(name(node));
    let room = |key: &str| text(node, &format!("/status/allocatable/{key}")).to_owned();
    let mut why = Vec::new();
    if pods + 1 > room("pods").parse().unwrap_or(110) {
        why.push(("Too many pods".to_owned(), true));
    }
    if cpu > 0 && used_cpu + cpu > milli(&room("cpu")).unwrap_or(0) {
        why.push(("Insufficient cpu".to_owned(), true));
    }
    if memory > 0 && used_memory + memory > bytes(&room("memory")).unwrap_or(0) {
        why.push(("Insufficient memory".to_owned(), true));
    }
    why
}

fn schedule(world: &mut World, nodes: &[Arc<Value>], load: &mut Load, pod: &Value) {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut helpless = 0;
    let mut fitting = Vec::new();
    for node in nodes {
        let why = misfits(node, load, pod);
        if why.is_empty() {
            fitting.push(node);
        }
        helpless += usize::from(why.iter().any(|(_, room)| !room));
        for (reason, _) in why {
            *reasons.entry(reason).or_default() += 1;
        }
    }
    let best = fitting.into_iter().min_by_key(|n| {
        let siblings = load.siblings.get(&(name(n).to_owned(), family(pod))).copied().unwrap_or(0);
        let (cpu, memory, pods) = load.at(name(n));
        (siblings, cpu, memory, pods)
    });
    match best {
        Some(node) => {
            load.add(name(node), pod);
            bind(world, pod, name(node));
        }
        None => refuse(world, pod, nodes.len(), &reasons, helpless),
    }
}

fn bind(world: &mut World, pod: &Value, node: &str) {
    let ((ns, pod_name), now) = (key_of(pod), world.now_text());
    let generation = pod["metadata"]["generation"].clone();
    world.edit(Kind::Pod, &ns, &pod_name, |p| {
        p["spec"]["nodeName"] = json!(node);
        set_condition(
            &mut p["status"],
            json!({"type": "PodScheduled", "observedGeneration": generation, "status": "True", "lastProbeTime": null}),
            &now,
        );
    });
    let message = format!("Successfully assigned {ns}/{pod_name} to {node}");
    world.note(pod, Note::normal(COMPONENT, "Scheduled", &message));
}

fn refuse(world: &mut World, pod: &Value, nodes: usize, reasons: &BTreeMap<String, usize>, helpless: usize) {
    let mut listed: Vec<_> = reasons.iter().map(|(reason, n)| format!("{n} {reason}")).collect();
    listed.sort();
    let mut preempt = Vec::new();
    if nodes > helpless {
        preempt.push(format!("{} No preemption victims found for incoming pod", nodes - helpless));
    }
    if helpless > 0 {
        preempt.push(format!("{helpless} Preemption is not helpful for scheduling"));
    }
    preempt.sort();
    let mut message = format!(
        "0/{nodes} nodes are available: {}. no new claims to deallocate, preemption: 0/{nodes} nodes are available: {}.",
        listed.join(", "),
        preempt.join(", ")
    );
    if nodes == 0 {
        "no nodes available to schedule pods".clone_into(&mut message);
    }
    if condition(pod, "PodScheduled").is_some_and(|c| text(c, "/message") == message) {
        return;
    }
    let ((ns, pod_name), now) = (key_of(pod), world.now_text());
    let generation = pod["metadata"]["generation"].clone();
    world.edit(Kind::Pod, &ns, &pod_name, |p| {
        let new = json!({"type": "PodScheduled", "observedGeneration": generation, "status": "False", "reason": "Unschedulable", "message": message, "lastProbeTime": null});
        set_condition(&mut p["status"], new, &now);
    });
    world.note(pod, Note::warning(COMPONENT, "FailedScheduling", &message));
}
