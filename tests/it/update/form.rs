//! The choices of an operation as fields.

use opsbook::app::overlay::Overlay;
use opsbook::domain::{PodRow, Risk};
use opsbook::op::{Approval, Plan};

use crate::support::{Desk, World, pod};

const SIZE: (u16, u16) = (80, 24);

fn bare() -> PodRow {
    let mut row = pod("shop", "toolbox", "worker-3");
    row.meta.owner = None;
    row
}

/// A desk with the cursor on the node.
fn on_node(world: World) -> Desk {
    let mut desk = Desk::at(SIZE, world);
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter end");
    desk
}

fn plan(desk: &Desk) -> &Plan {
    match desk.app.overlays.last() {
        Some(Overlay::Confirm(c)) => &c.plan,
        other => panic!("no confirmation but {other:?}\n{}", desk.screen()),
    }
}

#[test]
fn a_node_with_a_pod_that_nothing_makes_again_is_drained_by_a_choice_on_its_rung() {
    let mut desk = on_node(World::healthy().pod(bare()));
    desk.press("r");
    assert!(desk.said().contains("bare pods on worker-3: shop/toolbox"), "{}", desk.said());
    assert!(desk.screen().contains("force") && desk.screen().contains("plan it"), "{}", desk.screen());
    // The cursor is on the switch that would do.
    desk.press("enter");
    assert!(desk.screen().contains("force             yes"), "{}", desk.screen());
    desk.press("pgup enter");
    assert_eq!((plan(&desk).risk, plan(&desk).approval()), (Risk::Critical, Approval::TypeObject));
    assert!(plan(&desk).kubectl.to_string().contains("--force"), "{}", plan(&desk).kubectl);
    let before = desk.executed();
    desk.press("pgdn pgdn space tab");
    desk.type_text("worker-3");
    desk.press("enter");
    assert_eq!(desk.executed(), before + 1, "{}", desk.screen());
}

#[test]
fn fields_take_text_are_judged_and_keep_what_they_have() {
    let mut desk = on_node(World::healthy());
    desk.press("o");
    desk.type_text("node.drain");
    desk.press("enter");
    desk.type_text("gracePeriod");
    desk.press("enter");
    desk.type_text("30s");
    desk.press("enter");
    assert!(desk.screen().contains("gracePeriod       30s"), "{}", desk.screen());
    desk.type_text("timeout");
    desk.press("enter");
    desk.type_text("1h");
    desk.press("enter pgup enter");
    let line = plan(&desk).kubectl.to_string();
    assert!(line.contains("--grace-period=30 --timeout=3600s"), "{line}");
    // A key of the confirmation leads back to them, with what they have.
    desk.press("e");
    assert!(desk.screen().contains("timeout           1h"), "{}", desk.screen());
    desk.type_text("gracePeriod");
    desk.press("enter");
    desk.type_text("0s");
    desk.press("enter pgup enter");
    assert!(desk.said().contains("a grace of 0"), "{}", desk.said());
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Choose(_))), "another value may do");
}

#[test]
fn a_drain_without_choices_is_asked_for_by_one_key_as_before() {
    let mut desk = on_node(World::healthy());
    desk.press("r");
    assert_eq!(plan(&desk).risk, Risk::Medium);
    assert!(desk.app.overlays.len() == 1);
}

#[test]
fn the_plan_of_a_step_is_done_as_its_runbook_says() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.walk_to("drain");
    desk.press("enter e");
    assert!(desk.said().contains("no choices of its own"), "{}", desk.said());
    assert_eq!(plan(&desk).op, "node.drain");
}
