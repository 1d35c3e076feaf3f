//! The columns of events.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Layout, age};
use crate::practice::obj::{int, name, text};

pub static LAYOUT: Layout = Layout {
    columns: &[
        ("Last Seen", "string", false),
        ("Type", "string", false),
        ("Reason", "string", false),
        ("Object", "string", false),
        ("Subobject", "string", true),
        ("Source", "string", true),
        ("Message", "string", false),
        ("First Seen", "string", true),
        ("Count", "string", true),
        ("Name", "string", true),
    ],
    cells,
};

fn cells(event: &Value, now: Timestamp) -> Vec<Value> {
    let object = format!(
        "{}/{}",
        text(event, "/involvedObject/kind").to_lowercase(),
        text(event, "/involvedObject/name")
    );
    // Events of the newer API have an eventTime only, and a reporting component in place of the source.
    let first = if event["firstTimestamp"].is_null() { "/eventTime" } else { "/firstTimestamp" };
    let last = if event["lastTimestamp"].is_null() { first } else { "/lastTimestamp" };
    let (component, host) = (text(event, "/source/component"), text(event, "/source/host"));
    let component = if component.is_empty() { text(event, "/reportingComponent") } else { component };
    let source = if host.is_empty() { component.to_owned() } else { format!("{component}, {host}") };
    vec![
        json!(age::since(event, last, now)),
        event["type"].clone(),
        event["reason"].clone(),
        json!(object),
        json!(text(event, "/involvedObject/fieldPath")),
        json!(source),
        json!(text(event, "/message").trim()),
        json!(age::since(event, first, now)),
        json!(int(event, "/count").unwrap_or(1)),
        json!(name(event)),
    ]
}
