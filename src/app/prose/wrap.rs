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

/// What a row begins with that goes on from the one above, where a line of code or a word was broken.
const GOES_ON: &str = "  ↳ ";

/// Long lines of code are broken with an arrow, so that nothing is hidden and no line seems to end there: behind a blank
/// where one is near, else anywhere.
pub(super) fn wrap_code(row: Row, width: usize) -> Vec<Row> {
    let pieces: Vec<(&str, Look)> =
        row.iter().flat_map(|piece| piece.text.graphemes(true).map(|g| (g, piece.look))).collect();
    let mut out = Vec::new();
    let mut from = 0;
    loop {
        let mut line = Row::new();
        let lead = if out.is_empty() { 0 } else { GOES_ON.width() };
        if lead > 0 {
            line.push(Piece { text: GOES_ON.to_owned(), look: Look::Comment });
        }
        let until = fitting(&pieces[from..], width.saturating_sub(lead)) + from;
        for (g, look) in &pieces[from..until] {
            push(&mut line, g, *look);
        }
        out.push(line);
        if until >= pieces.len() {
            return out;
        }
        from = until;
    }
}

/// How many of the pieces go into a row of so many cells; at least one.
fn fitting(pieces: &[(&str, Look)], width: usize) -> usize {
    let mut used = 0;
    let fits = pieces.iter().take_while(|(g, _)| {
        used += g.width();
        used <= width
    });
    let most = fits.count().max(1).min(pieces.len());
    if most == pieces.len() {
        return most;
    }
    // Blanks that a line begins with are no place to break it.
    let blank = pieces[..most].iter().rposition(|(g, _)| *g == " ").map(|at| at + 1);
    blank.filter(|at| *at > most / 2).unwrap_or(most)
}

/// The same before the rest of a word.
const BROKEN: &str = "↳";

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
                        // A word that is broken says so where it goes on, as far as there is room.
                        let lead = if width > 8 && g.width() == 1 { BROKEN } else { "" };
                        out.push(Row::new());
                        push(out.last_mut().expect("there is always a row"), lead, Look::Comment);
                        used = lead.width();
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
    if text.is_empty() {
        return;
    }
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
pub(super) fn words(text: &str) -> Vec<&str> {
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
