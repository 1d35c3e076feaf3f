//! What can be done about a step that is late, failed, or no longer true: run it again, take it back, skip it.
//!
//! Must not change the cluster: a way back is a plan like any other, and is confirmed like one.

use super::engine;
use crate::app::overlay::{Choose, Chosen, Errand, Overlay};
use crate::app::{App, Effect};
use crate::lang::t;
use crate::live::Tone;
use crate::record::Ending;
use crate::runbook::model::{Rollback, StepKind};
use crate::walk::{Status, StepId};

/// Shows what can be done about the present step.
pub(super) fn offer(app: &mut App) {
    let Some(run) = &app.run else { return };
    let index = run.current;
    let Some((step, state)) = run.step() else { return };
    let waits = matches!(step.kind, StepKind::Wait(_) | StepKind::Check(_)) && state.ran().is_none();
    let again = if waits { t!("app-update-mend-wait-again") } else { t!("app-update-run-again") };
    let mut rows = vec![(again.to_owned(), Chosen::Again { step: index })];
    match step.kind.policy().and_then(|p| p.rollback.as_ref()) {
        Some(Rollback::Op(call)) => {
            rows.push((t!("app-update-mend-take-back", op = call.op), Chosen::TakeBack { step: index }));
        }
        Some(Rollback::Step { name, .. }) => {
            rows.push((t!("app-update-mend-take-back-step", step = name), Chosen::TakeBack { step: index }));
        }
        Some(Rollback::None { .. }) | None => {}
    }
    if !state.status().ended() {
        let skip = match (run.in_group(index), run.tree.element(index).is_some()) {
            (None, true) => t!("app-update-mend-next-one"),
            _ => t!("app-update-mend-skip"),
        };
        rows.push((skip.to_owned(), Chosen::Skip { step: index }));
    }
    if let Some(element) = run.in_group(index) {
        let words = t!("app-update-mend-give-up", element = element);
        rows.push((words, Chosen::GiveUp { step: index }));
    }
    if run.tree.element(index).is_some() {
        rows.push((t!("app-update-mend-stop").to_owned(), Chosen::StopEach { step: index }));
    }
    rows.push((t!("app-update-mend-leave").to_owned(), Chosen::Nothing));
    let title = match (state.late(), state.status()) {
        (Some(seen), _) => t!("app-update-mend-not-in-time", seen = seen),
        (None, Status::Ended(..)) => t!("app-update-mend-regressed").to_owned(),
        (None, Status::Failed(why) | Status::TakenBack(why) | Status::Unknown(why)) => why.clone(),
        _ => run.title(index, &app.options.lang).to_owned(),
    };
    app.overlays.push(Overlay::Choose(Choose::new(title, rows)));
}

/// Opens the step again: its plan is made anew, or its time begins anew.
pub(super) fn again(app: &mut App, index: StepId, effects: &mut Vec<Effect>) {
    engine::in_walk(app, effects, |walk, cx, out| walk.again(index, cx, out));
    app.look_due = true;
}

/// Takes the present step back, as its author says.
pub(super) fn take_back(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(run) = &app.run else { return };
    let index = run.current;
    let Some((step, state)) = run.step() else { return };
    let refused = match state.status() {
        Status::Running(_) => Some(t!("app-update-mend-runs")),
        Status::Todo if state.ran().is_none() => Some(t!("app-update-mend-nothing-ran")),
        Status::Ended(Ending::Skipped | Ending::Stopped, _) => Some(t!("app-update-mend-not-done")),
        _ => None,
    };
    if let Some(why) = refused {
        return app.say(Tone::Warn, why);
    }
    if let Some(why) = run.untrusted(index) {
        return app.say(Tone::Warn, why);
    }
    let name = step.name.clone();
    match step.kind.policy().and_then(|p| p.rollback.clone()) {
        None => app.say(Tone::Warn, t!("app-update-mend-no-rollback")),
        Some(Rollback::None { reason }) => {
            app.say(Tone::Warn, t!("app-update-mend-no-way-back", reason = reason));
        }
        Some(Rollback::Op(call)) => match run.inputs(index, &call) {
            Err(why) => app.say(Tone::Warn, t!("app-update-mend-not-planned", why = why)),
            Ok(inputs) => {
                let undoes = state.plan_id.clone();
                let errand = Errand { step: Some(name), undoes, back: true };
                super::confirm::ask_for(app, call.op.clone(), inputs, errand, effects);
            }
        },
        Some(Rollback::Step { name: way, .. }) => go_to_way_back(app, index, &way, effects),
    }
}

/// Goes to the step that takes another one back.
fn go_to_way_back(app: &mut App, of: StepId, way: &str, effects: &mut Vec<Effect>) {
    match engine::in_walk(app, effects, |walk, _, out| walk.go_to_way_back(of, way, out)) {
        Some(Err(why)) => app.say(Tone::Warn, why),
        _ => app.look_due = true,
    }
}
