//! Asking a second person: the request goes into a file of its own, an answer is looked for beside it, and every answer is
//! checked by `trust`.
//!
//! Must not write a secret into a request: it leaves the house, so it is filtered like a record.

use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use super::runner::Runner;
use crate::app::Msg;
use crate::clock::Clock;
use crate::domain::Timestamp;
use crate::lang::t;
use crate::machine::read_beside;
use crate::op::{Agreement, PeerRequest};
use crate::session::write_private;
use crate::trust::Approvers;

/// How often an answer is looked for.
const EVERY: Duration = Duration::from_secs(1);
/// Largest answer, in bytes.
const LARGEST: u64 = 64 * 1024;

/// The request that can be answered now.
pub(super) struct Asked {
    id: String,
    line: String,
    watch: Option<AbortHandle>,
}

impl Drop for Asked {
    fn drop(&mut self) {
        if let Some(watch) = &self.watch {
            watch.abort();
        }
    }
}

/// What an answer is checked against.
#[derive(Clone)]
struct Against {
    approvers: Approvers,
    line: String,
    clock: Clock,
}

impl Against {
    async fn check(&self, answer: String) -> Result<Box<Agreement>, String> {
        let against = self.clone();
        let checked = tokio::task::spawn_blocking(move || {
            against.approvers.check(&against.line, &answer, against.clock.now())
        });
        match checked.await {
            Ok(said) => said.map(Box::new).map_err(|e| e.to_string()),
            Err(e) => Err(t!("runtime-peer-broke-off", why = e)),
        }
    }
}

impl Runner {
    /// Writes a request and looks for its answer. The one before is no longer answered.
    pub(super) fn ask_peer(&mut self, mut request: PeerRequest) {
        let (user, cluster) = self.setup.recorder.who_and_where();
        let secrets = self.setup.recorder.vault().secrets();
        request.each_text(&mut |text| *text = secrets.text(text).into_owned());
        (request.user, request.cluster) = (user, cluster);
        let (id, line, until) = (request.id.clone(), request.line(), request.until);
        let file = self.setup.exports.join(format!("opsbook-request-{id}.txt"));
        let written = write_private(&file, &format!("{line}\n"))
            .map(|()| file.display().to_string())
            .map_err(|e| t!("runtime-peer-unwritten", file = file.display(), why = e));
        let there = written.is_ok();
        let asked = Msg::PeerAsked { id: id.clone(), file: written };
        self.send(async move { asked });
        let against = self.against(&line);
        let watch = there.then(|| {
            let beside = PathBuf::from(format!("{}.approval", file.display()));
            let watch = Watch { file: beside, id: id.clone(), until, against, out: self.out.clone() };
            self.tasks.spawn(watch.look())
        });
        self.peer = Some(Asked { id, line, watch });
    }

    fn against(&self, line: &str) -> Against {
        let (approvers, clock) = (self.setup.approvers.clone(), self.setup.clock.clone());
        Against { approvers, line: line.to_owned(), clock }
    }

    /// Checks an answer that was pasted.
    pub(super) fn check_peer(&mut self, id: String, answer: String) {
        let asked = self.peer.as_ref().filter(|a| a.id == id).map(|a| a.line.clone());
        let against = asked.map(|line| self.against(&line));
        self.send(async move {
            let said = match against {
                Some(against) => against.check(answer).await,
                None => Err(t!("runtime-peer-not-asked").to_owned()),
            };
            Msg::PeerAnswered { id, said }
        });
    }
}

/// Looks for an answer beside the request.
struct Watch {
    file: PathBuf,
    id: String,
    until: Timestamp,
    against: Against,
    out: mpsc::Sender<Msg>,
}

impl Watch {
    /// Looks until a good one came or the time is over. Each other text is told once.
    async fn look(self) {
        let mut turns = tokio::time::interval(EVERY);
        let mut last = String::new();
        while self.against.clock.now() < self.until {
            turns.tick().await;
            let file = self.file.clone();
            let read = tokio::task::spawn_blocking(move || read_beside(&file, LARGEST));
            let Ok(Ok(text)) = read.await else { continue };
            // One that is being written has no end yet.
            if text == last || !text.ends_with('\n') {
                continue;
            }
            last.clone_from(&text);
            let said = self.against.check(text).await;
            let good = said.is_ok();
            if self.out.send(Msg::PeerAnswered { id: self.id.clone(), said }).await.is_err() || good {
                return;
            }
        }
    }
}
