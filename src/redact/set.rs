//! The set of what is secret, and the search for it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::MASK;
use super::forms::{broken_forms, forms};
use super::pattern::{Fit, Pattern, head};

/// Shorter values, in bytes, are not registered: they are in every text.
pub const LEAST: usize = 4;
/// Of a longer value, in bytes, only the beginning is registered.
pub const MOST: usize = 4 << 10;

/// What became of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    Registered,
    /// Only its first [`MOST`] bytes are known.
    Beginning,
    /// Shorter than [`LEAST`]: it is not filtered.
    TooShort,
    Known,
}

/// Values that are secret. It is never printed.
#[derive(Clone, Default)]
pub struct Secrets {
    /// Patterns by their first bytes, the longest first.
    patterns: HashMap<[u8; LEAST], Vec<Arc<Pattern>>>,
    longest: usize,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").field("longest", &self.longest).finish_non_exhaustive()
    }
}

impl Secrets {
    /// Registers a value in all of its forms. Blanks around it do not count.
    pub fn add(&mut self, secret: &[u8]) -> Added {
        let secret = secret.trim_ascii();
        if secret.len() < LEAST {
            return Added::TooShort;
        }
        let known = &secret[..secret.len().min(MOST)];
        let mut new = false;
        for form in forms(known) {
            new |= self.put(&form, false);
        }
        for form in broken_forms(known) {
            new |= self.put(&form, true);
        }
        match (new, known.len() < secret.len()) {
            (false, _) => Added::Known,
            (true, true) => Added::Beginning,
            (true, false) => Added::Registered,
        }
    }

    fn put(&mut self, form: &[u8], breaks: bool) -> bool {
        let Some(head) = form.first_chunk::<LEAST>() else { return false };
        let list = self.patterns.entry(*head).or_default();
        let pattern = Pattern { bytes: form.into(), breaks };
        if list.iter().any(|p| **p == pattern) {
            return false;
        }
        let at = list.partition_point(|p| p.bytes.len() >= form.len());
        self.longest = self.longest.max(pattern.longest());
        list.insert(at, Arc::new(pattern));
        true
    }

    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Length in bytes of the longest pattern.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// The patterns that may begin with this text: those with its first bytes, and those of them that a line end breaks.
    fn candidates(&self, rest: &[u8]) -> impl Iterator<Item = &Arc<Pattern>> {
        let plain = rest.first_chunk::<LEAST>();
        // Most places have no line end near by.
        let ends = plain.is_none_or(|bytes| bytes.iter().any(|b| b"\\\r\n".contains(b)));
        let (joined, have) = if ends { head::<LEAST>(rest) } else { ([0; LEAST], 0) };
        let broken = (have == LEAST && plain != Some(&joined)).then_some(joined);
        let of = |head: &[u8; LEAST]| self.patterns.get(head).into_iter().flatten();
        let (plain, broken) = (plain.copied(), broken);
        plain.into_iter().flat_map(move |h| of(&h)).chain(broken.into_iter().flat_map(move |h| of(&h)))
    }

    /// How long the secret is that begins at this place.
    pub(super) fn at(&self, text: &[u8], at: usize) -> Option<usize> {
        let whole = |p: &Arc<Pattern>| if let Fit::Whole(n) = p.fit(&text[at..]) { Some(n) } else { None };
        self.candidates(&text[at..]).filter_map(whole).max()
    }

    /// Whether this may be the beginning of a pattern that is longer.
    pub(super) fn may_begin(&self, rest: &[u8]) -> bool {
        let (joined, have) = head::<LEAST>(&rest[..rest.len().min(256)]);
        if have < LEAST {
            let begins = |known: &[u8]| known.starts_with(&joined[..have]) || known.starts_with(rest);
            return self.patterns.keys().any(|known| begins(known));
        }
        self.candidates(rest).any(|p| p.fit(rest) == Fit::Part)
    }

    /// Where secrets stand; those that touch are one.
    pub fn spans(&self, text: &[u8]) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        if self.is_empty() {
            return out;
        }
        for at in 0..text.len() {
            let Some(length) = self.at(text, at) else { continue };
            match out.last_mut() {
                Some(last) if at <= last.end => last.end = last.end.max(at + length),
                _ => out.push(at..at + length),
            }
        }
        out
    }

    /// The text without secrets.
    pub fn bytes<'a>(&self, text: &'a [u8]) -> Cow<'a, [u8]> {
        let spans = self.spans(text);
        if spans.is_empty() {
            return Cow::Borrowed(text);
        }
        let (mut out, mut from) = (Vec::with_capacity(text.len()), 0);
        for span in spans {
            out.extend_from_slice(&text[from..span.start]);
            out.extend_from_slice(MASK.as_bytes());
            from = span.end;
        }
        out.extend_from_slice(&text[from..]);
        Cow::Owned(out)
    }

    /// The text without secrets.
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.bytes(text.as_bytes()) {
            Cow::Borrowed(_) => Cow::Borrowed(text),
            // A piece of a secret may end within a character.
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        }
    }
}
