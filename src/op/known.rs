//! Whether the picture of a kind is good enough to conclude from it: all of its rows that count, as they are now. What is absent
//! from any other picture is not gone.
//!
//! Must not decide what follows. To conclude from another kind: ask [`unknown`] of it before its rows are looked at.

use super::target::guard;
use super::{Consequence, Progress, Refusal};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, SyncState, moment};
use crate::lang::{Msg, msg, t};

/// Why the absence of a row of this kind says nothing now; none where it does. Without a namespace all of them count.
pub fn unknown(world: &ClusterSnapshot, kind: Kind, namespace: Option<&str>) -> Option<String> {
    let state = world.sync(kind);
    if !state.current() {
        return Some(why(state));
    }
    let only = world.scope(kind)?;
    let seen = namespace.is_some_and(|namespace| only.contains(namespace));
    (!seen).then(|| t!("op-known-only-seen", only = only))
}

/// The same of one object that is followed.
pub(super) fn unknown_object(world: &ClusterSnapshot, key: &ObjectKey) -> Option<String> {
    let within = Interest::within(key.kind, key.row.namespace.clone());
    let asked = [Interest::one(key), within, Interest::all(key.kind)];
    let found: Vec<_> = asked.iter().filter_map(|i| world.followed.get(i)).collect();
    if found.iter().any(|f| f.state.current() && f.covers(key.namespace())) {
        return None;
    }
    Some(found.first().map_or_else(|| t!("op-known-nobody-reads-it").to_owned(), |f| why(&f.state)))
}

/// What is said while nothing can be concluded.
pub fn not_known(kind: Kind, why: &str) -> String {
    t!("op-known-not-known", plural = kind.meta().plural, why = why)
}

/// A proof that has to wait, with the reason; none where the rows of this kind prove something.
pub(super) fn waits(world: &ClusterSnapshot, kind: Kind, namespace: Option<&str>) -> Option<Progress> {
    unknown(world, kind, namespace).map(|why| Progress::Pending(not_known(kind, &why)))
}

/// Refuses to plan on rows that are not known, or are not as they are now.
pub(super) fn planned_on(
    world: &ClusterSnapshot,
    kind: Kind,
    namespace: Option<&str>,
) -> Result<(), Refusal> {
    let Some(why) = unknown(world, kind, namespace) else { return Ok(()) };
    let plural = kind.meta().plural;
    Err(match world.sync(kind) {
        SyncState::Stale { .. } => {
            guard(t!("op-known-stale", plural = plural, why = why), t!("op-known-wait-or-look"))
        }
        _ => guard(not_known(kind, &why), t!("op-known-wait-or-ask", plural = plural)),
    })
}

/// The class of what is said of rows that are read every few seconds and not followed.
const NOT_FOLLOWED: Msg = msg!("op-class-not-followed");

/// What is said of a plan whose rows are read every few seconds and not followed: as of when.
pub(super) fn polled(world: &ClusterSnapshot, kind: Kind) -> Option<Consequence> {
    let SyncState::Polled { read, every } = world.sync(kind) else { return None };
    let (plural, read) = (kind.meta().plural, moment(*read));
    let detail = t!("op-known-polled", plural = plural, read = read, every = every);
    Some(Consequence::warn(NOT_FOLLOWED, detail))
}

/// Whether it says no more than when the rows were read. That is no part of a plan's digest: it is another moment with each
/// reading, and a plan that is approved to the last byte could not be approved at all.
pub(super) fn is_of_a_reading(told: &Consequence) -> bool {
    told.class == NOT_FOLLOWED.0
}

/// Refuses to plan on rows that were complete and are not as they are now. What may not be read at all is no reason to refuse
/// where it only adds to a plan.
pub(super) fn not_stale(world: &ClusterSnapshot, kind: Kind) -> Result<(), Refusal> {
    match world.sync(kind) {
        SyncState::Stale { .. } => planned_on(world, kind, None),
        _ => Ok(()),
    }
}

