//! Confirmations and messages that are longer than the screen: what stays in sight, what scrolls, and that nobody
//! approves what could not be read.

use opsbook::app::Msg;
use opsbook::app::overlay::{Confirm, Message, Overlay};
use opsbook::domain::{Mouse, MouseKind};

use crate::support::{Desk, World};

/// Small enough that the dangers of twelve pods do not fit.
const SMALL: (u16, u16) = (80, 14);

/// A drain of pods none of which has another replica.
fn drain(size: (u16, u16), pods: usize) -> Desk {
    let mut desk = Desk::at(size, World::silent_node().lonely_pods(pods));
    desk.walk_to("drain");
    desk.press("enter");
    desk
}

fn confirm(desk: &Desk) -> &Confirm {
    match desk.app.overlays.last() {
        Some(Overlay::Confirm(c)) => c,
        other => panic!("no confirmation but {other:?}\n{}", desk.screen()),
    }
}

fn message(desk: &Desk) -> Option<&Message> {
    match desk.app.overlays.last() {
        Some(Overlay::Message(m)) => Some(m),
        _ => None,
    }
}

fn refused(desk: &Desk) -> &str {
    confirm(desk).refused.as_deref().unwrap_or_default()
}

#[test]
fn title_ask_and_keys_stay_in_sight_and_dangers_come_first() {
    for size in [SMALL, (80, 24), (60, 16), (40, 10)] {
        let mut desk = drain(size, 30);
        for keys in ["pgdn", "end", "pgup", "home"] {
            let screen = desk.screen();
            assert!(screen.contains("▸drain worker-3"), "{size:?}\n{screen}");
            assert!(screen.contains("y run"), "{size:?}\n{screen}");
            assert!(screen.lines().last().unwrap().contains("accept"), "{size:?}\n{screen}");
            desk.press(keys);
        }
        let screen = desk.screen();
        assert!(screen.contains("✖ no replica elsewhere") && screen.contains("more ▼"), "{size:?}\n{screen}");
        assert!(!screen.contains('▲') || size.1 > 14, "warnings come later\n{screen}");
        desk.press("end");
        assert!(desk.screen().contains("▲") && !desk.screen().contains('▼'), "{}", desk.screen());
        assert!(desk.screen().contains("Rights ✔"), "{}", desk.screen());
    }
}

#[test]
fn nobody_approves_a_danger_that_was_not_in_sight() {
    let mut desk = drain(SMALL, 150);
    let before = desk.executed();
    // The question stands below the dangers: the first press only shows it.
    desk.press("space");
    assert!(confirm(&desk).accepted.is_empty() && refused(&desk).contains("read it"), "{}", desk.screen());
    for _ in 0..40 {
        if !confirm(&desk).accepted.is_empty() {
            break;
        }
        desk.press("space");
    }
    assert_eq!(confirm(&desk).accepted.len(), 1);
    desk.press("home y");
    assert!(refused(&desk).contains("below were not seen"), "{}", desk.screen());
    assert_eq!(desk.executed(), before);
    // Each answer shows more, until all was in sight; then it counts.
    let mut answers = 0;
    while desk.executed() == before {
        desk.press("y");
        answers += 1;
        assert!(answers < 40, "{}", desk.screen());
    }
    assert!(answers > 1, "so many pods are more than one page of this screen");
}

#[test]
fn who_scrolled_through_it_is_not_asked_again() {
    let mut desk = drain(SMALL, 60);
    let before = desk.executed();
    for _ in 0..40 {
        desk.press("pgdn");
    }
    desk.press("home space y");
    assert_eq!(desk.executed(), before + 1, "{}", desk.screen());
}

#[test]
fn what_fitted_is_not_asked_for_twice() {
    let mut desk = drain((120, 40), 3);
    assert!(!desk.screen().contains("more ▼"));
    let before = desk.executed();
    desk.press("y");
    assert!(refused(&desk).contains("first accept"), "{}", refused(&desk));
    desk.press("space y");
    assert_eq!(desk.executed(), before + 1);
}

#[test]
fn another_width_or_another_plan_must_be_read_anew() {
    let mut desk = drain(SMALL, 60);
    let before = desk.executed();
    for _ in 0..40 {
        desk.press("pgdn");
    }
    desk.press("space");
    desk.tell(Msg::Resize(60, 14));
    desk.press("home y");
    assert!(refused(&desk).contains("not seen"), "{}", desk.screen());
    desk.tell(Msg::Resize(120, 60));
    desk.press("y");
    assert_eq!(desk.executed(), before + 1, "{}", desk.screen());
}

#[test]
fn on_a_screen_without_room_for_a_line_nothing_is_approved() {
    let mut desk = drain((120, 40), 3);
    desk.press("esc");
    desk.tell(Msg::Resize(40, 5));
    let before = desk.executed();
    desk.press("enter space y space y");
    assert_eq!(desk.executed(), before);
}

fn mouse(desk: &mut Desk, kind: MouseKind, column: u16, row: u16) {
    desk.tell(Msg::Mouse(Mouse { kind, column, row }));
}

#[test]
fn the_wheel_scrolls_a_confirmation() {
    let mut desk = drain(SMALL, 60);
    mouse(&mut desk, MouseKind::ScrollDown, 40, 7);
    assert_eq!(confirm(&desk).scroll.top, 3);
    mouse(&mut desk, MouseKind::ScrollUp, 40, 7);
    assert_eq!(confirm(&desk).scroll.top, 0);
    mouse(&mut desk, MouseKind::Click, 40, 7);
    assert!(confirm(&desk).accepted.is_empty(), "a click accepts nothing");
}

#[test]
fn a_message_scrolls_and_only_closing_keys_close_it() {
    let mut desk = drain(SMALL, 60);
    desk.press("p");
    for keys in ["down", "pgdn", "j", "ctrl-d", "space", "up", "x", "w", "end", "shift-g"] {
        desk.press(keys);
        assert!(message(&desk).is_some(), "{keys}");
    }
    assert!(message(&desk).unwrap().scroll.top > 0);
    assert!(desk.screen().contains("▲") && !desk.screen().contains("more ▼"), "{}", desk.screen());
    desk.press("home");
    assert!(desk.screen().contains("more ▼"), "{}", desk.screen());
    for keys in ["esc", "enter", "q"] {
        desk.press("p");
        assert!(message(&desk).is_some());
        desk.press(keys);
        assert!(message(&desk).is_none() && confirm(&desk).refused.is_none(), "{keys}");
    }
    desk.press("p");
    mouse(&mut desk, MouseKind::Click, 40, 7);
    assert!(message(&desk).is_some(), "a click into the text closes nothing");
    mouse(&mut desk, MouseKind::Click, 0, 0);
    assert!(message(&desk).is_none());
}
