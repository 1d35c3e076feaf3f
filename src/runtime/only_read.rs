//! In the place of `change` where opsbook is built without the feature `execute`: no request that changes something, or
//! would, can leave the program, since the code that sends one is not in it.

#![expect(clippy::unused_self, clippy::needless_pass_by_value, reason = "the same signatures as in `change`")]

use super::Operation;
use super::runner::Runner;
use crate::app::{Msg, TaskEvent};
use crate::op::{Access, Plan};
use crate::record::RunEnd;

impl Runner {
    pub(super) fn preview(&mut self, plan: Plan) {
        tracing::info!(op = plan.op, "built without execution: the server was not asked");
    }

    pub(super) fn review(&mut self, rights: Vec<Access>) {
        tracing::info!(rights = rights.len(), "built without execution: the server was not asked");
    }

    pub(super) fn execute(&mut self, operation: Operation) {
        let words = "this opsbook was built without execution: nothing was sent".to_owned();
        let msg = Msg::Task { id: operation.task, event: TaskEvent::Ended { end: RunEnd::Failed, words } };
        self.send(async move { msg });
    }

    pub(super) fn identify(&mut self) {
        tracing::info!("built without execution: the server was not asked who the operator is");
    }
}
