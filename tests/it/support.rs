//! A small world and a desk in front of it: snapshots are built by hand from the public domain types, the clock
//! stands still until it is told, and screens are reached by the keys that an operator would press. Nothing here
//! asserts anything.

mod books;
mod desk;
mod recording;
// Each of the two that compile this file needs another part of it.
#[allow(dead_code)]
#[path = "../../src/testing.rs"]
mod small;
mod world;

pub use books::{with_own, with_several};
pub use desk::{Desk, clean, log_line, log_streams, theme};
pub use recording::Recording;
pub use small::{World, ago, deployment, node, now, pod};
pub use world::{event, oom_killed, stateful};
