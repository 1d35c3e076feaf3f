//! A rollout that does not come to its end: a Deployment over its deadline or whose pods cannot be made, and (in `sets`) a
//! StatefulSet or DaemonSet whose newest pod does not become ready.

mod sets;

use super::{Changed, Detector, DetectorMeta, Verdict};
use crate::domain::{
    Blast, Change, ClusterSnapshot, Condition, DeploymentRow, Evidence, Finding, Kind, ObjectKey, PodRow,
    RunbookLink, Severity, Timestamp,
};
use crate::lang::{msg, t};

const META: DetectorMeta = DetectorMeta {
    id: "rollout-stuck",
    title: msg!("detect-rollout-title"),
    kinds: &[Kind::Deployment, Kind::ReplicaSet, Kind::StatefulSet, Kind::DaemonSet, Kind::Pod],
    runbooks: &["pods/workload-rollout"],
};

pub struct RolloutStuck;

impl Detector for RolloutStuck {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, world: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        let key = |row| ObjectKey { kind: Kind::Deployment, row };
        match changed {
            Changed::Deployment(change) => {
                let rows = [&change.before, &change.after];
                if rows.into_iter().flatten().any(|row| trouble(row).is_some()) {
                    out.push(key(change.key.clone()));
                }
            }
            Changed::StatefulSet(change) if either(change, sets::stateful_rolls) => {
                out.push(ObjectKey { kind: Kind::StatefulSet, row: change.key.clone() });
            }
            Changed::DaemonSet(change) if either(change, sets::daemon_rolls) => {
                out.push(ObjectKey { kind: Kind::DaemonSet, row: change.key.clone() });
            }
            // Its pods are what it explains, and those of a set are what tells.
            Changed::Pod(change) => {
                let owners = [&change.before, &change.after].into_iter().flatten();
                out.extend(owners.filter_map(|pod| of_pod(pod, world)));
            }
            _ => {}
        }
    }

    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
        if subject.kind != Kind::Deployment {
            return sets::inspect(subject, world, now);
        }
        let found = world.deployments.get(&subject.row).and_then(|row| {
            let condition = trouble(row)?;
            Some(finding(subject, row, condition, world))
        });
        Verdict { finding: found, recheck: None }
    }
}

/// Whether an object is so, or was.
fn either<R>(change: &Change<R>, is: fn(&R) -> bool) -> bool {
    [&change.before, &change.after].into_iter().flatten().any(|row| is(row))
}

/// The workload of a pod, where it may be stuck.
fn of_pod(pod: &PodRow, world: &ClusterSnapshot) -> Option<ObjectKey> {
    let (kind, row) = world.workload_of(pod)?;
    let (kind, may) = match &*kind {
        "Deployment" => (Kind::Deployment, world.deployments.get(&row).is_some_and(|d| trouble(d).is_some())),
        "StatefulSet" => {
            (Kind::StatefulSet, world.stateful_sets.get(&row).is_some_and(|s| sets::stateful_rolls(s)))
        }
        "DaemonSet" => (Kind::DaemonSet, world.daemon_sets.get(&row).is_some_and(|d| sets::daemon_rolls(d))),
        _ => return None,
    };
    may.then_some(ObjectKey { kind, row })
}

/// The condition that says that it does not go on. Who paused it knows that, but not that its pods cannot be made.
fn trouble(row: &DeploymentRow) -> Option<&Condition> {
    let stuck = |c: &&Condition| match (&*c.kind, &*c.status) {
        ("Progressing", "False") => &*c.reason == "ProgressDeadlineExceeded" && !row.paused,
        ("ReplicaFailure", "True") => true,
        _ => false,
    };
    row.conditions.iter().find(stuck).filter(|_| row.meta.deleting.is_none())
}

