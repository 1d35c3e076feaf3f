//! What a step says on the present picture: go, no, unknown, and where it leads.

use super::script::has_way;
use super::{StepId, Walk};
use crate::domain::{ClusterSnapshot, Timestamp};
use crate::lang::t;
use crate::runbook::cond::Outcome;
use crate::runbook::model::{At, Else, Goto, Step, StepKind, VerifyBy};

/// Where a step leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    Next,
    /// A step of this runbook.
    Step(StepId),
    /// Another runbook.
    Runbook(String),
    /// The run ends with these words.
    Stop(String),
}

/// What a step says now.
#[derive(Clone, Debug, PartialEq)]
pub enum Judgement {
    /// It may be accepted with these words.
    Go { words: String, way: Way },
    /// Its condition does not hold; where that leads, if anywhere.
    No { words: String, way: Option<Way> },
    /// It cannot be told.
    Unknown(String),
    /// The operator chooses.
    Ask { question: String },
    /// An operation or a script is to be planned and run.
    Operate,
    /// The operator does it elsewhere.
    ByHand,
    /// It needs a way to the host that this program does not have.
    NeedsHost,
    /// It may not run, and why.
    Refused(String),
    /// It is not needed, and why.
    NotNeeded(String),
}

/// What a step asks for and this program does not do yet: it is refused rather than run with less care than
/// its author wanted.
fn not_carried_out(step: &Step) -> Option<String> {
    let policy = step.kind.policy()?;
    if let StepKind::Shell(shell) = &step.kind {
        if !has_way(shell) {
            return None;
        }
        if shell.interactive && shell.at != At::Local {
            return Some(t!("walk-judge-terminal").to_owned());
        }
    }
    if policy.each.is_some() && step.part.is_none() {
        return Some(t!("walk-judge-nothing-in-list").to_owned());
    }
    None
}

impl Walk {
    /// Judges a step.
    pub fn judge(&self, index: StepId, world: &ClusterSnapshot, now: Timestamp) -> Judgement {
        let step = &self.tree[index];
        if let crate::runbook::model::Runnable::No(why) = self.book.runnable() {
            return Judgement::Refused(why);
        }
        if let crate::runbook::model::Runnable::No(why) = &step.runnable {
            return Judgement::Refused(why.clone());
        }
        if let Some(why) = self.about_nothing(world) {
            return Judgement::Refused(why);
        }
        if let Some(why) = self.not_needed(index, world, now) {
            return Judgement::NotNeeded(why);
        }
        if let Some(why) = self.held_up(index, step) {
            return Judgement::Refused(why);
        }
        if matches!(step.kind, StepKind::Action(_) | StepKind::Shell(_))
            && let Some(why) = self.untrusted(index).or_else(|| self.too_old(index))
        {
            return Judgement::Refused(why);
        }
        match &step.kind {
            StepKind::View(_) => {
                Judgement::Go { words: t!("walk-judge-looked-at").to_owned(), way: Way::Next }
            }
            StepKind::Check(check) => match self.test(index, &check.expect, world, now) {
                Outcome::True => {
                    let words = self.decided(index, &check.expect, world, now);
                    Judgement::Go { words, way: Way::Next }
                }
                Outcome::False if self.may_come(index, check.within) => {
                    let words =
                        t!("walk-judge-waiting", words = self.decided(index, &check.expect, world, now));
                    Judgement::No { words, way: None }
                }
                Outcome::False => {
                    let words = self.decided(index, &check.expect, world, now);
                    self.otherwise(index, check.otherwise.as_ref(), &words)
                }
                Outcome::Unknown(why) => Judgement::Unknown(why),
            },
            StepKind::Decision(_) => self.decide(index, step, world, now),
            StepKind::Shell(shell) if !has_way(shell) => Judgement::NeedsHost,
            StepKind::Action(_) | StepKind::Shell(_) => self
                .not_its_turn(index)
                .map(|words| Judgement::No { words, way: None })
                .or_else(|| self.before(index, step, world, now))
                .unwrap_or(Judgement::Operate),
            StepKind::Wait(wait) => match self.test(index, &wait.until, world, now) {
                Outcome::True if !self.stable(index, wait.stable, now) => {
                    let since = self.steps[index].holds_since.map_or(0, |t| now.as_second() - t.as_second());
                    let words = self.decided(index, &wait.until, world, now);
                    let words = t!(
                        "walk-judge-holds-for",
                        since = since,
                        wanted = wait.stable.as_secs(),
                        words = words
                    );
                    Judgement::No { words, way: None }
                }
                Outcome::True => match &wait.then {
                    Some(_) => self.untrusted(index).map_or(Judgement::Operate, Judgement::Refused),
                    None => {
                        let words = self.decided(index, &wait.until, world, now);
                        Judgement::Go { words, way: Way::Next }
                    }
                },
                Outcome::False => {
                    let words =
                        t!("walk-judge-waiting", words = self.decided(index, &wait.until, world, now));
                    Judgement::No { words, way: None }
                }
                Outcome::Unknown(why) => Judgement::Unknown(why),
            },
            StepKind::Manual(_) => Judgement::ByHand,
            StepKind::Include(include) => Judgement::Go {
                words: t!("walk-judge-opens", runbook = include.runbook),
                way: Way::Runbook(include.runbook.clone()),
            },
            StepKind::Group(_) => Judgement::Refused(t!("walk-judge-nothing-in-list-of-steps").to_owned()),
            StepKind::Unreadable { kind } => Judgement::Refused(t!("walk-judge-newer", kind = kind)),
        }
    }

