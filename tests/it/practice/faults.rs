//! What kubelets say when an image, a configuration, a command or a probe is wrong: real words, from real causes.

use opsbook::practice::{Practice, PracticeOptions, Scenario};
use serde_json::{Value, json};

use super::support::{ask, get, until};

const PODS: &str = "/api/v1/namespaces/shop/pods";
const API: &str = "/apis/apps/v1/namespaces/shop/deployments/api";

/// The healthy cluster with what a scenario adds to it.
fn with(more: &str) -> Practice {
    let head = "scenario: 1\ntitle: t\nsummary: s\ngoal: g\ncluster_of: healthy\n";
    let scenario = Scenario::parse("own", "own.yaml", &format!("{head}{more}")).unwrap();
    Practice::start(&scenario, PracticeOptions::default()).unwrap()
}

async fn pod(practice: &Practice, container: Value, more: Value) -> String {
    let mut spec = json!({"containers": [{"name": "a", "image": "registry.shop.example/api:1.4.2"}]});
    for (key, value) in container.as_object().unwrap() {
        spec["containers"][0][key] = value.clone();
    }
    for (key, value) in more.as_object().unwrap() {
        spec[key] = value.clone();
    }
    let pod = json!({"metadata": {"name": "x"}, "spec": spec}).to_string();
    assert_eq!(ask(practice, "POST", PODS, "application/json", &pod).await.0, 201);
    format!("{PODS}/x")
}

fn status(pod: &Value) -> &Value {
    &pod["status"]["containerStatuses"][0]
}

fn waiting(pod: &Value) -> (&str, &str) {
    let state = &status(pod)["state"]["waiting"];
    (state["reason"].as_str().unwrap_or(""), state["message"].as_str().unwrap_or(""))
}

/// Reason and message of the events about the pod.
async fn said(practice: &Practice) -> Vec<(String, String, u64)> {
    let list = get(practice, "/api/v1/namespaces/shop/events").await;
    let own = list["items"].as_array().unwrap().iter().filter(|e| e["involvedObject"]["name"] == "x");
    let text = |e: &Value, key: &str| e[key].as_str().unwrap().to_owned();
    own.map(|e| (text(e, "reason"), text(e, "message"), e["count"].as_u64().unwrap_or(1))).collect()
}

async fn says(practice: &Practice, reason: &str, message: &str) -> u64 {
    let all = said(practice).await;
    let found = all.iter().find(|(r, m, _)| r == reason && m.contains(message));
    found.unwrap_or_else(|| panic!("no {reason} with {message} in {all:#?}")).2
}

