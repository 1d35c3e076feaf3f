//! Whether the yes to a plan that was read is a yes to the plan as it is now. While somebody reads, pods come and go, and the
//! server counts versions up: what may change is what nobody decides by. What was approved are the target, the dangers, the
//! questions and the risk.
//!
//! Must not let anything grow. To add something that may not: a variant of [`Beyond`] and its line in [`Plan::beyond`].

use thiserror::Error;

use super::{Call, Consequence, DrainWork, Level, Plan, Question, Work};
use crate::domain::{ClusterSnapshot, Risk};
use crate::lang::t;

/// What a plan asks beyond the one that was read.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Beyond {
    #[error("{}", t!("op-covers-target"))]
    Target,
    #[error("{}", t!("op-covers-agreed"))]
    Agreed,
    #[error("{}", t!("op-covers-requests"))]
    Requests,
    #[error("{}", t!("op-covers-way-back"))]
    WayBack,
    #[error("{}", t!("op-covers-risk", risk = _0.text()))]
    Risk(Risk),
    #[error("{}", t!("op-covers-new", what = _0))]
    Consequence(String),
    #[error("{}", t!("op-covers-question", question = _0))]
    Question(String),
}

impl Plan {
    /// What `now`, the same plan made anew, asks beyond this one, which was read; none where the same yes is good for it.
    /// Scripts and what a second person agreed to are good for themselves alone, and so are single requests from high risk on:
    /// nothing in them names what may come and go.
    pub fn beyond(&self, now: &Plan) -> Option<Beyond> {
        if self.digest() == now.digest() && self.peer == now.peer && now.risk <= self.risk {
            return None;
        }
        if self.peer || now.peer {
            return Some(Beyond::Agreed);
        }
        if (&self.op, &self.inputs, &self.target, &self.uid) != (&now.op, &now.inputs, &now.target, &now.uid)
        {
            return Some(Beyond::Target);
        }
        if now.risk > self.risk {
            return Some(Beyond::Risk(now.risk));
        }
        if !self.sends(now) {
            return Some(Beyond::Requests);
        }
        if self.undo != now.undo {
            return Some(Beyond::WayBack);
        }
        let told = |c: &&Consequence| c.level > Level::Info && !self.consequences.iter().any(|r| r.says(c));
        if let Some(new) = now.consequences.iter().find(told) {
            return Some(Beyond::Consequence(t!(
                "op-covers-consequence",
                what = new.what,
                detail = new.detail
            )));
        }
        let asked = |q: &&Question| !self.questions.iter().any(|r| r.asks(q));
        now.questions.iter().find(asked).map(|new| Beyond::Question(new.text.clone()))
    }

    /// The drain as it is once the cordon holds: what came between the plan and the cordon leaves too. None where that asks
    /// something beyond this plan, or a second person agreed to this very one: then it is carried out as it stands.
    pub fn drained_now(&self, world: &ClusterSnapshot) -> Option<DrainWork> {
        let Work::Drain { cordon, .. } = &self.work else { return None };
        let now = super::plan(&self.op, world, &self.inputs).ok()?;
        let Work::Drain { drain, .. } = now.work else { return None };
        // Its cordon is set, and its way back is still this one's.
        let work = Work::Drain { cordon: cordon.clone(), drain: drain.clone() };
        let now = Plan { work, undo: self.undo.clone(), peer: self.peer, ..now };
        self.beyond(&now).is_none().then_some(drain)
    }

    /// Whether the other one sends what this one would. Which pods a drain evicts is no part of that: what may not grow of
    /// them is named by its dangers and questions.
    fn sends(&self, now: &Plan) -> bool {
        let bound =
            |a: &[Call], b: &[Call]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_but_newer(b));
        match (&self.work, &now.work) {
            (Work::Drain { cordon: a, drain: read }, Work::Drain { cordon: b, drain }) => {
                bound(a.as_slice(), b.as_slice())
                    && read.node == drain.node
                    && read.timeout_seconds == drain.timeout_seconds
                    && read.grace_seconds == drain.grace_seconds
                    // That none is evicted is another drain than one that evicts.
                    && (drain.evict.is_empty() || !read.evict.is_empty())
            }
            (Work::Calls(a), Work::Calls(b)) => {
                let words = |p: &Plan| (p.title.clone(), p.summary.clone(), p.proof.clone());
                self.risk <= Risk::Medium && bound(a, b) && words(self) == words(now)
            }
            _ => false,
        }
    }
}

/// Whether all of these were among those.
fn within(now: &[String], read: &[String]) -> bool {
    now.iter().all(|uid| read.contains(uid))
}

impl Consequence {
    /// Whether whoever read this one knows of the other. What names its objects is for these and no others; without them the
    /// class is what was read, and the numbers may change.
    fn says(&self, now: &Consequence) -> bool {
        let named = self.of.is_empty() == now.of.is_empty() && within(&now.of, &self.of);
        self.class == now.class && self.level >= now.level && named
    }
}

impl Question {
    fn asks(&self, now: &Question) -> bool {
        let same = if now.of.is_empty() { self.text == now.text } else { within(&now.of, &self.of) };
        self.key == now.key && same
    }
}

#[cfg(test)]
mod tests;
