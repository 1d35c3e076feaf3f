//! Pods that cannot start on a node because the network plugin cannot make their sandbox. Twenty such pods
//! are one cause: the node's network plugin.

use super::{Changed, Detector, DetectorMeta, Verdict};
use crate::domain::{
    Blast, ClusterSnapshot, EventRow, Evidence, Finding, Kind, ObjectKey, PodPhase, RunbookLink, Severity,
    Timestamp,
};
use crate::lang::{msg, t};

/// An event older than this proves nothing about now.
const WINDOW_SECONDS: i64 = 600;
const REASON: &str = "FailedCreatePodSandBox";
/// How containerd, CRI-O and cri-dockerd say that it was the network: a sandbox fails for want of its image, of a cgroup or
/// of a runtime class too.
const NETWORK: [&str; 6] =
    ["network for sandbox", "pod network", "networkPlugin", "plugin type=", "CNI", "cni plugin"];

const META: DetectorMeta = DetectorMeta {
    id: "cni-sandbox",
    title: msg!("detect-cni-title"),
    kinds: &[Kind::Event, Kind::Pod],
    runbooks: &["network/cni-calico", "nodes/node-not-ready"],
};

pub struct CniSandbox;

impl Detector for CniSandbox {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, world: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        match changed {
            Changed::Event(c) => {
                let rows = [&c.before, &c.after].into_iter().flatten();
                out.extend(rows.filter(|e| about_sandbox(e)).filter_map(|e| node_of(e, world)));
            }
            // A pod that starts after all, or goes, may end the finding.
            Changed::Pod(c) => {
                let started =
                    c.before.as_ref().is_some_and(|p| p.phase == PodPhase::Pending && !p.node.is_empty());
                if let (true, Some(before)) = (started, &c.before) {
                    out.push(ObjectKey::cluster(Kind::Node, before.node.clone()));
                }
            }
            _ => {}
        }
    }

    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
        let from = now.as_second() - WINDOW_SECONDS;
        let mut stuck = Vec::new();
        for pod in world.pods_on(subject.name()).filter(|p| p.phase == PodPhase::Pending) {
            let key = ObjectKey { kind: Kind::Pod, row: pod.meta.key() };
            let recent = |e: &&std::sync::Arc<EventRow>| {
                about_sandbox(e) && e.last.is_some_and(|t| t.as_second() > from)
            };
            if let Some(event) = world.events_about(&key).filter(recent).max_by_key(|e| e.last) {
                stuck.push((key, std::sync::Arc::clone(event)));
            }
        }
        let Some((_, latest)) = stuck.iter().max_by_key(|(_, e)| e.last) else { return Verdict::quiet() };
        let latest = std::sync::Arc::clone(latest);
        let first = stuck.iter().filter_map(|(_, e)| e.first).min();
        let oldest = stuck.iter().filter_map(|(_, e)| e.last).min();
        let recheck = oldest.and_then(|t| Timestamp::from_second(t.as_second() + WINDOW_SECONDS).ok());
        Verdict { finding: Some(finding(subject, &stuck, &latest, first, world)), recheck }
    }
}

fn about_sandbox(event: &EventRow) -> bool {
    let network = || NETWORK.iter().any(|words| event.message.contains(words));
    event.warning && &*event.reason == REASON && &*event.about_kind == "Pod" && network()
}

fn node_of(event: &EventRow, world: &ClusterSnapshot) -> Option<ObjectKey> {
    let pod = world.pods.find(&event.about_namespace, &event.about_name);
    let node = pod.map(|p| p.node.clone()).filter(|n| !n.is_empty()).or_else(|| Some(event.host.clone()))?;
    (!node.is_empty()).then(|| ObjectKey::cluster(Kind::Node, node))
}

