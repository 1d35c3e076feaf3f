//! Operations: everything that opsbook can change in a cluster. Planning is pure: an operation reads a
//! snapshot and its inputs, and answers with the exact plan or refuses. Nothing here applies a plan; the
//! only way to a write is [`Plan::approve`], and then the one write path of `cluster`.
//!
//! To add one, write a file with a unit struct that implements [`Operation`], add it to [`REGISTRY`], and
//! test its plan: allowed, refused, undo.

mod cordon;
mod delete_pod;
mod drain;
mod inputs;
mod plan;
mod preview;
mod restart;
mod undo;

pub use inputs::Inputs;
pub use plan::{
    Access, Answer, Approval, ApprovedPlan, Call, Consequence, DrainPod, DrainWork, Level, Method,
    NotApproved, Plan, Progress, Question, Undo, Work,
};

pub use preview::{DiffLine, Preview, Reviewed};

use thiserror::Error;

use crate::domain::{ClusterSnapshot, Kind, ObjectKey, Risk};

/// A parameter of an operation.
#[derive(Debug)]
pub struct Param {
    pub name: &'static str,
    pub doc: &'static str,
    pub required: bool,
}

/// What an operation is.
#[derive(Debug)]
pub struct OpMeta {
    /// As in runbooks: `node.drain`.
    pub id: &'static str,
    pub title: &'static str,
    /// The kind of object that it changes.
    pub kind: Kind,
    pub params: &'static [Param],
    pub risk: Risk,
    /// What it needs to reach: `api` for all that need only the API server.
    pub reach: &'static str,
    /// Why it may refuse or warn, a line each.
    pub guards: &'static [&'static str],
    /// The way back in words.
    pub undo: &'static str,
}

/// Why there is no plan.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    #[error("{op} needs `{param}`: {doc}")]
    Missing { op: &'static str, param: &'static str, doc: &'static str },
    #[error("{op}: `{param}` is {given}, expected {expected}")]
    Invalid { op: &'static str, param: String, given: String, expected: &'static str },
    #[error("{0} is not in the cluster (any more); choose another one")]
    NotFound(ObjectKey),
    #[error("{what}; {instead}")]
    Guard { what: String, instead: String },
    /// The object is already as it would be.
    #[error("nothing to do: {0}")]
    AlreadySo(String),
    #[error("unknown operation `{0}`; `opsbook ops` lists them")]
    NoSuchOperation(String),
}

/// One operation.
pub trait Operation: Sync {
    fn meta(&self) -> &'static OpMeta;

    /// The exact plan for these inputs on this picture of the cluster.
    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal>;

    /// How far the cluster itself shows the plan to be fulfilled.
    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress;
}

/// Every operation, a line each.
pub static REGISTRY: &[&dyn Operation] = &[
    &cordon::Cordon,
    &cordon::Uncordon,
    &drain::Drain,
    &delete_pod::DeletePod,
    &restart::Restart,
    &undo::RolloutUndo,
];

/// Finds an operation by its id.
pub fn find(id: &str) -> Option<&'static dyn Operation> {
    REGISTRY.iter().copied().find(|op| op.meta().id == id)
}

/// Plans an operation by its id.
pub fn plan(id: &str, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
    let op = find(id).ok_or_else(|| Refusal::NoSuchOperation(id.to_owned()))?;
    inputs.known(op.meta())?;
    op.plan(world, inputs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_of_one_form() {
        let mut ids: Vec<_> = REGISTRY.iter().map(|op| op.meta().id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), REGISTRY.len());
        assert!(
            ids.iter().all(|id| id.split('.').count() == 2
                && id.chars().all(|c| c.is_ascii_lowercase() || ".-".contains(c)))
        );
    }
}
