//! The board of lanes: where its cursor goes, and where one leads: to the step itself.
//!
//! Must not run anything: that is done on the step, where its plan is seen.

use super::runbook;
use crate::action::Action;
use crate::app::screens::{Board, Screen};
use crate::app::{App, Effect, layout};
use crate::lang::t;
use crate::live::Tone;

/// Opens the board of the runbook that is walked.
pub(super) fn open(app: &mut App) {
    let Some(run) = &app.run else { return };
    match Board::of(run) {
        Some(board) => {
            app.screens.push(Screen::Board(board));
            settle(app);
        }
        None => app.say(Tone::Plain, t!("app-update-board-none")),
    }
}

/// Keeps the cursor where there is something.
pub(in crate::app) fn settle(app: &mut App) {
    let height = layout::board(layout::frame(app).body).shown();
    let Some(run) = app.run.take() else { return };
    if let Screen::Board(board) = app.screen_mut() {
        board.keep(&run, height);
    }
    app.run = Some(run);
}

pub(in crate::app) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let height = layout::board(layout::frame(app).body).shown();
    let Screen::Board(board) = app.screen().clone() else { return };
    let Some(lanes) = app.walk(board.walk).map(|run| run.tree.lanes(board.group).count()) else { return };
    if action == Action::Open {
        app.bring_to_front(board.walk, effects);
        let step = app.run.as_ref().and_then(|run| board.step(run));
        if let Some(at) = app.screens.iter().rposition(|s| matches!(s, Screen::Runbook(_))) {
            super::actions::close(app, at + 1, effects);
        }
        return step.map_or((), |step| runbook::look_at(app, step));
    }
    if let Screen::Board(board) = app.screen_mut() {
        match action {
            Action::NextPane => board.column += 1,
            Action::PreviousPane => board.column = board.column.saturating_sub(1),
            other => drop(board.list.act(other, lanes, height)),
        }
    }
    settle(app);
}
