//! What makes the cluster live: it runs the controllers whose kinds have changed or whose time has come, and sleeps
//! until the next of these.
//!
//! The same engine makes up history, with a standing clock that it moves from one due time to the next, so what a user
//! finds at the start was done by the controllers and not written for the occasion.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::clock::after;
use super::controller::{Controller, all};
use super::world::World;

/// Rounds after which controllers that keep answering each other are stopped until the next change.
const ROUNDS: usize = 2000;

/// The world and how to wake the engine.
#[derive(Debug)]
pub struct Shared {
    world: Mutex<World>,
    wake: Notify,
    /// Ends every task and every open stream.
    pub stop: CancellationToken,
}

impl Shared {
    /// Wraps a world.
    pub fn new(world: World) -> Self {
        Self { world: Mutex::new(world), wake: Notify::new(), stop: CancellationToken::new() }
    }

    /// Locks the world. Never hold it across an await.
    pub fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a change and wakes the controllers.
    pub fn written<R>(&self, world: &mut MutexGuard<'_, World>, change: impl FnOnce(&mut World) -> R) -> R {
        let result = change(world);
        self.wake.notify_one();
        result
    }
}

/// The controllers and when each wants to look again.
pub struct Engine {
    controllers: Vec<(Box<dyn Controller>, Option<Timestamp>)>,
}

impl Default for Engine {
    fn default() -> Self {
        Self { controllers: all().into_iter().map(|c| (c, None)).collect() }
    }
}

impl Engine {
    /// Runs controllers until none has anything to do now; returns when the next one has.
    pub fn settle(&mut self, world: &mut World) -> Option<Timestamp> {
        for _ in 0..ROUNDS {
            let dirty = world.store.take_dirty();
            let kicked = std::mem::take(&mut world.kicked);
            let mut idle = true;
            for (controller, next) in &mut self.controllers {
                let due = next.is_some_and(|at| at <= world.now());
                if kicked || due || controller.watches().iter().any(|k| dirty.contains(k)) {
                    idle = false;
                    *next = controller.run(world);
                }
            }
            if idle {
                return self.controllers.iter().filter_map(|(_, next)| *next).min();
            }
        }
        tracing::warn!("the practice controllers do not come to rest; they are asked again in a second");
        Some(after(world.now(), Duration::from_secs(1)))
    }

    /// Lets a standing clock run to `end`, stopping wherever something is due.
    pub fn until(&mut self, world: &mut World, end: Timestamp) {
        while let Some(next) = self.settle(world).filter(|at| *at <= end) {
            world.clock.set(next.max(world.now()));
        }
        world.clock.set(end);
        self.settle(world);
    }

    /// Jumps over an uneventful time: the nodes report first, so that nobody takes the jump for silence.
    pub fn leap(&mut self, world: &mut World, to: Timestamp) {
        self.settle(world);
        world.clock.set(to);
        world.kicked = true;
        self.settle(world);
    }

    /// The task: settle, sleep, again.
    pub async fn live(mut self, shared: Arc<Shared>) {
        loop {
            let next = {
                let mut world = shared.lock();
                let next = self.settle(&mut world);
                next.and_then(|at| world.clock.instant(at))
            };
            let sleep = async {
                match next {
                    Some(at) => tokio::time::sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = shared.stop.cancelled() => return,
                () = shared.wake.notified() => {}
                () = sleep => {}
            }
        }
    }
}
