//! The state of a session: a fold over its records.

use std::collections::BTreeMap;

use super::{Ending, Event, RunEnd, What};
use crate::domain::{ObjectKey, Timestamp};
use crate::op::{Inputs, Undo};

/// Where a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepState {
    Entered,
    Ended { ending: Ending, words: String },
}

/// Where a plan stands.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanState {
    pub step: Option<String>,
    pub op: String,
    pub title: String,
    pub target: ObjectKey,
    pub uid: String,
    pub inputs: Inputs,
    pub kubectl: String,
    pub undo: Undo,
    pub undoes: Option<String>,
    pub started: Timestamp,
    /// None while it runs, or when the program ended before it did.
    pub end: Option<(RunEnd, String)>,
    pub proved: Option<Timestamp>,
    /// Requests of which no answer was recorded: they may or may not have arrived.
    pub open: Vec<ObjectKey>,
    /// Requests that the server accepted.
    pub accepted: Vec<ObjectKey>,
}

/// Something that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoEntry {
    pub plan: String,
    pub title: String,
    pub undo: Undo,
}

/// What a session has come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionState {
    pub id: String,
    pub user: String,
    pub context: String,
    pub practice: bool,
    pub started: Option<Timestamp>,
    pub last: Option<Timestamp>,
    pub runbook: Option<String>,
    pub title: String,
    pub hash: String,
    pub params: BTreeMap<String, String>,
    pub step: Option<String>,
    pub steps: BTreeMap<String, StepState>,
    /// Values that were recorded, by step and name; decisions under the name `chosen`.
    pub values: BTreeMap<(String, String), String>,
    pub plans: BTreeMap<String, PlanState>,
    /// Ids of the plans in their order.
    pub order: Vec<String>,
    pub ended: Option<String>,
}

