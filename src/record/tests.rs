//! The fold over records of small sessions.

use std::collections::BTreeMap;

use super::{Ending, Event, Flags, RunEnd, SessionState, StepState, What};
use crate::domain::{ClusterInfo, Kind, ObjectKey, Risk, Timestamp};
use crate::op::{Inputs, Undo};

fn event(seq: u64, what: What) -> Event {
    Event { seq, at: Timestamp::UNIX_EPOCH, prev: String::new(), what }
}

fn pod(name: &str) -> ObjectKey {
    ObjectKey::new(Kind::Pod, "shop", name)
}

fn intent(plan: &str, undoes: Option<&str>) -> What {
    What::Intent {
        walk: 0,
        plan: plan.into(),
        runbook: None,
        step: Some("drain".into()),
        op: "node.drain".into(),
        title: "drain w".into(),
        target: ObjectKey::cluster(Kind::Node, "w"),
        uid: "u".into(),
        inputs: Inputs::default(),
        kubectl: "kubectl drain w".into(),
        risk: Risk::Medium,
        digest: "7f3a".into(),
        read: None,
        undo: Undo::None("x".into()),
        undoes: undoes.map(str::to_owned),
    }
}

#[test]
fn a_plan_that_was_made_anew_has_the_digest_that_was_read_and_older_journals_have_none() {
    let mut made_anew = intent("p1", None);
    if let What::Intent { read, .. } = &mut made_anew {
        *read = Some("0123456789abcdef".into());
    }
    let (_, words) = super::timeline::words(&made_anew);
    assert!(words.contains("plan 7f3a, read as 01234567  (kubectl drain w)"), "{words}");
    let (_, words) = super::timeline::words(&intent("p1", None));
    assert!(words.contains("plan 7f3a  (kubectl drain w)"), "{words}");
    let line = serde_json::to_string(&event(0, intent("p1", None))).unwrap();
    assert!(!line.contains("\"read\""), "{line}");
    let older: Event = serde_json::from_str(&line).unwrap();
    assert_eq!(older.what, intent("p1", None));
}

#[test]
fn a_drain_cut_in_the_middle_is_unknown_with_the_open_request() {
    let (plan, verb) = ("p1".to_owned(), "evict".to_owned());
    let events = [
        event(0, intent("p1", None)),
        event(1, What::Sending { plan: plan.clone(), object: pod("a"), verb: verb.clone() }),
        event(2, What::Accepted { plan: plan.clone(), object: pod("a"), verb: verb.clone() }),
        event(3, What::Sending { plan: plan.clone(), object: pod("b"), verb }),
    ];
    let state = SessionState::fold(&events);
    let (_, cut) = state.unknown().next().unwrap();
    assert_eq!((&cut.open, &cut.accepted), (&vec![pod("b")], &vec![pod("a")]));
    let mut ended = events.to_vec();
    ended.push(event(4, What::Outcome { plan, end: RunEnd::Applied, words: String::new() }));
    assert_eq!(SessionState::fold(&ended).unknown().count(), 0);
}

#[test]
fn only_the_same_thing_takes_a_change_back() {
    let taint = |plan: &str, op: &str, key: &str, back: &str| {
        let mut what = intent(plan, None);
        if let What::Intent { op: o, inputs, undo, .. } = &mut what {
            op.clone_into(o);
            *inputs = Inputs::of([("node", "w"), ("key", key)]);
            *undo = Undo::By { op: back.into(), inputs: inputs.clone(), note: String::new() };
        }
        what
    };
    let left = |key: &str| {
        let done = |p: &str, end| What::Outcome { plan: p.into(), end, words: String::new() };
        let mut events = vec![
            event(0, taint("p1", "node.taint", "a", "node.untaint")),
            event(1, done("p1", RunEnd::Applied)),
            event(2, taint("p2", "node.untaint", key, "node.taint")),
        ];
        let unknown = SessionState::fold(&events).undo_list().len();
        events.push(event(3, done("p2", RunEnd::Applied)));
        (unknown, SessionState::fold(&events).undo_list().len())
    };
    // What may not have happened takes nothing back.
    assert_eq!((left("a"), left("b")), ((2, 0), (2, 2)));
}

#[test]
fn what_was_taken_back_leaves_the_undo_list() {
    let done = |p: &str| What::Outcome { plan: p.into(), end: RunEnd::Applied, words: String::new() };
    let mut events = vec![event(0, intent("p1", None)), event(1, done("p1"))];
    assert_eq!(SessionState::fold(&events).undo_list().len(), 1);
    events.extend([event(2, intent("p2", Some("p1"))), event(3, done("p2"))]);
    assert!(SessionState::fold(&events).undo_list().is_empty());
}

fn opened(runbook: &str, node: &str) -> What {
    let texts = [("drain", "1"), ("look", "2"), ("old", "3")];
    What::Opened {
        walk: 0,
        runbook: runbook.into(),
        title: String::new(),
        hash: "0".into(),
        params: [("node".to_owned(), node.to_owned())].into(),
        steps: Vec::new(),
        texts: texts.map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
        titles: BTreeMap::new(),
        conditions: BTreeMap::new(),
        questions: BTreeMap::new(),
    }
}

#[test]
fn a_plan_is_of_the_walk_in_which_it_ran() {
    let here = |state: &SessionState| state.unknown().filter(|(_, p)| state.of_this_walk(p)).count();
    let mut events = vec![event(0, opened("a", "w")), event(1, intent("p1", None))];
    assert_eq!(here(&SessionState::fold(&events)), 1);
    events.push(event(2, opened("b", "w")));
    assert_eq!(here(&SessionState::fold(&events)), 0, "another runbook");
    events.push(event(3, opened("a", "v")));
    assert_eq!(here(&SessionState::fold(&events)), 0, "the same runbook on another node");
    events.push(event(4, opened("a", "w")));
    assert_eq!(here(&SessionState::fold(&events)), 1);
}

