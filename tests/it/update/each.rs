//! Steps for each object of a list: one by one or together, with one yes for all where that is allowed, stopping at the
//! first that fails.

use opsbook::app::overlay::{Chosen, Overlay};
use opsbook::app::{Effect, Msg};
use opsbook::domain::{Followed, Interest, Kind, ObjectKey, ObjectRow, SyncState};
use opsbook::record::{Ending, What};
use opsbook::walk::Status;

use super::late::{choose, offered};
use super::runbook::{SIZE, records, status};
use crate::support::{Desk, World};

const ONE: &str = "each-worker[worker-1]";
const TWO: &str = "each-worker[worker-2]";

fn desk() -> Desk {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.open("team/every", &[("node", "worker-3"), ("workers", "worker-1, worker-2")]);
    desk
}

fn at(step: &str) -> Desk {
    let mut desk = desk();
    desk.look_at(step);
    desk
}

fn cordon(desk: &mut Desk, node: &str) {
    let world = desk.world.clone().cordoned(node, true);
    desk.see(world);
}

/// The present object alone is approved.
fn one(desk: &mut Desk) {
    desk.press("enter");
    if matches!(desk.app.overlays.last(), Some(Overlay::Choose(_))) {
        choose(desk, |c| matches!(c, Chosen::OneOfEach { .. }));
    }
    if matches!(desk.app.overlays.last(), Some(Overlay::Confirm(_))) {
        desk.approve();
    }
}

fn all(desk: &mut Desk) {
    desk.press("enter");
    choose(desk, |c| matches!(c, Chosen::AllOfEach { .. }));
}

#[test]
fn each_object_has_a_plan_and_a_proof_of_its_own_in_the_order_of_the_list() {
    let mut desk = at(ONE);
    assert!(desk.screen().contains("1 of 2 worker-1 · cordon worker-1"), "{}", desk.screen());
    one(&mut desk);
    desk.carry_out();
    desk.look_at(TWO);
    desk.press("enter");
    assert!(desk.said().contains("worker-1 comes first"), "{}", desk.said());
    desk.look_at_back(ONE);
    cordon(&mut desk, "worker-1");
    assert_eq!(desk.step(), TWO, "the next one comes when the one before is proved");
    one(&mut desk);
    let Some(Effect::Execute { step, approved, .. }) = desk.effects.last() else {
        panic!("{}", desk.screen())
    };
    assert_eq!((step.as_deref(), approved.plan().target.name()), (Some(TWO), "worker-2"));
}

#[test]
fn one_yes_for_all_lists_every_object_and_runs_them_in_their_turn() {
    let mut desk = at(ONE);
    all(&mut desk);
    let screen = desk.screen();
    assert!(screen.contains("y run all 2") && screen.contains("cordon worker-2:"), "{screen}");
    assert_eq!(desk.executed(), 0);
    desk.approve();
    assert_eq!(desk.executed(), 1);
    desk.carry_out();
    cordon(&mut desk, "worker-1");
    desk.pass(1);
    assert_eq!(desk.executed(), 2, "the second one needs no other key: {}", desk.screen());
    desk.carry_out();
    cordon(&mut desk, "worker-2");
    assert!(matches!(status(&desk, TWO), Status::Ended(Ending::Proved, _)));
}

/// Lets these config maps be read; of all others nothing has come yet.
fn maps(desk: &mut Desk, names: &[&str]) {
    let map = |name: &&str| {
        serde_json::json!({
            "kind": "ConfigMap", "metadata": {"namespace": "shop", "name": name, "uid": name, "resourceVersion": "1"},
        })
    };
    let mut world = desk.world.clone();
    world.0.followed.clear();
    for name in names {
        let key = ObjectKey::new(Kind::ConfigMap, "shop", *name);
        let mut followed = Followed { state: SyncState::Live, look: u64::MAX, ..Followed::default() };
        followed.put(ObjectRow::read(map(name)));
        world.0.followed.insert(Interest::one(&key), followed);
    }
    desk.see(world);
}

