//! A program in a pane, in the core: whose keys are whose, how it is left, where it is found again, what is drawn of it.

use opsbook::app::screens::{Hue, Ink, Picture, Screen, Span, ToProgram};
use opsbook::app::{Effect, Msg, TaskEvent};
use opsbook::domain::{Kind, Mouse, MouseKind, ObjectKey, SecretText, Timestamp};
use opsbook::record::{Ending, RunEnd};
use opsbook::redact::Secrets;
use opsbook::theme::Depth;
use opsbook::walk::{Given, Status};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::runbook::status;
use crate::support::{Desk, World, theme};

const SIZE: (u16, u16) = (80, 24);

/// A script that takes a terminal was approved and runs.
fn edits() -> (Desk, u64) {
    let mut desk = Desk::at(SIZE, World::healthy());
    let values =
        [("node", "worker-3"), ("nodes", "worker-1"), ("pod", "shop/api-7c9"), ("token", "hunter2-hunter2")];
    desk.open("team/scripts", &values);
    desk.look_at("edit");
    desk.press("enter");
    desk.approve();
    let (task, _) = desk.begin_task();
    (desk, task)
}

fn shows(desk: &mut Desk, task: u64, picture: Picture) {
    desk.tell(Msg::Task { id: task, event: TaskEvent::Shown(Box::new(picture)) });
}

fn rows(texts: &[&str]) -> Picture {
    let span = |text: &&str| vec![Span { text: (*text).to_owned(), ..Span::default() }];
    Picture { rows: texts.iter().map(span).collect(), ..Picture::default() }
}

fn ends(desk: &mut Desk, task: u64, end: RunEnd, words: &str) {
    desk.tell(Msg::Task { id: task, event: TaskEvent::Ended { end, words: words.into() } });
}

/// Half a second.
fn a_moment(desk: &mut Desk) {
    desk.now = Timestamp::from_millisecond(desk.now.as_millisecond() + 500).unwrap();
}

fn to(effects: &[Effect]) -> Vec<ToProgram> {
    let of = |e: &Effect| if let Effect::Terminal { to, .. } = e { Some(to.clone()) } else { None };
    effects.iter().filter_map(of).collect()
}

fn typed(bytes: &str) -> ToProgram {
    ToProgram::Typed(bytes.as_bytes().to_vec())
}

#[test]
fn its_size_is_told_first_and_whenever_the_window_changes() {
    let (mut desk, task) = edits();
    assert!(matches!(desk.app.screen(), Screen::Terminal(t) if t.task == task));
    let at = desk.effects.iter().position(|e| matches!(e, Effect::Execute { .. })).unwrap();
    assert_eq!(desk.effects[at + 1], Effect::Terminal { task, to: ToProgram::Size(80, 22) });
    assert_eq!(to(&desk.tell(Msg::Resize(50, 10))), [ToProgram::Size(50, 8)]);
    assert_eq!(to(&desk.tell(Msg::Resize(0, 0))), [ToProgram::Size(1, 1)]);
}

#[test]
fn what_is_shown_once_waits_until_the_pane_is_left() {
    let (mut desk, task) = edits();
    let event = TaskEvent::Token {
        object: ObjectKey::new(Kind::ServiceAccount, "shop", "robot"),
        token: SecretText::new("eyJhbGciOi.shown-once"),
        until: "2026-03-01T04:14:00Z".into(),
    };
    desk.tell(Msg::Task { id: task, event });
    assert!(desk.said().contains("is shown when this pane is left"), "{}", desk.said());
    assert_eq!(to(&desk.press("q")), [typed("q")], "the program still has the keys");
    assert!(!desk.screen().contains("shown-once"));
    desk.press("ctrl-] b");
    assert!(desk.screen().contains("shown-once"), "{}", desk.screen());
}

