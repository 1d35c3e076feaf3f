//! What a walk is told beside its own state, and what it wants said and recorded.

use crate::domain::{ClusterSnapshot, Timestamp};
use crate::live::Tone;
use crate::record::{SessionState, What};

/// The moment at which a walk is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Cx<'a> {
    pub world: &'a ClusterSnapshot,
    pub now: Timestamp,
    /// What the records of the session come to.
    pub session: &'a SessionState,
    /// Something runs that no walk knows of.
    pub busy: bool,
}

/// What is to be done with what happened in a walk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Out {
    /// For the operator, the latest last.
    pub said: Vec<(Tone, String)>,
    /// For the journal.
    pub records: Vec<What>,
    /// Tasks that are to be stopped in good order.
    pub cancel: Vec<u64>,
}

impl Out {
    pub(super) fn say(&mut self, tone: Tone, words: impl Into<String>) {
        self.said.push((tone, words.into()));
    }

    pub(super) fn record(&mut self, what: What) {
        self.records.push(what);
    }
}
