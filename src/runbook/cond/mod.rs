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
mod means;
mod read;
mod schema;
#[cfg(test)]
mod tests;
mod typing;
mod value;
mod words;

use crate::lang::t;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::model::Span;
use super::params::{Recorded, Values};
use crate::domain::{ClusterSnapshot, Interest, Timestamp};

pub use schema::{Base, FUNCTIONS, Object, Ty, VARIABLES};
pub use typing::Declared;
pub use value::Value;

/// How long an expression may be.
const LONGEST: usize = 16 << 10;
/// How deep it may be nested: it is checked and evaluated by functions that call themselves.
const DEEPEST: usize = 200;

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
    if source.len() > LONGEST {
        let message = t!("runbook-cond-too-many-bytes", longest = LONGEST, bytes = source.len());
        let help = Some(t!("runbook-cond-divide").to_owned());
        return Err(invalid(message, help, Span::new(0, source.len())));
    }
    let program = cel::Program::compile(source).map_err(|errors| syntax_error(source, &errors))?;
    if !shallow(program.expression()) {
        let message = t!("runbook-cond-too-deep", deepest = DEEPEST);
        return Err(invalid(message, None, Span::new(0, source.len())));
    }
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

    /// The parts that keep it from holding, or make it hold, with their values, for a person.
    pub fn words(&self, scope: &Scope<'_>) -> Vec<String> {
        words::words(&self.source, &self.program, scope)
    }

    /// Whether it holds. Everything that prevents an answer is [`Outcome::Unknown`] with the reason.
    pub fn test(&self, scope: &Scope<'_>) -> Outcome {
        match self.eval(scope) {
            Ok(Value::Bool(true)) => Outcome::True,
            Ok(Value::Bool(false)) => Outcome::False,
            Ok(other) => {
                Outcome::Unknown(t!("runbook-cond-gives", source = self.source, value = other.words()))
            }
            Err(error) => Outcome::Unknown(error.to_string()),
        }
    }
}

/// Whether no part of an expression is nested too deep. It does not call itself, so any depth can be measured.
fn shallow(expression: &cel::IdedExpr) -> bool {
    use cel::common::ast::{EntryExpr, Expr};
    let mut open = vec![(expression, 1)];
    while let Some((e, depth)) = open.pop() {
        if depth > DEEPEST {
            return false;
        }
        let mut inner: Vec<&cel::IdedExpr> = Vec::new();
        match &e.expr {
            Expr::Select(select) => inner.push(&select.operand),
            Expr::Call(call) => inner.extend(call.target.as_deref().into_iter().chain(&call.args)),
            Expr::List(list) => inner.extend(&list.elements),
            Expr::Comprehension(c) => {
                inner.extend([&c.iter_range, &c.accu_init, &c.loop_cond, &c.loop_step, &c.result]);
            }
            Expr::Map(map) => {
                for entry in &map.entries {
                    if let EntryExpr::MapEntry(entry) = &entry.expr {
                        inner.extend([&entry.key, &entry.value]);
                    }
                }
            }
            _ => {}
        }
        open.extend(inner.into_iter().map(|e| (e, depth + 1)));
    }
    true
}

/// A fault of the expression at some bytes.
fn invalid(message: impl Into<String>, help: Option<String>, at: Span) -> CondError {
    CondError::Invalid { message: message.into(), help, at }
}

fn syntax_error(source: &str, errors: &cel::ParseErrors) -> CondError {
    let Some(first) = errors.errors.first() else {
        return invalid(t!("runbook-cond-syntax"), None, Span::new(0, source.len()));
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
    invalid(t!("runbook-cond-syntax-because", reason = reason), None, at)
}

/// Where the nodes of an expression stand, from the parser's inclusive ranges of characters.
struct Places<'a> {
    source: &'a str,
    program: &'a cel::Program,
    /// The first byte of each character; none where every character is one byte.
    starts: Option<Vec<usize>>,
}

impl<'a> Places<'a> {
    fn new(source: &'a str, program: &'a cel::Program) -> Self {
        let starts = (!source.is_ascii()).then(|| source.char_indices().map(|(i, _)| i).collect());
        Self { source, program, starts }
    }

    fn of(&self, id: u64) -> Span {
        let Some((start, stop)) = self.program.source_info().offset_for(id) else {
            return Span::new(0, self.source.len());
        };
        let byte = |n: usize| match &self.starts {
            None => n.min(self.source.len()),
            Some(starts) => starts.get(n).copied().unwrap_or(self.source.len()),
        };
        Span::new(byte(start as usize), byte(stop as usize + 1))
    }
}
