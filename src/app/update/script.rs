//! What comes of the scripts of steps: their lines, what they gave, and the scripts that prove.
//!
//! Must not start a script that nobody approved: a proof belongs to the script that was, and runs only after it.

use crate::app::run::{Check, Given, Run, Status};
use crate::app::{App, Effect};
use crate::domain::Timestamp;
use crate::live::Tone;
use crate::record::What;

/// Seconds between two runs of a script that proves.
const EVERY: i64 = 3;

/// The step of a task that runs.
fn of_task(run: &Run, task: u64) -> Option<usize> {
    run.steps.iter().position(|s| s.status == Status::Running(task))
}

/// Lines came.
pub(super) fn output(app: &mut App, task: u64, lines: Vec<String>) {
    if let (Some(last), Some(task)) = (lines.last(), app.tasks.get_mut(task)) {
        task.line.clone_from(last);
    }
    let Some(run) = &mut app.run else { return };
    if let Some(index) = of_task(run, task) {
        run.steps[index].output.get_or_insert_default().push(lines);
    }
}

/// A script ended: the values that it gave are kept and recorded.
pub(super) fn given(app: &mut App, task: u64, given: &Given, effects: &mut Vec<Effect>) {
    let Some(run) = &mut app.run else { return };
    let Some(index) = of_task(run, task) else { return };
    match run.capture(index, given) {
        Ok(values) => {
            let step = &run.book.steps[index].name;
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

/// Starts the scripts that prove and are due.
pub(super) fn check(run: &mut Run, app: &mut App, effects: &mut Vec<Effect>) {
    for index in 0..run.steps.len() {
        let proving = matches!(run.steps[index].status, Status::Proving { .. }) && !run.steps[index].back;
        let Some(script) = run.proof_script(index).filter(|_| proving) else { continue };
        let state = &mut run.steps[index];
        let check = state.check.get_or_insert_default();
        if check.running.is_some() || check.next.is_some_and(|at| at > app.now) {
            continue;
        }
        let id = app.fresh_id();
        (check.running, check.next) = (Some(id), None);
        effects.push(Effect::Check { id, script: Box::new(script) });
    }
}

/// A script that proves ended. It is run again while the step waits for its proof.
pub(super) fn checked(app: &mut App, id: u64, said: Result<(), String>) {
    let now = app.now;
    let Some(run) = &mut app.run else { return };
    let of = |c: &&mut Check| c.running == Some(id);
    let Some(check) = run.steps.iter_mut().filter_map(|s| s.check.as_mut()).find(of) else { return };
    let next = Timestamp::from_second(now.as_second() + EVERY).unwrap_or(now);
    *check = Check { running: None, next: Some(next), said: Some(said) };
}
