//! Reads what is known of an object, to be kept before it is changed: its YAML, the events about it, the logs of a pod, and what is
//! left in a namespace. It only sends GET requests.
//!
//! Must not write a file or mask anything: what was read goes to whoever asked, a piece at a time, so that little of it is
//! in memory. To save something more, add a part to [`collect`].

mod left;
mod logs;
mod objects;

use crate::lang::t;
use kube::Client;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::source::{read_status, send};
use crate::domain::{Kind, sanitize};
use crate::op::SaveWork;
use crate::vault::Vault;

/// Something that was read, or was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The text of a file.
    File { name: String, text: String },
    /// A line for the operator: what is left, what there is none of.
    Line(String),
    /// It could not be read, so that what is saved is not whole.
    Missing { what: String, why: String },
}

/// Where it goes. Nobody reads any more when it is closed.
pub type Sink = mpsc::Sender<Found>;

/// Why something could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotRead {
    /// The server has no such thing.
    #[error("{0}")]
    None(String),
    #[error("{0}")]
    Failed(String),
}

/// How it is read.
pub(super) struct Reader<'a> {
    client: &'a Client,
    /// What is secret of what is read goes there before anything is made of it.
    vault: &'a Vault,
    out: &'a Sink,
}

/// Reads all that the work names, until it is through, is cancelled, or nobody takes it.
pub async fn collect(
    client: &Client,
    vault: &Vault,
    work: &SaveWork,
    cancel: &CancellationToken,
    out: &Sink,
) {
    let reader = Reader { client, vault, out };
    tokio::select! {
        () = reader.all(work) => {}
        () = cancel.cancelled() => {}
        () = out.closed() => {}
    }
}

impl Reader<'_> {
    async fn all(&self, work: &SaveWork) {
        let object = &work.object;
        let what = object.to_string();
        let read = match self.json(&object.path()).await {
            Ok(read) => read,
            Err(why) => return self.missing(&what, why).await,
        };
        if read["metadata"]["uid"].as_str() != Some(&work.uid) {
            let why = t!("cluster-evidence-it-is-another-object-of-same").to_owned();
            return self.missing(&what, NotRead::Failed(why)).await;
        }
        self.one(&crate::op::file_name(object), &what, read.clone()).await;
        self.events(object).await;
        if object.kind == Kind::Pod {
            self.logs(object, &read).await;
        }
        if object.kind == Kind::Namespace {
            self.left(object.name()).await;
        }
        for resource in &work.resources {
            self.every(resource).await;
        }
    }

    async fn put(&self, found: Found) {
        // Nobody takes it any more: `collect` ends.
        let _ = self.out.send(found).await;
    }

    async fn line(&self, line: impl Into<String>) {
        self.put(Found::Line(line.into())).await;
    }

    async fn missing(&self, what: &str, why: NotRead) {
        self.put(Found::Missing { what: what.to_owned(), why: why.to_string() }).await;
    }

    /// The answer to a GET, as JSON. What is secret of it is known from then on.
    async fn json(&self, path: &str) -> Result<Value, NotRead> {
        self.json_as(path, "application/json").await
    }

    async fn json_as(&self, path: &str, accept: &str) -> Result<Value, NotRead> {
        let bytes = self.bytes(path, accept).await?;
        let value: Value = serde_json::from_slice(&bytes)
            .map_err(|e| NotRead::Failed(t!("cluster-evidence-answer-is-not-json", e = e)))?;
        self.vault.learn(&value);
        Ok(value)
    }

    async fn bytes(&self, path: &str, accept: &str) -> Result<Vec<u8>, NotRead> {
        use http_body_util::BodyExt as _;
        let answer = send(self.client, path, accept).await.map_err(|e| NotRead::Failed(e.to_string()))?;
        let code = answer.status();
        if !code.is_success() {
            let said = sanitize(&read_status(answer).await.status.message);
            let words = format!("{} {said}", code.as_u16()).trim().to_owned();
            let none = code == http::StatusCode::NOT_FOUND;
            return Err(if none { NotRead::None(words) } else { NotRead::Failed(words) });
        }
        let read = tokio::time::timeout(ANSWER, answer.into_body().collect()).await;
        let body = read.map_err(|_| {
            NotRead::Failed(t!("cluster-evidence-no-answer-within-s", as_secs = ANSWER.as_secs()))
        })?;
        let body = body.map_err(|e| NotRead::Failed(super::connect::explain(&e)))?;
        Ok(body.to_bytes().to_vec())
    }
}

/// How long an answer may take.
const ANSWER: std::time::Duration = std::time::Duration::from_mins(1);
