//! Operations of the catalogue that hold secrets, last, or leave something behind.

use opsbook::app::overlay::Overlay;
use opsbook::app::{Effect, Msg, TaskEvent};
use opsbook::domain::{Kind, ObjectKey, SecretText};
use serde_json::json;

use crate::support::{Desk, World};

const SIZE: (u16, u16) = (80, 24);

fn secret() -> World {
    World::silent_node().object(json!({
        "kind": "Secret", "type": "Opaque", "metadata": {"namespace": "shop", "name": "db", "uid": "u", "resourceVersion": "7"},
        "data": {"password": "b2xkLW9sZA=="},
    }))
}

#[test]
fn what_is_typed_for_a_secret_is_hidden_and_known_before_anything_may_record_it() {
    let mut desk = Desk::at(SIZE, secret());
    desk.press(":");
    desk.type_text("secrets");
    desk.press("enter");
    desk.see(secret());
    desk.press("o");
    desk.type_text("secret.rotate");
    desk.press("enter");
    desk.type_text("password");
    desk.press("enter");
    desk.type_text("hunter2-hunter2");
    assert!(
        desk.screen().contains("•••••••••••••••") && !desk.screen().contains("hunter2"),
        "{}",
        desk.screen()
    );
    let effects = desk.press("enter");
    assert!(matches!(&effects[0], Effect::Taint(s) if s[0].reveal() == "hunter2-hunter2"), "{effects:?}");
    desk.press("enter");
    let Some(Overlay::Confirm(confirm)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert!(confirm.plan.summary.contains("the value that was typed"), "{}", confirm.plan.summary);
    assert!(!format!("{confirm:?}{}", desk.screen()).contains("hunter2"), "{}", desk.screen());
}

#[test]
fn a_token_is_on_the_screen_once_and_goes_with_its_message() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter c");
    desk.approve();
    let task = desk.approved().unwrap().0;
    let event = TaskEvent::Token {
        object: ObjectKey::new(Kind::ServiceAccount, "shop", "robot"),
        token: SecretText::new("eyJhbGciOi.once-and-never-again"),
        until: "2026-03-01T04:14:00Z".into(),
    };
    desk.tell(Msg::Task { id: task, event });
    let screen = desk.screen();
    assert!(screen.contains("once-and-never-again") && screen.contains("not recorded"), "{screen}");
    assert!(!format!("{:?}", desk.app).contains("once-and-never"), "only the screen shows it");
    desk.press("esc");
    assert!(!desk.screen().contains("once-and-never"), "{}", desk.screen());
}
