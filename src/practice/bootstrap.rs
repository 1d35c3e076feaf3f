//! From a scenario to a living cluster: the machines, the objects, and the history up to now.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::clock::{Clock, after, before};
use super::controller::static_images;
use super::engine::Engine;
use super::error::PracticeError;
use super::fault::Fault;
use super::kinds::Kind;
use super::names::Names;
use super::obj::{name, namespace, text};
use super::registry::{Registry, named_in};
use super::scenario::{Cluster, Flaw, NodeSpec, Placed, Scenario, Spot};
use super::store::Store;
use super::world::{Kubelet, Machine, World};
use super::{FaultTime, PracticeOptions};

/// How long a new cluster is given to come to rest.
const REST: Duration = Duration::from_mins(3);
/// How long before the fault the uneventful time ends: the nodes have reported since.
const EVE: Duration = Duration::from_secs(30);

/// Builds the world and lives through its history.
pub fn world(scenario: &Scenario, options: PracticeOptions) -> Result<(World, Engine), PracticeError> {
    lived(scenario, options).map_err(|flaw| PracticeError::BadScenario { file: scenario.file.clone(), flaw })
}

fn lived(scenario: &Scenario, options: PracticeOptions) -> Result<(World, Engine), Flaw> {
    let cluster = scenario.cluster()?;
    let now = Timestamp::now();
    let mut world = World {
        store: Store::new(),
        clock: Clock::still(before(now, cluster.age)),
        names: Names::new(&scenario.id),
        version: cluster.version.clone(),
        machines: BTreeMap::new(),
        images: registry(scenario, cluster),
        denials: scenario.deny.clone(),
        kicked: true,
    };
    let mut engine = Engine::default();
    build(&mut world, &mut engine, cluster)?;
    let rested = after(world.now(), REST);
    engine.until(&mut world, rested);
    let age = if options.fault == FaultTime::Past { scenario.fault.age } else { Duration::ZERO };
    engine.leap(&mut world, before(now, age + EVE));
    engine.until(&mut world, before(now, age));
    if options.fault != FaultTime::Held {
        happen(&mut world, &scenario.fault.faults)?;
    }
    engine.until(&mut world, now);
    world.clock.run(options.pace);
    Ok((world, engine))
}

/// What goes wrong when a scenario is tried: its fault, and then each of its actions by itself.
pub fn trial(scenario: &Scenario) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let now = PracticeOptions { fault: FaultTime::Now, ..PracticeOptions::default() };
    for action in std::iter::once(None).chain(scenario.actions.values().map(Some)) {
        let faults = action.map_or(&[][..], |a| &a.faults);
        let tried = lived(scenario, now).and_then(|(mut world, _)| happen(&mut world, faults));
        if let Err(flaw) = tried {
            flaws.push(flaw);
            if action.is_none() {
                break;
            }
        }
    }
    flaws
}

/// What can be pulled: the images of the scenario, and those of the cluster as it is before the fault.
fn registry(scenario: &Scenario, cluster: &Cluster) -> Registry {
    let control = static_images(&cluster.version);
    let workloads = cluster.workloads.iter().map(|w| w.value.image.as_str());
    let manifests = cluster.manifests.iter().flat_map(|m| named_in(&m.value));
    Registry::new(&scenario.images, workloads.chain(manifests).chain(control.iter().map(String::as_str)))
}

/// Makes faults happen, one after the other.
pub fn happen(world: &mut World, faults: &[Placed<Fault>]) -> Result<(), Flaw> {
    faults.iter().try_for_each(|fault| fault.value.happen(world).map_err(|why| Flaw::fault(fault, &why)))
}

