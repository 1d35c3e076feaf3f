//! What a drain plans, refuses and proves.

use super::*;
use crate::domain::Owner;
use crate::op::Level;
use crate::op::plan;
use crate::testing::{World, node, pdb, pod};

fn drain(world: &World) -> Result<Plan, Refusal> {
    plan("node.drain", &world.0, &Inputs::of([("node", "w")]))
}

fn owned(mut pod: PodRow, kind: &str) -> PodRow {
    pod.meta.owner = Some(Owner { kind: kind.into(), name: "x".into() });
    pod
}

#[test]
fn pods_are_sorted_by_what_a_drain_may_do_with_them() {
    let mut mirror = pod("kube-system", "etcd-w", "w");
    mirror.mirror = true;
    let mut cache = pod("shop", "cache-1", "w");
    cache.volumes.empty_dir = true;
    let world = World::new()
        .node(node("w", "True", "", 9))
        .pod(pod("shop", "api-1", "w"))
        .pod(pod("shop", "api-2", "w"))
        .pod(pod("shop", "api-3", "other"))
        .pod(cache)
        .pod(owned(pod("kube-system", "proxy", "w"), "DaemonSet"))
        .pod(mirror)
        .pdb(pdb("shop", "api", 0));
    let plan = drain(&world).unwrap();
    let Work::Drain { cordon, drain } = &plan.work else { panic!() };
    assert!(cordon.is_some());
    assert_eq!((drain.evict.len(), drain.stay.len(), drain.going.len()), (3, 2, 0));
    assert!(plan.summary.contains("2 waves"), "{}", plan.summary);
    assert!(plan.summary.contains("blocked now: 2 pods"));
    let blocked = plan.consequences.iter().find(|c| c.what == "budget blocks").unwrap();
    assert!(blocked.detail.contains("shop/api-1 (budget api allows 0 now)"));
    assert_eq!(plan.questions.len(), 1);
    assert!(plan.kubectl.to_string().ends_with("--delete-emptydir-data"));
    let alone = plan.consequences.iter().find(|c| c.what == "no replica elsewhere").unwrap();
    assert_eq!(alone.detail, "shop/cache-1");
    assert_eq!(
        plan.needs.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["create pods/eviction in shop", "patch nodes"]
    );
}

#[test]
fn a_pod_that_is_ending_is_waited_for_unless_nothing_can_confirm_it() {
    let mut ending = pod("shop", "api-1", "w");
    ending.meta.deleting = Some(crate::testing::ago(30));
    let world = |ready: &str| World::new().node(node("w", ready, "", 90)).pod(ending.clone());
    let made = drain(&world("True")).unwrap();
    let Work::Drain { drain: work, .. } = &made.work else { panic!() };
    assert_eq!((work.evict.len(), work.going.len(), work.stay.len()), (0, 1, 0));
    assert!(made.summary.contains("wait for 1 already ending"), "{}", made.summary);
    assert!(matches!(Drain.progress(&made, &world("True").0), Progress::Pending(_)), "it still runs");
    assert!(matches!(Drain.progress(&made, &world("Unknown").0), Progress::Fulfilled(_)));
    let silent = drain(&world("Unknown")).unwrap();
    let Work::Drain { drain: work, .. } = &silent.work else { panic!() };
    assert_eq!((work.going.len(), work.stay.len()), (0, 1));
}

#[test]
fn bare_pods_and_unknown_budgets_refuse() {
    let mut bare = pod("shop", "toolbox", "w");
    bare.meta.owner = None;
    let mut world = World::new().node(node("w", "True", "", 9)).pod(bare);
    assert!(drain(&world).unwrap_err().to_string().contains("bare pods on w: shop/toolbox"));
    world = World::new().node(node("w", "True", "", 9));
    world.0.sync[Kind::PodDisruptionBudget as usize] = crate::domain::SyncState::Forbidden("list".into());
    assert!(drain(&world).unwrap_err().to_string().contains("not known"));
}

