//! opsbook takes an on-call operator of Kubernetes from the page to the verified fix.

pub mod action;
pub mod app;
pub mod cli;
pub mod clock;
pub mod cluster;
pub mod corpus;
pub mod detect;
pub mod domain;
pub mod keymap;
pub mod live;
pub mod op;
pub mod practice;
pub mod record;
pub mod runbook;
pub mod search;
pub mod session;
#[cfg(test)]
mod testing;
pub mod theme;
pub mod view;
