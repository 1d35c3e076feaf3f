//! A container that ends again and again: in its back-off now, or between two of them.

use super::{Changed, Detector, DetectorMeta, Verdict, after};
use crate::domain::{
    Blast, ClusterSnapshot, ContainerRole, ContainerRow, ContainerState, Evidence, Finding, Group, Kind,
    ObjectKey, PodRow, RunbookLink, Severity, Terminated, Timestamp,
};
use crate::lang::{msg, t};

/// The kubelet forgets its back-off when a container has run for so long.
const FORGIVEN_SECONDS: i64 = 600;
/// Restarts from which a container that runs at the moment counts as looping.
const RESTARTS: i32 = 3;

const META: DetectorMeta = DetectorMeta {
    id: "crash-looping",
    title: msg!("detect-crash-title"),
    kinds: &[Kind::Pod],
    runbooks: &["pods/pod-crashloop"],
};

pub struct CrashLooping;

impl Detector for CrashLooping {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, _: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        let Changed::Pod(change) = changed else { return };
        let rows = [&change.before, &change.after];
        if rows.into_iter().flatten().any(|pod| pod.containers.iter().any(|c| failed(c).is_some())) {
            out.push(ObjectKey { kind: Kind::Pod, row: change.key.clone() });
        }
    }

    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
        let Some(pod) = world.pods.get(&subject.row) else { return Verdict::quiet() };
        if pod.meta.deleting.is_some() {
            return Verdict::quiet();
        }
        let looping = pod.containers.iter().filter_map(|c| Some((c, failed(c)?))).find_map(|(c, end)| {
            if waits(c) {
                return Some((c, end, None));
            }
            // What runs between two ends of a loop may be well by now: that is known when its time is over.
            let until = after(end.finished?, FORGIVEN_SECONDS)?;
            (loops(c) && until > now).then_some((c, end, Some(until)))
        });
        let Some((container, end, recheck)) = looping else { return Verdict::quiet() };
        Verdict { finding: Some(finding(subject, pod, container, end, world)), recheck }
    }
}

/// Whether a container ends again and again: it waits for its next try, was tried often, or has ended once more and
/// waits for nothing yet. The kubelet calls the pause one only some seconds after the end that led to it.
pub(super) fn loops(c: &ContainerRow) -> bool {
    let again =
        matches!(&c.state, ContainerState::Terminated(end) if own(end)) && c.last.as_deref().is_some_and(own);
    failed(c).is_some() && (waits(c) || c.restarts >= RESTARTS || again)
}

/// Whether it failed by itself: a kill for memory has its own detector.
fn own(end: &Terminated) -> bool {
    end.exit_code != 0 && &*end.reason != "OOMKilled"
}

/// In the pause between an end and the next start.
fn waits(container: &ContainerRow) -> bool {
    matches!(&container.state, ContainerState::Waiting(reason) if &**reason == "CrashLoopBackOff")
}

/// How it ended last, where that was a failure of its own: a kill for memory has its own detector, and what ends well
/// is a short task.
fn failed(container: &ContainerRow) -> Option<&Terminated> {
    let last = match &container.state {
        ContainerState::Terminated(end) if container.restarts > 0 => end,
        _ => container.last.as_ref()?,
    };
    let fails = &*last.reason != "OOMKilled" && (last.exit_code != 0 || waits(container));
    (fails && container.role != ContainerRole::Ephemeral).then_some(last)
}

