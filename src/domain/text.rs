//! Shared strings, and the one place that knows which characters steer a terminal or are not seen: takes them out of text
//! from outside ([`sanitize`]), and writes them out where somebody decides by the text ([`visible`]).

use std::fmt::Write;
use std::sync::Arc;

use unicode_width::UnicodeWidthStr;

/// A shared, immutable string: namespaces, node names and reasons repeat thousands of times.
pub type Str = Arc<str>;

/// A shared set of labels, sorted by key. Pods of one workload share one set.
pub type Labels = Arc<[(Str, Str)]>;

/// `1 pod`, `3 pods`.
pub fn number(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// What a screen shows nothing of, or what turns the text around it, in ranges: `Default_Ignorable_Code_Point` of
/// DerivedCoreProperties.txt and `Bidi_Control` of PropList.txt (Unicode 17), the separators of lines and paragraphs, and
/// the marks of interlinear annotations. A test holds it against another copy of those tables.
const UNSEEN: &[(char, char)] = &[
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Whether a character steers a terminal, is not seen on a screen, or turns the text around it. Newline and tab do not.
pub fn hides(c: char) -> bool {
    if c.is_ascii() {
        return c.is_control() && c != '\n' && c != '\t';
    }
    c.is_control() || UNSEEN.binary_search_by(|(from, to)| between(*from, *to, c)).is_ok()
}

fn between(from: char, to: char, c: char) -> std::cmp::Ordering {
    use std::cmp::Ordering::{Equal, Greater, Less};
    if to < c {
        Less
    } else if from > c {
        Greater
    } else {
        Equal
    }
}

/// Whether a text holds anything that a reader would not see in it as it is. Whoever decides by a text is told.
pub fn hidden(text: &str) -> bool {
    text.chars().any(hides)
}

/// Removes what could steer a terminal (escape sequences, C0 and C1 controls) and what is not seen or turns text (marks of
/// direction, joiners, selectors, fillers) from text that came from a cluster, a command or a file. Newlines and tabs stay.
pub fn sanitize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            c if hides(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// A text that somebody decides by, as it can be read whole: what steers or is not seen is written out (`\x1b`, `\u{202e}`),
/// and nothing that a reader sees is left out with it, as [`sanitize`] leaves out what a terminal would take for a part of
/// an escape sequence and an interpreter runs. Newlines and tabs stay.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match u32::from(c) {
            _ if !hides(c) => out.push(c),
            code @ ..0x100 => {
                let _ = write!(out, "\\x{code:02x}");
            }
            code => {
                let _ = write!(out, "\\u{{{code:x}}}");
            }
        }
    }
    out
}

/// The rows of a script as they are read before somebody decides: [`visible`], and tabs as blanks, which a screen has no
/// other sign for.
pub fn visible_rows(script: &str) -> impl Iterator<Item = String> {
    script.trim_end_matches(['\n', ' ', '\t']).split('\n').map(|line| in_columns(&visible(line), NARROW))
}

/// Columns from one tab stop to the next, as terminals have them, and where room is scarce: in logs and scripts.
pub const WIDE: usize = 8;
pub const NARROW: usize = 4;

/// A text whose tabs are the blanks up to the next stop, so that what a tab kept apart stays apart on a screen.
pub fn in_columns(text: &str, every: usize) -> String {
    let (mut out, mut column) = (String::with_capacity(text.len()), 0);
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            (out, column) = (out + "\n", 0);
        }
        for (i, part) in line.split('\t').enumerate() {
            if i > 0 {
                let blanks = every - column % every;
                out.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            out.push_str(part);
            column += part.width();
        }
    }
    out
}

/// A line that was written over (a progress bar) as it stands in the end: what follows its last carriage return.
pub fn written_over(line: &str) -> &str {
    let line = line.trim_end_matches(['\r', '\n']);
    line.rsplit('\r').find(|state| !state.is_empty()).unwrap_or(line)
}

/// Parts of at most so many bytes, none of which ends within a character.
pub fn parts(text: &str, most: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = if rest.len() <= most { rest.len() } else { rest.floor_char_boundary(most.max(4)) };
        let (part, after) = rest.split_at(end);
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

/// A text in cells: nothing of it steers or turns its neighbours, a control character has a sign in its place, and nothing
/// that is seen is left out.
pub fn legible(text: &str) -> String {
    let sign = |c: char| if c.is_control() { Some('\u{fffd}') } else { None };
    text.chars().filter_map(|c| if hides(c) { sign(c) } else { Some(c) }).collect()
}

/// Whether a text holds a control character, newlines and tabs aside: where the first one is, and which.
pub fn control(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| c.is_control() && *c != '\n' && *c != '\t')
}

/// The same in one row: a line break in a text must not look like a row of its own.
pub fn one_row(text: &str) -> String {
    sanitize(text).trim_end_matches('\n').replace('\n', " ⏎ ").replace('\t', " ")
}

