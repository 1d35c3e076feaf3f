//! Messages into the core and effects out of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Found;
use super::prose::Highlighted;
use super::screens::{Picture, ToProgram};
use super::sight::Frame;
use crate::action::Action;
use crate::domain::{
    Asking, ClusterSnapshot, Interest, LogLine, LogRequest, Mouse, Namespaces, ObjectKey, Press, Timestamp,
};
use crate::lang::Language;
use crate::live::Tone;
use crate::op::{Access, Agreement, ApprovedPlan, PeerRequest, Plan, Preview, Reviewed, Script};
use crate::record::{Event, Format, RunEnd, What};
use crate::runbook::model::Runbook;
use crate::runbook::params::SecretText;
use crate::walk::Given;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Msg {
    Key(Press),
    /// A frame of the present state is on the screen.
    Drawn(Frame),
    Mouse(Mouse),
    Paste(String),
    Resize(u16, u16),
    /// Asked for by the palette, a test or a rehearsal.
    Do(Action),
    Snapshot(Arc<ClusterSnapshot>),
    /// Time has gone on.
    Tick,
    Books(Arc<BTreeMap<String, Arc<Runbook>>>),
    Found {
        generation: u64,
        found: Found,
    },
    Previewed(Box<Preview>),
    /// Whether the operator has a right that was asked for before the first step.
    Reviewed(Box<Reviewed>),
    /// Whether the programs that were looked for are on this machine.
    Tools(BTreeMap<String, bool>),
    /// Versions of programs; none of one that did not tell.
    Versions(BTreeMap<String, Option<String>>),
    /// The text of an object came, or why not.
    Fetched {
        id: u64,
        text: Result<String, String>,
    },
    /// The clock was set by so many milliseconds, and no time passed.
    ClockSet(i64),
    LogLines {
        id: u64,
        lines: Vec<LogLine>,
    },
    LogEnded {
        id: u64,
        why: Option<String>,
    },
    Task {
        id: u64,
        event: TaskEvent,
    },
    /// The credential plugin runs and says this, or none does.
    Login(Option<Asking>),
    /// The API server is another cluster's than the session's.
    OtherCluster,
    /// The script that proves a step ended, with 0 or with the reason why it does not hold.
    Checked {
        id: u64,
        said: Result<(), String>,
    },
    /// The request to a second person was written to this file, or why not.
    PeerAsked {
        id: String,
        file: Result<String, String>,
    },
    /// An answer to it was checked.
    PeerAnswered {
        id: String,
        said: Result<Box<Agreement>, String>,
    },
    /// Records were written to the journal.
    Recorded(Vec<Event>),
    Highlighted(Highlighted),
    Said(Tone, String),
}

/// Something that a task tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskEvent {
    /// It was recorded under this plan id, and runs.
    Started {
        plan: String,
    },
    Progress {
        done: usize,
        total: usize,
        line: String,
    },
    /// It was applied, and is taken back at this moment: a step that waits for its effect may be proved.
    Holding {
        until: Timestamp,
    },
    /// The server made a token, that is good until this time. It is shown once.
    Token {
        object: ObjectKey,
        token: SecretText,
        until: String,
    },
    /// An object is another one by now than the plan was made for, so the server did not write it.
    Stale,
    /// A script wrote these lines, without secrets and without what steers a terminal.
    Output(Vec<String>),
    /// The program of a task that takes a terminal shows this now.
    Shown(Box<Picture>),
    /// A script ended and gave this.
    Given(Box<Given>),
    Ended {
        end: RunEnd,
        words: String,
    },
}

/// Something to be done by the runtime. Data, so that a test can compare it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Quit,
    /// Open the cluster of this context: there is none yet.
    Connect(String),
    /// Stop as the shell's job control asks.
    Suspend,
    /// Clear the terminal and draw everything.
    Redraw,
    Theme(String),
    /// The program speaks this language from now on.
    Language(Language),
    /// This text goes to the clipboard of the operator's terminal, without secrets.
    Copy(String),
    Search {
        generation: u64,
        text: String,
        boost: Vec<String>,
    },
    Preview(Box<Plan>),
    /// Ask whether the operator has these rights, one after the other.
    Review(Vec<Access>),
    /// Look for programs on this machine.
    FindTools(Vec<String>),
    /// Ask programs of this machine for their versions, each by its fixed command.
    ReadVersions(Vec<String>),
    /// Run an approved plan as a task. The journal comes first.
    Execute {
        task: u64,
        approved: Box<ApprovedPlan>,
        /// The runbook of the step.
        runbook: Option<String>,
        /// The walk of the step.
        walk: u32,
        step: Option<String>,
        undoes: Option<String>,
    },
    /// Run the script that proves a step.
    Check {
        id: u64,
        script: Box<Script>,
    },
    /// Ask a second person: write the request, and look for an answer beside it.
    AskPeer(Box<PeerRequest>),
    /// Check an answer to the request with this id.
    CheckPeer {
        id: String,
        line: String,
    },
    Cancel(u64),
    /// Something for the program of a task that takes a terminal.
    Terminal {
        task: u64,
        to: ToProgram,
    },
    Fetch {
        id: u64,
        key: ObjectKey,
    },
    Logs {
        id: u64,
        request: LogRequest,
    },
    StopLogs(u64),
    /// What is to be followed beside the watched kinds, as a whole.
    Follow(BTreeSet<Interest>),
    /// Everything is to be heard of anew: a plan ended, and its proof waits for a picture of this look.
    LookAgain(u64),
    /// Where the whole cluster may not be read, these namespaces are read as well from now on.
    ReadNamespaces(Namespaces),
    Record(Vec<What>),
    /// Something is done to the world outside of the practice cluster.
    Practice(String),
    /// Write the session into a file.
    Export(Format),
    /// These values are secret: nothing that is written down may hold them.
    Taint(Vec<SecretText>),
    Highlight {
        lang: String,
        text: String,
    },
    /// Ask again for kinds that were refused.
    Refresh,
}
