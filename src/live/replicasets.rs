//! ReplicaSets: the revisions of Deployments.

use super::{Cell, Line, LiveView, Tone, ViewMeta, events_of, field, fill, fixed, heading, kept, owners};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, RowKey, Timestamp, age_short};
use crate::lang::t;

const META: ViewMeta = ViewMeta {
    id: "replicasets",
    title: "ReplicaSets",
    kind: Kind::ReplicaSet,
    columns: &[
        fixed("NAMESPACE", 14),
        fill("NAME", 16),
        fixed("DESIRED", 7),
        kept("READY", 6),
        fixed("REVISION", 8),
        fixed("AGE", 5),
    ],
    sort: None,
};

pub struct ReplicaSets;

impl LiveView for ReplicaSets {
    fn meta(&self) -> &'static ViewMeta {
        &META
    }

    fn cells(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Option<Vec<Cell>> {
        let row = world.replica_sets.get(key)?;
        let tone = if row.ready < row.desired { Tone::Warn } else { Tone::Plain };
        Some(vec![
            Cell::new(&*row.meta.namespace, Tone::Faint),
            Cell::new(&*row.meta.name, Tone::Strong),
            row.desired.to_string().into(),
            Cell::new(row.ready.to_string(), tone),
            row.revision.to_string().into(),
            row.meta.created.map(|t| age_short(t, now)).unwrap_or_default().into(),
        ])
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let Some(row) = world.replica_sets.get(key) else { return Vec::new() };
        let mut out = vec![vec![Cell::new(key.to_string(), Tone::Strong)]];
        out.extend(owners::lines(world, &ObjectKey { kind: Kind::ReplicaSet, row: key.clone() }));
        let numbers = t!("live-replicas", wanted = row.desired, ready = row.ready, available = row.available);
        out.push(field(t!("live-label-replicas"), numbers));
        out.push(field(t!("live-label-image"), row.image.to_string()));
        out.push(heading(t!("live-events")));
        out.extend(events_of(world, &ObjectKey { kind: Kind::ReplicaSet, row: key.clone() }, now, 8));
        out
    }
}
