//! What one evaluation may use: steps, and bytes that it builds. A file that nobody vouches for is evaluated too, so an
//! expression must end soon and stay small whatever stands in it.
//!
//! Whatever copies or builds something charges it here first; whatever goes through something long charges steps.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::model::Span;
use super::value::Value;
use super::{CondError, invalid};
use crate::lang::t;

/// How many steps an expression may take: enough for every pod of a large namespace, and a bound for hostile
/// files (loops inside of loops).
const STEPS: usize = 2_000_000;
/// How long a text may become.
const LONGEST: usize = 1 << 20;
/// How much may be built in one evaluation, in sum: a few fields of every pod of a large cluster.
const BYTES: usize = 16 << 20;
/// Bytes that are gone through in the time of a step.
const GLANCE: usize = 64;
/// Steps for a pattern that is compiled, and how large it may become.
const PATTERN_STEPS: usize = 20_000;
const PATTERN: usize = 1 << 20;
/// Steps for a function that looks through the picture of the cluster.
pub const LOOK: usize = 200;

/// What is left.
pub struct Means {
    steps: usize,
    bytes: usize,
    patterns: BTreeMap<Arc<str>, regex::Regex>,
}

impl Default for Means {
    fn default() -> Means {
        Means { steps: STEPS, bytes: BYTES, patterns: BTreeMap::new() }
    }
}

fn too_large() -> CondError {
    CondError::Unknown(t!("runbook-cond-too-large").to_owned())
}

impl Means {
    /// So many steps are taken.
    pub fn steps(&mut self, count: usize) -> Result<(), CondError> {
        self.steps = self
            .steps
            .checked_sub(count)
            .ok_or_else(|| CondError::Unknown(t!("runbook-cond-too-long").to_owned()))?;
        Ok(())
    }

    /// A text of this length is gone through.
    pub fn reads(&mut self, length: usize) -> Result<(), CondError> {
        self.steps(length / GLANCE)
    }

    fn bytes(&mut self, count: usize) -> Result<(), CondError> {
        self.bytes = self.bytes.checked_sub(count).ok_or_else(too_large)?;
        Ok(())
    }

    /// A text of this length is made.
    pub fn text(&mut self, length: usize) -> Result<(), CondError> {
        if length > LONGEST {
            return Err(too_large());
        }
        self.bytes(length)
    }

    /// A list or a map of so many elements is made.
    pub fn items(&mut self, count: usize) -> Result<(), CondError> {
        self.bytes(count.saturating_mul(size_of::<Value>()))
    }

    /// A value was made anew, with all that is in it.
    pub fn made(&mut self, value: &Value) -> Result<(), CondError> {
        match value {
            Value::Text(text) => self.bytes(text.len()),
            Value::List(items) => {
                self.items(items.len())?;
                items.iter().try_for_each(|item| self.made(item))
            }
            Value::Map(map) => {
                self.items(map.len())?;
                map.iter().try_for_each(|(key, value)| {
                    self.bytes(key.len())?;
                    self.made(value)
                })
            }
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Double(_) | Value::Object(_) => Ok(()),
        }
    }

    /// Equality as in CEL; objects are never equal, compare their names. What is the same twice within a value is compared
    /// twice, and counts so.
    pub fn same(&mut self, a: &Value, b: &Value) -> Result<bool, CondError> {
        self.steps(1)?;
        Ok(match (a, b) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Text(a), Value::Text(b)) => {
                self.reads(a.len().min(b.len()))?;
                a == b
            }
            (Value::Int(_) | Value::Double(_), Value::Int(_) | Value::Double(_)) => {
                a.number().zip(b.number()).is_some_and(|(a, b)| a.total_cmp(&b).is_eq())
            }
            (Value::List(a), Value::List(b)) if a.len() == b.len() => self.all(a.iter().zip(b.iter()))?,
            (Value::Map(a), Value::Map(b)) if a.len() == b.len() && a.keys().eq(b.keys()) => {
                self.all(a.values().zip(b.values()))?
            }
            _ => false,
        })
    }

    fn all<'a>(&mut self, pairs: impl Iterator<Item = (&'a Value, &'a Value)>) -> Result<bool, CondError> {
        for (a, b) in pairs {
            if !self.same(a, b)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a text fits a pattern, which is compiled once.
    pub fn fits(&mut self, text: &str, pattern: &Arc<str>) -> Result<bool, CondError> {
        self.reads(text.len().saturating_mul(pattern.len().max(1)))?;
        if let Some(known) = self.patterns.get(pattern) {
            return Ok(known.is_match(text));
        }
        self.steps(PATTERN_STEPS)?;
        let made = regex::RegexBuilder::new(pattern).size_limit(PATTERN).dfa_size_limit(PATTERN).build();
        let made =
            made.map_err(|_| invalid(t!("runbook-cond-no-regex", pattern = pattern), None, Span::default()))?;
        let fits = made.is_match(text);
        self.patterns.insert(Arc::clone(pattern), made);
        Ok(fits)
    }
}
