//! What can be answered on the screen as it is now, and whether the key of now answers it. Two states that are the same
//! text here can be answered with the same key; whatever makes an answer mean something else belongs into the text.
//!
//! Must not answer anything: it only says whether a key counts, and tells the operator when it does not.

use crate::app::App;
use crate::app::overlay::{Choose, Chosen, Confirm, Input, Overlay, Purpose};
use crate::app::screens::{Screen, TerminalScreen};
use crate::app::sight::{Answers, Frame, NotTaken, Place};
use crate::live::Tone;
use crate::op::{Approval, Plan, Preview, Refusal};
use crate::walk::{Judgement, Walk};

/// A frame of the present state is on the screen: what it shows is in sight from now on, and the rows of a confirmation
/// that it shows were seen.
pub(super) fn drawn(app: &mut App, frame: Frame) {
    let (screen, question) = (screen(app), question(app));
    let covered = !app.overlays.is_empty();
    app.fresh |= app.sight.drawn(frame, screen, question, covered);
    super::dialog::look(app);
}

/// What the step, or the pane of a program, is.
fn screen(app: &App) -> Option<String> {
    app.screen().state().answered(app)
}

/// What the present step of a walk is.
pub(in crate::app) fn step(run: &Walk, app: &App) -> Option<String> {
    let (step, state) = run.step()?;
    // What its words count may change with every picture; what Enter would do does not.
    let judged = match run.judge(run.current, &app.world, app.now) {
        Judgement::Go { way, .. } => format!("go {way:?}"),
        Judgement::No { way, .. } => format!("no {way:?}"),
        Judgement::Unknown(_) => "unknown".to_owned(),
        Judgement::Ask { question } => format!("ask {question}"),
        Judgement::Operate => "operate".to_owned(),
        Judgement::ByHand => "by hand".to_owned(),
        Judgement::NeedsHost => "needs host".to_owned(),
        Judgement::Refused(_) => "refused".to_owned(),
        Judgement::NotNeeded(_) => "not needed".to_owned(),
    };
    let plan = match &state.plan {
        None => "none".to_owned(),
        // The key asks, and the question shows all of it: what comes and goes meanwhile does not take the key away.
        Some(Ok(plan)) if plan.approval() != Approval::Enter => format!("asks {}", plan.op),
        Some(Ok(plan)) => plan.digest(),
        Some(Err(Refusal::AlreadySo(_))) => "already so".to_owned(),
        Some(Err(_)) => "refused".to_owned(),
    };
    let (status, late, back) = (state.status(), state.late().is_some(), state.back_of);
    let asks = plan.starts_with("asks ");
    let preview = if asks { String::new() } else { preview(state.preview.as_ref()) };
    Some(format!("{} {} {status:?} {late} {back:?} {judged} {plan} {preview}", run.book.id, step.name))
}

fn preview(preview: Option<&Preview>) -> String {
    preview.map_or_else(|| "unread".to_owned(), |p| format!("{} {}", p.digest, p.objections().join("; ")))
}

/// What the question on top is.
fn question(app: &App) -> Option<String> {
    let of = match app.overlays.last() {
        None => {
            let Screen::Terminal(TerminalScreen { task }) = app.screen() else { return None };
            let asking = app.tasks.get(*task)?.terminal.as_ref().is_some_and(|t| t.asking);
            return asking.then(|| format!("end {task}"));
        }
        Some(Overlay::Confirm(c)) => confirm(c),
        Some(Overlay::Choose(c)) => choose(c),
        Some(Overlay::Input(input)) => asks(input),
        Some(Overlay::Message(_)) => return None,
    };
    Some(format!("{} {of}", app.overlays.len()))
}

fn confirm(c: &Confirm) -> String {
    let plans = std::iter::once(&c.plan).chain(c.others.iter().map(|(_, plan)| plan));
    let digests: Vec<_> = plans.map(Plan::digest).collect();
    format!("confirm {:?} {} {}", c.errand, digests.join(" "), preview(c.preview.as_ref()))
}

/// Where its cursor is and what is typed to find a row are the operator's own doing.
fn choose(c: &Choose) -> String {
    let row = |(text, chosen): &(String, Chosen)| match chosen {
        // What is chosen so far is the same for all rows, and what the first one leads to.
        Chosen::Pick { name, value, on, .. } => format!("{text} {name} {value:?} {on}"),
        _ => format!("{text} {chosen:?}"),
    };
    let rows: Vec<_> = c.rows.iter().map(row).collect();
    format!("choose {} {}", c.title, rows.join("\n"))
}

fn asks(input: &Input) -> String {
    format!("input {:?} {}", input.purpose, input.prompt)
}

/// Whether the key of now answers the present step; says why not. What it would run at once asks for more.
pub(super) fn step_taken(app: &mut App) -> bool {
    let at_once = |run: &Walk| {
        let plan = run.step().and_then(|(_, state)| state.plan.as_ref());
        matches!(plan, Some(Ok(plan)) if plan.approval() == Approval::Enter)
    };
    let walks = matches!(app.screen(), Screen::Runbook(_));
    let does = if walks && app.run.as_ref().is_some_and(at_once) { Answers::Run } else { Answers::Walk };
    let what = screen(app);
    match app.sight.answer(Place::Screen, what.as_deref(), does) {
        Ok(()) => true,
        Err(why) => {
            app.say(Tone::Warn, why.to_string());
            false
        }
    }
}

/// Whether a key goes to the program in the pane on top.
pub(super) fn passed(app: &mut App) -> bool {
    let what = screen(app);
    app.sight.answer(Place::Screen, what.as_deref(), Answers::Pass).is_ok()
}

/// Whether what is pasted goes to the program in the pane on top.
pub(super) fn pasted(app: &App) -> bool {
    app.sight.shows(screen(app).as_deref())
}

/// Whether the key of now answers the question on top.
pub(super) fn answers(app: &mut App, does: Answers) -> Result<(), NotTaken> {
    let what = question(app);
    app.sight.answer(Place::Question, what.as_deref(), does)
}

/// Whether the key of now enters the list or the field on top; says why not. What only looks, or is a command of its own,
/// is typed as fast as it can be.
pub(super) fn entered(app: &mut App) -> bool {
    if let Some(Overlay::Input(input)) = app.overlays.last()
        && matches!(
            input.purpose,
            Purpose::Command | Purpose::Filter | Purpose::Find | Purpose::Note | Purpose::NoteOn(_)
        )
    {
        return true;
    }
    // What is copied changes nothing.
    if let Some(Overlay::Choose(choose)) = app.overlays.last()
        && matches!(choose.chosen(), Some(Chosen::Copy { .. }))
    {
        return true;
    }
    // A row may run the plan of a step.
    let does = match app.overlays.last() {
        Some(Overlay::Choose(choose)) if choose.chosen().is_some_and(super::overlays::runs) => Answers::Run,
        _ => Answers::Walk,
    };
    let Err(why) = answers(app, does) else { return true };
    match app.overlays.last_mut() {
        Some(Overlay::Input(input)) => input.error = Some(why.to_string()),
        _ => app.say(Tone::Warn, why.to_string()),
    }
    false
}

/// Whether the key of now answers the confirmation on top; the confirmation says why not.
pub(super) fn confirms(app: &mut App, does: Answers) -> bool {
    let taken = answers(app, does);
    if let (Err(why), Some(Overlay::Confirm(c))) = (taken, app.overlays.last_mut()) {
        c.refused = Some(why.to_string());
    }
    taken.is_ok()
}
