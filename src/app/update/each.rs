//! The elements of a step with `each`: one yes for all of them where the ladder allows it, and then each in its turn,
//! until one fails.
//!
//! Must not run what the operator did not say yes to: an object that changed since, or whose plan weighs more than it
//! did, asks for itself.

use super::engine;
use crate::app::overlay::{Choose, Chosen, Errand, Overlay};
use crate::app::{App, Effect};
use crate::domain::Risk;
use crate::lang::{self, t};
use crate::live::Tone;
use crate::op::{Answer, ApprovedPlan, Consequence, Level, Plan, Refusal, Work};
use crate::record::Ending;
use crate::runbook::cond::Outcome;
use crate::runbook::model::Order;
use crate::walk::{Judgement, Status, StepId, Walk, Way};

/// The other elements that are still to do.
fn others(run: &Walk, index: StepId) -> Vec<StepId> {
    let open = |i: &StepId| *i != index && *run.steps[*i].status() == Status::Todo;
    run.siblings(index).into_iter().filter(open).collect()
}

/// What can be said of an element before it is asked for.
enum Element {
    /// It can be approved together with the present one.
    Plan(Box<Plan>),
    /// What its plan looks at is on its way.
    Reading,
    /// It asks for itself, and why.
    Alone(String),
}

/// The other elements that are still to do, by the names of their steps.
fn elements(run: &Walk, app: &App) -> Vec<(StepId, Element)> {
    let of = |index: StepId| match engine::plan_of(run, index, app) {
        Some(Ok(plan)) => alone(&plan).map_or_else(|| Element::Plan(Box::new(plan)), Element::Alone),
        Some(Err(Refusal::Reading(_))) => Element::Reading,
        Some(Err(refusal)) => Element::Alone(refusal.to_string()),
        None => Element::Alone(t!("app-update-each-no-plan").to_owned()),
    };
    let all = others(run, run.current).into_iter().map(|index| (index, of(index)));
    // What cannot be planned before its lane has come to it is asked for then.
    all.filter(|(index, element)| !matches!(element, Element::Alone(_)) || run.came_to(*index)).collect()
}

/// Why a plan is not approved together with others: it weighs too much, or asks something of its own.
fn alone(plan: &Plan) -> Option<String> {
    if plan.risk > Risk::Medium {
        return Some(t!("app-update-each-risk", risk = plan.risk.text()));
    }
    if let Some(question) = plan.questions.first() {
        return Some(t!("app-update-each-question", question = question.text));
    }
    plan.peer.then(|| t!("app-update-each-peer").to_owned())
}

/// How many elements of the present step are read, this one included, of how many; none where all are.
pub(super) fn reading(run: &Walk, app: &App) -> Option<(usize, usize)> {
    run.step().filter(|(s, state)| s.part.is_some() && *state.status() == Status::Todo)?;
    let own = matches!(engine::plan_of(run, run.current, app), Some(Err(Refusal::Reading(_))));
    let elements = elements(run, app);
    let open = elements.iter().filter(|(_, e)| matches!(e, Element::Reading)).count() + usize::from(own);
    let all = elements.len() + 1;
    (open > 0 && all > 1).then(|| (all - open, all))
}

/// Asks whether one answer is for this element alone or for all of them. False where there is nothing to ask.
pub(super) fn ask_whether_all(app: &mut App) -> bool {
    let Some(choose) = which(app) else { return false };
    app.overlays.push(Overlay::Choose(choose));
    true
}

/// The question for which elements an answer is. All of them are offered once every one is read.
fn which(app: &App) -> Option<Choose> {
    let run = app.run.as_ref()?;
    let index = run.current;
    let (step, state) = run.step()?;
    let element = step.part.as_ref()?.element.clone();
    let own = matches!(&state.plan, Some(Ok(plan)) if alone(plan).is_none());
    if !own || *state.status() != Status::Todo {
        return None;
    }
    let others = elements(run, app);
    let together = others.iter().filter(|(_, e)| matches!(e, Element::Plan(_))).count();
    let mut rows = vec![(t!("app-update-each-only", element = element), Chosen::OneOfEach { step: index })];
    let reading = reading(run, app);
    match reading {
        Some(_) => {}
        None if together == 0 => return None,
        None if together == others.len() => {
            let words = t!("app-update-each-all", count = together + 1);
            rows.push((words, Chosen::AllOfEach { step: index }));
        }
        None => {
            let words = t!("app-update-each-some", count = together + 1, all = others.len() + 1);
            rows.push((words, Chosen::AllOfEach { step: index }));
        }
    }
    rows.push((t!("app-update-not-now").to_owned(), Chosen::Nothing));
    let title = reading.map_or_else(
        || t!("app-update-each-which").to_owned(),
        |(read, all)| t!("app-update-each-which-reading", read = read, all = all),
    );
    Some(Choose::new(title, rows))
}

/// A picture came while the question stands: it offers what is possible now, and the cursor stays on its row.
pub(super) fn ask_anew_when_read(app: &mut App) {
    let Some(Overlay::Choose(open)) = app.overlays.last() else { return };
    if !matches!(open.rows.first(), Some((_, Chosen::OneOfEach { .. }))) {
        return;
    }
    let selected = open.visible().get(open.selected).map(|(i, _)| open.rows[*i].1.clone());
    let Some(mut anew) = which(app) else { return };
    anew.text.clone_from(&open.text);
    let row = anew.visible().iter().position(|(i, _)| Some(&anew.rows[*i].1) == selected.as_ref());
    anew.selected = row.unwrap_or(0);
    if let Some(Overlay::Choose(open)) = app.overlays.last_mut() {
        *open = anew;
    }
}

