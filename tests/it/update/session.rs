//! The timeline: marks, notes on records, what is shown of it, and where a record leads.

use opsbook::app::screens::{DetailKind, Only, Screen};
use opsbook::app::{Effect, Msg};
use opsbook::domain::{Kind, ObjectKey};
use opsbook::record::{Format, What};
use opsbook::runbook::params::{ParamValue, SecretText};

use super::runbook::{at, records};
use crate::support::Desk;

/// At the timeline of a session that has cordoned a node and failed to evict a pod.
fn timeline() -> Desk {
    let mut desk = at("drain");
    desk.press("enter space y");
    let (_, plan) = desk.begin_task();
    let object = ObjectKey::new(Kind::Pod, "shop", "cart-0");
    let refused = What::Refused { plan, object, verb: "evict".into(), why: "no budget".into() };
    let recorded = desk.record(vec![refused]);
    desk.tell(recorded);
    desk.press("shift-s");
    desk
}

fn only(desk: &Desk) -> Only {
    match desk.app.screen() {
        Screen::Session(timeline) => timeline.only,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_mark_is_a_record_and_is_taken_off_by_another() {
    let mut desk = timeline();
    let last = desk.app.session.events.last().unwrap().seq;
    assert_eq!(*records(&desk.press("p"))[0], What::Pinned { record: last, on: true });
    assert!(desk.screen().contains("★✖"), "{}", desk.screen());
    // The mark itself is no line of the timeline, so the cursor is where it was.
    assert_eq!(*records(&desk.press("p"))[0], What::Pinned { record: last, on: false });
    assert!(!desk.screen().contains("★"), "{}", desk.screen());
    assert_eq!(desk.app.session.events.len() as u64, last + 3, "nothing is ever taken out");
}

#[test]
fn a_note_belongs_to_a_record_or_to_none() {
    let mut desk = timeline();
    let last = desk.app.session.events.last().unwrap().seq;
    desk.press("m");
    desk.type_text("asked the team");
    let effects = desk.press("enter");
    assert_eq!(*records(&effects)[0], What::Note { text: "asked the team".into(), about: Some(last) });
    assert!(desk.screen().contains(&format!("on record {last}: asked the team")), "{}", desk.screen());
    // Enter on the note leads to what its record is about.
    desk.press("enter");
    assert!(matches!(desk.app.screen(), Screen::Detail(d) if d.key.name() == "cart-0"));
    desk.press("esc shift-m");
    desk.type_text("free");
    assert_eq!(*records(&desk.press("enter"))[0], What::Note { text: "free".into(), about: None });
}

#[test]
fn only_marks_or_failures_are_shown_when_asked_for() {
    let mut desk = timeline();
    desk.press("p g p f");
    assert_eq!(only(&desk), Only::Pins);
    assert!(desk.screen().contains("2 marked as important"), "{}", desk.screen());
    desk.press("f");
    assert_eq!(only(&desk), Only::Failures);
    let screen = desk.screen();
    assert!(screen.contains("1 failures") && screen.contains("no budget"), "{screen}");
    desk.press("f");
    assert_eq!(only(&desk), Only::All);
}

#[test]
fn a_record_leads_to_its_object_or_its_step() {
    let mut desk = timeline();
    desk.press("enter");
    assert!(matches!(desk.app.screen(), Screen::Detail(d)
        if d.key.name() == "cart-0" && d.kind == DetailKind::Describe));
    // The record before it is the intent of the drain, a step of the runbook.
    desk.press("esc k enter");
    assert!(matches!(desk.app.screen(), Screen::Runbook(_)));
    assert_eq!(desk.step(), "drain");
    desk.press("shift-s g enter");
    assert!(desk.said().contains("no step and no object"), "{}", desk.said());
}

#[test]
fn the_cursor_stays_at_the_end_until_it_is_moved() {
    let mut desk = timeline();
    let note = |desk: &mut Desk| {
        let recorded = desk.record(vec![What::Note { text: "later".into(), about: None }]);
        desk.tell(recorded);
    };
    let selected = |desk: &Desk| match desk.app.screen() {
        Screen::Session(timeline) => timeline.list.selected,
        _ => usize::MAX,
    };
    let before = selected(&desk);
    note(&mut desk);
    assert_eq!(selected(&desk), before + 1);
    desk.press("k");
    note(&mut desk);
    assert_eq!(selected(&desk), before);
}

#[test]
fn an_export_asks_for_its_form() {
    let mut desk = timeline();
    assert!(desk.press("x").is_empty());
    assert!(desk.press("down enter").contains(&Effect::Export(Format::Markdown)));
}

#[test]
fn a_secret_value_is_told_before_anything_is_recorded() {
    let mut desk = at("cordon");
    let secret = SecretText::new("hunter2");
    desk.app.run.as_mut().unwrap().params.insert("password".into(), ParamValue::Secret(secret.clone()));
    let effects = desk.press("enter");
    assert_eq!(effects[0], Effect::Taint(vec![secret]), "before all else: {effects:?}");
    assert!(!desk.tell(Msg::Tick).iter().any(|e| matches!(e, Effect::Taint(_))), "once");
    assert!(!format!("{effects:?}").contains("hunter2"));
}
