//! A program that was told to only read, and one that was built without execution: no request but reads leaves them,
//! as the API server's audit log shows. It tells of everything that is not a read, dry runs and questions for rights
//! too.

use std::path::PathBuf;

use opsbook::domain::{Kind, ObjectKey};
use serde_json::{Value, json};

use crate::support::{Cluster, Desk, Spec, Which, manifest, real_wanted, until};
use crate::terminal::{ENTER, Start, Terminal};

/// The build without execution, where `scripts/test` made one.
fn without_execution() -> Option<PathBuf> {
    std::env::var_os("OPSBOOK_WITHOUT_EXECUTION").map(PathBuf::from)
}

/// Tries what would change something: keys of the explorer, the menu of operations, arming, a runbook's steps.
fn walk(terminal: &mut Terminal, node: &str) {
    terminal.wait_text(&[node, "live", "read-only"]);
    terminal.send(&format!("/{node}{ENTER}"));
    terminal.wait_text(&["1 of 1"]);
    for key in ["c", "r", "A"] {
        refused(terminal, key);
    }
    terminal.send("o");
    terminal.wait_text(&["node.cordon"]);
    refused(terminal, ENTER);
    terminal.send(&format!(":rb nodes/node-not-ready{ENTER}"));
    terminal.wait_text(&["is not Ready?", node]);
    terminal.send(ENTER);
    terminal.wait_text(&["view: look"]);
    for _ in 0..7 {
        terminal.send("n");
    }
    terminal.wait_text(&["read-only", "the server was not asked"]);
    refused(terminal, ENTER);
}

/// Presses a key that would change something. Production asks for its name, and gets another one.
fn refused(terminal: &mut Terminal, key: &str) {
    terminal.send(key);
    let asked = |s: &str| s.contains("production: type");
    let screen = terminal.wait_until("why nothing happens", |s| asked(s) || s.contains("read-only: "));
    if asked(&screen) {
        terminal.press(&format!("wrong{ENTER}"), &["stays read-only"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_only_reads_sends_nothing_but_reads() {
    if !real_wanted("real::only_reads::a_program_that_only_reads_sends_nothing_but_reads") {
        return;
    }
    let node = "reads-1";
    let cluster = Cluster::start(Which::Real, Spec { nodes: &[node], ..Spec::default() }).await;
    let lab = cluster.lab().unwrap().clone();
    let desk = Desk::open(&cluster).await;
    cluster.create(&manifest::namespace("reads")).await;
    desk.world("the node", |w| w.node(node).is_some()).await;
    let kubeconfig = lab.kubeconfig("admin");
    // The same cluster by a name that says production.
    let folder = tempfile::tempdir().unwrap();
    let production = folder.path().join("production");
    let text = std::fs::read_to_string(&kubeconfig).unwrap();
    std::fs::write(&production, text.replace("test-lab", "prod-lab")).unwrap();
    let program = env!("CARGO_BIN_EXE_opsbook").to_owned();
    let mut programs =
        vec![(program.clone(), vec!["--read-only"], &kubeconfig), (program, Vec::new(), &production)];
    match without_execution() {
        Some(path) => programs.push((path.to_str().unwrap().to_owned(), Vec::new(), &kubeconfig)),
        None => eprintln!("skipped: the build without execution (scripts/test makes one)"),
    }
    for (program, mut args, kubeconfig) in programs {
        let mark = cluster.audit_mark();
        let home = tempfile::tempdir().unwrap();
        args.extend(["--kubeconfig", kubeconfig.to_str().unwrap(), "explore", "nodes"]);
        let mut terminal = Start::new((120, 40), home.path()).program(&program, &args);
        walk(&mut terminal, node);
        terminal.send("\x03");
        terminal.ended();
        let key = ObjectKey::cluster(Kind::Namespace, "reads");
        cluster.patch(&key, &json!({"metadata": {"annotations": {"mark": program}}})).await;
        let is_mark = |l: &Value| l["requestObject"]["metadata"]["annotations"]["mark"] == program.as_str();
        let lines = until("the mark in the audit log", async || {
            let lines = lab.audit();
            lines.iter().skip(mark).any(is_mark).then_some(lines)
        })
        .await;
        // Production that is not armed is asked who the operator is, for the record; that changes nothing.
        let who = |l: &Value| kubeconfig == &production && l["objectRef"]["resource"] == "selfsubjectreviews";
        let others: Vec<_> = lines.iter().skip(mark).filter(|l| !is_mark(l) && !who(l)).collect();
        assert!(others.is_empty(), "{program} {args:?} sent {others:#?}");
    }
}
