//! Forwards a port of a pod to a port of this machine, for as long as its task runs. It listens on loopback alone; each
//! connection is one stream through the API server.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use k8s_openapi::api::core::v1::Pod;
use kube::api::Api;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::apply::{Outcome, Tell, WriteEvent, Writer};
use super::request::WriteError;
use crate::cluster::connect::explain;
use crate::domain::number;
use crate::op::ForwardWork;

/// Connections at the same time; more wait.
const AT_ONCE: usize = 64;
/// Bytes that are taken at once.
const CHUNK: usize = 16 << 10;
/// Shortest time between two lines.
const LINE: Duration = Duration::from_secs(1);

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
    fn words(&self, at: u16, work: &ForwardWork) -> String {
        let of = |n: &AtomicU64| n.load(Ordering::Relaxed);
        let all = number(usize::try_from(of(&self.all)).unwrap_or(usize::MAX), "connection");
        format!(
            "127.0.0.1:{at} → {}:{} · {} open of {all} · {} B to it, {} B from it",
            work.pod.name(),
            work.port,
            of(&self.open),
            of(&self.sent),
            of(&self.received)
        )
    }
}

/// Listens and forwards until the operator ends it.
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
    let (listener, at) = match begin(writer, work).await {
        Ok(begun) => begun,
        Err(error) => {
            let words = error.to_string();
            let told = tell(WriteEvent::Refused { object, what, error });
            return Outcome::Failed(told.err().map_or(words.clone(), |e| format!("{words}; {e}")));
        }
    };
    if let Err(why) = tell(WriteEvent::Accepted { object, what }) {
        return Outcome::Failed(why);
    }
    let counts = Arc::new(Counts::default());
    let (told, mut said) = mpsc::channel::<String>(16);
    let mut connections = JoinSet::new();
    let (mut line, mut trouble) = (String::new(), String::new());
    let mut next = Instant::now();
    loop {
        tokio::select! {
            biased;
            () = cancel.cancelled() => break,
            Some(why) = said.recv() => trouble = format!(" · {why}"),
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept(), if connections.len() < AT_ONCE => match accepted {
                Ok((local, _)) => {
                    let stream = forward(writer.client.clone(), work.clone(), local, counts.clone());
                    let told = told.clone();
                    connections.spawn(async move {
                        if let Err(why) = stream.await {
                            let _ = told.send(why).await;
                        }
                    });
                }
                Err(e) => return Outcome::Failed(format!("nothing more can be taken on 127.0.0.1:{at}: {e}")),
            },
            // Only while something may have passed: an idle forward wakes nobody.
            () = sleep_until(next), if !connections.is_empty() || line.is_empty() => {}
        }
        let now = format!("{}{trouble}", counts.words(at, work));
        if now != line && (Instant::now() >= next || connections.is_empty()) {
            if let Err(why) = tell(WriteEvent::Line(now.clone())) {
                return Outcome::Failed(why);
            }
            line = now;
        }
        if Instant::now() >= next {
            next = Instant::now() + LINE;
        }
    }
    connections.shutdown().await;
    Outcome::Applied(format!("ended: {}", counts.words(at, work)))
}

/// The pod is the one that was read, the server lets us in, and the port of this machine is free.
async fn begin(writer: &Writer, work: &ForwardWork) -> Result<(TcpListener, u16), WriteError> {
    let pods: Api<Pod> = Api::namespaced(writer.client.clone(), work.pod.namespace());
    same(&pods, work).await?;
    let refused = |said: String| WriteError::Refused { said };
    // One connection before anybody comes: whether it may be, and whether something listens.
    let tried = pods.portforward(work.pod.name(), &[work.port]).await.map_err(|e| not_so(&e, work))?;
    tried.abort();
    let place = (Ipv4Addr::LOCALHOST, work.local);
    let listener = TcpListener::bind(place).await.map_err(|e| {
        refused(format!(
            "port {} of this machine cannot be listened on ({e}): give another `local`",
            work.local
        ))
    })?;
    let at = listener.local_addr().map_err(|e| refused(e.to_string()))?.port();
    Ok((listener, at))
}

