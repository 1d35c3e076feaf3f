//! Credential plugins in every form that kubeconfigs have: what they are told, and that their answer is taken.

use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt;

use http::Request;
use opsbook::cluster::{Choice, connect};
use serde_json::Value;
use tokio::net::TcpListener;

/// A server that answers with the token that it was sent.
async fn echo() -> SocketAddr {
    let app = axum::Router::new().fallback(|headers: http::HeaderMap| async move {
        headers.get("authorization").and_then(|v| v.to_str().ok()).unwrap_or("nobody").to_owned()
    });
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// What the server hears of a user of a kubeconfig in this folder, or why it hears nothing.
async fn heard(folder: &std::path::Path, server: SocketAddr, user: &str) -> Result<String, String> {
    let text = format!(
        "current-context: c\nclusters: [{{name: k, cluster: {{server: 'http://{server}'}}}}]\ncontexts: [{{name: c, context: {{cluster: k, user: u}}}}]\nusers: [{{name: u, user: {user}}}]\n"
    );
    std::fs::write(folder.join("config"), text).unwrap();
    let choice = Choice { kubeconfig: Some(folder.join("config")), ..Choice::default() };
    let connection = connect(&choice).await.unwrap();
    let request = Request::get("/version").body(Vec::new()).unwrap();
    connection.client.request_text(request).await.map_err(|e| opsbook::cluster::explain(&e))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plugin_is_run_in_every_version_and_told_what_the_kubeconfig_says() {
    let (folder, server) = (tempfile::tempdir().unwrap(), echo().await);
    let plugin = folder.path().join("bin/plugin");
    std::fs::create_dir(folder.path().join("bin")).unwrap();
    let answer = r#"{"apiVersion": "%s", "kind": "ExecCredential", "status": {"token": "%s\\n"}}"#;
    let script = format!(
        "#!/bin/sh\necho \"$KUBERNETES_EXEC_INFO\" > \"$0.info\"\nprintf '{answer}' \"$1\" \"${{NAME:-t}}-$2\"\n"
    );
    std::fs::write(&plugin, script).unwrap();
    std::fs::set_permissions(&plugin, std::fs::Permissions::from_mode(0o755)).unwrap();
    for version in ["v1alpha1", "v1beta1", "v1"] {
        let version = format!("client.authentication.k8s.io/{version}");
        let user = |rest: &str| {
            format!(
                "{{exec: {{apiVersion: {version}, command: ./bin/plugin, args: [{version}, x], interactiveMode: Never{rest}}}}}"
            )
        };
        let info = || -> Value {
            let text = std::fs::read_to_string(folder.path().join("bin/plugin.info")).unwrap();
            serde_json::from_str(&text).unwrap()
        };
        let said = heard(folder.path(), server, &user(", env: null")).await;
        assert_eq!(said.unwrap(), "Bearer t-x", "a line end is no part of a token");
        assert_eq!(info()["apiVersion"], version);
        assert_eq!(
            (&info()["spec"]["interactive"], &info()["spec"]["cluster"]),
            (&false.into(), &Value::Null)
        );
        let user = user(", env: [{name: NAME, value: n}], provideClusterInfo: true");
        let said = heard(folder.path(), server, &user).await;
        assert_eq!(said.unwrap(), "Bearer n-x");
        assert_eq!(info()["spec"]["cluster"]["server"], format!("http://{server}"));
    }
    // An answer in another version than the one that was asked for is none.
    let user = "{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./bin/plugin, args: [client.authentication.k8s.io/v1beta1]}}";
    let words = heard(folder.path(), server, user).await.unwrap_err();
    assert!(words.contains("v1beta1") && !words.contains("log in"), "{words}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_plugin_said_when_it_failed_is_shown_and_that_it_wanted_a_terminal() {
    let (folder, server) = (tempfile::tempdir().unwrap(), echo().await);
    let plugin = folder.path().join("plugin");
    std::fs::write(&plugin, "#!/bin/sh\necho 'the session ended at noon' >&2\nexit 3\n").unwrap();
    std::fs::set_permissions(&plugin, std::fs::Permissions::from_mode(0o755)).unwrap();
    let user = |mode: &str| {
        format!(
            "{{exec: {{apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: {mode}}}}}"
        )
    };
    let words = heard(folder.path(), server, &user("IfAvailable")).await.unwrap_err();
    assert!(words.contains("the session ended at noon") && !words.contains("terminal"), "{words}");
    let words = heard(folder.path(), server, &user("Always")).await.unwrap_err();
    assert!(words.contains("noon") && words.contains("wants a terminal"), "{words}");
}
