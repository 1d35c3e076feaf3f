//! Runs the scripts of shell steps: each place has a runner, and all of them keep the same promises. The body is given to
//! the interpreter as it stands in the runbook; values reach it as environment variables; what it writes comes out line by
//! line, bounded, without secrets and without what steers a terminal.
//!
//! Must not decide whether a script may run: it is given approved plans only. Must not put a value into the text of a
//! script. To add a place, add a file with a [`Runner`] and its arm in [`Shell::runner`].

mod container;
mod environment;
mod kubeconfig;
mod local;
mod output;
mod pty;
mod quote;
mod tools;
mod wires;

use futures::future::BoxFuture;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::op::{Place, Script};
use crate::vault::Vault;

pub use environment::Surroundings;
pub use pty::{Process, open};
pub use quote::quoted;
pub use tools::say_version;
pub use wires::{CHUNK, Wires};

/// Bytes of one stream that are kept for values.
pub const MOST_KEPT: usize = 256 << 10;

/// How a script ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with this code.
    Code(i32),
    /// A signal ended it that did not come from here.
    Signal(i32),
    /// The operator stopped it, and it is gone.
    Cancelled,
    /// Its time was over, and it is gone.
    TimedOut,
    /// It was not begun; nothing ran.
    NotStarted(String),
    /// It is not known how it ended, or whether it has.
    Unknown(String),
}

/// A script that ended.
#[derive(Debug)]
pub struct Ran {
    pub ended: Ended,
    /// What it wrote, up to [`MOST_KEPT`] bytes of each stream; secrets are in it.
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    /// It wrote more than that.
    pub cut: bool,
}

impl Ran {
    fn not_started(why: impl Into<String>) -> Ran {
        Ran { ended: Ended::NotStarted(why.into()), stdout: Vec::new(), stderr: Vec::new(), cut: false }
    }
}

/// What a script is run with.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    pub script: &'a Script,
    /// Where its lines go. Who does not read them slows the script.
    pub lines: mpsc::Sender<Vec<String>>,
    pub vault: Vault,
    pub cancel: CancellationToken,
}

/// A place that scripts run on.
pub trait Runner: Send + Sync {
    /// Why a script could not run here; asked before the operator decides. It runs nothing.
    fn ready(&self, script: &Script) -> Result<(), String>;

    /// Runs it to its end. Dropping the future ends the script as far as the place allows it.
    fn run<'a>(&'a self, job: Job<'a>) -> BoxFuture<'a, Ran>;
}

/// All places.
#[derive(Clone)]
pub struct Shell {
    client: kube::Client,
    around: std::sync::Arc<environment::Kept>,
}

impl Shell {
    pub fn new(client: kube::Client, around: Surroundings) -> Shell {
        Shell { client, around: std::sync::Arc::new(environment::Kept(around)) }
    }

    /// The runner of a place.
    pub fn runner(&self, place: &Place) -> Box<dyn Runner> {
        match place {
            Place::Local => Box::new(local::Local { around: std::sync::Arc::clone(&self.around) }),
            Place::Container { .. } => Box::new(container::Container { client: self.client.clone() }),
        }
    }

    /// What scripts on this machine see.
    pub fn around(&self) -> &Surroundings {
        &self.around
    }
}
