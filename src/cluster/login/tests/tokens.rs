//! Tokens that a plugin gives: how long they are used, and when the server's refusal has it run again.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};

use super::{EXEC, World};
use crate::cluster::bridge::tests::serve::{Heard, Taken, head, line};
use crate::cluster::{Connection, explain};

/// A server that takes one token. The link with this number leads to one that takes none, and stays open.
struct Server {
    address: SocketAddr,
    takes: Arc<Mutex<&'static str>>,
    heard: Arc<Mutex<Vec<u16>>>,
}

impl Server {
    async fn new(wrong: Option<usize>) -> Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = Server { address, takes: Arc::new(Mutex::new("first")), heard: Arc::default() };
        let (takes, heard) = (Arc::clone(&server.takes), Arc::clone(&server.heard));
        tokio::spawn(async move {
            for number in 0.. {
                let (tcp, _) = listener.accept().await.unwrap();
                let (takes, heard) = (Arc::clone(&takes), Arc::clone(&heard));
                tokio::spawn(async move { serve(tcp, wrong == Some(number), &takes, &heard).await });
            }
        });
        server
    }

    fn takes(&self, token: &'static str) {
        *self.takes.lock().unwrap() = token;
    }

    /// The codes that it answered since this was asked last.
    fn heard(&self) -> Vec<u16> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

async fn serve(mut tcp: TcpStream, wrong: bool, takes: &Mutex<&'static str>, heard: &Mutex<Vec<u16>>) {
    loop {
        let head = head(&mut tcp).await;
        if head.is_empty() {
            return;
        }
        let token = format!("Bearer {}", takes.lock().unwrap());
        let taken = !wrong && line(&head, "authorization") == Some(&token);
        let (code, rest) = if taken { (200, "connection: close\r\n") } else { (401, "") };
        heard.lock().unwrap().push(code);
        let text = format!("HTTP/1.1 {code} X\r\ncontent-length: 2\r\n{rest}\r\n{{}}");
        if tcp.write_all(text.as_bytes()).await.is_err() || taken {
            return;
        }
    }
}

async fn asked(connection: &Connection) -> Result<String, String> {
    let request = http::Request::get("/api/v1/pods").body(Vec::new()).unwrap();
    connection.client.request_text(request).await.map_err(|e| explain(&e))
}

fn world(server: &Server) -> World {
    let folder = tempfile::tempdir().unwrap();
    let world = World { folder, heard: Heard::default(), taken: Taken::default() };
    world.leads_to(&format!("{{server: 'http://{}'}}", server.address), EXEC);
    world.plugin();
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials_are_used_whatever_their_end_says_by_this_clock() {
    let server = Server::new(None).await;
    let world = world(&server);
    let over = "2020-01-01T00:00:00Z";
    world.answers(&json!({"token": "first", "expirationTimestamp": over}));
    let connection = world.connect().await;
    for _ in 0..20 {
        asked(&connection).await.unwrap();
    }
    assert_eq!(world.runs(), 1, "the server takes them");
    world.answers(&json!({"token": "second", "expirationTimestamp": over}));
    server.takes("second");
    asked(&connection).await.unwrap_err();
    for _ in 0..20 {
        asked(&connection).await.unwrap();
    }
    assert_eq!(world.runs(), 2, "once for what the server refuses");
    server.takes("third");
    for _ in 0..40 {
        asked(&connection).await.unwrap_err();
    }
    let words = asked(&connection).await.unwrap_err();
    assert!(words.contains("refuses the credentials") && words.contains("ctrl-r"), "{words}");
    assert_eq!(world.runs(), 3, "never again and again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_several_servers_that_refuses_has_no_plugin_run_again() {
    // The very first link, before anything was taken, and a later one.
    for wrong in [0, 1] {
        let server = Server::new(Some(wrong)).await;
        let world = world(&server);
        world.answers(&json!({"token": "first"}));
        let connection = world.connect().await;
        for _ in 0..20 {
            asked(&connection).await.unwrap();
        }
        let refusals = server.heard().into_iter().filter(|code| *code == 401).count();
        assert_eq!(refusals, 1, "the link is met, and not taken again");
        assert_eq!(world.runs(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials_that_are_refused_twice_in_a_row_are_had_anew_once() {
    let server = Server::new(None).await;
    let world = world(&server);
    world.answers(&json!({"token": "first"}));
    let connection = world.connect().await;
    asked(&connection).await.unwrap();
    server.takes("second");
    world.answers(&json!({"token": "second"}));
    server.heard();
    asked(&connection).await.unwrap_err();
    assert_eq!(server.heard(), [401, 401], "the same request once more, and no third time");
    asked(&connection).await.unwrap();
    assert_eq!((server.heard(), world.runs()), (vec![200], 2));
}
