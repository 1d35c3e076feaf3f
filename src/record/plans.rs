//! The plans of a session: a fold over their records, what can be taken back, and what has to be verified first.
//!
//! Must not take for done what no record says: where a change stands is decided by the table of [`Change`].

use super::{Event, PlanState, RunEnd, SessionState, What};
use crate::lang::t;
use crate::op::{Change, Inputs, Turn, Undo};

/// Something that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoEntry {
    pub plan: String,
    pub title: String,
    pub undo: Undo,
}

impl SessionState {
    pub(super) fn take_plan(&mut self, event: &Event) {
        if let What::Intent {
            plan,
            runbook,
            step,
            walk,
            op,
            title,
            target,
            uid,
            inputs,
            kubectl,
            risk,
            undo,
            undoes,
            ..
        } = &event.what
        {
            self.order.push(plan.clone());
            // Without a runbook's name the step is of the one that was open.
            let of = || step.as_ref().and(self.runbook.clone());
            let state = PlanState {
                runbook: runbook.clone().or_else(of),
                params: self.params_of(*walk),
                walk: *walk,
                step: step.clone(),
                op: op.clone(),
                title: title.clone(),
                target: target.clone(),
                uid: uid.clone(),
                inputs: inputs.clone(),
                kubectl: kubectl.clone(),
                risk: *risk,
                undo: undo.clone(),
                undoes: undoes.clone(),
                started: event.at,
                end: None,
                change: Change::Running,
                proved: None,
                over_by: None,
                open: Vec::new(),
                changes: (Vec::new(), 0),
                agreed: None,
                saved: Vec::new(),
                accepted: Vec::new(),
            };
            self.plans.insert(plan.clone(), state);
            return;
        }
        let (What::Sending { plan, .. }
        | What::Accepted { plan, .. }
        | What::Refused { plan, .. }
        | What::Unanswered { plan, .. }
        | What::Left { plan, .. }
        | What::Marked { plan, .. }
        | What::TakenBack { plan }
        | What::Over { plan, .. }
        | What::Previewed { plan, .. }
        | What::Agreed { plan, .. }
        | What::Outcome { plan, .. }
        | What::Checked { plan, .. }
        | What::Proved { plan, .. }
        | What::Done { plan, .. }
        | What::Saved { plan, .. }
        | What::Regressed { plan, .. }) = &event.what
        else {
            return;
        };
        let Some(state) = self.plans.get_mut(plan) else { return };
        match &event.what {
            What::Sending { object, .. } => state.open.push(object.clone()),
            What::Accepted { object, .. } => {
                state.open.retain(|o| o != object);
                state.accepted.push(object.clone());
            }
            What::Refused { object, .. } => state.open.retain(|o| o != object),
            What::Outcome { end, words, .. } => {
                state.end = Some((*end, words.clone()));
                state.change = state.change.on(end.turn());
            }
            What::Agreed { by, key, .. } => state.agreed = Some((by.clone(), key.clone())),
            What::Previewed { changes, more, .. } => state.changes = (changes.clone(), *more),
            // What lasts for a while was applied, and its task takes it back before it ends.
            What::TakenBack { .. } => state.change = state.change.on(Turn::Applied).on(Turn::TakenBack),
            What::Over { by, .. } => {
                (state.change, state.over_by) = (state.change.on(Turn::Ended), Some(by.clone()));
            }
            What::Proved { .. } => {
                // What lasts for a while is shown before its task ends.
                state.change = state.change.on(Turn::Applied).on(Turn::Shown);
                state.proved = Some(event.at);
                self.undone_by(plan);
            }
            What::Saved { file, sha256, .. } => state.saved.push((file.clone(), sha256.clone())),
            What::Done { .. } => {
                state.change = state.change.on(Turn::Applied).on(Turn::Done);
                self.undone_by(plan);
            }
            What::Regressed { .. } => (state.change, state.proved) = (state.change.on(Turn::NotShown), None),
            _ => {}
        }
    }

