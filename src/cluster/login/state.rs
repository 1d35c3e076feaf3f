//! How it stands with the credentials of a session, for those who wait for them and those who look on.
//!
//! Must not change anything: that is `login`'s.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kube::Client;
use tokio::sync::watch;

use super::now;
use crate::cluster::failure::Failure;
use crate::domain::{Asking, Timestamp};

/// How long before their end credentials are had anew, at most.
const EARLY_SECONDS: i64 = 60;

/// How it stands with the credentials.
#[derive(Clone)]
pub(super) enum State {
    /// To be had with the next request; whether the files are read again first.
    Untried {
        again: bool,
    },
    /// A run of the plugin, by its number.
    Asking(u64, Asking),
    Ready(Ready),
    /// Why they could not be had.
    Failed(Failure),
}

/// A client with its credentials.
#[derive(Clone)]
pub(super) struct Ready {
    pub client: Client,
    /// Makes a client with the same credentials and links of its own.
    pub other: Arc<dyn Fn() -> Option<Client> + Send + Sync>,
    pub since: Timestamp,
    pub until: Option<Timestamp>,
    /// How often the server took them.
    pub taken: Arc<AtomicU64>,
}

/// Follows what is waited for.
pub struct Follow {
    pub(super) states: watch::Receiver<State>,
    pub(super) last: Option<Asking>,
}

impl Follow {
    /// The next other answer: the plugin that runs, or that none does. None at the end of the session.
    pub async fn next(&mut self) -> Option<Option<Asking>> {
        loop {
            self.states.changed().await.ok()?;
            let now = match &*self.states.borrow_and_update() {
                State::Asking(_, asking) if !asking.plugin.is_empty() => Some(asking.clone()),
                _ => None,
            };
            if now != self.last {
                self.last.clone_from(&now);
                return Some(now);
            }
        }
    }
}

impl Ready {
    /// The server took the credentials.
    pub fn works(&self) {
        self.taken.fetch_add(1, Ordering::Relaxed);
    }

    /// How often it did so far.
    pub fn times(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// Whether these are those credentials, and no later ones.
    pub fn same(&self, other: &Ready) -> bool {
        Arc::ptr_eq(&self.taken, &other.taken)
    }

    /// Whether it is time to have other credentials.
    pub fn over(&self) -> bool {
        let Some(until) = self.until else { return false };
        // Credentials that last a minute are not asked for with every request.
        let lasts = until.as_second() - self.since.as_second();
        now().as_second() >= until.as_second() - (lasts / 10).clamp(0, EARLY_SECONDS)
    }
}
