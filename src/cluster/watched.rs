//! The kinds that are watched: for each its wire message, its row, and where the snapshot keeps it.
//! To watch one more kind, add its line here (after its row, wire message and conversion).

use imbl::{OrdMap, OrdSet};
use prost::Message;
use serde::de::DeserializeOwned;

use super::intern::Interner;
use super::wire::{convert, core, workload};
use crate::domain::{
    ClusterSnapshot, DaemonSetRow, DeploymentRow, EventRow, Kind, LeaseRow, NamespaceRow, NodeRow, PdbRow,
    PodRow, ReplicaSetRow, Row, RowKey, StatefulSetRow, Store, Str,
};

/// A kind that is watched.
pub trait Watched: Row + Sized + Send + Sync + 'static {
    const KIND: Kind;
    /// The slim message that is read from the wire.
    type Wire: Message + DeserializeOwned + Default + Send;
    fn from_wire(wire: Self::Wire, strings: &mut Interner) -> Self;
    fn store(world: &mut ClusterSnapshot) -> &mut Store<Self>;
    /// Keeps the snapshot's indexes true after a row changed.
    fn index(_world: &mut ClusterSnapshot, _before: Option<&Self>, _after: Option<&Self>) {}
}

macro_rules! watched {
    ($($row:ty, $kind:ident, $wire:ty, $convert:path, $store:ident $(, $index:path)?;)*) => {
        $(impl Watched for $row {
            const KIND: Kind = Kind::$kind;
            type Wire = $wire;
            fn from_wire(wire: $wire, strings: &mut Interner) -> Self { $convert(wire, strings) }
            fn store(world: &mut ClusterSnapshot) -> &mut Store<Self> { &mut world.$store }
            $(fn index(world: &mut ClusterSnapshot, before: Option<&Self>, after: Option<&Self>) {
                $index(world, before, after);
            })?
        })*

        /// Calls a macro-like visitor once for each watched kind.
        pub fn each(visitor: &mut impl Visitor) {
            $(visitor.visit::<$row>();)*
        }
    };
}

/// Something that is done for every watched kind.
pub trait Visitor {
    fn visit<R: Watched>(&mut self);
}

// The order is the order in which the watches start: what the first screen shows comes first.
watched! {
    NodeRow, Node, core::Node, convert::node, nodes;
    PodRow, Pod, core::Pod, convert::pod, pods, index_pod;
    LeaseRow, Lease, core::Lease, convert::lease, leases;
    EventRow, Event, core::Event, convert::event, events, index_event;
    NamespaceRow, Namespace, core::Namespace, convert::namespace, namespaces;
    DeploymentRow, Deployment, workload::Deployment, convert::deployment, deployments;
    ReplicaSetRow, ReplicaSet, workload::ReplicaSet, convert::replica_set, replica_sets;
    StatefulSetRow, StatefulSet, workload::StatefulSet, convert::stateful_set, stateful_sets;
    DaemonSetRow, DaemonSet, workload::DaemonSet, convert::daemon_set, daemon_sets;
    PdbRow, PodDisruptionBudget, workload::PodDisruptionBudget, convert::pdb, pdbs;
}

type Index<K> = OrdMap<K, OrdSet<RowKey>>;

fn reindex<K: Ord + Clone>(index: &mut Index<K>, before: Option<(K, RowKey)>, after: Option<(K, RowKey)>) {
    if before == after {
        return;
    }
    if let Some((place, key)) = before
        && let Some(set) = index.get_mut(&place)
    {
        set.remove(&key);
        if set.is_empty() {
            index.remove(&place);
        }
    }
    if let Some((place, key)) = after {
        index.entry(place).or_default().insert(key);
    }
}

fn index_pod(world: &mut ClusterSnapshot, before: Option<&PodRow>, after: Option<&PodRow>) {
    let place = |pod: &PodRow| (!pod.node.is_empty()).then(|| (pod.node.clone(), pod.meta.key()));
    reindex(&mut world.pods_by_node, before.and_then(place), after.and_then(place));
    world.count_pod(before, after);
}

fn index_event(world: &mut ClusterSnapshot, before: Option<&EventRow>, after: Option<&EventRow>) {
    let place = |event: &EventRow| {
        let namespaced = Kind::parse(&event.about_kind).is_none_or(|k| k.meta().namespaced);
        let namespace = if namespaced { event.about_namespace.clone() } else { Str::from("") };
        let about = RowKey { namespace, name: event.about_name.clone() };
        ((event.about_kind.clone(), about), event.meta.key())
    };
    reindex(&mut world.events_by_object, before.map(place), after.map(place));
}
