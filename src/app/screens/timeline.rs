//! The timeline of the session: which of its records are shown, and the one under the cursor.

use super::{Handlers, List, Rows, Surface};
use crate::action::{Action, Context};
use crate::app::copy::{Candidate, of};
use crate::app::{App, SessionView, layout, update};
use crate::domain::ClusterSnapshot;
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
    pub fn places(&self, session: &SessionView) -> Vec<usize> {
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

impl Surface for Timeline {
    fn contexts(&self) -> Vec<Context> {
        vec![Context::Session, Context::List]
    }

    #[rustfmt::skip]
    fn hints(&self) -> &'static [Action] {
        use Action as A;
        &[A::Pin, A::NoteHere, A::ShowOnly, A::Export, A::Undo, A::Note, A::Open, A::Copy]
    }

    fn handlers(&self) -> Handlers {
        Handlers { settle: update::session::settle, ..Handlers::by(update::session::act) }
    }

    fn does(&self, app: &App, action: Action) -> bool {
        match action {
            Action::Undo => !app.session.state.undo_list().is_empty(),
            Action::Note => true,
            _ => !app.session.events.is_empty(),
        }
    }

    fn copies(&self, app: &App) -> Vec<Candidate> {
        let row = self.places(&app.session).get(self.list.selected).copied();
        let event = row.and_then(|row| app.session.events.get(row));
        event.into_iter().map(|e| of(t!("app-copy-record"), crate::record::words(&e.what).1)).collect()
    }

    fn rows(&self, app: &App) -> Option<Rows> {
        let undo = app.session.state.undo_list().len();
        let (area, _) = layout::session(layout::frame(app).body, undo);
        Some(Rows { area, each: 1, len: self.places(&app.session).len() })
    }

    fn list(&mut self) -> Option<&mut List> {
        Some(&mut self.list)
    }

    fn clicked(&mut self, _: &ClusterSnapshot) {
        self.at_end = false;
    }
}
