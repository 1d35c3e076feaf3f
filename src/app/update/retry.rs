//! Attempts after a failure: what failed before anything was accepted is planned anew after a pause, as often as its
//! author allows. What needs no more than Enter runs again by itself, everything else asks again.
//!
//! Must not repeat what may have arrived: an unknown end is never tried again.

use crate::app::overlay::{Errand, Overlay};
use crate::app::screens::Screen;
use crate::app::{App, Effect};
use crate::lang::{self, t};
use crate::live::Tone;
use crate::op::{Answer, Approval, Plan, Refusal};
use crate::record::Ending;
use crate::runbook::cond::Outcome;
use crate::walk::{StepId, Way};

/// Takes up the attempts whose pause is over, as soon as the fresh plan and its preview are there.
pub(super) fn go_on(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(ids) = app.run.as_ref().map(|r| r.tree.ids()) else { return };
    for index in ids {
        let Some(run) = &app.run else { return };
        if !run.attempt_due(index, app.now) {
            continue;
        }
        let state = &run.steps[index];
        match (state.plan.clone(), &state.preview) {
            (None | Some(Err(Refusal::Reading(_))), _) | (Some(Ok(_)), None) => {}
            (Some(Err(Refusal::AlreadySo(words))), _)
                if run.wanted(index, &app.world, app.now) == Outcome::True =>
            {
                give_up(app, index);
                let words = t!("app-update-already-so", words = words);
                super::walk::accept(app, index, Ending::Proved, &words, Way::Next, effects);
            }
            (Some(Err(refusal)), _) => {
                give_up(app, index);
                app.say(Tone::Warn, t!("app-update-retry-given-up", why = refusal));
            }
            (Some(Ok(_)), Some(preview)) if !preview.clean() => {
                let why = lang::clauses(preview.objections());
                give_up(app, index);
                app.say(Tone::Bad, t!("app-update-retry-given-up", why = why));
            }
            (Some(Ok(plan)), Some(_)) => attempt(app, index, plan, effects),
        }
    }
}

fn give_up(app: &mut App, index: StepId) {
    if let Some(run) = &mut app.run {
        run.steps[index].retry_at = None;
    }
}

fn attempt(app: &mut App, index: StepId, plan: Plan, effects: &mut Vec<Effect>) {
    give_up(app, index);
    let Some(run) = &mut app.run else { return };
    let step = Some(run.tree[index].name.clone());
    if plan.approval() == Approval::Enter {
        let errand = Errand { step, ..Errand::default() };
        return super::running::execute(app, plan, None, &Answer::default(), errand, effects);
    }
    // A question must not come up under the fingers of somebody who is doing something else.
    let free = app.overlays.is_empty() && !app.background && matches!(app.screen(), Screen::Runbook(_));
    let here = app.run.as_ref().is_some_and(|r| r.current == index);
    if free && here {
        super::confirm::operate(app, false, effects);
        // It came up by itself: it must be read before it takes an answer.
        if let Some(Overlay::Confirm(confirm)) = app.overlays.last_mut() {
            confirm.opened = Some(app.now);
        }
    } else {
        let title = plan.title;
        app.say(Tone::Warn, t!("app-update-retry-ready", title = title));
    }
}
