//! Plans that were approved: how one is handed over to be carried out, and how one that runs is stopped.
//!
//! Must not approve anything: what comes here has its approval, or gets it from [`Plan::approve`] alone.

use super::lock;
use crate::app::overlay::Errand;
use crate::app::screens::{Screen, TaskList};
use crate::app::{App, Effect, Task};
use crate::lang::t;
use crate::live::Tone;
use crate::op::{Answer, ApprovedPlan, Change, Plan};

/// Approves a plan and hands it over. `read` is the plan that the answer was given to, where it is another one.
pub(super) fn execute(
    app: &mut App,
    plan: Plan,
    read: Option<&Plan>,
    answer: &Answer,
    errand: Errand,
    effects: &mut Vec<Effect>,
) {
    let licence = match lock::licence(app) {
        Ok(licence) => licence,
        Err(why) => return app.say(Tone::Warn, why.to_string()),
    };
    match plan.approve(answer, &licence) {
        Ok(approved) => {
            let approved = if let Some(read) = read { approved.read_as(read) } else { approved };
            start(app, Box::new(approved), errand, effects);
        }
        Err(why) => app.say(Tone::Warn, why.to_string()),
    }
}

/// Hands an approved plan over to be carried out.
pub(super) fn start(app: &mut App, approved: Box<ApprovedPlan>, errand: Errand, effects: &mut Vec<Effect>) {
    let Errand { step, undoes, back } = errand;
    let plan = approved.plan().clone();
    let walk = app.run.as_ref().filter(|_| step.is_some()).map_or(0, |walk| walk.number);
    let task = app.fresh_id();
    let gone = app.tasks.push(Task {
        id: task,
        title: plan.title.clone(),
        plan: None,
        step: step.clone(),
        walk,
        started: app.now,
        done: 0,
        total: 0,
        line: String::new(),
        ended: None,
        look: 0,
        cancelling: false,
        plan_made: plan.clone(),
        change: Change::Running,
        stuck: false,
        stale: false,
        terminal: plan.takes_terminal().then(Box::default),
    });
    // The selection stays on its task: `c` must not come to mean another one.
    for screen in &mut app.screens {
        if let Screen::Tasks(TaskList { list }) = screen {
            list.selected -= gone.iter().filter(|at| **at < list.selected).count().min(list.selected);
        }
    }
    let index = step.as_ref().and_then(|name| app.run.as_ref()?.find(name));
    if let (Some(index), Some(run)) = (index, &mut app.run) {
        run.started(index, task, plan, back, app.now);
    } else {
        app.say(
            Tone::Plain,
            t!("app-update-running-begun", title = app.tasks.all.last().map_or("", |t| &t.title)),
        );
    }
    let runbook = step.as_ref().and(app.run.as_ref()).map(|r| r.book.id.clone());
    effects.push(Effect::Execute { task, approved, runbook, walk, step, undoes });
    super::terminal::begin(app, task, effects);
    if let Some(index) = index {
        super::each::move_on(app, index, effects);
    }
}

/// Stops the running task of the present step in good order.
pub(super) fn cancel(app: &mut App, effects: &mut Vec<Effect>) {
    // By the step's name: what lasts for a while goes on after its step is proved.
    let step = app.run.as_ref().and_then(|walk| Some((walk.number, walk.step()?.0.name.clone())));
    let of_step = step.and_then(|(walk, name)| {
        let of = |t: &&Task| t.step.as_ref() == Some(&name) && t.walk == walk && t.ended.is_none();
        app.tasks.all.iter().rev().find(of).map(|t| t.id)
    });
    let walking = matches!(app.screen(), Screen::Runbook(_));
    if let Some(run) = app.run.as_mut().filter(|_| walking)
        && run.steps[run.current].retry_at.take().is_some()
    {
        return app.say(Tone::Warn, t!("app-update-running-no-further-attempt"));
    }
    if super::waits::give_up(app, effects) || (walking && super::script::stop_proof(app, effects)) {
        return;
    }
    let of_list = match app.screen() {
        Screen::Tasks(tasks) => tasks.selected(app).map(|t| t.id),
        _ => None,
    };
    let Some(task) = of_list.or(of_step).and_then(|id| app.tasks.get_mut(id)).filter(|t| t.ended.is_none())
    else {
        return app.say(Tone::Warn, t!("app-update-running-nothing"));
    };
    task.cancelling = true;
    let (id, title) = (task.id, task.title.clone());
    let words = if task.plan_made.script().is_some() {
        t!("app-update-running-stopping-script", title = title)
    } else {
        t!("app-update-running-stopping", title = title)
    };
    app.say(Tone::Warn, words);
    effects.push(Effect::Cancel(id));
}
