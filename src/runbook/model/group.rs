//! Steps that are taken for each element of a list, one lane each: the list, whose turn it is, and the steps of a group.
//!
//! Purpose: what `each`, `order`, `max_parallel`, `may_fail` and `step=group` mean in the file.
//! Must not: know which elements there are, or how far a lane has come.

use std::ops::Range;

use super::{ParamRef, Runbook, Span, StepKind};

/// The order in which the elements of a list are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// One after the other; the next one begins when the one before is done.
    #[default]
    OneByOne,
    /// Together, at most `max_parallel` at a time.
    Parallel,
    /// `max_parallel` together; the next ones begin when all of them are done.
    Waves,
}

/// Whose turn it is among the lanes of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    pub order: Order,
    /// So many lanes may be under way at a time; none for any number.
    pub max_parallel: Option<u32>,
    /// So many lanes may have failed while others still begin.
    pub may_fail: u32,
}

/// `group`: the steps that follow it, all of them for one element after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The list; in the group its name means one element.
    pub each: ParamRef,
    /// The names of its steps, which follow the group directly and in this order; where each name stands.
    pub steps: Vec<(String, Span)>,
    pub turns: Turns,
}

impl StepKind {
    /// The list for each element of which the step is, or its group.
    pub fn each(&self) -> Option<&ParamRef> {
        match self {
            Self::Group(group) => Some(&group.each),
            kind => kind.policy()?.each.as_ref(),
        }
    }

    /// Whose turn it is among the lanes that stand in the place of the step.
    pub fn turns(&self) -> Option<&Turns> {
        match self {
            Self::Group(group) => Some(&group.turns),
            kind => Some(&kind.policy()?.turns),
        }
    }
}

impl Runbook {
    /// The steps of the group that stands at this index, by their indexes. Empty for every other step.
    pub fn members(&self, index: usize) -> Range<usize> {
        let first = index + 1;
        let count = match self.steps.get(index).map(|s| &s.kind) {
            Some(StepKind::Group(group)) => group.steps.len(),
            _ => 0,
        };
        first..(first + count).min(self.steps.len()).max(first)
    }

    /// The group that a step belongs to.
    pub fn group_of(&self, index: usize) -> Option<usize> {
        (0..index.min(self.steps.len())).rev().find(|group| self.members(*group).contains(&index))
    }

    /// The steps of the file that belong to no group, by their indexes.
    pub fn outer_steps(&self) -> impl Iterator<Item = usize> + '_ {
        let mut within = 0;
        (0..self.steps.len()).filter(move |index| {
            let outer = *index >= within;
            if outer {
                within = self.members(*index).end;
            }
            outer
        })
    }

    /// The list for each element of which a step is: its own, or that of its group.
    pub fn each_of(&self, index: usize) -> Option<&ParamRef> {
        let group = || self.group_of(index).and_then(|group| self.steps[group].kind.each());
        self.steps.get(index)?.kind.each().or_else(group)
    }
}
