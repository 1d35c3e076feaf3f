//! Where a step stands.

use crate::domain::Timestamp;
use crate::op::{ApprovedPlan, Plan, Preview, Refusal};
use crate::record::Ending;

use super::output::Output;

/// How the words begin of a step that was taken back.
pub const TAKEN_BACK: &str = "taken back";

/// The state of one step in this run.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Status {
    #[default]
    Todo,
    /// Its plan runs as this task.
    Running(u64),
    /// It was applied; the cluster must show it, since this moment, on a picture of this look.
    Proving {
        plan: String,
        since: Timestamp,
        look: u64,
    },
    Ended(Ending, String),
    /// The plan or the proof failed.
    Failed(String),
    /// Whether it is done cannot be told from the records: verify first.
    Unknown(String),
}

impl Status {
    pub fn ended(&self) -> bool {
        matches!(self, Status::Ended(..))
    }
}

/// The proof of a step that ended, watched on: it goes red again when it is no longer true.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    pub plan: String,
    pub holds: bool,
}

/// The script that proves a step: what it said last, and when it is run again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// The number of the one that runs now.
    pub running: Option<u64>,
    /// When the next one is due.
    pub next: Option<Timestamp>,
    /// What the last one said; an error with why it does not hold.
    pub said: Option<Result<(), String>>,
    /// The one that runs was asked to end.
    pub stopping: bool,
    /// The operator stopped it: it is not run again without an answer.
    pub held: bool,
    /// What was recorded last.
    pub recorded: Option<String>,
}

/// One step of a run.
#[derive(Clone, Debug, Default)]
pub struct StepRun {
    pub status: Status,
    /// The plan as the cluster is now, made anew when it changed.
    pub plan: Option<Result<Plan, Refusal>>,
    pub preview: Option<Preview>,
    /// Digest of the plan for which a preview was asked.
    pub asked: Option<String>,
    /// The plan that was approved together with others, until it is its turn.
    pub approved: Option<Box<ApprovedPlan>>,
    /// Since when the condition of a wait or proof holds without a break.
    pub holds_since: Option<Timestamp>,
    /// What was watched when the step was proved.
    pub proof: Option<Proof>,
    /// The plan that runs or ran.
    pub ran: Option<Plan>,
    /// That plan ran in an earlier process of the session.
    pub earlier: bool,
    /// When a wait began, or a check that may take its time.
    pub began: Option<Timestamp>,
    /// That what it waits for holds was said.
    pub told: bool,
    /// What was last seen when its time was over. It is red and still watched: it may come true all the same.
    pub late: Option<String>,
    /// What ran last took the step back.
    pub back: bool,
    /// The step that this one takes back, as its way back.
    pub back_of: Option<usize>,
    /// When its operation is stopped, where its author says so; scripts have their own limit.
    pub stop_at: Option<Timestamp>,
    /// It was stopped because its time was over.
    pub stopped: bool,
    /// Attempts that were made again by themselves.
    pub attempts: u32,
    /// When the next attempt begins.
    pub retry_at: Option<Timestamp>,
    /// What its script wrote; none while none was begun.
    pub output: Option<Output>,
    /// Why a value that its script was to give could not be taken.
    pub not_captured: Option<String>,
    /// A second person agreed that it is done by hand.
    pub agreed: bool,
    /// The script that proves it.
    pub check: Option<Check>,
}

impl StepRun {
    /// The clock was set by so many milliseconds: no time passed, so every span goes on from where it was.
    pub fn clock_was_set(&mut self, by: i64) {
        let shift = |at: &mut Timestamp| {
            *at = Timestamp::from_millisecond(at.as_millisecond() + by).unwrap_or(*at);
        };
        let times = [&mut self.holds_since, &mut self.began, &mut self.stop_at, &mut self.retry_at];
        times.into_iter().flatten().for_each(shift);
        if let Status::Proving { since, .. } = &mut self.status {
            shift(since);
        }
    }

    /// Whether it was proved, and is no longer so.
    pub fn regressed(&self) -> bool {
        self.proof.as_ref().is_some_and(|p| !p.holds)
    }

    /// Makes the step open again, as if nothing had run.
    pub fn reopen(&mut self) {
        *self = StepRun::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_makes_nothing_hold_longer() {
        let at = |s: i64| Timestamp::from_second(s).unwrap();
        let mut step = StepRun {
            status: Status::Proving { plan: "p".to_owned(), since: at(100), look: 1 },
            holds_since: Some(at(110)),
            began: Some(at(90)),
            retry_at: Some(at(200)),
            ..StepRun::default()
        };
        let before = step.clone();
        for by in [600_000, -3_600_000] {
            step.clock_was_set(by);
        }
        assert_eq!(step.holds_since, Some(at(110 - 3_000)), "as far from now as it was");
        assert_eq!((step.began, step.retry_at), (Some(at(90 - 3_000)), Some(at(200 - 3_000))));
        assert_eq!(step.status, Status::Proving { plan: "p".to_owned(), since: at(100 - 3_000), look: 1 });
        step.clock_was_set(3_000_000);
        assert_eq!((step.status, step.began), (before.status, before.began));
    }
}
