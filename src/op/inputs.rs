//! The inputs of an operation: typed values, never text that is pasted into something. Secret ones stand apart: they have
//! no form for a file, a digest or a screen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{OpMeta, Refusal, Takes};
use crate::domain::{SecretText, is_segment};
use crate::lang::t;

/// Values by parameter name; those that are secret are the second map, which is never written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Inputs(pub BTreeMap<String, Value>, #[serde(skip)] pub BTreeMap<String, SecretText>);

impl Inputs {
    /// Inputs from pairs of name and text.
    pub fn of<const N: usize>(pairs: [(&str, &str); N]) -> Inputs {
        Inputs(pairs.into_iter().map(|(k, v)| (k.to_owned(), Value::from(v))).collect(), BTreeMap::new())
    }

    /// The same without what is secret, as it may be kept.
    #[must_use]
    pub fn open(&self) -> Inputs {
        Inputs(self.0.clone(), BTreeMap::new())
    }

    /// A secret value. A plain one in its place is refused: it would be recorded.
    pub fn secret(&self, meta: &'static OpMeta, name: &'static str) -> Result<Option<&SecretText>, Refusal> {
        if self.0.get(name).is_some_and(|v| !v.is_null()) {
            return Err(Refusal::Invalid {
                op: meta.id,
                param: name.to_owned(),
                given: t!("op-inputs-plain-value").to_owned(),
                expected: t!("op-inputs-secret-wanted"),
            });
        }
        Ok(self.1.get(name))
    }

    /// Refuses inputs that the operation does not know: a misspelt guard must not be ignored.
    pub fn known(&self, meta: &'static OpMeta) -> Result<(), Refusal> {
        match self.0.keys().chain(self.1.keys()).find(|k| !meta.params.iter().any(|p| p.name == k.as_str())) {
            None => self.named(meta),
            Some(unknown) => Err(Refusal::NoSuchParameter { op: meta.id, param: unknown.clone() }),
        }
    }

    /// Refuses what nothing can be called where a name is wanted: it would lead a request elsewhere.
    fn named(&self, meta: &'static OpMeta) -> Result<(), Refusal> {
        let names = meta
            .params
            .iter()
            .filter(|p| matches!(p.takes, Takes::Name(_)) || matches!(p.name, "name" | "namespace"));
        for param in names {
            // Without a value it is missing, or left out, which is another matter.
            if let Some(Value::String(text)) = self.0.get(param.name)
                && !text.is_empty()
                && !is_segment(text)
            {
                let given = Value::from(crate::domain::sanitize(text));
                return Err(self.invalid(meta, param.name, &given, t!("op-inputs-name-of-object")));
            }
        }
        Ok(())
    }

    /// A required text.
    pub fn text(&self, meta: &'static OpMeta, name: &'static str) -> Result<&str, Refusal> {
        let doc = meta.params.iter().find(|p| p.name == name).map_or("", |p| p.doc.text());
        match self.0.get(name) {
            Some(Value::String(text)) if !text.is_empty() => Ok(text),
            None | Some(Value::Null | Value::String(_)) => {
                Err(Refusal::Missing { op: meta.id, param: name, doc })
            }
            Some(other) => Err(self.invalid(meta, name, other, t!("op-inputs-text"))),
        }
    }

    /// A switch that is off when it is not given.
    pub fn flag(&self, meta: &'static OpMeta, name: &'static str) -> Result<bool, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(on)) => Ok(*on),
            Some(Value::String(text)) if text == "true" || text == "false" => Ok(text == "true"),
            Some(other) => Err(self.invalid(meta, name, other, t!("op-inputs-true-or-false"))),
        }
    }

    /// One of some words.
    pub fn word(
        &self,
        meta: &'static OpMeta,
        name: &'static str,
        words: &'static [&'static str],
    ) -> Result<&'static str, Refusal> {
        let given = self.text(meta, name)?;
        let found = words.iter().copied().find(|w| *w == given);
        found.ok_or_else(|| self.invalid(meta, name, &Value::from(given), t!("op-inputs-one-of-words")))
    }

    /// A text that may be left out.
    pub fn optional(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str).filter(|t| !t.is_empty())
    }

    /// A whole number.
    pub fn number(&self, meta: &'static OpMeta, name: &'static str) -> Result<Option<i64>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Number(n)) if n.is_i64() => Ok(n.as_i64()),
            Some(Value::String(text)) if text.parse::<i64>().is_ok() => Ok(text.parse().ok()),
            Some(other) => Err(self.invalid(meta, name, other, t!("op-inputs-whole-number"))),
        }
    }

    /// A span in seconds, written as `90s`, `10m`, `1h` or a number of seconds.
    pub fn seconds(&self, meta: &'static OpMeta, name: &'static str) -> Result<Option<u64>, Refusal> {
        let given = match self.0.get(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(value) => value,
        };
        let text = given.as_str().map_or_else(|| given.to_string(), str::to_owned);
        let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
        let factor = match unit {
            "" | "s" => Some(1),
            "m" => Some(60),
            "h" => Some(3600),
            _ => None,
        };
        let seconds = number.parse::<u64>().ok().zip(factor).and_then(|(n, f)| n.checked_mul(f));
        seconds.map(Some).ok_or_else(|| self.invalid(meta, name, given, t!("op-inputs-duration")))
    }

    #[allow(clippy::unused_self)] // reads as the other accessors do
    fn invalid(&self, meta: &'static OpMeta, name: &str, given: &Value, expected: &'static str) -> Refusal {
        Refusal::Invalid { op: meta.id, param: name.to_owned(), given: given.to_string(), expected }
    }
}
