//! Whether a pod is well, and if not, what the cluster says about it.

use std::sync::Arc;

use super::super::{Trouble, latest, pods_of, ready_since};
use super::containers;
use crate::detect::after;
use crate::domain::{
    ClusterSnapshot, ContainerRow, ContainerState, Kind, ObjectKey, PodPhase, PodRow, RowKey, Severity,
    Terminated, Timestamp,
};
use crate::lang::t;

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
/// Controllers that put another pod in the place of one that failed. What others do is not known.
const REPLACING: [&str; 3] = ["ReplicaSet", "StatefulSet", "DaemonSet"];
/// What has failed and was replaced is news for as long as its events are kept (`--event-ttl`).
const NEWS_SECONDS: i64 = 3600;
/// A grace that ends later than this is none that anybody waits for: an hour is what databases ask for.
const GRACE_SECONDS: i64 = 3600;
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
            Some(Trouble::new("Unknown", t!("detect-pod-unknown"), since).say(
                t!("detect-field-message"),
                &*pod.message,
                None,
            ))
            .into()
        }
        _ if !pod.ready() => unready(pod, &key, world).into(),
        _ => shaken(pod, &key, world, now),
    }
}

/// Within its grace, and until a kubelet can have confirmed its end, it is well; later something keeps it.
fn leaving(pod: &PodRow, at: Timestamp, now: Timestamp) -> Judged {
    let far = after(at, -GRACE_SECONDS).filter(|due| *due > now);
    if let Some(due) = far.filter(|_| !pod.ready() && pod.active()) {
        let what = t!("detect-pod-leaves-late");
        let trouble = Trouble::new("Leaving", what, ready_since(pod)).say(
            t!("detect-field-deletion"),
            t!("detect-pod-grace-ends"),
            Some(at),
        );
        return Judged { trouble: Some(trouble), recheck: Some(due) };
    }
    let due = after(at, CONFIRMED_SECONDS).filter(|due| *due > now);
    if due.is_some() {
        return Judged { trouble: None, recheck: far.or(due) };
    }
    // From then on the detector `pod-stuck-terminating` says it.
    if after(at, LEAVING_SECONDS).is_none_or(|due| due <= now) {
        return Judged::default();
    }
    let trouble = Trouble::new("Terminating", t!("detect-deleted"), Some(at))
        .for_seconds(Some(at), LEAVING_SECONDS)
        .say(t!("detect-field-finalizers"), pod.finalizers.join(", "), None);
    Some(trouble).into()
}

/// No node has it yet.
fn unplaced(pod: &PodRow, key: &ObjectKey, world: &ClusterSnapshot) -> Trouble {
    let warning = || latest(world, key, |_| true);
    let Some(condition) = pod.condition("PodScheduled") else {
        return Trouble::new("NotScheduled", t!("detect-pod-unscheduled"), pod.meta.created)
            .for_seconds(pod.meta.created, UNSEEN_SECONDS)
            .warned(warning());
    };
    let gated = &*condition.reason == "SchedulingGated";
    let what = if gated { t!("detect-pod-gated") } else { t!("detect-pod-unplaced") };
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
        let what = if reported { t!("detect-pod-unready") } else { t!("detect-pod-untaken") };
        let trouble = Trouble::new(cause, what, since).for_seconds(since, TAKING_SECONDS);
        return Some(trouble.warned(warning));
    };
    let probe = warning.filter(|e| &*e.reason == "Unhealthy").map(|e| first_words(&e.message));
    let what = probe.map_or_else(
        || t!("detect-pod-unready").to_owned(),
        |words| t!("detect-pod-unready-why", why = words),
    );
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
    let before = containers::ended_before(pod, now);
    if let Some(trouble) = before.trouble {
        let trouble = trouble.warned(latest(world, key, |e| &*e.reason != "FailedScheduling"));
        return Judged { trouble: Some(trouble), recheck: before.recheck };
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
    let ended = ended(pod);
    let since = failed_at(pod);
    let owner = pod.meta.owner.as_ref().map(|o| &*o.kind);
    if owner == Some("Job") && job_succeeded(pod, world) {
        return Judged::default();
    }
    let replaced = owner.is_some_and(|kind| REPLACING.contains(&kind));
    let forgotten = since.and_then(|at| after(at, NEWS_SECONDS)).filter(|_| replaced);
    if forgotten.is_some_and(|at| at <= now) {
        return Judged::default();
    }
    let (cause, what) = match ended {
        _ if !pod.reason.is_empty() => (pod.reason.clone(), t!("detect-pod-failed-why", why = pod.reason)),
        Some((c, end)) => {
            ("Failed".into(), t!("detect-pod-failed-container", container = c.name, code = end.exit_code))
        }
        None => ("Failed".into(), t!("detect-pod-failed").to_owned()),
    };
    let mut trouble = Trouble::new(cause, what, since).say(t!("detect-field-message"), &*pod.message, None);
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

/// The first container that ended with a failure.
fn ended(pod: &PodRow) -> Option<(&ContainerRow, &Terminated)> {
    pod.containers.iter().find_map(|c| match &c.state {
        ContainerState::Terminated(end) if end.exit_code != 0 => Some((c, &**end)),
        _ => None,
    })
}

fn failed_at(pod: &PodRow) -> Option<Timestamp> {
    ended(pod).and_then(|(_, end)| end.finished).or_else(|| ready_since(pod))
}

/// When the last of its containers came to its end.
fn finished(pod: &PodRow) -> Option<Timestamp> {
    let end = |c: &ContainerRow| match &c.state {
        ContainerState::Terminated(end) => end.finished,
        _ => None,
    };
    pod.containers.iter().filter_map(end).max()
}

/// Whether another pod of its Job has done the work since. A later run of its `CronJob` does not tell: Jobs are not
/// watched, and their names prove nothing.
fn job_succeeded(pod: &PodRow, world: &ClusterSnapshot) -> bool {
    let Some(job) = &pod.meta.owner else { return false };
    let failed = failed_at(pod);
    let mut done = false;
    pods_of(world, "Job", &RowKey::new(pod.meta.namespace.clone(), job.name.clone()), |other| {
        let later = failed.zip(finished(other)).is_some_and(|(failed, done)| done >= failed);
        done |= other.phase == PodPhase::Succeeded && later;
    });
    done
}

/// Calls `visit` for the failed pods that one that succeeded may make good.
pub(super) fn failed_before(done: &PodRow, world: &ClusterSnapshot, mut visit: impl FnMut(&Arc<PodRow>)) {
    let Some(job) = done.meta.owner.as_ref().filter(|o| &*o.kind == "Job") else { return };
    pods_of(world, "Job", &RowKey::new(done.meta.namespace.clone(), job.name.clone()), |pod| {
        if pod.phase == PodPhase::Failed {
            visit(pod);
        }
    });
}

#[cfg(test)]
mod tests;
