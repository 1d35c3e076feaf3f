//! The API server ends and comes back.

use opsbook::domain::SyncState;

use crate::support::{Cluster, Desk, Spec, Which, real_wanted};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restarted_api_server_is_followed_again() {
    if !real_wanted("real::away::a_restarted_api_server_is_followed_again") {
        return;
    }
    let cluster = Cluster::start(Which::Real, Spec { nodes: &["restart-1"], ..Spec::default() }).await;
    let lab = cluster.lab().unwrap().clone();
    let desk = Desk::open(&cluster).await;
    let record = std::fs::read_to_string(lab.file("run/apiserver")).unwrap();
    let pid: i32 = record.split(' ').next().unwrap().parse().unwrap();
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::Signal::SIGKILL).unwrap();
    let away = desk.world("the server unreachable", |w| w.unreachable().is_some()).await;
    assert!(away.node("restart-1").is_some(), "what was seen stays");
    lab.run(&["up", "--grace", "8s"]).unwrap();
    let back = desk.world("all live", |w| w.sync.iter().all(|s| *s == SyncState::Live)).await;
    assert!(back.unreachable().is_none());
    let renewed = back.node_lease("restart-1").and_then(|l| l.renewed);
    desk.world("a younger lease", |w| w.node_lease("restart-1").and_then(|l| l.renewed) > renewed).await;
}
