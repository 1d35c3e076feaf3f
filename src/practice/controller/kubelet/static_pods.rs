//! The static pods of a control plane and their mirrors: deleting a mirror only makes the kubelet write it again.

use serde_json::{Value, json};

use crate::practice::kinds::Kind;
use crate::practice::names::fnv;
use crate::practice::obj::uid;
use crate::practice::world::World;

/// Name, image without version, requested cpu.
const PODS: [(&str, &str, &str); 4] = [
    ("etcd", "registry.k8s.io/etcd:3.6.4-0", "100m"),
    ("kube-apiserver", "registry.k8s.io/kube-apiserver", "250m"),
    ("kube-controller-manager", "registry.k8s.io/kube-controller-manager", "200m"),
    ("kube-scheduler", "registry.k8s.io/kube-scheduler", "100m"),
];

/// The images of these pods, in a cluster of that version.
pub fn images(version: &str) -> Vec<String> {
    PODS.iter().map(|(_, image, _)| tagged(image, version)).collect()
}

fn tagged(image: &str, version: &str) -> String {
    if image.contains(':') { image.to_owned() } else { format!("{image}:{version}") }
}

/// Writes the mirrors that are missing.
pub fn ensure(world: &mut World) {
    let nodes: Vec<_> = world.machines.iter().filter(|(_, m)| m.control).map(|(n, _)| n.clone()).collect();
    for node in nodes.iter().filter(|n| world.kubelet_runs(n)).cloned().collect::<Vec<_>>() {
        let Some(owner) = world.store.get(Kind::Node, "", &node) else { continue };
        for (component, image, cpu) in PODS {
            if world.store.get(Kind::Pod, "kube-system", &format!("{component}-{node}")).is_none() {
                let pod = mirror(world, &owner, &node, component, image, cpu);
                // The name is free and the manifest valid, so it is not refused.
                drop(world.create(Kind::Pod, "kube-system", pod));
            }
        }
    }
}

fn mirror(world: &World, owner: &Value, node: &str, component: &str, image: &str, cpu: &str) -> Value {
    let image = tagged(image, &world.version);
    let hash = format!("{:016x}{:016x}", fnv(image.as_bytes()), fnv(component.as_bytes()));
    json!({
        "metadata": {
            "name": format!("{component}-{node}"), "labels": {"component": component, "tier": "control-plane"},
            "annotations": {
                "kubernetes.io/config.hash": hash, "kubernetes.io/config.mirror": hash,
                "kubernetes.io/config.seen": owner["metadata"]["creationTimestamp"], "kubernetes.io/config.source": "file",
            },
            "ownerReferences": [{"apiVersion": "v1", "kind": "Node", "name": node, "uid": uid(owner), "controller": true}],
        },
        "spec": {
            "nodeName": node, "hostNetwork": true, "priorityClassName": "system-node-critical",
            "tolerations": [{"effect": "NoExecute", "operator": "Exists"}],
            "containers": [{"name": component, "image": image, "resources": {"requests": {"cpu": cpu}}}],
        },
    })
}
