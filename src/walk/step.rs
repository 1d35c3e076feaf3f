//! Where a step stands. What becomes of a change of a step is decided by one table ([`crate::op::Change`]), which its task and the
//! journal keep as well.
//!
//! Must not be written from outside: a step that is green without the cluster's word is what this module keeps from happening.

use crate::domain::Timestamp;
use crate::op::{ApprovedPlan, Change, Plan, Preview, Refusal, Turn};
use crate::record::Ending;

use super::StepId;
use super::output::Output;

/// The state of one step in this walk.
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
    /// What it changed was taken back. It can be run again.
    TakenBack(String),
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

/// One step of a walk. What it says of a change is written by the functions below alone, each of which is a turn in the
/// table of [`Change`].
#[derive(Clone, Debug, Default)]
pub struct StepRun {
    status: Status,
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
    proof: Option<Proof>,
    /// The plan that runs or ran.
    ran: Option<Plan>,
    /// The id under which the journal knows it, once it is written.
    pub plan_id: Option<String>,
    /// That plan ran in an earlier process of the session.
    pub earlier: bool,
    /// When a wait began, or a check that may take its time.
    pub began: Option<Timestamp>,
    /// That what it waits for holds was said.
    pub told: bool,
    /// What was last seen when its time was over. It is red and still watched: it may come true all the same.
    late: Option<String>,
    /// What ran last took the step back.
    back: bool,
    /// What it made was ended on purpose by this.
    over: Option<String>,
    /// The step that this one takes back, as its way back.
    pub back_of: Option<StepId>,
    /// The step whose way led past this one: it was not needed.
    pub passed_by: Option<StepId>,
    /// It was needed when the walk came to it, or the operator wants it done: its `when` is not asked any more.
    pub wanted: bool,
    /// Since when its proof does not hold while what an operation moved begins anew.
    pub short_since: Option<Timestamp>,
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

/// A plan that was handed over to be carried out.
#[derive(Clone, Debug)]
pub struct Started {
    /// The task that carries it out.
    pub task: u64,
    pub plan: Plan,
    /// It takes the step back.
    pub back: bool,
    pub stop_at: Option<Timestamp>,
}

impl StepRun {
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// The plan that runs or ran.
    pub fn ran(&self) -> Option<&Plan> {
        self.ran.as_ref()
    }

    /// What was last seen when its time was over.
    pub fn late(&self) -> Option<&str> {
        self.late.as_deref()
    }

    /// Whether what runs or ran last takes the step back.
    pub fn back(&self) -> bool {
        self.back
    }

    /// What is watched since the step was proved.
    pub fn proof(&self) -> Option<&Proof> {
        self.proof.as_ref()
    }

    /// By what it was ended on purpose what the step made.
    pub fn over(&self) -> Option<&str> {
        self.over.as_deref()
    }

    /// Where the change of this step stands; none where it has made none.
    pub fn change(&self) -> Option<Change> {
        match &self.status {
            Status::Running(_) => Some(Change::Running),
            Status::Proving { .. } if self.late.is_some() => Some(Change::Late),
            Status::Proving { .. } => Some(Change::Proving),
            Status::Failed(_) => Some(Change::Failed),
            Status::TakenBack(_) => Some(Change::TakenBack),
            Status::Unknown(_) => Some(Change::Unknown),
            Status::Ended(Ending::Proved, _) => match &self.proof {
                Some(proof) if proof.holds => Some(Change::Proved),
                Some(_) => Some(Change::Regressed),
                None => self.over.as_ref().map(|_| Change::Over),
            },
            Status::Ended(Ending::Ran, _) => Some(Change::Done),
            Status::Todo | Status::Ended(..) => None,
        }
    }

    /// Whether this turn leads its change anywhere.
    fn turns(&self, turn: Turn) -> bool {
        self.change().is_some_and(|now| now.on(turn) != now)
    }

    /// Its plan was handed over. What ran before is forgotten.
    pub fn start(&mut self, started: Started) {
        let Started { task, plan, back, stop_at } = started;
        // The script that proves it and what it wrote belong to the plan before.
        self.output = plan.tells().then(Output::default);
        (self.check, self.not_captured, self.over) = (None, None, None);
        (self.stop_at, self.stopped, self.earlier, self.retry_at) = (stop_at, false, false, None);
        (self.late, self.holds_since) = (None, None);
        // What a way back takes back stays known until it is gone.
        if !back {
            (self.proof, self.plan_id, self.passed_by) = (None, None, None);
        }
        self.status = Status::Running(task);
        (self.ran, self.back) = (Some(plan), back);
    }

    /// Everything was accepted: the cluster must show it, on a picture of this look.
    pub fn applied(&mut self, plan: &str, since: Timestamp, look: u64) {
        if self.turns(Turn::Applied) {
            self.holds_since = None;
            self.status = match self.not_captured.take() {
                Some(why) => Status::Failed(why),
                None => Status::Proving { plan: plan.to_owned(), since, look },
            };
        }
    }

    /// It ended before it was done.
    pub fn failed(&mut self, words: &str) {
        if self.turns(Turn::Failed) {
            self.holds_since = None;
            self.status = Status::Failed(words.to_owned());
        }
    }

