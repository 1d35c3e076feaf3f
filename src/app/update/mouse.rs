//! The mouse helps: the wheel scrolls what it is over, a click selects a row or a pane.

use super::actions;
use crate::action::Action;
use crate::app::screens::{List, Screen};
use crate::app::{App, Effect, layout};
use crate::domain::{Mouse, MouseKind};
use ratatui::layout::{Position, Rect};

/// Rows that one notch of the wheel moves.
const NOTCH: usize = 3;

pub(super) fn mouse(app: &mut App, mouse: Mouse, effects: &mut Vec<Effect>) {
    // Not to the program in a pane, and not past it.
    if app.in_terminal() {
        return;
    }
    let action = match mouse.kind {
        MouseKind::ScrollUp => Action::Up,
        MouseKind::ScrollDown => Action::Down,
        MouseKind::Click => return click(app, mouse, effects),
    };
    if app.overlays.is_empty() && !under_the_pointer(app, Position::new(mouse.column, mouse.row)) {
        return;
    }
    for _ in 0..NOTCH {
        actions::act(app, action, effects);
    }
}

/// Gives what the wheel is over the keyboard, so that it scrolls and nothing else. Over the steps it does nothing: a wheel
/// that goes to another step changes what the next key runs.
fn under_the_pointer(app: &mut App, at: Position) -> bool {
    let body = layout::frame(app).body;
    let live = app.run.as_ref().map_or(0, |r| r.panes(r.current).len());
    let Screen::Runbook(screen) = app.screen_mut() else { return true };
    let layout = layout::runbook(body, screen.pane, screen.zoom, live);
    let Some((pane, _)) = layout.panes.iter().find(|(_, a)| a.contains(at)).copied() else { return false };
    if pane != 0 && pane != screen.pane {
        super::runbook::focus(screen, pane);
    }
    pane != 0
}

/// The row of a list that was clicked, where each entry takes so many rows.
fn entry(area: Rect, at: Position, top: usize, rows_each: usize) -> Option<usize> {
    let inside = layout::inside(area);
    inside.contains(at).then(|| top + usize::from(at.y - inside.y) / rows_each)
}

fn click(app: &mut App, mouse: Mouse, effects: &mut Vec<Effect>) {
    let at = Position::new(mouse.column, mouse.row);
    if !app.overlays.is_empty() {
        return super::dialog::click(app, at);
    }
    if let Screen::Runbook(_) = app.screen() {
        return in_runbook(app, at);
    }
    let Some((list, row)) = clicked(app, at) else { return };
    let again = list.selected == row;
    list.selected = row;
    let world = app.world.clone();
    match app.screen_mut() {
        Screen::Triage(triage) => triage.pin(&world.findings),
        Screen::Explorer(explorer) => explorer.pin(),
        Screen::Session(timeline) => timeline.at_end = false,
        _ => {}
    }
    // A second click on the selected row opens it.
    if again {
        actions::act(app, Action::Open, effects);
    }
}

/// The list of the screen and its row that was clicked, where it has one there.
fn clicked(app: &mut App, at: Position) -> Option<(&mut List, usize)> {
    let body = layout::frame(app).body;
    let (findings, hits) = (app.world.findings.len(), app.search.hits.len());
    let (undo, records) = match app.screen() {
        Screen::Session(t) => (app.session.state.undo_list().len(), t.rows(&app.session).len()),
        _ => (0, 0),
    };
    let (list, area, rows_each, len) = match app.screen_mut() {
        Screen::Contexts(contexts) => {
            let (rows, len) = (layout::contexts(body).rows, contexts.visible().len());
            // The rows as they would lie in a box.
            let area =
                Rect { y: rows.y.saturating_sub(1), height: rows.height + 2, ..layout::contexts(body).list };
            (&mut contexts.list, area, 1, len)
        }
        Screen::Triage(triage) => (&mut triage.list, layout::triage(body).findings, 2, findings),
        Screen::Library(library) => {
            let (_, results, _) = layout::library(body, library.reading);
            (&mut library.list, results, 2, hits)
        }
        Screen::Explorer(explorer) => {
            // One row for the border, one for the titles.
            let area = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
            (&mut explorer.list, area, 1, explorer.table.len())
        }
        Screen::Session(timeline) => (&mut timeline.list, layout::session(body, undo).0, 1, records),
        _ => return None,
    };
    let row = entry(area, at, list.top, rows_each).filter(|row| *row < len)?;
    Some((list, row))
}

/// A click gives a pane the keyboard; on a step it goes to look at it.
fn in_runbook(app: &mut App, at: Position) {
    let body = layout::frame(app).body;
    let live = app.run.as_ref().map_or(0, |r| r.panes(r.current).len());
    let Screen::Runbook(screen) = app.screen_mut() else { return };
    let layout = layout::runbook(body, screen.pane, screen.zoom, live);
    let Some((pane, area)) = layout.panes.iter().find(|(_, a)| a.contains(at)).copied() else { return };
    super::runbook::focus(screen, pane);
    if pane != 0 {
        return;
    }
    let Some(run) = &app.run else { return };
    let here = run.tree.position(run.current).unwrap_or(0);
    let first = layout::first_step(layout::inside(area).height, here, run.tree.len());
    if let Some(row) = entry(area, at, first, 1).filter(|row| *row < run.tree.len()) {
        let by = row as isize - here as isize;
        super::runbook::browse(app, by);
    }
}
