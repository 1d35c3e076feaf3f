//! The terminal that a program believes to have: what it writes becomes a picture, and nothing of it goes further. Title,
//! clipboard, bell and everything else that is no character on the screen end here.
//!
//! Must not pass a byte of a program on to the real terminal. What programs ask a terminal is answered in [`Answers`].

use std::num::NonZeroU16;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
use vt100::{Callbacks, Cell, Color, Parser, Screen};

use crate::app::screens::{HISTORY, Hue, Ink, Picture, Span};
use crate::domain::sanitize;

/// The emulated terminal.
pub struct Emulator {
    parser: Parser<Answers>,
    /// The latest two bytes that came.
    before: [u8; 2],
}

/// U+FE0F asks for the character before it as a picture of two columns, U+FE0E for one as text. The emulator does not
/// survive that at the end of a row, so it never sees the former: only the last byte of the two differs.
const AS_PICTURE: [u8; 3] = [0xef, 0xb8, 0x8f];
const AS_TEXT: u8 = 0x8e;

/// What a program is told about its terminal when it asks; some wait for it.
#[derive(Default)]
struct Answers(Vec<u8>);

impl Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut Screen,
        first: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        last: char,
    ) {
        let param = params.first().and_then(|p| p.first()).copied().unwrap_or(0);
        match (first, last, param) {
            (None, 'n', 5) => self.0.extend(b"\x1b[0n"),
            (None, 'n', 6) => {
                let (row, column) = screen.cursor_position();
                self.0.extend(format!("\x1b[{};{}R", row + 1, column + 1).into_bytes());
            }
            // A VT102, which promises nothing that is not there.
            (None, 'c', 0) => self.0.extend(b"\x1b[?6c"),
            _ => {}
        }
    }
}

/// Columns that there are at least: the emulator does not survive a wide character where there is room for half of it.
const FEWEST: NonZeroU16 = NonZeroU16::new(2).expect("two is not zero");

/// Rows and columns as the emulator wants them.
fn cells((columns, rows): (u16, u16)) -> (NonZeroU16, NonZeroU16) {
    let count = |n: u16| NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN);
    (count(rows), count(columns).max(FEWEST))
}

impl Emulator {
    pub fn new(size: (u16, u16)) -> Emulator {
        let (rows, columns) = cells(size);
        let parser = Parser::new_with_callbacks(rows, columns, HISTORY, Answers::default());
        Emulator { parser, before: [0; 2] }
    }

    /// Takes what the program wrote; what it is to be answered comes back.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        let [first, second, third] = AS_PICTURE;
        let plain: Vec<u8> = bytes
            .iter()
            .map(|byte| {
                let picture = self.before == [first, second] && *byte == third;
                self.before = [self.before[1], *byte];
                if picture { AS_TEXT } else { *byte }
            })
            .collect();
        self.parser.process(&plain);
        std::mem::take(&mut self.parser.callbacks_mut().0)
    }

    pub fn resize(&mut self, size: (u16, u16)) {
        let (rows, columns) = cells(size);
        self.parser.set_size(rows, columns);
    }

    /// Looks so many rows further back in the history, or forward.
    pub fn scroll(&mut self, by: isize) {
        let screen = self.parser.screen_mut();
        screen.set_scrollback(screen.scrollback().saturating_add_signed(by));
    }

    /// Looks at the end again.
    pub fn follow(&mut self) {
        self.parser.screen_mut().set_scrollback(0);
    }

    pub fn picture(&self) -> Picture {
        let screen = self.parser.screen();
        let (rows, columns) = screen.size();
        let (row, column) = screen.cursor_position();
        Picture {
            rows: (0..rows.get()).map(|row| spans(screen, row, columns.get())).collect(),
            cursor: (!screen.hide_cursor()).then_some((column, row)),
            application_cursor: screen.application_cursor(),
            bracketed_paste: screen.bracketed_paste(),
            back: screen.scrollback(),
        }
    }
}

