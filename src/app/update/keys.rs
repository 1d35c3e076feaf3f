//! Keys: fields take characters first, then the keymap says what a key means here.

use super::{actions, contexts, library, logs, overlays, terminal};
use crate::action::{Action, Context};
use crate::app::field::Typed;
use crate::app::overlay::Overlay;
use crate::app::screens::{RunbookScreen, Screen};
use crate::app::{App, Effect};
use crate::domain::{Key, KeyCode};
use crate::lang::t;

/// A pasted text longer than this is cut: a field is a line, not a document.
const LONGEST_PASTE: usize = 2000;

pub(super) fn key(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    if matches!(app.screen(), Screen::Contexts(_)) {
        return contexts::key(app, key, effects);
    }
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
    if let Screen::Contexts(contexts) = app.screen_mut() {
        contexts.text.extend(crate::domain::one_row(text).chars().take(LONGEST_PASTE));
        return;
    }
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
        None => in_library(app, key, effects),
    }
}

/// In the library every character goes into the search field, so that no key stands between the operator and
/// the search.
fn in_library(app: &mut App, key: Key, effects: &mut Vec<Effect>) -> bool {
    let Screen::Library(library) = app.screen() else { return false };
    if library.reading {
        return false;
    }
    // An empty field leaves these keys their meaning.
    let plain = key.typed().is_some_and(|c| !(app.search.text.is_empty() && "?:!".contains(c)));
    let erases = matches!(key.code, KeyCode::Backspace | KeyCode::Delete)
        || (key.ctrl && matches!(key.code, KeyCode::Char('u' | 'w' | 'k')));
    let moves = matches!(key.code, KeyCode::Left | KeyCode::Right);
    if !plain && !erases && !moves {
        return false;
    }
    let took = crate::app::field::edit(&mut app.search.text, &mut app.caret, key);
    if took == Typed::Changed {
        library::ask(app, effects);
    }
    took != Typed::No
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
    let searching = !app.search.text.is_empty();
    match app.screen_mut() {
        Screen::Library(library) if library.reading => library.reading = false,
        Screen::Library(_) if searching => {
            app.search.text.clear();
            library::ask(app, effects);
        }
        Screen::Explorer(explorer) if !explorer.table.filter.text.is_empty() => {
            explorer.table.filter.text.clear();
        }
        Screen::Explorer(explorer) if explorer.table.filter.group.is_some() => {
            explorer.pinned = explorer.table.filter.group.take();
            explorer.table.grouped = true;
        }
        Screen::Runbook(screen) if screen.zoom => screen.zoom = false,
        Screen::Triage(_) => app.say(crate::live::Tone::Plain, t!("app-update-keys-how-to-leave")),
        _ => {
            if let Some(Screen::Logs(open)) = app.screens.pop() {
                logs::stop(&open, effects);
            }
        }
    }
}
