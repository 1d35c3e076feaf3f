//! The columns of nodes.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Layout, age, or_none};
use crate::practice::obj::{condition, list, name, text, truth};

pub static LAYOUT: Layout = Layout {
    columns: &[
        ("Name", "string", false),
        ("Status", "string", false),
        ("Roles", "string", false),
        ("Age", "string", false),
        ("Version", "string", false),
        ("Internal-IP", "string", true),
        ("External-IP", "string", true),
        ("OS-Image", "string", true),
        ("Kernel-Version", "string", true),
        ("Container-Runtime", "string", true),
    ],
    cells,
};

fn cells(node: &Value, now: Timestamp) -> Vec<Value> {
    let address = |kind: &str| {
        let found = list(node, "/status/addresses").iter().find(|a| text(a, "/type") == kind);
        or_none(found.map_or("", |a| text(a, "/address")))
    };
    let info = |key: &str| json!(text(node, &format!("/status/nodeInfo/{key}")));
    vec![
        json!(name(node)),
        json!(status(node)),
        or_none(&roles(node)),
        age::of(node, now),
        info("kubeletVersion"),
        address("InternalIP"),
        address("ExternalIP"),
        info("osImage"),
        info("kernelVersion"),
        info("containerRuntimeVersion"),
    ]
}

fn status(node: &Value) -> String {
    let ready = condition(node, "Ready").map_or("Unknown", |c| match text(c, "/status") {
        "True" => "Ready",
        _ => "NotReady",
    });
    if truth(node, "/spec/unschedulable") { format!("{ready},SchedulingDisabled") } else { ready.to_owned() }
}

fn roles(node: &Value) -> String {
    let labels = node["metadata"]["labels"].as_object();
    let mut roles: Vec<_> = labels
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| match key.strip_prefix("node-role.kubernetes.io/") {
            Some(role) => Some(role),
            None if key == "kubernetes.io/role" => value.as_str(),
            None => None,
        })
        .filter(|role| !role.is_empty())
        .collect();
    roles.sort_unstable();
    roles.join(",")
}
