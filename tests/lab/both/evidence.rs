//! What is saved before something is changed: all of it or said, without secrets, and nothing in the cluster is another one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use opsbook::domain::{ClusterSnapshot, Kind};
use opsbook::op::Inputs;
use opsbook::record::{Format, Report, RunEnd, What, post_mortem};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::deploy;
use crate::support::{Cluster, Desk, Gate, manifest};

const SECRET: &str = "the-kept-value-0817";

fn of(kind: &str, space: &str, name: &str) -> Inputs {
    let mut out = Inputs::of([("kind", kind), ("name", name)]);
    if !space.is_empty() {
        out.0.insert("namespace".into(), space.into());
    }
    out
}

/// The files that the journal names, with what is in them; each is what its digest says.
fn saved(desk: &Desk) -> Vec<(String, String)> {
    let folder = desk.recorder.path().unwrap().parent().unwrap().to_owned();
    let file = |what: &What| match what {
        What::Saved { file, bytes, sha256, .. } => {
            let text = std::fs::read_to_string(folder.join(file)).unwrap();
            let digest = opsbook::record::hex(&Sha256::digest(text.as_bytes()));
            assert_eq!((text.len() as u64, &digest), (*bytes, sha256), "{file}");
            Some((file.rsplit_once('/').unwrap().1.to_owned(), text))
        }
        _ => None,
    };
    desk.recorder.events().iter().filter_map(|e| file(&e.what)).collect()
}

fn text<'a>(files: &'a [(String, String)], name: &str) -> &'a str {
    let found = files.iter().find(|(file, _)| file == name);
    found.map_or_else(
        || panic!("{name} is not among {:?}", files.iter().map(|f| &f.0).collect::<Vec<_>>()),
        |f| &f.1,
    )
}

fn secret(space: &str) -> serde_json::Value {
    json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"namespace": space, "name": "db"},
        "type": "Opaque", "data": {"content": STANDARD.encode(SECRET)},
    })
}

pub async fn what_is_known_of_a_pod_is_saved_with_its_logs_and_without_secrets(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "evidence";
    cluster.create(&manifest::namespace(space)).await;
    let mut web = manifest::deployment(space, "web", 1);
    // It is in no Secret, and looks like a secret all the same.
    web["spec"]["template"]["spec"]["containers"][0]["args"] = json!(["--db-password=hunter2-hunter2"]);
    deploy(&cluster, &desk, &web).await;
    let pod = desk.now().pods.in_namespace(space).next().unwrap().meta.name.to_string();
    let mark = cluster.audit_mark();
    let inputs = of("pod", space, &pod);
    let plan = desk.plan("evidence.save", &inputs).await;
    let ran = desk.run(&plan).await;
    // The machines of the real control plane have no kubelet that could be asked for a log: that is named, and it is not done.
    let logs = cluster.lab().is_none();
    if logs {
        assert_eq!(ran.end, RunEnd::Applied, "{}", ran.words);
        assert!(ran.words.contains("masked: 1 password"), "{}", ran.words);
    } else {
        assert_eq!(ran.end, RunEnd::Failed, "{}", ran.words);
        assert!(ran.words.starts_with("saved 2 of 3, not: the log of container app: "), "{}", ran.words);
    }
    let files = saved(&desk);
    let yaml = text(&files, &format!("pod-{space}-{pod}.yaml"));
    assert!(yaml.starts_with("apiVersion: v1\nkind: Pod\n") && yaml.contains(&plan.uid), "{yaml}");
    assert!(!yaml.contains("hunter2") && yaml.contains("--db-password=***"), "{yaml}");
    if logs {
        text(&files, "app.log");
    }
    let kept = if logs { "app.log" } else { "events.txt" };
    assert!(text(&files, "events.txt").contains(&format!("Pod/{pod}")));
    super::operate::same_as_the_audit_log(&cluster, &desk, mark).await;
    let report = Report::of(&desk.recorder.events(), &opsbook::redact::Secrets::default());
    for form in Format::ALL.iter().map(|f| f.render(&report)).chain([post_mortem(&report)]) {
        assert!(
            form.contains(kept) && form.contains("Saved beside the journal") | form.contains("saved_beside"),
            "{form}"
        );
    }
    assert!(desk.recorder.events().iter().all(|e| !matches!(e.what, What::Proved { .. })));
    // A Secret is known by its names alone.
    cluster.create(&secret(space)).await;
    desk.carry_out_reading(&of("secret", space, "db")).await;
    let files = saved(&desk);
    let yaml = text(&files, &format!("secret-{space}-db.yaml"));
    assert!(yaml.contains("content: (hidden)"), "{yaml}");
    assert!(!files.iter().any(|(_, text)| text.contains(SECRET) || text.contains(&STANDARD.encode(SECRET))));
}

pub async fn what_could_not_be_read_is_named_and_then_it_is_not_done(cluster: Cluster) {
    let space = "evidence-not";
    let gate = Gate::before(cluster.client());
    let mut desk = Desk::at(cluster.connection(), cluster.clock(), gate.client());
    cluster.create(&manifest::namespace(space)).await;
    deploy(&cluster, &desk, &manifest::deployment(space, "web", 1)).await;
    let pod = desk.now().pods.in_namespace(space).next().unwrap().meta.name.to_string();
    let plan = desk.plan("evidence.save", &of("pod", space, &pod)).await;
    gate.forbid("/log");
    let ran = desk.run(&plan).await;
    assert_eq!(ran.end, RunEnd::Failed, "{}", ran.words);
    assert!(ran.words.starts_with("saved 2 of 3, not: the log of container app: 403"), "{}", ran.words);
    assert_eq!(saved(&desk).len(), 2, "what could be read is kept");
    // Another object of that name is another one.
    cluster.delete(&plan.target).await;
    let gone = |w: &ClusterSnapshot| w.pods.get(&plan.target.row).is_none();
    desk.world("the pod to be gone", gone).await;
    let ran = desk.run(&plan).await;
    assert_eq!(ran.end, RunEnd::Failed, "{}", ran.words);
    assert!(ran.words.starts_with("saved 0 of 1, not: "), "{}", ran.words);
}

pub async fn what_is_left_in_a_namespace_is_listed_and_kept_but_for_secrets(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "evidence-left";
    cluster.create(&manifest::namespace(space)).await;
    cluster.create(&secret(space)).await;
    let held = json!({
        "apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "1"},
        "metadata": {"namespace": space, "name": "kept", "finalizers": ["acme.io/held"]},
    });
    cluster.create(&held).await;
    let mut inputs = of("namespace", "", space);
    inputs.0.insert("resources".into(), "storageclasses.storage.k8s.io, gizmos.acme.example".into());
    desk.carry_out_reading(&inputs).await;
    let files = saved(&desk);
    let left = text(&files, "left.txt");
    assert!(
        left.contains("configmaps kept (held by acme.io/held)\n") && left.contains("secrets db\n"),
        "{left}"
    );
    assert!(text(&files, "configmaps.yaml").contains("a: \"1\""));
    assert!(
        !files.iter().any(|(name, text)| name == "secrets.yaml" || text.contains(&STANDARD.encode(SECRET)))
    );
    assert!(
        desk.written.iter().any(|l| l.starts_with("configmaps ") && l.contains("kept (held by")),
        "{:?}",
        desk.written
    );
    let none = "gizmos.acme.example: the server has no such resource";
    assert!(desk.written.iter().any(|l| l == none), "{:?}", desk.written);
    let held = opsbook::domain::ObjectKey::new(Kind::ConfigMap, space, "kept");
    cluster.patch(&held, &json!({"metadata": {"finalizers": null}})).await;
}
