//! What runs in the background, and what ran.

use super::screens::Terminal;
use crate::domain::Timestamp;
use crate::op::{Change, Plan};
use crate::record::RunEnd;

/// A task: an approved plan that is carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    pub id: u64,
    pub title: String,
    /// The id under which the journal knows it, once it is written.
    pub plan: Option<String>,
    /// The step that it belongs to, and its walk.
    pub step: Option<String>,
    pub walk: u32,
    pub started: Timestamp,
    pub done: usize,
    pub total: usize,
    /// The latest line: what it waits for.
    pub line: String,
    pub ended: Option<(RunEnd, String, Timestamp)>,
    /// The look at the cluster that its end asked for: what was heard before shows nothing of it.
    pub look: u64,
    pub cancelling: bool,
    /// What it carries out; the cluster must show it after it was applied.
    pub plan_made: Plan,
    /// Where its change stands, as the cluster shows it.
    pub change: Change,
    /// The server refused it since an object was another one by then: nothing of that object was written, and a new plan may be.
    pub stale: bool,
    /// It was said that the cluster shows why it does not come.
    pub stuck: bool,
    /// What its program shows, where it takes a terminal; none once it has ended and its pane was closed.
    pub terminal: Option<Box<Terminal>>,
}

impl Task {
    /// What is to be said of it now: how it ended, or what it waits for.
    pub fn words(&self) -> &str {
        match &self.ended {
            // That it was applied is said beside its title: what the cluster shows of it is more.
            Some((RunEnd::Applied, words, _)) => {
                let waits = self.step.is_none() && self.change.under_way() && !self.line.is_empty();
                match (*words == self.title || waits, self.line.is_empty()) {
                    (false, _) => words,
                    (true, false) => &self.line,
                    (true, true) => &self.plan_made.summary,
                }
            }
            Some((_, words, _)) => words,
            None => &self.line,
        }
    }
}

/// Tasks that are kept on the list.
pub const MOST: usize = 100;

/// The tasks of this run of the program, the oldest first. Only the newest of those that ended are kept; all of them
/// are in the journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tasks {
    pub all: Vec<Task>,
    /// How many older ones are no longer on the list.
    pub dropped: usize,
}

impl Tasks {
    /// Adds a task. Returns the places, each as it was at that moment, from which older ones were taken; one that runs
    /// is never among them.
    pub(crate) fn push(&mut self, task: Task) -> Vec<usize> {
        self.all.push(task);
        let mut gone = Vec::new();
        while self.all.len() > MOST
            && let Some(oldest) = self.all.iter().position(|t| t.ended.is_some())
        {
            self.all.remove(oldest);
            self.dropped += 1;
            gone.push(oldest);
        }
        gone
    }

    /// The latest task of a step of a walk.
    pub fn of_step(&self, walk: u32, step: &str) -> Option<&Task> {
        self.all.iter().rev().find(|t| t.walk == walk && t.step.as_deref() == Some(step))
    }

    pub fn get(&self, id: u64) -> Option<&Task> {
        self.all.iter().find(|t| t.id == id)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Task> {
        self.all.iter_mut().find(|t| t.id == id)
    }

    pub fn running(&self) -> usize {
        self.all.iter().filter(|t| t.ended.is_none()).count()
    }
}
