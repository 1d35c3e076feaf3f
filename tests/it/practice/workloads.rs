//! Workloads that live: rollouts, memory, logs, deletion.

use futures::StreamExt;
use opsbook::practice::{FaultTime, Pace, Practice, PracticeOptions, Scenario};
use serde_json::{Value, json};

use super::support::{ask, ask_as, condition, get, names, start, until, watch};

const API: &str = "/apis/apps/v1/namespaces/shop/deployments/api";
const PODS: &str = "/api/v1/namespaces/shop/pods?labelSelector=app%3Dapi";

async fn patch(practice: &Practice, path: &str, changes: &Value) {
    let (code, answer) =
        ask(practice, "PATCH", path, "application/strategic-merge-patch+json", &changes.to_string()).await;
    assert_eq!(code, 200, "{answer}");
}

fn done(deployment: &Value) -> bool {
    let status = &deployment["status"];
    status["observedGeneration"] == deployment["metadata"]["generation"]
        && status["replicas"] == 3
        && status["updatedReplicas"] == 3
        && status["availableReplicas"] == 3
}

/// The sum of the restarts of the pods now, and again ten minutes later.
async fn restarts_in_ten_minutes(practice: &Practice) -> (i64, i64) {
    let sum = |list: &Value| -> i64 {
        let items = list["items"].as_array().unwrap();
        items.iter().map(|p| p["status"]["containerStatuses"][0]["restartCount"].as_i64().unwrap()).sum()
    };
    let before = sum(&get(practice, PODS).await);
    tokio::time::sleep(std::time::Duration::from_mins(10)).await;
    (before, sum(&get(practice, PODS).await))
}

