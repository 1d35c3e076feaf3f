//! A silent node: the timeline of Kubernetes, on paused time.

use opsbook::practice::{FaultTime, Practice};
use serde_json::{Value, json};

use super::support::{ask, condition, get, item, start, until};

const NODE: &str = "/api/v1/nodes/worker-3";
const SHOP: &str = "/api/v1/namespaces/shop/pods";

async fn pods_on(practice: &Practice, node: &str) -> Vec<Value> {
    let list = get(practice, &format!("{SHOP}?fieldSelector=spec.nodeName%3D{node}")).await;
    list["items"].as_array().unwrap().clone()
}

fn has_taint(node: &Value, effect: &str) -> bool {
    let taints = node["spec"]["taints"].as_array();
    taints.is_some_and(|t| {
        t.iter().any(|t| t["key"] == "node.kubernetes.io/unreachable" && t["effect"] == effect)
    })
}

async fn evict(practice: &Practice, pod: &str, dry: bool) -> (u16, Value) {
    let query = if dry { "?dryRun=All" } else { "" };
    let body = json!({"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": pod, "namespace": "shop"}});
    ask(practice, "POST", &format!("{SHOP}/{pod}/eviction{query}"), "application/json", &body.to_string())
        .await
}

#[tokio::test(start_paused = true)]
async fn silence_becomes_unknown_then_taints_then_evictions() {
    let practice = start("node-not-ready", FaultTime::Held);
    assert_eq!(condition(&get(&practice, NODE).await, "Ready"), "True KubeletReady");
    let begin = tokio::time::Instant::now();
    practice.inject().await.unwrap();

    let node = until(&practice, NODE, "NotReady", |n| condition(n, "Ready").starts_with("Unknown")).await;
    let took = begin.elapsed().as_secs();
    assert!((40..=51).contains(&took), "{took} s of grace since the last Lease");
    assert_eq!(condition(&node, "Ready"), "Unknown NodeStatusUnknown");
    assert!(has_taint(&node, "NoSchedule") && has_taint(&node, "NoExecute"));
    let victims = pods_on(&practice, "worker-3").await;
    assert!(
        victims
            .iter()
            .all(|p| condition(p, "Ready").starts_with("False") && p["status"]["phase"] == "Running")
    );

    let deletions =
        until(&practice, SHOP, "evictions", |l| l.to_string().contains("deletionTimestamp")).await;
    let took = begin.elapsed().as_secs();
    assert!((340..=352).contains(&took), "{took} s until the toleration of 300 s is used up");
    assert!(deletions.to_string().contains("DeletionByTaintManager"));

    let api = "/apis/apps/v1/namespaces/shop/deployments/api";
    until(&practice, api, "its replacement", |d| d["status"]["readyReplicas"] == 3).await;
    let left = pods_on(&practice, "worker-3").await;
    assert_eq!(left.len(), victims.len(), "pods of a silent node stay Terminating");
    let cart = get(&practice, "/apis/apps/v1/namespaces/shop/statefulsets/cart").await;
    assert_eq!(cart["status"]["readyReplicas"], 1, "a StatefulSet waits for the old pod to go");

    practice.act("repair").await.unwrap();
    until(&practice, NODE, "Ready", |n| {
        condition(n, "Ready") == "True KubeletReady" && !has_taint(n, "NoExecute")
    })
    .await;
    let cart = "/apis/apps/v1/namespaces/shop/statefulsets/cart";
    until(&practice, cart, "both pods", |s| s["status"]["readyReplicas"] == 2).await;
    let events = get(&practice, "/api/v1/events").await.to_string();
    for reason in
        ["NodeNotReady", "TaintManagerEviction", "Rebooted", "NodeReady", "Scheduled", "SuccessfulCreate"]
    {
        assert!(events.contains(&format!("\"reason\":\"{reason}\"")), "{reason}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_kubelet_that_comes_back_in_time_cancels_the_evictions() {
    let practice = start("node-not-ready", FaultTime::Past);
    let node = get(&practice, NODE).await;
    assert_eq!(condition(&node, "Ready"), "Unknown NodeStatusUnknown", "the fault is history already");
    let before = pods_on(&practice, "worker-3").await.len();
    practice.act("restart-kubelet").await.unwrap();
    until(&practice, NODE, "Ready", |n| condition(n, "Ready") == "True KubeletReady").await;
    until(&practice, SHOP, "all ready", |l| {
        l["items"].as_array().unwrap().iter().all(|p| condition(p, "Ready").starts_with("True"))
    })
    .await;
    let now = pods_on(&practice, "worker-3").await;
    assert_eq!(now.len(), before);
    assert!(
        now.iter().all(|p| p["status"]["containerStatuses"][0]["restartCount"] == 0),
        "its containers ran on"
    );
    assert!(get(&practice, "/api/v1/events").await.to_string().contains("Cancelling deletion of Pod shop/"));
}

#[tokio::test(start_paused = true)]
async fn budgets_block_until_replacements_are_ready() {
    let practice = start("node-not-ready", FaultTime::Past);
    let web: Vec<String> = pods_on(&practice, "worker-3")
        .await
        .iter()
        .filter(|p| p["metadata"]["labels"]["app"] == "web")
        .map(|p| p["metadata"]["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(web.len(), 2, "two of four: the budget is used up twice");
    let (code, refusal) = evict(&practice, &web[0], false).await;
    assert_eq!(code, 429);
    assert_eq!(refusal["message"], "Cannot evict pod as it would violate the pod's disruption budget.");
    assert_eq!(refusal["details"]["causes"][0]["reason"], "DisruptionBudget");
    assert_eq!(
        refusal["details"]["causes"][0]["message"],
        "The disruption budget web needs 3 healthy pods and has 2 currently"
    );
    let budget = "/apis/policy/v1/namespaces/shop/poddisruptionbudgets/web";
    until(&practice, budget, "a disruption", |b| b["status"]["disruptionsAllowed"] == 1).await;
    assert_eq!(evict(&practice, &web[0], false).await.0, 201, "it is going already");
}

#[tokio::test(start_paused = true)]
async fn an_eviction_deletes_and_its_dry_run_does_not() {
    let practice = start("healthy", FaultTime::Held);
    let name = pods_on(&practice, "worker-1").await[0]["metadata"]["name"].as_str().unwrap().to_owned();
    let path = format!("{SHOP}/{name}");
    let before = get(&practice, &path).await;
    assert_eq!(evict(&practice, &name, true).await.0, 201);
    assert_eq!(get(&practice, &path).await, before);
    assert_eq!(evict(&practice, &name, false).await.0, 201);
    let going = get(&practice, &path).await;
    assert!(going["metadata"]["deletionTimestamp"].is_string(), "{going}");
    until(&practice, &path, "its end", |p| {
        p["code"] == 404 || p["metadata"]["uid"] != before["metadata"]["uid"]
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn deleting_the_node_lets_its_pods_go() {
    let practice = start("node-not-ready", FaultTime::Past);
    assert_eq!(ask(&practice, "DELETE", NODE, "", "").await.0, 200);
    until(&practice, SHOP, "no pod of worker-3", |l| !l.to_string().contains("\"nodeName\":\"worker-3\""))
        .await;
    let cart = "/apis/apps/v1/namespaces/shop/statefulsets/cart";
    until(&practice, cart, "both pods elsewhere", |s| s["status"]["readyReplicas"] == 2).await;
    practice.act("repair").await.unwrap();
    until(&practice, NODE, "it registers again", |n| condition(n, "Ready") == "True KubeletReady").await;
}

#[tokio::test(start_paused = true)]
async fn a_cordon_is_a_taint_and_says_why_nothing_fits() {
    let practice = start("healthy", FaultTime::Held);
    let cordon = json!({"spec": {"unschedulable": true}}).to_string();
    for node in ["worker-1", "worker-2", "worker-3"] {
        let path = format!("/api/v1/nodes/{node}");
        assert_eq!(
            ask(&practice, "PATCH", &path, "application/strategic-merge-patch+json", &cordon).await.0,
            200
        );
    }
    let pod = json!({"metadata": {"name": "late"}, "spec": {"containers": [{"name": "a", "image": "busybox:1.37"}]}})
        .to_string();
    ask(&practice, "POST", SHOP, "application/json", &pod).await;
    let path = format!("{SHOP}/late");
    let late =
        until(&practice, &path, "a verdict", |p| condition(p, "PodScheduled").contains("Unschedulable"))
            .await;
    let message = late["status"]["conditions"][0]["message"].as_str().unwrap();
    assert!(
        message.starts_with(
            "0/4 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 3 node(s) were unschedulable."
        ),
        "{message}"
    );
    let nodes = get(&practice, "/api/v1/nodes").await;
    let taints = item(&nodes, "worker-1").unwrap()["spec"]["taints"].to_string();
    assert!(taints.contains("node.kubernetes.io/unschedulable"));
    let uncordon = json!({"spec": {"unschedulable": null}}).to_string();
    ask(&practice, "PATCH", "/api/v1/nodes/worker-1", "application/merge-patch+json", &uncordon).await;
    until(&practice, &path, "it runs", |p| p["status"]["phase"] == "Running").await;
}
