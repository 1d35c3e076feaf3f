//! Tests of the library from outside.

// A test says what is wrong by panicking.
#![allow(clippy::unwrap_used, clippy::panic)]

mod cli;
mod fuzz;
mod hostile;
mod layering;
mod linear;
mod odd;
mod pasted;
mod practice;
mod promises;
mod report;
mod search;
mod secrets;
mod support;
mod texts;
mod update;
mod view;