#[test]
fn a_node_of_which_one_namespace_is_seen_is_not_drained_nor_said_to_be_empty() {
    let whole = World::new().node(node("w", "True", "", 9)).pod(pod("shop", "api-1", "w"));
    let plan = drain(&whole).unwrap();
    for kind in [Kind::Pod, Kind::PodDisruptionBudget] {
        let mut world = World::new().node(node("w", "True", "", 9));
        world.0.scopes[kind as usize] = Some("team".into());
        let words = drain(&world).unwrap_err().to_string();
        assert!(words.contains("of namespace team are seen"), "{words}");
        let done = Drain.progress(&plan, &world.0);
        assert_eq!(matches!(done, Progress::Fulfilled(_)), kind != Kind::Pod, "{done:?}");
    }
}

#[test]
fn the_question_must_be_accepted_and_the_way_back_is_uncordon() {
    let mut cache = pod("shop", "cache-1", "w");
    cache.volumes.empty_dir = true;
    let world = World::new().node(node("w", "Unknown", "NodeStatusUnknown", 90)).pod(cache);
    let plan = drain(&world).unwrap();
    let Undo::By { op, note, .. } = &plan.undo else { panic!() };
    assert_eq!((op.as_str(), note.as_str()), ("node.uncordon", "pods do not come back by themselves"));
    let licence = crate::op::Lock::open("prod").licence(crate::domain::Timestamp::UNIX_EPOCH).unwrap();
    let mut answer = super::super::Answer { confirmed: true, ..Default::default() };
    assert!(plan.clone().approve(&answer, &licence).is_err());
    answer.accepted.insert("empty-dir".to_owned());
    assert!(plan.approve(&answer, &licence).is_ok());
}

/// A drain with these inputs besides the node.
fn with<const N: usize>(world: &World, more: [(&str, &str); N]) -> Result<Plan, Refusal> {
    let mut inputs = Inputs::of([("node", "w")]);
    inputs.0.extend(Inputs::of(more).0);
    plan("node.drain", &world.0, &inputs)
}

fn told(plan: &Plan, what: &str) -> Option<String> {
    plan.consequences.iter().find(|c| c.what == what).map(|c| c.detail.clone())
}

fn also(app: &str) -> crate::domain::PdbRow {
    let mut second = pdb("shop", app, 1);
    second.meta.name = "also".into();
    second
}

#[test]
fn what_the_server_will_refuse_is_a_danger_and_with_nothing_else_there_is_no_plan() {
    let two = World::new().pod(pod("shop", "api-1", "w")).pdb(pdb("shop", "api", 1)).pdb(also("api"));
    let refused = drain(&two).unwrap_err().to_string();
    assert!(refused.contains("more than one budget: shop/api-1 (budgets also and api)"), "{refused}");
    let made = drain(&two.pod(pod("shop", "web-1", "w"))).unwrap();
    let danger = made.consequences.iter().find(|c| c.class == sorted::REFUSED.0).unwrap();
    assert_eq!((danger.level, danger.of.as_slice()), (Level::Danger, &["uid-api-1".to_owned()][..]));
    assert!(made.summary.contains("will be refused: 1 pod"), "{}", made.summary);
    // It is not said to be blocked by one of them now: waiting does not help.
    assert_eq!(told(&made, "budget blocks"), None);
}

#[test]
fn what_holds_a_pod_or_brings_it_back_is_in_the_plan() {
    let mut held = pod("shop", "held-1", "w");
    held.finalizers = ["example.com/flush".into()].into();
    let mut long = pod("shop", "long-1", "w");
    long.grace = 7200;
    let mut back = pod("shop", "back-1", "w");
    back.tolerates_cordon = true;
    let ending = crate::domain::NamespaceRow {
        meta: crate::testing::meta("", "term"),
        phase: "Terminating".into(),
        ..Default::default()
    };
    let mut job = owned(pod("ci", "build-1", "w"), "Job");
    job.finalizers = ["batch.kubernetes.io/job-tracking".into()].into();
    let world = [held, long, back, pod("term", "app-1", "w"), job].into_iter().fold(World::new(), World::pod);
    let made = drain(&world.with(|w| &mut w.namespaces, ending)).unwrap();
    assert_eq!(told(&made, "held by a finalizer").unwrap(), "shop/held-1 by example.com/flush");
    assert_eq!(told(&made, "grace beyond the limit").unwrap(), "shop/long-1 may take 2h, the limit is 10m");
    assert_eq!(told(&made, "may come back").unwrap(), "shop/back-1 tolerates the cordon");
    assert!(told(&made, "namespace is ending").unwrap().starts_with("term/app-1: evictions are refused"));
    assert_eq!(told(&made, "work begins anew").unwrap(), "ci/build-1");
    assert!(!told(&made, "no replica elsewhere").unwrap().contains("build"), "a Job has none anyway");
}

