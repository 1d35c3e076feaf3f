//! The general detectors over arbitrary clusters: fed change by change they find what they find at once, nothing unwell
//! is passed over, and what is well is left alone.

use proptest::prelude::*;

use super::after;
use crate::detect::Engine;
use crate::domain::{
    Change, ClusterSnapshot, ContainerState, DeploymentRow, EventRow, Finding, Kind, LeaseRow, NodeRow,
    Owner, PodPhase, PodRow, ReplicaSetRow, RowKey, StatefulSetRow, Str, Terminated,
};
use crate::testing::{World, ago, condition, meta, now, pod};

const OURS: [&str; 5] = ["unwell-node", "silent-leader", "unwell-pod", "unwell-workload", "warning"];

/// One change of a small cluster: what, which one, and how it is then.
type Step = (u8, u8, u8, u8);

fn owned(mut row: PodRow, which: u8) -> PodRow {
    let (kind, name) = match which % 4 {
        0 => ("ReplicaSet", "api-1"),
        1 => ("StatefulSet", "db"),
        2 => ("Job", "job-29412380"),
        _ => ("Job", "job-29412390"),
    };
    row.meta.owner = Some(Owner { kind: kind.into(), name: name.into() });
    if which % 4 == 1 {
        row.claims = ["data".into()].into();
    }
    row
}

fn pod_name(which: u8) -> String {
    let begin = ["api-1", "db", "job-29412380", "job-29412390"][usize::from(which % 4)];
    format!("{begin}-{which}")
}

pub(super) fn some_pod(which: u8, how: u8, age: i64) -> PodRow {
    let mut row = owned(pod("shop", &pod_name(which), ["n0", "n1"][usize::from(how % 2)]), which);
    row.meta.created = Some(ago(age));
    let unready = condition("Ready", "False", "ContainersNotReady", "", age);
    let set = |row: &mut PodRow, state: ContainerState| {
        row.containers[0].ready = false;
        row.containers[0].state = state;
        row.conditions = [unready.clone()].into();
    };
    let end = |code| {
        Box::new(Terminated {
            reason: "Error".into(),
            exit_code: code,
            finished: Some(ago(age)),
            ..Default::default()
        })
    };
    match how % 10 {
        0 | 1 => {}
        2 => {
            row.phase = PodPhase::Pending;
            row.node = Str::default();
            row.containers[0].state = ContainerState::Unreported;
            let message = "0/4 nodes are available";
            row.conditions = [condition("PodScheduled", "False", "Unschedulable", message, age)].into();
        }
        3 => set(&mut row, ContainerState::Waiting("ImagePullBackOff".into())),
        4 => {
            row.phase = PodPhase::Pending;
            set(&mut row, ContainerState::Waiting("ContainerCreating".into()));
        }
        5 => set(&mut row, ContainerState::Running(Some(ago(age)))),
        6 => {
            row.phase = PodPhase::Failed;
            set(&mut row, ContainerState::Terminated(end(4)));
        }
        7 => {
            row.phase = PodPhase::Succeeded;
            set(&mut row, ContainerState::Terminated(end(0)));
        }
        8 => row.meta.deleting = Some(ago(age - 60)),
        _ => {
            row.containers[0].last = Some(end(1));
            row.containers[0].restarts = 1;
        }
    }
    row
}

fn some_node(which: u8, how: u8, age: i64) -> (NodeRow, LeaseRow) {
    let status = ["True", "True", "False", "Unknown"][usize::from(how % 4)];
    let (mut node, mut lease) = crate::testing::node(&format!("n{}", which % 2), status, "", age);
    if how % 8 == 5 {
        node.conditions =
            node.conditions.iter().cloned().chain([condition("DiskPressure", "True", "", "", age)]).collect();
    }
    lease.renewed = Some(ago(age));
    (node, lease)
}

pub(super) fn some_event(which: u8, how: u8, age: i64) -> EventRow {
    let (kind, name, reason): (&str, String, &str) = match which % 7 {
        0 => ("Pod", pod_name(how % 8), "Unhealthy"),
        1 => ("Pod", pod_name(how % 8), "FailedMount"),
        2 => ("Node", format!("n{}", how % 2), "SystemOOM"),
        3 => ("PersistentVolumeClaim", "data".to_owned(), "ProvisioningFailed"),
        4 => ("ReplicaSet", "api-1".to_owned(), "FailedCreate"),
        5 => ("Job", "job-29412380".to_owned(), "BackoffLimitExceeded"),
        _ => ("Gizmo", "it".to_owned(), "Broken"),
    };
    EventRow {
        meta: meta("shop", &format!("e{which}-{}", how % 8)),
        about_kind: kind.into(),
        about_namespace: if kind == "Node" { "".into() } else { "shop".into() },
        about_name: name.into(),
        warning: true,
        reason: reason.into(),
        message: format!("{reason}: because").into(),
        count: i32::from(how / 8) + 1,
        first: Some(ago(age + i64::from(how))),
        last: Some(ago(age)),
        ..EventRow::default()
    }
}

