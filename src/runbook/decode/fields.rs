//! The keys of one YAML map, read once each; what nobody asked for is reported.

use super::super::model::Span;
use super::super::near::suggest;
use super::super::problem::Problems;
use super::super::yaml::{KeyNode, Node, Value};
use crate::lang::t;

/// A map under reading.
#[derive(Debug)]
pub struct Fields<'a> {
    what: String,
    entries: &'a [(KeyNode, Node)],
    known: Vec<&'static str>,
    /// The map's own place.
    pub span: Span,
}

impl<'a> Fields<'a> {
    /// The fields of a map; anything else is a problem, except nothing, which is an empty map.
    pub fn new(what: impl Into<String>, node: &'a Node, problems: &mut Problems) -> Option<Self> {
        let what = what.into();
        let entries: &[_] = match &node.value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            _ => {
                let message = t!("runbook-decode-no-map", what = what, found = node.what());
                problems.error("yaml.type", node.span, message);
                return None;
            }
        };
        Some(Self { what, entries, known: Vec::new(), span: node.span })
    }

    /// The value of a key, which counts as known from now on.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.entries.iter().find(|(k, _)| k.text == key).map(|(_, v)| v)
    }

    /// The value of a key that must be there.
    pub fn need(&mut self, key: &'static str, place: Span, problems: &mut Problems) -> Option<&'a Node> {
        let found = self.get(key).filter(|n| n.value != Value::Null);
        if found.is_none() {
            problems.error("key.missing", place, t!("runbook-decode-needs-key", what = self.what, key = key));
        }
        found
    }

    /// Every entry, for maps whose keys are free.
    pub fn entries(&self) -> &'a [(KeyNode, Node)] {
        self.entries
    }

    /// The `x-*` entries, which are kept and ignored.
    pub fn extra(&self) -> impl Iterator<Item = &'a (KeyNode, Node)> {
        self.entries.iter().filter(|(k, _)| k.text.starts_with("x-"))
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self, problems: &mut Problems) {
        for (key, _) in self.entries {
            if problems.full() {
                return;
            }
            if !self.known.contains(&key.text.as_str()) && !key.text.starts_with("x-") {
                let help = suggest(&key.text, self.known.iter().copied());
                let message = t!("runbook-decode-no-key", what = self.what, key = key.text);
                problems.error_help("key.unknown", key.span, message, help);
            }
        }
    }
}
