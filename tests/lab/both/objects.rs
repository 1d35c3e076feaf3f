//! Operations on objects of any kind: each applied and taken back.

use opsbook::domain::{Kind, Looked, ObjectKey};
use opsbook::op::{self, Inputs, Undo};
use opsbook::record::RunEnd;
use serde_json::{Value, json};

use super::operate::{deploy, same_as_the_audit_log};
use crate::support::{Cluster, Desk, manifest};

fn of(kind: &str, space: &str, name: &str, more: &[(&str, Value)]) -> Inputs {
    let mut inputs = Inputs::of([("kind", kind), ("namespace", space), ("name", name)]);
    inputs.0.extend(more.iter().map(|(k, v)| ((*k).to_owned(), v.clone())));
    inputs
}

fn config(space: &str, name: &str, data: &Value) -> Value {
    json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"namespace": space, "name": name}, "data": data,
    })
}

pub async fn labels_and_annotations_are_set_and_taken_back(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "label";
    cluster.create(&manifest::namespace(space)).await;
    cluster.create(&config(space, "c", &json!({}))).await;
    let key = ObjectKey::new(Kind::ConfigMap, space, "c");
    let mark = cluster.audit_mark();
    for (id, field) in [("object.label", "labels"), ("object.annotate", "annotations")] {
        let set = of("cm", space, "c", &[("key", json!("acme.io/team")), ("value", json!("blue"))]);
        desk.carry_out(id, &set).await;
        let value =
            async || cluster.get(&key.path()).await.unwrap()["metadata"][field]["acme.io/team"].clone();
        assert_eq!(value().await, "blue");
        let other = of("cm", space, "c", &[("key", json!("acme.io/team")), ("value", json!("red"))]);
        desk.carry_out(id, &other).await;
        desk.undo().await;
        assert_eq!(value().await, "blue");
        desk.undo().await;
        assert!(value().await.is_null());
    }
    same_as_the_audit_log(&cluster, &desk, mark).await;
}

pub async fn a_patch_is_taken_back_field_by_field(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "patch";
    cluster.create(&manifest::namespace(space)).await;
    cluster.create(&config(space, "c", &json!({"a": "1", "b": "2"}))).await;
    let key = ObjectKey::new(Kind::ConfigMap, space, "c");
    let patch = of("cm", space, "c", &[("patch", json!({"data": {"a": "9", "b": null, "c": "3"}}))]);
    let plan = desk.plan("object.patch", &patch).await;
    let preview = desk.preview(&plan).await;
    let paths: Vec<_> = preview.diff.iter().map(|l| l.path.as_str()).collect();
    assert_eq!(paths, ["data.a", "data.b", "data.c"]);
    desk.carry_out("object.patch", &patch).await;
    assert_eq!(cluster.get(&key.path()).await.unwrap()["data"], json!({"a": "9", "c": "3"}));
    desk.undo().await;
    assert_eq!(cluster.get(&key.path()).await.unwrap()["data"], json!({"a": "1", "b": "2"}));
}

pub async fn a_manifest_makes_changes_and_is_taken_back(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "apply";
    cluster.create(&manifest::namespace(space)).await;
    let key = ObjectKey::new(Kind::ConfigMap, space, "c");
    let manifest = |data: &Value| {
        let mut inputs = Inputs::default();
        inputs.0.insert("manifest".to_owned(), config(space, "c", data));
        inputs
    };
    desk.carry_out("object.apply", &manifest(&json!({"a": "1"}))).await;
    desk.carry_out("object.apply", &manifest(&json!({"a": "2"}))).await;
    assert_eq!(cluster.get(&key.path()).await.unwrap()["data"]["a"], "2");
    desk.undo().await;
    assert_eq!(cluster.get(&key.path()).await.unwrap()["data"]["a"], "1");
    // Another manager owns the field now: nothing is taken by force.
    cluster.patch(&key, &json!({"data": {"a": "theirs"}})).await;
    let is = |v: &str| {
        let (key, v) = (key.clone(), v.to_owned());
        move |w: &opsbook::domain::ClusterSnapshot| matches!(w.object(&key), Looked::Present(row) if row.text("/data/a") == v)
    };
    desk.world("their change", is("theirs")).await;
    let plan = desk.plan("object.apply", &manifest(&json!({"a": "3"}))).await;
    if cluster.lab().is_some() {
        let preview = desk.preview(&plan).await;
        assert!(preview.refused.as_ref().is_some_and(|r| r.contains("conflict")), "{preview:?}");
        let ran = desk.run(&plan).await;
        assert!(ran.end == RunEnd::Failed && ran.words.contains("conflict"), "{ran:?}");
        assert_eq!(cluster.get(&key.path()).await.unwrap()["data"]["a"], "theirs");
    }
}

pub async fn a_deleted_object_is_made_again_from_its_manifest(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "remove";
    cluster.create(&manifest::namespace(space)).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 1)).await;
    let key = ObjectKey::new(Kind::Deployment, space, "web");
    let before = cluster.get(&key.path()).await.unwrap();
    desk.carry_out("object.delete", &of("deploy", space, "web", &[])).await;
    assert!(cluster.get(&key.path()).await.is_err());
    desk.undo().await;
    let after = cluster.get(&key.path()).await.unwrap();
    assert_eq!(after["spec"], before["spec"]);
    assert_ne!(after["metadata"]["uid"], before["metadata"]["uid"]);
}

