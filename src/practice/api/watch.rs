//! WATCH: a stream of lines, from the ring of the store.
//!
//! A watch holds no lock while it waits and wakes only when its own kind changes.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures::stream;
use serde_json::{Value, json};
use tokio::sync::watch::Receiver;
use tokio::time::Instant;

use super::Answer;
use super::accept::Form;
use super::find::Filter;
use super::read::partial;
use super::request::Request;
use crate::practice::engine::Shared;
use crate::practice::kinds::Kind;
use crate::practice::status::Refusal;
use crate::practice::store::{Change, What};
use crate::practice::table;

/// How long a watch lasts when the client does not say.
const LASTS: Duration = Duration::from_mins(45);
/// How many events of the first state go into one chunk of the body.
const CHUNK: usize = 100;

struct Watch {
    shared: Arc<Shared>,
    kind: Kind,
    filter: Filter,
    form: Form,
    include: String,
    bookmarks: bool,
    /// Everything up to this version has been sent.
    version: u64,
    stage: Stage,
    /// Table columns go out with the first event only.
    columns_sent: bool,
    changes: Receiver<u64>,
    until: Instant,
}

/// How far a watch has come.
enum Stage {
    /// The first state is being sent; a bookmark ends it, when the client asked for one.
    First {
        left: VecDeque<Arc<Value>>,
        bookmark: bool,
    },
    Live,
    Over,
}

/// Opens a watch.
pub fn answer(shared: &Arc<Shared>, request: &Request, kind: Kind) -> Result<Answer, Refusal> {
    let query = &request.query;
    let filter = Filter::of(&request.target, query)?;
    let initial = query.yes("sendInitialEvents") && query.has("sendInitialEvents");
    check_initial(request)?;
    let version = query.number("resourceVersion").unwrap_or(0);
    let world = shared.lock();
    let current = world.store.version();
    let from_now = version == 0 && !query.has("sendInitialEvents");
    let first = if initial || from_now {
        world.store.list(kind).into_iter().filter(|o| filter.matches(o)).collect()
    } else {
        VecDeque::new()
    };
    let seconds = query.number("timeoutSeconds").filter(|s| *s > 0).map_or(LASTS, Duration::from_secs);
    let watch = Watch {
        shared: Arc::clone(shared),
        kind,
        filter,
        form: request.form,
        include: query.get("includeObject").to_owned(),
        bookmarks: query.yes("allowWatchBookmarks"),
        version: if initial || version == 0 { current } else { version },
        stage: Stage::First { left: first, bookmark: initial },
        columns_sent: false,
        changes: world.store.subscribe(kind),
        until: Instant::now() + seconds,
    };
    drop(world);
    let body = Body::from_stream(stream::unfold(watch, Watch::next));
    Ok(Answer::Stream("application/json;stream=watch", body))
}

/// `sendInitialEvents` comes with `resourceVersionMatch=NotOlderThan` or not at all.
fn check_initial(request: &Request) -> Result<(), Refusal> {
    let query = &request.query;
    let (given, rule) = (query.has("sendInitialEvents"), query.get("resourceVersionMatch"));
    let why = match (given, rule) {
        (true, "NotOlderThan") | (false, "") => return Ok(()),
        (true, _) => "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
        (false, _) => {
            "Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"
        }
    };
    Err(Refusal::invalid_option("ListOptions", "resourceVersionMatch", why))
}

impl Watch {
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        loop {
            if matches!(self.stage, Stage::Over) {
                return None;
            }
            let lines = self.collect();
            if !lines.is_empty() {
                return Some((Ok(Bytes::from(lines)), self));
            }
            let stop = self.shared.stop.clone();
            tokio::select! {
                () = stop.cancelled() => return None,
                changed = self.changes.changed() => changed.ok()?,
                () = tokio::time::sleep_until(self.until) => {
                    self.stage = Stage::Over;
                    if self.bookmarks {
                        let line = self.bookmark(false);
                        return Some((Ok(Bytes::from(line)), self));
                    }
                }
            }
        }
    }

    /// The lines that are due now, empty when there are none.
    fn collect(&mut self) -> Vec<u8> {
        if let Stage::First { left, bookmark } = &mut self.stage {
            let some: Vec<_> = left.drain(..CHUNK.min(left.len())).collect();
            let bookmark = *bookmark;
            if !some.is_empty() {
                return some.iter().flat_map(|object| self.line("ADDED", object)).collect();
            }
            self.stage = Stage::Live;
            if bookmark {
                return self.bookmark(true);
            }
        }
        let mut out = Vec::new();
        let changes = {
            let world = self.shared.lock();
            self.changes.mark_unchanged();
            world.store.since(self.kind, self.version)
        };
        match changes {
            Ok(changes) => {
                for change in changes {
                    self.version = change.rv;
                    if let Some((event, object)) = self.seen(&change) {
                        let line = self.line(event, &object);
                        out.extend(line);
                    }
                }
            }
            Err(old) => {
                self.stage = Stage::Over;
                let refusal =
                    Refusal::expired(format!("too old resource version: {} ({})", self.version, old.floor));
                out.extend(encode("ERROR", &refusal.body()));
            }
        }
        out
    }

    /// What a change looks like through the filter: an object may enter or leave it.
    fn seen(&self, change: &Change) -> Option<(&'static str, Arc<Value>)> {
        let now = change.what != What::Deleted && self.filter.matches(&change.object);
        let was = change.before.as_ref().is_some_and(|b| self.filter.matches(b));
        let event = match (was, now) {
            (false, true) => "ADDED",
            (true, true) => "MODIFIED",
            (true, false) => "DELETED",
            (false, false) => return None,
        };
        Some((event, Arc::clone(&change.object)))
    }

    fn line(&mut self, event: &str, object: &Arc<Value>) -> Vec<u8> {
        match self.form {
            Form::Plain => encode(event, object),
            Form::Partial => encode(event, &partial(object)),
            Form::Table => {
                let now = self.shared.lock().now();
                let columns = !std::mem::replace(&mut self.columns_sent, true);
                let meta = json!({"resourceVersion": object["metadata"]["resourceVersion"]});
                let rows = std::slice::from_ref(object);
                encode(event, &table::of(self.kind, rows, &self.include, now, &meta, columns))
            }
        }
    }

    fn bookmark(&mut self, end: bool) -> Vec<u8> {
        let row = self.kind.row();
        let mut metadata = json!({"resourceVersion": self.version.to_string()});
        if end {
            metadata["annotations"] = json!({"k8s.io/initial-events-end": "true"});
        }
        let object = json!({"kind": row.name, "apiVersion": row.api_version(), "metadata": metadata});
        match self.form {
            Form::Plain => encode("BOOKMARK", &object),
            Form::Partial => encode("BOOKMARK", &partial(&object)),
            Form::Table => {
                let columns = !std::mem::replace(&mut self.columns_sent, true);
                let version = json!({"resourceVersion": self.version.to_string()});
                encode("BOOKMARK", &table::bookmark(self.kind, &object, &version, columns))
            }
        }
    }
}

fn encode(event: &str, object: &Value) -> Vec<u8> {
    let mut line = format!("{{\"type\":\"{event}\",\"object\":{object}}}").into_bytes();
    line.push(b'\n');
    line
}
