//! Steps with `each`: once the list is known, one step stands for each of its elements, so that each has a plan, a proof,
//! a way back and records of its own. Pure: it takes apart and says whose turn it is; `update::each` runs them.
//!
//! Must not reorder anything: the order is that of the list.

use std::sync::Arc;

use serde_json::Value as Json;

use super::capture::parts;
use super::include::Place;
use super::script::{has_way, list_of_places};
use super::{Run, Status};
use crate::runbook::model::{EACH, Order, Param, ParamRef, Part, Step, StepKind, TextRule, ValueType};
use crate::runbook::params::{Bindings, ParamValue, Values, accept_typed, each_element, look_up};

/// More elements than anybody walks through: a script that writes this many did not write the list that was meant.
const MOST: usize = 500;

/// The elements of a list, each once; none while it has no value. An error says why a recorded value is no list.
fn elements(list: &ParamRef, bindings: &Bindings<'_>) -> Option<Result<Vec<ParamValue>, String>> {
    let value = look_up(list, bindings).ok()?;
    let items = if list.is_recorded() {
        match recorded(value) {
            Ok(items) => items,
            Err(why) => return Some(Err(format!("{} {why}", written(list)))),
        }
    } else if let ParamValue::List(items) = value {
        items
    } else {
        vec![value]
    };
    let mut out: Vec<ParamValue> = Vec::new();
    for item in items {
        if !out.contains(&item) {
            out.push(item);
        }
    }
    if out.len() > MOST {
        return Some(Err(format!("{} has {} elements, and {MOST} are the most", written(list), out.len())));
    }
    Some(Ok(out))
}

/// The elements of what a step recorded. It comes from outside, so each is judged like a parameter that is typed in.
fn recorded(value: ParamValue) -> Result<Vec<ParamValue>, String> {
    let items = match value {
        ParamValue::Text(text) => parts(&text).map(|part| ParamValue::Text(part.to_owned())).collect(),
        ParamValue::List(items) => items,
        ParamValue::Json(Json::String(text)) => {
            parts(&text).map(|part| ParamValue::Text(part.to_owned())).collect()
        }
        ParamValue::Json(Json::Array(items)) => items.iter().map(plain).collect::<Result<_, _>>()?,
        ParamValue::Json(Json::Null) => Vec::new(),
        ParamValue::Json(other) => return Err(format!("is no list: {other}")),
        other => return Err(format!("is no list: {}", other.shown())),
    };
    let rule = ValueType::Text(TextRule::default());
    let judge = |item: ParamValue| match &item {
        ParamValue::Text(text) => match accept_typed(&rule, text) {
            Ok(value) => Ok(value),
            Err(why) => Err(format!("has an element that {why}: {}", crate::domain::sanitize(text))),
        },
        _ => Ok(item),
    };
    items.into_iter().map(judge).collect()
}

fn plain(item: &Json) -> Result<ParamValue, String> {
    match item {
        Json::String(text) => Ok(ParamValue::Text(text.clone())),
        Json::Bool(value) => Ok(ParamValue::Bool(*value)),
        Json::Number(n) if n.is_i64() => Ok(ParamValue::Int(n.as_i64().unwrap_or_default())),
        other => Err(format!("has an element that is no plain value: {other}")),
    }
}

