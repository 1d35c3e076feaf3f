//! A selection that moves through rows, and a position in a text.

use crate::action::Action;

/// The selected row and the first visible one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct List {
    pub selected: usize,
    pub top: usize,
}

impl List {
    /// Moves the selection. False when the action does not move.
    pub fn act(&mut self, action: Action, len: usize, height: usize) -> bool {
        let last = len.saturating_sub(1);
        let page = height.saturating_sub(1).max(1);
        self.selected = match action {
            Action::Up => self.selected.saturating_sub(1),
            Action::Down => self.selected + 1,
            Action::PageUp => self.selected.saturating_sub(page),
            Action::PageDown => self.selected + page,
            Action::Top => 0,
            Action::Bottom => last,
            _ => return false,
        };
        self.keep(len, height);
        true
    }

    /// Keeps the selection among the rows and within the window.
    pub fn keep(&mut self, len: usize, height: usize) {
        self.selected = self.selected.min(len.saturating_sub(1));
        let height = height.max(1);
        if self.selected < self.top {
            self.top = self.selected;
        } else if self.selected >= self.top + height {
            self.top = self.selected + 1 - height;
        }
        self.top = self.top.min(len.saturating_sub(height));
    }
}

/// A position in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    pub top: usize,
}

impl Scroll {
    /// Moves through a text of so many rows. False when the action does not move.
    pub fn act(&mut self, action: Action, len: usize, height: usize) -> bool {
        let last = len.saturating_sub(height);
        let page = height.saturating_sub(1).max(1);
        self.top = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top + 1,
            Action::PageUp => self.top.saturating_sub(page),
            Action::PageDown => self.top + page,
            Action::Top => 0,
            Action::Bottom => last,
            _ => return false,
        };
        self.top = self.top.min(last);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_selection_stays_among_the_rows_and_in_the_window(
            moves in proptest::collection::vec(0usize..6, 0..40), len in 0usize..50, height in 0usize..20,
        ) {
            let actions = [Action::Up, Action::Down, Action::PageUp, Action::PageDown, Action::Top, Action::Bottom];
            let (mut list, mut scroll) = (List::default(), Scroll::default());
            for m in moves {
                list.act(actions[m], len, height);
                scroll.act(actions[m], len, height);
                prop_assert!(len == 0 || list.selected < len);
                prop_assert!(list.top <= list.selected && list.selected < list.top + height.max(1));
                prop_assert!(scroll.top + height <= len.max(height));
            }
        }
    }
}