impl SessionState {
    /// Folds the records of one session.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> SessionState {
        let mut state = SessionState::default();
        for event in events {
            state.take(event);
        }
        state
    }

    /// Takes one more record.
    pub fn take(&mut self, event: &Event) {
        self.last = Some(event.at);
        match &event.what {
            What::Started { id, user, context, practice, .. } => {
                self.id.clone_from(id);
                self.user.clone_from(user);
                self.context.clone_from(context);
                self.practice = *practice;
                self.started = Some(event.at);
            }
            What::Opened { runbook, title, hash, params, .. } => {
                self.runbook = Some(runbook.clone());
                self.title.clone_from(title);
                self.hash.clone_from(hash);
                self.params.clone_from(params);
                self.step = None;
                self.steps.clear();
                self.values.clear();
            }
            What::Step { step } => {
                self.step = Some(step.clone());
                self.steps.entry(step.clone()).or_insert(StepState::Entered);
            }
            What::StepEnded { step, ending, words } => {
                let ended = StepState::Ended { ending: *ending, words: words.clone() };
                self.steps.insert(step.clone(), ended);
            }
            What::Decided { step, chosen, .. } => {
                self.values.insert((step.clone(), "chosen".to_owned()), chosen.clone());
            }
            What::Value { step, name, value } => {
                self.values.insert((step.clone(), name.clone()), value.clone());
            }
            What::Ended { words } => self.ended = Some(words.clone()),
            What::Resumed { .. } => self.ended = None,
            What::Finding { .. } | What::Note { .. } => {}
            _ => self.take_plan(event),
        }
    }

    fn take_plan(&mut self, event: &Event) {
        if let What::Intent { plan, step, op, title, target, uid, inputs, kubectl, undo, undoes, .. } =
            &event.what
        {
            self.order.push(plan.clone());
            let state = PlanState {
                step: step.clone(),
                op: op.clone(),
                title: title.clone(),
                target: target.clone(),
                uid: uid.clone(),
                inputs: inputs.clone(),
                kubectl: kubectl.clone(),
                undo: undo.clone(),
                undoes: undoes.clone(),
                started: event.at,
                end: None,
                proved: None,
                open: Vec::new(),
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
        | What::Outcome { plan, .. }
        | What::Proved { plan, .. }
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
            What::Outcome { end, words, .. } => state.end = Some((*end, words.clone())),
            What::Proved { .. } => state.proved = Some(event.at),
            What::Regressed { .. } => state.proved = None,
            _ => {}
        }
    }

    /// Plans that were applied and whose proof was not seen when the records end.
    pub fn unproved(&self) -> impl Iterator<Item = (&String, &PlanState)> {
        let applied = |p: &PlanState| p.end.as_ref().is_some_and(|(end, _)| *end == RunEnd::Applied);
        self.plans.iter().filter(move |(_, p)| applied(p) && p.proved.is_none())
    }

    /// Plans whose end was never recorded, or not known: verify them before anything else.
    pub fn unknown(&self) -> impl Iterator<Item = (&String, &PlanState)> {
        self.plans.iter().filter(|(_, p)| p.end.as_ref().is_none_or(|(end, _)| *end == RunEnd::Unknown))
    }

    /// What can be taken back, the latest first. A plan that another one took back is no longer in it.
    pub fn undo_list(&self) -> Vec<UndoEntry> {
        let mut open: Vec<&String> = Vec::new();
        for id in &self.order {
            let plan = &self.plans[id];
            let changed =
                !plan.accepted.is_empty() || plan.end.as_ref().is_none_or(|(e, _)| *e != RunEnd::Failed);
            if !changed {
                continue;
            }
            // A plan that does what an earlier one named as its way back has taken it back, asked for or not.
            let before = open.len();
            open.retain(|earlier| !self.takes_back(plan, earlier));
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

    fn takes_back(&self, plan: &PlanState, earlier: &String) -> bool {
        let before = &self.plans[earlier];
        // What both say must be the same: the taint of another key takes nothing back.
        let agree = |way: &Inputs| plan.inputs.0.iter().all(|(k, v)| way.0.get(k).is_none_or(|w| w == v));
        let way = matches!(&before.undo, Undo::By { op, inputs, .. } if *op == plan.op && agree(inputs));
        plan.undoes.as_ref() == Some(earlier) || (way && before.target == plan.target && before.op != plan.op)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, Risk};

    fn event(seq: u64, what: What) -> Event {
        Event { seq, at: Timestamp::UNIX_EPOCH, prev: String::new(), what }
    }

    fn pod(name: &str) -> ObjectKey {
        ObjectKey::new(Kind::Pod, "shop", name)
    }

    fn intent(plan: &str, undoes: Option<&str>) -> What {
        What::Intent {
            plan: plan.into(),
            step: Some("drain".into()),
            op: "node.drain".into(),
            title: "drain w".into(),
            target: ObjectKey::cluster(Kind::Node, "w"),
            uid: "u".into(),
            inputs: Inputs::default(),
            kubectl: "kubectl drain w".into(),
            risk: Risk::Medium,
            digest: "7f3a".into(),
            undo: Undo::None("x".into()),
            undoes: undoes.map(str::to_owned),
        }
    }

    #[test]
    fn a_drain_cut_in_the_middle_is_unknown_with_the_open_request() {
        let (plan, verb) = ("p1".to_owned(), "evict".to_owned());
        let events = [
            event(0, intent("p1", None)),
            event(1, What::Sending { plan: plan.clone(), object: pod("a"), verb: verb.clone() }),
            event(2, What::Accepted { plan: plan.clone(), object: pod("a"), verb: verb.clone() }),
            event(3, What::Sending { plan: plan.clone(), object: pod("b"), verb }),
        ];
        let state = SessionState::fold(&events);
        let (_, cut) = state.unknown().next().unwrap();
        assert_eq!((&cut.open, &cut.accepted), (&vec![pod("b")], &vec![pod("a")]));
        let mut ended = events.to_vec();
        ended.push(event(4, What::Outcome { plan, end: RunEnd::Applied, words: String::new() }));
        assert_eq!(SessionState::fold(&ended).unknown().count(), 0);
    }

    #[test]
    fn only_the_same_thing_takes_a_change_back() {
        let taint = |plan: &str, op: &str, key: &str, back: &str| {
            let mut what = intent(plan, None);
            if let What::Intent { op: o, inputs, undo, .. } = &mut what {
                op.clone_into(o);
                *inputs = Inputs::of([("node", "w"), ("key", key)]);
                *undo = Undo::By { op: back.into(), inputs: inputs.clone(), note: String::new() };
            }
            what
        };
        let left = |key: &str| {
            let events = [
                event(0, taint("p1", "node.taint", "a", "node.untaint")),
                event(1, taint("p2", "node.untaint", key, "node.taint")),
            ];
            SessionState::fold(&events).undo_list().len()
        };
        assert_eq!((left("a"), left("b")), (0, 2));
    }

    #[test]
    fn what_was_taken_back_leaves_the_undo_list() {
        let done = |p: &str| What::Outcome { plan: p.into(), end: RunEnd::Applied, words: String::new() };
        let mut events = vec![event(0, intent("p1", None)), event(1, done("p1"))];
        assert_eq!(SessionState::fold(&events).undo_list().len(), 1);
        events.extend([event(2, intent("p2", Some("p1"))), event(3, done("p2"))]);
        assert!(SessionState::fold(&events).undo_list().is_empty());
    }
}
