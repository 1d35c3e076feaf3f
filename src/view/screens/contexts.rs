//! The contexts to choose from, with where each leads.

use crate::lang::t;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::layout;
use crate::app::prose::{Look, wrap};
use crate::app::screens::{ContextRow, Contexts};
use crate::domain::visible;
use crate::theme::Role;
use crate::view::paint::{Painter, cut_front};

/// What marks production, beside its colour.
const PRODUCTION: &str = "PRODUCTION";

pub fn draw(p: &mut Painter<'_>, contexts: &Contexts, body: Rect) {
    let layout = layout::contexts(body);
    let rows = contexts.visible();
    let count = t!("view-screens-contexts-of", rows = rows.len(), rows2 = contexts.rows.len());
    p.boxed(layout.list, t!("view-screens-contexts-which-cluster"), &count, true);
    let (why, tone) =
        if contexts.text.is_empty() { (&contexts.why, Role::Faint) } else { (&contexts.text, Role::Strong) };
    let lead = if contexts.text.is_empty() { "" } else { "/" };
    let line = format!("{lead}{}", visible(why));
    p.text(layout.field.x, layout.field.y, layout.field.width, &line, tone);
    let area = layout.rows;
    for (i, row) in rows.iter().enumerate().skip(contexts.list.top).take(area.height.into()) {
        let y = (i - contexts.list.top) as u16;
        paint(p, area, y, row);
        if i == contexts.list.selected {
            p.select(area, y);
            p.mark(area, y, true);
        }
    }
    if rows.is_empty() && area.height > 0 {
        p.text(
            area.x + 2,
            area.y,
            area.width.saturating_sub(2),
            t!("view-screens-contexts-no-context-fits-what-was-typed"),
            Role::Faint,
        );
    }
    match (p.app.status.clone(), contexts.chosen()) {
        (Some(status), _) => wrong(p, layout.words, &status.text),
        (None, Some(row)) => selected(p, layout.words, row),
        (None, None) => {}
    }
}

/// Name, mark, server, namespace. Names of clouds differ at their end, so they are cut at their beginning.
fn paint(p: &mut Painter<'_>, area: Rect, row: u16, shown: &ContextRow) {
    let y = area.y + row;
    let room = area.width.saturating_sub(2);
    let (name, server) = (room * 2 / 5, room * 3 / 10);
    let mark = PRODUCTION.width() as u16;
    let mut x = area.x + 2;
    p.text(x, y, name, &cut_front(&visible(&shown.name), name.into()), Role::Strong);
    x += name + 1;
    if shown.production {
        p.text(x, y, area.right().saturating_sub(x), PRODUCTION, Role::Bad);
    }
    x += mark + 1;
    let width = server.min(area.right().saturating_sub(x));
    p.text(x, y, width, &visible(&shown.server), Role::Text);
    x += server + 1;
    p.text(x, y, area.right().saturating_sub(x), &visible(&shown.namespace), Role::Faint);
}

/// All of the selected one, where there is room.
fn selected(p: &mut Painter<'_>, area: Rect, shown: &ContextRow) {
    if area.height == 0 {
        return;
    }
    let right = if shown.production { t!("view-screens-contexts-production-opens-read-only") } else { "" };
    let inside = p.boxed(area, t!("view-screens-contexts-this-one"), right, false);
    let said = |text: &str| {
        if text.is_empty() { t!("view-screens-contexts-none").to_owned() } else { visible(text) }
    };
    let rows = [
        ("context", said(&shown.name)),
        ("server", said(&shown.server)),
        ("cluster", said(&shown.cluster)),
        ("namespace", said(&shown.namespace)),
    ];
    for (y, (word, text)) in (inside.y..inside.bottom()).zip(rows) {
        p.text(inside.x, y, 10, word, Role::Faint);
        let width = inside.width.saturating_sub(11);
        p.text(inside.x + 11, y, width, &cut_front(&text, width.into()), Role::Text);
    }
}

/// Why the one that was chosen could not be opened, as far as it fits.
fn wrong(p: &mut Painter<'_>, area: Rect, words: &str) {
    if area.height == 0 {
        return;
    }
    let inside = p.boxed(area, t!("view-screens-contexts-not-opened"), "", false);
    for (y, row) in (inside.y..inside.bottom()).zip(wrap(words, inside.width, Look::Plain)) {
        let line: String = row.iter().map(|piece| piece.text.as_str()).collect();
        p.text(inside.x, y, inside.width, &line, Role::Bad);
    }
}
