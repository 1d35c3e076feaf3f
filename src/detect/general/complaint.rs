//! Warnings about objects that say nothing of themselves here: claims, autoscalers, Jobs, services, objects of kinds that
//! opsbook does not know, and what befalls a node that is otherwise well.
//!
//! A warning is no state: it stands while it is repeated as often as before, and a single one for as long as a controller
//! may wait with its next try. Pods and workloads show by themselves whether they are well, so their warnings are not
//! looked at here.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Changed, Detector, DetectorMeta, Trouble, Verdict, about, pods_of, titled, told};
use crate::domain::{
    Blast, ClusterSnapshot, EventRow, Evidence, Finding, Group, Kind, Level, ObjectKey, RowKey, Severity,
    Str, Timestamp,
};
use crate::lang::{msg, t};

/// The longest and the shortest pause after which a controller that fails complains again: client-go's rate limiter goes
/// up to 1000 s, and the periodic ones look every 15 to 60 s.
const LONGEST_SECONDS: i64 = 1000;
const SHORTEST_SECONDS: i64 = 60;
/// So many pauses without a further complaint, and it has stopped.
const MISSED: i64 = 3;
/// A Job says once that it gave up. That stands for as long as its event is kept (`--event-ttl`).
const KEPT_SECONDS: i64 = 3600;
/// Two that change one object: the second is told so and tries again at once, a few times (client-go's `RetryOnConflict`
/// gives up after the fifth).
const CONFLICT: &str = "the object has been modified";
const TRIES: i64 = 5;
/// Two that make one object: the second sees it at its next try. Said twice, it is somebody else's.
const EXISTS: &str = "already exists";
/// What a kubelet notes when it starts, of which nobody suffers.
const NOTES: [&str; 6] = [
    "InvalidDiskCapacity",
    "CgroupV1",
    "PossibleMemoryBackedVolumesOnDisk",
    "CheckLimitsForResolvConf",
    "Rebooted",
    "NodeNotReady",
];

const META: DetectorMeta =
    DetectorMeta { id: "warning", title: msg!("detect-warning-title"), kinds: &[Kind::Event], runbooks: &[] };

pub struct Complaint;

impl Detector for Complaint {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, world: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        match changed {
            Changed::Event(change) => {
                let events = [&change.before, &change.after].into_iter().flatten();
                for event in events.filter(|e| e.warning) {
                    match about(event) {
                        Some(key) => out.extend(Some(key).filter(|k| looked_at(k.kind))),
                        None => out.extend(unknown_kind(event, world)),
                    }
                }
            }
            Changed::Node(change) => out.push(ObjectKey::cluster(Kind::Node, change.key.name.clone())),
            // A claim that is complained about explains the pods that wait for it.
            Changed::Pod(change) => {
                for pod in [&change.before, &change.after].into_iter().flatten() {
                    let claim = |name: &Str| {
                        ObjectKey::new(Kind::PersistentVolumeClaim, pod.meta.namespace.clone(), name.clone())
                    };
                    let complained = |key: &ObjectKey| world.events_about(key).any(|e| e.warning);
                    out.extend(pod.claims.iter().map(claim).filter(complained));
                    // The last pod of a Job that gave up may go with it.
                    let job = pod.meta.owner.as_ref().filter(|o| &*o.kind == Kind::Job.name());
                    let job =
                        job.map(|o| ObjectKey::new(Kind::Job, pod.meta.namespace.clone(), o.name.clone()));
                    out.extend(job.filter(complained));
                }
            }
            _ => {}
        }
    }

    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
        let Some((kind, row)) = object(subject, world) else { return Verdict::quiet() };
        if subject.kind == Kind::Node && world.node(subject.name()).is_none() {
            return Verdict::quiet();
        }
        let standing: Vec<_> = complaints((&kind, &row), world)
            .into_values()
            .filter(|c| c.ends(&kind).is_some_and(|end| end > now))
            .collect();
        let worst = standing.iter().max_by_key(|c| (c.lasts(&kind), c.latest.last, c.latest.reason.clone()));
        let Some(worst) = worst else { return Verdict::quiet() };
        let mut trouble =
            Trouble::new(worst.latest.reason.clone(), worst.latest.reason.to_string(), worst.first);
        if !worst.lasts(&kind) {
            trouble.until = worst.ends(&kind);
        }
        let (severity, young) = trouble.at(now);
        let ends = standing.iter().filter_map(|c| c.ends(&kind)).min();
        let mut evidence: Vec<_> = standing.iter().map(|c| told(&c.latest)).collect();
        evidence.extend(without_pods(subject, world));
        let finding = Finding {
            since: worst.first,
            evidence,
            blast: Blast::default(),
            group: Some(group(&kind, &row, &worst.latest)),
            explains: claimants(subject, world),
            young,
            level: if subject.kind == Kind::Job { Level::Sum } else { Level::General },
            ..Finding::new(
                META.id,
                severity.max(Severity::Notice),
                subject,
                titled(format_args!("{kind} {row}"), &trouble.what),
            )
        };
        Verdict { finding: Some(finding), recheck: [young, ends].into_iter().flatten().min() }
    }
}

