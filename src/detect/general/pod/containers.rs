//! What the containers of a pod say that is not ready, and of one that is ready again.

use std::sync::Arc;

use super::super::{ROLLOUT_SECONDS, Trouble, gist, ready_since};
use super::judge::Judged;
use crate::detect::{after, crash_looping::loops};
use crate::domain::{ContainerRole, ContainerRow, ContainerState, EventRow, PodRow, Terminated, Timestamp};
use crate::lang::t;

/// The third try of a kubelet whose pause doubles from ten seconds on.
const TRIES_SECONDS: i64 = 60;
/// A kubelet waits so long for the volumes of a pod before it gives up and begins anew (`podAttachAndMountTimeout`).
const MOUNT_SECONDS: i64 = 123;
/// The kubelet forgets its back-off when a container has run for so long.
const FORGIVEN_SECONDS: i64 = 600;
/// Restarts from which on a container ends again and again.
const RESTARTS: i32 = 3;
/// What does not heal by trying again, or was tried often enough already.
const FINAL: [&str; 3] = ["InvalidImageName", "ErrImageNeverPull", "CrashLoopBackOff"];

/// What is wrong with a container, from the worst on.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Waits,
    Ended,
    Creating,
    Init,
}

/// Whether one of its containers is in a pause between its end and the next start, which is all that is to be said.
pub(super) fn pauses(pod: &PodRow) -> bool {
    pod.containers.iter().any(|c| matches!(c.state, ContainerState::Waiting(_)) && loops(c))
}

/// The worst that one of its containers says; none where all of them run.
pub(super) fn trouble(pod: &PodRow, warning: Option<&Arc<EventRow>>) -> Option<Trouble> {
    let inits = pod.containers.iter().filter(|c| c.role == ContainerRole::Init);
    // They run one after the other: only the first that is not done is to blame.
    let init = inits.into_iter().find(|c| !done(c));
    let others =
        pod.containers.iter().filter(|c| matches!(c.role, ContainerRole::App | ContainerRole::Sidecar));
    let found = init.into_iter().chain(others).filter_map(|c| of(c, pod, warning));
    found.min_by(|a, b| a.0.cmp(&b.0)).map(|(_, trouble)| trouble)
}

fn done(container: &ContainerRow) -> bool {
    matches!(&container.state, ContainerState::Terminated(end) if end.exit_code == 0)
}

fn of(c: &ContainerRow, pod: &PodRow, warning: Option<&Arc<EventRow>>) -> Option<(Rank, Trouble)> {
    match &c.state {
        ContainerState::Waiting(reason) if !starts(reason) => Some((Rank::Waits, waits(c, reason, pod))),
        ContainerState::Waiting(reason) if &**reason != "PodInitializing" => {
            Some((Rank::Creating, creating(pod, warning)))
        }
        ContainerState::Terminated(end) if end.exit_code != 0 => {
            let what = t!("detect-container-ended", container = who(c), code = end.exit_code);
            let trouble = Trouble::new("Ended", what, end.finished).for_seconds(end.finished, TRIES_SECONDS);
            Some((Rank::Ended, ending(trouble, c, end)))
        }
        ContainerState::Running(at) if c.role == ContainerRole::Init => {
            let what = t!("detect-container-init-runs", container = who(c));
            let trouble = Trouble::new("Init", what, *at).for_seconds(*at, ROLLOUT_SECONDS);
            Some((
                Rank::Init,
                trouble.say(
                    t!("detect-field-init-container"),
                    t!("detect-container-image", name = c.name, image = c.image),
                    *at,
                ),
            ))
        }
        _ => None,
    }
}

/// What a container is called in a title.
fn who(c: &ContainerRow) -> String {
    match c.role {
        ContainerRole::Init => t!("detect-container-init", container = c.name),
        _ => c.name.to_string(),
    }
}

/// Whether a container only has not been started yet.
fn starts(reason: &str) -> bool {
    matches!(reason, "" | "ContainerCreating" | "PodInitializing")
}

/// A container that waits for something that the kubelet names.
fn waits(c: &ContainerRow, reason: &str, pod: &PodRow) -> Trouble {
    // Between two tries the kubelet calls it one way, during a try the other.
    let cause = if reason == "ErrImagePull" { "ImagePullBackOff" } else { reason };
    let since = ready_since(pod);
    let what = match cause {
        "ImagePullBackOff" => t!("detect-container-unpulled", container = who(c)),
        // The kubelet counts its pauses there.
        "CrashLoopBackOff" => t!("detect-container-waits", container = who(c), why = cause),
        _ => t!("detect-container-waits", container = who(c), why = because(cause, &c.message)),
    };
    let mut trouble = Trouble::new(cause, what, since);
    if !FINAL.contains(&cause) {
        trouble = trouble.for_seconds(since, TRIES_SECONDS);
    }
    let trouble = trouble
        .say(t!("detect-field-container"), t!("detect-container-image", name = c.name, image = c.image), None)
        .say(reason, &*c.message, since);
    match &c.last {
        Some(end) => ending(trouble, c, end),
        None => trouble,
    }
}

