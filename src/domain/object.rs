//! Objects that are not watched by kind: followed one by one, or a collection at a time, because something on
//! the screen needs them. They are kept as they came, without what nobody reads and without secret values.

use std::sync::Arc;

use imbl::OrdMap;
use serde_json::Value;

use super::{Condition, Kind, Labels, Meta, Namespaces, ObjectKey, Owner, RowKey, Str, SyncState, Timestamp};
use crate::lang::t;

/// What is to be followed: one object, a namespace's objects of a kind, or all of a kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interest {
    pub kind: Kind,
    pub namespace: Option<Str>,
    pub name: Option<Str>,
}

impl Interest {
    /// One object.
    pub fn one(key: &ObjectKey) -> Interest {
        let namespace = key.kind.meta().namespaced.then(|| key.row.namespace.clone());
        Interest { kind: key.kind, namespace, name: Some(key.row.name.clone()) }
    }

    /// The objects of a kind in one namespace.
    pub fn within(kind: Kind, namespace: impl Into<Str>) -> Interest {
        Interest { kind, namespace: Some(namespace.into()), name: None }
    }

    /// Every object of a kind.
    pub fn all(kind: Kind) -> Interest {
        Interest { kind, namespace: None, name: None }
    }

    /// The request path of the collection that is read.
    pub fn path(&self) -> String {
        self.kind.path(self.namespace.as_deref())
    }
}

impl std::fmt::Display for Interest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.namespace, &self.name) {
            (Some(ns), Some(name)) => write!(f, "{} {ns}/{name}", self.kind),
            (None, Some(name)) => write!(f, "{} {name}", self.kind),
            (Some(ns), None) => {
                write!(f, "{}", t!("domain-objects-in", plural = self.kind.meta().plural, namespace = ns))
            }
            (None, None) => f.write_str(self.kind.meta().plural),
        }
    }
}

/// An object as the server gave it. `managedFields` are left out; the values of a Secret are hidden.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectRow {
    pub meta: Meta,
    pub value: Value,
}

impl ObjectRow {
    /// Reads an object in JSON. Control characters are taken out of what names it.
    pub fn read(mut value: Value) -> ObjectRow {
        let meta = meta(&value["metadata"]);
        if let Some(fields) = value.get_mut("metadata").and_then(Value::as_object_mut) {
            fields.shift_remove("managedFields");
        }
        hide_secrets(&mut value);
        ObjectRow { meta, value }
    }

