//! Worlds: a shop on three workers, one of which has gone silent, and what can change in it; on top of the small worlds
//! that the library's own tests use.

use std::sync::Arc;

use opsbook::detect::Engine;
use opsbook::domain::{
    ClusterInfo, ClusterSnapshot, ContainerState, DeploymentRow, EventRow, Kind, LeaseRow, NamespaceRow,
    NodeRow, Owner, PdbRow, PodPhase, PodRow, ReplicaSetRow, Resources, RowKey, Str, SyncState, Taint,
    Timestamp,
};

use super::small::{self, World, ago, condition, meta, next, now, pod};

/// A node of a zone that is well, with its lease.
fn node(name: &str, zone: &str) -> (NodeRow, LeaseRow) {
    let (mut node, lease) = small::node(name, "True", "KubeletReady", 86_000);
    let mut labels = vec![(Str::from("topology.kubernetes.io/zone"), Str::from(zone))];
    if name.starts_with("cp-") {
        labels.insert(0, (Str::from("node-role.kubernetes.io/control-plane"), Str::from("")));
    }
    node.meta.labels = labels.into();
    node.allocatable = Resources { milli_cpu: 4000, memory: 8 << 30, pods: 110 };
    node.internal_ip = "10.0.0.11".into();
    node.runtime = "containerd://2.1.4".into();
    (node, lease)
}

/// A pod of a `StatefulSet` with data that is lost when it moves.
pub fn stateful(namespace: &str, name: &str, on: &str) -> PodRow {
    let mut pod = pod(namespace, name, on);
    if let Some(owner) = &mut pod.meta.owner {
        owner.kind = "StatefulSet".into();
    }
    pod.volumes.empty_dir = true;
    pod
}

/// The same pod, its container killed for memory for the sixth time so many seconds ago.
pub fn oom_killed(pod: PodRow, seconds: i64) -> PodRow {
    small::oom_killed(pod, seconds, 6)
}

/// A warning about a node.
pub fn event(about: &str, reason: &str, message: &str, seconds: i64) -> EventRow {
    EventRow {
        meta: meta("default", &format!("{about}.{}", reason.to_lowercase())),
        about_kind: "Node".into(),
        about_namespace: "".into(),
        about_name: about.into(),
        warning: true,
        reason: reason.into(),
        message: message.into(),
        count: 1,
        first: Some(ago(seconds)),
        last: Some(ago(seconds)),
        source: "node-controller".into(),
        host: "".into(),
    }
}

impl World {
    /// Which cluster all of these are.
    pub fn cluster() -> ClusterInfo {
        ClusterInfo {
            context: "prod-eu-1".into(),
            server: "https://10.0.0.10:6443".into(),
            version: "v1.34.10".into(),
            ..ClusterInfo::default()
        }
    }

    /// A cluster of one control plane and three workers, nothing wrong.
    pub fn healthy() -> World {
        let mut world = World::new();
        world.0.info = Arc::new(World::cluster());
        for (name, zone) in [("cp-1", "a"), ("worker-1", "a"), ("worker-2", "b"), ("worker-3", "b")] {
            world = world.node(node(name, zone));
        }
        for name in ["default", "kube-system", "shop"] {
            world.0.namespaces.insert(NamespaceRow {
                meta: meta("", name),
                phase: "Active".into(),
                ..NamespaceRow::default()
            });
        }
        let mut proxy = pod("kube-system", "proxy-x3", "worker-3");
        if let Some(owner) = &mut proxy.meta.owner {
            owner.kind = "DaemonSet".into();
        }
        world
            .pod(pod("shop", "api-7c9", "worker-3"))
            .pod(pod("shop", "api-8d1", "worker-1"))
            .pod(pod("shop", "web-1", "worker-3"))
            .pod(pod("shop", "web-2", "worker-2"))
            .pod(stateful("shop", "cart-0", "worker-3"))
            .pod(stateful("shop", "cart-1", "worker-1"))
            .pod(proxy)
            .deployment("shop", "api", 2)
            .deployment("shop", "web", 2)
            .budget("shop", "cart", 1)
    }

    /// The same with worker-3 silent for two and a half minutes.
    pub fn silent_node() -> World {
        World::healthy().silence("worker-3", 150).event(event(
            "worker-3",
            "NodeNotReady",
            "Node worker-3 status is now: NodeNotReady",
            150,
        ))
    }

    /// A pod of the shop cannot pull its image, since so many seconds.
    pub fn pulling(self, seconds: i64) -> World {
        let mut row = pod("shop", "web-3", "worker-1");
        let message =
            "rpc error: code = NotFound desc = failed to pull and unpack image \"web:9\": not found";
        row.meta.created = Some(ago(seconds));
        row.phase = PodPhase::Pending;
        row.conditions = [condition("Ready", "False", "ContainersNotReady", "", seconds)].into();
        row.containers[0].ready = false;
        row.containers[0].state = ContainerState::Waiting("ErrImagePull".into());
        row.containers[0].message = message.into();
        let failed = small::warning(&row, "Failed", &format!("Failed to pull image \"web:9\": {message}"), 2);
        self.pod(row).event(failed)
    }

