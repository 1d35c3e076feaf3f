//! StatefulSets: how far the rollout is, and which pod holds it up.

use super::{Cell, Line, LiveView, Tone, ViewMeta, events_of, field, fill, fixed, heading, kept};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, RowKey, Timestamp, age_short};

const META: ViewMeta = ViewMeta {
    id: "statefulsets",
    title: "StatefulSets",
    kind: Kind::StatefulSet,
    columns: &[
        fixed("NAMESPACE", 14),
        fill("NAME", 16),
        kept("READY", 8),
        fixed("UP-TO-DATE", 10),
        fixed("AVAILABLE", 9),
        fixed("AGE", 5),
    ],
    sort: None,
};

pub struct StatefulSets;

impl LiveView for StatefulSets {
    fn meta(&self) -> &'static ViewMeta {
        &META
    }

    fn cells(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Option<Vec<Cell>> {
        let row = world.stateful_sets.get(key)?;
        let tone = if row.ready < row.desired { Tone::Warn } else { Tone::Good };
        Some(vec![
            Cell::new(&*row.meta.namespace, Tone::Faint),
            Cell::new(&*row.meta.name, Tone::Strong),
            Cell::new(format!("{}/{}", row.ready, row.desired), tone),
            row.updated.to_string().into(),
            row.available.to_string().into(),
            row.meta.created.map(|t| age_short(t, now)).unwrap_or_default().into(),
        ])
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let Some(row) = world.stateful_sets.get(key) else { return Vec::new() };
        let mut out = vec![vec![Cell::new(key.to_string(), Tone::Strong)]];
        let numbers = format!(
            "{} wanted, {} new, {} ready, {} available",
            row.desired, row.updated, row.ready, row.available
        );
        out.push(field("replicas", numbers));
        if row.current_revision == row.update_revision {
            out.push(field("revision", row.update_revision.to_string()));
        } else {
            let words = format!("{} rolls out over {}", row.update_revision, row.current_revision);
            out.push(field("revision", Cell::new(words, Tone::Warn)));
        }
        if row.partition > 0 {
            let words = format!("{}: pods below it keep the old revision", row.partition);
            out.push(field("partition", Cell::new(words, Tone::Warn)));
        }
        if row.on_delete {
            let words = "OnDelete: a pod gets the new revision when somebody deletes it";
            out.push(field("update", Cell::new(words, Tone::Warn)));
        }
        out.push(heading("Pods that are not ready"));
        let pods = world.pods.in_namespace(key.namespace.as_ref());
        for pod in pods.filter(|p| row.selector.matches(&p.meta) && !p.ready()) {
            out.push(field(&pod.meta.name, super::pods::status(pod)));
        }
        out.push(heading("Events"));
        out.extend(events_of(world, &ObjectKey { kind: Kind::StatefulSet, row: key.clone() }, now, 8));
        out
    }
}
