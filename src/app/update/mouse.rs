//! The mouse helps: the wheel scrolls what it is over, a click selects a row or a pane.

use super::actions;
use crate::action::Action;
use crate::app::overlay::Overlay;
use crate::app::screens::Screen;
use crate::app::steps::{self, StepRow};
use crate::app::{App, Effect, dialog, layout};
use crate::domain::{Mouse, MouseKind};
use ratatui::layout::{Position, Rect};

/// Rows of a text that one notch of the wheel moves.
pub(in crate::app) const NOTCH: usize = 3;

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
    let wheel = app.screen().state().handlers().wheel;
    let rows = if app.overlays.is_empty() { wheel(app, at) } else { over(app, at) };
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

/// Over a pane the wheel scrolls that one. Over the steps it does nothing: a wheel that goes to another step changes what the next
/// key runs.
pub(in crate::app) fn over_runbook(app: &mut App, at: Position) -> usize {
    let Screen::Runbook(screen) = app.screen() else { return 0 };
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

/// The row of a list that was clicked, where each entry takes so many rows.
pub(in crate::app) fn entry(area: Rect, at: Position, top: usize, rows_each: usize) -> Option<usize> {
    let inside = layout::inside(area);
    inside.contains(at).then(|| top + usize::from(at.y - inside.y) / rows_each)
}

fn click(app: &mut App, mouse: Mouse, effects: &mut Vec<Effect>) {
    let at = Position::new(mouse.column, mouse.row);
    if !app.overlays.is_empty() {
        return super::dialog::click(app, at);
    }
    let click = app.screen().state().handlers().click;
    click(app, at, effects);
}

/// A click on a row of the screen's list gives it the cursor; a second one opens it.
pub(in crate::app) fn on_list(app: &mut App, at: Position, effects: &mut Vec<Effect>) {
    let Some(rows) = app.screen().state().rows(app) else { return };
    let world = app.world.clone();
    let screen = app.screen_mut().state_mut();
    let Some(list) = screen.list() else { return };
    let Some(row) = rows.at(at, *list) else { return };
    let again = std::mem::replace(&mut list.selected, row) == row;
    screen.clicked(&world);
    if again {
        actions::act(app, Action::Open, effects);
    }
}

/// A click gives a pane the keyboard; on a step it goes to look at it.
pub(in crate::app) fn in_runbook(app: &mut App, at: Position, _: &mut Vec<Effect>) {
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
