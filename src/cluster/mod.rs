//! The one path to every cluster: connect, watch, assemble snapshots, read one object, write an approved
//! plan. To watch one more kind, add its line in `watched.rs`. It must not know the terminal: it is used by
//! the command line and by tests alike.

mod answer;
mod assemble;
mod bridge;
mod connect;
mod credentials;
#[cfg(feature = "execute")]
pub mod evidence;
mod failure;
mod identity;
mod intern;
mod kubeconfig;
mod log_lines;
mod login;
mod plugin;
mod read;
mod skew;
mod source;
mod watched;
pub mod wire;
#[cfg(feature = "execute")]
pub mod write;

pub use assemble::Observer;
pub use bridge::Unusable;
pub use connect::{Choice, ConnectError, Connection, Entry, NoContext, connect, context_of, explain};
#[cfg(feature = "execute")]
pub use identity::{Identity, identity};
pub use identity::{Which, which_cluster};
pub use login::{Follow, Login};
pub use read::{ReadError, logs, object_yaml};
pub use source::Retry;
