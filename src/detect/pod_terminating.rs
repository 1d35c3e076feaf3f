//! A pod that was deleted and does not go.

use super::{Changed, Detector, DetectorMeta, Verdict, after};
use crate::domain::{
    Blast, ClusterSnapshot, Evidence, Finding, Group, Kind, ObjectKey, PodRow, RunbookLink, Severity,
    Timestamp,
};
use crate::lang::{msg, t};

/// A deletion's time has the grace period in it already; so many seconds later the pod should be gone.
const PATIENCE_SECONDS: i64 = 60;

const META: DetectorMeta = DetectorMeta {
    id: "pod-stuck-terminating",
    title: msg!("detect-terminating-title"),
    kinds: &[Kind::Pod, Kind::Node],
    runbooks: &["pods/pod-stuck-terminating"],
};

pub struct PodTerminating;

impl Detector for PodTerminating {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, world: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        let key = |row| ObjectKey { kind: Kind::Pod, row };
        match changed {
            Changed::Pod(c) => {
                let rows = [&c.before, &c.after];
                if rows.into_iter().flatten().any(|p| p.meta.deleting.is_some()) {
                    out.push(key(c.key.clone()));
                }
            }
            // What keeps a pod may be its node.
            Changed::Node(c) => {
                let leaving = world.pods_on(&c.key.name).filter(|p| p.meta.deleting.is_some());
                out.extend(leaving.map(|p| key(p.meta.key())));
            }
            _ => {}
        }
    }

    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
        let Some(pod) = world.pods.get(&subject.row) else { return Verdict::quiet() };
        let due = pod.meta.deleting.and_then(|at| after(at, PATIENCE_SECONDS));
        match due {
            None => Verdict::quiet(),
            Some(due) if due > now => Verdict { finding: None, recheck: Some(due) },
            Some(_) => Verdict { finding: Some(finding(subject, pod, world)), recheck: None },
        }
    }
}

fn finding(subject: &ObjectKey, pod: &PodRow, world: &ClusterSnapshot) -> Finding {
    let node = world.node(&pod.node);
    let (class, words) = match node {
        _ if pod.node.is_empty() => {
            (t!("detect-terminating-unplaced"), t!("detect-terminating-never-placed").to_owned())
        }
        None => {
            (t!("detect-terminating-node-gone"), t!("detect-terminating-node-not-there", node = pod.node))
        }
        Some(n) if !n.ready() => {
            (t!("detect-terminating-node-down"), t!("detect-terminating-node-is-down", node = pod.node))
        }
        Some(_) if !pod.finalizers.is_empty() => {
            (t!("detect-terminating-finalizer"), t!("detect-terminating-node-is-ready", node = pod.node))
        }
        Some(_) => {
            (t!("detect-terminating-node-ready"), t!("detect-terminating-node-is-ready", node = pod.node))
        }
    };
    let finalizers =
        if pod.finalizers.is_empty() { t!("detect-none").to_owned() } else { pod.finalizers.join(", ") };
    let evidence = vec![
        Evidence::new(t!("detect-field-deletion"), t!("detect-terminating-due"), pod.meta.deleting),
        Evidence::new(t!("detect-field-node"), words, None),
        Evidence::new(t!("detect-field-finalizers"), finalizers, None),
    ];
    let name = subject.row.to_string();
    Finding {
        since: pod.meta.deleting,
        evidence,
        blast: Blast { pods: 1, alone: 0 },
        runbooks: vec![RunbookLink::new(META.runbooks[0], [("pod", &name)])],
        group: world.workload_of(pod).map(Group::of),
        ..Finding::new(
            META.id,
            Severity::Warning,
            subject,
            t!("detect-terminating-found", pod = name, why = class),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, ago, node, now, pod};

    fn leaving(seconds: i64) -> PodRow {
        let mut row = pod("shop", "db-0", "w");
        row.meta.deleting = Some(ago(seconds));
        row
    }

    fn world() -> World {
        World::new().node(node("w", "True", "", 900))
    }

    #[test]
    fn a_minute_over_its_deletion_is_the_border() {
        assert!(world().pod(leaving(59)).found_by(META.id).is_empty());
        let found = world().pod(leaving(60)).findings();
        assert_eq!(found[0].title, "shop/db-0 does not go: its node is Ready");
        assert_eq!(found[0].runbooks[0].params["pod"], "shop/db-0");
        let mut engine = super::super::Engine::default();
        engine.update(&world().pod(leaving(10)).0, now());
        assert_eq!(engine.next_recheck(), after(ago(10), 60));
    }

    #[test]
    fn the_title_says_what_keeps_it() {
        let mut held = leaving(99);
        held.finalizers = ["acme.io/backup".into()].into();
        let found = world().pod(held.clone()).findings();
        assert_eq!(found[0].title, "shop/db-0 does not go: a finalizer holds it");
        assert!(found[0].evidence.iter().any(|e| e.value == "acme.io/backup"));
        let lost = World::new().bound(held).findings();
        assert_eq!(lost[0].title, "shop/db-0 does not go: its node is gone");
    }

    #[test]
    fn on_a_silent_node_the_node_is_the_finding() {
        let found =
            World::new().node(node("w", "Unknown", "NodeStatusUnknown", 900)).pod(leaving(99)).findings();
        assert_eq!((found.len(), found[0].detector), (1, "node-not-ready"));
        assert!(found[0].symptoms.iter().any(|s| s.contains("does not go")), "{:?}", found[0].symptoms);
    }
}