/// The text with a sign in place of each character that steers or is not seen, of the same number of bytes, so that places
/// in it stay where they are.
pub fn sanitize_in_place(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c.len_utf8() {
            _ if !hides(c) => out.push(c),
            // The first half of a line end of Windows.
            1 if c == '\r' => out.push(' '),
            1 => out.push('?'),
            2 => out.push_str("??"),
            3 => out.push('\u{fffd}'),
            _ => out.push_str("\u{fffd}?"),
        }
    }
    out
}

/// Skips one escape sequence after its ESC: CSI up to its final byte, OSC and its kin up to BEL or ST,
/// anything else one character.
fn skip_escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match chars.next() {
        Some('[') => {
            for c in chars.by_ref() {
                if ('\u{40}'..='\u{7e}').contains(&c) {
                    break;
                }
            }
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            while let Some(c) = chars.next() {
                if c == '\u{7}' {
                    break;
                }
                if c == '\u{1b}' {
                    chars.next_if_eq(&'\\');
                    break;
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_removed_and_words_stay() {
        assert_eq!(sanitize("a\u{1b}[31mred\u{1b}[0m b"), "ared b");
        assert_eq!(sanitize("x\u{1b}]52;c;aGk=\u{7}y"), "xy");
        assert_eq!(sanitize("x\u{1b}]0;title\u{1b}\\y"), "xy");
        assert_eq!(sanitize("tab\tline\nnul\0\u{9b}31m"), "tab\tline\nnul31m");
        assert_eq!(sanitize("节点 ✔"), "节点 ✔");
        assert_eq!(sanitize("gnp.\u{202e}exe"), "gnp.exe");
    }

    #[test]
    fn every_unseen_or_turning_character_is_named_and_taken_out() {
        // The tables of another library; what it knows must be known here.
        let tables =
            regex::Regex::new(r"^(\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}|\p{Zl}|\p{Zp}|\p{Cc})$")
                .unwrap();
        let mut seen = 0;
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            if tables.is_match(&text) && c != '\n' && c != '\t' {
                seen += 1;
                assert!(hides(c) && hidden(&text) && sanitize(&text).is_empty(), "U+{:04X}", u32::from(c));
            }
            let kept = sanitize_in_place(&text);
            assert!(kept.len() == c.len_utf8() && !hidden(&kept), "U+{:04X}", u32::from(c));
        }
        assert!(seen > 4000, "{seen}");
        for text in ["plain", "节点 ✔ é e\u{301} 한 👍", "tab\tline\n", "\u{a0}"] {
            assert!(!hidden(text) && sanitize(text) == text, "{text:?}");
        }
        assert!(UNSEEN.is_sorted(), "it is searched by halves");
    }

    #[test]
    fn what_is_decided_by_is_written_out_whole() {
        let script = "echo looking around\u{1b}] ; touch PWNED ; : \u{1b}\\";
        assert_eq!(visible(script), "echo looking around\\x1b] ; touch PWNED ; : \\x1b\\");
        assert_eq!(visible("a\u{9b}b\u{202e}c\td\r\n"), "a\\x9bb\\u{202e}c\td\\x0d\n");
        assert_eq!(visible_rows("a\n\n\tb\u{85}\n\n").collect::<Vec<_>>(), ["a", "", "    b\\x85"]);
        assert_eq!(legible("⚠\u{fe0f} a\u{1b}[2Jb"), "⚠ a\u{fffd}[2Jb");
        assert_eq!((control("a\n\tb"), control("a\u{9c}")), (None, Some((1, '\u{9c}'))));
    }

    #[test]
    fn what_a_tab_keeps_apart_stays_apart() {
        assert_eq!(in_columns("tab\tsep\tline", WIDE), "tab     sep     line");
        assert_eq!(in_columns("INFO\tsetup\tstarting\n\tx", NARROW), "INFO    setup   starting\n    x");
        assert_eq!(in_columns("节点\tx", WIDE), "节点    x", "wide characters take two columns");
        assert_eq!(in_columns("plain", WIDE), "plain");
    }

    #[test]
    fn of_a_progress_bar_the_last_state_is_left() {
        assert_eq!(written_over("10%\r50%\r100% done\n"), "100% done");
        assert_eq!(written_over("10%\r50%\r"), "50%");
        assert_eq!(written_over("a line of Windows\r\n"), "a line of Windows");
        assert_eq!((written_over("\r\r"), written_over("")), ("", ""));
    }

    #[test]
    fn a_long_text_is_parted_between_characters() {
        let text = "a".repeat(7) + &"节点".repeat(5);
        let all: Vec<&str> = parts(&text, 8).collect();
        assert_eq!(all.concat(), text);
        assert!(all.iter().all(|p| p.len() <= 8), "{all:?}");
        assert_eq!(parts("", 8).count(), 0);
    }

    #[test]
    fn a_text_in_one_row_forges_no_other() {
        assert_eq!(one_row("a\n12:00 ✔ proved\n\u{1b}[2J\u{2028}b\tc\n"), "a ⏎ 12:00 ✔ proved ⏎ b c");
    }

    #[test]
    fn an_unfinished_escape_swallows_the_rest_without_panic() {
        assert_eq!(sanitize("a\u{1b}"), "a");
        assert_eq!(sanitize("a\u{1b}[12"), "a");
        assert_eq!(sanitize("a\u{1b}]0;x"), "a");
    }
}
