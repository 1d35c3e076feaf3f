//! Choosing a context before there is a session: characters find a row, and Enter opens the one under the cursor. Nothing
//! else means anything here, as there is no cluster to do it on.

use super::sight;
use crate::action::Action;
use crate::app::field::{Typed, edit};
use crate::app::screens::Screen;
use crate::app::{App, Effect, layout};
use crate::domain::Key;
use crate::lang;

/// Characters find a row, whatever they mean elsewhere.
pub(in crate::app) fn typed(app: &mut App, key: Key, _: &mut Vec<Effect>) -> bool {
    let mut caret = app.caret;
    let Screen::Contexts(contexts) = app.screen_mut() else { return false };
    let took = edit(&mut contexts.text, &mut caret, key);
    if took == Typed::Changed {
        contexts.list.selected = 0;
    }
    app.caret = caret;
    took != Typed::No
}

pub(in crate::app) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
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
pub(in crate::app) fn settle(app: &mut App) {
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
