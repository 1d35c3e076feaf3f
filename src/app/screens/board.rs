//! The board: the lanes of a list as rows, the steps of a lane as columns. Pure.
//!
//! Must not keep what the walk knows: a cell is asked for when it is drawn, so that of a thousand lanes only those in sight cost
//! anything.

use super::{Handlers, List, Rows, Surface};
use crate::action::{Action, Context};
use crate::app::copy::{Candidate, of};
use crate::app::layout::{self, Area};
use crate::app::{App, update};
use crate::lang::t;
use crate::walk::{Came, StepId, StepRun, Walk};

/// The board of one list of one walk.
#[derive(Clone, Copy, Debug)]
pub struct Board {
    /// The walk, and the step that stands for the list.
    pub walk: u32,
    pub group: StepId,
    pub list: List,
    pub column: usize,
}

/// How many lanes are how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub done: usize,
    pub under_way: usize,
    pub failed: usize,
    pub not_begun: usize,
}

impl Tally {
    pub fn of(came: &[Came]) -> Tally {
        let mut tally = Tally::default();
        for lane in came {
            *match lane {
                Came::Done => &mut tally.done,
                Came::To(_) => &mut tally.under_way,
                Came::Failed(_) | Came::Stopped(_) => &mut tally.failed,
                Came::NotBegun => &mut tally.not_begun,
            } += 1;
        }
        tally
    }
}

impl Board {
    /// The board of the list that the present step of a walk is in, with the cursor on that step; that of the nearest list
    /// where it is in none.
    pub fn of(walk: &Walk) -> Option<Board> {
        let lane = |id: StepId| walk.tree.element(id);
        let behind = walk.tree.after(walk.current).find_map(lane);
        let before = || walk.tree.before(walk.current).rev().find_map(lane);
        let (group, at) = lane(walk.current).or(behind).or_else(before)?;
        let column = walk.tree.lane_steps(group, at).iter().position(|id| *id == walk.current);
        let list = List { selected: at, top: 0 };
        Some(Board { walk: walk.number, group, list, column: column.unwrap_or(0) })
    }

    /// The step in the cell of a lane.
    pub fn cell(&self, walk: &Walk, lane: usize, column: usize) -> Option<StepId> {
        walk.tree.lane_steps(self.group, lane).get(column).copied()
    }

    /// The step under the cursor.
    pub fn step(&self, walk: &Walk) -> Option<StepId> {
        let steps = walk.tree.lane_steps(self.group, self.list.selected);
        steps.get(self.column.min(steps.len().saturating_sub(1))).copied()
    }

    /// Keeps the cursor among the lanes and their steps.
    pub fn keep(&mut self, walk: &Walk, height: usize) {
        let lanes = walk.tree.lanes(self.group).count();
        self.list.keep(lanes, height);
        let steps = walk.tree.lane_steps(self.group, self.list.selected).len();
        self.column = self.column.min(steps.saturating_sub(1));
    }
}

impl Surface for Board {
    fn contexts(&self) -> Vec<Context> {
        vec![Context::Board, Context::List]
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::NextPane, Action::PageDown]
    }

    fn handlers(&self) -> Handlers {
        Handlers { settle: update::board::settle, ..Handlers::by(update::board::act) }
    }

    fn copies(&self, app: &App) -> Vec<Candidate> {
        let run = app.walk(self.walk);
        let element = run.and_then(|run| run.tree.element_name(self.step(run)?));
        element.into_iter().map(|name| of(t!("app-copy-name"), name)).collect()
    }

    fn rows(&self, app: &App) -> Option<Rows> {
        let body = layout::frame(app).body;
        let rows = layout::board(body).rows;
        let area = Area { y: rows.y.saturating_sub(1), height: rows.height + 2, ..body };
        Some(Rows { area, each: 1, len: app.walk(self.walk)?.tree.lanes(self.group).count() })
    }

    fn list(&mut self) -> Option<&mut List> {
        Some(&mut self.list)
    }

    fn shows_seconds(&self, app: &App) -> bool {
        app.walk(self.walk).is_some_and(|run| run.steps.iter().any(StepRun::under_way))
    }
}
