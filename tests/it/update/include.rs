//! Included runbooks: their steps stand in the place of the include.

use opsbook::app::Effect;
use opsbook::app::overlay::Chosen;
use opsbook::record::{Ending, What};
use opsbook::walk::Status;

use super::late::{choose, every};
use super::runbook::{SIZE, records, status};
use crate::support::{Desk, World};

fn at(step: &str) -> Desk {
    let mut desk = every(World::silent_node());
    desk.look_at(step);
    desk
}

#[test]
fn the_steps_of_the_other_runbook_stand_in_its_place_with_their_own_words_and_values() {
    let desk = at("other/there");
    let run = desk.app.run.as_ref().unwrap();
    assert_eq!(run.book.id, "team/every");
    assert!(run.find("other").is_none());
    let first = run.find("other/there").unwrap();
    assert_eq!(run.values_of(first)["word"].plain(), "now");
    assert!(!run.values_of(first).contains_key("workers"));
    let screen = desk.screen();
    assert!(
        screen.contains("Words of the small one") && screen.contains("✔ holds: node worker-3 exists: yes"),
        "{screen}"
    );
}

#[test]
fn what_they_record_and_where_they_lead_is_of_their_own_file() {
    let mut desk = at("other/there");
    desk.press("enter");
    assert_eq!(desk.step(), "other/lamp");
    desk.press("enter");
    desk.type_text("red");
    desk.press("enter");
    assert_eq!(desk.step(), "other/green");
    desk.press("enter");
    choose(&mut desk, |c| matches!(c, Chosen::Way { .. }));
    assert_eq!(desk.step(), "other/cordon");
    assert!(matches!(status(&desk, "other/aside"), Status::Ended(Ending::Skipped, _)));
    assert_eq!(status(&desk, "cordon"), Status::Todo, "the step of the same name outside");
    let named = |w: &&What| matches!(w, What::Value { step, .. } if step == "other/lamp");
    assert!(records(&desk.effects).iter().any(named), "records name both");
}

#[test]
fn an_operation_of_an_included_step_runs_and_the_walk_goes_on_behind_it() {
    let mut desk = at("other/cordon");
    desk.press("enter");
    let Some(Effect::Execute { step, runbook, .. }) = desk.effects.last() else {
        panic!("{}", desk.screen())
    };
    assert_eq!((step.as_deref(), runbook.as_deref()), (Some("other/cordon"), Some("team/every")));
    desk.carry_out();
    let cordoned = desk.world.clone().cordoned("worker-3", true);
    desk.see(cordoned);
    assert_eq!(desk.step(), "end");
}

#[test]
fn a_session_that_goes_on_knows_included_steps() {
    let mut desk = at("other/there");
    desk.press("enter enter");
    desk.type_text("green");
    desk.press("enter");
    let mut again = Desk::new(SIZE, "en");
    again.resume(desk.app.session.events.clone());
    again.see(World::silent_node());
    again.read_every_kind();
    assert!(matches!(status(&again, "other/lamp"), Status::Ended(..)));
    assert_eq!(again.step(), "other/green");
    assert!(again.screen().contains("✔ holds"), "{}", again.screen());
}

#[test]
fn one_that_waited_for_a_value_is_taken_apart_when_it_is_given() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.open("team/late", &[("node", "worker-3")]);
    // It begins without the other one.
    desk.press("enter enter");
    desk.carry_out();
    let cordoned = desk.world.clone().cordoned("worker-3", true);
    desk.see(cordoned.clone());
    assert_eq!(desk.step(), "other");
    desk.press("shift-p enter");
    choose(&mut desk, |c| matches!(c, Chosen::Param { value, .. } if value.plain() == "worker-2"));
    assert_eq!(desk.step(), "other/there", "{}", desk.screen());
    let mut again = Desk::new(SIZE, "en");
    again.resume(desk.app.session.events.clone());
    again.see(cordoned);
    again.read_every_kind();
    let steps = |desk: &Desk| {
        let run = desk.app.run.as_ref().unwrap();
        run.tree.steps().map(|(_, s)| s.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(steps(&desk), steps(&again), "a session that goes on has the same");
}
