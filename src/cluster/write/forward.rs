//! Forwards a port of a pod to a port of this machine, for as long as its task runs and its pod does. It listens on
//! loopback alone; each connection is one stream through the API server.
//!
//! Must not go on in silence: what the kubelet says of a connection that failed stands in the task's line until one comes
//! through, and a pod that is over ends the task.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::FutureExt;
use futures::future::FusedFuture;
use k8s_openapi::api::core::v1::Pod;
use kube::api::{Api, Portforwarder};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::apply::{Outcome, Tell, WriteEvent, Writer};
use super::request::{WriteError, says_gone};
use crate::cluster::connect::explain;
use crate::cluster::failure::logged_out;
use crate::domain::{ClusterSnapshot, Kind};
use crate::lang::{clauses, t};
use crate::op::{ForwardWork, unknown};

/// Connections at the same time; more wait.
const AT_ONCE: usize = 64;
/// Bytes that are taken at once.
const CHUNK: usize = 16 << 10;
/// Shortest time between two lines.
const LINE: Duration = Duration::from_secs(1);
/// How long the first connection, which nobody here asked for, is held to hear whether something listens.
const TRIAL: Duration = Duration::from_secs(2);
/// How long after its last byte the kubelet may still say what was wrong with a connection.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// What passed.
#[derive(Debug, Default)]
struct Counts {
    open: AtomicU64,
    all: AtomicU64,
    /// Bytes to the pod, and from it.
    sent: AtomicU64,
    received: AtomicU64,
}

impl Counts {
    /// Where it leads, what is wrong with it, and what passed.
    fn words(&self, at: u16, work: &ForwardWork, trouble: Option<&str>) -> String {
        let of = |n: &AtomicU64| n.load(Ordering::Relaxed);
        let (pod, port) = (work.pod.name(), work.port);
        let (open, all) = (of(&self.open), of(&self.all));
        let (sent, received) = (of(&self.sent), of(&self.received));
        match trouble {
            None => t!(
                "cluster-forward-line",
                at = at,
                pod = pod,
                port = port,
                open = open,
                all = all,
                sent = sent,
                received = received
            ),
            Some(why) => t!(
                "cluster-forward-line-trouble",
                at = at,
                pod = pod,
                port = port,
                why = why,
                open = open,
                all = all,
                sent = sent,
                received = received
            ),
        }
    }
}

/// Why a connection did not come through.
#[derive(Debug, PartialEq, Eq)]
enum Broken {
    /// The pod is over, and with it the forward.
    Over(String),
    /// Another connection may do better.
    Said(String),
}

/// A forward that is open.
struct Open<'a> {
    work: &'a ForwardWork,
    at: u16,
    counts: Arc<Counts>,
    /// What the last connection that ended said.
    trouble: Option<String>,
    line: String,
    next: Instant,
}

impl Open<'_> {
    /// A connection ended. That it failed is said at once, the same words once.
    fn ended(&mut self, how: Result<(), Broken>, tell: Tell<'_>) -> Result<(), Outcome> {
        match how {
            Ok(()) => self.trouble = None,
            Err(Broken::Over(why)) => return Err(Outcome::Failed(self.over(&why))),
            Err(Broken::Said(why)) if self.trouble.as_ref() == Some(&why) => {}
            Err(Broken::Said(why)) => {
                let words = self.counts.words(self.at, self.work, Some(&why));
                self.trouble = Some(why);
                tell(WriteEvent::Trouble(words.clone())).map_err(Outcome::Failed)?;
                self.line = words;
            }
        }
        Ok(())
    }

    fn words(&self) -> String {
        self.counts.words(self.at, self.work, self.trouble.as_deref())
    }

    fn over(&self, why: &str) -> String {
        clauses(&[why.to_owned(), self.counts.words(self.at, self.work, None)])
    }

    /// Says what passed, not more often than it can be read.
    fn tell(&mut self, idle: bool, tell: Tell<'_>) -> Result<(), Outcome> {
        let (words, now) = (self.words(), Instant::now());
        if words != self.line && (now >= self.next || idle) {
            tell(WriteEvent::Line(words.clone())).map_err(Outcome::Failed)?;
            self.line = words;
        }
        if now >= self.next {
            self.next = now + LINE;
        }
        Ok(())
    }
}

