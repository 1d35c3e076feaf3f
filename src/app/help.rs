//! What the help says, row by row: the keys of a screen, the symbols, the command line. Pure, and shared by `update`
//! (how far it scrolls) and `view`. A key needs nothing here; it comes from the keymap.

use super::App;
use super::prose::{Look, Piece, Row, wrap};
use crate::action::Context;

/// Cells for the keys, with the blanks around them.
pub const KEYS: u16 = 24;

/// What is told beyond the keys.
const WAYS: &[(&str, &str)] = &[
    ("/ in a text", "searches in it; shift-l searches the runbooks"),
    ("shift-c", "copies by OSC 52: the terminal must allow it; in tmux, set-clipboard or allow-passthrough"),
];

/// What the symbols mean: each stands beside its colour.
const SYMBOLS: &[(&str, &str)] = &[
    ("✔", "healthy, done, proved by the cluster"),
    ("▲", "needs attention"),
    ("✖", "broken, refused, failed"),
    ("?", "not known: never taken for healthy"),
    ("-", "skipped, or passed over by a decision: not needed"),
    ("·", "it only says so: nothing is wrong with it"),
    ("▶ ○", "the present step, and steps to come"),
    ("◐ ◌", "running, and applied but not proved yet"),
    ("R0 R1", "reads only; one reversible change: Enter"),
    ("R2", "moves or restarts one workload or node: y"),
    ("R3", "can degrade the cluster: type its name"),
    ("R4", "can lose data: type the object's name"),
];

/// The help as rows of a text.
pub fn prose(app: &App, contexts: &[Context], width: u16) -> Vec<Row> {
    let keyed = |(keys, doc): (String, String)| {
        let room = usize::from(KEYS - 1);
        let keys = Piece { text: format!(" {keys:<room$}"), look: Look::Strong };
        vec![keys, Piece { text: doc, look: Look::Plain }]
    };
    rows(app, contexts, width).into_iter().map(keyed).collect()
}

/// The rows at a width: keys, and what they mean. What is too long goes on in a row without keys.
pub fn rows(app: &App, contexts: &[Context], width: u16) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut add = |keys: &str, doc: &str| {
        for (i, row) in wrap(doc, width.saturating_sub(KEYS).max(8), Look::Plain).into_iter().enumerate() {
            let text = row.into_iter().map(|piece| piece.text).collect();
            out.push((if i == 0 { keys.to_owned() } else { String::new() }, text));
        }
    };
    for (action, keys) in app.keymap.help(contexts) {
        let keys: Vec<_> = keys.iter().map(ToString::to_string).collect();
        add(&keys.join(" "), action.doc());
    }
    add("", " ");
    for (symbol, doc) in WAYS.iter().chain(SYMBOLS) {
        add(symbol, doc);
    }
    add("", " ");
    add(":", ":nodes :pods [ns] :events … :ns NAME :rb ID :theme NAME :q");
    out
}
