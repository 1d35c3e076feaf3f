//! One immutable picture of the cluster. Everything on screen comes from one generation.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};

use super::Meta;
use super::{
    ClusterInfo, DaemonSetRow, DeploymentRow, EventRow, Finding, Followed, Interest, Kind, LeaseRow, Looked,
    NamespaceRow, Namespaces, NodeRow, ObjectKey, ObjectRow, Owner, PdbRow, PodRow, ReplicaSetRow, Row,
    RowKey, StatefulSetRow, Store, Str, SyncState, Timestamp,
};
use crate::lang::t;

/// The rows of all kinds at one moment, with the findings that follow from them. A clone is cheap.
#[derive(Clone, Debug, Default)]
pub struct ClusterSnapshot {
    /// Grows with every snapshot.
    pub generation: u64,
    /// When it was assembled, by the runtime's clock.
    pub taken: Timestamp,
    pub info: Arc<ClusterInfo>,
    /// The only namespaces that are seen of a kind, where the whole cluster is forbidden.
    pub scopes: [Option<Namespaces>; Kind::COUNT],
    /// The latest look that each kind was heard of since.
    pub looks: [u64; Kind::COUNT],
    /// How many seconds the clock of this machine is ahead of the API server's, where that is worth a word; below zero
    /// it is behind.
    pub ahead: i64,
    /// State of each watched kind, in the order of `Kind::WATCHED`.
    pub sync: [SyncState; Kind::COUNT],
    pub nodes: Store<NodeRow>,
    pub leases: Store<LeaseRow>,
    pub pods: Store<PodRow>,
    pub events: Store<EventRow>,
    pub namespaces: Store<NamespaceRow>,
    pub deployments: Store<DeploymentRow>,
    pub replica_sets: Store<ReplicaSetRow>,
    pub stateful_sets: Store<StatefulSetRow>,
    pub daemon_sets: Store<DaemonSetRow>,
    pub pdbs: Store<PdbRow>,
    /// Pods that are ready, or need not be: kept by the assembler, since nobody counts thirty thousand pods
    /// for every frame.
    pub pods_well: usize,
    /// Ready pods by their namespace and owner, kept as the number above.
    pub ready_by_owner: OrdMap<(Str, Owner), usize>,
    /// Pods by the node that carries them.
    pub pods_by_node: OrdMap<Str, OrdSet<RowKey>>,
    /// Events by the object that they are about: kind name, then namespace and name.
    pub events_by_object: OrdMap<(Str, RowKey), OrdSet<RowKey>>,
    /// Objects of which something asked: one, or a collection.
    pub followed: OrdMap<Interest, Followed>,
    /// Ranked, symptoms folded under their causes.
    pub findings: Arc<[Finding]>,
}

