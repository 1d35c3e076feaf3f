//! StatefulSets and DaemonSets that roll out. They have no deadline of their own: what tells that one is stuck is its
//! newest pod, which does not become ready.
//!
//! Must not blame a rollout for a node that is down: that has a detector of its own.

use std::sync::Arc;

use super::META;
use crate::detect::{Verdict, after};
use crate::domain::{
    Blast, ClusterSnapshot, ContainerState, DaemonSetRow, Evidence, Finding, Kind, Meta, ObjectKey, PodRow,
    RunbookLink, Severity, StatefulSetRow, Timestamp,
};
use crate::lang::t;

/// As long as a Deployment has by default.
const DEADLINE_SECONDS: i64 = 600;

/// What a container waits for that does not come by itself.
const TERMINAL: [&str; 6] = [
    "ImagePullBackOff",
    "ErrImageNeverPull",
    "InvalidImageName",
    "CreateContainerConfigError",
    "CreateContainerError",
    "CrashLoopBackOff",
];

/// Says of which revision a pod of a `StatefulSet` is.
const REVISION: &str = "controller-revision-hash";
/// Says of which template a pod of a `DaemonSet` is.
const GENERATION: &str = "pod-template-generation";

/// A set that rolls out, as far as both kinds have it in common.
struct Rolling<'a> {
    meta: &'a Meta,
    desired: i32,
    updated: i32,
    /// How many should have the new template in the end.
    target: i32,
    available: i32,
    /// Label and value of the pods that have the new template.
    new: (&'static str, String),
    /// The parameter of the runbook that names it.
    param: &'static str,
}

/// Whether a rollout of it is under way.
pub(super) fn stateful_rolls(row: &StatefulSetRow) -> bool {
    let begun = !row.current_revision.is_empty() && row.current_revision != row.update_revision;
    begun && !row.on_delete && row.meta.deleting.is_none() && row.to_update() > 0
}

/// Whether a rollout of it is under way.
pub(super) fn daemon_rolls(row: &DaemonSetRow) -> bool {
    row.updated < row.desired && row.template > 1 && !row.on_delete && row.meta.deleting.is_none()
}

fn rolling<'a>(subject: &ObjectKey, world: &'a ClusterSnapshot) -> Option<Rolling<'a>> {
    match subject.kind {
        Kind::StatefulSet => {
            let row = world.stateful_sets.get(&subject.row).filter(|r| stateful_rolls(r))?;
            Some(Rolling {
                meta: &row.meta,
                desired: row.desired,
                updated: row.updated,
                target: row.to_update(),
                available: row.available,
                new: (REVISION, row.update_revision.to_string()),
                param: "statefulset",
            })
        }
        Kind::DaemonSet => {
            let row = world.daemon_sets.get(&subject.row).filter(|r| daemon_rolls(r))?;
            Some(Rolling {
                meta: &row.meta,
                desired: row.desired,
                updated: row.updated,
                target: row.desired,
                available: row.available,
                new: (GENERATION, row.template.to_string()),
                param: "daemonset",
            })
        }
        _ => None,
    }
}

/// Looks at one set.
pub(super) fn inspect(subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
    let Some(set) = rolling(subject, world) else { return Verdict::quiet() };
    let Some(pod) = newest(subject, &set, world) else { return Verdict::quiet() };
    let since = not_ready_since(pod);
    let stuck = match reason(pod) {
        Some(reason) => Some(reason),
        None => match since.and_then(|at| after(at, DEADLINE_SECONDS)) {
            Some(due) if due > now => return Verdict { finding: None, recheck: Some(due) },
            Some(_) => Some(pod.status()),
            None => None,
        },
    };
    let finding = stuck.map(|why| finding(subject, &set, pod, &why, since, world));
    Verdict { finding, recheck: None }
}

fn of<'a>(subject: &'a ObjectKey, world: &'a ClusterSnapshot) -> impl Iterator<Item = &'a Arc<PodRow>> {
    let owned = |p: &&Arc<PodRow>| {
        let owner = p.meta.owner.as_ref();
        owner.is_some_and(|o| &*o.kind == subject.kind.name() && *o.name == *subject.name())
    };
    world.pods.in_namespace(subject.namespace()).filter(owned)
}

