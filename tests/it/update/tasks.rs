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
        Some(Screen::Tasks(tasks)) => desk.app.tasks.all[tasks.list.selected].id,
        _ => panic!("{}", desk.screen()),
    };
    let before = selected(&desk);
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter end");
    cordon(&mut desk);
    assert_eq!(selected(&desk), before);
}

/// A task of the explorer that has ended, selected on the screen of the tasks.
fn one_that_ended(size: (u16, u16), words: &str) -> Desk {
    let mut desk = Desk::at(size, World::healthy());
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter end");
    let id = cordon(&mut desk);
    let event = TaskEvent::Ended { end: RunEnd::Failed, words: words.into() };
    desk.tell(Msg::Task { id, event });
    desk.press("!");
    desk
}

#[test]
fn why_a_task_failed_can_be_read_to_its_end_on_a_small_screen() {
    let words = format!("{}and its last word is here", "the server says that a webhook objects; ".repeat(5));
    let desk = one_that_ended((80, 24), &words);
    let screen = desk.screen();
    assert!(screen.contains("✖ cordon worker-3") && screen.contains("failed"), "{screen}");
    let all: String = screen.lines().map(|l| l.trim_matches(['│', ' '])).collect::<Vec<_>>().join(" ");
    assert!(all.contains("and its last word is here"), "{screen}");
    assert!(desk.screen().contains("⏎ open"), "{screen}");
    let small = one_that_ended((60, 12), &words);
    assert!(small.screen().contains("the server says that a webhook"), "{}", small.screen());
}

#[test]
fn enter_on_a_task_leads_to_its_object_or_to_all_that_is_known_of_it() {
    let mut desk = one_that_ended((80, 24), "refused");
    desk.press("enter");
    let Screen::Detail(detail) = desk.app.screen() else { panic!("{}", desk.screen()) };
    assert_eq!(detail.key.name(), "worker-3");
    desk.press("esc");
    let mut gone = desk.world.clone();
    gone.0.nodes.remove(&opsbook::domain::RowKey::new("", "worker-3"));
    desk.see(gone);
    desk.press("enter");
    let screen = desk.screen();
    assert!(
        screen.contains("same as: kubectl --context=prod-eu-1 cordon worker-3") && screen.contains("refused"),
        "{screen}"
    );
}

#[test]
fn enter_on_a_runbooks_task_or_wait_leads_to_its_step() {
    let mut desk = Desk::at((120, 40), World::silent_node());
    desk.walk_to("drain");
    desk.press("enter");
    desk.approve();
    desk.begin_task();
    desk.press("n n !");
    assert_ne!(desk.step(), "drain");
    desk.press("end enter");
    assert_eq!(desk.step(), "drain");
    let runbooks = desk.app.screens.iter().filter(|s| matches!(s, Screen::Runbook(_))).count();
    assert!(runbooks == 1 && matches!(desk.app.screen(), Screen::Runbook(_)), "{}", desk.screen());
}
