//! Debug containers and pods: what joins a pod, what is root on a node, and the end of it.

use opsbook::domain::{ClusterSnapshot, Kind, ObjectKey};
use opsbook::op::{DEBUG, DEBUG_END, Inputs, Undo};
use opsbook::record::RunEnd;
use serde_json::json;

use super::operate::{deploy, same_as_the_audit_log};
use crate::support::{Cluster, Desk, manifest};

pub async fn a_container_joins_a_running_pod(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "debug";
    cluster.create(&manifest::namespace(space)).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 1)).await;
    let name = desk.now().pods.in_namespace(space).next().unwrap().meta.name.to_string();
    let key = ObjectKey::new(Kind::Pod, space, name.as_str());
    let mark = cluster.audit_mark();
    let inputs = Inputs::of([("namespace", space), ("pod", &name), ("target", "app")]);
    let plan = desk.plan("pod.debug", &inputs).await;
    let preview = desk.preview(&plan).await;
    assert!(preview.clean() && preview.dry_runs == 1, "{preview:?}");
    assert!(preview.diff.iter().any(|l| l.path.contains("ephemeralContainers")), "{preview:?}");
    if cluster.lab().is_some() {
        // No kubelet is there to start it.
        assert_eq!(desk.run(&plan).await.end, RunEnd::Applied);
    } else {
        desk.carry_out("pod.debug", &inputs).await;
    }
    let pod = cluster.get(&key.path()).await.unwrap();
    let joined = &pod["spec"]["ephemeralContainers"][0];
    assert_eq!((&joined["name"], &joined["targetContainerName"]), (&json!("opsbook-debug-1"), &json!("app")));
    assert!(matches!(plan.undo, Undo::None(_)));
    same_as_the_audit_log(&cluster, &desk, mark).await;
    // The level of the namespace decides.
    let label = json!({"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "baseline"}}});
    cluster.patch(&ObjectKey::cluster(Kind::Namespace, space), &label).await;
    let strict = |w: &ClusterSnapshot| {
        w.namespaces.iter().any(|n| n.meta.label("pod-security.kubernetes.io/enforce").is_some())
    };
    let world = desk.world("the level", strict).await;
    let mut wide = inputs.clone();
    wide.0.insert("profile".into(), json!("sysadmin"));
    let refused = opsbook::op::plan("pod.debug", &world, &wide).unwrap_err().to_string();
    assert!(refused.contains("enforces Pod Security baseline"), "{refused}");
    let plan = desk.plan("pod.debug", &inputs).await;
    assert!(plan.summary.contains("profile baseline"), "{}", plan.summary);
    let preview = desk.preview(&plan).await;
    if cluster.lab().is_some() {
        // The level judges the whole pod, and the first container is in it: the dry run says so.
        assert!(preview.refused.as_ref().is_some_and(|r| r.contains("PodSecurity")), "{preview:?}");
    } else {
        assert!(preview.clean(), "{preview:?}");
    }
}

pub async fn a_debug_pod_is_root_on_a_node_and_is_deleted(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "debug-node";
    cluster.create(&manifest::namespace(space)).await;
    desk.world("the namespace", |w| w.namespaces.iter().any(|n| &*n.meta.name == space)).await;
    let mark = cluster.audit_mark();
    let inputs = Inputs::of([("node", "dbg-2"), ("in", space), ("for", "10m")]);
    let plan = desk.plan("node.debug", &inputs).await;
    assert!(desk.preview(&plan).await.clean());
    assert_eq!(desk.run(&plan).await.end, RunEnd::Applied);
    if cluster.lab().is_none() {
        // To the made-up kubelet of the lab a pod that is not started again has done its work.
        desk.proved(&plan).await;
    }
    desk.world("the pod", |w| w.pods.get(&plan.target.row).is_some()).await;
    let pod = cluster.get(&plan.target.path()).await.unwrap();
    assert_eq!(
        (&pod["metadata"]["labels"][DEBUG], &pod["spec"]["activeDeadlineSeconds"]),
        (&json!("node"), &json!(600))
    );
    let back = desk.undo().await;
    assert_eq!(back.op, DEBUG_END);
    desk.world("the pod to be gone", |w| w.pods.in_namespace(space).next().is_none()).await;
    same_as_the_audit_log(&cluster, &desk, mark).await;
}

/// Behind neither cluster something listens in a container: what is tested is the way there and the server's answer.
pub async fn a_forward_that_cannot_be_says_why(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "forward";
    cluster.create(&manifest::namespace(space)).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 1)).await;
    let name = desk.now().pods.in_namespace(space).next().unwrap().meta.name.to_string();
    let inputs = Inputs::of([("namespace", space), ("pod", &name), ("port", "8080")]);
    let plan = desk.plan("pod.port-forward", &inputs).await;
    assert!(desk.preview(&plan).await.clean());
    let ran = desk.run(&plan).await;
    assert_eq!(ran.end, RunEnd::Failed, "{}", ran.words);
    assert!(ran.words.contains("dial"), "the kubelet is not reached: {}", ran.words);
    let sent = [format!("send forward {name}"), format!("no forward {name}")];
    let lines = crate::support::journal(&desk.recorder.events());
    assert_eq!(lines, ["intent", sent[0].as_str(), sent[1].as_str(), "end"]);
}

/// Behind neither cluster runs a process: what is tested is the way there and the server's answer.
pub async fn a_shell_that_cannot_be_says_why(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "shell";
    cluster.create(&manifest::namespace(space)).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 1)).await;
    let name = desk.now().pods.in_namespace(space).next().unwrap().meta.name.to_string();
    let plan = desk.plan("pod.exec", &Inputs::of([("namespace", space), ("pod", &name)])).await;
    assert!(desk.preview(&plan).await.clean());
    let ran = desk.run(&plan).await;
    assert!(ran.end == RunEnd::Failed && ran.words.contains("dial"), "{ran:?}");
    let sent = [format!("send exec {name}"), format!("no exec {name}")];
    let lines = crate::support::journal(&desk.recorder.events());
    assert_eq!(lines, ["intent", sent[0].as_str(), sent[1].as_str(), "end"]);
}
