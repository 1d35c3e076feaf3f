//! A node that is not Ready: silent (its kubelet stopped reporting), unhappy (its kubelet reports why), or
//! flapping.

use super::{Changed, Detector, DetectorMeta, Verdict};
use crate::domain::{
    Blast, ClusterSnapshot, Condition, Evidence, Finding, Kind, NodeRow, ObjectKey, RunbookLink, Severity,
    Timestamp,
};
use crate::lang::{msg, t};

/// A node must be not Ready for so long before anyone is woken.
const PATIENCE_SECONDS: i64 = 60;
/// A node younger than this is still joining.
const JOINING_SECONDS: i64 = 300;
/// So many turns to NotReady within the window are flapping.
const FLAPS: i32 = 3;
const FLAP_WINDOW_SECONDS: i64 = 900;

const META: DetectorMeta = DetectorMeta {
    id: "node-not-ready",
    title: msg!("detect-not-ready-title"),
    kinds: &[Kind::Node, Kind::Lease, Kind::Pod],
    runbooks: &["nodes/node-not-ready", "network/cni-calico"],
};

pub struct NodeNotReady;

impl Detector for NodeNotReady {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, world: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        let down = |name: &str| world.node(name).is_some_and(|n| !n.ready());
        match changed {
            Changed::Node(c) => out.push(ObjectKey::cluster(Kind::Node, c.key.name.clone())),
            // The pods on a node are its blast radius; on a Ready node they do not matter here.
            Changed::Pod(c) => {
                let nodes = [&c.before, &c.after].into_iter().flatten().map(|p| p.node.clone());
                out.extend(nodes.filter(|n| down(n)).map(|n| ObjectKey::cluster(Kind::Node, n)));
            }
            Changed::Event(c) => {
                if let Some(event) = &c.after
                    && &*event.about_kind == "Node"
                    && &*event.reason == "NodeNotReady"
                {
                    out.push(ObjectKey::cluster(Kind::Node, event.about_name.clone()));
                }
            }
            Changed::Lease(c) if &*c.key.namespace == "kube-node-lease" && down(&c.key.name) => {
                out.push(ObjectKey::cluster(Kind::Node, c.key.name.clone()));
            }
            _ => {}
        }
    }

    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
        let Some(node) = world.node(subject.name()) else { return Verdict::quiet() };
        let Some(ready) = node.condition("Ready") else { return Verdict::quiet() };
        let leaving = super::leaving_until(node).filter(|until| *until > now);
        if leaving.is_some() {
            return Verdict { finding: None, recheck: leaving };
        }
        if &*ready.status == "True" {
            return flapping(subject, world, now);
        }
        let wait = |since: Option<Timestamp>, seconds: i64| {
            let due = Timestamp::from_second(since?.as_second() + seconds).ok()?;
            (due > now).then_some(due)
        };
        let due = wait(ready.since, PATIENCE_SECONDS).max(wait(node.meta.created, JOINING_SECONDS));
        if due.is_some() {
            return Verdict { finding: None, recheck: due };
        }
        let finding = finding(subject, node, ready, world);
        Verdict { finding: Some(finding), recheck: None }
    }
}

