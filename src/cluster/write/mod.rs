//! The one write path: access review, server dry run, and the application of an approved plan. Nothing else
//! in opsbook sends a write.

mod access;
mod apply;
mod diff;
mod drain;
mod exec;
mod forward;
mod request;
mod rewrite;

pub use access::review;
pub use apply::{Outcome, WriteEvent, Writer};
pub use diff::diff;
pub use exec::open;
pub use request::WriteError;

use crate::domain::Timestamp;
use crate::lang::t;
use crate::op::{Call, DiffLine, Plan, Preview, RewriteWork, Work};
use crate::vault::Vault;
use kube::Client;

/// Asks the server for the rights that a plan needs and dry-runs its requests. Writes nothing.
/// What the answers hold of secrets goes into the vault.
pub async fn preview(client: &Client, vault: &Vault, plan: &Plan, at: Timestamp) -> Preview {
    let mut access = Vec::new();
    for need in &plan.needs {
        access.push(review(client, need).await);
    }
    let mut out = Preview { digest: plan.digest(), access, diff: Vec::new(), dry_runs: 0, refused: None, at };
    let mut calls: Vec<Call> = plan.work.calls().filter(|c| c.dry_runs()).cloned().collect();
    if let Work::Rewrite(work) = &plan.work {
        match rewrite::list(client, work).await {
            Ok(all) => {
                out.diff.push(counted(work, all.len()));
                // They are all alike.
                calls.extend(all.into_iter().next());
            }
            Err(why) => out.refused = Some(why),
        }
    }
    for call in &calls {
        match request::dry_run(client, call).await {
            Ok((before, after)) => {
                vault.learn(&before);
                vault.learn(&after);
                out.dry_runs += 1;
                out.diff.extend(diff(&before, &after));
            }
            Err(e) => {
                out.refused = Some(e.to_string());
                break;
            }
        }
    }
    out
}

/// How many objects would be written anew, as a line.
fn counted(work: &RewriteWork, count: usize) -> DiffLine {
    let before = Some(t!("cluster-rewrite-objects", objects = count));
    let after = Some(t!("cluster-rewrite-objects-anew", objects = count));
    DiffLine { path: work.kind.meta().plural.to_owned(), before, after, kept_by: None }
}
