//! One file per screen, of the same name as its state.

pub mod board;
pub mod contexts;
pub mod detail;
pub mod explorer;
pub mod help;
pub mod library;
pub mod logs;
pub mod pane;
pub mod runbook;
pub mod session;
pub mod tasks;
pub mod terminal;
pub mod triage;
