//! `opsbook sessions`: listed, shown, exported, verified, from journals that the test writes.

use std::fs;
use std::path::PathBuf;

use opsbook::domain::{Kind, ObjectKey, Risk};
use opsbook::op::{Inputs, Undo};
use opsbook::record::{Ending, RunEnd, What};
use opsbook::session::Journal;

use super::home::Home;

/// A session with a drain that was cut off.
fn session(home: &Home, id: &str) -> PathBuf {
    let path = home.path("state/opsbook/sessions").join(format!("{id}.jsonl"));
    let mut journal = Journal::create(&path).unwrap();
    let node = ObjectKey::cluster(Kind::Node, "worker-3");
    let pod = ObjectKey::new(Kind::Pod, "shop", "cart-0");
    let plan = || "7f3a-1".to_owned();
    let intent = What::Intent {
        walk: 0,
        plan: plan(),
        runbook: Some("nodes/node-not-ready".into()),
        step: Some("drain".into()),
        op: "node.drain".into(),
        title: "drain worker-3".into(),
        target: node,
        uid: "u".into(),
        inputs: Inputs::of([("node", "worker-3")]),
        kubectl: "kubectl drain worker-3".into(),
        risk: Risk::Medium,
        digest: "7f3a".into(),
        read: None,
        undo: Undo::By {
            op: "node.uncordon".into(),
            inputs: Inputs::of([("node", "worker-3")]),
            note: "pods stay away".into(),
        },
        undoes: None,
    };
    let records = vec![
        What::Started {
            id: id.into(),
            version: "0.1.0".into(),
            user: "op".into(),
            context: "prod-eu-1".into(),
            server: "https://10.0.0.10:6443".into(),
            practice: false,
            flags: opsbook::record::Flags::default(),
        },
        What::Opened {
            walk: 0,
            runbook: "nodes/node-not-ready".into(),
            title: "Node NotReady".into(),
            hash: "0".into(),
            params: [("node".to_owned(), "worker-3".to_owned())].into(),
            steps: vec!["look".into(), "drain".into()],
            texts: [].into(),
            titles: [("look".to_owned(), "Look at it".to_owned())].into(),
            conditions: [("look".to_owned(), "a || b".to_owned())].into(),
            questions: [].into(),
        },
        What::Step { step: "look".into() },
        What::StepEnded {
            step: "look".into(),
            ending: Ending::Recorded,
            words: "looked | at it".into(),
            past: None,
        },
        What::Step { step: "drain".into() },
        intent,
        What::Sending { plan: plan(), object: pod, verb: "evict".into() },
    ];
    for what in records {
        journal.append("2026-03-01T03:14:00Z".parse().unwrap(), what).unwrap();
    }
    path
}

#[test]
fn sessions_are_listed_shown_exported_and_verified() {
    let home = Home::new();
    assert!(home.run(&["sessions", "list"]).expect(0).out.contains("no sessions"));
    session(&home, "20260301-031400-0001");
    let path = session(&home, "20260302-031400-0001");
    let list = home.run(&["sessions", "list", "-o", "json"]).expect(0).json();
    let rows = list["sessions"].as_array().unwrap();
    assert_eq!(rows[0]["id"], "20260302-031400-0001", "the latest first");
    assert_eq!(
        (&rows[0]["runbook"], &rows[0]["context"]),
        (&"nodes/node-not-ready".into(), &"prod-eu-1".into())
    );
    assert!(rows[0]["state"].as_str().unwrap().contains("unknown"));
    assert_eq!(rows[0]["practice"], false);
    let table = home.run(&["sessions", "list"]).expect(0).out;
    let head = "SESSION               STARTED (UTC)        STATE                  CLUSTER    RUNBOOK";
    assert_eq!(table.lines().next(), Some(head));
    assert!(table.lines().nth(1).unwrap().contains("  prod-eu-1  nodes/node-not-ready"), "{table}");
    let shown = home.run(&["sessions", "show", "last"]).expect(0).out;
    assert!(shown.contains("? unknown, verify first: drain worker-3 (kubectl drain worker-3)"), "{shown}");
    assert!(shown.contains("sent, no answer recorded: Pod shop/cart-0"), "{shown}");
    assert!(shown.contains("step drain was not ended"), "{shown}");
    let export = home.run(&["sessions", "export", "20260302"]).expect(0).out;
    for part in [
        "# Node NotReady",
        "| `drain` | begun and not ended |",
        "| Look at it `look` | Said by the operator: looked",
        "## Timeline (UTC)",
        "Said by the operator: looked \\| at it",
        "## Not taken back",
        "node.uncordon",
    ] {
        assert!(export.contains(part), "{part} is not in\n{export}");
    }
    assert!(home.run(&["sessions", "verify", "last"]).expect(0).out.contains("7 records"));
    let altered = fs::read_to_string(&path).unwrap().replace("cart-0", "cart-1");
    let mut lines: Vec<_> = altered.lines().collect();
    lines.swap(2, 3);
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    assert!(home.run(&["sessions", "verify", "last"]).expect(1).out.contains("line 3"));
    let ambiguous = home.run(&["sessions", "show", "2026"]).expect(2);
    assert!(ambiguous.err.contains("several sessions"), "{}", ambiguous.err);
    assert!(home.run(&["sessions", "show", "1999"]).expect(2).err.contains("sessions list"));
}

