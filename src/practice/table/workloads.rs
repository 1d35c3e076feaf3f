//! The columns of the workloads.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Layout, age};
use crate::practice::obj::{int, list, name, text};

pub static DEPLOYMENT: Layout = Layout {
    columns: &[
        ("Name", "string", false),
        ("Ready", "string", false),
        ("Up-to-date", "string", false),
        ("Available", "string", false),
        ("Age", "string", false),
        ("Containers", "string", true),
        ("Images", "string", true),
        ("Selector", "string", true),
    ],
    cells: deployment,
};

pub static REPLICA_SET: Layout = Layout {
    columns: &[
        ("Name", "string", false),
        ("Desired", "integer", false),
        ("Current", "integer", false),
        ("Ready", "integer", false),
        ("Age", "string", false),
        ("Containers", "string", true),
        ("Images", "string", true),
        ("Selector", "string", true),
    ],
    cells: replica_set,
};

pub static STATEFUL_SET: Layout = Layout {
    columns: &[
        ("Name", "string", false),
        ("Ready", "string", false),
        ("Age", "string", false),
        ("Containers", "string", true),
        ("Images", "string", true),
    ],
    cells: stateful_set,
};

pub static DAEMON_SET: Layout = Layout {
    columns: &[
        ("Name", "string", false),
        ("Desired", "integer", false),
        ("Current", "integer", false),
        ("Ready", "integer", false),
        ("Up-to-date", "integer", false),
        ("Available", "integer", false),
        ("Node Selector", "string", false),
        ("Age", "string", false),
        ("Containers", "string", true),
        ("Images", "string", true),
        ("Selector", "string", true),
    ],
    cells: daemon_set,
};

fn count(object: &Value, at: &str) -> i64 {
    int(object, at).unwrap_or(0)
}

/// Containers and images.
fn template(object: &Value) -> [Value; 2] {
    let all = list(object, "/spec/template/spec/containers");
    ["/name", "/image"].map(|at| json!(all.iter().map(|c| text(c, at)).collect::<Vec<_>>().join(",")))
}

fn pairs(map: &Value) -> Value {
    let pairs = map.as_object().into_iter().flatten();
    let text =
        pairs.map(|(k, v)| format!("{k}={}", v.as_str().unwrap_or_default())).collect::<Vec<_>>().join(",");
    json!(if text.is_empty() { "<none>" } else { &text })
}

fn ready(object: &Value) -> Value {
    json!(format!("{}/{}", count(object, "/status/readyReplicas"), count(object, "/spec/replicas")))
}

fn deployment(object: &Value, now: Timestamp) -> Vec<Value> {
    let [containers, images] = template(object);
    vec![
        json!(name(object)),
        ready(object),
        json!(count(object, "/status/updatedReplicas")),
        json!(count(object, "/status/availableReplicas")),
        age::of(object, now),
        containers,
        images,
        pairs(&object["spec"]["selector"]["matchLabels"]),
    ]
}

fn replica_set(object: &Value, now: Timestamp) -> Vec<Value> {
    let [containers, images] = template(object);
    vec![
        json!(name(object)),
        json!(count(object, "/spec/replicas")),
        json!(count(object, "/status/replicas")),
        json!(count(object, "/status/readyReplicas")),
        age::of(object, now),
        containers,
        images,
        pairs(&object["spec"]["selector"]["matchLabels"]),
    ]
}

fn stateful_set(object: &Value, now: Timestamp) -> Vec<Value> {
    let [containers, images] = template(object);
    vec![json!(name(object)), ready(object), age::of(object, now), containers, images]
}

fn daemon_set(object: &Value, now: Timestamp) -> Vec<Value> {
    let [containers, images] = template(object);
    vec![
        json!(name(object)),
        json!(count(object, "/status/desiredNumberScheduled")),
        json!(count(object, "/status/currentNumberScheduled")),
        json!(count(object, "/status/numberReady")),
        json!(count(object, "/status/updatedNumberScheduled")),
        json!(count(object, "/status/numberAvailable")),
        pairs(&object["spec"]["template"]["spec"]["nodeSelector"]),
        age::of(object, now),
        containers,
        images,
        pairs(&object["spec"]["selector"]["matchLabels"]),
    ]
}
