//! What the tests of both clusters share: the clusters themselves, manifests, a desk to operate from, a gate
//! between client and server. Nothing here asserts what a test is about.

mod cluster;
mod desk;
mod gate;
mod lab;
pub mod manifest;

pub use cluster::{Cluster, Spec, Which};
pub use desk::{Desk, Ran, approved, arrived, journal};
pub use gate::Gate;
pub use lab::{Lab, program, real_wanted, repository};

use std::time::Duration;

/// How long anything may take before a test gives up; the machine may be busy.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// Asks again and again until the answer is there; says what was waited for when it never is.
pub async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let mut turns = tokio::time::interval(Duration::from_millis(50));
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        turns.tick().await;
        if let Some(found) = ask().await {
            return found;
        }
        assert!(tokio::time::Instant::now() < deadline, "not within {PATIENCE:?}: {what}");
    }
}
