//! Faults, and what heals them: things that happen to machines, images and objects from outside of the API.
//!
//! One more primitive is one variant of [`Fault`] and one file. Each changes the state from which the controllers then
//! draw their own conclusions; none writes a conclusion itself.

mod machine;
mod workload;

use serde::Deserialize;

use super::behaviour::span;
use super::world::World;

/// A primitive.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Fault {
    /// The kubelet of this node stops; containers go on running.
    StopKubelet(String),
    /// The kubelet comes back; nothing else has happened to the machine.
    StartKubelet(String),
    /// The machine goes down and comes back after a while, its containers restarted.
    RestartMachine(Restart),
    /// Somebody rolls out another template.
    PatchTemplate(workload::PatchTemplate),
    /// Somebody writes an object, as kubectl apply would.
    Apply(serde_json::Value),
    /// Somebody deletes an object: `Kind namespace/name`.
    Delete(String),
}

/// Which machine, and how long it takes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restart {
    pub node: String,
    #[serde(deserialize_with = "span")]
    pub takes: std::time::Duration,
}

impl Fault {
    /// The name of the primitive, as scenarios write it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::StopKubelet(_) => "stop-kubelet",
            Self::StartKubelet(_) => "start-kubelet",
            Self::RestartMachine(_) => "restart-machine",
            Self::PatchTemplate(_) => "patch-template",
            Self::Apply(_) => "apply",
            Self::Delete(_) => "delete",
        }
    }

    /// Makes it happen now; the error says why it cannot.
    pub fn happen(&self, world: &mut World) -> Result<(), String> {
        world.kicked = true;
        match self {
            Self::StopKubelet(node) => machine::stop_kubelet(world, node),
            Self::StartKubelet(node) => machine::start_kubelet(world, node),
            Self::RestartMachine(restart) => machine::restart(world, &restart.node, restart.takes),
            Self::PatchTemplate(patch) => patch.happen(world),
            Self::Apply(object) => workload::apply(world, object),
            Self::Delete(what) => workload::delete(world, what),
        }
    }
}
