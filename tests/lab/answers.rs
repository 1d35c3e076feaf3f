//! What every operation does when the server says no: it has failed, the server's words are told and recorded, and
//! nothing else is sent. On the practice cluster, behind a gate that answers each write.

use http::StatusCode;
use opsbook::domain::{ClusterInfo, ClusterSnapshot, Kind, ObjectKey};
use opsbook::op::{Inputs, REGISTRY};
use opsbook::record::RunEnd;
use serde_json::{Value, json};

use crate::both::deploy;
use crate::recording::Recording;
use crate::support::{Cluster, Desk, Gate, Spec, Which, journal, manifest};

const SPACE: &str = "answers";

/// Inputs that each operation has a plan for, in the world of [`furnish`].
fn inputs(id: &str, pods: [&str; 2]) -> Inputs {
    let [pod, silent] = pods;
    let mut out = match id {
        "node.cordon" | "node.drain" | "node.debug" => Inputs::of([("node", "ans-1")]),
        "node.uncordon" => Inputs::of([("node", "ans-3")]),
        "node.debug-end" => Inputs::of([("namespace", SPACE), ("pod", "debug")]),
        "pod.port-forward" => Inputs::of([("namespace", SPACE), ("pod", pod), ("port", "80")]),
        "node.taint" => Inputs::of([("node", "ans-1"), ("key", "acme.io/a"), ("effect", "NoSchedule")]),
        "node.untaint" => Inputs::of([("node", "ans-3"), ("key", "acme.io/gpu"), ("effect", "NoSchedule")]),
        "node.out-of-service" => Inputs::of([("node", "ans-2")]),
        "pod.evict" | "pod.delete" | "pod.debug" | "pod.exec" => {
            Inputs::of([("namespace", SPACE), ("pod", pod)])
        }
        "pod.resize" => Inputs::of([("namespace", SPACE), ("pod", pod), ("cpuRequest", "50m")]),
        "pod.force-delete" => Inputs::of([("namespace", SPACE), ("pod", silent)]),
        "workload.resume" => Inputs::of([("namespace", SPACE), ("deployment", "paused")]),
        "cronjob.suspend" => Inputs::of([("namespace", SPACE), ("cronjob", "on")]),
        "cronjob.resume" => Inputs::of([("namespace", SPACE), ("cronjob", "off")]),
        "pvc.expand" => Inputs::of([("namespace", SPACE), ("pvc", "data"), ("size", "2Gi")]),
        "pv.reclaim" => Inputs::of([("pv", "ans-v"), ("policy", "Delete")]),
        "volumeattachment.delete" => Inputs::of([("volumeattachment", "ans-va")]),
        "webhook.fail-open" => Inputs::of([("validatingwebhookconfiguration", "ans-closed")]),
        "webhook.fail-closed" => Inputs::of([("validatingwebhookconfiguration", "ans-open")]),
        "csr.approve" | "csr.deny" => Inputs::of([("csr", "ans-csr")]),
        "object.label" | "object.annotate" => {
            config("c", &[("key", json!("acme.io/a")), ("value", json!("b"))])
        }
        "object.patch" => config("c", &[("patch", json!({"data": {"a": "2"}}))]),
        "object.delete" | "evidence.save" => config("c", &[]),
        "object.remove-finalizer" => config("held", &[("finalizer", json!("acme.io/one"))]),
        "secret.rotate" | "secret.roll-back" => {
            Inputs::of([("namespace", SPACE), ("secret", "db"), ("key", "password")])
        }
        "serviceaccount.token" => Inputs::of([("namespace", SPACE), ("serviceaccount", "robot")]),
        "storage.re-encrypt" => Inputs::of([("namespace", SPACE), ("kind", "secrets")]),
        _ => Inputs::of([("namespace", SPACE), ("deployment", "web")]),
    };
    let more = match id {
        "workload.scale" => ("replicas", json!(3)),
        "workload.set-image" => ("image", json!("registry.example/app:9")),
        "workload.set-resources" => ("memoryLimit", json!("64Mi")),
        "object.apply" => {
            return Inputs(
                [("manifest".to_owned(), object("ConfigMap", "made", &json!({})))].into(),
                std::collections::BTreeMap::new(),
            );
        }
        _ => return out,
    };
    out.0.insert(more.0.to_owned(), more.1);
    out
}

fn config(name: &str, more: &[(&str, Value)]) -> Inputs {
    let mut out = Inputs::of([("kind", "cm"), ("namespace", SPACE), ("name", name)]);
    out.0.extend(more.iter().map(|(k, v)| ((*k).to_owned(), v.clone())));
    out
}

