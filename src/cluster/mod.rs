//! The one path to every cluster: connect, watch, assemble snapshots, read one object, write an approved
//! plan. To watch one more kind, add its line in `watched.rs`. It must not know the terminal: it is used by
//! the command line and by tests alike.

mod assemble;
mod connect;
mod credentials;
mod follow;
mod identity;
mod intern;
mod login;
mod pages;
mod read;
mod watch;
mod watched;
pub mod wire;
pub mod write;

pub use assemble::Observer;
pub use connect::{Choice, ConnectError, Connection, connect, context_of, explain};
pub use identity::{Identity, cluster_uid, identity};
pub use login::Login;
pub use read::{ReadError, logs, object_yaml};
