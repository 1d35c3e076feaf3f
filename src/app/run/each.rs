//! Steps with `each`: once the list is known, one step stands for each of its elements, so that each has a plan, a proof,
//! a way back and records of its own. Pure: it takes apart and says whose turn it is; `update::each` runs them.
//!
//! Must not reorder anything: the order is that of the list.

use std::sync::Arc;

use super::include::Place;
use super::script::{has_way, list_of_places};
use super::{Run, Status};
use crate::runbook::model::{Order, Param, ParamRef, Part, Step, StepKind};
use crate::runbook::params::{ParamValue, Values, each_element};

/// The elements of a list, each once; none while it has no value.
fn elements(list: &ParamRef, params: &Values) -> Option<Vec<ParamValue>> {
    let start = params.get(&list.name)?.clone();
    let value = list.fields.iter().try_fold(start, |value, field| value.field(field))?;
    let mut out: Vec<ParamValue> = Vec::new();
    let items = match value {
        ParamValue::List(items) => items,
        one => vec![one],
    };
    for item in items {
        if !out.contains(&item) {
            out.push(item);
        }
    }
    Some(out)
}

/// The list of a step that is for each of its elements, or runs in each of its places.
pub(super) fn list<'a>(step: &'a Step, values: &Values) -> Option<&'a ParamRef> {
    let own = match &step.kind {
        // Steps that need a host are one row for the operator who runs them by hand.
        StepKind::Shell(shell) if !has_way(shell) => return None,
        kind => kind.policy()?.each.as_ref(),
    };
    own.or_else(|| list_of_places(step, values))
}

fn part(step: &Step, number: usize, count: usize, element: &ParamValue) -> Step {
    let element = element.shown();
    let mut one = step.clone();
    one.name = format!("{}[{element}]", step.name);
    one.part = Some(Part { of: step.name.clone(), element, number, count });
    one
}

impl Run {
    /// Puts one step for each element in the place of every step with `each` whose list is known by now. What has ended
    /// stays one step. The present step stays the present one.
    pub fn expand(&mut self) {
        let of = |i: usize| self.places[i].values.as_ref().unwrap_or(&self.params);
        let open = |(i, s): (usize, &Step)| s.part.is_none() && list(s, of(i)).is_some();
        if !self.book.steps.iter().enumerate().any(open) {
            return;
        }
        let names: Vec<String> = self.book.steps.iter().map(|s| s.name.clone()).collect();
        let mut book = (*self.book).clone();
        let (mut steps, mut states, mut places) = (Vec::new(), Vec::new(), Vec::new());
        let whole = std::mem::take(&mut book.steps).into_iter().zip(self.steps.drain(..));
        for ((step, state), place) in whole.zip(self.places.drain(..)) {
            let values = place.values.as_ref().unwrap_or(&self.params);
            let whole = step.part.is_none() && !state.status.ended();
            let list = list(&step, values).filter(|_| whole);
            let known = list.and_then(|l| Some((l, elements(l, values)?)));
            let Some((list, found)) = known.filter(|(_, found)| !found.is_empty()) else {
                steps.push(step);
                states.push(state);
                places.push(place);
                continue;
            };
            for (i, element) in found.iter().enumerate() {
                steps.push(part(&step, i + 1, found.len(), element));
                states.push(state.clone());
                let values = Some(each_element(values, &list.name, element.clone()));
                places.push(Place { values, origin: place.origin.clone() });
            }
        }
        book.steps = steps;
        (self.book, self.steps, self.places) = (Arc::new(book), states, places);
        // What is known by its place is at another one now.
        let place = |run: &Run, at: usize| names.get(at).and_then(|name| run.index(name));
        self.current = place(self, self.current).unwrap_or(self.current);
        for i in 0..self.steps.len() {
            self.steps[i].back_of = self.steps[i].back_of.and_then(|of| place(self, of));
        }
        self.preflight.steps.clear();
    }

    /// The parameter for which a step has nothing to do, where it was left out and can still be given.
    pub fn left_out(&self, index: usize) -> Option<&Param> {
        let own = self.places.get(index).is_some_and(|place| place.origin.is_none());
        let each = list(self.book.steps.get(index)?, self.values_of(index)).filter(|_| own)?;
        self.book.param(&each.name).filter(|_| !self.params.contains_key(&each.name))
    }

    /// The first open step that has nothing to do without this parameter.
    pub fn needed_by(&self, name: &str) -> Option<&Step> {
        let open = self.book.steps.iter().zip(&self.steps).filter(|(_, state)| !state.status.ended());
        let of = |s: &&Step| s.part.is_none() && list(s, &self.params).is_some_and(|e| e.name == name);
        open.map(|(step, _)| step).find(of)
    }

    /// The steps that stand for the elements of the same list as this one, in their order.
    pub fn siblings(&self, index: usize) -> Vec<usize> {
        let Some(part) = self.book.steps.get(index).and_then(|s| s.part.as_ref()) else { return Vec::new() };
        let same = |i: &usize| self.book.steps[*i].part.as_ref().is_some_and(|p| p.of == part.of);
        (0..self.steps.len()).filter(same).collect()
    }

    /// Why it is not this element's turn.
    pub(super) fn not_its_turn(&self, index: usize) -> Option<String> {
        let policy = self.book.steps[index].kind.policy()?;
        let name = |i: usize| self.book.steps[i].part.as_ref().map_or("", |p| p.element.as_str());
        let siblings = self.siblings(index);
        // It stops at the first failure, wherever that is.
        if let Some(other) = siblings.iter().copied().find(|i| *i != index && self.steps[*i].stuck()) {
            return Some(format!("{} comes first: run it again, skip it, or stop there", name(other)));
        }
        let under_way = siblings.iter().copied().filter(|i| self.steps[*i].under_way());
        match policy.order {
            Order::OneByOne => {
                let before = siblings.iter().copied().take_while(|i| *i != index);
                let open = { before }.find(|i| !self.steps[*i].status.ended())?;
                Some(format!("one by one: {} comes first", name(open)))
            }
            Order::Parallel => {
                let most = policy.max_parallel.map_or(siblings.len(), |n| n.max(1) as usize);
                let busy = under_way.count();
                (busy >= most).then(|| format!("{busy} are under way, and no more at a time"))
            }
        }
    }
}

impl super::StepRun {
    /// Whether its plan runs or waits for its proof.
    pub fn under_way(&self) -> bool {
        matches!(self.status, Status::Running(_) | Status::Proving { .. })
    }

    /// Whether it needs an answer before anything else of its kind goes on.
    pub fn stuck(&self) -> bool {
        self.late.is_some() || matches!(self.status, Status::Failed(_) | Status::Unknown(_))
    }
}