#[test]
fn what_was_done_with_another_text_is_not_done() {
    let ended = |step: &str| What::StepEnded {
        step: step.into(),
        ending: Ending::Recorded,
        words: "x".into(),
        past: None,
    };
    let value = |step: &str| What::Value { step: step.into(), name: "n".into(), value: "v".into() };
    let rewritten = What::Rewritten {
        runbook: "a".into(),
        hash: "1".into(),
        texts: BTreeMap::new(),
        changed: vec!["drain".into()],
        gone: vec!["old".into()],
    };
    let what = [
        opened("a", "w"),
        ended("drain"),
        ended("look"),
        ended("old"),
        value("drain"),
        value("look"),
        rewritten,
    ];
    let events: Vec<_> = (0..).zip(what).map(|(seq, what)| event(seq, what)).collect();
    let state = SessionState::fold(&events);
    assert_eq!(state.steps["drain"], StepState::Outdated { words: "x".into() });
    assert!(matches!(state.steps["look"], StepState::Ended { .. }) && !state.steps.contains_key("old"));
    assert_eq!(state.values.len(), 1);
}

#[test]
fn another_server_is_refused_with_both_names() {
    let line = r#"{"seq":0,"at":"2026-03-01T03:14:00Z","prev":"","what":"started","id":"s","version":"0",
        "user":"op","context":"prod","server":"https://10.0.0.10:6443"}"#;
    let state = SessionState::fold(&[serde_json::from_str(line).unwrap()]);
    assert!(state.flags.none(), "a journal from before the flags were recorded");
    let mut now = ClusterInfo {
        context: "prod".into(),
        server: "https://10.0.0.10:6443".into(),
        ..ClusterInfo::default()
    };
    assert_eq!(state.same_server(&now), Ok(()));
    now.server = "https://10.9.9.9:6443".into();
    let words = state.same_server(&now).unwrap_err().to_string();
    for part in ["10.0.0.10", "10.9.9.9", "--context", "new session"] {
        assert!(words.contains(part), "{part} is not in {words}");
    }
}

#[test]
fn records_from_before_the_newer_fields_are_read() {
    let line = r#"{"seq":1,"at":"2026-03-01T03:14:00Z","prev":"x","what":"note","text":"n"}"#;
    let event: Event = serde_json::from_str(line).unwrap();
    assert_eq!(event.what, What::Note { text: "n".into(), about: None });
    assert_eq!(
        serde_json::to_string(&event).unwrap(),
        line,
        "and written as they were, so that a chain holds"
    );
}

#[test]
fn a_mark_is_taken_off_by_another_record() {
    let pinned = |seq, on| event(seq, What::Pinned { record: 0, on });
    assert_eq!(SessionState::fold(&[pinned(1, true)]).pins, [0].into());
    assert!(SessionState::fold(&[pinned(1, true), pinned(2, false)]).pins.is_empty());
}

#[test]
fn a_session_does_not_go_on_with_another_cluster_behind_the_same_address() {
    let mut state =
        SessionState { id: "s".into(), server: "https://tunnel".into(), ..SessionState::default() };
    assert_eq!(
        state.same_cluster(Some("one")),
        Ok(()),
        "an old journal does not say which cluster it was on"
    );
    state.take_what(&What::Cluster { uid: "one".into() });
    assert_eq!(state.same_cluster(Some("one")), Ok(()));
    assert_eq!(state.same_cluster(None), Ok(()), "it may not be read now");
    let words = state.same_cluster(Some("two")).unwrap_err().to_string();
    assert!(
        words.contains("uid one") && words.contains("uid two") && words.contains("https://tunnel"),
        "{words}"
    );
    state.practice = true;
    assert_eq!(state.same_cluster(Some("two")), Ok(()), "a practice cluster is another one each time");
}

#[test]
fn a_session_knows_every_name_of_its_cluster_however_often_it_was_handed_over() {
    let started = |context: &str| What::Started {
        id: "s".into(),
        version: String::new(),
        user: String::new(),
        context: context.into(),
        server: "https://a".into(),
        practice: false,
        flags: Flags::default(),
    };
    let taken = |contexts: &[&str]| What::TakenOver {
        session: "s".into(),
        user: "op".into(),
        version: String::new(),
        sha256: String::new(),
        records: 1,
        contexts: contexts.iter().map(|c| (*c).to_owned()).collect(),
    };
    let mut state = SessionState::default();
    for what in [started("adm-b"), taken(&["eu-prod", "other"])] {
        state.take_what(&what);
    }
    let names: Vec<_> = state.contexts.iter().map(String::as_str).collect();
    assert_eq!((names, state.context.as_str()), (vec!["adm-b", "eu-prod", "other"], "adm-b"));
}

#[test]
fn what_was_to_last_for_a_while_and_is_over_has_nothing_to_take_back() {
    let plan = "p1".to_owned();
    let proved = What::Proved { plan: plan.clone(), words: String::new() };
    let ended = What::Outcome { plan: plan.clone(), end: RunEnd::Applied, words: "taken back".into() };
    for shown in [true, false] {
        let mut all = vec![intent("p1", None)];
        all.extend(shown.then(|| proved.clone()));
        all.extend([What::TakenBack { plan: plan.clone() }, ended.clone()]);
        let events: Vec<_> = (0..).zip(all).map(|(seq, what)| event(seq, what)).collect();
        let state = SessionState::fold(&events);
        assert!(state.undo_list().is_empty(), "shown: {shown}");
        assert_eq!(state.plans["p1"].change, crate::op::Change::TakenBack);
        assert_eq!(state.unproved().count(), 0);
    }
}
