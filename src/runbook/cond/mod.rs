//! Conditions: CEL over a fixed, read-only picture of the cluster.
//!
//! Purpose: [`compile`] parses an expression and checks every identifier, function, field and type in it before
//! anything runs; [`Condition::test`] evaluates it. The `cel` crate parses; evaluation is done here, because
//! three things are needed that it does not have: *unknown* as a third outcome beside true and false, values
//! that are read from a row only when the expression asks for them, and the place of every mistake.
//!
//! Must not: run anything, wait, read a clock (the scope says what time it is), or convert more of the cluster
//! than the expression names.
//!
//! To add a field or a function: a row in `schema`, its reader in `read` or `cluster`, a line in
//! `docs/runbook-format.md`.

mod cluster;
mod eval;
mod functions;
mod read;
mod schema;
#[cfg(test)]
mod tests;
mod typing;
mod value;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::model::Span;
use super::params::{Recorded, Values};
use crate::domain::{ClusterSnapshot, Interest, Timestamp};

pub use schema::{Base, FUNCTIONS, Object, Ty, VARIABLES};
pub use typing::Declared;
pub use value::Value;

/// Why an expression cannot be compiled or has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CondError {
    /// It is not CEL, or names something that does not exist, or mixes types.
    #[error("{message}")]
    Invalid {
        /// What is wrong.
        message: String,
        /// What to do, when that is known.
        help: Option<String>,
        /// The bytes of the expression that are wrong.
        at: Span,
    },
    /// The value cannot be known now; not an error of the author.
    #[error("{0}")]
    Unknown(String),
}

impl CondError {
    /// Byte offset in the expression, for errors that have one.
    pub fn offset(&self) -> usize {
        match self {
            Self::Invalid { at, .. } => at.start,
            Self::Unknown(_) => 0,
        }
    }
}

/// What a condition says about the cluster. Unknown is neither true nor false: a step that needs the condition
/// waits, or asks, and says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// It cannot be told, and why.
    Unknown(String),
}

/// What an expression may look at.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The picture of the cluster; `None` while there has not been one.
    pub snapshot: Option<&'a ClusterSnapshot>,
    /// Parameters, seen as `p`.
    pub params: &'a Values,
    /// Recorded values, seen as `steps`.
    pub steps: &'a Recorded,
    /// The present moment, for ages.
    pub now: Timestamp,
    /// Where `object(...)` leaves what it would like to see: it cannot read by itself.
    pub wants: Option<&'a RefCell<BTreeSet<Interest>>>,
}

/// A compiled expression. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Condition {
    source: Arc<str>,
    program: Arc<cel::Program>,
    ty: Ty,
}

/// Compiles an expression; parameters and recorded values are taken to exist with any type.
pub fn compile(source: &str) -> Result<Condition, CondError> {
    compile_with(source, None)
}

/// Compiles an expression and checks parameters and recorded values against a runbook's declarations.
pub fn compile_with(source: &str, declared: Option<&Declared>) -> Result<Condition, CondError> {
    let program = cel::Program::compile(source).map_err(|errors| syntax_error(source, &errors))?;
    let ty = typing::check(source, &program, declared)?;
    Ok(Condition { source: Arc::from(source), program: Arc::new(program), ty })
}

impl Condition {
    /// The expression's text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The type of its value as far as it is known before running.
    pub fn ty(&self) -> Ty {
        self.ty
    }

    /// The value in a scope.
    pub fn eval(&self, scope: &Scope<'_>) -> Result<Value, CondError> {
        eval::evaluate(&self.source, &self.program, scope)
    }

    /// Whether it holds. Everything that prevents an answer is [`Outcome::Unknown`] with the reason.
    pub fn test(&self, scope: &Scope<'_>) -> Outcome {
        match self.eval(scope) {
            Ok(Value::Bool(true)) => Outcome::True,
            Ok(Value::Bool(false)) => Outcome::False,
            Ok(other) => {
                Outcome::Unknown(format!("`{}` gives {other} instead of true or false", self.source))
            }
            Err(error) => Outcome::Unknown(error.to_string()),
        }
    }
}

/// A fault of the expression at some bytes.
fn invalid(message: impl Into<String>, help: Option<String>, at: Span) -> CondError {
    CondError::Invalid { message: message.into(), help, at }
}

fn syntax_error(source: &str, errors: &cel::ParseErrors) -> CondError {
    let Some(first) = errors.errors.first() else {
        return invalid("this is not a condition", None, Span::new(0, source.len()));
    };
    let (line, column) = (first.pos.0.max(1) as usize, first.pos.1.max(1) as usize);
    let line_start: usize = source.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = source.get(line_start..).unwrap_or("");
    let start = line_start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(i, _)| i);
    let start = start.min(source.len());
    let at = Span::new(start.min(source.len().saturating_sub(1)), (start + 1).min(source.len()));
    let reason = first.msg.lines().next().unwrap_or("").trim();
    // The parser lists every word that could stand there, which helps nobody.
    let reason = reason
        .strip_prefix("Syntax error:")
        .unwrap_or(reason)
        .split(" expecting ")
        .next()
        .unwrap_or("")
        .trim();
    invalid(format!("this is not a condition: {reason}"), None, at)
}

/// The bytes of a node, from the parser's inclusive range of characters.
fn node_span(source: &str, program: &cel::Program, id: u64) -> Span {
    let Some((start, stop)) = program.source_info().offset_for(id) else { return Span::new(0, source.len()) };
    let byte = |n: usize| source.char_indices().nth(n).map_or(source.len(), |(i, _)| i);
    Span::new(byte(start as usize), byte(stop as usize + 1))
}
