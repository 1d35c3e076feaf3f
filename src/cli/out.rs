//! What the commands print, on both outputs. Everything goes through one [`Printer`], which lets nothing pass that steers a
//! terminal, wherever the text came from: a control character has a sign in its place, what is not seen is left out.
//!
//! Must not be gone around: no command names `stdout` or `stderr` to write to them, and a test holds the source to it.
//! Colours of our own are handed over as such ([`Printer::styled`]); JSON is written with [`json`], which loses nothing.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::domain::hides;

/// A way to one output. Text may be cut anywhere between two writes.
pub struct Printer<'a> {
    to: Box<dyn Write + Send + 'a>,
    /// The bytes of a character whose end was not written yet.
    begun: Vec<u8>,
}

impl<'a> Printer<'a> {
    pub fn over(to: impl Write + Send + 'a) -> Printer<'a> {
        Printer { to: Box::new(to), begun: Vec::new() }
    }

    /// The output for answers.
    pub fn answers() -> Printer<'static> {
        Printer::over(io::stdout())
    }

    /// The output for words beside the answer: questions, warnings, errors.
    pub fn words() -> Printer<'static> {
        Printer::over(io::stderr())
    }

    /// Text with colours: the sequences that choose them pass, everything else is text. What is foreign in it must have
    /// been cleaned before, or it chooses colours as well.
    pub fn styled(&mut self, text: &str) -> io::Result<()> {
        let mut rest = text;
        while let Some(at) = rest.find("\u{1b}[") {
            let (plain, sequence) = rest.split_at(at);
            let numbers =
                sequence[2..].bytes().take_while(|b| b.is_ascii_digit() || b";:".contains(b)).count();
            self.write_all(plain.as_bytes())?;
            let end = 2 + numbers;
            if sequence.as_bytes().get(end) == Some(&b'm') {
                self.to.write_all(&sequence.as_bytes()[..=end])?;
                rest = &sequence[end + 1..];
            } else {
                self.write_all(&sequence.as_bytes()[..2])?;
                rest = &sequence[2..];
            }
        }
        self.write_all(rest.as_bytes())
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        let mut from = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| hides(*c)) {
            self.to.write_all(&text.as_bytes()[from..at])?;
            if c.is_control() {
                self.to.write_all("\u{fffd}".as_bytes())?;
            }
            from = at + c.len_utf8();
        }
        self.to.write_all(&text.as_bytes()[from..])
    }
}

impl Write for Printer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        let mut rest = &all[..];
        while !rest.is_empty() {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.text(text)?;
                    break;
                }
                Err(e) => {
                    let (whole, more) = rest.split_at(e.valid_up_to());
                    self.text(&String::from_utf8_lossy(whole))?;
                    let Some(broken) = e.error_len() else {
                        self.begun = more.to_vec();
                        break;
                    };
                    self.text("\u{fffd}")?;
                    rest = &more[broken..];
                }
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Drop for Printer<'_> {
    fn drop(&mut self) {
        if !self.begun.is_empty() {
            let _ = self.text("\u{fffd}");
        }
        let _ = self.to.flush();
    }
}

/// One line beside the answer, with the name of the program before it: a warning, or why it ends.
pub fn told(words: impl AsRef<str>) -> io::Result<()> {
    writeln!(Printer::words(), "opsbook: {}", words.as_ref())
}

/// A cell of a column: as wide as this in a terminal, where many characters take two cells.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// JSON in one line, with what steers or is not seen as escapes.
pub fn json(value: &Value) -> String {
    escaped(&value.to_string())
}

/// The same over several lines.
pub fn json_lines(value: &impl Serialize) -> String {
    escaped(&serde_json::to_string_pretty(value).unwrap_or_default())
}

/// Outside of ASCII there is nothing in JSON but texts, and in a text an escape is the same character.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if hides(c) {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hidden;
    use proptest::prelude::*;
    use serde_json::json;

    fn printed(chunks: &[&[u8]]) -> String {
        let mut out = Vec::new();
        let mut printer = Printer::over(&mut out);
        for chunk in chunks {
            printer.write_all(chunk).unwrap();
        }
        drop(printer);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn controls_have_a_sign_in_their_place_and_what_is_not_seen_is_left_out() {
        assert_eq!(printed(&[b"a\x1b[2Jb\x07\tc\r\n"]), "a\u{fffd}[2Jb\u{fffd}\tc\u{fffd}\n");
        assert_eq!(printed(&["x\u{9b}31m\u{202e}y\u{200d}\u{feff}z 节".as_bytes()]), "x\u{fffd}31myz 节");
        assert_eq!(printed(&[b"\xe8\x8a", b"\x82\xff", b"\xe8"]), "节\u{fffd}\u{fffd}");
    }

    #[test]
    fn only_colours_pass_as_styles() {
        let mut out = Vec::new();
        Printer::over(&mut out)
            .styled("\u{1b}[1;38;5;9mred\u{1b}[0m\u{1b}[2J\u{1b}]0;t\u{7}\u{1b}[31")
            .unwrap();
        let want = "\u{1b}[1;38;5;9mred\u{1b}[0m\u{fffd}[2J\u{fffd}]0;t\u{fffd}\u{fffd}[31";
        assert_eq!(String::from_utf8(out).unwrap(), want);
    }

    proptest! {
        #[test]
        fn nothing_that_steers_comes_out_wherever_the_text_is_cut(
            text in "(a|节|\u{1b}|\u{9b}|\u{202e}|\u{200b}|\u{e0041}|\u{7f}|\r|\n|\\[2J){0,40}", cut in 0usize..100,
        ) {
            let bytes = text.as_bytes();
            let cut = cut.min(bytes.len());
            let out = printed(&[&bytes[..cut], &bytes[cut..]]);
            prop_assert!(!hidden(&out), "{out:?}");
            prop_assert_eq!(out, printed(&[bytes]));
        }

        #[test]
        fn json_is_the_same_value_without_anything_that_steers(text in any::<String>(), more in "[\u{80}-\u{9f}\u{202a}-\u{202e}\u{e0000}-\u{e007f}\u{7f}]{0,9}") {
            let value = json!({ text.clone(): [more.clone(), { "a": format!("{more}{text}") }] });
            for out in [json(&value), json_lines(&value)] {
                prop_assert!(!hidden(&out));
                prop_assert_eq!(serde_json::from_str::<Value>(&out).unwrap(), value.clone());
            }
        }
    }
}
