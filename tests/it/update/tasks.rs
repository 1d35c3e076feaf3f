//! The list of tasks over a long session: bounded, and never without what runs; and the session's own screen.

use opsbook::app::screens::Screen;
use opsbook::app::{Msg, TaskEvent};
use opsbook::record::RunEnd;

use crate::support::{Desk, World};

/// Cordons a node from the explorer again and again; the answers of the cluster are left out.
fn cordon(desk: &mut Desk) -> u64 {
    desk.press("c");
    desk.approve();
    desk.approved().unwrap().0
}

fn end(desk: &mut Desk, id: u64) {
    let event = TaskEvent::Ended { end: RunEnd::Failed, words: "refused".into() };
    desk.tell(Msg::Task { id, event });
}

#[test]
fn the_newest_tasks_are_kept_and_those_that_run() {
    let mut desk = Desk::at((80, 24), World::healthy());
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter end");
    let running = cordon(&mut desk);
    let second = cordon(&mut desk);
    end(&mut desk, second);
    let mut last = second;
    for _ in 0..120 {
        last = cordon(&mut desk);
        end(&mut desk, last);
    }
    let tasks = &desk.app.tasks;
    assert_eq!((tasks.all.len(), tasks.dropped), (100, 22));
    assert!(tasks.get(running).is_some() && tasks.get(second).is_none() && tasks.get(last).is_some());
    desk.press("!");
    assert!(desk.screen().contains("22 older are in the session"), "{}", desk.screen());
    desk.press("end");
    assert!(desk.screen().contains('▶'), "the last one is in sight\n{}", desk.screen());
}

/// Below the timeline stands what can be taken back; the last record is above it, not behind it.
#[test]
fn the_end_of_the_session_can_be_scrolled_to() {
    let mut desk = Desk::at((80, 24), World::silent_node());
    desk.walk_to("drain");
    desk.press("enter");
    desk.approve();
    desk.carry_out();
    desk.press("shift-s");
    let last = |desk: &Desk| desk.screen().contains("applied: the server took it");
    assert!(last(&desk), "it opens at the end\n{}", desk.screen());
    assert!(desk.screen().contains("Undo, latest first"), "{}", desk.screen());
    desk.press("down");
    assert!(last(&desk), "{}", desk.screen());
    desk.press("home end");
    assert!(last(&desk), "{}", desk.screen());
}

#[test]
fn the_selection_stays_on_its_task_when_older_ones_leave_the_list() {
    let mut desk = Desk::at((80, 24), World::healthy());
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter end");
    for _ in 0..100 {
        let id = cordon(&mut desk);
        end(&mut desk, id);
    }
    desk.press("! end");
    let selected = |desk: &Desk| match desk.app.screens.iter().find(|s| matches!(s, Screen::Tasks(_))) {
        Some(Screen::Tasks(list)) => desk.app.tasks.all[list.selected].id,
        _ => panic!("{}", desk.screen()),
    };
    let before = selected(&desk);
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter end");
    cordon(&mut desk);
    assert_eq!(selected(&desk), before);
}
