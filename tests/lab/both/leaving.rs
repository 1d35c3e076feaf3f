//! What stops pods from leaving: said before, met on the way, and in the words of the end.

use std::sync::Mutex;

use opsbook::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, Timestamp};
use opsbook::op::{self, Inputs, Plan, Progress};
use opsbook::record::RunEnd;
use serde_json::{Value, json};

use super::operate::deploy;
use crate::support::{Cluster, Desk, journal, manifest};

fn drain(node: &str, more: &[(&str, &str)]) -> Inputs {
    let mut inputs = Inputs::of([("node", node)]);
    inputs.0.extend(more.iter().map(|(k, v)| ((*k).to_owned(), (*v).into())));
    inputs
}

fn told(plan: &Plan, what: &str) -> String {
    plan.consequences.iter().find(|c| c.what == what).map_or_else(String::new, |c| c.detail.clone())
}

/// The only pod of an app.
fn pod_of(world: &ClusterSnapshot, space: &str, app: &str) -> ObjectKey {
    let found = world.pods.in_namespace(space).find(|p| p.meta.label("app") == Some(app));
    ObjectKey { kind: Kind::Pod, row: found.expect("it was deployed").meta.key() }
}

/// Runs a plan; `then` is done once, at the first line of progress that has these words.
async fn run_and(
    desk: &mut Desk,
    plan: &Plan,
    words: &str,
    then: impl Future<Output = ()>,
) -> crate::support::Ran {
    let (seen, saw) = tokio::sync::oneshot::channel();
    let seen = Mutex::new(Some(seen));
    let look = |line: &str| {
        if line.contains(words) {
            seen.lock().unwrap().take().map(|seen| seen.send(()));
        }
        false
    };
    let after = async {
        if saw.await.is_ok() {
            then.await;
        }
    };
    let (ran, ()) = tokio::join!(
        async {
            let ran = desk.run_until(plan, None, look).await;
            // It was never said: the other half must not wait for it.
            drop(seen.lock().unwrap().take());
            ran
        },
        after
    );
    ran
}

pub async fn a_pod_with_two_budgets_is_refused_at_once_and_the_others_leave(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let (space, node) = ("two", "two-1");
    cluster.create(&manifest::namespace(space)).await;
    for app in ["web", "api"] {
        deploy(&cluster, &desk, &manifest::deployment(space, app, 1)).await;
    }
    let mut second = manifest::budget(space, "web", 0);
    second["metadata"]["name"] = "also".into();
    cluster.create(&manifest::budget(space, "web", 0)).await;
    cluster.create(&second).await;
    desk.world("both budgets", |w| w.pdbs.in_namespace(space).filter(|b| b.allowed == 1).count() == 2).await;
    let held = pod_of(&desk.now(), space, "web");
    let inputs = Inputs::of([("namespace", space), ("pod", held.name())]);
    let refused = op::plan("pod.evict", &desk.now(), &inputs).unwrap_err().to_string();
    assert!(refused.contains("more than one"), "{refused}");

    let plan = desk.plan("node.drain", &drain(node, &[])).await;
    assert!(
        told(&plan, "will be refused: more than one budget").contains("budgets also and web"),
        "{:?}",
        plan.consequences
    );
    let ran = desk.run(&plan).await;
    assert_eq!(ran.end, RunEnd::Failed, "{}", ran.words);
    assert!(ran.words.contains("1 of 2 pods have left"), "{}", ran.words);
    assert!(ran.words.contains("more than one PodDisruptionBudget"), "{}", ran.words);
    let lines = journal(&desk.recorder.events());
    let asked = lines.iter().filter(|l| l.starts_with(&format!("no evict {}", held.name()))).count();
    assert_eq!(asked, 1, "asked once and not for ten minutes: {lines:?}");
    // Without the other pod nothing can come of it.
    let again = op::plan("node.drain", &desk.now(), &drain(node, &[])).unwrap_err().to_string();
    assert!(again.contains("no pod on two-1 can be evicted"), "{again}");
}

