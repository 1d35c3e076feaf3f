//! The screen of the tasks: which one is selected, and where one leads: to its step, or to what it was done to.
//!
//! Must not carry anything out: how a task is stopped stands in `running`.

use super::{explore, runbook, running, terminal};
use crate::action::Action;
use crate::app::overlay::{Message, Overlay};
use crate::app::screens::Screen;
use crate::app::{App, Effect, Task, layout};
use crate::domain::moment;
use crate::lang::t;
use crate::walk::StepId;

/// How many rows there are, and how many fit.
fn rows(app: &App) -> (usize, usize) {
    let body = layout::frame(app).body;
    (app.tasks.all.len() + app.waits().len(), layout::tasks(app, body).shown())
}

/// Keeps the selection among the rows.
pub(in crate::app) fn settle(app: &mut App) {
    let (len, shown) = rows(app);
    if let Screen::Tasks(tasks) = app.screen_mut() {
        tasks.list.keep(len, shown);
    }
}

pub(in crate::app) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let (len, shown) = rows(app);
    match action {
        Action::Cancel => running::cancel(app, effects),
        Action::Open => open(app, effects),
        _ => {
            if let Screen::Tasks(tasks) = app.screen_mut() {
                tasks.list.act(action, len, shown);
            }
        }
    }
}

/// Opens what the selected row belongs to: the pane of a program, the step of a runbook's task or wait, the object of any other task. Where
/// neither is there any more, all that is known of it.
fn open(app: &mut App, effects: &mut Vec<Effect>) {
    let Screen::Tasks(tasks) = app.screen() else { return };
    let row = tasks.list.selected;
    let Some(task) = app.tasks.all.get(row) else {
        let wait = row.checked_sub(app.tasks.all.len()).and_then(|i| app.waits().get(i).copied());
        return wait.map_or((), |(walk, index)| to_step(app, walk, index, effects));
    };
    if task.terminal.is_some() {
        return terminal::open(app, task.id, effects);
    }
    let run = app.walk(task.walk);
    if let Some(index) = task.step.as_ref().and_then(|name| run?.find(name)) {
        let walk = task.walk;
        return to_step(app, walk, index, effects);
    }
    let key = task.plan_made.target.clone();
    let there = if key.kind.watched() { app.world.identity(&key).is_some() } else { !key.name().is_empty() };
    if there {
        return explore::describe(app, key);
    }
    let message = Message::new(task.title.clone(), words(task));
    app.overlays.push(Overlay::Message(message));
}

/// Goes to a step of the open runbook; what lies over its screen is closed.
fn to_step(app: &mut App, walk: u32, index: StepId, effects: &mut Vec<Effect>) {
    app.bring_to_front(walk, effects);
    if let Some(at) = app.screens.iter().rposition(|s| matches!(s, Screen::Runbook(_))) {
        super::actions::close(app, at + 1, effects);
    }
    runbook::look_at(app, index);
}

/// All that is known of a task.
fn words(task: &Task) -> Vec<String> {
    let plan = &task.plan_made;
    let mut out = vec![plan.summary.clone(), t!("app-update-same-as", kubectl = plan.kubectl), String::new()];
    out.push(t!("app-update-tasks-began", at = moment(task.started)));
    let ended = task
        .ended
        .as_ref()
        .map(|(_, words, at)| t!("app-update-tasks-ended", at = moment(*at), words = words));
    out.extend(ended);
    out.extend((!task.line.is_empty()).then(|| task.line.clone()));
    out
}
