//! Servers, gateways and login pages that answer 200 with something that is not the list that was asked for.

use std::convert::Infallible;
use std::future::ready;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use kube::Client;
use kube::client::Body;
use opsbook::clock::Clock;
use opsbook::cluster::wire::came::TypeMeta;
use opsbook::cluster::wire::frames::Unknown;
use opsbook::cluster::{Connection, Observer};
use opsbook::domain::{ClusterInfo, ClusterSnapshot, Interest, Kind, SyncState};
use prost::Message;
use serde_json::json;

const JSON: &str = "application/json";
const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";

/// What a server answers: code, type and body.
type Answer = (u16, &'static str, Vec<u8>);

/// A server that answers a watch and a list of a kind so.
fn client(
    watch: impl Fn(Kind) -> Answer + Clone + Send + 'static,
    list: impl Fn(Kind) -> Answer + Clone + Send + 'static,
) -> Client {
    let service = tower::service_fn(move |request: Request<Body>| {
        let kind = Kind::parse(request.uri().path().rsplit('/').next().unwrap());
        let streams = request.uri().query().unwrap_or_default().contains("watch=true");
        let (code, form, body) = match kind {
            Some(kind) if streams => watch(kind),
            Some(kind) => list(kind),
            // Which cluster it is: the uid of one namespace.
            None => (404, JSON, Vec::new()),
        };
        let answer = Response::builder().status(code).header("content-type", form);
        ready(Ok::<_, Infallible>(answer.body(Full::new(Bytes::from(body))).unwrap()))
    });
    Client::new(service, "default")
}

/// The first picture in which every kind has had an answer, and that of a followed kind.
async fn picture(client: Client) -> Arc<ClusterSnapshot> {
    let connection = Connection {
        client,
        info: ClusterInfo::default(),
        namespaces: opsbook::domain::Namespaces::read("default"),
        login: None,
        skew: opsbook::clock::Skew::default(),
        vault: opsbook::vault::Vault::default(),
    };
    let observer = Observer::start(&connection, Clock::real());
    observer.follow([Interest::all(Kind::Job)].into());
    let mut snapshots = observer.snapshots();
    let open = |s: &SyncState| matches!(s, SyncState::Waiting | SyncState::Loading(_));
    let answered =
        |w: &Arc<ClusterSnapshot>| !w.sync.iter().any(open) && !open(w.following(&Interest::all(Kind::Job)));
    snapshots.wait_for(answered).await.unwrap().clone()
}

fn refuses_to_stream(_: Kind) -> Answer {
    (422, JSON, br#"{"kind":"Status","apiVersion":"v1","status":"Failure","code":422}"#.to_vec())
}

fn list(kind: Kind, metadata: &serde_json::Value, items: &serde_json::Value) -> Vec<u8> {
    let kind_name = format!("{}List", kind.name());
    let value =
        json!({"kind": kind_name, "apiVersion": kind.api_version(), "metadata": metadata, "items": items});
    value.to_string().into_bytes()
}

fn protobuf(kind: &str, raw: &[u8]) -> Vec<u8> {
    let said = TypeMeta { api_version: "v1".into(), kind: kind.into() };
    let unknown = Unknown { type_meta: Some(said), raw: raw.to_vec().into() };
    [b"k8s\0".to_vec(), unknown.encode_to_vec()].concat()
}

fn failed(world: &ClusterSnapshot, said: &str) {
    for kind in Kind::WATCHED {
        let state = world.sync(*kind);
        let SyncState::Failed { why, .. } = state else { panic!("{said}: {kind} is {state:?}") };
        let ours = ["came", "does something answer", "although", "missing field", "metadata"];
        assert!(
            ours.iter().any(|words| why.contains(words)),
            "{said}: {kind} fails for another reason: {why}"
        );
    }
    let jobs = world.following(&Interest::all(Kind::Job));
    assert!(matches!(jobs, SyncState::Failed { .. }), "{said}: {jobs:?}");
    assert_eq!(opsbook::detect::unknown(world, world.taken).len(), Kind::COUNT, "{said}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_not_the_list_is_no_empty_cluster() {
    type Odd = (&'static str, &'static str, fn(Kind) -> Vec<u8>);
    let odd: [Odd; 11] = [
        ("a Status", JSON, |_| br#"{"kind":"Status","status":"Failure"}"#.to_vec()),
        ("an empty object", JSON, |_| b"{}".to_vec()),
        ("a login page", JSON, |_| br#"{"error":"login required","metadata":{}}"#.to_vec()),
        ("another kind", JSON, |_| list(Kind::ConfigMap, &json!({"resourceVersion": "1"}), &json!([]))),
        ("another group", JSON, |kind| {
            let text = String::from_utf8(list(kind, &json!({"resourceVersion": "1"}), &json!([]))).unwrap();
            text.replace(&kind.api_version(), "other.example/v1").into_bytes()
        }),
        ("no version", JSON, |kind| list(kind, &json!({}), &json!([]))),
        ("no items", JSON, |kind| {
            let text = String::from_utf8(list(kind, &json!({"resourceVersion": "1"}), &json!([]))).unwrap();
            text.replace("items", "things").into_bytes()
        }),
        ("an end with more behind it", JSON, |kind| {
            list(kind, &json!({"resourceVersion": "1", "remainingItemCount": 5000}), &json!([]))
        }),
        ("an empty envelope", PROTOBUF, |_| b"k8s\0".to_vec()),
        ("a Status in protobuf", PROTOBUF, |_| protobuf("Status", b"\x1a\x0elogin required")),
        ("a list in protobuf without a version", PROTOBUF, |kind| protobuf(&format!("{kind}List"), b"")),
    ];
    for (said, form, body) in odd {
        let world = picture(client(refuses_to_stream, move |kind| (200, form, body(kind)))).await;
        failed(&world, said);
    }
    let login = picture(client(refuses_to_stream, |_| {
        (200, JSON, br#"{"error":"login required","metadata":{}}"#.to_vec())
    }))
    .await;
    let unknown = opsbook::detect::unknown(&login, login.taken);
    assert!(unknown[0].contains("login required"), "the words say what came: {unknown:?}");
}

#[tokio::test(start_paused = true)]
async fn a_list_whose_items_are_null_is_empty_and_known() {
    let empty = |kind| (200, JSON, list(kind, &json!({"resourceVersion": "1"}), &json!(null)));
    let ends = |_| (200, JSON, Vec::new());
    let streams = move |kind| if kind == Kind::Job { ends(kind) } else { refuses_to_stream(kind) };
    let world = picture(client(streams, empty)).await;
    assert!(world.sync.iter().all(SyncState::complete), "{:?}", world.sync);
    assert!(world.following(&Interest::all(Kind::Job)).complete());
}

#[tokio::test(start_paused = true)]
async fn a_stream_of_objects_of_another_kind_is_no_state() {
    let event = |what: &str, metadata: serde_json::Value| {
        let object = json!({"kind": "ConfigMap", "apiVersion": "v1", "metadata": metadata});
        format!("{}\n", json!({"type": what, "object": object}))
    };
    let added = event("ADDED", json!({"name": "a", "resourceVersion": "1"}));
    let end = json!({"resourceVersion": "1", "annotations": {"k8s.io/initial-events-end": "true"}});
    let end = event("BOOKMARK", end);
    for lines in [format!("{added}{end}"), end] {
        let stream = move |_| (200, JSON, lines.clone().into_bytes());
        let world = picture(client(stream, |_| (200, JSON, b"{}".to_vec()))).await;
        failed(&world, "a stream");
    }
}
