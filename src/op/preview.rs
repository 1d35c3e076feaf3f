//! What is known of a plan before it runs: the rights, and the server's own dry run. Plain data; `cluster`
//! makes it.

use super::{Access, Plan};
use crate::domain::Timestamp;
use crate::lang::{self, t};

/// The server's answer to one access review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    pub access: Access,
    pub allowed: bool,
    /// The server's reason, or why it could not be asked.
    pub reason: String,
}

/// One field that a plan changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLine {
    /// `spec.unschedulable`
    pub path: String,
    /// None when it was not there.
    pub before: Option<String>,
    /// None when it would no longer be there.
    pub after: Option<String>,
    /// Who else keeps the field, by the server's book: it may be put back. None where nobody is known to.
    pub kept_by: Option<String>,
}

/// The preview of one plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Digest of the plan that was previewed: a preview of another plan says nothing.
    pub digest: String,
    pub access: Vec<Reviewed>,
    /// What the server would change, field by field.
    pub diff: Vec<DiffLine>,
    /// Requests that were dry-run; evictions are not, since each depends on the one before.
    pub dry_runs: usize,
    /// Why the server would refuse it.
    pub refused: Option<String>,
    pub at: Timestamp,
}

impl Preview {
    /// That of a plan that sends nothing.
    pub fn of_nothing(plan: &Plan, at: Timestamp) -> Preview {
        Preview {
            digest: plan.digest(),
            access: Vec::new(),
            diff: Vec::new(),
            dry_runs: 0,
            refused: None,
            at,
        }
    }

    /// Whether every right is there and the server's dry run went through.
    pub fn clean(&self) -> bool {
        self.refused.is_none() && self.access.iter().all(|r| r.allowed)
    }

    /// What was dry-run of a plan, in words.
    pub fn dry_run_words(&self, plan: &Plan) -> String {
        match self.dry_runs {
            _ if plan.op == super::BY_HAND => t!("op-preview-by-hand").to_owned(),
            _ if plan.script().is_some() => t!("op-preview-script").to_owned(),
            _ if matches!(plan.work, super::Work::Exec(_)) => t!("op-preview-shell").to_owned(),
            _ if matches!(plan.work, super::Work::Save(_)) => t!("op-preview-save").to_owned(),
            _ if matches!(plan.work, super::Work::Forward(_)) => t!("op-preview-forward").to_owned(),
            0 if plan.work.calls().any(|c| !c.dry_runs()) => t!("op-preview-token").to_owned(),
            0 => t!("op-preview-evictions").to_owned(),
            _ => t!("op-preview-dry-run", at = crate::domain::moment(self.at)),
        }
    }

    /// Who else keeps fields that the plan changes, with the first of their fields.
    pub fn kept_by(&self) -> Option<String> {
        let mut out: Vec<(&String, &String)> = Vec::new();
        for line in &self.diff {
            let Some(who) = &line.kept_by else { continue };
            if !out.iter().any(|(told, _)| *told == who) {
                out.push((who, &line.path));
            }
        }
        let words = |(who, path): (&String, &String)| t!("op-preview-kept-by", who = who, path = path);
        (!out.is_empty()).then(|| lang::list(out.into_iter().map(words)))
    }

    /// What stands against running the plan, in words.
    pub fn objections(&self) -> Vec<String> {
        let denied = self.access.iter().filter(|r| !r.allowed);
        let mut out: Vec<String> =
            denied.map(|r| t!("op-preview-you-may-not", access = r.access, reason = r.reason)).collect();
        out.extend(self.refused.clone());
        out
    }
}
