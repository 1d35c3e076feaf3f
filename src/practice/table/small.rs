//! The columns of the small kinds, and the generic ones.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Layout, age, or_none};
use crate::practice::obj::{controller, int, list, name, text};

pub static GENERIC: Layout = Layout {
    columns: &[("Name", "string", false), ("Age", "string", false)],
    cells: |o, now| vec![json!(name(o)), age::of(o, now)],
};

pub static BUDGET: Layout = Layout {
    columns: &[
        ("Name", "string", false),
        ("Min Available", "string", false),
        ("Max Unavailable", "string", false),
        ("Allowed Disruptions", "integer", false),
        ("Age", "string", false),
    ],
    cells: budget,
};

pub static NAMESPACE: Layout = Layout {
    columns: &[("Name", "string", false), ("Status", "string", false), ("Age", "string", false)],
    cells: |o, now| vec![json!(name(o)), json!(text(o, "/status/phase")), age::of(o, now)],
};

pub static LEASE: Layout = Layout {
    columns: &[("Name", "string", false), ("Holder", "string", false), ("Age", "string", false)],
    cells: |o, now| vec![json!(name(o)), json!(text(o, "/spec/holderIdentity")), age::of(o, now)],
};

pub static CONFIG_MAP: Layout = Layout {
    columns: &[("Name", "string", false), ("Data", "string", false), ("Age", "string", false)],
    cells: |o, now| vec![json!(name(o)), json!(entries(o, &["data", "binaryData"])), age::of(o, now)],
};

pub static SECRET: Layout = Layout {
    columns: &[
        ("Name", "string", false),
        ("Type", "string", false),
        ("Data", "string", false),
        ("Age", "string", false),
    ],
    cells: |o, now| {
        vec![json!(name(o)), json!(text(o, "/type")), json!(entries(o, &["data"])), age::of(o, now)]
    },
};

pub static SERVICE: Layout = Layout {
    columns: &[
        ("Name", "string", false),
        ("Type", "string", false),
        ("Cluster-IP", "string", false),
        ("External-IP", "string", false),
        ("Port(s)", "string", false),
        ("Age", "string", false),
        ("Selector", "string", true),
    ],
    cells: service,
};

pub static ACCOUNT: Layout = Layout {
    columns: &[("Name", "string", false), ("Secrets", "string", false), ("Age", "string", false)],
    cells: |o, now| vec![json!(name(o)), json!(list(o, "/secrets").len()), age::of(o, now)],
};

pub static SLICE: Layout = Layout {
    columns: &[
        ("Name", "string", false),
        ("AddressType", "string", false),
        ("Ports", "string", false),
        ("Endpoints", "string", false),
        ("Age", "string", false),
    ],
    cells: slice,
};

pub static REVISION: Layout = Layout {
    columns: &[
        ("Name", "string", false),
        ("Controller", "string", false),
        ("Revision", "string", false),
        ("Age", "string", false),
    ],
    cells: revision,
};

fn entries(object: &Value, keys: &[&str]) -> usize {
    keys.iter().filter_map(|k| object[*k].as_object()).map(serde_json::Map::len).sum()
}

/// An int-or-string, or `N/A`.
fn amount(value: &Value) -> Value {
    match value {
        Value::Null => json!("N/A"),
        Value::String(s) => json!(s),
        other => json!(other.to_string()),
    }
}

fn budget(object: &Value, now: Timestamp) -> Vec<Value> {
    vec![
        json!(name(object)),
        amount(&object["spec"]["minAvailable"]),
        amount(&object["spec"]["maxUnavailable"]),
        json!(int(object, "/status/disruptionsAllowed").unwrap_or(0)),
        age::of(object, now),
    ]
}

fn service(object: &Value, now: Timestamp) -> Vec<Value> {
    let ports = list(object, "/spec/ports").iter().map(|p| {
        let node = int(p, "/nodePort").map_or(String::new(), |n| format!(":{n}"));
        format!("{}{node}/{}", int(p, "/port").unwrap_or(0), text(p, "/protocol"))
    });
    let selector = object["spec"]["selector"].as_object();
    let pairs =
        selector.into_iter().flatten().map(|(k, v)| format!("{k}={}", v.as_str().unwrap_or_default()));
    vec![
        json!(name(object)),
        json!(text(object, "/spec/type")),
        or_none(text(object, "/spec/clusterIP")),
        json!("<none>"),
        or_none(&ports.collect::<Vec<_>>().join(",")),
        age::of(object, now),
        or_none(&pairs.collect::<Vec<_>>().join(",")),
    ]
}

fn revision(object: &Value, now: Timestamp) -> Vec<Value> {
    let owner =
        controller(object).map(|c| format!("{}.apps/{}", text(c, "/kind").to_lowercase(), text(c, "/name")));
    let number = int(object, "/revision").unwrap_or(0).to_string();
    vec![json!(name(object)), or_none(&owner.unwrap_or_default()), json!(number), age::of(object, now)]
}

fn slice(object: &Value, now: Timestamp) -> Vec<Value> {
    let ports: Vec<_> =
        list(object, "/ports").iter().filter_map(|p| int(p, "/port")).map(|p| p.to_string()).collect();
    let addresses =
        list(object, "/endpoints").iter().flat_map(|e| list(e, "/addresses")).filter_map(Value::as_str);
    let addresses: Vec<_> = addresses.collect();
    let more = addresses.len().saturating_sub(3);
    let mut shown = addresses[..addresses.len() - more].join(",");
    if more > 0 {
        shown = format!("{shown} + {more} more...");
    }
    let unset = |text: String| json!(if text.is_empty() { "<unset>".to_owned() } else { text });
    vec![
        json!(name(object)),
        object["addressType"].clone(),
        unset(ports.join(",")),
        unset(shown),
        age::of(object, now),
    ]
}