pub async fn a_pod_of_a_namespace_that_is_ending_is_waited_for(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let (space, node) = ("term", "term-1");
    cluster.create(&manifest::namespace(space)).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 1)).await;
    let pod = pod_of(&desk.now(), space, "web");
    cluster.patch(&pod, &json!({"metadata": {"finalizers": ["example.com/flush"]}})).await;
    desk.world("its finalizer", |w| w.pods.get(&pod.row).is_some_and(|p| !p.finalizers.is_empty())).await;
    // With a cordon of its own the drain would look again, and find the pod deleted by then.
    cluster.patch(&ObjectKey::cluster(Kind::Node, node), &json!({"spec": {"unschedulable": true}})).await;
    desk.world("the cordon", |w| w.node(node).is_some_and(|n| n.unschedulable)).await;
    let plan = desk.plan("node.drain", &drain(node, &[])).await;
    assert!(told(&plan, "held by a finalizer").contains("example.com/flush"), "{:?}", plan.consequences);
    cluster.delete(&ObjectKey::cluster(Kind::Namespace, space)).await;
    let free = async {
        cluster.patch(&pod, &json!({"metadata": {"finalizers": null}})).await;
    };
    let words = "namespace term is ending, which refuses evictions";
    let ran = Box::pin(run_and(&mut desk, &plan, words, free)).await;
    assert_eq!(ran.end, RunEnd::Applied, "{}", ran.words);
    let lines = journal(&desk.recorder.events());
    assert!(lines.iter().any(|l| l.starts_with("no evict web-")), "it was asked: {lines:?}");
}

pub async fn what_holds_a_pod_is_said_while_it_is_waited_for(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let (space, node) = ("held", "held-1");
    cluster.create(&manifest::namespace(space)).await;
    let mut web = manifest::deployment(space, "web", 1);
    web["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] = 7200.into();
    deploy(&cluster, &desk, &web).await;
    let pod = pod_of(&desk.now(), space, "web");
    cluster.patch(&pod, &json!({"metadata": {"finalizers": ["example.com/flush"]}})).await;
    desk.world("its finalizer", |w| w.pods.get(&pod.row).is_some_and(|p| !p.finalizers.is_empty())).await;
    let plan = desk.plan("node.drain", &drain(node, &[])).await;
    assert!(told(&plan, "grace beyond the limit").contains("may take 2h, the limit is 10m"), "{plan:?}");
    let plan = desk.plan("node.drain", &drain(node, &[("gracePeriod", "7s")])).await;
    assert!(told(&plan, "shorter grace").contains("asks for 2h and gets 7s"), "{:?}", plan.consequences);
    let path = pod.path();
    let free = async {
        let now = cluster.get(&path).await.unwrap();
        let at =
            |name: &str| now["metadata"][name].as_str().unwrap().parse::<Timestamp>().unwrap().as_second();
        let ends = at("deletionTimestamp") - at("creationTimestamp");
        assert!(ends < 600, "its own grace of two hours was not taken: {now}");
        cluster.patch(&pod, &json!({"metadata": {"finalizers": null}})).await;
    };
    let words = "held by finalizer example.com/flush";
    let ran = Box::pin(run_and(&mut desk, &plan, words, free)).await;
    assert_eq!(ran.end, RunEnd::Applied, "{}", ran.words);
}

pub async fn a_pod_that_tolerates_the_cordon_is_named_before_and_after(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let (space, node) = ("back", "back-1");
    cluster.create(&manifest::namespace(space)).await;
    let mut web = manifest::deployment(space, "web", 1);
    web["spec"]["template"]["spec"]["tolerations"] = json!([{"operator": "Exists"}]);
    deploy(&cluster, &desk, &web).await;
    let plan = desk.plan("node.drain", &drain(node, &[])).await;
    assert!(told(&plan, "may come back").ends_with("tolerates the cordon"), "{:?}", plan.consequences);
    let ran = desk.run(&plan).await;
    assert_eq!(ran.end, RunEnd::Applied, "{}", ran.words);
    let drain = op::find("node.drain").unwrap();
    let stuck = |w: &ClusterSnapshot| matches!(drain.progress(&plan, w), Progress::Stuck(words) if words.contains("it tolerates the cordon"));
    desk.world("its replacement on the same node", stuck).await;
}

pub async fn a_pod_without_an_owner_leaves_by_force_alone(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let (space, node) = ("bare", "bare-1");
    cluster.create(&manifest::namespace(space)).await;
    let pod: Value = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"namespace": space, "name": "toolbox"},
        "spec": {"nodeName": node, "terminationGracePeriodSeconds": 1,
            "containers": [{"name": "app", "image": "registry.example/app:1"}]},
    });
    cluster.create(&pod).await;
    desk.world("it runs", |w| w.pods.find(space, "toolbox").is_some_and(|p| p.ready())).await;
    let refused = op::plan("node.drain", &desk.now(), &drain(node, &[])).unwrap_err().to_string();
    assert!(refused.contains("bare pods on bare-1: bare/toolbox"), "{refused}");
    let plan = desk.plan("node.drain", &drain(node, &[("force", "true")])).await;
    assert_eq!(told(&plan, "gone for good"), "bare/toolbox");
    let ran = desk.run(&plan).await;
    assert_eq!(ran.end, RunEnd::Applied, "{}", ran.words);
    desk.proved(&plan).await;
    assert!(desk.now().pods.find(space, "toolbox").is_none());
}