    /// The text at a JSON pointer, empty where there is none.
    pub fn text(&self, pointer: &str) -> &str {
        self.value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    /// The whole number at a JSON pointer.
    pub fn number(&self, pointer: &str) -> Option<i64> {
        self.value.pointer(pointer).and_then(Value::as_i64)
    }

    /// The list at a JSON pointer, empty where there is none.
    pub fn list(&self, pointer: &str) -> &[Value] {
        self.value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    pub fn annotation(&self, name: &str) -> Option<&str> {
        self.value["metadata"]["annotations"][name].as_str()
    }

    pub fn finalizers(&self) -> impl Iterator<Item = &str> {
        self.list("/metadata/finalizers").iter().filter_map(Value::as_str)
    }

    /// A condition of the status.
    pub fn condition(&self, kind: &str) -> Option<Condition> {
        let found = self.list("/status/conditions").iter().find(|c| c["type"] == kind)?;
        let text = |field: &str| Str::from(super::sanitize(found[field].as_str().unwrap_or_default()));
        let since = found["lastTransitionTime"].as_str().and_then(|t| t.parse().ok());
        Some(Condition {
            kind: kind.into(),
            status: text("status"),
            reason: text("reason"),
            message: text("message"),
            since,
        })
    }
}

fn meta(from: &Value) -> Meta {
    let text = |field: &str| -> Str { super::sanitize(from[field].as_str().unwrap_or_default()).into() };
    let time = |field: &str| from[field].as_str().and_then(|t| t.parse::<Timestamp>().ok());
    let pairs = from["labels"].as_object().into_iter().flatten();
    let labels: Labels =
        pairs.map(|(k, v)| (k.as_str().into(), v.as_str().unwrap_or_default().into())).collect();
    let owner = from["ownerReferences"].as_array().into_iter().flatten().find(|o| o["controller"] == true);
    let of = |owner: &Value, field: &str| Str::from(owner[field].as_str().unwrap_or_default());
    Meta {
        namespace: text("namespace"),
        name: text("name"),
        uid: from["uid"].as_str().unwrap_or_default().into(),
        version: from["resourceVersion"].as_str().unwrap_or_default().into(),
        created: time("creationTimestamp"),
        deleting: time("deletionTimestamp"),
        labels,
        owner: owner.map(|o| Owner { kind: of(o, "kind"), name: of(o, "name") }),
    }
}

/// Replaces the data of a Secret, and the copy of it that kubectl apply keeps in an annotation.
pub fn hide_secrets(object: &mut Value) {
    if object["kind"] != "Secret" {
        return;
    }
    for field in ["data", "stringData"] {
        if let Some(data) = object.get_mut(field).and_then(Value::as_object_mut) {
            data.values_mut().for_each(|v| *v = Value::from("(hidden)"));
        }
    }
    if let Some(annotations) = object.pointer_mut("/metadata/annotations").and_then(Value::as_object_mut) {
        annotations.shift_remove("kubectl.kubernetes.io/last-applied-configuration");
    }
}

/// What is known of one interest.
#[derive(Clone, Debug, Default)]
pub struct Followed {
    pub state: SyncState,
    pub rows: OrdMap<RowKey, Arc<ObjectRow>>,
    /// The only namespaces that are read, where the whole cluster is forbidden.
    pub only: Option<Namespaces>,
    /// There were too many: some are missing, so that absence says nothing.
    pub cut: bool,
    /// The latest look that it was heard of since.
    pub look: u64,
    /// Grows with every change of the rows.
    pub seq: u64,
}

impl Followed {
    /// Whether the rows tell what is in a namespace.
    pub fn covers(&self, namespace: &str) -> bool {
        !self.cut && self.only.as_ref().is_none_or(|only| only.contains(namespace))
    }

    pub fn put(&mut self, row: ObjectRow) {
        self.seq += 1;
        self.rows.insert(row.meta.key(), Arc::new(row));
    }

    pub fn take_out(&mut self, key: &RowKey) {
        self.seq += 1;
        self.rows.remove(key);
    }
}

/// The answer to a question for one object.
#[derive(Clone, Debug)]
pub enum Looked<'a> {
    Present(&'a Arc<ObjectRow>),
    /// It was looked for and is not there.
    Absent,
    /// Not read yet; the answer comes by itself once the interest is followed.
    Reading,
    /// It cannot be read, and why.
    Failed(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_object_is_read_without_noise_and_secrets() {
        let row = ObjectRow::read(json!({
            "kind": "Secret",
            "metadata": {
                "name": "s", "namespace": "shop", "uid": "u", "resourceVersion": "7", "managedFields": [{}],
                "labels": {"a": "b"}, "finalizers": ["x/y"],
                "ownerReferences": [{"kind": "Gizmo", "name": "g", "controller": true}],
                "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "hunter2"},
            },
            "data": {"password": "cGFzc3dvcmQ="},
        }));
        assert_eq!((row.meta.key().to_string().as_str(), &*row.meta.version), ("shop/s", "7"));
        assert_eq!(row.meta.label("a"), Some("b"));
        assert_eq!(&*row.meta.owner.as_ref().unwrap().kind, "Gizmo");
        assert_eq!(row.finalizers().collect::<Vec<_>>(), ["x/y"]);
        let text = row.value.to_string();
        assert!(
            !text.contains("cGFz") && !text.contains("managedFields") && !text.contains("hunter2"),
            "{text}"
        );
    }

    #[test]
    fn an_interest_says_what_it_is_and_where() {
        let key = ObjectKey::new(Kind::PersistentVolumeClaim, "shop", "data");
        assert_eq!(Interest::one(&key).to_string(), "PersistentVolumeClaim shop/data");
        assert_eq!(Interest::one(&key).path(), "/api/v1/namespaces/shop/persistentvolumeclaims");
        assert_eq!(Interest::all(Kind::CronJob).to_string(), "cronjobs");
    }
}
