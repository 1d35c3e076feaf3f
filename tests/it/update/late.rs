//! What does not come in time, fails or is no longer true: it is red and watched, and can be run again, taken back or
//! skipped.

use opsbook::action::Action;
use opsbook::app::overlay::{Chosen, Overlay};
use opsbook::app::{Effect, Msg};
use opsbook::record::{Ending, What};
use opsbook::walk::Status;

use super::runbook::{SIZE, records, status};
use crate::support::{Desk, World};

pub const BOTH: &[(&str, &str)] = &[("node", "worker-3"), ("workers", "worker-1")];

/// The runbook with every kind of step, on a silent node.
pub fn every(world: World) -> Desk {
    let mut desk = Desk::at(SIZE, world);
    desk.open("team/every", BOTH);
    desk
}

fn at(step: &str) -> Desk {
    let mut desk = every(World::silent_node());
    desk.look_at(step);
    desk
}

/// What the list over the screen offers.
pub fn offered(desk: &Desk) -> Vec<Chosen> {
    let Some(Overlay::Choose(c)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    c.rows.iter().map(|(_, chosen)| chosen.clone()).collect()
}

/// Chooses the row for which this holds.
pub fn choose(desk: &mut Desk, wanted: impl Fn(&Chosen) -> bool) -> Vec<Effect> {
    let at = offered(desk).iter().position(wanted).unwrap();
    let waits = matches!(desk.app.overlays.last(), Some(Overlay::Choose(choose)) if choose.waits);
    for _ in 0..at + usize::from(waits) {
        desk.press("down");
    }
    desk.press("enter")
}

fn count(effects: &[Effect], of: impl Fn(&What) -> bool) -> usize {
    records(effects).into_iter().filter(|w| of(w)).count()
}

/// The cordon was applied, and the cluster does not show it.
fn proving() -> Desk {
    let mut desk = at("cordon");
    desk.press("enter");
    assert_eq!(desk.executed(), 1, "{}", desk.screen());
    desk.carry_out();
    desk
}

#[test]
fn a_proof_that_does_not_come_in_time_is_red_and_says_what_was_seen() {
    let mut desk = proving();
    desk.pass(21);
    assert!(desk.screen().contains("0:09 left"), "{}", desk.screen());
    desk.pass(9);
    assert_eq!(count(&desk.effects, |w| matches!(w, What::Overdue { .. })), 0, "the last second is in time");
    desk.pass(1);
    desk.pass(100);
    let overdue =
        |w: &What| matches!(w, What::Overdue { step, words } if step == "cordon" && !words.is_empty());
    assert_eq!(count(&desk.effects, overdue), 1, "it is told once");
    let screen = desk.screen();
    assert!(screen.contains("not shown in time") && !screen.contains(" left:"), "{screen}");
    assert!(matches!(status(&desk, "cordon"), Status::Proving { .. }));
    desk.press("enter");
    let rows = offered(&desk);
    assert!(matches!(
        rows[..],
        [Chosen::Again { .. }, Chosen::TakeBack { .. }, Chosen::Skip { .. }, Chosen::Nothing]
    ));
}

#[test]
fn what_is_late_is_watched_and_turns_green_all_the_same() {
    let mut desk = proving();
    desk.pass(40);
    let cordoned = desk.world.clone().cordoned("worker-3", true);
    desk.see(cordoned);
    let Status::Ended(Ending::Proved, words) = status(&desk, "cordon") else { panic!("{}", desk.screen()) };
    assert!(words.contains("after its time"), "{words}");
    assert!(!desk.screen().contains("not shown in time"));
}

#[test]
fn what_is_late_can_be_run_again_as_a_fresh_plan() {
    let mut desk = proving();
    desk.pass(40);
    desk.press("enter");
    let effects = choose(&mut desk, |c| matches!(c, Chosen::Again { .. }));
    assert_eq!(count(&effects, |w| matches!(w, What::Reopened { .. })), 1);
    assert_eq!(desk.executed(), 1, "the operator says when");
    desk.press("enter");
    assert_eq!(desk.executed(), 2);
}

#[test]
fn what_is_late_can_be_skipped_with_a_reason_but_not_while_it_is_in_time() {
    let mut desk = proving();
    desk.press("s");
    assert!(desk.app.overlays.is_empty());
    desk.pass(40);
    desk.press("s");
    desk.type_text("done elsewhere");
    desk.press("enter");
    assert!(matches!(status(&desk, "cordon"), Status::Ended(Ending::Skipped, _)));
}

#[test]
fn the_way_back_is_confirmed_recorded_as_undoing_and_opens_the_step_again() {
    let mut desk = proving();
    let cordoned = desk.world.clone().cordoned("worker-3", true);
    desk.see(cordoned);
    desk.look_at_back("cordon");
    desk.press("r");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Confirm(c)) if c.errand.back));
    assert_eq!(desk.executed(), 1, "it asks first");
    desk.approve();
    let Some(Effect::Execute { step, undoes, approved, .. }) = desk.effects.last().cloned() else {
        panic!("{}", desk.screen())
    };
    assert_eq!((step.as_deref(), approved.plan().op.as_str()), (Some("cordon"), "node.uncordon"));
    assert!(undoes.is_some());
    desk.carry_out();
    let open = desk.world.clone().cordoned("worker-3", false);
    let effects = desk.see(open);
    assert!(matches!(status(&desk, "cordon"), Status::TakenBack(words) if words.contains("taken back")));
    assert_eq!(count(&effects, |w| matches!(w, What::Reopened { .. })), 1);
    assert_eq!(count(&desk.effects, |w| matches!(w, What::Regressed { .. })), 0, "it was on purpose");
    assert!(desk.app.session.state.undo_list().is_empty());
    desk.press("enter");
    assert_eq!(desk.executed(), 3, "and can be run again");
}

