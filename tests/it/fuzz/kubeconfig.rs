//! Kubeconfig files: each is resolved to a context or refused with words, and nothing is started or asked.

use opsbook::cluster::{Choice, connect};
use proptest::prelude::*;

use super::{fuzz, mutate, plain};

const SEEDS: &[&str] = &[
    "apiVersion: v1\nkind: Config\ncurrent-context: a\nclusters:\n- name: a\n  cluster: {server: 'https://10.0.0.1:6443', certificate-authority-data: LS0t}\ncontexts:\n- name: a\n  context: {cluster: a, user: u, namespace: shop}\nusers:\n- name: u\n  user: {token: t0k3n}\n",
    "clusters:\n- name: a\n  cluster: {server: 'http://127.0.0.1:1', proxy-url: 'socks5://127.0.0.1:2', tls-server-name: x}\ncontexts:\n- name: a\n  context: {cluster: a, user: u}\nusers:\n- name: u\n  user:\n    exec: {apiVersion: client.authentication.k8s.io/v1, command: ./does-not-exist, args: [a], provideClusterInfo: true}\ncurrent-context: a\n",
    r#"{"apiVersion":"v1","kind":"Config","clusters":[{"name":"c","cluster":{"server":"https://[::1]:6443/path","insecure-skip-tls-verify":true}}],"contexts":[{"name":"c","context":{"cluster":"c","user":"u"}}],"current-context":"c","users":[{"name":"u","user":{"username":"a","password":"b","as":"x","as-groups":["g"]}}]}"#,
];

const WORDS: &[&str] = &[
    "certificate-authority: /dev/zero",
    "client-key: /dev/null",
    "tokenFile: /dev/null",
    "client-certificate: .",
    "server: ",
    "http://",
    "https://a:b@c:99999/",
    "socks5h://",
    "server: 10.0.0.1:6443",
    "server: '10.0.0.1:99999/x'",
    "proxy-url: 'http://u:p@:1'",
    "token: \"a\\nb\"",
    "certificate-authority-data: |\n      LS0t\n",
    "client-key-data: !!binary LS0t",
    "insecure-skip-tls-verify: true",
    "---\n",
    "&a ",
    "*a",
    "null",
    "[]",
    "{}",
    "\u{1b}[2J",
    "\u{202e}",
    "auth-provider: {name: gcp, config: {cmd-path: ./x}}",
    "exec: {}",
    "- name: a\n",
    "current-context: ''",
];

#[test]
fn kubeconfig_files_are_resolved_or_refused_whatever_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    fuzz("kubeconfig files", &mutate::text(SEEDS, WORDS), |source| {
        std::fs::write(&path, &source).unwrap();
        let choice = Choice { kubeconfig: Some(path.clone()), ..Choice::default() };
        match runtime.block_on(connect(&choice)) {
            Ok(connection) => {
                plain(&connection.info.context)?;
                plain(&connection.info.acting())?;
                let server = &connection.info.server;
                let authority = server.split("://").nth(1).and_then(|rest| rest.split('/').next());
                prop_assert!(!authority.unwrap_or_default().contains('@'), "{}", server);
            }
            Err(e) => prop_assert!(!e.to_string().is_empty()),
        }
        Ok(())
    });
}