    /// Two things are wrong.
    pub fn two_findings() -> World {
        World::silent_node().pod(oom_killed(pod("shop", "report-5", "worker-1"), 300))
    }

    /// So many more pods on worker-3, none of which has another replica, and all with data that is lost.
    pub fn lonely_pods(self, count: usize) -> World {
        (0..count).fold(self, |world, i| world.pod(stateful("shop", &format!("ledger{i}-0"), "worker-3")))
    }

    pub fn without_pod(mut self, namespace: &str, name: &str) -> World {
        let key = RowKey::new(namespace, name);
        if let Some(pod) = self.0.pods.remove(&key)
            && let Some(set) = self.0.pods_by_node.get_mut(&pod.node)
        {
            set.remove(&key);
        }
        self.counted()
    }

    /// The `ReplicaSets` between the shop's Deployments and their pods.
    pub fn replica_sets(self) -> World {
        ["api", "web"].into_iter().fold(self, |world, name| {
            let mut set =
                ReplicaSetRow { meta: meta("shop", name), desired: 2, ready: 2, ..Default::default() };
            set.meta.owner = Some(Owner { kind: "Deployment".into(), name: name.into() });
            (set.available, set.revision) = (2, 3);
            world.with(|w| &mut w.replica_sets, set)
        })
    }

    pub fn deployment(mut self, namespace: &str, name: &str, replicas: i32) -> World {
        let row = DeploymentRow {
            meta: meta(namespace, name),
            desired: replicas,
            all: replicas,
            ready: replicas,
            updated: replicas,
            available: replicas,
            revision: 3,
            ..DeploymentRow::default()
        };
        self.0.deployments.insert(row);
        self
    }

    fn budget(self, namespace: &str, app: &str, allowed: i32) -> World {
        let row = PdbRow {
            rule: "minAvailable 1".into(),
            healthy: 2,
            desired: 1,
            expected: 2,
            ..small::pdb(namespace, app, allowed)
        };
        self.pdb(row)
    }

    /// Changes a node, and counts its version up.
    pub fn change_node(mut self, name: &str, change: impl FnOnce(&mut NodeRow)) -> World {
        let mut row = NodeRow::clone(self.0.node(name).unwrap());
        change(&mut row);
        row.meta.version = next(&row.meta.version);
        self.0.nodes.insert(row);
        self
    }

    pub fn cordoned(self, name: &str, cordoned: bool) -> World {
        self.change_node(name, |n| n.unschedulable = cordoned)
    }

    /// The kubelet of a node has been silent for so many seconds.
    pub fn silence(mut self, name: &str, seconds: i64) -> World {
        let mut lease = LeaseRow::clone(self.0.node_lease(name).unwrap());
        lease.renewed = Some(ago(seconds + 40));
        self.0.leases.insert(lease);
        self.change_node(name, |n| {
            let message = "Kubelet stopped posting node status.";
            n.conditions = [condition("Ready", "Unknown", "NodeStatusUnknown", message, seconds)].into();
            n.taints = [Taint {
                key: "node.kubernetes.io/unreachable".into(),
                value: "".into(),
                effect: "NoExecute".into(),
                since: Some(ago(seconds)),
            }]
            .into();
        })
    }

    /// The kubelet of a node speaks again, since a moment.
    pub fn recovered(mut self, name: &str, at: Timestamp) -> World {
        let mut lease = LeaseRow::clone(self.0.node_lease(name).unwrap());
        lease.renewed = Some(at);
        self.0.leases.insert(lease);
        self.change_node(name, |n| {
            let mut ready = condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", 0);
            ready.since = Some(at);
            n.conditions = [ready].into();
            n.taints = [].into();
        })
    }

    /// Every kind is in this state.
    pub fn all(mut self, state: &SyncState) -> World {
        self.0.sync = std::array::from_fn(|_| state.clone());
        self
    }

    pub fn sync(mut self, kind: Kind, state: SyncState) -> World {
        self.0.sync[kind as usize] = state;
        self
    }

    /// Nothing was read yet.
    pub fn nothing() -> World {
        let info = World::healthy().0.info;
        World(ClusterSnapshot { taken: now(), info, ..Default::default() })
    }

    /// The snapshot at a moment, with what the detectors find in it.
    pub fn seal(&self, at: Timestamp, generation: u64) -> Arc<ClusterSnapshot> {
        // The assembler keeps these numbers; here they are counted.
        let mut world = self.clone().counted().0;
        let mut engine = Engine::default();
        engine.update(&world, at);
        world.findings = engine.ranked();
        world.taken = at;
        world.generation = generation;
        Arc::new(world)
    }
}