#[test]
fn a_step_can_be_the_way_back_of_another_one() {
    let mut desk = at("empty");
    desk.press("r");
    assert!(desk.said().contains("nothing"), "{}", desk.said());
    desk.press("enter");
    desk.approve();
    desk.fail(true);
    desk.press("r");
    assert_eq!(desk.step(), "open-again");
    let cordoned = desk.world.clone().cordoned("worker-3", true);
    desk.see(cordoned);
    desk.press("enter");
    let Some(Effect::Execute { undoes, .. }) = desk.effects.last() else { panic!("{}", desk.screen()) };
    assert!(undoes.is_some(), "recorded as undoing");
    desk.carry_out();
    let open = desk.world.clone().cordoned("worker-3", false);
    desk.see(open);
    assert_eq!(desk.step(), "empty");
    assert!(
        matches!(status(&desk, "empty"), Status::TakenBack(words) if words.contains("by step open-again"))
    );
}

#[test]
fn where_there_is_no_way_back_the_reason_is_said() {
    let mut desk = at("open-again");
    let cordoned = desk.world.clone().cordoned("worker-3", true);
    desk.see(cordoned);
    desk.press("enter");
    desk.carry_out();
    desk.press("r");
    assert!(desk.said().contains("It is the way back itself"), "{}", desk.said());
}

#[test]
fn a_wait_is_red_when_its_time_is_over_and_can_be_waited_for_once_more() {
    let mut desk = at("settle");
    for step in ["look", "there", "cordon", "empty", "each-worker[worker-1]", "together[worker-1]"] {
        skip(&mut desk, step);
    }
    desk.look_at("settle");
    desk.pass(48);
    assert!(desk.screen().contains("gives up in 9:12"), "{}", desk.screen());
    desk.pass(600);
    assert!(desk.screen().contains("not in time"), "{}", desk.screen());
    desk.press("enter");
    choose(&mut desk, |c| matches!(c, Chosen::Again { .. }));
    assert!(desk.screen().contains("gives up in 10 min"), "{}", desk.screen());
    desk.pass(700);
    let recovered = desk.world.clone().recovered("worker-3", desk.now);
    desk.see(recovered);
    desk.pass(31);
    assert!(
        matches!(status(&desk, "settle"), Status::Ended(Ending::Proved, w) if w.contains("after its time"))
    );
}

