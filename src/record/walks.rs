//! The walks of a session: each record is of the walk that was named last. Pure.

use std::collections::BTreeMap;

use super::{SessionState, StepState};

/// What the records say of a walk while they are of another one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WalkState {
    runbook: Option<String>,
    title: String,
    hash: String,
    texts: BTreeMap<String, String>,
    params: BTreeMap<String, String>,
    step: Option<String>,
    steps: BTreeMap<String, StepState>,
    values: BTreeMap<(String, String), String>,
}

impl SessionState {
    /// The records are of this walk from now on.
    pub(super) fn turn_to(&mut self, walk: u32) {
        if walk == self.walk {
            return;
        }
        let mut other = self.walks.remove(&walk).unwrap_or_default();
        self.exchange(&mut other);
        let before = std::mem::replace(&mut self.walk, walk);
        if other.runbook.is_some() {
            self.walks.insert(before, other);
        }
    }

    fn exchange(&mut self, other: &mut WalkState) {
        use std::mem::swap;
        swap(&mut self.runbook, &mut other.runbook);
        swap(&mut self.title, &mut other.title);
        swap(&mut self.hash, &mut other.hash);
        swap(&mut self.texts, &mut other.texts);
        swap(&mut self.params, &mut other.params);
        swap(&mut self.step, &mut other.step);
        swap(&mut self.steps, &mut other.steps);
        swap(&mut self.values, &mut other.values);
    }

    /// The state as it is for this walk.
    #[must_use]
    pub fn of_walk(&self, walk: u32) -> SessionState {
        let mut state = self.clone();
        state.turn_to(walk);
        state
    }

    /// The numbers of the walks of this session, with their runbooks.
    pub fn all_walks(&self) -> BTreeMap<u32, String> {
        let others = self.walks.iter().filter_map(|(walk, state)| Some((*walk, state.runbook.clone()?)));
        others.chain(self.runbook.clone().map(|runbook| (self.walk, runbook))).collect()
    }

    /// The values with which a walk was begun.
    pub(super) fn params_of(&self, walk: u32) -> BTreeMap<String, String> {
        let other = || self.walks.get(&walk).map(|state| state.params.clone());
        if walk == self.walk { self.params.clone() } else { other().unwrap_or_else(|| self.params.clone()) }
    }
}
