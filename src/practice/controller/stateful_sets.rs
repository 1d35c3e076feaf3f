//! `StatefulSets`: pods with fixed names, made one after the other, and never two of one name: while the old one has not
//! really gone, as on a silent node, the new one does not come.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pods::{self, count};
use super::{Controller, revisions};
use crate::practice::clock::after;
use crate::practice::kinds::Kind;
use crate::practice::obj::{int, is, key_of, label, name, terminating, text};
use crate::practice::removal::DeleteOptions;
use crate::practice::world::{Note, World};

const COMPONENT: &str = "statefulset-controller";

/// See the module.
#[derive(Default)]
pub struct StatefulSets;

impl Controller for StatefulSets {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::StatefulSet, Kind::Pod]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        let mut failed = false;
        for set in world.store.list(Kind::StatefulSet) {
            // Its pods carry the whole name of the revision, those of a DaemonSet only the hash.
            let revision = format!("{}-{}", name(&set), revisions::ensure(world, &set));
            if !terminating(&set) {
                failed |= one(world, &set, &revision).is_err();
            }
            status(world, &set, &revision);
        }
        failed.then(|| after(world.now(), pods::AGAIN))
    }
}

fn by_ordinal(world: &World, set: &Value) -> BTreeMap<i64, Arc<Value>> {
    let prefix = format!("{}-", name(set));
    let ordinal = |p: &Value| name(p).strip_prefix(&prefix)?.parse().ok();
    pods::of(world, set).into_iter().filter_map(|p| Some((ordinal(&p)?, p))).collect()
}

/// A pod could not be made; why is in an Event.
struct Refused;

fn one(world: &mut World, set: &Value, revision: &str) -> Result<(), Refused> {
    let mut all = by_ordinal(world, set);
    let wanted = int(set, "/spec/replicas").unwrap_or(1);
    let parallel = text(set, "/spec/podManagementPolicy") == "Parallel";
    let mut made = 0;
    for at in 0..wanted {
        let over = all.get(&at).is_some_and(|p| !terminating(p) && !pods::active(p));
        if over && let Some(pod) = all.remove(&at) {
            let (ns, pod_name) = key_of(&pod);
            world.delete_now(Kind::Pod, &ns, &pod_name);
        }
        match all.get(&at) {
            None => {
                make(world, set, at, revision)?;
                made += 1;
            }
            Some(pod) if is(pod, "Ready") && !terminating(pod) => continue,
            Some(_) => {}
        }
        if !parallel || made == pods::BURST {
            return Ok(());
        }
    }
    if let Some(pod) = all.range(wanted..).next_back().map(|(_, p)| Arc::clone(p)) {
        if !terminating(&pod) {
            remove(world, set, &pod);
        }
        return Ok(());
    }
    update(world, set, revision, &all);
    Ok(())
}

/// A rolling update: the highest pod of an old revision goes, when all others are ready.
fn update(world: &mut World, set: &Value, revision: &str, all: &BTreeMap<i64, Arc<Value>>) {
    if text(set, "/spec/updateStrategy/type") == "OnDelete" {
        return;
    }
    let partition = int(set, "/spec/updateStrategy/rollingUpdate/partition").unwrap_or(0);
    for (_, pod) in all.range(partition..).rev() {
        if label(pod, revisions::HASH) != Some(revision) && !terminating(pod) {
            return remove(world, set, pod);
        }
        if !is(pod, "Ready") || terminating(pod) {
            return;
        }
    }
}

fn make(world: &mut World, set: &Value, at: i64, revision: &str) -> Result<(), Refused> {
    let pod_name = format!("{}-{at}", name(set));
    let mut pod = pods::from_template(set);
    pod["metadata"]["name"] = json!(pod_name);
    pod["metadata"]["generateName"] = json!(format!("{}-", name(set)));
    let labels = &mut pod["metadata"]["labels"];
    labels["statefulset.kubernetes.io/pod-name"] = json!(pod_name);
    labels["apps.kubernetes.io/pod-index"] = json!(at.to_string());
    labels[revisions::HASH] = json!(revision);
    pod["spec"]["hostname"] = json!(pod_name);
    pod["spec"]["subdomain"] = set["spec"]["serviceName"].clone();
    let made = world.create(Kind::Pod, text(set, "/metadata/namespace"), pod);
    let (good, message) = match made {
        Ok(_) => (true, format!("create Pod {pod_name} in StatefulSet {} successful", name(set))),
        Err(r) => {
            (false, format!("create Pod {pod_name} in StatefulSet {} failed error: {}", name(set), r.message))
        }
    };
    if good {
        world.note(set, Note::normal(COMPONENT, "SuccessfulCreate", &message));
        Ok(())
    } else {
        world.note(set, Note::warning(COMPONENT, "FailedCreate", &message));
        Err(Refused)
    }
}

fn remove(world: &mut World, set: &Value, pod: &Value) {
    let (ns, pod_name) = key_of(pod);
    if world.delete(Kind::Pod, &ns, &pod_name, &DeleteOptions::default()).is_ok() {
        let message = format!("delete Pod {pod_name} in StatefulSet {} successful", name(set));
        world.note(set, Note::normal(COMPONENT, "SuccessfulDelete", &message));
    }
}

fn status(world: &mut World, set: &Value, revision: &str) {
    let all = by_ordinal(world, set);
    let alive: Vec<_> = all.values().filter(|p| !terminating(p)).collect();
    let ready = alive.iter().filter(|p| is(p, "Ready")).count();
    let updated = alive.iter().filter(|p| label(p, revisions::HASH) == Some(revision)).count();
    let done = updated == alive.len() && count(ready) == int(set, "/spec/replicas").unwrap_or(1);
    let old = text(set, "/status/currentRevision");
    let current = if done || old.is_empty() { revision.to_owned() } else { old.to_owned() };
    let (ns, set_name) = key_of(set);
    let status = json!({
        "observedGeneration": set["metadata"]["generation"], "replicas": all.len(), "readyReplicas": ready,
        "availableReplicas": ready, "currentReplicas": if current == revision { updated } else { all.len() - updated },
        "updatedReplicas": updated, "currentRevision": current, "updateRevision": revision, "collisionCount": 0,
    });
    world.edit(Kind::StatefulSet, &ns, &set_name, |s| s["status"] = status);
}
