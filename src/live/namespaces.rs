//! Namespaces.

use super::{Cell, Line, LiveView, Tone, ViewMeta, events_of, field, fill, fixed, heading, kept};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, RowKey, Timestamp, age, age_short};

const META: ViewMeta = ViewMeta {
    id: "namespaces",
    title: "Namespaces",
    kind: Kind::Namespace,
    columns: &[fill("NAME", 16), kept("STATUS", 14), fixed("PODS", 6), fixed("AGE", 5)],
    sort: None,
};

pub struct Namespaces;

impl LiveView for Namespaces {
    fn meta(&self) -> &'static ViewMeta {
        &META
    }

    fn cells(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Option<Vec<Cell>> {
        let row = world.namespaces.get(key)?;
        let tone = if &*row.phase == "Active" { Tone::Good } else { Tone::Warn };
        Some(vec![
            Cell::new(&*row.meta.name, Tone::Strong),
            Cell::new(&*row.phase, tone),
            world.pods.in_namespace(&row.meta.name).count().to_string().into(),
            row.meta.created.map(|t| age_short(t, now)).unwrap_or_default().into(),
        ])
    }

    fn sorts_by(&self, column: usize) -> &'static [Kind] {
        if column == 2 { &[Kind::Pod] } else { &[] }
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let Some(row) = world.namespaces.get(key) else { return Vec::new() };
        let mut out = vec![vec![Cell::new(key.to_string(), Tone::Strong)]];
        out.push(field("phase", row.phase.to_string()));
        if let Some(at) = row.meta.deleting {
            out.push(field("deleting", Cell::new(format!("since {}", age(at, now)), Tone::Warn)));
        }
        out.push(heading("Events"));
        out.extend(events_of(world, &ObjectKey { kind: Kind::Namespace, row: key.clone() }, now, 8));
        out
    }
}
