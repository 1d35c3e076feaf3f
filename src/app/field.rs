//! The line that is typed into, wherever one is: search, filter, command, value, name, list. One field has the keyboard at
//! a time, so the place of its cursor stands once, in [`Caret`], beside whatever text is typed into.
//!
//! Must not know what a text is for. To let a key change a field, give it an arm in [`edit`].

use std::hash::{DefaultHasher, Hash, Hasher};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::domain::{Key, KeyCode};

/// Where the cursor of the field stands, counted from the end of its text. A text that was changed elsewhere is another
/// text: there the cursor is at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caret {
    /// Which text it is of; the text itself may be secret.
    of: u64,
    /// Bytes behind the cursor.
    behind: usize,
}

fn mark(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

impl Caret {
    /// The byte before which the cursor stands.
    pub fn at(self, text: &str) -> usize {
        let at = if self.of == mark(text) { text.len().saturating_sub(self.behind) } else { text.len() };
        if text.is_char_boundary(at) { at } else { text.len() }
    }

    fn set(&mut self, text: &str, at: usize) {
        *self = Caret { of: mark(text), behind: text.len() - at };
    }
}

/// What a key did to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// It is not for the field.
    No,
    /// The cursor moved, or had nowhere to go.
    Moved,
    Changed,
}

/// Changes a text as a key says. A step is what is seen as one character, and a word ends at a blank.
pub fn edit(text: &mut String, caret: &mut Caret, key: Key) -> Typed {
    let at = caret.at(text);
    let before = || text[..at].grapheme_indices(true).next_back().map_or(0, |(i, _)| i);
    let after = || at + text[at..].graphemes(true).next().map_or(0, str::len);
    let word = |until: &str| until.trim_end().rfind(' ').map_or(0, |i| i + 1);
    let next = || {
        let rest = text[at..].trim_start();
        text.len() - rest.find(' ').map_or(0, |i| rest.len() - i)
    };
    // What is taken out, or where the cursor goes.
    let (taken, to) = match (key.code, key.ctrl) {
        (KeyCode::Left, false) => (None, before()),
        (KeyCode::Right, false) => (None, after()),
        (KeyCode::Left, true) => (None, word(&text[..at])),
        (KeyCode::Right, true) => (None, next()),
        (KeyCode::Home, _) => (None, 0),
        (KeyCode::End, _) => (None, text.len()),
        (KeyCode::Backspace, false) => (Some(before()..at), before()),
        (KeyCode::Delete, _) => (Some(at..after()), at),
        (KeyCode::Char('w') | KeyCode::Backspace, true) => (Some(word(&text[..at])..at), word(&text[..at])),
        (KeyCode::Char('u'), true) => (Some(0..text.len()), 0),
        (KeyCode::Char('k'), true) => (Some(at..text.len()), at),
        _ => {
            let Some(c) = key.typed() else { return Typed::No };
            text.insert(at, c);
            caret.set(text, at + c.len_utf8());
            return Typed::Changed;
        }
    };
    let changed = taken.as_ref().is_some();
    if let Some(taken) = taken {
        text.replace_range(taken, "");
    }
    caret.set(text, to);
    if changed { Typed::Changed } else { Typed::Moved }
}

/// What of a field is seen in so many cells, and in which of them the cursor stands: a long text moves under the cursor, and
/// what is hidden of it has an ellipsis in its place.
pub fn window(text: &str, at: usize, width: u16) -> (String, u16) {
    let width = usize::from(width);
    let at = if text.is_char_boundary(at) { at } else { text.len() };
    let cursor = text[..at].width();
    // One cell is the cursor's own at the end of the text.
    if text.width() < width || width < 3 {
        return (text.to_owned(), cursor.min(width.saturating_sub(1)) as u16);
    }
    let (mut from, mut hidden) = (0, 0);
    for (i, g) in text.grapheme_indices(true) {
        if cursor - hidden + usize::from(hidden > 0) < width {
            break;
        }
        (from, hidden) = (i + g.len(), hidden + g.width());
    }
    let lead = if hidden > 0 { "…" } else { "" };
    let mut shown = lead.to_owned();
    let mut used = lead.width();
    for g in text[from..].graphemes(true) {
        if used + g.width() > width - 1 {
            shown.push('…');
            break;
        }
        shown.push_str(g);
        used += g.width();
    }
    (shown, (cursor - hidden + lead.width()) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(keys: &str) -> (String, usize) {
        let (mut text, mut caret) = (String::new(), Caret::default());
        for key in keys.split(' ') {
            edit(&mut text, &mut caret, key.parse().unwrap());
        }
        let at = caret.at(&text);
        (text, at)
    }

    #[test]
    fn a_mistake_in_the_middle_of_a_field_is_mended_where_it_is() {
        assert_eq!(typed("a c left b end d"), ("abcd".to_owned(), 4));
        assert_eq!(typed("a b c home delete right backspace"), ("c".to_owned(), 0));
        assert_eq!(typed("节 点 left backspace"), ("点".to_owned(), 0));
        assert_eq!(typed("a space b c ctrl-w"), ("a ".to_owned(), 2));
        assert_eq!(typed("a space b c ctrl-left x"), ("a xbc".to_owned(), 3));
        assert_eq!(typed("a space b home ctrl-right ctrl-k"), ("a".to_owned(), 1));
        assert_eq!(typed("a b left ctrl-u"), (String::new(), 0));
        assert_eq!(typed("left right home end delete backspace"), (String::new(), 0));
    }

    #[test]
    fn a_text_that_was_changed_elsewhere_has_its_cursor_at_the_end() {
        let (mut text, mut caret) = ("one".to_owned(), Caret::default());
        edit(&mut text, &mut caret, "home".parse().unwrap());
        assert_eq!(caret.at("one"), 0);
        assert_eq!(caret.at("another"), 7);
    }

    #[test]
    fn the_cursor_is_in_sight_and_what_is_hidden_has_a_sign() {
        assert_eq!(window("short", 2, 20), ("short".to_owned(), 2));
        assert_eq!(window("abcdefghij", 10, 6), ("…ghij".to_owned(), 5));
        assert_eq!(window("abcdefghij", 0, 6), ("abcde…".to_owned(), 0));
    }

    proptest! {
        #[test]
        fn no_text_and_no_place_puts_the_cursor_outside(text in "\\PC{0,30}", at in 0usize..40, width in 0u16..20) {
            let at = text.char_indices().map(|(i, _)| i).take_while(|i| *i <= at).last().unwrap_or(0);
            let (shown, cursor) = window(&text, at, width);
            prop_assert!(cursor < width.max(1));
            prop_assert!(width < 3 || shown.width() <= usize::from(width));
        }
    }
}
