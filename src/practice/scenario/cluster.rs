//! The cluster of a scenario: nodes, and workloads in a compact form beside plain manifests.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::spot::Placed;
use crate::practice::behaviour::span;
use crate::practice::obj::list_mut;

/// A cluster.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    /// Such as `v1.34.10`.
    pub version: String,
    /// How long ago it was made.
    #[serde(deserialize_with = "span")]
    pub age: Duration,
    pub nodes: Vec<NodeSpec>,
    #[serde(default)]
    pub namespaces: Vec<String>,
    #[serde(default)]
    pub workloads: Vec<Placed<Workload>>,
    #[serde(default)]
    pub budgets: Vec<Placed<Budget>>,
    /// Objects as kubectl would apply them.
    #[serde(default)]
    pub manifests: Vec<Placed<Value>>,
}

/// A node and the machine behind it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NodeSpec {
    pub name: String,
    /// `control-plane`, or nothing for a worker.
    #[serde(default)]
    pub role: String,
    pub zone: String,
    pub address: String,
    pub cpu: u32,
    pub memory: String,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

/// A workload with one container, and a Service when it has a port; exactly one of the first three fields gives its kind and `namespace/name`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workload {
    #[serde(default)]
    pub deployment: Option<String>,
    #[serde(default)]
    pub statefulset: Option<String>,
    #[serde(default)]
    pub daemonset: Option<String>,
    #[serde(default = "one")]
    pub replicas: u32,
    pub image: String,
    /// Requests, and limits where a limit is given.
    #[serde(default)]
    pub cpu: Option<String>,
    #[serde(default)]
    pub memory: Option<String>,
    #[serde(default)]
    pub memory_limit: Option<String>,
    #[serde(default)]
    pub port: Option<u16>,
    /// The path of a readiness probe.
    #[serde(default)]
    pub ready_path: Option<String>,
    /// Where an emptyDir is mounted.
    #[serde(default)]
    pub empty_dir: Option<String>,
    /// A `DaemonSet` that runs whatever is wrong with a node.
    #[serde(default)]
    pub everywhere: bool,
    #[serde(default)]
    pub priority_class: Option<String>,
    /// What the rollout history says about the first revision.
    #[serde(default)]
    pub change_cause: Option<String>,
    /// What else the container says, as in a manifest: `envFrom`, `command`, `livenessProbe`.
    #[serde(default)]
    pub container: Option<Value>,
    /// What else the pod says: `volumes`, `imagePullSecrets`.
    #[serde(default)]
    pub pod: Option<Value>,
}

/// A `PodDisruptionBudget` over the label `app`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// `namespace/name`; the name is the value of `app` too.
    pub name: String,
    #[serde(default)]
    pub min_available: Option<Value>,
    #[serde(default)]
    pub max_unavailable: Option<Value>,
}

fn one() -> u32 {
    1
}

impl Workload {
    /// The manifest: what kubectl would apply.
    pub fn manifest(&self) -> Option<Value> {
        let (kind, path) = match (&self.deployment, &self.statefulset, &self.daemonset) {
            (Some(path), None, None) => ("Deployment", path),
            (None, Some(path), None) => ("StatefulSet", path),
            (None, None, Some(path)) => ("DaemonSet", path),
            _ => return None,
        };
        let (ns, name) = path.split_once('/')?;
        let mut spec = json!({
            "selector": {"matchLabels": {"app": name}},
            "template": {"metadata": {"labels": {"app": name}}, "spec": self.pod_spec(name)},
        });
        if kind != "DaemonSet" {
            spec["replicas"] = json!(self.replicas);
        }
        if kind == "StatefulSet" {
            spec["serviceName"] = json!(name);
        }
        let mut manifest = json!({
            "apiVersion": "apps/v1", "kind": kind,
            "metadata": {"name": name, "namespace": ns, "labels": {"app": name}},
            "spec": spec,
        });
        if let Some(cause) = &self.change_cause {
            manifest["metadata"]["annotations"] = json!({"kubernetes.io/change-cause": cause});
        }
        Some(manifest)
    }

    /// The Service before a Deployment or a `StatefulSet` that has a port.
    pub fn service(&self) -> Option<Value> {
        let (ns, name) = self.deployment.as_ref().or(self.statefulset.as_ref())?.split_once('/')?;
        let port = json!({"name": "http", "port": self.port?, "targetPort": "http", "protocol": "TCP"});
        let mut spec = json!({"selector": {"app": name}, "ports": [port]});
        if self.statefulset.is_some() {
            spec["clusterIP"] = json!("None");
        }
        Some(json!({
            "apiVersion": "v1", "kind": "Service",
            "metadata": {"name": name, "namespace": ns, "labels": {"app": name}}, "spec": spec,
        }))
    }

    fn pod_spec(&self, name: &str) -> Value {
        let mut container = json!({"name": name, "image": self.image});
        if let Some(cpu) = &self.cpu {
            container["resources"]["requests"]["cpu"] = json!(cpu);
        }
        if let Some(memory) = &self.memory {
            container["resources"]["requests"]["memory"] = json!(memory);
        }
        if let Some(limit) = &self.memory_limit {
            container["resources"]["limits"]["memory"] = json!(limit);
        }
        if let Some(port) = self.port {
            container["ports"] = json!([{"name": "http", "containerPort": port}]);
        }
        if let Some(path) = &self.ready_path {
            container["readinessProbe"] =
                json!({"httpGet": {"path": path, "port": "http", "scheme": "HTTP"}, "periodSeconds": 5});
        }
        let mut pod = self.pod.clone().filter(Value::is_object).unwrap_or_else(|| json!({}));
        for (key, value) in self.container.iter().filter_map(Value::as_object).flatten() {
            container[key.as_str()] = value.clone();
        }
        if let Some(path) = &self.empty_dir {
            list_mut(&mut container, "volumeMounts").push(json!({"name": "scratch", "mountPath": path}));
            list_mut(&mut pod, "volumes").push(json!({"name": "scratch", "emptyDir": {}}));
        }
        pod["containers"] = json!([container]);
        if self.everywhere {
            pod["tolerations"] = json!([{"operator": "Exists"}]);
            pod["hostNetwork"] = json!(true);
        }
        if let Some(class) = &self.priority_class {
            pod["priorityClassName"] = json!(class);
        }
        pod
    }
}

impl Budget {
    /// The manifest: what kubectl would apply.
    pub fn manifest(&self) -> Option<Value> {
        let (ns, name) = self.name.split_once('/')?;
        let mut spec = json!({"selector": {"matchLabels": {"app": name}}});
        if let Some(min) = &self.min_available {
            spec["minAvailable"] = min.clone();
        }
        if let Some(max) = &self.max_unavailable {
            spec["maxUnavailable"] = max.clone();
        }
        Some(json!({
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
            "metadata": {"name": name, "namespace": ns}, "spec": spec,
        }))
    }
}
