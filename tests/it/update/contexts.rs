//! Before there is a session: a context is chosen by the operator and by nobody else.

use opsbook::app::screens::{ContextRow, Contexts, Screen};
use opsbook::app::{Effect, Msg};
use opsbook::domain::{Mouse, MouseKind, Press, Pressed};

use crate::support::{Desk, World};

fn row(name: &str, server: &str, production: bool) -> ContextRow {
    let (name, server) = (name.to_owned(), server.to_owned());
    ContextRow { cluster: format!("{name}-cluster"), name, server, namespace: "shop".to_owned(), production }
}

fn desk(rows: Vec<ContextRow>) -> Desk {
    let mut desk = Desk::at((80, 24), World::nothing());
    let why = "the kubeconfig has no current context".to_owned();
    desk.app.screens = vec![Screen::Contexts(Contexts { why, rows, ..Contexts::default() })];
    desk.draw_frame();
    desk.effects.clear();
    desk
}

fn three() -> Desk {
    desk(vec![
        row("dev", "https://10.0.0.1", false),
        row("eu-prod", "https://10.0.0.2", true),
        row("us-prod", "https://10.0.0.3", true),
    ])
}

fn name(effect: &Effect) -> Option<&str> {
    if let Effect::Connect(name) = effect { Some(name) } else { None }
}

fn opened(desk: &Desk) -> Vec<&str> {
    desk.effects.iter().filter_map(name).collect()
}

#[test]
fn enter_opens_the_context_under_the_cursor_and_nothing_opens_by_itself() {
    let mut desk = three();
    assert!(opened(&desk).is_empty());
    desk.press("down enter");
    assert_eq!(opened(&desk), ["eu-prod"]);
    // One alone is not opened by itself either.
    let mut one = self::desk(vec![row("only", "https://10.0.0.1", false)]);
    assert!(opened(&one).is_empty());
    one.press("enter");
    assert_eq!(opened(&one), ["only"]);
}

#[test]
fn what_is_typed_finds_a_context_and_means_nothing_else() {
    let mut desk = three();
    desk.type_text("PROD 0.3");
    let screen = desk.screen();
    assert!(screen.contains("us-prod") && !screen.contains("dev ") && screen.contains("1 of 3"), "{screen}");
    desk.press("enter");
    assert_eq!(opened(&desk), ["us-prod"]);
    // Keys that mean something in a session are letters here.
    for keys in ["q", ":", "!", "?", "/", "shift-a", "shift-s"] {
        let mut desk = three();
        desk.press(keys);
        assert!(desk.effects.is_empty() && desk.app.overlays.is_empty(), "{keys}");
        assert!(matches!(desk.app.screen(), Screen::Contexts(c) if c.text.chars().count() == 1), "{keys}");
    }
    let mut desk = three();
    desk.type_text("nothing like it");
    assert!(desk.screen().contains("No context fits"), "{}", desk.screen());
    desk.press("enter");
    assert!(opened(&desk).is_empty());
    desk.press("esc");
    assert!(desk.screen().contains("3 of 3") && desk.effects.is_empty(), "{}", desk.screen());
    desk.press("esc");
    assert_eq!(desk.effects, [Effect::Quit]);
}

#[test]
fn a_key_that_was_pressed_before_the_list_was_seen_opens_nothing() {
    let mut desk = three();
    let at = desk.hand;
    for how in [Pressed::Waited, Pressed::Repeated] {
        let key = "enter".parse().unwrap();
        desk.tell(Msg::Key(Press { key, at, how }));
    }
    assert!(opened(&desk).is_empty());
}

#[test]
fn production_is_marked_in_a_word_and_where_a_context_leads_is_shown_whole() {
    let mut desk = three();
    let screen = desk.screen();
    assert_eq!(screen.matches("PRODUCTION").count(), 2, "{screen}");
    assert!(screen.contains("no cluster yet") && screen.contains("dev-cluster"), "{screen}");
    desk.press("down");
    assert!(desk.screen().contains("PRODUCTION, opens read-only"), "{}", desk.screen());
    let arn = |name: &str| format!("arn:aws:eks:eu-west-1:123456789012:cluster/{name}");
    let long = self::desk(vec![row(&arn("shop-a"), "", false), row(&arn("shop-b"), "", false)]);
    let screen = long.screen();
    assert!(
        screen.contains("shop-a") && screen.contains("shop-b") && screen.contains(&arn("shop-a")),
        "{screen}"
    );
}

#[test]
fn a_click_selects_a_context_and_a_second_one_opens_it() {
    let mut desk = three();
    let click = Msg::Mouse(Mouse { kind: MouseKind::Click, column: 5, row: 5 });
    desk.tell(click.clone());
    assert!(opened(&desk).is_empty());
    let Screen::Contexts(contexts) = desk.app.screen() else { panic!("it stays") };
    assert_eq!(contexts.chosen().unwrap().name, "us-prod");
}