/// The pod that the rollout waits for: the newest of a `StatefulSet`, which goes on with the next one only when this one
/// is ready, and the newest with the new template of a `DaemonSet`. None where it is ready, or its node is what is down.
fn newest<'a>(
    subject: &'a ObjectKey,
    set: &Rolling<'_>,
    world: &'a ClusterSnapshot,
) -> Option<&'a Arc<PodRow>> {
    let waits = |pod: &&Arc<PodRow>| !pod.ready() && pod.meta.deleting.is_none();
    let candidate = if subject.kind == Kind::StatefulSet {
        // Where some pods keep the old revision for good, one of those is none of its business once the others are done.
        let due = |p: &&Arc<PodRow>| is_new(p, set) || set.updated < set.target;
        of(subject, world).max_by_key(|p| p.meta.created).filter(waits).filter(due)
    } else {
        of(subject, world).filter(|p| is_new(p, set)).filter(waits).max_by_key(|p| p.meta.created)
    };
    let down = |pod: &PodRow| world.node(&pod.node).is_some_and(|node| !node.ready());
    candidate.filter(|pod| !down(pod))
}

fn is_new(pod: &PodRow, set: &Rolling<'_>) -> bool {
    pod.meta.label(set.new.0) == Some(&set.new.1)
}

/// What one of its containers waits for in vain.
fn reason(pod: &PodRow) -> Option<String> {
    pod.containers.iter().find_map(|c| match &c.state {
        ContainerState::Waiting(reason) if TERMINAL.contains(&&**reason) => Some(reason.to_string()),
        _ => None,
    })
}

fn not_ready_since(pod: &PodRow) -> Option<Timestamp> {
    pod.condition("Ready").and_then(|c| c.since).or(pod.meta.created)
}

