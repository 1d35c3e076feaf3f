//! A node that is in the cluster no more, while pods are still bound to it. Its pods say Running for ever, since nobody is
//! there who would say otherwise.
//!
//! It must not speak of a node while nodes cannot be read: what is not seen is not gone.

use super::{GONE_SECONDS, META, REMOVED};
use crate::detect::general::{Trouble, titled};
use crate::detect::{Verdict, after};
use crate::domain::{Blast, ClusterSnapshot, Finding, Kind, Level, ObjectKey, PodRow, Severity, Timestamp};
use crate::lang::t;

pub(super) fn inspect(subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
    if !world.whole(Kind::Node) {
        return Verdict::quiet();
    }
    // One that was deleted has a detector that names its node.
    let stays = |pod: &&std::sync::Arc<PodRow>| pod.active() && pod.meta.deleting.is_none();
    let pods: Vec<_> = world.pods_on(subject.name()).filter(stays).collect();
    let due = |pod: &PodRow| pod.meta.created.and_then(|at| after(at, GONE_SECONDS));
    let old = pods.iter().filter(|p| due(p).is_none_or(|due| due <= now)).count();
    if old == 0 {
        return Verdict { finding: None, recheck: pods.iter().filter_map(|p| due(p)).min() };
    }
    let removed = world.events_about(subject).filter(|e| &*e.reason == REMOVED).filter_map(|e| e.last).max();
    let mut trouble = Trouble::new("Gone", t!("detect-node-gone"), removed)
        .for_seconds(removed, GONE_SECONDS)
        .say(t!("detect-field-pods"), t!("detect-node-gone-pods", pods = pods.len()), None);
    trouble.severity = Severity::Critical;
    let (severity, young) = trouble.at(now);
    let what = titled(subject.name(), &trouble.what);
    let finding = Finding {
        since: trouble.since,
        evidence: trouble.evidence,
        blast: Blast { pods: pods.len(), alone: 0 },
        explains: pods.iter().map(|p| ObjectKey { kind: Kind::Pod, row: p.meta.key() }).collect(),
        young,
        level: Level::General,
        ..Finding::new(META.id, severity, subject, what)
    };
    Verdict { finding: Some(finding), recheck: young }
}

#[cfg(test)]
mod tests {
    use crate::domain::{EventRow, SyncState};
    use crate::testing::{World, ago, meta, node, pod};

    #[test]
    fn pods_that_run_on_a_node_that_does_not_exist_are_found() {
        let world = |created: i64| {
            let mut row = pod("shop", "api-1", "ghost");
            row.meta.created = Some(ago(created));
            World::new().node(node("w", "True", "", 86_000)).bound(row)
        };
        assert!(world(59).findings().is_empty());
        let found = world(60).findings();
        assert_eq!(found[0].title, "ghost: is not in the cluster, but pods are bound to it");
        assert_eq!((found[0].young, found[0].blast.pods), (None, 1));
        let removed = EventRow {
            meta: meta("default", "ghost.1"),
            about_kind: "Node".into(),
            about_name: "ghost".into(),
            reason: "RemovingNode".into(),
            last: Some(ago(10)),
            ..EventRow::default()
        };
        assert!(world(900).event(removed).findings()[0].young.is_some(), "its pods are about to be taken");
        assert!(world(900).node(node("ghost", "True", "", 900)).findings().is_empty());
        let mut unread = world(900);
        unread.0.sync[crate::domain::Kind::Node as usize] = SyncState::Forbidden("list".into());
        assert!(unread.findings().is_empty(), "what is not seen is not gone");
        // The nodes are known after the pods.
        let mut engine = crate::detect::Engine::default();
        engine.update(&unread.0, crate::testing::now());
        engine.update(&world(900).0, crate::testing::now());
        assert_eq!(engine.ranked().len(), 1);
    }
}
