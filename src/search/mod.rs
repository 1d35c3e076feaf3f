//! Search over runbooks, as one types.
//!
//! Purpose: an index in memory (or kept in a cache folder for large collections) over plain [`SearchDoc`]s, with
//! answers that say what the text was taken for, which runbooks are about it, which only mention it, and where. That none
//! is about it is an answer.
//!
//! The way of a text: `reading` makes concepts of it, with what `lexicon` (words that mean the same) and `vocabulary` (what
//! the index has) know; `find` has the library choose the candidates; `judge` puts them in order.
//!
//! Must not: know what a runbook is (the caller makes the documents), draw, or block the interface: building and
//! asking are for a background task.
//!
//! Chinese is indexed as overlapping pairs of characters and as single ones. There is no dictionary: it would
//! cost tens of megabytes, and titles and symptoms are short, so that pairs find as much as words do.
//!
//! To add a field: a row in `fields::FIELDS`, a line in `SearchDoc::values`. To add words: `assets/search/words.toml`.

mod alerts;
mod analyse;
mod ask;
mod fields;
mod find;
mod highlight;
mod judge;
mod lexicon;
mod reading;
mod store;
#[cfg(test)]
mod tests;
mod vocabulary;

use crate::lang::t;
use std::ops::Range;

pub use analyse::{Word, words};
pub use store::Index;

/// What is indexed of one runbook, in all its languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchDoc {
    /// Its id.
    pub id: String,
    /// Titles by language code; the first is the base language's.
    pub titles: Vec<(String, String)>,
    /// Phrases that people type.
    pub symptoms: Vec<String>,
    /// Alerts.
    pub alerts: Vec<Alert>,
    /// Headings.
    pub headings: Vec<String>,
    /// The text without front matter, one entry for each language.
    pub body: Vec<String>,
    /// Folder, kind, tags.
    pub tags: Vec<String>,
    /// Language codes of what is there.
    pub langs: Vec<String>,
    /// How much harm it can do, the higher the more: of equals, the one that can do less comes first.
    pub risk: u8,
}

/// An alert that a document is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alert {
    /// Its name.
    pub name: String,
    /// Values that its labels must have; none: whatever they are.
    pub labels: Vec<String>,
}

impl From<&str> for Alert {
    fn from(name: &str) -> Self {
        Self { name: name.to_owned(), labels: Vec::new() }
    }
}

impl SearchDoc {
    /// The values of a field by its name.
    fn values(&self, field: &str) -> Vec<&str> {
        match field {
            "id" => vec![&self.id],
            "title" => self.titles.iter().map(|(_, t)| t.as_str()).collect(),
            "symptoms" => self.symptoms.iter().map(String::as_str).collect(),
            "alerts" => self.alerts.iter().map(|a| a.name.as_str()).collect(),
            "headings" => self.headings.iter().map(String::as_str).collect(),
            "tags" => self.tags.iter().map(String::as_str).collect(),
            "body" => self.body.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

/// How to ask.
#[derive(Clone, Debug)]
pub struct QueryOptions<'a> {
    /// Ids that should come first among equals, best first: what the findings point to.
    pub boost: &'a [String],
    /// Longest answer.
    pub limit: usize,
    /// Language of the titles in the answer.
    pub lang: &'a str,
}

impl Default for QueryOptions<'_> {
    fn default() -> Self {
        Self { boost: &[], limit: 20, lang: "en" }
    }
}

/// Where a hit matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The field: id, title, symptoms, alerts, headings, tags or body.
    pub field: &'static str,
    /// The matching value, or the part of it around the match.
    pub fragment: String,
    /// Byte ranges of the fragment to highlight, in order, without overlap.
    pub ranges: Vec<Range<usize>>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The runbook's id.
    pub id: String,
    /// Its title in the language asked for, or in the base language.
    pub title: String,
    /// The higher the better; only comparable within one answer.
    pub score: f32,
    /// Whether it is about what was asked; else it only mentions it.
    pub about: bool,
    /// Where it matched, most important field first; at most three.
    pub matched: Vec<Match>,
}

/// What a text finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What is about it, best first, then what mentions it.
    pub hits: Vec<Hit>,
    /// What its words were taken for.
    pub understood: Vec<Understood>,
}

impl Answer {
    /// Whether there is a runbook for it.
    pub fn found(&self) -> bool {
        self.hits.iter().any(|h| h.about)
    }
}

/// What one word of a text was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// As it was typed.
    pub typed: String,
    /// What it was taken for.
    pub read: Read,
}

/// What a word is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// For itself, or for words that mean the same.
    AsTyped,
    /// For another word: a typing error, or one that goes on or is joined.
    Meant(String),
    /// For nothing: no runbook has it.
    Nowhere,
}

/// What goes wrong with an index.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The library refused.
    #[error("{}", t!("search-index-failed", what = what, source = source))]
    Index {
        /// Build, open or ask.
        what: &'static str,
        /// Why.
        source: Box<tantivy::TantivyError>,
    },
    /// The cache folder cannot be used.
    #[error("{}", t!("search-not-kept", path = path, source = source))]
    Cache {
        /// The folder.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

impl SearchError {
    fn index(what: &'static str) -> impl Fn(tantivy::TantivyError) -> Self {
        move |source| Self::Index { what, source: Box::new(source) }
    }
}
