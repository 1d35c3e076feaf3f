//! One streamed request: the whole state first where no version is known, then changes, decoded as they arrive.

use std::time::Duration;

use futures::{Stream, StreamExt};
use http_body_util::BodyExt;

use tokio::time::Instant;

use super::pause::Ended;
use super::reading::{How, Reading, STEADY};
use super::request::{is_json, read_status, send};
use super::sink::Sink;
use crate::cluster::connect::explain;
use crate::cluster::wire::frames::{Encoding, Frames, WatchEvent};
use crate::domain::{Str, SyncState};
use crate::lang::t;

/// The server ends a watch after this time, so that a link that died silently is noticed.
const WATCH_SECONDS: u32 = 290;
/// How long a calm watch waits for more before it hands over what it has.
const MORE: Duration = Duration::from_millis(5);
/// A watch that says nothing for so long is asked for anew: the link may have died without a word. Servers
/// send bookmarks every minute.
const SILENCE: Duration = Duration::from_secs(75);
/// A state is streamed as fast as the link allows. When less than [`FLOW`] came of it in so long it is read in pages: the
/// server may never say that this was all, and what comes are changes.
const WINDOW: Duration = Duration::from_secs(10);
/// A pause after which nothing is to come of what happened before a stream went on, and how long that may take.
const PAUSE: Duration = Duration::from_millis(60);
const BACKLOG: Duration = Duration::from_secs(3);
/// Objects in a [`WINDOW`].
const FLOW: usize = 1000;

/// What came next of a body.
enum Next<T> {
    Chunk(T),
    End,
    Silence,
    /// The operator asks again.
    Asked,
    /// Nothing more of what happened before comes.
    CaughtUp,
}

/// How a first state comes.
struct Flow {
    since: Instant,
    /// Objects that came since then.
    objects: usize,
}

impl Flow {
    fn begin() -> Flow {
        Flow { since: Instant::now(), objects: 0 }
    }

    /// Whether what comes is still the state.
    fn goes_on(&mut self) -> bool {
        if self.since.elapsed() < WINDOW {
            return true;
        }
        let flows = self.objects >= FLOW;
        *self = Flow::begin();
        flows
    }
}

impl<S: Sink> Reading<S> {
    pub(super) async fn stream(&mut self) -> Ended {
        let initial = self.version.is_none();
        let mut uri =
            format!("{}watch=true&allowWatchBookmarks=true&timeoutSeconds={WATCH_SECONDS}", self.query());
        match &self.version {
            Some(version) => uri.push_str(&format!("&resourceVersion={version}")),
            None => uri.push_str("&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"),
        }
        let client = self.link.client.clone();
        let accept = accepted(S::ENCODINGS);
        let response = match self.patiently(send(&client, &uri, &accept)).await {
            Ok(response) => response,
            Err(why) => return Ended::Failed(why),
        };
        let code = response.status();
        if !code.is_success() {
            let headers = response.headers().clone();
            let refusal = self.patiently(read_status(response)).await;
            return match code.as_u16() {
                // Perhaps it may be listed all the same.
                400 | 403 | 405 | 406 | 422 if initial && self.how == How::Streamed => Ended::NotStreamed,
                403 | 405 if !initial && refusal.own => Ended::NotWatched,
                _ => Ended::of(code, &headers, &refusal, "watch", self.core()),
            };
        }
        let encoding = if is_json(&response) { Encoding::Json } else { Encoding::Protobuf };
        let mut frames = Frames::new(encoding, self.sink.kind());
        if initial {
            self.begin();
        } else {
            self.goes_on();
        }
        self.heard = Instant::now();
        self.following = (!initial).then(Instant::now);
        let mut body = response.into_body().into_data_stream();
        let ended = self.follow(&mut body, &mut frames, initial).await;
        // The first state is no sign that following works, and neither is an event that comes before the end.
        self.worked = self.following.is_some_and(|since| since.elapsed() >= STEADY);
        ended
    }