#[tokio::test(start_paused = true)]
async fn a_tag_that_no_registry_has_is_not_pulled_and_the_old_pods_serve_on() {
    let practice = with("");
    let image = json!({"spec": {"template": {"spec": {"containers": [{"name": "api", "image": "registry.shop.example/api:9.9.9-missing"}]}}}});
    let patch = "application/strategic-merge-patch+json";
    assert_eq!(ask(&practice, "PATCH", API, patch, &image.to_string()).await.0, 200);
    let late = until(&practice, API, "the deadline", |d| {
        d["status"]["conditions"]
            .as_array()
            .unwrap()
            .iter()
            .any(|c| c["reason"] == "ProgressDeadlineExceeded")
    })
    .await;
    assert_eq!(
        (&late["status"]["availableReplicas"], &late["status"]["updatedReplicas"]),
        (&json!(3), &json!(1))
    );
    let pods = get(&practice, PODS).await;
    let new = pods["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|p| p["spec"]["containers"][0]["image"].as_str().unwrap().ends_with("missing"));
    let new = new.unwrap();
    assert_eq!(
        (new["status"]["phase"].as_str(), status(new)["started"].as_bool()),
        (Some("Pending"), Some(false))
    );
    assert!(waiting(new).0.contains("ImagePull"), "{:?}", waiting(new));
}

#[tokio::test(start_paused = true)]
async fn a_missing_image_says_what_a_kubelet_says_in_its_order() {
    let practice = with("");
    let path = pod(&practice, json!({"image": "registry.shop.example/api:9"}), json!({})).await;
    let first = until(&practice, &path, "the failure", |p| waiting(p).0 == "ErrImagePull").await;
    let not_found =
        "rpc error: code = NotFound desc = failed to pull and unpack image \"registry.shop.example/api:9\"";
    assert!(waiting(&first).1.starts_with(not_found), "{:?}", waiting(&first));
    let then = until(&practice, &path, "the pause", |p| waiting(p).0 == "ImagePullBackOff").await;
    let pause = "Back-off pulling image \"registry.shop.example/api:9\": ErrImagePull: rpc error";
    assert!(waiting(&then).1.starts_with(pause), "{:?}", waiting(&then));
    tokio::time::sleep(std::time::Duration::from_mins(5)).await;
    assert!(says(&practice, "Failed", "Failed to pull image").await > 2, "it is tried again");
    says(&practice, "Failed", "Error: ErrImagePull").await;
    says(&practice, "BackOff", "Back-off pulling image").await;
    assert_eq!(status(&get(&practice, &path).await)["restartCount"], 0);
}

#[tokio::test(start_paused = true)]
async fn what_is_no_image_name_and_what_may_not_be_pulled_have_their_own_reasons() {
    for (container, reason, word) in [
        (json!({"image": "registry.shop.example/Api:1"}), "InvalidImageName", "must be lowercase"),
        (
            json!({"image": "registry.shop.example/web:2.9.1", "imagePullPolicy": "Never"}),
            "ErrImageNeverPull",
            "is not present with pull policy of Never",
        ),
    ] {
        let practice = with("");
        let path = pod(&practice, container, json!({})).await;
        let found = until(&practice, &path, reason, |p| waiting(p).0 == reason).await;
        assert!(waiting(&found).1.contains(word), "{:?}", waiting(&found));
    }
}

#[tokio::test(start_paused = true)]
async fn a_container_waits_for_the_configuration_that_it_names_and_starts_once_it_is_there() {
    let practice = with("");
    let env = json!({"envFrom": [{"configMapRef": {"name": "api-config"}}],
        "env": [{"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "api-key", "key": "key"}}}]});
    let path = pod(&practice, env, json!({})).await;
    let reason = "CreateContainerConfigError";
    let found = until(&practice, &path, reason, |p| waiting(p).0 == reason).await;
    assert_eq!(waiting(&found).1, "configmap \"api-config\" not found");
    assert_eq!(found["status"]["phase"], "Pending");
    let make = async |plural: &str, body: Value| {
        let path = format!("/api/v1/namespaces/shop/{plural}");
        assert_eq!(ask(&practice, "POST", &path, "application/json", &body.to_string()).await.0, 201);
    };
    make("configmaps", json!({"metadata": {"name": "api-config"}, "data": {}})).await;
    until(&practice, &path, "the Secret", |p| waiting(p).1 == "secret \"api-key\" not found").await;
    make("secrets", json!({"metadata": {"name": "api-key"}, "data": {"other": "eA=="}})).await;
    until(&practice, &path, "the key", |p| waiting(p).1 == "couldn't find key key in Secret shop/api-key")
        .await;
    let body = json!({"data": {"key": "eA=="}}).to_string();
    let secret = "/api/v1/namespaces/shop/secrets/api-key";
    assert_eq!(ask(&practice, "PATCH", secret, "application/merge-patch+json", &body).await.0, 200);
    let runs = until(&practice, &path, "it runs", |p| status(p)["ready"] == true).await;
    assert_eq!(status(&runs)["restartCount"], 0);
    says(&practice, "Failed", "Error: configmap \"api-config\" not found").await;
}

#[tokio::test(start_paused = true)]
async fn a_volume_that_cannot_be_mounted_holds_the_pod_before_any_container() {
    let practice = with("");
    let volumes = json!({"volumes": [{"name": "config", "configMap": {"name": "api-files"}}]});
    let path = pod(&practice, json!({}), volumes).await;
    tokio::time::sleep(std::time::Duration::from_mins(3)).await;
    let held = get(&practice, &path).await;
    assert_eq!((waiting(&held), held["status"]["podIP"].as_str()), (("ContainerCreating", ""), None));
    let times = says(
        &practice,
        "FailedMount",
        "MountVolume.SetUp failed for volume \"config\" : configmap \"api-files\" not found",
    )
    .await;
    assert!((6..=10).contains(&times), "the pauses grow: {times}");
    let body = json!({"metadata": {"name": "api-files"}, "data": {}}).to_string();
    ask(&practice, "POST", "/api/v1/namespaces/shop/configmaps", "application/json", &body).await;
    until(&practice, &path, "it runs", |p| status(p)["ready"] == true).await;
}

#[tokio::test(start_paused = true)]
async fn a_command_that_the_image_has_not_never_starts() {
    let practice = with("images: {\"registry.shop.example/api:1.4.2\": {programs: [/app/api]}}\n");
    let path = pod(&practice, json!({"command": ["/app/apj"]}), json!({})).await;
    let found = until(&practice, &path, "the pause", |p| waiting(p).0 == "CrashLoopBackOff").await;
    let last = &status(&found)["lastState"]["terminated"];
    assert_eq!((last["reason"].as_str(), last["exitCode"].as_i64()), (Some("StartError"), Some(128)));
    let why = "exec: \"/app/apj\": stat /app/apj: no such file or directory";
    assert!(last["message"].as_str().unwrap().contains(why), "{last}");
    says(&practice, "Failed", why).await;
}

#[tokio::test(start_paused = true)]
async fn a_probe_of_what_is_not_served_fails_again_and_again_and_a_liveness_probe_restarts() {
    let serves = "images: {\"registry.shop.example/api:1.4.2\": {serves: {port: 8080, paths: [/healthz]}}}\n";
    let probe = |path: &str, port: u16| json!({"httpGet": {"path": path, "port": port}, "periodSeconds": 5});
    let practice = with(serves);
    let path = pod(&practice, json!({"readinessProbe": probe("/ready", 8080)}), json!({})).await;
    tokio::time::sleep(std::time::Duration::from_mins(1)).await;
    let held = get(&practice, &path).await;
    assert_eq!(
        (status(&held)["ready"].as_bool(), status(&held)["restartCount"].as_i64()),
        (Some(false), Some(0))
    );
    assert!(
        says(&practice, "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 404").await
            > 5
    );

    let practice = with(serves);
    let path = pod(&practice, json!({"livenessProbe": probe("/healthz", 9090)}), json!({})).await;
    let again = until(&practice, &path, "a restart", |p| status(p)["restartCount"] == 1).await;
    assert_eq!(status(&again)["lastState"]["terminated"]["exitCode"], 143);
    assert_eq!(says(&practice, "Unhealthy", "9090: connect: connection refused").await, 3);
    says(&practice, "Killing", "Container a failed liveness probe, will be restarted").await;

    let practice = with(serves);
    let well = json!({"livenessProbe": probe("/healthz", 8080), "readinessProbe": probe("/healthz", 8080)});
    let path = pod(&practice, well, json!({})).await;
    tokio::time::sleep(std::time::Duration::from_mins(2)).await;
    let runs = get(&practice, &path).await;
    assert_eq!(
        (status(&runs)["ready"].as_bool(), status(&runs)["restartCount"].as_i64()),
        (Some(true), Some(0))
    );
}
