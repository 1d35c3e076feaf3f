//! Nodes that are not well: a condition that says so, or a lease that is no longer renewed.
//!
//! A cordon is no fault. A lease is late by the clock of the other leases, not by ours: when our watch is behind, or this
//! machine slept, no node looks dead for it. Ours only bounds that one, where a holder lives in the future.

mod gone;

use std::sync::Arc;

use super::{Changed, Detector, DetectorMeta, Trouble, Verdict, latest, titled};
use crate::domain::{
    Blast, ClusterSnapshot, Condition, Evidence, Finding, Kind, LeaseRow, Level, NodeRow, ObjectKey,
    Severity, Timestamp,
};
use crate::lang::{msg, t};

/// A kubelet renews its lease every ten seconds (`nodeLeaseDurationSeconds` of 40, a quarter of it): it missed two.
const LATE_SECONDS: i64 = 20;
/// After so long without a sign of life the node controller calls the node lost (`--node-monitor-grace-period`).
const GRACE_SECONDS: i64 = 50;
/// The detector `node-not-ready` waits so long, and for one that joins so long.
const PATIENCE_SECONDS: i64 = 60;
const JOINING_SECONDS: i64 = 300;
const LEASES: &str = "kube-node-lease";
/// One that was deleted is drained by whoever holds it with a finalizer; as long as the autoscaler may take for it.
const DELETING_SECONDS: i64 = super::super::LEAVING_SECONDS;
/// The garbage collector of pods looks every 20 s for pods of a node that is gone, and takes them 40 s later.
const GONE_SECONDS: i64 = 60;
/// What the node controller says when it hears that a node is gone.
const REMOVED: &str = "RemovingNode";
/// Conditions of Kubernetes' own, which each kubelet or network plugin reports: not to know them is not to know the node.
/// What others mean by Unknown is not known.
const KNOWN: [&str; 4] = ["MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"];
/// Conditions that say that something is wrong: Kubernetes' own, and those of its node problem detector. What others mean
/// by True is not known (k3s says `EtcdIsVoter`), so they are not judged.
const WRONG: [&str; 11] = [
    "MemoryPressure",
    "DiskPressure",
    "PIDPressure",
    "NetworkUnavailable",
    "KernelDeadlock",
    "ReadonlyFilesystem",
    "CorruptDockerOverlay2",
    "FrequentKubeletRestart",
    "FrequentDockerRestart",
    "FrequentContainerdRestart",
    "FrequentUnregisterNetDevice",
];

const META: DetectorMeta = DetectorMeta {
    id: "unwell-node",
    title: msg!("detect-node-title"),
    kinds: &[Kind::Node, Kind::Lease, Kind::Pod],
    runbooks: &[],
};

pub struct UnwellNode;

impl Detector for UnwellNode {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, world: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        let key = |name: &crate::domain::Str| ObjectKey::cluster(Kind::Node, name.clone());
        match changed {
            Changed::Node(change) => out.push(key(&change.key.name)),
            Changed::Lease(change) => {
                if &*change.key.namespace == LEASES {
                    out.push(key(&change.key.name));
                }
                // Each renewal is a tick of the cluster's clock: those that are late by it are looked at anew.
                let before = change.before.as_ref().and_then(|l| l.renewed);
                let Some(pulse) = change.after.as_ref().and_then(|l| l.renewed).max(before) else { return };
                out.extend(late(world, pulse).map(|lease| key(&lease.meta.name)));
            }
            Changed::Event(change) => {
                let events = [&change.before, &change.after].into_iter().flatten();
                let tells = |e: &&Arc<crate::domain::EventRow>| e.warning || &*e.reason == REMOVED;
                out.extend(
                    events.filter(|e| &*e.about_kind == "Node").filter(tells).map(|e| key(&e.about_name)),
                );
            }
            // Which pods it explains.
            Changed::Pod(change) => {
                let down = |name: &str| world.node(name).is_none_or(|n| counts(n));
                let pods = [&change.before, &change.after].into_iter().flatten();
                out.extend(pods.filter(|p| !p.node.is_empty() && down(&p.node)).map(|p| key(&p.node)));
            }
            _ => {}
        }
    }

    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
        let Some(node) = world.node(subject.name()) else { return gone::inspect(subject, world, now) };
        let leaving = super::super::leaving_until(node).filter(|until| *until > now);
        let held = node.meta.deleting.and_then(|at| super::after(at, DELETING_SECONDS));
        let again = [leaving, held.filter(|due| *due > now), unleased_at(node, now)];
        let again = again.into_iter().flatten().chain(may_be_late(node, world, now)).min();
        let found = trouble(node, world, now).or_else(|| deleted(node, now));
        let Some(trouble) = found.filter(|_| leaving.is_none()) else {
            return Verdict { finding: None, recheck: again };
        };
        let trouble = trouble.warned(latest(world, subject, |_| true));
        let (severity, young) = trouble.at(now);
        let pods = || world.pods_on(subject.name());
        let explains = if node.ready() {
            Vec::new()
        } else {
            pods().map(|p| ObjectKey { kind: Kind::Pod, row: p.meta.key() }).collect()
        };
        let reach = if counts(node) { pods().count() } else { 0 };
        let finding = Finding {
            since: trouble.since,
            evidence: trouble.evidence,
            blast: Blast { pods: reach, alone: 0 },
            explains,
            young,
            level: Level::General,
            ..Finding::new(META.id, severity, subject, titled(subject.name(), &trouble.what))
        };
        let times = [young, again, handed_over(node, now)];
        Verdict { finding: Some(finding), recheck: times.into_iter().flatten().min() }
    }
}