#[test]
fn the_list_of_sessions_says_which_one_was_altered() {
    let home = Home::new();
    session(&home, "20260301-031400-0001");
    let path = session(&home, "20260302-031400-0001");
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, whole.replace("looked | at it", "looked away")).unwrap();
    let list = home.run(&["sessions", "list"]).expect(0).out;
    let row = |id: &str| list.lines().find(|l| l.starts_with(id)).unwrap().to_owned();
    assert!(row("20260302").contains("altered") && !row("20260302").contains("unknown"), "{list}");
    assert!(row("20260301").contains("unknown: verify first"), "{list}");
    let json = home.run(&["sessions", "list", "-o", "json"]).expect(0).json();
    assert_eq!(json["sessions"][0]["state"], "altered");
}

#[test]
fn a_journal_that_is_no_journal_is_named_with_its_line() {
    let home = Home::new();
    home.write("state/opsbook/sessions/20260301-000000-0001.jsonl", "{\"seq\":0}\n");
    let ran = home.run(&["sessions", "show", "last"]).expect(1);
    assert!(ran.err.contains("20260301-000000-0001.jsonl:1:"), "{}", ran.err);
    assert!(home.run(&["sessions", "list"]).expect(0).out.contains("broken"));
}

#[test]
fn an_end_is_recorded_as_what_it_was() {
    let home = Home::new();
    let path = session(&home, "20260301-031400-0002");
    let mut journal = Journal::reopen(&path).unwrap();
    let end = What::Outcome { plan: "7f3a-1".into(), end: RunEnd::Applied, words: "3 pods left".into() };
    journal.append("2026-03-01T03:15:00Z".parse().unwrap(), end).unwrap();
    drop(journal);
    let shown = home.run(&["sessions", "show", "last"]).expect(0).out;
    assert!(shown.contains("applied: 3 pods left") && !shown.contains("verify first"), "{shown}");
}

#[test]
fn an_export_is_a_file_of_its_owner_in_the_form_that_was_asked_for() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let path = session(&home, "20260301-031400-0003");
    let mut journal = Journal::reopen(&path).unwrap();
    let note = What::Note { text: "they use password=hunter2".into(), about: None };
    journal.append("2026-03-01T03:15:00Z".parse().unwrap(), note).unwrap();
    drop(journal);
    let file = home.path("report.html");
    let to = file.to_str().unwrap();
    let ran = home.run(&["sessions", "export", "last", "--format", "html", "-o", to]).expect(0);
    assert!(ran.out.is_empty() && ran.err.contains("1 password"), "{} {}", ran.out, ran.err);
    let html = fs::read_to_string(&file).unwrap();
    assert!(
        html.starts_with("<!doctype html>") && html.contains("password=***") && !html.contains("hunter2")
    );
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let draft = home.run(&["sessions", "post-mortem", "last"]).expect(0).out;
    for part in ["# Post-mortem: Node NotReady", "Cut before export: 1 password", "## Root cause"] {
        assert!(draft.contains(part), "{part} is not in\n{draft}");
    }
}

#[test]
fn a_hand_over_is_written_proved_and_refused_when_it_was_altered() {
    let home = Home::new();
    session(&home, "20260301-031400-0004");
    let file = home.path("mine.opsbook");
    let to = file.to_str().unwrap();
    let said = home.run(&["sessions", "hand-over", "last", "-o", to]).expect(0).out;
    assert!(said.contains("7 records and 1 runbook") && said.contains("nothing was cut"), "{said}");
    assert!(home.run(&["sessions", "verify", to]).expect(0).out.contains("7 records"));
    // Without a terminal it goes no further, but it is read and its cluster is looked for.
    let kubeconfig = "contexts: [{name: mine, context: {cluster: k}}]\nclusters: [{name: k, cluster: {server: 'https://10.0.0.10:6443'}}]\n";
    let kubeconfig = home.write("kubeconfig", kubeconfig);
    let kubeconfig = kubeconfig.to_str().unwrap();
    let ran = home.run(&["--kubeconfig", kubeconfig, "sessions", "resume", to]).expect(1);
    assert!(ran.err.contains("needs a terminal"), "{}", ran.err);
    let elsewhere = fs::read_to_string(kubeconfig).unwrap().replace("10.0.0.10", "10.9.9.9");
    fs::write(kubeconfig, elsewhere).unwrap();
    let ran = home.run(&["--kubeconfig", kubeconfig, "sessions", "resume", to]).expect(1);
    assert!(ran.err.contains("10.0.0.10") && ran.err.contains("mine"), "{}", ran.err);

    let altered = fs::read_to_string(&file).unwrap().replace("cart-0", "cart-1");
    fs::write(&file, altered).unwrap();
    assert!(home.run(&["sessions", "verify", to]).expect(1).out.contains("does not have the hash"));
    let ran = home.run(&["sessions", "resume", to]).expect(1);
    assert!(ran.err.contains("was altered"), "{}", ran.err);
}

#[test]
fn a_state_folder_that_others_could_look_into_is_closed_by_the_next_start_and_none_is_made() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    home.run(&["ops"]).expect(0);
    let state = home.path("state/opsbook");
    assert!(!state.exists());
    session(&home, "20260301-031400-0005");
    let mode = || fs::metadata(&state).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), 0o700);
    fs::set_permissions(&state, fs::Permissions::from_mode(0o755)).unwrap();
    home.run(&["ops"]).expect(0);
    assert_eq!(mode(), 0o700);
}
