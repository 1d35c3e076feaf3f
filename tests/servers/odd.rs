//! What each switch does to an answer.

use std::io;
use std::time::{Duration, SystemTime};

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use http::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, DATE,
};
use http::{HeaderValue, StatusCode};
use http_body_util::BodyExt;

use super::wire::Cutter;
use super::{Cut, Shared, Switches};

type Chunks = BoxStream<'static, io::Result<Bytes>>;

pub async fn answer(shared: &Shared, cutter: Cutter, request: Request) -> Response {
    let odd = shared.switches.lock().unwrap().clone();
    if let Some(wait) = odd.slow_head {
        tokio::time::sleep(wait).await;
    }
    let mut response = match refused(shared, &odd, &request) {
        Some(response) => response,
        None => passed(shared, &odd, cutter, request).await,
    };
    let headers = response.headers_mut();
    if odd.clock != 0 {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() as i64;
        let then = jiff::Timestamp::from_second(now + odd.clock).unwrap();
        let date = then.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        headers.insert(DATE, HeaderValue::from_str(&date).unwrap());
    }
    if odd.close_each {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// What the request is for, as the API server's rights see it.
struct Wanted<'a> {
    path: &'a str,
    query: &'a str,
    verb: &'static str,
    namespace: &'a str,
    goes_on: bool,
}

impl<'a> Wanted<'a> {
    fn of(request: &'a Request, prefix: &str) -> Wanted<'a> {
        let path = request.uri().path();
        let path = path.strip_prefix(prefix).unwrap_or(path);
        let query = request.uri().query().unwrap_or_default();
        let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
        let at = parts.iter().position(|p| *p == "namespaces");
        let namespace = at.and_then(|at| parts.get(at + 1)).filter(|_| parts.len() > at.unwrap_or(0) + 2);
        // `/api/v1/pods`, `/apis/GROUP/VERSION/RESOURCE`, and the same in a namespace.
        let head = if parts.first() == Some(&"api") { 2 } else { 3 };
        let depth = if namespace.is_some() { head + 3 } else { head + 1 };
        let goes_on = query.contains("watch=true");
        let verb = match request.method().as_str() {
            "GET" if goes_on => "watch",
            "GET" if parts.len() == depth => "list",
            "GET" => "get",
            _ => "write",
        };
        Wanted { path, query, verb, namespace: namespace.copied().unwrap_or_default(), goes_on }
    }
}

/// An answer that the cluster behind never sees.
fn refused(shared: &Shared, odd: &Switches, request: &Request) -> Option<Response> {
    let Some(_) = request.uri().path().strip_prefix(&odd.prefix) else {
        return Some(status(StatusCode::NOT_FOUND, "NotFound", "there is nothing outside of the prefix"));
    };
    if let Some(token) = &odd.token {
        let sent = request.headers().get(AUTHORIZATION).and_then(|v| v.to_str().ok());
        if sent != Some(&format!("Bearer {token}")) {
            return Some(status(StatusCode::UNAUTHORIZED, "Unauthorized", "Unauthorized"));
        }
    }
    let wanted = Wanted::of(request, &odd.prefix);
    let about = |(verb, namespace): &(&str, &str)| {
        *verb == wanted.verb && (*namespace == "*" || *namespace == wanted.namespace)
    };
    if odd.forbidden.iter().any(about) {
        let words = format!("the odd server forbids to {} in {:?}", wanted.verb, wanted.namespace);
        return Some(status(StatusCode::FORBIDDEN, "Forbidden", &words));
    }
    if odd.broken {
        return Some(status(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", "the odd server is broken"));
    }
    if let Some(seconds) = odd.busy {
        let mut busy = status(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", "the odd server is busy");
        busy.headers_mut().insert("retry-after", HeaderValue::from(seconds));
        return Some(busy);
    }
    if odd.old && wanted.query.contains("sendInitialEvents") {
        let words = "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled";
        return Some(status(StatusCode::UNPROCESSABLE_ENTITY, "Invalid", words));
    }
    let goes_on_from = wanted.query.split('&').any(|p| p.starts_with("resourceVersion="));
    if odd.expired_versions && wanted.goes_on && goes_on_from {
        return Some(status(StatusCode::GONE, "Expired", "too old resource version"));
    }
    if let Some(after) = odd.expired_after_pages
        && wanted.verb == "list"
    {
        let mut pages = shared.pages.lock().unwrap();
        let given = pages.entry(wanted.path.to_owned()).or_default();
        if !wanted.query.contains("continue=") {
            *given = 0;
        } else if *given >= after {
            let words = "The provided continue parameter is too old to display a consistent list result";
            return Some(status(StatusCode::GONE, "Expired", words));
        }
        *given += 1;
    }
    None
}

fn status(code: StatusCode, reason: &str, message: &str) -> Response {
    let status = serde_json::json!({
        "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "code": code.as_u16(),
        "reason": reason, "message": message,
    });
    let response = Response::builder().status(code).header("content-type", "application/json");
    response.body(Body::from(status.to_string())).unwrap()
}

async fn passed(shared: &Shared, odd: &Switches, cutter: Cutter, request: Request) -> Response {
    let goes_on = Wanted::of(&request, &odd.prefix).goes_on;
    let (mut head, body) = request.into_parts();
    let uri = head.uri.path_and_query().unwrap().as_str();
    let mut uri = uri.strip_prefix(&odd.prefix).unwrap().to_owned();
    if let Some(page) = odd.page {
        uri = uri.replace("limit=500", &format!("limit={page}"));
    }
    head.uri = uri.parse().unwrap();
    head.headers.remove(ACCEPT_ENCODING);
    head.headers.remove(AUTHORIZATION);
    head.headers.remove("host");
    if odd.no_bookmarks && goes_on {
        // Lines can be left out, frames cannot.
        head.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    }
    let body = body.collect().await.unwrap().to_bytes();
    let request = http::Request::from_parts(head, kube::client::Body::from(body));
    let answer = match shared.behind.send(request).await {
        Ok(answer) => answer,
        Err(e) => return status(StatusCode::BAD_GATEWAY, "BadGateway", &e.to_string()),
    };
    let (mut head, body) = answer.into_parts();
    head.headers.remove(CONTENT_LENGTH);
    head.headers.remove("transfer-encoding");
    let mut chunks: Chunks = body.into_data_stream().map_err(io::Error::other).boxed();
    if goes_on {
        chunks = watched(chunks, odd, cutter);
    } else if odd.gzip {
        let whole: Vec<Bytes> = chunks.try_collect().await.unwrap();
        chunks = futures::stream::iter([Ok(gzip(&whole.concat()))]).boxed();
        head.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    if let Some(pause) = odd.slow_body {
        chunks = chunks
            .then(move |chunk| async move {
                tokio::time::sleep(pause).await;
                chunk
            })
            .boxed();
    }
    Response::from_parts(head, Body::from_stream(chunks))
}

fn watched(chunks: Chunks, odd: &Switches, cutter: Cutter) -> Chunks {
    let mut chunks = chunks;
    if odd.no_bookmarks {
        chunks = lines(chunks).try_filter(|line| std::future::ready(!bookmark(line))).boxed();
    }
    if let Some(after) = odd.truncated_after {
        let cut = chunks.enumerate().map(move |(i, chunk)| {
            let whole = chunk?;
            Ok(if i >= after { whole.slice(..whole.len() / 2) } else { whole })
        });
        chunks = cut.take(after + 1).boxed();
    }
    if odd.silent {
        chunks = futures::stream::pending().boxed();
    }
    if let Some((after, how)) = odd.cut {
        chunks = cut_after(chunks, after, how, cutter);
    }
    chunks
}

fn cut_after(chunks: Chunks, after: Duration, how: Cut, cutter: Cutter) -> Chunks {
    let cut = async move {
        tokio::time::sleep(after).await;
        if how == Cut::Rst {
            cutter.reset();
        }
        Err(io::Error::other("cut"))
    };
    // The answer's own end is no reason to wait.
    let ends = chunks.map(Some).chain(futures::stream::iter([None]));
    futures::stream::select(ends, futures::stream::once(cut).map(Some))
        .take_while(|chunk| std::future::ready(chunk.is_some()))
        .filter_map(std::future::ready)
        .boxed()
}

/// Whole lines of what comes in pieces.
fn lines(chunks: Chunks) -> Chunks {
    let mut rest = Vec::new();
    chunks
        .map_ok(move |chunk| {
            rest.extend_from_slice(&chunk);
            let end = rest.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
            let whole: Vec<u8> = rest.drain(..end).collect();
            let lines: Vec<_> = whole.split_inclusive(|b| *b == b'\n').map(Bytes::copy_from_slice).collect();
            futures::stream::iter(lines.into_iter().map(Ok))
        })
        .try_flatten()
        .boxed()
}

fn bookmark(line: &Bytes) -> bool {
    serde_json::from_slice::<serde_json::Value>(line).is_ok_and(|event| event["type"] == "BOOKMARK")
}

fn gzip(body: &[u8]) -> Bytes {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body).unwrap();
    Bytes::from(encoder.finish().unwrap())
}
