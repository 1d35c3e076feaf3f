//! Commands that wait for a cluster, or for what they started, and are told to end meanwhile: they end as programs do that
//! a signal ends, and what they wait for ends with them.
//!
//! The full-screen program listens by itself (`runtime`). Must not be used around it.

use std::error::Error;
use std::io;

use thiserror::Error;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

/// The number of the signal that ended a command.
#[derive(Debug, Error)]
#[error("ended by signal {0}")]
pub(super) struct Signalled(u8);

impl Signalled {
    /// As shells say it.
    pub fn exit_code(&self) -> u8 {
        self.0.saturating_add(128)
    }
}

/// Waits for what a command does, or for the signal that ends it.
pub(super) fn until_signal<T>(
    runtime: &Runtime,
    work: impl Future<Output = T>,
) -> Result<T, Box<dyn Error + Send + Sync>> {
    runtime.block_on(async {
        let [hangup, interrupt, terminate] =
            [SignalKind::hangup(), SignalKind::interrupt(), SignalKind::terminate()].map(told);
        tokio::select! {
            biased;
            done = work => Ok(done),
            by = hangup => Err(by?.into()),
            by = interrupt => Err(by?.into()),
            by = terminate => Err(by?.into()),
        }
    })
}

/// Waits for a signal.
async fn told(kind: SignalKind) -> io::Result<Signalled> {
    signal(kind)?.recv().await;
    Ok(Signalled(u8::try_from(kind.as_raw_value()).unwrap_or_default()))
}
