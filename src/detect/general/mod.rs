//! What is not as it should be, whatever the reason: pods, nodes and workloads by their own status, and every other
//! object by the warnings about it. So nothing that the cluster shows is passed over while no rule of its own knows it.
//!
//! These detectors come last in the registry: a finding of theirs is a symptom wherever another one says more about the
//! same object. They say what the cluster says, in its words, and name no runbook. What may still heal by itself is
//! *young*, with the moment at which that is over; each such time is one of Kubernetes' own, named below.
//!
//! They must not call anything well that is not, and must find nothing in a cluster that is well. To add a kind, write
//! down here when an object of it is well.

mod complaint;
mod leader;
mod node;
mod pod;
#[cfg(test)]
mod tests;
mod workload;

pub use complaint::Complaint;
pub use leader::SilentLeader;
pub use node::UnwellNode;
pub use pod::UnwellPod;
pub use workload::UnwellWorkload;

use crate::lang::t;
use std::sync::Arc;

use super::{Changed, Detector, DetectorMeta, Verdict, after};
use crate::domain::{
    ClusterSnapshot, EventRow, Evidence, Kind, ObjectKey, Owner, PodRow, RowKey, Severity, Str, Timestamp,
};

/// What a rollout may take: `progressDeadlineSeconds` of a Deployment, unless it says otherwise.
const ROLLOUT_SECONDS: i64 = 600;
/// Numbers of a workload and the states of its pods come by different watches, and follow each other soon.
const SETTLE_SECONDS: i64 = 60;
/// A name that a controller makes has at most so many letters of the controller's own (the API server's name generator).
const GENERATED_FROM: usize = 58;

/// What is wrong with an object.
struct Trouble {
    /// What its fault is called, the same for all that suffer from it.
    cause: Str,
    /// What comes behind the name of the object in the title.
    what: String,
    severity: Severity,
    since: Option<Timestamp>,
    /// Until when it is young; none when it is not.
    until: Option<Timestamp>,
    evidence: Vec<Evidence>,
}

impl Trouble {
    fn new(cause: impl Into<Str>, what: impl Into<String>, since: Option<Timestamp>) -> Trouble {
        Trouble {
            cause: cause.into(),
            what: what.into(),
            severity: Severity::Warning,
            since,
            until: None,
            evidence: Vec::new(),
        }
    }

    /// It may heal by itself for so many seconds after a moment.
    fn for_seconds(mut self, from: Option<Timestamp>, seconds: i64) -> Trouble {
        self.until = self.until.max(from.and_then(|at| after(at, seconds)));
        self
    }

    fn say(
        mut self,
        field: impl Into<String>,
        value: impl Into<String>,
        since: Option<Timestamp>,
    ) -> Trouble {
        let value = value.into();
        if !value.is_empty() {
            self.evidence.push(Evidence::new(field, value, since));
        }
        self
    }

    /// The latest warning about an object, in the cluster's words.
    fn warned(mut self, event: Option<&Arc<EventRow>>) -> Trouble {
        self.evidence.extend(event.map(|e| told(e)));
        self
    }

    /// How bad it is at a moment, and until when it is young.
    fn at(&self, now: Timestamp) -> (Severity, Option<Timestamp>) {
        match self.until.filter(|until| *until > now) {
            Some(until) => (Severity::Notice, Some(until)),
            None => (self.severity, None),
        }
    }
}

/// An event as a line of proof.
fn told(event: &EventRow) -> Evidence {
    let words = if event.count > 1 {
        t!("detect-event-times", message = event.message, times = event.count)
    } else {
        event.message.to_string()
    };
    Evidence::new(t!("detect-field-event", reason = event.reason), words, event.last)
}

/// What is wrong with an object, behind its name.
fn titled(name: impl std::fmt::Display, what: &str) -> String {
    t!("detect-titled", name = name, what = what)
}

/// What a message comes to: Go joins what failed to why by colons, and the last of it is what can be mended. Where that
/// is long, it begins like that.
fn gist(message: &str) -> String {
    const LETTERS: usize = 100;
    // What containerd puts behind an error that it has no word for.
    const NO_WORD: [&str; 2] = ["", "unknown"];
    let line = message.lines().next().unwrap_or_default();
    let mut parts = line.rsplit(": ").map(str::trim);
    let last = parts.find(|part| !NO_WORD.contains(part)).unwrap_or_default();
    match last.char_indices().nth(LETTERS) {
        Some((at, _)) => format!("{}…", &last[..at]),
        None => last.to_owned(),
    }
}

/// The warnings about an object that this accepts, the latest of them.
fn latest<'a>(
    world: &'a ClusterSnapshot,
    key: &ObjectKey,
    accepts: impl Fn(&EventRow) -> bool,
) -> Option<&'a Arc<EventRow>> {
    let warnings = world.events_about(key).filter(|e| e.warning && accepts(e));
    warnings.max_by(|a, b| (a.last, &a.meta.name).cmp(&(b.last, &b.meta.name)))
}

/// How the names of what a controller makes begin.
fn prefix(owner: &str) -> String {
    let mut out = format!("{owner}-");
    if let Some((at, _)) = out.char_indices().nth(GENERATED_FROM) {
        out.truncate(at);
    }
    out
}

/// Calls `visit` for each pod that a controller made.
fn pods_of(world: &ClusterSnapshot, kind: &str, row: &RowKey, mut visit: impl FnMut(&Arc<PodRow>)) {
    let prefix = prefix(&row.name);
    let own = |owner: &Owner| &*owner.kind == kind && owner.name == row.name;
    for pod in world.pods.with_prefix(&row.namespace, &prefix) {
        if pod.meta.owner.as_ref().is_some_and(own) {
            visit(pod);
        }
    }
}

/// Since when a pod is what it is: its Ready condition says that, before it has one its creation does.
fn ready_since(pod: &PodRow) -> Option<Timestamp> {
    pod.condition("Ready").and_then(|c| c.since).or(pod.meta.created)
}

/// The object that an event is about, where opsbook knows its kind.
fn about(event: &EventRow) -> Option<ObjectKey> {
    let kind = Kind::ALL.iter().copied().find(|k| k.name() == &*event.about_kind)?;
    let namespace = if kind.meta().namespaced { event.about_namespace.clone() } else { Str::default() };
    Some(ObjectKey { kind, row: RowKey { namespace, name: event.about_name.clone() } })
}
