//! What a container is given before it runs: variables and files from the objects of its
//! configuration. What is missing is said in the kubelet's words.

use serde_json::Value;

use crate::practice::kinds::Kind;
use crate::practice::obj::{list, namespace, text, truth};
use crate::practice::world::World;

/// Why the variables of a container cannot be made; none when all are there.
pub fn variables(world: &World, pod: &Value, spec: &Value) -> Option<String> {
    let ns = namespace(pod);
    let whole = |from: &Value, key: &str, kind: Kind| {
        let reference = from.get(key)?;
        absent(world, kind, ns, reference)
    };
    let each = |from: &Value| {
        whole(from, "configMapRef", Kind::ConfigMap).or_else(|| whole(from, "secretRef", Kind::Secret))
    };
    let one = |variable: &Value| {
        let from = variable.get("valueFrom")?;
        let pick = |key: &str, kind: Kind| {
            let reference = from.get(key)?;
            absent(world, kind, ns, reference).or_else(|| keyless(world, kind, ns, reference))
        };
        pick("configMapKeyRef", Kind::ConfigMap).or_else(|| pick("secretKeyRef", Kind::Secret))
    };
    list(spec, "/envFrom").iter().find_map(each).or_else(|| list(spec, "/env").iter().find_map(one))
}

/// Why a volume of the pod cannot be mounted; none when all can.
pub fn volumes(world: &World, pod: &Value) -> Option<String> {
    let ns = namespace(pod);
    list(pod, "/spec/volumes").iter().find_map(|volume| {
        let of = |source: &str, named: &str, kind: Kind| {
            let from = volume.get(source)?;
            let reference = serde_json::json!({"name": from[named], "optional": from["optional"]});
            absent(world, kind, ns, &reference).or_else(|| {
                let keys = list(from, "/items").iter().map(|i| text(i, "/key"));
                let object = world.store.get(kind, ns, text(from, &format!("/{named}")))?;
                let lacks = |key: &&str| !truth(from, "/optional") && !has(&object, key);
                keys.into_iter().find(lacks).map(|key| format!("references non-existent config key: {key}"))
            })
        };
        let why =
            of("configMap", "name", Kind::ConfigMap).or_else(|| of("secret", "secretName", Kind::Secret))?;
        Some(format!("MountVolume.SetUp failed for volume \"{}\" : {why}", text(volume, "/name")))
    })
}

fn absent(world: &World, kind: Kind, ns: &str, reference: &Value) -> Option<String> {
    let name = text(reference, "/name");
    let gone = !truth(reference, "/optional") && world.store.get(kind, ns, name).is_none();
    gone.then(|| format!("{} \"{name}\" not found", kind.row().name.to_lowercase()))
}

fn keyless(world: &World, kind: Kind, ns: &str, reference: &Value) -> Option<String> {
    let (name, key) = (text(reference, "/name"), text(reference, "/key"));
    let object = world.store.get(kind, ns, name)?;
    let lacks = !truth(reference, "/optional") && !has(&object, key);
    lacks.then(|| format!("couldn't find key {key} in {} {ns}/{name}", kind.row().name))
}

fn has(object: &Value, key: &str) -> bool {
    ["data", "binaryData", "stringData"].iter().any(|part| object[*part].get(key).is_some())
}
