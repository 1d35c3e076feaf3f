//! The API surface: reads, writes, watches, refusals.

use futures::StreamExt;
use k8s_openapi::api::core::v1::{ConfigMap, Node};
use kube::api::{Api, DeleteParams, ListParams, Patch, PatchParams, PostParams};
use opsbook::practice::{FaultTime, Practice, PracticeOptions, Scenario};
use serde_json::{Value, json};

use super::support::{ask, ask_as, get, healthy, names, start, until, watch};

const CMS: &str = "/api/v1/namespaces/default/configmaps";

async fn put_map(practice: &Practice, name: &str, labels: Value) -> Value {
    let body = json!({"metadata": {"name": name, "labels": labels}, "data": {"a": "1"}}).to_string();
    let (code, object) = ask(practice, "POST", CMS, "application/json", &body).await;
    assert_eq!(code, 201, "{object}");
    object
}

#[tokio::test(start_paused = true)]
async fn the_ordinary_client_reads_and_writes() {
    let practice = healthy();
    let client = practice.client();
    assert_eq!(client.apiserver_version().await.unwrap().minor, "34");
    let nodes = Api::<Node>::all(client.clone()).list(&ListParams::default()).await.unwrap();
    assert_eq!(nodes.items.len(), 4);
    let maps = Api::<ConfigMap>::namespaced(client, "default");
    let map: ConfigMap =
        serde_json::from_value(json!({"metadata": {"name": "x"}, "data": {"a": "1"}})).unwrap();
    maps.create(&PostParams::default(), &map).await.unwrap();
    let patch = Patch::Apply(json!({"apiVersion": "v1", "kind": "ConfigMap", "data": {"b": "2"}}));
    let map = maps.patch("x", &PatchParams::apply("test"), &patch).await.unwrap();
    assert_eq!(map.data.unwrap().len(), 2);
    maps.delete("x", &DeleteParams::default()).await.unwrap();
    assert!(maps.get_opt("x").await.unwrap().is_none());
}

