//! The command line: arguments, and what each command does. Plain commands take their input as values, write
//! to a writer and return an exit code, of which `exit` says what each means. The writer is a [`Printer`]: nothing that they print steers a terminal.

mod approve;
mod args;
pub mod check;
mod check_data;
mod complete;
mod config;
mod contexts;
mod excerpt;
mod exit;
mod man;
mod mistake;
mod ops;
mod out;
mod papers;
mod picture;
mod practice;
mod rehearse;
mod resume;
mod run;
pub mod search;
mod sessions;
pub mod show;
#[cfg(feature = "execute")]
mod surroundings;
pub mod triage;
mod trusted;
mod tui;
mod values;
mod words;

pub use args::commands;
pub use out::Printer;
pub use run::main;
