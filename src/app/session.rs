//! The session as the core knows it: the same fold over the same records as in the journal.

use crate::record::{Event, SessionState};

/// Records and what they come to.
#[derive(Clone, Debug, Default)]
pub struct SessionView {
    pub state: SessionState,
    pub events: Vec<Event>,
}

impl SessionView {
    pub(crate) fn take(&mut self, event: Event) {
        self.state.take(&event);
        self.events.push(event);
    }
}
