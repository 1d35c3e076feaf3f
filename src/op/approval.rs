//! What a plan asks of the operator, and the only way from an answer to a plan that may be carried out.
//!
//! Must not carry anything out.

use std::collections::BTreeSet;

use thiserror::Error;

use super::plan::{Level, Plan};
use super::{Agreement, Licence};
use crate::domain::{Risk, Timestamp};
use crate::lang::t;

/// The operator's answer to a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The text that high and critical plans ask for.
    pub typed: String,
    /// `y` was pressed in the confirmation.
    pub confirmed: bool,
    /// Keys of the questions that were accepted.
    pub accepted: BTreeSet<String>,
    /// What a second person agreed to.
    pub agreed: Option<Agreement>,
}

/// What a plan asks of the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    /// Enter on the plan as shown.
    Enter,
    /// `y` in the confirmation.
    Confirm,
    /// Typing the name of the cluster.
    TypeCluster,
    /// Typing the name of the object.
    TypeObject,
}

/// Why an answer is not enough.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum NotApproved {
    #[error("{}", t!("op-approval-press-y"))]
    NotConfirmed,
    #[error("{}", t!("op-approval-type", name = format!("{_0:?}")))]
    NotTyped(String),
    #[error("{}", t!("op-approval-nameless"))]
    Nameless,
    #[error("{}", t!("op-approval-accept", question = _0))]
    NotAccepted(String),
    #[error("{}", t!("op-approval-second-person"))]
    NotAgreed,
}

/// A plan that the operator approved. Only [`Plan::approve`] makes one, and only this can be applied.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovedPlan {
    plan: Plan,
    digest: String,
    until: Option<Timestamp>,
    agreed: Option<Agreement>,
    read: Option<String>,
}

impl ApprovedPlan {
    /// The same with the digest of the plan that was read, where what runs was made anew since and asks nothing beyond it.
    #[must_use]
    pub fn read_as(self, read: &Plan) -> ApprovedPlan {
        let digest = read.digest();
        ApprovedPlan { read: (digest != self.digest).then_some(digest), ..self }
    }

    /// The digest of the plan that was read, where it is another one than what runs.
    pub fn read(&self) -> Option<&str> {
        self.read.as_deref()
    }

    /// The second person's agreement, where one was needed.
    pub fn agreed(&self) -> Option<&Agreement> {
        self.agreed.as_ref()
    }

    /// Until when it may be begun, where production was armed for a while.
    pub fn until(&self) -> Option<Timestamp> {
        self.until
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    pub fn digest(&self) -> &str {
        &self.digest
    }
}

impl Plan {
    /// What this plan asks of the operator: the ladder, and always a confirmation where there is a question or a danger.
    pub fn approval(&self) -> Approval {
        let danger = self.consequences.iter().any(|c| c.level == Level::Danger);
        // The step's pane and bar show the script and no other one that the same key would start.
        let proof = self.script().is_some_and(|script| script.proof.is_some());
        let plain = self.questions.is_empty() && !self.peer && !danger && !proof;
        match self.risk {
            Risk::None | Risk::Low if plain => Approval::Enter,
            Risk::None | Risk::Low | Risk::Medium => Approval::Confirm,
            Risk::High => Approval::TypeCluster,
            Risk::Critical => Approval::TypeObject,
        }
    }

    /// Approves the plan as it stands, or says what is missing.
    pub fn approve(self, answer: &Answer, licence: &Licence) -> Result<ApprovedPlan, NotApproved> {
        if let Some(open) = self.questions.iter().find(|q| !answer.accepted.contains(&q.key)) {
            return Err(NotApproved::NotAccepted(open.text.clone()));
        }
        // A signature over another plan is none, whoever checked it.
        let agreed = answer.agreed.clone().filter(|a| a.digest == self.digest());
        if self.peer && agreed.is_none() {
            return Err(NotApproved::NotAgreed);
        }
        let wanted = match self.approval() {
            Approval::Enter => None,
            Approval::Confirm if answer.confirmed => None,
            Approval::Confirm => return Err(NotApproved::NotConfirmed),
            Approval::TypeCluster => Some(licence.cluster()),
            Approval::TypeObject => Some(self.target.name()),
        };
        match wanted {
            Some("") => Err(NotApproved::Nameless),
            Some(text) if answer.typed.trim() != text => Err(NotApproved::NotTyped(text.to_owned())),
            _ => {
                let agreed = agreed.filter(|_| self.peer);
                Ok(ApprovedPlan {
                    digest: self.digest(),
                    plan: self,
                    until: licence.until(),
                    agreed,
                    read: None,
                })
            }
        }
    }
}
