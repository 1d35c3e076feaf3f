//! The session as the core knows it: the same fold over the same records as in the journal.

use crate::record::{Event, SessionState};

/// Records and what they come to.
#[derive(Clone, Debug, Default)]
pub struct SessionView {
    pub state: SessionState,
    pub events: Vec<Event>,
}

impl SessionView {
    /// Takes a record; one that is known already changes nothing.
    pub(crate) fn take(&mut self, event: Event) {
        if event.seq < self.events.len() as u64 {
            return;
        }
        self.state.take(&event);
        self.events.push(event);
    }
}
