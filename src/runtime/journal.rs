//! The journal of this session, shared by all who record. It is made with the first record.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::clock::Clock;
use crate::domain::ClusterInfo;
use crate::record::{Event, Flags, What};
use crate::session::{Journal, JournalError};

/// A handle to the journal.
#[derive(Clone)]
pub struct Recorder {
    inner: Arc<Mutex<Inner>>,
    clock: Clock,
}

struct Inner {
    folder: PathBuf,
    journal: Option<Journal>,
    info: ClusterInfo,
    flags: Flags,
}

impl Recorder {
    /// Records into a new journal in this folder, or goes on with one.
    pub fn new(folder: PathBuf, resumed: Option<Journal>, info: ClusterInfo, clock: Clock) -> Recorder {
        let inner = Inner { folder, journal: resumed, info, flags: Flags::default() };
        Recorder { inner: Arc::new(Mutex::new(inner)), clock }
    }

    /// Also records what chose the cluster.
    #[must_use]
    pub fn with_flags(self, flags: Flags) -> Recorder {
        self.lock().flags = flags;
        self
    }

    /// Writes a record and waits for the disk. It blocks: call it from a task, never from the loop.
    pub fn append(&self, what: What) -> Result<Vec<Event>, JournalError> {
        let mut inner = self.lock();
        let mut out = Vec::new();
        let now = self.clock.now();
        if inner.journal.is_none() {
            let id = format!("{}-{:04x}", now.strftime("%Y%m%d-%H%M%S"), std::process::id() & 0xffff);
            let mut journal = Journal::create(&inner.folder.join(format!("{id}.jsonl")))?;
            let started = What::Started {
                id,
                version: env!("CARGO_PKG_VERSION").to_owned(),
                user: user(),
                context: inner.info.context.clone(),
                server: inner.info.server.clone(),
                practice: inner.info.practice,
                flags: inner.flags.clone(),
            };
            out.push(journal.append(now, started)?.clone());
            inner.journal = Some(journal);
        }
        if let Some(journal) = &mut inner.journal {
            out.push(journal.append(now, what)?.clone());
        }
        Ok(out)
    }

    /// All records so far.
    pub fn events(&self) -> Vec<Event> {
        self.lock().journal.as_ref().map(|j| j.events().to_vec()).unwrap_or_default()
    }

    /// Where the journal is; none before the first record.
    pub fn path(&self) -> Option<PathBuf> {
        self.lock().journal.as_ref().map(|j| j.path().to_owned())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        // A panic while recording leaves whole records behind: going on is right.
        self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Name of the user at this machine.
pub fn user() -> String {
    let by_id = nix::unistd::User::from_uid(nix::unistd::Uid::current()).ok().flatten();
    by_id.map(|u| u.name).or_else(|| std::env::var("USER").ok()).unwrap_or_else(|| "unknown".to_owned())
}
