//! Slim rows: of each object only what a column, a detector, a condition or an operation reads. Thirty
//! thousand pods are kept in this form, so a field is added only when something needs it. Secret values
//! never enter a row.

mod cluster;
mod pod;
mod workload;

pub use cluster::{EventRow, LeaseRow, NamespaceRow, NodeRow, Resources, Taint};
pub use pod::{
    ContainerRole, ContainerRow, ContainerState, Containers, PodPhase, PodRow, Terminated, Volumes,
};
pub use workload::{
    DaemonSetRow, DeploymentRow, PdbRow, ReplicaSetRow, Requirement, Selector, StatefulSetRow,
};

use super::{Labels, RowKey, Str, Timestamp};

/// What every object carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    pub namespace: Str,
    pub name: Str,
    pub uid: Box<str>,
    /// resourceVersion: opaque, compared for equality only.
    pub version: Box<str>,
    pub created: Option<Timestamp>,
    /// Set while the object waits for its deletion.
    pub deleting: Option<Timestamp>,
    pub labels: Labels,
    /// The controlling owner.
    pub owner: Option<Owner>,
}

/// The controlling owner of an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner {
    /// Kind name, for instance `ReplicaSet`; may be a kind that opsbook does not watch.
    pub kind: Str,
    pub name: Str,
}

impl Meta {
    pub fn key(&self) -> RowKey {
        RowKey { namespace: self.namespace.clone(), name: self.name.clone() }
    }

    pub fn label(&self, key: &str) -> Option<&str> {
        self.labels.iter().find(|(k, _)| &**k == key).map(|(_, v)| &**v)
    }
}

/// A row of a store.
pub trait Row {
    fn meta(&self) -> &Meta;
}

macro_rules! rows {
    ($($row:ty),*) => { $(impl Row for $row { fn meta(&self) -> &Meta { &self.meta } })* };
}
rows!(
    NodeRow,
    LeaseRow,
    EventRow,
    NamespaceRow,
    PodRow,
    DeploymentRow,
    ReplicaSetRow,
    StatefulSetRow,
    DaemonSetRow,
    PdbRow
);

/// A status condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub kind: Str,
    /// `True`, `False` or `Unknown`.
    pub status: Str,
    pub reason: Str,
    pub message: Str,
    pub since: Option<Timestamp>,
}
