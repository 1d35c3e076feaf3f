//! The forward against a made-up API server on loopback, whose kubelet says what a test wants: real sockets, no cluster.

use std::sync::Arc;

use base64::Engine;
use sha1::{Digest, Sha1};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::sync::watch;

use super::*;
use crate::clock::Clock;
use crate::domain::{ObjectKey, PodPhase};
use crate::testing::{World, pod};

const REFUSED: &str = "failed to connect to localhost:80 inside namespace: connect: connection refused";

/// What the kubelet does with a connection.
#[derive(Clone, Copy)]
enum Kubelet {
    /// It says this, and leaves the connection open.
    Says(&'static str),
    /// It answers the first bytes, and ends.
    Answers,
}

fn work() -> ForwardWork {
    ForwardWork { pod: ObjectKey::new(Kind::Pod, "shop", "web"), uid: "uid-web".into(), port: 80, local: 0 }
}

/// A message of a WebSocket as a server sends it: on a channel, in one frame.
fn frame(channel: u8, bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x82, u8::try_from(bytes.len() + 1).unwrap(), channel];
    assert!(out[1] < 126, "a short one");
    out.extend(bytes);
    out
}

/// Takes one request: the pod's metadata, or a stream to it.
async fn answer(stream: TcpStream, kubelet: Kubelet, uid: &str) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut first, mut key) = (String::new(), String::new());
    stream.read_line(&mut first).await?;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        if line.trim().is_empty() {
            break;
        }
        if let Some((_, value)) =
            line.split_once(':').filter(|(n, _)| n.eq_ignore_ascii_case("sec-websocket-key"))
        {
            value.trim().clone_into(&mut key);
        }
    }
    if !first.contains("/portforward") {
        let body = format!(
            r#"{{"apiVersion":"meta.k8s.io/v1","kind":"PartialObjectMetadata","metadata":{{"name":"web","uid":"{uid}"}}}}"#
        );
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
        let text = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        return stream.write_all(text.as_bytes()).await;
    }
    let digest = Sha1::digest(format!("{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11").as_bytes());
    let accept = base64::engine::general_purpose::STANDARD.encode(digest);
    let head = "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade";
    let text = format!(
        "{head}\r\nsec-websocket-accept: {accept}\r\nsec-websocket-protocol: v4.channel.k8s.io\r\n\r\n"
    );
    stream.write_all(text.as_bytes()).await?;
    for channel in [0, 1] {
        stream.write_all(&frame(channel, &80u16.to_le_bytes())).await?;
    }
    match kubelet {
        Kubelet::Says(words) => stream.write_all(&frame(1, words.as_bytes())).await?,
        Kubelet::Answers => {
            stream.read_u8().await?;
            stream.write_all(&frame(0, b"200")).await?;
            stream.write_all(&[0x88, 0]).await?;
        }
    }
    // Until the other side has enough.
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.map(drop)
}

/// A forward under way, with what it told.
struct Bench {
    told: tokio::sync::mpsc::Receiver<WriteEvent>,
    worlds: watch::Sender<Arc<ClusterSnapshot>>,
    cancel: CancellationToken,
    end: tokio::task::JoinHandle<Outcome>,
}

impl Bench {
    async fn begin(kubelet: Kubelet, uid: &'static str) -> Bench {
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = format!("http://{}", server.local_addr().unwrap());
        tokio::spawn(async move {
            // The first answer is about the pod that the plan was made for.
            let mut now = "uid-web";
            while let Ok((stream, _)) = server.accept().await {
                tokio::spawn(answer(stream, kubelet, now));
                now = uid;
            }
        });
        let client = kube::Client::try_from(kube::Config::new(at.parse().unwrap())).unwrap();
        let (worlds, snapshots) = watch::channel(Arc::new(World::new().pod(pod("shop", "web", "w")).0));
        let writer =
            Writer { client, snapshots, clock: Clock::real(), vault: crate::vault::Vault::default() };
        let (out, told) = tokio::sync::mpsc::channel(64);
        let cancel = CancellationToken::new();
        let end = tokio::spawn({
            let cancel = cancel.clone();
            async move {
                let mut tell = |event| out.try_send(event).map_err(|e| e.to_string());
                run(&writer, &work(), &cancel, &mut tell).await
            }
        });
        Bench { told, worlds, cancel, end }
    }

