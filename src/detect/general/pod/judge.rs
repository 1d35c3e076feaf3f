//! Whether a pod is well, and if not, what the cluster says about it.

use std::sync::Arc;

use super::super::{Trouble, latest, pods_of, prefix, ready_since};
use super::containers;
use crate::detect::after;
use crate::domain::{
    ClusterSnapshot, ContainerState, Kind, ObjectKey, PodPhase, PodRow, RowKey, Severity, Timestamp,
};

/// The scheduler tries a pod again after so long at the latest (`podMaxInUnschedulablePodsDuration`).
const SCHEDULING_SECONDS: i64 = 300;
/// A scheduler that runs has looked at a pod long before.
const UNSEEN_SECONDS: i64 = 30;
/// A kubelet that runs has taken a pod by then: it hears of it at once and looks at all of its pods each minute.
const TAKING_SECONDS: i64 = 60;
/// A pod may become ready for so long after it began: what an application of some size takes.
const STARTING_SECONDS: i64 = 300;
/// One that was ready may be so again: two rounds of the default probe (three failures, each after ten seconds).
const UNREADY_SECONDS: i64 = 60;
/// A probe whose last failure is older has succeeded since (three periods of ten seconds).
const PROBE_SECONDS: i64 = 30;
/// A Job tries again after ten minutes at the latest (`MaxJobPodFailureBackOff`).
const JOB_SECONDS: i64 = 600;
/// What has failed and was replaced is news for as long as its events are kept (`--event-ttl`).
const NEWS_SECONDS: i64 = 3600;
/// Deletion has the grace period in its time, at whose end the containers are killed; the kubelet then confirms it within
/// a round of its status manager (`syncPeriod`). Longer than a minute has a detector of its own.
const CONFIRMED_SECONDS: i64 = 10;
const LEAVING_SECONDS: i64 = 60;

/// What a look at a pod said.
#[derive(Default)]
pub(super) struct Judged {
    pub trouble: Option<Trouble>,
    /// When the answer may be another one although nothing changed.
    pub recheck: Option<Timestamp>,
}

impl From<Option<Trouble>> for Judged {
    fn from(trouble: Option<Trouble>) -> Judged {
        Judged { trouble, recheck: None }
    }
}

/// Looks at one pod.
pub(super) fn judge(pod: &PodRow, world: &ClusterSnapshot, now: Timestamp) -> Judged {
    if let Some(at) = pod.meta.deleting {
        return leaving(pod, at, now);
    }
    let key = ObjectKey { kind: Kind::Pod, row: pod.meta.key() };
    match pod.phase {
        PodPhase::Succeeded => Judged::default(),
        PodPhase::Failed => failed(pod, &key, world, now),
        _ if pod.node.is_empty() => Some(unplaced(pod, &key, world)).into(),
        PodPhase::Unknown => {
            let since = ready_since(pod);
            Some(Trouble::new("Unknown", "nobody knows how it is", since).say("message", &*pod.message, None))
                .into()
        }
        _ if !pod.ready() => unready(pod, &key, world).into(),
        _ => shaken(pod, &key, world, now),
    }
}

/// Within its grace, and until a kubelet can have confirmed its end, it is well; later something keeps it.
fn leaving(pod: &PodRow, at: Timestamp, now: Timestamp) -> Judged {
    let due = after(at, CONFIRMED_SECONDS).filter(|due| *due > now);
    if due.is_some() {
        return Judged { trouble: None, recheck: due };
    }
    // From then on the detector `pod-stuck-terminating` says it.
    if after(at, LEAVING_SECONDS).is_none_or(|due| due <= now) {
        return Judged::default();
    }
    let trouble = Trouble::new("Terminating", "was deleted and does not go", Some(at))
        .for_seconds(Some(at), LEAVING_SECONDS)
        .say("finalizers", pod.finalizers.join(", "), None);
    Some(trouble).into()
}

/// No node has it yet.
fn unplaced(pod: &PodRow, key: &ObjectKey, world: &ClusterSnapshot) -> Trouble {
    let warning = || latest(world, key, |_| true);
    let Some(condition) = pod.condition("PodScheduled") else {
        return Trouble::new("NotScheduled", "no scheduler has looked at it", pod.meta.created)
            .for_seconds(pod.meta.created, UNSEEN_SECONDS)
            .warned(warning());
    };
    let gated = &*condition.reason == "SchedulingGated";
    let what = if gated { "is held back by its scheduling gates" } else { "no node takes it" };
    let mut trouble = Trouble::new(condition.reason.clone(), what, condition.since)
        .for_seconds(condition.since, SCHEDULING_SECONDS)
        .say(&*condition.reason, &*condition.message, condition.since)
        .warned(warning());
    if gated {
        // Somebody wanted that, and may have forgotten it.
        trouble.severity = Severity::Notice;
    }
    trouble
}

