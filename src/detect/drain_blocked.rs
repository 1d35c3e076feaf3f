//! A cordoned node from which disruption budgets let no pod go.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Changed, Detector, DetectorMeta, Verdict};
use crate::domain::{
    Blast, ClusterSnapshot, Evidence, Finding, Kind, ObjectKey, PdbRow, PodRow, RowKey, RunbookLink,
    Severity, Timestamp,
};
use crate::lang::{msg, t};

const META: DetectorMeta = DetectorMeta {
    id: "drain-blocked",
    title: msg!("detect-drain-title"),
    kinds: &[Kind::Node, Kind::Pod, Kind::PodDisruptionBudget, Kind::Deployment, Kind::ReplicaSet],
    runbooks: &["nodes/node-drain"],
};

pub struct DrainBlocked;

impl Detector for DrainBlocked {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, world: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        let cordoned = |name: &str| world.node(name).is_some_and(|n| n.unschedulable);
        let key = |name| ObjectKey::cluster(Kind::Node, name);
        match changed {
            Changed::Node(c) => out.push(key(c.key.name.clone())),
            Changed::Pod(c) => {
                let nodes = [&c.before, &c.after].into_iter().flatten().map(|p| p.node.clone());
                out.extend(nodes.filter(|n| cordoned(n)).map(key));
            }
            Changed::Budget(_) => {
                let nodes = world.nodes.iter().filter(|n| n.unschedulable);
                out.extend(nodes.map(|n| key(n.meta.name.clone())));
            }
            _ => {}
        }
    }

    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, _: Timestamp) -> Verdict {
        let name = subject.name();
        // A silent node has a finding that weighs more, and evictions there are another matter.
        if !world.node(name).is_some_and(|n| n.unschedulable && n.ready()) {
            return Verdict::quiet();
        }
        let mut blocking: BTreeMap<RowKey, (Arc<PdbRow>, usize)> = BTreeMap::new();
        let (mut pods, mut singles) = (0, BTreeSet::new());
        for pod in world.pods_on(name).filter(|p| p.evictable()) {
            if blocked(pod, world, &mut blocking) {
                pods += 1;
                singles.extend(single(pod, world));
            }
        }
        if blocking.is_empty() {
            return Verdict::quiet();
        }
        Verdict { finding: Some(finding(subject, pods, &blocking, &singles)), recheck: None }
    }
}

/// Whether budgets refuse the eviction of this pod now; counts it for each of them.
fn blocked(pod: &PodRow, world: &ClusterSnapshot, out: &mut BTreeMap<RowKey, (Arc<PdbRow>, usize)>) -> bool {
    let budgets: Vec<_> = world.budgets_of(pod).collect();
    // The server evicts no pod that two budgets select, whatever they allow.
    let refuses = |b: &&&Arc<PdbRow>| budgets.len() > 1 || b.blocks(pod);
    let mut any = false;
    for budget in budgets.iter().filter(refuses) {
        any = true;
        out.entry(budget.meta.key()).or_insert_with(|| (Arc::clone(budget), 0)).1 += 1;
    }
    any
}

/// The Deployment of a pod, where that has one replica: a second one would let the first go.
fn single(pod: &PodRow, world: &ClusterSnapshot) -> Option<RowKey> {
    let (_, row) = world.workload_of(pod).filter(|(kind, _)| &**kind == "Deployment")?;
    world.deployments.get(&row).filter(|d| d.desired == 1).map(|_| row)
}

fn finding(
    subject: &ObjectKey,
    pods: usize,
    blocking: &BTreeMap<RowKey, (Arc<PdbRow>, usize)>,
    singles: &BTreeSet<RowKey>,
) -> Finding {
    let name = subject.name();
    let mut evidence = vec![Evidence::new("spec.unschedulable", "true", None)];
    for (key, (budget, here)) in blocking {
        // One that wants as many pods as there are never allows anything.
        let never = budget.expected > 0 && budget.desired >= budget.expected;
        let (allowed, rule) = (budget.allowed, &budget.rule);
        let (healthy, desired) = (budget.healthy, budget.desired);
        let words = if never {
            t!(
                "detect-drain-budget-never",
                budget = key,
                allowed = allowed,
                rule = rule,
                healthy = healthy,
                desired = desired,
                pods = here
            )
        } else {
            t!(
                "detect-drain-budget",
                budget = key,
                allowed = allowed,
                rule = rule,
                healthy = healthy,
                desired = desired,
                pods = here
            )
        };
        evidence.push(Evidence::new(t!("detect-field-budget"), words, None));
    }
    let mut link = RunbookLink::new(META.runbooks[0], [("node", name)]);
    if let Some((key, _)) = blocking.first_key_value() {
        link.params.insert("budget".to_owned(), key.to_string());
    }
    if !singles.is_empty() {
        let names: Vec<_> = singles.iter().map(RowKey::to_string).collect();
        evidence.push(Evidence::new(t!("detect-field-one-replica"), names.join(", "), None));
        link.params.insert("singles".to_owned(), names.join(","));
    }
    Finding {
        evidence,
        blast: Blast { pods, alone: 0 },
        runbooks: vec![link],
        ..Finding::new(META.id, Severity::Notice, subject, t!("detect-drain-found", node = name, pods = pods))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::NodeRow;
    use crate::testing::{World, meta, node, pdb, pod};

    fn cordoned(world: World) -> World {
        let (row, lease) = node("w", "True", "", 900);
        world.node((NodeRow { unschedulable: true, ..row }, lease))
    }

    #[test]
    fn a_budget_that_allows_nothing_keeps_a_cordoned_node() {
        let budget =
            PdbRow { desired: 1, expected: 1, healthy: 1, rule: "min 1".into(), ..pdb("shop", "web", 0) };
        let world =
            cordoned(World::new()).pod(pod("shop", "web-1", "w")).pod(pod("shop", "api-1", "w")).pdb(budget);
        let found = world.findings();
        assert_eq!((found[0].detector, found[0].severity), ("drain-blocked", Severity::Notice));
        assert_eq!(found[0].title, "w is cordoned, and budgets keep 1 pod on it");
        assert!(
            found[0].evidence[1]
                .value
                .contains("shop/web allows 0 now, and never can (min 1; 1 of 1 healthy)")
        );
        let params = &found[0].runbooks[0].params;
        assert_eq!((params["node"].as_str(), params["budget"].as_str()), ("w", "shop/web"));
    }

    #[test]
    fn two_budgets_over_one_pod_block_it_whatever_they_allow() {
        let second = PdbRow { meta: meta("shop", "all"), ..pdb("shop", "web", 1) };
        let world = cordoned(World::new()).pod(pod("shop", "web-1", "w")).pdb(pdb("shop", "web", 1));
        assert!(world.found_by(META.id).is_empty());
        assert_eq!(world.pdb(second).findings()[0].evidence.len(), 3);
    }

    #[test]
    fn open_nodes_and_pods_that_stay_are_quiet() {
        let closed = PdbRow { desired: 1, ..pdb("shop", "web", 0) };
        let open =
            World::new().node(node("w", "True", "", 900)).pod(pod("shop", "web-1", "w")).pdb(closed.clone());
        assert!(open.found_by(META.id).is_empty());
        let mut stays = pod("shop", "web-1", "w");
        stays.meta.owner.as_mut().unwrap().kind = "DaemonSet".into();
        assert!(cordoned(World::new()).pod(stays).pdb(closed).found_by(META.id).is_empty());
    }
}
