//! The mouse helps: the wheel scrolls what has the keyboard, a click selects a row or a pane.

use super::actions;
use crate::action::Action;
use crate::app::screens::Screen;
use crate::app::{App, Effect, layout};
use crate::domain::{Mouse, MouseKind};
use ratatui::layout::{Position, Rect};

/// Rows that one notch of the wheel moves.
const NOTCH: usize = 3;

pub(super) fn mouse(app: &mut App, mouse: Mouse, effects: &mut Vec<Effect>) {
    let action = match mouse.kind {
        MouseKind::ScrollUp => Action::Up,
        MouseKind::ScrollDown => Action::Down,
        MouseKind::Click => return click(app, mouse, effects),
    };
    for _ in 0..NOTCH {
        actions::act(app, action, effects);
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
    let body = layout::frame(app).body;
    let world = app.world.clone();
    let hits = app.search.hits.len();
    let live = app.run.as_ref().map_or(0, |r| r.panes(r.current).len());
    let mut again = false;
    match app.screen_mut() {
        Screen::Triage(triage) => {
            if let Some(row) = entry(layout::triage(body).findings, at, triage.list.top, 2)
                && row < world.findings.len()
            {
                again = triage.list.selected == row;
                triage.list.selected = row;
                triage.pin(&world.findings);
            }
        }
        Screen::Library(library) => {
            let (_, results, _) = layout::library(body, library.reading);
            if let Some(row) = entry(results, at, library.list.top, 2)
                && row < hits
            {
                again = library.list.selected == row;
                library.list.selected = row;
            }
        }
        Screen::Explorer(explorer) => {
            // One row for the border, one for the titles.
            let area = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
            if let Some(row) = entry(area, at, explorer.list.top, 1)
                && row < explorer.table.len()
            {
                again = explorer.list.selected == row;
                explorer.list.selected = row;
                explorer.pin();
            }
        }
        Screen::Runbook(screen) => {
            let layout = layout::runbook(body, screen.pane, screen.zoom, live);
            if let Some((pane, area)) = layout.panes.iter().find(|(_, a)| a.contains(at)).copied() {
                screen.pane = pane;
                if pane == 0 {
                    let row = entry(area, at, 0, 1);
                    let run = app.run.as_ref();
                    if let (Some(row), Some(run)) = (row, run)
                        && row < run.steps.len()
                    {
                        let by = row as isize - run.current as isize;
                        super::runbook::browse(app, by, effects);
                    }
                }
            }
        }
        _ => {}
    }
    // A second click on the selected row opens it.
    if again {
        actions::act(app, Action::Open, effects);
    }
}
