//! Follows single objects and small collections of kinds that are not watched, as long as something on the
//! screen asks for them. What is asked for comes as a whole set; the difference to the last one is started or
//! ended here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use futures::TryStreamExt;
use http::{Request, header};
use kube::Client;
use kube::core::WatchEvent;
use serde_json::Value;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::{AbortHandle, JoinSet};

use super::assemble::Batch;
use super::connect::{Connection, explain};
use super::wire::came;
use crate::domain::{Followed, Interest, ObjectRow, Str, SyncState, Timestamp};
use crate::vault::Vault;

/// Objects of a collection that are read with one request.
const PAGE: usize = 500;
/// A collection of more objects is cut: this is for what a person looks at, not for what is watched.
const MOST: usize = 20_000;
const WATCH_SECONDS: u32 = 290;
/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(20);
/// A watch that says nothing for so long is asked for anew: the link may have died without a word.
const SILENCE: Duration = Duration::from_mins(5);
const FIRST_DELAY: Duration = Duration::from_millis(200);
const LONGEST_DELAY: Duration = Duration::from_secs(30);
const REFUSED_DELAY: Duration = Duration::from_mins(5);

/// Starts and ends followers as the set of interests changes.
pub(super) async fn manage(
    connection: Connection,
    mut wanted: watch::Receiver<BTreeSet<Interest>>,
    out: mpsc::Sender<Batch>,
    retry: Arc<Notify>,
) {
    let mut tasks = JoinSet::new();
    let mut running: BTreeMap<Interest, AbortHandle> = BTreeMap::new();
    loop {
        let now = wanted.borrow_and_update().clone();
        let ended: Vec<_> = running.keys().filter(|i| !now.contains(*i)).cloned().collect();
        for interest in ended {
            if let Some(handle) = running.remove(&interest) {
                handle.abort();
            }
            let gone = Box::new(move |world: &mut crate::domain::ClusterSnapshot| {
                world.followed.remove(&interest);
            });
            if out.send(Batch::Rows(gone)).await.is_err() {
                return;
            }
        }
        for interest in now {
            running.entry(interest.clone()).or_insert_with(|| {
                let follower = Follower {
                    client: connection.client.clone(),
                    vault: connection.vault.clone(),
                    own_namespace: connection.namespace.clone(),
                    interest,
                    narrowed: false,
                    out: out.clone(),
                };
                tasks.spawn(follower.run(Arc::clone(&retry)))
            });
        }
        while tasks.try_join_next().is_some() {}
        if wanted.changed().await.is_err() {
            return;
        }
    }
}

/// Why a reading ended.
enum Ended {
    /// In good order: read on, or anew.
    Anew,
    Refused(SyncState),
    Failed(Str),
}

struct Follower {
    client: Client,
    vault: Vault,
    own_namespace: String,
    interest: Interest,
    /// The whole cluster was refused: only the own namespace is read.
    narrowed: bool,
    out: mpsc::Sender<Batch>,
}

impl Follower {
    async fn run(mut self, retry: Arc<Notify>) {
        self.edit(|followed| followed.state = SyncState::Loading(0)).await;
        let mut delay = FIRST_DELAY;
        while !self.out.is_closed() {
            let wait = match self.read_and_follow().await {
                Ended::Anew => {
                    delay = FIRST_DELAY;
                    delay
                }
                Ended::Refused(SyncState::Forbidden(_)) if self.may_narrow() => {
                    self.narrowed = true;
                    Duration::ZERO
                }
                Ended::Refused(state) => {
                    self.edit(|followed| followed.state = state).await;
                    REFUSED_DELAY
                }
                Ended::Failed(why) => {
                    tracing::warn!(interest = %self.interest, %why, "following failed");
                    self.failed(why).await;
                    delay = (delay * 2).min(LONGEST_DELAY);
                    delay
                }
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = retry.notified() => {}
                () = self.out.closed() => return,
            }
        }
    }

    fn may_narrow(&self) -> bool {
        self.interest.kind.meta().namespaced && self.interest.namespace.is_none() && !self.narrowed
    }

    async fn failed(&self, why: Str) {
        let now = Timestamp::now();
        self.edit(move |followed| {
            let since = match &followed.state {
                SyncState::Stale { since, .. } | SyncState::Failed { since, .. } => *since,
                _ => now,
            };
            followed.state = if followed.state.complete() {
                SyncState::Stale { since, why }
            } else {
                SyncState::Failed { since, why }
            };
        })
        .await;
    }

    async fn edit(&self, change: impl FnOnce(&mut Followed) + Send + 'static) {
        let interest = self.interest.clone();
        let edit = Box::new(move |world: &mut crate::domain::ClusterSnapshot| {
            change(world.followed.entry(interest).or_default());
        });
        let _ = self.out.send(Batch::Rows(edit)).await;
    }

