//! Odd servers: a proxy on loopback before any cluster, with a switch for each trouble that servers and the ways to them
//! have. What opsbook does behind each, and what kubectl does, stands in `docs/odd-servers.md`; `both/odd.rs` of the lab's
//! tests holds it.
//!
//! A new trouble is a field of [`Switches`] and its effect in `odd.rs`. The proxy must not know opsbook: it is a server.

mod odd;
mod wire;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::routing::any;
use kube::Client;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use wire::{Cutter, Loopback};

/// How a connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// In good order for TCP, in the middle for HTTP.
    Fin,
    Rst,
}

/// What is wrong with the server, or with the way to it. By default nothing is.
#[derive(Clone, Debug, Default)]
pub struct Switches {
    /// Every watch is cut after so long.
    pub cut: Option<(Duration, Cut)>,
    /// Pages have at most so many objects, however many were asked for.
    pub page: Option<usize>,
    /// A page of a list after the first so many is 410.
    pub expired_after_pages: Option<usize>,
    /// A watch that goes on from a version is 410, as long as this is on.
    pub expired_versions: bool,
    /// No bookmarks, also not the one that closes a streamed list.
    pub no_bookmarks: bool,
    /// Lists are not streamed, as before Kubernetes 1.32.
    pub old: bool,
    /// 401 for every token but this one.
    pub token: Option<String>,
    /// 403 by verb (`list`, `watch`, `get`) and namespace; an empty namespace is the whole cluster, `*` any place.
    pub forbidden: Vec<(&'static str, &'static str)>,
    /// 429 with `Retry-After` of so many seconds.
    pub busy: Option<u64>,
    /// 500 for everything.
    pub broken: bool,
    /// The head of an answer comes so late.
    pub slow_head: Option<Duration>,
    /// Between the pieces of a body is so much time.
    pub slow_body: Option<Duration>,
    /// A watch ends in good order in the middle of an event, after so many pieces.
    pub truncated_after: Option<usize>,
    /// Answers are compressed, asked for or not.
    pub gzip: bool,
    /// The connection is closed after each answer, as a server does that drains (GOAWAY is the same in HTTP/2).
    pub close_each: bool,
    /// Nothing is said any more in open watches, and their connections stay open: a link that died without a word.
    pub silent: bool,
    /// The server's clock is so many seconds ahead.
    pub clock: i64,
    /// Where the API is found behind the proxy: `/k8s/clusters/c-1`.
    pub prefix: String,
}

/// One request, as the proxy saw it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub at: Instant,
    pub path: String,
    pub query: String,
    pub code: u16,
}

impl Asked {
    pub fn watches(&self) -> bool {
        self.query.contains("watch=")
    }
}

/// The proxy; it ends with this.
pub struct OddServer {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    _task: JoinSet<()>,
}

struct Shared {
    behind: Client,
    switches: Mutex<Switches>,
    asked: Mutex<Vec<Asked>>,
    /// Pages that were given of each list.
    pages: Mutex<BTreeMap<String, usize>>,
}

impl OddServer {
    /// Starts one before a cluster.
    pub async fn before(behind: Client, switches: Switches) -> OddServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            behind,
            switches: Mutex::new(switches),
            asked: Mutex::default(),
            pages: Mutex::default(),
        });
        let app = Router::new().fallback(any(answer)).with_state(Arc::clone(&shared));
        let mut task = JoinSet::new();
        task.spawn(async move {
            let app = app.into_make_service_with_connect_info::<Cutter>();
            axum::serve(Loopback(listener), app).await.unwrap();
        });
        OddServer { address, shared, _task: task }
    }

    /// Turns switches.
    pub fn turn(&self, change: impl FnOnce(&mut Switches)) {
        change(&mut self.shared.switches.lock().unwrap());
    }

    /// What was asked since the last call.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.shared.asked.lock().unwrap())
    }

    /// Writes a kubeconfig that leads here.
    pub fn kubeconfig(&self, folder: &Path, user: &str) -> PathBuf {
        let path = folder.join("odd.kubeconfig");
        let prefix = self.shared.switches.lock().unwrap().prefix.clone();
        let text = format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: odd\ncontexts:\n- name: odd\n  context: {{cluster: odd, user: odd}}\nclusters:\n- name: odd\n  cluster: {{server: 'http://{}{prefix}'}}\nusers:\n- name: odd\n  user: {user}\n",
            self.address
        );
        std::fs::write(&path, text).unwrap();
        path
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cutter): ConnectInfo<Cutter>,
    request: Request,
) -> axum::response::Response {
    let (path, query) =
        (request.uri().path().to_owned(), request.uri().query().unwrap_or_default().to_owned());
    let answer = odd::answer(&shared, cutter, request).await;
    let code = answer.status().as_u16();
    shared.asked.lock().unwrap().push(Asked { at: Instant::now(), path, query, code });
    answer
}
