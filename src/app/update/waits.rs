//! Waits and patient checks: since when they hold, when they end by themselves, when their time is over. They go on
//! while the operator looks at something else.
//!
//! Must not end what is late: it stays watched, and says so when it comes true.

use crate::app::App;
use crate::app::overlay::{Input, Overlay, Purpose};
use crate::app::run::{Judgement, Run, Status, awaited};
use crate::app::screens::Screen;
use crate::live::Tone;
use crate::record::{Ending, What};
use crate::runbook::cond::Outcome;
use crate::runbook::model::StepKind;

/// Whether the walk has come to this step: none before it is still to do.
fn reached(run: &Run, index: usize) -> bool {
    run.steps[..index].iter().all(|s| s.status != Status::Todo)
}

/// Since when the conditions of the present wait, and of those that began, hold.
pub(super) fn watch(run: &mut Run, app: &App) {
    for index in 0..run.steps.len() {
        let Some((source, _)) = awaited(&run.book.steps[index].kind) else { continue };
        let here = index == run.current;
        let open = matches!(run.steps[index].status, Status::Todo | Status::Failed(_) | Status::Unknown(_));
        if !open || !(here || run.steps[index].began.is_some()) {
            continue;
        }
        let outcome = run.test(index, source, &app.world, app.now);
        let begins = here && reached(run, index);
        let state = &mut run.steps[index];
        if begins {
            state.began.get_or_insert(app.now);
        }
        match outcome {
            Outcome::True => {
                state.holds_since.get_or_insert(app.now);
            }
            Outcome::False | Outcome::Unknown(_) => (state.holds_since, state.told) = (None, false),
        }
    }
}

/// A wait that leads to no operation ends by itself.
pub(super) fn end(run: &mut Run, app: &mut App, records: &mut Vec<What>) {
    for index in 0..run.steps.len() {
        let StepKind::Wait(wait) = &run.book.steps[index].kind else { continue };
        let here = index == run.current;
        let began = here || run.steps[index].began.is_some();
        if wait.then.is_some() || run.steps[index].status.ended() || !began {
            continue;
        }
        let Judgement::Go { words, .. } = run.judge(index, &app.world, app.now) else { continue };
        let state = &mut run.steps[index];
        let words = if state.late.take().is_some() { format!("{words} (after its time)") } else { words };
        state.holds_since = None;
        state.status = Status::Ended(Ending::Proved, words.clone());
        let step = run.book.steps[index].name.clone();
        records.push(What::StepEnded { step, ending: Ending::Proved, words: words.clone() });
        app.say(Tone::Good, format!("✔ {words}"));
        if here && let Some(next) = run.next_open(index) {
            super::runbook::enter(run, next, records);
        }
    }
}

/// A wait that leads to an operation says once that it holds: what follows is the operator's.
pub(super) fn offer(run: &mut Run, app: &mut App) {
    for index in 0..run.steps.len() {
        let StepKind::Wait(wait) = &run.book.steps[index].kind else { continue };
        let Some((call, _)) = &wait.then else { continue };
        let state = &run.steps[index];
        if state.told || state.began.is_none() || state.status != Status::Todo {
            continue;
        }
        if let Judgement::Operate = run.judge(index, &app.world, app.now) {
            let words = format!("✔ {}: enter on its step runs {}", wait.until.text, call.op);
            (run.steps[index].told, run.steps[index].late) = (true, None);
            app.say(Tone::Good, words);
        }
    }
}

/// Gives up the wait that is looked at, in the runbook or in the list of tasks: it is skipped, with a reason. Nothing was
/// sent for it, so nothing is left behind. False when no wait is looked at.
pub(super) fn give_up(app: &mut App) -> bool {
    let waits = app.waits();
    let index = match app.screen() {
        Screen::Runbook(_) => app.run.as_ref().map(|r| r.current).filter(|i| waits.contains(i)),
        Screen::Tasks(list) => {
            list.selected.checked_sub(app.tasks.all.len()).and_then(|at| waits.get(at).copied())
        }
        _ => None,
    };
    let Some(index) = index else { return false };
    app.overlays.push(Overlay::Input(Input {
        purpose: Purpose::Skip(index),
        prompt: "why is it not waited for any more".to_owned(),
        text: String::new(),
        error: None,
        hidden: false,
    }));
    true
}

/// What the cluster did not show in time is red, with what was seen last. It is told and recorded once.
pub(super) fn overdue(run: &mut Run, app: &mut App, records: &mut Vec<What>) {
    for index in 0..run.steps.len() {
        let state = &run.steps[index];
        let over = run.deadline(index).is_some_and(|until| app.now > until);
        // What holds already came in time; it only has to stay.
        if !over || state.late.is_some() || state.holds_since.is_some() {
            continue;
        }
        let seen = run.seen(index, &app.world, app.now);
        let step = run.book.steps[index].name.clone();
        let title = &run.book.steps[index].title;
        app.say(Tone::Bad, format!("✖ {title}: not in time: {seen}; enter shows what can be done"));
        run.steps[index].late = Some(seen.clone());
        records.push(What::Overdue { step, words: seen });
    }
}
