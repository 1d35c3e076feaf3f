//! The keys that steps of several kinds have: whether a step is needed (`when`), where the walk goes on (`goto`), and what its
//! condition means (`means`).
//!
//! Must not: know whether a step is needed now, or where it is in a walk.

use super::{CondSource, Goto, Span, StepKind, VerifyBy};

/// A part of the text of `means`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeansPart {
    Text(String),
    /// The value of this expression.
    Value(CondSource),
}

/// `means`: what decides the condition of a step, in the author's words, with values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Means {
    pub parts: Vec<MeansPart>,
    /// Where it stands.
    pub span: Span,
}

impl Means {
    /// The expressions in it, in their order.
    pub fn values(&self) -> impl Iterator<Item = &CondSource> {
        self.parts.iter().filter_map(|part| match part {
            MeansPart::Value(source) => Some(source),
            MeansPart::Text(_) => None,
        })
    }
}

/// The keys that steps of several kinds have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Common {
    /// `when`: only where this holds is the step needed.
    pub when: Option<CondSource>,
    /// `goto`: the walk goes on at this step of the same file, and not at the next one.
    pub goto: Option<Goto>,
    /// `means`.
    pub means: Option<Means>,
}

impl StepKind {
    /// The condition that decides whether a step is done: of a check, a wait, or of what proves a change.
    pub fn decides(&self) -> Option<&CondSource> {
        match self {
            Self::Check(check) => Some(&check.expect),
            Self::Wait(wait) => Some(&wait.until),
            kind => match &kind.policy()?.verify.as_ref()?.by {
                VerifyBy::Condition(source) => Some(source),
                VerifyBy::Script(_) => None,
            },
        }
    }
}
