//! The elements of a step with `each`: one yes for all of them where the ladder allows it, and then each in its turn,
//! until one fails.
//!
//! Must not run what the operator did not say yes to: an object that changed since, or whose plan weighs more than it
//! did, asks for itself.

use crate::app::overlay::{Choose, Chosen, Errand, Overlay};
use crate::app::run::{Judgement, Run, Status, Way};
use crate::app::{App, Effect};
use crate::domain::Risk;
use crate::live::Tone;
use crate::op::{Answer, ApprovedPlan, Consequence, Level, Plan, Refusal};
use crate::record::{Ending, What};
use crate::runbook::cond::Outcome;
use crate::runbook::model::Order;

/// The other elements that are still to do.
fn others(run: &Run, index: usize) -> Vec<usize> {
    let open = |i: &usize| *i != index && run.steps[*i].status == Status::Todo;
    run.siblings(index).into_iter().filter(open).collect()
}

/// Asks whether one answer is for this element alone or for all of them. False where there is nothing to ask.
pub(super) fn ask_whether_all(app: &mut App) -> bool {
    let Some(run) = &app.run else { return false };
    let index = run.current;
    let Some(part) = run.step().and_then(|(s, _)| s.part.as_ref()) else { return false };
    let (element, more) = (part.element.clone(), others(run, index).len());
    let together = |p: &Plan| p.risk <= Risk::Medium && p.questions.is_empty() && !p.peer;
    let own = matches!(&run.steps[index].plan, Some(Ok(plan)) if together(plan));
    if more == 0 || !own || run.steps[index].status != Status::Todo {
        return false;
    }
    let rows = vec![
        (format!("only {element}"), Chosen::OneOfEach { step: index }),
        (format!("all of these {}, in one confirmation", more + 1), Chosen::AllOfEach { step: index }),
        ("not now".to_owned(), Chosen::Nothing),
    ];
    app.overlays.push(Overlay::Choose(Choose::new("for which of them", rows)));
    true
}

/// The plans of the other elements that can be approved together with the present one: at most medium risk, and without
/// a question of their own.
pub(super) fn plans(app: &App) -> Vec<(String, Plan)> {
    let Some(run) = &app.run else { return Vec::new() };
    let of = |index: usize| {
        let plan = super::engine::plan_of(run, index, app)?.ok()?;
        let fits = plan.risk <= Risk::Medium && plan.questions.is_empty() && !plan.peer;
        fits.then(|| (run.book.steps[index].name.clone(), plan))
    };
    others(run, run.current).into_iter().filter_map(of).collect()
}

/// Keeps the approvals of the other elements until it is their turn.
pub(super) fn keep(app: &mut App, approved: Vec<(String, ApprovedPlan)>) {
    let Some(run) = &mut app.run else { return };
    for (name, plan) in approved {
        if let Some(index) = run.index(&name) {
            run.steps[index].approved = Some(Box::new(plan));
        }
    }
}

/// After one of them was started: with `parallel` the next one is offered at once.
pub(super) fn move_on(app: &mut App, index: usize, effects: &mut Vec<Effect>) {
    let Some(run) = &mut app.run else { return };
    let parallel = run.book.steps[index].kind.policy().is_some_and(|p| p.order == Order::Parallel);
    if !parallel || run.current != index {
        return;
    }
    if let Some(next) = others(run, index).first().copied() {
        let mut records = Vec::new();
        super::runbook::enter(run, next, &mut records);
        effects.push(Effect::Record(records));
        super::engine::look(app, effects);
    }
}

/// What becomes of an element whose plan was approved together with the others.
enum Turn {
    Wait,
    /// It is already as it should be.
    Done(String),
    /// What was approved is not what would run now.
    Ask(String),
    Run,
}

/// Whether a yes to the one plan is a yes to the other: the same requests to the very same state of the object, and
/// nothing weighs more than what was read. How many nodes are left, for instance, changes with each node of a list.
fn covers(read: &Plan, now: &Plan) -> bool {
    let same = read.op == now.op
        && (&read.target, &read.uid, &read.version) == (&now.target, &now.uid, &now.version)
        && read.work == now.work;
    let known = |c: &Consequence| {
        c.level == Level::Info || read.consequences.iter().any(|r| r.what == c.what && r.level >= c.level)
    };
    same && now.risk <= read.risk && now.questions.is_empty() && now.consequences.iter().all(known)
}

