//! One session, one cluster: whatever happens to the kubeconfig, the plugin and the address while it goes on. Two practice
//! clusters are served on loopback, as two real ones would stand side by side.

use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::Request;
use opsbook::cluster::{Choice, Connection, connect};
use serde_json::Value;
use tokio::net::TcpListener;

use super::support::{ask, healthy};

/// A served cluster whose one ConfigMap says its name.
async fn serve(name: &str) -> SocketAddr {
    let practice = healthy();
    let body = serde_json::json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "who"}, "data": {"name": name}});
    let path = "/api/v1/namespaces/default/configmaps";
    let (code, made) = ask(&practice, "POST", path, "application/json", &body.to_string()).await;
    assert_eq!(code, 201, "{made}");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { practice.serve(listener).await });
    address
}

/// Which cluster answers, or why none does.
async fn who(connection: &Connection) -> Result<String, String> {
    let request = Request::get("/api/v1/namespaces/default/configmaps/who").body(Vec::new()).unwrap();
    let answer: Value =
        connection.client.request(request).await.map_err(|e| opsbook::cluster::explain(&e))?;
    Ok(answer["data"]["name"].as_str().unwrap_or_default().to_owned())
}

/// A folder with a kubeconfig of two contexts, and a credential plugin that fails until the file `logged-in` is there.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(dev: SocketAddr, prod: SocketAddr, current: &str) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        folder.plugin("echo \"run\" >> runs; [ -e logged-in ] || { echo 'please log in' >&2; exit 1; }");
        folder.kubeconfig(dev, prod, current);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A plugin that does this in its folder before it answers.
    fn plugin(&self, before: &str) {
        let answer = r#"{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {"token": "t0k3n"}}"#;
        let script = format!("#!/bin/sh\ncd {}\n{before}\necho '{answer}'\n", self.0.path().display());
        executable(&self.path("plugin"), &script);
    }

    fn kubeconfig(&self, dev: SocketAddr, prod: SocketAddr, current: &str) {
        let text = format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: {current}\nclusters:\n- name: dev\n  cluster: {{server: 'http://{dev}'}}\n- name: prod\n  cluster: {{server: 'http://{prod}'}}\ncontexts:\n- name: dev-a\n  context: {{cluster: dev, user: u}}\n- name: prod-b\n  context: {{cluster: prod, user: u}}\nusers:\n- name: u\n  user:\n    exec: {{apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never}}\n"
        );
        std::fs::write(self.path("config"), text).unwrap();
    }

    fn choice(&self) -> Choice {
        Choice { kubeconfig: Some(self.path("config")), ..Choice::default() }
    }

    fn runs(&self) -> usize {
        std::fs::read_to_string(self.path("runs")).map_or(0, |text| text.lines().count())
    }
}

