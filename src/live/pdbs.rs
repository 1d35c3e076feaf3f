//! Disruption budgets: what may be evicted now.

use super::{Cell, Line, LiveView, Tone, ViewMeta, events_of, field, fill, fixed, heading, kept};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, RowKey, Timestamp, age_short};
use crate::lang::t;

const META: ViewMeta = ViewMeta {
    id: "pdbs",
    title: "PodDisruptionBudgets",
    kind: Kind::PodDisruptionBudget,
    columns: &[
        fixed("NAMESPACE", 14),
        fill("NAME", 16),
        fixed("RULE", 20),
        kept("ALLOWED", 7),
        fixed("HEALTHY", 9),
        fixed("AGE", 5),
    ],
    sort: None,
};

pub struct Pdbs;

impl LiveView for Pdbs {
    fn meta(&self) -> &'static ViewMeta {
        &META
    }

    fn cells(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Option<Vec<Cell>> {
        let row = world.pdbs.get(key)?;
        let tone = if row.allowed > 0 { Tone::Good } else { Tone::Warn };
        Some(vec![
            Cell::new(&*row.meta.namespace, Tone::Faint),
            Cell::new(&*row.meta.name, Tone::Strong),
            row.rule.to_string().into(),
            Cell::new(row.allowed.to_string(), tone),
            format!("{}/{}", row.healthy, row.desired).into(),
            row.meta.created.map(|t| age_short(t, now)).unwrap_or_default().into(),
        ])
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let Some(row) = world.pdbs.get(key) else { return Vec::new() };
        let mut out = vec![vec![Cell::new(key.to_string(), Tone::Strong)]];
        out.push(field(t!("live-label-rule"), row.rule.to_string()));
        let words = t!(
            "live-pdbs-allows",
            allowed = row.allowed,
            healthy = row.healthy,
            needed = row.desired,
            expected = row.expected
        );
        let tone = if row.allowed > 0 { Tone::Good } else { Tone::Warn };
        out.push(field(t!("live-label-allows"), Cell::new(words, tone)));
        out.push(heading(t!("live-pdbs-pods")));
        for pod in world.pods.in_namespace(key.namespace.as_ref()).filter(|p| row.selector.matches(&p.meta)) {
            let words = t!("live-pdbs-pod-on", pod = pod.meta.name, node = pod.node);
            out.push(vec![super::pods::status(world, pod), Cell::from(format!("  {words}"))]);
        }
        out.push(heading(t!("live-events")));
        out.extend(events_of(
            world,
            &ObjectKey { kind: Kind::PodDisruptionBudget, row: key.clone() },
            now,
            8,
        ));
        out
    }
}
