//! Namespaces: what every one of them holds from the start, and the emptying of one that goes.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Controller;
use crate::practice::kinds::{KINDS, Kind};
use crate::practice::obj::{key_of, name, remove, terminating};
use crate::practice::removal::DeleteOptions;
use crate::practice::world::World;

/// See the module.
#[derive(Default)]
pub struct Namespaces;

impl Controller for Namespaces {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::Namespace, Kind::ServiceAccount, Kind::ConfigMap, Kind::Pod]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        for namespace in world.store.list(Kind::Namespace) {
            if terminating(&namespace) {
                empty(world, &namespace);
            } else {
                furnish(world, name(&namespace));
            }
        }
        None
    }
}

fn furnish(world: &mut World, ns: &str) {
    let certificate = json!({"metadata": {"name": "kube-root-ca.crt"}, "data": {"ca.crt": "practice: there is no TLS here"}});
    let account = json!({"metadata": {"name": "default"}});
    for (kind, object) in [(Kind::ServiceAccount, account), (Kind::ConfigMap, certificate)] {
        if world.store.get(kind, ns, name(&object)).is_none() {
            // The namespace is there and the name is free, so it is not refused.
            drop(world.create(kind, ns, object));
        }
    }
}

fn empty(world: &mut World, namespace: &Value) {
    let ns = name(namespace);
    let mut left = false;
    for row in KINDS.iter().filter(|r| r.kind.namespaced()) {
        for object in world.store.list_in(row.kind, ns) {
            if !terminating(&object) {
                let (_, own) = key_of(&object);
                drop(world.delete(row.kind, ns, &own, &DeleteOptions::default()));
            }
            left |= world.store.get(row.kind, ns, name(&object)).is_some();
        }
    }
    if !left {
        world.edit(Kind::Namespace, "", ns, |n| drop(remove(&mut n["spec"], "finalizers")));
    }
}
