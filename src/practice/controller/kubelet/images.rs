//! What images do in a pod, whether a node has them, and why one cannot be had.

use serde_json::Value;

use crate::practice::behaviour::Behaviour;
use crate::practice::obj::text;
use crate::practice::registry::{malformed, whole};
use crate::practice::world::World;

/// The behaviour of an image in a pod.
pub fn behaviour(world: &World, pod: &Value, image: &str) -> Behaviour {
    world.images.get(image).cloned().unwrap_or_default().in_pod(pod)
}

/// Whether the node of a pod has an image already.
pub fn present(world: &World, pod: &Value, image: &str) -> bool {
    world.machines.get(text(pod, "/spec/nodeName")).is_some_and(|m| m.images.contains(&whole(image)))
}

/// The node of a pod has it from now on.
pub fn pulled(world: &mut World, pod: &Value, image: &str) {
    if let Some(machine) = world.machines.get_mut(text(pod, "/spec/nodeName")) {
        machine.images.insert(whole(image));
    }
}

/// Why a container cannot even be tried to be pulled: the reason and the message of its status.
pub fn refused(world: &World, pod: &Value, spec: &Value) -> Option<(&'static str, String)> {
    let image = text(spec, "/image");
    if let Some(why) = malformed(image) {
        return Some(("InvalidImageName", why));
    }
    let never = text(spec, "/imagePullPolicy") == "Never" && !present(world, pod, image);
    never.then(|| {
        let message = format!("Container image \"{image}\" is not present with pull policy of Never");
        ("ErrImageNeverPull", message)
    })
}

/// Why a pull fails, in the runtime's words; none when a registry has the image.
pub fn unpullable(world: &World, image: &str) -> Option<String> {
    let name = whole(image);
    world.images.get(image).is_none().then(|| {
        format!(
            "rpc error: code = NotFound desc = failed to pull and unpack image \"{name}\": failed to resolve reference \"{name}\": {name}: not found"
        )
    })
}

/// The address of the node of a pod.
pub fn host(world: &World, pod: &Value) -> String {
    world.machines.get(text(pod, "/spec/nodeName")).map(|m| m.address.clone()).unwrap_or_default()
}
