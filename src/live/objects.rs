//! Objects of the kinds that are not watched: what every object has, and what its status says. A kind that
//! deserves more gets a view of its own, in a file of its own.

use std::sync::LazyLock;

use serde_json::Value;

use super::{Cell, Column, Line, LiveView, Tone, ViewMeta, field, fill, fixed, heading, kept};
use crate::domain::{
    ClusterSnapshot, Interest, Kind, Looked, ObjectKey, ObjectRow, RowKey, Timestamp, age, age_short,
};
use crate::lang::t;

/// The view of one kind.
pub struct Objects {
    meta: ViewMeta,
}

const COLUMNS: &[Column] = &[fixed("NAMESPACE", 16), fill("NAME", 24), kept("STATUS", 22), fixed("AGE", 5)];

static VIEWS: LazyLock<Vec<Objects>> = LazyLock::new(|| {
    let of = |kind: &Kind| Objects {
        meta: ViewMeta {
            id: kind.meta().plural,
            // The views live as long as the program.
            title: several(kind.name(), kind.meta().plural).leak(),
            kind: *kind,
            columns: COLUMNS,
            sort: None,
        },
    };
    Kind::ALL.iter().filter(|k| !k.watched()).map(of).collect()
});

/// The name of a kind for several objects: `NetworkPolicies`, from its name and its plural, which is in small letters.
fn several(name: &str, plural: &str) -> String {
    let same = name.chars().zip(plural.chars()).take_while(|(a, b)| a.to_lowercase().eq(b.to_lowercase()));
    let same = same.count();
    name.chars().take(same).chain(plural.chars().skip(same)).collect()
}

/// The view of a kind that is not watched.
pub fn of(kind: Kind) -> Option<&'static Objects> {
    VIEWS.iter().find(|view| view.meta.kind == kind)
}

/// A word for how the object is: being deleted, its phase, or its first condition that says no.
pub(super) fn status(row: &ObjectRow) -> Cell {
    if row.meta.deleting.is_some() {
        return Cell::new("Terminating", Tone::Warn);
    }
    let phase = row.text("/status/phase");
    if !phase.is_empty() {
        let good = matches!(phase, "Bound" | "Available" | "Active" | "Running" | "Succeeded");
        return Cell::new(phase, if good { Tone::Good } else { Tone::Warn });
    }
    if let (Some(wanted), ready) = (row.number("/spec/replicas"), row.number("/status/readyReplicas")) {
        let ready = ready.unwrap_or(0);
        let tone = if ready >= wanted { Tone::Good } else { Tone::Warn };
        return Cell::new(t!("live-ready", ready = ready, wanted = wanted), tone);
    }
    if row.value["spec"]["suspend"] == true {
        return Cell::new(t!("live-objects-suspended"), Tone::Warn);
    }
    let last = row.list("/status/conditions").last();
    let word = last.map(|c| {
        let kind = c["type"].as_str().unwrap_or_default();
        if c["status"] == "False" { t!("live-objects-not", condition = kind) } else { kind.to_owned() }
    });
    Cell::new(word.unwrap_or_default(), Tone::Plain)
}

/// A condition in its own words. Whether it is good that it holds is known of a few kinds only.
fn condition(condition: &Value) -> Vec<Line> {
    const GOOD: &[&str] = &["Ready", "Available", "Established", "Complete", "Bound"];
    let text = |name: &str| crate::domain::sanitize(condition[name].as_str().unwrap_or_default());
    let (kind, status) = (text("type"), text("status"));
    let wrong = GOOD.contains(&kind.as_str()) && status != "True";
    let tone = if wrong { Tone::Warn } else { Tone::Plain };
    let mut out = vec![field(
        t!("live-label-condition"),
        Cell::new(format!("{kind} {status}  {}", text("reason")), tone),
    )];
    if wrong && !text("message").is_empty() {
        out.push(vec![Cell::from(format!("    {}", text("message").replace('\n', " ")))]);
    }
    out
}

/// The fields of the top that a person reads first, as lines of path and value.
fn lines(out: &mut Vec<Line>, path: &str, value: &Value) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                lines(out, &path, value);
            }
        }
        Value::Array(items) if items.iter().any(|i| i.is_object() || i.is_array()) => {
            for (at, item) in items.iter().enumerate() {
                lines(out, &format!("{path}[{at}]"), item);
            }
        }
        Value::Null => {}
        Value::String(text) => out.push(field(path, crate::domain::sanitize(text).replace('\n', "⏎"))),
        other => out.push(field(path, other.to_string())),
    }
}