/// A pod whose containers are being made; what the kubelet complains about meanwhile is what holds it up.
fn creating(pod: &PodRow, warning: Option<&Arc<EventRow>>) -> Trouble {
    let since = ready_since(pod);
    match warning {
        Some(event) => {
            let what = t!("detect-pod-unstarted", why = because(&event.reason, &event.message));
            Trouble::new(event.reason.clone(), what, since).for_seconds(event.first, MOUNT_SECONDS)
        }
        None => Trouble::new("ContainerCreating", t!("detect-pod-creating"), since)
            .for_seconds(since, ROLLOUT_SECONDS),
    }
}

/// Why, in words, and what Kubernetes calls it.
fn because(reason: &str, message: &str) -> String {
    match gist(message) {
        words if words.is_empty() || words == reason => reason.to_owned(),
        words => t!("detect-container-because", words = words, reason = reason),
    }
}

/// How a container ended, as proof.
pub(super) fn ending(trouble: Trouble, c: &ContainerRow, end: &Terminated) -> Trouble {
    let words =
        t!("detect-container-last-state", container = c.name, reason = end.reason, code = end.exit_code);
    trouble.say(t!("detect-field-last-state"), words, end.finished).say(
        t!("detect-field-last-words"),
        &*end.message,
        None,
    )
}

/// A container of a ready pod that ended and was started again, for as long as the kubelet remembers that. One that ends
/// again and again is not well between two ends, also where it calls each of them a success: what should run has ended.
pub(super) fn ended_before(pod: &PodRow, now: Timestamp) -> Judged {
    // A kill for memory has a detector of its own, and stands there for longer.
    let ended = |c: &ContainerRow| {
        let end = c.last.as_ref().filter(|end| &*end.reason != "OOMKilled")?;
        if loops(c) || c.role == ContainerRole::Ephemeral {
            return None;
        }
        let until = end.finished.and_then(|at| after(at, FORGIVEN_SECONDS))?;
        (until > now).then_some((again(c, end), end.finished))
    };
    let found = pod.containers.iter().filter_map(|c| Some((ended(c)?, c))).max_by_key(|(rank, _)| *rank);
    let Some(((again, finished), c)) = found else { return Judged::default() };
    let Some(end) = c.last.as_ref() else { return Judged::default() };
    let until = finished.and_then(|at| after(at, FORGIVEN_SECONDS));
    let trouble = if again {
        let what = t!("detect-container-ends-again", container = c.name, code = end.exit_code);
        Trouble::new("Ends", what, finished)
    } else {
        let what = t!("detect-container-runs-again", container = c.name, code = end.exit_code);
        Trouble::new("Restarted", what, finished).for_seconds(finished, FORGIVEN_SECONDS)
    };
    let trouble = ending(trouble, c, end).say(
        t!("detect-field-restarts"),
        t!("detect-restarts-of-container", restarts = c.restarts),
        None,
    );
    Judged { trouble: Some(trouble), recheck: until }
}

/// Whether it ended well so often that it is no accident.
fn again(c: &ContainerRow, end: &Terminated) -> bool {
    end.exit_code == 0 && c.restarts >= RESTARTS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::general::tests::{some_event, some_pod};
    use crate::testing::World;

    /// The kubelet's own words, as the lab's faults `mount` and `config` and a container without its program show them.
    #[test]
    fn what_keeps_a_container_from_starting_is_said_in_the_title() {
        let title = |row: PodRow, event: Option<EventRow>| {
            let world = event.into_iter().fold(World::new().pod(row), World::event);
            world.findings()[0].title.clone()
        };
        let mut event = some_event(1, 0, 1);
        event.message = "MountVolume.SetUp failed for volume \"s\" : secret \"missing\" not found".into();
        assert_eq!(
            title(some_pod(0, 4, 1), Some(event)),
            "shop/api-1: does not start: secret \"missing\" not found (FailedMount)"
        );
        let waits = |reason: &str, message: &str| {
            let mut row = some_pod(0, 3, 1);
            row.containers[0].state = ContainerState::Waiting(reason.into());
            row.containers[0].message = message.into();
            title(row, None)
        };
        assert_eq!(
            waits("CreateContainerConfigError", "configmap \"missing\" not found"),
            "shop/api-1: app waits: configmap \"missing\" not found (CreateContainerConfigError)"
        );
        assert_eq!(
            waits(
                "RunContainerError",
                "runc create failed: exec: \"x\": executable file not found in $PATH: unknown"
            ),
            "shop/api-1: app waits: executable file not found in $PATH (RunContainerError)"
        );
        assert_eq!(waits("CreateContainerError", ""), "shop/api-1: app waits: CreateContainerError");
        let long = gist(&"ä".repeat(900));
        assert_eq!(long.chars().count(), 101);
    }
}
