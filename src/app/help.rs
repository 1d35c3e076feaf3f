//! What the help says, row by row: the keys of a screen, the symbols, the command line. Pure, and shared by `update`
//! (how far it scrolls) and `view`. A key needs nothing here; it comes from the keymap.

use super::App;
use super::prose::{Look, Piece, Row, wrap};
use crate::action::Context;
use crate::lang::{Msg, msg, t};

/// Cells for the keys, with the blanks around them.
pub const KEYS: u16 = 24;

/// What is told beyond the keys.
const WAYS: &[(&str, Msg)] = &[("shift-c", msg!("app-help-copies-by-osc-52-terminal-must"))];

/// What the symbols mean: each stands beside its colour.
const SYMBOLS: &[(&str, Msg)] = &[
    ("✔", msg!("app-help-healthy-done-proved-by-cluster")),
    ("▲", msg!("app-help-needs-attention")),
    ("✖", msg!("app-help-broken-refused-failed")),
    ("?", msg!("app-help-not-known-never-taken-for-healthy")),
    ("-", msg!("app-help-skipped-or-passed-over-by-decision")),
    ("·", msg!("app-help-it-only-says-so-nothing-is")),
    ("▶ ○", msg!("app-help-present-step-and-steps-to-come")),
    ("◐ ◌", msg!("app-help-running-and-applied-but-not-proved")),
    ("R0 R1", msg!("app-help-reads-only-one-reversible-change-enter")),
    ("R2", msg!("app-help-moves-or-restarts-one-workload-or")),
    ("R3", msg!("app-help-can-degrade-cluster-type-its-name")),
    ("R4", msg!("app-help-can-lose-data-type-objects-name")),
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
    add(t!("app-help-in-text"), t!("app-help-searches"));
    for (symbol, doc) in WAYS.iter().chain(SYMBOLS) {
        add(symbol, doc.text());
    }
    add("", " ");
    add(":", ":nodes :pods [ns] :events … :ns NAME :rb ID :theme NAME :q");
    out
}
