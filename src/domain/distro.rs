//! Which distribution of Kubernetes a cluster is, by what its nodes say. Pure.
//!
//! Must not guess: where no node carries a mark that only one distribution makes, it is not known. To add one, add its
//! word and title, and its mark in [`Distro::of_node`].

use super::{ClusterSnapshot, NodeRow};
use crate::lang::t;

/// So many nodes are asked; where these say nothing, the others do not either.
const ASKED: usize = 50;

/// A distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distro {
    Kubeadm,
    Eks,
    Gke,
    Aks,
    K3s,
    Rke2,
    OpenShift,
    Practice,
}

impl Distro {
    /// All of them with the word of runbooks and the name that its makers gave it.
    pub const ALL: [(&'static str, &'static str, Distro); 8] = [
        ("kubeadm", "kubeadm", Distro::Kubeadm),
        ("eks", "EKS", Distro::Eks),
        ("gke", "GKE", Distro::Gke),
        ("aks", "AKS", Distro::Aks),
        ("k3s", "k3s", Distro::K3s),
        ("rke2", "RKE2", Distro::Rke2),
        ("openshift", "OpenShift", Distro::OpenShift),
        ("practice", "practice", Distro::Practice),
    ];

    /// The name for people.
    pub fn title(self) -> &'static str {
        if self == Distro::Practice {
            return t!("domain-distro-practice");
        }
        Self::ALL.iter().find(|(_, _, d)| *d == self).map_or("", |(_, title, _)| title)
    }

    /// Whether a runbook with this word is for it. The practice cluster is built as kubeadm builds one, and `managed` is
    /// whichever cloud runs the control plane.
    pub fn is(self, word: &str) -> bool {
        match word {
            "managed" => matches!(self, Distro::Eks | Distro::Gke | Distro::Aks),
            "kubeadm" => matches!(self, Distro::Kubeadm | Distro::Practice),
            _ => Self::ALL.iter().any(|(known, _, d)| *known == word && *d == self),
        }
    }

    /// Whether a runbook may name it.
    pub fn known(word: &str) -> bool {
        word == "managed" || Self::ALL.iter().any(|(known, ..)| *known == word)
    }

    fn of_node(node: &NodeRow) -> Option<Distro> {
        let label = |prefix: &str| node.meta.labels.iter().any(|(k, _)| k.starts_with(prefix));
        let kind = node.meta.label("node.kubernetes.io/instance-type").unwrap_or_default();
        let kubelet = |mark: &str| node.kubelet.contains(mark);
        let found = [
            (label("eks.amazonaws.com/") || kubelet("-eks-"), Distro::Eks),
            (label("cloud.google.com/gke-") || kubelet("-gke."), Distro::Gke),
            (label("kubernetes.azure.com/"), Distro::Aks),
            (kubelet("+rke2") || kind == "rke2", Distro::Rke2),
            (kubelet("+k3s") || kind == "k3s", Distro::K3s),
            (
                label("node.openshift.io/") || node.os.starts_with("Red Hat Enterprise Linux CoreOS"),
                Distro::OpenShift,
            ),
            (node.kubeadm, Distro::Kubeadm),
        ];
        found.iter().find(|(fits, _)| *fits).map(|(_, distro)| *distro)
    }
}

impl ClusterSnapshot {
    /// Which distribution it is, as far as its nodes tell.
    pub fn distro(&self) -> Option<Distro> {
        if self.info.practice {
            return Some(Distro::Practice);
        }
        self.nodes.iter().take(ASKED).find_map(|node| Distro::of_node(node))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Meta, Str};

    fn of(labels: &[(&str, &str)], kubelet: &str, os: &str) -> Option<Distro> {
        let labels = labels.iter().map(|(k, v)| (Str::from(*k), Str::from(*v))).collect();
        let meta = Meta { name: "n".into(), labels, ..Meta::default() };
        let mut world = ClusterSnapshot::default();
        world.nodes.insert(NodeRow { meta, kubelet: kubelet.into(), os: os.into(), ..NodeRow::default() });
        world.distro()
    }

    #[test]
    fn each_is_known_by_a_mark_of_its_own() {
        let group = [("eks.amazonaws.com/nodegroup", "a")];
        assert_eq!(of(&group, "v1.30.1", ""), Some(Distro::Eks));
        assert_eq!(of(&[], "v1.30.1-eks-aeac579", ""), Some(Distro::Eks));
        assert_eq!(of(&[], "v1.30.1-gke.1156000", ""), Some(Distro::Gke));
        assert_eq!(of(&[("kubernetes.azure.com/cluster", "x")], "v1.30.1", ""), Some(Distro::Aks));
        assert_eq!(of(&[], "v1.30.1+k3s1", ""), Some(Distro::K3s));
        assert_eq!(of(&[], "v1.30.1+rke2r1", ""), Some(Distro::Rke2));
        assert_eq!(of(&[], "v1.30.1", "Red Hat Enterprise Linux CoreOS 416.94"), Some(Distro::OpenShift));
        assert_eq!(of(&[], "v1.30.1", "Debian GNU/Linux 12"), None, "any cluster may look so");
        let mut world = ClusterSnapshot::default();
        world.nodes.insert(NodeRow { kubeadm: true, ..NodeRow::default() });
        assert_eq!(world.distro(), Some(Distro::Kubeadm));
    }

    #[test]
    fn words_stand_for_one_or_for_all_managed_ones() {
        assert!(Distro::Eks.is("managed") && Distro::Eks.is("eks") && !Distro::Eks.is("kubeadm"));
        assert!(Distro::Practice.is("kubeadm") && !Distro::K3s.is("managed"));
        assert!(Distro::known("openshift") && Distro::known("managed") && !Distro::known("talos"));
    }
}
