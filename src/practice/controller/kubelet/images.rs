//! What images do in a pod, and whether a node has them.

use serde_json::Value;

use crate::practice::behaviour::Behaviour;
use crate::practice::obj::text;
use crate::practice::world::World;

/// The behaviour of an image in a pod; an image that the scenario does not describe just runs.
pub fn behaviour(world: &World, pod: &Value, image: &str) -> Behaviour {
    world.images.get(image).cloned().unwrap_or_default().in_pod(pod)
}

/// Whether the node of a pod has an image already.
pub fn present(world: &World, pod: &Value, image: &str) -> bool {
    world.machines.get(text(pod, "/spec/nodeName")).is_some_and(|m| m.images.contains(image))
}

/// The node of a pod has it from now on.
pub fn pulled(world: &mut World, pod: &Value, image: &str) {
    if let Some(machine) = world.machines.get_mut(text(pod, "/spec/nodeName")) {
        machine.images.insert(image.to_owned());
    }
}

/// The address of the node of a pod.
pub fn host(world: &World, pod: &Value) -> String {
    world.machines.get(text(pod, "/spec/nodeName")).map(|m| m.address.clone()).unwrap_or_default()
}
