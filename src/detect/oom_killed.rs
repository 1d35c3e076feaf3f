//! A container that was killed for memory within the last hour, even when it runs again.

use super::{Changed, Detector, DetectorMeta, Verdict};
use crate::domain::{
    Blast, ClusterSnapshot, ContainerRow, ContainerState, Evidence, Finding, Group, Kind, ObjectKey, PodRow,
    RunbookLink, Severity, Terminated, Timestamp,
};
use crate::lang::{msg, t};

/// A kill is news for an hour.
const WINDOW_SECONDS: i64 = 3600;

const META: DetectorMeta = DetectorMeta {
    id: "oom-killed",
    title: msg!("detect-oom-title"),
    kinds: &[Kind::Pod],
    runbooks: &["pods/pod-oomkilled"],
};

pub struct OomKilled;

impl Detector for OomKilled {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, _: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        let Changed::Pod(change) = changed else { return };
        let rows = [&change.before, &change.after];
        if rows.into_iter().flatten().any(|pod| kills(pod).next().is_some()) {
            out.push(ObjectKey { kind: Kind::Pod, row: change.key.clone() });
        }
    }

    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
        let Some(pod) = world.pods.get(&subject.row) else { return Verdict::quiet() };
        let latest = kills(pod).max_by_key(|(_, at)| *at);
        let Some((container, at)) = latest else { return Verdict::quiet() };
        let Ok(ends) = Timestamp::from_second(at.as_second() + WINDOW_SECONDS) else {
            return Verdict::quiet();
        };
        if ends <= now {
            return Verdict::quiet();
        }
        Verdict { finding: Some(finding(subject, pod, container, at, world)), recheck: Some(ends) }
    }
}

/// Containers that were killed for memory, with the time of the kill. Exit code 137 without the reason is
/// only a SIGKILL.
fn kills(pod: &PodRow) -> impl Iterator<Item = (&ContainerRow, Timestamp)> {
    let oom = |t: &Terminated| (&*t.reason == "OOMKilled").then_some(t.finished).flatten();
    pod.containers.iter().filter_map(move |c| {
        let present = if let ContainerState::Terminated(t) = &c.state { oom(t) } else { None };
        let at = present.max(c.last.as_deref().and_then(oom))?;
        Some((c, at))
    })
}

fn finding(
    subject: &ObjectKey,
    pod: &PodRow,
    container: &ContainerRow,
    at: Timestamp,
    world: &ClusterSnapshot,
) -> Finding {
    let running = matches!(container.state, ContainerState::Running(_));
    let limit = if container.memory_limit == 0 {
        t!("detect-none").to_owned()
    } else {
        mebibytes(container.memory_limit)
    };
    let evidence = vec![
        Evidence::new(t!("detect-field-last-state"), t!("detect-oom-terminated"), Some(at)),
        Evidence::new(
            t!("detect-field-container"),
            t!("detect-oom-limit", name = container.name, limit = limit),
            None,
        ),
        Evidence::new(
            t!("detect-field-restarts"),
            t!("detect-restarts-of-container", restarts = container.restarts),
            None,
        ),
        Evidence::new(t!("detect-field-now"), pod.status(), None),
    ];
    let mut params = vec![("namespace", subject.namespace()), ("pod", subject.name())];
    let workload = world.workload_of(pod);
    if let Some((kind, row)) = &workload
        && &**kind == "Deployment"
    {
        params.push(("deployment", &row.name));
    }
    let link = RunbookLink {
        id: "pods/pod-oomkilled".to_owned(),
        params: params.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
    };
    let severity = if running { Severity::Warning } else { Severity::Critical };
    let title = t!("detect-oom-found", pod = subject.row, restarts = container.restarts);
    Finding {
        since: Some(at),
        evidence,
        blast: Blast { pods: 1, alone: 0 },
        runbooks: vec![link],
        group: workload.map(Group::of),
        ..Finding::new(META.id, severity, subject, title)
    }
}

fn mebibytes(bytes: i64) -> String {
    format!("{}Mi", bytes >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, now, oom_killed, pod};

    #[test]
    fn a_kill_within_the_hour_is_found_even_when_running_again() {
        let world = World::new().pod(oom_killed(pod("shop", "api-7c9", "w"), 660, 6));
        let found = world.findings();
        assert_eq!(found[0].severity, Severity::Warning);
        assert_eq!(found[0].title, "shop/api-7c9 out of memory, 6 restarts");
        assert_eq!(found[0].runbooks[0].params["pod"], "api-7c9");
    }

    #[test]
    fn the_pods_of_one_workload_are_one_finding() {
        let world = World::new()
            .pod(oom_killed(pod("shop", "api-1", "w"), 60, 6))
            .pod(oom_killed(pod("shop", "api-2", "w"), 30, 4))
            .pod(oom_killed(pod("shop", "web-1", "w"), 30, 1));
        let found = world.findings();
        assert_eq!(found.len(), 2);
        let api = found.iter().find(|f| f.subject.name() == "api-2").unwrap();
        assert_eq!((api.blast.pods, api.symptoms.len()), (2, 1));
    }

    #[test]
    fn the_hour_is_the_border_and_the_engine_looks_again_then() {
        let world = World::new().pod(oom_killed(pod("shop", "api", "w"), 3599, 1));
        let mut engine = super::super::Engine::default();
        engine.update(&world.0, now());
        assert_eq!(engine.ranked().len(), 1);
        let next = engine.next_recheck().unwrap();
        assert!(engine.update(&world.0, next));
        assert!(engine.ranked().iter().all(|f| f.detector != META.id));
        assert!(World::new().pod(oom_killed(pod("shop", "api", "w"), 3600, 1)).found_by(META.id).is_empty());
    }

    #[test]
    fn exit_137_without_the_reason_is_quiet() {
        let mut killed = oom_killed(pod("shop", "api", "w"), 10, 1);
        killed.containers[0].last.as_mut().unwrap().reason = "Error".into();
        assert!(World::new().pod(killed).found_by(META.id).is_empty());
    }
}
