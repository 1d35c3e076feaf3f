//! meta.k8s.io Tables: what kubectl prints. Columns and cells are those of the real API server.
//!
//! One more kind: a [`Layout`] in one of the files, and an arm in [`layout`]. Kinds without one get NAME and AGE.

mod age;
mod events;
mod nodes;
mod pods;
mod small;
mod workloads;

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::api::partial;
use super::kinds::Kind;

/// A column: header, `string`, `integer` or `date`, and whether it is only for wide output.
pub type Column = (&'static str, &'static str, bool);

/// The columns of a kind and the cells of an object.
pub struct Layout {
    pub columns: &'static [Column],
    pub cells: fn(&Value, Timestamp) -> Vec<Value>,
}

fn layout(kind: Kind) -> &'static Layout {
    match kind {
        Kind::Pod => &pods::LAYOUT,
        Kind::Node => &nodes::LAYOUT,
        Kind::Event => &events::LAYOUT,
        Kind::Deployment => &workloads::DEPLOYMENT,
        Kind::ReplicaSet => &workloads::REPLICA_SET,
        Kind::StatefulSet => &workloads::STATEFUL_SET,
        Kind::DaemonSet => &workloads::DAEMON_SET,
        Kind::PodDisruptionBudget => &small::BUDGET,
        Kind::Namespace => &small::NAMESPACE,
        Kind::Lease => &small::LEASE,
        Kind::ConfigMap => &small::CONFIG_MAP,
        Kind::Secret => &small::SECRET,
        Kind::Service => &small::SERVICE,
        Kind::ControllerRevision => &small::REVISION,
        Kind::ServiceAccount => &small::ACCOUNT,
        Kind::EndpointSlice => &small::SLICE,
        _ => &small::GENERIC,
    }
}

/// The Table of some objects; `include` is the `includeObject` of the request.
pub fn of(
    kind: Kind,
    rows: &[Arc<Value>],
    include: &str,
    now: Timestamp,
    metadata: &Value,
    columns: bool,
) -> Value {
    let layout = layout(kind);
    let rows: Vec<_> = rows
        .iter()
        .map(|object| {
            let mut row = json!({"cells": (layout.cells)(object, now)});
            match include {
                "None" => {}
                "Object" => row["object"] = (**object).clone(),
                _ => row["object"] = partial(object),
            }
            row
        })
        .collect();
    table(layout, &rows, metadata, columns)
}

/// The Table of a bookmark: one row without cells that carries the bookmark object.
pub fn bookmark(kind: Kind, object: &Value, metadata: &Value, columns: bool) -> Value {
    let layout = layout(kind);
    let cells: Vec<Value> = layout.columns.iter().map(|_| json!("")).collect();
    table(layout, &[json!({"cells": cells, "object": partial(object)})], metadata, columns)
}

fn table(layout: &Layout, rows: &[Value], metadata: &Value, columns: bool) -> Value {
    let definitions: Vec<_> = layout
        .columns
        .iter()
        .filter(|_| columns)
        .map(|(name, kind, wide)| {
            let format = if *name == "Name" { "name" } else { "" };
            json!({"name": name, "type": kind, "format": format, "description": "", "priority": i32::from(*wide)})
        })
        .collect();
    json!({
        "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
        "columnDefinitions": definitions, "rows": rows,
    })
}

/// A text or `<none>`.
fn or_none(text: &str) -> Value {
    json!(if text.is_empty() { "<none>" } else { text })
}
