//! Defaults and validation of the kinds that matter, as far as clients notice them.
//!
//! Fields that nobody in the practice cluster reads are stored as they are sent. One more rule: one arm in
//! [`default`] or [`check`].

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Value, json};

use super::kinds::Kind;
use super::names::{fnv, template_hash};
use super::obj::{self, annotation, base64, items_mut, list, list_mut, map_mut, name, namespace, text};
use super::selector::Labels;
use super::status::Refusal;
use super::writes::TEMPLATES;

static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
        .expect("a constant pattern")
});

/// Defaults that only a new object gets.
pub fn default_new(kind: Kind, object: &mut Value) {
    match kind {
        Kind::Pod => {
            for container in items_mut(&mut object["spec"], "containers") {
                requests(&mut container["resources"]);
            }
            credentials(object);
            object["status"] = json!({"phase": "Pending", "qosClass": qos(object)});
            tolerate_outages(&mut object["spec"]);
        }
        Kind::Namespace => {
            object["spec"]["finalizers"] = json!(["kubernetes"]);
            object["status"] = json!({"phase": "Active"});
            let name = name(object).to_owned();
            map_mut(&mut object["metadata"], "labels")
                .insert("kubernetes.io/metadata.name".into(), json!(name));
        }
        Kind::Service => {
            object["status"] = json!({"loadBalancer": {}});
            cluster_ip(object);
        }
        Kind::Deployment => object["status"] = json!({}),
        Kind::StatefulSet => object["status"] = json!({"replicas": 0, "availableReplicas": 0}),
        Kind::ReplicaSet => object["status"] = json!({"replicas": 0}),
        Kind::DaemonSet => {
            map_mut(&mut object["metadata"], "annotations").insert(TEMPLATES.into(), json!("1"));
            object["status"] = json!({
                "currentNumberScheduled": 0, "numberMisscheduled": 0, "desiredNumberScheduled": 0, "numberReady": 0,
            });
        }
        Kind::PodDisruptionBudget => {
            object["status"] =
                json!({"disruptionsAllowed": 0, "currentHealthy": 0, "desiredHealthy": 0, "expectedPods": 0});
        }
        _ => {}
    }
}

/// An address of the Service network, taken from the name so that no book has to be kept of them.
fn cluster_ip(object: &mut Value) {
    let given = !text(object, "/spec/clusterIP").is_empty();
    if given || text(object, "/spec/type") == "ExternalName" {
        return;
    }
    let hash = fnv(format!("{}/{}", namespace(object), name(object)).as_bytes());
    let address = format!("10.96.{}.{}", hash >> 8 & 0xff, hash % 254 + 1);
    object["spec"]["clusterIP"] = json!(address);
    object["spec"]["clusterIPs"] = json!([address]);
}

