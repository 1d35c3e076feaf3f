//! What can be done about a step that is late, failed, or no longer true: run it again, take it back, skip it.
//!
//! Must not change the cluster: a way back is a plan like any other, and is confirmed like one.

use super::engine;
use crate::app::overlay::{Choose, Chosen, Errand, Overlay};
use crate::app::{App, Effect};
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
    let again = if waits { "wait as long once more" } else { "run it again, as a fresh plan" };
    let mut rows = vec![(again.to_owned(), Chosen::Again { step: index })];
    match step.kind.policy().and_then(|p| p.rollback.as_ref()) {
        Some(Rollback::Op(call)) => {
            rows.push((format!("take it back: {}", call.op), Chosen::TakeBack { step: index }));
        }
        Some(Rollback::Step { name, .. }) => {
            rows.push((format!("take it back: step {name}"), Chosen::TakeBack { step: index }));
        }
        Some(Rollback::None { .. }) | None => {}
    }
    if !state.status().ended() {
        let skip = match (run.in_group(index), run.tree.element(index).is_some()) {
            (None, true) => "go on with the next one: skip this one, with a reason",
            _ => "skip it, with a reason",
        };
        rows.push((skip.to_owned(), Chosen::Skip { step: index }));
    }
    if let Some(element) = run.in_group(index) {
        let words = format!("give {element} up: skip all that is left for it, with a reason");
        rows.push((words, Chosen::GiveUp { step: index }));
    }
    if run.tree.element(index).is_some() {
        rows.push(("stop here: skip those that were not begun".to_owned(), Chosen::StopEach { step: index }));
    }
    rows.push(("leave it so; it stays watched".to_owned(), Chosen::Nothing));
    let title = match (state.late(), state.status()) {
        (Some(seen), _) => format!("not in time: {seen}"),
        (None, Status::Ended(..)) => "no longer true: the proof does not hold now".to_owned(),
        (None, Status::Failed(why) | Status::TakenBack(why) | Status::Unknown(why)) => why.clone(),
        _ => step.title.clone(),
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
        Status::Running(_) => Some("it runs; c cancels it in good order, then it can be taken back"),
        Status::Todo if state.ran().is_none() => {
            Some("nothing of this step has run, so there is nothing back")
        }
        Status::Ended(Ending::Skipped | Ending::Stopped, _) => Some("this step was not done"),
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
        None => app.say(Tone::Warn, "this step names no way back; u takes the latest change back"),
        Some(Rollback::None { reason }) => app.say(Tone::Warn, format!("there is no way back: {reason}")),
        Some(Rollback::Op(call)) => match run.inputs(index, &call) {
            Err(why) => app.say(Tone::Warn, format!("the way back cannot be planned: {why}")),
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
