//! A small world and a desk in front of it: snapshots are built by hand from the public domain types, the clock
//! stands still until it is told, and screens are reached by the keys that an operator would press. Nothing here
//! asserts anything.

mod desk;
mod world;

pub use desk::{Desk, clean, theme};
pub use world::{World, ago, event, now, oom_killed, pod, stateful};
