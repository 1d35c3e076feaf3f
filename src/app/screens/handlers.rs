//! What is done with the whole state for the screen on top: functions, as the screen itself is a part of that state.

use super::List;
use crate::action::Action;
use crate::app::layout::{Area, Position};
use crate::app::update::mouse;
use crate::app::{App, Effect};
use crate::domain::Key;

/// The functions of one screen: `Handlers { settle, ..Handlers::by(act) }`.
#[derive(Clone, Copy, Debug)]
pub struct Handlers {
    /// An action that does not work everywhere.
    pub act: fn(&mut App, Action, &mut Vec<Effect>),
    /// After each message: keeps a selection among its rows and a position within its text.
    pub settle: fn(&mut App),
    /// The way back, where something of its own is closed first. False where there is nothing, and the screen is left.
    pub back: fn(&mut App, &mut Vec<Effect>) -> bool,
    /// A key for a field of its own. False where it is none for that.
    pub typed: fn(&mut App, Key, &mut Vec<Effect>) -> bool,
    pub click: fn(&mut App, Position, &mut Vec<Effect>),
    /// Gives what the wheel is over the keyboard, and says how many rows one notch moves there.
    pub wheel: fn(&mut App, Position) -> usize,
}

impl Handlers {
    /// Those of a screen with one list or one text.
    pub(super) fn by(act: fn(&mut App, Action, &mut Vec<Effect>)) -> Handlers {
        Handlers {
            act,
            settle: |_| {},
            back: |_, _| false,
            typed: |_, _, _| false,
            click: mouse::on_list,
            wheel: |_, _| mouse::NOTCH,
        }
    }
}

/// Where the rows of a list lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// With the border around them.
    pub area: Area,
    /// How many rows of the screen each takes.
    pub each: usize,
    pub len: usize,
}

impl Rows {
    /// The row at a place.
    pub(in crate::app) fn at(self, at: Position, list: List) -> Option<usize> {
        mouse::entry(self.area, at, list.top, self.each).filter(|row| *row < self.len)
    }
}
