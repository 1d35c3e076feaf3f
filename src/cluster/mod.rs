//! The one path to every cluster: connect, watch, assemble snapshots. To watch one more kind, add its line in
//! `watched.rs`. It must not know the terminal: it is used by the command line and by tests alike.

mod assemble;
mod connect;
mod intern;
mod pages;
mod watch;
mod watched;
pub mod wire;

pub use assemble::Observer;
pub use connect::{Choice, ConnectError, Connection, connect, explain};
