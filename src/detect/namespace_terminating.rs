//! A namespace that was deleted and does not go.

use super::{Changed, Detector, DetectorMeta, Verdict, after};
use crate::domain::{
    Blast, ClusterSnapshot, Evidence, Finding, Kind, NamespaceRow, ObjectKey, RunbookLink, Severity,
    Timestamp,
};
use crate::lang::{Msg, msg, t};

/// A namespace with much in it needs a while.
const PATIENCE_SECONDS: i64 = 300;

/// The conditions that say what is in the way, the first causes first, with a few words.
const CAUSES: &[(&str, Msg)] = &[
    ("NamespaceDeletionDiscoveryFailure", msg!("detect-namespace-discovery")),
    ("NamespaceDeletionGroupVersionParsingFailure", msg!("detect-namespace-unparsed")),
    ("NamespaceDeletionContentFailure", msg!("detect-namespace-content")),
    ("NamespaceFinalizersRemaining", msg!("detect-namespace-finalizers")),
    ("NamespaceContentRemaining", msg!("detect-namespace-remaining")),
];

const META: DetectorMeta = DetectorMeta {
    id: "namespace-stuck-terminating",
    title: msg!("detect-namespace-title"),
    kinds: &[Kind::Namespace],
    runbooks: &["pods/namespace-stuck-terminating"],
};

pub struct NamespaceTerminating;

impl Detector for NamespaceTerminating {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, _: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        if let Changed::Namespace(change) = changed {
            out.push(ObjectKey { kind: Kind::Namespace, row: change.key.clone() });
        }
    }

    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
        let Some(row) = world.namespaces.get(&subject.row) else { return Verdict::quiet() };
        let due = row.meta.deleting.and_then(|at| after(at, PATIENCE_SECONDS));
        match due {
            None => Verdict::quiet(),
            Some(due) if due > now => Verdict { finding: None, recheck: Some(due) },
            Some(_) => Verdict { finding: Some(finding(subject, row, world)), recheck: None },
        }
    }
}

fn finding(subject: &ObjectKey, row: &NamespaceRow, world: &ClusterSnapshot) -> Finding {
    let mut evidence =
        vec![Evidence::new(t!("detect-field-deletion"), t!("detect-namespace-asked"), row.meta.deleting)];
    let mut why = t!("detect-namespace-no-reason");
    for (kind, words) in CAUSES.iter().rev() {
        if let Some(c) = row.conditions.iter().find(|c| &*c.kind == *kind && &*c.status == "True") {
            why = words.text();
            evidence.insert(1, Evidence::new(*kind, format!("{}: {}", c.reason, c.message), c.since));
        }
    }
    let name = subject.name();
    Finding {
        since: row.meta.deleting,
        evidence,
        blast: Blast { pods: world.pods.in_namespace(name).count(), alone: 0 },
        runbooks: vec![RunbookLink::new(META.runbooks[0], [("namespace", name)])],
        ..Finding::new(
            META.id,
            Severity::Warning,
            subject,
            t!("detect-namespace-found", namespace = name, why = why),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, ago, condition, meta, now};

    fn leaving(seconds: i64, conditions: &[(&str, &str)]) -> World {
        let mut meta = meta("", "team");
        meta.deleting = Some(ago(seconds));
        let conditions =
            conditions.iter().map(|(kind, status)| condition(kind, status, "Why", "said", 60)).collect();
        let row = NamespaceRow { meta, phase: "Terminating".into(), conditions };
        World::new().with(|w| &mut w.namespaces, row)
    }

    #[test]
    fn five_minutes_are_the_border_and_the_first_cause_is_told() {
        assert!(leaving(299, &[]).found_by(META.id).is_empty());
        let mut engine = super::super::Engine::default();
        engine.update(&leaving(100, &[]).0, now());
        assert_eq!(engine.next_recheck(), after(ago(100), 300));
        let all = [
            ("NamespaceContentRemaining", "True"),
            ("NamespaceDeletionDiscoveryFailure", "True"),
            ("NamespaceFinalizersRemaining", "False"),
        ];
        let found = leaving(300, &all).findings();
        assert_eq!(found[0].title, "namespace team does not go: an API group does not answer");
        let fields: Vec<_> = found[0].evidence.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["deletion", "NamespaceDeletionDiscoveryFailure", "NamespaceContentRemaining"]);
        assert_eq!(found[0].runbooks[0].params["namespace"], "team");
    }

    #[test]
    fn one_that_nobody_deleted_is_quiet() {
        let row = NamespaceRow { meta: meta("", "team"), ..NamespaceRow::default() };
        assert!(World::new().with(|w| &mut w.namespaces, row).found_by(META.id).is_empty());
        assert!(leaving(300, &[]).findings()[0].title.ends_with("it says nothing about the reason"));
    }
}