    /// The next words, and whether they tell of trouble.
    async fn words(&mut self) -> (String, bool) {
        loop {
            match self.told.recv().await.expect("it goes on") {
                WriteEvent::Line(line) => return (line, false),
                WriteEvent::Trouble(line) => return (line, true),
                _ => {}
            }
        }
    }

    /// A connection from this machine, to where the words say.
    async fn connect(words: &str) -> TcpStream {
        let at = words.split(' ').next().unwrap();
        TcpStream::connect(at).await.unwrap()
    }
}

#[tokio::test]
async fn that_nothing_listens_is_said_before_anybody_comes_and_on_the_first_connection() {
    let mut bench = Bench::begin(Kubelet::Says(REFUSED), "uid-web").await;
    let (first, trouble) = bench.words().await;
    let (said, at) = if trouble { (first.clone(), first) } else { (bench.words().await.0, first) };
    assert!(said.contains(&format!("✖ nothing listens on port 80 in the pod: {REFUSED} · 0 open")), "{said}");
    let mut here = Bench::connect(&at).await;
    let mut out = String::new();
    here.read_to_string(&mut out).await.unwrap();
    assert_eq!(out, "", "a client that waits is sent away");
    let (line, trouble) = bench.words().await;
    assert!(!trouble && line.contains(REFUSED) && line.contains("of 1 connection"), "{line}");
    bench.cancel.cancel();
    let Outcome::Applied(words) = bench.end.await.unwrap() else { panic!() };
    assert!(words.contains("nothing listens"), "{words}");
}

#[tokio::test]
async fn what_passes_is_counted_and_clears_what_was_wrong() {
    let mut bench = Bench::begin(Kubelet::Answers, "uid-web").await;
    let (line, _) = bench.words().await;
    let mut here = Bench::connect(&line).await;
    here.write_all(b"GET").await.unwrap();
    let mut out = String::new();
    here.read_to_string(&mut out).await.unwrap();
    drop(here);
    assert_eq!(out, "200");
    while !bench.words().await.0.ends_with("0 open of 1 connection · 3 B to it, 3 B from it") {}
    bench.cancel.cancel();
    assert!(matches!(bench.end.await.unwrap(), Outcome::Applied(words) if words.starts_with("ended: 127.")));
}

#[tokio::test]
async fn a_pod_that_is_gone_ends_it_by_the_picture_and_by_the_next_connection() {
    let mut bench = Bench::begin(Kubelet::Answers, "uid-web").await;
    bench.words().await;
    bench.worlds.send(Arc::new(World::new().0)).unwrap();
    let Outcome::Failed(words) = bench.end.await.unwrap() else { panic!() };
    assert!(words.starts_with("pod shop/web is gone; 127.0.0.1:"), "{words}");

    let mut bench = Bench::begin(Kubelet::Answers, "uid-other").await;
    let (line, _) = bench.words().await;
    let _here = Bench::connect(&line).await;
    let Outcome::Failed(words) = bench.end.await.unwrap() else { panic!() };
    assert!(words.starts_with("pod shop/web is gone; another one has its name"), "{words}");
}

#[test]
fn what_the_picture_does_not_know_is_not_over() {
    let mut row = pod("shop", "web", "w");
    row.phase = PodPhase::Failed;
    assert_eq!(
        over(&World::new().pod(row.clone()).0, &work()).unwrap(),
        "pod shop/web has ended: it is Failed"
    );
    row.phase = PodPhase::Running;
    assert_eq!(over(&World::new().pod(row).0, &work()), None);
    assert_eq!(over(&ClusterSnapshot::default(), &work()), None, "the pods are not read");
}

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
    assert_eq!(
        counts.words(8080, &work(), Some("refused")),
        "127.0.0.1:8080 → web:80 · ✖ refused · 0 open of 0 connections · 28 B to it, 3 B from it"
    );
}
