//! Keys and mouse events as plain data, so that the core needs no terminal. A key prints as it is written
//! in the keymap (`ctrl-r`, `shift-f`, `enter`, `?`) and parses back from it.

use std::time::Duration;

use thiserror::Error;

use crate::lang::t;

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    Char(char),
    F(u8),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
}

/// A key press. `shift` is only set where the character does not say it already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub code: KeyCode,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

/// How a key came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pressed {
    /// A press of its own, as far as the terminal tells.
    #[default]
    Fresh,
    /// The terminal says that the key is held down.
    Repeated,
    /// It waited already when the frame was drawn that is on the screen now: it was pressed for another one.
    Waited,
}

/// A key press, and when it came. The time is that of the hand, not of the session: it counts from any moment that stays
/// the same, runs evenly, and neither a faster rehearsal nor a clock that is set changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    pub key: Key,
    pub at: Duration,
    pub how: Pressed,
}

/// Why a key's name was not understood.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum KeyError {
    #[error("{}", t!("domain-input-no-key", given = _0))]
    Unknown(String),
}

const NAMES: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("space", KeyCode::Char(' ')),
];

impl Key {
    pub const fn plain(code: KeyCode) -> Key {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    pub const fn char(c: char) -> Key {
        Key::plain(KeyCode::Char(c))
    }

    /// The character that this key types into a field, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

impl std::str::FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Key, KeyError> {
        let unknown = || KeyError::Unknown(text.to_owned());
        let (mut ctrl, mut alt, mut shift, mut rest) = (false, false, false, text);
        loop {
            let (flag, tail) = if let Some(tail) = rest.strip_prefix("ctrl-") {
                (&mut ctrl, tail)
            } else if let Some(tail) = rest.strip_prefix("alt-") {
                (&mut alt, tail)
            } else if let Some(tail) = rest.strip_prefix("shift-") {
                (&mut shift, tail)
            } else {
                break;
            };
            if *flag || tail.is_empty() {
                return Err(unknown());
            }
            *flag = true;
            rest = tail;
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_control() && c != ' ' => KeyCode::Char(c),
            _ => named(rest).ok_or_else(unknown)?,
        };
        if let (KeyCode::Char(c), true) = (code, shift) {
            // shift-f and F are the same key; terminals report the latter.
            if c.is_ascii_alphabetic() {
                return Ok(Key { code: KeyCode::Char(c.to_ascii_uppercase()), ctrl, alt, shift: false });
            }
        }
        Ok(Key { code, ctrl, alt, shift })
    }
}

fn named(text: &str) -> Option<KeyCode> {
    if let Some(n) = text.strip_prefix('f').and_then(|n| n.parse::<u8>().ok()) {
        return (1..=24).contains(&n).then_some(KeyCode::F(n));
    }
    NAMES.iter().find(|(name, _)| *name == text).map(|(_, code)| *code)
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (set, word) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if set {
                f.write_str(word)?;
            }
        }
        match self.code {
            KeyCode::F(n) => write!(f, "f{n}"),
            code => match NAMES.iter().find(|(_, c)| *c == code) {
                Some((name, _)) => f.write_str(name),
                None => match code {
                    KeyCode::Char(c) if c.is_ascii_uppercase() && !self.shift => {
                        write!(f, "shift-{}", c.to_ascii_lowercase())
                    }
                    KeyCode::Char(c) => write!(f, "{c}"),
                    _ => Ok(()),
                },
            },
        }
    }
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    Click,
    ScrollUp,
    ScrollDown,
}

/// A mouse event at a cell, counted from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    pub kind: MouseKind,
    pub column: u16,
    pub row: u16,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        let key = |t: &str| t.parse::<Key>().unwrap();
        assert_eq!(key("shift-f"), Key::char('F'));
        assert_eq!(key("ctrl-r"), Key { ctrl: true, ..Key::char('r') });
        assert_eq!(key("-"), Key::char('-'));
        assert_eq!(key("ctrl--"), Key { ctrl: true, ..Key::char('-') });
        assert_eq!(key("space").to_string(), "space");
        assert_eq!(key("f12"), Key::plain(KeyCode::F(12)));
        for bad in ["", "ctrl-", "ctrl-ctrl-a", "f99", "entre", "ab"] {
            assert!(bad.parse::<Key>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_to_the_same_key(c in any::<char>(), ctrl: bool, alt: bool) {
            prop_assume!(!c.is_control());
            let key = Key { ctrl, alt, ..Key::char(c) };
            prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in ".{0,12}") {
            let _ = text.parse::<Key>();
        }
    }
}
