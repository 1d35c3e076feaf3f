//! The API server: HTTP in, HTTP out, over one [`World`](super::world::World).
//!
//! Requests are answered at once under the lock; only watches and followed logs stay open, and they hold no lock while
//! they wait. Nothing here decides what a controller would decide. One more subresource is one arm in `verbs`.

mod accept;
mod discovery;
mod door;
mod eviction;
mod exec;
mod find;
mod log;
mod openapi;
mod protobuf;
mod query;
mod read;
mod request;
mod review;
mod scale;
mod token;
mod verbs;
mod watch;
mod write;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::response::Response;
use axum::routing::{any, get};
use http::{HeaderMap, Method, StatusCode, header};
use serde_json::Value;

use super::engine::Shared;
use super::status::Refusal;
use request::Request;

pub use read::partial;

/// `MaxRequestBodyBytes` of the API server.
const LARGEST: usize = 3 << 20;

/// What is sent back.
pub enum Answer {
    Json(StatusCode, Vec<u8>),
    Text(StatusCode, String),
    Stream(&'static str, Body),
}

impl Answer {
    /// An object with code 200.
    pub fn ok(object: &Value) -> Self {
        Self::object(StatusCode::OK, object)
    }

    /// An object with any code.
    pub fn object(code: StatusCode, object: &Value) -> Self {
        Self::Json(code, object.to_string().into_bytes())
    }
}

/// The routes; every request that no route takes is a 404 Status.
pub fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/version", get(discovery::version))
        .route("/healthz", get(discovery::health))
        .route("/livez", get(discovery::health))
        .route("/readyz", get(discovery::health))
        .route("/api", get(discovery::core_versions))
        .route("/apis", get(discovery::groups))
        .route("/apis/{group}", get(discovery::group))
        .route("/api/v1", get(discovery::core_resources))
        .route("/apis/{group}/{version}", get(discovery::resources))
        .route("/openapi/v2", get(openapi::second))
        .route("/openapi/v3", get(openapi::index))
        .route("/openapi/v3/{*path}", get(openapi::group))
        .route("/api/v1/{*rest}", any(core))
        .route("/apis/{group}/{version}/{*rest}", any(grouped))
        .fallback(|| async { finish(Ok(nowhere())) })
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(shared)
}

/// The same for a socket, which others than this program can reach.
pub fn guarded(shared: Arc<Shared>) -> Router {
    router(shared).layer(axum::middleware::from_fn(door::guard))
}

async fn core(
    State(shared): State<Arc<Shared>>,
    Path(rest): Path<String>,
    method: Method,
    query: RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let request =
        read(body).and_then(|b| Request::new(&method, "", "v1", &rest, query.0.as_deref(), &headers, b));
    answer(&shared, request)
}

async fn grouped(
    State(shared): State<Arc<Shared>>,
    Path((group, version, rest)): Path<(String, String, String)>,
    method: Method,
    query: RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let request = read(body)
        .and_then(|b| Request::new(&method, &group, &version, &rest, query.0.as_deref(), &headers, b));
    answer(&shared, request)
}

/// The body, where it is not larger than the server takes.
fn read(body: Result<Bytes, BytesRejection>) -> Result<Bytes, Refusal> {
    body.map_err(|why| match why.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::too_large(&format!("limit is {LARGEST}")),
        _ => Refusal::bad_request(why.body_text()),
    })
}

fn answer(shared: &Arc<Shared>, request: Result<Request, Refusal>) -> Response {
    finish(request.and_then(|request| {
        if discovery::serves(&request.group, &request.version) {
            verbs::answer(shared, &request)
        } else {
            Ok(nowhere())
        }
    }))
}

/// The answer to a path that no group has: plain text, as the real server gives it.
pub fn nowhere() -> Answer {
    Answer::Text(StatusCode::NOT_FOUND, "404 page not found\n".to_owned())
}

/// Makes the response out of an answer or a refusal.
pub fn finish(answer: Result<Answer, Refusal>) -> Response {
    let (code, kind, body) = match answer {
        Ok(Answer::Json(code, bytes)) => (code, "application/json", Body::from(bytes)),
        Ok(Answer::Text(code, text)) => (code, "text/plain; charset=utf-8", Body::from(text)),
        Ok(Answer::Stream(kind, body)) => (StatusCode::OK, kind, body),
        Err(refusal) => (refusal.code, "application/json", Body::from(refusal.body().to_string())),
    };
    Response::builder()
        .status(code)
        .header(header::CONTENT_TYPE, kind)
        .header(header::CACHE_CONTROL, "no-cache, private")
        .body(body)
        .expect("constant headers make a valid response")
}
