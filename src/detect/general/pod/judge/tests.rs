//! Pods that look well or forgiven and are not.

use crate::domain::{ContainerState, Owner, PodPhase, PodRow, Terminated};
use crate::testing::{World, ago, condition, pod};

fn end(code: i32, seconds: i64) -> Terminated {
    Terminated { exit_code: code, finished: Some(ago(seconds)), ..Terminated::default() }
}

fn of_job(name: &str, job: &str, code: i32, seconds: i64) -> PodRow {
    let mut row = pod("shop", name, "w");
    row.meta.owner = Some(Owner { kind: "Job".into(), name: job.into() });
    row.phase = if code == 0 { PodPhase::Succeeded } else { PodPhase::Failed };
    row.containers[0].state = ContainerState::Terminated(Box::new(end(code, seconds)));
    row.conditions = [condition("Ready", "False", "PodFailed", "", seconds)].into();
    row
}

#[test]
fn only_a_success_after_it_makes_a_failure_of_a_job_good() {
    let failed = |n: i64| of_job(&format!("sum-{n}"), "sum", 1, 3000 + n);
    let world = || (0..4).fold(World::new(), |world, n| world.pod(failed(n)));
    assert_eq!(world().findings().len(), 1);
    assert!(world().pod(of_job("sum-z", "sum", 0, 100)).findings().is_empty());
    assert_eq!(world().pod(of_job("sum-z", "sum", 0, 9000)).findings().len(), 1, "it was earlier");
    let mut timeless = of_job("sum-z", "sum", 0, 100);
    timeless.containers[0].state = ContainerState::Terminated(Box::default());
    assert_eq!(world().pod(timeless).findings().len(), 1, "nobody knows when");
}

#[test]
fn a_job_of_another_name_makes_no_failure_good() {
    let world = World::new().pod(of_job("backup-12345678-x", "backup-12345678", 1, 7000));
    let found = world.pod(of_job("backup-99999999-x", "backup-99999999", 0, 60)).findings();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].subject.name(), "backup-12345678");
}

#[test]
fn a_failed_pod_whose_controller_nobody_knows_is_not_forgotten() {
    let mut row = of_job("flow-1", "flow", 2, 7200);
    for (kind, stays) in
        [("Workflow", true), ("ReplicaSet", false), ("StatefulSet", false), ("DaemonSet", false)]
    {
        row.meta.owner = Some(Owner { kind: kind.into(), name: "flow".into() });
        assert_eq!(!World::new().pod(row.clone()).findings().is_empty(), stays, "{kind}");
    }
}

#[test]
fn what_should_run_and_ends_well_again_and_again_is_found() {
    let with = |restarts: i32, seconds: i64| {
        let mut row = pod("shop", "api-1", "w");
        row.containers[0].restarts = restarts;
        row.containers[0].last = Some(Box::new(end(0, seconds)));
        World::new().pod(row).findings()
    };
    let found = with(400, 22);
    assert_eq!(found[0].title, "shop/api: app ends again and again, with exit code 0");
    assert_eq!(found[0].young, None);
    assert!(with(1, 22)[0].young.is_some(), "once may be an accident");
    assert!(with(400, 600).is_empty(), "it runs");
}

#[test]
fn a_grace_of_days_excuses_no_pod_that_is_not_ready() {
    let leaving = |ends: i64, ready: &str| {
        let mut row = pod("shop", "api-1", "w");
        row.meta.deleting = Some(ago(-ends));
        row.conditions = [condition("Ready", ready, "", "", 900)].into();
        World::new().pod(row).findings()
    };
    assert_eq!(leaving(864_000, "False").len(), 1);
    assert!(leaving(3600, "False").is_empty(), "an hour is a grace");
    assert!(leaving(864_000, "True").is_empty(), "it serves");
}

/// Pods that go, and those that others take the place of.
mod leaving {
    use super::super::*;
    use crate::detect::Engine;
    use crate::detect::general::tests::some_pod;
    use crate::testing::{World, ago, now};

    #[test]
    fn a_pod_goes_unremarked_for_as_long_as_a_kubelet_takes_to_confirm_its_end() {
        let over = |seconds: i64| {
            let mut row = some_pod(0, 0, 900);
            row.meta.deleting = Some(ago(seconds));
            World::new().pod(row)
        };
        assert!(over(9).findings().is_empty());
        let mut engine = Engine::default();
        engine.update(&over(-30).0, now());
        assert_eq!(engine.next_recheck(), after(ago(-30), 10));
        let found = over(10).findings();
        assert_eq!(found[0].title, "shop/api-1: was deleted and does not go");
        assert_eq!(found[0].young, after(ago(10), 60));
    }

    #[test]
    fn a_failed_pod_that_is_replaced_is_news_and_as_bad_as_its_workload_is() {
        use crate::domain::{DeploymentRow, Owner, ReplicaSetRow};
        use crate::testing::meta;
        let mut evicted = some_pod(0, 6, 900);
        evicted.reason = "Evicted".into();
        let set = |ready: i32| {
            let mut set =
                ReplicaSetRow { meta: meta("shop", "api-1"), desired: 2, ready, ..Default::default() };
            set.available = ready;
            set.meta.owner = Some(Owner { kind: "Deployment".into(), name: "api".into() });
            let numbers = DeploymentRow {
                meta: meta("shop", "api"),
                desired: 2,
                all: 2,
                updated: 2,
                ready,
                available: ready,
                ..Default::default()
            };
            let world = World::new().with(|w| &mut w.replica_sets, set);
            world.with(|w| &mut w.deployments, numbers).pod(evicted.clone()).findings()
        };
        let well = set(2);
        assert_eq!((well.len(), well[0].title.as_str()), (1, "shop/api: failed: Evicted"));
        assert_eq!((well[0].severity, well[0].young), (Severity::Notice, after(ago(900), 3600)));
        let short = set(0);
        assert_eq!((short.len(), short[0].severity, short[0].young), (1, Severity::Critical, None));
        let mut alone = evicted.clone();
        alone.meta.owner = None;
        assert_eq!(World::new().pod(alone).findings()[0].young, None, "nobody replaces it");
    }
}
