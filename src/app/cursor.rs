//! The cursor of a live pane beside a runbook: which row it is on, and which object that is. It stays with its object when rows
//! move, and is on the first row where that one is not there.
//!
//! Must not run a step: what its keys do only looks.

use super::App;
use super::screens::{List, Screen};
use super::texts::table;
use crate::action::Action;
use crate::domain::ObjectKey;
use crate::live::{Pane, Table};

/// The live pane that has the keyboard.
pub fn pane(app: &App) -> Option<Pane> {
    let (Screen::Runbook(screen), Some(run)) = (app.screen(), &app.run) else { return None };
    let number = screen.pane.checked_sub(2)?;
    run.panes(run.current).into_iter().nth(number)?.ok()
}

/// The row of a table in a pane.
pub fn row(app: &App, table: &Table) -> usize {
    let Screen::Runbook(screen) = app.screen() else { return 0 };
    screen.cursor.as_ref().and_then(|key| table.position(key)).unwrap_or(0)
}

/// The object under the cursor: of a table its row, else what the pane is about.
pub fn object(app: &App) -> Option<ObjectKey> {
    match pane(app)? {
        shown @ Pane::Table { kind, .. } => {
            let table = table(app, &shown)?;
            let row = table.object(table.key(row(app, table))?)?;
            Some(ObjectKey { kind, row })
        }
        Pane::Detail(key) | Pane::Yaml(key) => Some(key),
        Pane::Logs(what) => Some(what.of),
        Pane::Output => None,
    }
}

/// Moves the cursor through a table of so many rows on the screen. False where the pane has none, or the action does not move.
pub(super) fn act(app: &mut App, action: Action, height: usize) -> bool {
    let Some(shown @ Pane::Table { .. }) = pane(app) else { return false };
    let Some(table) = table(app, &shown) else { return false };
    let Screen::Runbook(screen) = app.screen() else { return false };
    let mut list = List { selected: row(app, table), top: screen.live.top };
    // The titles have a row of their own.
    if !list.act(action, table.len(), height.saturating_sub(1)) {
        return false;
    }
    let key = table.key(list.selected).cloned();
    if let Some(Screen::Runbook(screen)) = app.screens.last_mut() {
        (screen.cursor, screen.live.top) = (key, list.top);
    }
    true
}

/// Puts the cursor on a row, where the pane is a table.
pub(super) fn put(app: &mut App, row: usize) {
    let Some(shown @ Pane::Table { .. }) = pane(app) else { return };
    let key = table(app, &shown).and_then(|table| table.key(row)).cloned();
    if let Some(Screen::Runbook(screen)) = app.screens.last_mut() {
        screen.cursor = key;
    }
}
