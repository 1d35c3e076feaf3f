//! Objects as the API server sends them, and what is kept of them.

use super::*;

#[test]
fn a_stateful_set_is_read_from_json_with_its_revisions() {
    let json = serde_json::json!({
        "metadata": {"name": "db", "namespace": "shop", "generation": 4},
        "spec": {"replicas": 3, "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 1}}},
        "status": {"observedGeneration": 4, "replicas": 3, "readyReplicas": 2, "updatedReplicas": 1,
            "currentRevision": "db-a", "updateRevision": "db-b", "availableReplicas": 2, "currentReplicas": 2},
    });
    let row = stateful_set(serde_json::from_value(json).unwrap(), &mut Interner::default());
    assert_eq!((row.desired, row.ready, row.updated, row.to_update()), (3, 2, 1, 2));
    assert_eq!((&*row.current_revision, &*row.update_revision), ("db-a", "db-b"));
    assert!(!row.on_delete && !row.rolled_out());
}

#[test]
fn what_the_cluster_says_of_a_pod_that_is_not_well_is_kept_with_its_claims() {
    let json = serde_json::json!({
        "metadata": {"name": "db-0", "namespace": "shop"},
        "spec": {"containers": [{"name": "db", "image": "x"}], "volumes": [
            {"name": "data", "persistentVolumeClaim": {"claimName": "data-db-0"}}, {"name": "tmp", "emptyDir": {}},
            {"name": "scratch", "ephemeral": {"volumeClaimTemplate": {}}}]},
        "status": {"phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: memory.",
            "containerStatuses": [{"name": "db", "state": {"waiting": {"reason": "CreateContainerConfigError",
                "message": "secret \"db\" not found"}}, "lastState": {"terminated": {"exitCode": 3,
                "message": format!("{}no space left\n", "x".repeat(5000))}}}]},
    });
    let row = pod(serde_json::from_value(json).unwrap(), &mut Interner::default());
    assert_eq!(&*row.message, "The node was low on resource: memory.");
    assert_eq!(&*row.containers[0].message, "secret \"db\" not found");
    let last = &row.containers[0].last.as_ref().unwrap().message;
    assert!(last.ends_with("no space left") && last.len() < 600, "the end is what tells");
    assert_eq!(row.claims.iter().map(|c| &**c).collect::<Vec<_>>(), ["data-db-0", "db-0-scratch"]);
}

#[test]
fn a_pod_is_read_from_json() {
    let json = serde_json::json!({
        "metadata": {"name": "api-1", "namespace": "shop", "uid": "u", "resourceVersion": "7",
            "creationTimestamp": "2026-03-01T00:00:00Z", "annotations": {"kubernetes.io/config.mirror": "x"},
            "ownerReferences": [{"kind": "ReplicaSet", "name": "api", "controller": true, "apiVersion": "apps/v1"}]},
        "spec": {"nodeName": "worker-1", "volumes": [{"name": "tmp", "emptyDir": {}}],
            "containers": [{"name": "api", "image": "x", "resources": {"limits": {"memory": "256Mi"}}}]},
        "status": {"phase": "Running", "podIP": "10.0.0.1", "conditions": [
            {"type": "Ready", "status": "False", "reason": "ContainersNotReady", "lastTransitionTime": null}],
            "containerStatuses": [{"name": "api", "ready": false, "restartCount": 6,
                "state": {"waiting": {"reason": "CrashLoopBackOff"}},
                "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled",
                    "finishedAt": "2026-03-01T01:00:00Z"}}}]}
    });
    let row = pod(serde_json::from_value(json).unwrap(), &mut Interner::default());
    assert_eq!(row.status(), "CrashLoopBackOff");
    assert_eq!(row.containers[0].last.as_ref().unwrap().exit_code, 137);
    assert_eq!(row.containers[0].memory_limit, 256 << 20);
    assert!(row.volumes.empty_dir && row.mirror && !row.ready());
    assert_eq!(row.meta.owner.as_ref().unwrap().name, "api".into());
}

