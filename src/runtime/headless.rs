//! The core and the runner without a terminal: for rehearsals and tests.

use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

use super::{MESSAGES, Runner, Setup};
use crate::app::{App, Effect, Msg, TaskEvent, update};
use crate::domain::ClusterSnapshot;
use crate::record::RunEnd;

/// A core that runs by itself and is asked and told from outside.
pub struct Headless {
    pub app: App,
    runner: Runner,
    inbox: mpsc::Receiver<Msg>,
    snapshots: watch::Receiver<std::sync::Arc<ClusterSnapshot>>,
}

impl Headless {
    pub fn start(app: App, setup: Setup) -> Headless {
        let (out, inbox) = mpsc::channel(MESSAGES);
        let runner = Runner::start(setup, out);
        let snapshots = runner.snapshots();
        Headless { app, runner, inbox, snapshots }
    }

    /// Gives a message to the core and carries out what follows.
    pub fn tell(&mut self, msg: Msg) {
        let now = self.runner.clock().now();
        let effects = update(&mut self.app, msg, now);
        self.runner.clean(&mut self.app);
        for effect in effects {
            match effect {
                Effect::Quit | Effect::Suspend | Effect::Redraw | Effect::Theme(_) => {}
                Effect::Execute { task, approved, .. } if approved.plan().takes_terminal() => {
                    let words = "it needs a terminal, and there is none here".to_owned();
                    let event = TaskEvent::Ended { end: RunEnd::Failed, words };
                    self.tell(Msg::Task { id: task, event });
                }
                effect => self.runner.run(effect),
            }
        }
    }

    /// Lets everything run until the core looks as wanted. False when it did not within the time.
    pub async fn until(&mut self, patience: Duration, wanted: impl Fn(&App) -> bool) -> bool {
        let deadline = Instant::now() + patience;
        while !wanted(&self.app) {
            let tick = self.app.next_tick().map_or(deadline, |at| self.runner.clock().instant(at));
            let msg = tokio::select! {
                msg = self.inbox.recv() => msg,
                changed = self.snapshots.changed() => match changed {
                    Ok(()) => Some(Msg::Snapshot(self.snapshots.borrow_and_update().clone())),
                    Err(_) => return false,
                },
                () = sleep_until(tick.min(deadline)) => Some(Msg::Tick),
            };
            if let Some(msg) = msg {
                self.tell(msg);
            }
            if Instant::now() >= deadline {
                return wanted(&self.app);
            }
        }
        true
    }

    pub fn runner(&self) -> &Runner {
        &self.runner
    }

    /// Ends in good order.
    pub async fn stop(self) {
        self.runner.stop(Duration::from_secs(5)).await;
    }
}
