//! The choice of several values for a parameter with `many`: each row takes one in or out, in the order of choosing.

use crate::app::App;
use crate::app::overlay::{Choose, Chosen, Overlay};
use crate::app::run::{Candidate, candidates};
use crate::runbook::params::ParamValue;

/// The list, with what is chosen so far.
pub(super) fn list(name: &str, label: &str, found: Vec<Candidate>, picked: &[ParamValue]) -> Overlay {
    let name = name.to_owned();
    let mut rows = Vec::new();
    if !picked.is_empty() {
        let value = ParamValue::List(picked.to_vec());
        let shown = format!("take {}: {}", picked.len(), value.shown());
        rows.push((shown, Chosen::Param { name: name.clone(), value }));
    }
    let all: Vec<ParamValue> = found.iter().map(|c| c.value.clone()).collect();
    let count = all.len();
    for row in found {
        let mut with = picked.to_vec();
        let before = with.len();
        with.retain(|p| *p != row.value);
        let mark = if with.len() == before { "[ ]" } else { "[x]" };
        if with.len() == before {
            with.push(row.value);
        }
        rows.push((format!("{mark} {}", row.shown), Chosen::Pick { name: name.clone(), picked: with }));
    }
    if count > 1 && picked.is_empty() {
        let value = ParamValue::List(all);
        rows.push((format!("all {count} of them"), Chosen::Param { name, value }));
    }
    Overlay::Choose(Choose::new(format!("{label}? (several)"), rows))
}

/// Shows the list anew after a row took a value in or out.
pub(super) fn pick(app: &mut App, name: &str, picked: &[ParamValue]) {
    let Some(run) = &app.run else { return };
    let Some(param) = run.book.param(name) else { return };
    let Some(found) = candidates(param, &run.params, &app.world) else { return };
    let label = param.label.clone().unwrap_or_else(|| param.name.clone());
    let overlay = list(name, &label, found, picked);
    app.overlays.push(overlay);
}