#[test]
fn every_key_is_the_programs_but_one_and_the_mouse_goes_nowhere() {
    let (mut desk, task) = edits();
    let sent = desk.press("q ? ctrl-c ctrl-z esc enter up 1");
    let wanted = ["q", "?", "\x03", "\x1a", "\x1b", "\r", "\x1b[A", "1"];
    assert_eq!(to(&sent), wanted.map(typed));
    assert_eq!(sent.len(), wanted.len(), "{sent:?}");
    shows(&mut desk, task, Picture { application_cursor: true, bracketed_paste: true, ..rows(&["x"]) });
    assert_eq!(to(&desk.press("up")), [typed("\x1bOA")]);
    assert_eq!(to(&desk.tell(Msg::Paste("a\nb".into()))), [typed("\x1b[200~a\rb\x1b[201~")]);
    assert_eq!(to(&desk.press("shift-pgup shift-pgdn")), [ToProgram::Scroll(21), ToProgram::Scroll(-21)]);
    for kind in [MouseKind::Click, MouseKind::ScrollUp] {
        assert_eq!(desk.tell(Msg::Mouse(Mouse { kind, column: 3, row: 3 })), []);
    }
    assert!(matches!(desk.app.screen(), Screen::Terminal(_)));
}

#[test]
fn leaving_asks_and_what_was_not_asked_is_not_ended() {
    let (mut desk, task) = edits();
    assert_eq!(desk.press("ctrl-]"), []);
    assert!(desk.screen().contains("y end it  b keep it in the background  esc stay"), "{}", desk.screen());
    assert_eq!(desk.press("enter x ctrl-y space"), []);
    assert_eq!(desk.tell(Msg::Paste("y".into())), []);
    assert_eq!(desk.press("esc"), []);
    assert_eq!(to(&desk.press("y")), [typed("y")]);
    assert_eq!(desk.press("ctrl-] y"), [Effect::Cancel(task)]);
    assert!(desk.screen().contains("is being ended"), "{}", desk.screen());
    ends(&mut desk, task, RunEnd::Cancelled, "stopped; what it did so far stays");
    assert!(matches!(status(&desk, "edit"), Status::Failed(why) if why.contains("cancelled")));
}

#[test]
fn in_the_background_it_is_a_task_that_is_opened_again() {
    let (mut desk, task) = edits();
    desk.press("ctrl-] b");
    assert!(matches!(desk.app.screen(), Screen::Runbook(_)));
    assert!(desk.said().contains("goes on in the background"), "{}", desk.said());
    assert_eq!(to(&desk.tell(Msg::Resize(100, 30))), [ToProgram::Size(100, 28)]);
    shows(&mut desk, task, rows(&["meanwhile"]));
    // From its step, and from the tasks.
    assert!(desk.screen().contains("⏎ opens its terminal"), "{}", desk.screen());
    desk.press("enter");
    assert!(desk.screen().contains("meanwhile"), "{}", desk.screen());
    desk.press("ctrl-] b ! end");
    assert!(desk.screen().lines().last().unwrap().contains("⏎ open"), "{}", desk.screen());
    assert_eq!(to(&desk.press("enter")), [ToProgram::Size(100, 28)]);
    assert!(desk.screen().contains("meanwhile"), "{}", desk.screen());
    desk.press("ctrl-] b");
    assert!(matches!(desk.app.screen(), Screen::Tasks(_)));
}

#[test]
fn its_last_picture_stays_until_a_key_that_was_meant_for_it() {
    let (mut desk, task) = edits();
    shows(&mut desk, task, rows(&["the last words"]));
    let given = Given { exit: 0, cut: true, ..Given::default() };
    desk.tell(Msg::Task { id: task, event: TaskEvent::Given(Box::new(given)) });
    ends(&mut desk, task, RunEnd::Applied, "ended with 0");
    let screen = desk.screen();
    assert!(
        screen.contains("the last words") && screen.contains("ended with 0 · any key closes"),
        "{screen}"
    );
    assert_eq!(status(&desk, "edit"), Status::Ended(Ending::Ran, "edit ended with 0".into()));
    assert_eq!(desk.press("enter"), [], "it was on its way to the program");
    assert!(matches!(desk.app.screen(), Screen::Terminal(_)));
    a_moment(&mut desk);
    assert_eq!(desk.tell(Msg::Paste("x".into())), []);
    assert_eq!(desk.press("enter"), []);
    assert!(matches!(desk.app.screen(), Screen::Runbook(_)), "{}", desk.screen());
    // Nothing of it is kept.
    assert_eq!(desk.app.tasks.get(task).unwrap().terminal, None);
}