    /// Why a step cannot be begun as it stands: what it is for is not there, or nobody can be asked.
    fn held_up(&self, index: StepId, step: &Step) -> Option<String> {
        let left_out = self.left_out(index).filter(|_| step.part.is_none()).map(|param| {
            let name = &param.name;
            t!("walk-judge-left-out", name = name)
        });
        left_out
            .or_else(|| self.no_elements(index))
            .or_else(|| not_carried_out(step))
            .or_else(|| self.no_peer(index))
    }

    /// Whether a check may still come true: its time runs.
    fn may_come(&self, index: StepId, within: Option<std::time::Duration>) -> bool {
        let state = &self.steps[index];
        within.is_some() && state.began.is_some() && state.late().is_none()
    }

    /// Whether the condition of a step has held long enough.
    fn stable(&self, index: StepId, stable: std::time::Duration, now: Timestamp) -> bool {
        let since = self.steps[index].holds_since;
        stable.is_zero() || since.is_some_and(|t| now.duration_since(t).as_secs() >= stable.as_secs() as i64)
    }

    /// Why the conditions before an action do not hold.
    fn before(
        &self,
        index: StepId,
        step: &Step,
        world: &ClusterSnapshot,
        now: Timestamp,
    ) -> Option<Judgement> {
        for source in &step.kind.policy()?.before {
            match self.test(index, source, world, now) {
                Outcome::True => {}
                Outcome::False => {
                    let words = t!("walk-judge-not-yet", words = self.decided(index, source, world, now));
                    return Some(Judgement::No { words, way: None });
                }
                Outcome::Unknown(why) => return Some(Judgement::Unknown(why)),
            }
        }
        None
    }

    fn otherwise(&self, index: StepId, otherwise: Option<&Else>, text: &str) -> Judgement {
        let Some(otherwise) = otherwise else {
            return Judgement::No { words: t!("walk-judge-not-so", words = text), way: None };
        };
        let said = self.file(index).and_then(|(book, step)| book.step_otherwise_in(step, &self.lang));
        let words = said.map_or_else(
            || t!("walk-judge-not-so", words = text),
            |said| t!("walk-judge-said", said = said, text = text),
        );
        let way = match (&otherwise.goto, &otherwise.stop) {
            (Some(goto), _) => Some(self.way(index, goto)),
            (None, Some(stop)) => Some(Way::Stop(
                self.file(index)
                    .and_then(|(book, step)| book.step_stop_in(step, &self.lang))
                    .unwrap_or(stop)
                    .to_owned(),
            )),
            (None, None) => None,
        };
        Judgement::No { words, way }
    }

