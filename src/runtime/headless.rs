//! The core and the runner without a terminal: for rehearsals and tests.

use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

use super::{MESSAGES, Runner, Setup};
use crate::action::Action;
use crate::app::sight::Frame;
use crate::app::{App, Effect, Msg, TaskEvent, update};
use crate::domain::{ClusterSnapshot, Key, Press, Pressed};
use crate::lang::t;
use crate::record::RunEnd;

/// How long its operator looks before a key: longer than what any answer asks for.
const LOOK: Duration = Duration::from_secs(2);

/// A core that runs by itself and is asked and told from outside.
pub struct Headless {
    pub app: App,
    runner: Runner,
    inbox: mpsc::Receiver<Msg>,
    snapshots: watch::Receiver<std::sync::Arc<ClusterSnapshot>>,
    /// The time of the hand. It goes on with frames and keys only, so that a rehearsal is as fast as it can be.
    hand: Duration,
}

impl Headless {
    pub fn start(app: App, setup: Setup) -> Headless {
        let (out, inbox) = mpsc::channel(MESSAGES);
        let runner = Runner::start(setup, out);
        let snapshots = runner.snapshots();
        Headless { app, runner, inbox, snapshots, hand: Duration::ZERO }
    }

    /// Presses a key, as an operator who looked at what the screen shows.
    pub fn press(&mut self, key: Key) {
        self.hand += LOOK;
        self.tell(Msg::Key(Press { key, at: self.hand, how: Pressed::Fresh }));
    }

    /// Asks for an action, in the same way.
    pub fn act(&mut self, action: Action) {
        self.hand += LOOK;
        self.draw();
        self.tell(Msg::Do(action));
    }

    /// What the loop of the terminal does after each message, but for the cells.
    fn draw(&mut self) {
        let (now, frame) = (self.runner.clock().now(), Frame { at: self.hand, anew: false });
        let _ = update(&mut self.app, Msg::Drawn(frame), now);
    }

    /// Gives a message to the core, carries out what follows, and shows what became of it.
    pub fn tell(&mut self, msg: Msg) {
        let now = self.runner.clock().now();
        let effects = update(&mut self.app, msg, now);
        self.runner.clean(&mut self.app);
        for effect in effects {
            match effect {
                Effect::Quit
                | Effect::Connect(_)
                | Effect::Suspend
                | Effect::Redraw
                | Effect::Theme(_)
                | Effect::Language(_)
                | Effect::Copy(_) => {}
                Effect::Execute { task, approved, .. } if approved.plan().takes_terminal() => {
                    let words = t!("runtime-headless-no-terminal").to_owned();
                    let event = TaskEvent::Ended { end: RunEnd::Failed, words };
                    self.tell(Msg::Task { id: task, event });
                }
                effect => self.runner.run(effect),
            }
        }
        self.draw();
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