impl ClusterSnapshot {
    /// One followed object, whether it was asked for by name or came with a collection.
    pub fn object(&self, key: &ObjectKey) -> Looked<'_> {
        let within = Interest::within(key.kind, key.row.namespace.clone());
        let asked = [Interest::one(key), within, Interest::all(key.kind)];
        let found = asked.iter().filter_map(|i| self.followed.get(i));
        let mut answer = Looked::Reading;
        for followed in found {
            if let Some(row) = followed.rows.get(&key.row) {
                return Looked::Present(row);
            }
            answer = match &followed.state {
                state if state.complete() && followed.covers(key.namespace()) => return Looked::Absent,
                SyncState::Forbidden(verb) => {
                    Looked::Failed(t!("domain-may-not", verb = verb, plural = key.kind.meta().plural))
                }
                SyncState::NotServed => {
                    Looked::Failed(t!("domain-not-served", plural = key.kind.meta().plural))
                }
                SyncState::Failed { why, .. } => Looked::Failed(why.to_string()),
                _ => answer,
            };
        }
        answer
    }

    /// The rows of a followed collection, none while they are not known.
    pub fn objects<'a>(
        &'a self,
        interest: &Interest,
    ) -> Option<impl Iterator<Item = &'a Arc<ObjectRow>> + use<'a>> {
        let followed = self.followed.get(interest)?;
        followed.state.complete().then(|| followed.rows.values())
    }

    pub fn node(&self, name: &str) -> Option<&Arc<NodeRow>> {
        self.nodes.find("", name)
    }

    /// The lease that a node's kubelet renews.
    pub fn node_lease(&self, name: &str) -> Option<&Arc<LeaseRow>> {
        self.leases.find("kube-node-lease", name)
    }

    /// Pods bound to a node.
    pub fn pods_on<'a>(&'a self, node: &str) -> impl Iterator<Item = &'a Arc<PodRow>> + 'a {
        self.pods_by_node.get(node).into_iter().flatten().filter_map(|key| self.pods.get(key))
    }

    /// Events about an object, in no particular order.
    pub fn events_about<'a>(&'a self, key: &ObjectKey) -> impl Iterator<Item = &'a Arc<EventRow>> + 'a {
        let about = if key.kind.meta().namespaced { key.row.clone() } else { RowKey::new("", key.name()) };
        let about = (Str::from(key.kind.name()), about);
        self.events_by_object.get(&about).into_iter().flatten().filter_map(|key| self.events.get(key))
    }

    /// Takes a pod's change into the numbers that are kept beside the rows.
    pub fn count_pod(&mut self, before: Option<&PodRow>, after: Option<&PodRow>) {
        let well = |pod: Option<&PodRow>| usize::from(pod.is_some_and(|p| p.ready() || !p.active()));
        self.pods_well = (self.pods_well + well(after)).saturating_sub(well(before));
        let owned = |pod: &PodRow| {
            let owner = pod.meta.owner.as_ref().filter(|_| pod.ready())?;
            Some((pod.meta.namespace.clone(), owner.clone()))
        };
        let (before, after) = (before.and_then(owned), after.and_then(owned));
        if before == after {
            return;
        }
        if let Some(place) = before {
            match self.ready_by_owner.get_mut(&place) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(self.ready_by_owner.remove(&place)),
            }
        }
        if let Some(place) = after {
            *self.ready_by_owner.entry(place).or_default() += 1;
        }
    }

    /// Ready pods of the same owner, without this one; none for a pod without an owner.
    pub fn ready_siblings(&self, pod: &PodRow) -> usize {
        let Some(owner) = &pod.meta.owner else { return 0 };
        let place = (pod.meta.namespace.clone(), owner.clone());
        let all = self.ready_by_owner.get(&place).copied().unwrap_or(0);
        all - usize::from(pod.ready()).min(all)
    }

    /// Budgets that select a pod.
    pub fn budgets_of<'a>(&'a self, pod: &'a PodRow) -> impl Iterator<Item = &'a Arc<PdbRow>> + 'a {
        self.pdbs.in_namespace(&pod.meta.namespace).filter(|pdb| pdb.selector.matches(&pod.meta))
    }

    /// The workload at the top of a pod's owners: a Deployment where its ReplicaSet belongs to one.
    pub fn workload_of(&self, pod: &PodRow) -> Option<(Str, RowKey)> {
        let owner = pod.meta.owner.as_ref()?;
        let namespace = &pod.meta.namespace;
        if &*owner.kind == "ReplicaSet"
            && let Some(set) = self.replica_sets.find(namespace, &owner.name)
            && let Some(above) = &set.meta.owner
        {
            return Some((above.kind.clone(), RowKey::new(namespace.clone(), above.name.clone())));
        }
        Some((owner.kind.clone(), RowKey::new(namespace.clone(), owner.name.clone())))
    }

    /// The ReplicaSets of a Deployment.
    fn sets_of<'a>(
        &'a self,
        namespace: &'a str,
        deployment: &'a str,
    ) -> impl Iterator<Item = &'a Arc<ReplicaSetRow>> + 'a {
        let owned = move |set: &&Arc<ReplicaSetRow>| {
            set.meta.owner.as_ref().is_some_and(|o| &*o.kind == "Deployment" && &*o.name == deployment)
        };
        self.replica_sets.in_namespace(namespace).filter(owned)
    }

    /// The ReplicaSet of a Deployment's newest revision.
    pub fn newest_set<'a>(
        &'a self,
        namespace: &'a str,
        deployment: &'a str,
    ) -> Option<&'a Arc<ReplicaSetRow>> {
        self.sets_of(namespace, deployment).max_by_key(|set| set.revision)
    }

    /// A pod of an older revision of a Deployment that still runs and that nobody has deleted yet. The
    /// Deployment's own numbers come by another watch than the pods, so they can be ahead of what is seen here.
    pub fn old_pod<'a>(&'a self, namespace: &'a str, deployment: &'a str) -> Option<&'a Arc<PodRow>> {
        let newest = self.newest_set(namespace, deployment)?;
        let old: Vec<_> =
            self.sets_of(namespace, deployment).filter(|s| s.revision < newest.revision).collect();
        let of_old = |pod: &&Arc<PodRow>| {
            let owner = pod.meta.owner.as_ref().filter(|o| &*o.kind == "ReplicaSet");
            pod.active()
                && pod.meta.deleting.is_none()
                && owner.is_some_and(|o| old.iter().any(|set| set.meta.name == o.name))
        };
        self.pods.in_namespace(namespace).find(of_old)
    }

    /// The uid and version by which a plan is pinned to an object.
    pub fn identity(&self, key: &ObjectKey) -> Option<(&str, &str)> {
        let meta = self.meta(key)?;
        Some((&meta.uid, &meta.version))
    }
}

