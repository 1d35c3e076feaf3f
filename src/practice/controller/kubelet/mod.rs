//! The working half of the kubelets: they run the pods of their node, and report what really happens to them.
//!
//! The containers here are the reality of the practice cluster. A kubelet that does not run changes nothing and
//! reports nothing; its containers stay as they are.

mod config;
mod container;
mod images;
mod pod;
mod pod_status;
mod probe;
mod state;
pub mod static_pods;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;

use super::Controller;
use crate::practice::kinds::Kind;
use crate::practice::obj::{annotation, name, text, uid};
use crate::practice::world::World;
use pod::Sandbox;

/// See the module.
#[derive(Default)]
pub struct Kubelets {
    pods: BTreeMap<String, Sandbox>,
}

/// What a sandbox is known by: the uid, but for static pods, which outlive their mirrors.
fn identity(pod: &Value) -> String {
    if is_mirror(pod) { format!("static/{}", name(pod)) } else { uid(pod).to_owned() }
}

fn is_mirror(pod: &Value) -> bool {
    annotation(pod, "kubernetes.io/config.mirror").is_some()
}

impl Controller for Kubelets {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::Pod, Kind::Node]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        static_pods::ensure(world);
        let mut next: Option<Timestamp> = None;
        let mut seen = BTreeSet::new();
        for pod in world.store.list(Kind::Pod) {
            let node = text(&pod, "/spec/nodeName").to_owned();
            let key = identity(&pod);
            seen.insert(key.clone());
            if !world.kubelet_runs(&node) {
                continue;
            }
            let sandbox = self.pods.entry(key).or_insert_with(|| Sandbox::new(world, &pod));
            if world.machines.get(&node).is_some_and(|m| m.rebooted) {
                sandbox.reboot(world, &pod);
            }
            if let Some(due) = sandbox.sync(world, &pod) {
                next = Some(next.map_or(due, |n| n.min(due)));
            }
        }
        for machine in world.machines.values_mut() {
            machine.rebooted = false;
        }
        self.pods.retain(|key, _| seen.contains(key));
        next
    }
}
