//! Small worlds for tests: rows with what matters in them, and a snapshot in the making. The library's own tests use it
//! as `crate::testing`; the tests from outside compile the same file into themselves and add what a whole screen needs.
//! It exists in tests only, so it names the library by its outer name, which both know. Nothing here asserts anything.

use opsbook::domain::{
    ClusterSnapshot, Condition, ContainerRow, ContainerState, EventRow, Interest, Kind, LeaseRow, Meta,
    NodeRow, ObjectKey, ObjectRow, Owner, PdbRow, PodPhase, PodRow, Row, RowKey, Selector, Store, Str,
    SyncState, Terminated, Timestamp,
};

/// The fixed present of all small worlds: 2026-03-01 03:14:00 UTC.
pub fn now() -> Timestamp {
    "2026-03-01T03:14:00Z".parse().unwrap()
}

/// So many seconds before the present.
pub fn ago(seconds: i64) -> Timestamp {
    Timestamp::from_second(now().as_second() - seconds).unwrap()
}

pub fn meta(namespace: &str, name: &str) -> Meta {
    Meta {
        namespace: namespace.into(),
        name: name.into(),
        uid: format!("uid-{name}").into(),
        version: "1".into(),
        created: Some(ago(86_400)),
        ..Meta::default()
    }
}

/// A condition that has stood like this for so many seconds.
pub fn condition(kind: &str, status: &str, reason: &str, message: &str, since: i64) -> Condition {
    Condition {
        kind: kind.into(),
        status: status.into(),
        reason: reason.into(),
        message: message.into(),
        since: Some(ago(since)),
    }
}

/// A node whose Ready condition has this status since so many seconds, and whose lease is as old.
pub fn node(name: &str, status: &str, reason: &str, since: i64) -> (NodeRow, LeaseRow) {
    let message = match status {
        "Unknown" => "Kubelet stopped posting node status.",
        "True" => "kubelet is posting ready status",
        _ => "container runtime network not ready: cni plugin not initialized",
    };
    let node = NodeRow {
        meta: meta("", name),
        conditions: [condition("Ready", status, reason, message, since)].into(),
        kubelet: "v1.34.10".into(),
        ..NodeRow::default()
    };
    let renewed = if status == "Unknown" { since + 40 } else { 3 };
    let lease =
        LeaseRow { meta: meta("kube-node-lease", name), renewed: Some(ago(renewed)), ..LeaseRow::default() };
    (node, lease)
}

/// A ready pod on a node, owned by a ReplicaSet of the name's first part.
pub fn pod(namespace: &str, name: &str, on: &str) -> PodRow {
    let owner = name.split('-').next().unwrap_or(name);
    let mut meta = meta(namespace, name);
    meta.owner = Some(Owner { kind: "ReplicaSet".into(), name: owner.into() });
    meta.labels = [(Str::from("app"), Str::from(owner))].into();
    let container = ContainerRow {
        name: "app".into(),
        image: format!("registry.example/{owner}:1").into(),
        ready: true,
        state: ContainerState::Running(Some(ago(3600))),
        memory_limit: 256 << 20,
        memory_request: 128 << 20,
        milli_cpu_request: 100,
        ..ContainerRow::default()
    };
    PodRow {
        meta,
        node: on.into(),
        phase: PodPhase::Running,
        ip: "10.244.3.7".into(),
        containers: [container].into(),
        conditions: [condition("Ready", "True", "", "", 3600)].into(),
        ..PodRow::default()
    }
}

/// The same pod, its container killed for memory so many seconds ago.
pub fn oom_killed(mut pod: PodRow, seconds: i64, restarts: i32) -> PodRow {
    let mut container = pod.containers[0].clone();
    container.restarts = restarts;
    container.last = Some(Box::new(Terminated {
        reason: "OOMKilled".into(),
        exit_code: 137,
        finished: Some(ago(seconds)),
        ..Terminated::default()
    }));
    pod.containers = [container].into();
    pod
}

/// A Deployment in JSON, complete and at revision 4.
pub fn deployment(namespace: &str, name: &str, replicas: i64) -> serde_json::Value {
    serde_json::json!({
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": {
            "namespace": namespace, "name": name, "uid": format!("uid-{name}"), "resourceVersion": "1", "generation": 7,
            "annotations": {"deployment.kubernetes.io/revision": "4"},
        },
        "spec": {
            "replicas": replicas, "selector": {"matchLabels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}},
                "spec": {"containers": [{"name": "app", "image": format!("{name}:4")}]},
            },
        },
        "status": {
            "observedGeneration": 7, "replicas": replicas, "updatedReplicas": replicas, "readyReplicas": replicas,
            "availableReplicas": replicas,
        },
    })
}

/// A budget over the pods of one app.
pub fn pdb(namespace: &str, app: &str, allowed: i32) -> PdbRow {
    PdbRow {
        meta: meta(namespace, app),
        selector: Selector { labels: [(Str::from("app"), Str::from(app))].into(), ..Selector::default() },
        allowed,
        ..PdbRow::default()
    }
}

