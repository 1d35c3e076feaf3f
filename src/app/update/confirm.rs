//! From a plan to its approval: the ladder decides what is asked. What runs is the plan as it is now, and it asks nothing beyond
//! the one on the screen ([`Plan::beyond`]).

use crate::lang::{self, t};
use std::collections::BTreeSet;

use super::each::Together;
use super::{dialog, lock, peer, running};
use crate::app::dialog::Seen;
use crate::app::overlay::{Confirm, Errand, Overlay};
use crate::app::screens::Scroll;
use crate::app::{App, Asked, Effect};
use crate::live::Tone;
use crate::op::{
    Answer, Approval, ApprovedPlan, BY_HAND, Inputs, Licence, NotApproved, Plan, Preview, Refusal, Undo,
};
use crate::runbook::cond::Outcome;
use crate::walk::{Judgement, NO_PEER, Walk};

/// How long a confirmation that opened by itself takes no yes.
const READ_FIRST_MS: i128 = 1000;

/// Asks for the approval of the present step's plan, or runs it where Enter on the plan is enough.
pub(super) fn operate(app: &mut App, all: bool, effects: &mut Vec<Effect>) {
    let Some(run) = &app.run else { return };
    let Some((step, state)) = run.step() else { return };
    let plan = match &state.plan {
        Some(Ok(plan)) => plan.clone(),
        // What is already so needs no write: the step is proved as it stands.
        Some(Err(crate::op::Refusal::AlreadySo(words))) => {
            // The step may want more than the operation does.
            match run.wanted(run.current, &app.world, app.now) {
                Outcome::True => {}
                Outcome::False => {
                    return app.say(Tone::Warn, t!("app-update-confirm-not-proved", words = words));
                }
                Outcome::Unknown(why) => {
                    return app
                        .say(Tone::Warn, t!("app-update-confirm-proof-unknown", words = words, why = why));
                }
            }
            let (index, words) = (run.current, t!("app-update-already-so", words = words));
            let way = crate::walk::Way::Next;
            return super::walk::accept(app, index, crate::record::Ending::Proved, &words, way, effects);
        }
        Some(Err(refusal)) => return app.say(Tone::Warn, refusal.to_string()),
        None => return app.say(Tone::Warn, t!("app-update-confirm-no-plan-yet")),
    };
    if lock::closed(app).is_some() {
        lock::shut(app);
        return;
    }
    match &state.preview {
        None => return app.say(Tone::Warn, t!("app-update-checking")),
        Some(preview) if !preview.clean() => {
            let words = lang::clauses(preview.objections());
            // What stood against it may have passed.
            effects.push(Effect::Preview(Box::new(plan)));
            return app.say(Tone::Bad, words);
        }
        Some(_) => {}
    }
    // A step that is another one's way back takes back what that one did.
    let undoes = state.back_of.and_then(|of| run.steps[of].plan_id.clone());
    let errand = Errand { step: Some(step.name.clone()), undoes, back: false };
    if all {
        let together = super::each::together(app);
        if let Some((read, all)) = together.reading {
            return app.say(Tone::Plain, t!("app-update-confirm-reading", read = read, all = all));
        }
        if !together.plans.is_empty() {
            return confirm(app, plan, errand, together, effects);
        }
    }
    ask(app, plan, errand, effects);
}

/// Plans an operation outside of a runbook: a key on a row of the explorer.
pub(super) fn direct(app: &mut App, op: &str, inputs: &Inputs, effects: &mut Vec<Effect>) {
    ask_for(app, op.to_owned(), inputs.clone(), Errand::default(), effects);
}

/// Plans an operation for an errand, as soon as what it looks at is read.
pub(super) fn ask_for(app: &mut App, op: String, inputs: Inputs, errand: Errand, effects: &mut Vec<Effect>) {
    app.asked = Some(Asked { op, inputs, errand, screens: app.screens.len() });
    plan_asked(app, effects);
}