pub async fn what_comes_between_the_plan_and_the_cordon_leaves_too(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let (space, node, other) = ("late", "late-1", "late-2");
    let close = async |name: &str, closed: bool| {
        let key = ObjectKey::cluster(Kind::Node, name);
        cluster.patch(&key, &json!({"spec": {"unschedulable": closed}})).await;
    };
    cluster.create(&manifest::namespace(space)).await;
    close(node, true).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 1)).await;
    close(node, false).await;
    close(other, true).await;
    let open = |w: &ClusterSnapshot| {
        w.node(node).is_some_and(|n| !n.unschedulable) && w.node(other).is_some_and(|n| n.unschedulable)
    };
    desk.world("one node open", open).await;
    // A yes to a drain that evicts nothing would be none to one that does.
    deploy(&cluster, &desk, &manifest::deployment(space, "base", 1)).await;
    let plan = desk.plan("node.drain", &drain(node, &[])).await;
    assert!(plan.summary.starts_with("evict 1"), "{}", plan.summary);
    let web = ObjectKey::new(Kind::Deployment, space, "web");
    cluster.patch(&web, &json!({"spec": {"replicas": 2}})).await;
    let late = |w: &ClusterSnapshot| w.pods_on(node).filter(|p| p.ready()).count() == 2;
    desk.world("a pod that the plan does not know", late).await;
    close(other, false).await;
    let ran = desk.run(&plan).await;
    assert_eq!(ran.end, RunEnd::Applied, "{}", ran.words);
    assert!(ran.words.starts_with("2 of 2 pods have left"), "{}", ran.words);
    desk.proved(&plan).await;
}

pub async fn a_partition_keeps_pods_and_the_proof_says_so(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "part";
    cluster.create(&manifest::namespace(space)).await;
    let mut set = manifest::stateful_set(space, "db", 2);
    set["spec"]["updateStrategy"] = json!({"type": "RollingUpdate", "rollingUpdate": {"partition": 1}});
    cluster.create(&set).await;
    let key = ObjectKey::new(Kind::StatefulSet, space, "db");
    desk.follow([Interest::one(&key)]);
    desk.world("two ready", |w| w.stateful_sets.get(&key.row).is_some_and(|s| s.ready == 2)).await;
    let kept = desk.now().pods.find(space, "db-0").unwrap().meta.uid.clone();
    let inputs = Inputs::of([("namespace", space), ("statefulset", "db")]);
    let plan = desk.carry_out("workload.restart", &inputs).await;
    assert!(told(&plan, "partition").contains("1 of 2 pods will be replaced"), "{:?}", plan.consequences);
    let world = desk.proved(&plan).await;
    let words = op::shown(&plan, &world).unwrap();
    assert_eq!(words, "1 of 2 pods of part/db are new, 1 is kept by the partition; all are available");
    assert_eq!(desk.now().pods.find(space, "db-0").unwrap().meta.uid, kept);
    cluster.patch(&key, &json!({"spec": {"updateStrategy": {"rollingUpdate": {"partition": 2}}}})).await;
    let refused = |w: &ClusterSnapshot| {
        op::plan("workload.restart", w, &inputs).is_err_and(|r| r.to_string().contains("partition 2: 0 of 2"))
    };
    desk.world("a restart that would replace nothing", refused).await;
}