fn finding(
    subject: &ObjectKey,
    pod: &PodRow,
    container: &ContainerRow,
    end: &Terminated,
    world: &ClusterSnapshot,
) -> Finding {
    let reason = if end.reason.is_empty() { t!("detect-crash-ended") } else { &*end.reason };
    let evidence = vec![
        Evidence::new(
            t!("detect-field-last-state"),
            t!("detect-crash-terminated", reason = reason, code = end.exit_code),
            end.finished,
        ),
        Evidence::new(
            t!("detect-field-container"),
            t!("detect-container-image", name = container.name, image = container.image),
            None,
        ),
        Evidence::new(
            t!("detect-field-restarts"),
            t!("detect-restarts-of-container", restarts = container.restarts),
            None,
        ),
        Evidence::new(t!("detect-field-now"), pod.status(), None),
    ];
    let mut params = vec![("pod", subject.row.to_string()), ("container", container.name.to_string())];
    let workload = world.workload_of(pod);
    if let Some((kind, row)) = &workload
        && &**kind == "Deployment"
    {
        params.push(("deployment", row.to_string()));
    }
    let params = params.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
    let severity = if waits(container) { Severity::Critical } else { Severity::Warning };
    let title = t!("detect-crash-found", pod = subject.row, restarts = container.restarts);
    Finding {
        since: end.finished,
        evidence,
        blast: Blast { pods: 1, alone: 0 },
        runbooks: vec![RunbookLink { id: META.runbooks[0].to_owned(), params }],
        group: workload.map(Group::of),
        ..Finding::new(META.id, severity, subject, title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, ago, now, pod};

    /// A pod whose container ended so many seconds ago with this code, and is in this state.
    fn crashed(code: i32, seconds: i64, restarts: i32, state: ContainerState) -> PodRow {
        let mut row = pod("shop", "api-1", "w");
        let container = &mut row.containers[0];
        (container.restarts, container.state) = (restarts, state);
        container.last = Some(Box::new(Terminated {
            reason: "Error".into(),
            exit_code: code,
            finished: Some(ago(seconds)),
            ..Terminated::default()
        }));
        row
    }

    fn back_off() -> ContainerState {
        ContainerState::Waiting("CrashLoopBackOff".into())
    }

    #[test]
    fn a_back_off_is_found_with_its_exit_code_and_runbook() {
        let found = World::new().pod(crashed(127, 30, 1, back_off())).findings();
        assert_eq!((found[0].detector, found[0].severity), ("crash-looping", Severity::Critical));
        assert_eq!(found[0].evidence[0].value, "Terminated  Error  exit code 127");
        let link = &found[0].runbooks[0];
        assert_eq!((link.params["pod"].as_str(), link.params["container"].as_str()), ("shop/api-1", "app"));
    }

    #[test]
    fn a_sidecar_that_ends_again_and_again_is_the_one_that_is_named() {
        let mut row = crashed(2, 30, 4, back_off());
        let mut app = row.containers[0].clone();
        (app.state, app.last, app.restarts) = (ContainerState::Waiting("PodInitializing".into()), None, 0);
        let mut sidecar = row.containers[0].clone();
        (sidecar.name, sidecar.role) = ("proxy".into(), ContainerRole::Sidecar);
        row.containers = [sidecar, app].into();
        let found = World::new().pod(row).findings();
        assert_eq!(found[0].runbooks[0].params["container"], "proxy");
        assert!(found[0].evidence.iter().any(|e| e.value.starts_with("proxy ·")), "{:?}", found[0].evidence);
    }

    #[test]
    fn between_two_ends_it_counts_until_the_kubelet_forgives() {
        let running = || ContainerState::Running(Some(ago(5)));
        let world = World::new().pod(crashed(1, 590, 3, running()));
        assert_eq!(world.findings()[0].severity, Severity::Warning);
        let mut engine = super::super::Engine::default();
        engine.update(&world.0, now());
        let next = engine.next_recheck().unwrap();
        assert_eq!(next, after(ago(590), 600).unwrap());
        assert!(engine.update(&world.0, next) && engine.ranked().is_empty());
        assert!(World::new().pod(crashed(1, 601, 9, running())).found_by(META.id).is_empty());
        assert!(
            World::new().pod(crashed(1, 5, 2, running())).found_by(META.id).is_empty(),
            "twice is no loop"
        );
    }

    #[test]
    fn a_second_end_is_a_loop_before_the_kubelet_calls_it_one() {
        let end = |code| {
            let end = Terminated { exit_code: code, finished: Some(ago(5)), ..Terminated::default() };
            ContainerState::Terminated(Box::new(end))
        };
        let found = World::new().pod(crashed(1, 20, 1, end(1))).findings();
        assert_eq!((found.len(), found[0].detector, found[0].young), (1, "crash-looping", None));
        assert_eq!(found[0].title, "shop/api-1 ends again and again, 1 restart");
        assert!(
            World::new().pod(crashed(1, 20, 1, end(0))).found_by(META.id).is_empty(),
            "it came to its end"
        );
        let mut first = crashed(1, 20, 0, end(1));
        first.containers[0].last = None;
        assert!(World::new().pod(first).found_by(META.id).is_empty());
    }

    #[test]
    fn short_tasks_memory_kills_and_pods_on_their_way_out_are_quiet() {
        assert!(
            World::new().pod(crashed(0, 5, 9, ContainerState::Running(None))).found_by(META.id).is_empty()
        );
        assert_eq!(World::new().pod(crashed(0, 5, 9, back_off())).findings().len(), 1, "but not in a loop");
        let mut killed = crashed(137, 5, 9, back_off());
        killed.containers[0].last.as_mut().unwrap().reason = "OOMKilled".into();
        assert_eq!(World::new().pod(killed).findings()[0].detector, "oom-killed");
        let mut leaving = crashed(1, 5, 9, back_off());
        leaving.meta.deleting = Some(ago(1));
        assert!(World::new().pod(leaving).found_by(META.id).is_empty());
    }
}
