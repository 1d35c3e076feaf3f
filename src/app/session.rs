//! The session as the core knows it: the same fold over the same records as in the journal.

use std::collections::BTreeMap;

use crate::record::{Event, SessionState};

/// Records and what they come to.
#[derive(Clone, Debug, Default)]
pub struct SessionView {
    pub state: SessionState,
    pub events: Vec<Event>,
    /// Records that came before one that is still on its way.
    early: BTreeMap<u64, Event>,
}

impl SessionView {
    /// Takes a record; one that is known already changes nothing.
    pub(crate) fn take(&mut self, event: Event) {
        if event.seq < self.events.len() as u64 {
            return;
        }
        // Several tasks tell of what they wrote, and not in the order of the journal.
        self.early.insert(event.seq, event);
        while let Some(next) = self.early.remove(&(self.events.len() as u64)) {
            self.state.take(&next);
            self.events.push(next);
        }
    }
}