/// What one yes is for besides the present element, and what it is not for.
#[derive(Debug, Default)]
pub(super) struct Together {
    /// At most medium risk, and without a question of their own.
    pub plans: Vec<(String, Plan)>,
    /// The others with the reason.
    pub left: Vec<(String, String)>,
    /// How many are read of how many, where some are not.
    pub reading: Option<(usize, usize)>,
}

/// The other elements, for the confirmation of all.
pub(super) fn together(app: &App) -> Together {
    let Some(run) = &app.run else { return Together::default() };
    let mut out = Together { reading: reading(run, app), ..Together::default() };
    for (index, element) in elements(run, app) {
        let step = &run.tree[index];
        match element {
            Element::Plan(plan) => out.plans.push((step.name.clone(), *plan)),
            Element::Alone(why) => {
                let element = step.part.as_ref().map_or(&step.name, |part| &part.element);
                out.left.push((element.clone(), why));
            }
            Element::Reading => {}
        }
    }
    out
}

/// Keeps the approvals of the other elements until it is their turn.
pub(super) fn keep(app: &mut App, approved: Vec<(String, ApprovedPlan)>) {
    let Some(run) = &mut app.run else { return };
    for (name, plan) in approved {
        if let Some(index) = run.find(&name) {
            run.steps[index].approved = Some(Box::new(plan));
        }
    }
}

/// After one of them was started: with `parallel` the next one is offered at once.
pub(super) fn move_on(app: &mut App, index: StepId, effects: &mut Vec<Effect>) {
    let Some(run) = &mut app.run else { return };
    let group = run.tree.element(index).map(|(group, _)| group);
    let turns = group.and_then(|group| run.tree[group].kind.turns());
    let together = turns.is_some_and(|turns| turns.order != Order::OneByOne);
    if !together || run.current != index {
        return;
    }
    if let Some(next) = others(run, index).into_iter().find(|other| run.its_turn(*other)) {
        engine::in_walk(app, effects, |walk, _, out| walk.enter(next, out));
        app.look_due = true;
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
/// nothing weighs more than what was read. How many nodes are left, for instance, changes with each node of a list. What a
/// drain may meet is named in what was read, whatever comes and goes on its node meanwhile.
fn covers(read: &Plan, now: &Plan) -> bool {
    if matches!(read.work, Work::Drain { .. }) {
        return read.beyond(now).is_none();
    }
    let same = read.op == now.op
        && (&read.target, &read.uid, &read.version) == (&now.target, &now.uid, &now.version)
        && read.work == now.work;
    let known = |c: &Consequence| {
        c.level == Level::Info || read.consequences.iter().any(|r| r.class == c.class && r.level >= c.level)
    };
    same && now.risk <= read.risk && now.questions.is_empty() && now.consequences.iter().all(known)
}

fn turn(run: &Walk, index: StepId, app: &App) -> Turn {
    let state = &run.steps[index];
    if !run.came_to(index) || !matches!(run.judge(index, &app.world, app.now), Judgement::Operate) {
        return Turn::Wait;
    }
    let Some(approved) = &state.approved else { return Turn::Wait };
    match (&state.plan, &state.preview) {
        (None | Some(Err(Refusal::Reading(_))), _) => Turn::Wait,
        // The step may want more than the operation does.
        (Some(Err(Refusal::AlreadySo(words))), _)
            if run.wanted(index, &app.world, app.now) == Outcome::True =>
        {
            Turn::Done(t!("app-update-already-so", words = words))
        }
        (Some(Err(refusal)), _) => Turn::Ask(refusal.to_string()),
        (Some(Ok(plan)), _) if !covers(approved.plan(), plan) => {
            Turn::Ask(t!("app-update-each-changed").to_owned())
        }
        (Some(Ok(_)), None) => super::lock::closed(app).map_or(Turn::Wait, |why| Turn::Ask(why.to_string())),
        (Some(Ok(_)), Some(preview)) if preview.clean() => Turn::Run,
        (Some(Ok(_)), Some(preview)) => Turn::Ask(lang::clauses(preview.objections())),
    }
}

/// Elements that wait with an approval are started when it is their turn.
pub(super) fn go_on(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(ids) = app.run.as_ref().map(|r| r.tree.ids()) else { return };
    for index in ids {
        let Some(run) = &app.run else { return };
        if run.steps[index].approved.is_none() || *run.steps[index].status() != Status::Todo {
            continue;
        }
        match turn(run, index, app) {
            Turn::Wait => {}
            Turn::Done(words) => {
                super::walk::accept(app, index, Ending::Proved, &words, Way::Next, effects);
            }
            Turn::Ask(why) => ask_anew(app, index, &why),
            Turn::Run => {
                let Some(state) = app.run.as_mut().map(|r| &mut r.steps[index]) else { return };
                let (Some(read), Some(Ok(plan))) = (state.approved.take(), state.plan.clone()) else {
                    return;
                };
                let step = app.run.as_ref().map(|r| r.tree[index].name.clone());
                // The operator's yes, given to this plan as it is now.
                let answer = Answer { confirmed: true, ..Answer::default() };
                let errand = Errand { step, ..Errand::default() };
                super::running::execute(app, plan, Some(read.plan()), &answer, errand, effects);
            }
        }
    }
}

/// An approval that no longer fits is dropped: the element asks for itself.
fn ask_anew(app: &mut App, index: StepId, why: &str) {
    let Some(run) = &mut app.run else { return };
    run.steps[index].approved = None;
    if run.siblings(index).contains(&run.current) {
        run.current = index;
    }
    let element = run.tree[index].part.as_ref().map_or("", |p| p.element.as_str());
    let words = t!("app-update-each-asks-for-itself", element = element, why = why);
    app.say(Tone::Warn, words);
}
