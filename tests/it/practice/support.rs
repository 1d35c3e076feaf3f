//! Starting a scenario, asking its API, waiting for a state.

use std::time::Duration;

use futures::{StreamExt, TryStreamExt};
use http::Request;
use opsbook::practice::{FaultTime, Pace, Practice, PracticeOptions, Scenario};
use serde_json::Value;

/// Starts a scenario at Kubernetes' own pace: tests run on paused time, so it costs nothing.
pub fn start(id: &str, fault: FaultTime) -> Practice {
    let scenario = Scenario::load(id).expect("an embedded scenario");
    Practice::start(&scenario, PracticeOptions { fault, pace: Pace::Real }).expect("it starts")
}

/// A cluster with nothing wrong.
pub fn healthy() -> Practice {
    start("healthy", FaultTime::Held)
}

/// Any request; gives the code and the body.
pub async fn ask(practice: &Practice, method: &str, path: &str, content: &str, body: &str) -> (u16, Value) {
    let request = Request::builder().method(method).uri(path).header("content-type", content);
    ask_as(practice, request, body).await
}

/// Any request with headers.
pub async fn ask_as(practice: &Practice, request: http::request::Builder, body: &str) -> (u16, Value) {
    use http_body_util::BodyExt;
    use tower::ServiceExt;
    let request = request.body(axum::body::Body::from(body.to_owned())).unwrap();
    let response = practice.router().oneshot(request).await.unwrap();
    let code = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (code, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

pub async fn get(practice: &Practice, path: &str) -> Value {
    ask(practice, "GET", path, "", "").await.1
}

/// The names in a list.
pub async fn names(practice: &Practice, path: &str) -> Vec<String> {
    let list = get(practice, path).await;
    let items = list["items"].as_array().unwrap_or_else(|| panic!("{path}: {list}"));
    items.iter().map(|i| i["metadata"]["name"].as_str().unwrap().to_owned()).collect()
}

/// The events of a watch, as they come.
pub async fn watch(practice: &Practice, path: &str) -> impl futures::Stream<Item = Value> + Unpin + use<> {
    use tower::ServiceExt;
    let request = Request::builder().uri(path).body(axum::body::Body::empty()).unwrap();
    let response = practice.router().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    let chunks = response.into_body().into_data_stream().map_err(|e| panic!("{e}"));
    let lines = chunks.map_ok(|chunk: axum::body::Bytes| {
        let text = String::from_utf8(chunk.to_vec()).unwrap();
        futures::stream::iter(
            text.lines().map(|l| Ok::<Value, ()>(serde_json::from_str(l).unwrap())).collect::<Vec<_>>(),
        )
    });
    Box::pin(lines.try_flatten().map(|e| e.unwrap()))
}

/// The watch that tells of every change of an object or a list.
fn changes(path: &str, is_list: bool) -> String {
    let also = if path.contains('?') { "&" } else { "?" };
    match path.rsplit_once('/') {
        Some((collection, name)) if !is_list => {
            format!("{collection}?watch=true&fieldSelector=metadata.name={name}")
        }
        _ => format!("{path}{also}watch=true"),
    }
}

/// Waits until an object (or a list) looks as it should: it is looked at with every change of it. Says what it looked
/// like when that takes over a day.
pub async fn until(practice: &Practice, path: &str, what: &str, good: impl Fn(&Value) -> bool) -> Value {
    let waiting = async {
        loop {
            let is_list = get(practice, path).await["items"].is_array();
            // The watch begins before the look, so that no change falls between the two.
            let mut changes = watch(practice, &changes(path, is_list)).await;
            loop {
                let object = get(practice, path).await;
                if good(&object) {
                    return object;
                }
                if changes.next().await.is_none() {
                    break;
                }
            }
        }
    };
    if let Ok(object) = tokio::time::timeout(Duration::from_hours(24), waiting).await {
        return object;
    }
    panic!("{path} never showed {what}; it is now\n{:#}", get(practice, path).await)
}

/// A condition of an object as `status reason`.
pub fn condition(object: &Value, kind: &str) -> String {
    let all = object["status"]["conditions"].as_array().cloned().unwrap_or_default();
    let found = all.iter().find(|c| c["type"] == kind).cloned().unwrap_or_default();
    format!(
        "{} {}",
        found["status"].as_str().unwrap_or_default(),
        found["reason"].as_str().unwrap_or_default()
    )
}

/// An object of the list by name.
pub fn item<'a>(list: &'a Value, name: &str) -> Option<&'a Value> {
    list["items"].as_array()?.iter().find(|i| i["metadata"]["name"] == name)
}
