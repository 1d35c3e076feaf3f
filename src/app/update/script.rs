//! What comes of the scripts of steps: their lines, what they gave, and the scripts that prove.
//!
//! Must not start a script that nobody approved: a proof belongs to the script that was, and runs only after it.

use crate::app::{App, Effect};
use crate::domain::Timestamp;
use crate::lang::t;
use crate::live::Tone;
use crate::record::What;
use crate::walk::{Check, Given, Status, Walk};

/// Seconds between two runs of a script that proves.
const EVERY: i64 = 3;

/// Lines came.
pub(super) fn output(app: &mut App, task: u64, lines: &[String]) {
    if let (Some(last), Some(task)) = (lines.last(), app.tasks.get_mut(task)) {
        task.line.clone_from(last);
    }
    for walk in app.walks_mut() {
        if let Some(index) = walk.of_task(task) {
            walk.steps[index].output.get_or_insert_default().push(lines.to_vec());
        }
    }
}

/// A script ended: the values that it gave are kept and recorded.
pub(super) fn given(app: &mut App, task: u64, given: &Given, effects: &mut Vec<Effect>) {
    let Some(run) = &mut app.run else { return };
    let Some(index) = run.of_task(task) else { return };
    match run.capture(index, given) {
        Ok(values) => {
            let step = &run.tree[index].name;
            let record = |(name, value): (String, crate::runbook::params::ParamValue)| What::Value {
                step: step.clone(),
                name,
                value: value.shown(),
            };
            let records: Vec<_> = values.into_iter().map(record).collect();
            if !records.is_empty() {
                effects.push(Effect::Record(records));
            }
        }
        Err(why) => {
            run.steps[index].not_captured = Some(why.clone());
            app.say(Tone::Bad, why);
        }
    }
}

/// Starts the scripts that prove and are due. While nothing may be changed none runs: what they do is theirs alone.
pub(super) fn check(run: &mut Walk, app: &mut App, effects: &mut Vec<Effect>) {
    if super::lock::closed(app).is_some() {
        let checks = run.steps.iter_mut().filter_map(|s| s.check.as_mut());
        return checks.for_each(|check| end(check, effects));
    }
    for index in run.tree.ids() {
        let proving = matches!(run.steps[index].status(), Status::Proving { .. }) && !run.steps[index].back();
        let Some(script) = run.proof_script(index).filter(|_| proving) else { continue };
        let state = &mut run.steps[index];
        let Status::Proving { plan, .. } = state.status().clone() else { continue };
        let check = state.check.get_or_insert_default();
        if check.held || check.running.is_some() || check.next.is_some_and(|at| at > app.now) {
            continue;
        }
        let id = app.fresh_id();
        (check.running, check.next) = (Some(id), None);
        if check.recorded.is_none() {
            effects.extend(recorded(
                check,
                &plan,
                t!("app-update-script-begins", script = script.body.trim()),
            ));
        }
        effects.push(Effect::Check { id, script: Box::new(script) });
    }
}

/// The record of what a script that proves says, where that is something else than before.
fn recorded(check: &mut Check, plan: &str, words: String) -> Option<Effect> {
    if check.recorded.as_ref() == Some(&words) {
        return None;
    }
    check.recorded = Some(words.clone());
    Some(Effect::Record(vec![What::Checked { plan: plan.to_owned(), words }]))
}

/// Asks the one that runs to end.
fn end(check: &mut Check, effects: &mut Vec<Effect>) {
    if let Some(id) = check.running.filter(|_| !check.stopping) {
        check.stopping = true;
        effects.push(Effect::Cancel(id));
    }
}

/// Stops the script that proves the present step. False where there is none.
pub(super) fn stop_proof(app: &mut App, effects: &mut Vec<Effect>) -> bool {
    let Some(run) = &mut app.run else { return false };
    let state = &mut run.steps[run.current];
    let proving = matches!(state.status(), Status::Proving { .. });
    let Some(check) = state.check.as_mut().filter(|c| proving && !c.held) else { return false };
    check.held = true;
    end(check, effects);
    app.say(Tone::Warn, t!("app-update-script-proof-stopped"));
    true
}

/// Runs the script that proves the present step, and that the operator stopped, again.
pub(super) fn prove_again(app: &mut App) {
    let Some(run) = &mut app.run else { return };
    let Some(check) = &mut run.steps[run.current].check else { return };
    (check.held, check.next) = (false, None);
    app.say(Tone::Plain, t!("app-update-script-proof-again"));
    app.look_due = true;
}

/// A script that proves ended. It is run again while the step waits for its proof.
pub(super) fn checked(app: &mut App, id: u64, said: Result<(), String>, effects: &mut Vec<Effect>) {
    let now = app.now;
    let Some(run) = &mut app.run else { return };
    let found = run.steps.iter_mut().find(|s| s.check.as_ref().is_some_and(|c| c.running == Some(id)));
    let Some(state) = found else { return };
    let status = state.status().clone();
    let Some(check) = &mut state.check else { return };
    let next = Timestamp::from_second(now.as_second() + EVERY).unwrap_or(now);
    (check.running, check.next) = (None, Some(next));
    let stopped = std::mem::take(&mut check.stopping);
    // One that was stopped on the way says nothing about the cluster.
    let words = match &said {
        _ if stopped => t!("app-update-script-stopped").to_owned(),
        Ok(()) => t!("app-update-script-ended").to_owned(),
        Err(why) => why.clone(),
    };
    if let Status::Proving { plan, .. } = &status {
        effects.extend(recorded(check, plan, words));
    }
    check.said = Some(said).filter(|_| !stopped);
}
