//! What is not known, in words: what cannot be read, and a picture that may not be one of now. Nothing of it is a fault;
//! but while a line of it stands, nobody may call the cluster well.
//!
//! To add one, say what is missing, and for what it would be needed.

use super::REGISTRY;
use crate::domain::{ClusterSnapshot, Kind, SyncState, Timestamp, age};
use crate::lang::{Msg, msg, t};

/// What no detector looks at, for those who read that nothing is wrong.
pub const NOT_WATCHED: Msg = msg!("detect-not-watched");

/// In a cluster that lives some lease is renewed every few seconds (each node's every ten). Our clock may differ from the
/// cluster's by a few minutes; more is a standstill.
const STANDSTILL_SECONDS: i64 = 300;

/// What is not known at a moment: a detector whose kinds cannot be read must not look healthy.
pub fn unknown(world: &ClusterSnapshot, now: Timestamp) -> Vec<String> {
    let mut out = Vec::new();
    for kind in Kind::WATCHED {
        let blind = REGISTRY.iter().filter(|d| d.meta().kinds.contains(kind)).map(|d| d.meta().id);
        let blind = blind.collect::<Vec<_>>().join(", ");
        if !blind.is_empty() {
            out.extend(why(*kind, world, &blind));
        }
    }
    out.extend(standstill(world, now));
    out
}

/// Why the objects of a kind are not known, with the detectors that need them; none where they are.
fn why(kind: Kind, world: &ClusterSnapshot, blind: &str) -> Option<String> {
    let kinds = kind.meta().plural;
    Some(match world.sync(kind) {
        SyncState::Live | SyncState::Polled { .. } => {
            t!("detect-unknown-limited", kinds = kinds, namespaces = world.scope(kind)?, blind = blind)
        }
        SyncState::Waiting => t!("detect-unknown-waiting", kinds = kinds, blind = blind),
        SyncState::Loading(n) => t!("detect-unknown-loading", kinds = kinds, number = n, blind = blind),
        SyncState::Stale { why, .. } => t!("detect-unknown-stale", kinds = kinds, why = why, blind = blind),
        SyncState::Failed { why, .. } => t!("detect-unknown-failed", kinds = kinds, why = why, blind = blind),
        SyncState::Forbidden(verb) => {
            t!("detect-unknown-forbidden", kinds = kinds, verb = verb, blind = blind)
        }
        SyncState::NotServed => t!("detect-unknown-not-served", kinds = kinds, blind = blind),
    })
}

/// Why what was read may not be how the cluster is now.
fn standstill(world: &ClusterSnapshot, now: Timestamp) -> Option<String> {
    let read = |kind: Kind| world.sync(kind).current() && world.scope(kind).is_none();
    if !read(Kind::Node) {
        return None;
    }
    if world.nodes.is_empty() {
        return Some(t!("detect-unknown-no-nodes").to_owned());
    }
    if !read(Kind::Lease) {
        return None;
    }
    if world.leases.in_namespace("kube-node-lease").next().is_none() {
        return Some(t!("detect-unknown-no-leases").to_owned());
    }
    let newest = world.leases.iter().filter_map(|lease| lease.renewed).max();
    match newest {
        Some(at) if at.as_second() >= now.as_second() - STANDSTILL_SECONDS => None,
        Some(at) => Some(t!("detect-unknown-standstill", age = age(at, now))),
        None => Some(t!("detect-unknown-never-renewed").to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::LeaseRow;
    use crate::testing::{World, ago, meta, node, now};

    fn lines(world: &World) -> Vec<String> {
        unknown(&world.0, now())
    }

    #[test]
    fn a_cluster_in_which_nothing_is_renewed_is_not_known_to_be_well() {
        let stands = |seconds: i64| {
            let (row, mut lease) = node("w", "True", "", 86_000);
            lease.renewed = Some(ago(seconds));
            World::new().node((row, lease))
        };
        assert!(lines(&stands(300)).is_empty() && stands(300).findings().is_empty());
        let late = stands(7200);
        assert_eq!(
            lines(&late),
            ["no lease was renewed for 120m: whether the cluster is as it says is not known"]
        );
        assert!(late.findings().is_empty(), "late by no other lease");
        let beats = LeaseRow {
            meta: meta("kube-system", "kube-scheduler"),
            renewed: Some(ago(1)),
            ..LeaseRow::default()
        };
        let known = late.with(|w| &mut w.leases, beats);
        assert!(lines(&known).is_empty());
        assert_eq!(known.findings()[0].title, "w: does not renew its lease", "then it is the node");
    }

    #[test]
    fn a_cluster_without_nodes_or_without_their_leases_is_not_known_to_be_well() {
        assert_eq!(lines(&World::new()), ["the cluster has no nodes: nothing can run in it"]);
        let mut bare = World::new();
        bare.0.nodes.insert(node("w", "True", "", 86_000).0);
        assert!(lines(&bare)[0].starts_with("no node has a lease"));
        bare.0.sync[Kind::Lease as usize] = SyncState::Forbidden("list".into());
        let forbidden = lines(&bare);
        assert!(forbidden.len() == 1 && forbidden[0].contains("you may not list them: "), "{forbidden:?}");
    }
}
