//! What opsbook takes from this machine: files that others may have filled, and programs that it starts.
//!
//! Must not know what a file means or what a program is for. Every file that comes from elsewhere than opsbook itself is
//! read through [`read`], [`read_beside`] or [`read_own`], and every program is found by [`find_program`]; a test of the
//! layers names the few other places, each with its reason.

mod files;
mod own;
mod programs;

pub use files::{FileFault, open, read, read_beside};
pub use own::{OwnFault, fresh_folder, read_own};
pub use programs::{absolute_path, find_program, program};