/// A warning about a pod, reported by a node's kubelet so many seconds ago.
pub fn warning(pod: &PodRow, reason: &str, message: &str, seconds: i64) -> EventRow {
    EventRow {
        meta: meta(&pod.meta.namespace, &format!("{}.{reason}", pod.meta.name)),
        about_kind: "Pod".into(),
        about_namespace: pod.meta.namespace.clone(),
        about_name: pod.meta.name.clone(),
        warning: true,
        reason: reason.into(),
        message: message.into(),
        count: 4,
        first: Some(ago(seconds + 60)),
        last: Some(ago(seconds)),
        source: "kubelet".into(),
        host: pod.node.clone(),
    }
}

/// The version after this one.
pub fn next(version: &str) -> Box<str> {
    (version.parse::<u64>().unwrap_or(0) + 1).to_string().into()
}

/// A world in the making; every kind counts as live. A pod that is put in again has its version counted up, as an API
/// server does.
#[derive(Clone, Default)]
pub struct World(pub ClusterSnapshot);

impl World {
    pub fn new() -> World {
        let mut world = ClusterSnapshot { taken: now(), generation: 1, ..ClusterSnapshot::default() };
        world.sync = std::array::from_fn(|_| SyncState::Live);
        // As if it had been heard of since whatever somebody waits for.
        world.looks = [u64::MAX; Kind::COUNT];
        World(world)
    }

    pub fn node(mut self, (node, lease): (NodeRow, LeaseRow)) -> World {
        self.0.nodes.insert(node);
        self.0.leases.insert(lease);
        self
    }

    /// A pod; its node is there and well unless the world has another one of its name.
    pub fn pod(self, pod: PodRow) -> World {
        if pod.node.is_empty() || self.0.node(&pod.node).is_some() {
            return self.bound(pod);
        }
        self.node(node(&pod.node, "True", "KubeletReady", 86_400)).bound(pod)
    }

    /// A pod as it is, also on a node that is not there.
    pub fn bound(mut self, mut pod: PodRow) -> World {
        let key = pod.meta.key();
        if let Some(before) = self.0.pods.get(&key) {
            pod.meta.version = next(&before.meta.version);
            if before.node != pod.node
                && let Some(set) = self.0.pods_by_node.get_mut(&before.node)
            {
                set.remove(&key);
            }
        }
        self.0.pods_by_node.entry(pod.node.clone()).or_default().insert(key);
        self.0.pods.insert(pod);
        self.counted()
    }

    /// The assembler counts the pods that are well; this does it anew.
    pub fn counted(mut self) -> World {
        (self.0.pods_well, self.0.ready_by_owner) = (0, imbl::OrdMap::new());
        let pods: Vec<_> = self.0.pods.iter().cloned().collect();
        for pod in &pods {
            self.0.count_pod(None, Some(pod));
        }
        self
    }

    /// Calico's agent runs in it.
    pub fn calico(self) -> World {
        let meta = meta("kube-system", "calico-node");
        self.with(|w| &mut w.daemon_sets, opsbook::domain::DaemonSetRow { meta, ..Default::default() })
    }

    pub fn pdb(mut self, pdb: PdbRow) -> World {
        self.0.pdbs.insert(pdb);
        self
    }

    pub fn event(mut self, event: EventRow) -> World {
        let namespaced = Kind::parse(&event.about_kind).is_none_or(|k| k.meta().namespaced);
        let namespace: Str = if namespaced { event.about_namespace.clone() } else { "".into() };
        let about = (event.about_kind.clone(), RowKey::new(namespace, event.about_name.clone()));
        self.0.events_by_object.entry(about).or_default().insert(event.meta.key());
        self.0.events.insert(event);
        self
    }

    /// An object that is followed. With it every collection of its namespace, and every kind, counts as read.
    pub fn object(mut self, value: serde_json::Value) -> World {
        let kind = Kind::parse(value["kind"].as_str().unwrap()).unwrap();
        let row = ObjectRow::read(value);
        let key = ObjectKey { kind, row: row.meta.key() };
        for kind in Kind::ALL {
            let within = Interest::within(*kind, key.row.namespace.clone());
            for interest in [within, Interest::all(*kind)] {
                let followed = self.0.followed.entry(interest).or_default();
                (followed.state, followed.look) = (SyncState::Live, u64::MAX);
            }
        }
        let within = Interest::within(kind, key.row.namespace.clone());
        for interest in [within, Interest::all(kind), Interest::one(&key)] {
            let followed = self.0.followed.entry(interest).or_default();
            (followed.state, followed.look) = (SyncState::Live, u64::MAX);
            followed.put(row.clone());
        }
        self
    }

    pub fn with<R: Row>(mut self, store: impl Fn(&mut ClusterSnapshot) -> &mut Store<R>, row: R) -> World {
        store(&mut self.0).insert(row);
        self
    }

    /// The rows of one detector: what others say of the same world is not its business.
    pub fn found_by(&self, detector: &str) -> Vec<opsbook::domain::Finding> {
        self.findings().into_iter().filter(|f| f.detector == detector).collect()
    }

    /// All findings of all detectors over this world.
    pub fn findings(&self) -> Vec<opsbook::domain::Finding> {
        let mut engine = opsbook::detect::Engine::default();
        engine.update(&self.0, now());
        engine.ranked().to_vec()
    }
}
