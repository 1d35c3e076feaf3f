//! What may not grow between reading and yes, each by itself.

use super::*;
use crate::domain::{Owner, PodRow};
use crate::lang::{Language, within};
use crate::op::{Inputs, Undo, plan};
use crate::testing::{World, deployment, node, pdb, pod};

fn drain_with(world: &World, more: &[(&str, &str)]) -> Plan {
    let mut inputs = Inputs::of([("node", "w")]);
    inputs.0.extend(more.iter().map(|(k, v)| ((*k).to_owned(), (*v).into())));
    plan("node.drain", &world.0, &inputs).unwrap()
}

fn drain(world: &World) -> Plan {
    drain_with(world, &[])
}

/// Two replicas on the node and elsewhere, one with local data, a Job's pod.
fn world() -> World {
    let mut cache = pod("shop", "cache-1", "w");
    cache.volumes.empty_dir = true;
    [cache, job("build-1")]
        .into_iter()
        .chain(["api-1", "web-1"].map(|name| pod("shop", name, "w")))
        .chain(["api-9", "web-9", "cache-9", "new-9"].map(|name| pod("shop", name, "other")))
        .fold(World::new(), World::pod)
}

fn job(name: &str) -> PodRow {
    let mut row = pod("ci", name, "w");
    row.meta.owner = Some(Owner { kind: "Job".into(), name: name.into() });
    row
}

#[test]
fn pods_that_come_and_go_and_a_node_that_reports_are_within_what_was_read() {
    let read = drain(&world());
    let (mut row, lease) = node("w", "True", "KubeletReady", 86_400);
    row.meta.version = "99".into();
    let busy = world().node((row, lease)).pod(pod("shop", "web-2", "w")).pod(pod("shop", "new-1", "w"));
    let now = drain(&busy);
    assert_ne!((read.digest(), &read.version), (now.digest(), &now.version));
    assert_eq!(read.beyond(&now), None);
    // Fewer of everything, too.
    let mut fewer = world();
    for name in ["cache-1", "api-1"] {
        let key = crate::domain::RowKey::new("shop", name);
        fewer.0.pods.remove(&key);
        fewer.0.pods_by_node.get_mut("w").unwrap().remove(&key);
    }
    assert_eq!(read.beyond(&drain(&fewer.counted())), None);
}

#[test]
fn nothing_that_was_not_read_may_come_in() {
    let read = drain(&world());
    let beyond = |world: World| read.beyond(&drain(&world)).map(|b| b.to_string()).unwrap_or_default();
    let mut data = pod("shop", "new-1", "w");
    data.volumes.empty_dir = true;
    assert!(beyond(world().pod(data)).contains("local data lost: shop/cache-1, shop/new-1"));
    assert!(beyond(world().pod(pod("shop", "lone-1", "w"))).contains("no replica elsewhere: shop/lone-1"));
    let mut second = pdb("shop", "api", 1);
    second.meta.name = "also".into();
    let two = beyond(world().pdb(pdb("shop", "api", 1)).pdb(second));
    assert!(two.contains("more than one budget: shop/api-1 (budgets also and api)"), "{two}");
    assert!(beyond(world().pdb(pdb("shop", "api", 0))).contains("budget blocks"));
    let mut held = pod("shop", "api-1", "w");
    held.finalizers = ["example.com/flush".into()].into();
    assert!(beyond(world().pod(held)).contains("held by a finalizer"));
    // The same name, another pod: it was not this one's data that was given up.
    let mut anew = pod("shop", "cache-1", "w");
    anew.volumes.empty_dir = true;
    anew.meta.uid = "another".into();
    assert!(beyond(world().pod(anew)).contains("local data lost"));
    let silent = beyond(world().node(node("w", "Unknown", "NodeStatusUnknown", 90)));
    assert!(silent.contains("silent node"), "{silent}");
}

#[test]
fn no_further_work_is_lost_than_what_was_read() {
    let read = drain(&world());
    let more = read.beyond(&drain(&world().pod(job("week-1")))).map(|b| b.to_string()).unwrap_or_default();
    assert!(more.contains("work begins anew: ") && more.contains("ci/week-1"), "{more}");
    let slow = |name: &str| {
        let mut row = pod("shop", name, "w");
        row.grace = 300;
        row
    };
    let cut = |world: &World| drain_with(world, &[("gracePeriod", "60s")]);
    let one = world().pod(slow("web-2"));
    let read = cut(&one);
    assert_eq!(read.beyond(&cut(&one.clone().pod(pod("shop", "web-3", "w")))), None);
    let more = read.beyond(&cut(&one.pod(slow("web-3")))).map(|b| b.to_string()).unwrap_or_default();
    assert!(more.contains("shorter grace: ") && more.contains("shop/web-3 asks for 5m"), "{more}");
}

#[test]
fn a_drain_that_evicts_nothing_is_no_yes_to_one_that_does() {
    let mut going = pod("shop", "web-1", "w");
    going.meta.deleting = Some(crate::testing::ago(-30));
    let only = World::new().pod(going).pod(pod("shop", "web-9", "other"));
    let read = drain(&only);
    assert_eq!(read.beyond(&drain(&only.pod(pod("shop", "web-2", "w")))), Some(Beyond::Requests));
}

#[test]
fn no_further_pod_without_an_owner_is_forced() {
    let bare = |name: &str| {
        let mut row = pod("shop", name, "w");
        row.meta.owner = None;
        row
    };
    let forced = |world: &World| drain_with(world, &[("force", "true")]);
    let one = world().pod(bare("toolbox"));
    let read = forced(&one);
    assert_eq!(read.beyond(&forced(&one.clone().pod(pod("shop", "web-2", "w")))), None);
    let more = read.beyond(&forced(&one.pod(bare("second")))).unwrap();
    assert!(matches!(&more, Beyond::Consequence(words) if words.contains("shop/second")), "{more}");
    // The first one weighs more than what was read.
    let none = forced(&world());
    assert_eq!(none.beyond(&read), Some(Beyond::Risk(crate::domain::Risk::Critical)));
}

