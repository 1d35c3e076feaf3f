//! The garbage collectors: objects whose owners have gone, and pods whose node has gone or was declared out of service.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Controller;
use crate::practice::clock::after;
use crate::practice::kinds::{KINDS, Kind};
use crate::practice::obj::{is, key_of, list, list_mut, set_condition, terminating, text, uid};
use crate::practice::removal::DeleteOptions;
use crate::practice::world::World;

/// How long a node has to be gone before its pods go.
const QUARANTINE: u64 = 40;
const OUT_OF_SERVICE: &str = "node.kubernetes.io/out-of-service";

/// See the module.
#[derive(Default)]
pub struct Garbage {
    removals: u64,
    /// Pods without a node, and since when.
    orphans: BTreeMap<String, Timestamp>,
}

impl Controller for Garbage {
    fn watches(&self) -> &'static [Kind] {
        &[
            Kind::Pod,
            Kind::Node,
            Kind::ReplicaSet,
            Kind::Deployment,
            Kind::StatefulSet,
            Kind::DaemonSet,
            Kind::ControllerRevision,
            Kind::Job,
            Kind::CronJob,
            Kind::ConfigMap,
            Kind::Service,
        ]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        if world.store.removals() != self.removals {
            self.removals = world.store.removals();
            ownerless(world);
        }
        foreground(world);
        self.nodeless(world)
    }
}

fn dependents() -> impl Iterator<Item = Kind> {
    KINDS.iter().map(|r| r.kind).filter(|k| *k != Kind::Event)
}

/// Deletes what was owned and has no owner any more.
fn ownerless(world: &mut World) {
    let alive: BTreeSet<String> =
        KINDS.iter().flat_map(|r| world.store.list(r.kind)).map(|o| uid(&o).to_owned()).collect();
    for kind in dependents() {
        for object in world.store.list(kind) {
            let owners = list(&object, "/metadata/ownerReferences");
            if owners.is_empty()
                || terminating(&object)
                || owners.iter().any(|o| alive.contains(text(o, "/uid")))
            {
                continue;
            }
            let (ns, name) = key_of(&object);
            // What went meanwhile is what was wanted.
            drop(world.delete(kind, &ns, &name, &DeleteOptions::default()));
        }
    }
}

/// Owners that wait for their dependents: deletes these, and lets the owner go after the last.
fn foreground(world: &mut World) {
    for kind in dependents() {
        for owner in world.store.list(kind) {
            let waits = list(&owner, "/metadata/finalizers").iter().any(|f| f == "foregroundDeletion");
            if !waits || !terminating(&owner) {
                continue;
            }
            let mut left = false;
            for dependent in dependents() {
                for object in world.store.list(dependent) {
                    if list(&object, "/metadata/ownerReferences")
                        .iter()
                        .any(|o| text(o, "/uid") == uid(&owner))
                    {
                        left = true;
                        if !terminating(&object) {
                            let (ns, name) = key_of(&object);
                            drop(world.delete(dependent, &ns, &name, &DeleteOptions::default()));
                        }
                    }
                }
            }
            if !left {
                let (ns, name) = key_of(&owner);
                world.edit(kind, &ns, &name, |o| {
                    list_mut(&mut o["metadata"], "finalizers").retain(|f| f != "foregroundDeletion");
                });
            }
        }
    }
}

impl Garbage {
    fn nodeless(&mut self, world: &mut World) -> Option<Timestamp> {
        let (now, wait) = (world.now(), Duration::from_secs(QUARANTINE));
        let mut still = BTreeMap::new();
        for pod in world.store.list(Kind::Pod) {
            let node = text(&pod, "/spec/nodeName");
            if node.is_empty() {
                continue;
            }
            if let Some(node) = world.store.get(Kind::Node, "", node) {
                let out = list(&node, "/spec/taints").iter().any(|t| text(t, "/key") == OUT_OF_SERVICE);
                if out && !is(&node, "Ready") && terminating(&pod) {
                    collect(world, &pod, "PodGC: node is out of service");
                }
            } else {
                let since = *self.orphans.get(uid(&pod)).unwrap_or(&now);
                if after(since, wait) <= now {
                    collect(world, &pod, "PodGC: node no longer exists");
                } else {
                    still.insert(uid(&pod).to_owned(), since);
                }
            }
        }
        self.orphans = still;
        self.orphans.values().min().map(|at| after(*at, wait))
    }
}

fn collect(world: &mut World, pod: &Value, why: &str) {
    let ((ns, name), now) = (key_of(pod), world.now_text());
    world.edit(Kind::Pod, &ns, &name, |p| {
        p["status"]["phase"] = json!("Failed");
        let condition = json!({"type": "DisruptionTarget", "status": "True", "reason": "DeletionByPodGC", "message": why});
        set_condition(&mut p["status"], condition, &now);
    });
    world.delete_now(Kind::Pod, &ns, &name);
}
