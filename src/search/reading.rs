//! What was typed or pasted, as things that are looked for.
//!
//! Purpose: each word or phrase becomes a [`Concept`] with the ways in which a runbook may say it: as it is, by its stem, in
//! words that mean the same, gone on with, with typing errors taken out. An error is forgiven only where the word is
//! nowhere.
//!
//! Must not: look at documents. To read another form: a way in `Reader::word`, in the order of how sure it is.

use std::collections::BTreeSet;

use super::analyse::{Run, pieces, plain, runs, stem};
use super::lexicon::{GENERAL, Lexicon, Phrase, pairs};
use super::vocabulary::Vocabulary;
use super::{Read, Understood};

/// Most concepts of a text; what comes behind them in a pasted one is not read.
const LONGEST: usize = 40;

/// How sure a way is, against the word itself.
const STEM: f32 = 0.97;
const SAME: f32 = 0.93;
const PARTS: f32 = 0.85;
const GOES_ON: f32 = 0.8;
const ERROR: f32 = 0.7;

/// One way to say a thing: all of these words in one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// As the index has them.
    pub terms: Vec<String>,
    /// From 0 to 1.
    pub sure: f32,
}

/// A thing that is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Concept {
    /// The word as it was typed.
    pub typed: String,
    /// How much it counts among the others.
    pub weight: f32,
    /// How it may be said, the surest first; none where it is nowhere.
    pub ways: Vec<Way>,
    /// What it was taken for.
    pub read: Read,
}

impl Concept {
    fn new(typed: &str, weight: f32, ways: Vec<Way>) -> Self {
        let read = if ways.is_empty() { Read::Nowhere } else { Read::AsTyped };
        Self { typed: typed.to_owned(), weight, ways, read }
    }

    /// For the answer.
    pub fn understood(&self) -> Understood {
        Understood { typed: self.typed.clone(), read: self.read.clone() }
    }
}

/// Reads a text.
pub fn read(text: &str, vocabulary: Vocabulary<'_>) -> tantivy::Result<Vec<Concept>> {
    let typing = text.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "-_./".contains(c));
    let reader = Reader { lexicon: Lexicon::built_in(), vocabulary };
    let runs = runs(text);
    let mut all = reader.all(text, &runs, typing, false)?;
    if all.is_empty() {
        // Nothing but common words: then they are what is meant.
        all = reader.all(text, &runs, typing, true)?;
    }
    let mut out: Vec<Concept> = Vec::new();
    for concept in all {
        if out.len() < LONGEST && !out.iter().any(|c| c.typed == concept.typed || same(c, &concept)) {
            out.push(concept);
        }
    }
    Ok(out)
}

/// Reads an identifier as the words of which it is made.
pub fn taken_apart(identifier: &str, vocabulary: Vocabulary<'_>) -> tantivy::Result<Vec<Concept>> {
    read(&format!("{} ", parts(identifier).join(" ")), vocabulary)
}

/// The text with its typing errors taken out.
pub fn corrected(text: &str, concepts: &[Concept]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for run in runs(text) {
        let Run::Word(range) = run else { continue };
        let meant = concepts.iter().find_map(|c| match &c.read {
            Read::Meant(meant) if c.typed == text[range.clone()] => Some(meant),
            _ => None,
        });
        if let Some(meant) = meant {
            out.push_str(&text[from..range.start]);
            out.push_str(meant);
            from = range.end;
        }
    }
    out + &text[from..]
}

/// Whether two words were typed for one thing, as `ns` and `namespace`.
fn same(one: &Concept, other: &Concept) -> bool {
    let (Some(a), Some(b)) = (one.ways.first(), other.ways.first()) else { return false };
    one.ways.iter().any(|w| w.terms == b.terms) && other.ways.iter().any(|w| w.terms == a.terms)
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    vocabulary: Vocabulary<'a>,
}

