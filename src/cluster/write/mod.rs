//! The one write path: access review, server dry run, and the application of an approved plan. Nothing else
//! in opsbook sends a write.

mod access;
mod apply;
mod diff;
mod drain;
mod request;

pub use access::{Reviewed, review};
pub use apply::{Outcome, WriteEvent, Writer};
pub use diff::{DiffLine, diff};
pub use request::WriteError;

use crate::domain::Timestamp;
use crate::op::{Plan, Work};
use kube::Client;

/// What is known of a plan before it runs: rights and the server's own dry run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Digest of the plan that was previewed.
    pub digest: String,
    pub access: Vec<Reviewed>,
    /// What the server would change, field by field.
    pub diff: Vec<DiffLine>,
    /// Why the server would refuse it.
    pub refused: Option<String>,
    pub at: Timestamp,
}

impl Preview {
    /// Whether every right is there and the server's dry run went through.
    pub fn clean(&self) -> bool {
        self.refused.is_none() && self.access.iter().all(|r| r.allowed)
    }
}

/// Asks the server for the rights that a plan needs and dry-runs its requests. Writes nothing.
pub async fn preview(client: &Client, plan: &Plan, at: Timestamp) -> Preview {
    let mut access = Vec::new();
    for need in &plan.needs {
        access.push(review(client, need).await);
    }
    let mut out = Preview { digest: plan.digest(), access, diff: Vec::new(), refused: None, at };
    let calls = match &plan.work {
        Work::Calls(calls) => calls.as_slice(),
        Work::Drain { cordon, .. } => cordon.as_slice(),
    };
    for call in calls {
        match request::dry_run(client, call).await {
            Ok((before, after)) => out.diff.extend(diff(&before, &after)),
            Err(e) => {
                out.refused = Some(e.to_string());
                break;
            }
        }
    }
    out
}