fn turn(run: &Run, index: usize, app: &App) -> Turn {
    let state = &run.steps[index];
    if !matches!(run.judge(index, &app.world, app.now), Judgement::Operate) {
        return Turn::Wait;
    }
    let Some(approved) = &state.approved else { return Turn::Wait };
    match (&state.plan, &state.preview) {
        (None | Some(Err(Refusal::Reading(_))), _) => Turn::Wait,
        // The step may want more than the operation does.
        (Some(Err(Refusal::AlreadySo(words))), _)
            if run.wanted(index, &app.world, app.now) == Outcome::True =>
        {
            Turn::Done(format!("already so: {words}"))
        }
        (Some(Err(refusal)), _) => Turn::Ask(refusal.to_string()),
        (Some(Ok(plan)), _) if !covers(approved.plan(), plan) => {
            Turn::Ask("it changed since it was approved".to_owned())
        }
        (Some(Ok(_)), None) => super::lock::closed(app).map_or(Turn::Wait, |why| Turn::Ask(why.to_string())),
        (Some(Ok(_)), Some(preview)) if preview.clean() => Turn::Run,
        (Some(Ok(_)), Some(preview)) => Turn::Ask(preview.objections().join("; ")),
    }
}

/// Elements that wait with an approval are started when it is their turn.
pub(super) fn go_on(app: &mut App, effects: &mut Vec<Effect>) {
    let count = app.run.as_ref().map_or(0, |r| r.steps.len());
    for index in 0..count {
        let Some(run) = &app.run else { return };
        if run.steps[index].approved.is_none() || run.steps[index].status != Status::Todo {
            continue;
        }
        match turn(run, index, app) {
            Turn::Wait => {}
            Turn::Done(words) => {
                super::walk::accept(app, index, Ending::Proved, &words, Way::Next, effects);
            }
            Turn::Ask(why) => ask_anew(app, index, &why),
            Turn::Run => {
                let Some(state) = app.run.as_mut().and_then(|r| r.steps.get_mut(index)) else { return };
                let (Some(_), Some(Ok(plan))) = (state.approved.take(), state.plan.clone()) else { return };
                let step = app.run.as_ref().map(|r| r.book.steps[index].name.clone());
                // The operator's yes, given to this plan as it is now.
                let answer = Answer { confirmed: true, ..Answer::default() };
                super::running::execute(app, plan, &answer, Errand { step, ..Errand::default() }, effects);
            }
        }
    }
}

/// An approval that no longer fits is dropped: the element asks for itself.
fn ask_anew(app: &mut App, index: usize, why: &str) {
    let Some(run) = &mut app.run else { return };
    run.steps[index].approved = None;
    if run.siblings(index).contains(&run.current) {
        run.current = index;
    }
    let element = run.book.steps[index].part.as_ref().map_or("", |p| p.element.as_str());
    let words = format!("{element} asks for itself: {why}");
    app.say(Tone::Warn, words);
}

/// Stops at an element that failed: those that were not begun are skipped, and say so.
pub(super) fn stop(app: &mut App, index: usize, effects: &mut Vec<Effect>) {
    let Some(run) = &mut app.run else { return };
    let Some(part) = run.book.steps.get(index).and_then(|s| s.part.clone()) else { return };
    let mut records = Vec::new();
    for other in others(run, index) {
        let words = format!("stopped after {}", part.element);
        run.steps[other].approved = None;
        run.steps[other].status = Status::Ended(Ending::Skipped, words.clone());
        let step = run.book.steps[other].name.clone();
        records.push(What::StepEnded { step, ending: Ending::Skipped, words });
    }
    records.push(What::Note { text: format!("stopped {} after {}", part.of, part.element), about: None });
    effects.push(Effect::Record(records));
    super::engine::look(app, effects);
}