/// Defaults that every write restores.
pub fn default(kind: Kind, object: &mut Value) {
    match kind {
        Kind::Pod => pod_spec(&mut object["spec"]),
        Kind::Deployment => {
            let spec = &mut object["spec"];
            obj::default(spec, "replicas", 1);
            obj::default(spec, "revisionHistoryLimit", 10);
            obj::default(spec, "progressDeadlineSeconds", 600);
            obj::default(&mut spec["strategy"], "type", "RollingUpdate");
            if spec["strategy"]["type"] == "RollingUpdate" {
                obj::default(&mut spec["strategy"]["rollingUpdate"], "maxUnavailable", "25%");
                obj::default(&mut spec["strategy"]["rollingUpdate"], "maxSurge", "25%");
            }
            template(spec);
        }
        Kind::ReplicaSet => {
            obj::default(&mut object["spec"], "replicas", 1);
            template(&mut object["spec"]);
        }
        Kind::StatefulSet => {
            let spec = &mut object["spec"];
            obj::default(spec, "replicas", 1);
            obj::default(spec, "podManagementPolicy", "OrderedReady");
            obj::default(spec, "serviceName", "");
            let keep = json!({"whenDeleted": "Retain", "whenScaled": "Retain"});
            obj::default(spec, "persistentVolumeClaimRetentionPolicy", keep);
            obj::default(spec, "revisionHistoryLimit", 10);
            obj::default(&mut spec["updateStrategy"], "type", "RollingUpdate");
            if spec["updateStrategy"]["type"] == "RollingUpdate" {
                obj::default(&mut spec["updateStrategy"]["rollingUpdate"], "partition", 0);
            }
            template(spec);
        }
        Kind::DaemonSet => {
            let spec = &mut object["spec"];
            obj::default(spec, "revisionHistoryLimit", 10);
            obj::default(&mut spec["updateStrategy"], "type", "RollingUpdate");
            if spec["updateStrategy"]["type"] == "RollingUpdate" {
                obj::default(&mut spec["updateStrategy"]["rollingUpdate"], "maxUnavailable", 1);
                obj::default(&mut spec["updateStrategy"]["rollingUpdate"], "maxSurge", 0);
            }
            template(spec);
        }
        Kind::Service => service(&mut object["spec"]),
        Kind::Secret => {
            obj::default(object, "type", "Opaque");
            for (key, value) in
                obj::remove(object, "stringData").and_then(|s| s.as_object().cloned()).into_iter().flatten()
            {
                object["data"][key] = json!(base64(value.as_str().unwrap_or_default().as_bytes()));
            }
        }
        _ => {}
    }
}

fn service(spec: &mut Value) {
    obj::default(spec, "type", "ClusterIP");
    obj::default(spec, "sessionAffinity", "None");
    obj::default(spec, "internalTrafficPolicy", "Cluster");
    obj::default(spec, "ipFamilyPolicy", "SingleStack");
    obj::default(spec, "ipFamilies", json!(["IPv4"]));
    for port in items_mut(spec, "ports") {
        obj::default(port, "protocol", "TCP");
        let number = port["port"].clone();
        obj::default(port, "targetPort", number);
    }
}

fn template(spec: &mut Value) {
    if spec["template"].is_object() {
        obj::remove(&mut spec["template"]["metadata"], "creationTimestamp");
        pod_spec(&mut spec["template"]["spec"]);
    }
}

fn pod_spec(spec: &mut Value) {
    obj::default(spec, "restartPolicy", "Always");
    obj::default(spec, "terminationGracePeriodSeconds", 30);
    obj::default(spec, "dnsPolicy", "ClusterFirst");
    obj::default(spec, "securityContext", json!({}));
    obj::default(spec, "schedulerName", "default-scheduler");
    for which in ["initContainers", "containers"] {
        for container in items_mut(spec, which) {
            let latest = !text(container, "/image").rsplit('/').next().unwrap_or_default().contains(':');
            obj::default(container, "resources", json!({}));
            obj::default(container, "terminationMessagePath", "/dev/termination-log");
            obj::default(container, "terminationMessagePolicy", "File");
            obj::default(container, "imagePullPolicy", if latest { "Always" } else { "IfNotPresent" });
            for port in items_mut(container, "ports") {
                obj::default(port, "protocol", "TCP");
            }
            for probe in ["readinessProbe", "livenessProbe", "startupProbe"] {
                if container[probe].is_object() {
                    let values = [
                        ("timeoutSeconds", 1),
                        ("periodSeconds", 10),
                        ("successThreshold", 1),
                        ("failureThreshold", 3),
                    ];
                    for (key, value) in values {
                        obj::default(&mut container[probe], key, value);
                    }
                }
            }
            for probe in ["readinessProbe", "livenessProbe", "startupProbe"] {
                if container[probe]["httpGet"].is_object() {
                    obj::default(&mut container[probe]["httpGet"], "scheme", "HTTP");
                }
            }
        }
    }
}