fn build(world: &mut World, engine: &mut Engine, cluster: &Cluster) -> Result<(), Flaw> {
    let bad = |at: Option<Spot>| move |why: String| Flaw::new("scenario.cluster", at, why);
    for ns in ["default", "kube-system", "kube-public", "kube-node-lease"] {
        create(world, &namespace_manifest(ns)).map_err(bad(None))?;
    }
    for ns in &cluster.namespaces {
        create(world, &namespace_manifest(ns)).map_err(bad(None))?;
    }
    for (at, node) in cluster.nodes.iter().enumerate() {
        add_node(world, node, at).map_err(bad(None))?;
    }
    engine.settle(world);
    for workload in &cluster.workloads {
        let bad = bad(Spot::of(workload.referenced));
        let manifest = workload.value.manifest().ok_or_else(|| {
            bad("a workload needs exactly one of deployment, statefulset and daemonset: namespace/name"
                .to_owned())
        })?;
        create(world, &manifest).map_err(bad)?;
        if let Some(service) = workload.value.service() {
            create(world, &service).map_err(bad)?;
        }
        // One after the other, as people did: where pods land then depends on the order in the file.
        engine.settle(world);
    }
    for budget in &cluster.budgets {
        let bad = bad(Spot::of(budget.referenced));
        let manifest = budget.value.manifest();
        let manifest =
            manifest.ok_or_else(|| bad(format!("the budget {} is not namespace/name", budget.value.name)))?;
        create(world, &manifest).map_err(bad)?;
    }
    for manifest in &cluster.manifests {
        create(world, &manifest.value).map_err(bad(Spot::of(manifest.referenced)))?;
    }
    Ok(())
}

fn namespace_manifest(name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
}

fn create(world: &mut World, manifest: &Value) -> Result<(), String> {
    let (version, kind) = (text(manifest, "/apiVersion"), text(manifest, "/kind"));
    let found =
        Kind::of_manifest(version, kind).ok_or_else(|| format!("{version} {kind} is not served here"))?;
    let made = world.create(found, namespace(manifest), manifest.clone());
    made.map(drop).map_err(|r| format!("{kind} {}: {}", name(manifest), r.message))
}

/// A machine and its Node, as a kubelet registers it.
fn add_node(world: &mut World, spec: &NodeSpec, at: usize) -> Result<(), String> {
    let subnet = u8::try_from(at + 1).map_err(|_| "there are more than 255 nodes".to_owned())?;
    let control = spec.role == "control-plane";
    let mut labels = json!({
        "beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": spec.name, "kubernetes.io/os": "linux",
        "topology.kubernetes.io/zone": spec.zone, "topology.kubernetes.io/region": "practice",
    });
    for (key, value) in &spec.labels {
        labels[key.as_str()] = json!(value);
    }
    let mut node_spec =
        json!({"podCIDR": format!("10.244.{subnet}.0/24"), "podCIDRs": [format!("10.244.{subnet}.0/24")]});
    if control {
        labels["node-role.kubernetes.io/control-plane"] = json!("");
        node_spec["taints"] =
            json!([{"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}]);
    }
    let resources = json!({"cpu": spec.cpu.to_string(), "memory": spec.memory, "ephemeral-storage": "80Gi", "pods": "110"});
    let now = world.now_text();
    let node = json!({
        "apiVersion": "v1", "kind": "Node", "metadata": {"name": spec.name, "labels": labels}, "spec": node_spec,
        "status": {
            "capacity": resources, "allocatable": resources,
            "addresses": [{"type": "InternalIP", "address": spec.address}, {"type": "Hostname", "address": spec.name}],
            "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}},
            "nodeInfo": {
                "architecture": "amd64", "operatingSystem": "linux", "osImage": "Debian GNU/Linux 12 (bookworm)",
                "kernelVersion": "6.1.0-28-amd64", "containerRuntimeVersion": "containerd://1.7.24",
                "kubeletVersion": world.version, "kubeProxyVersion": "", "bootID": world.names.uid(),
                "machineID": world.names.hex(), "systemUUID": world.names.uid(),
            },
            "conditions": [{
                "type": "NetworkUnavailable", "status": "False", "reason": "CalicoIsUp",
                "message": "Calico is running on this node", "lastHeartbeatTime": now, "lastTransitionTime": now,
            }],
        },
    });
    let machine = Machine {
        // The kubelet registers the Node when it starts.
        kubelet: Kubelet::Starting { at: world.now(), rebooted: false },
        images: BTreeSet::new(),
        address: spec.address.clone(),
        subnet,
        next_ip: 1,
        control,
        registration: node,
        rebooted: false,
    };
    world.machines.insert(spec.name.clone(), machine);
    Ok(())
}
