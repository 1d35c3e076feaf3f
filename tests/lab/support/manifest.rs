//! Manifests of the tests, as small as the API server takes them.

use serde_json::{Value, json};

pub fn namespace(name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
}

fn template(app: &str) -> Value {
    json!({
        "metadata": {"labels": {"app": app}},
        // Half a second is enough for containers that do not exist.
        "spec": {"terminationGracePeriodSeconds": 1, "containers": [{"name": "app", "image": "registry.example/app:1"}]},
    })
}

/// A Deployment whose pods carry the label `app` with its name.
pub fn deployment(namespace: &str, name: &str, replicas: u32) -> Value {
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"namespace": namespace, "name": name},
        "spec": {"replicas": replicas, "selector": {"matchLabels": {"app": name}}, "template": template(name)},
    })
}

/// The same with data in an emptyDir volume.
pub fn with_empty_dir(mut workload: Value) -> Value {
    workload["spec"]["template"]["spec"]["volumes"] = json!([{"name": "data", "emptyDir": {}}]);
    workload
}

/// The same, its pods bound to nodes with this name only.
pub fn on_node(mut workload: Value, node: &str) -> Value {
    workload["spec"]["template"]["spec"]["nodeSelector"] = json!({"kubernetes.io/hostname": node});
    workload
}

pub fn stateful_set(namespace: &str, name: &str, replicas: u32) -> Value {
    json!({
        "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"namespace": namespace, "name": name},
        "spec": {
            "replicas": replicas, "serviceName": name, "selector": {"matchLabels": {"app": name}}, "template": template(name),
        },
    })
}

pub fn daemon_set(namespace: &str, name: &str) -> Value {
    json!({
        "apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"namespace": namespace, "name": name},
        "spec": {"selector": {"matchLabels": {"app": name}}, "template": template(name)},
    })
}

/// A budget over the pods of one app.
pub fn budget(namespace: &str, app: &str, min_available: u32) -> Value {
    json!({
        "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"namespace": namespace, "name": app},
        "spec": {"minAvailable": min_available, "selector": {"matchLabels": {"app": app}}},
    })
}

/// What a kubelet writes for a static pod of its folder.
pub fn mirror(namespace: &str, name: &str, node: &str, node_uid: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "namespace": namespace, "name": format!("{name}-{node}"),
            "annotations": {"kubernetes.io/config.mirror": "0123456789abcdef", "kubernetes.io/config.source": "file"},
            "ownerReferences": [{"apiVersion": "v1", "kind": "Node", "name": node, "uid": node_uid, "controller": true}],
        },
        "spec": {"nodeName": node, "containers": [{"name": "app", "image": "registry.example/app:1"}],
            "tolerations": [{"operator": "Exists"}]},
    })
}