/// It is on a node, and is not ready.
fn unready(pod: &PodRow, key: &ObjectKey, world: &ClusterSnapshot) -> Option<Trouble> {
    let warning = latest(world, key, |e| &*e.reason != "FailedScheduling");
    if let Some(trouble) = containers::trouble(pod, warning) {
        return Some(trouble.warned(warning));
    }
    if containers::pauses(pod) {
        return None;
    }
    let since = ready_since(pod);
    let Some(started) = started(pod) else {
        let reported = pod.containers.iter().any(|c| c.state != ContainerState::Unreported);
        let cause = if reported { "NotReady" } else { "NotTaken" };
        let what = if reported { "is not ready" } else { "the kubelet of its node says nothing about it" };
        let trouble = Trouble::new(cause, what, since).for_seconds(since, TAKING_SECONDS);
        return Some(trouble.warned(warning));
    };
    let probe = warning.filter(|e| &*e.reason == "Unhealthy").map(|e| first_words(&e.message));
    let what = probe.map_or_else(|| "is not ready".to_owned(), |words| format!("is not ready: {words}"));
    let mut trouble = Trouble::new("NotReady", what, since)
        .for_seconds(Some(started), STARTING_SECONDS)
        .for_seconds(since, UNREADY_SECONDS);
    for condition in pod.conditions.iter().filter(|c| &*c.status != "True" && &*c.kind != "ContainersReady") {
        let words = format!("{}  {}  {}", condition.status, condition.reason, condition.message);
        trouble = trouble.say(&*condition.kind, words.trim_end(), condition.since);
    }
    Some(trouble.warned(warning))
}

/// When the latest of its containers began; none while none runs.
fn started(pod: &PodRow) -> Option<Timestamp> {
    let begin = |state: &ContainerState| match state {
        ContainerState::Running(at) => *at,
        _ => None,
    };
    pod.containers.iter().filter_map(|c| begin(&c.state)).max()
}

/// What a message says before it goes into details.
fn first_words(message: &str) -> &str {
    message.split(':').next().unwrap_or(message).trim()
}

