//! Which workloads of a namespace read a key of a Secret, and how: what is read as environment is read once, at the
//! start. Shared by the operations on Secrets; it plans nothing itself.

use serde_json::Value;

use super::{Consequence, Refusal};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey};
use crate::lang::{msg, t};

/// What starts pods from a template, and where the template's spec stands.
const WORKLOADS: &[(Kind, &str)] = &[
    (Kind::Deployment, "/spec/template/spec"),
    (Kind::StatefulSet, "/spec/template/spec"),
    (Kind::DaemonSet, "/spec/template/spec"),
    (Kind::CronJob, "/spec/jobTemplate/spec/template/spec"),
];

/// How a workload reads a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Environment,
    /// A mounted file that is not followed.
    SubPath,
    Volume,
    Pull,
}

/// What has to be followed to know them.
pub(super) fn reads(namespace: &str) -> impl Iterator<Item = Interest> + '_ {
    WORKLOADS.iter().map(move |(kind, _)| Interest::within(*kind, namespace))
}

/// Who reads the key, a line for each workload, and what this does not see.
pub(super) fn of(
    world: &ClusterSnapshot,
    secret: &ObjectKey,
    key: &str,
) -> Result<Vec<Consequence>, Refusal> {
    let mut out = Vec::new();
    for (kind, spec) in WORKLOADS {
        let interest = Interest::within(*kind, secret.row.namespace.clone());
        let Some(rows) = world.objects(&interest) else {
            if world.following(&interest).coming() {
                return Err(Refusal::Reading(interest));
            }
            let detail = t!("op-readers-cannot-be-read", interest = interest);
            out.push(Consequence::warn(msg!("op-readers-unknown"), detail));
            continue;
        };
        for row in rows {
            let spec = row.value.pointer(spec).unwrap_or(&Value::Null);
            if let Some(by) = how(spec, secret.name(), key) {
                out.push(told(*kind, &row.meta.name, by));
            }
        }
    }
    if out.is_empty() {
        out.push(Consequence::info(msg!("op-class-readers"), t!("op-readers-none")));
    }
    let detail = t!("op-readers-not-looked-at");
    out.push(Consequence::info(msg!("op-readers-not-seen"), detail));
    Ok(out)
}

fn told(kind: Kind, name: &str, by: By) -> Consequence {
    let who = format!("{kind} {name}");
    match (by, kind) {
        (By::Pull, _) => Consequence::info(msg!("op-readers-reads-it"), t!("op-readers-to-pull", who = who)),
        (_, Kind::CronJob) => {
            Consequence::info(msg!("op-readers-reads-it"), t!("op-readers-next-job", who = who))
        }
        (By::Environment, _) => {
            Consequence::warn(msg!("op-readers-at-start"), t!("op-readers-as-environment", who = who))
        }
        (By::SubPath, _) => {
            Consequence::warn(msg!("op-readers-at-start"), t!("op-readers-as-sub-path", who = who))
        }
        (By::Volume, _) => {
            Consequence::info(msg!("op-readers-reads-it"), t!("op-readers-as-file", who = who))
        }
    }
}

/// How a pod's spec reads the key; of several ways, the one that needs most.
fn how(spec: &Value, secret: &str, key: &str) -> Option<By> {
    let mut found = Vec::new();
    let containers = ["initContainers", "containers"].iter().flat_map(|f| items(&spec[*f]));
    let mounted: Vec<_> =
        items(&spec["volumes"]).filter(|v| mounts(v, secret, key)).map(|v| &v["name"]).collect();
    for container in containers {
        let env = items(&container["env"]).map(|e| &e["valueFrom"]["secretKeyRef"]);
        let whole = items(&container["envFrom"]).any(|e| e["secretRef"]["name"] == secret);
        if whole || { env }.any(|r| r["name"] == secret && r["key"] == key) {
            found.push(By::Environment);
        }
        for mount in items(&container["volumeMounts"]).filter(|m| mounted.contains(&&m["name"])) {
            let sub = mount["subPath"].is_string() || mount["subPathExpr"].is_string();
            found.push(if sub { By::SubPath } else { By::Volume });
        }
    }
    if items(&spec["imagePullSecrets"]).any(|p| p["name"] == secret) {
        found.push(By::Pull);
    }
    found.into_iter().min()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Whether a volume holds the key: all keys, where it names none.
fn mounts(volume: &Value, secret: &str, key: &str) -> bool {
    let chosen =
        |source: &Value| source["items"].as_array().is_none_or(|items| items.iter().any(|i| i["key"] == key));
    let own = &volume["secret"];
    let projected = items(&volume["projected"]["sources"]).map(|s| &s["secret"]);
    (own["secretName"] == secret && chosen(own)) || { projected }.any(|s| s["name"] == secret && chosen(s))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_way_to_read_a_key_is_known() {
        let spec = |container: Value, more: Value| {
            let mut spec = json!({ "containers": [container] });
            spec.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            how(&spec, "db", "k")
        };
        let env = json!({"env": [{"valueFrom": {"secretKeyRef": {"name": "db", "key": "k"}}}]});
        assert_eq!(spec(env, json!({})), Some(By::Environment));
        let other = json!({"env": [{"valueFrom": {"secretKeyRef": {"name": "db", "key": "other"}}}]});
        assert_eq!(spec(other, json!({})), None);
        assert_eq!(
            spec(json!({"envFrom": [{"secretRef": {"name": "db"}}]}), json!({})),
            Some(By::Environment)
        );
        let mounted = json!({"volumeMounts": [{"name": "v"}]});
        let whole = json!({"volumes": [{"name": "v", "secret": {"secretName": "db"}}]});
        assert_eq!(spec(mounted.clone(), whole.clone()), Some(By::Volume));
        assert_eq!(spec(json!({"volumeMounts": [{"name": "v", "subPath": "k"}]}), whole), Some(By::SubPath));
        let some =
            json!({"volumes": [{"name": "v", "secret": {"secretName": "db", "items": [{"key": "x"}]}}]});
        assert_eq!(spec(mounted.clone(), some), None);
        let projected =
            json!({"volumes": [{"name": "v", "projected": {"sources": [{"secret": {"name": "db"}}]}}]});
        assert_eq!(spec(mounted, projected), Some(By::Volume));
        assert_eq!(spec(json!({}), json!({"imagePullSecrets": [{"name": "db"}]})), Some(By::Pull));
    }
}
