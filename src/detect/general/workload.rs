//! Workloads that have not what they should have: fewer ready pods, a rollout under way, pods that cannot be made.
//!
//! What a pod suffers from says the pod. Here are the numbers, which are a symptom of it, and what no pod can say since
//! it was never made.

use std::sync::Arc;

use super::{
    Changed, Detector, DetectorMeta, ROLLOUT_SECONDS, SETTLE_SECONDS, Trouble, Verdict, about, latest,
    pods_of, prefix, ready_since, titled,
};
use crate::domain::{
    Blast, ClusterSnapshot, Condition, DaemonSetRow, DeploymentRow, EventRow, Finding, Kind, Level, Meta,
    ObjectKey, PodRow, ReplicaSetRow, Severity, StatefulSetRow, Timestamp,
};
use crate::lang::{msg, t};

/// Controllers try again after so long at the latest (client-go's default rate limiter): a refusal that is older has
/// not come back.
const RETRY_SECONDS: i64 = 1000;
/// What is refused may be accepted a moment later: a webhook that starts, a quota that is raised.
const REFUSED_SECONDS: i64 = 60;
const REFUSED: &str = "FailedCreate";
/// The lease of whoever looks after all four kinds, renewed every two seconds.
const CONTROLLER: (&str, &str) = ("kube-system", "kube-controller-manager");
/// One that was deleted goes when its pods and finalizers have: what a rollout may take is enough for the pods, and longer
/// somebody waits for something.
const DELETING_SECONDS: i64 = ROLLOUT_SECONDS;

const META: DetectorMeta = DetectorMeta {
    id: "unwell-workload",
    title: msg!("detect-workload-title"),
    kinds: &[Kind::Deployment, Kind::ReplicaSet, Kind::StatefulSet, Kind::DaemonSet],
    runbooks: &[],
};

pub struct UnwellWorkload;

/// What the four kinds have in common.
struct Numbers<'a> {
    meta: &'a Meta,
    desired: i32,
    ready: i32,
    available: i32,
    /// Pods that exist; none where the row does not say.
    all: Option<i32>,
    /// Pods of the newest revision, and how many of them there should be.
    updated: (i32, i32),
    /// Whether its controller has seen what it should be.
    seen: bool,
    conditions: &'a [Condition],
}

impl Numbers<'_> {
    fn short(&self) -> bool {
        self.ready < self.desired || self.available < self.desired
    }

    fn rolls(&self) -> bool {
        self.updated.0 < self.updated.1 || self.all.is_some_and(|all| all > self.desired)
    }

    fn well(&self) -> bool {
        self.seen && !self.short() && !self.rolls() && self.meta.deleting.is_none()
    }

    fn condition(&self, kind: &str, status: &str) -> Option<&Condition> {
        self.conditions.iter().find(|c| &*c.kind == kind && &*c.status == status)
    }
}

fn numbers<'a>(key: &ObjectKey, world: &'a ClusterSnapshot) -> Option<Numbers<'a>> {
    let row = &key.row;
    match key.kind {
        Kind::Deployment => world.deployments.get(row).map(|d| of_deployment(d)),
        Kind::StatefulSet => world.stateful_sets.get(row).map(|s| of_stateful_set(s)),
        Kind::DaemonSet => world.daemon_sets.get(row).map(|d| of_daemon_set(d)),
        // One that a Deployment made is a part of that.
        Kind::ReplicaSet => {
            world.replica_sets.get(row).filter(|r| above(r).is_none()).map(|r| of_replica_set(r))
        }
        _ => None,
    }
}

fn of_deployment(d: &DeploymentRow) -> Numbers<'_> {
    Numbers {
        meta: &d.meta,
        desired: d.desired,
        ready: d.ready,
        available: d.available,
        all: Some(d.all),
        // Who paused it knows.
        updated: if d.paused { (0, 0) } else { (d.updated, d.desired) },
        seen: d.observed >= d.generation,
        conditions: &d.conditions,
    }
}

fn of_stateful_set(s: &StatefulSetRow) -> Numbers<'_> {
    let rolls = !s.on_delete && s.current_revision != s.update_revision;
    Numbers {
        meta: &s.meta,
        desired: s.desired,
        ready: s.ready,
        available: s.available,
        all: Some(s.all),
        updated: if rolls { (s.updated, s.to_update()) } else { (0, 0) },
        seen: s.observed >= s.generation,
        conditions: &[],
    }
}