fn object(kind: &str, name: &str, more: &Value) -> Value {
    let known = Kind::parse(kind).unwrap();
    let mut out = json!({"apiVersion": known.api_version(), "kind": kind, "metadata": {"name": name}});
    if known.meta().namespaced {
        out["metadata"]["namespace"] = SPACE.into();
    }
    for (field, value) in more.as_object().unwrap() {
        match (field.as_str(), value.as_object()) {
            ("metadata", Some(fields)) => out["metadata"].as_object_mut().unwrap().extend(fields.clone()),
            _ => out[field] = value.clone(),
        }
    }
    out
}

/// The objects that have no life of their own.
fn things() -> Vec<Value> {
    let hook = |name: &str, policy: &str| {
        let webhook = json!({
            "name": "a.acme.io", "failurePolicy": policy, "sideEffects": "None", "admissionReviewVersions": ["v1"],
            "clientConfig": {"url": "https://127.0.0.1:1/"}, "rules": [],
        });
        object("ValidatingWebhookConfiguration", name, &json!({ "webhooks": [webhook] }))
    };
    let cron = |name: &str, suspend: bool| {
        let template = manifest::deployment(SPACE, name, 1)["spec"]["template"].clone();
        object(
            "CronJob",
            name,
            &json!({"spec": {
                "schedule": "0 0 * * *", "suspend": suspend, "jobTemplate": {"spec": { "template": template }},
            }}),
        )
    };
    let request = include_str!("../data/csr-node.b64").trim();
    let mut paused = manifest::deployment(SPACE, "paused", 0);
    paused["spec"]["paused"] = true.into();
    vec![
        paused,
        cron("on", false),
        cron("off", true),
        hook("ans-closed", "Fail"),
        hook("ans-open", "Ignore"),
        object("ConfigMap", "c", &json!({"data": {"a": "1"}})),
        object("ConfigMap", "held", &json!({"metadata": {"finalizers": ["acme.io/one"]}})),
        object(
            "Secret",
            "db",
            &json!({"data": {"password": "b2xk", "password.before-rotation": "b2xkZXI="}}),
        ),
        object("ServiceAccount", "robot", &json!({})),
        object(
            "Pod",
            "debug",
            &json!({"metadata": {"labels": {"opsbook.dev/debug": "node"}}, "spec": {
                "nodeName": "ans-3", "containers": [{"name": "debug", "image": "registry.example/app:1"}],
            }}),
        ),
        object(
            "StorageClass",
            "grows",
            &json!({"provisioner": "acme.io/none", "allowVolumeExpansion": true}),
        ),
        object(
            "PersistentVolume",
            "ans-v",
            &json!({"spec": {
                "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "grows",
                "persistentVolumeReclaimPolicy": "Retain", "csi": {"driver": "acme.io", "volumeHandle": "v"},
            }}),
        ),
        object(
            "PersistentVolumeClaim",
            "data",
            &json!({"spec": {
                "accessModes": ["ReadWriteOnce"], "storageClassName": "grows", "volumeName": "ans-v",
                "resources": {"requests": {"storage": "1Gi"}},
            }}),
        ),
        object(
            "VolumeAttachment",
            "ans-va",
            &json!({"spec": {
                "attacher": "acme.io", "nodeName": "ans-2", "source": {"persistentVolumeName": "v"},
            }}),
        ),
        object(
            "CertificateSigningRequest",
            "ans-csr",
            &json!({"spec": {
                "request": request, "signerName": "acme.io/any", "usages": ["digital signature", "client auth"],
            }}),
        ),
    ]
}

/// Something that each operation can be planned for. Returns a pod of a node that is ready, and one of a node that is not.
async fn furnish(cluster: &Cluster) -> [String; 2] {
    let mut desk = Desk::open(cluster).await;
    cluster.create(&manifest::namespace(SPACE)).await;
    let node = |name: &str| ObjectKey::cluster(Kind::Node, name);
    let taints = json!([{"key": "acme.io/gpu", "effect": "NoSchedule"}]);
    cluster.patch(&node("ans-3"), &json!({"spec": {"unschedulable": true, "taints": taints}})).await;
    deploy(cluster, &desk, &manifest::on_node(manifest::deployment(SPACE, "silent", 1), "ans-2")).await;
    deploy(cluster, &desk, &manifest::on_node(manifest::deployment(SPACE, "web", 2), "ans-1")).await;
    // There is a revision to go back to.
    desk.carry_out("workload.restart", &Inputs::of([("namespace", SPACE), ("deployment", "web")])).await;
    for thing in things() {
        cluster.create(&thing).await;
    }
    cluster
        .status(&ObjectKey::new(Kind::PersistentVolumeClaim, SPACE, "data"), &json!({"phase": "Bound"}))
        .await;
    cluster.delete(&ObjectKey::new(Kind::ConfigMap, SPACE, "held")).await;
    cluster.silence("ans-2").await;
    let settled = |w: &ClusterSnapshot| {
        let pods: Vec<_> = w.pods.in_namespace(SPACE).collect();
        let web =
            |p: &&&std::sync::Arc<opsbook::domain::PodRow>| p.ready() && p.meta.label("app") == Some("web");
        pods.len() == 4 && pods.iter().filter(web).count() == 2 && w.node("ans-2").is_some_and(|n| !n.ready())
    };
    let world = desk.world("what is there to be settled", settled).await;
    ["web", "silent"].map(|app| {
        let mut pods = world.pods.in_namespace(SPACE);
        pods.find(|p| p.meta.label("app") == Some(app)).unwrap().meta.name.to_string()
    })
}

