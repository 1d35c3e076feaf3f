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
            runbook: "nodes/node-not-ready".into(),
            title: "Node NotReady".into(),
            hash: "0".into(),
            params: [("node".to_owned(), "worker-3".to_owned())].into(),
            steps: vec!["look".into(), "drain".into()],
            texts: [].into(),
            titles: [("look".to_owned(), "Look at it".to_owned())].into(),
            conditions: [("look".to_owned(), "a || b".to_owned())].into(),
        },
        What::Step { step: "look".into() },
        What::StepEnded { step: "look".into(), ending: Ending::Recorded, words: "looked | at it".into() },
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
    let shown = home.run(&["sessions", "show", "last"]).expect(0).out;
    assert!(shown.contains("? unknown, verify first: drain worker-3 (kubectl drain worker-3)"), "{shown}");
    assert!(shown.contains("sent, no answer recorded: Pod shop/cart-0"), "{shown}");
    assert!(shown.contains("step drain was not ended"), "{shown}");
    let export = home.run(&["sessions", "export", "20260302"]).expect(0).out;
    for part in [
        "# Node NotReady",
        "| `drain` | not ended |",
        "| Look at it `look` | Recorded: looked",
        "## Timeline (UTC)",
        "Recorded: looked \\| at it",
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
    let ambiguous = home.run(&["sessions", "show", "2026"]).expect(1);
    assert!(ambiguous.err.contains("several sessions"), "{}", ambiguous.err);
    assert!(home.run(&["sessions", "show", "1999"]).expect(1).err.contains("sessions list"));
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
