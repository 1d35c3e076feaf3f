//! Plans of steps that are carried out: how a step follows its task, and when one that failed is tried again. Pure.
//!
//! Must not repeat what may have arrived: an unknown end is never tried again.

use std::time::Duration;

use super::{Cx, Out, Started, Status, StepId, Walk};
use crate::domain::Timestamp;
use crate::lang::t;
use crate::op::Plan;
use crate::record::{RunEnd, What};

/// How a task ended.
#[derive(Clone, Copy, Debug)]
pub struct TaskEnd<'a> {
    pub end: RunEnd,
    /// The id of its plan; none where it failed before its intent was recorded, so that nothing was sent.
    pub plan: Option<&'a str>,
    pub words: &'a str,
    /// The look at the cluster that the end asked for.
    pub look: u64,
}

fn after(now: Timestamp, pause: Duration) -> Timestamp {
    let seconds = i64::try_from(pause.as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(now.as_second().saturating_add(seconds)).unwrap_or(now)
}

impl Walk {
    /// The step of a task that runs.
    pub fn of_task(&self, task: u64) -> Option<StepId> {
        self.tree.ids().find(|id| *self.steps[*id].status() == Status::Running(task))
    }

    /// The plan of a step was handed over as this task.
    pub fn started(&mut self, id: StepId, task: u64, plan: Plan, back: bool, now: Timestamp) {
        let stop_at = self.stops_at(id, now).filter(|_| !back);
        self.steps[id].start(Started { task, plan, back, stop_at });
    }

    /// The plan of a step is known to the journal under this id.
    pub fn recorded_as(&mut self, task: u64, plan: &str) {
        if let Some(id) = self.of_task(task).filter(|id| !self.steps[*id].back()) {
            self.steps[id].plan_id = Some(plan.to_owned());
        }
    }

    /// A plan was applied and lasts for a while: its step waits for the proof, its task goes on until it is taken back.
    pub fn holding(&mut self, task: u64, plan: &str, look: u64, now: Timestamp) {
        if let Some(id) = self.of_task(task) {
            self.steps[id].applied(plan, now, look);
        }
    }

    /// What lasted for a while is over: that it is no longer so is no regression.
    pub fn held_until_now(&mut self, made: &Plan, out: &mut Out) {
        for id in self.tree.ids().filter(|id| self.steps[*id].ran() == Some(made)).collect::<Vec<_>>() {
            let plan = self.steps[id].proof().map(|proof| proof.plan.clone());
            if self.steps[id].ended_by(t!("walk-own-time")) {
                out.records.extend(plan.map(|plan| What::Over { by: plan.clone(), plan }));
            }
        }
    }

    /// A task ended: its step is to be proved, tried again, or looked at by the operator.
    pub fn task_ended(&mut self, task: u64, ended: TaskEnd<'_>, cx: &Cx<'_>, out: &mut Out) {
        let Some(id) = self.of_task(task) else { return };
        let state = &mut self.steps[id];
        match (ended.end, ended.plan) {
            (RunEnd::Applied, Some(plan)) => state.applied(plan, cx.now, ended.look),
            (RunEnd::Unknown, _) => state.unanswered(ended.words),
            (RunEnd::Cancelled, _) if state.stopped => {
                state.failed(&t!("walk-time-was-over", words = ended.words));
            }
            (RunEnd::Cancelled, _) => state.failed(&t!("walk-cancelled", words = ended.words)),
            _ => state.failed(ended.words),
        }
        if ended.end == RunEnd::Failed {
            self.try_again(id, ended.plan, cx, out);
        }
    }

    /// Plans the next attempt of a step whose plan failed, where that is allowed.
    fn try_again(&mut self, id: StepId, plan: Option<&str>, cx: &Cx<'_>, out: &mut Out) {
        let sent = plan.is_some_and(|id| {
            let known = cx.session.plans.get(id);
            known.is_none_or(|p| !p.accepted.is_empty() || !p.open.is_empty())
        });
        let Some(retry) = self.tree[id].kind.policy().and_then(|p| p.retry) else { return };
        let state = &mut self.steps[id];
        if sent || state.back() || state.attempts >= retry.times {
            return;
        }
        state.attempts += 1;
        state.retry_at = Some(after(cx.now, retry.every));
        let step = &self.tree[id].name;
        let text =
            t!("walk-attempt-follows", step = step, attempt = state.attempts + 1, most = retry.times + 1);
        out.record(What::Note { text, about: None });
    }

    /// Whether the pause before the next attempt is over.
    pub fn attempt_due(&self, id: StepId, now: Timestamp) -> bool {
        let state = &self.steps[id];
        matches!(state.status(), Status::Failed(_)) && state.retry_at.is_some_and(|at| at <= now)
    }
}
