//! The record of a session as JSON: the same facts and words as in the other forms, for programs. Times are RFC 3339 in UTC.
//!
//! Must not lose a character: what steers a terminal is written as an escape.

use serde_json::{Value, json};

use super::account::Row;
use super::export::ended;
use super::outcome::over;
use super::plot::series;
use super::{Report, What};
use crate::domain::Timestamp;

/// Renders the whole session.
pub fn json(report: &Report) -> String {
    let state = &report.state;
    let over = over(report);
    let facts: serde_json::Map<String, Value> =
        report.facts().into_iter().map(|f| (f.key.to_owned(), json!(f.value))).collect();
    let findings = report.events.iter().filter_map(|e| match &e.what {
        What::Finding { detector, subject, title, evidence } => {
            Some(json!({"at": time(e.at), "detector": detector, "subject": subject.to_string(), "title": title, "evidence": evidence}))
        }
        _ => None,
    });
    let timeline = report.timeline().into_iter().map(|(record, at, symbol, words)| {
        json!({"record": record, "at": time(at), "symbol": symbol.to_string(), "words": words, "important": state.pins.contains(&record)})
    });
    let counted = series(&report.events).into_iter().map(|s| {
        let points: Vec<_> =
            s.points.iter().map(|(at, value)| json!({"at": time(*at), "value": value})).collect();
        json!({"name": s.name, "points": points})
    });
    let open = report.open_changes().into_iter().map(|(title, way)| json!({"title": title, "way_back": way}));
    let whole = json!({
        "facts": facts, "proved": over.proved.map(time), "finding_gone": over.gone.map(time),
        "findings": findings.collect::<Vec<_>>(), "steps": steps(report), "changes": changes(report),
        "not_taken_back": open.collect::<Vec<_>>(), "timeline": timeline.collect::<Vec<_>>(),
        "counted": counted.collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    format!("{}\n", escaped(&text))
}

fn steps(report: &Report) -> Vec<Value> {
    let row = |row: Row| match row {
        Row::Walk(title) => json!({"walk": title}),
        Row::Step(step) => {
            let also: serde_json::Map<String, Value> =
                step.also.into_iter().map(|also| (also.key, json!(also.said))).collect();
            json!({"step": step.name, "title": step.title, "how": step.how, "also": also})
        }
        Row::Folded { why, steps } => json!({"folded": steps, "how": why.words()}),
    };
    report.steps().into_iter().map(row).collect()
}

fn changes(report: &Report) -> Vec<Value> {
    let row = |(plan, proof): (&super::PlanState, super::outcome::Proof)| {
        let fields =
            plan.changes.0.iter().map(|c| json!({"path": c.path, "before": c.before, "after": c.after}));
        let agreed = plan.agreed.as_ref().map(|(by, key)| json!({"by": by, "key": key}));
        json!({
            "fields": fields.collect::<Vec<_>>(), "more_fields": plan.changes.1, "agreed": agreed,
            "at": time(plan.started), "title": plan.title, "operation": plan.op, "risk": plan.risk.to_string(),
            "step": plan.step, "object": plan.target.to_string(), "same_as": plan.kubectl, "outcome": ended(plan),
            "proved": proof.proved.map(time), "undone": proof.undone.as_ref().map(|(at, _)| time(*at)),
            "proof": proof.words(), "takes_back": report.undoes(plan),
        })
    };
    report.plans().map(row).collect()
}

fn time(at: Timestamp) -> String {
    at.to_string()
}

/// Outside of ASCII there is nothing in JSON but texts, and in a text an escape is the same character.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if crate::domain::hides(c) && c != '\n' {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}
