//! One watch for one kind: list and follow in a single streamed request, decoded as it arrives. It never
//! ends on an error: it says what is wrong, waits longer each time, and goes on.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use kube::Client;
use kube::client::Body;
use tokio::sync::{Notify, mpsc};

use super::assemble::Batch;
use super::connect::{Connection, explain};
use super::intern::Interner;
use super::pages;
use super::watched::Watched;
use super::wire::frames::{Encoding, Frames, WatchEvent};
use super::wire::meta::Status;
use crate::domain::{RowKey, Str, SyncState};

/// Accepted encodings in the order of preference; the server decides.
const ACCEPT: &str =
    "application/vnd.kubernetes.protobuf;stream=watch, application/json;stream=watch, application/json";
/// The server ends a watch after this time, so that a link that died silently is noticed.
const WATCH_SECONDS: u32 = 290;
/// Rows handed over at once, so that the assembler is woken rarely while a large state streams in.
const BATCH: usize = 256;
/// How long a calm watch waits for more before it hands over what it has.
const MORE: Duration = Duration::from_millis(5);
const FIRST_DELAY: Duration = Duration::from_millis(200);
const LONGEST_DELAY: Duration = Duration::from_secs(30);
/// A watch that says nothing for so long is asked for anew: the link may have died without a word. Servers
/// send bookmarks every minute.
const SILENCE: Duration = Duration::from_secs(75);
/// How long the head of an answer may take.
const ANSWER: Duration = Duration::from_secs(20);
/// What is forbidden or not served rarely changes: such a kind is asked for again this seldom.
const REFUSED_DELAY: Duration = Duration::from_mins(5);

/// Why a request ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// The server closed the stream in good order, or its version is too old to go on from.
    Anew {
        keep_version: bool,
    },
    /// The server does not stream lists.
    NoStreaming,
    Forbidden(Str),
    NotServed,
    Failed(Str),
}

impl Ended {
    pub(super) fn from_status(code: StatusCode, status: &Status, verb: &str) -> Ended {
        match code.as_u16() {
            403 => Ended::Forbidden(verb.into()),
            404 => Ended::NotServed,
            410 => Ended::Anew { keep_version: false },
            _ => Ended::Failed(
                format!("{} {}", code.as_u16(), crate::domain::sanitize(&status.message)).into(),
            ),
        }
    }
}

/// Follows one kind for ever. `namespace` limits it where the user may not read the whole cluster.
pub(super) struct Watch<R: Watched> {
    pub client: Client,
    /// The namespace of the context: the fallback where the whole cluster is forbidden.
    pub own_namespace: String,
    /// Once it follows, it rests so long after each reading.
    pub calm: Duration,
    pub out: mpsc::Sender<Batch>,
    /// Only this namespace, once the whole cluster was refused.
    scope: Option<String>,
    streaming: bool,
    strings: Interner,
    /// Version to go on from; none asks for the whole state.
    version: Option<String>,
    /// Keys of the state that is being read, to drop what is no longer there; not needed the first time.
    seen: Option<HashSet<RowKey>>,
    filled_once: bool,
    /// Rows were handed over, so a new reading of the whole state must drop what is no longer there.
    handed: bool,
    /// Ends a wait at once: the operator asks again.
    retry: Arc<Notify>,
    /// The last request failed: the next good answer says that the kind is live again.
    failed: bool,
    pending: Vec<(R, bool)>,
}

impl<R: Watched> Watch<R> {
    pub fn new(
        connection: &Connection,
        calm: Duration,
        out: mpsc::Sender<Batch>,
        retry: Arc<Notify>,
    ) -> Watch<R> {
        Watch {
            client: connection.client.clone(),
            own_namespace: connection.namespace.clone(),
            calm,
            out,
            scope: None,
            streaming: true,
            strings: Interner::default(),
            version: None,
            seen: None,
            filled_once: false,
            handed: false,
            retry,
            failed: false,
            pending: Vec::new(),
        }
    }

