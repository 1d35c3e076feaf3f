//! The keys of the screen below, as the keymap has them.

use crate::lang::t;
use ratatui::layout::Rect;

use crate::action::Context;
use crate::app::help::prose;
use crate::app::screens::Scroll;
use crate::view::paint::Painter;

pub fn draw(p: &mut Painter<'_>, scroll: Scroll, contexts: &[Context], body: Rect) {
    let names: Vec<_> = contexts.iter().map(|c| c.name()).collect();
    let inside = p.boxed(body, t!("view-screens-help-help"), &names.join(" › "), true);
    let rows = prose(p.app, contexts, inside.width);
    p.prose(inside, &rows, scroll.top);
    p.found(inside, scroll.top);
}
