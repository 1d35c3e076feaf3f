//! The journals of sessions on the disk: append-only, chained, synced, private. What a record means is
//! `record`'s.

mod journal;
mod store;

pub use journal::{Journal, JournalError, Verified, read, verify};
pub use store::{Summary, find, folder, list};
