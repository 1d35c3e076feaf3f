//! Messages of core/v1 and coordination.k8s.io/v1.

use std::collections::BTreeMap;

use super::meta::{Condition, ObjectMeta, Present, Quantity, Time};
use super::slim;

slim! {
    struct Node {
        #[prost(message, optional, tag = "1")]
        pub metadata: Option<ObjectMeta>,
        #[prost(message, optional, tag = "2")]
        pub spec: Option<NodeSpec>,
        #[prost(message, optional, tag = "3")]
        pub status: Option<NodeStatus>,
    }

    struct NodeSpec {
        #[prost(bool, tag = "4")]
        pub unschedulable: bool,
        #[prost(message, repeated, tag = "5")]
        pub taints: Vec<Taint>,
    }

    struct Taint {
        #[prost(string, tag = "1")]
        pub key: String,
        #[prost(string, tag = "2")]
        pub value: String,
        #[prost(string, tag = "3")]
        pub effect: String,
        #[prost(message, optional, tag = "4")]
        pub time_added: Option<Time>,
    }

    struct NodeStatus {
        #[prost(btree_map = "string, message", tag = "2")]
        pub allocatable: BTreeMap<String, Quantity>,
        #[prost(message, repeated, tag = "4")]
        pub conditions: Vec<Condition>,
        #[prost(message, repeated, tag = "5")]
        pub addresses: Vec<NodeAddress>,
        #[prost(message, optional, tag = "7")]
        pub node_info: Option<NodeSystemInfo>,
    }

    struct NodeAddress {
        #[prost(string, tag = "1")]
        #[serde(rename = "type")]
        pub kind: String,
        #[prost(string, tag = "2")]
        pub address: String,
    }

    struct NodeSystemInfo {
        #[prost(string, tag = "5")]
        pub os_image: String,
        #[prost(string, tag = "6")]
        pub container_runtime_version: String,
        #[prost(string, tag = "7")]
        pub kubelet_version: String,
    }

    struct Pod {
        #[prost(message, optional, tag = "1")]
        pub metadata: Option<ObjectMeta>,
        #[prost(message, optional, tag = "2")]
        pub spec: Option<PodSpec>,
        #[prost(message, optional, tag = "3")]
        pub status: Option<PodStatus>,
    }

    struct PodSpec {
        #[prost(message, repeated, tag = "1")]
        pub volumes: Vec<Volume>,
        #[prost(message, repeated, tag = "2")]
        pub containers: Vec<Container>,
        #[prost(int64, optional, tag = "4")]
        pub termination_grace_period_seconds: Option<i64>,
        #[prost(string, tag = "10")]
        pub node_name: String,
        #[prost(message, repeated, tag = "20")]
        pub init_containers: Vec<Container>,
        #[prost(message, repeated, tag = "22")]
        pub tolerations: Vec<Toleration>,
        #[prost(message, repeated, tag = "34")]
        pub ephemeral_containers: Vec<EphemeralContainer>,
    }

    struct Toleration {
        #[prost(string, tag = "1")]
        pub key: String,
        #[prost(string, tag = "2")]
        pub operator: String,
        #[prost(string, tag = "3")]
        pub value: String,
        #[prost(string, tag = "4")]
        pub effect: String,
    }

    struct Volume {
        #[prost(string, tag = "1")]
        pub name: String,
        #[prost(message, optional, tag = "2")]
        #[serde(flatten)]
        pub volume_source: Option<VolumeSource>,
    }

    struct VolumeSource {
        #[prost(message, optional, tag = "1")]
        pub host_path: Option<Present>,
        #[prost(message, optional, tag = "2")]
        pub empty_dir: Option<Present>,
        #[prost(message, optional, tag = "10")]
        pub persistent_volume_claim: Option<PersistentVolumeClaimSource>,
        #[prost(message, optional, tag = "29")]
        pub ephemeral: Option<Present>,
    }

    struct PersistentVolumeClaimSource {
        #[prost(string, tag = "1")]
        pub claim_name: String,
    }

    struct Container {
        #[prost(string, tag = "1")]
        pub name: String,
        #[prost(string, tag = "2")]
        pub image: String,
        #[prost(message, optional, tag = "8")]
        pub resources: Option<ResourceRequirements>,
        #[prost(string, tag = "24")]
        pub restart_policy: String,
    }

    struct EphemeralContainer {
        #[prost(message, optional, tag = "1")]
        #[serde(flatten)]
        pub common: Option<Container>,
    }

    struct ResourceRequirements {
        #[prost(btree_map = "string, message", tag = "1")]
        pub limits: BTreeMap<String, Quantity>,
        #[prost(btree_map = "string, message", tag = "2")]
        pub requests: BTreeMap<String, Quantity>,
    }

    struct PodStatus {
        #[prost(string, tag = "1")]
        pub phase: String,
        #[prost(message, repeated, tag = "2")]
        pub conditions: Vec<Condition>,
        #[prost(string, tag = "3")]
        pub message: String,
        #[prost(string, tag = "4")]
        pub reason: String,
        #[prost(string, tag = "6")]
        #[serde(rename = "podIP")]
        pub pod_ip: String,
        #[prost(message, repeated, tag = "8")]
        pub container_statuses: Vec<ContainerStatus>,
        #[prost(message, repeated, tag = "10")]
        pub init_container_statuses: Vec<ContainerStatus>,
        #[prost(message, repeated, tag = "13")]
        pub ephemeral_container_statuses: Vec<ContainerStatus>,
    }

    struct ContainerStatus {
        #[prost(string, tag = "1")]
        pub name: String,
        #[prost(message, optional, tag = "2")]
        pub state: Option<ContainerState>,
        #[prost(message, optional, tag = "3")]
        pub last_state: Option<ContainerState>,
        #[prost(bool, tag = "4")]
        pub ready: bool,
        #[prost(int32, tag = "5")]
        pub restart_count: i32,
    }

    struct ContainerState {
        #[prost(message, optional, tag = "1")]
        pub waiting: Option<Waiting>,
        #[prost(message, optional, tag = "2")]
        pub running: Option<Running>,
        #[prost(message, optional, tag = "3")]
        pub terminated: Option<Terminated>,
    }

    struct Waiting {
        #[prost(string, tag = "1")]
        pub reason: String,
        #[prost(string, tag = "2")]
        pub message: String,
    }

    struct Running {
        #[prost(message, optional, tag = "1")]
        pub started_at: Option<Time>,
    }

    struct Terminated {
        #[prost(int32, tag = "1")]
        pub exit_code: i32,
        #[prost(string, tag = "3")]
        pub reason: String,
        #[prost(string, tag = "4")]
        pub message: String,
        #[prost(message, optional, tag = "6")]
        pub finished_at: Option<Time>,
    }

    struct Event {
        #[prost(message, optional, tag = "1")]
        pub metadata: Option<ObjectMeta>,
        #[prost(message, optional, tag = "2")]
        pub involved_object: Option<ObjectReference>,
        #[prost(string, tag = "3")]
        pub reason: String,
        #[prost(string, tag = "4")]
        pub message: String,
        #[prost(message, optional, tag = "5")]
        pub source: Option<EventSource>,
        #[prost(message, optional, tag = "6")]
        pub first_timestamp: Option<Time>,
        #[prost(message, optional, tag = "7")]
        pub last_timestamp: Option<Time>,
        #[prost(int32, tag = "8")]
        pub count: i32,
        #[prost(string, tag = "9")]
        #[serde(rename = "type")]
        pub kind: String,
        #[prost(message, optional, tag = "10")]
        pub event_time: Option<Time>,
        #[prost(message, optional, tag = "11")]
        pub series: Option<EventSeries>,
        #[prost(string, tag = "14")]
        pub reporting_component: String,
        #[prost(string, tag = "15")]
        pub reporting_instance: String,
    }

    struct ObjectReference {
        #[prost(string, tag = "1")]
        pub kind: String,
        #[prost(string, tag = "2")]
        pub namespace: String,
        #[prost(string, tag = "3")]
        pub name: String,
        #[prost(string, tag = "5")]
        pub api_version: String,
    }

    struct EventSource {
        #[prost(string, tag = "1")]
        pub component: String,
        #[prost(string, tag = "2")]
        pub host: String,
    }

    struct EventSeries {
        #[prost(int32, tag = "1")]
        pub count: i32,
        #[prost(message, optional, tag = "2")]
        pub last_observed_time: Option<Time>,
    }

    struct Namespace {
        #[prost(message, optional, tag = "1")]
        pub metadata: Option<ObjectMeta>,
        #[prost(message, optional, tag = "3")]
        pub status: Option<NamespaceStatus>,
    }

    struct NamespaceStatus {
        #[prost(string, tag = "1")]
        pub phase: String,
        #[prost(message, repeated, tag = "2")]
        pub conditions: Vec<Condition>,
    }

    struct Lease {
        #[prost(message, optional, tag = "1")]
        pub metadata: Option<ObjectMeta>,
        #[prost(message, optional, tag = "2")]
        pub spec: Option<LeaseSpec>,
    }

    struct LeaseSpec {
        #[prost(string, tag = "1")]
        pub holder_identity: String,
        #[prost(int32, tag = "2")]
        pub lease_duration_seconds: i32,
        #[prost(message, optional, tag = "4")]
        pub renew_time: Option<Time>,
    }
}

impl Toleration {
    /// Whether a pod with it may be put on a node that is cordoned: the scheduler sees that as a taint.
    pub fn of_the_cordon(&self) -> bool {
        let effect = matches!(self.effect.as_str(), "" | "NoSchedule");
        let every = self.key.is_empty() && self.operator == "Exists";
        let named = self.key == "node.kubernetes.io/unschedulable"
            && (self.operator == "Exists" || self.value.is_empty());
        effect && (every || named)
    }
}
