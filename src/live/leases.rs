//! Leases: of nodes and of leaders.

use super::{Cell, Line, LiveView, SortValue, Tone, ViewMeta, events_of, field, fill, fixed, heading, kept};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, RowKey, Timestamp, age, age_short};
use crate::lang::t;

const META: ViewMeta = ViewMeta {
    id: "leases",
    title: "Leases",
    kind: Kind::Lease,
    columns: &[fixed("NAMESPACE", 16), fill("NAME", 16), fill("HOLDER", 16), kept("RENEWED", 8)],
    sort: None,
};

pub struct Leases;

impl LiveView for Leases {
    fn meta(&self) -> &'static ViewMeta {
        &META
    }

    fn cells(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Option<Vec<Cell>> {
        let row = world.leases.get(key)?;
        let late = row
            .renewed
            .is_none_or(|t| now.as_second() - t.as_second() > 2 * i64::from(row.duration_seconds.max(10)));
        let renewed = match row.renewed {
            Some(at) if late => Cell::new(age_short(at, now), Tone::Bad),
            Some(_) => Cell::new(t!("live-lease-fresh"), Tone::Good),
            None => Cell::new(t!("live-lease-never"), Tone::Faint),
        };
        Some(vec![
            Cell::new(&*row.meta.namespace, Tone::Faint),
            Cell::new(&*row.meta.name, Tone::Strong),
            row.holder.to_string().into(),
            renewed,
        ])
    }

    fn sort_value(&self, world: &ClusterSnapshot, key: &RowKey, column: usize) -> SortValue {
        let Some(row) = world.leases.get(key) else { return SortValue::Text(String::new()) };
        match column {
            0 => SortValue::Text(row.meta.namespace.to_string()),
            1 => SortValue::Text(row.meta.name.to_string()),
            2 => SortValue::Text(row.holder.to_string()),
            _ => SortValue::Number(-row.renewed.map_or(0, Timestamp::as_second)),
        }
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let Some(row) = world.leases.get(key) else { return Vec::new() };
        let mut out = vec![vec![Cell::new(key.to_string(), Tone::Strong)]];
        let renewed = row.renewed.map(|at| t!("live-ago", age = age(at, now)));
        out.push(field(t!("live-label-holder"), row.holder.to_string()));
        out.push(field(t!("live-label-renewed"), renewed.unwrap_or_default()));
        out.push(field(t!("live-label-duration"), format!("{} s", row.duration_seconds)));
        out.push(heading(t!("live-events")));
        out.extend(events_of(world, &ObjectKey { kind: Kind::Lease, row: key.clone() }, now, 8));
        out
    }
}