/// A row as pieces of one look.
fn spans(screen: &Screen, row: u16, columns: u16) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    // What a wide character has covered is passed over, so that every character stands in its own column.
    let mut next = 0;
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column).filter(|_| column >= next) else { continue };
        let (text, width) = glyph(cell.contents(), columns - column);
        next = column + width;
        let ink = ink(cell);
        match out.last_mut() {
            Some(span) if span.ink == ink => span.text.push_str(&text),
            _ => out.push(Span { text, ink }),
        }
    }
    while let Some(last) = out.last_mut().filter(|s| s.ink == Ink::default()) {
        last.text.truncate(last.text.trim_end_matches(' ').len());
        if !last.text.is_empty() {
            break;
        }
        out.pop();
    }
    out
}

/// What is drawn of a cell, and the columns that it takes: one character with a width, and the marks that combine with it
/// without changing that width.
fn glyph(contents: &str, room: u16) -> (String, u16) {
    let clean = sanitize(contents);
    let mut chars = clean.chars();
    let Some((first, width)) = chars.next().and_then(|c| Some((c, c.width()?))) else {
        return (" ".to_owned(), 1);
    };
    if !(1..=2).contains(&width) || width > usize::from(room) {
        return (" ".to_owned(), 1);
    }
    let mut text = String::from(first);
    text.extend(chars.filter(|c| c.width() == Some(0)));
    if text.width() != width {
        text = first.to_string();
    }
    (text, width as u16)
}

