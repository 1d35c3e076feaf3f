//! One reading for ever: of a whole source, or of one namespace of it. The state comes as a stream or in pages and is then
//! followed, or read again where following is refused. It never ends on an error: it says what is wrong, rests
//! (`pause.rs`), and goes on; it ends when the server says that this may not be read.

use std::collections::HashSet;
use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;

use super::Link;
use super::batch::News;
use super::pause::{Ended, Pauses, REFUSED, poll};
use super::sink::Sink;
use crate::domain::{RowKey, Str, SyncState};
use crate::lang::t;

/// Rows handed over at once, so that the assembler is woken rarely while a large state streams in.
const BATCH: usize = 256;
/// So long nobody is told that a picture is not followed any more: a stream that ends is opened anew meanwhile.
const GRACE: Duration = Duration::from_secs(2);
/// A stream that followed for so long was no failure, whatever ended it.
pub(super) const STEADY: Duration = Duration::from_secs(1);

/// How a source is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// List and follow in one streamed request.
    Streamed,
    /// A list in pages, then follow.
    Listed,
    /// A list in pages, again and again.
    Polled,
}

pub(super) struct Reading<S: Sink> {
    pub link: Link,
    pub sink: S,
    /// The one namespace that is read.
    pub part: Option<Str>,
    pub how: How,
    /// Version to go on from; none asks for the whole state.
    pub version: Option<String>,
    /// Keys of the state that is being read, to drop what is no longer there; not needed the first time.
    seen: Option<HashSet<RowKey>>,
    /// How many were read of it, and whether there were more than are kept.
    pub read: usize,
    pub cut: bool,
    /// The whole state was known once.
    filled: bool,
    /// There may be rows, so that a new reading of the whole state must drop what is no longer there.
    pub handed: bool,
    /// Since when it is not followed.
    apart: Option<Instant>,
    /// Since when it follows without having said so.
    pub owes: Option<Instant>,
    /// Since when the stream of this attempt follows.
    pub following: Option<Instant>,
    /// When the latest piece of an answer came, and since when the link has been dead, perhaps.
    pub heard: Instant,
    lost: Option<Instant>,
    /// What was said last is not that it is followed.
    stale: bool,
    /// Since when it is polled, where it is.
    polled: Instant,
    /// How long the latest reading of the whole state took.
    pub took: Duration,
    /// When the state that is being read, or was read last, was asked for.
    asked: Instant,
    /// The look that this attempt is of, and the one that was said last.
    look: u64,
    said: u64,
    /// Whether the attempt that goes on has followed for a while.
    pub worked: bool,
}

impl<S: Sink> Reading<S> {
    pub fn new(sink: S, part: Option<Str>, link: Link) -> Reading<S> {
        Reading {
            link,
            sink,
            part,
            how: if S::STREAMED { How::Streamed } else { How::Listed },
            version: None,
            seen: None,
            read: 0,
            cut: false,
            filled: false,
            handed: false,
            apart: None,
            owes: None,
            following: None,
            heard: Instant::now(),
            lost: None,
            stale: false,
            polled: Instant::now(),
            took: Duration::ZERO,
            asked: Instant::now(),
            look: 0,
            said: 0,
            worked: false,
        }
    }

    /// Reads until it is refused, and says how.
    pub async fn run(mut self) -> SyncState {
        let mut pauses = Pauses::default();
        loop {
            (self.worked, self.owes, self.look) = (false, None, self.link.retry.latest());
            let ended = match self.how {
                How::Polled => self.pages().await,
                How::Listed if self.version.is_none() => self.pages().await,
                How::Streamed | How::Listed => self.stream().await,
            };
            // What was read is true, whatever ended the reading.
            self.flush().await;
            let mut rest = pauses.after(&ended, self.worked);
            if (self.how, &ended) == (How::Polled, &Ended::Read) {
                rest = poll(self.took);
            }
            if let Ended::Refused(state) = ended {
                return state;
            }
            let words = lost(&ended);
            self.judge(ended).await;
            let asked = self.rest(rest, words).await;
            if self.how == How::Polled && (asked || self.polled.elapsed() >= REFUSED) {
                // Perhaps it may be followed now; then that is to be said.
                (self.how, self.stale) = (How::Listed, true);
            }
        }
    }

    /// Rests, and says when a picture has not been followed for too long meanwhile; whether the operator ended it.
    async fn rest(&mut self, rest: Duration, words: &'static str) -> bool {
        if let Some(told) = self.to_be_told()
            && let left = told.saturating_duration_since(Instant::now())
            && left < rest
        {
            if self.link.rest(left).await {
                return true;
            }
            self.failed(words.into()).await;
            return self.link.rest(rest.saturating_sub(left)).await;
        }
        self.link.rest(rest).await
    }

    /// When it is to be said that the picture is not followed: until then it is shown as one of now.
    fn to_be_told(&self) -> Option<Instant> {
        self.apart.filter(|_| self.filled && !self.stale).map(|since| since + GRACE)
    }

