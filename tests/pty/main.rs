//! The real program in a terminal: a pseudo terminal, read through a terminal emulator. Nothing sleeps: every wait is
//! for something on the screen, and one that takes too long shows the screen instead.

// A test says what is wrong by panicking.
#![allow(clippy::unwrap_used, clippy::panic)]

mod contexts;
mod idle;
mod journey;
mod life;
mod panic;
mod peer;
mod shell;
mod steer;
mod terminal;
mod typing;
