//! The words that an index has: which there are, how one goes on, which is near, what a joined one is made of.
//!
//! Must not: judge a document. To read what was typed in another way: here what the index can tell, `reading` for when.

use std::collections::BTreeSet;

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::fields::{FIELDS, Layout};

/// How many words are looked at that go on from a beginning, in one field of one segment.
const COMPLETIONS: usize = 24;

/// How many words that are equally near are taken.
const NEAREST: usize = 4;

/// Shortest word in which an error is forgiven, and in which two are.
const ONE_ERROR: usize = 4;
const TWO_ERRORS: usize = 8;

/// Shortest piece of a joined word, most pieces, and longest word that is taken apart, in letters.
const PIECE: usize = 3;
const PIECES: usize = 5;
const JOINED: std::ops::RangeInclusive<usize> = 6..=40;

/// See the module.
#[derive(Clone, Copy)]
pub struct Vocabulary<'a> {
    searcher: &'a Searcher,
    layout: &'a Layout,
}

impl<'a> Vocabulary<'a> {
    /// Of an index.
    pub fn new(searcher: &'a Searcher, layout: &'a Layout) -> Self {
        Self { searcher, layout }
    }

    fn fields(self, wanted: fn(&str) -> bool) -> impl Iterator<Item = Field> + 'a {
        self.layout.text.iter().zip(FIELDS).filter(move |(_, f)| wanted(f.name)).map(|(field, _)| *field)
    }

    fn has(self, word: &str, wanted: fn(&str) -> bool) -> tantivy::Result<bool> {
        for field in self.fields(wanted) {
            if self.searcher.doc_freq(&Term::from_field_text(field, word))? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a word is anywhere.
    pub fn knows(self, word: &str) -> tantivy::Result<bool> {
        self.has(word, |_| true)
    }

    /// Words that begin like this and are longer: in what runbooks are about, else in their text.
    pub fn completions(self, prefix: &str) -> tantivy::Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        for wanted in [(|name| name != "body") as fn(&str) -> bool, |name| name == "body"] {
            for field in self.fields(wanted) {
                self.go_on(field, prefix, &mut found)?;
            }
            if !found.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    fn go_on(self, field: Field, prefix: &str, found: &mut BTreeSet<String>) -> tantivy::Result<()> {
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut terms = inverted.terms().range().gt(prefix).into_stream()?;
            let mut seen = 0;
            while seen < COMPLETIONS && terms.advance() {
                match std::str::from_utf8(terms.key()) {
                    Ok(term) if term.starts_with(prefix) => found.insert(term.to_owned()),
                    _ => break,
                };
                seen += 1;
            }
        }
        Ok(())
    }

    /// The words nearest to one that is nowhere, with the same first letter: one error in a word, two in a long one. A
    /// number is never nearly another.
    pub fn near(self, word: &str) -> tantivy::Result<Vec<String>> {
        let length = word.chars().count();
        let allowed = if length >= TWO_ERRORS { 2 } else { 1 };
        let Some(first) = word.chars().next() else { return Ok(Vec::new()) };
        if length < ONE_ERROR || !word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-') {
            return Ok(Vec::new());
        }
        let mut best: (usize, BTreeSet<String>) = (allowed, BTreeSet::new());
        for field in self.fields(|name| name != "body") {
            for segment in self.searcher.segment_readers() {
                let inverted = segment.inverted_index(field)?;
                let mut terms = inverted.terms().range().ge(first.to_string()).into_stream()?;
                while terms.advance() {
                    let Ok(term) = std::str::from_utf8(terms.key()) else { break };
                    if !term.starts_with(first) {
                        break;
                    }
                    if term.len() < ONE_ERROR || term.len().abs_diff(word.len()) > best.0 {
                        continue;
                    }
                    let distance = strsim::osa_distance(word, term);
                    if distance < best.0 {
                        best = (distance, BTreeSet::new());
                    }
                    if distance == best.0 && best.1.len() < NEAREST {
                        best.1.insert(term.to_owned());
                    }
                }
            }
        }
        Ok(best.1.into_iter().collect())
    }

    /// The known words of which a word is joined, as few as possible: `nodenotready` of three.
    pub fn pieces(self, word: &str) -> tantivy::Result<Option<Vec<String>>> {
        if !JOINED.contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return Ok(None);
        }
        // The fewest pieces of which the first so many letters are joined.
        let mut made: Vec<Option<Vec<&str>>> = vec![None; word.len() + 1];
        made[0] = Some(Vec::new());
        for end in PIECE..=word.len() {
            for start in (0..=end - PIECE).rev() {
                let Some(before) = made[start].as_ref() else { continue };
                let better = made[end].as_ref().is_none_or(|m| before.len() + 1 < m.len());
                if better && before.len() < PIECES && self.has(&word[start..end], |name| name != "body")? {
                    made[end] = Some(before.iter().copied().chain([&word[start..end]]).collect());
                }
            }
        }
        let pieces = made[word.len()].take().filter(|p| p.len() > 1);
        Ok(pieces.map(|p| p.into_iter().map(str::to_owned).collect()))
    }
}
