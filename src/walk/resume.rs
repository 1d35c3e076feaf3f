//! A run that goes on with the records of a session: where its steps stand, what is unknown, and which proofs of earlier
//! processes are watched on. Pure.
//!
//! Must not take a mask for a value, and must not take for done what cannot be known.

use super::{Status, StepId, Walk, capture};
use crate::domain::{ClusterSnapshot, SyncState};
use crate::lang::{self, t};
use crate::op::{Change, Plan, SCRIPT, Work};
use crate::record::{Ending, PlanState, SessionState, StepState};
use crate::runbook::model::{StepKind, ValueType};
use crate::runbook::params::ParamValue;

/// What stands in a record in the place of a secret.
const MASK: &str = "***";

/// Whether a step by hand records a secret under this name.
fn secret(kind: &StepKind, name: &str) -> bool {
    let StepKind::Manual(manual) = kind else { return false };
    manual.field(name).is_some_and(|field| matches!(field.ty, ValueType::Secret))
}

/// A plan as far as its records have it: enough to see whether the cluster still shows it, and not to run it.
fn known(plan: &PlanState) -> Plan {
    Plan {
        op: plan.op.clone(),
        inputs: plan.inputs.clone(),
        title: plan.title.clone(),
        target: plan.target.clone(),
        uid: plan.uid.clone(),
        // Whatever its object is now, it is another state than the one before the plan.
        version: String::new(),
        risk: plan.risk,
        work: Work::Calls(Vec::new()),
        summary: String::new(),
        consequences: Vec::new(),
        questions: Vec::new(),
        needs: Vec::new(),
        kubectl: crate::op::CommandLine::words(plan.kubectl.clone()),
        undo: plan.undo.clone(),
        proof: plan.title.clone(),
        within_seconds: 0,
        peer: false,
    }
}

impl Walk {
    /// Takes back what the steps of a session recorded, and takes apart what is for each element of it.
    pub fn remember(&mut self, state: &SessionState) {
        for ((step, name), value) in &state.values {
            let kind = self.find(step).map(|i| &self.tree[i].kind);
            // What was secret stands nowhere: its mask is no value.
            if kind.is_some_and(|k| secret(k, name)) {
                continue;
            }
            let typed = kind.and_then(|k| capture::again(k, name, value));
            let value = typed.unwrap_or_else(|| ParamValue::Text(value.clone()));
            self.record(step, name, value);
        }
        self.arrange();
        // Steps that stand there only since their list is known see what they recorded as well.
        for (step, name) in state.values.keys() {
            let value = self.recorded.get(step).and_then(|of| of.get(name)).cloned();
            if let Some(value) = value.filter(|_| step.contains('[')) {
                self.record(step, name, value);
            }
        }
        self.anew.clear();
    }

    /// Puts the steps where the records of a session left them, once it remembers what they recorded. What ran when the program ended is unknown.
    pub fn restore(&mut self, state: &SessionState) {
        let mut led_past = Vec::new();
        for id in self.tree.ids() {
            let (step, run) = (&self.tree[id], &mut self.steps[id]);
            // It may have ended before its list was given.
            let stood = state.steps.get(&step.name).or_else(|| state.steps.get(step.written()));
            let changes = matches!(step.kind, StepKind::Action(_) | StepKind::Shell(_) | StepKind::Manual(_));
            if let Some(StepState::Outdated { words }) = stood
                && changes
            {
                run.resumed(Status::Unknown(t!("walk-resume-outdated", words = words)));
            }
            // What was reached and not passed over was needed: that is not asked once more.
            run.wanted = matches!(stood, Some(StepState::Entered));
            if let Some(StepState::Ended { ending, words, past }) = stood {
                let gone = state.practice && matches!(step.kind, StepKind::Action(_));
                run.resumed(if gone {
                    Status::Unknown(t!("walk-resume-practice").to_owned())
                } else {
                    Status::Ended(*ending, words.clone())
                });
                led_past.extend(past.as_ref().map(|by| (id, by.clone())));
            }
        }
        for (id, by) in led_past {
            self.steps[id].passed_by = self.find(&by);
        }
        for (_, plan) in state.unknown().filter(|(_, p)| state.of_this_walk(p)) {
            let index = plan.step.as_ref().and_then(|s| self.find(s));
            if let Some(run) = index.map(|i| &mut self.steps[i]) {
                let open: Vec<_> = plan.open.iter().map(|o| o.row.to_string()).collect();
                let open = if open.is_empty() {
                    t!("walk-resume-none-open").to_owned()
                } else {
                    t!("walk-resume-unanswered", open = lang::list(open))
                };
                run.resumed(Status::Unknown(t!(
                    "walk-resume-was-running",
                    title = plan.title,
                    accepted = plan.accepted.len(),
                    open = open
                )));
            }
        }
        for (_, plan) in state.unproved().filter(|(_, p)| state.of_this_walk(p)) {
            let index = plan.step.as_ref().and_then(|s| self.find(s));
            if let Some(run) = index.map(|i| &mut self.steps[i]).filter(|r| !r.status().ended()) {
                run.resumed(Status::Unknown(t!("walk-resume-not-proved", title = plan.title)));
            }
        }
        self.watch_again(state);
        let entered = state.step.as_ref().and_then(|s| self.find(s));
        let open = || self.tree.ids().find(|id| !self.steps[*id].status().ended());
        self.current = entered.or_else(open).unwrap_or_else(|| self.tree.first());
    }

    /// What earlier processes proved is watched on, where its plan is in the records and nothing took it back since.
    fn watch_again(&mut self, state: &SessionState) {
        if state.practice {
            return;
        }
        for id in self.tree.ids() {
            let (step, run) = (&self.tree[id], &mut self.steps[id]);
            if !matches!(run.status(), Status::Ended(Ending::Proved, _)) {
                continue;
            }
            let Some((id, plan)) = state
                .latest_plan(&step.name)
                .and_then(|id| Some((state.plans.get(&id)?, id)))
                .map(|(plan, id)| (id, plan))
            else {
                continue;
            };
            if plan.change == Change::Over {
                run.over_again(state.ended_by(&id).unwrap_or_default());
            }
            let masked = plan.inputs.0.values().any(|v| v.to_string().contains(MASK));
            let watched = matches!(plan.change, Change::Proved | Change::Regressed);
            if watched && plan.op != SCRIPT && !masked {
                run.watched_again(id, known(plan), plan.change == Change::Proved);
            }
        }
    }

    /// Whether the picture has all that the proof of an earlier process looks at: before that, that it does not show it
    /// says nothing.
    pub fn read_for(&self, index: StepId, world: &ClusterSnapshot) -> bool {
        let Some(plan) = Some(&self.steps[index]).filter(|s| s.earlier).and_then(|s| s.ran()) else {
            return true;
        };
        let coming = SyncState::coming;
        let reads = crate::op::reads(&plan.op, &plan.inputs);
        !world.sync.iter().any(coming) && reads.iter().all(|i| world.following(i).complete())
    }
}
