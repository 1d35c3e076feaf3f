//! Journals, hand-over files, and what a second person is sent: altered ones are found or refused, and what is shown of
//! them steers no terminal.

use opsbook::domain::{Kind, ObjectKey, Risk, Timestamp};
use opsbook::op::{PeerAnswer, PeerRequest, plan_by_hand};
use opsbook::record::{SessionState, What, in_timeline, words};
use opsbook::session::{HandOver, Journal, Verified, read, verify, verify_hand_over};
use proptest::prelude::*;

use super::{fuzz, mutate, plain};
use crate::support::now;

const WORDS: &[&str] = &[
    "\n",
    "\"",
    "{",
    "}",
    "\\u001b]52;c;QQ==\\u0007",
    "\u{1b}[2J",
    "\u{202e}",
    "null",
    "[]",
    "\"prev\":",
    "\"sha256\":",
    "\"what\":\"ended\"",
    "-1",
    "99999999999999999999",
    "opsbook-request:",
    "opsbook-approval:",
    "AAAA",
    "=",
];

/// A journal with records of several forms, as text.
fn journal() -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let mut journal = Journal::create(&path).unwrap();
    let object = ObjectKey::new(Kind::Node, "", "worker-1");
    let records = [
        What::Started {
            id: "a".into(),
            version: "0".into(),
            user: "op".into(),
            context: "dev".into(),
            server: "https://10.0.0.1".into(),
            practice: false,
            flags: opsbook::record::Flags::default(),
        },
        What::Cluster { uid: "u-1".into() },
        What::Note { text: "a note".into(), about: None },
        What::Sending { plan: "p".into(), object: object.clone(), verb: "patch".into() },
        What::Accepted { plan: "p".into(), object, verb: "patch".into() },
        What::Armed { seconds: 600 },
        What::Disarmed,
        What::Ended { words: "left".into() },
    ];
    for (i, what) in records.into_iter().enumerate() {
        journal.append(Timestamp::from_second(1_700_000_000 + i as i64).unwrap(), what).unwrap();
    }
    std::fs::read_to_string(&path).unwrap()
}

#[test]
fn a_journal_is_whole_or_said_to_be_altered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let original = journal();
    let lines: Vec<&str> = original.lines().collect();
    fuzz("journal lines", &mutate::text(&[&original], WORDS), |text| {
        std::fs::write(&path, &text).unwrap();
        if let Ok(events) = read(&path) {
            let state = SessionState::fold(&events);
            for event in events.iter().filter(|e| in_timeline(&e.what)) {
                // A note may be empty.
                let _ = words(&event.what);
            }
            let _ = state.undo_list();
        }
        if matches!(verify(&path), Ok(Verified::Whole { .. } | Verified::Cut { .. })) {
            // Only the end can be missing or another one, which has none after it that would tell.
            let kept = text.lines().filter(|l| !l.trim().is_empty()).count().saturating_sub(1);
            let told: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(kept).collect();
            prop_assert!(told.iter().zip(&lines).all(|(a, b)| a == b), "{told:?} is called whole");
        }
        Ok(())
    });
}

#[test]
fn a_hand_over_file_is_whole_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (own, path) = (folder.path().join("a.jsonl"), folder.path().join("a.opsbook"));
    std::fs::write(&own, journal()).unwrap();
    let events = read(&own).unwrap();
    let books = [("a/b".to_owned(), "# text\n".to_owned())].into();
    let whole = HandOver::of(&events, &opsbook::redact::Secrets::default(), books, now());
    let whole = whole.render();
    fuzz("hand-over files", &mutate::text(&[&whole], WORDS), |text| {
        std::fs::write(&path, &text).unwrap();
        let _ = verify_hand_over(&path);
        if let Ok((handed, _)) = HandOver::open(&path) {
            prop_assert_eq!(handed.events().len(), events.len(), "an altered file is opened");
        }
        Ok(())
    });
}

#[test]
fn what_a_second_person_is_shown_is_plain_or_refused() {
    let plan = plan_by_hand("look", "look at a lamp", "", Risk::Low);
    let request = PeerRequest::of(&plan, "id-1".into(), now());
    let line = request.line();
    // Inside of the base64, where an attacker writes.
    let inside = serde_json::to_string(&request).unwrap();
    let inputs = (mutate::text(&[&line, &inside], WORDS), any::<bool>());
    fuzz("approval requests", &inputs, |(text, wrapped)| {
        use base64::Engine as _;
        let encoded = base64::engine::general_purpose::STANDARD.encode(&text);
        let line = if wrapped { format!("opsbook-request:{encoded}") } else { text.clone() };
        if let Ok((request, hash)) = PeerRequest::read(&line) {
            for words in request.words() {
                plain(&words)?;
            }
            let answer = PeerAnswer::to(&request, &hash, now());
            plain(&answer.line())?;
        }
        let line = if wrapped { format!("opsbook-approval:{encoded}") } else { text };
        if let Ok(answer) = PeerAnswer::read(&line) {
            let _ = answer.message();
        }
        Ok(())
    });
}
