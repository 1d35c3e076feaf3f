//! Rows of the objects that own pods, and of their disruption budgets.

use super::{Condition, Meta};
use crate::domain::{Labels, Str};

/// A label selector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    pub labels: Labels,
    pub requirements: Box<[Requirement]>,
}

/// One expression of a label selector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirement {
    pub key: Str,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: Str,
    pub values: Box<[Str]>,
}

impl Selector {
    /// Whether an object with these labels is selected. An empty selector selects everything, as in
    /// policy/v1.
    pub fn matches(&self, meta: &Meta) -> bool {
        self.labels.iter().all(|(k, v)| meta.label(k) == Some(v))
            && self.requirements.iter().all(|r| {
                let value = meta.label(&r.key);
                let listed = value.is_some_and(|v| r.values.iter().any(|w| &**w == v));
                match &*r.operator {
                    "In" => listed,
                    "NotIn" => !listed,
                    "Exists" => value.is_some(),
                    "DoesNotExist" => value.is_none(),
                    _ => false,
                }
            })
    }
}

/// A Deployment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeploymentRow {
    pub meta: Meta,
    pub desired: i32,
    /// Pods of any revision that are not being deleted.
    pub all: i32,
    pub ready: i32,
    pub updated: i32,
    pub available: i32,
    pub generation: i64,
    pub observed: i64,
    pub paused: bool,
    pub revision: i64,
    pub conditions: Box<[Condition]>,
    pub selector: Selector,
}

impl DeploymentRow {
    /// Whether its numbers say that all pods have the newest revision and are ready.
    pub fn rolled_out(&self) -> bool {
        self.observed >= self.generation
            && self.updated == self.desired
            && self.all <= self.desired
            && self.available == self.desired
            && self.ready == self.desired
    }
}

/// A ReplicaSet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplicaSetRow {
    pub meta: Meta,
    pub desired: i32,
    pub ready: i32,
    pub available: i32,
    /// Revision of its Deployment, 0 without one.
    pub revision: i64,
    /// Image of the first container, to tell revisions apart.
    pub image: Str,
}

/// A StatefulSet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatefulSetRow {
    pub meta: Meta,
    pub desired: i32,
    /// Pods of any revision.
    pub all: i32,
    pub ready: i32,
    pub updated: i32,
    pub available: i32,
    pub generation: i64,
    pub observed: i64,
    /// The revision that its pods had when the last rollout came to its end, and the one that they should have.
    pub current_revision: Str,
    pub update_revision: Str,
    /// Pods below this ordinal keep the revision that they have.
    pub partition: i32,
    /// Pods get the new revision only when somebody deletes them.
    pub on_delete: bool,
    pub selector: Selector,
}

impl StatefulSetRow {
    /// Pods that a rollout gives the new revision.
    pub fn to_update(&self) -> i32 {
        (self.desired - self.partition).max(0)
    }

    /// Whether all pods that should have the new revision have it, and all are ready.
    pub fn rolled_out(&self) -> bool {
        let revision = self.partition > 0 || self.current_revision == self.update_revision;
        self.observed >= self.generation
            && revision
            && self.updated >= self.to_update()
            && self.all <= self.desired
            && self.available == self.desired
            && self.ready == self.desired
    }
}

/// A DaemonSet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaemonSetRow {
    pub meta: Meta,
    pub desired: i32,
    pub current: i32,
    pub ready: i32,
    pub updated: i32,
    pub available: i32,
    pub generation: i64,
    pub observed: i64,
    /// Grows with each pod template; its pods say of which they are. 0 where the server does not tell.
    pub template: i64,
    /// Pods get the new template only when somebody deletes them.
    pub on_delete: bool,
    pub selector: Selector,
}

impl DaemonSetRow {
    /// Whether all pods have the newest template and are ready.
    pub fn rolled_out(&self) -> bool {
        self.observed >= self.generation
            && self.updated == self.desired
            && self.available == self.desired
            && self.ready == self.desired
    }
}

/// A PodDisruptionBudget.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PdbRow {
    pub meta: Meta,
    pub selector: Selector,
    /// `minAvailable` or `maxUnavailable`, as written.
    pub rule: Str,
    pub allowed: i32,
    pub healthy: i32,
    pub desired: i32,
    pub expected: i32,
}

impl PdbRow {
    /// Whether it would refuse this pod's eviction now. A pod that is not ready may go while enough others are
    /// healthy (the rule `IfHealthyBudget`, which holds unless the budget says otherwise).
    pub fn blocks(&self, pod: &super::PodRow) -> bool {
        self.allowed <= 0 && (pod.ready() || self.healthy < self.desired)
    }
}
