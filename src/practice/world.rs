//! Everything that is true in the practice cluster at one moment: the objects, the machines behind the nodes, what the
//! images do when they run, the time. The API server and the controllers both work on it, under one lock.
//!
//! Writing goes through the functions here and in `writes` and `removal`, so that both follow the same rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::clock::{self, Clock};
use super::kinds::Kind;
use super::names::Names;
use super::obj::{name, namespace, remove, text, uid};
use super::registry::Registry;
use super::scenario::Denial;
use super::store::Store;

/// The one component that records through events.k8s.io: its Events have an eventTime and neither source nor count.
const MODERN: &str = "default-scheduler";

/// The state of a machine that no object tells: only its kubelet could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kubelet {
    Running,
    /// Nothing is reported and nothing is done until somebody acts.
    Stopped,
    /// It comes back at this time; a restarted machine has lost its containers.
    Starting {
        at: Timestamp,
        rebooted: bool,
    },
}

/// A machine behind a Node.
#[derive(Debug, Clone)]
pub struct Machine {
    pub kubelet: Kubelet,
    /// Images that need no pull any more.
    pub images: std::collections::BTreeSet<String>,
    pub address: String,
    /// The second part of the addresses of its pods.
    pub subnet: u8,
    pub next_ip: u8,
    /// It runs the static pods of a control plane.
    pub control: bool,
    /// The Node that its kubelet registers when there is none.
    pub registration: Value,
    /// Its containers were lost in a restart; the kubelet has not dealt with it yet.
    pub rebooted: bool,
}

/// The cluster.
#[derive(Debug)]
pub struct World {
    pub store: Store,
    pub clock: Clock,
    pub names: Names,
    pub version: String,
    pub machines: BTreeMap<String, Machine>,
    pub images: Registry,
    pub denials: Vec<Denial>,
    /// Something outside of the objects has changed: every controller shall look.
    pub kicked: bool,
}

/// What an Event says; where it comes from is `component` and `host`.
#[derive(Debug, Clone, Copy)]
pub struct Note<'a> {
    pub warning: bool,
    pub reason: &'a str,
    pub message: &'a str,
    pub component: &'a str,
    pub host: &'a str,
    /// The part of the object, such as `spec.containers{api}`.
    pub part: &'a str,
}

impl<'a> Note<'a> {
    /// A normal Event.
    pub fn normal(component: &'a str, reason: &'a str, message: &'a str) -> Self {
        Self { warning: false, reason, message, component, host: "", part: "" }
    }

    /// A warning.
    pub fn warning(component: &'a str, reason: &'a str, message: &'a str) -> Self {
        Self { warning: true, ..Self::normal(component, reason, message) }
    }
}

impl World {
    /// The time in the cluster.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The time as objects carry it.
    pub fn now_text(&self) -> String {
        clock::seconds(self.now())
    }

    /// Changes an object in place; the generation moves when its spec does. Nothing happens when it is not there.
    pub fn edit(
        &mut self,
        kind: Kind,
        ns: &str,
        name: &str,
        change: impl FnOnce(&mut Value),
    ) -> Option<Arc<Value>> {
        let old = self.store.get(kind, ns, name)?;
        let mut new = (*old).clone();
        change(&mut new);
        super::writes::bump_generation(kind, &old, &mut new);
        Some(self.finish(kind, new))
    }

    /// Records an Event about an object as the real recorders do: a repeated one is counted.
    pub fn note(&mut self, about: &Value, note: Note<'_>) {
        let now = self.now_text();
        let ns = if namespace(about).is_empty() { "default" } else { namespace(about) };
        let kubelet_on_node = note.component == "kubelet" && about["kind"] == "Node";
        let about_uid = if kubelet_on_node { name(about) } else { uid(about) };
        let same = |e: &Arc<Value>| {
            text(e, "/involvedObject/uid") == about_uid
                && text(e, "/reason") == note.reason
                && text(e, "/message") == note.message
                && text(e, "/source/component") == note.component
                && text(e, "/involvedObject/fieldPath") == note.part
        };
        if let Some(known) = self.store.list_in(Kind::Event, ns).into_iter().find(same) {
            let mut event = (*known).clone();
            event["count"] = json!(event["count"].as_u64().unwrap_or(1) + 1);
            event["lastTimestamp"] = json!(now);
            self.store.put(Kind::Event, event);
            return;
        }
        let mut involved = json!({"kind": about["kind"], "name": name(about), "uid": about_uid});
        if !namespace(about).is_empty() {
            involved["namespace"] = json!(namespace(about));
        }
        if !kubelet_on_node {
            involved["apiVersion"] = about["apiVersion"].clone();
            involved["resourceVersion"] = about["metadata"]["resourceVersion"].clone();
        }
        if !note.part.is_empty() {
            involved["fieldPath"] = json!(note.part);
        }
        let mut source = json!({"component": note.component});
        if !note.host.is_empty() {
            source["host"] = json!(note.host);
        }
        let event_name = format!("{}.{}", name(about), self.names.hex());
        let mut event = json!({
            "apiVersion": "v1", "kind": "Event",
            "metadata": {"name": event_name, "namespace": ns, "uid": self.names.uid(), "creationTimestamp": now},
            "involvedObject": involved, "reason": note.reason, "message": note.message, "source": source,
            "firstTimestamp": now, "lastTimestamp": now, "count": 1,
            "type": if note.warning { "Warning" } else { "Normal" },
            "eventTime": null, "reportingComponent": note.component, "reportingInstance": note.host,
        });
        if note.component == MODERN {
            event["firstTimestamp"] = Value::Null;
            event["lastTimestamp"] = Value::Null;
            remove(&mut event, "count");
            event["source"] = json!({});
            event["eventTime"] = json!(clock::micros(self.now()));
            event["reportingInstance"] = json!(format!("{MODERN}-practice"));
            event["action"] = json!(if note.warning { "Scheduling" } else { "Binding" });
        }
        self.store.put(Kind::Event, event);
    }

    /// Whether the kubelet of a node works; false for a node without a machine.
    pub fn kubelet_runs(&self, node: &str) -> bool {
        self.machines.get(node).is_some_and(|m| m.kubelet == Kubelet::Running)
    }
}
