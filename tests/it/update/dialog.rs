//! Confirmations and messages that are longer than the screen: what stays in sight, what scrolls, and that nobody
//! approves what could not be read.

use std::collections::BTreeSet;

use opsbook::app::Msg;
use opsbook::app::dialog::{self, Part, Seen};
use opsbook::app::overlay::{Confirm, Errand, Message, Overlay};
use opsbook::app::screens::Scroll;
use opsbook::domain::{Mouse, MouseKind, hidden, hides};
use opsbook::op::{About, Place, Script, plan_script};
use proptest::prelude::*;

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

fn asked_for(body: &str) -> Confirm {
    let script = Script {
        place: Place::Local,
        interpreter: "sh".into(),
        body: body.into(),
        env: Vec::new(),
        interactive: false,
        any_exit: false,
        proof: None,
        timeout_seconds: None,
    };
    let about = About { step: "look".into(), proof: Some(body.to_owned()), ..About::default() };
    Confirm {
        plan: plan_script(script, about),
        accepted: BTreeSet::new(),
        question: 0,
        typed: String::new(),
        errand: Errand::default(),
        others: Vec::new(),
        left: Vec::new(),
        preview: None,
        refused: None,
        opened: None,
        scroll: Scroll::default(),
        seen: Seen::default(),
    }
}

/// What a reader sees of a text, without blanks.
fn seen(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !hides(*c)).collect()
}

/// Whether all characters of one text stand in another, in their order.
fn holds(text: &str, part: &str) -> bool {
    let mut all = text.chars();
    part.chars().all(|c| all.any(|other| other == c))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// The rows of the confirmation, and the cells of the screen.
    #[test]
    fn every_visible_character_of_a_script_is_in_its_confirmation(
        parts in prop::collection::vec(prop_oneof![
            3 => "[a-z;:#<>`|节 \n\t]{1,12}",
            2 => prop::sample::select(vec!["\u{1b}]", "\u{1b}[", "\u{1b}\\", "\u{9d}", "\u{9c}", "\u{7}", "\u{1b}P",
                "\u{202e}", "\u{200b}", "\r", "\u{85}", "```", "\n```\n<!--", "\u{1b}"]).prop_map(str::to_owned),
        ], 1..12),
    ) {
        let body = parts.concat();
        let mut desk = Desk::at((100, 60), World::healthy());
        let confirm = asked_for(&body);
        let dialog = dialog::confirm(&desk.app, &confirm);
        let of = |part: fn(Part) -> bool| -> String {
            seen(&dialog.rows.iter().filter(|row| part(row.part)).map(|row| row.text.as_str()).collect::<String>())
        };
        prop_assert!(holds(&of(|part| part == Part::Script), &seen(&body)), "{body:?}\n{dialog:#?}");
        prop_assert!(holds(&of(|part| matches!(part, Part::Consequence(_))), &seen(&body)), "the proof of {body:?}");
        prop_assert!(dialog.rows.iter().all(|row| !hidden(&row.text)), "{dialog:#?}");
        desk.app.overlays.push(Overlay::Confirm(Box::new(confirm)));
        desk.draw_frame();
        let screen = desk.screen();
        let rows: String = dialog.rows.iter().take(dialog.height()).map(|row| row.text.as_str()).collect();
        prop_assert!(holds(&seen(&screen), &seen(&rows)), "{body:?}\n{screen}");
    }
}
