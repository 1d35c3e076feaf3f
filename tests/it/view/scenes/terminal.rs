//! A program in a pane.

use opsbook::app::screens::{Hue, Ink, Picture, Span};
use opsbook::app::{Msg, TaskEvent};
use opsbook::record::RunEnd;

use super::Size;
use super::runbook::script;
use crate::support::Desk;

fn span(text: &str, ink: Ink) -> Span {
    Span { text: text.to_owned(), ink }
}

/// An editor with a wide file, and keys that lead on.
pub fn terminal(size: Size, keys: &str) -> Desk {
    let mut desk = script(size, "edit", "enter");
    desk.approve();
    if desk.executed() == 0 {
        return desk;
    }
    let (task, _) = desk.begin_task();
    let plain = Ink::default();
    let mut rows = vec![
        vec![span("127.0.0.1  localhost", plain)],
        vec![
            span("10.0.0.10  ", plain),
            span("节点-3", Ink { fg: Hue::Index(2), ..plain }),
            span(" # here", plain),
        ],
        vec![
            span("a row that is wider than the pane: ", plain),
            span(&"0123456789".repeat(20), Ink { bold: true, ..plain }),
        ],
        Vec::new(),
        vec![span("~", Ink { fg: Hue::Rgb(80, 120, 255), ..plain })],
        vec![
            span(" /etc/hosts ", Ink { reverse: true, ..plain }),
            span("3 lines", Ink { dim: true, underline: true, ..plain }),
        ],
    ];
    rows.resize(usize::from(size.1), Vec::new());
    let picture = Picture { rows, cursor: Some((11, 1)), ..Picture::default() };
    desk.tell(Msg::Task { id: task, event: TaskEvent::Shown(Box::new(picture)) });
    desk.press(keys);
    desk
}

/// It has ended, and its last picture stays.
pub fn terminal_ended(size: Size) -> Desk {
    let mut desk = terminal(size, "");
    if let Some((task, _)) = desk.approved() {
        let event = TaskEvent::Ended { end: RunEnd::Applied, words: "ended with 0".into() };
        desk.tell(Msg::Task { id: task, event });
    }
    desk
}
