//! One GET to the API server and what its head says, for readings and for details alike. It must not decide when to ask
//! again: that is `pause.rs`.

use std::time::Duration;

use http::{HeaderMap, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use kube::Client;
use kube::client::Body;

use crate::cluster::connect::explain;
use crate::cluster::wire::came::TypeMeta;
use crate::cluster::wire::frames::unwrap_protobuf;
use crate::cluster::wire::meta::Status;
use crate::domain::Str;
use crate::lang::t;

/// Every answer of an API server has this in its head, also one that says in words that there is no such path.
const MARK: &str = "audit-id";
/// How long the head of an answer may take.
const ANSWER: Duration = Duration::from_secs(20);
/// A server that asks for more time than this is asked again all the same.
const LONGEST_REQUESTED: Duration = Duration::from_mins(2);

/// Sends a GET; the error is in words.
pub(in crate::cluster) async fn send(
    client: &Client,
    uri: &str,
    accept: &str,
) -> Result<Response<Body>, Str> {
    let request = Request::get(uri)
        .header(header::ACCEPT, accept)
        .body(Body::empty())
        .map_err(|e| Str::from(e.to_string()))?;
    let answer = match tokio::time::timeout(ANSWER, client.send(request)).await {
        Ok(answer) => answer.map_err(|e| Str::from(explain(&e)))?,
        Err(_) => return Err(t!("cluster-no-answer", seconds = ANSWER.as_secs()).into()),
    };
    match encoding(answer.headers()) {
        None => Ok(answer),
        Some(encoding) => Err(t!("cluster-read-compressed", encoding = encoding).into()),
    }
}

/// The compression of a body; none was asked for.
fn encoding(headers: &HeaderMap) -> Option<String> {
    let said = headers.get(header::CONTENT_ENCODING)?.to_str().unwrap_or(t!("cluster-read-some-way"));
    let said: String = crate::domain::sanitize(said).chars().take(40).collect();
    (!said.is_empty() && said != "identity").then_some(said)
}

pub(super) fn is_json(response: &Response<Body>) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    kind.is_none_or(|k| k.contains("json"))
}

/// How long the server asks to be left alone (`Retry-After` in seconds, as API servers send it).
pub(super) fn requested_pause(code: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    if code != StatusCode::TOO_MANY_REQUESTS && !code.is_server_error() {
        return None;
    }
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_REQUESTED))
}

/// An answer that is no success.
#[derive(Clone, Debug, Default)]
pub(in crate::cluster) struct Refusal {
    pub status: Status,
    /// It is the API server's own word, and not that of something between: it has the form, or the server's mark.
    pub own: bool,
}

/// The Status of an error answer, or its first words when it is not one.
pub(in crate::cluster) async fn read_status(response: Response<Body>) -> Refusal {
    let marked = response.headers().contains_key(MARK);
    let json = is_json(&response);
    let limited = http_body_util::Limited::new(response.into_body(), 1 << 20);
    let Ok(Ok(body)) = tokio::time::timeout(ANSWER, limited.collect()).await else {
        return Refusal { own: marked, ..Refusal::default() };
    };
    let body = body.to_bytes();
    let read: Option<Status> = if json {
        let said: Option<TypeMeta> = serde_json::from_slice(&body).ok();
        said.filter(is_status).and_then(|_| serde_json::from_slice(&body).ok())
    } else {
        let read = unwrap_protobuf(body.clone()).ok().filter(|(said, _)| is_status(said));
        read.and_then(|(_, raw)| prost::Message::decode(raw).ok())
    };
    match read {
        Some(status) => Refusal { status, own: true },
        None => {
            let message: String = String::from_utf8_lossy(&body).chars().take(200).collect();
            Refusal { status: Status { message, ..Status::default() }, own: marked }
        }
    }
}

fn is_status(said: &TypeMeta) -> bool {
    said.kind == "Status"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_asks_for_time_is_given_it_within_reason() {
        let headers = |value: &str| HeaderMap::from_iter([(header::RETRY_AFTER, value.parse().unwrap())]);
        let pause = |code, value: &str| requested_pause(code, &headers(value)).map(|d| d.as_secs());
        assert_eq!(pause(StatusCode::TOO_MANY_REQUESTS, "7"), Some(7));
        assert_eq!(pause(StatusCode::SERVICE_UNAVAILABLE, "99999"), Some(120));
        assert_eq!(pause(StatusCode::FORBIDDEN, "7"), None);
        assert_eq!(pause(StatusCode::TOO_MANY_REQUESTS, "Wed, 21 Oct 2026 07:28:00 GMT"), None);
        assert_eq!(requested_pause(StatusCode::TOO_MANY_REQUESTS, &HeaderMap::new()), None);
    }
}