/// A picture came: what was asked for may be planned now. It opens by itself only where it was asked for, with
/// nothing over it: a key that was meant for something else must not answer it.
pub(super) fn go_on(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(asked) = &app.asked else { return };
    if !app.overlays.is_empty() || app.in_terminal() || app.screens.len() != asked.screens {
        if !matches!(crate::op::plan(&asked.op, &app.world, &asked.inputs), Err(Refusal::Reading(_))) {
            let words = t!("app-update-confirm-can-be-planned", op = asked.op);
            app.asked = None;
            app.say(Tone::Plain, words);
        }
        return;
    }
    plan_asked(app, effects);
    if let Some(Overlay::Confirm(confirm)) = app.overlays.last_mut() {
        confirm.opened = Some(app.now);
    }
}

/// Plans what was asked for, once what it looks at is read.
fn plan_asked(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(asked) = app.asked.take() else { return };
    match crate::op::plan(&asked.op, &app.world, &asked.inputs) {
        Err(refusal @ Refusal::Reading(_)) => {
            app.say(Tone::Plain, refusal.to_string());
            app.asked = Some(asked);
        }
        Err(refusal) if asked.errand.undoes.is_some() => {
            app.say(Tone::Warn, t!("app-update-confirm-no-longer-possible", refusal = refusal));
        }
        Err(refusal) => app.say(Tone::Warn, refusal.to_string()),
        // Outside of a runbook nothing was read beforehand: the plan is always shown before it runs.
        Ok(plan) => {
            // That it was being read is no longer true.
            app.status = None;
            let peer = takes_back_for_two(app, &asked.errand);
            if peer && app.options.me.is_none() {
                return app.say(Tone::Warn, NO_PEER.text());
            }
            let plan = Plan { risk: app.options.lock.risk(plan.risk), peer, ..plan };
            confirm(app, plan, asked.errand, Together::default(), effects);
        }
    }
}

/// Whether an errand takes back what two people were needed for: then it needs two people as well.
fn takes_back_for_two(app: &App, errand: &Errand) -> bool {
    let run = app.run.as_ref().filter(|_| errand.back);
    let step = run.zip(errand.step.as_ref()).and_then(|(run, step)| Some((run, run.find(step)?)));
    let plan = errand.undoes.as_ref().and_then(|id| app.session.state.plans.get(id));
    step.is_some_and(|(run, index)| run.wants_peer(index)) || plan.is_some_and(|p| p.agreed.is_some())
}

fn ask(app: &mut App, plan: Plan, errand: Errand, effects: &mut Vec<Effect>) {
    if lock::shut(app) {
        return;
    }
    if plan.approval() == Approval::Enter {
        running::execute(app, plan, None, &Answer::default(), errand, effects);
        return super::terminal::open_new(app);
    }
    confirm(app, plan, errand, Together::default(), effects);
}

/// Opens the confirmation. A preview that was made for this very plan is taken over, else one is asked for.
pub(super) fn confirm(
    app: &mut App,
    plan: Plan,
    errand: Errand,
    together: Together,
    effects: &mut Vec<Effect>,
) {
    if lock::shut(app) {
        return;
    }
    let known = app.run.as_ref().and_then(Walk::step).and_then(|(_, s)| s.preview.clone());
    let known = known.filter(|p| errand.step.is_some() && p.digest == plan.digest());
    let preview = known.or_else(|| preview_of(app, &plan, effects));
    peer::ask(app, &plan, effects);
    app.overlays.push(Overlay::Confirm(Box::new(Confirm {
        preview,
        plan,
        accepted: BTreeSet::new(),
        question: 0,
        typed: String::new(),
        errand,
        others: together.plans,
        left: together.left,
        refused: None,
        opened: None,
        scroll: Scroll::default(),
        seen: Seen::default(),
    })));
}