    /// What the end of an attempt means for the next one, and for what is shown.
    async fn judge(&mut self, ended: Ended) {
        if !matches!(ended, Ended::Read | Ended::NotStreamed) {
            self.apart.get_or_insert_with(Instant::now);
        }
        if matches!(ended, Ended::Dead(_) | Ended::Silent) {
            self.lost.get_or_insert(self.heard);
        }
        match ended {
            Ended::Read | Ended::Refused(_) | Ended::Asked | Ended::Silent => {}
            Ended::NotStreamed => self.how = How::Listed,
            Ended::NotWatched => {
                (self.how, self.polled) = (How::Polled, Instant::now());
                self.followed();
                let (every, ago) = (poll(self.took).as_secs() as u32, self.asked.elapsed());
                self.say(News::Polled { every, ago }).await;
            }
            Ended::Expired => {
                self.version = None;
                if self.stale {
                    self.failed(t!("cluster-watch-anew").into()).await;
                }
            }
            Ended::Closed | Ended::Cut(_) if self.worked => {}
            Ended::Dead(why) => self.failed(why).await,
            Ended::Closed => self.failed(t!("cluster-watch-ends").into()).await,
            Ended::Cut(why) | Ended::Busy(_, why) | Ended::Failed(why) => {
                tracing::warn!(source = %self.sink.source(), %why, "reading failed");
                self.failed(why).await;
            }
        }
    }

    async fn failed(&mut self, why: Str) {
        self.stale = true;
        let ago = self.lost.or(self.apart).map_or(Duration::ZERO, |since| since.elapsed());
        self.say(News::Failed { why, ago }).await;
    }

    pub async fn say(&self, news: News) {
        self.link.tell(self.sink.source(), self.part.clone(), news).await;
    }

    /// It is followed, or as good as that.
    pub fn followed(&mut self) {
        (self.apart, self.lost) = (None, None);
        self.stale = false;
    }

    /// A stream goes on from what is known. That it is live is said when what came meanwhile is in the picture.
    pub fn goes_on(&mut self) {
        (self.apart, self.lost) = (None, None);
        // What a poll left half read is no state that is being read.
        self.seen = None;
        self.owes = (self.stale || self.said != self.look).then(Instant::now);
    }

    /// What came meanwhile is in the picture.
    pub async fn caught_up(&mut self) {
        self.flush().await;
        (self.owes, self.stale, self.said) = (None, false, self.look);
        self.say(News::Live { look: self.look }).await;
    }

    /// Waits for an answer, and says when a picture has not been followed for too long meanwhile.
    pub async fn patiently<T>(&mut self, answer: impl Future<Output = T>) -> T {
        let Some(told) = self.to_be_told() else { return answer.await };
        let mut answer = std::pin::pin!(answer);
        tokio::select! {
            biased;
            out = &mut answer => return out,
            () = tokio::time::sleep_until(told) => {}
        }
        self.failed(t!("cluster-watch-lost").into()).await;
        answer.await
    }

    /// Whether every API server has this kind.
    pub fn core(&self) -> bool {
        self.sink.kind().meta().group.is_empty()
    }

    /// The path and what chooses, ready for more parameters.
    pub fn query(&self) -> String {
        let namespace = self.part.as_deref().or(self.sink.namespace().map(|n| &**n));
        let path = self.sink.kind().path(namespace);
        match self.sink.selector() {
            Some(selector) => format!("{path}?{selector}&"),
            None => format!("{path}?"),
        }
    }

    /// A new reading of the whole state begins.
    pub fn begin(&mut self) {
        self.seen = self.handed.then(HashSet::new);
        (self.read, self.cut, self.asked) = (0, false, Instant::now());
        if self.filled {
            self.apart.get_or_insert_with(Instant::now);
        }
    }

    pub async fn push(&mut self, wire: S::Wire, deleted: bool) {
        let (key, version) = self.sink.push(wire, deleted);
        self.read += 1;
        if let Some(seen) = &mut self.seen {
            seen.insert(key);
        } else if self.version.is_some() {
            self.version = Some(version.into());
        }
        if self.sink.waiting() >= BATCH {
            self.flush().await;
        }
    }

    pub async fn flush(&mut self) {
        if self.sink.waiting() > 0 {
            self.handed = true;
            let rows = self.sink.hand_over();
            self.say(News::Rows(rows)).await;
        }
    }

    /// The whole state has been read, as it was at this version.
    pub async fn finish(&mut self, version: String) {
        self.flush().await;
        let drop_rest = self.seen.take().map(|seen| self.sink.drop_rest(seen, self.part.clone()));
        (self.version, self.filled) = (Some(version), true);
        self.followed();
        let every = (self.how == How::Polled).then(|| poll(self.took).as_secs() as u32);
        let (ago, look) = (self.asked.elapsed(), self.look);
        self.said = look;
        self.say(News::Complete { drop_rest, cut: self.cut, every, ago, look }).await;
        // A list alone is not followed yet.
        if self.how == How::Listed {
            self.apart = Some(Instant::now());
        }
    }
}

/// Why a picture is not followed while the next attempt is waited for.
fn lost(ended: &Ended) -> &'static str {
    match ended {
        Ended::Expired => t!("cluster-watch-too-old"),
        _ => t!("cluster-watch-again"),
    }
}