fn of_daemon_set(d: &DaemonSetRow) -> Numbers<'_> {
    Numbers {
        meta: &d.meta,
        desired: d.desired,
        ready: d.ready,
        available: d.available,
        all: Some(d.current.min(d.desired)),
        updated: if d.on_delete { (0, 0) } else { (d.updated, d.desired) },
        seen: d.observed >= d.generation,
        conditions: &[],
    }
}

fn of_replica_set(r: &ReplicaSetRow) -> Numbers<'_> {
    Numbers {
        meta: &r.meta,
        desired: r.desired,
        ready: r.ready,
        available: r.available,
        all: None,
        updated: (0, 0),
        seen: true,
        conditions: &[],
    }
}

/// The Deployment that made a `ReplicaSet`.
fn above(set: &ReplicaSetRow) -> Option<ObjectKey> {
    let owner = set.meta.owner.as_ref().filter(|o| &*o.kind == Kind::Deployment.name())?;
    Some(ObjectKey::new(Kind::Deployment, set.meta.namespace.clone(), owner.name.clone()))
}

impl Detector for UnwellWorkload {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, world: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        let key = |kind, row: &crate::domain::RowKey| ObjectKey { kind, row: row.clone() };
        match changed {
            Changed::Deployment(c) => out.push(key(Kind::Deployment, &c.key)),
            Changed::StatefulSet(c) => out.push(key(Kind::StatefulSet, &c.key)),
            Changed::DaemonSet(c) => out.push(key(Kind::DaemonSet, &c.key)),
            Changed::ReplicaSet(c) => {
                out.push(key(Kind::ReplicaSet, &c.key));
                out.extend([&c.before, &c.after].into_iter().flatten().filter_map(|set| above(set)));
            }
            Changed::Lease(c) if (&*c.key.namespace, &*c.key.name) == CONTROLLER => unseen(world, out),
            Changed::Event(c) => {
                let events = [&c.before, &c.after].into_iter().flatten().filter(|e| e.warning);
                for about in events.filter_map(|e| about(e)) {
                    let set = (about.kind == Kind::ReplicaSet)
                        .then(|| world.replica_sets.get(&about.row))
                        .flatten();
                    out.extend(set.and_then(|set| above(set)));
                    out.push(about);
                }
            }
            // When the latest of its pods became what it is says how long a workload has been short.
            Changed::Pod(c) => {
                let pods = [&c.before, &c.after].into_iter().flatten();
                out.extend(pods.filter_map(|pod| of_pod(pod, world)));
            }
            _ => {}
        }
        out.retain(|key| {
            matches!(key.kind, Kind::Deployment | Kind::StatefulSet | Kind::DaemonSet | Kind::ReplicaSet)
        });
    }

    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
        let Some(row) = numbers(subject, world).filter(|n| !n.well()) else { return Verdict::quiet() };
        if let Some(at) = row.meta.deleting {
            return deleted(subject, &row, at, now);
        }
        let refused = refused(subject, &row, world, now);
        let level = if refused.is_some() { Level::General } else { Level::Sum };
        let recheck = refused.and_then(|e| super::after(e.last?, RETRY_SECONDS)).filter(|at| *at > now);
        let trouble = match refused {
            Some(event) => Trouble::new(REFUSED, t!("detect-workload-refused"), event.first)
                .for_seconds(event.first, REFUSED_SECONDS)
                .warned(Some(event)),
            None => lacks(subject, &row, world),
        };
        let mut trouble = told(trouble, &row);
        if row.ready <= 0 && row.desired > 0 {
            trouble.severity = Severity::Critical;
        } else if !row.short() && !row.seen {
            trouble.severity = Severity::Notice;
        }
        let (severity, young) = trouble.at(now);
        let missing = usize::try_from(row.desired - row.ready.min(row.available)).unwrap_or(0);
        let finding = Finding {
            since: trouble.since,
            evidence: trouble.evidence,
            blast: Blast { pods: missing, alone: usize::from(row.ready <= 0 && row.desired > 0) },
            young,
            level,
            ..Finding::new(META.id, severity, subject, titled(&subject.row, &trouble.what))
        };
        Verdict { finding: Some(finding), recheck: [young, recheck].into_iter().flatten().min() }
    }
}

