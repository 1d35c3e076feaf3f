//! The state of a session: a fold over its records.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::{Ending, Event, Flags, PlanState, WalkState, What};
use crate::domain::{ClusterInfo, Timestamp};
use crate::lang::t;

/// Where a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepState {
    Entered,
    Ended {
        ending: Ending,
        words: String,
        /// The step that led past this one.
        past: Option<String>,
    },
    /// It ended, but with another text than it has now.
    Outdated {
        words: String,
    },
}

/// The step that led past one, as journals of earlier versions say it.
fn led_past(ending: Ending, words: &str) -> Option<String> {
    let past = words.strip_prefix("not on the way from ").filter(|_| ending == Ending::Skipped);
    past.map(str::to_owned)
}

/// A session is not carried over to another cluster.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{}",
    t!("record-other-server", session = session, was = was, before = before, context = context, server = server)
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
#[error("{}", t!("record-other-cluster", session = session, was = was, server = server, now = now))]
pub struct OtherCluster {
    pub session: String,
    pub server: String,
    /// The uid of the namespace kube-system that the session recorded, and the one that answers now.
    pub was: String,
    pub now: String,
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
    /// The walk that the records are of now; what follows is of that one.
    pub walk: u32,
    /// The others.
    pub walks: BTreeMap<u32, WalkState>,
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
            What::Walk { walk } => self.turn_to(*walk),
            What::Opened { walk, runbook, title, hash, params, texts, .. } => {
                self.turn_to(*walk);
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
            What::StepEnded { step, ending, words, past } => {
                let past = past.clone().or_else(|| led_past(*ending, words));
                self.steps
                    .insert(step.clone(), StepState::Ended { ending: *ending, words: words.clone(), past });
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
        // A value that was left out may have been given since.
        let given = |(name, value): (&String, &String)| self.params.get(name) == Some(value);
        let same = plan.runbook.is_some() && plan.runbook == self.runbook && plan.params.iter().all(given);
        same && plan.walk == self.walk
    }
}
