//! A session that goes on: what is taken over, what must be verified, and what is done no more.

use opsbook::app::overlay::Overlay;
use opsbook::app::{Effect, Msg};
use opsbook::record::{Ending, Event, What};
use opsbook::walk::Status;

use super::runbook::{SIZE, at, records, status};
use crate::support::{Desk, World};

/// The records of a session that ended in the middle of a drain.
fn broken_session() -> Vec<Event> {
    let mut desk = at("drain");
    desk.press("enter space y");
    let (_, plan) = desk.begin_task();
    let object = opsbook::domain::ObjectKey::new(opsbook::domain::Kind::Pod, "shop", "cart-0");
    let sent = desk.record(vec![What::Sending { plan, object, verb: "evict".into() }]);
    desk.tell(sent);
    desk.app.session.events.clone()
}

#[test]
fn a_session_that_was_cut_off_resumes_with_an_unknown_step_and_repeats_nothing() {
    let events = broken_session();
    let mut desk = Desk::new(SIZE, "en");
    let books = desk.app.books.clone();
    desk.resume(events);
    desk.see(World::silent_node().cordoned("worker-3", true));
    let effects = desk.tell(Msg::Books(books));
    assert_eq!(desk.step(), "drain");
    let Status::Unknown(words) = status(&desk, "drain") else { panic!("{:?}", status(&desk, "drain")) };
    assert!(words.contains("sent without an answer: shop/cart-0"), "{words}");
    assert!(matches!(status(&desk, "cordon"), Status::Ended(Ending::Proved, _)));
    assert!(!effects.iter().any(|e| matches!(e, Effect::Execute { .. })));
    desk.pass(60);
    desk.see(desk.world.clone());
    assert_eq!(desk.executed(), 0, "time and pictures repeat nothing");
    assert!(desk.screen().contains("verify first"), "{}", desk.screen());
    // Running it again asks again.
    desk.press("enter");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Confirm(_))));
    assert_eq!(desk.executed(), 0);
}

/// A desk that goes on with these records.
fn resumed(events: Vec<Event>) -> (Desk, Vec<Effect>) {
    let mut desk = Desk::new(SIZE, "en");
    let books = desk.app.books.clone();
    desk.resume(events);
    desk.see(World::silent_node().cordoned("worker-3", true));
    let effects = desk.tell(Msg::Books(books));
    (desk, effects)
}

/// The same records, as if the runbook had read otherwise then.
fn read_otherwise(
    mut events: Vec<Event>,
    change: impl Fn(&mut std::collections::BTreeMap<String, String>),
) -> Vec<Event> {
    for event in &mut events {
        if let What::Opened { hash, texts, .. } = &mut event.what {
            *hash = "another".into();
            change(texts);
        }
    }
    events
}

#[test]
fn a_resumed_step_is_done_only_with_the_text_that_it_had() {
    let events = read_otherwise(broken_session(), |texts| {
        texts.insert("cordon".into(), "other".into());
        texts.insert("look".into(), "other".into());
    });
    let (desk, effects) = resumed(events);
    let Status::Unknown(words) = status(&desk, "cordon") else { panic!("{:?}", status(&desk, "cordon")) };
    assert!(words.contains("before its text changed"), "{words}");
    assert_eq!(status(&desk, "look"), Status::Todo);
    assert!(matches!(status(&desk, "soon"), Status::Ended(..)), "its text is the same");
    assert!(matches!(status(&desk, "drain"), Status::Unknown(w) if w.contains("sent without an answer")));
    assert!(desk.said().contains("to be done anew: cordon, look"), "{}", desk.said());
    assert!(matches!(&records(&effects)[0], What::Rewritten { gone, .. } if gone.is_empty()));
    // Going on once more says nothing new: the records know the new text.
    let (again, effects) = resumed(desk.app.session.events.clone());
    assert!(matches!(status(&again, "cordon"), Status::Unknown(_)));
    assert!(records(&effects).is_empty() && !again.said().contains("changed"), "{}", again.said());
}

/// The digests that earlier versions recorded: of the text of the fence from its first backtick on.
fn older(desk: &Desk, step: &str) -> String {
    let book = &desk.app.books["nodes/node-not-ready"];
    opsbook::record::digest(book.step(step).unwrap().span.of(&book.source))
}

