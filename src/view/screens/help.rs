//! The keys of the screen below, as the keymap has them.

use ratatui::layout::Rect;

use crate::action::Context;
use crate::app::help::{KEYS, rows};
use crate::app::screens::Scroll;
use crate::theme::Role;
use crate::view::paint::Painter;

pub fn draw(p: &mut Painter<'_>, scroll: Scroll, contexts: &[Context], body: Rect) {
    let names: Vec<_> = contexts.iter().map(|c| c.name()).collect();
    let inside = p.boxed(body, "Help", &names.join(" › "), true);
    let rows = rows(p.app, contexts, inside.width);
    for (y, (keys, doc)) in (inside.y..inside.bottom()).zip(rows.iter().skip(scroll.top)) {
        p.text(inside.x + 1, y, (KEYS - 2).min(inside.width), keys, Role::KeyCap);
        p.text(inside.x + KEYS, y, inside.width.saturating_sub(KEYS), doc, Role::Text);
    }
}
