//! What each message does to the state, and which effects follow. One file per concern; nothing here awaits,
//! locks or reads a clock.

mod actions;
pub(super) mod board;
mod confirm;
pub(super) mod contexts;
mod copy;
mod debug;
pub(super) mod details;
mod dialog;
mod each;
mod engine;
pub(super) mod explore;
mod find;
mod follow;
mod form;
mod keys;
pub(super) mod library;
mod lock;
pub(super) mod logs;
mod mend;
pub(super) mod mouse;
mod operations;
mod overlays;
pub(super) mod panes;
mod params;
mod peer;
mod pick;
mod resume;
mod retry;
pub(super) mod runbook;
mod running;
mod script;
pub(super) mod session;
pub(super) mod sight;
mod taint;
pub(super) mod tasks;
mod terminal;
pub(super) mod triage;
mod waits;
mod walk;
mod walks;

pub(crate) use details::step_rows;
pub(crate) use library::preview_rows;
pub use operations::Wanted;

use unicode_width::UnicodeWidthStr;

use super::{App, Effect, Msg, TaskEvent};
use crate::domain::{Asking, ClusterSnapshot, Kind, SyncState, Timestamp};
use crate::lang::t;
use crate::live::Tone;
use crate::op::{Turn, Work};
use crate::record::RunEnd;
use crate::walk::TaskEnd;

/// Takes one message at one moment and says what is to be done.
pub fn update(app: &mut App, msg: Msg, now: Timestamp) -> Vec<Effect> {
    let mut effects = Vec::new();
    lock::set_back(app, now, &mut effects);
    app.now = now;
    match msg {
        // It changes nothing that is on the screen.
        Msg::Drawn(frame) => {
            sight::drawn(app, frame);
            return effects;
        }
        Msg::Key(press) => {
            app.sight.press(press);
            keys::key(app, press.key, &mut effects);
        }
        Msg::Mouse(mouse) => mouse::mouse(app, mouse, &mut effects),
        Msg::Paste(text) => keys::paste(app, &text, &mut effects),
        Msg::Do(action) => {
            app.sight.told();
            actions::act(app, action, &mut effects);
        }
        Msg::Resize(width, height) => {
            app.size = (width, height);
            terminal::resized(app, &mut effects);
        }
        Msg::Snapshot(world) => {
            tell_skew(app, world.ahead);
            app.world = world;
            debug::tell(app);
            params::ask_when_read(app);
            confirm::go_on(app, &mut effects);
            app.look_due = true;
        }
        Msg::Tick => app.look_due = true,
        Msg::Books(books) => {
            app.books = books;
            library::ask(app, &mut effects);
            runbook::open_first(app, &mut effects);
        }
        Msg::Found { generation, found } => {
            if generation > app.search.answered {
                app.search.answered = generation;
                app.search.hits = found.hits;
                app.search.reading = found.reading;
            }
        }
        Msg::Previewed(preview) => engine::previewed(app, &preview),
        Msg::Reviewed(reviewed) => {
            app.walks_mut().for_each(|walk| walk.preflight.answered((*reviewed).clone()));
        }
        Msg::Tools(found) => app.walks_mut().for_each(|walk| walk.tools_found(&found)),
        Msg::Versions(read) => runbook::versions(app, &read),
        Msg::Fetched { id, text } => details::fetched(app, id, text),
        Msg::ClockSet(by) => clock_was_set(app, by),
        Msg::LogLines { id, lines } => logs::lines(app, id, lines),
        Msg::LogEnded { id, why } => logs::ended(app, id, why),
        Msg::Task { id, event } => task(app, id, event, &mut effects),
        Msg::Checked { id, said } => {
            app.each_walk(&mut effects, |app, effects| script::checked(app, id, said.clone(), effects));
            app.look_due = true;
        }
        Msg::PeerAsked { id, file } => peer::asked(app, &id, file),
        Msg::PeerAnswered { id, said } => peer::answered(app, &id, said),
        Msg::Recorded(events) => {
            let begins = app.session.state.id.is_empty();
            for event in events {
                app.session.take(event);
            }
            // Scripts are told the id of the session.
            if begins && !app.session.state.id.is_empty() {
                app.look_due = true;
            }
        }
        Msg::Login(asking) => {
            // It may be what the operator has to do, whatever screen is open.
            if let Some(Asking { plugin, said, .. }) = asking.as_ref().filter(|a| !a.said.is_empty()) {
                app.say(Tone::Warn, t!("app-update-credential-plugin", plugin = plugin, said = said));
            }
            if asking.is_none() && app.login.as_ref().is_some_and(|a| !a.said.is_empty()) {
                app.status = None;
            }
            app.login = asking;
        }
        Msg::OtherCluster => lock::other_cluster(app, &mut effects),
        Msg::Highlighted(code) => app.highlights.insert(code),
        Msg::Said(tone, text) => app.say(tone, text),
    }
    lock::expire(app, &mut effects);
    engine::look_if_due(app, &mut effects);
    logs::follow(app, &mut effects);
    if !app.in_terminal() {
        app.overlays.append(&mut app.later);
    }
    settle(app);
    find::settle(app);
    follow::follow(app, &mut effects);
    taint::follow(app, &mut effects);
    effects
}