fn finding(
    subject: &ObjectKey,
    stuck: &[(ObjectKey, std::sync::Arc<EventRow>)],
    latest: &EventRow,
    first: Option<Timestamp>,
    world: &ClusterSnapshot,
) -> Finding {
    let times: i32 = stuck.iter().map(|(_, e)| e.count).sum();
    let mut evidence = vec![
        Evidence::new(REASON, t!("detect-cni-failures", times = times, pods = stuck.len()), latest.last),
        Evidence::new(t!("detect-field-message"), latest.message.to_string(), None),
    ];
    let agents = world.pods_on(subject.name()).filter(|p| p.meta.label("k8s-app") == Some("calico-node"));
    for agent in agents {
        let key = agent.meta.key();
        let words = if agent.ready() {
            t!("detect-cni-agent-ready", pod = key)
        } else {
            t!("detect-cni-agent-not-ready", pod = key)
        };
        evidence.push(Evidence::new(t!("detect-field-network-plugin"), words, None));
    }
    evidence.extend(super::limited(world));
    let title = t!("detect-cni-found", node = subject.name());
    Finding {
        since: first,
        evidence,
        blast: Blast { pods: stuck.len(), alone: 0 },
        runbooks: vec![RunbookLink::new(
            if super::runs_calico(world) { META.runbooks[0] } else { META.runbooks[1] },
            [("node", subject.name())],
        )],
        explains: stuck.iter().map(|(key, _)| key.clone()).collect(),
        ..Finding::new(META.id, Severity::Critical, subject, title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, condition, node, pod, warning};

    const MESSAGE: &str =
        "Failed to create pod sandbox: plugin type=\"calico\" failed (add): error getting ClusterInformation";

    fn pending(name: &str) -> crate::domain::PodRow {
        let mut pod = pod("shop", name, "worker-2");
        pod.phase = PodPhase::Pending;
        pod.conditions = [condition("Ready", "False", "ContainersNotReady", "", 60)].into();
        pod.containers[0].ready = false;
        pod.containers[0].state = crate::domain::ContainerState::Waiting("ContainerCreating".into());
        pod
    }

    #[test]
    fn many_failures_on_a_node_are_one_finding() {
        let (a, b) = (pending("api-1"), pending("web-1"));
        let (ea, eb) = (warning(&a, REASON, MESSAGE, 30), warning(&b, REASON, MESSAGE, 90));
        let world = World::new().node(node("worker-2", "True", "", 99)).pod(a).pod(b).event(ea).event(eb);
        let found = world.findings();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].blast.pods, 2);
        assert_eq!(found[0].evidence[0].value, "8 times, 2 pods on this node");
    }

    #[test]
    fn a_sandbox_that_fails_for_another_reason_is_not_the_network() {
        let image = "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image \
                     \"localhost/pause:1\": failed to pull image \"localhost/pause:1\": connection refused";
        let (a, b) = (pending("api-1"), pending("web-1"));
        let (ea, eb) = (warning(&a, REASON, image, 30), warning(&b, REASON, MESSAGE, 30));
        let world = World::new().node(node("worker-2", "True", "", 99)).pod(a).event(ea);
        assert!(world.found_by(META.id).is_empty());
        let title = world.findings()[0].title.clone();
        assert_eq!(title, "shop/api: does not start: connection refused (FailedCreatePodSandBox)");
        assert_eq!(world.pod(b).event(eb).found_by(META.id)[0].blast.pods, 1);
        for words in [
            "networkPlugin cni failed to set up pod \"web\" network: no route",
            "failed to create pod network sandbox k8s_web: error adding pod to CNI network \"multus\"",
            "failed to setup network for sandbox \"1\": no such file",
        ] {
            let c = pending("db-1");
            let event = warning(&c, REASON, words, 30);
            assert_eq!(World::new().pod(c).event(event).found_by(META.id).len(), 1, "{words}");
        }
    }

    #[test]
    fn a_pod_that_started_and_an_old_event_are_quiet() {
        let (a, b) = (pod("shop", "api-1", "worker-2"), pending("web-1"));
        let (ea, eb) = (warning(&a, REASON, MESSAGE, 30), warning(&b, REASON, MESSAGE, WINDOW_SECONDS));
        assert!(World::new().pod(a).event(ea).found_by(META.id).is_empty());
        assert!(World::new().pod(b).event(eb).found_by(META.id).is_empty());
    }
}
