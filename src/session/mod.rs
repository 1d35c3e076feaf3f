//! The journals of sessions on the disk: append-only, chained, synced, private. What a record means is
//! `record`'s.

mod files;
mod hand_over;
mod journal;
mod store;

pub use files::{new_folder, write_file};
pub use hand_over::{HandOver, HandOverError, is_hand_over, verify_hand_over};
pub use journal::{Journal, JournalError, Verified, read, read_whole, verify};
pub use store::{Summary, append_private, close, find, folder, list, private_folder, write_private};
