//! Users with few rights, impersonation, and the exit codes of `opsbook triage`.

use std::process::Command;

use opsbook::cluster::{Choice, connect};
use opsbook::domain::{Kind, SyncState};
use serde_json::Value;

use crate::support::{Cluster, Desk, Lab, Spec, Which, program, real_wanted};

/// `opsbook triage -o json` with these flags: exit code and answer.
pub fn triage(lab: &Lab, flags: &[&str]) -> (i32, Value) {
    let mut command: Command = program();
    command.args(["triage", "-o", "json"]).args(flags);
    if !flags.contains(&"--kubeconfig") {
        command.arg("--kubeconfig").arg(lab.kubeconfig("admin"));
    }
    let out = command.output().unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    let answer = serde_json::from_str(&said).unwrap_or_else(|e| panic!("{e}: {said} {:?}", out.stderr));
    (out.status.code().unwrap(), answer)
}

async fn one_node(node: &str) -> (Cluster, Lab) {
    let cluster = Cluster::start(Which::Real, Spec { nodes: &[node], ..Spec::default() }).await;
    let lab = cluster.lab().unwrap().clone();
    (cluster, lab)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn triage_says_healthy_unknown_and_unreachable_by_its_exit_code() {
    if !real_wanted("real::rights::triage_says_healthy_unknown_and_unreachable_by_its_exit_code") {
        return;
    }
    let (_cluster, lab) = one_node("codes-1").await;
    let (code, answer) = triage(&lab, &[]);
    assert_eq!((code, answer["findings"].as_array().map(Vec::len)), (0, Some(0)), "{answer}");
    let nobody = lab.kubeconfig("nobody");
    let (code, answer) = triage(&lab, &["--kubeconfig", nobody.to_str().unwrap()]);
    assert_eq!(code, 3, "what is forbidden must not look healthy: {answer}");
    assert!(
        answer["unknown"].to_string().contains("forbidden")
            || answer["unknown"].to_string().contains("may not"),
        "{answer}"
    );
    // A server that is not there: the same file with a port at which nobody listens.
    let text = std::fs::read_to_string(lab.kubeconfig("admin")).unwrap();
    let server = text.lines().find(|l| l.trim().starts_with("server:")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let away = folder.path().join("away");
    std::fs::write(&away, text.replace(server, "      server: https://127.0.0.1:1")).unwrap();
    let (code, answer) = triage(&lab, &["--kubeconfig", away.to_str().unwrap()]);
    assert_eq!(code, 3);
    assert!(answer["unknown"].to_string().contains("does not answer"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn impersonation_has_the_rights_of_the_other_user() {
    if !real_wanted("real::rights::impersonation_has_the_rights_of_the_other_user") {
        return;
    }
    let (cluster, lab) = one_node("other-1").await;
    let (code, answer) = triage(&lab, &["--as", "nobody"]);
    assert_eq!(code, 3, "{answer}");
    let (code, answer) = triage(&lab, &["--as", "somebody", "--as-group", "system:masters"]);
    assert_eq!(code, 0, "{answer}");
    let choice = Choice {
        kubeconfig: Some(lab.kubeconfig("admin")),
        user: Some("viewer".to_owned()),
        ..Choice::default()
    };
    let connection = connect(&choice).await.unwrap();
    let desk = Desk::at(connection.clone(), cluster.clock(), connection.client);
    let settled = |s: &SyncState| matches!(s, SyncState::Live | SyncState::Forbidden(_));
    let world = desk.world("all settled", |w| w.sync.iter().all(settled)).await;
    assert_eq!(*world.sync(Kind::Pod), SyncState::Live, "the role `view` reads pods");
    assert!(matches!(world.sync(Kind::Node), SyncState::Forbidden(_)), "and no nodes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_read_one_namespace_sees_that_one() {
    if !real_wanted("real::rights::who_may_read_one_namespace_sees_that_one") {
        return;
    }
    let (cluster, lab) = one_node("scope-1").await;
    let client = cluster.client();
    let binding = serde_json::json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "tests-scope", "namespace": "default"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "nobody"}],
    });
    let request = http::Request::post("/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings")
        .header("Content-Type", "application/json")
        .body(binding.to_string().into_bytes());
    client.request::<Value>(request.unwrap()).await.unwrap();
    let connection =
        connect(&Choice { kubeconfig: Some(lab.kubeconfig("nobody")), ..Choice::default() }).await.unwrap();
    let desk = Desk::at(connection.clone(), cluster.clock(), connection.client);
    let world = desk.world("the pods of one namespace", |w| *w.sync(Kind::Pod) == SyncState::Live).await;
    assert_eq!(world.scope(Kind::Pod), Some(&"default".into()));
    let (code, answer) =
        triage(&lab, &["--kubeconfig", lab.kubeconfig("nobody").to_str().unwrap(), "-n", "default"]);
    assert_eq!(code, 3, "{answer}");
    assert!(answer["unknown"].to_string().contains("only those of namespace default are seen"), "{answer}");
    let path = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings/tests-scope";
    let request = http::Request::delete(path).body(Vec::new()).unwrap();
    client.request::<Value>(request).await.unwrap();
}
