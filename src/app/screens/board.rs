//! The board: the lanes of a list as rows, the steps of a lane as columns. Pure.
//!
//! Must not keep what the walk knows: a cell is asked for when it is drawn, so that of a thousand lanes only those in sight cost
//! anything.

use super::List;
use crate::walk::{Came, StepId, Walk};

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
