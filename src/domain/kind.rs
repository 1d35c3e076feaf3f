//! The kinds of Kubernetes objects that opsbook watches: one table, a line each.

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
    ($($kind:ident $group:literal $version:literal $plural:literal $namespaced:literal [$($alias:literal),*];)*) => {
        /// A kind of object that opsbook watches.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind { $($kind),* }

        impl Kind {
            /// Every kind, in the order of the explorer's list.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind),*];

            /// The table's line of this kind.
            pub fn meta(self) -> &'static KindMeta {
                match self {
                    $(Kind::$kind => {
                        const META: KindMeta = KindMeta {
                            name: stringify!($kind), group: $group, version: $version, plural: $plural,
                            aliases: &[$($alias),*], namespaced: $namespaced,
                        };
                        &META
                    })*
                }
            }
        }
    };
}

kinds! {
    Node "" "v1" "nodes" false ["node", "no"];
    Pod "" "v1" "pods" true ["pod", "po"];
    Event "" "v1" "events" true ["event", "ev"];
    Namespace "" "v1" "namespaces" false ["namespace", "ns"];
    Deployment "apps" "v1" "deployments" true ["deployment", "deploy", "dp"];
    ReplicaSet "apps" "v1" "replicasets" true ["replicaset", "rs"];
    DaemonSet "apps" "v1" "daemonsets" true ["daemonset", "ds"];
    PodDisruptionBudget "policy" "v1" "poddisruptionbudgets" true ["poddisruptionbudget", "pdb"];
    Lease "coordination.k8s.io" "v1" "leases" true ["lease"];
}

impl Kind {
    /// Number of kinds, for arrays indexed by kind.
    pub const COUNT: usize = Kind::ALL.len();

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
            Some(ns) if m.namespaced => format!("{root}/namespaces/{ns}/{}", m.plural),
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
