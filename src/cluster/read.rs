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
use super::watch::{read_status, send};
use crate::domain::{LogLine, LogRequest, ObjectKey, Timestamp, hide_secrets, sanitize};

/// Why something could not be read.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("{what} could not be read: {why}")]
pub struct ReadError {
    pub what: String,
    pub why: String,
}

/// The object as YAML, without managedFields, and with the data of a Secret hidden.
pub async fn object_yaml(client: &Client, key: &ObjectKey) -> Result<String, ReadError> {
    let failed = |why: String| ReadError { what: key.to_string(), why };
    let request = Request::get(key.path()).body(Vec::new()).map_err(|e| failed(e.to_string()))?;
    let mut object = client.request::<Value>(request).await.map_err(|e| failed(explain(&e)))?;
    if let Some(meta) = object["metadata"].as_object_mut() {
        meta.shift_remove("managedFields");
    }
    hide_secrets(&mut object);
    head_first(&mut object);
    let text = serde_saphyr::to_string(&object).map_err(|e| failed(e.to_string()))?;
    Ok(sanitize(&text))
}

/// What it is stands before how it is; servers differ in where they put it.
fn head_first(object: &mut Value) {
    let Some(fields) = object.as_object_mut() else { return };
    for (at, name) in ["apiVersion", "kind", "metadata"].into_iter().enumerate() {
        if let Some(value) = fields.shift_remove(name) {
            fields.shift_insert(at, name.to_owned(), value);
        }
    }
}

/// Lines handed over at once.
const BATCH: usize = 200;
/// A longer line is cut: a log line of megabytes must not fill the memory.
const LONGEST_LINE: usize = 8 << 10;

/// Reads a log and sends its lines in batches until it ends, or its reader is gone.
pub async fn logs(
    client: &Client,
    request: &LogRequest,
    out: &mpsc::Sender<Vec<LogLine>>,
) -> Result<(), ReadError> {
    let what = format!("the log of {} {}", request.pod, request.container);
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
        let status = read_status(response).await;
        return Err(failed(format!("{} {}", code.as_u16(), sanitize(&status.message))));
    }
    let body: http::Response<Body> = response;
    let mut chunks = body.into_body().into_data_stream();
    let mut rest: Vec<u8> = Vec::new();
    while let Some(chunk) = chunks.next().await {
        rest.extend_from_slice(&chunk.map_err(|e| failed(explain(&e)))?);
        let mut lines = Vec::new();
        while let Some(end) = rest.iter().position(|b| *b == b'\n') {
            let line: Vec<u8> = rest.drain(..=end).collect();
            lines.extend(text_lines(&line));
            if lines.len() >= BATCH && out.send(std::mem::take(&mut lines)).await.is_err() {
                return Ok(());
            }
        }
        if rest.len() > LONGEST_LINE {
            lines.extend(text_lines(&std::mem::take(&mut rest)));
        }
        if !lines.is_empty() && out.send(lines).await.is_err() {
            return Ok(());
        }
    }
    if !rest.is_empty() {
        let _ = out.send(text_lines(&rest).collect()).await;
    }
    Ok(())
}

/// A line in parts of at most [`LONGEST_LINE`] bytes: what is longer is shown as several.
fn text_lines(bytes: &[u8]) -> impl Iterator<Item = LogLine> + '_ {
    bytes.chunks(LONGEST_LINE).map(text_line)
}

/// The server's time and the text behind it. What is not such a time belongs to the text: it is the rest of a line that
/// was cut.
fn text_line(bytes: &[u8]) -> LogLine {
    let line = sanitize(String::from_utf8_lossy(bytes).trim_end_matches(['\n', '\r']));
    let stamp = line.split_once(' ').unwrap_or((&line, ""));
    match stamp.0.parse::<Timestamp>() {
        Ok(at) => LogLine { at: Some(at), text: stamp.1.to_owned() },
        Err(_) => LogLine { at: None, text: line },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_parted_from_the_servers_time_and_the_rest_of_a_long_one_has_none() {
        let line = text_line(b"2026-03-01T03:14:00.5Z 03:14 ready \x1b[31mnow\r\n");
        assert_eq!(line.text, "03:14 ready now");
        assert_eq!(line.at, "2026-03-01T03:14:00.5Z".parse().ok());
        assert_eq!(text_line(b"and more\n"), LogLine { at: None, text: "and more".into() });
        assert_eq!(text_line(b"2026-03-01T03:14:00Z\n").text, "", "an empty line");
        let long = vec![b'x'; LONGEST_LINE * 2 + 1];
        let parts: Vec<_> = text_lines(&long).map(|l| l.text.len()).collect();
        assert_eq!(parts, [LONGEST_LINE, LONGEST_LINE, 1], "nothing of it is lost");
    }
}
