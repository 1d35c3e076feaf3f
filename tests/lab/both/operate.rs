//! Every operation through the one write path: plan, preview, application, proof, the way back.

use opsbook::domain::{ClusterSnapshot, Kind, ObjectKey};
use opsbook::op::Inputs;
use opsbook::record::SessionState;
use serde_json::{Value, json};

use crate::support::{Cluster, Desk, arrived, journal, manifest};

/// A Deployment whose pods are all ready.
pub async fn deploy(cluster: &Cluster, desk: &Desk, manifest: &Value) {
    cluster.create(manifest).await;
    let space = manifest["metadata"]["namespace"].as_str().unwrap();
    let name = manifest["metadata"]["name"].as_str().unwrap();
    let wanted = manifest["spec"]["replicas"].as_i64().unwrap();
    let ready = |w: &ClusterSnapshot| {
        let pods =
            w.pods.in_namespace(space).filter(|p| p.meta.label("app") == Some(name) && p.ready()).count();
        pods as i64 == wanted
            && w.deployments
                .find(space, name)
                .is_some_and(|d| i64::from(d.available) == wanted && d.revision > 0)
    };
    desk.world("all pods of the Deployment", ready).await;
}

/// What the journal says was sent, as the audit log says it.
fn sent(desk: &Desk) -> Vec<String> {
    let lines = journal(&desk.recorder.events());
    // To the API server an eviction is something that is created.
    let audited = |l: &str| l.strip_prefix("evict ").map_or(l.to_owned(), |name| format!("create {name}"));
    lines.iter().filter_map(|l| l.strip_prefix("send ")).map(audited).collect()
}

/// The API server saw the writes of the journal and no others.
pub async fn same_as_the_audit_log(cluster: &Cluster, desk: &Desk, mark: usize) {
    let mut wanted = sent(desk);
    if let Some(mut seen) = cluster.audited(mark, wanted.len()).await {
        wanted.sort();
        seen.sort();
        assert_eq!(seen, wanted, "audit log and journal differ");
    }
}

pub async fn a_node_is_cordoned_and_the_undo_opens_it(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let mark = cluster.audit_mark();
    let inputs = Inputs::of([("node", "cordon-1")]);
    let plan = desk.plan("node.cordon", &inputs).await;
    let preview = desk.preview(&plan).await;
    let line = &preview.diff[0];
    assert_eq!((line.path.as_str(), line.after.as_deref()), ("spec.unschedulable", Some("true")));
    assert!(!desk.now().node("cordon-1").unwrap().unschedulable, "a preview writes nothing");
    desk.carry_out("node.cordon", &inputs).await;
    assert!(desk.now().node("cordon-1").unwrap().unschedulable);
    let back = desk.undo().await;
    assert_eq!(back.op, "node.uncordon");
    assert!(!desk.now().node("cordon-1").unwrap().unschedulable);
    let wanted = ["intent", "send patch cordon-1", "ok patch cordon-1", "end"].repeat(2);
    assert_eq!(arrived(journal(&desk.recorder.events())), wanted);
    let state = SessionState::fold(&desk.recorder.events());
    assert!(!state.undo_list().iter().any(|e| e.title.starts_with("cordon")), "it was taken back");
    same_as_the_audit_log(&cluster, &desk, mark).await;
}

pub async fn a_deleted_pod_is_replaced(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    cluster.create(&manifest::namespace("delete")).await;
    deploy(&cluster, &desk, &manifest::deployment("delete", "web", 2)).await;
    let mark = cluster.audit_mark();
    let name = desk.now().pods.in_namespace("delete").next().unwrap().meta.name.to_string();
    let inputs = Inputs::of([("namespace", "delete"), ("pod", &name)]);
    let plan = desk.plan("pod.delete", &inputs).await;
    assert!(desk.preview(&plan).await.clean());
    let pod = cluster.get(&plan.target.path()).await.unwrap();
    assert!(pod["metadata"]["deletionTimestamp"].is_null(), "a preview has deleted the pod: {pod}");
    let plan = desk.carry_out("pod.delete", &inputs).await;
    assert!(plan.consequences.iter().any(|c| c.detail.starts_with("1 ready of ReplicaSet")), "{plan:?}");
    let two = |w: &ClusterSnapshot| {
        let pods: Vec<_> = w.pods.in_namespace("delete").collect();
        pods.len() == 2 && pods.iter().all(|p| p.ready() && *p.meta.name != *name)
    };
    desk.world("another pod in its place", two).await;
    same_as_the_audit_log(&cluster, &desk, mark).await;
}

pub async fn a_rollout_is_restarted_and_taken_back(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    cluster.create(&manifest::namespace("rollout")).await;
    deploy(&cluster, &desk, &manifest::deployment("rollout", "web", 2)).await;
    let mark = cluster.audit_mark();
    let key = ObjectKey::new(Kind::Deployment, "rollout", "web");
    let inputs = Inputs::of([("namespace", "rollout"), ("deployment", "web")]);
    let plan = desk.plan("workload.restart", &inputs).await;
    let preview = desk.preview(&plan).await;
    assert!(
        preview.diff.iter().any(|l| l.path.contains("restartedAt") || l.path.contains("annotations")),
        "{preview:?}"
    );
    desk.carry_out("workload.restart", &inputs).await;
    let stamp = "/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt";
    let after = cluster.get(&key.path()).await.unwrap();
    assert!(after.pointer(stamp).is_some(), "{after}");
    let revision = |w: &ClusterSnapshot| w.deployments.get(&key.row).map_or(0, |d| d.revision);
    desk.world("revision 2", |w| revision(w) == 2).await;
    let back = desk.undo().await;
    assert_eq!(back.op, "workload.undo");
    let object = cluster.get(&key.path()).await.unwrap();
    assert!(object.pointer(stamp).is_none(), "{object}");
    assert!(object.pointer("/spec/template/metadata/labels/pod-template-hash").is_none(), "{object}");
    desk.world("revision 3", |w| revision(w) == 3).await;
    let image = json!({"spec": {"template": {"spec": {"containers": [{"name": "app", "image": "registry.example/app:2"}]}}}});
    cluster.patch(&key, &image).await;
    // Controllers go on writing while it rolls, and a plan is bound to what it was made from.
    let settled = |w: &ClusterSnapshot| {
        let pods = w.pods.in_namespace("rollout").count();
        revision(w) == 4
            && pods == 2
            && w.deployments.get(&key.row).is_some_and(|d| d.available == 2 && d.updated == 2)
    };
    desk.world("revision 4, settled", settled).await;
    let mut inputs = inputs.clone();
    inputs.0.insert("revision".to_owned(), Value::from(3));
    desk.carry_out("workload.undo", &inputs).await;
    let object = cluster.get(&key.path()).await.unwrap();
    assert_eq!(object["spec"]["template"]["spec"]["containers"][0]["image"], "registry.example/app:1");
    same_as_the_audit_log(&cluster, &desk, mark).await;
}
