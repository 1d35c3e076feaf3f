//! Two terminals, two operators, one object: who says yes second is shown the plan as it is now, and nothing is sent on a
//! plan that is stale. The audit log of the API server has the last word.

use opsbook::domain::{ClusterSnapshot, Kind, ObjectKey};
use serde_json::{Value, json};

use crate::support::{Cluster, Desk, Lab, Spec, Which, real_wanted, until};
use crate::terminal::{Start, Terminal};

const NODE: &str = "two-1";

/// An operator with a home of their own, in front of the confirmation of a cordon.
struct Operator {
    // Taken away with the operator.
    _home: tempfile::TempDir,
    terminal: Terminal,
}

impl Operator {
    fn at(lab: &Lab, key: &str) -> Operator {
        let home = tempfile::tempdir().unwrap();
        let kubeconfig = lab.kubeconfig("admin");
        let args = ["--kubeconfig", kubeconfig.to_str().unwrap(), "explore", "nodes"];
        let mut terminal = Start::new((120, 40), home.path()).opsbook(&args);
        terminal.wait_text(&[NODE, "live"]);
        terminal.send(&format!("/{NODE}\r"));
        terminal.wait_text(&[&format!("/{NODE}"), "1 of 1"]);
        terminal.send(key);
        terminal.wait_text(&["Rights ✔", "y run"]);
        Operator { _home: home, terminal }
    }
}

/// The writes of opsbook to the node since a mark, that were no dry runs: verb and code.
async fn writes(cluster: &Cluster, lab: &Lab, mark: usize) -> Vec<(String, u64)> {
    let stamp = format!("{:?}", std::time::Instant::now());
    let key = ObjectKey::cluster(Kind::Namespace, "default");
    cluster.patch(&key, &json!({"metadata": {"annotations": {"mark": stamp}}})).await;
    let is_stamp = |l: &Value| l["requestObject"]["metadata"]["annotations"]["mark"] == stamp.as_str();
    let lines = until("the mark in the audit log", async || {
        let lines = lab.audit();
        lines.iter().any(is_stamp).then_some(lines)
    })
    .await;
    let ours = |l: &&Value| {
        let uri = l["requestURI"].as_str().unwrap_or_default();
        uri.contains("fieldManager=opsbook") && !uri.contains("dryRun") && l["objectRef"]["name"] == NODE
    };
    let write = |l: &Value| {
        let code = l["responseStatus"]["code"].as_u64().unwrap_or_default();
        (l["verb"].as_str().unwrap_or_default().to_owned(), code)
    };
    lines.iter().skip(mark).filter(ours).map(write).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_operators_never_write_on_a_stale_plan() {
    if !real_wanted("real::two::two_operators_never_write_on_a_stale_plan") {
        return;
    }
    let cluster = Cluster::start(Which::Real, Spec { nodes: &[NODE], ..Spec::default() }).await;
    let lab = cluster.lab().unwrap().clone();
    let desk = Desk::open(&cluster).await;
    let mark = cluster.audit_mark();
    // A cordon and a drain of the same node: both were read before either was answered.
    let (mut first, mut second) = (Operator::at(&lab, "c"), Operator::at(&lab, "r"));
    first.terminal.send("y");
    let cordoned = |w: &ClusterSnapshot| w.node(NODE).is_some_and(|n| n.unschedulable);
    desk.world("the node cordoned by the first", cordoned).await;
    assert_eq!(writes(&cluster, &lab, mark).await, [("patch".to_owned(), 200)]);
    // The second program has seen it too, before its operator answers.
    second.terminal.let_pass(std::time::Duration::from_millis(700));
    second.terminal.send("y");
    let screen = second.terminal.wait_until("the plan as it is now, or that there is none", |s| {
        ["as it is now", "read it again", "nothing to do", "no pod"].iter().any(|w| s.contains(w))
    });
    assert_eq!(writes(&cluster, &lab, mark).await.len(), 1, "nothing was sent on the stale plan:\n{screen}");
    for mut operator in [first, second] {
        operator.terminal.send("\x03");
        operator.terminal.let_pass(std::time::Duration::from_millis(200));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_cordons_at_the_same_moment_are_one_write() {
    if !real_wanted("real::two::two_cordons_at_the_same_moment_are_one_write") {
        return;
    }
    let cluster = Cluster::start(Which::Real, Spec { nodes: &[NODE], ..Spec::default() }).await;
    let lab = cluster.lab().unwrap().clone();
    let desk = Desk::open(&cluster).await;
    let mark = cluster.audit_mark();
    let (mut first, mut second) = (Operator::at(&lab, "c"), Operator::at(&lab, "c"));
    first.terminal.send("y");
    second.terminal.send("y");
    let cordoned = |w: &ClusterSnapshot| w.node(NODE).is_some_and(|n| n.unschedulable);
    desk.world("the node cordoned", cordoned).await;
    for operator in [&mut first, &mut second] {
        operator.terminal.let_pass(std::time::Duration::from_millis(700));
    }
    // Whichever came second was stopped by its own picture, or else by the server.
    let seen = writes(&cluster, &lab, mark).await;
    assert_eq!(seen.iter().filter(|(_, code)| *code < 300).count(), 1, "{seen:?}");
    assert!(seen.iter().all(|(_, code)| *code < 300 || *code == 409), "{seen:?}");
}
