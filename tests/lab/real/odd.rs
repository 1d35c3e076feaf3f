//! kubectl behind odd servers: the second column of `docs/odd-servers.md`, held. Each row there that has the name of one
//! here says how it ends, and a part of what it prints.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use opsbook::domain::{Kind, ObjectKey};
use serde_json::json;

use crate::servers::{Cut, OddServer, Switches};
use crate::support::{Cluster, Lab, Spec, Which, real_wanted, repository};

/// What `kubectl` does behind a switch. A watch sees a change after a second.
struct Row {
    /// As in the table.
    name: &'static str,
    odd: Switches,
    args: &'static [&'static str],
    /// How long it has.
    seconds: u64,
    ends: Ends,
    /// A part of what it prints; the table quotes it.
    says: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    Well,
    Badly,
    /// It goes on.
    Not,
}

impl Ends {
    /// How the table begins to say it.
    fn word(self) -> &'static str {
        match self {
            Ends::Well => "succeeds",
            Ends::Badly => "fails",
            Ends::Not => "goes on",
        }
    }
}

const NODES: &[&str] = &["odd-kubectl-1", "odd-kubectl-2", "odd-kubectl-3"];
const ALL: &str = "odd-kubectl-3";
const LIST: &[&str] = &["get", "nodes"];
const WATCH: &[&str] = &["get", "nodes", "--watch", "--output-watch-events"];
/// What a watch prints of the change.
const CHANGE: &str = "MODIFIED";

fn rows() -> Vec<Row> {
    let odd = Switches::default;
    let cut = |how| Switches { cut: Some((Duration::from_secs(3), how)), ..odd() };
    let row = |name, odd, args, ends, says| Row { name, odd, args, seconds: 12, ends, says };
    let busy = Switches { busy: Some(1), ..odd() };
    let expired = Switches { page: Some(1), expired_after_pages: Some(1), ..odd() };
    let one = Switches { forbidden: vec![("list", ""), ("watch", "")], ..odd() };
    let expired_versions = Switches { expired_versions: true, ..odd() };
    let prefix = Switches { prefix: "/k8s/clusters/c-1".to_owned(), ..odd() };
    let slow_head = Switches { slow_head: Some(Duration::from_secs(2)), ..odd() };
    let slow_body = Switches { slow_body: Some(Duration::from_millis(500)), ..odd() };
    let watch = Switches { forbidden: vec![("watch", "*")], ..odd() };
    vec![
        row("`cut` by FIN", cut(Cut::Fin), WATCH, Ends::Well, CHANGE),
        row("`cut` by RST", cut(Cut::Rst), WATCH, Ends::Well, CHANGE),
        row("`page`", Switches { page: Some(1), ..odd() }, LIST, Ends::Well, ALL),
        row("`expired_after_pages`", expired, LIST, Ends::Badly, "too old to display"),
        row("`expired_versions`", expired_versions, WATCH, Ends::Badly, "too old resource version"),
        row("`no_bookmarks`", Switches { no_bookmarks: true, ..odd() }, LIST, Ends::Well, ALL),
        row("`old`", Switches { old: true, ..odd() }, LIST, Ends::Well, ALL),
        row("`token`", Switches { token: Some("new".to_owned()), ..odd() }, LIST, Ends::Badly, "logged in"),
        row("`forbidden`: watch", watch, WATCH, Ends::Badly, "forbids to watch"),
        row("`forbidden`: the whole cluster", one, &["get", "pods", "-A"], Ends::Badly, "forbids to list"),
        Row { seconds: 6, ..row("`busy`", busy, LIST, Ends::Not, "") },
        row("`broken`", Switches { broken: true, ..odd() }, LIST, Ends::Badly, "an error on the server"),
        row("`slow_head`", slow_head, LIST, Ends::Well, ALL),
        row("`slow_body`", slow_body, LIST, Ends::Well, ALL),
        row("`truncated_after`", Switches { truncated_after: Some(0), ..odd() }, WATCH, Ends::Well, ""),
        row("`gzip`", Switches { gzip: true, ..odd() }, LIST, Ends::Well, ALL),
        row("`close_each`", Switches { close_each: true, ..odd() }, LIST, Ends::Well, ALL),
        Row { seconds: 6, ..row("`silent`", Switches { silent: true, ..odd() }, WATCH, Ends::Not, "ADDED") },
        row("`clock`", Switches { clock: 3_600, ..odd() }, LIST, Ends::Well, ALL),
        row("`prefix`", prefix, LIST, Ends::Well, ALL),
    ]
}

/// How it ended within its time, and what it printed.
async fn ran(mut command: Command, seconds: u64, change: impl AsyncFnOnce()) -> (Ends, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    let mut change = Some(change);
    let mut ended = None;
    while ended.is_none() && begun.elapsed() < Duration::from_secs(seconds) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        if begun.elapsed() > Duration::from_secs(1)
            && let Some(change) = change.take()
        {
            change().await;
        }
        ended = child.try_wait().unwrap();
    }
    child.kill().unwrap();
    let out = child.wait_with_output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    let ends = match ended {
        None => Ends::Not,
        Some(status) if status.success() => Ends::Well,
        Some(_) => Ends::Badly,
    };
    (ends, said)
}

fn kubectl(lab: &Lab, kubeconfig: &str, args: &[&str]) -> Command {
    let mut command = lab.command(&["kubectl", "--kubeconfig", kubeconfig]);
    command.args(args);
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kubectl_behind_odd_servers_does_what_the_table_says() {
    if !real_wanted("real::odd::kubectl_behind_odd_servers_does_what_the_table_says") {
        return;
    }
    let cluster = Cluster::start(Which::Real, Spec { nodes: NODES, ..Spec::default() }).await;
    let lab = cluster.lab().unwrap();
    let mut wrong = Vec::new();
    for (i, row) in rows().into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let server = OddServer::before(cluster.client(), row.odd.clone()).await;
        let kubeconfig = server.kubeconfig(folder.path(), "{token: a-token}");
        let change = async || {
            let label = json!({"metadata": {"labels": {"odd": i.to_string()}}});
            cluster.patch(&ObjectKey::cluster(Kind::Node, NODES[0]), &label).await;
        };
        let (ends, said) =
            ran(kubectl(lab, kubeconfig.to_str().unwrap(), row.args), row.seconds, change).await;
        println!("{}: {ends:?}: {said}", row.name);
        if ends != row.ends || !said.contains(row.says) {
            wrong.push(format!("{}: {ends:?}, not {:?} with {:?}: {said}", row.name, row.ends, row.says));
        }
        if row.odd.silent && said.contains(CHANGE) {
            wrong.push(format!("{}: it saw the change: {said}", row.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_of_odd_servers_says_of_kubectl_what_is_held() {
    let page = std::fs::read_to_string(repository().join("docs/odd-servers.md")).unwrap();
    let cells = |line: &str| line.split('|').map(|c| c.trim().to_owned()).collect::<Vec<_>>();
    let table: Vec<Vec<String>> = page.lines().filter(|l| l.starts_with("| `")).map(cells).collect();
    let rows = rows();
    for row in &rows {
        let line = table.iter().find(|cells| cells[1].starts_with(row.name));
        let kubectl = &line.unwrap_or_else(|| panic!("no row {} in the table", row.name))[2];
        assert!(kubectl.starts_with(row.ends.word()), "{}: {kubectl}", row.name);
    }
    for line in &table {
        assert!(rows.iter().any(|r| line[1].starts_with(r.name)), "nothing holds kubectl's part of {line:?}");
    }
}
