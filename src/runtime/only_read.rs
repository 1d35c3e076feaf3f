//! In the place of `change` where opsbook is built without the feature `execute`: no request that changes something, or
//! would, can leave the program, since the code that sends one is not in it.

#![expect(clippy::unused_self, clippy::needless_pass_by_value, reason = "the same signatures as in `change`")]

use super::Operation;
use super::runner::{Runner, Setup};
use crate::app::{Msg, TaskEvent};
use crate::lang::{self, msg};
use crate::op::{Access, Plan, Script};
use crate::record::RunEnd;

const WORDS: lang::Msg = msg!("runtime-only-read");

/// Nothing: this build changes nothing.
pub(super) struct Hands;

impl Hands {
    pub(super) fn new(_: &mut Setup) -> Hands {
        Hands
    }
}

impl Runner {
    pub(super) fn preview(&mut self, plan: Plan) {
        tracing::info!(op = plan.op, "built without execution: the server was not asked");
    }

    pub(super) fn review(&mut self, rights: Vec<Access>) {
        tracing::info!(rights = rights.len(), "built without execution: the server was not asked");
    }

    pub(super) fn execute(&mut self, operation: Operation) {
        let msg = refused(&operation);
        self.send(async move { msg });
    }

    pub(super) fn check(&mut self, id: u64, script: Box<Script>) {
        tracing::info!(interpreter = ?script.place, "built without execution: no script runs");
        self.send(async move { Msg::Checked { id, said: Err(WORDS.to_string()) } });
    }

    pub(super) fn find_tools(&mut self, names: Vec<String>) {
        tracing::info!(tools = names.len(), "built without execution: no program is looked for");
    }

    pub(super) fn read_versions(&mut self, names: Vec<String>) {
        tracing::info!(tools = names.len(), "built without execution: no program is asked for its version");
    }

    pub(super) fn identify(&mut self) {
        tracing::info!("built without execution: the server was not asked who the operator is");
    }
}

fn refused(operation: &Operation) -> Msg {
    let event = TaskEvent::Ended { end: RunEnd::Failed, words: WORDS.to_string() };
    Msg::Task { id: operation.task, event }
}