/// The line of each operation, as somebody pastes it: a shell makes of it the words that were meant, in the cluster and as
/// the user of the plan.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_line_of_every_operation_can_be_pasted() {
    let spec = Spec { nodes: &["ans-1", "ans-2", "ans-3"], ..Spec::default() };
    let cluster = Cluster::start(Which::Practice, spec).await;
    let pods = furnish(&cluster).await;
    let recording = Recording::new();
    let info = ClusterInfo {
        context: "eu prod;touch${IFS}PWNED".to_owned(),
        acts_as: Some("bob $(touch PWNED)".to_owned()),
        ..ClusterInfo::default()
    };
    for op in REGISTRY {
        let id = op.meta().id;
        let mut hostile = inputs(id, [&pods[0], &pods[1]]);
        for (name, word) in
            [("image", "registry.example/app:9"), ("value", "b"), ("audience", "a;touch${IFS}PWNED")]
        {
            if op.meta().params.iter().any(|p| p.name == name)
                && (name == "audience" || hostile.0.contains_key(name))
            {
                hostile.0.insert(name.to_owned(), Value::from(word));
            }
        }
        let desk = Desk::at(cluster.connection(), cluster.clock(), cluster.client());
        let plan = desk.plan(id, &hostile).await;
        let line = plan.kubectl.clone().at(&info);
        let wanted: Vec<_> = line.commands().into_iter().filter(|words| words[0] == "kubectl").collect();
        assert!(!wanted.is_empty(), "{id}: {line}");
        let namespaced = !plan.target.namespace().is_empty();
        for words in &wanted {
            assert!(words[1].starts_with("--context=") && words[2].starts_with("--as="), "{id}: {line}");
            let named = words.windows(2).any(|two| two[0] == "-n")
                || words.iter().any(|w| w.contains("/namespaces/"));
            assert!(named || !namespaced, "{id} names no namespace: {line}");
        }
        let (mut given, _) = recording.run("sh", &line.to_string());
        let mut wanted: Vec<Vec<String>> = wanted.into_iter().map(|words| words[1..].to_vec()).collect();
        given.sort();
        wanted.sort();
        assert_eq!(given, wanted, "{id}: {line}");
        assert!(recording.untouched(), "{id}: {line}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_fails_in_good_order_when_the_server_says_no() {
    let spec = Spec { nodes: &["ans-1", "ans-2", "ans-3"], ..Spec::default() };
    let cluster = Cluster::start(Which::Practice, spec).await;
    let pods = furnish(&cluster).await;
    let gate = Gate::before(cluster.client());
    // What only reads sends nothing that could be refused as a write: what it does then is tried in `both/evidence.rs`.
    let writes = REGISTRY.iter().filter(|op| op.meta().id != opsbook::op::EVIDENCE);
    for op in writes {
        let id = op.meta().id;
        let inputs = inputs(id, [&pods[0], &pods[1]]);
        for code in [403, 409, 422, 429] {
            let mut desk = Desk::at(cluster.connection(), cluster.clock(), gate.client());
            let plan = desk.plan(id, &inputs).await;
            gate.refuse_writes(StatusCode::from_u16(code).unwrap());
            let ran = desk.run(&plan).await;
            let said = format!("the gate says {code}");
            assert_eq!(ran.end, RunEnd::Failed, "{id} {code}: {}", ran.words);
            assert!(ran.words.contains(&said), "{id} {code}: {}", ran.words);
            assert_eq!(gate.refused(), 1, "{id} {code}: nothing else is sent");
            let lines = journal(&desk.recorder.events());
            let [intent, send, no, end] = &lines[..] else { panic!("{id} {code}: {lines:?}") };
            assert!(
                intent == "intent" && send.starts_with("send ") && no.starts_with("no ") && end == "end",
                "{lines:?}"
            );
            let recorded = std::fs::read_to_string(desk.recorder.path().unwrap()).unwrap();
            assert!(recorded.matches(&said).count() >= 2, "{id} {code}: refusal and outcome\n{recorded}");
        }
    }
}