/// A text with blanks behind it, so that it takes so many cells: a Chinese letter takes two.
fn padded(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(text.width())))
}

/// Keeps every selection among its rows and every position within its text.
fn settle(app: &mut App) {
    dialog::settle(app);
    let settle = app.screen().state().handlers().settle;
    settle(app);
}

fn task(app: &mut App, id: u64, event: TaskEvent, effects: &mut Vec<Effect>) {
    let now = app.now;
    let Some(task) = app.tasks.get_mut(id) else { return };
    match event {
        TaskEvent::Started { plan } => {
            task.plan = Some(plan.clone());
            app.walks_mut().for_each(|walk| walk.recorded_as(id, &plan));
        }
        TaskEvent::Progress { done, total, line } => {
            (task.done, task.total, task.line) = (done, total, line);
        }
        TaskEvent::Stale => task.stale = true,
        TaskEvent::Output(lines) => script::output(app, id, &lines),
        TaskEvent::Shown(picture) => {
            if let Some(terminal) = &mut task.terminal {
                terminal.picture = *picture;
            }
        }
        TaskEvent::Given(given) => {
            app.each_walk(effects, |app, effects| script::given(app, id, &given, effects));
        }
        TaskEvent::Token { object, token, until } => operations::token(app, &object, token, &until),
        TaskEvent::Holding { until } => holding(app, id, until, effects),
        TaskEvent::Ended { end, words } => {
            // What lasted for a while is over: that it is no longer so is no regression.
            let over = matches!(task.plan_made.work, Work::Hold { .. });
            task.change = task.change.on(end.turn());
            if over {
                task.change = task.change.on(Turn::Ended);
            }
            task.ended = Some((end, words.clone(), now));
            app.looks += 1;
            task.look = app.looks;
            effects.push(Effect::LookAgain(app.looks));
            let made = over.then(|| task.plan_made.clone());
            let title = task.title.clone();
            let plan = task.plan.clone();
            let tone = match end {
                RunEnd::Applied => Tone::Good,
                RunEnd::Cancelled => Tone::Warn,
                RunEnd::Failed | RunEnd::Unknown => Tone::Bad,
            };
            let said = match end {
                // What the cluster shows of it is said when it does.
                RunEnd::Applied if words == title => t!("app-update-ended-applied", title = title),
                RunEnd::Applied => t!("app-update-ended-done", title = title, words = words),
                RunEnd::Cancelled => t!("app-update-ended-cancelled", title = title, words = words),
                RunEnd::Failed => t!("app-update-ended-failed", title = title, words = words),
                RunEnd::Unknown => t!("app-update-ended-unknown", title = title, words = words),
            };
            app.say(tone, said);
            let look = app.looks;
            let ended = TaskEnd { end, plan: plan.as_deref(), words: &words, look };
            app.each_walk(effects, |app, effects| {
                engine::in_walk(app, effects, |walk, cx, out| {
                    walk.task_ended(id, ended, cx, out);
                    if let Some(made) = &made {
                        walk.held_until_now(made, out);
                    }
                });
            });
            if app.tasks.get(id).is_some_and(|t| t.plan_made.op == crate::op::DEBUG_END) {
                debug::ended(app, end, effects);
            }
            app.look_due = true;
        }
    }
}