/// Whether its pods matter: those of a node that only is late are not known to suffer.
fn counts(node: &NodeRow) -> bool {
    !node.ready() || node.conditions.iter().any(wrong)
}

/// It was deleted, and something holds it for longer than its draining takes.
fn deleted(node: &NodeRow, now: Timestamp) -> Option<Trouble> {
    let at =
        node.meta.deleting.filter(|at| super::after(*at, DELETING_SECONDS).is_some_and(|due| due <= now))?;
    let trouble = Trouble::new("Deleted", t!("detect-deleted"), Some(at));
    Some(trouble.say(t!("detect-field-deletion"), t!("detect-deleted-finalizers"), Some(at)))
}

/// A node that is Ready and has no lease, where others have one: nobody would notice when it stops.
fn unleased(node: &NodeRow, world: &ClusterSnapshot, now: Timestamp) -> Option<Trouble> {
    let known = world.whole(Kind::Lease) && world.node_lease(&node.meta.name).is_none();
    if !known || unleased_at(node, now).is_some() || world.leases.in_namespace(LEASES).next().is_none() {
        return None;
    }
    let trouble = Trouble::new("Lease", t!("detect-node-unleased"), None);
    Some(trouble.say(t!("detect-field-lease"), t!("detect-node-unleased-where", namespace = LEASES), None))
}

/// Until then a node that joins may have none yet.
fn unleased_at(node: &NodeRow, now: Timestamp) -> Option<Timestamp> {
    super::after(node.meta.created?, JOINING_SECONDS).filter(|due| *due > now)
}

/// The leases of nodes that are late by this clock.
fn late(world: &ClusterSnapshot, pulse: Timestamp) -> impl Iterator<Item = &Arc<LeaseRow>> {
    let before = pulse.as_second() - LATE_SECONDS;
    let old = move |lease: &&Arc<LeaseRow>| lease.renewed.is_some_and(|at| at.as_second() < before);
    world.leases.in_namespace(LEASES).filter(old)
}

fn trouble(node: &NodeRow, world: &ClusterSnapshot, now: Timestamp) -> Option<Trouble> {
    let ready = node.ready();
    let wrong = |c: &&Condition| wrong(c) || ready && unsaid(c);
    let first = node.conditions.iter().find(wrong);
    let first = first.map(|c| {
        let what = if unsaid(c) {
            t!("detect-node-condition-unknown", condition = c.kind)
        } else {
            c.kind.to_string()
        };
        Trouble::new(c.kind.clone(), what, c.since)
    });
    let mut trouble = match node.condition("Ready") {
        Some(ready) if &*ready.status != "True" => {
            let what = if &*ready.status == "Unknown" {
                t!("detect-node-silent")
            } else {
                t!("detect-node-not-ready")
            };
            let words = format!("{}  {}  {}", ready.status, ready.reason, ready.message);
            let trouble = Trouble::new("Ready", what, ready.since)
                .for_seconds(ready.since, PATIENCE_SECONDS)
                .for_seconds(node.meta.created, JOINING_SECONDS)
                .say("Ready", words, ready.since);
            // From then on the detector `node-not-ready` says it, and here only what else is wrong.
            if trouble.until.is_some_and(|until| until > now) { sooner(trouble, node, world) } else { first? }
        }
        None => Trouble::new("Ready", t!("detect-node-unreported"), node.meta.created)
            .for_seconds(node.meta.created, JOINING_SECONDS),
        Some(_) => silent(node, world, now).or(first).or_else(|| unleased(node, world, now))?,
    };
    if &*trouble.cause == "Ready" {
        trouble.severity = Severity::Critical;
    }
    for c in node.conditions.iter().filter(wrong) {
        let words = format!("{}  {}  {}", c.status, c.reason, c.message);
        trouble.evidence.push(Evidence::new(&*c.kind, words, c.since));
    }
    Some(trouble)
}