    /// Whether it happened is not known.
    pub fn unanswered(&mut self, words: &str) {
        if self.turns(Turn::Unanswered) {
            self.holds_since = None;
            self.status = Status::Unknown(words.to_owned());
        }
    }

    /// The cluster shows what the plan of this id promised: the step is done, and is watched from now on.
    pub fn shown(&mut self, plan: &str, words: &str) {
        if self.turns(Turn::Shown) {
            (self.late, self.holds_since) = (None, None);
            self.proof = Some(Proof { plan: plan.to_owned(), holds: true });
            self.plan_id = Some(plan.to_owned());
            if !self.status.ended() {
                self.status = Status::Ended(Ending::Proved, words.to_owned());
            }
        }
    }

    /// What the plan of this id did came to its end, and nothing in the cluster can show it: the step is done, and not proved.
    pub fn ran_to_its_end(&mut self, plan: &str, words: &str) {
        if self.turns(Turn::Done) {
            (self.late, self.holds_since) = (None, None);
            self.plan_id = Some(plan.to_owned());
            self.status = Status::Ended(Ending::Ran, words.to_owned());
        }
    }

    /// Whether it left something behind that is to be read before the walk goes on.
    pub fn to_read(&self) -> bool {
        self.output.is_some() && matches!(self.status, Status::Ended(Ending::Proved | Ending::Ran, _))
    }

    /// The cluster does not show any more what it showed.
    pub fn not_shown(&mut self) {
        if self.turns(Turn::NotShown)
            && let Some(proof) = &mut self.proof
        {
            proof.holds = false;
        }
    }

    /// What the cluster shows was not enough in the time that it had; a wait and a patient check can be late as well.
    pub fn out_of_time(&mut self, seen: &str) {
        if self.status == Status::Todo || self.turns(Turn::OutOfTime) {
            self.late = Some(seen.to_owned());
        }
    }

    /// A wait that was late came true after all.
    pub(super) fn came_after_all(&mut self) {
        self.late = None;
    }

    /// What it changed was taken back: it can be run again. False where it has changed nothing that is known.
    pub fn taken_back(&mut self, words: &str) -> bool {
        // What runs or waits for its proof may be the way back itself.
        let back = self.back && self.change().is_some_and(Change::under_way);
        let turns = back || self.turns(Turn::TakenBack);
        if turns {
            let attempts = self.attempts;
            *self = StepRun { status: Status::TakenBack(words.to_owned()), attempts, ..StepRun::default() };
        }
        turns
    }

    /// What it made was ended on purpose: it is not watched any more. False where it was not.
    pub fn ended_by(&mut self, by: &str) -> bool {
        let turns = self.turns(Turn::Ended) && self.status.ended();
        if turns {
            (self.proof, self.over) = (None, Some(by.to_owned()));
        }
        turns
    }

    /// The step has ended without a change of its own: by what the cluster shows, or by what the operator says.
    pub fn end(&mut self, ending: Ending, words: &str) {
        (self.late, self.holds_since, self.approved) = (None, None, None);
        self.status = Status::Ended(ending, words.to_owned());
    }

    /// Makes the step open again, as if nothing had run.
    pub fn reopen(&mut self) {
        *self = StepRun::default();
    }

    /// A session goes on: what its records say of the step.
    pub(super) fn resumed(&mut self, status: Status) {
        self.status = status;
    }

    /// A session goes on: what an earlier process proved is watched on.
    pub(super) fn watched_again(&mut self, id: String, plan: Plan, holds: bool) {
        (self.ran, self.earlier, self.plan_id) = (Some(plan), true, Some(id.clone()));
        self.proof = Some(Proof { plan: id, holds });
    }

    /// A session goes on: by what it was ended on purpose what the step made.
    pub(super) fn over_again(&mut self, by: String) {
        self.over = Some(by);
    }

    /// The clock was set by so many milliseconds: no time passed, so every span goes on from where it was.
    pub fn clock_was_set(&mut self, by: i64) {
        let shift = |at: &mut Timestamp| {
            *at = Timestamp::from_millisecond(at.as_millisecond() + by).unwrap_or(*at);
        };
        let times = [
            &mut self.holds_since,
            &mut self.began,
            &mut self.stop_at,
            &mut self.retry_at,
            &mut self.short_since,
        ];
        times.into_iter().flatten().for_each(shift);
        if let Status::Proving { since, .. } = &mut self.status {
            shift(since);
        }
    }

    /// Whether it was proved, and is no longer so.
    pub fn regressed(&self) -> bool {
        self.proof.as_ref().is_some_and(|p| !p.holds)
    }

    /// Whether nothing of it was begun or approved.
    pub(super) fn untouched(&self) -> bool {
        self.status == Status::Todo && self.ran.is_none() && self.approved.is_none()
    }

    /// Whether its plan runs or waits for its proof.
    pub fn under_way(&self) -> bool {
        matches!(self.status, Status::Running(_) | Status::Proving { .. })
    }

    /// Whether it needs an answer before anything else of its kind goes on.
    pub fn stuck(&self) -> bool {
        self.late.is_some()
            || matches!(self.status, Status::Failed(_) | Status::TakenBack(_) | Status::Unknown(_))
    }
}

#[cfg(test)]
#[path = "step_tests.rs"]
mod tests;
