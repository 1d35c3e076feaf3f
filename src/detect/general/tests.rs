//! The general detectors over arbitrary clusters: fed change by change they find what they find at once, nothing unwell
//! is passed over, and what is well is left alone.

mod clusters;

use proptest::prelude::*;

use self::clusters::{Step, some_event, some_pod, take, workloads};
use super::after;
use crate::detect::Engine;
use crate::domain::{
    Change, ClusterSnapshot, DeploymentRow, Finding, Kind, LeaseRow, NodeRow, Owner, PodPhase, Timestamp,
};
use crate::testing::{World, ago, condition, meta, now};

const OURS: [&str; 4] = ["unwell-node", "unwell-pod", "unwell-workload", "warning"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(any::<Step>(), 1..60)
}

fn ours(engine: &Engine) -> Vec<Finding> {
    engine.found().filter(|(id, _)| OURS.contains(id)).map(|(_, f)| f.clone()).collect()
}

fn build(steps: &[Step]) -> World {
    steps.iter().fold(World::new(), |world, step| take(world, *step))
}

proptest! {
    #[test]
    fn fed_change_by_change_they_find_what_they_find_at_once(steps in steps(), every in 1..7_usize, seconds in 0..40_i64) {
        let mut world = World::new();
        let mut engine = Engine::default();
        let mut at = now();
        for (i, step) in steps.iter().enumerate() {
            world = take(world, *step);
            if i % every == 0 {
                at = after(at, seconds).unwrap();
                engine.update(&world.0, at);
            }
        }
        engine.update(&world.0, at);
        let mut fresh = Engine::default();
        fresh.update(&world.0, at);
        prop_assert_eq!(ours(&engine), ours(&fresh));
        prop_assert_eq!(engine.next_recheck() > Some(at) || engine.next_recheck().is_none(), true);
    }

    #[test]
    fn nothing_that_is_unwell_is_passed_over(steps in steps()) {
        let world = build(&steps);
        let rows = world.findings();
        let told = |name: &str| rows.iter().any(|row| {
            let evidence = row.evidence.iter().map(|e| &e.value);
            std::iter::once(&row.title).chain(&row.symptoms).chain(evidence).any(|t| t.contains(name))
        });
        for row in world.0.pods.iter() {
            let held = matches!(row.phase, PodPhase::Pending | PodPhase::Unknown)
                || (row.phase == PodPhase::Running && !row.ready());
            if held && row.meta.deleting.is_none() {
                prop_assert!(told(&row.meta.name), "{} in {:?}", row.meta.name, rows);
            }
        }
        for row in world.0.nodes.iter().filter(|n| !n.ready()) {
            prop_assert!(told(&row.meta.name), "{} in {:?}", row.meta.name, rows);
        }
        for row in world.0.deployments.iter().filter(|d| d.ready < d.desired) {
            prop_assert!(told(&format!("shop/{}:", row.meta.name)), "{} in {:?}", row.meta.name, rows);
        }
    }

    #[test]
    fn what_is_well_is_left_alone(pods in 1..9_u8, age in 31..100_000_i64, warnings in prop::collection::vec((any::<u8>(), any::<u8>()), 0..20)) {
        let mut world = World::new().node(crate::testing::node("n0", "True", "", 86_400));
        for which in 0..pods {
            world = world.pod(some_pod(which, [0, 7][usize::from(which % 2)], 86_000));
        }
        let cordoned = NodeRow { unschedulable: true, ..crate::testing::node("n1", "True", "", 900).0 };
        world.0.nodes.insert(cordoned);
        // Warnings about what is well by now, and old ones about anything.
        for (which, how) in warnings {
            let about_watched = which % 7 < 2 || which % 7 == 4;
            let age = if about_watched { age } else { age + 3600 };
            world = world.event(some_event(which, how, age));
        }
        let rows = world.findings();
        prop_assert!(rows.is_empty(), "{:?}", rows);
    }
}

#[test]
fn a_pod_that_succeeded_makes_its_failed_runs_good() {
    let failed = some_pod(2, 6, 3000);
    let world = World::new().pod(failed);
    let found = world.findings();
    assert_eq!((found[0].subject.kind, found[0].subject.name()), (Kind::Job, "job-29412380"));
    assert_eq!(found[0].young, None);
    assert!(world.clone().pod(some_pod(3, 7, 60)).findings().is_empty(), "a later run");
    let mut earlier = some_pod(2, 7, 9000);
    earlier.meta.name = "job-29412300-x".into();
    earlier.meta.owner = Some(Owner { kind: "Job".into(), name: "job-29412300".into() });
    assert_eq!(world.pod(earlier).findings().len(), 1, "an earlier run proves nothing");
}

