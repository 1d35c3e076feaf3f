//! Operations on workloads of every kind, each applied and taken back.

use opsbook::domain::{ClusterSnapshot, Kind, Looked, ObjectKey, ObjectRow};
use opsbook::op::Inputs;
use serde_json::{Value, json};

use super::operate::{deploy, same_as_the_audit_log};
use crate::support::{Cluster, Desk, manifest};

fn inputs(space: &str, kind: &str, name: &str, more: &[(&str, Value)]) -> Inputs {
    let mut inputs = Inputs::of([("namespace", space), (kind, name)]);
    inputs.0.extend(more.iter().map(|(k, v)| ((*k).to_owned(), v.clone())));
    inputs
}

fn is(world: &ClusterSnapshot, key: &ObjectKey, so: impl Fn(&ObjectRow) -> bool) -> bool {
    matches!(world.object(key), Looked::Present(row) if so(row))
}

pub async fn a_workload_is_scaled_and_taken_back(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "scale";
    cluster.create(&manifest::namespace(space)).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 2)).await;
    let mark = cluster.audit_mark();
    let three = inputs(space, "deployment", "web", &[("replicas", json!(3))]);
    let plan = desk.plan("workload.scale", &three).await;
    let preview = desk.preview(&plan).await;
    let lines: Vec<_> = preview.diff.iter().map(|l| (l.path.as_str(), l.after.as_deref())).collect();
    assert_eq!(lines, [("spec.replicas", Some("3"))]);
    desk.carry_out("workload.scale", &three).await;
    desk.world("three pods", |w| w.pods.in_namespace(space).filter(|p| p.ready()).count() == 3).await;
    desk.undo().await;
    desk.world("two pods", |w| w.pods.in_namespace(space).count() == 2).await;
    same_as_the_audit_log(&cluster, &desk, mark).await;
}

pub async fn image_and_resources_are_set_and_taken_back(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "template";
    cluster.create(&manifest::namespace(space)).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 1)).await;
    let key = ObjectKey::new(Kind::Deployment, space, "web");
    let container = async || {
        let object = cluster.get(&key.path()).await.unwrap();
        object.pointer("/spec/template/spec/containers/0").cloned().unwrap()
    };
    let image = json!("registry.example/app:2");
    desk.carry_out("workload.set-image", &inputs(space, "deployment", "web", &[("image", image.clone())]))
        .await;
    assert_eq!(container().await["image"], image);
    let sizes = [("memoryLimit", json!("256Mi")), ("cpuRequest", json!("10m"))];
    desk.carry_out("workload.set-resources", &inputs(space, "deployment", "web", &sizes)).await;
    let set = json!({"requests": {"cpu": "10m"}, "limits": {"memory": "256Mi"}});
    let now = container().await["resources"].clone();
    assert_eq!((&now["requests"]["cpu"], &now["limits"]), (&set["requests"]["cpu"], &set["limits"]));
    desk.undo().await;
    let now = container().await["resources"].clone();
    let empty = |v: &Value| v.as_object().is_none_or(serde_json::Map::is_empty);
    assert!(empty(&now["limits"]) && now["requests"]["cpu"].is_null(), "{now}");
    desk.undo().await;
    assert_eq!(container().await["image"], "registry.example/app:1");
}

pub async fn sets_of_other_kinds_are_restarted_and_rolled_back(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "sets";
    cluster.create(&manifest::namespace(space)).await;
    cluster.create(&manifest::stateful_set(space, "db", 2)).await;
    cluster.create(&manifest::daemon_set(space, "agent")).await;
    for (kind, param, name) in
        [(Kind::StatefulSet, "statefulset", "db"), (Kind::DaemonSet, "daemonset", "agent")]
    {
        let key = ObjectKey::new(kind, space, name);
        desk.follow([opsbook::domain::Interest::one(&key)]);
        let ready = |row: &ObjectRow| {
            row.number("/status/readyReplicas").is_some_and(|n| n == 2)
                || row.number("/status/numberReady").is_some_and(|n| n > 0)
        };
        desk.world("its pods to be ready", |w| is(w, &key, ready)).await;
        let stamp = "/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt";
        desk.carry_out("workload.restart", &inputs(space, param, name, &[])).await;
        assert!(cluster.get(&key.path()).await.unwrap().pointer(stamp).is_some());
        let back = desk.undo().await;
        assert_eq!(back.op, "workload.undo");
        let object = cluster.get(&key.path()).await.unwrap();
        assert!(object.pointer(stamp).is_none(), "{object}");
    }
}

pub async fn switches_go_on_and_off(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "switch";
    cluster.create(&manifest::namespace(space)).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 1)).await;
    let job = json!({
        "apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"namespace": space, "name": "nightly"},
        "spec": {"schedule": "0 3 * * *", "jobTemplate": {"spec": {"template": {"spec": {
            "restartPolicy": "Never", "containers": [{"name": "app", "image": "registry.example/app:1"}],
        }}}}},
    });
    cluster.create(&job).await;
    let cases = [
        ("workload.pause", "workload.resume", "deployment", "web", Kind::Deployment, "paused"),
        ("cronjob.suspend", "cronjob.resume", "cronjob", "nightly", Kind::CronJob, "suspend"),
    ];
    for (on, off, param, name, kind, field) in cases {
        let key = ObjectKey::new(kind, space, name);
        let now = async || cluster.get(&key.path()).await.unwrap()["spec"][field].as_bool().unwrap_or(false);
        desk.carry_out(on, &inputs(space, param, name, &[])).await;
        assert!(now().await);
        assert_eq!(desk.undo().await.op, off);
        assert!(!now().await);
    }
}

pub async fn a_pod_is_resized_at_its_subresource(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "resize";
    cluster.create(&manifest::namespace(space)).await;
    let mut web = manifest::deployment(space, "web", 1);
    web["spec"]["template"]["spec"]["containers"][0]["resources"] =
        json!({"requests": {"cpu": "10m"}, "limits": {"cpu": "100m"}});
    deploy(&cluster, &desk, &web).await;
    let name = desk.now().pods.in_namespace(space).next().unwrap().meta.name.to_string();
    let wanted = inputs(space, "pod", &name, &[("cpuLimit", json!("200m"))]);
    let plan = desk.plan("pod.resize", &wanted).await;
    let preview = desk.preview(&plan).await;
    assert!(preview.clean() && preview.diff.iter().any(|l| l.path.ends_with("limits.cpu")), "{preview:?}");
    let plan = desk.carry_out("pod.resize", &wanted).await;
    let pod = cluster.get(&plan.target.path()).await.unwrap();
    assert_eq!(pod.pointer("/spec/containers/0/resources/limits/cpu"), Some(&json!("200m")));
    desk.undo().await;
    let pod = cluster.get(&plan.target.path()).await.unwrap();
    assert_eq!(pod.pointer("/spec/containers/0/resources/limits/cpu"), Some(&json!("100m")));
}