impl LiveView for Objects {
    fn meta(&self) -> &'static ViewMeta {
        // The views live as long as the program.
        &of(self.meta.kind).expect("a view is made for each kind that is not watched").meta
    }

    fn cells(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Option<Vec<Cell>> {
        let Looked::Present(row) = world.object(&ObjectKey { kind: self.meta.kind, row: key.clone() }) else {
            return None;
        };
        Some(vec![
            Cell::new(&*row.meta.namespace, Tone::Faint),
            Cell::new(&*row.meta.name, Tone::Strong),
            status(row),
            row.meta.created.map(|t| age_short(t, now)).unwrap_or_default().into(),
        ])
    }

    fn reads(&self, _: &ClusterSnapshot, key: &RowKey) -> Vec<Interest> {
        vec![Interest::one(&ObjectKey { kind: self.meta.kind, row: key.clone() })]
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let mut out = vec![vec![Cell::new(key.to_string(), Tone::Strong)]];
        let row = match world.object(&ObjectKey { kind: self.meta.kind, row: key.clone() }) {
            Looked::Present(row) => row,
            Looked::Absent => {
                out.push(vec![Cell::new(t!("live-not-in-the-cluster"), Tone::Warn)]);
                return out;
            }
            Looked::Reading => {
                out.push(vec![Cell::new(t!("live-is-being-read"), Tone::Faint)]);
                return out;
            }
            Looked::Failed(why) => {
                out.push(vec![Cell::new(t!("live-cannot-be-read", why = why), Tone::Bad)]);
                return out;
            }
        };
        out.push(field(t!("live-label-status"), status(row)));
        if let Some(at) = row.meta.created {
            out.push(field(t!("live-label-created"), t!("live-ago", age = age(at, now))));
        }
        if let Some(at) = row.meta.deleting {
            let since = t!("live-since", age = age(at, now));
            out.push(field(t!("live-label-deleting"), Cell::new(since, Tone::Warn)));
        }
        for finalizer in row.finalizers() {
            out.push(field(t!("live-label-finalizer"), finalizer.to_owned()));
        }
        out.extend(row.list("/status/conditions").iter().flat_map(condition));
        // Kubernetes' own names of the parts.
        for (title, part) in [("Spec", "spec"), ("Data", "data"), ("Status", "status")] {
            let mut found = Vec::new();
            lines(&mut found, "", &row.value[part]);
            if !found.is_empty() {
                out.push(heading(title));
                out.append(&mut found);
            }
        }
        out.push(heading(t!("live-events")));
        out.extend(super::events_of(world, &ObjectKey { kind: self.meta.kind, row: key.clone() }, now, 8));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Followed, SyncState};
    use crate::testing::{World, now};
    use serde_json::json;

    #[test]
    fn a_table_of_several_is_called_so() {
        let title = |kind| super::super::of(kind).meta().title;
        assert_eq!(title(Kind::Service), "Services");
        assert_eq!(title(Kind::PersistentVolumeClaim), "PersistentVolumeClaims");
        assert_eq!(several("NetworkPolicy", "networkpolicies"), "NetworkPolicies");
        assert_eq!(several("Endpoints", "endpoints"), "Endpoints");
    }

    #[test]
    fn a_followed_object_has_a_row_and_lines_and_one_that_is_not_says_so() {
        let mut world = World::new();
        let mut followed = Followed { state: SyncState::Live, ..Followed::default() };
        followed.put(ObjectRow::read(json!({
            "metadata": {"name": "data", "namespace": "shop", "finalizers": ["kubernetes.io/pvc-protection"]},
            "spec": {"resources": {"requests": {"storage": "1Gi"}}}, "status": {"phase": "Bound"},
        })));
        world.0.followed.insert(Interest::all(Kind::PersistentVolumeClaim), followed);
        let view = super::super::of(Kind::PersistentVolumeClaim);
        let key = RowKey::new("shop", "data");
        let cells = view.cells(&world.0, &key, now()).unwrap();
        assert_eq!(cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(), ["shop", "data", "Bound", ""]);
        let text = |key: &RowKey| {
            let lines = view.detail(&world.0, key, now());
            lines.iter().flatten().map(|c| c.text.clone()).collect::<Vec<_>>().join(" ")
        };
        assert!(text(&key).contains("resources.requests.storage"), "{}", text(&key));
        assert!(text(&key).contains("pvc-protection"));
        assert!(text(&RowKey::new("shop", "gone")).contains("is not in the cluster"));
    }
}