/// Listens and forwards until the operator ends it, or the pod is over.
pub(super) async fn run(
    writer: &Writer,
    work: &ForwardWork,
    cancel: &CancellationToken,
    tell: Tell<'_>,
) -> Outcome {
    let (object, what) = (work.pod.clone(), "forward".to_owned());
    if let Err(why) = tell(WriteEvent::Sending { object: object.clone(), what: what.clone() }) {
        return Outcome::Failed(why);
    }
    let begun = tokio::select! {
        begun = begin(writer, work) => begun,
        () = cancel.cancelled() => return Outcome::Cancelled(t!("cluster-forward-nothing").to_owned()),
    };
    let (listener, at, tried) = match begun {
        Ok(begun) => begun,
        Err(error) => {
            let words = error.to_string();
            let told = tell(WriteEvent::Refused { object, what, error });
            return Outcome::Failed(told.err().map_or(words.clone(), |e| clauses(&[words, e])));
        }
    };
    if let Err(why) = tell(WriteEvent::Accepted { object, what }) {
        return Outcome::Failed(why);
    }
    let open =
        Open { work, at, counts: Arc::default(), trouble: None, line: String::new(), next: Instant::now() };
    serve(writer, open, listener, tried, cancel, tell).await.unwrap_or_else(|outcome| outcome)
}

async fn serve(
    writer: &Writer,
    mut open: Open<'_>,
    listener: TcpListener,
    tried: Portforwarder,
    cancel: &CancellationToken,
    tell: Tell<'_>,
) -> Result<Outcome, Outcome> {
    let work = open.work;
    let mut snapshots = writer.snapshots.clone();
    let mut connections = JoinSet::new();
    let trial = connections.spawn(heard(tried, work.clone()));
    let mut followed = true;
    loop {
        if let Some(why) = over(&snapshots.borrow_and_update(), work) {
            return Err(Outcome::Failed(open.over(&why)));
        }
        tokio::select! {
            biased;
            () = cancel.cancelled() => break,
            changed = snapshots.changed(), if followed => followed = changed.is_ok(),
            // What was ended here says nothing.
            Some(how) = connections.join_next() => match how {
                Ok(how) => open.ended(how, tell)?,
                Err(e) if e.is_panic() => {
                    open.ended(Err(Broken::Said(t!("cluster-forward-broke-inside").to_owned())), tell)?;
                }
                Err(_) => {}
            },
            accepted = listener.accept(), if connections.len() < AT_ONCE => match accepted {
                Ok((local, _)) => {
                    // It hears for itself, and some servers take one at a time.
                    trial.abort();
                    let counts = open.counts.clone();
                    connections.spawn(forward(writer.client.clone(), work.clone(), local, counts));
                }
                Err(e) => {
                    let at = open.at;
                    return Err(Outcome::Failed(t!("cluster-forward-no-more", port = at, why = e)));
                }
            },
            // Only while something may have passed: an idle forward wakes nobody.
            () = sleep_until(open.next), if !connections.is_empty() || open.line.is_empty() => {}
        }
        open.tell(connections.is_empty(), tell)?;
    }
    connections.shutdown().await;
    Ok(Outcome::Applied(t!("cluster-forward-ended", words = open.words())))
}

/// That the pod is over, as far as the picture knows.
fn over(world: &ClusterSnapshot, work: &ForwardWork) -> Option<String> {
    let pod = &work.pod.row;
    match world.pods.get(pod) {
        Some(row) if *row.meta.uid != *work.uid => Some(t!("cluster-forward-another", pod = pod)),
        Some(row) if !row.active() => {
            Some(t!("cluster-forward-pod-ended", pod = pod, phase = row.phase.word()))
        }
        Some(_) => None,
        None => {
            let known = unknown(world, Kind::Pod, Some(work.pod.namespace())).is_none();
            known.then(|| t!("cluster-forward-gone", pod = pod))
        }
    }
}

/// The pod is the one that was read, the server lets us in, and the port of this machine is free.
async fn begin(writer: &Writer, work: &ForwardWork) -> Result<(TcpListener, u16, Portforwarder), WriteError> {
    let pods: Api<Pod> = Api::namespaced(writer.client.clone(), work.pod.namespace());
    same(&pods, work).await?;
    let refused = |said: String| WriteError::Refused { said };
    // One connection before anybody comes: whether it may be. Whether something listens is heard a moment later.
    let tried = pods.portforward(work.pod.name(), &[work.port]).await.map_err(|e| not_so(&e, work))?;
    let place = (Ipv4Addr::LOCALHOST, work.local);
    let listener = TcpListener::bind(place)
        .await
        .map_err(|e| refused(t!("cluster-forward-port", port = work.local, why = e)))?;
    let at = listener.local_addr().map_err(|e| refused(e.to_string()))?.port();
    Ok((listener, at, tried))
}

async fn same(pods: &Api<Pod>, work: &ForwardWork) -> Result<(), WriteError> {
    let now = pods.get_metadata(work.pod.name()).await.map_err(|e| not_so(&e, work))?;
    if now.metadata.uid.as_deref() == Some(work.uid.as_str()) {
        return Ok(());
    }
    Err(WriteError::Stale { object: work.pod.to_string(), said: t!("cluster-write-another").to_owned() })
}

