//! The columns of pods.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::age;
use super::{Layout, or_none};
use crate::practice::clock::parse;
use crate::practice::obj::{condition, int, list, name, terminating, text, truth};

pub static LAYOUT: Layout = Layout {
    columns: &[
        ("Name", "string", false),
        ("Ready", "string", false),
        ("Status", "string", false),
        ("Restarts", "string", false),
        ("Age", "string", false),
        ("IP", "string", true),
        ("Node", "string", true),
        ("Nominated Node", "string", true),
        ("Readiness Gates", "string", true),
    ],
    cells,
};

fn cells(pod: &Value, now: Timestamp) -> Vec<Value> {
    let statuses = list(pod, "/status/containerStatuses");
    let ready = statuses.iter().filter(|s| truth(s, "/ready") && s["state"]["running"].is_object()).count();
    vec![
        json!(name(pod)),
        json!(format!("{ready}/{}", list(pod, "/spec/containers").len())),
        json!(reason(pod)),
        json!(restarts(statuses, now)),
        age::of(pod, now),
        or_none(text(pod, "/status/podIP")),
        or_none(text(pod, "/spec/nodeName")),
        or_none(text(pod, "/status/nominatedNodeName")),
        json!("<none>"),
    ]
}

fn restarts(statuses: &[Value], now: Timestamp) -> String {
    let count: i64 = statuses.iter().filter_map(|s| int(s, "/restartCount")).sum();
    let last = statuses.iter().filter_map(|s| parse(text(s, "/lastState/terminated/finishedAt"))).max();
    match last {
        Some(at) if count > 0 => format!("{count} ({} ago)", age::human(now.as_second() - at.as_second())),
        _ => count.to_string(),
    }
}

/// The STATUS column: the most telling reason.
fn reason(pod: &Value) -> String {
    let phase = text(pod, "/status/phase");
    let own = text(pod, "/status/reason");
    let mut reason = if own.is_empty() { phase } else { own }.to_owned();
    if condition(pod, "PodScheduled").is_some_and(|c| text(c, "/reason") == "SchedulingGated") {
        "SchedulingGated".clone_into(&mut reason);
    }
    match init_reason(pod) {
        Some(init) => reason = init,
        None => plain_reason(pod, &mut reason),
    }
    if terminating(pod) && own == "NodeLost" {
        return "Unknown".to_owned();
    }
    if terminating(pod) && !matches!(phase, "Succeeded" | "Failed") {
        return "Terminating".to_owned();
    }
    reason
}

/// What the init containers still have to say.
fn init_reason(pod: &Value) -> Option<String> {
    let statuses = list(pod, "/status/initContainerStatuses");
    let total = list(pod, "/spec/initContainers").len();
    for (at, status) in statuses.iter().enumerate() {
        let (state, waiting) = (&status["state"], text(status, "/state/waiting/reason"));
        if state["terminated"].is_object() && int(state, "/terminated/exitCode") == Some(0) {
            continue;
        }
        if state["terminated"].is_object() {
            return Some(format!("Init:{}", ended(state)));
        }
        if !waiting.is_empty() && waiting != "PodInitializing" {
            return Some(format!("Init:{waiting}"));
        }
        return Some(format!("Init:{at}/{total}"));
    }
    None
}

fn ended(state: &Value) -> String {
    let reason = text(state, "/terminated/reason");
    if reason.is_empty() {
        format!("ExitCode:{}", int(state, "/terminated/exitCode").unwrap_or(0))
    } else {
        reason.to_owned()
    }
}

fn plain_reason(pod: &Value, reason: &mut String) {
    let mut running = false;
    for status in list(pod, "/status/containerStatuses").iter().rev() {
        let waiting = text(status, "/state/waiting/reason");
        if !waiting.is_empty() {
            waiting.clone_into(reason);
        } else if status["state"]["terminated"].is_object() {
            *reason = ended(&status["state"]);
        } else if truth(status, "/ready") && status["state"]["running"].is_object() {
            running = true;
        }
    }
    if reason == "Completed" && running {
        let ready = condition(pod, "Ready").is_some_and(|c| text(c, "/status") == "True");
        if ready { "Running" } else { "NotReady" }.clone_into(reason);
    }
}
