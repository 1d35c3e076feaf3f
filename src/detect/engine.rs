//! Runs the detectors over what changed, keeps their findings, folds symptoms under causes and ranks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Changed, REGISTRY};
use crate::domain::{ClusterSnapshot, Finding, Kind, ObjectKey, Row, RowKey, Store, Str, Timestamp};

/// A detector's place in the registry, and the subject.
type Slot = (usize, ObjectKey);

/// What the detectors found so far. The cost of an update depends on what changed, not on the cluster.
#[derive(Debug, Default)]
pub struct Engine {
    seen: Seen,
    findings: BTreeMap<Slot, Finding>,
    rechecks: BTreeSet<(Timestamp, Slot)>,
    recheck_of: BTreeMap<Slot, Timestamp>,
    /// Kinds whose state was complete at the last look, and the only namespace that was seen of them.
    complete: [(bool, Option<Str>); Kind::COUNT],
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
        follow(&world.nodes, &mut self.seen.nodes, |c| touch(Changed::Node(c)));
        follow(&world.pods, &mut self.seen.pods, |c| touch(Changed::Pod(c)));
        follow(&world.events, &mut self.seen.events, |c| touch(Changed::Event(c)));
        follow(&world.leases, &mut self.seen.leases, |c| touch(Changed::Lease(c)));
        follow(&world.namespaces, &mut self.seen.namespaces, |c| touch(Changed::Namespace(c)));
        follow(&world.deployments, &mut self.seen.deployments, |c| touch(Changed::Deployment(c)));
        follow(&world.stateful_sets, &mut self.seen.stateful_sets, |c| touch(Changed::StatefulSet(c)));
        follow(&world.daemon_sets, &mut self.seen.daemon_sets, |c| touch(Changed::DaemonSet(c)));
        follow(&world.pdbs, &mut self.seen.budgets, |c| touch(Changed::Budget(c)));
        // What is found may say more once a kind that it reads is complete: the owner of a pod, for instance.
        let complete = std::array::from_fn(|i| (world.sync[i].complete(), world.scopes[i].clone()));
        if complete != self.complete {
            self.complete = complete;
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

    /// When the next verdict may change by itself.
    pub fn next_recheck(&self) -> Option<Timestamp> {
        self.rechecks.first().map(|(at, _)| *at)
    }

    /// All findings, symptoms folded under the findings that explain them, worst first. Each finding is a row, or a
    /// symptom of one.
    pub fn ranked(&self) -> Arc<[Finding]> {
        let causes = self.causes();
        let mut symptoms: BTreeMap<&Slot, Vec<String>> = BTreeMap::new();
        for (slot, finding) in &self.findings {
            let root = root(&causes, slot);
            if root != slot {
                symptoms.entry(root).or_default().push(finding.title.clone());
            }
        }
        let rows = self.findings.iter().filter(|(slot, _)| root(&causes, slot) == *slot);
        let row = |(slot, finding): (&Slot, &Finding)| {
            let mut finding = finding.clone();
            finding.symptoms.extend(symptoms.remove(slot).unwrap_or_default());
            finding
        };
        let mut out: Vec<Finding> = rows.map(row).collect();
        by_rank(&mut out);
        let mut out = grouped(out);
        by_rank(&mut out);
        out.into()
    }

    /// The first finding that explains each one that is explained.
    fn causes(&self) -> BTreeMap<&Slot, &Slot> {
        let mut by_subject: BTreeMap<&ObjectKey, Vec<&Slot>> = BTreeMap::new();
        for slot in self.findings.keys() {
            by_subject.entry(&slot.1).or_default().push(slot);
        }
        let mut causes = BTreeMap::new();
        for (cause, finding) in &self.findings {
            for explained in finding.explains.iter().filter(|e| **e != cause.1) {
                for symptom in by_subject.get(explained).into_iter().flatten() {
                    causes.entry(*symptom).or_insert(cause);
                }
            }
        }
        causes
    }
}

/// The finding that stands for this one: the cause of its cause, and so on. Of those that explain each other the first is.
fn root<'a>(causes: &BTreeMap<&'a Slot, &'a Slot>, slot: &'a Slot) -> &'a Slot {
    let mut seen = vec![slot];
    let mut at = slot;
    while let Some(cause) = causes.get(at) {
        if seen.contains(cause) {
            let round = seen.iter().position(|s| s == cause).unwrap_or(0);
            return seen[round..].iter().min().copied().unwrap_or(slot);
        }
        seen.push(cause);
        at = cause;
    }
    at
}

fn by_rank(findings: &mut [Finding]) {
    findings.sort_by(|a, b| b.rank().cmp(&a.rank()).then_with(|| a.id().cmp(&b.id())));
}

/// Of each group only the first stays; the others are told as its symptoms.
fn grouped(findings: Vec<Finding>) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    let mut first_of: BTreeMap<(&'static str, RowKey), usize> = BTreeMap::new();
    for finding in findings {
        let place = finding.group.clone().map(|group| (finding.detector, group));
        match place.as_ref().and_then(|place| first_of.get(place)) {
            Some(first) => {
                out[*first].blast.pods += finding.blast.pods;
                out[*first].symptoms.push(finding.title);
                out[*first].symptoms.extend(finding.symptoms);
            }
            None => {
                first_of.extend(place.map(|place| (place, out.len())));
                out.push(finding);
            }
        }
    }
    out
}

/// Calls `touch` for what changed since the last reading, or for every row when that is forgotten.
fn follow<R: Row>(store: &Store<R>, seen: &mut u64, mut touch: impl FnMut(&crate::domain::Change<R>)) {
    if *seen == store.seq() {
        return;
    }
    match store.since(*seen) {
        Some(changes) => changes.for_each(&mut touch),
        None => {
            for row in store.iter() {
                let key = row.meta().key();
                touch(&crate::domain::Change { key, before: None, after: Some(Arc::clone(row)) });
            }
        }
    }
    *seen = store.seq();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Severity;

    proptest! {
        #[test]
        fn every_finding_is_a_row_or_a_symptom_of_one(
            explains in prop::collection::vec(prop::collection::vec(0..6_usize, 0..4), 6),
            groups in prop::collection::vec(prop::option::of(0..2_usize), 6),
        ) {
            let key = |i: usize| ObjectKey::new(Kind::Pod, "ns", format!("p{i}").as_str());
            let mut engine = Engine::default();
            for (i, explained) in explains.iter().enumerate() {
                let mut finding = Finding::new("d", Severity::Warning, &key(i), format!("finding {i}"));
                finding.explains = explained.iter().map(|e| key(*e)).collect();
                finding.group = groups[i].map(|g| RowKey::new("ns", format!("g{g}").as_str()));
                engine.findings.insert((0, key(i)), finding);
            }
            let rows = engine.ranked();
            let told: Vec<_> =
                rows.iter().flat_map(|f| std::iter::once(&f.title).chain(&f.symptoms)).cloned().collect();
            for i in 0..explains.len() {
                let title = format!("finding {i}");
                prop_assert_eq!(told.iter().filter(|t| **t == title).count(), 1, "{}: {:?}", title, told);
            }
        }
    }
}
