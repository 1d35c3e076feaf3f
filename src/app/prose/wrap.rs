//! Breaks text into rows: between words, between wide characters, and code anywhere.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Look, Piece, Row};
use crate::domain::{WIDE, in_columns};

/// Breaks a plain text into rows.
pub fn wrap(text: &str, width: u16, look: Look) -> Vec<Row> {
    let mut out = Vec::new();
    for line in in_columns(text, WIDE).lines() {
        out.extend(wrap_pieces(&[Piece { text: line.to_owned(), look }], usize::from(width.max(1))));
    }
    out
}

/// Long lines of code are broken anywhere, with an arrow, so that nothing is hidden.
pub(super) fn wrap_code(row: Row, width: usize) -> Vec<Row> {
    let mut out = vec![Row::new()];
    let mut used = 0;
    for piece in row {
        let mut text = String::new();
        for g in piece.text.graphemes(true) {
            if used + g.width() > width && used > 0 {
                let last = out.last_mut().expect("there is always a row");
                last.push(Piece { text: std::mem::take(&mut text), look: piece.look });
                out.push(vec![Piece { text: "  ↳ ".to_owned(), look: Look::Comment }]);
                used = 4;
            }
            text.push_str(g);
            used += g.width();
        }
        out.last_mut().expect("there is always a row").push(Piece { text, look: piece.look });
    }
    out
}

/// Breaks pieces into rows between words, and between wide characters, which have no spaces.
pub(super) fn wrap_pieces(pieces: &[Piece], width: usize) -> Vec<Row> {
    let mut out = vec![Row::new()];
    let mut used = 0;
    for piece in pieces {
        for word in words(&piece.text) {
            let w = word.width();
            let blank = word.trim().is_empty();
            if used + w > width && used > 0 && !blank {
                trim_end(out.last_mut().expect("there is always a row"));
                out.push(Row::new());
                used = 0;
            }
            if blank && (used == 0 || used + w > width) {
                continue;
            }
            if w > width {
                for g in word.graphemes(true) {
                    if used + g.width() > width && used > 0 {
                        out.push(Row::new());
                        used = 0;
                    }
                    push(out.last_mut().expect("there is always a row"), g, piece.look);
                    used += g.width();
                }
                continue;
            }
            push(out.last_mut().expect("there is always a row"), word, piece.look);
            used += w;
        }
    }
    trim_end(out.last_mut().expect("there is always a row"));
    out
}

fn push(row: &mut Row, text: &str, look: Look) {
    match row.last_mut() {
        Some(last) if last.look == look => last.text.push_str(text),
        _ => row.push(Piece { text: text.to_owned(), look }),
    }
}

fn trim_end(row: &mut Row) {
    if let Some(last) = row.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
}

/// Words with their blanks as words of their own; a wide character is a word.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut last: Option<(bool, bool)> = None;
    for (at, g) in text.grapheme_indices(true) {
        let kind = (g.trim().is_empty(), g.width() > 1);
        if let Some(before) = last
            && (before != kind || kind.1)
            && at > start
        {
            out.push(&text[start..at]);
            start = at;
        }
        last = Some(kind);
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}
