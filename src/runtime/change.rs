//! The effects that ask the server to change something, or would: previews, reviews of rights, operations. A build without
//! the feature `execute` has `only_read` in this place.

use tokio_util::sync::CancellationToken;

use super::runner::Runner;
use super::{Operation, operate};
use crate::app::{Msg, TaskEvent};
use crate::cluster::write::{Writer, preview, review};
use crate::op::{Access, Plan};
use crate::record::RunEnd;

impl Runner {
    pub(super) fn preview(&mut self, plan: Plan) {
        if self.setup.read_only {
            return;
        }
        // A plan that was made anew for the same object makes the older preview worthless. A dialog and the
        // runbook behind it ask for different ones.
        let slot = (plan.op.clone(), plan.target.clone());
        if let Some(older) = self.previews.remove(&slot) {
            older.abort();
        }
        let (client, clock) = (self.setup.connection.client.clone(), self.setup.clock);
        let recorder = self.setup.recorder.clone();
        let answer = async move {
            let preview = preview(&client, &plan, clock.now()).await;
            recorder.remember(&preview);
            Msg::Previewed(Box::new(preview))
        };
        let handle = self.send(answer);
        self.previews.insert(slot, handle);
    }

    pub(super) fn execute(&mut self, operation: Operation) {
        let task = operation.task;
        let late = operation.approved.until().is_some_and(|until| self.setup.clock.now() >= until);
        if self.setup.read_only || late {
            let why = if late { "production is read-only again" } else { "read-only" };
            let words = format!("{why}: nothing was sent");
            let event = TaskEvent::Ended { end: RunEnd::Failed, words };
            self.send(async move { Msg::Task { id: task, event } });
            return;
        }
        let cancel = CancellationToken::new();
        self.running.insert(task, cancel.clone());
        let (writer, recorder, out) = (self.writer(), self.setup.recorder.clone(), self.out.clone());
        self.operations.spawn(async move { operate(&writer, &recorder, operation, &cancel, &out).await });
    }

    fn writer(&self) -> Writer {
        Writer {
            client: self.setup.connection.client.clone(),
            snapshots: self.observer.snapshots(),
            clock: self.setup.clock,
        }
    }

    pub(super) fn review(&mut self, rights: Vec<Access>) {
        if self.setup.read_only {
            return;
        }
        let (client, out) = (self.setup.connection.client.clone(), self.out.clone());
        self.tasks.spawn(async move {
            for right in rights {
                let _ = out.send(Msg::Reviewed(Box::new(review(&client, &right).await))).await;
            }
        });
    }

    /// Finds out who the API server takes the operator for, for the record. To the server the question is a write.
    pub(super) fn identify(&mut self) {
        if self.setup.read_only {
            return;
        }
        let (client, recorder, out) =
            (self.setup.connection.client.clone(), self.setup.recorder.clone(), self.out.clone());
        self.tasks.spawn(async move {
            let Some(known) = crate::cluster::identity(&client).await else { return };
            let written =
                tokio::task::spawn_blocking(move || recorder.identify(known.user, known.groups)).await;
            if let Ok(Ok(events)) = written
                && !events.is_empty()
            {
                let _ = out.send(Msg::Recorded(events)).await;
            }
        });
    }
}
