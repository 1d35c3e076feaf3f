//! A step is never out of reach: what was taken back, skipped or passed over can be run, an answer can be given anew, and a
//! change that a later one ended on purpose is no fault.

use opsbook::app::overlay::{Chosen, Overlay};
use opsbook::op::Change;
use opsbook::record::{Ending, What};
use opsbook::walk::Status;

use super::late::{choose, every, offered, skip};
use super::runbook::{records, status};
use crate::support::{Desk, World};

/// The cordon was run and is proved, on a node that is silent.
fn cordoned() -> Desk {
    cordoned_in(World::silent_node())
}

fn cordoned_in(world: World) -> Desk {
    let mut desk = every(world);
    desk.look_at("cordon");
    desk.press("enter");
    desk.carry_out();
    let world = desk.world.clone().cordoned("worker-3", true);
    desk.see(world);
    assert!(matches!(status(&desk, "cordon"), Status::Ended(Ending::Proved, _)), "{}", desk.screen());
    desk
}

fn change(desk: &Desk, step: &str) -> Option<Change> {
    let run = desk.app.run.as_ref().unwrap();
    run.steps[run.find(step).unwrap()].change()
}

#[test]
fn the_undo_key_opens_the_step_of_the_change_again_as_its_own_key_does() {
    let mut desk = cordoned();
    desk.press("u y");
    desk.carry_out();
    assert_eq!(change(&desk, "cordon"), Some(Change::Proved), "until the cluster shows that it is undone");
    let open = desk.world.clone().cordoned("worker-3", false);
    let effects = desk.see(open);
    assert!(matches!(status(&desk, "cordon"), Status::TakenBack(_)), "{}", desk.screen());
    assert!(records(&effects).iter().any(|w| matches!(w, What::Reopened { step, .. } if step == "cordon")));
    assert!(!records(&effects).iter().any(|w| matches!(w, What::Regressed { .. })), "it was on purpose");
    assert_eq!(desk.step(), "cordon");
    let before = desk.executed();
    desk.press("enter");
    assert_eq!(desk.executed(), before + 1, "it can be run again: {}", desk.screen());
}

#[test]
fn a_change_that_is_undone_in_the_explorer_is_taken_back_in_its_step() {
    let mut desk = cordoned_in(World::healthy());
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter down down down u");
    let Some(Overlay::Confirm(confirm)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!((confirm.plan.op.as_str(), confirm.plan.target.name()), ("node.uncordon", "worker-3"));
    desk.press("y");
    desk.carry_out();
    let open = desk.world.clone().cordoned("worker-3", false);
    desk.see(open);
    assert!(matches!(status(&desk, "cordon"), Status::TakenBack(_)), "{:?}", status(&desk, "cordon"));
}

#[test]
fn a_skipped_step_can_be_run_after_all() {
    let mut desk = every(World::silent_node());
    skip(&mut desk, "cordon");
    desk.look_at_back("cordon");
    desk.press("enter");
    assert!(offered(&desk).iter().any(|c| matches!(c, Chosen::GoOn { .. })));
    let effects = choose(&mut desk, |c| matches!(c, Chosen::Again { .. }));
    assert!(records(&effects).iter().any(
        |w| matches!(w, What::Reopened { step, words } if step == "cordon" && words == "to be run after all")
    ));
    assert_eq!((desk.step().as_str(), status(&desk, "cordon")), ("cordon", Status::Todo));
    desk.press("enter");
    assert_eq!(desk.executed(), 1, "{}", desk.screen());
}

#[test]
fn an_answer_can_be_given_anew_and_what_it_led_past_is_open_again() {
    let mut desk = every(World::healthy());
    desk.look_at("what-now");
    desk.press("enter");
    assert!(matches!(status(&desk, "host"), Status::Ended(Ending::Skipped, _)), "{}", desk.screen());
    desk.look_at_back("what-now");
    desk.press("enter");
    choose(&mut desk, |c| matches!(c, Chosen::Again { .. }));
    assert_eq!((desk.step().as_str(), status(&desk, "what-now")), ("what-now", Status::Todo));
    for step in ["host", "by-hand"] {
        assert_eq!(status(&desk, step), Status::Todo, "{step} was passed by that answer");
    }
    assert_eq!(status(&desk, "cordon"), Status::Todo);
}

#[test]
fn a_walk_is_not_called_done_while_a_step_was_passed_by_with_the_arrow() {
    let mut desk = every(World::silent_node());
    for step in
        ["there", "cordon", "empty", "each-worker[worker-1]", "together[worker-1]", "settle", "open-again"]
    {
        skip(&mut desk, step);
    }
    for step in ["what-now", "host", "by-hand", "later", "other/there", "end"] {
        if desk.app.run.as_ref().unwrap().find(step).is_some() {
            skip(&mut desk, step);
        }
    }
    let run = desk.app.run.as_ref().unwrap();
    let words = run.unfinished().unwrap();
    assert!(words.contains("step 1") && words.contains("Look"), "{words}");
}

#[test]
fn opening_a_node_again_ends_the_watch_on_its_drain() {
    let mut desk = cordoned();
    desk.look_at("empty");
    desk.press("enter");
    desk.approve();
    desk.carry_out();
    let gone = ["api-7c9", "web-1", "cart-0"];
    let empty = gone.iter().fold(desk.world.clone(), |world, pod| world.without_pod("shop", pod));
    desk.see(empty);
    assert_eq!(change(&desk, "empty"), Some(Change::Proved), "{}", desk.screen());
    desk.look_at("open-again");
    desk.press("enter");
    desk.carry_out();
    let open = desk.world.clone().cordoned("worker-3", false);
    desk.see(open);
    for step in ["cordon", "empty"] {
        assert_eq!(change(&desk, step), Some(Change::Over), "{step}: {}", desk.screen());
    }
    // Pods come again, as they are meant to.
    let back = World::silent_node().cordoned("worker-3", false);
    let effects = desk.see(back);
    assert!(!records(&effects).iter().any(|w| matches!(w, What::Regressed { .. })), "{}", desk.screen());
    assert_eq!(change(&desk, "empty"), Some(Change::Over));
    let plan = desk.app.session.state.plans.values().find(|p| p.op == "node.drain").unwrap();
    assert_eq!(plan.change, Change::Over, "and the journal says the same");
}

#[test]
fn a_way_back_that_failed_says_nothing_of_the_proof_however_often_one_looks() {
    let mut desk = cordoned_in(World::healthy());
    desk.look_at_back("cordon");
    desk.press("r");
    desk.approve();
    desk.fail(false);
    assert!(matches!(status(&desk, "cordon"), Status::Failed(_)), "{}", desk.screen());
    for _ in 0..3 {
        let effects = desk.pass(5);
        let told = records(&effects)
            .into_iter()
            .filter(|w| matches!(w, What::Regressed { .. } | What::Proved { .. }));
        assert_eq!(told.count(), 0, "{}", desk.screen());
    }
    // Somebody else does by hand what the way back was to do.
    let open = desk.world.clone().cordoned("worker-3", false);
    let effects = desk.see(open);
    assert!(!records(&effects).iter().any(|w| matches!(w, What::Proved { .. })), "{}", desk.screen());
}
