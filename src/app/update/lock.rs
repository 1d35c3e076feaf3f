//! Read-only programs and production: nothing is asked or approved while the lock is shut, and the operator arms
//! production by typing its name.

use crate::app::overlay::{Input, Overlay, Purpose};
use crate::app::{App, Effect};
use crate::domain::Timestamp;
use crate::lang::{msg, t};
use crate::live::Tone;
use crate::op::{Closed, Licence};
use crate::record::What;

/// A clock that goes back by more than so much was set.
const SET_BACK_SECONDS: i64 = 5;

/// Why nothing may be changed now.
pub(super) fn closed(app: &App) -> Option<Closed> {
    app.options.lock.closed(app.now)
}

/// The right to approve plans now.
pub(super) fn licence(app: &App) -> Result<Licence, Closed> {
    app.options.lock.licence(app.now)
}

/// Whether nothing may be changed now; says why, and asks for the name where that opens it.
pub(super) fn shut(app: &mut App) -> bool {
    match closed(app) {
        None => false,
        Some(why @ Closed::ReadOnly(_)) => {
            app.say(Tone::Warn, why.to_string());
            true
        }
        Some(Closed::NotArmed(_)) => {
            ask(app);
            true
        }
    }
}

/// The key: arms production, or ends that.
pub(super) fn key(app: &mut App, effects: &mut Vec<Effect>) {
    if app.options.lock.armed(app.now).is_some() {
        app.options.lock.disarm();
        effects.push(Effect::Record(vec![What::Disarmed]));
        app.say(Tone::Good, t!("app-update-lock-disarmed"));
        // Scripts that prove do not.
        return app.look_due = true;
    }
    match closed(app) {
        Some(Closed::NotArmed(_)) => ask(app),
        Some(why) => app.say(Tone::Warn, why.to_string()),
        None => app.say(Tone::Plain, t!("app-update-lock-not-production")),
    }
}

/// The time of an arming is over: that is said and recorded as its beginning was.
pub(super) fn expire(app: &mut App, effects: &mut Vec<Effect>) {
    if !app.options.lock.expire(app.now) {
        return;
    }
    effects.push(Effect::Record(vec![What::Disarmed]));
    let context = app.options.lock.context().to_owned();
    app.say(Tone::Warn, t!("app-update-lock-expired", context = context));
    app.look_due = true;
}

/// A time that was set back must not make an arming last longer: it ends, and is given anew.
pub(super) fn set_back(app: &mut App, now: Timestamp, effects: &mut Vec<Effect>) {
    let back = now.as_second() < app.now.as_second() - SET_BACK_SECONDS;
    if back && app.options.lock.armed(app.now).is_some() {
        app.options.lock.disarm();
        effects.push(Effect::Record(vec![What::Disarmed]));
        app.say(Tone::Warn, t!("app-update-lock-clock-set-back"));
    }
}

fn ask(app: &mut App) {
    let minutes = app.options.lock.arming_seconds() / 60;
    let prompt = t!("app-update-lock-type-name", context = app.options.lock.context(), minutes = minutes);
    let input = Input { purpose: Purpose::Arm, prompt, text: String::new(), error: None, hidden: false };
    app.overlays.push(Overlay::Input(input));
}

/// The name was typed.
pub(super) fn arm(app: &mut App, typed: &str, effects: &mut Vec<Effect>) {
    let context = app.options.lock.context().to_owned();
    if !app.options.lock.arm(typed, app.now) {
        return app.say(Tone::Warn, t!("app-update-lock-wrong-name", context = context));
    }
    let seconds = app.options.lock.arming_seconds();
    effects.push(Effect::Record(vec![What::Armed { seconds }]));
    let words = t!("app-update-lock-armed", context = context, minutes = seconds / 60);
    app.say(Tone::Warn, words);
    app.look_due = true;
}

/// Behind the address stands another cluster than the session was on: what was read and done holds for that one.
pub(super) fn other_cluster(app: &mut App, effects: &mut Vec<Effect>) {
    let why = msg!("op-lock-another-cluster");
    app.options.lock = std::mem::take(&mut app.options.lock).read_only(why);
    effects.push(Effect::Record(vec![What::Note { text: why.to_string(), about: None }]));
    app.say(Tone::Bad, why.text());
}
