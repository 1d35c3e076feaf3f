//! `DaemonSets`: one pod on every node that its template may be on.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pods::{self, resolve};
use super::tolerate::{selects, untolerated};
use super::{Controller, revisions};
use crate::practice::kinds::Kind;
use crate::practice::obj::{is, key_of, label, list, list_mut, name, terminating, text, truth};
use crate::practice::world::World;
use crate::practice::writes::TEMPLATES;

const COMPONENT: &str = "daemonset-controller";

/// See the module.
#[derive(Default)]
pub struct DaemonSets;

impl Controller for DaemonSets {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::DaemonSet, Kind::Pod, Kind::Node]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        for set in world.store.list(Kind::DaemonSet) {
            let hash = revisions::ensure(world, &set);
            if !terminating(&set) {
                place(world, &set, &hash);
                update(world, &set, &hash);
            }
            status(world, &set, &hash);
        }
        None
    }
}

/// What every daemon pod tolerates.
fn tolerations(set: &Value) -> Vec<Value> {
    let mut all = list(set, "/spec/template/spec/tolerations").to_vec();
    let mut add = |key: &str, effect: &str| {
        all.push(json!({"key": format!("node.kubernetes.io/{key}"), "operator": "Exists", "effect": effect}));
    };
    add("not-ready", "NoExecute");
    add("unreachable", "NoExecute");
    for key in ["disk-pressure", "memory-pressure", "pid-pressure", "unschedulable"] {
        add(key, "NoSchedule");
    }
    if truth(set, "/spec/template/spec/hostNetwork") {
        add("network-unavailable", "NoSchedule");
    }
    all
}

fn fits(set: &Value, node: &Value, effects: &[&str]) -> bool {
    selects(&set["spec"]["template"]["spec"], node) && untolerated(node, &tolerations(set), effects).is_none()
}

fn place(world: &mut World, set: &Value, hash: &str) {
    let all = pods::of(world, set);
    let nodes = world.store.list(Kind::Node);
    for node in &nodes {
        let here: Vec<_> = all.iter().filter(|p| node_of(p) == name(node)).collect();
        let alive = here.iter().any(|p| pods::active(p));
        if fits(set, node, &["NoSchedule", "NoExecute"]) && here.is_empty() {
            make(world, set, name(node), hash);
        } else if !fits(set, node, &["NoExecute"]) && alive {
            for pod in &here {
                pods::unmake(world, COMPONENT, set, pod);
            }
        }
        for over in here.iter().filter(|p| !pods::active(p) && !terminating(p)) {
            pods::unmake(world, COMPONENT, set, over);
        }
    }
}

/// The node that a daemon pod is for: it knows before the scheduler has bound it.
fn node_of(pod: &Value) -> String {
    let bound = text(pod, "/spec/nodeName");
    if !bound.is_empty() {
        return bound.to_owned();
    }
    let terms = "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchFields/0/values/0";
    text(pod, terms).to_owned()
}

fn make(world: &mut World, set: &Value, node: &str, hash: &str) {
    let mut pod = pods::from_template(set);
    pod["metadata"]["generateName"] = json!(format!("{}-", name(set)));
    pod["metadata"]["labels"][revisions::HASH] = json!(hash);
    pod["metadata"]["labels"]["pod-template-generation"] = set["metadata"]["annotations"][TEMPLATES].clone();
    *list_mut(&mut pod["spec"], "tolerations") = tolerations(set);
    let field = json!({"key": "metadata.name", "operator": "In", "values": [node]});
    pod["spec"]["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"] =
        json!({"nodeSelectorTerms": [{"matchFields": [field]}]});
    // A refusal is in an Event.
    drop(pods::make(world, COMPONENT, set, pod));
}

/// A rolling update: old pods go, as many at a time as may be missing.
fn update(world: &mut World, set: &Value, hash: &str) {
    if text(set, "/spec/updateStrategy/type") == "OnDelete" {
        return;
    }
    let all = pods::of(world, set);
    let alive: Vec<&Arc<Value>> = all.iter().filter(|p| pods::active(p)).collect();
    let down = all.len() - alive.iter().filter(|p| is(p, "Ready")).count();
    let allowed = resolve(
        &set["spec"]["updateStrategy"]["rollingUpdate"]["maxUnavailable"],
        pods::count(all.len()),
        true,
    );
    let mut spare = usize::try_from(allowed.max(1)).unwrap_or(1).saturating_sub(down);
    for pod in alive.into_iter().filter(|p| label(p, revisions::HASH) != Some(hash)) {
        let broken = !is(pod, "Ready");
        if broken || spare > 0 {
            spare = if broken { spare } else { spare - 1 };
            pods::unmake(world, COMPONENT, set, pod);
        }
    }
}

fn status(world: &mut World, set: &Value, hash: &str) {
    let nodes = world.store.list(Kind::Node);
    let wanted: Vec<_> =
        nodes.iter().filter(|n| fits(set, n, &["NoSchedule", "NoExecute"])).map(|n| name(n)).collect();
    let all = pods::of(world, set);
    let here: Vec<_> = all.iter().filter(|p| !terminating(p)).collect();
    let right: Vec<_> = here.iter().filter(|p| wanted.contains(&node_of(p).as_str())).collect();
    let ready = right.iter().filter(|p| is(p, "Ready")).count();
    let updated = right.iter().filter(|p| label(p, revisions::HASH) == Some(hash)).count();
    let mut status = json!({
        "currentNumberScheduled": right.len(), "desiredNumberScheduled": wanted.len(),
        "numberMisscheduled": here.len() - right.len(), "numberReady": ready,
        "observedGeneration": set["metadata"]["generation"], "updatedNumberScheduled": updated,
    });
    if ready > 0 {
        status["numberAvailable"] = json!(ready);
    }
    if wanted.len() > ready {
        status["numberUnavailable"] = json!(wanted.len() - ready);
    }
    let (ns, set_name) = key_of(set);
    world.edit(Kind::DaemonSet, &ns, &set_name, |s| s["status"] = status);
}