#[test]
fn late_is_said_by_the_clock_of_the_other_leases() {
    let (node, lease) = crate::testing::node("w", "True", "", 86_000);
    let renewed = |at| LeaseRow { renewed: Some(at), ..lease.clone() };
    let pulse = |at: Timestamp| LeaseRow {
        meta: meta("kube-system", "scheduler"),
        renewed: Some(at),
        ..Default::default()
    };
    let world = |late: i64, pulsed: i64| {
        World::new()
            .node((node.clone(), renewed(ago(late))))
            .with(|w| &mut w.leases, pulse(ago(pulsed)))
            .findings()
    };
    assert!(world(20, 0).is_empty());
    let found = world(21, 0);
    assert_eq!(found[0].title, "w: does not renew its lease");
    assert_eq!(found[0].young, after(ago(21), 50));
    let lost = world(51, 0);
    assert_eq!((lost[0].young, lost[0].severity), (None, crate::domain::Severity::Critical));
    assert!(world(3600, 3590).is_empty(), "when all stand still, our picture does");
    assert!(world(15, -60).is_empty(), "one holder that lives in the future makes nobody late");
    assert_eq!(world(25, -60).len(), 1);
}

/// What the lab breaks, as the API shows it in the first moment.
#[test]
fn each_fault_is_found_in_the_moment_in_which_the_cluster_shows_it() {
    let world = || World::new().node(crate::testing::node("n0", "True", "", 86_400));
    for how in [2, 3, 4, 5, 6, 9] {
        let found = world().pod(some_pod(0, how, 1)).findings();
        assert_eq!(found.len(), 1, "{how}");
        assert_eq!(found[0].young.is_some(), how != 6, "{how}: {found:?}");
        assert!(found[0].runbooks.is_empty());
    }
    for which in [2, 3, 5, 6] {
        let found = world().event(some_event(which, 8, 1)).findings();
        assert_eq!(found.len(), 1, "{which}");
    }
    let shaken = world().pod(some_pod(0, 0, 900)).event(some_event(0, 0, 2)).findings();
    assert_eq!(shaken[0].title, "shop/api-1: Unhealthy");
}

#[test]
fn the_pods_of_a_workload_with_one_fault_are_one_row_and_its_numbers_a_symptom() {
    let set = |w: World| workloads(w, 1, 0, 9000);
    let world = set(World::new()).pod(some_pod(0, 3, 900)).pod(some_pod(4, 3, 900));
    let world = workloads(world, 0, 8 + 1, 900);
    let found = world.findings();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].subject.kind, found[0].subject.name()), (Kind::Deployment, "api"));
    assert_eq!(found[0].title, "shop/api: the image of app cannot be pulled");
    assert_eq!(found[0].blast.pods, 2);
    assert_eq!(found[0].severity, crate::domain::Severity::Warning);
    assert!(found[0].symptoms.iter().any(|s| s == "shop/api: 1 of 2 pods ready"), "{:?}", found[0].symptoms);
}

#[test]
fn a_refusal_stands_beside_what_its_pods_suffer_from() {
    let world = workloads(workloads(World::new(), 1, 1, 9000), 0, 4 + 1, 900);
    let world = world.pod(some_pod(0, 3, 900)).event(some_event(4, 8, 90));
    let found = world.findings();
    let titles: Vec<_> = found.iter().map(|f| f.title.as_str()).collect();
    assert!(titles.contains(&"shop/api: its pods cannot be made"), "{titles:?}");
    assert!(titles.contains(&"shop/api: the image of app cannot be pulled"), "{titles:?}");
}

#[test]
fn a_claim_that_is_complained_about_explains_the_pods_that_wait_for_it() {
    let mut waits = some_pod(1, 2, 900);
    waits.meta.owner.as_mut().unwrap().name = "db".into();
    let found = World::new().pod(waits).event(some_event(3, 80, 9)).findings();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].title, "PersistentVolumeClaim shop/data: ProvisioningFailed");
    assert!(found[0].symptoms[0].ends_with("no node takes it"));
}

#[test]
fn a_claim_and_the_rollout_that_waits_for_it_are_one_row() {
    let mut waits = some_pod(0, 2, 900);
    waits.claims = ["data".into()].into();
    let world =
        workloads(workloads(World::new(), 1, 0, 9000), 0, 4 + 1, 900).pod(waits).event(some_event(3, 80, 9));
    let mut stuck = DeploymentRow::clone(world.0.deployments.find("shop", "api").unwrap());
    stuck.conditions = [condition("Progressing", "False", "ProgressDeadlineExceeded", "", 300)].into();
    let found = world.with(|w| &mut w.deployments, stuck).findings();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].detector, "rollout-stuck");
    assert!(found[0].evidence.iter().any(|e| e.field == "Unschedulable"), "in the words of the pod");
    assert!(found[0].symptoms.iter().any(|s| s.contains("ProvisioningFailed")), "{:?}", found[0].symptoms);
}

#[test]
fn the_changes_of_a_well_pod_ask_for_nothing() {
    use crate::detect::{Changed, REGISTRY};
    let row = std::sync::Arc::new(some_pod(0, 0, 900));
    let change = Change { key: row.meta.key(), before: Some(std::sync::Arc::clone(&row)), after: Some(row) };
    let mut out = Vec::new();
    for detector in REGISTRY.iter().filter(|d| OURS.contains(&d.meta().id)) {
        detector.subjects(Changed::Pod(&change), &ClusterSnapshot::default(), &mut out);
    }
    assert!(out.is_empty(), "{out:?}");
}
