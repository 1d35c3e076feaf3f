//! The keys of the screen that was left, from the same table that the keys come from.

use ratatui::layout::Rect;

use crate::action::Context;
use crate::app::screens::Scroll;
use crate::theme::Role;
use crate::view::paint::Painter;

/// What the symbols mean: each stands beside its colour.
const SYMBOLS: &[(&str, &str)] = &[
    ("✔", "healthy, done, proved by the cluster"),
    ("▲", "needs attention"),
    ("✖", "broken, refused, failed"),
    ("?", "not known: never taken for healthy"),
    ("▶ ○", "the present step, and steps to come"),
    ("◐ ◌", "running, and applied but not proved yet"),
    ("R0 R1", "reads only; one reversible change: Enter"),
    ("R2", "moves or restarts one workload or node: y"),
    ("R3", "can degrade the cluster: type its name"),
    ("R4", "can lose data: type the object's name"),
];

pub fn draw(p: &mut Painter<'_>, scroll: Scroll, contexts: &[Context], body: Rect) {
    let names: Vec<_> = contexts.iter().map(|c| c.name()).collect();
    let inside = p.boxed(body, "Help", &names.join(" › "), true);
    let mut lines: Vec<(String, String)> = Vec::new();
    for (action, keys) in p.app.keymap.help(contexts) {
        let keys: Vec<_> = keys.iter().map(ToString::to_string).collect();
        lines.push((keys.join(" "), action.doc().to_owned()));
    }
    lines.push((String::new(), String::new()));
    lines.extend(SYMBOLS.iter().map(|(s, d)| ((*s).to_owned(), (*d).to_owned())));
    lines.push((String::new(), String::new()));
    lines.push((":".to_owned(), ":nodes :pods [ns] :events … :ns NAME :rb ID :theme NAME :q".to_owned()));
    for (i, (keys, doc)) in lines.iter().skip(scroll.top).take(usize::from(inside.height)).enumerate() {
        let y = inside.y + i as u16;
        p.text(inside.x + 1, y, 22.min(inside.width), keys, Role::KeyCap);
        p.text(inside.x + 24, y, inside.width.saturating_sub(24), doc, Role::Text);
    }
}
