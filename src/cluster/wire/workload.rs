//! Messages of apps/v1 and policy/v1.

use super::core::PodSpec;
use super::meta::{IntOrString, LabelSelector, ObjectMeta, Time};
use super::slim;

slim! {
    struct PodTemplateSpec {
        #[prost(message, optional, tag = "2")]
        pub spec: Option<PodSpec>,
    }

    struct Deployment {
        #[prost(message, optional, tag = "1")]
        pub metadata: Option<ObjectMeta>,
        #[prost(message, optional, tag = "2")]
        pub spec: Option<DeploymentSpec>,
        #[prost(message, optional, tag = "3")]
        pub status: Option<DeploymentStatus>,
    }

    struct DeploymentSpec {
        #[prost(int32, tag = "1")]
        pub replicas: i32,
        #[prost(message, optional, tag = "2")]
        pub selector: Option<LabelSelector>,
        #[prost(bool, tag = "7")]
        pub paused: bool,
    }

    struct DeploymentStatus {
        #[prost(int64, tag = "1")]
        pub observed_generation: i64,
        #[prost(int32, tag = "2")]
        pub replicas: i32,
        #[prost(int32, tag = "3")]
        pub updated_replicas: i32,
        #[prost(int32, tag = "4")]
        pub available_replicas: i32,
        #[prost(message, repeated, tag = "6")]
        pub conditions: Vec<DeploymentCondition>,
        #[prost(int32, tag = "7")]
        pub ready_replicas: i32,
    }

    struct DeploymentCondition {
        #[prost(string, tag = "1")]
        #[serde(rename = "type")]
        pub kind: String,
        #[prost(string, tag = "2")]
        pub status: String,
        #[prost(string, tag = "4")]
        pub reason: String,
        #[prost(string, tag = "5")]
        pub message: String,
        #[prost(message, optional, tag = "7")]
        pub last_transition_time: Option<Time>,
    }

    struct ReplicaSet {
        #[prost(message, optional, tag = "1")]
        pub metadata: Option<ObjectMeta>,
        #[prost(message, optional, tag = "2")]
        pub spec: Option<ReplicaSetSpec>,
        #[prost(message, optional, tag = "3")]
        pub status: Option<ReplicaSetStatus>,
    }

    struct ReplicaSetSpec {
        #[prost(int32, tag = "1")]
        pub replicas: i32,
        #[prost(message, optional, tag = "3")]
        pub template: Option<PodTemplateSpec>,
    }

    struct ReplicaSetStatus {
        #[prost(int32, tag = "4")]
        pub ready_replicas: i32,
        #[prost(int32, tag = "5")]
        pub available_replicas: i32,
    }

    struct StatefulSet {
        #[prost(message, optional, tag = "1")]
        pub metadata: Option<ObjectMeta>,
        #[prost(message, optional, tag = "2")]
        pub spec: Option<StatefulSetSpec>,
        #[prost(message, optional, tag = "3")]
        pub status: Option<StatefulSetStatus>,
    }

    struct StatefulSetSpec {
        #[prost(int32, tag = "1")]
        pub replicas: i32,
        #[prost(message, optional, tag = "2")]
        pub selector: Option<LabelSelector>,
        #[prost(message, optional, tag = "7")]
        pub update_strategy: Option<StatefulSetUpdateStrategy>,
    }

    struct StatefulSetUpdateStrategy {
        #[prost(string, tag = "1")]
        #[serde(rename = "type")]
        pub kind: String,
        #[prost(message, optional, tag = "2")]
        pub rolling_update: Option<RollingUpdateStatefulSet>,
    }

    struct RollingUpdateStatefulSet {
        #[prost(int32, tag = "1")]
        pub partition: i32,
    }

    struct StatefulSetStatus {
        #[prost(int64, tag = "1")]
        pub observed_generation: i64,
        #[prost(int32, tag = "2")]
        pub replicas: i32,
        #[prost(int32, tag = "3")]
        pub ready_replicas: i32,
        #[prost(int32, tag = "5")]
        pub updated_replicas: i32,
        #[prost(string, tag = "6")]
        pub current_revision: String,
        #[prost(string, tag = "7")]
        pub update_revision: String,
        #[prost(int32, tag = "11")]
        pub available_replicas: i32,
    }

    struct DaemonSet {
        #[prost(message, optional, tag = "1")]
        pub metadata: Option<ObjectMeta>,
        #[prost(message, optional, tag = "2")]
        pub spec: Option<DaemonSetSpec>,
        #[prost(message, optional, tag = "3")]
        pub status: Option<DaemonSetStatus>,
    }

    struct DaemonSetSpec {
        #[prost(message, optional, tag = "1")]
        pub selector: Option<LabelSelector>,
        #[prost(message, optional, tag = "3")]
        pub update_strategy: Option<DaemonSetUpdateStrategy>,
    }

    struct DaemonSetUpdateStrategy {
        #[prost(string, tag = "1")]
        #[serde(rename = "type")]
        pub kind: String,
    }

    struct DaemonSetStatus {
        #[prost(int32, tag = "1")]
        pub current_number_scheduled: i32,
        #[prost(int32, tag = "3")]
        pub desired_number_scheduled: i32,
        #[prost(int32, tag = "4")]
        pub number_ready: i32,
        #[prost(int64, tag = "5")]
        pub observed_generation: i64,
        #[prost(int32, tag = "6")]
        pub updated_number_scheduled: i32,
        #[prost(int32, tag = "7")]
        pub number_available: i32,
    }

    struct PodDisruptionBudget {
        #[prost(message, optional, tag = "1")]
        pub metadata: Option<ObjectMeta>,
        #[prost(message, optional, tag = "2")]
        pub spec: Option<PodDisruptionBudgetSpec>,
        #[prost(message, optional, tag = "3")]
        pub status: Option<PodDisruptionBudgetStatus>,
    }

    struct PodDisruptionBudgetSpec {
        #[prost(message, optional, tag = "1")]
        pub min_available: Option<IntOrString>,
        #[prost(message, optional, tag = "2")]
        pub selector: Option<LabelSelector>,
        #[prost(message, optional, tag = "3")]
        pub max_unavailable: Option<IntOrString>,
    }

    struct PodDisruptionBudgetStatus {
        #[prost(int32, tag = "3")]
        pub disruptions_allowed: i32,
        #[prost(int32, tag = "4")]
        pub current_healthy: i32,
        #[prost(int32, tag = "5")]
        pub desired_healthy: i32,
        #[prost(int32, tag = "6")]
        pub expected_pods: i32,
    }
}