fn finding(
    subject: &ObjectKey,
    set: &Rolling<'_>,
    pod: &Arc<PodRow>,
    why: &str,
    since: Option<Timestamp>,
    world: &ClusterSnapshot,
) -> Finding {
    let newest = if is_new(pod, set) {
        t!("detect-rollout-newest-new", pod = pod.meta.name, why = why)
    } else {
        t!("detect-rollout-newest-before", pod = pod.meta.name, why = why)
    };
    let evidence = vec![
        Evidence::new(t!("detect-field-newest-pod"), newest, since),
        Evidence::new(
            t!("detect-field-replicas"),
            t!(
                "detect-rollout-set-replicas",
                updated = set.updated,
                target = set.target,
                available = set.available,
                desired = set.desired
            ),
            None,
        ),
        Evidence::new(t!("detect-field-new-revision"), set.new.1.clone(), None),
    ];
    // What its own new pods suffer from is part of it.
    let own = |p: &&Arc<PodRow>| !p.ready() && (is_new(p, set) || p.meta.name == pod.meta.name);
    let explains = of(subject, world).filter(own).map(|p| ObjectKey { kind: Kind::Pod, row: p.meta.key() });
    let severity = if set.available == 0 { Severity::Critical } else { Severity::Warning };
    let title = t!("detect-rollout-found", workload = subject.row);
    let name = set.meta.key().to_string();
    Finding {
        since,
        evidence,
        blast: Blast {
            pods: usize::try_from(set.desired - set.available).unwrap_or(0),
            alone: usize::from(set.available == 0),
        },
        runbooks: vec![RunbookLink::new(META.runbooks[0], [(set.param, &name)])],
        explains: explains.collect(),
        ..Finding::new(META.id, severity, subject, title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Owner, Str, SyncState};
    use crate::testing::{World, ago, condition, meta, node, pod};

    fn stateful() -> StatefulSetRow {
        StatefulSetRow {
            meta: meta("shop", "db"),
            desired: 3,
            all: 3,
            ready: 2,
            updated: 1,
            available: 2,
            current_revision: "db-a".into(),
            update_revision: "db-b".into(),
            ..StatefulSetRow::default()
        }
    }

    /// A pod of a set that was not ready for so many seconds.
    fn waiting(kind: &str, name: &str, label: (&str, &str), seconds: i64) -> PodRow {
        let mut pod = pod("shop", name, "w");
        pod.meta.owner = Some(Owner { kind: kind.into(), name: name.split('-').next().unwrap().into() });
        pod.meta.labels = [(Str::from(label.0), Str::from(label.1))].into();
        pod.meta.created = Some(ago(seconds));
        pod.conditions = [condition("Ready", "False", "ContainersNotReady", "", seconds)].into();
        pod.containers[0].ready = false;
        pod
    }

    fn old(ordinal: i64) -> PodRow {
        let mut old = waiting("StatefulSet", &format!("db-{ordinal}"), (REVISION, "db-a"), 9000);
        old.conditions = [condition("Ready", "True", "", "", 9000)].into();
        old
    }

    fn db(row: StatefulSetRow, newest: PodRow) -> World {
        World::new().with(|w| &mut w.stateful_sets, row).pod(old(0)).pod(old(1)).pod(newest)
    }

    fn stuck(world: &World) -> Vec<Finding> {
        world.findings().into_iter().filter(|f| f.detector == META.id).collect()
    }

    #[test]
    fn a_stateful_set_is_stuck_when_its_newest_pod_was_not_ready_for_ten_minutes() {
        let new = |seconds| waiting("StatefulSet", "db-2", (REVISION, "db-b"), seconds);
        assert!(stuck(&db(stateful(), new(599))).is_empty());
        let found = stuck(&db(stateful(), new(601)));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].severity, found[0].blast.pods), (Severity::Warning, 1));
        assert_eq!(found[0].runbooks[0].params["statefulset"], "shop/db");
        assert_eq!(found[0].subject, ObjectKey::new(Kind::StatefulSet, "shop", "db"));
    }

    #[test]
    fn the_time_of_the_next_look_is_when_its_time_is_over() {
        let world = db(stateful(), waiting("StatefulSet", "db-2", (REVISION, "db-b"), 100));
        let subject = ObjectKey::new(Kind::StatefulSet, "shop", "db");
        let verdict = inspect(&subject, &world.0, crate::testing::now());
        assert_eq!(verdict.recheck, after(ago(100), DEADLINE_SECONDS));
    }

    #[test]
    fn an_image_that_cannot_be_pulled_says_so_at_once_and_takes_its_pod_with_it() {
        let mut new = waiting("StatefulSet", "db-2", (REVISION, "db-b"), 20);
        new.containers[0].state = ContainerState::Waiting("ImagePullBackOff".into());
        let found = stuck(&db(StatefulSetRow { available: 0, ..stateful() }, new));
        assert_eq!(found[0].severity, Severity::Critical);
        assert!(found[0].evidence[0].value.contains("ImagePullBackOff, the new revision"), "{found:?}");
        assert_eq!(found[0].explains, [ObjectKey::new(Kind::Pod, "shop", "db-2")]);
    }

    #[test]
    fn a_broken_pod_of_the_revision_before_holds_the_way_back_up() {
        let mut broken = waiting("StatefulSet", "db-2", (REVISION, "db-bad"), 700);
        broken.containers[0].state = ContainerState::Waiting("CrashLoopBackOff".into());
        let row = StatefulSetRow { updated: 0, ..stateful() };
        let found = stuck(&db(row, broken));
        assert!(found[0].evidence[0].value.contains("the revision before"), "{found:?}");
    }

    #[test]
    fn what_is_done_left_to_people_or_on_a_node_that_is_down_is_quiet() {
        let new = || waiting("StatefulSet", "db-2", (REVISION, "db-b"), 700);
        let done = StatefulSetRow { current_revision: "db-b".into(), updated: 3, ..stateful() };
        assert!(stuck(&db(done, new())).is_empty());
        assert!(stuck(&db(StatefulSetRow { on_delete: true, ..stateful() }, new())).is_empty());
        let parted = StatefulSetRow { partition: 3, ..stateful() };
        assert!(stuck(&db(parted, new())).is_empty());
        // One of three was to be renewed and is; what happens to the two others later is not the rollout's.
        let later = waiting("StatefulSet", "db-0", (REVISION, "db-a"), 700);
        let canary = StatefulSetRow { partition: 2, updated: 1, ..stateful() };
        assert!(stuck(&db(canary, later)).is_empty());
        assert!(
            stuck(&db(stateful(), new()).node(node("w", "Unknown", "NodeStatusUnknown", 700))).is_empty()
        );
    }

    fn daemon(updated: i32) -> DaemonSetRow {
        DaemonSetRow {
            meta: meta("shop", "agent"),
            desired: 3,
            updated,
            available: 2,
            template: 4,
            ..DaemonSetRow::default()
        }
    }

    #[test]
    fn a_daemon_set_is_stuck_by_its_pod_of_the_new_template_only() {
        let world = |row, generation: &str, seconds| {
            let pod = waiting("DaemonSet", "agent-x", (GENERATION, generation), seconds);
            World::new().with(|w| &mut w.daemon_sets, row).pod(pod)
        };
        let found = stuck(&world(daemon(1), "4", 700));
        assert_eq!(found[0].runbooks[0].params["daemonset"], "shop/agent");
        assert!(stuck(&world(daemon(1), "4", 30)).is_empty());
        assert!(stuck(&world(daemon(1), "3", 700)).is_empty(), "an old one is about to go");
        assert!(stuck(&world(daemon(3), "4", 700)).is_empty(), "it has rolled out");
    }

    #[test]
    fn sets_that_cannot_be_read_are_said_to_be_unknown() {
        let mut world = World::new();
        world.0.sync[Kind::StatefulSet as usize] = SyncState::Forbidden("list".into());
        let unknown = crate::detect::unknown(&world.0, crate::testing::now());
        assert!(unknown.iter().any(|u| u.contains("statefulsets") && u.contains(META.id)), "{unknown:?}");
    }
}