/// Nothing is written by it, so nothing is ever unknown.
fn not_so(error: &kube::Error, work: &ForwardWork) -> WriteError {
    let said = explain(error);
    match error {
        kube::Error::Api(status) if says_gone(status, &work.pod) => {
            WriteError::Gone { object: work.pod.to_string() }
        }
        e if logged_out(e) => WriteError::LoggedOut { said },
        kube::Error::Api(status) if status.code == 403 => WriteError::Forbidden { said },
        _ => WriteError::Refused { said },
    }
}

/// Of the first connection: what is wrong with it, where that is said soon.
async fn heard(mut tried: Portforwarder, work: ForwardWork) -> Result<(), Broken> {
    let Some(error) = tried.take_error(work.port) else { return Ok(()) };
    let said = timeout(TRIAL, error).await.ok().flatten();
    tried.abort();
    said.map_or(Ok(()), |said| Err(why(&said, &work)))
}

/// The kubelet's words, behind what they mean.
fn why(said: &str, work: &ForwardWork) -> Broken {
    let said = crate::domain::sanitize(said.trim());
    Broken::Said(if said.contains("connection refused") {
        t!("cluster-forward-unheard", port = work.port, said = said)
    } else {
        said
    })
}

/// One connection from its first to its last byte.
async fn forward(
    client: kube::Client,
    work: ForwardWork,
    local: TcpStream,
    counts: Arc<Counts>,
) -> Result<(), Broken> {
    counts.all.fetch_add(1, Ordering::Relaxed);
    let pods: Api<Pod> = Api::namespaced(client, work.pod.namespace());
    // Between two connections another pod of the name may have come.
    same(&pods, &work).await.map_err(|e| match e {
        WriteError::Gone { .. } => Broken::Over(t!("cluster-forward-gone", pod = work.pod.row)),
        WriteError::Stale { .. } => Broken::Over(t!("cluster-forward-another", pod = work.pod.row)),
        other => Broken::Said(other.to_string()),
    })?;
    let forwarder = pods.portforward(work.pod.name(), &[work.port]).await;
    let mut forwarder = forwarder.map_err(|e| Broken::Said(explain(&e)))?;
    let none = || Broken::Said(t!("cluster-forward-no-stream").to_owned());
    let remote = forwarder.take_stream(work.port).ok_or_else(none)?;
    let error = forwarder.take_error(work.port).ok_or_else(none)?;
    // It may end without a word, and must not be asked again then.
    let error = error.fuse();
    tokio::pin!(error);
    counts.open.fetch_add(1, Ordering::Relaxed);
    // A client that waits for an answer would keep a connection open that leads nowhere.
    let (said, copied) = tokio::select! {
        biased;
        Some(said) = &mut error => (Some(said), Ok(())),
        copied = both(local, remote, &counts) => (None, copied),
    };
    counts.open.fetch_sub(1, Ordering::Relaxed);
    let said = match said {
        None if !error.is_terminated() => timeout(LAST_WORDS, error).await.ok().flatten(),
        said => said,
    };
    forwarder.abort();
    match said {
        Some(said) => Err(why(&said, &work)),
        None => copied.map_err(|e| Broken::Said(t!("cluster-forward-broke-off", why = e))),
    }
}

/// Copies both ways until both have ended. That the client here went away is no error.
async fn both(
    local: impl AsyncRead + AsyncWrite,
    remote: impl AsyncRead + AsyncWrite,
    counts: &Counts,
) -> std::io::Result<()> {
    let (mut from, mut to) = tokio::io::split(local);
    let (mut far_from, mut far_to) = tokio::io::split(remote);
    let out = one_way(&mut from, &mut far_to, &counts.sent);
    let back = one_way(&mut far_from, &mut to, &counts.received);
    let here = |cut: &Cut, reads_here: bool| matches!(cut, Cut::Reading(_)) == reads_here;
    let out = async { out.await.map_err(|cut| (here(&cut, true), cut)) };
    let back = async { back.await.map_err(|cut| (here(&cut, false), cut)) };
    match tokio::try_join!(out, back) {
        Err((false, Cut::Reading(e) | Cut::Writing(e))) => Err(e),
        Ok(_) | Err((true, _)) => Ok(()),
    }
}

/// At which end a copy broke off.
enum Cut {
    Reading(std::io::Error),
    Writing(std::io::Error),
}

async fn one_way(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    count: &AtomicU64,
) -> Result<(), Cut> {
    let mut buffer = vec![0; CHUNK];
    loop {
        let read = from.read(&mut buffer).await.map_err(Cut::Reading)?;
        if read == 0 {
            return to.shutdown().await.map_err(Cut::Writing);
        }
        to.write_all(&buffer[..read]).await.map_err(Cut::Writing)?;
        to.flush().await.map_err(Cut::Writing)?;
        count.fetch_add(read as u64, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