    async fn follow<B>(&mut self, body: &mut B, frames: &mut Frames, mut filling: bool) -> Ended
    where
        B: Stream<Item = Result<bytes::Bytes, kube::Error>> + Unpin,
    {
        let mut flow = Flow::begin();
        loop {
            let next = match self.owes {
                Some(since) => self.backlog(body, since).await,
                None => self.chunk(body, filling.then(|| flow.since + WINDOW)).await,
            };
            if filling && !flow.goes_on() {
                return Ended::NotStreamed;
            }
            let chunk = match next {
                Next::Chunk(Ok(chunk)) => {
                    self.heard = Instant::now();
                    chunk
                }
                Next::Chunk(Err(e)) => {
                    let why = Str::from(explain(&e));
                    return match filling {
                        true => Ended::Failed(why),
                        false if timed_out(&e) => Ended::Dead(why),
                        false => Ended::Cut(why),
                    };
                }
                Next::End if filling => {
                    return Ended::Failed(t!("cluster-watch-cut-short").into());
                }
                Next::End if frames.within() => return Ended::Cut(t!("cluster-watch-cut-within").into()),
                Next::CaughtUp => continue,
                // The window is over, and enough came in it.
                Next::Silence if filling => continue,
                Next::Silence => return Ended::Silent,
                Next::End => return Ended::Closed,
                Next::Asked => return Ended::Asked,
            };
            frames.push(&chunk);
            loop {
                match frames.take::<S::Wire>() {
                    Ok(Some(event)) => {
                        flow.objects += usize::from(matches!(event, WatchEvent::Added(_)));
                        if let Some(ended) = self.take(event, &mut filling).await {
                            return ended;
                        }
                    }
                    Ok(None) => break,
                    Err(e) => return Ended::Failed(e.to_string().into()),
                }
            }
            if filling || self.link.calm.is_zero() {
                self.flush().await;
            }
        }
    }

    /// The next piece of what happened while nothing was followed: it comes at once.
    async fn backlog<B: Stream + Unpin>(&mut self, body: &mut B, since: Instant) -> Next<B::Item> {
        let next = tokio::time::timeout(PAUSE, body.next()).await;
        if next.is_err() || since.elapsed() >= BACKLOG {
            self.caught_up().await;
        }
        match next {
            Ok(next) => next.map_or(Next::End, Next::Chunk),
            Err(_) => Next::CaughtUp,
        }
    }

    /// The next piece of an answer. A calm watch that follows hands over and rests whenever nothing more comes at once. It
    /// must not rest while something does: the server sends each change as a piece of its own, and it would fall behind.
    ///
    /// A first state is waited for until a moment only.
    async fn chunk<B: Stream + Unpin>(&mut self, body: &mut B, until: Option<Instant>) -> Next<B::Item> {
        if until.is_none() && !self.link.calm.is_zero() {
            if let Ok(next) = tokio::time::timeout(MORE, body.next()).await {
                return next.map_or(Next::End, Next::Chunk);
            }
            self.flush().await;
            tokio::time::sleep(self.link.calm).await;
        }
        if let Some(until) = until {
            return match self.patiently(tokio::time::timeout_at(until, body.next())).await {
                Ok(next) => next.map_or(Next::End, Next::Chunk),
                Err(_) => Next::Silence,
            };
        }
        tokio::select! {
            next = tokio::time::timeout(SILENCE, body.next()) => match next {
                Ok(next) => next.map_or(Next::End, Next::Chunk),
                Err(_) => Next::Silence,
            },
            () = self.link.retry.asked() => Next::Asked,
        }
    }

    async fn take(&mut self, event: WatchEvent<S::Wire>, filling: &mut bool) -> Option<Ended> {
        let event = match event {
            WatchEvent::Error(status) => {
                return Some(match Ended::of_status(&status, self.core()) {
                    Ended::Refused(SyncState::Forbidden(_)) if !*filling => Ended::NotWatched,
                    ended => ended,
                });
            }
            event => event,
        };
        match event {
            WatchEvent::Added(wire) | WatchEvent::Modified(wire) => self.push(wire, false).await,
            WatchEvent::Deleted(wire) => self.push(wire, true).await,
            WatchEvent::Bookmark { version, initial_end } if initial_end && *filling => {
                *filling = false;
                self.following = Some(Instant::now());
                self.finish(version).await;
            }
            WatchEvent::Bookmark { version, .. } if !*filling => self.version = Some(version),
            // One within the first state says only how far its version is.
            WatchEvent::Bookmark { .. } | WatchEvent::Error(_) => {}
        }
        None
    }
}

/// Whether the system gave a link up on which nobody answers.
fn timed_out(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(cause) = next {
        if cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::TimedOut) {
            return true;
        }
        next = cause.source();
    }
    false
}

/// The encodings of a watch and, for what refuses it, of a Status.
fn accepted(encodings: &[&str]) -> String {
    let watch = encodings.iter().map(|e| format!("{e};stream=watch"));
    watch.chain(encodings.last().map(|e| (*e).to_owned())).collect::<Vec<_>>().join(", ")
}
