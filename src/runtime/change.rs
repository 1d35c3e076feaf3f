//! The effects that ask the server to change something, or would, and those that run scripts. A build without the feature
//! `execute` has `only_read` in this place.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::exec::open_shell;
use super::operate::operate;
use super::pane::Pane;
use super::runner::{Runner, Setup};
use super::script::run_script;
use super::{Operation, watchers};
use crate::app::{Msg, TaskEvent};
use crate::cluster::write::{Writer, preview, review};
use crate::lang::t;
use crate::machine::find_program;
use crate::op::{Access, Plan, Script};
use crate::record::RunEnd;
use crate::runbook::{version_arguments, version_in};
use crate::shell::{Shell, say_version};

/// Keys and sizes that may wait for a program in a terminal.
const ASKED: usize = 4096;

/// What changes something: the way to scripts. Requests go through a [`Writer`].
pub(super) struct Hands {
    shell: Shell,
}

impl Hands {
    pub(super) fn new(setup: &mut Setup) -> Hands {
        let around = std::mem::take(&mut setup.scripts);
        Hands { shell: Shell::new(setup.connection.client.clone(), around) }
    }
}

impl Runner {
    pub(super) fn preview(&mut self, plan: Plan) {
        if self.setup.read_only {
            return;
        }
        // A plan that was made anew for the same object makes the older preview worthless. A dialog and the
        // runbook behind it ask for different ones.
        let slot = (plan.title.clone(), plan.target.clone());
        if let Some(older) = self.previews.remove(&slot) {
            older.abort();
        }
        let (client, clock) = (self.setup.connection.client.clone(), self.setup.clock.clone());
        let (recorder, shell) = (self.setup.recorder.clone(), self.hands.shell.clone());
        let answer = async move {
            let mut preview = preview(&client, recorder.vault(), &plan, clock.now()).await;
            if let Some(script) = plan.script() {
                preview.refused = shell.runner(&script.place).ready(script).err();
            }
            recorder.remember(&preview);
            Msg::Previewed(Box::new(preview))
        };
        let handle = self.send(answer);
        self.previews.insert(slot, handle);
    }

    /// Why an approved plan is not begun after all.
    fn late(&self, operation: &Operation) -> Option<Msg> {
        let over = operation.approved.until().is_some_and(|until| self.setup.clock.now() >= until);
        let agreed = operation.approved.agreed();
        let why = match (self.setup.read_only, over) {
            (true, _) => t!("runtime-change-read-only"),
            (false, true) => t!("runtime-change-production"),
            (false, false) if agreed.is_some_and(|a| self.setup.clock.now() >= a.until) => {
                t!("runtime-change-agreement-over")
            }
            (false, false) => return None,
        };
        let words = t!("runtime-change-nothing-begun", why = why);
        Some(Msg::Task { id: operation.task, event: TaskEvent::Ended { end: RunEnd::Failed, words } })
    }

    pub(super) fn execute(&mut self, operation: Operation) {
        if let Some(msg) = self.late(&operation) {
            self.send(async move { msg });
            return;
        }
        let cancel = CancellationToken::new();
        self.running.insert(operation.task, cancel.clone());
        let (recorder, out, task) = (self.setup.recorder.clone(), self.out.clone(), operation.task);
        let plan = operation.approved.plan();
        let asked = plan.takes_terminal().then(|| {
            let (to, asked) = mpsc::channel(ASKED);
            self.terminals.insert(task, to);
            asked
        });
        if plan.script().is_some() {
            let (shell, client) = (self.hands.shell.clone(), self.setup.connection.client.clone());
            self.operations.spawn(async move {
                let pane = asked.map(|asked| Pane { task, asked, out: &out });
                run_script(&shell, &client, &recorder, operation, &cancel, &out, pane).await;
            });
            return;
        }
        let writer = self.writer();
        self.operations.spawn(async move {
            match asked {
                Some(asked) => {
                    let pane = Pane { task, asked, out: &out };
                    open_shell(&writer, &recorder, operation, &cancel, pane).await;
                }
                None => operate(&writer, &recorder, operation, &cancel, &out).await,
            }
        });
    }

    /// Runs a script that proves something.
    pub(super) fn check(&mut self, id: u64, script: Box<Script>) {
        let (shell, recorder) = (self.hands.shell.clone(), self.setup.recorder.clone());
        let client = self.setup.connection.client.clone();
        let (read_only, out, cancel) = (self.setup.read_only, self.out.clone(), CancellationToken::new());
        // Those that ended have taken their token back.
        self.running.retain(|_, token| !token.is_cancelled());
        self.running.insert(id, cancel.clone());
        self.operations.spawn(async move {
            let said = if read_only {
                Err(t!("runtime-change-no-script").to_owned())
            } else {
                super::script::check(&shell, (&client, &recorder, &out), &script, &cancel).await
            };
            cancel.cancel();
            let _ = out.send(Msg::Checked { id, said }).await;
        });
    }

    /// Looks for programs that scripts need.
    pub(super) fn find_tools(&mut self, names: Vec<String>) {
        let (shell, out) = (self.hands.shell.clone(), self.out.clone());
        self.tasks.spawn_blocking(move || {
            let path = shell.around().get("PATH");
            let there = |name: String| {
                let found = find_program(&name, path).is_some();
                (name, found)
            };
            let _ = out.blocking_send(Msg::Tools(names.into_iter().map(there).collect()));
        });
    }

    /// Asks programs for their versions, one after the other.
    pub(super) fn read_versions(&mut self, names: Vec<String>) {
        let (shell, out) = (self.hands.shell.clone(), self.out.clone());
        self.tasks.spawn(async move {
            let (path, home) = (shell.around().get("PATH"), shell.around().get("HOME"));
            let mut read = std::collections::BTreeMap::new();
            for name in names {
                let command = version_arguments(&name).zip(find_program(&name, path));
                let output = match command {
                    Some((arguments, program)) => say_version(&program, arguments, path, home).await,
                    None => None,
                };
                let version = output.and_then(|text| version_in(&text).map(str::to_owned));
                read.insert(name, version);
            }
            let _ = out.send(Msg::Versions(read)).await;
        });
    }

    fn writer(&self) -> Writer {
        Writer {
            client: self.setup.connection.client.clone(),
            snapshots: self.observer.snapshots(),
            clock: self.setup.clock.clone(),
            vault: self.setup.recorder.vault().clone(),
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
        let client = self.setup.connection.client.clone();
        self.tasks.spawn(watchers::identify(self.setup.recorder.clone(), client, self.out.clone()));
    }
}
