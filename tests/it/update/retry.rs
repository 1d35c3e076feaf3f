//! Attempts after a failure.

use opsbook::app::overlay::Overlay;
use opsbook::app::{Effect, Msg, TaskEvent};
use opsbook::record::RunEnd;
use opsbook::walk::Status;

use super::late::every;
use super::runbook::status;
use crate::support::{Desk, World};

fn ran(step: &str) -> Desk {
    let mut desk = every(World::silent_node());
    desk.look_at(step);
    desk.press("enter");
    if matches!(desk.app.overlays.last(), Some(Overlay::Confirm(_))) {
        desk.approve();
    }
    desk
}

#[test]
fn a_low_risk_that_failed_before_anything_was_accepted_runs_again_by_itself() {
    let mut desk = ran("cordon");
    desk.fail(false);
    assert!(desk.screen().contains("attempt 2 follows in 0:10"), "{}", desk.screen());
    assert_eq!(desk.executed(), 1);
    let newer = desk.world.clone().change_node("worker-3", |n| n.kubelet = "v1.34.11".into());
    desk.see(newer);
    desk.pass(9);
    assert_eq!(desk.executed(), 1);
    desk.pass(1);
    assert_eq!(desk.executed(), 2, "{}", desk.screen());
    let digests: Vec<_> = desk
        .effects
        .iter()
        .filter_map(|e| if let Effect::Execute { approved, .. } = e { Some(approved.digest()) } else { None })
        .collect();
    assert_ne!(digests[0], digests[1], "a fresh plan");
    desk.fail(false);
    desk.pass(10);
    assert_eq!(desk.executed(), 3);
    desk.fail(false);
    desk.pass(100);
    assert_eq!(desk.executed(), 3, "no more than the author allows");
}

#[test]
fn what_was_accepted_in_part_or_is_unknown_is_never_tried_again() {
    let mut desk = ran("cordon");
    desk.fail(true);
    desk.pass(100);
    assert_eq!(desk.executed(), 1);
    let mut desk = ran("cordon");
    let (task, _) = desk.begin_task();
    let words = "no answer".to_owned();
    desk.tell(Msg::Task { id: task, event: TaskEvent::Ended { end: RunEnd::Unknown, words } });
    desk.pass(100);
    assert_eq!(desk.executed(), 1);
    assert!(matches!(status(&desk, "cordon"), Status::Unknown(_)));
}

#[test]
fn a_medium_risk_asks_again() {
    let mut desk = ran("empty");
    desk.fail(false);
    desk.pass(5);
    assert_eq!(desk.executed(), 1);
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Confirm(_))), "{}", desk.screen());
    desk.press("space y");
    assert_eq!(desk.executed(), 1, "it came up by itself: it takes no answer at once");
    desk.pass(2);
    desk.approve();
    assert_eq!(desk.executed(), 2);
}

#[test]
fn it_does_not_ask_while_something_else_is_done_and_can_be_given_up() {
    let mut desk = ran("empty");
    desk.press("shift-h");
    desk.fail(false);
    desk.pass(5);
    assert!(desk.app.overlays.is_empty());
    assert!(desk.said().contains("fresh plan"), "{}", desk.said());
    let mut desk = ran("cordon");
    desk.fail(false);
    desk.press("c");
    desk.pass(100);
    assert_eq!(desk.executed(), 1);
}