fn finding(subject: &ObjectKey, node: &NodeRow, ready: &Condition, world: &ClusterSnapshot) -> Finding {
    let name = subject.name();
    let silent = &*ready.status == "Unknown";
    let mut evidence = vec![
        Evidence::new("Ready", format!("{}  {}", ready.status, ready.reason), ready.since),
        Evidence::new(t!("detect-field-message"), ready.message.to_string(), None),
    ];
    if let Some(renewed) = world.node_lease(name).and_then(|l| l.renewed) {
        evidence.push(Evidence::new(t!("detect-field-lease"), t!("detect-node-renewed"), Some(renewed)));
    }
    for taint in node.taints.iter().filter(|t| t.key.starts_with("node.kubernetes.io/")) {
        evidence.push(Evidence::new(
            t!("detect-field-taint"),
            format!("{}:{}", taint.key, taint.effect),
            taint.since,
        ));
    }
    for kind in ["MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"] {
        if let Some(c) = node.condition(kind).filter(|c| &*c.status == "True") {
            evidence.push(Evidence::new(kind, format!("True  {}", c.reason), c.since));
        }
    }
    evidence.push(neighbours(node, world));
    evidence.extend(super::limited(world));
    let pods: Vec<_> = world.pods_on(name).collect();
    let blast = Blast { pods: pods.len(), alone: pods.iter().filter(|p| alone(p, world)).count() };
    let why = message_class(&ready.message);
    let title = match (silent, why) {
        (true, _) => t!("detect-not-ready-silent", node = name),
        (false, Some((words, _))) => t!("detect-not-ready-why", node = name, why = words),
        (false, None) => t!("detect-not-ready-found", node = name),
    };
    let mut runbooks = vec![RunbookLink::new("nodes/node-not-ready", [("node", name)])];
    if let Some((_, Some(id))) = why
        && super::runs_calico(world)
    {
        runbooks.insert(0, RunbookLink::new(id, [("node", name)]));
    }
    // Those of its pods that are not well have findings of their own, which are symptoms of this one.
    Finding {
        since: ready.since,
        evidence,
        blast,
        runbooks,
        explains: pods.iter().map(|p| ObjectKey { kind: Kind::Pod, row: p.meta.key() }).collect(),
        ..Finding::new(META.id, Severity::Critical, subject, title)
    }
}

/// Whether the other nodes of the zone are well: a whole zone is another runbook than one node.
fn neighbours(node: &NodeRow, world: &ClusterSnapshot) -> Evidence {
    let same = |n: &&std::sync::Arc<NodeRow>| n.zone() == node.zone() && n.meta.name != node.meta.name;
    let (mut ready, mut all) = (0, 0);
    for other in world.nodes.iter().filter(same) {
        all += 1;
        ready += usize::from(other.ready());
    }
    let place = node.zone().map_or_else(
        || t!("detect-field-other-nodes").to_owned(),
        |z| t!("detect-field-other-nodes-of-zone", zone = z),
    );
    let words = match (ready, all) {
        (_, 0) => t!("detect-not-ready-alone").to_owned(),
        _ if ready == all => t!("detect-not-ready-not-zone", ready = ready, all = all),
        _ => t!("detect-not-ready-more", ready = ready, all = all),
    };
    Evidence::new(place, words, None)
}

/// No other pod of the same workload is ready.
fn alone(pod: &crate::domain::PodRow, world: &ClusterSnapshot) -> bool {
    let Some(owner) = &pod.meta.owner else { return true };
    if &*owner.kind == "DaemonSet" || pod.mirror {
        return false;
    }
    world.ready_siblings(pod) == 0
}

/// What the kubelet says is wrong, in words, with the runbook for it.
fn message_class(message: &str) -> Option<(&'static str, Option<&'static str>)> {
    let text = message.to_ascii_lowercase();
    let has = |part: &str| text.contains(part);
    if has("cni plugin not initialized") || has("networkpluginnotready") || has("network plugin is not ready")
    {
        Some((t!("detect-not-ready-network"), Some("network/cni-calico")))
    } else if has("container runtime is down") || has("pleg is not healthy") {
        Some((t!("detect-not-ready-runtime"), None))
    } else if has("x509") || has("unauthorized") {
        Some((t!("detect-not-ready-credentials"), None))
    } else {
        None
    }
}