fn finding(
    subject: &ObjectKey,
    row: &DeploymentRow,
    condition: &Condition,
    world: &ClusterSnapshot,
) -> Finding {
    let mut evidence = vec![
        Evidence::new(
            &*condition.kind,
            format!("{}  {}", condition.status, condition.reason),
            condition.since,
        ),
        Evidence::new(t!("detect-field-message"), condition.message.to_string(), None),
        Evidence::new(
            t!("detect-field-replicas"),
            t!(
                "detect-rollout-replicas",
                updated = row.updated,
                desired = row.desired,
                available = row.available
            ),
            None,
        ),
    ];
    let newest = world.newest_set(&row.meta.namespace, &row.meta.name);
    // What its own new pods suffer from is part of it.
    let mut explains = Vec::new();
    if let Some(set) = newest {
        let words = t!("detect-rollout-image", revision = set.revision, image = set.image);
        evidence.push(Evidence::new(t!("detect-field-new-revision"), words, set.meta.created));
        let of_set = |p: &&std::sync::Arc<crate::domain::PodRow>| {
            p.meta.owner.as_ref().is_some_and(|o| o.name == set.meta.name)
        };
        let pods = world.pods.in_namespace(&row.meta.namespace).filter(of_set);
        explains = pods.map(|p| ObjectKey { kind: Kind::Pod, row: p.meta.key() }).collect();
    }
    let missing = usize::try_from(row.desired - row.available).unwrap_or(0);
    // While the old pods carry the load, nobody is hurt yet.
    let severity = if row.available == 0 { Severity::Critical } else { Severity::Warning };
    let title = t!("detect-rollout-found", workload = subject.row);
    let deployment = subject.row.to_string();
    Finding {
        since: condition.since,
        evidence,
        blast: Blast { pods: missing, alone: usize::from(row.available == 0) },
        runbooks: vec![RunbookLink::new(META.runbooks[0], [("deployment", &deployment)])],
        explains,
        ..Finding::new(META.id, severity, subject, title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ContainerState, Owner, ReplicaSetRow, Terminated};
    use crate::testing::{World, ago, condition, meta, pod};

    fn deployment(conditions: Vec<Condition>) -> DeploymentRow {
        DeploymentRow {
            meta: meta("shop", "api"),
            desired: 3,
            updated: 1,
            ready: 2,
            available: 2,
            conditions: conditions.into(),
            ..DeploymentRow::default()
        }
    }

    fn late() -> Condition {
        let message = "ReplicaSet \"api-2\" has timed out progressing.";
        condition("Progressing", "False", "ProgressDeadlineExceeded", message, 60)
    }

    fn world(row: DeploymentRow) -> World {
        World::new().with(|w| &mut w.deployments, row)
    }

    #[test]
    fn a_rollout_over_its_deadline_is_found_and_takes_its_crashing_pods_with_it() {
        let mut crashing = pod("shop", "api-2-x", "w");
        crashing.meta.owner = Some(Owner { kind: "ReplicaSet".into(), name: "api-2".into() });
        crashing.containers[0].state = ContainerState::Waiting("CrashLoopBackOff".into());
        crashing.containers[0].last = Some(Box::new(Terminated {
            reason: "Error".into(),
            exit_code: 1,
            finished: Some(ago(9)),
            ..Terminated::default()
        }));
        let set = |name: &str, revision| {
            let mut meta = meta("shop", name);
            meta.owner = Some(Owner { kind: "Deployment".into(), name: "api".into() });
            ReplicaSetRow {
                meta,
                revision,
                image: format!("api:{revision}").into(),
                ..ReplicaSetRow::default()
            }
        };
        let world = world(deployment(vec![late()]))
            .with(|w| &mut w.replica_sets, set("api-1", 4))
            .with(|w| &mut w.replica_sets, set("api-2", 5))
            .pod(crashing);
        let found = world.findings();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].detector, found[0].severity), ("rollout-stuck", Severity::Warning));
        assert!(found[0].symptoms[0].contains("ends again and again"));
        assert!(found[0].evidence.iter().any(|e| e.value == "5 · image api:5"));
        assert_eq!(found[0].runbooks[0].params["deployment"], "shop/api");
    }

    #[test]
    fn pods_that_cannot_be_made_are_found_too_and_none_available_is_critical() {
        let failure = condition("ReplicaFailure", "True", "FailedCreate", "exceeded quota", 5);
        let row = DeploymentRow { available: 0, ..deployment(vec![failure]) };
        let found = world(row).findings();
        assert_eq!((found[0].severity, found[0].blast.pods), (Severity::Critical, 3));
    }

    #[test]
    fn going_on_paused_and_leaving_are_quiet() {
        let going = condition("Progressing", "True", "ReplicaSetUpdated", "", 5);
        assert!(world(deployment(vec![going])).found_by(META.id).is_empty());
        assert!(
            world(DeploymentRow { paused: true, ..deployment(vec![late()]) }).found_by(META.id).is_empty()
        );
        let failure = condition("ReplicaFailure", "True", "FailedCreate", "exceeded quota", 5);
        let paused = DeploymentRow { paused: true, available: 0, ..deployment(vec![failure]) };
        assert_eq!(world(paused).found_by(META.id).len(), 1, "pods that cannot be made: nobody paused that");
        let mut leaving = deployment(vec![late()]);
        leaving.meta.deleting = Some(ago(3));
        assert!(world(leaving).found_by(META.id).is_empty());
    }
}
