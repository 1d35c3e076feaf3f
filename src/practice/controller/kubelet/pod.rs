//! One pod on its node: its containers, its end.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::container::{Container, Phase};
use super::{config, images, is_mirror, pod_status};
use crate::practice::clock::after;
use crate::practice::kinds::Kind;
use crate::practice::obj::{int, key_of, list, terminating, text, truth};
use crate::practice::world::{Note, World};

/// How long a sandbox takes, and one init container.
const SANDBOX: Duration = Duration::from_millis(800);

/// The pause after the first mount that fails, and the longest.
const REMOUNT: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(122));

/// How far the volumes of a pod are.
#[derive(Debug)]
enum Mounts {
    /// When they are tried next, and the pause before the try after that.
    Trying(Timestamp, Duration),
    Done,
}

/// The sandbox of a pod.
#[derive(Debug)]
pub struct Sandbox {
    pub containers: Vec<Container>,
    pub started: Timestamp,
    pub address: String,
    stops: Option<Timestamp>,
    mounts: Mounts,
    /// The version that was written last, and when there is something to do again.
    synced: (String, Option<Timestamp>),
}

impl Sandbox {
    /// A pod that the kubelet has just seen.
    pub fn new(world: &mut World, pod: &Value) -> Self {
        let inits = u32::try_from(list(pod, "/spec/initContainers").len()).unwrap_or(0);
        let until = after(world.now(), SANDBOX * (inits + 1));
        let containers =
            list(pod, "/spec/containers").iter().map(|c| Container::new(world, c, until)).collect();
        Self {
            containers,
            started: world.now(),
            address: address(world, pod),
            stops: None,
            mounts: Mounts::Trying(world.now(), REMOUNT.0),
            synced: (String::new(), None),
        }
    }

    /// The machine has restarted: every container was lost and is started anew.
    pub fn reboot(&mut self, world: &mut World, pod: &Value) {
        self.synced.0.clear();
        let until = after(world.now(), SANDBOX);
        for container in &mut self.containers {
            container.lose(world, until);
        }
        if !is_mirror(pod) && !truth(pod, "/spec/hostNetwork") {
            self.address = address(world, pod);
        }
        if !terminating(pod) {
            let message = "Pod sandbox changed, it will be killed and re-created.";
            note(world, pod, Note::normal("kubelet", "SandboxChanged", message));
        }
    }

    /// Brings containers and status up to date; returns when something is due next.
    pub fn sync(&mut self, world: &mut World, pod: &Value) -> Option<Timestamp> {
        let now = world.now();
        let unchanged = self.synced.0 == text(pod, "/metadata/resourceVersion");
        if unchanged && self.synced.1.is_none_or(|at| at > now) {
            return self.synced.1;
        }
        if terminating(pod) {
            return self.stop(world, pod);
        }
        self.mount(world, pod);
        let mut next: Option<Timestamp> = None;
        let specs = list(pod, "/spec/containers").to_vec();
        for (container, spec) in self.containers.iter_mut().zip(&specs) {
            if let Some(due) = container.step(world, pod, spec) {
                next = Some(next.map_or(due, |n| n.min(due)));
            }
        }
        let (ns, name) = key_of(pod);
        let clock = world.now_text();
        let host = images::host(world, pod);
        let written = world.edit(Kind::Pod, &ns, &name, |p| pod_status::write(self, p, &host, &clock));
        let version = written.map(|p| text(&p, "/metadata/resourceVersion").to_owned()).unwrap_or_default();
        self.synced = (version, next);
        next
    }

    /// Mounts the volumes: before that no container is made. A failure is tried again after a growing pause.
    fn mount(&mut self, world: &mut World, pod: &Value) {
        let Mounts::Trying(at, pause) = self.mounts else { return };
        if at > world.now() {
            return;
        }
        let Some(why) = config::volumes(world, pod) else {
            self.mounts = Mounts::Done;
            return;
        };
        note(world, pod, Note { warning: true, ..Note::normal("kubelet", "FailedMount", &why) });
        let again = after(world.now(), pause);
        self.mounts = Mounts::Trying(again, (pause * 2).min(REMOUNT.1));
        for container in &mut self.containers {
            container.wait_for_volumes(after(again, SANDBOX));
        }
    }

    /// Ends the containers within the grace, then the pod.
    fn stop(&mut self, world: &mut World, pod: &Value) -> Option<Timestamp> {
        let (ns, name) = key_of(pod);
        if is_mirror(pod) {
            world.delete_now(Kind::Pod, &ns, &name);
            return None;
        }
        let grace = u64::try_from(int(pod, "/metadata/deletionGracePeriodSeconds").unwrap_or(0)).unwrap_or(0);
        let end = self.stops.unwrap_or_else(|| self.begin_stop(world, pod, grace));
        let end = end.min(after(world.now(), Duration::from_secs(grace)));
        self.stops = Some(end);
        if end > world.now() {
            self.synced = (String::new(), Some(end));
            return Some(end);
        }
        for container in &mut self.containers {
            container.end(world);
        }
        let (clock, host) = (world.now_text(), images::host(world, pod));
        world.edit(Kind::Pod, &ns, &name, |p| pod_status::write(self, p, &host, &clock));
        world.delete_now(Kind::Pod, &ns, &name);
        None
    }

    fn begin_stop(&self, world: &mut World, pod: &Value, grace: u64) -> Timestamp {
        let mut takes = Duration::ZERO;
        for container in &self.containers {
            if matches!(container.phase, Phase::Running { .. }) {
                let message = format!("Stopping container {}", container.name);
                let part = format!("spec.containers{{{}}}", container.name);
                note(world, pod, Note { part: &part, ..Note::normal("kubelet", "Killing", &message) });
                let behaviour = images::behaviour(world, pod, &container.image);
                takes = takes.max(behaviour.stops_after.unwrap_or(Duration::from_secs(1)));
            }
        }
        after(world.now(), takes.min(Duration::from_secs(grace)))
    }
}

/// Records an Event of the kubelet of the pod's node.
pub fn note(world: &mut World, pod: &Value, note: Note<'_>) {
    let host = text(pod, "/spec/nodeName");
    world.note(pod, Note { host, ..note });
}

/// The address that a pod gets.
fn address(world: &mut World, pod: &Value) -> String {
    let Some(machine) = world.machines.get_mut(text(pod, "/spec/nodeName")) else { return String::new() };
    if truth(pod, "/spec/hostNetwork") {
        return machine.address.clone();
    }
    machine.next_ip = if machine.next_ip >= 254 { 2 } else { machine.next_ip + 1 };
    format!("10.244.{}.{}", machine.subnet, machine.next_ip)
}

/// A terminated state.
pub fn terminated(
    code: i64,
    reason: &str,
    started: Option<Timestamp>,
    finished: Timestamp,
    id: &str,
) -> Value {
    use crate::practice::clock::seconds;
    let started = started.map_or(Value::Null, |at| json!(seconds(at)));
    json!({"exitCode": code, "reason": reason, "startedAt": started, "finishedAt": seconds(finished), "containerID": id})
}