#[tokio::test(start_paused = true)]
async fn memory_kills_again_and_again_until_the_release_is_rolled_back() {
    let practice = start("pod-oomkilled", FaultTime::Past);
    let pods = until(&practice, PODS, "a pause", |l| l.to_string().contains("CrashLoopBackOff")).await;
    let status = &pods["items"][0]["status"]["containerStatuses"][0];
    assert!(status["restartCount"].as_i64().unwrap() >= 3, "{status}");
    let last = &status["lastState"]["terminated"];
    assert_eq!((last["exitCode"].as_i64(), last["reason"].as_str()), (Some(137), Some("OOMKilled")));
    let (before, after) = restarts_in_ten_minutes(&practice).await;
    assert!(after > before, "it goes on");

    let pod = pods["items"][0]["metadata"]["name"].as_str().unwrap();
    let request = opsbook::domain::LogRequest {
        pod: opsbook::domain::ObjectKey::new(opsbook::domain::Kind::Pod, "shop", pod),
        container: "api".into(),
        previous: true,
        follow: false,
        tail_lines: 3,
        since: None,
    };
    let (out, mut lines) = tokio::sync::mpsc::channel(16);
    let client = practice.client();
    opsbook::cluster::logs(&client, &request, &out).await.expect("the log of the instance that was killed");
    let lines = lines.try_recv().expect("its lines");
    assert!(lines.len() == 3 && lines.iter().all(|l| l.at.is_some()), "{lines:?}");
    assert!(lines.windows(2).all(|two| two[0].at <= two[1].at), "{lines:?}");
    assert!(!lines[0].text.starts_with(char::is_numeric), "the time stands apart: {lines:?}");
    let log = get(&practice, &format!("/api/v1/namespaces/shop/pods/{pod}/log?previous=true")).await;
    assert!(log.as_str().unwrap().contains("heap close to the memory limit"), "{log}");

    let sets = get(&practice, "/apis/apps/v1/namespaces/shop/replicasets?labelSelector=app%3Dapi").await;
    let first = sets["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["metadata"]["annotations"]["deployment.kubernetes.io/revision"] == "1");
    let mut template = first.expect("revision 1 is kept")["spec"]["template"].clone();
    template["metadata"]["labels"].as_object_mut().unwrap().remove("pod-template-hash");
    template["$patch"] = json!("replace");
    patch(&practice, API, &json!({"spec": {"template": template}})).await;
    let api = until(&practice, API, "revision 3 rolled out", done).await;
    assert_eq!(api["metadata"]["annotations"]["deployment.kubernetes.io/revision"], "3");
    assert_eq!(restarts_in_ten_minutes(&practice).await, (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_higher_limit_mends_it_too() {
    let practice = start("pod-oomkilled", FaultTime::Past);
    let container = json!({"name": "api", "resources": {"limits": {"memory": "512Mi"}}});
    patch(&practice, API, &json!({"spec": {"template": {"spec": {"containers": [container]}}}})).await;
    until(&practice, API, "the rollout", done).await;
    assert_eq!(restarts_in_ten_minutes(&practice).await, (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_rollout_keeps_its_floor_and_ceiling() {
    let practice = start("healthy", FaultTime::Held);
    let mut events = watch(
        &practice,
        "/apis/apps/v1/namespaces/shop/deployments?watch=true&fieldSelector=metadata.name%3Dapi",
    )
    .await;
    let restarted = json!({"kubectl.kubernetes.io/restartedAt": "2026-01-01T00:00:00Z"});
    patch(&practice, API, &json!({"spec": {"template": {"metadata": {"annotations": restarted}}}})).await;
    loop {
        let event = events.next().await.unwrap();
        let status = &event["object"]["status"];
        assert!(status["availableReplicas"].as_i64().unwrap_or(0) >= 3, "maxUnavailable 25% of 3 is none");
        assert!(status["replicas"].as_i64().unwrap_or(0) <= 4, "maxSurge 25% of 3 is one");
        if event["object"]["metadata"]["generation"] == 2 && done(&event["object"]) {
            assert_eq!(condition(&event["object"], "Progressing"), "True NewReplicaSetAvailable");
            break;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_bad_image_stalls_the_rollout_and_leaves_the_old_pods() {
    let practice = start("healthy", FaultTime::Held);
    let broken = json!({"practice.opsbook.dev/ready": "never"});
    patch(&practice, API, &json!({"spec": {"template": {"metadata": {"annotations": broken}}}})).await;
    let api = until(&practice, API, "the deadline", |d| {
        condition(d, "Progressing").contains("ProgressDeadlineExceeded")
    })
    .await;
    assert_eq!(condition(&api, "Available"), "True MinimumReplicasAvailable");
    assert_eq!(api["status"]["availableReplicas"], 3);
}

#[tokio::test(start_paused = true)]
async fn scale_delete_and_cascade() {
    let practice = start("healthy", FaultTime::Held);
    let scale = json!({"spec": {"replicas": 5}}).to_string();
    let (code, answer) =
        ask(&practice, "PATCH", &format!("{API}/scale"), "application/merge-patch+json", &scale).await;
    assert_eq!((code, answer["kind"].as_str()), (200, Some("Scale")));
    until(&practice, API, "five", |d| d["status"]["readyReplicas"] == 5).await;
    assert_eq!(ask(&practice, "DELETE", API, "", "").await.0, 200);
    until(&practice, PODS, "none left", |l| l["items"].as_array().unwrap().is_empty()).await;
    assert_eq!(ask(&practice, "DELETE", "/api/v1/namespaces/shop", "", "").await.0, 200);
    until(&practice, "/api/v1/namespaces/shop", "its end", |n| n["code"] == 404).await;
    assert!(names(&practice, "/api/v1/pods").await.iter().all(|n| !n.starts_with("cart")));
}

/// How many objects there are besides Events, as a client counts them.
async fn kept(practice: &opsbook::practice::Practice) -> usize {
    let mut all = 0;
    for path in ["/api/v1/pods", "/api/v1/nodes", "/apis/apps/v1/replicasets", "/apis/apps/v1/statefulsets"] {
        all += names(practice, path).await.len();
    }
    all
}

#[tokio::test(start_paused = true)]
async fn replicas_without_number_fill_the_cluster_and_no_more() {
    let practice = start("healthy", FaultTime::Held);
    let to = |n: i64| json!({"spec": {"replicas": n}}).to_string();
    let merge = "application/merge-patch+json";
    let scale = format!("{API}/scale");
    let before = kept(&practice).await;
    assert_eq!(ask(&practice, "PATCH", &scale, merge, &to(2_000_000_000)).await.0, 200);
    let full = until(&practice, API, "what stopped it", |d| condition(d, "ReplicaFailure") != " ").await;
    assert_eq!(condition(&full, "ReplicaFailure"), "True FailedCreate");
    let all = kept(&practice).await;
    assert!((1_000..=2_000).contains(&all), "{all}");
    // It answers, refuses what would be more, and comes to rest.
    let map = json!({"metadata": {"name": "more"}, "data": {}}).to_string();
    let maps = "/api/v1/namespaces/shop/configmaps";
    let (code, refused) = ask(&practice, "POST", maps, "application/json", &map).await;
    assert_eq!((code, refused["reason"].as_str()), (429, Some("TooManyRequests")), "{refused}");
    tokio::time::sleep(std::time::Duration::from_secs(90)).await;
    assert_eq!(kept(&practice).await, all);
    let events = names(&practice, "/api/v1/namespaces/shop/events").await.len();
    assert!(events <= 1_000, "{events}");
    let bad = json!({"spec": {"replicas": 3_000_000_000_i64}}).to_string();
    assert_eq!(ask(&practice, "PATCH", &scale, merge, &bad).await.0, 400, "no int32");
    // Scaled back, all is as before.
    assert_eq!(ask(&practice, "PATCH", &scale, merge, &to(3)).await.0, 200);
    let well =
        until(&practice, API, "three", |d| d["status"]["replicas"] == 3 && d["status"]["readyReplicas"] == 3)
            .await;
    assert_eq!(condition(&well, "ReplicaFailure"), " ", "it is over");
    tokio::time::sleep(std::time::Duration::from_mins(5)).await;
    assert_eq!(kept(&practice).await, before);
    assert_eq!(ask(&practice, "POST", maps, "application/json", &map).await.0, 201);
}

#[tokio::test(start_paused = true)]
async fn a_stateful_set_in_parallel_fills_the_cluster_and_no_more() {
    let practice = start("healthy", FaultTime::Held);
    let labels = json!({"app": "many"});
    let set = json!({
        "metadata": {"name": "many"},
        "spec": {
            "replicas": 2_000_000_000, "podManagementPolicy": "Parallel", "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "a", "image": "a"}]}},
        },
    });
    let sets = "/apis/apps/v1/namespaces/shop/statefulsets";
    assert_eq!(ask(&practice, "POST", sets, "application/json", &set.to_string()).await.0, 201);
    tokio::time::sleep(std::time::Duration::from_secs(30)).await;
    let all = kept(&practice).await;
    assert!((1_000..=2_000).contains(&all), "{all}");
    assert_eq!(ask(&practice, "DELETE", &format!("{sets}/many"), "", "").await.0, 200);
    tokio::time::sleep(std::time::Duration::from_mins(5)).await;
    assert!(kept(&practice).await < 100, "it took its pods with it");
}

#[tokio::test(start_paused = true)]
async fn logs_tail_follow_and_refuse() {
    let practice = start("healthy", FaultTime::Held);
    let pod = names(&practice, PODS).await.remove(0);
    let path = format!("/api/v1/namespaces/shop/pods/{pod}/log");
    let log = get(&practice, &format!("{path}?tailLines=2")).await;
    assert_eq!(log.as_str().unwrap().lines().count(), 2);
    let (code, status) = ask(&practice, "GET", &format!("{path}?previous=true"), "", "").await;
    assert_eq!(code, 400);
    assert!(status["message"].as_str().unwrap().contains("previous terminated container \"api\""));

    let request = http::Request::builder()
        .uri(format!("{path}?follow=true&tailLines=0"))
        .body(axum::body::Body::empty());
    let response = tower::ServiceExt::oneshot(practice.router(), request.unwrap()).await.unwrap();
    let mut lines = response.into_body().into_data_stream();
    let line = lines.next().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&line).contains("handled requests"));
}

#[tokio::test(start_paused = true)]
async fn pods_print_as_kubectl_prints_them() {
    let practice = start("pod-oomkilled", FaultTime::Past);
    until(&practice, PODS, "a pause", |l| l.to_string().contains("CrashLoopBackOff")).await;
    let request =
        http::Request::builder().uri(PODS).header("accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
    let (_, table) = ask_as(&practice, request, "").await;
    let rows: Vec<String> =
        table["rows"].as_array().unwrap().iter().map(|r| r["cells"].to_string()).collect();
    assert!(rows.iter().any(|r| r.contains("0/1\",\"CrashLoopBackOff\"") && r.contains("ago)")), "{rows:?}");
}

#[tokio::test(start_paused = true)]
async fn at_the_fast_pace_only_the_clock_is_faster() {
    let scenario = Scenario::load("node-not-ready").unwrap();
    let options = PracticeOptions { fault: FaultTime::Held, pace: Pace::Fast };
    let practice = Practice::start(&scenario, options).unwrap();
    let begin = tokio::time::Instant::now();
    practice.inject().await.unwrap();
    let pods = "/api/v1/namespaces/shop/pods";
    until(&practice, pods, "evictions", |l| l.to_string().contains("deletionTimestamp")).await;
    assert!(begin.elapsed().as_secs() < 20, "350 s become 17.5 s");
}

#[tokio::test(start_paused = true)]
async fn a_resize_in_place_stops_the_killing() {
    let practice = start("pod-oomkilled", FaultTime::Past);
    let pod = names(&practice, PODS).await.remove(0);
    let path = format!("/api/v1/namespaces/shop/pods/{pod}");
    let container = json!({"name": "api", "resources": {"limits": {"memory": "512Mi"}}});
    patch(&practice, &format!("{path}/resize"), &json!({"spec": {"containers": [container]}})).await;
    until(&practice, &path, "ready", |p| condition(p, "Ready").starts_with("True")).await;
    let count = |p: &Value| p["status"]["containerStatuses"][0]["restartCount"].as_i64().unwrap();
    let before = count(&get(&practice, &path).await);
    tokio::time::sleep(std::time::Duration::from_mins(15)).await;
    assert_eq!(count(&get(&practice, &path).await), before);
}

#[tokio::test(start_paused = true)]
async fn services_know_their_ready_pods() {
    let practice = start("pod-oomkilled", FaultTime::Past);
    let path = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3D";
    let ready = |list: &Value| {
        let endpoints = list["items"][0]["endpoints"].as_array().cloned().unwrap_or_default();
        endpoints.iter().filter(|e| e["conditions"]["ready"] == true).count()
    };
    until(&practice, &format!("{path}api"), "nobody home", |l| ready(l) == 0).await;
    assert_eq!(ready(&get(&practice, &format!("{path}web")).await), 4);
}

#[tokio::test(start_paused = true)]
async fn an_image_that_nobody_has_is_not_pulled() {
    let text = "
scenario: 1
title: t
title_zh: t
summary: s
summary_zh: s
goal: g
goal_zh: g
cluster_of: healthy
images: {\"nowhere/app:1\": {missing: true}}
";
    let practice =
        Practice::start(&Scenario::parse("own", "own.yaml", text).unwrap(), PracticeOptions::default())
            .unwrap();
    let pod =
        json!({"metadata": {"name": "x"}, "spec": {"containers": [{"name": "a", "image": "nowhere/app:1"}]}});
    let path = "/api/v1/namespaces/default/pods";
    ask(&practice, "POST", path, "application/json", &pod.to_string()).await;
    let waiting = |p: &Value| p["status"]["containerStatuses"][0]["state"]["waiting"]["reason"].clone();
    let path = format!("{path}/x");
    until(&practice, &path, "the first failure", |p| waiting(p) == "ErrImagePull").await;
    until(&practice, &path, "the pause", |p| waiting(p) == "ImagePullBackOff").await;
}

#[tokio::test(start_paused = true)]
async fn an_idle_cluster_changes_nothing_but_leases() {
    let practice = start("healthy", FaultTime::Held);
    let kinds = ["/api/v1/pods", "/api/v1/events", "/apis/apps/v1/deployments", "/apis/apps/v1/replicasets"];
    let versions = async || {
        let mut all = Vec::new();
        for path in kinds {
            let list = get(&practice, path).await;
            all.extend(
                list["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|i| i["metadata"]["resourceVersion"].to_string()),
            );
        }
        all
    };
    let before = versions().await;
    let lease = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/worker-1";
    let renewed = get(&practice, lease).await["spec"]["renewTime"].clone();
    tokio::time::sleep(std::time::Duration::from_hours(2)).await;
    assert_eq!(versions().await, before);
    assert_ne!(get(&practice, lease).await["spec"]["renewTime"], renewed);
}
