//! What the command line does, as plain functions: they take their input as values, write to a writer and
//! return an exit code. Nothing here reads arguments, the environment or a terminal.

pub mod check;
pub mod search;
pub mod show;