/// Method, path, body; code, reason, part of the message.
type RefusalRow = (&'static str, &'static str, &'static str, u16, &'static str, &'static str);

const REFUSALS: &[RefusalRow] = &[
    ("GET", "/api/v1/namespaces/default/pods/no", "", 404, "NotFound", "pods \"no\" not found"),
    (
        "GET",
        "/apis/apps/v1/namespaces/default/deployments/no",
        "",
        404,
        "NotFound",
        "deployments.apps \"no\" not found",
    ),
    ("GET", "/apis/apps/v1/things", "", 404, "NotFound", "the server could not find the requested resource"),
    ("POST", CMS, r#"{"metadata":{"name":"x"}}"#, 409, "AlreadyExists", "configmaps \"x\" already exists"),
    (
        "POST",
        "/api/v1/namespaces/no/configmaps",
        r#"{"metadata":{"name":"x"}}"#,
        404,
        "NotFound",
        "namespaces \"no\" not found",
    ),
    ("POST", CMS, r#"{"metadata":{"name":"X_"}}"#, 422, "Invalid", "RFC 1123"),
    (
        "GET",
        "/api/v1/pods?fieldSelector=spec.color%3Dred",
        "",
        400,
        "BadRequest",
        "field label not supported",
    ),
    ("PUT", CMS, "{}", 405, "MethodNotAllowed", "does not allow this method"),
    (
        "POST",
        "/api/v1/nodes?dryRun=Some",
        r#"{"metadata":{"name":"x"}}"#,
        422,
        "Invalid",
        "Unsupported value",
    ),
];

#[tokio::test(start_paused = true)]
async fn refusals_are_those_of_kubernetes() {
    let practice = healthy();
    put_map(&practice, "x", json!({})).await;
    for (method, path, body, code, reason, message) in REFUSALS {
        let (got, status) = ask(&practice, method, path, "application/json", body).await;
        assert_eq!((got, status["reason"].as_str()), (*code, Some(*reason)), "{method} {path}: {status}");
        assert!(status["message"].as_str().unwrap().contains(message), "{status}");
        assert_eq!(status["kind"], "Status");
    }
}

#[tokio::test(start_paused = true)]
async fn lists_page_and_select() {
    let practice = healthy();
    for n in 0..5 {
        put_map(&practice, &format!("m{n}"), json!({"odd": (n % 2 == 1).to_string()})).await;
    }
    let odd = names(&practice, &format!("{CMS}?labelSelector=odd%3Dtrue")).await;
    assert_eq!(odd, ["m1", "m3"]);
    let one = names(&practice, &format!("{CMS}?fieldSelector=metadata.name%3Dm2")).await;
    assert_eq!(one, ["m2"]);
    let first = get(&practice, &format!("{CMS}?limit=2&labelSelector=odd")).await;
    let token = first["metadata"]["continue"].as_str().unwrap().to_owned();
    put_map(&practice, "m9", json!({"odd": "true"})).await;
    let rest = get(&practice, &format!("{CMS}?limit=9&labelSelector=odd&continue={token}")).await;
    assert_eq!(rest["items"].as_array().unwrap().len(), 3, "the page shows the moment of the first page");
    assert_eq!(rest["metadata"]["resourceVersion"], first["metadata"]["resourceVersion"]);
    practice.compact();
    let (code, status) = ask(&practice, "GET", &format!("{CMS}?continue={token}"), "", "").await;
    assert_eq!((code, status["reason"].as_str()), (410, Some("Expired")));
}

#[tokio::test(start_paused = true)]
async fn stale_writes_conflict_and_preconditions_hold() {
    let practice = healthy();
    let mut map = put_map(&practice, "x", json!({})).await;
    let path = format!("{CMS}/x");
    let fresh = map.to_string();
    map["data"]["a"] = json!("2");
    assert_eq!(ask(&practice, "PUT", &path, "application/json", &map.to_string()).await.0, 200);
    let (code, status) = ask(&practice, "PUT", &path, "application/json", &fresh).await;
    assert_eq!((code, status["reason"].as_str()), (409, Some("Conflict")));
    assert!(status["message"].as_str().unwrap().contains("the object has been modified"));
    // The real server calls another uid in a patch an invalid change of the field, not a conflict.
    for (meta, patched) in [(json!({"resourceVersion": "1"}), 409), (json!({"uid": "other"}), 422)] {
        let changes = json!({"metadata": meta}).to_string();
        for kind in ["application/merge-patch+json", "application/strategic-merge-patch+json"] {
            assert_eq!(ask(&practice, "PATCH", &path, kind, &changes).await.0, patched, "{meta}");
        }
        let options = json!({"preconditions": meta}).to_string();
        assert_eq!(ask(&practice, "DELETE", &path, "application/json", &options).await.0, 409, "{meta}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_patch_type_and_a_dry_run_of_each() {
    let practice = healthy();
    put_map(&practice, "x", json!({})).await;
    let path = format!("{CMS}/x");
    for (kind, patch, expected) in [
        ("application/json-patch+json", json!([{"op": "add", "path": "/data/j", "value": "1"}]), "j"),
        ("application/merge-patch+json", json!({"data": {"m": "1"}}), "m"),
        ("application/strategic-merge-patch+json", json!({"data": {"s": "1"}}), "s"),
        (
            "application/apply-patch+yaml",
            json!({"apiVersion": "v1", "kind": "ConfigMap", "data": {"p": "1"}}),
            "p",
        ),
    ] {
        let before = get(&practice, &path).await;
        let (code, dry) =
            ask(&practice, "PATCH", &format!("{path}?dryRun=All&fieldManager=t"), kind, &patch.to_string())
                .await;
        assert_eq!((code, dry["data"][expected].as_str()), (200, Some("1")), "{dry}");
        assert_eq!(get(&practice, &path).await, before, "a dry run writes nothing");
        let (code, done) =
            ask(&practice, "PATCH", &format!("{path}?fieldManager=t"), kind, &patch.to_string()).await;
        assert_eq!((code, done["data"][expected].as_str()), (200, Some("1")), "{done}");
    }
    let version = get(&practice, CMS).await["metadata"]["resourceVersion"].clone();
    let body = json!({"metadata": {"name": "y"}}).to_string();
    assert_eq!(ask(&practice, "POST", &format!("{CMS}?dryRun=All"), "application/json", &body).await.0, 201);
    assert_eq!(ask(&practice, "DELETE", &format!("{path}?dryRun=All"), "", "").await.0, 200);
    assert_eq!(get(&practice, CMS).await["metadata"]["resourceVersion"], version);
    assert_eq!(ask(&practice, "PATCH", &path, "text/plain", "x").await.0, 415);
}

#[tokio::test(start_paused = true)]
async fn watches_stream_changes_bookmarks_and_expiry() {
    let practice = healthy();
    put_map(&practice, "x", json!({"a": "b"})).await;
    let streaming = format!(
        "{CMS}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&labelSelector=a"
    );
    let mut events = watch(&practice, &streaming).await;
    assert_eq!(events.next().await.unwrap()["object"]["metadata"]["name"], "x");
    let bookmark = events.next().await.unwrap();
    assert_eq!(bookmark["type"], "BOOKMARK");
    assert_eq!(bookmark["object"]["metadata"]["annotations"]["k8s.io/initial-events-end"], "true");
    let version = bookmark["object"]["metadata"]["resourceVersion"].as_str().unwrap().to_owned();

    let patch = json!({"metadata": {"labels": {"a": null}}}).to_string();
    ask(&practice, "PATCH", &format!("{CMS}/x"), "application/merge-patch+json", &patch).await;
    assert_eq!(events.next().await.unwrap()["type"], "DELETED", "it left the selection");
    let mut resumed =
        watch(&practice, &format!("{CMS}?watch=true&resourceVersion={version}&timeoutSeconds=5")).await;
    assert_eq!(resumed.next().await.unwrap()["type"], "MODIFIED");
    assert!(resumed.next().await.is_none(), "it ends after its time");

    practice.compact();
    let mut late = watch(&practice, &format!("{CMS}?watch=true&resourceVersion={version}")).await;
    let error = late.next().await.unwrap();
    assert_eq!((error["type"].as_str(), error["object"]["code"].as_i64()), (Some("ERROR"), Some(410)));
    assert!(late.next().await.is_none());
    let (code, _) = ask(&practice, "GET", &format!("{CMS}?watch=true&sendInitialEvents=true"), "", "").await;
    assert_eq!(code, 422);
    drop(practice);
    assert!(events.next().await.is_none(), "open streams end with the cluster");
}

#[tokio::test(start_paused = true)]
async fn tables_have_the_columns_of_kubectl() {
    let practice = healthy();
    let request = http::Request::builder()
        .uri("/api/v1/nodes")
        .header("accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
    let (_, table) = ask_as(&practice, request, "").await;
    assert_eq!(table["kind"], "Table");
    assert_eq!(table["columnDefinitions"][1]["name"], "Status");
    assert_eq!(table["rows"][0]["cells"][0], "cp-1");
    assert_eq!(table["rows"][0]["cells"][2], "control-plane");
    assert_eq!(table["rows"][0]["object"]["kind"], "PartialObjectMetadata");
}

#[tokio::test(start_paused = true)]
async fn discovery_health_and_reviews() {
    let practice = healthy();
    let found = get(&practice, "/api/v1").await;
    let resources = found["resources"].as_array().unwrap();
    let eviction = resources.iter().find(|r| r["name"] == "pods/eviction").unwrap();
    assert_eq!((eviction["group"].as_str(), eviction["kind"].as_str()), (Some("policy"), Some("Eviction")));
    assert_eq!(get(&practice, "/apis/policy").await["preferredVersion"]["version"], "v1");
    assert_eq!(get(&practice, "/readyz").await, "ok");
    assert!(get(&practice, "/readyz?verbose").await.as_str().unwrap().contains("[+]etcd ok"));
    let path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    let review = json!({"spec": {"resourceAttributes": {"verb": "delete", "resource": "nodes"}}}).to_string();
    let (code, answer) = ask(&practice, "POST", path, "application/json", &review).await;
    assert_eq!((code, answer["status"]["allowed"].as_bool()), (201, Some(true)));
}

#[tokio::test(start_paused = true)]
async fn two_starts_give_the_same_names() {
    let (a, b) = (start("healthy", FaultTime::Held), start("healthy", FaultTime::Held));
    assert_eq!(names(&a, "/api/v1/pods").await, names(&b, "/api/v1/pods").await);
}

#[tokio::test(start_paused = true)]
async fn a_scenario_can_deny_verbs() {
    let text = "
scenario: 1
title: t
title_zh: t
summary: s
summary_zh: s
goal: g
goal_zh: g
cluster_of: healthy
deny:
  - {verbs: [delete, create], resources: [pods, pods/eviction], namespaces: [shop]}
";
    let scenario = Scenario::parse("own", "own.yaml", text).unwrap();
    let practice = Practice::start(&scenario, PracticeOptions::default()).unwrap();
    let (code, status) = ask(&practice, "DELETE", "/api/v1/namespaces/shop/pods/cart-0", "", "").await;
    assert_eq!(code, 403);
    let message = "pods \"cart-0\" is forbidden: User \"practice-operator\" cannot delete resource \"pods\" in API group \"\" in the namespace \"shop\"";
    assert_eq!(status["message"], message);
    let path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    for (verb, allowed) in [("delete", false), ("get", true)] {
        let attributes = json!({"verb": verb, "resource": "pods", "namespace": "shop"});
        let review = json!({"spec": {"resourceAttributes": attributes}}).to_string();
        let (_, answer) = ask(&practice, "POST", path, "application/json", &review).await;
        assert_eq!(answer["status"]["allowed"], allowed, "{verb}");
    }
}

#[tokio::test(start_paused = true)]
async fn finalizers_hold_and_propagation_is_obeyed() {
    let practice = healthy();
    let body = json!({"metadata": {"name": "held", "finalizers": ["example.com/hold"]}}).to_string();
    ask(&practice, "POST", CMS, "application/json", &body).await;
    let path = format!("{CMS}/held");
    assert_eq!(ask(&practice, "DELETE", &path, "", "").await.0, 200);
    assert!(get(&practice, &path).await["metadata"]["deletionTimestamp"].is_string());
    let free = json!({"metadata": {"finalizers": null}}).to_string();
    ask(&practice, "PATCH", &path, "application/merge-patch+json", &free).await;
    assert_eq!(get(&practice, &path).await["code"], 404);

    let shop = "/apis/apps/v1/namespaces/shop";
    let options = json!({"propagationPolicy": "Orphan"}).to_string();
    ask(&practice, "DELETE", &format!("{shop}/deployments/web"), "application/json", &options).await;
    let options = json!({"propagationPolicy": "Foreground"}).to_string();
    ask(&practice, "DELETE", &format!("{shop}/deployments/cache"), "application/json", &options).await;
    until(&practice, &format!("{shop}/deployments/cache"), "its end", |d| d["code"] == 404).await;
    let left =
        get(&practice, &format!("{shop}/replicasets?labelSelector=app%20in%20%28web%2Ccache%29")).await;
    let left = left["items"].as_array().unwrap();
    assert_eq!(left.len(), 1, "the orphan stays, the dependent went");
    assert!(left[0]["metadata"]["ownerReferences"].is_null());
}

#[tokio::test]
async fn it_is_served_on_loopback_with_a_kubeconfig() {
    let practice = std::sync::Arc::new(healthy());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let text = Practice::kubeconfig(listener.local_addr().unwrap());
    let server = std::sync::Arc::clone(&practice);
    let task = tokio::spawn(async move { server.serve(listener).await });
    let kubeconfig = kube::config::Kubeconfig::from_yaml(&text).unwrap();
    let options = kube::config::KubeConfigOptions::default();
    let config = kube::Config::from_custom_kubeconfig(kubeconfig, &options);
    let client = kube::Client::try_from(config.await.unwrap()).unwrap();
    let nodes = Api::<Node>::all(client).list(&ListParams::default()).await.unwrap();
    assert_eq!(nodes.items.len(), 4);
    task.abort();
}

#[tokio::test(start_paused = true)]
async fn an_old_kubectl_finds_that_a_dry_run_is_known_for_every_kind() {
    let practice = healthy();
    let request = http::Request::get("/openapi/v2")
        .header("accept", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");
    let (code, body) = ask_as(&practice, request, "").await;
    let text = body.as_str().unwrap();
    assert_eq!(code, 200);
    for part in ["/api/v1/namespaces/{namespace}/pods/{name}", "kind: Node\n", "dryRun"] {
        assert!(text.contains(part), "{part}");
    }
    assert_eq!(get(&practice, "/openapi/v2").await["swagger"], "2.0");
}
