//! Small worlds for the tests of detectors, operations and live views.

use crate::domain::{
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

/// A node whose Ready condition has this status since so many seconds, and whose lease is as old.
pub fn node(name: &str, status: &str, reason: &str, since: i64) -> (NodeRow, LeaseRow) {
    let message = match status {
        "Unknown" => "Kubelet stopped posting node status.",
        "True" => "kubelet is posting ready status",
        _ => "container runtime network not ready: cni plugin not initialized",
    };
    let ready = Condition {
        kind: "Ready".into(),
        status: status.into(),
        reason: reason.into(),
        message: message.into(),
        since: Some(ago(since)),
    };
    let node = NodeRow {
        meta: meta("", name),
        conditions: [ready].into(),
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
        ready: true,
        state: ContainerState::Running(Some(ago(3600))),
        memory_limit: 256 << 20,
        ..ContainerRow::default()
    };
    let ready = Condition {
        kind: "Ready".into(),
        status: "True".into(),
        reason: "".into(),
        message: "".into(),
        since: Some(ago(3600)),
    };
    PodRow {
        meta,
        node: on.into(),
        phase: PodPhase::Running,
        containers: [container].into(),
        conditions: [ready].into(),
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

/// A world in the making; every kind counts as live.
#[derive(Default)]
pub struct World(pub ClusterSnapshot);

impl World {
    pub fn new() -> World {
        let mut world = ClusterSnapshot { taken: now(), generation: 1, ..ClusterSnapshot::default() };
        world.sync = std::array::from_fn(|_| SyncState::Live);
        World(world)
    }

    pub fn node(mut self, (node, lease): (NodeRow, LeaseRow)) -> World {
        self.0.nodes.insert(node);
        self.0.leases.insert(lease);
        self
    }

    pub fn pod(mut self, pod: PodRow) -> World {
        let key = pod.meta.key();
        self.0.pods_by_node.entry(pod.node.clone()).or_default().insert(key);
        self.0.pods_well += usize::from(pod.ready());
        self.0.pods.insert(pod);
        self
    }

    /// Calico's agent runs in it.
    pub fn calico(self) -> World {
        let meta = meta("kube-system", "calico-node");
        self.with(|w| &mut w.daemon_sets, crate::domain::DaemonSetRow { meta, ..Default::default() })
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
                self.0.followed.entry(interest).or_default().state = SyncState::Live;
            }
        }
        let within = Interest::within(kind, key.row.namespace.clone());
        for interest in [within, Interest::all(kind), Interest::one(&key)] {
            let followed = self.0.followed.entry(interest).or_default();
            followed.state = SyncState::Live;
            followed.put(row.clone());
        }
        self
    }

    pub fn with<R: Row>(mut self, store: impl Fn(&mut ClusterSnapshot) -> &mut Store<R>, row: R) -> World {
        store(&mut self.0).insert(row);
        self
    }

    /// All findings of all detectors over this world.
    pub fn findings(&self) -> Vec<crate::domain::Finding> {
        let mut engine = crate::detect::Engine::default();
        engine.update(&self.0, now());
        engine.ranked().to_vec()
    }
}
