//! One pattern, held against a place in a text. Base64 is found also where it is broken into lines, as `base64` and PEM do
//! and YAML then indents: a break is no part of what it says.

/// A line is not shorter than this where programs break base64; so many characters stand for one break at most.
const LINE: usize = 16;
/// Blanks after a line end that belong to the break, as YAML indents.
const INDENT: usize = 16;
/// The longest break: `\r\n` as JSON escapes it, and the indent.
const BREAK: usize = 4 + INDENT;
/// Line ends, as they are and as JSON escapes them.
const ENDS: [&[u8]; 4] = [b"\\r\\n", b"\\n", b"\r\n", b"\n"];

/// How far a text has a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// All of it, in so many bytes.
    Whole(usize),
    /// The text ends within it.
    Part,
    No,
}

/// Something to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pub bytes: Box<[u8]>,
    /// It may be broken into lines.
    pub breaks: bool,
}

impl Pattern {
    /// The most bytes that it can take in a text.
    pub fn longest(&self) -> usize {
        self.bytes.len() + if self.breaks { BREAK * self.most_breaks() } else { 0 }
    }

    fn most_breaks(&self) -> usize {
        self.bytes.len() / LINE + 1
    }

    /// Whether the text begins with it.
    pub fn fit(&self, text: &[u8]) -> Fit {
        if !self.breaks {
            let both = self.bytes.len().min(text.len());
            return match (self.bytes[..both] == text[..both], both == self.bytes.len()) {
                (true, true) => Fit::Whole(both),
                (true, false) => Fit::Part,
                (false, _) => Fit::No,
            };
        }
        let (mut at, mut left) = (0, self.most_breaks());
        for (i, wanted) in self.bytes.iter().enumerate() {
            if i > 0 && left > 0 && text.get(at) != Some(wanted) {
                match line_break(&text[at..]) {
                    Some(Fit::Whole(n)) => (at, left) = (at + n, left - 1),
                    Some(_) => return Fit::Part,
                    None => {}
                }
            }
            match text.get(at) {
                Some(found) if found == wanted => at += 1,
                Some(_) => return Fit::No,
                None => return Fit::Part,
            }
        }
        Fit::Whole(at)
    }
}

/// The break that a text begins with, with the indent; none where it begins with none.
fn line_break(text: &[u8]) -> Option<Fit> {
    let end = ENDS.iter().find(|end| text.starts_with(end));
    let Some(end) = end else {
        // Cut within the line end itself.
        return (!text.is_empty() && ENDS.iter().any(|end| end.starts_with(text))).then_some(Fit::Part);
    };
    let indent = text[end.len()..].iter().take(INDENT).take_while(|b| **b == b' ').count();
    Some(Fit::Whole(end.len() + indent))
}

/// The first bytes of a text without what breaks lines, as many as there are up to the length of `out`; how many.
pub fn head<const N: usize>(text: &[u8]) -> ([u8; N], usize) {
    let (mut out, mut have, mut at) = ([0; N], 0, 0);
    while have < N && at < text.len() {
        match line_break(&text[at..]).filter(|_| have > 0) {
            Some(Fit::Whole(n)) => at += n,
            Some(_) => break,
            None => {
                out[have] = text[at];
                (have, at) = (have + 1, at + 1);
            }
        }
    }
    (out, have)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern { bytes: text.as_bytes().into(), breaks: true }
    }

    #[test]
    fn a_break_is_no_part_of_what_is_said() {
        let p = pattern("abcdefghijklmnop");
        for (text, length) in [
            ("abcdefghijklmnop", 16),
            ("abcd\nefghijklmnop", 17),
            ("abcd\r\n    efghijklmnop rest", 22),
            ("abcd\\nefgh\nijklmnop", 19),
        ] {
            assert_eq!(p.fit(text.as_bytes()), Fit::Whole(length), "{text:?}");
        }
        for text in ["abcd\r", "abcd\\", "abcd\n   ", "ab", "abcd\\r\\"] {
            assert_eq!(p.fit(text.as_bytes()), Fit::Part, "{text:?}");
        }
        for text in ["abcd efgh", "abcd\n\nefghijklmnop\n\n\n", "\nabcdefghijklmnop", "abcd\\tefgh"] {
            assert_ne!(p.fit(text.as_bytes()), Fit::Whole(text.len()), "{text:?}");
        }
        assert_eq!(Pattern { breaks: false, ..p }.fit(b"abcd\nefghijklmnop"), Fit::No);
        assert_eq!(head::<4>(b"a\nb\r\n  cdef"), (*b"abcd", 4));
        assert_eq!(head::<4>(b"ab\\"), ([b'a', b'b', 0, 0], 2));
    }
}
