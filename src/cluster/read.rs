//! Details of one object, fetched when somebody looks and not kept: its YAML, its logs.

use futures::StreamExt;
use http::Request;
use http_body_util::BodyExt;
use kube::Client;
use kube::client::Body;
use serde_json::Value;
use thiserror::Error;
use tokio::sync::mpsc;

use super::connect::explain;
use super::log_lines::Lines;
use super::source::{read_status, send};
use crate::domain::{LogLine, LogRequest, ObjectKey, WIDE, hide_secrets, in_columns, sanitize};
use crate::lang::t;

/// Why something could not be read.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("{}", t!("cluster-read-failed", what = what, why = why))]
pub struct ReadError {
    pub what: String,
    pub why: String,
}

/// The object as YAML, without managedFields, and with the data of a Secret hidden.
pub async fn object_yaml(client: &Client, key: &ObjectKey) -> Result<String, ReadError> {
    let failed = |why: String| ReadError { what: key.to_string(), why };
    let request = Request::get(key.path()).body(Vec::new()).map_err(|e| failed(e.to_string()))?;
    let mut object = client.request::<Value>(request).await.map_err(|e| failed(explain(&e)))?;
    without_noise(&mut object);
    hide_secrets(&mut object);
    head_first(&mut object);
    let text = serde_saphyr::to_string(&object).map_err(|e| failed(e.to_string()))?;
    Ok(in_columns(&sanitize(&text), WIDE))
}

/// Which manager wrote which field is the server's to know.
pub(super) fn without_noise(object: &mut Value) {
    if let Some(meta) = object["metadata"].as_object_mut() {
        meta.shift_remove("managedFields");
    }
}

/// What it is stands before how it is; servers differ in where they put it.
pub(super) fn head_first(object: &mut Value) {
    let Some(fields) = object.as_object_mut() else { return };
    for (at, name) in ["apiVersion", "kind", "metadata"].into_iter().enumerate() {
        if let Some(value) = fields.shift_remove(name) {
            fields.shift_insert(at, name.to_owned(), value);
        }
    }
}

/// Lines handed over at once.
const BATCH: usize = 200;
/// Reads a log and sends its lines in batches until it ends, or its reader is gone.
pub async fn logs(
    client: &Client,
    request: &LogRequest,
    out: &mpsc::Sender<Vec<LogLine>>,
) -> Result<(), ReadError> {
    let what = t!("cluster-read-log", pod = request.pod, container = request.container);
    let failed = |why: String| ReadError { what: what.clone(), why };
    let from = match request.since {
        // To the second, as the API takes it.
        Some(at) => format!("sinceTime={}", at.strftime("%Y-%m-%dT%H:%M:%SZ")),
        None => format!("tailLines={}", request.tail_lines),
    };
    let uri = format!(
        "{}/log?container={}&{from}&follow={}&previous={}&timestamps=true",
        request.pod.path(),
        crate::domain::encoded(&request.container),
        request.follow && !request.previous,
        request.previous
    );
    let response = send(client, &uri, "*/*").await.map_err(|e| failed(e.to_string()))?;
    if !response.status().is_success() {
        let code = response.status();
        let status = read_status(response).await.status;
        return Err(failed(format!("{} {}", code.as_u16(), sanitize(&status.message))));
    }
    let body: http::Response<Body> = response;
    let mut chunks = body.into_body().into_data_stream();
    let mut lines = Lines::default();
    while let Some(chunk) = chunks.next().await {
        let mut read = Vec::new();
        lines.push(&chunk.map_err(|e| failed(explain(&e)))?, &mut read);
        for batch in batches(read) {
            if out.send(batch).await.is_err() {
                return Ok(());
            }
        }
    }
    let mut read = Vec::new();
    lines.finish(&mut read);
    for batch in batches(read) {
        let _ = out.send(batch).await;
    }
    Ok(())
}

fn batches(mut lines: Vec<LogLine>) -> impl Iterator<Item = Vec<LogLine>> {
    std::iter::from_fn(move || {
        let batch: Vec<_> = lines.drain(..lines.len().min(BATCH)).collect();
        (!batch.is_empty()).then_some(batch)
    })
}