/// Warnings of one reason about one object.
struct Said {
    latest: Arc<EventRow>,
    first: Option<Timestamp>,
    count: i64,
}

impl Said {
    /// When it counts no more unless it is said again.
    fn ends(&self, kind: &str) -> Option<Timestamp> {
        let last = self.latest.last?;
        if kind == Kind::Job.name() {
            return super::after(last, KEPT_SECONDS);
        }
        let span = last.as_second() - self.first.map_or(last, |at| at).as_second();
        let pause = if self.count > 1 { MISSED * span / (self.count - 1) } else { LONGEST_SECONDS };
        super::after(last, pause.clamp(SHORTEST_SECONDS, LONGEST_SECONDS))
    }

    /// Whether it has been said for a while, or for good.
    fn lasts(&self, kind: &str) -> bool {
        let span =
            self.latest.last.zip(self.first).map_or(0, |(last, first)| last.as_second() - first.as_second());
        kind == Kind::Job.name() || (self.count > 1 && span >= SHORTEST_SECONDS)
    }
}

/// Kinds whose objects do not say here whether they are well.
fn looked_at(kind: Kind) -> bool {
    let by_itself = [Kind::Pod, Kind::Deployment, Kind::ReplicaSet, Kind::StatefulSet, Kind::DaemonSet];
    !by_itself.contains(&kind)
}

/// The events about an object of a kind that has no name here stand for it: the first of them, by name. All of them are
/// looked at, since each may have been the first.
fn unknown_kind(event: &EventRow, world: &ClusterSnapshot) -> Vec<ObjectKey> {
    let place =
        (event.about_kind.clone(), RowKey::new(event.about_namespace.clone(), event.about_name.clone()));
    let all = world.events_by_object.get(&place).into_iter().flatten().cloned();
    let key = |row| ObjectKey { kind: Kind::Event, row };
    all.chain([event.meta.key()]).map(key).collect()
}

/// The object that a subject stands for: kind, namespace and name.
fn object(subject: &ObjectKey, world: &ClusterSnapshot) -> Option<(Str, RowKey)> {
    let direct = || (Str::from(subject.kind.name()), subject.row.clone());
    if subject.kind != Kind::Event {
        return Some(direct());
    }
    let Some(event) = world.events.get(&subject.row) else {
        return Some(direct());
    };
    let place =
        (event.about_kind.clone(), RowKey::new(event.about_namespace.clone(), event.about_name.clone()));
    let first = world.events_by_object.get(&place).and_then(|all| all.get_min())?;
    (*first == subject.row).then_some(place)
}

/// What is said about an object, by its reasons; conflicts by themselves.
fn complaints((kind, row): (&Str, &RowKey), world: &ClusterSnapshot) -> BTreeMap<(Str, bool), Said> {
    let mut out: BTreeMap<(Str, bool), Said> = BTreeMap::new();
    let all = world.events_by_object.get(&(kind.clone(), row.clone())).into_iter().flatten();
    for event in all.filter_map(|key| world.events.get(key)).filter(|e| e.warning && matters(e)) {
        let one = Said { latest: Arc::clone(event), first: event.first, count: i64::from(event.count) };
        let place = (event.reason.clone(), event.message.contains(CONFLICT));
        let Some(known) = out.get_mut(&place) else {
            out.insert(place, one);
            continue;
        };
        known.count += one.count;
        known.first = [known.first, one.first].into_iter().flatten().min();
        if (one.latest.last, &one.latest.meta.name) > (known.latest.last, &known.latest.meta.name) {
            known.latest = one.latest;
        }
    }
    out.retain(|(_, conflict), said| !*conflict || said.count > TRIES);
    out
}