/// Calls the body with the store of a watched kind, whatever its rows are; other kinds have none.
macro_rules! with_store {
    ($world:expr, $kind:expr, |$store:ident| $body:expr, else $rest:expr) => {
        match $kind {
            Kind::Node => {
                let $store = &$world.nodes;
                $body
            }
            Kind::Pod => {
                let $store = &$world.pods;
                $body
            }
            Kind::Event => {
                let $store = &$world.events;
                $body
            }
            Kind::Namespace => {
                let $store = &$world.namespaces;
                $body
            }
            Kind::Deployment => {
                let $store = &$world.deployments;
                $body
            }
            Kind::ReplicaSet => {
                let $store = &$world.replica_sets;
                $body
            }
            Kind::StatefulSet => {
                let $store = &$world.stateful_sets;
                $body
            }
            Kind::DaemonSet => {
                let $store = &$world.daemon_sets;
                $body
            }
            Kind::PodDisruptionBudget => {
                let $store = &$world.pdbs;
                $body
            }
            Kind::Lease => {
                let $store = &$world.leases;
                $body
            }
            _ => $rest,
        }
    };
}

impl ClusterSnapshot {
    /// What every object carries, of an object of any kind.
    pub fn meta(&self, key: &ObjectKey) -> Option<&Meta> {
        let followed = || match self.object(key) {
            Looked::Present(row) => Some(&row.meta),
            _ => None,
        };
        with_store!(self, key.kind, |store| store.get(&key.row).map(|row| row.meta()), else followed())
    }

    /// Number of objects of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        let followed = || self.followed.get(&Interest::all(kind)).map_or(0, |f| f.rows.len());
        with_store!(self, kind, |store| store.len(), else followed())
    }

    /// Calls `visit` with the key of every object of a kind, sorted by namespace and name.
    pub fn each_key(&self, kind: Kind, mut visit: impl FnMut(RowKey)) {
        let followed = |visit: &mut dyn FnMut(RowKey)| {
            self.objects(&Interest::all(kind)).into_iter().flatten().for_each(|row| visit(row.meta.key()));
        };
        with_store!(self, kind, |store| store.iter().for_each(|row| visit(row.meta().key())), else followed(&mut visit));
    }

    /// How many changes a kind has seen.
    pub fn seq(&self, kind: Kind) -> u64 {
        let followed = || self.followed.get(&Interest::all(kind)).map_or(0, |f| f.seq);
        with_store!(self, kind, |store| store.seq(), else followed())
    }

    /// The keys of the objects that changed after `seq`, or none when that is forgotten, as it always is for
    /// kinds that are not watched.
    pub fn changed_keys(&self, kind: Kind, seq: u64) -> Option<Vec<RowKey>> {
        with_store!(self, kind, |store| store
            .since(seq)
            .map(|changes| changes.map(|c| c.key.clone()).collect()), else None)
    }
}
