//! What is not known: a task without an answer, a cluster that is away.

use opsbook::app::{Msg, TaskEvent};
use opsbook::record::RunEnd;
use opsbook::walk::Status;

use super::runbook::{at, status};

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
