//! What happens to a machine: its kubelet stops, starts, or the whole machine restarts.

use std::time::Duration;

use crate::practice::clock::after;
use crate::practice::world::{Kubelet, Machine, World};

fn machine<'a>(world: &'a mut World, node: &str) -> Result<&'a mut Machine, String> {
    let known = world.machines.keys().cloned().collect::<Vec<_>>().join(", ");
    world.machines.get_mut(node).ok_or_else(|| format!("there is no machine {node}; there are {known}"))
}

pub fn stop_kubelet(world: &mut World, node: &str) -> Result<(), String> {
    machine(world, node)?.kubelet = Kubelet::Stopped;
    Ok(())
}

pub fn start_kubelet(world: &mut World, node: &str) -> Result<(), String> {
    let at = world.now();
    let machine = machine(world, node)?;
    if machine.kubelet != Kubelet::Running {
        machine.kubelet = Kubelet::Starting { at, rebooted: false };
    }
    Ok(())
}

pub fn restart(world: &mut World, node: &str, takes: Duration) -> Result<(), String> {
    let at = after(world.now(), takes);
    machine(world, node)?.kubelet = Kubelet::Starting { at, rebooted: true };
    Ok(())
}
