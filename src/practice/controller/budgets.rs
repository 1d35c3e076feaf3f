//! The disruption controller: how many pods of a budget may be missing at this moment.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Controller;
use super::pods::{count, resolve};
use crate::practice::clock::{after, parse};
use crate::practice::kinds::Kind;
use crate::practice::obj::{
    controller, int, is, key_of, name, namespace, remove, set_condition, terminating, text, uid,
};
use crate::practice::selector::Labels;
use crate::practice::world::World;

/// How long an evicted pod counts as gone although it is still there.
const DISRUPTED: u64 = 120;

/// See the module.
#[derive(Default)]
pub struct Budgets;

impl Controller for Budgets {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::PodDisruptionBudget, Kind::Pod, Kind::Deployment, Kind::ReplicaSet, Kind::StatefulSet]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        let budgets = world.store.list(Kind::PodDisruptionBudget);
        budgets.iter().filter_map(|budget| one(world, budget)).min()
    }
}

fn one(world: &mut World, budget: &Value) -> Option<Timestamp> {
    let (ns, own) = key_of(budget);
    let selector = Labels::of_object(&budget["spec"]["selector"]);
    let pods = world.store.list_in(Kind::Pod, &ns);
    let pods: Vec<_> = pods
        .into_iter()
        .filter(|p| selector.as_ref().is_some_and(|s| s.matches(p)))
        .filter(|p| !matches!(text(p, "/status/phase"), "Succeeded" | "Failed"))
        .collect();
    let (disrupted, next) = disrupted(world, budget, &pods);
    let healthy =
        pods.iter().filter(|p| is(p, "Ready") && !terminating(p) && !disrupted.contains_key(name(p))).count();
    let (expected, desired) = wanted(world, budget, &pods);
    let healthy = count(healthy);
    let allowed = if expected > 0 { (healthy - desired).max(0) } else { 0 };
    let now = world.now_text();
    world.edit(Kind::PodDisruptionBudget, &ns, &own, |b| {
        let generation = b["metadata"]["generation"].clone();
        let status = &mut b["status"];
        for (key, n) in [("disruptionsAllowed", allowed), ("currentHealthy", healthy), ("desiredHealthy", desired), ("expectedPods", expected)] {
            status[key] = json!(n);
        }
        status["observedGeneration"] = generation.clone();
        if disrupted.is_empty() {
            remove(status, "disruptedPods");
        } else {
            status["disruptedPods"] = json!(disrupted);
        }
        let (truth, reason) = if allowed > 0 { ("True", "SufficientPods") } else { ("False", "InsufficientPods") };
        let condition = json!({
            "type": "DisruptionAllowed", "status": truth, "reason": reason, "message": "", "observedGeneration": generation,
        });
        set_condition(status, condition, &now);
    });
    next
}

/// Evicted pods that are still there and not yet going.
fn disrupted(
    world: &World,
    budget: &Value,
    pods: &[Arc<Value>],
) -> (BTreeMap<String, Value>, Option<Timestamp>) {
    let mut still = BTreeMap::new();
    let mut next: Option<Timestamp> = None;
    for (pod, at) in budget["status"]["disruptedPods"].as_object().into_iter().flatten() {
        let end = at.as_str().and_then(parse).map(|at| after(at, Duration::from_secs(DISRUPTED)));
        let here = pods.iter().any(|p| name(p) == pod && !terminating(p));
        if let Some(end) = end.filter(|end| here && *end > world.now()) {
            still.insert(pod.clone(), at.clone());
            next = Some(next.map_or(end, |n| n.min(end)));
        }
    }
    (still, next)
}

/// How many pods there should be, and how many of them healthy.
fn wanted(world: &World, budget: &Value, pods: &[Arc<Value>]) -> (i64, i64) {
    let (min, max) = (&budget["spec"]["minAvailable"], &budget["spec"]["maxUnavailable"]);
    if min.as_i64().is_some() {
        return (count(pods.len()), resolve(min, 0, true));
    }
    let expected = scale(world, pods);
    if max.is_null() {
        let min = if min.is_null() { &json!(1) } else { min };
        return (expected, resolve(min, expected, true));
    }
    (expected, (expected - resolve(max, expected, true)).max(0))
}

/// The replicas of the controllers of these pods.
fn scale(world: &World, pods: &[Arc<Value>]) -> i64 {
    let mut owners: BTreeMap<String, i64> = BTreeMap::new();
    for pod in pods {
        let Some(owner) = controller(pod) else { continue };
        let kind = Kind::of_manifest(text(owner, "/apiVersion"), text(owner, "/kind"));
        let found = kind.and_then(|k| world.store.get(k, namespace(pod), text(owner, "/name")));
        let Some(found) = found else { continue };
        let above = controller(&found)
            .and_then(|o| world.store.get(Kind::Deployment, namespace(pod), text(o, "/name")));
        let top = above.unwrap_or(found);
        owners.insert(uid(&top).to_owned(), int(&top, "/spec/replicas").unwrap_or(0));
    }
    owners.values().sum()
}
