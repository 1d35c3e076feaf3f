//! Searching in the text that is read: it begins with a field, goes to the first match while it is typed, and on from match to
//! match. What a match is says `app::find`.
//!
//! Must not know which text it is: all of them go through `app::texts`.

use crate::action::Action;
use crate::app::find::{Find, Match, matches};
use crate::app::overlay::{Input, Overlay, Purpose};
use crate::app::screens::Screen;
use crate::app::texts::{Reading, place, reading, scroll};
use crate::app::{App, cursor, layout};
use crate::lang::{Msg, msg, t};
use crate::live::Tone;

/// How a search says that it went on beyond an end.
const FROM_THE_TOP: Msg = msg!("app-update-find-from-top");
const FROM_THE_END: Msg = msg!("app-update-find-from-end");

/// An action of a search, wherever a text has the keyboard. False when it is none.
pub(super) fn act(app: &mut App, action: Action) -> bool {
    match action {
        Action::Find => open(app),
        Action::FindNext => go(app, true),
        Action::FindPrevious => go(app, false),
        _ => return false,
    }
    true
}

/// Opens the field.
fn open(app: &mut App) {
    // Where only the steps are seen, their text comes in their place.
    let narrow = app.size.0 < layout::WIDE;
    if let Screen::Runbook(screen) = app.screen_mut()
        && screen.pane == 0
        && (narrow || screen.zoom)
    {
        screen.pane = 1;
    }
    let Some(reading) = reading(app) else {
        return app.say(Tone::Plain, t!("app-update-find-no-text"));
    };
    let (place, began) = (reading.place, reading.top);
    app.find = Some(Box::new(Find { text: String::new(), place, began, at: None, around: None }));
    let (prompt, text) = ("/".to_owned(), String::new());
    let input = Input { purpose: Purpose::Find, prompt, text, error: None, hidden: false };
    app.overlays.push(Overlay::Input(input));
}

/// The field says something else: the first match from where it began is shown.
pub(super) fn typed(app: &mut App, text: &str) {
    let Some(find) = &mut app.find else { return };
    (find.text, find.at, find.around) = (text.to_owned(), None, None);
    let began = find.began;
    let Some(reading) = reading(app) else { return };
    let all = matches(text, &reading);
    let first = all.iter().find(|m| m.row >= began).or(all.first()).copied();
    match first {
        Some(hit) => show(app, &reading, hit),
        None => put(app, began),
    }
    if let (Some(find), Some(hit)) = (&mut app.find, first) {
        find.around = (hit.row < began).then_some(FROM_THE_TOP);
    }
}

/// The field was entered: the search stays, also where it finds nothing. Who presses Enter once more wants the next match, and
/// not to answer a step.
pub(super) fn entered(app: &mut App) {
    if app.find.as_ref().is_some_and(|find| find.text.trim().is_empty()) {
        dropped(app);
    }
}

/// It was given up while it was typed: the text stands where it stood.
pub(super) fn dropped(app: &mut App) {
    if let Some(find) = app.find.take() {
        put(app, find.began);
    }
}

fn put(app: &mut App, top: usize) {
    if let Some(scroll) = scroll(app) {
        scroll.top = top;
    }
}

/// Goes to the next match, or to the one before, and around at the ends.
fn go(app: &mut App, forward: bool) {
    let (Some(find), Some(reading)) = (&app.find, reading(app)) else { return };
    let all = matches(&find.text, &reading);
    let Some(last) = all.len().checked_sub(1) else {
        let words = t!("app-update-find-none", text = find.text);
        return app.say(Tone::Warn, words);
    };
    let at = find.at.unwrap_or((reading.top, 0));
    let next = if forward {
        all.iter().position(|m| (m.row, m.at) > at)
    } else {
        all.iter().rposition(|m| (m.row, m.at) < at)
    };
    let (number, around) = match (next, forward) {
        (Some(number), _) => (number, None),
        (None, true) => (0, Some(FROM_THE_TOP)),
        (None, false) => (last, Some(FROM_THE_END)),
    };
    show(app, &reading, all[number]);
    if let Some(find) = &mut app.find {
        find.around = around;
    }
}

/// Brings a match in sight. One behind the end of a line that is cut has its line wrapped.
fn show(app: &mut App, reading: &Reading, hit: Match) {
    let mut hit = hit;
    let mut shown = reading.clone();
    if !reading.wrapped && hit.cells >= usize::from(reading.width) && wrap(app) {
        // Its rows are other ones now.
        let Some(find) = &app.find else { return };
        let number = matches(&find.text, reading).iter().position(|m| *m == hit).unwrap_or(0);
        if let Some(wrapped) = crate::app::texts::reading(app) {
            hit = matches(&find.text, &wrapped).get(number).copied().unwrap_or(hit);
            shown = wrapped;
        }
    }
    if let Some(find) = &mut app.find {
        find.at = Some((hit.row, hit.at));
    }
    // What stands around it is read with it.
    let within = hit.row >= shown.top && hit.row + 1 < shown.top + shown.height;
    let lines = matches!(app.screen(), Screen::Logs(logs) if logs.wrap);
    let top = if within && !lines { shown.top } else { hit.row.saturating_sub(shown.height / 3) };
    let last = shown.rows.len().saturating_sub(shown.height);
    // Lines that take several rows: the match stands on top.
    put(app, if lines { hit.row } else { top.min(last) });
    cursor::put(app, hit.row);
}

/// Wraps the lines of the text on top. False where they are as they are.
fn wrap(app: &mut App) -> bool {
    app.screen_mut().state_mut().wrap()
}

/// Another text on the screen ends the search.
pub(super) fn settle(app: &mut App) {
    let Some(find) = &app.find else { return };
    if place(app).is_none_or(|place| place != find.place) {
        app.find = None;
    }
}
