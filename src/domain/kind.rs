//! The kinds of Kubernetes objects that opsbook knows: one table, a line each. Some are watched as a whole,
//! from the first moment; of the others single objects are followed when something asks for them.

use serde::{Deserialize, Serialize};

/// What the API calls a kind, and what an operator may type for it.
#[derive(Debug)]
pub struct KindMeta {
    /// `Pod`
    pub name: &'static str,
    /// API group, empty for core.
    pub group: &'static str,
    pub version: &'static str,
    /// `pods`, as in request paths.
    pub plural: &'static str,
    /// Singular and short names, as kubectl takes them.
    pub aliases: &'static [&'static str],
    pub namespaced: bool,
}

macro_rules! kinds {
    (
        watched { $($kind:ident $group:literal $version:literal $plural:literal $namespaced:literal [$($alias:literal),*];)* }
        followed { $($kind2:ident $group2:literal $version2:literal $plural2:literal $namespaced2:literal [$($alias2:literal),*];)* }
    ) => {
        /// A kind of object. The watched ones come first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind { $($kind,)* $($kind2,)*
            /// No kind of the API: a machine that scripts run on. It is in no list and has no path.
            Machine,
        }

        impl Kind {
            /// The kinds that are watched as a whole, in the order of the explorer's list.
            pub const WATCHED: &'static [Kind] = &[$(Kind::$kind),*];

            /// Every kind that an API server may serve.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind,)* $(Kind::$kind2,)*];

            /// The table's line of this kind.
            pub fn meta(self) -> &'static KindMeta {
                const TABLE: &[KindMeta] = &[
                    $(KindMeta {
                        name: stringify!($kind), group: $group, version: $version, plural: $plural,
                        aliases: &[$($alias),*], namespaced: $namespaced,
                    },)*
                    $(KindMeta {
                        name: stringify!($kind2), group: $group2, version: $version2, plural: $plural2,
                        aliases: &[$($alias2),*], namespaced: $namespaced2,
                    },)*
                    KindMeta {
                        name: "Machine", group: "", version: "", plural: "machines", aliases: &[], namespaced: false,
                    },
                ];
                &TABLE[self as usize]
            }
        }
    };
}

kinds! {
    watched {
        Node "" "v1" "nodes" false ["node", "no"];
        Pod "" "v1" "pods" true ["pod", "po"];
        Event "" "v1" "events" true ["event", "ev"];
        Namespace "" "v1" "namespaces" false ["namespace", "ns"];
        Deployment "apps" "v1" "deployments" true ["deployment", "deploy", "dp"];
        ReplicaSet "apps" "v1" "replicasets" true ["replicaset", "rs"];
        StatefulSet "apps" "v1" "statefulsets" true ["statefulset", "sts"];
        DaemonSet "apps" "v1" "daemonsets" true ["daemonset", "ds"];
        PodDisruptionBudget "policy" "v1" "poddisruptionbudgets" true ["poddisruptionbudget", "pdb"];
        Lease "coordination.k8s.io" "v1" "leases" true ["lease"];
    }
    followed {
        ControllerRevision "apps" "v1" "controllerrevisions" true ["controllerrevision"];
        Job "batch" "v1" "jobs" true ["job"];
        CronJob "batch" "v1" "cronjobs" true ["cronjob", "cj"];
        HorizontalPodAutoscaler "autoscaling" "v2" "horizontalpodautoscalers" true ["horizontalpodautoscaler", "hpa"];
        Service "" "v1" "services" true ["service", "svc"];
        EndpointSlice "discovery.k8s.io" "v1" "endpointslices" true ["endpointslice"];
        ConfigMap "" "v1" "configmaps" true ["configmap", "cm"];
        Secret "" "v1" "secrets" true ["secret"];
        ServiceAccount "" "v1" "serviceaccounts" true ["serviceaccount", "sa"];
        ResourceQuota "" "v1" "resourcequotas" true ["resourcequota", "quota"];
        LimitRange "" "v1" "limitranges" true ["limitrange", "limits"];
        PersistentVolumeClaim "" "v1" "persistentvolumeclaims" true ["persistentvolumeclaim", "pvc"];
        PersistentVolume "" "v1" "persistentvolumes" false ["persistentvolume", "pv"];
        StorageClass "storage.k8s.io" "v1" "storageclasses" false ["storageclass", "sc"];
        VolumeAttachment "storage.k8s.io" "v1" "volumeattachments" false ["volumeattachment", "va"];
        Ingress "networking.k8s.io" "v1" "ingresses" true ["ingress", "ing"];
        NetworkPolicy "networking.k8s.io" "v1" "networkpolicies" true ["networkpolicy", "netpol"];
        PriorityClass "scheduling.k8s.io" "v1" "priorityclasses" false ["priorityclass", "pc"];
        Role "rbac.authorization.k8s.io" "v1" "roles" true ["role"];
        RoleBinding "rbac.authorization.k8s.io" "v1" "rolebindings" true ["rolebinding"];
        ClusterRole "rbac.authorization.k8s.io" "v1" "clusterroles" false ["clusterrole"];
        ClusterRoleBinding "rbac.authorization.k8s.io" "v1" "clusterrolebindings" false ["clusterrolebinding"];
        CustomResourceDefinition "apiextensions.k8s.io" "v1" "customresourcedefinitions" false ["customresourcedefinition", "crd"];
        APIService "apiregistration.k8s.io" "v1" "apiservices" false ["apiservice"];
        CertificateSigningRequest "certificates.k8s.io" "v1" "certificatesigningrequests" false ["certificatesigningrequest", "csr"];
        ValidatingWebhookConfiguration "admissionregistration.k8s.io" "v1" "validatingwebhookconfigurations" false ["validatingwebhookconfiguration", "vwc"];
        MutatingWebhookConfiguration "admissionregistration.k8s.io" "v1" "mutatingwebhookconfigurations" false ["mutatingwebhookconfiguration", "mwc"];
    }
}

