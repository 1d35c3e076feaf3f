//! Steps to which a second person must agree. Pure: it says which, and why one cannot be asked; `update::peer` asks.

use super::{StepId, Walk};
use crate::lang::{Msg, msg};
use crate::op::{Plan, plan_by_hand};
use crate::runbook::model::{Peer, StepKind};

/// What is to be written so that a second person can be asked.
pub const NO_PEER: Msg = msg!("walk-peer-nobody");

impl Walk {
    /// Whether a second person must agree to this step, or to the one that it takes back.
    pub fn wants_peer(&self, index: StepId) -> bool {
        let of = self.steps[index].back_of;
        self.names_peer(index) || of.is_some_and(|of| self.names_peer(of))
    }

    fn names_peer(&self, index: StepId) -> bool {
        let peer = match &self.tree[index].kind {
            StepKind::Manual(manual) => manual.peer,
            kind => kind.policy().map_or(Peer::Ladder, |p| p.peer),
        };
        peer == Peer::Required
    }

    /// Why nobody can be asked.
    pub(super) fn no_peer(&self, index: StepId) -> Option<String> {
        // A step on a host is done by hand or skipped, whoever agrees.
        let host = matches!(&self.tree[index].kind, StepKind::Shell(shell) if !super::has_way(shell));
        (self.wants_peer(index) && !self.asks_peers && !host).then(|| NO_PEER.text().to_owned())
    }

    /// The plan of a step by hand to which a second person must agree; none where the step is another one.
    pub fn hand_plan(&self, index: StepId) -> Option<Plan> {
        let step = Some(&self.tree[index]).filter(|_| self.wants_peer(index))?;
        let StepKind::Manual(manual) = &step.kind else { return None };
        let values = self.values_of(index).iter().map(|(name, value)| format!("{name}={}", value.shown()));
        let values: Vec<_> = values.collect();
        Some(plan_by_hand(&step.name, self.instruction(index), &values.join(" "), manual.risk))
    }
}
