//! What is recorded by the way while a session goes on: what is counted over time, and who the operator is.
//!
//! Must not record anything that the operator did: that is written before it is done, by who does it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use super::journal::Recorder;
use super::same::{Verdict, judge};
use crate::app::Msg;
use crate::cluster::{Connection, Login};
use crate::domain::{ClusterSnapshot, Kind};
use crate::record::NODES_NOT_READY;

/// How long after an answer that did not come it is asked again, at first and at last.
const SOON: Duration = Duration::from_secs(1);
const LATER: Duration = Duration::from_secs(30);

/// Records how many nodes are not ready, whenever that is another number, and that a finding which led here is gone or back.
pub async fn sample(
    recorder: Recorder,
    mut snapshots: watch::Receiver<Arc<ClusterSnapshot>>,
    out: mpsc::Sender<Msg>,
) {
    while snapshots.changed().await.is_ok() {
        let world = snapshots.borrow_and_update().clone();
        let recorder = recorder.clone();
        let written = tokio::task::spawn_blocking(move || {
            let mut events = recorder.found(&world)?;
            if world.sync(Kind::Node).current() {
                let count = world.nodes.iter().filter(|n| !n.ready()).count() as u64;
                events.extend(recorder.sample(NODES_NOT_READY, None, count)?);
            }
            Ok::<_, crate::session::JournalError>(events)
        })
        .await;
        // A journal that cannot be written is said by whoever records a deed.
        let Ok(Ok(events)) = written else { continue };
        if !events.is_empty() && out.send(Msg::Recorded(events)).await.is_err() {
            return;
        }
    }
}

/// Finds out which cluster it is, for the record, and looks again whenever the server answers after a silence. Two
/// clusters may stand behind one address, one after the other.
pub async fn which_cluster(
    recorder: Recorder,
    connection: Connection,
    mut snapshots: watch::Receiver<Arc<ClusterSnapshot>>,
    out: mpsc::Sender<Msg>,
) {
    loop {
        let mut pause = SOON;
        loop {
            match judge(&connection.client, &recorder, &out).await {
                Verdict::Same => break,
                Verdict::Other => {
                    let _ = out.send(Msg::OtherCluster).await;
                    return;
                }
                // Until that is known nothing is begun, so it is asked until it is.
                Verdict::Untold(_) => tokio::time::sleep(pause).await,
            }
            pause = (pause * 2).min(LATER);
        }
        if let (Some(login), Some(uid)) = (&connection.login, recorder.cluster()) {
            login.on_cluster(&uid);
        }
        // Until it is silent, and then until it answers again.
        let silent = |w: &Arc<ClusterSnapshot>| w.unreachable().is_some();
        if snapshots.wait_for(silent).await.is_err() || snapshots.wait_for(|w| !silent(w)).await.is_err() {
            return;
        }
    }
}

/// Tells what the credential plugin is doing.
pub async fn login(login: Option<Login>, out: mpsc::Sender<Msg>) {
    let Some(login) = login else { return };
    let mut follow = login.follow();
    while let Some(asking) = follow.next().await {
        if out.send(Msg::Login(asking)).await.is_err() {
            return;
        }
    }
}

/// Finds out who the API server takes the operator for, for the record.
#[cfg(feature = "execute")]
pub async fn identify(recorder: Recorder, client: kube::Client, out: mpsc::Sender<Msg>) {
    let Some(known) = crate::cluster::identity(&client).await else { return };
    let written = tokio::task::spawn_blocking(move || recorder.identify(known.user, known.groups)).await;
    if let Ok(Ok(events)) = written
        && !events.is_empty()
    {
        let _ = out.send(Msg::Recorded(events)).await;
    }
}
