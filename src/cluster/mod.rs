//! The one path to every cluster: connect, watch, assemble snapshots.

mod intern;
pub mod wire;
