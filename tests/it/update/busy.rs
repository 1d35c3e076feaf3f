//! A confirmation on a node where pods come and go: what was read is approved, what grew is read again.

use opsbook::app::Effect;
use opsbook::app::overlay::Overlay;
use opsbook::domain::{Owner, PodRow};
use opsbook::op::Work;

use crate::support::{Desk, World, pod, stateful};

const SIZE: (u16, u16) = (120, 40);

/// A replica: nothing is lost with it while another one is ready elsewhere.
fn replica(name: &str, on: &str) -> PodRow {
    let mut row = pod("ci", name, on);
    row.meta.owner = Some(Owner { kind: "ReplicaSet".into(), name: "build".into() });
    row
}

/// The node reports, as a kubelet does, and has these replicas of one workload; another one is elsewhere.
fn busy(replicas: &[&str]) -> World {
    let world = World::silent_node().change_node("worker-3", |_| {});
    let world = world.pod(replica("build-9", "worker-1"));
    replicas.iter().fold(world, |world, name| world.pod(replica(name, "worker-3")))
}

fn asked(replicas: &[&str]) -> Desk {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.walk_to("drain");
    desk.see(busy(replicas));
    desk.press("enter space");
    desk
}

fn refused(desk: &Desk) -> String {
    let Some(Overlay::Confirm(c)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    c.refused.clone().unwrap_or_default()
}

#[test]
fn a_drain_is_approved_while_pods_come_and_go_and_the_new_plan_runs() {
    let mut desk = asked(&["build-1"]);
    let before = desk.executed();
    let Some(Overlay::Confirm(c)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    let read = c.plan.digest();
    desk.see(busy(&["build-2", "build-3"]).change_node("worker-3", |_| {}));
    desk.press("y");
    assert_eq!(desk.executed(), before + 1, "{}", desk.screen());
    let (_, approved) = desk.approved().unwrap();
    assert_eq!(approved.read(), Some(read.as_str()), "the journal says what was read");
    assert_ne!(approved.digest(), read);
    assert_eq!(approved.digest(), approved.plan().digest());
    let Work::Drain { drain, .. } = &approved.plan().work else { panic!() };
    let names: Vec<_> = drain.evict.iter().map(|p| p.key.name().to_owned()).collect();
    assert!(names.contains(&"build-3".to_owned()) && !names.contains(&"build-1".to_owned()), "{names:?}");
}

#[test]
fn a_plan_that_did_not_change_says_nothing_of_another_one() {
    let mut desk = asked(&[]);
    desk.press("y");
    assert_eq!(desk.approved().unwrap().1.read(), None);
}

#[test]
fn what_grew_while_it_was_read_is_named_and_read_again() {
    let mut desk = asked(&["build-1"]);
    let before = desk.executed();
    desk.see(busy(&["build-2"]).pod(stateful("shop", "cache-0", "worker-3")));
    desk.press("y");
    assert_eq!(desk.executed(), before);
    assert!(refused(&desk).contains("new since you read it"), "{}", refused(&desk));
    // What is asked now is what is there now: the same answer for it counts.
    desk.press("pgdn pgdn space y");
    assert_eq!(desk.executed(), before + 1, "{}", desk.screen());
}

#[test]
fn a_dry_run_that_has_not_answered_or_objects_still_holds_a_busy_plan() {
    let mut desk = asked(&["build-1"]);
    let before = desk.executed();
    if let Some(Overlay::Confirm(c)) = desk.app.overlays.last_mut() {
        c.preview = None;
    }
    desk.see(busy(&["build-2"]));
    desk.press("y");
    assert_eq!(desk.executed(), before);
}

#[test]
fn the_step_of_a_drain_can_be_entered_while_every_picture_has_other_pods() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.walk_to("drain");
    desk.see(busy(&["build-1"]));
    // The server is slower than the pods: it answers for a plan that is gone.
    desk.previews = false;
    let asked = |effects: Vec<Effect>| effects.iter().any(|e| matches!(e, Effect::Preview(_)));
    for other in ["build-2", "build-3", "build-4"] {
        assert!(!asked(desk.see(busy(&[other]))), "what was answered is good for it");
    }
    desk.previews = true;
    desk.press("enter");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Confirm(_))), "{}", desk.screen());
}
