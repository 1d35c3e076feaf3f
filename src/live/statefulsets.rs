//! StatefulSets: how far the rollout is, and which pod holds it up.

use super::{Cell, Line, LiveView, Tone, ViewMeta, events_of, field, fill, fixed, heading, kept};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, RowKey, Timestamp, age_short};
use crate::lang::t;

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
        let numbers = t!(
            "live-replicas-rollout",
            wanted = row.desired,
            new = row.updated,
            ready = row.ready,
            available = row.available
        );
        out.push(field(t!("live-label-replicas"), numbers));
        let (new, old) = (&row.update_revision, &row.current_revision);
        let revision = if old == new {
            Cell::from(new.to_string())
        } else {
            Cell::new(t!("live-statefulsets-rolls-out", new = new, old = old), Tone::Warn)
        };
        out.push(field(t!("live-label-revision"), revision));
        if row.partition > 0 {
            let words = t!("live-statefulsets-partition", partition = row.partition);
            out.push(field(t!("live-label-partition"), Cell::new(words, Tone::Warn)));
        }
        if row.on_delete {
            let words = t!("live-statefulsets-on-delete");
            out.push(field(t!("live-label-update"), Cell::new(words, Tone::Warn)));
        }
        out.push(heading(t!("live-statefulsets-not-ready")));
        let pods = world.pods.in_namespace(key.namespace.as_ref());
        for pod in pods.filter(|p| row.selector.matches(&p.meta) && !p.ready()) {
            out.push(field(&pod.meta.name, super::pods::status(world, pod)));
        }
        out.push(heading(t!("live-events")));
        out.extend(events_of(world, &ObjectKey { kind: Kind::StatefulSet, row: key.clone() }, now, 8));
        out
    }
}
