//! The record of this session: the timeline, and what can be taken back.

use crate::lang::t;
use ratatui::layout::Rect;

use crate::app::dialog::way_back;
use crate::app::layout;
use crate::app::screens::{Only, Timeline};
use crate::domain::clock;
use crate::op::Undo;
use crate::record::words;
use crate::theme::Role;
use crate::view::paint::Painter;

pub fn draw(p: &mut Painter<'_>, timeline: &Timeline, body: Rect) {
    let app = p.app;
    let undo = app.session.state.undo_list();
    let (upper, lower) = layout::session(body, undo.len());
    let title = match app.session.state.id.as_str() {
        "" => "Session".to_owned(),
        id => t!("view-screens-session-session-times-in-utc", id = id),
    };
    let rows = timeline.places(&app.session);
    let count = format!("{} {}", rows.len(), timeline.only.words());
    let inside = p.boxed(upper, &title, &count, true);
    if rows.is_empty() {
        let words = match timeline.only {
            Only::All => t!("view-screens-session-nothing-is-recorded-yet-session-begins"),
            Only::Pins => t!("view-screens-session-nothing-is-marked-as-important-f"),
            Only::Failures => t!("view-screens-session-nothing-went-wrong-f-shows-all"),
        };
        p.text(inside.x, inside.y, inside.width, words, Role::Faint);
    }
    for (i, at) in rows.iter().enumerate().skip(timeline.list.top).take(usize::from(inside.height)) {
        let event = &app.session.events[*at];
        let (symbol, line) = words(&event.what);
        let tone = match symbol {
            '✔' => Role::Good,
            '✖' | '?' => Role::Bad,
            '!' => Role::Warn,
            _ => Role::Text,
        };
        let row = (i - timeline.list.top) as u16;
        let y = inside.y + row;
        let used = 2 + p.text(inside.x + 2, y, inside.width.saturating_sub(2), &clock(event.at), Role::Faint);
        if app.session.state.pins.contains(&event.seq) {
            p.text(inside.x + used, y, 1, "★", Role::Warn);
        }
        p.text(inside.x + used + 1, y, 1, &symbol.to_string(), tone);
        p.text(inside.x + used + 3, y, inside.width.saturating_sub(used + 3), &line, tone);
        if i == timeline.list.selected {
            p.select(inside, row);
            p.mark(inside, row, true);
        }
    }
    if lower.height > 0 {
        let inside = p.boxed(lower, t!("view-screens-session-undo-latest-first"), "", false);
        for (i, entry) in undo.iter().take(usize::from(inside.height)).enumerate() {
            let way = match &entry.undo {
                Undo::None(why) => t!("view-screens-session-no-way-back", why = why),
                by @ Undo::By { .. } => way_back(by),
            };
            p.text(
                inside.x,
                inside.y + i as u16,
                inside.width,
                &format!("{}  ←  {way}", entry.title),
                Role::Text,
            );
        }
    }
}
