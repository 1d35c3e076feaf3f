//! The mouse helps: the wheel scrolls what it is over, a click selects a row or a pane.

use super::actions;
use crate::action::Action;
use crate::app::overlay::Overlay;
use crate::app::screens::{List, Screen};
use crate::app::steps::{self, StepRow};
use crate::app::{App, Effect, dialog, layout};
use crate::domain::{Mouse, MouseKind};
use ratatui::layout::{Position, Rect};

/// Rows of a text that one notch of the wheel moves.
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
    let at = Position::new(mouse.column, mouse.row);
    let rows = if app.overlays.is_empty() { under_the_pointer(app, at) } else { over(app, at) };
    for _ in 0..rows {
        actions::act(app, action, effects);
    }
}

/// How many rows one notch moves on the overlay on top; none where the pointer is beside it.
fn over(app: &App, at: Position) -> usize {
    match app.overlays.last() {
        Some(Overlay::Message(m)) if dialog::message(app, m).layout.area.contains(at) => NOTCH,
        Some(Overlay::Confirm(c)) if dialog::confirm(app, c).layout.area.contains(at) => NOTCH,
        Some(Overlay::Choose(_)) => 1,
        _ => 0,
    }
}

/// Gives what the wheel is over the keyboard, so that it scrolls and nothing else, and says how many rows one notch moves there:
/// of a list one. Over the steps it does nothing: a wheel that goes to another step changes what the next key runs.
fn under_the_pointer(app: &mut App, at: Position) -> usize {
    let body = layout::frame(app).body;
    match app.screen() {
        Screen::Runbook(screen) => {
            let layout = layout::of_runbook(app, screen.pane);
            let over = layout.panes.iter().find(|(_, area)| area.contains(at)).map(|(pane, _)| *pane);
            let Some(pane) = over.filter(|pane| *pane != 0) else { return 0 };
            if let Screen::Runbook(screen) = app.screen_mut()
                && pane != screen.pane
            {
                super::runbook::focus(screen, pane);
            }
            NOTCH
        }
        Screen::Triage(_) => usize::from(layout::triage(body).findings.contains(at)),
        Screen::Library(library) => {
            let (_, results, preview) = layout::library(body, library.reading);
            let reading = preview.contains(at);
            if !reading && !results.contains(at) {
                return 0;
            }
            if let Screen::Library(library) = app.screen_mut() {
                library.reading = reading;
            }
            if reading { NOTCH } else { 1 }
        }
        Screen::Terminal(_) => 0,
        // There is one list or text, wherever the pointer is.
        _ => NOTCH,
    }
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
    let lanes = match (app.screen(), &app.run) {
        (Screen::Board(board), Some(run)) => run.tree.lanes(board.group).count(),
        _ => 0,
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
        Screen::Board(board) => {
            let rows = layout::board(body).rows;
            let area = Rect { y: rows.y.saturating_sub(1), height: rows.height + 2, ..body };
            (&mut board.list, area, 1, lanes)
        }
        _ => return None,
    };
    let row = entry(area, at, list.top, rows_each).filter(|row| *row < len)?;
    Some((list, row))
}

/// A click gives a pane the keyboard; on a step it goes to look at it.
fn in_runbook(app: &mut App, at: Position) {
    let Screen::Runbook(screen) = app.screen() else { return };
    let layout = layout::of_runbook(app, screen.pane);
    let Some((pane, area)) = layout.panes.iter().find(|(_, a)| a.contains(at)).copied() else { return };
    if let Screen::Runbook(screen) = app.screen_mut() {
        super::runbook::focus(screen, pane);
    }
    if pane != 0 {
        return;
    }
    let Some(run) = &app.run else { return };
    let (rows, present) = steps::rows(run);
    let first = layout::first_step(layout::inside(area).height, present, rows.len());
    let step = match entry(area, at, first, 1).and_then(|row| rows.get(row)) {
        Some(StepRow::Step(step)) => *step,
        // Those that were passed over are opened.
        Some(StepRow::Passed(first, _)) => *first,
        Some(StepRow::Lane(group, at)) => match steps::lane_step(run, *group, *at) {
            Some(step) => step,
            None => return,
        },
        None => return,
    };
    super::runbook::look_at(app, step);
}
