//! Where a plan stands, by its records.

use std::collections::BTreeMap;

use super::{FieldChange, RunEnd};
use crate::domain::{ObjectKey, Risk, Timestamp};
use crate::op::{Change, EVIDENCE, Inputs, SCRIPT, Undo};

/// Where a plan stands.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanState {
    /// The runbook that the step is of.
    pub runbook: Option<String>,
    /// The walk that the step is of.
    pub walk: u32,
    /// The values with which that runbook was walked.
    pub params: BTreeMap<String, String>,
    pub step: Option<String>,
    pub op: String,
    pub title: String,
    pub target: ObjectKey,
    pub uid: String,
    pub inputs: Inputs,
    pub kubectl: String,
    pub risk: Risk,
    pub undo: Undo,
    pub undoes: Option<String>,
    pub started: Timestamp,
    /// None while it runs, or when the program ended before it did.
    pub end: Option<(RunEnd, String)>,
    /// Where its change stands.
    pub change: Change,
    /// Since when the cluster shows it; none where it does not.
    pub proved: Option<Timestamp>,
    /// The plan that took back or ended on purpose what it made.
    pub over_by: Option<String>,
    /// Requests of which no answer was recorded: they may or may not have arrived.
    pub open: Vec<ObjectKey>,
    /// What the server's dry run said that it would change, and how many more fields were left out.
    pub changes: (Vec<FieldChange>, usize),
    /// The second person who agreed, and the fingerprint of the key.
    pub agreed: Option<(String, String)>,
    /// The files that it wrote beside the journal, each with its digest.
    pub saved: Vec<(String, String)>,
    /// Requests that the server accepted.
    pub accepted: Vec<ObjectKey>,
}

impl PlanState {
    /// Whether it changed something, or may have.
    pub(super) fn changed(&self) -> bool {
        if self.only_reads() {
            return false;
        }
        !self.accepted.is_empty() || self.end.as_ref().is_none_or(|(e, _)| *e != RunEnd::Failed)
    }

    /// Whether it changes nothing: what saves what is known, and a script whose author says that it only reads.
    pub fn only_reads(&self) -> bool {
        self.op == EVIDENCE || (self.op == SCRIPT && self.risk == Risk::None)
    }

    /// Whether what it made is over by itself: there is nothing to take back.
    pub(super) fn ended_itself(&self) -> bool {
        self.change == Change::TakenBack && self.over_by.is_none()
    }

    /// Whether it surely did what it was to do: it ended well, or something was accepted and nothing is open.
    pub(super) fn settled(&self) -> bool {
        let applied = matches!(self.end, Some((RunEnd::Applied, _)));
        applied || (!self.accepted.is_empty() && self.open.is_empty())
    }
}
