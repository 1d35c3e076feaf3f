//! What is followed beside the watched kinds: single objects and collections, because something on the screen needs them.
//! They come as a whole set; the difference to the last one is started or ended here.

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

use super::sink::Objects;
use super::{Batch, Link, run};
use crate::domain::Interest;
use crate::vault::Vault;

/// Starts and ends sources as the set of interests changes.
pub(in crate::cluster) async fn manage(
    link: Link,
    vault: Vault,
    mut wanted: watch::Receiver<BTreeSet<Interest>>,
) {
    let mut tasks = JoinSet::new();
    let mut running: BTreeMap<Interest, AbortHandle> = BTreeMap::new();
    loop {
        let now = wanted.borrow_and_update().clone();
        let ended: Vec<_> = running.keys().filter(|i| !now.contains(*i)).cloned().collect();
        for interest in ended {
            if let Some(handle) = running.remove(&interest) {
                handle.abort();
            }
            if link.out.send(Batch::Gone(interest)).await.is_err() {
                return;
            }
        }
        for interest in now {
            running.entry(interest.clone()).or_insert_with(|| {
                let sink = Objects::new(interest, vault.clone());
                tasks.spawn(run(sink, link.clone()))
            });
        }
        while tasks.try_join_next().is_some() {}
        if wanted.changed().await.is_err() {
            return;
        }
    }
}