pub async fn a_finalizer_is_removed_and_the_object_goes(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "finalizer";
    cluster.create(&manifest::namespace(space)).await;
    let mut held = config(space, "c", &json!({}));
    held["metadata"]["finalizers"] = json!(["acme.io/one", "acme.io/two"]);
    cluster.create(&held).await;
    let key = ObjectKey::new(Kind::ConfigMap, space, "c");
    let one = of("cm", space, "c", &[("finalizer", json!("acme.io/one"))]);
    desk.follow(op::reads("object.remove-finalizer", &one));
    let there = |w: &opsbook::domain::ClusterSnapshot| matches!(w.object(&key), Looked::Present(_));
    let world = desk.world("the object", there).await;
    let refused = op::plan("object.remove-finalizer", &world, &one).unwrap_err().to_string();
    assert!(refused.contains("not being deleted"), "{refused}");
    cluster.delete(&key).await;
    let plan = desk.carry_out("object.remove-finalizer", &one).await;
    assert!(matches!(plan.undo, Undo::None(_)));
    assert_eq!(cluster.get(&key.path()).await.unwrap()["metadata"]["finalizers"], json!(["acme.io/two"]));
    desk.carry_out("object.remove-finalizer", &of("cm", space, "c", &[("finalizer", json!("acme.io/two"))]))
        .await;
    assert!(cluster.get(&key.path()).await.is_err());
}

pub async fn a_webhook_fails_open_for_a_while_and_is_closed_again(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let key = ObjectKey::cluster(Kind::ValidatingWebhookConfiguration, "webhook-guard");
    cluster.forget(&key.path()).await;
    // It selects a namespace that does not exist, so it stands in nobody's way.
    let webhook = json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
        "metadata": {"name": "webhook-guard"},
        "webhooks": [{
            "name": "guard.acme.io", "sideEffects": "None", "admissionReviewVersions": ["v1"], "failurePolicy": "Fail",
            "clientConfig": {"url": "https://127.0.0.1:1/"},
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "nowhere"}},
            "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}],
        }],
    });
    cluster.create(&webhook).await;
    let policy = async || cluster.get(&key.path()).await.unwrap()["webhooks"][0]["failurePolicy"].clone();
    let of = |span: &str| Inputs::of([("validatingwebhookconfiguration", "webhook-guard"), ("for", span)]);
    let plan = desk.plan("webhook.fail-open", &of("1s")).await;
    assert_eq!(desk.preview(&plan).await.diff.len(), 1);
    let ran = desk.run(&plan).await;
    assert_eq!((ran.end, ran.words.as_str()), (RunEnd::Applied, "taken back when its time was over"));
    assert_eq!(policy().await, "Fail");
    let state = opsbook::record::SessionState::fold(&desk.recorder.events());
    assert!(state.undo_list().is_empty(), "there is nothing left to take back");
    let closed = |w: &opsbook::domain::ClusterSnapshot| matches!(w.object(&key), Looked::Present(r) if r.meta.version.as_ref() != plan.version && r.text("/webhooks/0/failurePolicy") == "Fail");
    desk.world("that it is closed again", closed).await;
    // An hour is cut short.
    let plan = desk.plan("webhook.fail-open", &of("1h")).await;
    let ran = desk.run_until_holding(&plan).await;
    assert_eq!((ran.end, ran.words.as_str()), (RunEnd::Applied, "taken back early"));
    assert_eq!(policy().await, "Fail");
    // Left open by somebody else, it is closed for good.
    let mut left_open = webhook["webhooks"].clone();
    left_open[0]["failurePolicy"] = "Ignore".into();
    cluster.patch(&key, &json!({ "webhooks": left_open })).await;
    desk.carry_out("webhook.fail-closed", &Inputs::of([("validatingwebhookconfiguration", "webhook-guard")]))
        .await;
    assert_eq!(policy().await, "Fail");
    cluster.forget(&key.path()).await;
}

pub async fn requests_for_certificates_are_decided(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let request = include_str!("../../data/csr-node.b64").trim();
    for (name, signer, usage) in
        [("csr-a", "acme.io/any", "client auth"), ("csr-b", "kubernetes.io/kubelet-serving", "server auth")]
    {
        let key = ObjectKey::cluster(Kind::CertificateSigningRequest, name);
        cluster.forget(&key.path()).await;
        let object = json!({
            "apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest", "metadata": {"name": name},
            "spec": {"request": request, "signerName": signer, "usages": ["digital signature", usage]},
        });
        cluster.create(&object).await;
        let csr = Inputs::of([("csr", name)]);
        desk.follow(op::reads("csr.approve", &csr));
        let there = |w: &opsbook::domain::ClusterSnapshot| matches!(w.object(&key), Looked::Present(_));
        let world = desk.world("the request", there).await;
        if signer == "acme.io/any" {
            let plan = desk.carry_out("csr.approve", &csr).await;
            assert!(matches!(plan.undo, Undo::None(_)));
        } else {
            // It is not the node that asks.
            assert!(op::plan("csr.approve", &world, &csr).is_err());
            desk.carry_out("csr.deny", &csr).await;
        }
        let again = op::plan("csr.approve", &desk.now(), &csr);
        assert!(matches!(again, Err(op::Refusal::AlreadySo(_))), "{again:?}");
        cluster.forget(&key.path()).await;
    }
}