#[test]
fn target_requests_way_back_and_questions_stay_what_they_were() {
    let read = drain(&world());
    let changed = |change: &dyn Fn(&mut Plan)| {
        let mut now = drain(&world().pod(pod("shop", "web-2", "w")));
        change(&mut now);
        read.beyond(&now)
    };
    assert_eq!(changed(&|_| {}), None);
    assert_eq!(changed(&|p| p.uid = "another".into()), Some(Beyond::Target));
    assert_eq!(changed(&|p| p.undo = Undo::None("cordoned before".into())), Some(Beyond::WayBack));
    assert!(matches!(changed(&|p| p.risk = Risk::High), Some(Beyond::Risk(_))));
    let asks = changed(&|p| p.questions.push(Question::new("member", "the etcd member is lost")));
    assert!(matches!(asks, Some(Beyond::Question(_))));
    let reworded = changed(&|p| p.questions = vec![Question::new("empty-dir", "all data is lost")]);
    assert!(matches!(reworded, Some(Beyond::Question(_))));
    // Somebody took the cordon away, or set it.
    let mut cordoned = world();
    let (mut row, lease) = node("w", "True", "KubeletReady", 86_400);
    row.unschedulable = true;
    cordoned = cordoned.node((row, lease));
    assert_eq!(read.beyond(&drain(&cordoned)), Some(Beyond::Requests));
    assert_eq!(drain(&cordoned).beyond(&read), Some(Beyond::Requests));
}

#[test]
fn what_a_second_person_agreed_to_and_scripts_are_good_for_themselves_alone() {
    let mut read = drain(&world());
    let mut now = drain(&world().pod(pod("shop", "web-2", "w")));
    (read.peer, now.peer) = (true, true);
    assert_eq!(read.beyond(&now), Some(Beyond::Agreed));
    assert_eq!(read.beyond(&read.clone()), None);
    let rewrite = |per_second| {
        Work::Rewrite(crate::op::RewriteWork {
            kind: crate::domain::Kind::Secret,
            namespace: None,
            per_second,
        })
    };
    let with = |work| Plan { work, ..drain(&world()) };
    assert_eq!(with(rewrite(5)).beyond(&with(rewrite(6))), Some(Beyond::Requests));
}

#[test]
fn a_single_request_to_a_newer_version_is_the_same_one_below_high_risk() {
    let of = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut object = deployment("shop", "api", 3);
        change(&mut object);
        let inputs = Inputs::of([("namespace", "shop"), ("deployment", "api"), ("image", "api:5")]);
        plan("workload.set-image", &World::new().object(object).0, &inputs).unwrap()
    };
    let read = of(&|_| {});
    let newer = of(&|o| o["metadata"]["resourceVersion"] = "2".into());
    assert_ne!(read.digest(), newer.digest());
    assert_eq!(read.beyond(&newer), None, "only its status was written");
    let other = of(&|o| {
        o["metadata"]["resourceVersion"] = "2".into();
        o["spec"]["template"]["spec"]["containers"][0]["image"] = "api:6".into();
    });
    assert_eq!(read.beyond(&other), Some(Beyond::Requests), "what it replaces is another image");
    let high = |plan: &Plan| Plan { risk: Risk::High, ..plan.clone() };
    assert_eq!(high(&read).beyond(&high(&newer)), Some(Beyond::Requests));
}

#[test]
fn what_came_before_the_cordon_held_leaves_too_unless_it_asks_something_new() {
    let read = drain(&world());
    let closed = |world: World| {
        let (mut row, lease) = node("w", "True", "KubeletReady", 86_400);
        (row.unschedulable, row.meta.version) = (true, "2".into());
        world.node((row, lease)).0
    };
    let names = |work: Option<DrainWork>| {
        work.map(|w| w.evict.iter().map(|p| p.key.name().to_owned()).collect::<Vec<_>>())
    };
    let late = names(read.drained_now(&closed(world().pod(pod("shop", "new-1", "w"))))).unwrap();
    assert!(late.contains(&"new-1".to_owned()) && late.contains(&"api-1".to_owned()), "{late:?}");
    assert_eq!(names(read.drained_now(&closed(world().pod(pod("shop", "lone-1", "w"))))), None);
    let mut bare = pod("shop", "toolbox", "w");
    bare.meta.owner = None;
    assert_eq!(names(read.drained_now(&closed(world().pod(bare)))), None, "there is no plan at all");
    let agreed = Plan { peer: true, ..read };
    assert_eq!(names(agreed.drained_now(&closed(world()))), None, "what was agreed to is this list");
}

#[test]
fn what_a_yes_covers_is_the_same_when_the_language_was_switched_meanwhile() {
    let read = drain(&world());
    let (mut row, lease) = node("w", "True", "KubeletReady", 86_400);
    (row.unschedulable, row.meta.version) = (true, "2".into());
    let closed = |name: &str| world().pod(pod("shop", name, "w")).node((row.clone(), lease.clone())).0;
    let now = |name: &str| within(Language::Chinese, || read.drained_now(&closed(name)));
    let said = within(Language::Chinese, || drain(&world()));
    assert_ne!(said.consequences, read.consequences, "the words are others");
    assert!(now("new-1").is_some(), "a pod with replicas elsewhere");
    assert!(now("lone-1").is_none(), "no replica of it is elsewhere");
}