    /// Runs until the reader of the batches is gone.
    pub async fn run(mut self) {
        let mut delay = FIRST_DELAY;
        while !self.out.is_closed() {
            let ended = if self.version.is_none() && !self.streaming {
                self.pages().await
            } else {
                self.stream().await
            };
            // What was read is true, whatever ended the reading.
            self.flush().await;
            let wait = match ended {
                Ended::Anew { keep_version } => {
                    if !keep_version {
                        self.version = None;
                    }
                    delay = FIRST_DELAY;
                    FIRST_DELAY
                }
                Ended::NoStreaming => {
                    self.streaming = false;
                    Duration::ZERO
                }
                Ended::Forbidden(_) if R::KIND.meta().namespaced && self.scope.is_none() => {
                    self.scope = Some(self.own_namespace.clone());
                    self.version = None;
                    if self.filled_once {
                        // What was read of the other namespaces is not followed any more.
                        let why = "the whole cluster may not be read any more".into();
                        let _ = self.out.send(Batch::Failed { kind: R::KIND, why }).await;
                    }
                    Duration::ZERO
                }
                Ended::Forbidden(verb) => {
                    self.version = None;
                    self.say(SyncState::Forbidden(verb)).await;
                    self.scope = None;
                    REFUSED_DELAY
                }
                Ended::NotServed => {
                    self.version = None;
                    self.say(SyncState::NotServed).await;
                    REFUSED_DELAY
                }
                Ended::Failed(why) => {
                    tracing::warn!(kind = R::KIND.name(), %why, "watch failed");
                    self.failed = true;
                    let stale = Batch::Failed { kind: R::KIND, why };
                    let _ = self.out.send(stale).await;
                    delay = (delay * 2).min(LONGEST_DELAY);
                    delay
                }
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.retry.notified() => {}
                () = self.out.closed() => return,
            }
        }
    }

    async fn say(&self, state: SyncState) {
        let _ = self.out.send(Batch::State { kind: R::KIND, state }).await;
    }

    fn path(&self) -> String {
        R::KIND.path(self.scope.as_deref())
    }

    /// One streamed request: the whole state first where no version is known, then changes.
    async fn stream(&mut self) -> Ended {
        let mut uri =
            format!("{}?watch=true&allowWatchBookmarks=true&timeoutSeconds={WATCH_SECONDS}", self.path());
        let initial = self.version.is_none();
        match &self.version {
            Some(version) => {
                uri.push_str("&resourceVersion=");
                uri.push_str(version);
            }
            None => uri.push_str("&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"),
        }
        let response = match send(&self.client, &uri, ACCEPT).await {
            Ok(response) => response,
            Err(why) => return Ended::Failed(why),
        };
        let code = response.status();
        if !code.is_success() {
            let status = read_status(response).await;
            if initial && self.streaming && matches!(code.as_u16(), 400 | 422) {
                return Ended::NoStreaming;
            }
            return Ended::from_status(code, &status, "watch");
        }
        let json = is_json(&response);
        let mut frames = Frames::new(if json { Encoding::Json } else { Encoding::Protobuf }, R::KIND);
        if initial {
            self.begin();
        } else if std::mem::take(&mut self.failed) {
            self.say(SyncState::Live).await;
        }
        let mut body = response.into_body().into_data_stream();
        let mut filling = initial;
        loop {
            let Ok(next) = self.chunk(&mut body, filling).await else {
                let silent = Str::from("the answer stopped before the first state was complete");
                return if filling { Ended::Failed(silent) } else { Ended::Anew { keep_version: true } };
            };
            let chunk = match next {
                Some(Ok(chunk)) => chunk,
                Some(Err(e)) => return Ended::Failed(explain(&e).into()),
                None if filling => {
                    return Ended::Failed("the answer ended before the first state was complete".into());
                }
                None => return Ended::Anew { keep_version: true },
            };
            frames.push(&chunk);
            loop {
                match frames.take::<R::Wire>() {
                    Ok(Some(event)) => {
                        if let Some(ended) = self.take(event, &mut filling).await {
                            return ended;
                        }
                    }
                    Ok(None) => break,
                    Err(e) => return Ended::Failed(e.to_string().into()),
                }
            }
            if filling || self.calm.is_zero() {
                self.flush().await;
            }
        }
    }

