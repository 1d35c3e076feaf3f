//! Detectors: what is wrong, proved from the cluster's own fields. Pure: a detector reads a snapshot and is
//! told the time.
//!
//! To add one, write a file with a unit struct that implements [`Detector`], add it to [`REGISTRY`] before those of
//! `general`, and test that it fires, stays quiet, and what happens at its borderline. It must name a runbook; only what
//! `general` finds has none yet.

mod cni_sandbox;
mod crash_looping;
mod drain_blocked;
mod engine;
mod general;
mod namespace_terminating;
mod node_not_ready;
mod oom_killed;
mod pod_terminating;
mod rollout_stuck;
mod unknown;

pub use engine::Engine;
pub use unknown::{NOT_WATCHED, unknown};

use crate::domain::{
    Change, ClusterSnapshot, DaemonSetRow, DeploymentRow, EventRow, Evidence, Finding, Kind, LeaseRow,
    NamespaceRow, NodeRow, ObjectKey, PdbRow, PodRow, ReplicaSetRow, StatefulSetRow, Timestamp,
};
use crate::lang::{Msg, t};

/// What a detector is.
#[derive(Debug)]
pub struct DetectorMeta {
    pub id: &'static str,
    /// One line for people.
    pub title: Msg,
    /// Kinds that it reads: while one of them cannot be read, its answer is unknown.
    pub kinds: &'static [Kind],
    /// Runbooks that it can point to.
    pub runbooks: &'static [&'static str],
}

/// A changed object of a kind that detectors follow.
#[derive(Clone, Copy, Debug)]
pub enum Changed<'a> {
    Node(&'a Change<NodeRow>),
    Pod(&'a Change<PodRow>),
    Event(&'a Change<EventRow>),
    Lease(&'a Change<LeaseRow>),
    Namespace(&'a Change<NamespaceRow>),
    Deployment(&'a Change<DeploymentRow>),
    ReplicaSet(&'a Change<ReplicaSetRow>),
    StatefulSet(&'a Change<StatefulSetRow>),
    DaemonSet(&'a Change<DaemonSetRow>),
    Budget(&'a Change<PdbRow>),
}

/// What a detector says of one subject.
#[derive(Debug, Default)]
pub struct Verdict {
    pub finding: Option<Finding>,
    /// When to look again although nothing changed, because the answer depends on time.
    pub recheck: Option<Timestamp>,
}

impl Verdict {
    /// Nothing is wrong, and only a change can alter that.
    pub fn quiet() -> Verdict {
        Verdict::default()
    }
}

/// One detector.
pub trait Detector: Sync {
    fn meta(&self) -> &'static DetectorMeta;

    /// Adds the subjects that must be looked at anew because an object changed. It is called for every
    /// change of thirty thousand pods, so it must be cheap and name few.
    fn subjects(&self, changed: Changed<'_>, world: &ClusterSnapshot, out: &mut Vec<ObjectKey>);

    /// Looks at one subject.
    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict;
}

/// Every detector, a line each. Of two that find something about one object the earlier one is asked first, so those that
/// only know that something is not well stand at the end.
pub static REGISTRY: &[&dyn Detector] = &[
    &node_not_ready::NodeNotReady,
    &oom_killed::OomKilled,
    &cni_sandbox::CniSandbox,
    &crash_looping::CrashLooping,
    &rollout_stuck::RolloutStuck,
    &pod_terminating::PodTerminating,
    &namespace_terminating::NamespaceTerminating,
    &drain_blocked::DrainBlocked,
    &general::UnwellNode,
    &general::SilentLeader,
    &general::UnwellPod,
    &general::UnwellWorkload,
    &general::Complaint,
];

/// The moment so many seconds after another one; none beyond the end of time.
fn after(at: Timestamp, seconds: i64) -> Option<Timestamp> {
    Timestamp::from_second(at.as_second() + seconds).ok()
}

/// Set by the cluster autoscaler on a node that it takes away on purpose.
const LEAVING: &str = "ToBeDeletedByClusterAutoscaler";
/// Taking a node away takes so long at most: the autoscaler lets pods end for ten minutes
/// (`--max-graceful-termination-sec`) and gives the cloud five more (`MaxCloudProviderNodeDeletionTime`).
const LEAVING_SECONDS: i64 = 900;

/// Until when the autoscaler is excused for a node that it takes away; none where it takes none. It writes the second at
/// which it began into the taint; where that is missing, the time counts from when the node's Ready last changed.
fn leaving_until(node: &NodeRow) -> Option<Timestamp> {
    let taint = node.taints.iter().find(|t| &*t.key == LEAVING)?;
    let written = || taint.value.parse().ok().and_then(|s| Timestamp::from_second(s).ok());
    let began = taint.since.or_else(written).or_else(|| node.condition("Ready")?.since);
    after(began.or(node.meta.created)?, LEAVING_SECONDS)
}

/// What evidence adds where only one namespace's pods are seen: their number is the least there can be.
fn limited(world: &ClusterSnapshot) -> Option<Evidence> {
    let words = t!("detect-limited", namespaces = world.scope(Kind::Pod)?);
    Some(Evidence::new(t!("detect-field-pods"), words, None))
}

/// Whether Calico is this cluster's network plugin: its runbook is of no use elsewhere.
fn runs_calico(world: &ClusterSnapshot) -> bool {
    world.daemon_sets.iter().any(|d| &*d.meta.name == "calico-node")
}