/// The operator says yes. What runs is the plan as it is now, where that asks nothing beyond the one that was read; else it is
/// shown anew.
pub(super) fn yes(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(Overlay::Confirm(confirm)) = app.overlays.pop() else { return };
    let mut confirm = *confirm;
    // The dialog says so already, and what to do.
    if lock::closed(app).is_some() {
        app.overlays.push(Overlay::Confirm(Box::new(confirm)));
        return;
    }
    // It opened by itself a moment ago: this key was on its way to something else.
    if confirm.opened.is_some_and(|at| app.now.duration_since(at).as_millis() < READ_FIRST_MS) {
        confirm.refused = Some(t!("app-update-confirm-opened-by-itself").to_owned());
        app.overlays.push(Overlay::Confirm(Box::new(confirm)));
        return;
    }
    let anew = match made_anew(app, &confirm) {
        Ok(plan) => Plan { risk: plan.risk.max(confirm.plan.risk), peer: confirm.plan.peer, ..plan },
        Err(refusal) => return app.say(Tone::Warn, refusal.to_string()),
    };
    let together = if confirm.others.is_empty() { Together::default() } else { super::each::together(app) };
    if let Some((read, all)) = together.reading {
        confirm.refused = Some(t!("app-update-confirm-reading-first", read = read, all = all));
        app.overlays.push(Overlay::Confirm(Box::new(confirm)));
        return;
    }
    if let Some(why) = beyond(&confirm, &anew, &together) {
        return show_anew(app, confirm, &why, anew, together, effects);
    }
    // Without a preview the dialog says that it is on its way.
    let objection = not_now(app, &confirm);
    if confirm.preview.is_none() || objection.is_some() {
        confirm.refused = objection;
        app.overlays.push(Overlay::Confirm(Box::new(confirm)));
        return;
    }
    // What nobody could read, nobody approves.
    app.overlays.push(Overlay::Confirm(Box::new(confirm)));
    if dialog::not_seen(app) {
        return;
    }
    approve(app, Now { plan: anew, others: together.plans }, effects);
}

/// The yes was given to what the confirmation shows, and covers the plans as they are now.
fn approve(app: &mut App, now: Now, effects: &mut Vec<Effect>) {
    let Some(Overlay::Confirm(confirm)) = app.overlays.pop() else { return };
    let mut confirm = *confirm;
    let answer = Answer {
        typed: confirm.typed.clone(),
        confirmed: true,
        accepted: confirm.accepted.clone(),
        agreed: peer::agreed(app, &confirm.plan, effects),
    };
    let approved = lock::licence(app)
        .map_err(|why| why.to_string())
        .and_then(|licence| approve_all(&confirm, now, &answer, &licence).map_err(|why| why.to_string()));
    match approved {
        Ok((approved, _)) if approved.plan().op == BY_HAND => peer::by_hand(app, &approved, effects),
        Ok((approved, others)) => {
            peer::used(app, &approved);
            super::each::keep(app, others);
            running::start(app, Box::new(approved), confirm.errand, effects);
            super::terminal::open_new(app);
        }
        Err(why) => {
            confirm.refused = Some(why);
            app.overlays.push(Overlay::Confirm(Box::new(confirm)));
        }
    }
}

/// The plan of a confirmation as the cluster is now.
fn made_anew(app: &App, confirm: &Confirm) -> Result<Plan, Refusal> {
    if confirm.plan.script().is_none() && confirm.plan.op != BY_HAND {
        let made = crate::op::plan(&confirm.plan.op, &app.world, &confirm.plan.inputs)?;
        return Ok(Plan { risk: app.options.lock.risk(made.risk), ..made });
    }
    let index = confirm.errand.step.as_ref().and_then(|step| app.run.as_ref()?.find(step));
    let made = index.and_then(|i| super::engine::plan_of(app.run.as_ref()?, i, app));
    made.unwrap_or_else(|| {
        let what = t!("app-update-confirm-step-closed").to_owned();
        Err(Refusal::Guard { what, instead: t!("app-update-confirm-open-again").to_owned() })
    })
}

/// What the plans as they are now ask beyond those that were read, in words; none where the yes is good for them.
fn beyond(confirm: &Confirm, anew: &Plan, together: &Together) -> Option<String> {
    if let Some(why) = confirm.plan.beyond(anew) {
        return Some(why.to_string());
    }
    let names = |plans: &[(String, Plan)]| -> Vec<String> { plans.iter().map(|(n, _)| n.clone()).collect() };
    if names(&confirm.others) != names(&together.plans) {
        return Some(t!("app-update-confirm-other-elements").to_owned());
    }
    let mut each = confirm.others.iter().zip(&together.plans);
    each.find_map(|((name, read), (_, now))| Some(format!("{name}: {}", read.beyond(now)?)))
}

