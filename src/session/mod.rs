//! Sessions: what was seen, decided, done and proved, in an append-only journal. The state of a session is a
//! fold over its journal, so that resume, timeline, undo list and export come from the same code.
//!
//! To record something new, add a variant to [`What`], its words in `timeline.rs`, and where it changes the
//! state, its case in `state.rs`.

mod event;
mod export;
mod journal;
mod state;
mod store;
mod timeline;

pub use event::{Ending, Event, RunEnd, What};
pub use export::markdown;
pub use journal::{Journal, JournalError, Verified, read, verify};
pub use state::{PlanState, SessionState, StepState, UndoEntry};
pub use store::{Summary, find, folder, list};
pub use timeline::words;