fn ink(cell: &Cell) -> Ink {
    let hue = |color: Color| match color {
        Color::Default => Hue::Default,
        Color::Idx(i) => Hue::Index(i),
        Color::Rgb(r, g, b) => Hue::Rgb(r, g, b),
    };
    Ink {
        fg: hue(cell.fgcolor()),
        bg: hue(cell.bgcolor()),
        bold: cell.bold(),
        dim: cell.dim(),
        italic: cell.italic(),
        underline: cell.underline(),
        reverse: cell.inverse(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a program writes: text, sequences with numbers of all sizes, and bytes that are nothing.
    fn written() -> impl Strategy<Value = Vec<u8>> {
        let number = prop_oneof![0u32..30, Just(65_535), any::<u32>()];
        let sequence =
            (proptest::collection::vec(number, 0..4), "[?>!]?", "[@-~]").prop_map(|(n, mark, last)| {
                let numbers: Vec<String> = n.iter().map(ToString::to_string).collect();
                format!("\x1b[{mark}{}{last}", numbers.join(";")).into_bytes()
            });
        let modes = prop_oneof![
            Just("\x1b[?1049h"),
            Just("\x1b[?1049l"),
            Just("\x1b7"),
            Just("\x1b8"),
            Just("\x1bM"),
            Just("\x1bc")
        ];
        prop_oneof![
            4 => sequence,
            1 => modes.prop_map(|text| text.as_bytes().to_vec()),
            4 => "[a-d0❤节👩\u{301}\u{200d}\u{fe0f}\r\n\t\u{8}]{0,12}".prop_map(String::into_bytes),
            1 => proptest::collection::vec(any::<u8>(), 0..12),
        ]
    }

    proptest! {
        #[test]
        fn nothing_that_is_written_breaks_it_or_leaves_the_pane(
            pieces in proptest::collection::vec((written(), 0u16..12, 0u16..6, any::<bool>()), 0..40),
        ) {
            let mut emulator = Emulator::new((10, 3));
            for (bytes, columns, rows, resize) in pieces {
                emulator.take(&bytes);
                if resize {
                    emulator.resize((columns, rows));
                    emulator.scroll(isize::from(columns as i16) - 5);
                }
                let (rows, columns) = emulator.parser.screen().size();
                let picture = emulator.picture();
                prop_assert_eq!(picture.rows.len(), usize::from(rows.get()));
                for row in &picture.rows {
                    let text: String = row.iter().map(|s| s.text.as_str()).collect();
                    let width: usize = text.chars().filter_map(UnicodeWidthChar::width).sum();
                    prop_assert!(width <= usize::from(columns.get()), "{text:?}");
                    prop_assert_eq!(&sanitize(&text), &text);
                }
            }
        }
    }

    fn shown(bytes: &str) -> Picture {
        let mut emulator = Emulator::new((10, 3));
        emulator.take(bytes.as_bytes());
        emulator.picture()
    }

    fn text(picture: &Picture) -> Vec<String> {
        let row = |row: &Vec<Span>| row.iter().map(|s| s.text.as_str()).collect();
        picture.rows.iter().map(row).collect()
    }

    #[test]
    fn what_a_program_writes_becomes_rows_of_one_look() {
        let picture = shown("ab\x1b[1;31mc\x1b[48;2;1;2;3md\x1b[0m\r\n\x1b[38;5;200me\x1b[7mf");
        assert_eq!(text(&picture), ["abcd", "ef", ""]);
        let inks: Vec<_> = picture.rows[0].iter().map(|s| (s.text.as_str(), s.ink.fg, s.ink.bg)).collect();
        let red = Hue::Index(1);
        assert_eq!(
            inks,
            [("ab", Hue::Default, Hue::Default), ("c", red, Hue::Default), ("d", red, Hue::Rgb(1, 2, 3))]
        );
        assert!(picture.rows[0][1].ink.bold && picture.rows[1][1].ink.reverse);
        assert_eq!(picture.rows[1][0].ink.fg, Hue::Index(200));
        assert_eq!(picture.cursor, Some((2, 1)));
        assert_eq!(shown("\x1b[?25l").cursor, None);
        // Blanks that have a colour are part of the picture.
        assert_eq!(text(&shown("\x1b[44m   \x1b[0m   ")), ["   ", "", ""]);
    }

    #[test]
    fn nothing_that_steers_a_terminal_is_left() {
        let hostile = "a\x1b]52;c;aGk=\x07b\x1b]0;title\x1b\\c\x1bP1$r\x1b\\d\u{202e}e\u{200f}\u{9b}f\x07g";
        assert_eq!(text(&shown(hostile))[0], "abcdefg");
        let mut emulator = Emulator::new((10, 3));
        for byte in hostile.bytes() {
            emulator.take(&[byte]);
        }
        assert_eq!(text(&emulator.picture())[0], "abcdefg");
    }

    #[test]
    fn every_character_stands_in_its_own_column() {
        assert_eq!(text(&shown("节点e\u{301}x"))[0], "节点e\u{301}x");
        // A joined picture is as wide as its parts are without the joiner.
        assert_eq!(text(&shown("👩\u{200d}🚒!"))[0], "👩🚒!");
        assert_eq!(text(&shown("❤\u{fe0f}!"))[0], "❤!");
        // Half of a wide character that was written over is a blank.
        assert_eq!(text(&shown("节\x1b[1;2Hx"))[0], " x");
    }

    #[test]
    fn programs_are_answered_and_modes_are_told() {
        let mut emulator = Emulator::new((10, 3));
        assert_eq!(emulator.take(b"ab\x1b[6n\x1b[c\x1b[5n"), b"\x1b[1;3R\x1b[?6c\x1b[0n");
        assert_eq!(emulator.take(b"\x1b[?1h\x1b[?2004h"), b"");
        let picture = emulator.picture();
        assert!(picture.application_cursor && picture.bracketed_paste);
    }

    #[test]
    fn the_history_is_bounded_and_is_left_with_a_resize() {
        let mut emulator = Emulator::new((10, 3));
        for n in 0..3000 {
            emulator.take(format!("{n}\r\n").as_bytes());
        }
        emulator.scroll(2);
        assert_eq!(
            (text(&emulator.picture()), emulator.picture().back),
            (vec!["2996".into(), "2997".into(), "2998".into()], 2)
        );
        emulator.scroll(isize::MAX);
        assert_eq!(emulator.picture().back, HISTORY);
        emulator.scroll(-5);
        emulator.follow();
        assert_eq!(text(&emulator.picture()), ["2998", "2999", ""]);
        emulator.scroll(1);
        emulator.resize((4, 2));
        assert_eq!(
            (text(&emulator.picture()), emulator.picture().back),
            (vec!["2999".into(), String::new()], 0)
        );
        emulator.resize((0, 0));
        emulator.take("节点".as_bytes());
        assert_eq!(emulator.picture().rows.len(), 1);
    }
}
