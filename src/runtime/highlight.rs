//! Colours code by what its pieces mean. The syntaxes are loaded when the first block asks, off the loop: that
//! costs tens of milliseconds and a few megabytes.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use crate::app::prose::{Highlighted, Look, Piece, Row, code_id};
use crate::domain::{NARROW, in_columns};

static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();

/// A block with its colours; a language that is not known stays plain.
pub fn highlight(lang: &str, text: &str) -> Highlighted {
    let syntaxes = SYNTAXES.get_or_init(SyntaxSet::load_defaults_newlines);
    let id = code_id(lang, text);
    let text = &in_columns(text, NARROW);
    let token = if lang == "console" { "sh" } else { lang };
    let Some(syntax) = syntaxes.find_syntax_by_token(token) else {
        let plain = |l: &str| vec![Piece { text: l.to_owned(), look: Look::Code }];
        return Highlighted { id, lines: text.lines().map(plain).collect() };
    };
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        let whole = format!("{line}\n");
        let ops = state.parse_line(&whole, syntaxes).unwrap_or_default();
        let mut row = Row::new();
        let mut from = 0;
        for (at, op) in ops {
            push(&mut row, line, from, at, look(&stack));
            from = at;
            if stack.apply(&op).is_err() {
                stack = ScopeStack::new();
            }
        }
        push(&mut row, line, from, line.len(), look(&stack));
        lines.push(row);
    }
    Highlighted { id, lines }
}

fn push(row: &mut Row, line: &str, from: usize, to: usize, look: Look) {
    let Some(text) = line.get(from..to.min(line.len())).filter(|t| !t.is_empty()) else { return };
    match row.last_mut() {
        Some(last) if last.look == look => last.text.push_str(text),
        _ => row.push(Piece { text: text.to_owned(), look }),
    }
}

/// What the innermost scope that says something means.
fn look(stack: &ScopeStack) -> Look {
    const MEANINGS: &[(&str, Look)] = &[
        ("comment", Look::Comment),
        ("string", Look::Literal),
        ("constant.numeric", Look::Number),
        ("constant", Look::Number),
        ("keyword", Look::Keyword),
        ("storage", Look::Keyword),
        ("entity.name.tag", Look::Keyword),
        ("support.function", Look::Keyword),
    ];
    static SCOPES: OnceLock<Vec<(Scope, Look)>> = OnceLock::new();
    let scopes = SCOPES.get_or_init(|| {
        MEANINGS.iter().filter_map(|(name, look)| Some((Scope::new(name).ok()?, *look))).collect()
    });
    for scope in stack.as_slice().iter().rev() {
        if let Some((_, look)) = scopes.iter().find(|(s, _)| s.is_prefix_of(*scope)) {
            return *look;
        }
    }
    Look::Code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shell_and_yaml_get_their_colours_and_keep_their_text() {
        for (lang, text, want) in [
            ("sh", "echo \"x\" # why", Look::Comment),
            ("yaml", "a: 1 # b", Look::Number),
            ("unknown", "a b", Look::Code),
        ] {
            let out = highlight(lang, text);
            let line: String = out.lines[0].iter().map(|p| p.text.as_str()).collect();
            assert_eq!(line, text);
            assert!(out.lines[0].iter().any(|p| p.look == want), "{lang}: {:?}", out.lines[0]);
        }
    }
}
