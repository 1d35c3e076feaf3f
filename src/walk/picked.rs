//! The values that a step by hand can record where the cluster knows them, and what becomes of one that is not among them. Pure.
//!
//! Must not take for none what is not known: then whatever is of the right type can be typed, and that is said.

use super::{StepId, Walk};
use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::domain::{ClusterSnapshot, Interest, SyncState, Timestamp};
use crate::lang::{self, t};
use crate::runbook::cond::{Scope, Value};
use crate::runbook::distance;
use crate::runbook::model::{StepKind, ValueType};
use crate::runbook::params::{ParamValue, accept_typed, as_typed};

/// So many values are named where one is refused.
const NAMED: usize = 8;

/// What there is to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choices {
    /// The step does not say where its values come from: they are typed.
    Any,
    /// These, as the cluster shows them now.
    Known(Vec<String>),
    /// They are being read.
    Reading,
    /// It cannot be told now, and why.
    Unknown(String),
}

impl Walk {
    /// What a value of a step by hand can be.
    pub fn choices(&self, id: StepId, name: &str, world: &ClusterSnapshot, now: Timestamp) -> Choices {
        let StepKind::Manual(manual) = &self.tree[id].kind else { return Choices::Any };
        let Some(field) = manual.field(name) else { return Choices::Any };
        let Some(from) = &field.from else {
            return match &field.ty {
                ValueType::Enum(words) => Choices::Known(words.clone()),
                ValueType::Bool => Choices::Known(["true", "false"].map(str::to_owned).to_vec()),
                _ => Choices::Any,
            };
        };
        let condition = match self.conditions.get(&from.text) {
            Some(Ok(condition)) => condition,
            Some(Err(why)) => return Choices::Unknown(why.clone()),
            None => return Choices::Unknown(t!("walk-picked-not-read").to_owned()),
        };
        // What this one asks for, apart from what other conditions do.
        let asks = RefCell::default();
        let found = condition.eval(&Scope { wants: Some(&asks), ..self.scope(id, world, now) });
        let reading = is_reading(&asks.borrow(), world);
        self.wants.borrow_mut().extend(asks.into_inner());
        match found {
            Ok(Value::List(values)) => {
                let mut known: Vec<String> = Vec::new();
                for value in values.iter() {
                    each(value, &mut known);
                }
                if known.is_empty() {
                    return Choices::Unknown(t!("walk-picked-none-now").to_owned());
                }
                Choices::Known(known)
            }
            Ok(_) => Choices::Unknown(t!("walk-picked-no-list").to_owned()),
            Err(_) if reading => Choices::Reading,
            Err(why) => Choices::Unknown(why.to_string()),
        }
    }

    /// Has what the values of the present step are picked from read before they are asked for.
    pub(super) fn read_ahead(&self, world: &ClusterSnapshot, now: Timestamp) {
        if let StepKind::Manual(manual) = &self.tree[self.current].kind {
            for field in manual.record.iter().filter(|field| field.from.is_some()) {
                drop(self.choices(self.current, &field.name, world, now));
            }
        }
    }

    /// A value that was typed or picked, judged by its type and by what there is.
    pub fn accept_value(
        &self,
        id: StepId,
        name: &str,
        text: &str,
        (world, now): (&ClusterSnapshot, Timestamp),
    ) -> Result<ParamValue, String> {
        if text.is_empty() {
            return Err(t!("walk-picked-needs-value").to_owned());
        }
        if !self.takes_others(id, name)
            && let Choices::Known(known) = self.choices(id, name, world, now)
            && !known.iter().any(|one| one == text)
        {
            return Err(refused(text, &known));
        }
        let StepKind::Manual(manual) = &self.tree[id].kind else {
            return Ok(ParamValue::Text(text.to_owned()));
        };
        match manual.field(name) {
            Some(field) => accept_typed(&field.ty, &as_typed(&field.ty, text))
                .map_err(|why| t!("walk-picked-it-is", why = why)),
            None => Ok(ParamValue::Text(text.to_owned())),
        }
    }

    /// Whether another value than those that there are can be typed.
    pub fn takes_others(&self, id: StepId, name: &str) -> bool {
        let StepKind::Manual(manual) = &self.tree[id].kind else { return true };
        manual.field(name).is_none_or(|field| field.or_typed)
    }

    /// What a value of a step by hand is called.
    pub fn value_title(&self, id: StepId, name: &str) -> String {
        let of = self.file(id).map(|(book, step)| book.step_value_in(step, name, &self.lang));
        of.unwrap_or_else(|| name.to_owned())
    }
}

/// Whether some of this is on its way.
fn is_reading(asked: &BTreeSet<Interest>, world: &ClusterSnapshot) -> bool {
    let reading = |state: &SyncState| matches!(state, SyncState::Waiting | SyncState::Loading(_));
    asked.iter().any(|i| world.followed.get(i).is_none_or(|followed| reading(&followed.state)))
}

/// The texts of a value, of lists in it too, each once.
fn each(value: &Value, known: &mut Vec<String>) {
    if let Value::List(values) = value {
        return values.iter().for_each(|value| each(value, known));
    }
    let text = value.to_string();
    if !text.is_empty() && !known.contains(&text) {
        known.push(text);
    }
}

/// Why a value is refused, with what there is, the nearest first.
pub fn refused(text: &str, known: &[String]) -> String {
    let mut sorted: Vec<&str> = known.iter().map(String::as_str).collect();
    sorted.sort_by_key(|one| distance(text, one));
    let rest = sorted.len().saturating_sub(NAMED);
    sorted.truncate(NAMED);
    let known = lang::list(sorted);
    match rest {
        0 => t!("walk-picked-not-among", text = text, known = known),
        more => t!("walk-picked-not-among-more", text = text, known = known, more = more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_told_with_what_there_is_the_nearest_first() {
        let known = ["kubernetes.io/pvc-protection", "sessions.shop.example/flush"].map(str::to_owned);
        let said = refused("sessions.shop.example/wrong", &known);
        let wanted = "there is: sessions.shop.example/flush, kubernetes.io/pvc-protection";
        assert!(said.contains("is not among them") && said.ends_with(wanted), "{said}");
        let many: Vec<String> = (0..20).map(|n| format!("v{n}")).collect();
        assert!(
            refused("v7", &many).contains("there is: v7, ") && refused("x", &many).ends_with("and 12 more")
        );
    }
}
