//! Keys as the bytes that a program in a terminal expects: those of xterm. Pure.
//!
//! Must not know what a program does with them. To add a key, add it to [`encode`] and a row to the table of its test.

use crate::domain::{Key, KeyCode};

/// Whether this key leaves the pane; it is the one key that asks; those of the history go to no program either. Terminals that know no modifiers send the
/// same byte for ctrl-5.
pub fn leaves(key: Key) -> bool {
    key.ctrl && !key.alt && matches!(key.code, KeyCode::Char(']' | '5'))
}

/// The bytes of a key. `application` is the mode of the cursor keys that the program asked for. None for keys that a
/// terminal has no bytes for.
pub fn encode(key: Key, application: bool) -> Vec<u8> {
    let modifiers = 1 + u8::from(key.shift) + 2 * u8::from(key.alt) + 4 * u8::from(key.ctrl);
    let letter = |last: char, alone: &str| match modifiers {
        1 => format!("\x1b{alone}{last}").into_bytes(),
        m => format!("\x1b[1;{m}{last}").into_bytes(),
    };
    let cursor = |last: char| letter(last, if application { "O" } else { "[" });
    let numbered = |number: u8| match modifiers {
        1 => format!("\x1b[{number}~").into_bytes(),
        m => format!("\x1b[{number};{m}~").into_bytes(),
    };
    match key.code {
        KeyCode::Char(c) if key.ctrl => meta(key, &control(c)),
        KeyCode::Char(c) => meta(key, c.encode_utf8(&mut [0; 4]).as_bytes()),
        KeyCode::Enter => meta(key, b"\r"),
        KeyCode::Esc => meta(key, b"\x1b"),
        KeyCode::Tab => meta(key, b"\t"),
        KeyCode::BackTab => meta(key, b"\x1b[Z"),
        KeyCode::Backspace => meta(key, b"\x7f"),
        KeyCode::Up => cursor('A'),
        KeyCode::Down => cursor('B'),
        KeyCode::Right => cursor('C'),
        KeyCode::Left => cursor('D'),
        KeyCode::Home => cursor('H'),
        KeyCode::End => cursor('F'),
        KeyCode::Insert => numbered(2),
        KeyCode::Delete => numbered(3),
        KeyCode::PageUp => numbered(5),
        KeyCode::PageDown => numbered(6),
        KeyCode::F(n @ 1..=4) => letter(char::from(b'P' + n - 1), "O"),
        KeyCode::F(n @ 5..=12) => numbered([15, 17, 18, 19, 20, 21, 23, 24][usize::from(n - 5)]),
        KeyCode::F(_) => Vec::new(),
    }
}

/// Alt is an escape before the key.
fn meta(key: Key, bytes: &[u8]) -> Vec<u8> {
    let escape = if key.alt { &b"\x1b"[..] } else { b"" };
    [escape, bytes].concat()
}

/// A character with ctrl; one that has no such form is itself.
fn control(c: char) -> Vec<u8> {
    let byte = match c.to_ascii_lowercase() {
        ' ' | '@' | '2' => 0x00,
        c @ 'a'..='z' => c as u8 - b'a' + 1,
        '[' | '3' => 0x1b,
        '\\' | '4' => 0x1c,
        ']' | '5' => 0x1d,
        '^' | '6' => 0x1e,
        '_' | '/' | '7' => 0x1f,
        '?' | '8' => 0x7f,
        c => return c.encode_utf8(&mut [0; 4]).as_bytes().to_vec(),
    };
    vec![byte]
}

/// What was pasted. Marked as such where the program asked for it; nothing in it can end the mark.
pub fn paste(text: &str, bracketed: bool) -> Vec<u8> {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = crate::domain::sanitize(&lines).replace('\n', "\r");
    if bracketed { format!("\x1b[200~{text}\x1b[201~").into_bytes() } else { text.into_bytes() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_the_bytes_of_xterm() {
        for (name, plain, application) in [
            ("a", "a", "a"),
            ("shift-a", "A", "A"),
            ("é", "é", "é"),
            ("节", "节", "节"),
            ("space", " ", " "),
            ("alt-x", "\x1bx", "\x1bx"),
            ("ctrl-c", "\x03", "\x03"),
            ("ctrl-z", "\x1a", "\x1a"),
            ("ctrl-h", "\x08", "\x08"),
            ("ctrl-space", "\0", "\0"),
            ("ctrl-4", "\x1c", "\x1c"),
            ("ctrl-7", "\x1f", "\x1f"),
            ("ctrl-alt-b", "\x1b\x02", "\x1b\x02"),
            ("ctrl-é", "é", "é"),
            ("enter", "\r", "\r"),
            ("alt-enter", "\x1b\r", "\x1b\r"),
            ("esc", "\x1b", "\x1b"),
            ("tab", "\t", "\t"),
            ("backtab", "\x1b[Z", "\x1b[Z"),
            ("backspace", "\x7f", "\x7f"),
            ("alt-backspace", "\x1b\x7f", "\x1b\x7f"),
            ("up", "\x1b[A", "\x1bOA"),
            ("down", "\x1b[B", "\x1bOB"),
            ("right", "\x1b[C", "\x1bOC"),
            ("left", "\x1b[D", "\x1bOD"),
            ("ctrl-left", "\x1b[1;5D", "\x1b[1;5D"),
            ("alt-up", "\x1b[1;3A", "\x1b[1;3A"),
            ("shift-right", "\x1b[1;2C", "\x1b[1;2C"),
            ("home", "\x1b[H", "\x1bOH"),
            ("end", "\x1b[F", "\x1bOF"),
            ("insert", "\x1b[2~", "\x1b[2~"),
            ("delete", "\x1b[3~", "\x1b[3~"),
            ("ctrl-delete", "\x1b[3;5~", "\x1b[3;5~"),
            ("pgup", "\x1b[5~", "\x1b[5~"),
            ("pgdn", "\x1b[6~", "\x1b[6~"),
            ("f1", "\x1bOP", "\x1bOP"),
            ("f4", "\x1bOS", "\x1bOS"),
            ("shift-f2", "\x1b[1;2Q", "\x1b[1;2Q"),
            ("f5", "\x1b[15~", "\x1b[15~"),
            ("f10", "\x1b[21~", "\x1b[21~"),
            ("f11", "\x1b[23~", "\x1b[23~"),
            ("f12", "\x1b[24~", "\x1b[24~"),
            ("ctrl-f5", "\x1b[15;5~", "\x1b[15;5~"),
            ("f13", "", ""),
        ] {
            let key: Key = name.parse().unwrap();
            assert!(!leaves(key), "{name}");
            assert_eq!(String::from_utf8(encode(key, false)).unwrap(), plain, "{name}");
            assert_eq!(String::from_utf8(encode(key, true)).unwrap(), application, "{name}");
        }
    }

    #[test]
    fn one_key_leaves() {
        for (name, wanted) in [("ctrl-]", true), ("ctrl-5", true), ("]", false), ("ctrl-alt-]", false)] {
            assert_eq!(leaves(name.parse().unwrap()), wanted, "{name}");
        }
    }

    #[test]
    fn what_is_pasted_cannot_end_its_mark() {
        assert_eq!(paste("a\r\nb\nc\rd", false), b"a\rb\rc\rd");
        assert_eq!(paste("a\x1b[201~rm\x03\x04", true), b"\x1b[200~arm\x1b[201~");
    }
}