    /// The cluster shows what this plan did: what it takes back is taken back, and what it ends on purpose is over.
    fn undone_by(&mut self, by: &str) {
        let Some(later) = self.plans.get(by).cloned() else { return };
        for id in self.order.clone().iter().take_while(|id| *id != by) {
            let earlier = &self.plans[id];
            let same = later.target == earlier.target && later.uid == earlier.uid;
            let turn = match () {
                () if later.undoes.as_ref() == Some(id) => Turn::TakenBack,
                () if self.takes_back(&later, id) || (same && crate::op::ends(&later.op, &earlier.op)) => {
                    Turn::Ended
                }
                () => continue,
            };
            if let Some(state) = self.plans.get_mut(id)
                && state.change != state.change.on(turn)
            {
                (state.change, state.over_by) = (state.change.on(turn), Some(by.to_owned()));
            }
        }
    }

    /// The latest plan that a step ran in this walk, of those that take nothing back.
    pub fn latest_plan(&self, step: &str) -> Option<String> {
        let of = |plan: &PlanState| {
            plan.step.as_deref() == Some(step) && plan.undoes.is_none() && self.of_this_walk(plan)
        };
        self.order.iter().rev().find(|id| of(&self.plans[*id])).cloned()
    }

    /// The later plan that took this one back.
    pub fn taken_back_by(&self, plan: &str) -> Option<String> {
        let at = self.order.iter().position(|id| id == plan)?;
        let by = |id: &&String| self.plans[*id].settled() && self.takes_back(&self.plans[*id], plan);
        self.order[at + 1..].iter().find(by).cloned()
    }

    /// The title of what took back, or ended on purpose, what a plan made.
    pub fn ended_by(&self, plan: &str) -> Option<String> {
        let by = self.plans.get(plan)?.over_by.as_ref()?;
        Some(if by == plan {
            t!("record-its-own-time").to_owned()
        } else {
            self.plans.get(by)?.title.clone()
        })
    }

    /// Plans that were applied and whose proof was not seen when the records end.
    pub fn unproved(&self) -> impl Iterator<Item = (&String, &PlanState)> {
        let applied = |p: &PlanState| p.end.as_ref().is_some_and(|(end, _)| *end == RunEnd::Applied);
        self.plans
            .iter()
            .filter(move |(_, p)| applied(p) && matches!(p.change, Change::Proving | Change::Late))
    }

    /// Plans whose end was never recorded, or not known: verify them before anything else. A later plan for the
    /// same object by the same operation that was proved has settled it.
    pub fn unknown(&self) -> impl Iterator<Item = (&String, &PlanState)> {
        let open = |p: &PlanState| p.end.as_ref().is_none_or(|(end, _)| *end == RunEnd::Unknown);
        let same = |a: &PlanState, b: &PlanState| a.op == b.op && a.target == b.target && a.step == b.step;
        let settled = move |p: &PlanState| {
            let well = |l: &PlanState| l.proved.is_some() || l.change == Change::Done;
            self.plans.values().any(|l| l.started > p.started && well(l) && same(l, p))
        };
        self.plans.iter().filter(move |(_, p)| open(p) && !settled(p))
    }

    /// What can be taken back, the latest first. A plan that another one took back is no longer in it.
    pub fn undo_list(&self) -> Vec<UndoEntry> {
        let mut open: Vec<&String> = Vec::new();
        for id in &self.order {
            let plan = &self.plans[id];
            if !plan.changed() || plan.ended_itself() {
                continue;
            }
            // A plan that does what an earlier one named as its way back has taken it back, asked for or not.
            let before = open.len();
            if plan.settled() {
                open.retain(|earlier| !self.takes_back(plan, earlier));
            }
            if open.len() == before && plan.undoes.is_none() {
                open.push(id);
            }
        }
        let entry = |id: &String| {
            let plan = &self.plans[id];
            UndoEntry { plan: id.clone(), title: plan.title.clone(), undo: plan.undo.clone() }
        };
        open.into_iter().rev().map(entry).collect()
    }

    fn takes_back(&self, plan: &PlanState, earlier: &str) -> bool {
        let before = &self.plans[earlier];
        // What both say must be the same: the taint of another key takes nothing back.
        let agree = |way: &Inputs| plan.inputs.0.iter().all(|(k, v)| way.0.get(k).is_none_or(|w| w == v));
        let way = matches!(&before.undo, Undo::By { op, inputs, .. } if *op == plan.op && agree(inputs));
        plan.undoes.as_deref() == Some(earlier)
            || (way && before.target == plan.target && before.op != plan.op)
    }
}
