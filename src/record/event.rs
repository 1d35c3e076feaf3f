//! The records of a journal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Flags;
use crate::domain::{ObjectKey, Risk, Timestamp};
use crate::op::{Inputs, Turn, Undo};

/// One line of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Counts from 0 without a gap.
    pub seq: u64,
    pub at: Timestamp,
    /// Hash of the line before, empty in the first.
    pub prev: String,
    #[serde(flatten)]
    pub what: What,
}

impl Flags {
    /// Whether none was given.
    pub fn none(&self) -> bool {
        *self == Flags::default()
    }
}

/// One field that a plan was to change, as the server's dry run said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    pub path: String,
    /// None when it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// None when it would no longer be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// What a decision asks, and what its answers mean, as the runbook says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Empty where only the cluster is asked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ask: String,
    /// What each case says, by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
}

/// How a plan ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunEnd {
    Applied,
    Cancelled,
    Failed,
    /// It is not known whether it arrived.
    Unknown,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_first(walk: &u32) -> bool {
    *walk == 0
}

impl RunEnd {
    /// What that is for the change.
    pub fn turn(self) -> Turn {
        match self {
            RunEnd::Applied => Turn::Applied,
            RunEnd::Cancelled | RunEnd::Failed => Turn::Failed,
            RunEnd::Unknown => Turn::Unanswered,
        }
    }
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The cluster showed it.
    Proved,
    /// The operator said so.
    Recorded,
    /// Not done.
    Skipped,
    /// What it asks for does not hold, and the run ended there.
    Stopped,
    /// What it ran came to its end, and nothing in the cluster can show more: a script without a proof of its own, for instance.
    Ran,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum What {
    /// First line: who works where. Parameters of type secret are masked before they come here.
    Started {
        id: String,
        version: String,
        user: String,
        context: String,
        server: String,
        #[serde(default)]
        practice: bool,
        #[serde(default, skip_serializing_if = "Flags::none")]
        flags: Flags,
    },
    /// A runbook was opened; its text is that of this digest.
    Opened {
        /// Tells this walk from the others of its session. Journals before this field have one walk at a time.
        #[serde(default, skip_serializing_if = "is_first")]
        walk: u32,
        runbook: String,
        title: String,
        hash: String,
        params: BTreeMap<String, String>,
        steps: Vec<String>,
        /// Digest of each step's text by its name. Journals before this field have none.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        texts: BTreeMap<String, String>,
        /// Title of each step by its name.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        titles: BTreeMap<String, String>,
        /// The condition of each check and wait by its step's name, as it stands in the runbook.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        conditions: BTreeMap<String, String>,
        /// What each decision asks, by its step's name. Journals before this field have none.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        questions: BTreeMap<String, Question>,
    },
    /// The session goes on with a runbook whose text is another one now.
    Rewritten {
        runbook: String,
        hash: String,
        texts: BTreeMap<String, String>,
        /// Steps that were reached with a text that is not theirs any more.
        changed: Vec<String>,
        /// Steps that were reached and are not in the runbook any more.
        gone: Vec<String>,
    },
    /// The records that follow are of this walk, until another one is named or opened.
    Walk {
        walk: u32,
    },
    /// The finding that led here.
    Finding {
        detector: String,
        subject: ObjectKey,
        title: String,
        /// Lines with their times, in UTC.
        evidence: Vec<String>,
    },
    /// A finding that led here is not found any more, or is found again.
    Found {
        detector: String,
        subject: ObjectKey,
        there: bool,
    },
    Step {
        step: String,
    },
    StepEnded {
        step: String,
        ending: Ending,
        words: String,
        /// The step that led past this one, so that it was not needed. Journals before this field say it in their words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        past: Option<String>,
    },
    /// The cluster did not show in time what the step waits for; these words say what it showed last.
    Overdue {
        step: String,
        words: String,
    },
    /// A step is open again: it was taken back, or is to be done again.
    Reopened {
        step: String,
        words: String,
    },
    /// A decision: what the cluster said, where it can say anything about it, and what was chosen.
    Decided {
        step: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<String>,
        chosen: String,
    },
    /// A value that the operator recorded.
    Value {
        step: String,
        name: String,
        value: String,
    },
    /// A parameter that was left out was given on the way.
    Bound {
        name: String,
        value: String,
    },
    /// A plan is about to run. Written and synced before the first request.
    Intent {
        plan: String,
        /// The runbook of the step. Journals before this field have none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        runbook: Option<String>,
        step: Option<String>,
        /// The walk of the step.
        #[serde(default, skip_serializing_if = "is_first")]
        walk: u32,
        op: String,
        title: String,
        target: ObjectKey,
        uid: String,
        inputs: Inputs,
        kubectl: String,
        risk: Risk,
        digest: String,
        /// Digest of the plan that was read and approved, where what runs was made anew since and asks nothing beyond it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        read: Option<String>,
        undo: Undo,
        /// The plan takes this earlier plan back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undoes: Option<String>,
    },
    /// What the server's dry run said that a plan would change; right after its intent.
    Previewed {
        plan: String,
        changes: Vec<FieldChange>,
        /// So many more were left out.
        #[serde(default)]
        more: usize,
    },
    /// A second person agreed to this plan; right after its intent, and before anything is sent.
    Agreed {
        plan: String,
        /// SHA-256 over the plan: what was signed.
        digest: String,
        /// Id of the request: each is used once.
        request: String,
        by: String,
        /// Fingerprint of the key.
        key: String,
        /// When it was signed, as the second person's machine says.
        signed: Timestamp,
    },
    /// A request is about to be sent.
    Sending {
        plan: String,
        object: ObjectKey,
        verb: String,
    },
    Accepted {
        plan: String,
        object: ObjectKey,
        verb: String,
    },
    Refused {
        plan: String,
        object: ObjectKey,
        verb: String,
        why: String,
    },
    /// No answer came: it may or may not have happened.
    Unanswered {
        plan: String,
        object: ObjectKey,
        verb: String,
        why: String,
    },
    /// A pod of a silent node is marked for deletion.
    Marked {
        plan: String,
        object: ObjectKey,
    },
    /// A pod has left its node.
    Left {
        plan: String,
        object: ObjectKey,
    },
    /// What was to last for a while was taken back by the task itself.
    TakenBack {
        plan: String,
    },
    /// What a plan made was ended on purpose by a later one, or by its own time: that it is no longer so is no regression.
    Over {
        plan: String,
        by: String,
    },
    Outcome {
        plan: String,
        end: RunEnd,
        words: String,
    },
    /// The script that proves a plan: that it begins, and afterwards what it says, each time that is something else.
    Checked {
        plan: String,
        words: String,
    },
    /// The cluster shows what the plan promised.
    Proved {
        plan: String,
        words: String,
    },
    /// A plan came to its end, and nothing in the cluster can show more. Journals before this record have `proved` in its place.
    Done {
        plan: String,
        words: String,
    },
    /// A file of what is known of an object was written beside the journal, under this path below the folder of sessions.
    Saved {
        plan: String,
        file: String,
        bytes: u64,
        /// Of the file as it was written.
        sha256: String,
    },
    /// It no longer does.
    Regressed {
        plan: String,
        words: String,
    },
    /// What counts over time has another value now.
    Sample {
        /// What is counted: `nodes not ready`.
        series: String,
        /// The plan that it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        plan: Option<String>,
        value: u64,
    },
    Note {
        text: String,
        /// The number of the record that it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<u64>,
    },
    /// A record was marked as important, or no longer is.
    Pinned {
        record: u64,
        on: bool,
    },
    /// Production was opened for changes, for so many seconds.
    Armed {
        seconds: i64,
    },
    /// It is shut again: its time was over, or the operator ended it before.
    Disarmed,
    /// Who the API server takes the operator for.
    Identity {
        user: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        groups: Vec<String>,
    },
    /// Which cluster this is: the uid of its namespace kube-system. Journals before this record have none.
    Cluster {
        uid: String,
    },
    /// This session goes on with another one that was handed over; its records follow.
    TakenOver {
        session: String,
        /// Whose session it was, and the version that it was recorded with.
        user: String,
        version: String,
        /// Hash of the content of the hand-over file.
        sha256: String,
        records: usize,
        /// The names by which the session knew its cluster until then. Journals of earlier versions have none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        contexts: Vec<String>,
    },
    /// Another process goes on with this session.
    Resumed {
        version: String,
        user: String,
    },
    Ended {
        words: String,
    },
}
