//! Choosing a context before there is a session: characters find a row, and Enter opens the one under the cursor. Nothing
//! else means anything here, as there is no cluster to do it on.

use super::sight;
use crate::action::{Action, Context};
use crate::app::field::{Typed, edit};
use crate::app::screens::Screen;
use crate::app::{App, Effect, layout};
use crate::domain::Key;
use crate::lang;

/// A key on this screen.
pub(super) fn key(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    super::keys::remember(app);
    let mut caret = app.caret;
    let Screen::Contexts(contexts) = app.screen_mut() else { return };
    let took = edit(&mut contexts.text, &mut caret, key);
    if took == Typed::Changed {
        contexts.list.selected = 0;
    }
    app.caret = caret;
    if took != Typed::No {
        return;
    }
    // A key of the list, else one that works everywhere.
    let action = app.keymap.action(&[Context::Choose, Context::Global], key);
    if let Some(action) = action {
        act(app, action, effects);
    }
}

pub(super) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let height = usize::from(layout::contexts(layout::frame(app).body).rows.height);
    let Screen::Contexts(contexts) = app.screen_mut() else { return };
    let len = contexts.visible().len();
    match action {
        Action::Open => open(app, effects),
        Action::Back if !contexts.text.is_empty() => contexts.text.clear(),
        Action::Back | Action::Quit => effects.push(Effect::Quit),
        Action::Refresh => effects.push(Effect::Redraw),
        Action::NextTheme => super::actions::next_theme(app, effects),
        Action::NextLanguage => super::actions::speak(app, lang::current().next(), effects),
        other => {
            contexts.list.act(other, len, height);
        }
    }
}

/// Keeps the selection among the rows.
pub(super) fn settle(app: &mut App) {
    let height = usize::from(layout::contexts(layout::frame(app).body).rows.height);
    if let Screen::Contexts(contexts) = app.screen_mut() {
        let len = contexts.visible().len();
        contexts.list.keep(len, height);
    }
}

fn open(app: &mut App, effects: &mut Vec<Effect>) {
    let Screen::Contexts(contexts) = app.screen() else { return };
    let Some(name) = contexts.chosen().map(|row| row.name.clone()) else { return };
    if sight::step_taken(app) {
        effects.push(Effect::Connect(name));
    }
}
