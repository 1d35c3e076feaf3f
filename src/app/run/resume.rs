//! A run that goes on with the records of a session: where its steps stand, what is unknown, and which proofs of earlier
//! processes are watched on. Pure.
//!
//! Must not take a mask for a value, and must not take for done what cannot be known.

use super::{Proof, Run, Status, capture};
use crate::domain::{ClusterSnapshot, SyncState};
use crate::op::{Plan, SCRIPT, Work};
use crate::record::{Ending, PlanState, SessionState, StepState};
use crate::runbook::model::{StepKind, ValueType};
use crate::runbook::params::ParamValue;

/// What stands in a record in the place of a secret.
const MASK: &str = "***";

/// Whether a step by hand records a secret under this name.
fn secret(kind: &StepKind, name: &str) -> bool {
    let StepKind::Manual(manual) = kind else { return false };
    manual.record.iter().any(|(n, of)| n == name && matches!(of, ValueType::Secret))
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

impl Run {
    /// Takes back what the steps of a session recorded, and takes apart what is for each element of it.
    pub fn remember(&mut self, state: &SessionState) {
        for ((step, name), value) in &state.values {
            let kind = self.index(step).map(|i| &self.book.steps[i].kind);
            // What was secret stands nowhere: its mask is no value.
            if kind.is_some_and(|k| secret(k, name)) {
                continue;
            }
            let typed = kind.and_then(|k| capture::again(k, name, value));
            let value = typed.unwrap_or_else(|| ParamValue::Text(value.clone()));
            self.record(step, name, value);
        }
        self.arrange();
    }

    /// Puts the steps where the records of a session left them, once it remembers what they recorded. What ran when the program ended is unknown.
    pub fn restore(&mut self, state: &SessionState) {
        for (step, run) in self.book.steps.iter().zip(&mut self.steps) {
            // It may have ended before its list was given.
            let stood = state.steps.get(&step.name).or_else(|| state.steps.get(step.written()));
            let changes = matches!(step.kind, StepKind::Action(_) | StepKind::Shell(_) | StepKind::Manual(_));
            if let Some(StepState::Outdated { words }) = stood
                && changes
            {
                run.status = Status::Unknown(format!("done before its text changed ({words})"));
            }
            if let Some(StepState::Ended { ending, words }) = stood {
                run.status = if state.practice && matches!(step.kind, StepKind::Action(_)) {
                    Status::Unknown("done before, on a practice cluster that is gone".to_owned())
                } else {
                    Status::Ended(*ending, words.clone())
                };
            }
        }
        for (_, plan) in state.unknown().filter(|(_, p)| state.of_this_walk(p)) {
            let index = plan.step.as_ref().and_then(|s| self.index(s));
            if let Some(run) = index.and_then(|i| self.steps.get_mut(i)) {
                let open: Vec<_> = plan.open.iter().map(|o| o.row.to_string()).collect();
                let open = if open.is_empty() {
                    "no request was open".to_owned()
                } else {
                    format!("sent without an answer: {}", open.join(", "))
                };
                run.status = Status::Unknown(format!(
                    "{} was running when opsbook ended; {} accepted; {open}",
                    plan.title,
                    plan.accepted.len()
                ));
            }
        }
        for (_, plan) in state.unproved().filter(|(_, p)| state.of_this_walk(p)) {
            let index = plan.step.as_ref().and_then(|s| self.index(s));
            if let Some(run) = index.and_then(|i| self.steps.get_mut(i)).filter(|r| !r.status.ended()) {
                run.status = Status::Unknown(format!("{} was applied, its proof was not seen", plan.title));
            }
        }
        self.watch_again(state);
        let entered = state.step.as_ref().and_then(|s| self.index(s));
        self.current = entered.or_else(|| self.steps.iter().position(|s| !s.status.ended())).unwrap_or(0);
    }

    /// What earlier processes proved is watched on, where its plan is in the records and nothing took it back since.
    fn watch_again(&mut self, state: &SessionState) {
        if state.practice {
            return;
        }
        for (step, run) in self.book.steps.iter().zip(&mut self.steps) {
            if !matches!(run.status, Status::Ended(Ending::Proved, _)) {
                continue;
            }
            let Some(id) = state.latest_plan(&step.name).filter(|id| !state.was_taken_back(id)) else {
                continue;
            };
            let Some(plan) = state.plans.get(&id).filter(|p| p.proved.is_some() && !p.taken_back) else {
                continue;
            };
            let masked = plan.inputs.0.values().any(|v| v.to_string().contains(MASK));
            if plan.op == SCRIPT || masked {
                continue;
            }
            (run.ran, run.earlier) = (Some(known(plan)), true);
            run.proof = Some(Proof { plan: id, holds: true });
        }
    }

    /// Whether the picture has all that the proof of an earlier process looks at: before that, that it does not show it
    /// says nothing.
    pub fn read_for(&self, index: usize, world: &ClusterSnapshot) -> bool {
        let Some(plan) = self.steps.get(index).filter(|s| s.earlier).and_then(|s| s.ran.as_ref()) else {
            return true;
        };
        let coming = SyncState::coming;
        let reads = crate::op::reads(&plan.op, &plan.inputs);
        !world.sync.iter().any(coming) && reads.iter().all(|i| world.following(i).complete())
    }
}
