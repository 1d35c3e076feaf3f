//! What must not be written is not written.

use opsbook::domain::{Kind, ObjectKey};
use opsbook::op::Inputs;
use opsbook::record::RunEnd;
use serde_json::json;

use super::operate::{deploy, same_as_the_audit_log};
use crate::support::{Cluster, Desk, journal, manifest};

pub async fn an_object_that_changed_since_the_plan_is_left_alone(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let mark = cluster.audit_mark();
    let plan = desk.plan("node.cordon", &Inputs::of([("node", "stale-1")])).await;
    let key = ObjectKey::cluster(Kind::Node, "stale-1");
    cluster.patch(&key, &json!({"metadata": {"labels": {"someone": "else"}}})).await;
    let preview = desk.preview(&plan).await;
    assert!(preview.refused.as_ref().is_some_and(|r| r.contains("changed since the plan")), "{preview:?}");
    let ran = desk.run(&plan).await;
    assert_eq!(ran.end, RunEnd::Failed);
    assert!(ran.words.contains("has changed since the plan was made"), "{}", ran.words);
    let lines = journal(&desk.recorder.events());
    assert_eq!(lines, ["intent", "send patch stale-1", "no patch stale-1", "end"]);
    assert_eq!(cluster.get(&key.path()).await.unwrap()["spec"]["unschedulable"], json!(null));
    same_as_the_audit_log(&cluster, &desk, mark).await;

    let inputs = Inputs::of([("namespace", "stale"), ("deployment", "web")]);
    cluster.create(&manifest::namespace("stale")).await;
    deploy(&cluster, &desk, &manifest::deployment("stale", "web", 1)).await;
    desk.carry_out("workload.restart", &inputs).await;
    for op in ["workload.restart", "workload.undo"] {
        let plan = desk.plan(op, &inputs).await;
        let key = ObjectKey::new(Kind::Deployment, "stale", "web");
        cluster.patch(&key, &json!({"metadata": {"labels": {"someone": op}}})).await;
        let ran = desk.run(&plan).await;
        assert!(
            ran.words.contains("has changed since the plan was made"),
            "{op}: {:?} {}",
            ran.end,
            ran.words
        );
        let seen = |w: &opsbook::domain::ClusterSnapshot| {
            w.deployments.get(&key.row).is_some_and(|d| d.meta.label("someone") == Some(op))
        };
        desk.world("the change", seen).await;
    }
}

pub async fn an_object_that_was_made_anew_is_left_alone(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    cluster.create(&manifest::namespace("anew")).await;
    deploy(&cluster, &desk, &manifest::deployment("anew", "web", 1)).await;
    let inputs = Inputs::of([("namespace", "anew"), ("deployment", "web")]);
    let plan = desk.plan("workload.restart", &inputs).await;
    let pod = desk.now().pods.in_namespace("anew").next().unwrap().clone();
    let delete = desk.plan("pod.delete", &Inputs::of([("namespace", "anew"), ("pod", &pod.meta.name)])).await;

    let key = ObjectKey::new(Kind::Deployment, "anew", "web");
    cluster.delete(&key).await;
    let gone = |w: &opsbook::domain::ClusterSnapshot| w.pods.in_namespace("anew").next().is_none();
    desk.world("nothing left of the first one", gone).await;
    let ran = desk.run(&plan).await;
    assert!(ran.end == RunEnd::Failed && ran.words.contains("is gone"), "{}", ran.words);
    deploy(&cluster, &desk, &manifest::deployment("anew", "web", 1)).await;
    let before = cluster.get(&key.path()).await.unwrap();
    let ran = desk.run(&plan).await;
    assert!(
        ran.end == RunEnd::Failed && ran.words.contains("has changed since"),
        "{:?} {}",
        ran.end,
        ran.words
    );
    let after = cluster.get(&key.path()).await.unwrap();
    assert_eq!(after["spec"], before["spec"]);

    // A pod of the same name that is another one.
    let mut same = manifest::deployment("anew", "x", 1)["spec"]["template"].clone();
    same["apiVersion"] = json!("v1");
    same["kind"] = json!("Pod");
    same["metadata"]["namespace"] = json!("anew");
    same["metadata"]["name"] = json!(&*pod.meta.name);
    cluster.create(&same).await;
    let ran = desk.run(&delete).await;
    assert!(
        ran.end == RunEnd::Failed && ran.words.contains("has changed since"),
        "{:?} {}",
        ran.end,
        ran.words
    );
    let path = ObjectKey { kind: Kind::Pod, row: pod.meta.key() }.path();
    assert!(cluster.get(&path).await.unwrap()["metadata"]["deletionTimestamp"].is_null());
}

pub async fn without_the_right_nothing_is_written(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let mark = cluster.audit_mark();
    for op in ["node.cordon", "node.drain"] {
        let inputs = Inputs::of([("node", "weak-1")]);
        // An empty node that is open still has something to drain: itself.
        let plan = desk.plan(op, &inputs).await;
        let preview = desk.preview(&plan).await;
        assert!(!preview.clean());
        assert!(preview.objections()[0].starts_with("you may not patch nodes"), "{:?}", preview.objections());
        let ran = desk.run(&plan).await;
        assert_eq!(ran.end, RunEnd::Failed);
        assert!(ran.words.starts_with("you may not patch nodes"), "{}", ran.words);
    }
    assert!(journal(&desk.recorder.events()).is_empty(), "no intent for what was not begun");
    same_as_the_audit_log(&cluster, &desk, mark).await;
    let node = cluster.get(&ObjectKey::cluster(Kind::Node, "weak-1").path()).await.unwrap();
    assert!(node["spec"]["unschedulable"].is_null(), "{node}");
}