    fn query(&self) -> String {
        let path = if self.narrowed {
            self.interest.kind.path(Some(&self.own_namespace))
        } else {
            self.interest.path()
        };
        match &self.interest.name {
            Some(name) => format!("{path}?fieldSelector=metadata.name%3D{}", crate::domain::selector(name)),
            None => format!("{path}?"),
        }
    }

    async fn read_and_follow(&self) -> Ended {
        let (rows, version, cut) = match self.list().await {
            Ok(read) => read,
            Err(ended) => return ended,
        };
        let only = self.narrowed.then(|| Str::from(self.own_namespace.as_str()));
        self.edit(move |followed| {
            followed.seq += 1;
            followed.only = only;
            followed.cut = cut;
            followed.rows = rows.into_iter().map(|row| (row.meta.key(), Arc::new(row))).collect();
            followed.state = SyncState::Live;
        })
        .await;
        self.watch(version).await
    }

    /// The rows, the version to go on from, and whether there were too many.
    async fn list(&self) -> Result<(Vec<ObjectRow>, String, bool), Ended> {
        let (mut rows, mut token) = (Vec::new(), String::new());
        loop {
            let mut uri = format!("{}&limit={PAGE}", self.query());
            if !token.is_empty() {
                uri = format!("{uri}&continue={token}");
            }
            let request = get(&uri).map_err(|e| Ended::Failed(e.to_string().into()))?;
            let answer = tokio::time::timeout(ANSWER, self.client.request::<Value>(request)).await;
            let Ok(answer) = answer else {
                return Err(Ended::Failed(format!("no answer within {} s", ANSWER.as_secs()).into()));
            };
            let mut page = answer.map_err(|e| refused(&e))?;
            self.vault.learn(&page);
            let kind = self.interest.kind;
            came::value_list(&page, kind).map_err(|why| Ended::Failed(why.into()))?;
            if let Value::Array(items) = page["items"].take() {
                rows.extend(items.into_iter().map(|mut item| {
                    // Items of a list do not say what they are.
                    item["kind"] = Value::from(kind.name());
                    item["apiVersion"] = Value::from(kind.api_version());
                    ObjectRow::read(item)
                }));
            }
            page["metadata"]["continue"].as_str().unwrap_or_default().clone_into(&mut token);
            if token.is_empty() || rows.len() >= MOST {
                let version = page["metadata"]["resourceVersion"].as_str().unwrap_or_default();
                return Ok((rows, version.to_owned(), !token.is_empty()));
            }
        }
    }

    async fn watch(&self, version: String) -> Ended {
        let uri = format!(
            "{}&watch=true&allowWatchBookmarks=true&timeoutSeconds={WATCH_SECONDS}&resourceVersion={version}",
            self.query()
        );
        let request = match get(&uri) {
            Ok(request) => request,
            Err(e) => return Ended::Failed(e.to_string().into()),
        };
        let events = match self.client.request_events::<Value>(request).await {
            Ok(events) => events,
            Err(e) => return refused(&e),
        };
        let mut events = std::pin::pin!(events);
        loop {
            let event = match tokio::time::timeout(SILENCE, events.try_next()).await {
                Ok(Ok(Some(event))) => event,
                // The server ends a watch after its time; a silent link is asked anew.
                Ok(Ok(None)) | Err(_) => return Ended::Anew,
                Ok(Err(e)) => return Ended::Failed(explain(&e).into()),
            };
            if let WatchEvent::Added(object) | WatchEvent::Modified(object) | WatchEvent::Deleted(object) =
                &event
                && let Err(why) = came::value(object, self.interest.kind)
            {
                return Ended::Failed(why.into());
            }
            match event {
                WatchEvent::Added(object) | WatchEvent::Modified(object) => {
                    self.vault.learn(&object);
                    let row = ObjectRow::read(object);
                    self.edit(|followed| followed.put(row)).await;
                }
                WatchEvent::Deleted(object) => {
                    let key = ObjectRow::read(object).meta.key();
                    self.edit(move |followed| followed.take_out(&key)).await;
                }
                WatchEvent::Bookmark(_) => {}
                // Too old a version: read anew.
                WatchEvent::Error(status) if status.code == 410 => return Ended::Anew,
                WatchEvent::Error(status) => {
                    return Ended::Failed(crate::domain::sanitize(&status.message).into());
                }
            }
        }
    }
}

fn get(uri: &str) -> Result<Request<Vec<u8>>, http::Error> {
    Request::get(uri).header(header::ACCEPT, "application/json").body(Vec::new())
}

fn refused(error: &kube::Error) -> Ended {
    match error {
        kube::Error::Api(status) if status.code == 403 => Ended::Refused(SyncState::Forbidden("list".into())),
        kube::Error::Api(status) if status.code == 404 => Ended::Refused(SyncState::NotServed),
        kube::Error::Api(status) if status.code == 410 => Ended::Anew,
        other => Ended::Failed(explain(other).into()),
    }
}
