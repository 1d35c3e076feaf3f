//! Pods that are not well: nobody takes them, they do not start, are not ready, fail or do not go.

mod containers;
mod judge;

use std::sync::Arc;

use super::{Changed, Detector, DetectorMeta, Trouble, Verdict, about, pods_of, titled};
use crate::domain::{
    Blast, Change, ClusterSnapshot, Finding, Group, Kind, Level, ObjectKey, PodPhase, PodRow, ReplicaSetRow,
};
use crate::lang::{msg, t};

const META: DetectorMeta =
    DetectorMeta { id: "unwell-pod", title: msg!("detect-pod-title"), kinds: &[Kind::Pod], runbooks: &[] };

pub struct UnwellPod;

impl Detector for UnwellPod {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, world: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        match changed {
            Changed::Pod(change) => {
                let rows = [&change.before, &change.after];
                if rows.into_iter().flatten().any(|pod| may_be_unwell(pod)) {
                    out.push(ObjectKey { kind: Kind::Pod, row: change.key.clone() });
                }
                for pod in rows.into_iter().flatten().filter(|p| p.phase == PodPhase::Succeeded) {
                    judge::failed_before(pod, world, |failed| out.push(key(failed)));
                }
            }
            // A warning tells more of what is not well, and is news of a pod that still is.
            Changed::Event(change) => {
                let events = [&change.before, &change.after].into_iter().flatten().filter(|e| e.warning);
                out.extend(events.filter_map(|e| about(e)).filter(|k| k.kind == Kind::Pod));
            }
            Changed::ReplicaSet(change) => replica_set(change, world, out),
            _ => {}
        }
    }

    fn inspect(
        &self,
        subject: &ObjectKey,
        world: &ClusterSnapshot,
        now: crate::domain::Timestamp,
    ) -> Verdict {
        let Some(pod) = world.pods.get(&subject.row) else { return Verdict::quiet() };
        let judged = judge::judge(pod, world, now);
        let Some(trouble) = judged.trouble else { return Verdict { finding: None, recheck: judged.recheck } };
        let (severity, young) = trouble.at(now);
        let recheck = [young, judged.recheck].into_iter().flatten().min();
        let finding = Finding { young, ..finding(subject, pod, trouble, severity, world) };
        Verdict { finding: Some(finding), recheck }
    }
}

fn key(pod: &Arc<PodRow>) -> ObjectKey {
    ObjectKey { kind: Kind::Pod, row: pod.meta.key() }
}

/// Whether a look at a pod may find something: cheap, and never no where it would.
fn may_be_unwell(pod: &PodRow) -> bool {
    let ended = || pod.containers.iter().any(|c| c.last.is_some());
    pod.meta.deleting.is_some() || pod.phase != PodPhase::Running || !pod.ready() || ended()
}

/// Which workload its pods are of says their `ReplicaSet`.
fn replica_set(change: &Change<ReplicaSetRow>, world: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
    let owner = |row: &Option<Arc<ReplicaSetRow>>| row.as_ref().and_then(|r| r.meta.owner.clone());
    if owner(&change.before) != owner(&change.after) {
        pods_of(world, Kind::ReplicaSet.name(), &change.key, |pod| {
            if may_be_unwell(pod) {
                out.push(key(pod));
            }
        });
    }
}

fn finding(
    subject: &ObjectKey,
    pod: &PodRow,
    trouble: Trouble,
    severity: crate::domain::Severity,
    world: &ClusterSnapshot,
) -> Finding {
    // A static pod names its node as its owner, and belongs to nobody.
    let workload = world.workload_of(pod).filter(|(kind, _)| &**kind != Kind::Node.name());
    let title = titled(&subject.row, &trouble.what);
    let group = workload.map(|place| {
        let title = Some(titled(&place.1, &trouble.what));
        Group { cause: trouble.cause.clone(), title, ..Group::of(place) }
    });
    let mut evidence = trouble.evidence;
    let status = pod.status();
    let words = if pod.node.is_empty() {
        t!("detect-pod-status", pod = subject.row, status = status)
    } else {
        t!("detect-pod-status-on-node", pod = subject.row, node = pod.node, status = status)
    };
    evidence.push(crate::domain::Evidence::new(t!("detect-field-pod"), words, None));
    Finding {
        since: trouble.since,
        evidence,
        blast: Blast { pods: 1, alone: 0 },
        group,
        level: Level::General,
        ..Finding::new(META.id, severity, subject, title)
    }
}
