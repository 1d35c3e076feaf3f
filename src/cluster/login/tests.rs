//! Certificates of clients, which a server refuses before it answers: renewed in their files, or given by a plugin. Tokens
//! are in `tokens`.

mod tokens;

use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::cluster::bridge::tests::made::{Made, Wanted};
use crate::cluster::bridge::tests::serve::{Heard, Taken, server, tls_for};
use crate::cluster::{Choice, Connection, connect, explain};

/// A user whose credentials a plugin gives.
const EXEC: &str =
    "{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never}}";

struct World {
    folder: tempfile::TempDir,
    heard: Heard,
    taken: Taken,
}

impl World {
    /// A server for one client, and a kubeconfig that leads to it with this user.
    async fn new(user: &str) -> World {
        let own = Wanted::default().alone();
        let world =
            World { folder: tempfile::tempdir().unwrap(), heard: Heard::default(), taken: Taken::default() };
        let address = server(Some(tls_for(&own, &world.heard, &world.taken))).await;
        world.leads_to(&format!("{{server: 'https://{address}', certificate-authority: ca.crt}}"), user);
        world.write("ca.crt", &own.pem());
        world
    }

    fn leads_to(&self, cluster: &str, user: &str) {
        let text = format!(
            "current-context: c\nclusters:\n- name: k\n  cluster: {cluster}\n\
             users:\n- name: u\n  user: {user}\ncontexts:\n- name: c\n  context: {{cluster: k, user: u}}\n"
        );
        self.write("config", &text);
    }

    /// A plugin that counts its runs and answers what stands in the file `answer`.
    fn plugin(&self) {
        let folder = self.folder.path().display();
        self.write("plugin", &format!("#!/bin/sh\necho run >> {folder}/runs\ncat {folder}/answer\n"));
        let plugin = self.folder.path().join("plugin");
        std::fs::set_permissions(plugin, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// The plugin answers with this from now on.
    fn answers(&self, status: &serde_json::Value) {
        let version = "client.authentication.k8s.io/v1";
        let all = serde_json::json!({"apiVersion": version, "kind": "ExecCredential", "status": status});
        self.write("answer", &all.to_string());
    }

    fn runs(&self) -> usize {
        std::fs::read_to_string(self.folder.path().join("runs")).unwrap_or_default().lines().count()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    /// The files hold this certificate now.
    fn files(&self, made: &Made) {
        self.write("tls.crt", &made.pem());
        self.write("tls.key", &made.key_pem());
    }

    /// The server takes this one now and no other.
    fn takes(&self, made: &Made) {
        self.taken.lock().unwrap().clone_from(&made.der);
    }

    fn handshakes(&self) -> usize {
        self.heard.lock().unwrap().len()
    }

    async fn connect(&self) -> Connection {
        let kubeconfig = Some(self.folder.path().join("config"));
        let connection = connect(&Choice { kubeconfig, ..Choice::default() }).await.unwrap();
        connection.login.as_ref().unwrap().on_screen();
        connection
    }
}

async fn asked(connection: &Connection) -> Result<String, String> {
    let request = http::Request::get("/version").body(Vec::new()).unwrap();
    connection.client.request_text(request).await.map_err(|e| explain(&e))
}

fn client() -> Made {
    Wanted { name: "me", ..Wanted::default() }.alone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn certificates_that_were_renewed_in_their_files_are_taken_with_the_session_open() {
    let world = World::new("{client-certificate: tls.crt, client-key: tls.key}").await;
    let (first, second, third) = (client(), client(), client());
    world.files(&first);
    world.takes(&first);
    let connection = world.connect().await;
    asked(&connection).await.unwrap();
    // The first one is over. Whoever renews it tells nobody.
    world.files(&second);
    world.takes(&second);
    assert!(asked(&connection).await.is_err(), "the request itself is not sent twice");
    asked(&connection).await.unwrap();
    // One that never worked is not tried for ever.
    world.takes(&third);
    for _ in 0..3 {
        assert!(asked(&connection).await.is_err());
    }
    let before = world.handshakes();
    let words = asked(&connection).await.unwrap_err();
    assert!(words.contains("refuses the client certificate; log in, then press ctrl-r"), "{words}");
    assert_eq!(world.handshakes(), before, "nothing is sent");
    world.files(&third);
    connection.login.as_ref().unwrap().retry();
    asked(&connection).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_credentials_of_the_files_are_taken_by_a_key_also_where_the_present_ones_work() {
    let world = World::new("{client-certificate: tls.crt, client-key: tls.key}").await;
    let (first, second) = (client(), client());
    world.files(&first);
    let connection = world.connect().await;
    let login = connection.login.clone().unwrap();
    asked(&connection).await.unwrap();
    // The same files: nothing is had anew.
    let before = login.kubeconfig().unwrap();
    login.retry();
    asked(&connection).await.unwrap();
    assert_eq!(login.kubeconfig().unwrap(), before);
    world.files(&second);
    login.retry();
    let coded = STANDARD.encode(second.pem());
    let taken = async {
        while !login.kubeconfig().unwrap().contains(&coded) {
            asked(&connection).await.unwrap();
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_mins(1), taken).await.expect("they are taken");
    world.takes(&second);
    asked(&connection).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_a_plugin_gives_is_shown_and_had_anew_when_it_is_refused() {
    let world = World::new(EXEC).await;
    let answer = |made: &Made| {
        world.answers(
            &serde_json::json!({"clientCertificateData": made.pem(), "clientKeyData": made.key_pem()}),
        );
    };
    world.plugin();
    let (first, second) = (client(), client());
    answer(&first);
    world.takes(&first);
    let connection = Arc::new(world.connect().await);
    let all = futures::future::join_all((0..20).map(|_| asked(&connection))).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(world.runs(), 1, "once, however many wait");
    answer(&second);
    world.takes(&second);
    assert!(asked(&connection).await.is_err());
    asked(&connection).await.unwrap();
    assert_eq!(world.runs(), 2);
}
