//! Attempts after a failure: what failed before anything was accepted is planned anew after a pause, as often as its
//! author allows. What needs no more than Enter runs again by itself, everything else asks again.
//!
//! Must not repeat what may have arrived: an unknown end is never tried again.

use std::time::Duration;

use crate::app::overlay::{Errand, Overlay};
use crate::app::run::{Run, Status, Way};
use crate::app::screens::Screen;
use crate::app::{App, Effect};
use crate::domain::Timestamp;
use crate::live::Tone;
use crate::op::{Answer, Approval, Plan, Refusal};
use crate::record::{Ending, What};
use crate::runbook::cond::Outcome;

/// Plans the next attempt of a step whose plan failed, where that is allowed.
pub(super) fn failed(app: &mut App, index: usize, plan: Option<&str>, effects: &mut Vec<Effect>) {
    // Without an id it failed before its intent was recorded, so nothing was sent.
    let sent = plan.is_some_and(|id| {
        let known = app.session.state.plans.get(id);
        known.is_none_or(|p| !p.accepted.is_empty() || !p.open.is_empty())
    });
    let now = app.now;
    let Some(run) = &mut app.run else { return };
    let Some(retry) = run.book.steps[index].kind.policy().and_then(|p| p.retry) else { return };
    let state = &mut run.steps[index];
    if sent || state.back || state.attempts >= retry.times {
        return;
    }
    state.attempts += 1;
    state.retry_at = Some(after(now, retry.every));
    let step = &run.book.steps[index].name;
    let text = format!("step {step}: attempt {} of {} follows", state.attempts + 1, retry.times + 1);
    effects.push(Effect::Record(vec![What::Note { text, about: None }]));
}

fn after(now: Timestamp, pause: Duration) -> Timestamp {
    let seconds = i64::try_from(pause.as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(now.as_second().saturating_add(seconds)).unwrap_or(now)
}

/// Whether the pause before the next attempt is over.
pub(super) fn due(run: &Run, index: usize, now: Timestamp) -> bool {
    let state = &run.steps[index];
    matches!(state.status, Status::Failed(_)) && state.retry_at.is_some_and(|at| at <= now)
}

/// Takes up the attempts whose pause is over, as soon as the fresh plan and its preview are there.
pub(super) fn go_on(app: &mut App, effects: &mut Vec<Effect>) {
    let count = app.run.as_ref().map_or(0, |r| r.steps.len());
    for index in 0..count {
        let Some(run) = app.run.as_ref().filter(|r| r.steps.len() == count) else { return };
        if !due(run, index, app.now) {
            continue;
        }
        let state = &run.steps[index];
        match (state.plan.clone(), &state.preview) {
            (None | Some(Err(Refusal::Reading(_))), _) | (Some(Ok(_)), None) => {}
            (Some(Err(Refusal::AlreadySo(words))), _)
                if run.wanted(index, &app.world, app.now) == Outcome::True =>
            {
                give_up(app, index);
                let words = format!("already so: {words}");
                super::walk::accept(app, index, Ending::Proved, &words, Way::Next, effects);
            }
            (Some(Err(refusal)), _) => {
                give_up(app, index);
                app.say(Tone::Warn, format!("no further attempt: {refusal}"));
            }
            (Some(Ok(_)), Some(preview)) if !preview.clean() => {
                let why = preview.objections().join("; ");
                give_up(app, index);
                app.say(Tone::Bad, format!("no further attempt: {why}"));
            }
            (Some(Ok(plan)), Some(_)) => attempt(app, index, plan, effects),
        }
    }
}

fn give_up(app: &mut App, index: usize) {
    if let Some(state) = app.run.as_mut().and_then(|r| r.steps.get_mut(index)) {
        state.retry_at = None;
    }
}

fn attempt(app: &mut App, index: usize, plan: Plan, effects: &mut Vec<Effect>) {
    give_up(app, index);
    let Some(run) = &mut app.run else { return };
    let step = Some(run.book.steps[index].name.clone());
    if plan.approval() == Approval::Enter {
        let errand = Errand { step, ..Errand::default() };
        return super::running::execute(app, plan, None, &Answer::default(), errand, effects);
    }
    // A question must not come up under the fingers of somebody who is doing something else.
    let free = app.overlays.is_empty() && matches!(app.screen(), Screen::Runbook(_));
    let here = app.run.as_ref().is_some_and(|r| r.current == index);
    if free && here {
        super::confirm::operate(app, false, effects);
        // It came up by itself: it must be read before it takes an answer.
        if let Some(Overlay::Confirm(confirm)) = app.overlays.last_mut() {
            confirm.opened = Some(app.now);
        }
    } else {
        let title = plan.title;
        app.say(Tone::Warn, format!("{title}: a fresh plan is ready; enter on its step asks again"));
    }
}