#[test]
fn the_proof_names_the_pods_that_are_left_and_why() {
    let world = World::new().pod(pod("shop", "api-1", "w"));
    let made = drain(&world).unwrap();
    let of = |change: &dyn Fn(&mut PodRow)| {
        let mut row = pod("shop", "api-2", "w");
        change(&mut row);
        Drain.progress(&made, &World::new().pod(row).0)
    };
    let Progress::Stuck(words) = of(&|row| row.tolerates_cordon = true) else { panic!("not stuck") };
    assert!(words.starts_with("1 pod left on w: shop/api-2: it tolerates the cordon"), "{words}");
    let held = of(&|row| {
        row.meta.deleting = Some(crate::testing::ago(30));
        row.finalizers = ["example.com/flush".into()].into();
    });
    let words = "1 pod left on w: shop/api-2: held by finalizer example.com/flush";
    assert_eq!(held, Progress::Pending(words.to_owned()));
    let two = World::new().pod(pod("shop", "api-1", "w")).pdb(pdb("shop", "api", 1)).pdb(also("api"));
    let Progress::Pending(words) = Drain.progress(&made, &two.0) else { panic!() };
    assert!(words.contains("evicts no pod that has more than one"), "{words}");
}

#[test]
fn another_pod_of_the_same_name_elsewhere_is_no_pod_that_is_left() {
    let made = drain(&World::new().pod(pod("shop", "web-0", "w"))).unwrap();
    let mut anew = pod("shop", "web-0", "other");
    anew.meta.uid = "another".into();
    assert!(matches!(Drain.progress(&made, &World::new().pod(anew).0), Progress::Fulfilled(_)));
}

#[test]
fn each_choice_is_on_its_rung_and_in_the_line_of_kubectl() {
    let mut bare = pod("shop", "toolbox", "w");
    bare.meta.owner = None;
    let mut slow = pod("shop", "slow-1", "w");
    slow.grace = 300;
    let mut cache = pod("shop", "cache-1", "w");
    cache.volumes.empty_dir = true;
    let plain = World::new().pod(slow);
    assert_eq!(with(&plain, [("force", "true")]).unwrap().risk, Risk::Medium, "there is none to force");
    assert_eq!(with(&plain, [("timeout", "1h")]).unwrap().risk, Risk::Medium);
    assert_eq!(with(&plain, [("gracePeriod", "10m")]).unwrap().risk, Risk::Medium, "longer than its own");
    let cut = with(&plain, [("gracePeriod", "30s"), ("timeout", "1h")]).unwrap();
    assert_eq!(cut.risk, Risk::High);
    assert_eq!(told(&cut, "shorter grace").unwrap(), "shop/slow-1 asks for 5m and gets 30s");
    assert_eq!(
        cut.kubectl.to_string(),
        "kubectl drain w --ignore-daemonsets --grace-period=30 --timeout=3600s"
    );
    let Work::Drain { drain: work, .. } = &cut.work else { panic!() };
    assert_eq!((work.grace_seconds, work.timeout_seconds), (Some(30), 3600));
    let call = super::super::Call::eviction(&work.evict[0].key, "u", work.grace_seconds);
    assert_eq!(call.body["deleteOptions"]["gracePeriodSeconds"], 30);
    assert!(with(&plain, [("gracePeriod", "0")]).unwrap_err().to_string().contains("may still run"));
    let data = plain.clone().pod(cache);
    assert_eq!(with(&data, []).unwrap().risk, Risk::Medium, "it asks");
    let unasked = with(&data, [("deleteEmptyDir", "true")]).unwrap();
    assert_eq!((unasked.risk, unasked.questions.len()), (Risk::High, 0));
    let forced = plain.pod(bare);
    assert!(with(&forced, []).unwrap_err().to_string().ends_with("or give `force`"));
    let forced = with(&forced, [("force", "true")]).unwrap();
    assert_eq!(forced.risk, Risk::Critical);
    assert_eq!(told(&forced, "gone for good").unwrap(), "shop/toolbox");
    assert!(forced.kubectl.to_string().contains("--ignore-daemonsets --force --timeout=600s"));
}
