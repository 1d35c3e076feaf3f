//! What the front matter says about running, apart from titles and words for people: in one form that does not depend on
//! how it was written. Pure.
//!
//! Must not leave out a key that changes what runs, or with which values.

use serde_json::{Map, Value};

use super::parse::split;
use super::yaml;

/// Keys of the front matter that count.
const KEYS: [&str; 4] = ["runbook", "params", "requires", "applies"];

/// The keys of the front matter that count, as JSON with its keys in order; empty where it cannot be read.
pub fn settings(source: &str) -> String {
    let read = split(source).0.and_then(|pieces| yaml::read(&pieces).ok()).map(|node| node.exact());
    let Some(Value::Object(front)) = read else { return String::new() };
    let mut out: Map<String, Value> =
        KEYS.iter().filter_map(|k| Some(((*k).to_owned(), front.get(*k)?.clone()))).collect();
    if let Some(risk) = front.get("meta").and_then(|m| m.get("risk")) {
        out.insert("risk".to_owned(), risk.clone());
    }
    serde_json::to_string_pretty(&out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_do_not_count_and_parameters_do() {
        let file = |front: &str| settings(&format!("---\nrunbook: 1\n{front}\n---\n# x\n"));
        let base = file("title: A\nparams: { a: { type: int } }\nmeta: { risk: low, owner: x }");
        assert_eq!(base, file("title: B\nmeta: { owner: y, risk: low }\nparams:\n  a:\n    type: int # why"));
        assert_ne!(base, file("title: A\nparams: { a: { type: text } }\nmeta: { risk: low }"));
        assert_ne!(base, file("title: A\nparams: { a: { type: int } }\nmeta: { risk: high }"));
        // A version or a time is read as it was written.
        let default = |value: &str| file(&format!("title: A\nparams: {{ a: {{ default: {value} }} }}"));
        assert_ne!(default("1.10"), default("1.1"));
        assert_ne!(default("1"), default("\"1\""));
        assert_ne!(default("0x10"), default("16"));
        assert_eq!(settings("# no front matter\n"), "");
    }
}
