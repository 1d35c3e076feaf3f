//! Asking a second person: a request for each plan that needs one, the answer that is pasted or found, and what it is good
//! for: one yes to that very plan, in time, once.
//!
//! Must not let an answer outlive its plan: another plan is another request.

use super::{confirm, walk};
use crate::app::overlay::{Errand, Overlay};
use crate::app::{App, Effect, Pending};
use crate::lang::t;
use crate::live::Tone;
use crate::op::{APPROVAL, Agreement, ApprovedPlan, PeerRequest, Plan};
use crate::record::What;
use crate::walk::StepId;

/// Asks for a plan that a confirmation shows. What was asked for this very plan, and can still be answered, stays asked.
pub(super) fn ask(app: &mut App, plan: &Plan, effects: &mut Vec<Effect>) {
    if !plan.peer || app.pending(plan).is_some_and(|p| app.now < p.until) {
        return;
    }
    let id = format!("{}-{}-{}", plan.short_digest(), app.now.as_second(), app.fresh_id());
    let request = PeerRequest {
        context: app.options.cluster.context.clone(),
        server: app.options.cluster.server.clone(),
        by: app.options.me.clone().unwrap_or_default(),
        ..PeerRequest::of(plan, id.clone(), app.now)
    };
    app.peer = Some(Pending {
        id,
        digest: request.digest.clone(),
        until: request.until,
        file: None,
        checking: false,
        wrong: None,
        agreed: None,
    });
    effects.push(Effect::AskPeer(Box::new(request)));
}

/// Asks for a step by hand.
pub(super) fn ask_by_hand(app: &mut App, index: StepId, effects: &mut Vec<Effect>) {
    let Some(run) = &app.run else { return };
    let Some(plan) = run.hand_plan(index) else { return };
    let errand = Errand { step: Some(run.tree[index].name.clone()), ..Errand::default() };
    confirm::confirm(app, plan, errand, super::each::Together::default(), effects);
}

fn of<'a>(app: &'a mut App, id: &str) -> Option<&'a mut Pending> {
    app.peer.as_mut().filter(|p| p.id == id)
}

/// The request was written.
pub(super) fn asked(app: &mut App, id: &str, file: Result<String, String>) {
    let Some(pending) = of(app, id) else { return };
    pending.file = Some(file.clone());
    match file {
        Ok(file) => app.say(Tone::Plain, t!("app-update-peer-asked", file = file)),
        Err(why) => app.say(Tone::Bad, why),
    }
}

/// An answer was pasted. False where none was, or none is waited for.
pub(super) fn pasted(app: &mut App, text: &str, effects: &mut Vec<Effect>) -> bool {
    let Some(Overlay::Confirm(shown)) = app.overlays.last() else { return false };
    if !shown.plan.peer || !text.trim_start().starts_with(APPROVAL) {
        return false;
    }
    let digest = shown.plan.digest();
    let Some(pending) = app.peer.as_mut().filter(|p| p.digest == digest) else { return true };
    if pending.agreed.is_none() {
        (pending.checking, pending.wrong) = (true, None);
        effects.push(Effect::CheckPeer { id: pending.id.clone(), line: text.to_owned() });
    }
    true
}

/// An answer was checked.
pub(super) fn answered(app: &mut App, id: &str, said: Result<Box<Agreement>, String>) {
    let used = app.session.state.agreed.contains(id);
    let Some(pending) = of(app, id) else { return };
    pending.checking = false;
    match said {
        Ok(_) if used => pending.wrong = Some(t!("app-update-peer-used").to_owned()),
        Ok(agreed) if agreed.digest == pending.digest && agreed.request == pending.id => {
            (pending.wrong, pending.agreed) = (None, Some(*agreed));
        }
        Ok(_) => pending.wrong = Some(t!("app-update-peer-other-plan").to_owned()),
        // What was found to be good does not become bad by something else that is pasted.
        Err(why) if pending.agreed.is_none() => pending.wrong = Some(why),
        Err(_) => {}
    }
}

/// What a second person agreed to of this plan, at the moment of yes. What is too old is asked anew.
pub(super) fn agreed(app: &mut App, plan: &Plan, effects: &mut Vec<Effect>) -> Option<Agreement> {
    if !plan.peer {
        return None;
    }
    if app.pending(plan).is_none_or(|p| app.now >= p.until) {
        app.peer = None;
        ask(app, plan, effects);
        return None;
    }
    app.pending(plan)?.agreed.clone()
}

/// An agreement is good for one plan that is carried out.
pub(super) fn used(app: &mut App, approved: &ApprovedPlan) {
    if approved.agreed().is_some() {
        app.peer = None;
    }
}

/// A second person agreed to a step by hand: it is recorded, and the step goes its way.
pub(super) fn by_hand(app: &mut App, approved: &ApprovedPlan, effects: &mut Vec<Effect>) {
    let Some(agreed) = approved.agreed().cloned() else { return };
    used(app, approved);
    let plan = approved.plan();
    let index = app
        .run
        .as_ref()
        .and_then(|r| r.tree.ids().find(|i| r.hand_plan(*i).is_some_and(|p| p.digest() == agreed.digest)));
    let (Some(index), Some(run)) = (index, &mut app.run) else {
        return app.say(Tone::Warn, t!("app-update-peer-step-closed", title = plan.title));
    };
    run.steps[index].agreed = true;
    let Agreement { request, digest, by, key, at, .. } = agreed;
    let plan = approved.digest().to_owned();
    effects.push(Effect::Record(vec![What::Agreed { plan, digest, request, by, key, signed: at }]));
    walk::by_hand(app, index, effects);
}