fn at_notes() -> Desk {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.open("team/labels", &[("maps", "one, two, three")]);
    assert_eq!(desk.step(), "note-each[one]");
    desk
}

#[test]
fn while_elements_are_read_nobody_is_asked_about_all_of_them() {
    let mut desk = at_notes();
    maps(&mut desk, &["one", "two"]);
    assert!(desk.screen().contains("1 of 3 one · reading 2 of 3…"), "{}", desk.screen());
    desk.press("enter");
    let Some(Overlay::Choose(open)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert!(open.title.contains("reading 2 of 3…"), "{}", open.title);
    assert!(matches!(offered(&desk)[..], [Chosen::OneOfEach { .. }, Chosen::Nothing]));
    desk.press("down");
    maps(&mut desk, &["one", "two", "three"]);
    let rows = offered(&desk);
    assert!(matches!(rows[..], [Chosen::OneOfEach { .. }, Chosen::AllOfEach { .. }, Chosen::Nothing]));
    let Some(Overlay::Choose(open)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!(open.selected, 2, "the cursor stays on its row");
    assert!(!desk.screen().contains("reading"), "{}", desk.screen());
    desk.press("up enter");
    assert!(desk.screen().contains("y run all 3"), "{}", desk.screen());
}

#[test]
fn elements_that_are_refused_stand_in_the_confirmation_with_the_reason() {
    let mut desk = Desk::at(SIZE, World::healthy().cordoned("worker-2", true));
    let workers = "worker-1, worker-2, gone, worker-3";
    desk.open("team/every", &[("node", "worker-3"), ("workers", workers)]);
    desk.look_at(ONE);
    desk.press("enter");
    assert!(desk.screen().contains("2 of these 4, in one confirmation"), "{}", desk.screen());
    choose(&mut desk, |c| matches!(c, Chosen::AllOfEach { .. }));
    let screen = desk.screen();
    for words in
        ["y run all 2", "- worker-2 is not done: nothing to do:", "- gone is not done: Node gone is not"]
    {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    desk.approve();
    assert_eq!(desk.executed(), 1);
}

#[test]
fn an_object_that_changed_since_the_yes_asks_for_itself() {
    let mut desk = at(ONE);
    all(&mut desk);
    desk.approve();
    desk.carry_out();
    let changed = desk.world.clone().change_node("worker-2", |n| n.unschedulable = false);
    desk.see(changed);
    cordon(&mut desk, "worker-1");
    assert_eq!(desk.executed(), 1);
    assert!(desk.said().contains("worker-2 asks for itself"), "{}", desk.said());
    assert_eq!(desk.step(), TWO);
    one(&mut desk);
    assert_eq!(desk.executed(), 2);
}

#[test]
fn nothing_runs_after_a_failure_until_the_operator_has_answered() {
    let mut desk = at(ONE);
    all(&mut desk);
    desk.approve();
    desk.fail(true);
    desk.pass(60);
    assert_eq!(desk.executed(), 1);
    desk.press("enter");
    let rows = offered(&desk);
    assert!(matches!(
        rows[..],
        [
            Chosen::Again { .. },
            Chosen::TakeBack { .. },
            Chosen::Skip { .. },
            Chosen::StopEach { .. },
            Chosen::Nothing
        ]
    ));
    choose(&mut desk, |c| matches!(c, Chosen::StopEach { .. }));
    assert!(
        matches!(status(&desk, TWO), Status::Ended(Ending::Skipped, w) if w.contains("stopped after worker-1"))
    );
    desk.pass(60);
    assert_eq!(desk.executed(), 1);
}

#[test]
fn going_on_after_a_failure_runs_the_rest() {
    let mut desk = at(ONE);
    all(&mut desk);
    desk.approve();
    desk.fail(true);
    desk.press("enter");
    choose(&mut desk, |c| matches!(c, Chosen::Skip { .. }));
    desk.type_text("it is broken");
    desk.press("enter");
    desk.pass(1);
    assert_eq!(desk.executed(), 2);
}

#[test]
fn a_preview_that_objects_stops_the_rest() {
    let mut desk = at(ONE);
    all(&mut desk);
    desk.approve();
    desk.carry_out();
    desk.previews = false;
    cordon(&mut desk, "worker-1");
    let asked =
        desk.effects.iter().rev().find_map(|e| if let Effect::Preview(p) = e { Some(p) } else { None });
    let mut preview = crate::support::clean(asked.unwrap(), desk.now);
    preview.refused = Some("a webhook says no".into());
    desk.tell(Msg::Previewed(Box::new(preview)));
    desk.pass(1);
    assert_eq!(desk.executed(), 1);
    assert!(desk.app.run.as_ref().unwrap().steps.iter().all(|s| s.approved.is_none()));
}

#[test]
fn at_most_so_many_are_under_way_in_parallel() {
    let world =
        ["worker-1", "worker-2", "worker-3"].iter().fold(World::healthy(), |w, n| w.cordoned(n, true));
    let mut desk = Desk::at(SIZE, world);
    desk.open("team/every", &[("node", "worker-3"), ("workers", "worker-1, worker-2, worker-3")]);
    desk.look_at("together[worker-1]");
    all(&mut desk);
    desk.approve();
    desk.pass(1);
    assert_eq!(desk.executed(), 2, "two at a time");
    desk.carry_out();
    let open = desk.world.clone().cordoned("worker-2", false);
    desk.see(open);
    desk.pass(1);
    assert_eq!(desk.executed(), 3, "the third when one is proved: {}", desk.screen());
}

#[test]
fn a_session_that_goes_on_knows_which_objects_are_done() {
    let mut desk = at(ONE);
    one(&mut desk);
    desk.carry_out();
    cordon(&mut desk, "worker-1");
    let events = desk.app.session.events.clone();
    let world = desk.world.clone();
    let mut again = Desk::new(SIZE, "en");
    again.resume(events);
    again.see(world);
    again.read_every_kind();
    assert!(matches!(status(&again, ONE), Status::Ended(Ending::Proved, _)));
    assert_eq!(status(&again, TWO), Status::Todo);
    assert_eq!(again.step(), TWO);
}

#[test]
fn several_values_are_chosen_row_by_row() {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.open("team/every", &[("node", "worker-3")]);
    let mark = |desk: &mut Desk, name: &str| {
        desk.type_text(name);
        desk.press("space");
        let Some(Overlay::Choose(c)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
        assert_eq!(c.text, name, "a blank marks, and does not type");
        let (row, _) = &c.rows[c.visible()[c.selected].0];
        assert!(row.contains(&format!("] {name}")), "the cursor stays on its row: {row}");
        desk.press("ctrl-u");
    };
    assert!(desk.screen().contains("space mark  ⏎ choose"), "{}", desk.screen());
    mark(&mut desk, "worker-2");
    mark(&mut desk, "worker-1");
    mark(&mut desk, "cp-1");
    mark(&mut desk, "cp-1");
    // Enter takes what is marked, wherever the cursor is.
    desk.press("end enter");
    let run = desk.app.run.as_ref().unwrap();
    assert_eq!(run.params["workers"].shown(), "worker-2, worker-1");
    let opened = records(&desk.effects).into_iter().any(
        |w| matches!(w, What::Opened { steps, .. } if steps.iter().any(|s| s == "each-worker[worker-2]")),
    );
    assert!(opened, "the steps are recorded with their objects");
    // What is chosen already is marked, and the cursor is there.
    desk.press("shift-p down enter");
    let Some(Overlay::Choose(c)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!(c.rows[c.selected].0, "[x] worker-1");
    desk.press("esc shift-p enter");
    let Some(Overlay::Choose(c)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!(c.rows[c.selected].0, "worker-3");
    // Without a mark enter takes the row under the cursor.
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.open("team/every", &[("node", "worker-3")]);
    desk.press("down enter");
    let picked = desk.app.run.as_ref().unwrap().params["workers"].shown();
    assert!(!picked.contains(','), "{picked}");
}
