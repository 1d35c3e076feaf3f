//! Risk and the policy that every changing step carries.
//!
//! Purpose: how dangerous a step is, what must hold before it, what proves it and what takes it back.
//! Must not: decide whether an answer suffices; that is the approval's business.

use std::time::Duration;

use super::step::CondSource;
use super::{ParamRef, Span, Template, Turns};
use crate::domain::Risk;

/// A call of one operation.
#[derive(Clone, Debug, PartialEq)]
pub struct OpCall {
    /// The operation's id, `node.drain`.
    pub op: String,
    /// Arguments in file order.
    pub with: Vec<(String, Template)>,
    /// Where the id stands.
    pub span: Span,
    /// Where each argument's name stands, in the order of `with`.
    pub with_spans: Vec<Span>,
}

/// What proves a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerifyBy {
    /// A condition that must become true.
    Condition(CondSource),
    /// A script, at the step's own place, that must end with 0; shell steps only.
    Script(String),
}

/// `verify:` with its patience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verify {
    /// The proof.
    pub by: VerifyBy,
    /// How long to wait for it; default is the program's.
    pub within: Option<Duration>,
    /// How long it must stay true without a break; default zero.
    pub stable: Duration,
    /// The whole value in the file.
    pub span: Span,
}

/// `rollback:`, the way back.
#[derive(Clone, Debug, PartialEq)]
pub enum Rollback {
    /// An operation.
    Op(OpCall),
    /// Another step of this runbook, before or after.
    Step {
        /// Its name.
        name: String,
        /// Where the name stands.
        span: Span,
    },
    /// There is none, and why.
    None {
        /// The reason that the operator reads.
        reason: String,
    },
}

/// Whether a second person must agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Peer {
    /// What the risk ladder says.
    #[default]
    Ladder,
    /// Always.
    Required,
}

/// `retry:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How many more attempts after the first.
    pub times: u32,
    /// Pause between attempts.
    pub every: Duration,
}

/// What action and shell steps have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// Declared risk.
    pub risk: Risk,
    /// Where it stands; `None` when the file does not say and `risk` is the default.
    pub risk_span: Option<Span>,
    /// Conditions that must hold at the moment of execution.
    pub before: Vec<CondSource>,
    /// The proof.
    pub verify: Option<Verify>,
    /// The way back.
    pub rollback: Option<Rollback>,
    /// When to give up on the execution itself.
    pub timeout: Option<Duration>,
    /// Further attempts.
    pub retry: Option<Retry>,
    /// Second person.
    pub peer: Peer,
    /// The parameter (one with `many`) whose elements are taken in turn; in the step its name means one element.
    pub each: Option<ParamRef>,
    /// Whose turn it is among the elements of `each`, or among several places in `at`.
    pub turns: Turns,
}