/// Skips every step of that name, also those of one object each.
pub fn skip(desk: &mut Desk, step: &str) {
    for _ in 0..20 {
        desk.act(Action::PreviousStep);
    }
    desk.look_at(step);
    desk.press("s");
    desk.type_text("not now");
    desk.press("enter");
}

#[test]
fn a_wait_that_began_goes_on_while_the_operator_looks_elsewhere_and_costs_no_ticks() {
    let mut desk = at("settle");
    for step in ["look", "there", "cordon", "empty", "each-worker[worker-1]", "together[worker-1]"] {
        skip(&mut desk, step);
    }
    desk.look_at("settle");
    desk.tell(Msg::Tick);
    desk.press("shift-h : q esc");
    let recovered = desk.world.clone().recovered("worker-3", desk.now);
    desk.see(recovered);
    desk.pass(31);
    assert!(
        matches!(status(&desk, "settle"), Status::Ended(Ending::Proved, _)),
        "{:?}",
        status(&desk, "settle")
    );
}

#[test]
fn a_wait_stands_among_the_tasks_and_can_be_given_up() {
    let mut desk = at("settle");
    for step in ["look", "there", "cordon", "empty", "each-worker[worker-1]", "together[worker-1]"] {
        skip(&mut desk, step);
    }
    desk.look_at("settle");
    desk.pass(60);
    desk.press("!");
    let screen = desk.screen();
    assert!(
        screen.contains("wait: Settle") && screen.contains("not yet: node worker-3 ready: no"),
        "{screen}"
    );
    desk.press("c");
    desk.type_text("not needed");
    desk.press("enter");
    assert!(matches!(status(&desk, "settle"), Status::Ended(Ending::Skipped, w) if w == "not needed"));
    assert!(desk.screen().contains("Nothing ran"), "{}", desk.screen());
}

#[test]
fn a_wait_looks_as_often_as_its_author_says() {
    let mut desk = at("settle");
    for step in ["look", "there", "cordon", "empty", "each-worker[worker-1]", "together[worker-1]"] {
        skip(&mut desk, step);
    }
    desk.look_at("settle");
    desk.press("!");
    let next = desk.app.next_tick().unwrap();
    assert_eq!(next.as_second() - desk.now.as_second(), 5);
}

#[test]
fn a_check_with_patience_waits_before_it_leads_elsewhere() {
    let mut desk = every(World::silent_node().cordoned("worker-3", true));
    desk.press("enter");
    assert_eq!(desk.step(), "there");
    desk.pass(10);
    assert!(desk.screen().contains("gives up in 1:50"), "{}", desk.screen());
    desk.press("enter");
    assert!(desk.app.overlays.is_empty(), "{}", desk.screen());
    desk.pass(120);
    desk.press("enter");
    choose(&mut desk, |c| matches!(c, Chosen::Way { .. }));
    assert_eq!(desk.step(), "settle");
}

#[test]
fn every_proof_is_watched_not_only_the_latest() {
    let mut desk = proving();
    let cordoned = desk.world.clone().cordoned("worker-3", true);
    desk.see(cordoned);
    desk.press("enter");
    desk.approve();
    desk.carry_out();
    let emptied = ["api-7c9", "web-1", "cart-0"];
    let emptied = emptied.iter().fold(desk.world.clone(), |w, pod| w.without_pod("shop", pod));
    desk.see(emptied);
    assert!(matches!(status(&desk, "empty"), Status::Ended(Ending::Proved, _)), "{}", desk.screen());
    let open = desk.world.clone().cordoned("worker-3", false);
    let effects = desk.see(open);
    assert_eq!(count(&effects, |w| matches!(w, What::Regressed { .. })), 1);
    desk.pass(5);
    assert_eq!(count(&desk.effects, |w| matches!(w, What::Regressed { .. })), 1, "told once");
    desk.look_at_back("cordon");
    desk.press("enter");
    choose(&mut desk, |c| matches!(c, Chosen::Again { .. }));
    desk.press("enter");
    assert_eq!(desk.executed(), 3, "the step is offered again");
}