fn remove_pod(world: &mut World, name: &str) {
    let key = RowKey::new("shop", name);
    if let Some(row) = world.0.pods.remove(&key)
        && let Some(set) = world.0.pods_by_node.get_mut(&row.node)
    {
        set.remove(&key);
    }
}

fn remove_event(world: &mut World, which: u8, how: u8) {
    let key = RowKey::new("shop", format!("e{which}-{}", how % 8).as_str());
    if let Some(row) = world.0.events.remove(&key) {
        let namespace = if &*row.about_kind == "Node" { Str::default() } else { row.about_namespace.clone() };
        let about = (row.about_kind.clone(), RowKey::new(namespace, row.about_name.clone()));
        if let Some(set) = world.0.events_by_object.get_mut(&about) {
            set.remove(&key);
        }
    }
}

fn workloads(world: World, which: u8, how: u8, age: i64) -> World {
    let ready = i32::from(how % 4);
    match which % 3 {
        0 => {
            let row = DeploymentRow {
                meta: meta("shop", "api"),
                desired: 2,
                all: i32::from(how / 4 % 4),
                ready,
                available: ready,
                updated: i32::from(how / 16 % 3),
                observed: i64::from(how % 2),
                generation: 1,
                conditions: [condition("Available", if ready < 2 { "False" } else { "True" }, "", "", age)]
                    .into(),
                ..DeploymentRow::default()
            };
            world.with(|w| &mut w.deployments, row)
        }
        1 => {
            let mut row =
                ReplicaSetRow { meta: meta("shop", "api-1"), desired: 2, ready, ..Default::default() };
            row.available = ready;
            row.meta.created = Some(ago(age));
            row.meta.owner = (how % 8 < 6).then(|| Owner { kind: "Deployment".into(), name: "api".into() });
            world.with(|w| &mut w.replica_sets, row)
        }
        _ => {
            let row = StatefulSetRow {
                meta: meta("shop", "db"),
                desired: 2,
                all: 2,
                ready,
                available: ready,
                ..Default::default()
            };
            world.with(|w| &mut w.stateful_sets, row)
        }
    }
}

/// Does one step; `age` is how long ago its times are.
fn take(mut world: World, (what, which, how, age): Step) -> World {
    let age = i64::from(age) * 5;
    match what % 7 {
        0..=2 => world.pod(some_pod(which % 8, how, age)),
        3 if how % 3 == 0 => {
            remove_pod(&mut world, &pod_name(which % 8));
            world
        }
        3 if how % 3 == 1 => {
            remove_event(&mut world, which, how);
            world
        }
        3 => {
            let pulse = LeaseRow {
                meta: meta("kube-system", ["scheduler", "kube-scheduler"][usize::from(which % 2)]),
                renewed: Some(ago(age)),
                ..Default::default()
            };
            world.with(|w| &mut w.leases, pulse)
        }
        4 => world.node(some_node(which, how, age)),
        5 => world.event(some_event(which, how, age)),
        _ => workloads(world, which, how, age),
    }
}

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
        let (row, lease) = crate::testing::node("n1", "True", "", 900);
        world = world.node((NodeRow { unschedulable: true, ..row }, lease));
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
    assert_eq!(world.clone().pod(some_pod(3, 7, 60)).findings().len(), 1, "another Job proves nothing");
    let other = |seconds| PodRow {
        meta: crate::domain::Meta { name: "job-29412380-9".into(), ..some_pod(2, 7, seconds).meta },
        ..some_pod(2, 7, seconds)
    };
    assert!(world.clone().pod(other(60)).findings().is_empty(), "its next try");
    assert_eq!(world.pod(other(9000)).findings().len(), 1, "one before it proves nothing");
}

/// What the lab breaks, as the API shows it in the first moment.
#[test]
fn each_fault_is_found_in_the_moment_in_which_the_cluster_shows_it() {
    let world = || World::new().node(crate::testing::node("n0", "True", "", 86_400));
    for how in [2, 3, 4, 5, 6, 9] {
        let found = world().pod(some_pod(0, how, 1)).findings();
        assert_eq!(found.len(), 1, "{how}");
        assert!(found[0].young.is_some(), "{how}: {found:?}");
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
