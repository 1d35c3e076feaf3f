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

pub use engine::Engine;

use crate::domain::{
    Change, ClusterSnapshot, DaemonSetRow, DeploymentRow, EventRow, Evidence, Finding, Kind, LeaseRow,
    NamespaceRow, NodeRow, ObjectKey, PdbRow, PodRow, ReplicaSetRow, StatefulSetRow, Timestamp,
};

/// What a detector is.
#[derive(Debug)]
pub struct DetectorMeta {
    pub id: &'static str,
    /// One line for people.
    pub title: &'static str,
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
    &general::UnwellPod,
    &general::UnwellWorkload,
    &general::Complaint,
];

/// The moment so many seconds after another one; none beyond the end of time.
fn after(at: Timestamp, seconds: i64) -> Option<Timestamp> {
    Timestamp::from_second(at.as_second() + seconds).ok()
}

/// What evidence adds where only one namespace's pods are seen: their number is the least there can be.
fn limited(world: &ClusterSnapshot) -> Option<Evidence> {
    let words = format!("only those of namespace {} are seen", world.scope(Kind::Pod)?);
    Some(Evidence::new("pods", words, None))
}

/// Whether Calico is this cluster's network plugin: its runbook is of no use elsewhere.
fn runs_calico(world: &ClusterSnapshot) -> bool {
    world.daemon_sets.iter().any(|d| &*d.meta.name == "calico-node")
}

/// What is not known, in words: a detector whose kinds cannot be read must not look healthy.
pub fn unknown(world: &ClusterSnapshot) -> Vec<String> {
    use crate::domain::SyncState;
    let mut out = Vec::new();
    for kind in Kind::WATCHED {
        let why = match world.sync(*kind) {
            SyncState::Live => match world.scope(*kind) {
                None => continue,
                Some(only) => format!("only those of namespace {only} are seen"),
            },
            SyncState::Waiting => "not asked yet".to_owned(),
            SyncState::Loading(n) => format!("loading, {n} so far"),
            SyncState::Stale { why, .. } => format!("stale: {why}"),
            SyncState::Failed { why, .. } => format!("no answer: {why}"),
            SyncState::Forbidden(verb) => format!("you may not {verb} them"),
            SyncState::NotServed => "not served by this cluster".to_owned(),
        };
        let blind = REGISTRY.iter().filter(|d| d.meta().kinds.contains(kind)).map(|d| d.meta().id);
        let blind = blind.collect::<Vec<_>>().join(", ");
        if !blind.is_empty() {
            out.push(format!("{} {why}: {blind}", kind.meta().plural));
        }
    }
    out
}
