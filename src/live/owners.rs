//! The chain of owners above an object, with the state of each: Pod, ReplicaSet, Deployment; a static pod belongs to its
//! node.
//!
//! Must not look at pods to judge an owner: it tells what the owner's own status says. A kind with a short state of its
//! own gets its arm in `state`.

use super::{Cell, Line, Tone, field, nodes, objects};
use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, ObjectKey, Owner, RowKey};
use crate::lang::t;

/// More owners than this are a circle.
const LONGEST: usize = 6;

/// The owners of an object, its own first: the name of the kind, and the key where opsbook knows the kind.
fn chain(world: &ClusterSnapshot, of: &ObjectKey) -> Vec<(Owner, Option<ObjectKey>)> {
    let mut out: Vec<(Owner, Option<ObjectKey>)> = Vec::new();
    let mut at = Some(of.clone());
    while let Some(key) = at.take().filter(|_| out.len() < LONGEST) {
        let Some(owner) = world.meta(&key).and_then(|m| m.owner.clone()) else { break };
        // A kind of another group may have the name of one of ours; then it is not found, and that is said.
        at = Kind::parse(&owner.kind).map(|kind| {
            let namespace = if kind.meta().namespaced { key.row.namespace.clone() } else { "".into() };
            ObjectKey { kind, row: RowKey::new(namespace, owner.name.clone()) }
        });
        out.push((owner, at.clone()));
    }
    out
}

/// The owner of an object, where opsbook can show it.
pub fn owner(world: &ClusterSnapshot, of: &ObjectKey) -> Option<ObjectKey> {
    chain(world, of).into_iter().next()?.1
}

/// What must be followed to tell the state of the owners.
pub(super) fn reads(world: &ClusterSnapshot, of: &ObjectKey) -> Vec<Interest> {
    let keys = chain(world, of).into_iter().filter_map(|(_, key)| key);
    keys.filter(|key| !key.kind.watched()).map(|key| Interest::one(&key)).collect()
}

/// A line for each owner.
pub(super) fn lines(world: &ClusterSnapshot, of: &ObjectKey) -> Vec<Line> {
    let owners = chain(world, of);
    if owners.is_empty() {
        return vec![field(t!("live-label-owner"), t!("live-owners-none"))];
    }
    let line = |(depth, (owner, key)): (usize, (Owner, Option<ObjectKey>))| {
        let mark = if depth == 0 { String::new() } else { format!("{}↳ ", "  ".repeat(depth - 1)) };
        let label = if depth == 0 { t!("live-label-owner") } else { "" };
        let mut line = field(label, format!("{mark}{} {}", owner.kind, owner.name));
        if let Some(key) = key {
            line.push(Cell::new("  ", Tone::Plain));
            line.push(state(world, &key));
        }
        line
    };
    owners.into_iter().enumerate().map(line).collect()
}

fn ready(part: i32, all: i32, words: String) -> Cell {
    Cell::new(words, if part < all { Tone::Warn } else { Tone::Good })
}

