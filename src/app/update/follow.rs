//! What is to be followed beside the watched kinds: what the operations on the screen plan and prove with, what
//! conditions asked for, what panes and tables show. It is one set; the runtime is told when it changes.

use std::collections::BTreeSet;

use crate::app::overlay::Overlay;
use crate::app::screens::Screen;
use crate::app::{App, Effect, Task};
use crate::domain::{Interest, Kind, Timestamp};
use crate::live::Pane;
use crate::op::reads;
use crate::record::RunEnd;
use crate::runbook::model::ParamSource;
use crate::walk::{Status, StepId, Walk};

/// Tells the runtime what is to be followed now, when that is another set than before.
pub(super) fn follow(app: &mut App, effects: &mut Vec<Effect>) {
    let wanted = wanted(app);
    if wanted != app.followed {
        app.followed.clone_from(&wanted);
        effects.push(Effect::Follow(wanted));
    }
}

fn wanted(app: &App) -> BTreeSet<Interest> {
    let mut out = BTreeSet::new();
    for screen in &app.screens {
        screen.state().wants(app, &mut out);
    }
    for overlay in &app.overlays {
        if let Overlay::Confirm(confirm) = overlay {
            let plans = confirm.others.iter().map(|(_, p)| p).chain([&confirm.plan]);
            plans.for_each(|p| out.extend(reads(&p.op, &p.inputs)));
        }
    }
    if let Some(asked) = &app.asked {
        out.extend(reads(&asked.op, &asked.inputs));
    }
    for task in app.tasks.all.iter().filter(|t| waits(t, app.now)) {
        out.extend(reads(&task.plan_made.op, &task.plan_made.inputs));
    }
    for walk in app.walks() {
        of_run(app, walk, &mut out);
    }
    out
}

/// Whether the cluster must still show what a task did; what it has not shown in its time is not waited for.
fn waits(task: &Task, now: Timestamp) -> bool {
    let within = i64::try_from(task.plan_made.within_seconds).unwrap_or(i64::MAX);
    let open = match &task.ended {
        None => true,
        Some((RunEnd::Applied, _, at)) => now.as_second() - at.as_second() <= within,
        Some(_) => false,
    };
    open && task.change.under_way()
}

fn of_run(app: &App, run: &Walk, out: &mut BTreeSet<Interest>) {
    let open = app.screens.iter().any(|s| matches!(s, Screen::Runbook(_)));
    let asked = run.asked.as_ref().and_then(|name| run.book.param(name));
    for param in run.missing().into_iter().chain(asked) {
        if let ParamSource::K8s(picker) = &param.source
            && let Some(kind) = Kind::parse(&picker.kind).filter(|k| !k.watched())
        {
            out.insert(Interest::all(kind));
        }
    }
    // One yes may be for all elements of a list, so what each of them looks at is read beforehand.
    let siblings: BTreeSet<_> = run.siblings(run.current).into_iter().collect();
    let together = |i: StepId| *run.steps[i].status() == Status::Todo && siblings.contains(&i);
    let asked = |i: &StepId| {
        let state = &run.steps[*i];
        *i == run.current || state.approved.is_some() || state.retry_at.is_some() || together(*i)
    };
    for index in run.tree.ids().filter(asked) {
        if let Some(call) = run.call(index)
            && let Ok(inputs) = run.inputs(index, call)
        {
            out.extend(reads(&call.op, &inputs));
        }
    }
    for step in run.steps.iter() {
        let watched =
            step.proof().is_some() || matches!(step.status(), Status::Running(_) | Status::Proving { .. });
        if let Some(plan) = step.ran().filter(|_| watched) {
            out.extend(reads(&plan.op, &plan.inputs));
        }
    }
    for pane in run.panes(run.current).into_iter().flatten() {
        match pane {
            Pane::Table { kind, .. } if !kind.watched() => {
                out.insert(Interest::all(kind));
            }
            Pane::Yaml(key) if open => {
                out.insert(Interest::one(&key));
            }
            Pane::Detail(key) if open => {
                out.extend(crate::live::of(key.kind).reads(&app.world, &key.row));
            }
            _ => {}
        }
    }
    out.extend(run.wants.borrow().iter().cloned());
}
