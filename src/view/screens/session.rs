//! The record of this session: the timeline, and what can be taken back.

use ratatui::layout::Rect;

use crate::app::dialog::way_back;
use crate::app::layout;
use crate::app::screens::Scroll;
use crate::domain::clock;
use crate::op::Undo;
use crate::record::words;
use crate::theme::Role;
use crate::view::paint::Painter;

pub fn draw(p: &mut Painter<'_>, scroll: Scroll, body: Rect) {
    let app = p.app;
    let undo = app.session.state.undo_list();
    let (upper, lower) = layout::session(body, undo.len());
    let title = match app.session.state.id.as_str() {
        "" => "Session".to_owned(),
        id => format!("Session {id} (times in UTC)"),
    };
    let inside = p.boxed(upper, &title, &format!("{} records", app.session.events.len()), true);
    if app.session.events.is_empty() {
        p.text(
            inside.x,
            inside.y,
            inside.width,
            "Nothing is recorded yet: a session begins with its first act.",
            Role::Faint,
        );
    }
    let top = scroll.top.min(app.session.events.len().saturating_sub(usize::from(inside.height)));
    for (i, event) in app.session.events.iter().skip(top).take(usize::from(inside.height)).enumerate() {
        let (symbol, line) = words(&event.what);
        let tone = match symbol {
            '✔' => Role::Good,
            '✖' | '?' => Role::Bad,
            '!' => Role::Warn,
            _ => Role::Text,
        };
        let y = inside.y + i as u16;
        let used = p.text(inside.x, y, inside.width, &clock(event.at), Role::Faint);
        p.text(inside.x + used + 1, y, 1, &symbol.to_string(), tone);
        p.text(inside.x + used + 3, y, inside.width.saturating_sub(used + 3), &line, tone);
    }
    if lower.height > 0 {
        let inside = p.boxed(lower, "Undo, latest first", "", false);
        for (i, entry) in undo.iter().take(usize::from(inside.height)).enumerate() {
            let way = match &entry.undo {
                Undo::None(why) => format!("no way back: {why}"),
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