/// When a node that stopped reporting is lost says its lease, as before the node controller noticed: that it did makes
/// the node no younger.
fn sooner(mut trouble: Trouble, node: &NodeRow, world: &ClusterSnapshot) -> Trouble {
    let unknown = node.condition("Ready").is_some_and(|c| &*c.status == "Unknown");
    let renewed = world.node_lease(&node.meta.name).and_then(|lease| lease.renewed);
    if let Some(renewed) = renewed.filter(|_| unknown && world.sync(Kind::Lease).current()) {
        let joined = node.meta.created.and_then(|at| super::after(at, JOINING_SECONDS));
        let lost = super::after(renewed, GRACE_SECONDS).max(joined);
        trouble.until = trouble.until.min(lost);
    }
    trouble
}

/// When the detector `node-not-ready` takes over.
fn handed_over(node: &NodeRow, now: Timestamp) -> Option<Timestamp> {
    let since = node.condition("Ready").filter(|c| &*c.status != "True")?.since;
    let patience = since.and_then(|at| super::after(at, PATIENCE_SECONDS));
    let joining = node.meta.created.and_then(|at| super::after(at, JOINING_SECONDS));
    patience.max(joining).filter(|at| *at > now)
}

/// Whether a condition beside Ready says that something is wrong: one of those, or that a part of the node is not ready.
fn wrong(c: &Condition) -> bool {
    match &*c.status {
        "True" => WRONG.contains(&&*c.kind),
        "False" => &*c.kind != "Ready" && c.kind.ends_with("Ready"),
        _ => false,
    }
}

/// A condition of which a node that is Ready does not know how it is.
fn unsaid(c: &Condition) -> bool {
    &*c.status == "Unknown" && KNOWN.contains(&&*c.kind)
}

/// The clock of the leases: the latest renewal.
pub(super) fn pulse(world: &ClusterSnapshot) -> Option<Timestamp> {
    world.leases.iter().filter_map(|l| l.renewed).max()
}

/// When a node may be late although no lease changes: only where one was renewed in our future.
fn may_be_late(node: &NodeRow, world: &ClusterSnapshot, now: Timestamp) -> Option<Timestamp> {
    let renewed = world.node_lease(&node.meta.name)?.renewed?;
    let due = super::after(renewed, LATE_SECONDS + 1).filter(|due| *due > now)?;
    (pulse(world)? > now).then_some(due)
}