/// The workloads whose controller has not seen what they should be: how long that may last says its lease.
fn unseen(world: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
    let key = |kind, meta: &Meta| ObjectKey { kind, row: meta.key() };
    let deployments = world.deployments.iter().filter(|d| d.observed < d.generation);
    out.extend(deployments.map(|d| key(Kind::Deployment, &d.meta)));
    let stateful_sets = world.stateful_sets.iter().filter(|s| s.observed < s.generation);
    out.extend(stateful_sets.map(|s| key(Kind::StatefulSet, &s.meta)));
    let daemon_sets = world.daemon_sets.iter().filter(|d| d.observed < d.generation);
    out.extend(daemon_sets.map(|d| key(Kind::DaemonSet, &d.meta)));
}

/// One that was deleted is well for a while, whatever its numbers are; then something holds it.
fn deleted(subject: &ObjectKey, row: &Numbers<'_>, at: Timestamp, now: Timestamp) -> Verdict {
    let due = super::after(at, DELETING_SECONDS).filter(|due| *due > now);
    if due.is_some() {
        return Verdict { finding: None, recheck: due };
    }
    let trouble = Trouble::new("Deleted", t!("detect-deleted"), Some(at)).say(
        t!("detect-field-deletion"),
        t!("detect-deleted-finalizers-or-pods"),
        Some(at),
    );
    let trouble = told(trouble, row);
    let finding = Finding {
        since: trouble.since,
        evidence: trouble.evidence,
        level: Level::General,
        ..Finding::new(META.id, Severity::Warning, subject, titled(&subject.row, &trouble.what))
    };
    Verdict { finding: Some(finding), recheck: None }
}

/// The workload of a pod, where it is not well.
fn of_pod(pod: &PodRow, world: &ClusterSnapshot) -> Option<ObjectKey> {
    let (kind, row) = world.workload_of(pod)?;
    let kind = match &*kind {
        "Deployment" => Kind::Deployment,
        "ReplicaSet" => Kind::ReplicaSet,
        "StatefulSet" => Kind::StatefulSet,
        "DaemonSet" => Kind::DaemonSet,
        _ => return None,
    };
    let key = ObjectKey { kind, row };
    numbers(&key, world).is_some_and(|n| !n.well()).then_some(key)
}

/// The sets of a Deployment, by their names.
fn sets_of(key: &ObjectKey, world: &ClusterSnapshot) -> Vec<Arc<ReplicaSetRow>> {
    let begin = prefix(key.name());
    let own = |set: &&Arc<ReplicaSetRow>| above(set).is_some_and(|k| k == *key);
    world.replica_sets.with_prefix(key.namespace(), &begin).filter(own).cloned().collect()
}

/// The event that says that its pods cannot be made, while pods are missing.
fn refused<'a>(
    key: &ObjectKey,
    row: &Numbers<'_>,
    world: &'a ClusterSnapshot,
    now: Timestamp,
) -> Option<&'a Arc<EventRow>> {
    if row.all.is_some_and(|all| all >= row.desired) && !row.rolls() {
        return None;
    }
    let from = now.as_second() - RETRY_SECONDS;
    let now_so = |e: &EventRow| &*e.reason == REFUSED && e.last.is_some_and(|at| at.as_second() > from);
    let own = latest(world, key, now_so);
    let sets = if key.kind == Kind::Deployment { sets_of(key, world) } else { Vec::new() };
    // A set that is no longer wanted asks for nothing.
    let wanted = sets.iter().filter(|set| set.ready < set.desired);
    let of_sets = wanted
        .filter_map(|set| latest(world, &ObjectKey { kind: Kind::ReplicaSet, row: set.meta.key() }, now_so));
    own.into_iter().chain(of_sets).max_by_key(|e| e.last)
}

/// What its numbers say.
fn lacks(key: &ObjectKey, row: &Numbers<'_>, world: &ClusterSnapshot) -> Trouble {
    let (changed, rollout) = times(key, world);
    let since = row.condition("Available", "False").and_then(|c| c.since).or(changed);
    if row.short() {
        let what = t!("detect-workload-short", ready = row.ready, desired = row.desired);
        let trouble = Trouble::new("Short", what, since).for_seconds(changed, SETTLE_SECONDS);
        let trouble = trouble.for_seconds(row.meta.created, SETTLE_SECONDS);
        return if row.rolls() { trouble.for_seconds(rollout, ROLLOUT_SECONDS) } else { trouble };
    }
    if row.rolls() {
        let what = t!("detect-workload-rolls", updated = row.updated.0, desired = row.desired);
        return Trouble::new("Rollout", what, rollout).for_seconds(rollout, ROLLOUT_SECONDS);
    }
    // No field says when it was changed. A controller that lives sees it in a moment.
    let lives = world.leases.find(CONTROLLER.0, CONTROLLER.1).and_then(|lease| lease.renewed);
    Trouble::new("Unseen", t!("detect-workload-unseen"), None).for_seconds(lives, SETTLE_SECONDS)
}

