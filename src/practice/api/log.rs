//! GET pods/log: lines computed from what the container's image does and when it started; nothing is stored.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures::stream;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;

use super::Answer;
use super::query::Query;
use super::request::Request;
use crate::practice::clock::{self, before, micros};
use crate::practice::engine::Shared;
use crate::practice::kinds::Kind;
use crate::practice::logs::{Line, Run, lines, next_line};
use crate::practice::obj::{list, name, text};
use crate::practice::status::Refusal;
use crate::practice::world::World;

/// Answers with the log, and goes on with it when it is followed.
pub fn answer(shared: &Arc<Shared>, request: &Request) -> Result<Answer, Refusal> {
    let (target, query) = (&request.target, &request.query);
    let world = shared.lock();
    let found = world.store.get(Kind::Pod, &target.namespace, &target.name);
    let pod = found.ok_or_else(|| Refusal::not_found(Kind::Pod, &target.name))?;
    let container = container(&pod, query.get("container"))?;
    reachable(&world, "containerLogs", &pod, &container)?;
    let Some(run) = Run::of(&world, &pod, &container, query.yes("previous") && query.has("previous")) else {
        return Err(no_run(&pod, &container, query));
    };
    let now = world.now();
    let mut all = lines(&run, now);
    limit(&mut all, query, now);
    let stamps = query.has("timestamps") && query.yes("timestamps");
    let mut text: String = all.iter().map(|l| print(l, stamps)).collect();
    if let Some(bytes) = query.number("limitBytes").and_then(|n| usize::try_from(n).ok()) {
        text.truncate((0..=bytes.min(text.len())).rev().find(|n| text.is_char_boundary(*n)).unwrap_or(0));
    }
    if !(query.has("follow") && query.yes("follow")) || run.finished.is_some() {
        return Ok(Answer::Text(StatusCode::OK, text));
    }
    let state = Follow { shared: Arc::clone(shared), run, stamps, sent: now, ready: Some(text) };
    let body = Body::from_stream(stream::unfold(state, Follow::next));
    Ok(Answer::Stream("text/plain; charset=utf-8", body))
}

fn print(line: &Line, stamps: bool) -> String {
    if stamps { format!("{} {}\n", micros(line.at), line.text) } else { format!("{}\n", line.text) }
}

/// `tailLines`, `sinceSeconds` and `sinceTime`.
fn limit(all: &mut Vec<Line>, query: &Query, now: Timestamp) {
    let seconds = query.number("sinceSeconds").map(|s| before(now, std::time::Duration::from_secs(s)));
    if let Some(since) = seconds.or_else(|| clock::parse(query.get("sinceTime"))) {
        all.retain(|l| l.at >= since);
    }
    if let Some(tail) = query.number("tailLines").and_then(|n| usize::try_from(n).ok()) {
        all.drain(..all.len().saturating_sub(tail));
    }
}

pub(super) fn container(pod: &Value, wanted: &str) -> Result<String, Refusal> {
    let names = |at: &str| list(pod, at).iter().map(|c| text(c, "/name").to_owned()).collect::<Vec<_>>();
    let (plain, init) = (names("/spec/containers"), names("/spec/initContainers"));
    if wanted.is_empty() {
        if let [only] = plain.as_slice() {
            return Ok(only.clone());
        }
        let message = format!(
            "a container name must be specified for pod {}, choose one of: [{}]",
            name(pod),
            plain.join(" ")
        );
        return Err(Refusal::bad_request(message));
    }
    if plain.iter().chain(&init).any(|n| n == wanted) {
        return Ok(wanted.to_owned());
    }
    Err(Refusal::bad_request(format!("container {wanted} is not valid for pod {}", name(pod))))
}

/// What is asked of a container is asked of the kubelet: no kubelet, no answer.
pub(super) fn reachable(world: &World, path: &str, pod: &Value, container: &str) -> Result<(), Refusal> {
    let node = text(pod, "/spec/nodeName");
    if node.is_empty() || world.kubelet_runs(node) {
        return Ok(());
    }
    let address = world.machines.get(node).map_or("10.0.0.1", |m| m.address.as_str());
    let message = format!(
        "Get \"https://{address}:10250/{path}/{}/{}/{container}\": dial tcp {address}:10250: connect: connection refused",
        text(pod, "/metadata/namespace"),
        name(pod)
    );
    Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", message))
}

fn no_run(pod: &Value, container: &str, query: &Query) -> Refusal {
    if query.has("previous") && query.yes("previous") {
        let message =
            format!("previous terminated container \"{container}\" in pod \"{}\" not found", name(pod));
        return Refusal::bad_request(message);
    }
    let status = list(pod, "/status/containerStatuses").iter().find(|s| text(s, "/name") == container);
    let why = status.map_or("ContainerCreating", |s| text(s, "/state/waiting/reason"));
    let message = if text(pod, "/spec/nodeName").is_empty() {
        format!("pod {} does not have a host assigned", name(pod))
    } else {
        let why = if why == "ContainerCreating" { why } else { "trying and failing to pull image" };
        format!("container \"{container}\" in pod \"{}\" is waiting to start: {why}", name(pod))
    };
    Refusal::bad_request(message)
}

struct Follow {
    shared: Arc<Shared>,
    run: Run,
    stamps: bool,
    sent: Timestamp,
    ready: Option<String>,
}

impl Follow {
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        if let Some(text) = self.ready.take().filter(|t| !t.is_empty()) {
            return Some((Ok(Bytes::from(text)), self));
        }
        let stop = self.shared.stop.clone();
        let mut pods = self.shared.lock().store.subscribe(Kind::Pod);
        if self.ended() {
            return None;
        }
        loop {
            let due = next_line(&self.run, self.sent);
            let at = due.as_ref().and_then(|l| self.shared.lock().clock.instant(l.at));
            tokio::select! {
                () = stop.cancelled() => return None,
                // A log ends with its container.
                changed = pods.changed() => if changed.is_err() || self.ended() { return None },
                () = sleep(at) => {
                    let line = due?;
                    self.sent = line.at;
                    let text = print(&line, self.stamps);
                    return Some((Ok(Bytes::from(text)), self));
                }
            }
        }
    }

    fn ended(&self) -> bool {
        let world = self.shared.lock();
        let pod = world.store.get(Kind::Pod, &self.run.namespace, &self.run.pod);
        pod.and_then(|p| Run::of(&world, &p, &self.run.container, false))
            .is_none_or(|r| r.started != self.run.started || r.finished.is_some())
    }
}

async fn sleep(at: Option<tokio::time::Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