/// The plans as they are now.
struct Now {
    plan: Plan,
    others: Vec<(String, Plan)>,
}

/// The approved plans of other steps by their names.
type Others = Vec<(String, ApprovedPlan)>;

/// Each plan as it is now with the approval of this answer, which was given to what the confirmation shows.
fn approve_all(
    read: &Confirm,
    now: Now,
    answer: &Answer,
    licence: &Licence,
) -> Result<(ApprovedPlan, Others), NotApproved> {
    let first = now.plan.approve(answer, licence)?.read_as(&read.plan);
    let others = now.others.into_iter().zip(&read.others).map(|((name, plan), (_, read))| {
        let approved = plan.approve(answer, licence)?.read_as(read);
        Ok((name, approved))
    });
    Ok((first, others.collect::<Result<_, _>>()?))
}

/// What was read does not cover what would run now: that is shown, with the reason, and asked again.
fn show_anew(
    app: &mut App,
    mut confirm: Confirm,
    why: &str,
    anew: Plan,
    together: Together,
    effects: &mut Vec<Effect>,
) {
    confirm.refused = Some(t!("app-update-confirm-anew", why = why));
    if anew.questions != confirm.plan.questions {
        confirm.accepted.clear();
    }
    confirm.typed.clear();
    (confirm.plan, confirm.others, confirm.left) = (anew, together.plans, together.left);
    confirm.preview = preview_of(app, &confirm.plan, effects);
    peer::ask(app, &confirm.plan, effects);
    (confirm.scroll, confirm.seen, confirm.question) = (Scroll::default(), Seen::default(), 0);
    app.overlays.push(Overlay::Confirm(Box::new(confirm)));
}

/// Asks the server for the preview of a plan. Of one that sends nothing it is known at once.
fn preview_of(app: &App, plan: &Plan, effects: &mut Vec<Effect>) -> Option<Preview> {
    if plan.op == BY_HAND {
        return Some(Preview::of_nothing(plan, app.now));
    }
    effects.push(Effect::Preview(Box::new(plan.clone())));
    None
}

/// Why a yes does not count now: the server objects, or what the step wants to hold before it
/// no longer does.
fn not_now(app: &App, confirm: &Confirm) -> Option<String> {
    if let Some(preview) = confirm.preview.as_ref().filter(|p| !p.clean()) {
        return Some(lang::clauses(preview.objections()));
    }
    let run = app.run.as_ref()?;
    // What must hold before a step does not bind its way back.
    let step = confirm.errand.step.as_ref().filter(|_| !confirm.errand.back)?;
    let Some(index) = run.find(step) else {
        return Some(t!("app-update-confirm-step-gone").to_owned());
    };
    match run.judge(index, &app.world, app.now) {
        Judgement::No { words, .. } | Judgement::Unknown(words) | Judgement::Refused(words) => Some(words),
        _ => None,
    }
}

/// Takes the latest change of this session back.
pub(super) fn undo(app: &mut App, effects: &mut Vec<Effect>) {
    let list = app.session.state.undo_list();
    // What has no way back is passed over: it must not hide what has one.
    let back = list.iter().find(|e| matches!(e.undo, Undo::By { .. }));
    let Some(entry) = back.or(list.first()) else {
        return app.say(Tone::Warn, t!("app-update-confirm-nothing-to-undo"));
    };
    match &entry.undo {
        Undo::None(why) => {
            let title = entry.title.clone();
            let why = why.clone();
            app.say(Tone::Warn, t!("app-update-confirm-no-way-back", title = title, why = why));
        }
        Undo::By { op, inputs, .. } => {
            let errand = Errand { undoes: Some(entry.plan.clone()), ..Errand::default() };
            let (op, inputs) = (op.clone(), inputs.clone());
            ask_for(app, op, inputs, errand, effects);
        }
    }
}
