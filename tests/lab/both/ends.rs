//! Operations that end pods, and the taints that do.

use opsbook::domain::{ClusterSnapshot, Kind, ObjectKey};
use opsbook::op::{self, Inputs};
use opsbook::record::RunEnd;
use serde_json::json;

use super::operate::{deploy, same_as_the_audit_log};
use crate::support::{Cluster, Desk, manifest};

pub async fn one_pod_is_evicted_when_its_budget_allows_it(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "evict";
    cluster.create(&manifest::namespace(space)).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 2)).await;
    cluster.create(&manifest::budget(space, "web", 2)).await;
    let budget = ObjectKey::new(Kind::PodDisruptionBudget, space, "web");
    desk.world("the budget", |w| w.pdbs.get(&budget.row).is_some_and(|b| b.healthy == 2 && b.allowed == 0))
        .await;
    let name = desk.now().pods.in_namespace(space).next().unwrap().meta.name.to_string();
    let inputs = Inputs::of([("namespace", space), ("pod", &name)]);
    let plan = desk.plan("pod.evict", &inputs).await;
    assert!(plan.consequences.iter().any(|c| c.what == "budget blocks"), "{plan:?}");
    let preview = desk.preview(&plan).await;
    assert!(preview.refused.as_ref().is_some_and(|r| r.contains("budget")), "{preview:?}");
    let ran = desk.run(&plan).await;
    assert!(ran.end == RunEnd::Failed && ran.words.contains("budget"), "{ran:?}");
    cluster.patch(&budget, &json!({"spec": {"minAvailable": 1}})).await;
    desk.world("a disruption that is allowed", |w| w.pdbs.get(&budget.row).is_some_and(|b| b.allowed == 1))
        .await;
    let mark = cluster.audit_mark();
    desk.carry_out("pod.evict", &inputs).await;
    let gone = |w: &ClusterSnapshot| w.pods.find(space, &name).is_none();
    desk.world("the pod to be gone", gone).await;
    if let Some(seen) = cluster.audited(mark, 1).await {
        assert_eq!(seen, [format!("create {name}")]);
    }
}

pub async fn a_pod_of_a_silent_node_is_forgotten_by_force(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "force";
    cluster.create(&manifest::namespace(space)).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 1)).await;
    let name = desk.now().pods.in_namespace(space).next().unwrap().meta.name.to_string();
    let inputs = Inputs::of([("namespace", space), ("pod", &name)]);
    let refused = op::plan("pod.force-delete", &desk.now(), &inputs).unwrap_err().to_string();
    assert!(refused.contains("is Ready"), "{refused}");
    cluster.silence("force-1").await;
    desk.world("a node that is not Ready", |w| w.node("force-1").is_some_and(|n| !n.ready())).await;
    let mark = cluster.audit_mark();
    desk.carry_out("pod.force-delete", &inputs).await;
    same_as_the_audit_log(&cluster, &desk, mark).await;
}

pub async fn taints_come_and_go(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let key = ObjectKey::cluster(Kind::Node, "taint-1");
    let mark = cluster.audit_mark();
    let taint = |value: &str| {
        Inputs::of([("node", "taint-1"), ("key", "acme.io/gpu"), ("value", value), ("effect", "NoSchedule")])
    };
    let now = async || {
        let node = cluster.get(&key.path()).await.unwrap();
        let taints = node["spec"]["taints"].as_array().cloned().unwrap_or_default();
        let own = taints.iter().find(|t| t["key"] == "acme.io/gpu");
        own.map(|t| t["value"].as_str().unwrap_or_default().to_owned())
    };
    desk.carry_out("node.taint", &taint("a")).await;
    desk.carry_out("node.taint", &taint("b")).await;
    assert_eq!(now().await.as_deref(), Some("b"));
    assert_eq!(desk.undo().await.op, "node.taint");
    assert_eq!(now().await.as_deref(), Some("a"));
    desk.carry_out(
        "node.untaint",
        &Inputs::of([("node", "taint-1"), ("key", "acme.io/gpu"), ("effect", "NoSchedule")]),
    )
    .await;
    assert_eq!(now().await, None);
    let state = opsbook::record::SessionState::fold(&desk.recorder.events());
    assert!(state.undo_list().is_empty(), "what was done by hand took the first taint back");
    same_as_the_audit_log(&cluster, &desk, mark).await;
}

pub async fn a_machine_that_is_off_gives_its_pods_free(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "out";
    cluster.create(&manifest::namespace(space)).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 1)).await;
    let name = desk.now().pods.in_namespace(space).next().unwrap().meta.name.to_string();
    let node = Inputs::of([("node", "out-1")]);
    assert!(op::plan("node.out-of-service", &desk.now(), &node).is_err(), "it is Ready");
    cluster.silence("out-1").await;
    desk.world("a node that is not Ready", |w| w.node("out-1").is_some_and(|n| !n.ready())).await;
    desk.carry_out("node.out-of-service", &node).await;
    desk.world("its pod to be gone", |w| w.pods.find(space, &name).is_none()).await;
    cluster.wake("out-1").await;
    desk.world("the node to be back", |w| w.node("out-1").is_some_and(|n| n.ready())).await;
    assert_eq!(desk.undo().await.op, "node.untaint");
}