/// When the latest of its pods became what it is, and when its latest rollout began.
fn times(key: &ObjectKey, world: &ClusterSnapshot) -> (Option<Timestamp>, Option<Timestamp>) {
    let (mut changed, mut created) = (None, None);
    let mut look = |pod: &Arc<PodRow>| {
        changed = changed.max(ready_since(pod)).max(pod.meta.created);
        created = created.max(pod.meta.created);
    };
    if key.kind != Kind::Deployment {
        pods_of(world, key.kind.name(), &key.row, &mut look);
        return (changed, created);
    }
    let sets = sets_of(key, world);
    for set in &sets {
        pods_of(world, Kind::ReplicaSet.name(), &set.meta.key(), &mut look);
    }
    let newest = sets.iter().max_by_key(|set| set.revision).and_then(|set| set.meta.created);
    (changed, newest)
}

/// The numbers and conditions as proof.
fn told(trouble: Trouble, row: &Numbers<'_>) -> Trouble {
    let words =
        t!("detect-workload-replicas", ready = row.ready, desired = row.desired, available = row.available);
    let mut trouble = trouble.say(t!("detect-field-replicas"), words, None);
    for (kind, status) in [("Available", "False"), ("Progressing", "False"), ("ReplicaFailure", "True")] {
        if let Some(c) = row.condition(kind, status) {
            trouble = trouble.say(kind, format!("{}  {}  {}", c.status, c.reason, c.message), c.since);
        }
    }
    trouble
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Engine;
    use crate::domain::LeaseRow;
    use crate::testing::{World, ago, meta, node, now};

    fn changed() -> World {
        let row = DeploymentRow {
            meta: meta("shop", "api"),
            desired: 2,
            all: 2,
            ready: 2,
            updated: 2,
            available: 2,
            generation: 2,
            observed: 1,
            ..DeploymentRow::default()
        };
        World::new().with(|w| &mut w.deployments, row)
    }

    fn renewed(world: World, seconds: i64) -> World {
        let lease = LeaseRow {
            meta: meta(CONTROLLER.0, CONTROLLER.1),
            renewed: Some(ago(seconds)),
            ..Default::default()
        };
        world.with(|w| &mut w.leases, lease)
    }

    #[test]
    fn a_change_that_nobody_saw_is_young_while_the_controller_lives() {
        let young = |world: &World| world.findings()[0].young;
        assert_eq!(young(&changed()), None, "whether it lives is not known");
        assert_eq!(young(&renewed(changed(), 2)), super::super::after(ago(2), 60));
        assert_eq!(young(&renewed(changed(), 60)), None);
        let mut engine = Engine::default();
        let world = renewed(changed(), 50);
        engine.update(&world.0, now());
        assert!(engine.update(&renewed(world, 1).0, now()), "each renewal is news of it");
        assert_eq!(engine.ranked()[0].young, super::super::after(ago(1), 60));
    }

    #[test]
    fn a_workload_that_was_deleted_and_does_not_go_is_found() {
        let world = |seconds: i64| {
            let mut row =
                DeploymentRow { meta: meta("shop", "api"), desired: 3, all: 3, ..DeploymentRow::default() };
            row.meta.deleting = Some(ago(seconds));
            let mut set =
                StatefulSetRow { meta: meta("shop", "db"), desired: 3, ..StatefulSetRow::default() };
            set.meta.deleting = Some(ago(seconds));
            let world = World::new().node(node("w", "True", "", 86_400));
            world.with(|w| &mut w.deployments, row).with(|w| &mut w.stateful_sets, set)
        };
        assert!(world(DELETING_SECONDS - 1).findings().is_empty());
        let found = world(86_400).findings();
        let mut titles: Vec<_> = found.iter().map(|f| f.title.as_str()).collect();
        titles.sort_unstable();
        assert_eq!(titles, ["shop/api: was deleted and does not go", "shop/db: was deleted and does not go"]);
        let mut engine = crate::detect::Engine::default();
        engine.update(&world(10).0, crate::testing::now());
        assert_eq!(engine.next_recheck(), crate::detect::after(ago(10), DELETING_SECONDS));
    }
}
