//! The choice of several values for a parameter with `many`: space marks a row or takes its mark off, in the order of
//! choosing, and enter takes what is marked.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::App;
use crate::app::overlay::{Choose, Chosen, Overlay};
use crate::lang::t;
use crate::runbook::params::ParamValue;
use crate::walk::{Candidate, candidates};

/// Bytes of the mark before a row, with its blank.
const MARK: usize = 4;

/// The list, with what is chosen so far.
pub(super) fn list(name: &str, label: &str, found: Vec<Candidate>, picked: &[ParamValue]) -> Choose {
    let name = name.to_owned();
    let mut rows = Vec::new();
    if !picked.is_empty() {
        let value = ParamValue::List(picked.to_vec());
        let shown = t!("app-update-pick-take", count = picked.len(), values = value.shown());
        rows.push((shown, Chosen::Param { name: name.clone(), value }));
    }
    let count = found.len();
    let all = (count > 1 && picked.is_empty()).then(|| found.iter().map(|c| c.value.clone()).collect());
    // Of thousands of rows each is compared only with what reads as it does.
    let mut chosen: BTreeMap<String, Vec<&ParamValue>> = BTreeMap::new();
    for value in picked {
        chosen.entry(value.plain()).or_default().push(value);
    }
    let so_far: Arc<[ParamValue]> = picked.into();
    for row in found {
        let on = chosen.get(&row.value.plain()).is_some_and(|same| same.contains(&&row.value));
        let mark = if on { "[x]" } else { "[ ]" };
        let pick = Chosen::Pick { name: name.clone(), value: row.value, on, picked: Arc::clone(&so_far) };
        rows.push((format!("{mark} {}", row.shown), pick));
    }
    if let Some(all) = all {
        let value = ParamValue::List(all);
        rows.push((t!("app-update-pick-all", count = count), Chosen::Param { name, value }));
    }
    let marked = |chosen: &Chosen| matches!(chosen, Chosen::Pick { on: true, .. });
    Choose::new(t!("app-update-pick-several", label = label), rows).on(marked)
}

/// What is chosen when a row is taken in, or out.
pub(super) fn toggled(value: ParamValue, picked: &[ParamValue]) -> Vec<ParamValue> {
    let mut with: Vec<ParamValue> = picked.iter().filter(|p| **p != value).cloned().collect();
    if with.len() == picked.len() {
        with.push(value);
    }
    with
}

/// The values that are chosen now, where a parameter has any.
pub(super) fn chosen_already(value: Option<&ParamValue>) -> Vec<ParamValue> {
    match value {
        Some(ParamValue::List(items)) => items.clone(),
        one => one.cloned().into_iter().collect(),
    }
}

/// What enter takes: the marked values where there are any, else the row under the cursor.
pub(super) fn entered(choose: &Choose, chosen: &Chosen) -> Chosen {
    let take =
        choose.rows.first().map(|(_, first)| first).filter(|first| matches!(first, Chosen::Param { .. }));
    match (chosen, take) {
        (Chosen::Pick { .. }, Some(take)) => take.clone(),
        _ => chosen.clone(),
    }
}

/// Marks the row under the cursor, or takes its mark off. The filter and the cursor stay.
pub(super) fn mark(app: &mut App) {
    let Some(Overlay::Choose(open)) = app.overlays.last() else { return };
    let Some(Chosen::Pick { name, value, picked, .. }) = open.chosen() else { return };
    let Some(run) = &app.run else { return };
    let Some(param) = run.book.param(name) else { return };
    let Some(found) = candidates(param, &run.params, &app.world) else { return };
    let label = run.book.param_label_in(param, &run.lang).to_owned();
    let at = open.visible().get(open.selected).map_or(0, |(i, _)| *i);
    let unmarked = |text: &str| text.get(MARK..).map(str::to_owned);
    let row = unmarked(&open.rows[at].0);
    let mut anew = list(name, &label, found, &toggled(value.clone(), picked));
    anew.text.clone_from(&open.text);
    let same = |(i, _): &(usize, Vec<usize>)| {
        matches!(anew.rows[*i].1, Chosen::Pick { .. }) && unmarked(&anew.rows[*i].0) == row
    };
    anew.selected = anew.visible().iter().position(same).unwrap_or(0);
    if let Some(Overlay::Choose(open)) = app.overlays.last_mut() {
        *open = anew;
    }
}
