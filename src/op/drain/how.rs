//! How the operator wants a drain done, and which rung of the ladder that is.

use super::super::target::guard;
use super::super::{Inputs, OpMeta, Refusal};
use super::sorted::Sorted;
use crate::domain::Risk;
use crate::lang::t;

const TIMEOUT_SECONDS: u64 = 600;

/// The choices of a drain.
pub(super) struct How {
    /// Pods without an owner leave too.
    pub force: bool,
    /// Seconds that every pod gets to end; each has its own where none are given.
    pub grace: Option<u64>,
    /// Seconds for which it tries.
    pub timeout: u64,
    /// Data in emptyDir volumes may be lost without a question.
    pub data_may_go: bool,
}

impl How {
    pub fn of(meta: &'static OpMeta, inputs: &Inputs) -> Result<How, Refusal> {
        let grace = inputs.seconds(meta, "gracePeriod")?;
        if grace == Some(0) {
            return Err(guard(t!("op-drain-how-no-grace"), t!("op-drain-how-give-grace")));
        }
        let timeout = inputs.seconds(meta, "timeout")?.unwrap_or(TIMEOUT_SECONDS);
        if timeout == 0 {
            return Err(guard(t!("op-drain-how-no-time"), t!("op-drain-how-give-timeout")));
        }
        Ok(How {
            force: inputs.flag(meta, "force")?,
            grace,
            timeout,
            data_may_go: inputs.flag(meta, "deleteEmptyDir")?,
        })
    }

    /// What a choice does to pods that are there decides, not that it was made.
    pub fn rung(&self, sorted: &Sorted) -> Risk {
        if !sorted.gone_for_good.is_empty() {
            return Risk::Critical;
        }
        let unasked = self.data_may_go && !sorted.local_data.is_empty();
        if unasked || !sorted.shortened.is_empty() { Risk::High } else { Risk::None }
    }
}