/// A plan was applied and lasts for a while: its step goes on, its task stays until it is taken back.
fn holding(app: &mut App, id: u64, until: Timestamp, effects: &mut Vec<Effect>) {
    let now = app.now;
    app.looks += 1;
    effects.push(Effect::LookAgain(app.looks));
    let Some(task) = app.tasks.get_mut(id) else { return };
    task.line = t!("app-update-lasts-until", until = crate::domain::moment(until));
    let (plan, line) = (task.plan.clone(), format!("{}: {}", task.title, task.line));
    app.say(Tone::Warn, line);
    let look = app.looks;
    if let Some(plan) = plan {
        app.walks_mut().for_each(|walk| walk.holding(id, &plan, look, now));
    }
    app.look_due = true;
}

/// Nothing that is waited for comes nearer, and nothing that holds has held for longer.
fn clock_was_set(app: &mut App, by: i64) {
    app.walks_mut().for_each(|walk| walk.clock_was_set(by));
    let ends = app.tasks.all.iter_mut().filter_map(|t| t.ended.as_mut().map(|(_, _, at)| at));
    for at in ends {
        *at = Timestamp::from_millisecond(at.as_millisecond() + by).unwrap_or(*at);
    }
}

/// The clocks of this machine and of the cluster differ: that is said once, and stands in the header as long as they do.
fn tell_skew(app: &mut App, ahead: i64) {
    if let (0, Some(span)) = (app.world.ahead, crate::domain::skew(ahead)) {
        app.say(Tone::Warn, t!("app-update-clock-differs", skew = span));
    }
}

/// Why nothing can be seen although the server answers.
fn nothing_seen(world: &ClusterSnapshot) -> Option<&'static str> {
    let all = |refused: fn(&SyncState) -> bool| world.sync.iter().all(refused);
    if all(|s| matches!(s, SyncState::Forbidden(_))) {
        return Some(t!("app-update-forbidden"));
    }
    let none = all(|s| matches!(s, SyncState::Forbidden(_) | SyncState::NotServed));
    none.then_some(t!("app-update-no-api"))
}

/// The header's word for how fresh the picture is.
pub(crate) fn freshness(app: &App) -> (Tone, String) {
    if let Some(asking) = &app.login {
        let age = crate::domain::age(asking.since, app.now);
        return (Tone::Bad, t!("app-update-logging-in", age = age, plugin = asking.plugin));
    }
    if let Some((since, _)) = app.world.unreachable() {
        let age = crate::domain::age(since, app.now);
        if Kind::WATCHED.iter().all(|kind| app.world.count(*kind) == 0) {
            return (Tone::Bad, t!("app-update-unreachable-nothing-seen", age = age));
        }
        // What is shown is as old as the silence, however young the snapshot that says so.
        let shown = crate::domain::moment(since);
        return (Tone::Bad, t!("app-update-unreachable", age = age, shown = shown));
    }
    let loading: usize =
        app.world.sync.iter().map(|s| if let SyncState::Loading(n) = s { *n } else { 0 }).sum();
    if app.world.sync.iter().any(|s| matches!(s, SyncState::Loading(_) | SyncState::Waiting)) {
        return (Tone::Warn, t!("app-update-loading", rows = loading));
    }
    let stale = app
        .world
        .sync
        .iter()
        .filter_map(|s| if let SyncState::Stale { since, .. } = s { Some(*since) } else { None })
        .min();
    if let Some(none) = nothing_seen(&app.world) {
        return (Tone::Bad, none.to_owned());
    }
    if let (None, Some((read, every))) = (stale, app.world.polled()) {
        let age = crate::domain::age_short(read, app.now);
        return (Tone::Warn, t!("app-update-polled", age = age, every = every));
    }
    match stale {
        Some(since) => (Tone::Warn, t!("app-update-stale", age = crate::domain::age_short(since, app.now))),
        None => (Tone::Good, t!("app-update-live").to_owned()),
    }
}
