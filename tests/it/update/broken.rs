//! What was cut off or is not known: a session that resumes, a task without an answer, a cluster that is away.

use opsbook::app::overlay::Overlay;
use opsbook::app::run::Status;
use opsbook::app::{Effect, Msg, TaskEvent};
use opsbook::record::{Ending, Event, RunEnd, What};

use super::runbook::{SIZE, at, status};
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
    desk.app.resume(events);
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

#[test]
fn an_unclear_end_of_a_task_is_said_to_be_unclear() {
    let mut desk = at("cordon");
    desk.press("enter");
    let (task, _) = desk.begin_task();
    let words = "no answer after the request was sent".to_owned();
    desk.tell(Msg::Task { id: task, event: TaskEvent::Ended { end: RunEnd::Unknown, words } });
    assert!(matches!(status(&desk, "cordon"), Status::Unknown(_)));
}

#[test]
fn the_runbook_stays_readable_while_the_cluster_does_not_answer() {
    let mut desk = at("cordon");
    let why = opsbook::domain::SyncState::Stale { since: desk.now, why: "connection refused".into() };
    desk.see(desk.world.clone().all(&why));
    desk.press("enter");
    assert_eq!(desk.executed(), 0);
    assert!(desk.screen().contains("Why now"), "{}", desk.screen());
    desk.press("n n shift-n");
    assert_eq!(desk.step(), "soon");
}
