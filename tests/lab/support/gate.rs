//! A gate between a client and either cluster: it can shut, refuse to stream lists, and forget versions, as
//! servers and networks do.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::Body as Answer;
use bytes::Bytes;
use futures::StreamExt;
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use kube::Client;
use kube::client::Body;
use tokio::sync::watch;

/// The gate; clones are the same gate.
#[derive(Clone)]
pub struct Gate {
    behind: Client,
    state: Arc<State>,
}

struct State {
    shut: watch::Sender<bool>,
    no_streaming: AtomicBool,
    expired: AtomicBool,
    /// Answers that were pages of a list, and watches that were refused as too old.
    pages: AtomicUsize,
    expirations: AtomicUsize,
    /// The code that every write is answered with; 0 lets them through.
    refusal: AtomicU16,
    /// Writes that were refused so.
    refused: AtomicUsize,
    /// Paths that end with this, before their query, are answered with 403.
    forbidden: std::sync::Mutex<Option<String>>,
}

impl Gate {
    pub fn before(behind: Client) -> Gate {
        let state = State {
            shut: watch::Sender::new(false),
            no_streaming: AtomicBool::new(false),
            expired: AtomicBool::new(false),
            pages: AtomicUsize::new(0),
            expirations: AtomicUsize::new(0),
            refusal: AtomicU16::new(0),
            refused: AtomicUsize::new(0),
            forbidden: std::sync::Mutex::default(),
        };
        Gate { behind, state: Arc::new(state) }
    }

    /// A client whose every request goes through the gate.
    pub fn client(&self) -> Client {
        Client::new(self.clone(), "default")
    }

    /// Ends every open answer and refuses every connection.
    pub fn shut(&self) {
        self.state.shut.send_replace(true);
    }

    pub fn open(&self) {
        self.state.shut.send_replace(false);
    }

    /// From now on `sendInitialEvents` is 400, as before Kubernetes 1.32.
    pub fn refuse_streaming(&self) {
        self.state.no_streaming.store(true, Ordering::SeqCst);
    }

    /// Each watch that goes on from a version is answered with 410 until one for all was made anew.
    pub fn forget_versions(&self, forget: bool) {
        self.state.expired.store(forget, Ordering::SeqCst);
    }

    /// From now on what would change something, or open a stream into a pod, is answered with this code. Questions for
    /// rights are let through.
    pub fn refuse_writes(&self, code: StatusCode) {
        self.state.refusal.store(code.as_u16(), Ordering::SeqCst);
        self.state.refused.store(0, Ordering::SeqCst);
    }

    /// From now on whoever asks for what ends so may not see it.
    pub fn forbid(&self, end: &str) {
        *self.state.forbidden.lock().unwrap() = Some(end.to_owned());
    }

    /// Writes that were refused since.
    pub fn refused(&self) -> usize {
        self.state.refused.load(Ordering::SeqCst)
    }

    pub fn pages(&self) -> usize {
        self.state.pages.load(Ordering::SeqCst)
    }

    pub fn expirations(&self) -> usize {
        self.state.expirations.load(Ordering::SeqCst)
    }

    async fn pass(self, request: Request<Body>) -> Result<Response<Answer>, io::Error> {
        let away = || io::Error::new(io::ErrorKind::ConnectionRefused, "the gate is shut");
        let mut shut = self.state.shut.subscribe();
        if *shut.borrow_and_update() {
            return Err(away());
        }
        let path = request.uri().path();
        let stream = ["/exec", "/attach", "/portforward"].iter().any(|s| path.ends_with(s));
        let write = (request.method() != http::Method::GET && !path.contains("/selfsubject")) || stream;
        if let Ok(code) = StatusCode::from_u16(self.state.refusal.load(Ordering::SeqCst))
            && write
        {
            self.state.refused.fetch_add(1, Ordering::SeqCst);
            return Ok(refusal(code, &format!("the gate says {}", code.as_u16())));
        }
        let forbidden = self.state.forbidden.lock().unwrap().clone();
        if forbidden.is_some_and(|end| path.ends_with(&end)) {
            return Ok(refusal(StatusCode::FORBIDDEN, "the gate lets nobody see this"));
        }
        let query = request.uri().query().unwrap_or_default().to_owned();
        let watch = query.contains("watch=true");
        if query.contains("sendInitialEvents") && self.state.no_streaming.load(Ordering::SeqCst) {
            return Ok(refusal(StatusCode::BAD_REQUEST, "sendInitialEvents is forbidden for watch"));
        }
        if watch && query.contains("&resourceVersion=") && self.state.expired.load(Ordering::SeqCst) {
            self.state.expirations.fetch_add(1, Ordering::SeqCst);
            return Ok(refusal(StatusCode::GONE, "too old resource version"));
        }
        if query.contains("limit=") {
            self.state.pages.fetch_add(1, Ordering::SeqCst);
        }
        let response = self.behind.send(request).await.map_err(io::Error::other)?;
        let (head, body) = response.into_parts();
        let chunks = body.into_data_stream().map(|c| c.map_err(io::Error::other));
        // What was open when the gate shut breaks off in the middle, as a lost connection does.
        let broken = async move {
            let _ = shut.wait_for(|s| *s).await;
            Err::<Bytes, _>(away())
        };
        let chunks = futures::stream::select(
            chunks.map(Some).chain(futures::stream::iter([None])),
            futures::stream::once(broken).map(Some),
        );
        let until_end = chunks.take_while(|c| std::future::ready(c.is_some())).filter_map(std::future::ready);
        Ok(Response::from_parts(head, Answer::from_stream(until_end)))
    }
}

fn refusal(code: StatusCode, message: &str) -> Response<Answer> {
    let status = serde_json::json!({
        "apiVersion": "v1", "kind": "Status", "status": "Failure", "code": code.as_u16(), "message": message,
    });
    let body = Answer::from(status.to_string());
    let builder = Response::builder().status(code).header("content-type", "application/json");
    builder.body(body).expect("a valid answer")
}

impl tower::Service<Request<Body>> for Gate {
    type Response = Response<Answer>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Answer>, io::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        Box::pin(self.clone().pass(request))
    }
}
