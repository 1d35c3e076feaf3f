//! `ReplicaSets`: as many pods as they say.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Controller;
use super::pods::{self, count};
use crate::practice::clock::after;
use crate::practice::kinds::Kind;
use crate::practice::obj::{int, is, key_of, name, set_condition, terminating};
use crate::practice::world::World;

const COMPONENT: &str = "replicaset-controller";

/// See the module.
#[derive(Default)]
pub struct ReplicaSets;

impl Controller for ReplicaSets {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::ReplicaSet, Kind::Pod]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        let sets = world.store.list(Kind::ReplicaSet);
        sets.iter().filter_map(|set| one(world, set)).min()
    }
}

fn one(world: &mut World, set: &Arc<Value>) -> Option<Timestamp> {
    let failure = if terminating(set) { None } else { scale(world, set).err() };
    let mut active: Vec<_> = pods::of(world, set).into_iter().filter(|p| pods::active(p)).collect();
    active.retain(|p| p["metadata"]["labels"].is_object());
    let ready = active.iter().filter(|p| is(p, "Ready")).count();
    let times: Vec<_> = active.iter().filter_map(|p| pods::available_at(set, p)).collect();
    let available = times.iter().filter(|at| **at <= world.now()).count();
    let (ns, set_name) = key_of(set);
    let mut status =
        json!({"replicas": count(active.len()), "observedGeneration": set["metadata"]["generation"]});
    for (key, n) in
        [("fullyLabeledReplicas", active.len()), ("readyReplicas", ready), ("availableReplicas", available)]
    {
        if n > 0 {
            status[key] = json!(n);
        }
    }
    if let Some(message) = &failure {
        status["conditions"] = set["status"]["conditions"].clone();
        let condition =
            json!({"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate", "message": message});
        set_condition(&mut status, condition, &world.now_text());
    }
    world.edit(Kind::ReplicaSet, &ns, &set_name, |s| s["status"] = status);
    let again = failure.map(|_| after(world.now(), pods::AGAIN));
    times.into_iter().filter(|at| *at > world.now()).chain(again).min()
}

/// Makes or deletes what is due now; an error is why a pod could not be made.
fn scale(world: &mut World, set: &Value) -> Result<(), String> {
    let mut active: Vec<_> = pods::of(world, set).into_iter().filter(|p| pods::active(p)).collect();
    let wanted = usize::try_from(int(set, "/spec/replicas").unwrap_or(1)).unwrap_or(0);
    for _ in 0..wanted.saturating_sub(active.len()).min(pods::BURST) {
        let mut pod = pods::from_template(set);
        pod["metadata"]["generateName"] = json!(format!("{}-", name(set)));
        pods::make(world, COMPONENT, set, pod)?;
    }
    if active.len() > wanted {
        pods::rank(&mut active);
        for pod in active.iter().take((active.len() - wanted).min(pods::BURST)) {
            pods::unmake(world, COMPONENT, set, pod);
        }
    }
    Ok(())
}
