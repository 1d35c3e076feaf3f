//! The choices of an operation as fields: what may be left out, each with its value, and the plan that comes of them. A list
//! whose rows are the fields; the first one plans.
//!
//! Must not decide what a choice means or weighs: the operation's plan says that. A parameter that may be left out is a field
//! by itself, there is nothing to add here.

use crate::lang::t;
use serde_json::Value;

use super::operations::{self, Wanted};
use super::{confirm, padded};
use crate::app::overlay::{Choose, Chosen, Overlay};
use crate::app::{App, Effect};
use crate::live::Tone;
use crate::op::{Inputs, Param, Refusal, Takes, choices, find};

/// So many choices and more are fields; a single one is asked for like anything else.
const SEVERAL: usize = 2;

/// Whether what is left to ask are choices only, and several of them.
pub(super) fn fits(wanted: &Wanted) -> bool {
    let fields = fields(&wanted.op);
    wanted.left.len() >= SEVERAL && wanted.left.iter().all(|name| fields.iter().any(|p| p.name == *name))
}

fn fields(op: &str) -> Vec<&'static Param> {
    find(op).map(|op| choices(op.meta()).collect()).unwrap_or_default()
}

/// Opens the fields with the values that are there; the cursor is on the one of this name.
pub(super) fn open(app: &mut App, mut wanted: Wanted, on: Option<&str>) {
    wanted.left.clear();
    wanted.fields = true;
    let fields = fields(&wanted.op);
    let widest = fields.iter().map(|p| p.name.len()).max().unwrap_or(0);
    let mut rows = vec![(t!("app-update-form-plan-it").to_owned(), Chosen::Planned(wanted.clone()))];
    for param in fields {
        let value = shown(wanted.inputs.0.get(param.name));
        let text = format!("{:<widest$}  {}  {}", param.name, padded(&value, 8), param.doc);
        rows.push((text, Chosen::Field { wanted: wanted.clone(), name: param.name }));
    }
    let title = find(&wanted.op).map_or(wanted.op.clone(), |op| op.meta().title.to_string());
    let at = |chosen: &Chosen| matches!(chosen, Chosen::Field { name, .. } if Some(*name) == on);
    app.overlays.push(Overlay::Choose(Choose::new(title, rows).on(at)));
}

fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "-".to_owned(),
        Some(Value::Bool(true)) => t!("app-update-form-yes").to_owned(),
        Some(Value::Bool(false)) => t!("app-update-form-no").to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// A field was chosen: a switch is turned, anything else is asked for.
pub(super) fn field(app: &mut App, mut wanted: Wanted, name: &'static str, effects: &mut Vec<Effect>) {
    let takes = fields(&wanted.op).iter().find(|p| p.name == name).map(|p| p.takes);
    if takes == Some(Takes::Bool) {
        let on = matches!(wanted.inputs.0.get(name), Some(Value::Bool(true)));
        if on {
            wanted.inputs.0.remove(name);
        } else {
            wanted.inputs.0.insert(name.to_owned(), Value::Bool(true));
        }
        return open(app, wanted, Some(name));
    }
    // An empty answer leaves it out again.
    wanted.inputs.0.remove(name);
    wanted.left = vec![name];
    operations::ask(app, wanted, effects);
}

/// Plans with the fields as they are. What is refused leaves them open: another choice may do.
pub(super) fn plan(app: &mut App, wanted: Wanted, effects: &mut Vec<Effect>) {
    match crate::op::plan(&wanted.op, &app.world, &wanted.inputs) {
        Err(refusal) if !matches!(refusal, Refusal::Reading(_)) => {
            open(app, wanted, None);
            app.say(Tone::Warn, refusal.to_string());
        }
        _ => confirm::direct(app, &wanted.op, &wanted.inputs, effects),
    }
}

/// Plans without any choice, as a key of the explorer does. Where that is refused and a switch would change it, the fields
/// are shown.
pub(super) fn direct(app: &mut App, op: &str, inputs: &Inputs, effects: &mut Vec<Effect>) {
    let refused = crate::op::plan(op, &app.world, inputs).err();
    if let Some(refusal @ Refusal::Guard { .. }) = refused
        && let Some(name) = would_do(app, op, inputs)
    {
        let wanted = Wanted { op: op.to_owned(), inputs: inputs.clone(), left: Vec::new(), fields: true };
        open(app, wanted, Some(name));
        return app.say(Tone::Warn, refusal.to_string());
    }
    confirm::direct(app, op, inputs, effects);
}

/// A switch with which there is a plan.
fn would_do(app: &App, op: &str, inputs: &Inputs) -> Option<&'static str> {
    let plans = |name: &str| {
        let mut with = inputs.clone();
        with.0.insert(name.to_owned(), Value::Bool(true));
        crate::op::plan(op, &app.world, &with).is_ok()
    };
    fields(op).into_iter().filter(|p| p.takes == Takes::Bool).map(|p| p.name).find(|name| plans(name))
}

/// The fields of the plan that is being confirmed, in the place of the confirmation.
pub(super) fn of_confirmation(app: &mut App) {
    let Some(Overlay::Confirm(confirm)) = app.overlays.last() else { return };
    if !confirm.has_choices() {
        return app.say(Tone::Plain, t!("app-update-form-no-choices"));
    }
    let wanted = Wanted {
        op: confirm.plan.op.clone(),
        inputs: confirm.plan.inputs.clone(),
        left: Vec::new(),
        fields: true,
    };
    app.overlays.pop();
    open(app, wanted, None);
}