#[test]
fn digests_of_an_earlier_version_count_where_no_byte_can_have_changed_unseen() {
    let digests = {
        let desk = Desk::new(SIZE, "en");
        ["soon", "cordon"].map(|step| (step.to_owned(), older(&desk, step)))
    };
    let (desk, _) = resumed(read_otherwise(broken_session(), |texts| texts.extend(digests.clone())));
    let book = &desk.app.books["nodes/node-not-ready"];
    let blanks = |step: &str| {
        let fence = book.step(step).unwrap().span.of(&book.source);
        fence.lines().skip(1).any(|l| l.starts_with(' '))
    };
    // A fence that is moved in by two blanks takes two off each line within, and its earlier digest is the same.
    assert_eq!((blanks("soon"), blanks("cordon")), (true, false));
    for step in ["soon", "cordon"] {
        let known = !matches!(status(&desk, step), Status::Unknown(_) | Status::Todo);
        assert_eq!(known, !blanks(step), "{step}: {:?}", status(&desk, step));
    }
    // Another text is another text.
    let other = read_otherwise(broken_session(), |texts| {
        texts.insert("soon".into(), opsbook::record::digest("another"));
    });
    assert!(resumed(other).0.said().contains("soon"));
}

#[test]
fn a_resumed_session_names_steps_that_vanished_and_trusts_no_text_that_it_does_not_know() {
    let mut events = read_otherwise(broken_session(), std::collections::BTreeMap::clear);
    for event in &mut events {
        if let What::Step { step } | What::StepEnded { step, .. } = &mut event.what
            && step == "soon"
        {
            *step = "before".into();
        }
    }
    let (desk, _) = resumed(events);
    assert!(desk.said().contains("no longer in it: before"), "{}", desk.said());
    assert!(matches!(status(&desk, "cordon"), Status::Unknown(_)), "an old journal has no texts");
}

#[test]
fn a_plan_of_another_runbook_with_a_step_of_the_same_name_is_not_this_one() {
    let mut events = broken_session();
    let opened = events.iter().rposition(|e| matches!(e.what, What::Opened { .. })).unwrap();
    let mut again = events[opened].clone();
    for event in &mut events {
        match &mut event.what {
            What::Opened { runbook, .. } => *runbook = "nodes/another".into(),
            What::Intent { runbook, .. } => *runbook = Some("nodes/another".into()),
            _ => {}
        }
    }
    again.seq = events.len() as u64;
    events.push(again);
    let (desk, _) = resumed(events);
    assert_eq!((status(&desk, "drain"), status(&desk, "cordon")), (Status::Todo, Status::Todo));
    assert!(desk.app.session.state.unknown().count() > 0, "the session itself still knows it");
    let Some(Overlay::Message(message)) = desk.app.overlays.last() else { panic!("it is told at once") };
    assert!(
        message.lines[0]
            .starts_with("unknown, verify first: drain worker-3 (kubectl --context=prod-eu-1 drain"),
        "{message:?}"
    );
    assert!(message.lines[1].contains("sent, no answer recorded: ") && message.lines[1].contains("cart-0"));
}

#[test]
fn a_session_without_a_runbook_tells_what_was_under_way_when_it_was_cut_off() {
    let mut events = broken_session();
    events.retain(|e| {
        !matches!(
            e.what,
            What::Opened { .. } | What::Step { .. } | What::StepEnded { .. } | What::Decided { .. }
        )
    });
    for (seq, event) in events.iter_mut().enumerate() {
        event.seq = seq as u64;
        if let What::Intent { runbook, step, .. } = &mut event.what {
            (*runbook, *step) = (None, None);
        }
    }
    let (mut desk, _) = resumed(events);
    let screen = desk.screen();
    assert!(
        screen.contains("verify first: drain worker-3") && screen.contains("sent, no answer"),
        "{screen}"
    );
    assert!(desk.said().contains("goes on"), "{}", desk.said());
    desk.press("esc");
    assert!(desk.app.overlays.is_empty());
    assert_eq!(desk.executed(), 0);
}
