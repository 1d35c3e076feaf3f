//! Rows of nodes, leases, namespaces and events.

use super::{Condition, Meta};
use crate::domain::{ObjectKey, Str, Timestamp};

/// Processor time in thousandths of a core, memory in bytes, number of pods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resources {
    pub milli_cpu: i64,
    pub memory: i64,
    pub pods: i64,
}

/// A taint of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taint {
    pub key: Str,
    pub value: Str,
    pub effect: Str,
    pub since: Option<Timestamp>,
}

/// A machine of the cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeRow {
    pub meta: Meta,
    pub unschedulable: bool,
    pub taints: Box<[Taint]>,
    pub conditions: Box<[Condition]>,
    pub allocatable: Resources,
    pub internal_ip: Str,
    pub kubelet: Str,
    pub runtime: Str,
    pub os: Str,
    /// kubeadm has joined it.
    pub kubeadm: bool,
}

impl NodeRow {
    pub fn condition(&self, kind: &str) -> Option<&Condition> {
        self.conditions.iter().find(|c| &*c.kind == kind)
    }

    /// True only when the condition Ready is True.
    pub fn ready(&self) -> bool {
        self.condition("Ready").is_some_and(|c| &*c.status == "True")
    }

    /// The kubelet does not report: Ready is Unknown.
    pub fn silent(&self) -> bool {
        self.condition("Ready").is_some_and(|c| &*c.status == "Unknown")
    }

    pub fn zone(&self) -> Option<&str> {
        self.meta.label("topology.kubernetes.io/zone")
    }

    /// The roles from the node's labels, `worker` when there is none.
    pub fn roles(&self) -> String {
        let prefix = "node-role.kubernetes.io/";
        let roles: Vec<_> = self.meta.labels.iter().filter_map(|(k, _)| k.strip_prefix(prefix)).collect();
        if roles.is_empty() { "worker".to_owned() } else { roles.join(",") }
    }
}

/// A lease: of a node, or of the leader of a controller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeaseRow {
    pub meta: Meta,
    pub holder: Str,
    /// Written with the holder's clock.
    pub renewed: Option<Timestamp>,
    pub duration_seconds: i32,
}

/// A namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamespaceRow {
    pub meta: Meta,
    pub phase: Str,
    /// Why its deletion does not come to an end; none while nothing is wrong.
    pub conditions: Box<[Condition]>,
}

/// An event, in the form of core/v1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventRow {
    pub meta: Meta,
    /// The kind of the object that the event is about, as the API writes it.
    pub about_kind: Str,
    pub about_namespace: Str,
    pub about_name: Str,
    pub warning: bool,
    pub reason: Str,
    pub message: Str,
    pub count: i32,
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
    pub source: Str,
    /// The host that reported it, where one did.
    pub host: Str,
}

impl EventRow {
    /// Whether the event is about this object. Events about nodes live in the namespace `default`, so the
    /// namespace counts only for namespaced kinds.
    pub fn is_about(&self, key: &ObjectKey) -> bool {
        &*self.about_name == key.name()
            && &*self.about_kind == key.kind.name()
            && (!key.kind.meta().namespaced || &*self.about_namespace == key.namespace())
    }
}
