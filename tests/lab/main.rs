//! Tests against a real Kubernetes API server, and the same against the practice cluster: what passes on one
//! and not on the other is a practice cluster that lies.
//!
//! The real ones run where `OPSBOOK_LAB=1` is set; without it each says so on standard error and passes.
//! README.md in this folder has the lab itself. A new test is a function in `both/` that takes a
//! [`support::Cluster`] and a line in `both/mod.rs`, or one in `real/` when only the real server can show it.

// A test says what is wrong by panicking.
#![allow(clippy::unwrap_used, clippy::panic)]

mod answers;
mod both;
mod real;
mod scripts;
#[path = "../servers/mod.rs"]
mod servers;
mod soak;
mod support;
// A `kubectl` that only writes down what it is given.
#[path = "../it/support/recording.rs"]
mod recording;
// The driver of the terminal's own tests; here the program is started to be killed.
#[allow(dead_code)]
#[path = "../pty/terminal.rs"]
mod terminal;