fn matters(event: &EventRow) -> bool {
    let note = &*event.about_kind == "Node" && NOTES.contains(&&*event.reason);
    let lost_race = event.count <= 1 && event.message.ends_with(EXISTS);
    !note && !lost_race
}

/// Objects of one kind in one namespace about which the same is said have one cause.
fn group(kind: &Str, row: &RowKey, event: &EventRow) -> Group {
    let cause = format!("{} {}", event.reason, event.message);
    Group { cause: cause.into(), ..Group::of((kind.clone(), RowKey::new(row.namespace.clone(), ""))) }
}

/// An event outlives its object, and Jobs are not followed here: one that failed keeps its pods as a rule, so that none is
/// left may say that somebody has deleted it.
fn without_pods(subject: &ObjectKey, world: &ClusterSnapshot) -> Option<Evidence> {
    let known = world.sync(Kind::Pod).complete() && world.scope(Kind::Pod).is_none();
    if subject.kind != Kind::Job || !known {
        return None;
    }
    let mut left = false;
    pods_of(world, Kind::Job.name(), &subject.row, |_| left = true);
    let words = t!("detect-job-pods-gone");
    (!left).then(|| Evidence::new(t!("detect-field-pods"), words, None))
}

/// The pods that wait for a claim.
fn claimants(subject: &ObjectKey, world: &ClusterSnapshot) -> Vec<ObjectKey> {
    if subject.kind != Kind::PersistentVolumeClaim {
        return Vec::new();
    }
    let takes = |pod: &&Arc<crate::domain::PodRow>| {
        !pod.ready() && pod.claims.iter().any(|name| **name == *subject.row.name)
    };
    let pods = world.pods.in_namespace(subject.namespace()).filter(takes);
    pods.map(|pod| ObjectKey { kind: Kind::Pod, row: pod.meta.key() }).collect()
}

#[cfg(test)]
mod tests {
    use crate::detect::general::tests::{some_event, some_pod};
    use crate::domain::EventRow;
    use crate::testing::{World, ago, meta};

    #[test]
    fn who_comes_second_with_the_same_object_is_no_fault_unless_it_stays_so() {
        let said = |count| {
            let mut event = some_event(6, 0, 9);
            event.message =
                "Failed to create endpoint for service shop/api: endpoints \"api\" already exists".into();
            event.count = count;
            World::new().event(event).findings().len()
        };
        assert_eq!((said(1), said(2)), (0, 1));
    }

    #[test]
    fn a_job_that_gave_up_says_when_none_of_its_pods_is_left() {
        let said = |world: &World| {
            let found = world.findings();
            found.iter().any(|f| f.evidence.iter().any(|e| e.field == "pods" && e.value.contains("deleted")))
        };
        let gave_up = World::new().event(some_event(5, 0, 60));
        assert!(said(&gave_up), "{:?}", gave_up.findings());
        assert!(!said(&gave_up.clone().pod(some_pod(2, 6, 70))));
    }

    #[test]
    fn a_conflict_that_does_not_end_is_found_and_a_single_one_is_not() {
        let event = |n: i64, count: i32, first: i64| EventRow {
            meta: meta("shop", &format!("e{n}")),
            about_kind: "Gizmo".into(),
            about_namespace: "shop".into(),
            about_name: "it".into(),
            warning: true,
            reason: "UpdateFailed".into(),
            message: "Operation cannot be fulfilled: the object has been modified".into(),
            count,
            first: Some(ago(first)),
            last: Some(ago(30)),
            ..EventRow::default()
        };
        assert!(World::new().event(event(0, 1, 30)).findings().is_empty());
        assert!(World::new().event(event(0, 5, 40_000)).findings().is_empty());
        assert_eq!(World::new().event(event(0, 500, 50_400)).findings().len(), 1);
        let many = (0..9).fold(World::new(), |world, n| world.event(event(n, 1, 30 + 60 * n)));
        assert_eq!(many.findings().len(), 1, "each in an event of its own");
    }
}
