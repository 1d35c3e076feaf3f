//! What a credential plugin says while it waits is in sight on every screen.

use opsbook::app::Msg;
use opsbook::domain::Asking;

use crate::support::{Desk, World, now};

#[test]
fn what_a_credential_plugin_says_is_in_sight_on_every_screen() {
    let mut desk = Desk::at((80, 24), World::silent_node());
    desk.press(":");
    desk.type_text("pods");
    desk.press("enter");
    let asking = |said: &str| Asking { plugin: "login-tool".into(), since: now(), said: said.into() };
    desk.tell(Msg::Login(Some(asking(""))));
    assert!(desk.screen().contains("logging in"), "{}", desk.screen());
    desk.tell(Msg::Login(Some(asking("enter the code ABCD"))));
    let screen = desk.screen();
    assert!(screen.contains("login-tool waits and says: enter the code ABCD"), "{screen}");
    desk.tell(Msg::Login(None));
    assert!(!desk.screen().contains("logging in"), "{}", desk.screen());
}