#[test]
fn an_event_without_times_is_as_old_as_its_object() {
    let json = serde_json::json!({"type": "Warning", "reason": "Broken", "involvedObject": {"kind": "Gizmo"},
        "metadata": {"name": "e", "creationTimestamp": "2026-03-01T00:00:00Z"}});
    let row = event(serde_json::from_value(json).unwrap(), &mut Interner::default());
    let created = Some("2026-03-01T00:00:00Z".parse().unwrap());
    assert_eq!((row.first, row.last), (created, created));
}

#[test]
fn an_event_of_the_newer_form_has_its_times_and_its_count() {
    let json = serde_json::json!({"type": "Warning", "reason": "Broken", "involvedObject": {"kind": "Pod"},
        "metadata": {"name": "e", "creationTimestamp": "2026-03-01T00:00:00Z"},
        "eventTime": "2026-03-01T00:00:05.123456Z", "reportingComponent": "watcher", "reportingInstance": "w-1",
        "series": {"count": 7, "lastObservedTime": "2026-03-01T00:10:00.5Z"}});
    let row = event(serde_json::from_value(json).unwrap(), &mut Interner::default());
    let time = |text: &str| Some(text.parse::<Timestamp>().unwrap().as_second());
    assert_eq!(row.first.map(Timestamp::as_second), time("2026-03-01T00:00:05Z"));
    assert_eq!(row.last.map(Timestamp::as_second), time("2026-03-01T00:10:00Z"));
    assert_eq!((row.count, &*row.source, &*row.host), (7, "watcher", "w-1"));
}

#[test]
fn a_warning_about_a_kind_that_only_shares_the_name_is_about_another_kind() {
    let of = |kind: &str, version: &str| {
        let json = serde_json::json!({"involvedObject": {"kind": kind, "apiVersion": version}});
        event(serde_json::from_value(json).unwrap(), &mut Interner::default()).about_kind
    };
    assert_eq!(&*of("Deployment", "acme.io/v1"), "Deployment.acme.io");
    assert_eq!(&*of("Service", "serving.knative.dev/v1"), "Service.serving.knative.dev");
    for (kind, version) in [
        ("Deployment", "apps/v1"),
        ("Deployment", "apps/v1beta1"),
        ("Deployment", "extensions/v1beta1"),
        ("Pod", "v1"),
        ("Pod", ""),
        ("Gizmo", "acme.io/v1"),
    ] {
        assert_eq!(&*of(kind, version), kind, "{version}");
    }
}

#[test]
fn what_keeps_a_pod_from_leaving_is_read() {
    let of = |tolerations: serde_json::Value| {
        let json = serde_json::json!({
            "metadata": {"name": "a", "namespace": "shop", "finalizers": ["example.com/flush"]},
            "spec": {"terminationGracePeriodSeconds": 7200, "tolerations": tolerations},
        });
        pod(serde_json::from_value(json).unwrap(), &mut Interner::default())
    };
    let cordon = "node.kubernetes.io/unschedulable";
    for (one, tolerates) in [
        (serde_json::json!({"operator": "Exists"}), true),
        (serde_json::json!({"operator": "Exists", "effect": "NoSchedule"}), true),
        (serde_json::json!({"key": cordon, "operator": "Exists"}), true),
        (serde_json::json!({"key": cordon}), true),
        (serde_json::json!({"operator": "Exists", "effect": "NoExecute"}), false),
        (serde_json::json!({"key": cordon, "operator": "Equal", "value": "x"}), false),
        (serde_json::json!({"key": "node.kubernetes.io/not-ready", "operator": "Exists"}), false),
    ] {
        let row = of(serde_json::json!([one]));
        assert_eq!(row.tolerates_cordon, tolerates, "{one}");
        assert_eq!((row.grace, &*row.finalizers[0]), (7200, "example.com/flush"));
    }
}