#[test]
fn a_shell_in_a_pod_is_opened_once() {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.press(":");
    desk.type_text("pods");
    desk.press("enter s");
    desk.approve();
    let (task, _) = desk.begin_task();
    shows(&mut desk, task, rows(&["/ # "]));
    assert!(desk.screen().contains("ctrl-] leave  shell in"), "{}", desk.screen());
    desk.press("ctrl-]");
    assert!(desk.screen().contains("y give it up"), "{}", desk.screen());
    desk.press("b s");
    assert_eq!(desk.executed(), 1);
    assert!(desk.screen().contains("/ #"), "{}", desk.screen());
    ends(&mut desk, task, RunEnd::Applied, "the shell has ended");
    a_moment(&mut desk);
    desk.press("enter s");
    assert!(desk.app.overlays.last().is_some(), "a new one is asked for:\n{}", desk.screen());
}

#[test]
fn what_opens_over_it_has_the_keys_and_what_is_said_waits() {
    let (mut desk, task) = edits();
    desk.tell(Msg::Said(opsbook::live::Tone::Bad, "something else happened".into()));
    shows(&mut desk, task, rows(&["x"]));
    assert!(!desk.screen().contains("something else happened"));
    desk.press("a ctrl-]");
    assert!(desk.app.status.is_some());
    let (columns, rows) = opsbook::app::layout::terminal(SIZE);
    let body = opsbook::app::layout::frame(&desk.app).body;
    assert_eq!((body.width, body.height), (columns, rows));
    desk.press("b");
    desk.press("q");
    assert!(!desk.effects.contains(&Effect::Quit), "it asks while a program runs");
}

#[test]
fn colours_are_those_that_the_terminal_has() {
    let (mut desk, task) = edits();
    let ink = Ink { fg: Hue::Index(196), bg: Hue::Rgb(0, 0, 0), bold: true, reverse: true, ..Ink::default() };
    shows(
        &mut desk,
        task,
        Picture { rows: vec![vec![Span { text: "x".into(), ink }]], ..Picture::default() },
    );
    for (depth, fg, bg) in [
        (Depth::True, Color::Indexed(196), Color::Rgb(0, 0, 0)),
        (Depth::Indexed, Color::Indexed(196), Color::Indexed(16)),
        (Depth::Sixteen, Color::Red, Color::Black),
        (Depth::None, Color::Reset, Color::Reset),
    ] {
        let cell = &desk.draw(depth).0[(0, 1)];
        assert_eq!((cell.fg, cell.bg), (fg, bg), "{depth:?}");
        assert!(cell.modifier.contains(Modifier::BOLD | Modifier::REVERSED), "{depth:?}");
    }
}

#[test]
fn values_of_the_vault_are_dots_in_it_and_cells_keep_their_columns() {
    let (mut desk, task) = edits();
    shows(&mut desk, task, rows(&["TOKEN=hunter2-hunter2 节点 e\u{301}x", "\u{301}orphan"]));
    let mut secrets = Secrets::default();
    secrets.add(b"hunter2-hunter2");
    let mut buf = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    opsbook::view::draw_without(&desk.app, &theme(Depth::True), &secrets, &mut buf);
    let row = |y: u16| (0..SIZE.0).map(|x| buf[(x, y)].symbol()).collect::<String>();
    assert!(row(1).starts_with("TOKEN=••••••••••••••• 节 点  e\u{301}x"), "{}", row(1));
    assert!(row(2).starts_with("orphan"), "{}", row(2));
}