fn written(list: &ParamRef) -> String {
    std::iter::once(&list.name).chain(&list.fields).cloned().collect::<Vec<_>>().join(".")
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
    /// Takes apart by what was recorded since. Places change: not while somebody is asked about one of them.
    pub fn arrange(&mut self) {
        for by in std::mem::take(&mut self.anew) {
            self.gather(&by);
        }
        self.expand();
    }

    /// The elements of a step that is still one for all of them, where they are known and there are some.
    fn to_take_apart(&self, index: usize) -> Option<(ParamRef, Vec<ParamValue>)> {
        let step = &self.book.steps[index];
        let list = list(step, self.values_of(index)).filter(|_| step.part.is_none())?;
        let open = !self.steps[index].status.ended();
        let found = elements(list, &self.bindings(index)).filter(|_| open)?.ok()?;
        (!found.is_empty()).then(|| (list.clone(), found))
    }

    /// Puts one step for each element in the place of every step with `each` whose list is known by now. What has ended
    /// stays one step. The present step stays the present one.
    pub fn expand(&mut self) {
        let found: Vec<_> = (0..self.steps.len()).map(|i| self.to_take_apart(i)).collect();
        if found.iter().all(Option::is_none) {
            return;
        }
        let names = self.names();
        let mut book = (*self.book).clone();
        let (mut steps, mut states, mut places) = (Vec::new(), Vec::new(), Vec::new());
        let whole = std::mem::take(&mut book.steps).into_iter().zip(self.steps.drain(..));
        for (((step, state), place), found) in whole.zip(self.places.drain(..)).zip(found) {
            let Some((list, found)) = found else {
                steps.push(step);
                states.push(state);
                places.push(place);
                continue;
            };
            let values = place.values.as_ref().unwrap_or(&self.params);
            for (i, element) in found.iter().enumerate() {
                steps.push(part(&step, i + 1, found.len(), element));
                states.push(state.clone());
                let values = Some(each_element(values, list.element(), element.clone()));
                places.push(Place { values, origin: place.origin.clone() });
            }
        }
        book.steps = steps;
        (self.book, self.steps, self.places) = (Arc::new(book), states, places);
        self.find_again(&names);
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.book.steps.iter().map(|s| s.name.clone()).collect()
    }

    /// What is known by its place is at another one now; `names` are those that the places had.
    pub(super) fn find_again(&mut self, names: &[String]) {
        let place = |run: &Run, at: usize| {
            let name = names.get(at)?;
            // An element that is gone is where its list is.
            run.index(name).or_else(|| run.index(name.split('[').next()?))
        };
        self.current = place(self, self.current).unwrap_or(self.current);
        for i in 0..self.steps.len() {
            self.steps[i].back_of = self.steps[i].back_of.and_then(|of| place(self, of));
        }
        self.preflight.steps.clear();
    }

    /// A step recorded its values anew: what was taken apart by them is one step again, as long as no element was begun.
    /// What was begun stays as it is.
    fn gather(&mut self, by: &str) {
        let of = |run: &Run, i: usize| {
            let step = &run.book.steps[i];
            let list = list(step, run.values_of(i)).filter(|l| step.part.is_some() && l.is_recorded())?;
            let fresh = run.siblings(i).iter().all(|s| run.steps[*s].untouched());
            let name = run.local(i, list.fields.first()?);
            (fresh && name == by).then(|| step.written().to_owned())
        };
        let found: Vec<_> = (0..self.steps.len()).map(|i| of(self, i)).collect();
        if found.iter().all(Option::is_none) {
            return;
        }
        let names = self.names();
        let mut book = (*self.book).clone();
        let (mut steps, mut states, mut places): (Vec<Step>, Vec<_>, Vec<_>) = Default::default();
        let whole = std::mem::take(&mut book.steps).into_iter().zip(self.steps.drain(..));
        for (((mut step, state), mut place), found) in whole.zip(self.places.drain(..)).zip(found) {
            if let Some(name) = found {
                if steps.last().is_some_and(|last| last.name == name) {
                    continue;
                }
                (step.name, step.part) = (name, None);
                // Outside of an include it sees the parameters as they are.
                let whole = |mut values: Values| {
                    values.remove(EACH);
                    values
                };
                place.values = place.values.filter(|_| place.origin.is_some()).map(whole);
            }
            steps.push(step);
            states.push(state);
            places.push(place);
        }
        book.steps = steps;
        (self.book, self.steps, self.places) = (Arc::new(book), states, places);
        self.find_again(&names);
    }

    /// Why a step for each element of what another step records has no elements yet.
    pub fn no_elements(&self, index: usize) -> Option<String> {
        let step = self.book.steps.get(index).filter(|s| s.part.is_none())?;
        let list = list(step, self.values_of(index)).filter(|l| l.is_recorded())?;
        match elements(list, &self.bindings(index)) {
            Some(Ok(_)) => None,
            Some(Err(why)) => Some(format!("{why}; s skips the step")),
            None => {
                let by = self.local(index, list.fields.first()?);
                let ended = self.index(&by).is_some_and(|i| self.steps[i].status.ended());
                let field = list.fields.get(1..).unwrap_or_default().join(".");
                Some(if ended {
                    format!("step {by} gave no `{field}`; s skips the step")
                } else {
                    format!("its list is known when step {by} is done")
                })
            }
        }
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
    /// Whether nothing of it was begun or approved.
    fn untouched(&self) -> bool {
        self.status == Status::Todo && self.ran.is_none() && self.approved.is_none()
    }

    /// Whether its plan runs or waits for its proof.
    pub fn under_way(&self) -> bool {
        matches!(self.status, Status::Running(_) | Status::Proving { .. })
    }

    /// Whether it needs an answer before anything else of its kind goes on.
    pub fn stuck(&self) -> bool {
        self.late.is_some() || matches!(self.status, Status::Failed(_) | Status::Unknown(_))
    }
}
