//! Runs the detectors over what changed and keeps their findings; `fold` makes rows of them.

mod fold;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Changed, REGISTRY};
use crate::domain::{Change, ClusterSnapshot, Finding, Kind, Namespaces, ObjectKey, Row, Store, Timestamp};
use crate::lang::{self, Language};

/// A detector's place in the registry, and the subject.
type Slot = (usize, ObjectKey);

/// A place that no store has: everything in it is read anew.
const FORGOTTEN: u64 = u64::MAX;

/// What the detectors found so far. The cost of an update depends on what changed, not on the cluster.
#[derive(Debug, Default)]
pub struct Engine {
    seen: Seen,
    findings: BTreeMap<Slot, Finding>,
    rechecks: BTreeSet<(Timestamp, Slot)>,
    recheck_of: BTreeMap<Slot, Timestamp>,
    /// Kinds whose state was complete at the last look, and the only namespace that was seen of them.
    complete: [(bool, Option<Namespaces>); Kind::COUNT],
    /// Whether any node had a lease: only then one without says something.
    leased: bool,
    /// The language of the findings' words.
    language: Language,
}

/// How far each store was read.
#[derive(Debug, Default)]
struct Seen {
    nodes: u64,
    pods: u64,
    events: u64,
    leases: u64,
    namespaces: u64,
    deployments: u64,
    replica_sets: u64,
    stateful_sets: u64,
    daemon_sets: u64,
    budgets: u64,
}

impl Engine {
    /// Looks at everything that changed since the last call or whose time has come. True when the findings
    /// are no longer the same.
    pub fn update(&mut self, world: &ClusterSnapshot, now: Timestamp) -> bool {
        let mut subjects = BTreeSet::new();
        let mut found = Vec::new();
        let mut touch = |changed: Changed<'_>| {
            for (i, detector) in REGISTRY.iter().enumerate() {
                detector.subjects(changed, world, &mut found);
                subjects.extend(found.drain(..).map(|key| (i, key)));
            }
        };
        let complete = std::array::from_fn(|i| (world.sync[i].complete(), world.scopes[i].clone()));
        let leased = world.leases.in_namespace("kube-node-lease").next().is_some();
        let other = complete != self.complete || leased != self.leased;
        if other {
            let node = Kind::Node as usize;
            if complete[node] != self.complete[node] {
                // A pod on a node that is not there is found only while all nodes are known.
                self.seen.pods = FORGOTTEN;
            }
            (self.complete, self.leased) = (complete, leased);
            // What a node's lease says is told only while all leases are known.
            self.seen.nodes = FORGOTTEN;
        }
        follow(&world.nodes, &mut self.seen.nodes, |c| touch(Changed::Node(c)));
        follow(&world.pods, &mut self.seen.pods, |c| touch(Changed::Pod(c)));
        follow(&world.events, &mut self.seen.events, |c| touch(Changed::Event(c)));
        follow(&world.leases, &mut self.seen.leases, |c| touch(Changed::Lease(c)));
        follow(&world.namespaces, &mut self.seen.namespaces, |c| touch(Changed::Namespace(c)));
        follow(&world.deployments, &mut self.seen.deployments, |c| touch(Changed::Deployment(c)));
        follow(&world.replica_sets, &mut self.seen.replica_sets, |c| touch(Changed::ReplicaSet(c)));
        follow(&world.stateful_sets, &mut self.seen.stateful_sets, |c| touch(Changed::StatefulSet(c)));
        follow(&world.daemon_sets, &mut self.seen.daemon_sets, |c| touch(Changed::DaemonSet(c)));
        follow(&world.pdbs, &mut self.seen.budgets, |c| touch(Changed::Budget(c)));
        // What was found in another language is told anew.
        let language = lang::current();
        let untold = language != self.language;
        self.language = language;
        // What is found may say more once a kind that it reads is complete: the owner of a pod, for instance.
        if other || untold {
            subjects.extend(self.findings.keys().cloned());
        }
        while let Some((at, slot)) = self.rechecks.first().cloned() {
            if at > now {
                break;
            }
            self.rechecks.pop_first();
            self.recheck_of.remove(&slot);
            subjects.insert(slot);
        }
        let mut changed = false;
        for slot in subjects {
            changed |= self.inspect(&slot, world, now);
        }
        changed
    }

    fn inspect(&mut self, slot: &Slot, world: &ClusterSnapshot, now: Timestamp) -> bool {
        let verdict = REGISTRY[slot.0].inspect(&slot.1, world, now);
        if let Some(at) = self.recheck_of.remove(slot) {
            self.rechecks.remove(&(at, slot.clone()));
        }
        if let Some(at) = verdict.recheck {
            self.rechecks.insert((at, slot.clone()));
            self.recheck_of.insert(slot.clone(), at);
        }
        match verdict.finding {
            Some(finding) => {
                let before = self.findings.insert(slot.clone(), finding);
                before.as_ref() != self.findings.get(slot)
            }
            None => self.findings.remove(slot).is_some(),
        }
    }

    /// What was found, before anything is folded.
    #[cfg(test)]
    pub(super) fn found(&self) -> impl Iterator<Item = (&'static str, &Finding)> {
        self.findings.iter().map(|(slot, finding)| (REGISTRY[slot.0].meta().id, finding))
    }

    /// When the next verdict may change by itself.
    pub fn next_recheck(&self) -> Option<Timestamp> {
        self.rechecks.first().map(|(at, _)| *at)
    }

    /// All findings, symptoms folded under the findings that explain them, worst first. Each finding is a row, or a
    /// symptom of one.
    pub fn ranked(&self) -> Arc<[Finding]> {
        fold::ranked(&self.findings)
    }
}

/// Calls `touch` for what changed since the last reading, or for every row when that is forgotten.
fn follow<R: Row>(store: &Store<R>, seen: &mut u64, mut touch: impl FnMut(&Change<R>)) {
    if *seen == store.seq() {
        return;
    }
    match store.since(*seen) {
        Some(changes) => changes.for_each(&mut touch),
        None => {
            for row in store.iter() {
                let key = row.meta().key();
                touch(&Change { key, before: None, after: Some(Arc::clone(row)) });
            }
        }
    }
    *seen = store.seq();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, node, now};

    #[test]
    fn what_was_found_is_told_anew_in_another_language() {
        let world = World::new().node(node("w", "Unknown", "NodeStatusUnknown", 900));
        let mut engine = Engine::default();
        assert!(engine.update(&world.0, now()));
        assert_eq!(engine.ranked()[0].title, "w stopped reporting");
        assert!(!engine.update(&world.0, now()), "nothing has changed");
        assert!(lang::within(Language::Chinese, || engine.update(&world.0, now())));
        assert_eq!(engine.ranked()[0].title, "节点 w 失联");
        assert_eq!(engine.ranked()[0].detector, "node-not-ready");
    }
}