    /// Where a goto leads.
    pub fn way(&self, index: StepId, goto: &Goto) -> Way {
        let own = self.file(index).map_or(&self.book.id, |(book, _)| &book.id);
        match (&goto.runbook, &goto.step) {
            (Some(id), _) if id != own => Way::Runbook(id.clone()),
            (_, Some(step)) => self
                .named_by(index, step)
                .map_or_else(|| Way::Stop(t!("walk-judge-no-step", step = step)), Way::Step),
            _ => Way::Next,
        }
    }

    fn decide(&self, index: StepId, step: &Step, world: &ClusterSnapshot, now: Timestamp) -> Judgement {
        let StepKind::Decision(decision) = &step.kind else { return Judgement::ByHand };
        let question = self.question(index).to_owned();
        let Some(source) = &decision.value else { return Judgement::Ask { question } };
        match self.value(index, source, world, now) {
            Err(why) => Judgement::Unknown(why),
            Ok(value) => match decision.cases.iter().find(|c| c.value == value) {
                Some(case) => Judgement::Go {
                    words: value,
                    way: case.goto.as_ref().map_or(Way::Next, |g| self.way(index, g)),
                },
                None => match &decision.otherwise {
                    Some(otherwise) => self.otherwise(
                        index,
                        Some(otherwise),
                        &t!("walk-judge-is", source = source.text, value = value),
                    ),
                    None => {
                        Judgement::Ask { question: t!("walk-judge-ask", question = question, value = value) }
                    }
                },
            },
        }
    }

    /// Whether the proof of a step holds: the operation's own, which knows the picture before the write from
    /// the one after it, and the step's `verify`.
    pub fn proof(&self, index: StepId, world: &ClusterSnapshot, now: Timestamp) -> Outcome {
        let run = &self.steps[index];
        let Some(plan) = run.ran() else { return Outcome::Unknown(t!("walk-judge-nothing-ran").to_owned()) };
        // A script is done when it has ended; what it changed is the step's to prove.
        if plan.script().is_none() {
            let Some(op) = crate::op::find(&plan.op) else { return Outcome::Unknown(plan.op.clone()) };
            if !matches!(op.progress(plan, world), crate::op::Progress::Fulfilled(_)) {
                return Outcome::False;
            }
        }
        // What takes the step back cannot be held against what proves it.
        if run.back() { Outcome::True } else { self.wanted(index, world, now) }
    }

    /// Whether what the step itself wants as its proof holds; true where it wants nothing more than its operation.
    pub fn wanted(&self, index: StepId, world: &ClusterSnapshot, now: Timestamp) -> Outcome {
        let policy = self.tree[index].kind.policy();
        match policy.and_then(|p| p.verify.as_ref()).map(|v| &v.by) {
            Some(VerifyBy::Condition(source)) => self.test(index, source, world, now),
            Some(VerifyBy::Script(_)) => self.checked(index),
            None => Outcome::True,
        }
    }

    /// How long a step's proof must hold without a break.
    pub fn proof_stable(&self, index: StepId) -> std::time::Duration {
        let policy = self.tree[index].kind.policy();
        policy.and_then(|p| p.verify.as_ref()).map_or(std::time::Duration::ZERO, |v| v.stable)
    }

    /// The next step that is not ended, after this one; the lanes of a list are done before what follows them.
    pub fn next_open(&self, index: StepId) -> Option<StepId> {
        if let Some(next) = self.next_in_lanes(index) {
            return Some(next);
        }
        self.tree.after(index).find(|i| !self.steps[*i].status().ended())
    }

    /// Whether every step that was reached is ended and the last one is proved.
    pub fn finished(&self) -> bool {
        self.tree.ids().next_back().is_some_and(|id| self.steps[id].status().ended())
    }
}
