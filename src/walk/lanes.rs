//! Lanes: once the list of a step with `each` is known, one lane for each of its elements stands in the place of the step,
//! so that each has plans, proofs, ways back and records of its own. Pure: it lays out and says whose turn it is.
//!
//! Must not reorder anything: the order is that of the list.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::capture::parts;
use super::place::Place;
use super::script::{has_way, list_of_places};
use super::tree::NewLane;
use super::{StepId, Walk};
use crate::lang::t;
use crate::runbook::model::{Param, ParamRef, Part, Step, StepKind, TextRule, ValueType};
use crate::runbook::params::{Bindings, ParamValue, Values, accept_typed, each_element, look_up};

/// More elements than anybody walks through: a script that writes this many did not write the list that was meant.
const MOST: usize = 1000;

/// The elements of a list, each once; none while it has no value. An error says why a recorded value is no list.
fn elements(list: &ParamRef, bindings: &Bindings<'_>) -> Option<Result<Vec<ParamValue>, String>> {
    let value = look_up(list, bindings).ok()?;
    let items = if list.is_recorded() {
        match recorded(&written(list), value) {
            Ok(items) => items,
            Err(why) => return Some(Err(why)),
        }
    } else if let ParamValue::List(items) = value {
        items
    } else {
        vec![value]
    };
    let mut out: Vec<ParamValue> = Vec::new();
    for item in items {
        if out.contains(&item) {
            continue;
        }
        // Steps, plans and records are called by it.
        if out.iter().any(|other| other.shown() == item.shown()) {
            return Some(Err(t!("walk-lanes-same", list = written(list), element = item.shown())));
        }
        out.push(item);
    }
    if out.len() > MOST {
        return Some(Err(t!("walk-lanes-too-many", list = written(list), count = out.len(), most = MOST)));
    }
    Some(Ok(out))
}

/// The elements of what a step recorded. It comes from outside, so each is judged like a parameter that is typed in.
fn recorded(list: &str, value: ParamValue) -> Result<Vec<ParamValue>, String> {
    let items = match value {
        ParamValue::Text(text) => parts(&text).map(|part| ParamValue::Text(part.to_owned())).collect(),
        ParamValue::List(items) => items,
        ParamValue::Json(Json::String(text)) => {
            parts(&text).map(|part| ParamValue::Text(part.to_owned())).collect()
        }
        ParamValue::Json(Json::Array(items)) => {
            items.iter().map(|item| plain(list, item)).collect::<Result<_, _>>()?
        }
        ParamValue::Json(Json::Null) => Vec::new(),
        ParamValue::Json(other) => return Err(t!("walk-lanes-no-list", list = list, value = other)),
        other => return Err(t!("walk-lanes-no-list", list = list, value = other.shown())),
    };
    let rule = ValueType::Text(TextRule::default());
    let judge = |item: ParamValue| match &item {
        ParamValue::Text(text) => match accept_typed(&rule, text) {
            Ok(value) => Ok(value),
            Err(why) => {
                Err(t!("walk-lanes-refused", list = list, why = why, element = crate::domain::sanitize(text)))
            }
        },
        _ => Ok(item),
    };
    items.into_iter().map(judge).collect()
}

fn plain(list: &str, item: &Json) -> Result<ParamValue, String> {
    match item {
        Json::String(text) => Ok(ParamValue::Text(text.clone())),
        Json::Bool(value) => Ok(ParamValue::Bool(*value)),
        Json::Number(n) if n.is_i64() => Ok(ParamValue::Int(n.as_i64().unwrap_or_default())),
        other => Err(t!("walk-lanes-no-plain", list = list, element = other)),
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
        kind => kind.each(),
    };
    own.or_else(|| list_of_places(step, values))
}

fn part(step: &Step, number: usize, count: usize, element: &str) -> Step {
    let mut one = step.clone();
    one.name = format!("{}[{element}]", step.name);
    one.part = Some(Part { of: step.name.clone(), element: element.to_owned(), number, count });
    one
}

impl Walk {
    /// Lays out by what was recorded since.
    pub fn arrange(&mut self) {
        let by = std::mem::take(&mut self.anew);
        if !by.is_empty() {
            self.gather(&by);
        }
        self.expand();
    }

    /// The elements of a step that is still one for all of them, where they are known and there are some.
    fn to_lay_out(&self, id: StepId) -> Option<(ParamRef, Vec<ParamValue>)> {
        let step = &self.tree[id];
        let list = list(step, self.values_of(id)).filter(|_| step.part.is_none())?;
        let open = !self.steps[id].status().ended();
        let found = elements(list, &self.bindings(id)).filter(|_| open)?.ok()?;
        (!found.is_empty()).then(|| (list.clone(), found))
    }

