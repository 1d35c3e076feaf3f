//! What each message does to the state, and which effects follow: the core alone, with the journal, the dry run and
//! the tasks played by hand.

mod after_all;
mod again;
mod any_order;
mod broken;
mod busy;
mod chaos;
mod connection;
mod contexts;
mod dialog;
mod each;
mod each_recorded;
mod explorer;
mod form;
mod include;
mod late;
mod login;
mod logs;
mod operations;
mod panes;
mod params;
mod peer;
mod preflight;
mod production;
mod reading;
mod resume;
mod retry;
mod runbook;
mod safety;
mod session;
mod shell;
mod sight;
mod tasks;
mod terminal;
mod trust;
mod walks;
