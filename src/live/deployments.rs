//! Deployments: how far the rollout is.

use super::{Cell, Line, LiveView, Tone, ViewMeta, events_of, field, fill, fixed, heading, kept};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, RowKey, Timestamp, age_short};
use crate::lang::t;

const META: ViewMeta = ViewMeta {
    id: "deployments",
    title: "Deployments",
    kind: Kind::Deployment,
    columns: &[
        fixed("NAMESPACE", 14),
        fill("NAME", 16),
        kept("READY", 8),
        fixed("UP-TO-DATE", 10),
        fixed("AVAILABLE", 9),
        fixed("REVISION", 8),
        fixed("AGE", 5),
    ],
    sort: None,
};

pub struct Deployments;

impl LiveView for Deployments {
    fn meta(&self) -> &'static ViewMeta {
        &META
    }

    fn cells(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Option<Vec<Cell>> {
        let row = world.deployments.get(key)?;
        let tone = if row.available < row.desired { Tone::Warn } else { Tone::Good };
        Some(vec![
            Cell::new(&*row.meta.namespace, Tone::Faint),
            Cell::new(&*row.meta.name, Tone::Strong),
            Cell::new(format!("{}/{}", row.ready, row.desired), tone),
            row.updated.to_string().into(),
            row.available.to_string().into(),
            row.revision.to_string().into(),
            row.meta.created.map(|t| age_short(t, now)).unwrap_or_default().into(),
        ])
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let Some(row) = world.deployments.get(key) else { return Vec::new() };
        let mut out = vec![vec![Cell::new(key.to_string(), Tone::Strong)]];
        let numbers = t!(
            "live-replicas-rollout",
            wanted = row.desired,
            new = row.updated,
            ready = row.ready,
            available = row.available
        );
        out.push(field(t!("live-label-replicas"), numbers));
        out.push(field(t!("live-label-revision"), row.revision.to_string()));
        if row.paused {
            out.push(field(t!("live-label-paused"), Cell::new(t!("live-deployments-paused"), Tone::Warn)));
        }
        for c in &row.conditions {
            let good = &*c.status == "True" && &*c.kind != "ReplicaFailure";
            let tone = if good { Tone::Good } else { Tone::Bad };
            out.push(field(&c.kind, Cell::new(format!("{} {} {}", c.status, c.reason, c.message), tone)));
        }
        out.push(heading(t!("live-events")));
        out.extend(events_of(world, &ObjectKey { kind: Kind::Deployment, row: key.clone() }, now, 8));
        out
    }
}
