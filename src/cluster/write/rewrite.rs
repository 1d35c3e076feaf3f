//! Writes the objects of a resource anew, one after the other and not too fast. They are listed by name and uid alone; an
//! object that is gone or was written by somebody else meanwhile is passed over.

use std::time::Duration;

use http::{Request, header};
use kube::Client;
use serde_json::Value;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::apply::{Outcome, Tell, WriteEvent, Writer};
use super::request::{WriteError, send};
use crate::cluster::connect::explain;
use crate::cluster::wire::came;
use crate::domain::{Kind, ObjectKey};
use crate::lang::{clauses, t};
use crate::op::{Call, RewriteWork};

/// Objects of one answer.
const PAGE: usize = 500;
/// Names and uids, and no values.
const METADATA: &str = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(30);

/// One patch for each object, that changes nothing.
pub(super) async fn list(client: &Client, work: &RewriteWork) -> Result<Vec<Call>, String> {
    let (mut out, mut token) = (Vec::new(), String::new());
    let path = work.kind.path(work.namespace.as_deref());
    loop {
        let more = if token.is_empty() { String::new() } else { format!("&continue={token}") };
        let request = Request::get(format!("{path}?limit={PAGE}{more}"))
            .header(header::ACCEPT, METADATA)
            .body(Vec::new())
            .map_err(|e| e.to_string())?;
        let answer = tokio::time::timeout(ANSWER, client.request::<Value>(request)).await;
        let page = answer
            .map_err(|_| {
                t!("cluster-rewrite-no-answer", kinds = work.kind.meta().plural, seconds = ANSWER.as_secs())
            })?
            .map_err(|e| {
                t!("cluster-rewrite-unlisted", kinds = work.kind.meta().plural, why = explain(&e))
            })?;
        came::metadata_list(&page, work.kind)?;
        let items = page["items"].as_array().into_iter().flatten();
        out.extend(items.map(|item| call(work.kind, &item["metadata"])));
        page["metadata"]["continue"].as_str().unwrap_or_default().clone_into(&mut token);
        if token.is_empty() {
            return Ok(out);
        }
    }
}

fn call(kind: Kind, meta: &Value) -> Call {
    let text = |field: &str| meta[field].as_str().unwrap_or_default();
    let key = if kind.meta().namespaced {
        ObjectKey::new(kind, text("namespace"), text("name"))
    } else {
        ObjectKey::cluster(kind, text("name"))
    };
    Call::rewrite(&key, text("uid"))
}

/// Writes them anew until all are done, one fails, or the operator stops it between two requests.
pub(super) async fn run(
    writer: &Writer,
    work: &RewriteWork,
    cancel: &CancellationToken,
    tell: Tell<'_>,
) -> Outcome {
    let calls = tokio::select! {
        listed = list(&writer.client, work) => match listed {
            Ok(calls) => calls,
            Err(why) => return Outcome::Failed(why),
        },
        () = cancel.cancelled() => return Outcome::Cancelled(t!("cluster-write-before-first").to_owned()),
    };
    let gap = Duration::from_secs(1) / u32::try_from(work.per_second.max(1)).unwrap_or(1);
    let mut done = Done { kind: work.kind, all: calls.len(), written: 0, passed: 0, said: String::new() };
    let mut next = Instant::now();
    for call in &calls {
        tokio::select! {
            biased;
            () = cancel.cancelled() => return Outcome::Cancelled(done.words()),
            () = sleep_until(next) => {}
        }
        next = Instant::now() + gap;
        if let Err(outcome) = done.one(writer, call, tell).await {
            return outcome;
        }
    }
    if done.written == 0 && done.passed > 0 {
        return Outcome::Failed(clauses(&[done.words(), done.said]));
    }
    Outcome::Applied(done.words())
}

/// How far it is.
struct Done {
    kind: Kind,
    all: usize,
    written: usize,
    /// Gone or written by somebody else meanwhile.
    passed: usize,
    /// What the server said of the last one of these.
    said: String,
}

impl Done {
    async fn one(&mut self, writer: &Writer, call: &Call, tell: Tell<'_>) -> Result<(), Outcome> {
        let (object, what) = (call.target.clone(), call.access().verb);
        tell(WriteEvent::Sending { object: object.clone(), what: what.clone() }).map_err(Outcome::Failed)?;
        let told = match send(&writer.client, call, false).await {
            Ok(_) => {
                self.written += 1;
                tell(WriteEvent::Accepted { object, what })
            }
            Err(error) => {
                let words = error.to_string();
                let over = match &error {
                    WriteError::Gone { .. } | WriteError::Stale { .. } => None,
                    WriteError::Unknown { .. } => {
                        Some(Outcome::Unknown(clauses(&[words.clone(), self.words()])))
                    }
                    _ => Some(Outcome::Failed(clauses(&[words.clone(), self.words()]))),
                };
                let told = tell(WriteEvent::Refused { object, what, error });
                if let Some(outcome) = over {
                    return Err(outcome);
                }
                self.passed += 1;
                self.said = words;
                told
            }
        };
        told.map_err(Outcome::Unknown)?;
        let done = self.written + self.passed;
        tell(WriteEvent::Progress { done, total: self.all, line: self.words() }).map_err(Outcome::Unknown)
    }

    fn words(&self) -> String {
        let (written, all, kinds) = (self.written, self.all, self.kind.meta().plural);
        match self.passed {
            0 => t!("cluster-rewrite-done", written = written, all = all, kinds = kinds),
            passed => t!(
                "cluster-rewrite-done-passed",
                written = written,
                all = all,
                kinds = kinds,
                passed = passed
            ),
        }
    }
}
