//! Production is read-only until it is armed.

use opsbook::app::overlay::Overlay;
use opsbook::app::{Effect, Msg, Options};
use opsbook::domain::{ClusterInfo, Risk};
use opsbook::op::{Class, ContextRule, Lock};
use opsbook::record::What;

use crate::support::{Desk, World};

const SIZE: (u16, u16) = (120, 40);

/// The context of the worlds of the tests.
const PROD: &str = "prod-eu-1";

/// A desk at a production cluster, which is called as the worlds of the tests are.
fn production(raise_risk: bool) -> Desk {
    let mut desk = unseen(raise_risk);
    desk.see(World::silent_node());
    desk
}

/// The same before the API server has answered anything.
fn unseen(raise_risk: bool) -> Desk {
    let name = PROD.to_owned();
    let rule = ContextRule { name, server: None, class: Class::Prod, armed_minutes: Some(10), raise_risk };
    let lock = Lock::of(&World::cluster(), &[], &[rule]);
    let options = Options { lang: "en".into(), lock, ..Options::default() };
    Desk::with(SIZE, options)
}

#[test]
fn before_the_first_picture_the_name_is_asked_for_all_the_same() {
    let mut desk = unseen(false);
    let screen = desk.screen();
    assert!(screen.contains(PROD) && screen.contains("PRODUCTION read-only"), "{screen}");
    desk.press("shift-a");
    assert!(desk.screen().contains("type prod-eu-1 to allow changes"), "{}", desk.screen());
    desk.press("enter");
    assert!(desk.app.options.lock.armed(desk.now).is_none(), "an empty field opens nothing");
    desk.press("shift-a");
    desk.type_text(PROD);
    desk.press("enter");
    assert!(desk.app.options.lock.armed(desk.now).is_some(), "{}", desk.screen());
}

#[test]
fn a_name_can_be_pasted_to_arm_and_the_end_of_its_line_is_no_key() {
    let arn = "arn:aws:eks:eu-west-1:123456789012:cluster/shop-prod";
    let cluster = ClusterInfo { context: arn.to_owned(), ..World::cluster() };
    let lock = Lock::of(&cluster, &[], &[]);
    let mut desk = Desk::with(SIZE, Options { lang: "en".into(), lock, cluster, ..Options::default() });
    // In a list a paste is nothing, whatever keys it spells.
    desk.tell(Msg::Paste("A".into()));
    assert!(desk.app.overlays.is_empty());
    desk.press("shift-a");
    desk.tell(Msg::Paste(format!("{arn}\n")));
    assert!(desk.app.options.lock.armed(desk.now).is_none(), "a line end is no key");
    desk.press("enter");
    assert!(desk.app.options.lock.armed(desk.now).is_some(), "{}", desk.screen());
}

#[test]
fn production_is_read_only_until_its_name_is_typed_and_only_for_a_while() {
    let mut desk = production(false);
    desk.press("enter enter enter enter enter enter");
    assert_eq!(desk.step(), "cordon");
    let screen = desk.screen();
    assert!(
        screen.contains("PRODUCTION read-only") && screen.contains("the server was not asked"),
        "{screen}"
    );
    desk.press("enter");
    desk.type_text("something");
    desk.press("enter enter");
    assert!(!desk.effects.iter().any(|e| matches!(e, Effect::Preview(_) | Effect::Review(_))));
    desk.press("esc");
    // Armed, it is as anywhere else.
    desk.press("shift-a");
    desk.type_text(PROD);
    let armed = desk.press("enter");
    assert!(armed.contains(&Effect::Record(vec![What::Armed { seconds: 600 }])), "{armed:?}");
    assert!(desk.screen().contains("PRODUCTION armed 10m"), "{}", desk.screen());
    desk.press("enter");
    assert_eq!(desk.executed(), 1);
    let (_, approved) = desk.approved().unwrap();
    assert_eq!(approved.until().map(opsbook::domain::Timestamp::as_second), Some(desk.now.as_second() + 600));
    // Its time is over while a confirmation stands open.
    desk.press("esc :");
    desk.type_text("nodes");
    desk.press("enter g c");
    let over = desk.pass(600);
    assert!(over.contains(&Effect::Record(vec![What::Disarmed])), "its end is recorded as its beginning");
    assert!(desk.said().contains("is read-only again; shift-a"), "{}", desk.said());
    let screen = desk.screen();
    assert!(screen.contains("read-only until it is armed") && !screen.contains("y run  "), "{screen}");
    desk.press("y");
    assert_eq!(desk.executed(), 1);
    // The plan stays; armed again, it is run.
    desk.press("shift-a");
    desk.type_text(PROD);
    desk.press("enter");
    assert!(desk.screen().contains("y run  "), "{}", desk.screen());
    desk.approve();
    assert_eq!(desk.executed(), 2);
}

#[test]
fn a_clock_that_goes_back_while_production_is_armed_ends_that() {
    let mut desk = production(false);
    desk.press("shift-a");
    desk.type_text(PROD);
    desk.press("enter");
    desk.pass(60);
    assert!(desk.app.options.lock.armed(desk.now).is_some());
    let back = desk.pass(-30);
    assert!(back.contains(&Effect::Record(vec![What::Disarmed])), "{back:?}");
    assert!(desk.app.options.lock.armed(desk.now).is_none(), "not longer by what it went back");
    assert!(desk.said().contains("the clock was set back"), "{}", desk.said());
}

#[test]
fn production_can_be_shut_before_its_time_and_asks_for_more_where_it_is_configured() {
    let mut desk = production(true);
    desk.press("enter enter enter enter enter enter shift-a");
    desk.type_text(PROD);
    desk.press("enter enter");
    assert_eq!(desk.executed(), 0, "what is low elsewhere asks for y here");
    let Some(Overlay::Confirm(confirm)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!(confirm.plan.risk, Risk::Medium);
    desk.press("esc");
    let shut = desk.press("shift-a");
    assert!(shut.contains(&Effect::Record(vec![What::Disarmed])));
    desk.press("enter");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Input(_))), "it asks for the name again");
}
