//! The timeline: mark a record, write a note on it, show only some, go to what it is about.

use super::explore;
use crate::action::Action;
use crate::app::overlay::{Choose, Chosen, Input, Overlay, Purpose};
use crate::app::screens::{RunbookScreen, Screen, Timeline};
use crate::app::{App, Effect, layout};
use crate::domain::ObjectKey;
use crate::lang::t;
use crate::live::Tone;
use crate::record::{Event, Format, What};

/// Where a record leads.
enum Place {
    Step(String),
    Object(ObjectKey),
}

/// Rows of the timeline that fit on the screen.
fn height(app: &App) -> usize {
    let undo = app.session.state.undo_list().len();
    let (timeline, _) = layout::session(layout::frame(app).body, undo);
    usize::from(layout::inside(timeline).height)
}

/// Keeps the cursor among the rows; at the end it stays at the end.
pub(in crate::app) fn settle(app: &mut App) {
    let height = height(app);
    let Screen::Session(timeline) = app.screen() else { return };
    let len = timeline.places(&app.session).len();
    if let Screen::Session(timeline) = app.screen_mut() {
        if timeline.at_end {
            timeline.list.selected = len.saturating_sub(1);
        }
        timeline.list.keep(len, height);
    }
}

pub(in crate::app) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let height = height(app);
    let Screen::Session(timeline) = app.screen() else { return };
    let mut timeline = *timeline;
    let len = timeline.places(&app.session).len();
    if timeline.list.act(action, len, height) {
        timeline.at_end = timeline.list.selected + 1 >= len;
        *app.screen_mut() = Screen::Session(timeline);
        return;
    }
    match action {
        Action::ShowOnly => {
            let only = timeline.only.next();
            *app.screen_mut() = Screen::Session(Timeline { only, ..Timeline::default() });
        }
        Action::Pin => {
            let Some(event) = selected(app) else { return };
            let (record, on) = (event.seq, !app.session.state.pins.contains(&event.seq));
            effects.push(Effect::Record(vec![What::Pinned { record, on }]));
        }
        Action::NoteHere => {
            let Some(record) = selected(app).map(|e| e.seq) else { return };
            let (purpose, prompt) = (Purpose::NoteOn(record), t!("app-update-session-note", record = record));
            let input = Input { purpose, prompt, text: String::new(), error: None, hidden: false };
            app.overlays.push(Overlay::Input(input));
        }
        Action::Open => jump(app),
        _ => {}
    }
}

/// The record under the cursor.
fn selected(app: &App) -> Option<&Event> {
    let Screen::Session(timeline) = app.screen() else { return None };
    app.session.events.get(*timeline.places(&app.session).get(timeline.list.selected)?)
}

/// A note was written on a record.
pub(super) fn note(app: &mut App, record: u64, text: String, effects: &mut Vec<Effect>) {
    if !text.is_empty() {
        effects.push(Effect::Record(vec![What::Note { text, about: Some(record) }]));
        app.say(Tone::Good, t!("app-update-noted"));
    }
}

/// Offers the forms of an export.
pub(super) fn export(app: &mut App) {
    let row = |format: &Format| (format.words().to_owned(), Chosen::Export(*format));
    let rows = Format::ALL.iter().map(row).collect();
    app.overlays.push(Overlay::Choose(Choose::new(t!("app-update-session-export"), rows)));
}

/// Goes to the step or the object that the record is about.
fn jump(app: &mut App) {
    let Some(place) = selected(app).and_then(|e| place(app, &e.what)) else {
        return app.say(Tone::Plain, t!("app-update-session-no-place"));
    };
    match place {
        Place::Object(key) => explore::describe(app, key),
        Place::Step(step) => {
            let Some(index) = app.run.as_ref().and_then(|r| r.find(&step)) else {
                return app.say(Tone::Warn, t!("app-update-session-no-step", step = step));
            };
            if let Some(run) = &mut app.run {
                run.current = index;
            }
            app.screens.push(Screen::Runbook(RunbookScreen::default()));
            app.look_due = true;
        }
    }
}

fn place(app: &App, what: &What) -> Option<Place> {
    let plan = |id: &String| app.session.state.plans.get(id);
    Some(match what {
        What::Finding { subject, .. } => Place::Object(subject.clone()),
        What::Sending { object, .. }
        | What::Accepted { object, .. }
        | What::Refused { object, .. }
        | What::Unanswered { object, .. }
        | What::Marked { object, .. }
        | What::Left { object, .. } => Place::Object(object.clone()),
        What::Step { step }
        | What::StepEnded { step, .. }
        | What::Overdue { step, .. }
        | What::Reopened { step, .. }
        | What::Decided { step, .. }
        | What::Value { step, .. }
        | What::Intent { step: Some(step), .. } => Place::Step(step.clone()),
        What::Intent { target, .. } => Place::Object(target.clone()),
        What::Outcome { plan: id, .. }
        | What::Checked { plan: id, .. }
        | What::Proved { plan: id, .. }
        | What::Done { plan: id, .. }
        | What::Saved { plan: id, .. }
        | What::Regressed { plan: id, .. }
        | What::Previewed { plan: id, .. }
        | What::Agreed { plan: id, .. }
        | What::Over { plan: id, .. }
        | What::TakenBack { plan: id } => match &plan(id)?.step {
            Some(step) => Place::Step(step.clone()),
            None => Place::Object(plan(id)?.target.clone()),
        },
        What::Note { about: Some(record), .. } => {
            let about = app.session.events.iter().find(|e| e.seq == *record)?;
            // A note on a note leads nowhere further.
            if matches!(about.what, What::Note { .. }) {
                return None;
            }
            place(app, &about.what)?
        }
        _ => return None,
    })
}
