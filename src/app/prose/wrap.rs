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
pub(super) fn wrap_code(row: &Row, width: usize) -> Vec<Row> {
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

/// Breaks pieces into rows between words, and between wide characters, which have no spaces. What has no blank between is one
/// word whatever it looks like, so no full stop stands alone behind a code; and no row of Chinese begins with what ends
/// something, or ends with what begins something.
pub(super) fn wrap_pieces(pieces: &[Piece], width: usize) -> Vec<Row> {
    let mut out = vec![Row::new()];
    let mut used = 0;
    for chunk in chunks(pieces) {
        let w: usize = chunk.iter().map(|(word, _)| word.width()).sum();
        let blank = chunk.iter().all(|(word, _)| word.trim().is_empty());
        if used + w > width && used > 0 && !blank {
            trim_end(out.last_mut().expect("there is always a row"));
            out.push(Row::new());
            used = 0;
        }
        if blank && (used == 0 || used + w > width) {
            continue;
        }
        if w > width {
            used = break_chunk(&mut out, &chunk, width);
            continue;
        }
        for (word, look) in chunk {
            push(out.last_mut().expect("there is always a row"), word, look);
        }
        used += w;
    }
    trim_end(out.last_mut().expect("there is always a row"));
    out
}

/// Breaks what is longer than a row wherever the row ends; returns the cells of its last row.
fn break_chunk(out: &mut Vec<Row>, chunk: &[(&str, Look)], width: usize) -> usize {
    let mut used = 0;
    for (word, look) in chunk {
        for g in word.graphemes(true) {
            if used + g.width() > width && used > 0 {
                // A word that is broken says so where it goes on, as far as there is room.
                let lead = if width > 8 && g.width() == 1 { BROKEN } else { "" };
                out.push(Row::new());
                push(out.last_mut().expect("there is always a row"), lead, Look::Comment);
                used = lead.width();
            }
            push(out.last_mut().expect("there is always a row"), g, *look);
            used += g.width();
        }
    }
    used
}

/// What a row must not begin with, and what it must not end with.
const ENDS: &str = "，。；：、！？）】》〉」』”’…—·％";
const BEGINS: &str = "（【《〈「『“‘";

/// What stays together in a row.
fn chunks(pieces: &[Piece]) -> Vec<Vec<(&str, Look)>> {
    let mut out: Vec<Vec<(&str, Look)>> = Vec::new();
    let mut last = "";
    for piece in pieces {
        for word in words(&piece.text) {
            let blank = |w: &str| w.trim().is_empty();
            let narrow = |w: &str| w.graphemes(true).all(|g| g.width() < 2);
            let glued =
                word.starts_with(|c: char| ENDS.contains(c)) || last.ends_with(|c: char| BEGINS.contains(c));
            let joins = !blank(last) && !blank(word) && (glued || narrow(last) && narrow(word));
            match out.last_mut().filter(|_| joins) {
                Some(chunk) => chunk.push((word, piece.look)),
                None => out.push(vec![(word, piece.look)]),
            }
            last = word;
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(pieces: &[(&str, Look)], width: usize) -> Vec<String> {
        let pieces: Vec<Piece> =
            pieces.iter().map(|(text, look)| Piece { text: (*text).to_owned(), look: *look }).collect();
        wrap_pieces(&pieces, width).iter().map(super::super::text).collect()
    }

    #[test]
    fn a_full_stop_stays_behind_its_word_whatever_that_looks_like() {
        let pieces = [("then run ", Look::Plain), ("kubectl", Look::Code), (".", Look::Plain)];
        assert_eq!(rows(&pieces, 16), ["then run", "kubectl."]);
    }

    #[test]
    fn no_row_of_chinese_begins_with_what_ends_something() {
        assert_eq!(
            rows(&[("节点失联了，先看（见下）。", Look::Plain)], 10),
            ["节点失联", "了，先看", "（见下）。"]
        );
    }

    #[test]
    fn a_word_that_is_broken_says_so() {
        assert_eq!(rows(&[("x abcdefghijklmnop", Look::Plain)], 10), ["x", "abcdefghij", "↳klmnop"]);
    }
}