/// It is ready, and something happened a moment ago.
fn shaken(pod: &PodRow, key: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Judged {
    if let Some(trouble) = containers::ended_before(pod, now) {
        return Some(trouble.warned(latest(world, key, |e| &*e.reason != "FailedScheduling"))).into();
    }
    let recent =
        |at: Option<Timestamp>| at.and_then(|at| after(at, PROBE_SECONDS)).filter(|until| *until > now);
    let probe = latest(world, key, |e| &*e.reason == "Unhealthy").filter(|e| recent(e.last).is_some());
    let trouble = probe.map(|event| {
        Trouble::new("Unhealthy", first_words(&event.message), event.first)
            .for_seconds(event.last, PROBE_SECONDS)
            .warned(probe)
    });
    trouble.into()
}

/// It failed for good. Its controller may have replaced it; then it is news for a while.
fn failed(pod: &PodRow, key: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Judged {
    let ended = pod.containers.iter().find_map(|c| match &c.state {
        ContainerState::Terminated(end) if end.exit_code != 0 => Some((c, end)),
        _ => None,
    });
    let since = ended.and_then(|(_, end)| end.finished).or_else(|| ready_since(pod));
    let owner = pod.meta.owner.as_ref().map(|o| &*o.kind);
    if owner == Some("Job") && job_succeeded(pod, world) {
        return Judged::default();
    }
    let replaced = owner.is_some_and(|kind| kind != "Job");
    let forgotten = since.and_then(|at| after(at, NEWS_SECONDS)).filter(|_| replaced);
    if forgotten.is_some_and(|at| at <= now) {
        return Judged::default();
    }
    let (cause, what) = match ended {
        _ if !pod.reason.is_empty() => (pod.reason.clone(), format!("failed: {}", pod.reason)),
        Some((c, end)) => {
            ("Failed".into(), format!("failed: {} ended with exit code {}", c.name, end.exit_code))
        }
        None => ("Failed".into(), "failed".to_owned()),
    };
    let mut trouble = Trouble::new(cause, what, since).say("message", &*pod.message, None);
    if let Some((container, end)) = ended {
        trouble = containers::ending(trouble, container, end);
    }
    if owner == Some("Job") {
        trouble = trouble.for_seconds(since, JOB_SECONDS);
    }
    // Whether another one stands in for it by now says its workload, which is not young where none does.
    if replaced {
        trouble = trouble.for_seconds(since, NEWS_SECONDS);
    }
    Judged { trouble: Some(trouble.warned(latest(world, key, |_| true))), recheck: forgotten }
}

/// Whether another pod of its Job, or of a later run of its `CronJob`, has done the work.
fn job_succeeded(pod: &PodRow, world: &ClusterSnapshot) -> bool {
    let Some(job) = &pod.meta.owner else { return false };
    let mut done = false;
    jobs_like(&job.name, pod, world, |other| {
        let later = other.meta.owner.as_ref().is_some_and(|o| o.name >= job.name);
        done |= other.phase == PodPhase::Succeeded && later;
    });
    done
}

/// Calls `visit` for the failed pods that one that succeeded makes good.
pub(super) fn failed_before(done: &PodRow, world: &ClusterSnapshot, mut visit: impl FnMut(&Arc<PodRow>)) {
    let Some(job) = done.meta.owner.as_ref().filter(|o| &*o.kind == "Job") else { return };
    jobs_like(&job.name, done, world, |pod| {
        if pod.phase == PodPhase::Failed {
            visit(pod);
        }
    });
}

/// Calls `visit` for the pods of a Job and, where it is a run of a `CronJob`, of its other runs. Those are called after
/// the `CronJob` and the minute at which they were due.
fn jobs_like(job: &str, pod: &PodRow, world: &ClusterSnapshot, mut visit: impl FnMut(&Arc<PodRow>)) {
    let namespace = &pod.meta.namespace;
    let Some(stem) = cron_stem(job) else {
        return pods_of(world, "Job", &RowKey::new(namespace.clone(), job), visit);
    };
    let begin = prefix(stem);
    for other in world.pods.with_prefix(namespace, &begin) {
        let owner = other.meta.owner.as_ref().filter(|o| &*o.kind == "Job");
        if owner.is_some_and(|o| cron_stem(&o.name) == Some(stem)) {
            visit(other);
        }
    }
}

/// The name of the `CronJob` of which a Job is a run.
fn cron_stem(job: &str) -> Option<&str> {
    const MINUTES: usize = 8;
    let (stem, minutes) = job.rsplit_once('-')?;
    (minutes.len() == MINUTES && minutes.bytes().all(|b| b.is_ascii_digit())).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Engine;
    use crate::detect::general::tests::some_pod;
    use crate::testing::{World, ago, now};

    #[test]
    fn a_pod_goes_unremarked_for_as_long_as_a_kubelet_takes_to_confirm_its_end() {
        let over = |seconds: i64| {
            let mut row = some_pod(0, 0, 900);
            row.meta.deleting = Some(ago(seconds));
            World::new().pod(row)
        };
        assert!(over(9).findings().is_empty());
        let mut engine = Engine::default();
        engine.update(&over(-30).0, now());
        assert_eq!(engine.next_recheck(), after(ago(-30), 10));
        let found = over(10).findings();
        assert_eq!(found[0].title, "shop/api-1: was deleted and does not go");
        assert_eq!(found[0].young, after(ago(10), 60));
    }

    #[test]
    fn a_failed_pod_that_is_replaced_is_news_and_as_bad_as_its_workload_is() {
        use crate::domain::{DeploymentRow, Owner, ReplicaSetRow};
        use crate::testing::meta;
        let mut evicted = some_pod(0, 6, 900);
        evicted.reason = "Evicted".into();
        let set = |ready: i32| {
            let mut set =
                ReplicaSetRow { meta: meta("shop", "api-1"), desired: 2, ready, ..Default::default() };
            set.available = ready;
            set.meta.owner = Some(Owner { kind: "Deployment".into(), name: "api".into() });
            let numbers = DeploymentRow {
                meta: meta("shop", "api"),
                desired: 2,
                all: 2,
                updated: 2,
                ready,
                available: ready,
                ..Default::default()
            };
            let world = World::new().with(|w| &mut w.replica_sets, set);
            world.with(|w| &mut w.deployments, numbers).pod(evicted.clone()).findings()
        };
        let well = set(2);
        assert_eq!((well.len(), well[0].title.as_str()), (1, "shop/api: failed: Evicted"));
        assert_eq!((well[0].severity, well[0].young), (Severity::Notice, after(ago(900), 3600)));
        let short = set(0);
        assert_eq!((short.len(), short[0].severity, short[0].young), (1, Severity::Critical, None));
        let mut alone = evicted.clone();
        alone.meta.owner = None;
        assert_eq!(World::new().pod(alone).findings()[0].young, None, "nobody replaces it");
    }
}