    /// Puts a lane for each element in the place of every step with `each` whose list is known by now. What has ended
    /// stays one step.
    pub fn expand(&mut self) {
        let mut any = false;
        loop {
            let mut all = Vec::new();
            for id in self.tree.ids() {
                let Some((list, found)) = self.to_lay_out(id) else { continue };
                let count = found.len();
                let mut lanes = Vec::new();
                for (i, value) in found.iter().enumerate() {
                    lanes.push(self.lane(id, &list, value, i + 1, count));
                }
                all.push((id, lanes));
            }
            let elements = !all.is_empty();
            if elements {
                self.tree.open(all);
            }
            // The steps of an included runbook may be for each of a list, and those of a group may include one.
            any |= elements;
            if !self.lay_out_includes() {
                break;
            }
            any = true;
        }
        if any {
            self.laid_out();
        }
    }

    fn lane(
        &mut self,
        id: StepId,
        list: &ParamRef,
        value: &ParamValue,
        number: usize,
        count: usize,
    ) -> NewLane {
        let (step, place) = (&self.tree[id], self.tree.place(id));
        let values = place.values.as_ref().unwrap_or(&self.params);
        let values = Some(each_element(values, list.element(), value.clone()));
        let element = value.shown();
        let scope = self.tree.scope(id, &element).unwrap_or_else(|| self.scopes.add(Some(place.scope)));
        let of = |number: usize| Place { values: values.clone(), scope, step: number, ..place.clone() };
        let steps = match &step.kind {
            StepKind::Group(_) => place
                .book
                .members(place.step)
                .map(|member| {
                    let mut written = place.book.steps[member].clone();
                    written.name = format!("{}{}", place.prefix, written.name);
                    (part(&written, number, count, &element), of(member))
                })
                .collect(),
            _ => {
                // It goes on elsewhere when all elements are done.
                let mut one = part(step, number, count, &element);
                one.common.goto = None;
                vec![(one, of(place.step))]
            }
        };
        NewLane { element: Some(element), steps }
    }

    /// Steps recorded their values anew: what was laid out by them is one step again, as long as no element was begun.
    /// What was begun stays as it is.
    fn gather(&mut self, by: &BTreeSet<String>) {
        for group in self.tree.ids().filter_map(|id| self.tree.group(id)).collect::<BTreeSet<_>>() {
            let list = list(&self.tree[group], self.values_of(group)).filter(|l| l.is_recorded());
            let Some(name) = list.and_then(|l| l.fields.first()).map(|name| self.local(group, name)) else {
                continue;
            };
            let fresh =
                self.tree.lanes(group).flat_map(|lane| &lane.steps).all(|id| self.steps[*id].untouched());
            if fresh && by.contains(&name) {
                self.tree.close(group);
                self.laid_out();
            }
        }
    }

    /// Why a step for each element of what another step records has no elements yet.
    pub fn no_elements(&self, id: StepId) -> Option<String> {
        let step = Some(&self.tree[id]).filter(|s| s.part.is_none())?;
        let list = list(step, self.values_of(id)).filter(|l| l.is_recorded())?;
        match elements(list, &self.bindings(id)) {
            Some(Ok(_)) => None,
            Some(Err(why)) => Some(t!("walk-lanes-skip", why = why)),
            None => {
                let by = self.local(id, list.fields.first()?);
                let ended = self.find(&by).is_some_and(|i| self.steps[i].status().ended());
                let field = list.fields.get(1..).unwrap_or_default().join(".");
                Some(if ended {
                    t!("walk-lanes-nothing-given", step = by, field = field)
                } else {
                    t!("walk-lanes-known-later", step = by)
                })
            }
        }
    }

    /// The parameter for which a step has nothing to do, where it was left out and can still be given.
    pub fn left_out(&self, id: StepId) -> Option<&Param> {
        let own = self.tree.place(id).through.is_empty();
        let each = list(&self.tree[id], self.values_of(id)).filter(|_| own)?;
        self.book.param(&each.name).filter(|_| !self.params.contains_key(&each.name))
    }

    /// The first open step that has nothing to do without this parameter.
    pub fn needed_by(&self, name: &str) -> Option<&Step> {
        let of = |(id, s): &(StepId, &Step)| {
            let open = s.part.is_none() && !self.steps[*id].status().ended();
            open && list(s, &self.params).is_some_and(|e| e.name == name)
        };
        self.tree.steps().find(of).map(|(_, step)| step)
    }
}