/// A node that is Ready now but was lost again and again.
fn flapping(subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
    let from = now.as_second() - FLAP_WINDOW_SECONDS;
    let recent = |e: &&std::sync::Arc<crate::domain::EventRow>| {
        &*e.reason == "NodeNotReady" && e.last.is_some_and(|t| t.as_second() >= from)
    };
    let (mut times, mut last) = (0, None);
    for event in world.events_about(subject).filter(recent) {
        times += event.count;
        last = last.max(event.last);
    }
    let Some(last) = last.filter(|_| times >= FLAPS) else { return Verdict::quiet() };
    let name = subject.name();
    let title = t!("detect-not-ready-flaps", node = name);
    let times = t!("detect-not-ready-flap-times", times = times);
    let finding = Finding {
        since: Some(last),
        evidence: vec![Evidence::new(t!("detect-field-event", reason = "NodeNotReady"), times, Some(last))],
        blast: Blast { pods: world.pods_on(name).count(), alone: 0 },
        runbooks: vec![RunbookLink::new("nodes/node-not-ready", [("node", name)])],
        ..Finding::new(META.id, Severity::Warning, subject, title)
    };
    Verdict {
        finding: Some(finding),
        recheck: Timestamp::from_second(last.as_second() + FLAP_WINDOW_SECONDS + 1).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, ago, node, now, pod};

    #[test]
    fn a_silent_node_is_found_with_its_proof_and_its_runbook() {
        let world = World::new()
            .node(node("worker-1", "True", "KubeletReady", 3600))
            .node(node("worker-3", "Unknown", "NodeStatusUnknown", 252))
            .pod(pod("shop", "api-1", "worker-3"))
            .pod(pod("shop", "api-2", "worker-1"))
            .pod(pod("shop", "report-0", "worker-3"));
        let found = world.findings();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].title, "worker-3 stopped reporting");
        assert_eq!(found[0].blast, Blast { pods: 2, alone: 1 });
        assert_eq!(found[0].runbooks[0], RunbookLink::new("nodes/node-not-ready", [("node", "worker-3")]));
        let lease = found[0].evidence.iter().find(|e| e.field == "lease").unwrap();
        assert_eq!(lease.since, Some(ago(292)));
    }

    #[test]
    fn patience_a_joining_node_and_a_leaving_one_stay_quiet() {
        let world = World::new().node(node("w", "Unknown", "NodeStatusUnknown", PATIENCE_SECONDS - 1));
        let verdict = NodeNotReady.inspect(&ObjectKey::cluster(Kind::Node, "w"), &world.0, now());
        assert!(verdict.finding.is_none());
        assert_eq!(verdict.recheck.unwrap().as_second(), now().as_second() + 1);

        let mut young = node("w", "False", "KubeletNotReady", 200);
        young.0.meta.created = Some(ago(200));
        assert!(World::new().node(young).found_by(META.id).is_empty());

        let mut leaving = node("w", "Unknown", "NodeStatusUnknown", 600);
        let taint = crate::domain::Taint {
            key: super::super::LEAVING.into(),
            value: "".into(),
            effect: "NoSchedule".into(),
            since: None,
        };
        leaving.0.taints = [taint].into();
        assert!(World::new().node(leaving.clone()).found_by(META.id).is_empty());

        // The autoscaler is excused for a while, not for ever.
        leaving.0.taints[0].value = ago(901).as_second().to_string().into();
        assert_eq!(World::new().node(leaving.clone()).found_by(META.id).len(), 1);
        let mut long = node("w", "Unknown", "NodeStatusUnknown", 4000);
        long.0.taints = leaving.0.taints;
        long.0.taints[0].value = "".into();
        assert_eq!(World::new().node(long).findings().len(), 1);
    }

    #[test]
    fn an_unhappy_kubelet_is_classed_by_its_message() {
        let world = World::new().node(node("w", "False", "KubeletNotReady", 120));
        let found = world.findings();
        assert_eq!(found[0].title, "w is not Ready: the network plugin is not ready");
        assert_eq!(found[0].runbooks[0].id, "nodes/node-not-ready", "no Calico here");
        let found = world.calico().findings();
        assert_eq!(found[0].runbooks[0].id, "network/cni-calico");
    }

    #[test]
    fn a_node_that_comes_back_is_no_longer_found() {
        let mut world = World::new().node(node("w", "Unknown", "NodeStatusUnknown", 600));
        let mut engine = super::super::Engine::default();
        assert!(engine.update(&world.0, now()));
        assert_eq!(engine.ranked().len(), 1);
        world = world.node(node("w", "True", "KubeletReady", 1));
        assert!(engine.update(&world.0, now()));
        assert!(engine.ranked().iter().all(|f| f.detector != META.id));
    }
}
