//! opsbook takes an on-call operator of Kubernetes from the page to the verified fix.

pub mod action;
pub mod app;
pub mod cli;
pub mod clock;
pub mod cluster;
pub mod corpus;
pub mod detached;
pub mod detect;
pub mod domain;
pub mod keymap;
pub mod lang;
pub mod live;
pub mod machine;
pub mod op;
pub mod practice;
pub mod record;
pub mod redact;
pub mod runbook;
pub mod runtime;
pub mod search;
pub mod session;
#[cfg(feature = "execute")]
pub mod shell;
// Its outer name, for `testing`, which the tests from outside compile as well.
#[cfg(test)]
extern crate self as opsbook;
#[cfg(test)]
mod testing;
pub mod theme;
pub mod trust;
pub mod vault;
pub mod view;
pub mod walk;
