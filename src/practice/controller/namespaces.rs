//! Namespaces: what every one of them holds from the start, and the emptying of one that goes.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Controller, apiservices};
use crate::practice::clock::after;
use crate::practice::kinds::{KINDS, Kind};
use crate::practice::obj::{key_of, list, name, remove, set_condition, terminating};
use crate::practice::removal::DeleteOptions;
use crate::practice::world::World;

/// How long until a namespace that is going is looked at again.
const AGAIN: Duration = Duration::from_secs(5);

/// See the module.
#[derive(Default)]
pub struct Namespaces;

impl Controller for Namespaces {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::Namespace, Kind::ServiceAccount, Kind::ConfigMap, Kind::Pod, Kind::APIService]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        let mut again = None;
        for namespace in world.store.list(Kind::Namespace) {
            if terminating(&namespace) {
                empty(world, &namespace);
                // What is left may be of any kind: it is looked at again instead of watched.
                again = Some(after(world.now(), AGAIN));
            } else {
                furnish(world, name(&namespace));
            }
        }
        again
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

/// What a namespace on its way out still holds.
#[derive(Default)]
struct Left {
    /// Objects by resource, as the API server names it: `persistentvolumeclaims.`, `deployments.apps`.
    objects: BTreeMap<String, usize>,
    /// Objects by the finalizer that holds them.
    finalizers: BTreeMap<String, usize>,
    /// What the last refusal of a deletion said.
    refused: Option<String>,
}

/// Deletes what is left in it, and the namespace when that is nothing. As in a real cluster it stays while an API does
/// not answer, since there may be objects that nobody can list.
fn empty(world: &mut World, namespace: &Value) {
    let ns = name(namespace);
    let mut left = Left::default();
    for row in KINDS.iter().filter(|r| r.kind.namespaced()) {
        for object in world.store.list_in(row.kind, ns) {
            if !terminating(&object) {
                let (_, own) = key_of(&object);
                if let Err(refusal) = world.delete(row.kind, ns, &own, &DeleteOptions::default()) {
                    left.refused = Some(refusal.message);
                }
            }
            if let Some(there) = world.store.get(row.kind, ns, name(&object)) {
                *left.objects.entry(format!("{}.{}", row.plural, row.group)).or_default() += 1;
                for finalizer in list(&there, "/metadata/finalizers").iter().filter_map(Value::as_str) {
                    *left.finalizers.entry(finalizer.to_owned()).or_default() += 1;
                }
            }
        }
    }
    let silent = apiservices::silent(world);
    let now = world.now_text();
    let done = left.objects.is_empty() && silent.is_empty();
    let conditions = conditions(&left, &silent);
    world.edit(Kind::Namespace, "", ns, |n| {
        for condition in conditions {
            set_condition(&mut n["status"], condition, &now);
        }
        if done {
            remove(&mut n["spec"], "finalizers");
        }
    });
}

/// The five conditions, worded as kube-controller-manager does.
fn conditions(left: &Left, silent: &[String]) -> Vec<Value> {
    let counted = |all: &BTreeMap<String, usize>, word: &str| {
        let parts: Vec<_> =
            all.iter().map(|(what, n)| format!("{what} {word} {n} resource instances")).collect();
        parts.join(", ")
    };
    let failing: Vec<_> =
        silent.iter().map(|gv| format!("{gv}: stale GroupVersion discovery: {gv}")).collect();
    let discovery = format!(
        "Discovery failed for some groups, {} failing: unable to retrieve the complete list of server APIs: {}",
        silent.len(),
        failing.join(", ")
    );
    let all = [
        (
            "NamespaceDeletionDiscoveryFailure",
            (!silent.is_empty()).then_some(("DiscoveryFailed", discovery)),
            ("ResourcesDiscovered", "All resources successfully discovered"),
        ),
        (
            "NamespaceDeletionGroupVersionParsingFailure",
            None,
            ("ParsedGroupVersions", "All legacy kube types successfully parsed"),
        ),
        (
            "NamespaceDeletionContentFailure",
            left.refused.clone().map(|why| {
                ("ContentDeletionFailed", format!("Failed to delete all resource types, 1 remaining: {why}"))
            }),
            ("ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
        ),
        (
            "NamespaceContentRemaining",
            (!left.objects.is_empty()).then(|| {
                let words = counted(&left.objects, "has");
                ("SomeResourcesRemain", format!("Some resources are remaining: {words}"))
            }),
            ("ContentRemoved", "All content successfully removed"),
        ),
        (
            "NamespaceFinalizersRemaining",
            (!left.finalizers.is_empty()).then(|| {
                let words = counted(&left.finalizers, "in");
                let words = format!("Some content in the namespace has finalizers remaining: {words}");
                ("SomeFinalizersRemain", words)
            }),
            ("ContentHasNoFinalizers", "All content-preserving finalizers finished"),
        ),
    ];
    let condition = |(kind, wrong, right): (&str, Option<(&str, String)>, (&str, &str))| match wrong {
        Some((reason, message)) => {
            json!({"type": kind, "status": "True", "reason": reason, "message": message})
        }
        None => json!({"type": kind, "status": "False", "reason": right.0, "message": right.1}),
    };
    all.into_iter().map(condition).collect()
}