async fn same(pods: &Api<Pod>, work: &ForwardWork) -> Result<(), WriteError> {
    let now = pods.get_metadata(work.pod.name()).await.map_err(|e| not_so(&e, work))?;
    if now.metadata.uid.as_deref() == Some(work.uid.as_str()) {
        return Ok(());
    }
    Err(WriteError::Stale { object: work.pod.to_string(), said: "it is another one now".to_owned() })
}

/// Nothing is written by it, so nothing is ever unknown.
fn not_so(error: &kube::Error, work: &ForwardWork) -> WriteError {
    let said = explain(error);
    match error {
        kube::Error::Api(status) if status.code == 404 => WriteError::Gone { object: work.pod.to_string() },
        kube::Error::Api(status) if matches!(status.code, 401 | 403) => WriteError::Forbidden { said },
        _ => WriteError::Refused { said },
    }
}

/// One connection from its first to its last byte.
async fn forward(
    client: kube::Client,
    work: ForwardWork,
    local: TcpStream,
    counts: Arc<Counts>,
) -> Result<(), String> {
    counts.all.fetch_add(1, Ordering::Relaxed);
    let pods: Api<Pod> = Api::namespaced(client, work.pod.namespace());
    // Between two connections another pod of the name may have come.
    same(&pods, &work).await.map_err(|e| e.to_string())?;
    let mut forwarder = pods.portforward(work.pod.name(), &[work.port]).await.map_err(|e| explain(&e))?;
    let remote = forwarder.take_stream(work.port).ok_or("the server opened no stream")?;
    let error = forwarder.take_error(work.port);
    counts.open.fetch_add(1, Ordering::Relaxed);
    let copied = both(local, remote, &counts).await;
    counts.open.fetch_sub(1, Ordering::Relaxed);
    forwarder.abort();
    let said = match error {
        Some(error) => tokio::time::timeout(Duration::from_millis(200), error).await.ok().flatten(),
        None => None,
    };
    match said {
        Some(said) => Err(crate::domain::sanitize(&said)),
        None => copied.map_err(|e| e.to_string()),
    }
}

/// Copies both ways until both have ended.
async fn both(
    local: impl AsyncRead + AsyncWrite,
    remote: impl AsyncRead + AsyncWrite,
    counts: &Counts,
) -> std::io::Result<()> {
    let (mut from, mut to) = tokio::io::split(local);
    let (mut far_from, mut far_to) = tokio::io::split(remote);
    let out = one_way(&mut from, &mut far_to, &counts.sent);
    let back = one_way(&mut far_from, &mut to, &counts.received);
    tokio::try_join!(out, back).map(drop)
}

async fn one_way(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    count: &AtomicU64,
) -> std::io::Result<()> {
    let mut buffer = vec![0; CHUNK];
    loop {
        let read = from.read(&mut buffer).await?;
        if read == 0 {
            return to.shutdown().await;
        }
        to.write_all(&buffer[..read]).await?;
        to.flush().await?;
        count.fetch_add(read as u64, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, ObjectKey};

    #[tokio::test]
    async fn both_ways_are_copied_and_counted_to_the_end() {
        let (mut here, local) = tokio::io::duplex(8);
        let (mut there, remote) = tokio::io::duplex(8);
        let counts = Arc::new(Counts::default());
        let copied = tokio::spawn({
            let counts = counts.clone();
            async move { both(local, remote, &counts).await }
        });
        let ask = async {
            here.write_all(b"GET / and more than a buffer").await.unwrap();
            here.shutdown().await.unwrap();
            let mut out = String::new();
            here.read_to_string(&mut out).await.unwrap();
            out
        };
        let answer = async {
            let mut asked = String::new();
            there.read_to_string(&mut asked).await.unwrap();
            there.write_all(b"200").await.unwrap();
            there.shutdown().await.unwrap();
            asked
        };
        let (out, asked) = tokio::join!(ask, answer);
        assert_eq!((out.as_str(), asked.as_str()), ("200", "GET / and more than a buffer"));
        copied.await.unwrap().unwrap();
        let pod = ObjectKey::new(Kind::Pod, "shop", "web");
        let work = ForwardWork { pod, uid: "u".into(), port: 80, local: 0 };
        assert_eq!(
            counts.words(8080, &work),
            "127.0.0.1:8080 → web:80 · 0 open of 0 connections · 28 B to it, 3 B from it"
        );
    }
}
