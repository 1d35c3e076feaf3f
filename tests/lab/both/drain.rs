//! Drains from end to end.

use opsbook::domain::{ClusterSnapshot, Kind, ObjectKey};
use opsbook::op::{Inputs, Level, Work};
use opsbook::record::RunEnd;
use serde_json::json;

use super::operate::{deploy, same_as_the_audit_log};
use crate::support::{Cluster, Desk, approved, journal, manifest};

fn on(world: &ClusterSnapshot, node: &str) -> Vec<String> {
    world.pods_on(node).map(|p| p.meta.label("app").unwrap_or("mirror").to_owned()).collect()
}

/// Keeps new pods off a node for as long as the first ones are placed.
async fn close(cluster: &Cluster, desk: &Desk, node: &str, closed: bool) {
    let key = ObjectKey::cluster(Kind::Node, node);
    cluster.patch(&key, &json!({"spec": {"unschedulable": closed}})).await;
    desk.world("the node closed or open", |w| w.node(node).is_some_and(|n| n.unschedulable == closed)).await;
}

pub async fn what_can_move_is_evicted_and_the_rest_stays(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    close(&cluster, &desk, "drain-2", true).await;
    cluster.create(&manifest::namespace("drain")).await;
    deploy(&cluster, &desk, &manifest::deployment("drain", "web", 3)).await;
    deploy(&cluster, &desk, &manifest::with_empty_dir(manifest::deployment("drain", "cache", 1))).await;
    cluster.create(&manifest::daemon_set("drain", "agent")).await;
    cluster.create(&manifest::budget("drain", "web", 2)).await;
    let uid = desk.now().node("drain-1").unwrap().meta.uid.to_string();
    cluster.create(&manifest::mirror("drain", "static", "drain-1", &uid)).await;
    close(&cluster, &desk, "drain-2", false).await;
    let all = |w: &ClusterSnapshot| {
        on(w, "drain-1").len() == 6
            && w.pods.in_namespace("drain").all(|p| p.mirror || p.ready())
            && w.pdbs.find("drain", "web").is_some_and(|b| b.allowed == 1)
            && w.daemon_sets.find("drain", "agent").is_some_and(|d| d.ready >= 2)
    };
    desk.world("six pods on it", all).await;

    let mark = cluster.audit_mark();
    let plan = desk.plan("node.drain", &Inputs::of([("node", "drain-1")])).await;
    let Work::Drain { cordon, drain } = &plan.work else { panic!("{:?}", plan.work) };
    assert!(cordon.is_some() && !drain.silent);
    assert_eq!((drain.evict.len(), drain.stay.len()), (4, 2), "{}", plan.summary);
    assert_eq!(plan.questions.len(), 1, "the emptyDir is asked about");
    assert!(plan.consequences.iter().any(|c| c.level == Level::Danger && c.detail.contains("drain/cache-")));
    assert!(
        approved(plan.clone(), &opsbook::op::Answer { confirmed: true, ..Default::default() }, "x").is_err()
    );
    let preview = desk.preview(&plan).await;
    assert!(preview.clean() && preview.access.len() == 2, "{:?}", preview.objections());

    let ran = desk.run(&plan).await;
    assert_eq!(ran.end, RunEnd::Applied, "{}", ran.words);
    let world = desk.proved(&plan).await;
    let mut left = on(&world, "drain-1");
    left.sort();
    assert_eq!(left, ["agent", "mirror"]);
    assert!(world.node("drain-1").unwrap().unschedulable);
    let moved = |w: &ClusterSnapshot| {
        w.deployments.find("drain", "web").is_some_and(|d| d.available == 3)
            && w.deployments.find("drain", "cache").is_some_and(|d| d.available == 1)
    };
    desk.world("all of them elsewhere", moved).await;
    let lines = journal(&desk.recorder.events());
    assert_eq!(lines.iter().filter(|l| l.starts_with("ok evict web-")).count(), 3, "{lines:?}");
    assert_eq!(lines.iter().filter(|l| l.starts_with("left ")).count(), 4, "{lines:?}");
    assert_eq!(&lines[..3], ["intent", "send patch drain-1", "ok patch drain-1"]);
    same_as_the_audit_log(&cluster, &desk, mark).await;

    desk.undo().await;
    assert!(!desk.now().node("drain-1").unwrap().unschedulable);
}

/// One pod on the first node, and a budget that will not let it go.
pub(super) async fn blocked(cluster: &Cluster, space: &str, nodes: [&str; 2]) -> Desk {
    let desk = Desk::open(cluster).await;
    close(cluster, &desk, nodes[1], true).await;
    cluster.create(&manifest::namespace(space)).await;
    cluster.create(&manifest::budget(space, "web", 1)).await;
    deploy(cluster, &desk, &manifest::deployment(space, "web", 1)).await;
    close(cluster, &desk, nodes[1], false).await;
    let full =
        |w: &ClusterSnapshot| w.pdbs.find(space, "web").is_some_and(|b| b.healthy == 1 && b.allowed == 0);
    desk.world("a budget that allows nothing", full).await;
    desk
}

pub async fn a_budget_blocks_until_it_is_lifted(cluster: Cluster) {
    let mut desk = blocked(&cluster, "budget", ["budget-1", "budget-2"]).await;
    let plan = desk.plan("node.drain", &Inputs::of([("node", "budget-1")])).await;
    assert!(plan.consequences.iter().any(|c| c.what == "budget blocks"), "{:?}", plan.consequences);
    let (lift, lifted) = tokio::sync::oneshot::channel();
    let lift = std::sync::Mutex::new(Some(lift));
    // The operator reads why it waits and frees the budget.
    let waits = |line: &str| {
        if line.contains("budget budget/web allows 0 now") {
            lift.lock().unwrap().take().map(|lift| lift.send(()));
        }
        false
    };
    let free = async {
        lifted.await.unwrap();
        cluster.delete(&ObjectKey::new(Kind::PodDisruptionBudget, "budget", "web")).await;
    };
    let (ran, ()) = tokio::join!(desk.run_until(&plan, None, waits), free);
    assert_eq!(ran.end, RunEnd::Applied, "{}", ran.words);
    desk.proved(&plan).await;
    let lines = journal(&desk.recorder.events());
    assert!(lines.iter().any(|l| l.starts_with("no evict web-")), "it was never refused: {lines:?}");
    assert!(lines.iter().any(|l| l.starts_with("ok evict web-")), "{lines:?}");
}

pub async fn a_cancelled_drain_sends_nothing_more(cluster: Cluster) {
    let mut desk = blocked(&cluster, "cancel", ["cancel-1", "cancel-2"]).await;
    let mark = cluster.audit_mark();
    let plan = desk.plan("node.drain", &Inputs::of([("node", "cancel-1")])).await;
    let ran = desk.run_until(&plan, None, |line| line.contains("budget cancel/web")).await;
    assert_eq!(ran.end, RunEnd::Cancelled, "{}", ran.words);
    assert!(ran.words.contains("no new evictions; 0 of 1 pods have left"), "{}", ran.words);
    let lines = journal(&desk.recorder.events());
    assert_eq!(lines.last().map(String::as_str), Some("end"));
    desk.world("what was done stays done", |w| w.node("cancel-1").is_some_and(|n| n.unschedulable)).await;
    assert_eq!(on(&desk.now(), "cancel-1"), ["web"]);
    same_as_the_audit_log(&cluster, &desk, mark).await;
    desk.undo().await;
}
