//! How long a step may wait for the cluster: the `within` of a proof or a check, the `timeout` of a wait. Pure: it says
//! until when and what was seen; `update` records what is over.
//!
//! Must not end a step: what is late is still watched, and may still come true.

use std::time::Duration;

use super::{Status, StepId, StepRun, Walk};
use crate::domain::{ClusterSnapshot, Timestamp};
use crate::lang::t;
use crate::op::Progress;
use crate::runbook::cond::Outcome;
use crate::runbook::model::{CondSource, Step, StepKind, VerifyBy};

/// Seconds below which the time that is left is counted down second by second.
const COUNTED: i64 = 600;

/// The moment so long after another one.
pub(super) fn after(from: Timestamp, span: Duration) -> Timestamp {
    let seconds = i64::try_from(span.as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(from.as_second().saturating_add(seconds)).unwrap_or(Timestamp::MAX)
}

/// The time between two moments, as a countdown reads: `9:12`, or whole minutes where it is longer.
pub fn countdown(now: Timestamp, until: Timestamp) -> String {
    match until.as_second().saturating_sub(now.as_second()).max(0) {
        s @ 0..COUNTED => format!("{}:{:02}", s / 60, s % 60),
        s @ ..7_200 => t!("walk-term-minutes", minutes = s / 60),
        s => t!("walk-term-hours", hours = s / 3600, minutes = s % 3600 / 60),
    }
}

/// The condition that a wait or a patient check waits for, and for how long it must hold.
pub fn awaited(kind: &StepKind) -> Option<(&CondSource, Duration)> {
    match kind {
        StepKind::Wait(wait) => Some((&wait.until, wait.stable)),
        StepKind::Check(check) if check.within.is_some() => Some((&check.expect, Duration::ZERO)),
        _ => None,
    }
}

impl Walk {
    /// Until when the step may wait for the cluster; none while it does not wait, or has no limit.
    pub fn deadline(&self, index: StepId) -> Option<Timestamp> {
        let (step, state) = (&self.tree[index], &self.steps[index]);
        match (state.status(), &step.kind) {
            (Status::Proving { since, .. }, _) => {
                let own = Duration::from_secs(state.ran()?.within_seconds);
                Some(after(*since, declared(step, state).unwrap_or(own)))
            }
            (Status::Todo, StepKind::Wait(wait)) => Some(after(state.began?, wait.timeout?)),
            (Status::Todo, StepKind::Check(check)) => Some(after(state.began?, check.within?)),
            _ => None,
        }
    }

    /// When the operation of a step that begins now is to be stopped.
    pub fn stops_at(&self, index: StepId, now: Timestamp) -> Option<Timestamp> {
        match &&self.tree[index].kind {
            StepKind::Action(action) => action.policy.timeout.map(|t| after(now, t)),
            _ => None,
        }
    }

    /// How long a waiting step has left, in words; none once it is late.
    pub fn left(&self, index: StepId, now: Timestamp) -> Option<String> {
        let until = self.deadline(index).filter(|_| self.steps[index].late().is_none())?;
        Some(countdown(now, until))
    }

    /// The waits and patient checks that began and have not ended.
    pub fn waiting(&self) -> Vec<StepId> {
        let waits = |i: &StepId| {
            let (step, state) = (&self.tree[*i], &self.steps[*i]);
            awaited(&step.kind).is_some() && state.began.is_some() && *state.status() == Status::Todo
        };
        self.tree.ids().filter(waits).collect()
    }

    /// What the cluster shows of what the step waits for.
    pub fn seen(&self, index: StepId, world: &ClusterSnapshot, now: Timestamp) -> String {
        let (step, state) = (&self.tree[index], &self.steps[index]);
        if let (Status::Proving { .. }, Some(plan)) = (state.status(), state.ran()) {
            let done = match crate::op::find(&plan.op).map(|op| op.progress(plan, world)) {
                Some(Progress::Pending(words) | Progress::Stuck(words)) => return words,
                Some(Progress::Fulfilled(words)) => words,
                None => plan.title.clone(),
            };
            let verify = step.kind.policy().and_then(|p| p.verify.as_ref()).map(|v| &v.by);
            return match verify {
                Some(VerifyBy::Condition(source)) if !state.back() => self.seen_of(index, source, world, now),
                Some(VerifyBy::Script(_)) if !state.back() => match self.checked(index) {
                    Outcome::True => t!("walk-term-script-ended").to_owned(),
                    Outcome::False => {
                        let said = state.check.as_ref().and_then(|c| c.said.clone());
                        said.and_then(Result::err).unwrap_or_default()
                    }
                    Outcome::Unknown(why) => why,
                },
                _ => done,
            };
        }
        awaited(&step.kind).map_or_else(String::new, |(source, _)| self.seen_of(index, source, world, now))
    }

    fn seen_of(&self, index: StepId, source: &CondSource, world: &ClusterSnapshot, now: Timestamp) -> String {
        match self.test(index, source, world, now) {
            Outcome::True => t!("walk-term-holds", words = self.decided(index, source, world, now)),
            Outcome::False => t!("walk-judge-not-yet", words = self.decided(index, source, world, now)),
            Outcome::Unknown(why) => t!("walk-term-unknown", why = why),
        }
    }

    /// When the engine must look although nothing happens: the end of a time that runs, of a time for which something
    /// must hold, of a pause before an attempt, and the `every` of a wait.
    pub fn next_look(&self, now: Timestamp) -> Option<Timestamp> {
        let of = |index: StepId| {
            let state = &self.steps[index];
            let limit = self.deadline(index).filter(|_| state.late().is_none());
            let holds = state.holds_since.map(|t| after(t, self.stable_for(index)));
            let every = match &self.tree[index].kind {
                StepKind::Wait(w) if state.began.is_some() && !state.status().ended() => w.every,
                _ => None,
            };
            let every = every.map(|e| after(now, e.max(Duration::from_secs(1))));
            // A limit itself is still in time.
            let limit = limit.map(|t| after(t, Duration::from_secs(1)));
            let check = state.check.as_ref().and_then(|c| c.next);
            let stop = state.stop_at.filter(|_| matches!(state.status(), Status::Running(_)));
            let short =
                state.short_since.map(|t| after(t, Duration::from_secs(crate::op::SETTLES.unsigned_abs())));
            [limit, holds, every, state.retry_at, check, stop, short]
                .into_iter()
                .flatten()
                .filter(|t| *t > now)
                .min()
        };
        let settles = self.settles.filter(|until| *until > now);
        self.tree.ids().filter_map(of).chain(settles).min()
    }

    /// Whether seconds are counted for this step on the screen.
    pub fn counts_seconds(&self, index: StepId, now: Timestamp) -> bool {
        let state = &self.steps[index];
        let near = |t: Timestamp| t.as_second() - now.as_second() <= COUNTED;
        let limit = self.deadline(index).filter(|_| state.late().is_none());
        (state.holds_since.is_some() && !state.status().ended())
            || limit.is_some_and(near)
            || state.retry_at.is_some_and(near)
    }

    /// For how long what the step waits for has held, of how many seconds; none where it does not hold, or need not stay.
    pub fn held(&self, index: StepId, now: Timestamp) -> Option<(i64, u64)> {
        let since = self.steps[index].holds_since.filter(|_| !self.steps[index].back())?;
        let all = self.stable_for(index).as_secs();
        (all > 0).then(|| (now.as_second() - since.as_second(), all))
    }

    /// How long what the step waits for must hold.
    fn stable_for(&self, index: StepId) -> Duration {
        let wait = awaited(&self.tree[index].kind).map(|(_, stable)| stable);
        wait.filter(|_| *self.steps[index].status() == Status::Todo)
            .unwrap_or_else(|| self.proof_stable(index))
    }
}

/// The `within` that the step itself declares for its proof.
fn declared(step: &Step, state: &StepRun) -> Option<Duration> {
    let verify = step.kind.policy()?.verify.as_ref().filter(|_| !state.back())?;
    verify.within
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_countdown_counts_seconds_only_when_few_are_left() {
        let t = |s| Timestamp::from_second(s).unwrap();
        for (s, words) in [(-5, "0:00"), (9, "0:09"), (552, "9:12"), (600, "10 min"), (7_260, "2 h 1 min")] {
            assert_eq!(countdown(t(0), t(s)), words);
        }
    }
}