fn executable(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_that_is_tried_again_stays_on_the_cluster_of_the_header() {
    let (dev, prod) = (serve("dev").await, serve("prod").await);
    let folder = Folder::new(dev, prod, "dev-a");
    let connection = connect(&folder.choice()).await.unwrap();
    assert_eq!(
        (connection.info.context.as_str(), connection.info.server),
        ("dev-a", format!("http://{dev}"))
    );
    let connection = connect(&folder.choice()).await.unwrap();
    connection.login.as_ref().unwrap().on_screen();
    let words = who(&connection).await.unwrap_err();
    assert!(words.contains("please log in") && words.contains("ctrl-r"), "{words}");
    // The tool that logs in makes another context the current one, as those of the clouds do.
    folder.kubeconfig(dev, prod, "prod-b");
    std::fs::write(folder.path("logged-in"), "").unwrap();
    connection.login.as_ref().unwrap().retry();
    assert_eq!(who(&connection).await.unwrap(), "dev");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_context_that_leads_elsewhere_by_now_is_refused() {
    let (dev, prod) = (serve("dev").await, serve("prod").await);
    let folder = Folder::new(dev, prod, "dev-a");
    let connection = connect(&folder.choice()).await.unwrap();
    assert!(who(&connection).await.is_err());
    folder.kubeconfig(prod, prod, "dev-a");
    std::fs::write(folder.path("logged-in"), "").unwrap();
    connection.login.as_ref().unwrap().retry();
    let words = who(&connection).await.unwrap_err();
    assert!(words.contains("the kubeconfig was changed") && words.contains(&dev.to_string()), "{words}");
    let words = who(&connection).await.unwrap_err();
    assert!(words.contains("the kubeconfig was changed"), "and it stays so: {words}");
    // Pointed back, the session goes on.
    folder.kubeconfig(dev, prod, "prod-b");
    connection.login.as_ref().unwrap().retry();
    assert_eq!(who(&connection).await.unwrap(), "dev");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_cluster_behind_the_same_address_is_not_followed_by_a_new_login() {
    let dev = serve("dev").await;
    let folder = Folder::new(dev, dev, "dev-a");
    let connection = connect(&folder.choice()).await.unwrap();
    let login = connection.login.clone().unwrap();
    assert!(who(&connection).await.is_err());
    login.on_cluster("the uid of the cluster that was there before");
    std::fs::write(folder.path("logged-in"), "").unwrap();
    login.retry();
    let words = who(&connection).await.unwrap_err();
    assert!(words.contains("another cluster answers"), "{words}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plugin_runs_once_for_many_requests_and_is_not_asked_again_by_itself() {
    let dev = serve("dev").await;
    let folder = Folder::new(dev, dev, "dev-a");
    let connection = connect(&folder.choice()).await.unwrap();
    assert_eq!(folder.runs(), 0, "the program comes up before it runs");
    let all = futures::future::join_all((0..20).map(|_| who(&connection))).await;
    assert!(all.iter().all(Result::is_err));
    assert_eq!(folder.runs(), 1);
    assert!(who(&connection).await.is_err());
    assert_eq!(folder.runs(), 1, "the operator says when");
    std::fs::write(folder.path("logged-in"), "").unwrap();
    connection.login.as_ref().unwrap().retry();
    let all = futures::future::join_all((0..20).map(|_| who(&connection))).await;
    assert!(all.iter().all(|a| a.as_deref() == Ok("dev")), "{all:?}");
    assert_eq!(folder.runs(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plugin_that_hangs_is_shown_and_can_be_started_anew() {
    let dev = serve("dev").await;
    let folder = Folder::new(dev, dev, "dev-a");
    folder
        .plugin("[ -e logged-in ] || { echo $$ > pid; echo 'open https://login.example' >&2; sleep 1000; }");
    let connection = connect(&folder.choice()).await.unwrap();
    let login = connection.login.clone().unwrap();
    let mut follow = login.follow();
    let asked = tokio::spawn({
        let connection = connection.clone();
        async move { who(&connection).await }
    });
    let said = tokio::time::timeout(Duration::from_mins(1), async {
        loop {
            if let Some(Some(asking)) = follow.next().await
                && !asking.said.is_empty()
            {
                return (asking.plugin, asking.said);
            }
        }
    });
    let (plugin, said) = said.await.expect("it is told what the plugin says");
    assert_eq!((plugin.as_str(), said.as_str()), ("plugin", "open https://login.example"));
    let pid = std::fs::read_to_string(folder.path("pid")).unwrap();
    std::fs::write(folder.path("logged-in"), "").unwrap();
    login.retry();
    assert_eq!(asked.await.unwrap().unwrap(), "dev", "who waited gets the answer");
    let alive = || PathBuf::from(format!("/proc/{}", pid.trim())).join("cmdline");
    let gone = async {
        while std::fs::read(alive()).is_ok_and(|c| !c.is_empty()) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), gone).await.expect("the one that hung is ended");
}

/// A server that takes a token until it is told to want the next one.
async fn strict(wanted: Arc<AtomicUsize>) -> SocketAddr {
    let app = axum::Router::new().fallback(move |headers: http::HeaderMap| {
        let wanted = format!("Bearer token-{}", wanted.load(Ordering::SeqCst));
        async move {
            let given = headers.get("authorization").and_then(|v| v.to_str().ok()).unwrap_or_default();
            if given == wanted {
                (http::StatusCode::OK, r#"{"data": {"name": "strict"}}"#.to_owned())
            } else {
                (http::StatusCode::UNAUTHORIZED, r#"{"kind": "Status", "code": 401, "message": "Unauthorized", "status": "Failure", "reason": "Unauthorized"}"#.to_owned())
            }
        }
    });
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refused_credentials_are_had_anew_once_and_not_for_ever() {
    let wanted = Arc::new(AtomicUsize::new(1));
    let server = strict(Arc::clone(&wanted)).await;
    let folder = Folder::new(server, server, "dev-a");
    // Each run gives the next token.
    folder.plugin("echo run >> runs; echo '{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\", \"status\": {\"token\": \"token-'$(grep -c run runs)'\"}}'; exit 0");
    let connection = connect(&folder.choice()).await.unwrap();
    assert_eq!(who(&connection).await.unwrap(), "strict");
    wanted.store(2, Ordering::SeqCst);
    assert!(who(&connection).await.is_err(), "the request itself is not sent twice");
    assert_eq!(who(&connection).await.unwrap(), "strict", "with the second token");
    assert_eq!(folder.runs(), 2);
    wanted.store(9, Ordering::SeqCst);
    for _ in 0..5 {
        assert!(who(&connection).await.is_err());
    }
    let words = who(&connection).await.unwrap_err();
    assert!(words.contains("401") && words.contains("run it again"), "{words}");
    connection.login.as_ref().unwrap().on_screen();
    let words = who(&connection).await.unwrap_err();
    assert!(words.contains("401") && words.contains("ctrl-r"), "{words}");
    assert_eq!(folder.runs(), 3, "a token that never worked is not asked for again");
}

/// Takes one request, and refuses the next one and its second try.
async fn flapping() -> SocketAddr {
    let count = Arc::new(AtomicUsize::new(0));
    let app = axum::Router::new().fallback(move || {
        let takes = count.fetch_add(1, Ordering::SeqCst).is_multiple_of(3);
        async move {
            let code = if takes { http::StatusCode::OK } else { http::StatusCode::UNAUTHORIZED };
            (code, r#"{"kind": "Status", "code": 401, "message": "Unauthorized", "status": "Failure", "data": {"name": "flapping"}}"#)
        }
    });
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_takes_and_refuses_in_turns_does_not_have_the_plugin_run_for_ever() {
    let server = flapping().await;
    let folder = Folder::new(server, server, "dev-a");
    std::fs::write(folder.path("logged-in"), "").unwrap();
    let connection = connect(&folder.choice()).await.unwrap();
    for _ in 0..80 {
        let _ = who(&connection).await;
    }
    assert_eq!(folder.runs(), 6, "once, and five times more");
    let words = who(&connection).await.unwrap_err();
    assert!(words.contains("again and again"), "{words}");
    connection.login.as_ref().unwrap().retry();
    let _ = who(&connection).await;
    assert_eq!(folder.runs(), 7, "the operator says when");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_static_token_that_was_renewed_in_the_file_is_taken_with_the_session_open() {
    let wanted = Arc::new(AtomicUsize::new(1));
    let server = strict(Arc::clone(&wanted)).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config");
    let write = |token: &str| {
        let text = format!(
            "clusters: [{{name: c, cluster: {{server: 'http://{server}'}}}}]\ncontexts: [{{name: x, context: {{cluster: c, user: u}}}}]\nusers: [{{name: u, user: {{token: {token}}}}}]\ncurrent-context: x\n"
        );
        std::fs::write(&path, text).unwrap();
    };
    write("token-1");
    let choice = Choice { kubeconfig: Some(path.clone()), ..Choice::default() };
    let connection = connect(&choice).await.unwrap();
    assert_eq!(who(&connection).await.unwrap(), "strict");
    wanted.store(2, Ordering::SeqCst);
    assert!(who(&connection).await.is_err());
    write("token-2");
    connection.login.as_ref().unwrap().retry();
    assert_eq!(who(&connection).await.unwrap(), "strict");
    assert!(connection.login.unwrap().kubeconfig().unwrap().contains("token-2"), "scripts get it too");
}

/// What a plugin says that gives this token, which ends so many seconds from now.
fn ends(seconds: i64) -> String {
    let now = opsbook::clock::Clock::real().now();
    let end = opsbook::domain::Timestamp::from_second(now.as_second() + seconds).unwrap();
    format!(
        "echo run >> runs; echo '{{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\", \"status\": {{\"token\": \"t\", \"expirationTimestamp\": \"{end}\"}}}}'; exit 0"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials_that_have_ended_already_are_no_reason_to_ask_for_ever() {
    let dev = serve("dev").await;
    let folder = Folder::new(dev, dev, "dev-a");
    folder.plugin(&ends(-5));
    let connection = connect(&folder.choice()).await.unwrap();
    // This machine's clock may be wrong: the server judges.
    for _ in 0..3 {
        assert_eq!(who(&connection).await.unwrap(), "dev");
    }
    assert_eq!(folder.runs(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_that_a_plugin_leaves_open_holds_up_nothing_and_stays() {
    let dev = serve("dev").await;
    let folder = Folder::new(dev, dev, "dev-a");
    folder.plugin("echo 'open the browser' >&2; sleep 1000 >/dev/null & echo $! > pid");
    let connection = connect(&folder.choice()).await.unwrap();
    let answered = tokio::time::timeout(Duration::from_mins(1), who(&connection)).await;
    assert_eq!(answered.expect("its own end counts").unwrap(), "dev");
    let pid: i32 = std::fs::read_to_string(folder.path("pid")).unwrap().trim().parse().unwrap();
    let pid = nix::unistd::Pid::from_raw(pid);
    assert!(nix::sys::signal::kill(pid, None).is_ok(), "what it leaves behind is meant to stay");
    nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGKILL).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plugin_that_runs_already_is_told_to_who_asks_later() {
    let dev = serve("dev").await;
    let folder = Folder::new(dev, dev, "dev-a");
    folder.plugin("echo 'enter the code' >&2; touch said; sleep 1000");
    let connection = connect(&folder.choice()).await.unwrap();
    let asked = tokio::spawn({
        let connection = connection.clone();
        async move { who(&connection).await }
    });
    while !folder.path("said").exists() {
        tokio::task::yield_now().await;
    }
    let mut follow = connection.login.as_ref().unwrap().follow();
    let told = async {
        loop {
            if let Some(Some(asking)) = follow.next().await
                && asking.said == "enter the code"
            {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_mins(1), told).await.expect("it is told");
    asked.abort();
    connection.login.unwrap().retry();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_login_takes_the_way_that_the_session_took_from_the_start() {
    let (dev, prod) = (serve("dev").await, serve("prod").await);
    let folder = Folder::new(dev, prod, "dev-a");
    let connection = connect(&folder.choice()).await.unwrap();
    assert!(who(&connection).await.is_err());
    // A proxy that leads to another cluster, in the entry of the very same server.
    let text = std::fs::read_to_string(folder.path("config")).unwrap();
    let (own, other) =
        (format!("server: 'http://{dev}'"), format!("server: 'http://{dev}', proxy-url: 'http://{prod}'"));
    assert!(text.contains(&own));
    std::fs::write(folder.path("config"), text.replace(&own, &other)).unwrap();
    std::fs::write(folder.path("logged-in"), "").unwrap();
    connection.login.as_ref().unwrap().retry();
    assert_eq!(who(&connection).await.unwrap(), "dev");
    assert!(!connection.login.unwrap().kubeconfig().unwrap().contains("proxy-url"), "nor do scripts");
}
