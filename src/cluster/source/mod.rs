//! Where facts come from. A source is a watched kind, or something that is followed because the screen needs it. There is
//! one engine for both: it reads the whole cluster, and where that is forbidden the namespaces that were named.
//!
//! `reading.rs` is one reading of a source or of one namespace of it (`stream.rs`, `pages.rs`), `pause.rs` when it asks again,
//! `sink.rs` what it reads into, `batch.rs` what it tells the assembler, `followed.rs` what is followed now. A source must
//! not touch the picture: it tells.
//!
//! To read another plane than the API, write a task that tells [`Batch`]es.

mod batch;
mod followed;
mod pages;
mod pause;
mod reading;
mod request;
mod sink;
mod stream;

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use kube::Client;
use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinSet};

pub(super) use batch::{Batch, News, Parts, SourceId, show};
pub(super) use followed::manage;
use pause::REFUSED;
use reading::Reading;
pub(super) use request::{read_status, send};
pub(super) use sink::{Rows, Sink};

use crate::domain::{Namespaces, Str, SyncState};

/// By which the operator asks again. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Retry(watch::Sender<Asked>);

/// What was asked for so far.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    /// How often.
    count: u64,
    /// The number of the latest look that somebody waits for.
    look: u64,
}

impl Retry {
    /// Whatever failed or was refused is asked for at once, and every stream is opened anew: a link that died without a
    /// word looks like one on which nothing happens. What is shown stays.
    pub fn ask(&self) {
        self.0.send_modify(|asked| asked.count += 1);
    }

    /// The same, for somebody who waits until all of it was heard of since: the pictures say which look they are of.
    pub fn look(&self, number: u64) {
        self.0.send_modify(|asked| (asked.count, asked.look) = (asked.count + 1, asked.look.max(number)));
    }

    pub(super) fn asks(&self) -> Asks {
        Asks(self.0.subscribe())
    }
}

/// Hears when the operator asks again; each clone hears it once, also when it was busy meanwhile.
#[derive(Clone, Debug)]
pub(super) struct Asks(watch::Receiver<Asked>);

impl Asks {
    /// The number of the latest look.
    fn latest(&self) -> u64 {
        self.0.borrow().look
    }

    async fn asked(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// What every reading needs.
#[derive(Clone)]
pub(super) struct Link {
    pub client: Client,
    pub out: mpsc::Sender<Batch>,
    /// The namespaces that are read where the whole cluster is forbidden.
    pub namespaces: watch::Receiver<Namespaces>,
    /// Ends a rest at once, and opens a stream anew.
    pub retry: Asks,
    /// Once it follows, it rests so long after each reading.
    pub calm: Duration,
}

impl Link {
    /// Rests; whether the operator ended it.
    async fn rest(&mut self, rest: Duration) -> bool {
        tokio::select! {
            biased;
            () = self.retry.asked() => true,
            () = tokio::time::sleep(rest) => false,
        }
    }

    /// What may not be read, or is not served, is not kept as if it were known.
    async fn refused<S: Sink>(&self, sink: &S, part: Option<Str>, state: SyncState) {
        let drop = sink.drop_rest(HashSet::new(), part.clone());
        self.tell(sink.source(), part, News::Refused(state, drop)).await;
    }

    async fn tell(&self, source: SourceId, part: Option<Str>, news: News) {
        // Without a reader this task is about to be ended.
        let _ = self.out.send(Batch::News { source, part, news }).await;
    }
}

/// Reads a source for ever.
pub(super) async fn run<S: Sink>(sink: S, mut link: Link) {
    let mut first = true;
    loop {
        let _ = link.out.send(Batch::Whole(sink.source())).await;
        let mut reading = Reading::new(sink.another(), None, link.clone());
        // Rows of an earlier reading must go that are no more.
        reading.handed = !std::mem::take(&mut first);
        let refused = reading.run().await;
        let apart = sink.kind().meta().namespaced && sink.namespace().is_none();
        if apart && matches!(refused, SyncState::Forbidden(_)) {
            namespaces(&sink, link.clone()).await;
        } else {
            link.refused(&sink, None, refused).await;
            link.rest(REFUSED).await;
        }
        if link.out.is_closed() {
            return;
        }
    }
}

/// Reads the namespaces that were named, until the whole cluster may be read.
async fn namespaces<S: Sink>(sink: &S, mut link: Link) {
    let mut tasks = JoinSet::new();
    let mut running: BTreeMap<Str, AbortHandle> = BTreeMap::new();
    loop {
        let wanted = link.namespaces.borrow_and_update().clone();
        running.retain(|namespace, task| {
            wanted.contains(namespace) || {
                task.abort();
                false
            }
        });
        let drop_outside = sink.drop_outside(wanted.clone());
        let narrowed = Batch::Narrowed { source: sink.source(), to: wanted.clone(), drop_outside };
        if link.out.send(narrowed).await.is_err() {
            return;
        }
        for namespace in wanted.iter() {
            running.entry(namespace.clone()).or_insert_with(|| {
                tasks.spawn(one_namespace(sink.another(), namespace.clone(), link.clone()))
            });
        }
        while tasks.try_join_next().is_some() {}
        loop {
            let asks = tokio::select! {
                changed = link.namespaces.changed() => if changed.is_err() { return } else { false },
                () = tokio::time::sleep(REFUSED) => true,
                () = link.retry.asked() => true,
            };
            if !asks {
                break;
            }
            if may_list(sink, &link).await {
                return;
            }
        }
    }
}

async fn one_namespace<S: Sink>(sink: S, namespace: Str, mut link: Link) {
    while !link.out.is_closed() {
        let mut reading = Reading::new(sink.another(), Some(namespace.clone()), link.clone());
        reading.handed = true;
        let refused = reading.run().await;
        link.refused(&sink, Some(namespace.clone()), refused).await;
        link.rest(REFUSED).await;
    }
}

/// Whether the whole cluster may be listed now.
async fn may_list<S: Sink>(sink: &S, link: &Link) -> bool {
    let uri = format!("{}?limit=1", sink.kind().path(None));
    let answer = send(&link.client, &uri, &S::ENCODINGS.join(", ")).await;
    answer.is_ok_and(|a| a.status().is_success())
}
