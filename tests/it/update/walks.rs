//! Several walks at once: a runbook is left while its plan runs, another one is opened, and both are one key away.

use opsbook::app::overlay::{Chosen, Overlay};
use opsbook::app::{Effect, Msg, TaskEvent};
use opsbook::op::Change;
use opsbook::record::{RunEnd, What};
use opsbook::walk::Status;

use super::late::{choose, every, offered};
use super::runbook::{SIZE, records};
use crate::support::{Desk, World};

/// Opens a runbook as an operator does who is in another one.
fn open(desk: &mut Desk, id: &str, node: &str) {
    desk.press(":");
    desk.type_text(&format!("rb {id}"));
    desk.press("enter");
    desk.type_text(node);
    desk.press("enter");
}

/// A cordon runs in one runbook, and another runbook is looked at.
fn two() -> (Desk, u64) {
    let mut desk = every(World::silent_node());
    desk.look_at("cordon");
    desk.press("enter");
    let (task, _) = desk.begin_task();
    open(&mut desk, "team/small", "worker-1");
    assert_eq!(desk.app.run.as_ref().unwrap().book.id, "team/small", "{}", desk.screen());
    assert_eq!(desk.app.others.len(), 1);
    (desk, task)
}

fn book(desk: &Desk) -> &str {
    &desk.app.run.as_ref().unwrap().book.id
}

#[test]
fn another_runbook_is_opened_while_one_is_under_way_and_both_are_one_key_away() {
    let (mut desk, _) = two();
    desk.press("shift-w");
    assert_eq!((book(&desk), desk.step().as_str()), ("team/every", "cordon"));
    desk.press("shift-w");
    assert_eq!(book(&desk), "team/small");
    desk.press("esc shift-w");
    assert!(
        matches!(desk.app.overlays.last(), Some(Overlay::Choose(_))),
        "from elsewhere: {}",
        desk.screen()
    );
    choose(&mut desk, |c| matches!(c, Chosen::Walk(0)));
    assert_eq!(book(&desk), "team/every");
}

#[test]
fn what_runs_behind_is_proved_and_recorded_as_of_its_own_walk() {
    let (mut desk, task) = two();
    desk.tell(Msg::Task { id: task, event: TaskEvent::Ended { end: RunEnd::Applied, words: "done".into() } });
    let cordoned = desk.world.clone().cordoned("worker-3", true);
    let effects = desk.see(cordoned);
    let behind = &desk.app.others[0];
    assert_eq!(
        behind.steps[behind.find("cordon").unwrap()].change(),
        Some(Change::Proved),
        "{}",
        desk.said()
    );
    assert!(desk.said().contains("Every kind of step"), "it says whose it is: {}", desk.said());
    let said = records(&effects);
    let at = said.iter().position(|w| matches!(w, What::StepEnded { .. })).unwrap();
    let before =
        said[..at].iter().rev().find_map(|w| if let What::Walk { walk } = w { Some(*walk) } else { None });
    assert_eq!(before, Some(0), "{said:?}");
    assert!(matches!(said.last(), Some(What::Walk { walk: 1 })), "{said:?}");
    assert_eq!(book(&desk), "team/small", "and nobody is moved");
    let state = &desk.app.session.state;
    assert_eq!(state.runbook.as_deref(), Some("team/small"));
    let other = state.of_walk(0);
    assert_eq!(other.runbook.as_deref(), Some("team/every"));
    assert!(other.steps.contains_key("cordon") && !state.steps.contains_key("cordon"));
}

#[test]
fn a_session_goes_on_with_all_its_walks() {
    let (mut desk, task) = two();
    desk.tell(Msg::Task { id: task, event: TaskEvent::Progress { done: 0, total: 1, line: "sent".into() } });
    let cordoned = desk.world.clone().cordoned("worker-3", true);
    let events = desk.app.session.events.clone();
    let mut desk = Desk::at(SIZE, cordoned);
    desk.resume(events);
    desk.read_every_kind();
    assert_eq!(book(&desk), "team/small", "{}", desk.screen());
    assert_eq!(desk.app.others.len(), 1);
    // What was cut off is said first.
    desk.press("esc shift-w");
    assert_eq!(book(&desk), "team/every");
    let run = desk.app.run.as_ref().unwrap();
    assert!(
        matches!(run.steps[run.find("cordon").unwrap()].status(), Status::Unknown(_)),
        "its end was not recorded"
    );
    // The next one that is opened is none of them.
    open(&mut desk, "team/small", "worker-2");
    assert_eq!(desk.app.run.as_ref().unwrap().number, 2);
}

#[test]
fn leaving_in_the_middle_asks_once_and_says_how_to_go_on() {
    let mut desk = every(World::silent_node());
    desk.press("enter");
    let before = desk.press("ctrl-c");
    assert!(!before.contains(&Effect::Quit), "{}", desk.screen());
    assert!(desk.screen().contains("opsbook sessions resume last"), "{}", desk.screen());
    assert!(offered(&desk).contains(&Chosen::Nothing));
    assert!(choose(&mut desk, |c| *c == Chosen::Quit).contains(&Effect::Quit));
    let words = desk.app.parting().unwrap();
    assert!(
        words.contains("team/every, step 2 of") && words.contains("opsbook sessions resume last"),
        "{words}"
    );
    let mut desk = every(World::silent_node());
    assert!(desk.press("ctrl-c").contains(&Effect::Quit), "nothing was done");
    assert_eq!(desk.app.parting(), None);
}

#[test]
fn a_runbook_that_is_left_before_it_began_gives_the_screen_back_to_the_one_before() {
    let mut desk = every(World::silent_node());
    desk.look_at("cordon");
    desk.press("enter");
    desk.press(":");
    desk.type_text("rb team/small");
    desk.press("enter");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Choose(_))), "{}", desk.screen());
    desk.press("esc");
    assert_eq!(book(&desk), "team/every", "{}", desk.screen());
    assert!(desk.screen().contains("Every kind of step"), "{}", desk.screen());
    assert!(desk.app.others.is_empty());
}

#[test]
fn a_runbook_that_was_not_begun_is_no_other_one() {
    let mut desk = every(World::silent_node());
    desk.look_at("cordon");
    desk.press("enter");
    // Its first parameter is given, what it does not need is offered: it is not begun.
    open(&mut desk, "team/late", "worker-1");
    desk.press("esc");
    assert_eq!(desk.app.run.as_ref().unwrap().number, opsbook::walk::NOT_BEGUN, "{}", desk.screen());
    let effects = desk.pass(5);
    assert!(!records(&effects).iter().any(|w| matches!(w, What::StepEnded { .. } | What::Step { .. })));
    desk.press("!");
    assert!(!desk.screen().is_empty());
    desk.press("esc shift-w");
    assert_eq!(book(&desk), "team/every", "{}", desk.screen());
}