/// A node that is called Ready and renews its lease no more: the node controller has not noticed yet, or does not run.
fn silent(node: &NodeRow, world: &ClusterSnapshot, now: Timestamp) -> Option<Trouble> {
    if !world.sync(Kind::Lease).current() {
        return None;
    }
    let now = world.as_of(Kind::Lease, now);
    let renewed = world.node_lease(&node.meta.name)?.renewed?;
    // Most are renewed, and need no look at the others.
    if renewed.as_second() >= now.as_second() - LATE_SECONDS {
        return None;
    }
    // One holder whose clock is ahead makes no other late.
    let pulse = pulse(world)?.min(now);
    if renewed.as_second() >= pulse.as_second() - LATE_SECONDS {
        return None;
    }
    let trouble = Trouble::new("Ready", t!("detect-node-late"), Some(renewed))
        .for_seconds(Some(renewed), GRACE_SECONDS)
        .say(t!("detect-field-lease"), t!("detect-node-renewed"), Some(renewed));
    Some(trouble.say("Ready", t!("detect-node-unmarked"), None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, ago, condition, meta, node as node_row};

    #[test]
    fn late_is_said_by_the_clock_of_the_other_leases() {
        let (node, lease) = node_row("w", "True", "", 86_000);
        let renewed = |at| LeaseRow { renewed: Some(at), ..lease.clone() };
        let pulse = |at: Timestamp| LeaseRow {
            meta: meta("kube-system", "scheduler"),
            renewed: Some(at),
            ..Default::default()
        };
        let world = |late: i64, pulsed: i64| {
            World::new()
                .node((node.clone(), renewed(ago(late))))
                .with(|w| &mut w.leases, pulse(ago(pulsed)))
                .findings()
        };
        assert!(world(20, 0).is_empty());
        let found = world(21, 0);
        assert_eq!(found[0].title, "w: does not renew its lease");
        assert_eq!(found[0].young, super::super::after(ago(21), 50));
        let lost = world(51, 0);
        assert_eq!((lost[0].young, lost[0].severity), (None, Severity::Critical));
        assert!(world(3600, 3590).is_empty(), "when all stand still, our picture does");
        assert!(world(15, -60).is_empty(), "one holder that lives in the future makes nobody late");
        assert_eq!(world(25, -60).len(), 1);
    }

    #[test]
    fn a_node_that_is_lost_by_its_lease_looks_no_younger_once_the_controller_has_noticed() {
        let unknown = |noticed: i64, silent: i64| {
            let (mut row, lease) = node_row("w", "Unknown", "NodeStatusUnknown", noticed);
            row.meta.created = Some(ago(86_400));
            World::new().node((row, LeaseRow { renewed: Some(ago(silent)), ..lease }))
        };
        let found = unknown(1, 55).findings();
        assert_eq!((found.len(), found[0].title.as_str()), (1, "w: stopped reporting"));
        assert_eq!((found[0].young, found[0].severity), (None, Severity::Critical));
        assert_eq!(unknown(1, 20).findings()[0].young, super::super::after(ago(20), 50));
        assert_eq!(unknown(1, 2).findings()[0].young, super::super::after(ago(2), 50), "it is back");
        let world = unknown(1, 55);
        let mut engine = crate::detect::Engine::default();
        engine.update(&world.0, crate::testing::now());
        let next = engine.next_recheck().unwrap();
        assert_eq!(Some(next), super::super::after(ago(1), PATIENCE_SECONDS), "and is handed over");
        engine.update(&world.0, next);
        let rows = engine.ranked();
        assert_eq!(
            (rows.len(), rows[0].detector, rows[0].severity),
            (1, "node-not-ready", Severity::Critical)
        );
    }

    #[test]
    fn a_ready_node_without_a_lease_is_found_where_others_have_one() {
        let leased = || World::new().node(node_row("a", "True", "", 86_000));
        let bare = |mut world: World, created: i64| {
            let mut row = node_row("b", "True", "", 86_000).0;
            row.meta.created = Some(ago(created));
            world.0.nodes.insert(row);
            world
        };
        let found = bare(leased(), 86_000).findings();
        assert_eq!(found[0].title, "b: has no lease that it renews");
        assert!(bare(leased(), 200).findings().is_empty(), "it joins");
        assert!(
            bare(World::new(), 86_000).findings().is_empty(),
            "nobody has: that is unknown, not a finding"
        );
        // Whichever comes first.
        let mut engine = crate::detect::Engine::default();
        let mut world = bare(World::new(), 86_000);
        engine.update(&world.0, crate::testing::now());
        world = world.node(node_row("a", "True", "", 86_000));
        engine.update(&world.0, crate::testing::now());
        assert_eq!(engine.ranked().len(), 1);
    }

    #[test]
    fn a_node_that_was_deleted_and_is_held_is_found_after_its_draining() {
        let held = |seconds: i64| {
            let (mut node, lease) = node_row("w", "True", "", 86_000);
            node.meta.deleting = Some(ago(seconds));
            World::new().node((node, lease)).findings()
        };
        assert!(held(899).is_empty());
        assert_eq!(held(900)[0].title, "w: was deleted and does not go");
    }

    #[test]
    fn a_condition_that_nobody_knows_is_found_on_a_node_that_is_ready() {
        let with = |kind: &str, ready: &str| {
            let (mut node, lease) = node_row("w", ready, "", 30);
            let more = condition(kind, "Unknown", "NodeStatusUnknown", "", 3000);
            node.conditions = node.conditions.iter().cloned().chain([more]).collect();
            World::new().node((node, lease)).findings()
        };
        for kind in KNOWN {
            assert_eq!(with(kind, "True")[0].title, format!("w: {kind} is not known"));
        }
        assert!(with("acme.io/Happy", "True").is_empty(), "what others mean by it is not known");
        assert_eq!(with("DiskPressure", "Unknown")[0].title, "w: stopped reporting");
    }

    #[test]
    fn pressure_is_found_and_a_condition_of_unknown_meaning_or_a_cordon_is_not() {
        let with = |kind: &str, status: &str| {
            let (mut node, lease) = node_row("w", "True", "", 900);
            let more = condition(kind, status, "Reason", "words", 30);
            node.conditions = node.conditions.iter().cloned().chain([more]).collect();
            node.unschedulable = true;
            World::new().node((node, lease)).findings()
        };
        let found = with("DiskPressure", "True");
        assert_eq!((found[0].title.as_str(), found[0].young), ("w: DiskPressure", None));
        assert!(found[0].evidence.iter().any(|e| e.value == "True  Reason  words"));
        assert_eq!(with("StorageReady", "False").len(), 1);
        for (kind, status) in [("DiskPressure", "False"), ("EtcdIsVoter", "True"), ("StorageReady", "True")] {
            assert!(with(kind, status).is_empty(), "{kind}");
        }
    }
}