impl Reader<'_> {
    fn all(&self, text: &str, runs: &[Run], typing: bool, common: bool) -> tantivy::Result<Vec<Concept>> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < runs.len() {
            match &runs[at] {
                Run::Chinese(range) => {
                    self.dense(&text[range.clone()], common, &mut out)?;
                    at += 1;
                }
                Run::Word(range) => {
                    let keys = keys(text, &runs[at..]);
                    if let Some(found) = self.lexicon.spaced(&keys) {
                        let last = runs.get(at + found.length - 1).map_or(range.end, |r| match r {
                            Run::Word(r) | Run::Chinese(r) => r.end,
                        });
                        let typed = &text[range.start..last];
                        out.push(self.phrase(typed, found.same, found.weight)?);
                        at += found.length;
                        continue;
                    }
                    if common || !self.lexicon.is_common(&keys[0]) {
                        let unfinished = typing && at + 1 == runs.len();
                        self.word(&text[range.clone()], unfinished, true, &mut out)?;
                    }
                    at += 1;
                }
            }
        }
        Ok(out)
    }

    /// What means the same as a phrase, itself first.
    fn phrase(&self, typed: &str, same: &[Phrase], weight: f32) -> tantivy::Result<Concept> {
        let own: Vec<String> = Phrase::terms_of(typed);
        let mut ways = vec![Way { terms: own.clone(), sure: 1.0 }];
        ways.extend(
            same.iter().filter(|p| p.terms != own).map(|p| Way { terms: p.terms.clone(), sure: SAME }),
        );
        ways = self.there(ways)?;
        Ok(Concept::new(typed, weight, ways))
    }

    /// Those ways of which the index has every word.
    fn there(&self, ways: Vec<Way>) -> tantivy::Result<Vec<Way>> {
        let mut out = Vec::new();
        for way in ways {
            let mut all = true;
            for term in &way.terms {
                all = all && self.vocabulary.knows(term)?;
            }
            if all {
                out.push(way);
            }
        }
        Ok(out)
    }

    /// A word or an identifier.
    fn word(
        &self,
        typed: &str,
        unfinished: bool,
        whole: bool,
        out: &mut Vec<Concept>,
    ) -> tantivy::Result<()> {
        let word = plain(typed);
        let key = stem(&word);
        let mut ways = vec![Way { terms: vec![word.clone()], sure: 1.0 }];
        if key != word {
            ways.push(Way { terms: vec![key.clone()], sure: STEM });
        }
        let mut ways = self.there(ways)?;
        if unfinished && word.chars().count() > 1 {
            ways.extend(self.completions(&word)?);
        }
        let parts = parts(typed);
        if !ways.is_empty() {
            if parts.len() > 1 {
                let terms = parts.iter().map(|p| stem(&plain(p))).collect();
                ways.extend(self.there(vec![Way { terms, sure: PARTS }])?);
            }
            let weight = if parts.len() > 1 { 1.0 } else { self.weight(&word, &key) };
            out.push(Concept::new(typed, weight, ways));
            return Ok(());
        }
        self.nowhere(typed, &word, &parts, whole, out)
    }

    /// A word that is nowhere as it is.
    fn nowhere(
        &self,
        typed: &str,
        word: &str,
        parts: &[String],
        whole: bool,
        out: &mut Vec<Concept>,
    ) -> tantivy::Result<()> {
        let near = self.vocabulary.near(word)?;
        if let Some(first) = near.first() {
            let read = Read::Meant(first.clone());
            let weight = self.lexicon.weight(&stem(first)).max(GENERAL);
            let mut ways: Vec<Way> =
                near.iter().map(|n| Way { terms: vec![n.clone()], sure: ERROR }).collect();
            // What was meant has its own other words.
            if let Some(found) = self.lexicon.spaced(&[stem(first)]) {
                let same = found.same.iter().map(|p| Way { terms: p.terms.clone(), sure: ERROR * SAME });
                ways.extend(self.there(same.collect())?);
            }
            out.push(Concept { read, ..Concept::new(typed, weight, ways) });
            return Ok(());
        }
        if parts.len() > 1 && whole {
            for part in parts {
                let key = stem(&plain(part));
                if self.lexicon.is_common(&key) {
                    continue;
                }
                let mut own = Vec::new();
                self.word(part, false, false, &mut own)?;
                // Ends of pods' names, addresses and times are no words of a runbook.
                own.retain(|c| c.read != Read::Nowhere || !part.chars().any(|c| c.is_ascii_digit()));
                out.append(&mut own);
            }
            return Ok(());
        }
        if let Some(pieces) = self.vocabulary.pieces(word)? {
            let read = Read::Meant(pieces.join(" "));
            let ways = vec![Way { terms: pieces, sure: PARTS }];
            out.push(Concept { read, ..Concept::new(typed, 1.0, ways) });
            return Ok(());
        }
        let short = (3..5).contains(&word.chars().count()) && word.bytes().all(|b| b.is_ascii_lowercase());
        let goes_on = if short { self.vocabulary.completions(word)? } else { BTreeSet::new() };
        let Some(first) = goes_on.iter().min_by_key(|w| w.len()).cloned() else {
            let weight = if number(word) { GENERAL } else { 1.0 };
            out.push(Concept::new(typed, weight, Vec::new()));
            return Ok(());
        };
        let weight = self.lexicon.weight(&stem(&first)).max(GENERAL);
        let ways = vec![Way { terms: vec![first.clone()], sure: ERROR }];
        out.push(Concept { read: Read::Meant(first), ..Concept::new(typed, weight, ways) });
        Ok(())
    }

    fn completions(&self, word: &str) -> tantivy::Result<Vec<Way>> {
        let found = self.vocabulary.completions(word)?;
        Ok(found.into_iter().map(|term| Way { terms: vec![term], sure: GOES_ON }).collect())
    }

    fn weight(&self, word: &str, key: &str) -> f32 {
        if number(word) { GENERAL } else { self.lexicon.weight(key).max(GENERAL) }
    }

    /// Chinese: known phrases, and what is between them in pairs, so that their order does not matter.
    fn dense(&self, text: &str, common: bool, out: &mut Vec<Concept>) -> tantivy::Result<()> {
        let mut rest = String::new();
        let mut left = text;
        while let Some(first) = left.chars().next() {
            match self.lexicon.dense(left) {
                Some(found) => {
                    let end = left.char_indices().nth(found.length).map_or(left.len(), |(i, _)| i);
                    self.between(&std::mem::take(&mut rest), common, out)?;
                    if found.weight > 0.0 || common {
                        out.push(self.phrase(&left[..end], found.same, found.weight.max(GENERAL))?);
                    }
                    left = &left[end..];
                }
                None => {
                    rest.push(first);
                    left = &left[first.len_utf8()..];
                }
            }
        }
        self.between(&rest, common, out)
    }

    fn between(&self, text: &str, common: bool, out: &mut Vec<Concept>) -> tantivy::Result<()> {
        let length = text.chars().count();
        if length == 0 || (length == 1 && !common && !out.is_empty()) {
            return Ok(());
        }
        let pairs = pairs(text);
        let mut known = Vec::new();
        for pair in &pairs {
            known.push(self.vocabulary.knows(pair)?);
        }
        // A pair across the border of two words is in no dictionary either, and says nothing.
        let border =
            |i: usize| !known[i] && (i > 0 && known[i - 1] || known.get(i + 1).copied().unwrap_or_default());
        let kept: Vec<usize> = (0..pairs.len()).filter(|i| !border(*i)).collect();
        if kept.iter().all(|i| !known[*i]) {
            out.push(Concept::new(text, (length as f32 / 2.0).min(1.5), Vec::new()));
            return Ok(());
        }
        let weight = (length as f32 / 2.0 / kept.len() as f32).min(1.0);
        for i in kept {
            let ways =
                if known[i] { vec![Way { terms: vec![pairs[i].clone()], sure: 1.0 }] } else { Vec::new() };
            out.push(Concept::new(&pairs[i], weight, ways));
        }
        Ok(())
    }
}

/// Whether a word is a number or a share, as `0/4`: which one it is says little.
fn number(word: &str) -> bool {
    word.contains('/') && word.bytes().all(|b| b.is_ascii_digit() || b == b'/')
}

/// The stems of the words that follow each other.
fn keys(text: &str, runs: &[Run]) -> Vec<String> {
    let words = runs.iter().map_while(|run| match run {
        Run::Word(range) => Some(stem(&plain(&text[range.clone()]))),
        Run::Chinese(_) => None,
    });
    words.take(6).collect()
}

/// The pieces of an identifier, between signs and capitals; of an ordinary word only itself.
fn parts(typed: &str) -> Vec<String> {
    let pieces = pieces(typed);
    // An apostrophe joins no identifier.
    if pieces.is_empty() || typed.contains(['\'', '\u{2019}']) {
        return vec![typed.to_owned()];
    }
    pieces.into_iter().map(|w| typed[w.range].to_owned()).collect()
}
