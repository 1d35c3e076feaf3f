//! Namespaces: what is in one, and what keeps one that is being deleted.

use serde_json::Value;

use super::{
    Cell, Line, LiveView, Tone, ViewMeta, conditions, events_of, field, fill, fixed, from_object, heading,
    kept,
};
use crate::domain::{
    ClusterSnapshot, Interest, Kind, ObjectKey, ObjectRow, RowKey, Timestamp, age, age_short,
};
use crate::lang::t;

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

    fn reads(&self, _: &ClusterSnapshot, key: &RowKey) -> Vec<Interest> {
        vec![Interest::one(&ObjectKey { kind: Kind::Namespace, row: key.clone() })]
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let Some(row) = world.namespaces.get(key) else { return Vec::new() };
        let mut out = vec![vec![Cell::new(key.to_string(), Tone::Strong)]];
        out.push(field(t!("live-label-phase"), row.phase.to_string()));
        if let Some(at) = row.meta.deleting {
            let since = t!("live-since", age = age(at, now));
            out.push(field(t!("live-label-deleting"), Cell::new(since, Tone::Warn)));
        }
        let object = ObjectKey { kind: Kind::Namespace, row: key.clone() };
        out.extend(conditions(&row.conditions, now));
        out.extend(from_object(world, &object, t!("live-label-finalizers"), finalizers));
        out.push(heading(t!("live-events")));
        out.extend(events_of(world, &object, now, 8));
        out
    }
}

/// The finalizers of a namespace: its own, and those that its controller waits for.
fn finalizers(row: &ObjectRow) -> Vec<Line> {
    let own = row.finalizers();
    let spec = row.list("/spec/finalizers").iter().filter_map(Value::as_str);
    own.chain(spec).map(|f| field(t!("live-label-finalizer"), f.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::NamespaceRow;
    use crate::testing::{World, condition, meta, now};
    use serde_json::json;

    #[test]
    fn a_namespace_that_does_not_go_says_what_keeps_it() {
        let message = "shop.example/flush in 1 resource instances";
        let kept = condition("NamespaceFinalizersRemaining", "True", "SomeFinalizersRemain", message, 60);
        let row = NamespaceRow {
            meta: meta("", "preview"),
            phase: "Terminating".into(),
            conditions: [kept].into(),
        };
        let object = json!({"kind": "Namespace", "metadata": {"name": "preview"}, "spec": {"finalizers": ["kubernetes"]}});
        let world = World::new().with(|w| &mut w.namespaces, row).object(object);
        let lines = Namespaces.detail(&world.0, &RowKey::new("", "preview"), now());
        let text: Vec<String> = lines.iter().map(|l| l.iter().map(|c| c.text.as_str()).collect()).collect();
        let text = text.join("\n");
        assert!(text.contains("finalizer    kubernetes"), "{text}");
        assert!(
            text.contains("✖ NamespaceFinalizersRemaining") && text.contains("shop.example/flush"),
            "{text}"
        );
    }
}
