//! What is handed over to be carried out.

use crate::op::ApprovedPlan;

/// What is to be carried out, for whom.
#[derive(Debug)]
pub struct Operation {
    /// Number of the task.
    pub task: u64,
    pub approved: ApprovedPlan,
    /// The runbook of the step.
    pub runbook: Option<String>,
    /// The walk of the step.
    pub walk: u32,
    pub step: Option<String>,
    pub undoes: Option<String>,
}