/// How an owner is, in a few words.
fn state(world: &ClusterSnapshot, key: &ObjectKey) -> Cell {
    let known = match key.kind {
        Kind::ReplicaSet => world.replica_sets.get(&key.row).map(|r| {
            let words = match r.revision {
                revision if revision > 0 => {
                    t!("live-owners-ready-revision", ready = r.ready, wanted = r.desired, revision = revision)
                }
                _ => t!("live-ready", ready = r.ready, wanted = r.desired),
            };
            ready(r.ready, r.desired, words)
        }),
        Kind::Deployment => world.deployments.get(&key.row).map(|d| {
            let (available, wanted, revision) = (d.available, d.desired, d.revision);
            let words = if d.paused {
                t!(
                    "live-owners-available-paused",
                    available = available,
                    wanted = wanted,
                    revision = revision
                )
            } else {
                t!("live-owners-available", available = available, wanted = wanted, revision = revision)
            };
            ready(available, wanted, words)
        }),
        Kind::StatefulSet => world
            .stateful_sets
            .get(&key.row)
            .map(|s| ready(s.ready, s.desired, t!("live-ready", ready = s.ready, wanted = s.desired))),
        Kind::DaemonSet => world
            .daemon_sets
            .get(&key.row)
            .map(|d| ready(d.ready, d.desired, t!("live-ready", ready = d.ready, wanted = d.desired))),
        Kind::Node => world.nodes.get(&key.row).map(|n| nodes::status(n)),
        _ => match world.object(key) {
            Looked::Present(row) => Some(objects::status(row)),
            Looked::Absent => None,
            Looked::Reading => return Cell::new(t!("live-is-being-read"), Tone::Faint),
            Looked::Failed(why) => return Cell::new(t!("live-cannot-be-read", why = why), Tone::Warn),
        },
    };
    let complete = !key.kind.watched() || world.sync(key.kind).complete();
    known.unwrap_or_else(|| {
        let words = if complete { t!("live-not-in-the-cluster") } else { t!("live-owners-not-known") };
        Cell::new(words, Tone::Warn)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DeploymentRow, ReplicaSetRow};
    use crate::testing::{World, meta, node, pod};

    fn texts(world: &World, key: &ObjectKey) -> Vec<String> {
        let text = |line: &Line| line.iter().map(|c| c.text.as_str()).collect::<String>();
        lines(&world.0, key).iter().map(text).collect()
    }

    #[test]
    fn the_chain_of_a_pod_goes_up_to_its_deployment_with_the_state_of_each() {
        let mut set = ReplicaSetRow { meta: meta("shop", "api"), desired: 3, ready: 2, ..Default::default() };
        set.meta.owner = Some(Owner { kind: "Deployment".into(), name: "web".into() });
        let top = DeploymentRow { meta: meta("shop", "web"), desired: 3, available: 3, ..Default::default() };
        let world = World::new()
            .with(|w| &mut w.replica_sets, set)
            .with(|w| &mut w.deployments, top)
            .pod(pod("shop", "api-1", "w"));
        let key = ObjectKey::new(Kind::Pod, "shop", "api-1");
        let lines = texts(&world, &key);
        assert!(lines[0].contains("ReplicaSet api  2/3 ready"), "{lines:?}");
        assert!(lines[1].contains("↳ Deployment web  3/3 available"), "{lines:?}");
        assert_eq!(owner(&world.0, &key), Some(ObjectKey::new(Kind::ReplicaSet, "shop", "api")));
    }

    #[test]
    fn a_static_pod_belongs_to_its_node_and_a_bare_one_to_nobody() {
        let (mut mirror, mut bare) = (pod("kube-system", "etcd-w", "w"), pod("shop", "lone", "w"));
        mirror.meta.owner = Some(Owner { kind: "Node".into(), name: "w".into() });
        bare.meta.owner = None;
        let mut set = pod("shop", "db-0", "w");
        set.meta.owner = Some(Owner { kind: "StatefulSet".into(), name: "db".into() });
        let mut once = pod("shop", "once-0", "w");
        once.meta.owner = Some(Owner { kind: "Job".into(), name: "once".into() });
        let world = World::new().node(node("w", "True", "", 9)).pod(mirror).pod(bare).pod(set).pod(once);
        let of = |ns, name| ObjectKey::new(Kind::Pod, ns, name);
        assert!(texts(&world, &of("kube-system", "etcd-w"))[0].contains("Node w  ✔ Ready"));
        assert!(texts(&world, &of("shop", "lone"))[0].contains("none"));
        assert!(texts(&world, &of("shop", "db-0"))[0].contains("StatefulSet db"));
        assert!(texts(&world, &of("shop", "once-0"))[0].contains("is being read"));
        let read = reads(&world.0, &of("shop", "once-0"));
        assert_eq!(read, [Interest::one(&ObjectKey::new(Kind::Job, "shop", "once"))]);
    }
}
