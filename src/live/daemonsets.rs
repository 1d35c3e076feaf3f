//! DaemonSets: a pod on every node.

use super::{Cell, Line, LiveView, Tone, ViewMeta, events_of, field, fill, fixed, heading, kept};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, RowKey, Timestamp, age_short};
use crate::lang::t;

const META: ViewMeta = ViewMeta {
    id: "daemonsets",
    title: "DaemonSets",
    kind: Kind::DaemonSet,
    columns: &[
        fixed("NAMESPACE", 14),
        fill("NAME", 16),
        fixed("DESIRED", 7),
        kept("READY", 6),
        fixed("UP-TO-DATE", 10),
        fixed("AVAILABLE", 9),
        fixed("AGE", 5),
    ],
    sort: None,
};

pub struct DaemonSets;

impl LiveView for DaemonSets {
    fn meta(&self) -> &'static ViewMeta {
        &META
    }

    fn cells(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Option<Vec<Cell>> {
        let row = world.daemon_sets.get(key)?;
        let tone = if row.ready < row.desired { Tone::Warn } else { Tone::Good };
        Some(vec![
            Cell::new(&*row.meta.namespace, Tone::Faint),
            Cell::new(&*row.meta.name, Tone::Strong),
            row.desired.to_string().into(),
            Cell::new(row.ready.to_string(), tone),
            row.updated.to_string().into(),
            row.available.to_string().into(),
            row.meta.created.map(|t| age_short(t, now)).unwrap_or_default().into(),
        ])
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let Some(row) = world.daemon_sets.get(key) else { return Vec::new() };
        let mut out = vec![vec![Cell::new(key.to_string(), Tone::Strong)]];
        let numbers = t!("live-replicas", wanted = row.desired, ready = row.ready, available = row.available);
        out.push(field(t!("live-label-pods"), numbers));
        out.push(heading(t!("live-daemonsets-nodes-without")));
        let pods: Vec<_> = world
            .pods
            .in_namespace(key.namespace.as_ref())
            .filter(|p| row.selector.matches(&p.meta))
            .collect();
        for pod in pods.iter().filter(|p| !p.ready()) {
            out.push(field(&pod.node, super::pods::status(world, pod)));
        }
        out.push(heading(t!("live-events")));
        out.extend(events_of(world, &ObjectKey { kind: Kind::DaemonSet, row: key.clone() }, now, 8));
        out
    }
}
