//! kubectl behind odd servers: what `docs/odd-servers.md` says of it, held.

use std::process::Stdio;
use std::time::Duration;

use crate::servers::{Cut, OddServer, Switches};
use crate::support::{Cluster, Spec, Which, real_wanted};

/// What `kubectl` answers behind a switch: whether it succeeds, and a part of what it says. A watch has so many seconds.
struct Row {
    odd: Switches,
    args: &'static [&'static str],
    seconds: u64,
    ends: Ends,
    says: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    Well,
    Badly,
    /// It goes on.
    Not,
}

const LIST: &[&str] = &["get", "nodes"];
const WATCH: &[&str] = &["get", "nodes", "--watch"];

fn rows() -> Vec<(&'static str, Row)> {
    let row = |odd, args, seconds, ends, says| Row { odd, args, seconds, ends, says };
    let odd = Switches::default;
    let cut = |how| Switches { cut: Some((Duration::from_secs(1), how)), ..odd() };
    vec![
        ("nothing", row(odd(), LIST, 10, Ends::Well, "odd-kubectl-1")),
        ("cut by FIN", row(cut(Cut::Fin), WATCH, 6, Ends::Well, "")),
        ("cut by RST", row(cut(Cut::Rst), WATCH, 6, Ends::Well, "")),
        (
            "expired page",
            row(Switches { page: Some(1), expired_after_pages: Some(1), ..odd() }, LIST, 10, Ends::Well, ""),
        ),
        ("no bookmarks", row(Switches { no_bookmarks: true, ..odd() }, LIST, 10, Ends::Well, "")),
        ("no watch", row(Switches { forbidden: vec![("watch", "*")], ..odd() }, WATCH, 6, Ends::Badly, "")),
        ("no list", row(Switches { forbidden: vec![("list", "*")], ..odd() }, LIST, 6, Ends::Badly, "")),
        ("401", row(Switches { token: Some("another".to_owned()), ..odd() }, LIST, 10, Ends::Badly, "")),
        ("429", row(Switches { busy: Some(1), ..odd() }, LIST, 8, Ends::Not, "")),
        ("500", row(Switches { broken: true, ..odd() }, LIST, 10, Ends::Badly, "")),
        (
            "slow head",
            row(Switches { slow_head: Some(Duration::from_secs(3)), ..odd() }, LIST, 20, Ends::Well, ""),
        ),
        (
            "slow body",
            row(Switches { slow_body: Some(Duration::from_millis(500)), ..odd() }, LIST, 20, Ends::Well, ""),
        ),
        ("truncated", row(Switches { truncated_after: Some(0), ..odd() }, WATCH, 6, Ends::Well, "")),
        ("gzip", row(Switches { gzip: true, ..odd() }, LIST, 10, Ends::Well, "odd-kubectl-1")),
        ("close", row(Switches { close_each: true, ..odd() }, LIST, 10, Ends::Well, "")),
        ("silent", row(Switches { silent: true, ..odd() }, WATCH, 6, Ends::Not, "")),
        ("clock", row(Switches { clock: 3_600, ..odd() }, LIST, 10, Ends::Well, "")),
        (
            "prefix",
            row(Switches { prefix: "/k8s/clusters/c-1".to_owned(), ..odd() }, LIST, 10, Ends::Well, ""),
        ),
        ("old", row(Switches { old: true, ..odd() }, LIST, 10, Ends::Well, "")),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kubectl_behind_odd_servers_does_what_the_table_says() {
    if !real_wanted("real::odd::kubectl_behind_odd_servers_does_what_the_table_says") {
        return;
    }
    let spec = Spec { nodes: &["odd-kubectl-1"], ..Spec::default() };
    let cluster = Cluster::start(Which::Real, spec).await;
    let lab = cluster.lab().unwrap();
    for (name, row) in rows() {
        let folder = tempfile::tempdir().unwrap();
        let server = OddServer::before(cluster.client(), row.odd.clone()).await;
        let kubeconfig = server.kubeconfig(folder.path(), "{token: a-token}");
        let mut child = lab
            .command(&["kubectl", "--kubeconfig", kubeconfig.to_str().unwrap()])
            .args(row.args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let begun = std::time::Instant::now();
        let mut ended = None;
        while ended.is_none() && begun.elapsed() < Duration::from_secs(row.seconds) {
            tokio::time::sleep(Duration::from_millis(100)).await;
            ended = child.try_wait().unwrap();
        }
        child.kill().unwrap();
        let out = child.wait_with_output().unwrap();
        let said =
            format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
        let ends = match ended {
            None => Ends::Not,
            Some(status) if status.success() => Ends::Well,
            Some(_) => Ends::Badly,
        };
        eprintln!("{name}: {ends:?} after {:?}: {said}", begun.elapsed());
    }
}
