//! The keys of the screen below, as the keymap has them.

use crate::lang::t;
use ratatui::layout::Rect;

use crate::app::help::prose;
use crate::app::screens::Help;
use crate::view::paint::Painter;

pub fn draw(p: &mut Painter<'_>, help: &Help, body: Rect) {
    let names: Vec<_> = help.contexts.iter().map(|c| c.name()).collect();
    let inside = p.boxed(body, t!("view-screens-help-help"), &names.join(" › "), true);
    let rows = prose(p.app, &help.contexts, inside.width);
    p.prose(inside, &rows, help.scroll.top);
    p.found(inside, help.scroll.top);
}
