//! Keys: fields take characters first, then the keymap says what a key means here.

use super::{actions, overlays, terminal};
use crate::action::{Action, Context};
use crate::app::field::Typed;
use crate::app::overlay::Overlay;
use crate::app::screens::{RunbookScreen, Screen};
use crate::app::{App, Effect};
use crate::domain::{Key, KeyCode};

/// A pasted text longer than this is cut: a field is a line, not a document.
const LONGEST_PASTE: usize = 2000;

pub(super) fn key(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    // What was said meanwhile is still to be read when the program is left.
    if terminal::key(app, key, effects) {
        return;
    }
    remember(app);
    if typed(app, key, effects) {
        return;
    }
    let contexts = app.contexts();
    if let Some(action) = app.keymap.action(&contexts, key) {
        actions::act(app, action, effects);
    }
}

/// What was said is no longer on the screen, and can still be read.
pub(super) fn remember(app: &mut App) {
    /// Messages that are kept.
    const KEPT: usize = 20;
    let Some(status) = app.status.take() else { return };
    app.said.push_front((app.now, status));
    app.said.truncate(KEPT);
}

pub(super) fn paste(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    if terminal::pasted(app, text, effects) {
        return;
    }
    // Terminals paste the end of a line as the enter key; without it two lines would be one word.
    let text = crate::domain::sanitize(&text.replace('\r', "\n"));
    if super::peer::pasted(app, &text, effects) {
        return;
    }
    // A blank in what is pasted accepts nothing.
    if let Some(Overlay::Confirm(c)) = app.overlays.last_mut() {
        c.question = if c.types() { c.plan.questions.len() } else { c.question };
    }
    for c in text.chars().take(LONGEST_PASTE) {
        let c = if c.is_whitespace() { ' ' } else { c };
        typed(app, Key::char(c), effects);
    }
}

/// Whether a key goes to the ends of a list or of a text, so that it is not for the field.
fn is_elsewhere(app: &App, key: Key) -> bool {
    matches!(key.code, KeyCode::Home | KeyCode::End | KeyCode::Delete)
        && app.keymap.action(&app.contexts(), key).is_some()
}

/// Gives a key to the field that is typed into. False when there is none, or the key is not for it.
fn typed(app: &mut App, key: Key, effects: &mut Vec<Effect>) -> bool {
    let shut = super::lock::closed(app).is_some();
    if is_elsewhere(app, key) {
        return false;
    }
    let caret = &mut app.caret;
    let mut edit = |text: &mut String| crate::app::field::edit(text, caret, key);
    match app.overlays.last_mut() {
        Some(Overlay::Input(input)) => {
            let took = edit(&mut input.text);
            if took == Typed::Changed {
                input.error = None;
                overlays::input_changed(app);
            }
            took != Typed::No
        }
        // Where rows are marked, the key that marks is no part of a name.
        Some(Overlay::Choose(choose))
            if choose.marks() && app.keymap.action(&[Context::Choose], key) == Some(Action::Mark) =>
        {
            false
        }
        Some(Overlay::Choose(choose)) => {
            let took = edit(&mut choose.text);
            if took == Typed::Changed {
                (choose.selected, choose.waits) = (0, false);
            }
            took != Typed::No
        }
        // Nothing can be approved now, so nothing is typed for it.
        Some(Overlay::Confirm(_)) if shut => false,
        // On a question a blank accepts it, and any other character belongs to the name.
        Some(Overlay::Confirm(c)) if c.types() => {
            let text = key.typed().is_some_and(|typed| typed != ' ');
            if !text && !c.in_field() {
                return false;
            }
            let took = edit(&mut c.typed);
            if took == Typed::Changed {
                c.question = c.plan.questions.len();
                c.refused = None;
            }
            took != Typed::No
        }
        Some(_) => false,
        None => {
            let typed = app.screen().state().handlers().typed;
            typed(app, key, effects)
        }
    }
}

/// What escape means: close what is open, clear what filters, go back.
pub(super) fn back(app: &mut App, effects: &mut Vec<Effect>) {
    app.asked = None;
    let field = matches!(app.overlays.last(), Some(Overlay::Input(_)));
    if !field && app.find.take().is_some() {
        return;
    }
    if let Some(overlay) = app.overlays.pop() {
        if let Overlay::Input(input) = overlay {
            overlays::input_dropped(app, &input);
        }
        // Without its parameters a runbook cannot be walked.
        if app.run.as_ref().is_some_and(|r| !r.missing().is_empty())
            && matches!(app.screen(), Screen::Runbook(_))
            && app.overlays.is_empty()
        {
            app.drop_front(effects);
            let before = app.run.is_some() && matches!(app.screen(), Screen::Runbook(screen) if screen.over);
            if before {
                *app.screen_mut() = Screen::Runbook(RunbookScreen::default());
            } else {
                app.screens.pop();
            }
        }
        return;
    }
    let back = app.screen().state().handlers().back;
    if !back(app, effects) {
        actions::close(app, app.screens.len() - 1, effects);
    }
}
