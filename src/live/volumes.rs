//! The volumes of a pod, from the object itself: where each comes from, and who mounts it where.
//!
//! Must not show what is in one. A source that says more with another field than its name gets an arm in `source`.

use serde_json::Value;

use super::{Cell, Line, Tone, heading};
use crate::domain::{ObjectRow, sanitize};
use crate::lang::t;

/// A line for each volume, and one for each of its mounts.
pub(super) fn lines(pod: &ObjectRow) -> Vec<Line> {
    let volumes = pod.list("/spec/volumes");
    if volumes.is_empty() {
        return Vec::new();
    }
    let mut out = vec![heading(t!("live-volumes"))];
    for volume in volumes {
        let name = text(&volume["name"]);
        let (words, tone) = source(volume);
        out.push(vec![Cell::new(format!("{name:<16} "), Tone::Strong), Cell::new(words, tone)]);
        for (container, mount) in mounts(pod, &name) {
            let path = text(&mount["mountPath"]);
            let place = match mount["subPath"].as_str() {
                Some(sub) => t!("live-volumes-only", path = path, sub = sanitize(sub)),
                None => path,
            };
            let words = if mount["readOnly"] == true || fixed(volume) {
                t!("live-volumes-read-only", container = container, place = place)
            } else {
                t!("live-volumes-read-and-write", container = container, place = place)
            };
            out.push(vec![Cell::new(format!("    {words}"), Tone::Faint)]);
        }
    }
    out
}

fn text(value: &Value) -> String {
    sanitize(value.as_str().unwrap_or_default())
}

/// Who mounts a volume of this name.
fn mounts<'a>(pod: &'a ObjectRow, name: &'a str) -> impl Iterator<Item = (String, &'a Value)> {
    let containers = ["/spec/initContainers", "/spec/containers", "/spec/ephemeralContainers"];
    containers.into_iter().flat_map(|at| pod.list(at)).flat_map(move |container| {
        let mounts = container["volumeMounts"].as_array().into_iter().flatten();
        mounts.filter(move |m| m["name"] == name).map(|m| (text(&container["name"]), m))
    })
}

/// Whether the kubelet mounts it so that nothing in the pod can write to it, whatever its mount says.
fn fixed(volume: &Value) -> bool {
    ["configMap", "secret", "projected", "downwardAPI", "image"].iter().any(|kind| volume.get(kind).is_some())
}

/// Where a volume comes from.
fn source(volume: &Value) -> (String, Tone) {
    let found = volume.as_object().into_iter().flatten().find(|(key, _)| *key != "name");
    let Some((kind, of)) = found else { return ("emptyDir".to_owned(), Tone::Plain) };
    let named = |field: &str| format!("{kind} {}", text(&of[field]));
    let optional = |field: &str| match (named(field), of["optional"] == true) {
        (named, true) => t!("live-volumes-optional", source = named),
        (named, false) => named,
    };
    match kind.as_str() {
        "persistentVolumeClaim" => (named("claimName"), Tone::Plain),
        "secret" => (optional("secretName"), Tone::Plain),
        "configMap" => (optional("name"), Tone::Plain),
        "hostPath" => (t!("live-volumes-bound", source = named("path")), Tone::Warn),
        "emptyDir" => {
            let memory = of["medium"] == "Memory";
            let words = if memory { t!("live-volumes-in-memory") } else { t!("live-volumes-empty-dir") };
            (words.to_owned(), Tone::Warn)
        }
        "ephemeral" => (t!("live-volumes-ephemeral").to_owned(), Tone::Warn),
        "csi" => (named("driver"), Tone::Plain),
        "nfs" => (format!("nfs {}:{}", text(&of["server"]), text(&of["path"])), Tone::Plain),
        "image" => (named("reference"), Tone::Plain),
        "projected" => (t!("live-volumes-projected", sources = projected(of)), Tone::Plain),
        other => (sanitize(other), Tone::Plain),
    }
}

/// What a projected volume is put together from.
fn projected(of: &Value) -> String {
    let part = |source: &Value| {
        let (kind, of) = source.as_object()?.iter().next()?;
        let name = of["name"].as_str().map(|n| format!(" {}", sanitize(n))).unwrap_or_default();
        Some(format!("{}{name}", sanitize(kind)))
    };
    of["sources"].as_array().into_iter().flatten().filter_map(part).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_volume_tells_its_source_and_who_mounts_it() {
        let pod = ObjectRow::read(json!({
            "kind": "Pod", "metadata": {"name": "db-0", "namespace": "shop"},
            "spec": {
                "volumes": [
                    {"name": "data", "persistentVolumeClaim": {"claimName": "data-db-0"}},
                    {"name": "keys", "secret": {"secretName": "door", "optional": true}},
                    {"name": "tmp", "emptyDir": {"medium": "Memory"}},
                    {"name": "host", "hostPath": {"path": "/var/log"}},
                    {"name": "token", "projected": {"sources": [{"serviceAccountToken": {}}, {"configMap": {"name": "ca"}}]}},
                    {"name": "odd"},
                ],
                "initContainers": [{"name": "init", "volumeMounts": [{"name": "data", "mountPath": "/seed"}]}],
                "containers": [{"name": "app", "volumeMounts": [
                    {"name": "data", "mountPath": "/data", "subPath": "pg"},
                    {"name": "keys", "mountPath": "/keys"},
                    {"name": "token", "mountPath": "/token", "readOnly": false},
                    {"name": "host", "mountPath": "/logs", "readOnly": true},
                ]}],
            },
        }));
        let text: Vec<String> =
            lines(&pod).iter().map(|l| l.iter().map(|c| c.text.as_str()).collect::<String>()).collect();
        let text = text.join("\n");
        for part in [
            "data             persistentVolumeClaim data-db-0\n    init: /seed, read and write",
            "    app: /data (only pg), read and write",
            "secret door, optional\n    app: /keys, read only",
            "emptyDir in memory: lost",
            "hostPath /var/log: bound",
            "projected: serviceAccountToken, configMap ca\n    app: /token, read only",
            "/var/log: bound to this machine\n    app: /logs, read only",
            "odd              emptyDir",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert!(lines(&ObjectRow::default()).is_empty());
    }
}