    /// The next piece of an answer, none at its end, or an error after a long silence. A calm watch that follows
    /// hands over and rests whenever nothing more comes at once. It must not rest while something does: the
    /// server sends each change as a piece of its own, and it would fall behind.
    async fn chunk<S: futures::Stream + Unpin>(
        &mut self,
        body: &mut S,
        filling: bool,
    ) -> Result<Option<S::Item>, tokio::time::error::Elapsed> {
        if !filling && !self.calm.is_zero() {
            if let Ok(next) = tokio::time::timeout(MORE, body.next()).await {
                return Ok(next);
            }
            self.flush().await;
            tokio::time::sleep(self.calm).await;
        }
        tokio::time::timeout(SILENCE, body.next()).await
    }

    async fn take(&mut self, event: WatchEvent<R::Wire>, filling: &mut bool) -> Option<Ended> {
        match event {
            WatchEvent::Applied(wire) => self.push(wire, false).await,
            WatchEvent::Deleted(wire) => self.push(wire, true).await,
            WatchEvent::Bookmark { version, initial_end } => {
                self.version = Some(version);
                if initial_end {
                    *filling = false;
                    self.finish().await;
                }
            }
            WatchEvent::Error(status) => {
                let code = u16::try_from(status.code).ok().and_then(|c| StatusCode::from_u16(c).ok());
                return Some(Ended::from_status(
                    code.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
                    &status,
                    "watch",
                ));
            }
        }
        None
    }

    /// A new reading of the whole state begins.
    pub(super) fn begin(&mut self) {
        self.seen = self.handed.then(HashSet::new);
    }

    pub(super) async fn push(&mut self, wire: R::Wire, deleted: bool) {
        let row = R::from_wire(wire, &mut self.strings);
        if let Some(seen) = &mut self.seen {
            seen.insert(row.meta().key());
        } else if self.filled_once {
            self.version = Some(row.meta().version.to_string());
        }
        self.pending.push((row, deleted));
        if self.pending.len() >= BATCH {
            self.flush().await;
        }
    }

    pub(super) async fn flush(&mut self) {
        if !self.pending.is_empty() {
            self.handed = true;
            let rows = std::mem::take(&mut self.pending);
            let _ = self.out.send(Batch::rows(rows)).await;
        }
    }

    /// The whole state has been read.
    pub(super) async fn finish(&mut self) {
        self.flush().await;
        let seen = self.seen.take();
        self.filled_once = true;
        self.failed = false;
        let scope = self.scope.as_deref().map(Str::from);
        let _ = self.out.send(Batch::complete::<R>(seen, scope)).await;
    }

    async fn pages(&mut self) -> Ended {
        match pages::read(self).await {
            Ok(version) => {
                self.version = Some(version);
                self.finish().await;
                Ended::Anew { keep_version: true }
            }
            Err(ended) => ended,
        }
    }

    pub(super) fn collection(&self) -> String {
        self.path()
    }
}

/// Sends a GET; the error is in words.
pub(super) async fn send(client: &Client, uri: &str, accept: &str) -> Result<http::Response<Body>, Str> {
    let request = Request::get(uri)
        .header(header::ACCEPT, accept)
        .body(Body::empty())
        .map_err(|e| Str::from(e.to_string()))?;
    match tokio::time::timeout(ANSWER, client.send(request)).await {
        Ok(answer) => answer.map_err(|e| explain(&e).into()),
        Err(_) => Err(format!("no answer within {} s", ANSWER.as_secs()).into()),
    }
}

pub(super) fn is_json(response: &http::Response<Body>) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    kind.is_none_or(|k| k.contains("json"))
}

/// The Status of an error answer, or its first words when it is not one.
pub(super) async fn read_status(response: http::Response<Body>) -> Status {
    let json = is_json(&response);
    let limited = http_body_util::Limited::new(response.into_body(), 1 << 20);
    let Ok(body) = limited.collect().await.map(http_body_util::Collected::to_bytes) else {
        return Status::default();
    };
    let read = if json {
        serde_json::from_slice(&body).ok()
    } else {
        super::wire::frames::unwrap_protobuf(body.clone())
            .ok()
            .and_then(|(_, raw)| prost::Message::decode(raw).ok())
    };
    read.unwrap_or_else(|| {
        let message: String = String::from_utf8_lossy(&body).chars().take(200).collect();
        Status { message, ..Status::default() }
    })
}