impl Kind {
    /// Number of watched kinds, for arrays indexed by one.
    pub const COUNT: usize = Kind::WATCHED.len();

    /// Whether every object of the kind is kept, from the first moment.
    pub fn watched(self) -> bool {
        (self as usize) < Kind::COUNT
    }

    /// Finds a kind by its plural, singular, short name or kind name, in any case.
    pub fn parse(text: &str) -> Option<Kind> {
        let wanted = text.trim().to_ascii_lowercase();
        let matches = |k: &Kind| {
            let m = k.meta();
            wanted == m.plural
                || wanted == m.name.to_ascii_lowercase()
                || m.aliases.contains(&wanted.as_str())
        };
        Kind::ALL.iter().copied().find(matches)
    }

    /// `Pod`, as in manifests.
    pub fn name(self) -> &'static str {
        self.meta().name
    }

    /// `v1` or `apps/v1`.
    pub fn api_version(self) -> String {
        let m = self.meta();
        if m.group.is_empty() { m.version.to_owned() } else { format!("{}/{}", m.group, m.version) }
    }

    /// The request path of a collection: all namespaces, or one.
    pub fn path(self, namespace: Option<&str>) -> String {
        let m = self.meta();
        let root = if m.group.is_empty() {
            format!("/api/{}", m.version)
        } else {
            format!("/apis/{}/{}", m.group, m.version)
        };
        match namespace {
            Some(ns) if m.namespaced => format!("{root}/namespaces/{}/{}", super::segment(ns), m.plural),
            _ => format!("{root}/{}", m.plural),
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_by_what_kubectl_takes() {
        for (text, kind) in [("po", Kind::Pod), ("Nodes", Kind::Node), ("pdb", Kind::PodDisruptionBudget)] {
            assert_eq!(Kind::parse(text), Some(kind));
        }
        assert_eq!(Kind::parse("gizmo"), None);
    }

    #[test]
    fn the_table_has_each_kind_in_its_place() {
        for kind in Kind::ALL {
            assert_eq!(kind.name(), format!("{kind:?}"));
        }
        assert!(Kind::Lease.watched() && Kind::StatefulSet.watched() && !Kind::Job.watched());
        assert_eq!(Kind::WATCHED, &Kind::ALL[..Kind::COUNT]);
    }

    #[test]
    fn no_name_belongs_to_two_kinds() {
        let mut seen = std::collections::BTreeMap::new();
        for kind in Kind::ALL {
            for name in kind.meta().aliases.iter().chain([&kind.meta().plural]) {
                assert_eq!(seen.insert(*name, kind), None, "{name} twice");
            }
        }
    }

    #[test]
    fn paths_follow_the_api() {
        assert_eq!(Kind::Pod.path(None), "/api/v1/pods");
        assert_eq!(Kind::Deployment.path(Some("shop")), "/apis/apps/v1/namespaces/shop/deployments");
        assert_eq!(Kind::Node.path(Some("ignored")), "/api/v1/nodes");
    }
}
