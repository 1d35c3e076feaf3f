//! The timeline of the session: which of its records are shown, and the one under the cursor.

use super::List;
use crate::app::SessionView;
use crate::lang::t;
use crate::record::{in_timeline, is_failure};

/// Which records are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Only {
    #[default]
    All,
    /// What is marked as important.
    Pins,
    /// What went wrong.
    Failures,
}

impl Only {
    /// The next choice, round and round.
    #[must_use]
    pub fn next(self) -> Only {
        match self {
            Only::All => Only::Pins,
            Only::Pins => Only::Failures,
            Only::Failures => Only::All,
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Only::All => "records",
            Only::Pins => t!("app-screens-timeline-marked-as-important"),
            Only::Failures => "failures",
        }
    }
}

/// The state of the timeline.
#[derive(Clone, Copy, Debug)]
pub struct Timeline {
    pub list: List,
    pub only: Only,
    /// The cursor stays on the last record as new ones come.
    pub at_end: bool,
}

impl Default for Timeline {
    fn default() -> Timeline {
        Timeline { list: List::default(), only: Only::All, at_end: true }
    }
}

impl Timeline {
    /// The places of the records that are shown.
    pub fn rows(&self, session: &SessionView) -> Vec<usize> {
        let wanted = |i: &usize| {
            let event = &session.events[*i];
            match self.only {
                Only::All => in_timeline(&event.what),
                Only::Pins => session.state.pins.contains(&event.seq),
                Only::Failures => is_failure(&event.what),
            }
        };
        (0..session.events.len()).filter(wanted).collect()
    }
}