fn why(state: &SyncState) -> String {
    match state {
        SyncState::Stale { since, why } => t!("op-known-as-of", since = moment(*since), why = why),
        SyncState::Failed { why, .. } => why.to_string(),
        SyncState::Forbidden(verb) => t!("op-known-forbidden", verb = verb),
        SyncState::NotServed => t!("op-known-not-served").to_owned(),
        SyncState::Waiting | SyncState::Loading(_) => t!("op-known-being-read").to_owned(),
        SyncState::Live | SyncState::Polled { .. } => t!("op-known-not-all").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;
    use crate::op::{Inputs, Level, Plan, find, plan};
    use crate::testing::{World, node, pod};

    fn stale() -> SyncState {
        SyncState::Stale { since: Timestamp::UNIX_EPOCH, why: "it does not answer".into() }
    }

    /// A pod on a node that is silent for long, so that every operation that ends pods has a plan.
    fn world() -> World {
        World::new().node(node("w", "Unknown", "NodeStatusUnknown", 900)).pod(pod("shop", "api-1", "w"))
    }

    fn with(state: &SyncState, world: World) -> World {
        let mut world = world;
        world.0.sync[Kind::Pod as usize] = state.clone();
        world
    }

    const ENDS: &[&str] = &["pod.evict", "pod.delete", "pod.force-delete", "node.drain"];

    fn made(op: &str, world: &World) -> Result<Plan, Refusal> {
        let inputs = match op {
            "node.drain" => Inputs::of([("node", "w")]),
            _ => Inputs::of([("namespace", "shop"), ("pod", "api-1")]),
        };
        plan(op, &world.0, &inputs)
    }

    #[test]
    fn the_absence_of_a_row_proves_nothing_while_the_kind_is_not_known() {
        let failed = SyncState::Failed { since: Timestamp::UNIX_EPOCH, why: "it does not answer".into() };
        let states = [stale(), failed, SyncState::Forbidden("list".into()), SyncState::Loading(3)];
        for op in ENDS {
            let made = made(op, &world()).unwrap();
            let none = || World::new().node(node("w", "True", "", 9));
            let shown = |world: World| find(op).unwrap().progress(&made, &world.0);
            assert!(matches!(shown(none()), Progress::Fulfilled(_)), "{op}");
            for state in &states {
                let Progress::Pending(words) = shown(with(state, none())) else { panic!("{op} {state:?}") };
                assert!(words.starts_with("the pods are not known now: "), "{words}");
            }
            let mut other = none();
            other.0.scopes[Kind::Pod as usize] = Some("team".into());
            assert!(matches!(shown(other), Progress::Pending(_)), "{op}");
        }
    }

    #[test]
    fn nothing_that_ends_pods_is_planned_on_a_picture_that_is_not_current() {
        for op in ENDS {
            let refused = made(op, &with(&stale(), world())).unwrap_err().to_string();
            let words = "the pods are as of 00:00:00 UTC: it does not answer; wait, or press ctrl-r";
            assert_eq!(refused, words, "{op}");
            let read = Timestamp::UNIX_EPOCH;
            let polled = made(op, &with(&SyncState::Polled { read, every: 15 }, world())).unwrap();
            let told = polled.consequences.iter().find(|c| is_of_a_reading(c)).unwrap();
            let words = "pods as of 00:00:00 UTC, read every 15 s: what came since is not in this plan";
            assert_eq!((told.level, told.detail.as_str()), (Level::Warn, words), "{op}");
            // With the next reading it is the same plan: else a second person could never agree to it.
            let read = crate::testing::now();
            let later = made(op, &with(&SyncState::Polled { read, every: 15 }, world())).unwrap();
            assert_ne!(polled.consequences, later.consequences, "{op}");
            assert_eq!(polled.digest(), later.digest(), "{op}");
            let of_two = |plan: Plan| Plan { peer: true, ..plan };
            assert_eq!(of_two(polled).beyond(&of_two(later)), None, "{op}");
        }
        let mut budgets = world();
        budgets.0.sync[Kind::PodDisruptionBudget as usize] = stale();
        let mut nodes = world();
        nodes.0.sync[Kind::Node as usize] = stale();
        for (op, world) in [("node.drain", &budgets), ("pod.evict", &budgets), ("node.drain", &nodes)] {
            let refused = made(op, world).unwrap_err().to_string();
            assert!(refused.contains("are as of 00:00:00 UTC: it does not answer"), "{op}: {refused}");
        }
        // That they may not be read is no word about whether the pod is there.
        let dropped = with(&SyncState::Forbidden("list".into()), World::new());
        assert!(made("pod.evict", &dropped).unwrap_err().to_string().contains("you may not list them"));
    }

    #[test]
    fn an_object_that_is_absent_from_a_stale_picture_is_not_said_to_be_gone() {
        let object = serde_json::json!({
            "kind": "ConfigMap", "metadata": {"namespace": "shop", "name": "a", "uid": "u", "resourceVersion": "2"},
        });
        let inputs = Inputs::of([("kind", "configmap"), ("namespace", "shop"), ("name", "a")]);
        let before = World::new().object(object).0;
        let made = plan("object.delete", &before, &inputs).unwrap();
        let with = |state: &SyncState| {
            let emptied = before.followed.iter().map(|(interest, followed)| {
                let mut followed = followed.clone();
                followed.rows = imbl::OrdMap::default();
                followed.state = state.clone();
                (interest.clone(), followed)
            });
            ClusterSnapshot { followed: emptied.collect(), ..before.clone() }
        };
        let op = find("object.delete").unwrap();
        assert!(matches!(op.progress(&made, &with(&SyncState::Live)), Progress::Fulfilled(_)));
        let after = with(&stale());
        let Progress::Pending(words) = op.progress(&made, &after) else { panic!("it is said to be gone") };
        assert!(words.ends_with("is not known now: as of 00:00:00 UTC: it does not answer"), "{words}");
    }
}
