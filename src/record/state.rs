//! The state of a session: a fold over its records.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::{Ending, Event, Flags, PlanState, RunEnd, What};
use crate::domain::{ClusterInfo, Timestamp};
use crate::op::{Inputs, Undo};

/// Where a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepState {
    Entered,
    Ended {
        ending: Ending,
        words: String,
    },
    /// It ended, but with another text than it has now.
    Outdated {
        words: String,
    },
}

/// A session is not carried over to another cluster.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "session {session} was on {was} (context {before}), and context {context} is {server}: nothing of what it did holds there; choose the context of {was} with --context, or start a new session without `sessions resume`"
)]
pub struct OtherServer {
    pub session: String,
    /// The API server that the session recorded, and its context.
    pub was: String,
    pub before: String,
    /// The API server that would be spoken to now, and its context.
    pub server: String,
    pub context: String,
}

/// Behind the same address is another cluster.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "session {session} was on the cluster with the uid {was}, and {server} leads to the one with the uid {now}: nothing of what it did holds there; check the tunnel or the address in the kubeconfig, or start a new session without `sessions resume`"
)]
pub struct OtherCluster {
    pub session: String,
    pub server: String,
    /// The uid of the namespace kube-system that the session recorded, and the one that answers now.
    pub was: String,
    pub now: String,
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
    /// Every name by which the session knew its cluster, also before somebody else took it over.
    pub contexts: BTreeSet<String>,
    /// Address of the API server.
    pub server: String,
    pub practice: bool,
    pub flags: Flags,
    /// opsbook's version, of the process that began the session.
    pub version: String,
    /// Who the API server takes the operator for.
    pub identity: Option<String>,
    /// The uid of the namespace kube-system, where it could be read.
    pub cluster: Option<String>,
    pub started: Option<Timestamp>,
    pub last: Option<Timestamp>,
    pub runbook: Option<String>,
    pub title: String,
    /// Digest of the runbook's text.
    pub hash: String,
    /// Digest of each step's text; empty when the journal is from before they were recorded.
    pub texts: BTreeMap<String, String>,
    pub params: BTreeMap<String, String>,
    pub step: Option<String>,
    pub steps: BTreeMap<String, StepState>,
    /// Values that were recorded, by step and name; decisions under the name `chosen`.
    pub values: BTreeMap<(String, String), String>,
    pub plans: BTreeMap<String, PlanState>,
    /// Ids of the plans in their order.
    pub order: Vec<String>,
    /// Requests to a second person whose answer was used.
    pub agreed: BTreeSet<String>,
    /// Numbers of the records that are marked as important.
    pub pins: BTreeSet<u64>,
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
        if let What::Started { .. } = event.what {
            self.started = Some(event.at);
        }
        self.take_what(&event.what);
        self.take_plan(event);
    }

    /// Takes what a record says of the session and its runbook, without its time and its plans.
    pub fn take_what(&mut self, what: &What) {
        match what {
            What::Started { id, version, user, context, server, practice, flags } => {
                self.id.clone_from(id);
                self.version.clone_from(version);
                self.user.clone_from(user);
                self.context.clone_from(context);
                self.contexts.insert(context.clone());
                self.server.clone_from(server);
                self.practice = *practice;
                self.flags.clone_from(flags);
            }
            What::Opened { runbook, title, hash, params, texts, .. } => {
                self.runbook = Some(runbook.clone());
                self.title.clone_from(title);
                self.hash.clone_from(hash);
                self.texts.clone_from(texts);
                self.params.clone_from(params);
                self.step = None;
                self.steps.clear();
                self.values.clear();
            }
            What::Rewritten { hash, texts, changed, gone, .. } => {
                self.hash.clone_from(hash);
                self.texts.clone_from(texts);
                self.rewrite(changed, gone);
            }
            What::Step { step } => {
                self.step = Some(step.clone());
                self.steps.entry(step.clone()).or_insert(StepState::Entered);
            }
            What::StepEnded { step, ending, words } => {
                let ended = StepState::Ended { ending: *ending, words: words.clone() };
                self.steps.insert(step.clone(), ended);
            }
            What::Reopened { step, .. } => {
                self.steps.insert(step.clone(), StepState::Entered);
            }
            What::Decided { step, chosen, .. } => {
                self.values.insert((step.clone(), "chosen".to_owned()), chosen.clone());
            }
            What::Bound { name, value } => {
                self.params.insert(name.clone(), value.clone());
            }
            What::Value { step, name, value } => {
                self.values.insert((step.clone(), name.clone()), value.clone());
            }
            What::Agreed { request, .. } => drop(self.agreed.insert(request.clone())),
            What::TakenOver { contexts, .. } => self.contexts.extend(contexts.iter().cloned()),
            What::Identity { user, .. } => self.identity = Some(user.clone()),
            What::Cluster { uid } => self.cluster = Some(uid.clone()),
            What::Pinned { record, on: true } => drop(self.pins.insert(*record)),
            What::Pinned { record, on: false } => drop(self.pins.remove(record)),
            What::Ended { words } => self.ended = Some(words.clone()),
            What::Resumed { .. } => self.ended = None,
            _ => {}
        }
    }

    /// What was done with a text that changed, or is not there any more, is no longer done.
    fn rewrite(&mut self, changed: &[String], gone: &[String]) {
        for step in changed {
            if let Some(StepState::Ended { words, .. }) = self.steps.get(step) {
                let outdated = StepState::Outdated { words: words.clone() };
                self.steps.insert(step.clone(), outdated);
            }
        }
        self.steps.retain(|step, _| !gone.contains(step));
        self.values.retain(|(step, _), _| !changed.contains(step) && !gone.contains(step));
    }

    /// Refuses to go on with this session on another API server than it was on.
    pub fn same_server(&self, now: &ClusterInfo) -> Result<(), OtherServer> {
        if self.server.is_empty() || (self.server == now.server && self.practice == now.practice) {
            return Ok(());
        }
        Err(OtherServer {
            session: self.id.clone(),
            was: self.server.clone(),
            before: self.context.clone(),
            server: now.server.clone(),
            context: now.context.clone(),
        })
    }

    /// Refuses to go on with this session on another cluster than it was on, where both are known. A practice cluster
    /// is another one each time.
    pub fn same_cluster(&self, uid: Option<&str>) -> Result<(), OtherCluster> {
        match (&self.cluster, uid) {
            (Some(was), Some(now)) if was != now && !self.practice => Err(OtherCluster {
                session: self.id.clone(),
                server: self.server.clone(),
                was: was.clone(),
                now: now.to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// Whether a plan belongs to the walk that the session is in: the same runbook with the same values.
    pub fn of_this_walk(&self, plan: &PlanState) -> bool {
        plan.runbook.is_some() && plan.runbook == self.runbook && plan.params == self.params
    }

    fn take_plan(&mut self, event: &Event) {
        if let What::Intent {
            plan,
            runbook,
            step,
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
                params: self.params.clone(),
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
                proved: None,
                taken_back: false,
                open: Vec::new(),
                changes: (Vec::new(), 0),
                agreed: None,
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
        | What::Previewed { plan, .. }
        | What::Agreed { plan, .. }
        | What::Outcome { plan, .. }
        | What::Checked { plan, .. }
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
            What::Agreed { by, key, .. } => state.agreed = Some((by.clone(), key.clone())),
            What::Previewed { changes, more, .. } => state.changes = (changes.clone(), *more),
            What::TakenBack { .. } => state.taken_back = true,
            What::Proved { .. } => state.proved = Some(event.at),
            What::Regressed { .. } => state.proved = None,
            _ => {}
        }
    }

    /// The latest plan that a step ran in this walk, of those that take nothing back.
    pub fn latest_plan(&self, step: &str) -> Option<String> {
        let of = |plan: &PlanState| {
            plan.step.as_deref() == Some(step) && plan.undoes.is_none() && self.of_this_walk(plan)
        };
        self.order.iter().rev().find(|id| of(&self.plans[*id])).cloned()
    }

    /// Whether a later plan took this one back.
    pub fn was_taken_back(&self, plan: &str) -> bool {
        let Some(at) = self.order.iter().position(|id| id == plan) else { return false };
        let later = self.order[at + 1..].iter().map(|id| &self.plans[id]);
        later.filter(|p| p.settled()).any(|p| self.takes_back(p, plan))
    }

    /// Plans that were applied and whose proof was not seen when the records end.
    pub fn unproved(&self) -> impl Iterator<Item = (&String, &PlanState)> {
        let applied = |p: &PlanState| p.end.as_ref().is_some_and(|(end, _)| *end == RunEnd::Applied);
        self.plans.iter().filter(move |(_, p)| applied(p) && p.proved.is_none())
    }

    /// Plans whose end was never recorded, or not known: verify them before anything else. A later plan for the
    /// same object by the same operation that was proved has settled it.
    pub fn unknown(&self) -> impl Iterator<Item = (&String, &PlanState)> {
        let open = |p: &PlanState| p.end.as_ref().is_none_or(|(end, _)| *end == RunEnd::Unknown);
        let same = |a: &PlanState, b: &PlanState| a.op == b.op && a.target == b.target && a.step == b.step;
        let settled = move |p: &PlanState| {
            self.plans.values().any(|l| l.started > p.started && l.proved.is_some() && same(l, p))
        };
        self.plans.iter().filter(move |(_, p)| open(p) && !settled(p))
    }

    /// What can be taken back, the latest first. A plan that another one took back is no longer in it.
    pub fn undo_list(&self) -> Vec<UndoEntry> {
        let mut open: Vec<&String> = Vec::new();
        for id in &self.order {
            let plan = &self.plans[id];
            if !plan.changed() || plan.taken_back {
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
