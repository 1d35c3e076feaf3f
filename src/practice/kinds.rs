//! The registry of the kinds that the practice cluster serves: names, scope and subresources.
//!
//! One more kind is one line in the table at the end. A kind without a controller is stored and served, nothing more.

/// Where objects of a kind live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Cluster,
    Namespaced,
}

/// What discovery says about a kind.
#[derive(Debug)]
pub struct Row {
    pub kind: Kind,
    pub group: &'static str,
    pub version: &'static str,
    pub plural: &'static str,
    pub name: &'static str,
    pub short: &'static [&'static str],
    pub scope: Scope,
    pub subresources: &'static [&'static str],
    /// Whether `kubectl get all` asks for it.
    pub all: bool,
}

macro_rules! kinds {
    ($($kind:ident $group:literal $version:literal $plural:literal $short:expr, $scope:ident, $subs:expr $(, $all:ident)?;)*) => {
        /// A kind of object.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($kind),* }

        /// Every kind, in the order of discovery.
        pub static KINDS: &[Row] = &[$(Row {
            kind: Kind::$kind, group: $group, version: $version, plural: $plural, name: stringify!($kind),
            short: &$short, scope: Scope::$scope, subresources: &$subs, all: false $(|| stringify!($all).len() == 3)?,
        }),*];
    };
}

impl Kind {
    /// The row of the table.
    pub fn row(self) -> &'static Row {
        &KINDS[self as usize]
    }

    /// The kind behind a resource of a path.
    pub fn find(group: &str, version: &str, plural: &str) -> Option<Self> {
        KINDS.iter().find(|r| r.group == group && r.version == version && r.plural == plural).map(|r| r.kind)
    }

    /// The kind behind an `apiVersion` and `kind` of a manifest.
    pub fn of_manifest(api_version: &str, name: &str) -> Option<Self> {
        KINDS.iter().find(|r| r.name == name && r.api_version() == api_version).map(|r| r.kind)
    }

    /// Whether objects of this kind live in namespaces.
    pub fn namespaced(self) -> bool {
        self.row().scope == Scope::Namespaced
    }
}

impl Row {
    /// `v1` or `apps/v1`.
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.to_owned()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }

    /// `pods` or `deployments.apps`, as error messages name it.
    pub fn qualified(&self) -> String {
        if self.group.is_empty() { self.plural.to_owned() } else { format!("{}.{}", self.plural, self.group) }
    }

    /// Whether status is written through its own subresource.
    pub fn has_status(&self) -> bool {
        self.subresources.contains(&"status")
    }
}

kinds! {
    Node "" "v1" "nodes" ["no"], Cluster, ["status"];
    Pod "" "v1" "pods" ["po"], Namespaced, ["status", "log", "exec", "eviction", "resize", "ephemeralcontainers", "portforward"], all;
    Namespace "" "v1" "namespaces" ["ns"], Cluster, ["status", "finalize"];
    Event "" "v1" "events" ["ev"], Namespaced, [];
    ConfigMap "" "v1" "configmaps" ["cm"], Namespaced, [];
    Service "" "v1" "services" ["svc"], Namespaced, ["status"], all;
    Endpoints "" "v1" "endpoints" ["ep"], Namespaced, [];
    ServiceAccount "" "v1" "serviceaccounts" ["sa"], Namespaced, ["token"];
    Secret "" "v1" "secrets" [], Namespaced, [];
    ReplicationController "" "v1" "replicationcontrollers" ["rc"], Namespaced, ["status"], all;
    PersistentVolume "" "v1" "persistentvolumes" ["pv"], Cluster, ["status"];
    PersistentVolumeClaim "" "v1" "persistentvolumeclaims" ["pvc"], Namespaced, ["status"];
    ResourceQuota "" "v1" "resourcequotas" ["quota"], Namespaced, ["status"];
    LimitRange "" "v1" "limitranges" ["limits"], Namespaced, [];
    Deployment "apps" "v1" "deployments" ["deploy"], Namespaced, ["status", "scale"], all;
    ReplicaSet "apps" "v1" "replicasets" ["rs"], Namespaced, ["status", "scale"], all;
    StatefulSet "apps" "v1" "statefulsets" ["sts"], Namespaced, ["status", "scale"], all;
    DaemonSet "apps" "v1" "daemonsets" ["ds"], Namespaced, ["status"], all;
    ControllerRevision "apps" "v1" "controllerrevisions" [], Namespaced, [];
    Job "batch" "v1" "jobs" [], Namespaced, ["status"], all;
    CronJob "batch" "v1" "cronjobs" ["cj"], Namespaced, ["status"], all;
    HorizontalPodAutoscaler "autoscaling" "v2" "horizontalpodautoscalers" ["hpa"], Namespaced, ["status"], all;
    Lease "coordination.k8s.io" "v1" "leases" [], Namespaced, [];
    PodDisruptionBudget "policy" "v1" "poddisruptionbudgets" ["pdb"], Namespaced, ["status"];
    EndpointSlice "discovery.k8s.io" "v1" "endpointslices" [], Namespaced, [];
    Ingress "networking.k8s.io" "v1" "ingresses" ["ing"], Namespaced, ["status"];
    NetworkPolicy "networking.k8s.io" "v1" "networkpolicies" ["netpol"], Namespaced, [];
    StorageClass "storage.k8s.io" "v1" "storageclasses" ["sc"], Cluster, [];
    VolumeAttachment "storage.k8s.io" "v1" "volumeattachments" [], Cluster, ["status"];
    PriorityClass "scheduling.k8s.io" "v1" "priorityclasses" ["pc"], Cluster, [];
    Role "rbac.authorization.k8s.io" "v1" "roles" [], Namespaced, [];
    RoleBinding "rbac.authorization.k8s.io" "v1" "rolebindings" [], Namespaced, [];
    ClusterRole "rbac.authorization.k8s.io" "v1" "clusterroles" [], Cluster, [];
    ClusterRoleBinding "rbac.authorization.k8s.io" "v1" "clusterrolebindings" [], Cluster, [];
    CustomResourceDefinition "apiextensions.k8s.io" "v1" "customresourcedefinitions" ["crd", "crds"], Cluster, ["status"];
    APIService "apiregistration.k8s.io" "v1" "apiservices" [], Cluster, ["status"];
    CertificateSigningRequest "certificates.k8s.io" "v1" "certificatesigningrequests" ["csr"], Cluster, ["status", "approval"];
    ValidatingWebhookConfiguration "admissionregistration.k8s.io" "v1" "validatingwebhookconfigurations" [], Cluster, [];
    MutatingWebhookConfiguration "admissionregistration.k8s.io" "v1" "mutatingwebhookconfigurations" [], Cluster, [];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_at_the_place_of_their_kind() {
        for (at, row) in KINDS.iter().enumerate() {
            assert_eq!(row.kind as usize, at);
            assert_eq!(Kind::find(row.group, row.version, row.plural), Some(row.kind));
        }
        assert!(Kind::Pod.row().all && !Kind::Node.row().all);
    }
}