/// A limit without a request is the request too.
fn requests(resources: &mut Value) {
    let limits = resources["limits"].as_object().cloned().unwrap_or_default();
    for (key, value) in limits {
        obj::default(&mut resources["requests"], &key, value);
    }
}

/// What the admission plugin `DefaultTolerationSeconds` adds.
fn tolerate_outages(spec: &mut Value) {
    obj::default(spec, "priority", 0);
    obj::default(spec, "enableServiceLinks", true);
    obj::default(spec, "preemptionPolicy", "PreemptLowerPriority");
    let tolerations = list_mut(spec, "tolerations");
    for key in ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"] {
        let known = tolerations.iter().any(|t| {
            let all = text(t, "/key").is_empty() && text(t, "/operator") == "Exists";
            (text(t, "/key") == key || all) && matches!(text(t, "/effect"), "" | "NoExecute")
        });
        if !known {
            tolerations.push(
                json!({"key": key, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300}),
            );
        }
    }
}

/// What the admission plugin `ServiceAccount` adds: the projected volume that holds the token.
fn credentials(pod: &mut Value) {
    let spec = &mut pod["spec"];
    obj::default(spec, "serviceAccountName", "default");
    spec["serviceAccount"] = spec["serviceAccountName"].clone();
    let mirror = annotation(pod, "kubernetes.io/config.mirror").is_some();
    if mirror || pod.pointer("/spec/automountServiceAccountToken") == Some(&json!(false)) {
        return;
    }
    let name = format!("kube-api-access-{}", &template_hash(text(pod, "/metadata/uid"))[..5]);
    let namespace =
        json!([{"path": "namespace", "fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}}]);
    let volume = json!({"name": name, "projected": {"defaultMode": 420, "sources": [
        {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
        {"configMap": {"name": "kube-root-ca.crt", "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
        {"downwardAPI": {"items": namespace}},
    ]}});
    list_mut(&mut pod["spec"], "volumes").push(volume);
    let mount =
        json!({"name": name, "readOnly": true, "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount"});
    for container in items_mut(&mut pod["spec"], "containers") {
        list_mut(container, "volumeMounts").push(mount.clone());
    }
}

fn qos(pod: &Value) -> &'static str {
    let containers = list(pod, "/spec/containers");
    let set = |c: &Value, at: &str| c.pointer(at).is_some_and(|v| !v.is_null());
    let keys = [
        "/resources/requests/cpu",
        "/resources/requests/memory",
        "/resources/limits/cpu",
        "/resources/limits/memory",
    ];
    if !containers.iter().any(|c| keys.iter().any(|k| set(c, k))) {
        return "BestEffort";
    }
    let guaranteed = containers.iter().all(|c| {
        ["cpu", "memory"].iter().all(|r| {
            let limit = &c["resources"]["limits"][r];
            let request = &c["resources"]["requests"][r];
            !limit.is_null() && (request.is_null() || request == limit)
        })
    });
    if guaranteed { "Guaranteed" } else { "Burstable" }
}

/// Refuses what the real API server would refuse; `old` is `None` for a new object.
pub fn check(kind: Kind, old: Option<&Value>, new: &Value) -> Result<(), Refusal> {
    let invalid = |field: &str, why: &str| Err(Refusal::invalid(kind, name(new), field, why));
    let free_names =
        matches!(kind, Kind::Role | Kind::RoleBinding | Kind::ClusterRole | Kind::ClusterRoleBinding);
    if old.is_none() && !free_names && (!NAME.is_match(name(new)) || name(new).len() > 253) {
        let why = format!(
            "Invalid value: \"{}\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
            name(new)
        );
        return invalid("metadata.name", &why);
    }
    match kind {
        Kind::Pod => check_pod(old, new),
        Kind::Deployment | Kind::ReplicaSet | Kind::StatefulSet | Kind::DaemonSet => {
            if list(new, "/spec/template/spec/containers").is_empty() {
                return invalid("spec.template.spec.containers", "Required value");
            }
            let replicas = &new["spec"]["replicas"];
            if replicas.as_i64().is_some_and(|n| n < 0) {
                let why = format!("Invalid value: {replicas}: must be greater than or equal to 0");
                return invalid("spec.replicas", &why);
            }
            if !replicas.is_null() && replicas.as_i64().is_none_or(|n| i32::try_from(n).is_err()) {
                let why = format!("json: cannot unmarshal {replicas} into spec.replicas of type int32");
                return Err(Refusal::bad_request(why));
            }
            if old.is_some_and(|o| o["spec"]["selector"] != new["spec"]["selector"]) {
                let why = format!("Invalid value: {}: field is immutable", new["spec"]["selector"]);
                return invalid("spec.selector", &why);
            }
            let selects = Labels::of_object(&new["spec"]["selector"])
                .is_some_and(|s| s.matches(&new["spec"]["template"]));
            if !selects {
                let why = format!(
                    "Invalid value: {}: `selector` does not match template `labels`",
                    new["spec"]["template"]["metadata"]["labels"]
                );
                return invalid("spec.template.metadata.labels", &why);
            }
            Ok(())
        }
        Kind::PodDisruptionBudget => {
            let both = !new["spec"]["minAvailable"].is_null() && !new["spec"]["maxUnavailable"].is_null();
            if both {
                invalid("spec", "Invalid value: minAvailable and maxUnavailable cannot be both set")
            } else {
                Ok(())
            }
        }
        _ => Ok(()),
    }
}

/// The parts of a pod's spec that may change after it was made.
fn check_pod(old: Option<&Value>, new: &Value) -> Result<(), Refusal> {
    let containers = list(new, "/spec/containers");
    if containers.is_empty() {
        return Err(Refusal::invalid(Kind::Pod, name(new), "spec.containers", "Required value"));
    }
    let Some(old) = old else { return Ok(()) };
    let fixed = |pod: &Value| {
        let mut spec = pod["spec"].clone();
        for which in ["containers", "initContainers"] {
            for container in items_mut(&mut spec, which) {
                obj::remove(container, "image");
            }
        }
        for key in
            ["tolerations", "activeDeadlineSeconds", "terminationGracePeriodSeconds", "ephemeralContainers"]
        {
            obj::remove(&mut spec, key);
        }
        spec
    };
    if fixed(old) == fixed(new) {
        return Ok(());
    }
    let why = "Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
    Err(Refusal::invalid(Kind::Pod, name(new), "spec", why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pods_get_their_class_and_tolerations() {
        let mut pod = json!({"metadata": {"name": "x"}, "spec": {"containers": [{"name": "a", "image": "a:1", "resources": {"limits": {"memory": "1Gi"}}}]}});
        default_new(Kind::Pod, &mut pod);
        default(Kind::Pod, &mut pod);
        assert_eq!(pod["status"]["qosClass"], "Burstable");
        assert_eq!(list(&pod, "/spec/tolerations").len(), 2);
        assert_eq!(pod["spec"]["containers"][0]["resources"]["requests"]["memory"], "1Gi");
        assert!(check(Kind::Pod, None, &pod).is_ok());
        let mut other = pod.clone();
        other["spec"]["nodeName"] = json!("n");
        assert!(check(Kind::Pod, Some(&pod), &other).unwrap_err().message.contains("may not change"));
    }

    #[test]
    fn names_and_selectors_are_checked() {
        let bad = json!({"metadata": {"name": "Not_good"}});
        assert!(check(Kind::ConfigMap, None, &bad).unwrap_err().message.contains("RFC 1123"));
        let deployment = json!({"metadata": {"name": "x"}, "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": {"labels": {"a": "c"}}, "spec": {"containers": [{}]}}}});
        assert!(
            check(Kind::Deployment, None, &deployment)
                .unwrap_err()
                .message
                .contains("does not match template")
        );
    }
}
