//! From what was typed to the best documents.

use std::collections::BTreeSet;

use tantivy::collector::TopDocs;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, Query,
    TermQuery,
};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{Searcher, TantivyDocument, Term};

use super::analyse::words;
use super::fields::{FIELDS, Layout};
use super::highlight::{Wanted, matches};
use super::{Hit, QueryOptions};

/// Shortest word in which a typing error is forgiven.
const TYPO_LENGTH: usize = 5;

/// How many completions of an unfinished word are looked at in one field.
const COMPLETIONS: usize = 64;

/// Longest query in words; a pasted log line is cut there.
const LONGEST: usize = 24;

/// Weight of a completion and of a word with a forgiven error, against a whole word.
const COMPLETION_WEIGHT: f32 = 0.7;
const TYPO_WEIGHT: f32 = 0.5;

/// What it is worth that a title, symptom or alert says the typed words just so: more than a finding's boost, since
/// a pasted message is the better witness.
const SAID_SO: f32 = 20.0;

/// Best documents that are looked at for it.
const CONSIDERED: usize = 20;

/// How much a word counts in the fields besides its best.
const OTHER_FIELDS: f32 = 0.15;

/// Words too common to demand.
const COMMON: [&str; 20] = [
    "a", "an", "the", "is", "are", "of", "to", "in", "on", "and", "or", "for", "with", "it", "at", "by",
    "be", "was", "has", "my",
];

/// Asks.
pub fn run(
    searcher: &Searcher,
    layout: &Layout,
    text: &str,
    options: &QueryOptions<'_>,
) -> tantivy::Result<Vec<Hit>> {
    let wanted = wanted(text);
    let query = with_boost(text_query(searcher, layout, &wanted)?, layout, options.boost);
    let limit = options.limit.max(1);
    let top = searcher.search(&query, &TopDocs::with_limit(limit.max(CONSIDERED)).order_by_score())?;
    let typed = whole_words(text);
    let mut hits = Vec::new();
    for (score, address) in top {
        let document: TantivyDocument = searcher.doc(address)?;
        let score = if says_so(layout, &document, &typed) { score + SAID_SO } else { score };
        hits.push(hit(layout, &document, score, &wanted, options.lang));
    }
    // Equal scores in a fixed order, so that the list does not jump while somebody types.
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    hits.truncate(limit);
    Ok(hits)
}

fn whole_words(text: &str) -> Vec<String> {
    words(text).into_iter().filter(|w| !w.part).map(|w| w.text).collect()
}

/// Whether one of the first fields (title, symptoms, alerts) has these words one after the other. A single word is
/// no message.
fn says_so(layout: &Layout, document: &TantivyDocument, typed: &[String]) -> bool {
    typed.len() > 1
        && layout.text.iter().take(3).flat_map(|field| document.get_all(*field)).any(|value| {
            let said = whole_words(value.as_str().unwrap_or_default());
            said.windows(typed.len()).any(|w| w == typed)
        })
}

/// The words to look for; the last is unfinished unless something follows it.
fn wanted(text: &str) -> Vec<Wanted> {
    let all = words(text);
    let typing = text.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "-_./".contains(c));
    let mut found: Vec<Wanted> = Vec::new();
    let last = all.iter().rposition(|w| !w.part);
    for (index, word) in all.iter().enumerate().filter(|(_, w)| !w.part) {
        let prefix = typing && Some(index) == last;
        if !found.iter().any(|w| w.text == word.text) {
            found.push(Wanted { text: word.text.clone(), prefix });
        }
    }
    let rare = |w: &Wanted| w.prefix || !COMMON.contains(&w.text.as_str());
    if found.iter().any(rare) {
        found.retain(rare);
    }
    found.truncate(LONGEST);
    found
}

fn text_query(searcher: &Searcher, layout: &Layout, wanted: &[Wanted]) -> tantivy::Result<Box<dyn Query>> {
    if wanted.is_empty() {
        return Ok(Box::new(AllQuery));
    }
    let mut words = Vec::new();
    for word in wanted {
        words.push(word_query(searcher, layout, word)?);
    }
    // One or two words must all be there; of a longer text half, so that a pasted message still finds.
    let needed = if words.len() <= 2 { words.len() } else { words.len().div_ceil(2) };
    Ok(Box::new(BooleanQuery::union_with_minimum_required_clauses(words, needed)))
}

/// One word in any field: as it is, completed, or with one error.
fn word_query(searcher: &Searcher, layout: &Layout, word: &Wanted) -> tantivy::Result<Box<dyn Query>> {
    let mut ways: Vec<Box<dyn Query>> = Vec::new();
    for (field, (_, weight)) in layout.text.iter().zip(FIELDS) {
        let term = Term::from_field_text(*field, &word.text);
        if searcher.doc_freq(&term)? > 0 {
            ways.push(weighted(term, weight));
        }
        if word.prefix {
            for completion in completions(searcher, *field, &word.text)? {
                let term = Term::from_field_text(*field, &completion);
                ways.push(weighted(term, weight * COMPLETION_WEIGHT));
            }
        }
    }
    if ways.is_empty() {
        ways = forgiving(layout, &word.text);
    }
    // The best field counts; the others only break ties, so that a page that says a word everywhere does not win.
    Ok(Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, OTHER_FIELDS)))
}

fn weighted(term: Term, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), weight))
}

/// What a word may have been meant to be: an identifier by its parts, a long word with one error.
fn forgiving(layout: &Layout, word: &str) -> Vec<Box<dyn Query>> {
    let mut ways: Vec<Box<dyn Query>> = Vec::new();
    let parts: Vec<_> = words(word).into_iter().filter(|w| w.part).map(|w| w.text).collect();
    for (field, (_, weight)) in layout.text.iter().zip(FIELDS) {
        for part in &parts {
            ways.push(weighted(Term::from_field_text(*field, part), weight * TYPO_WEIGHT));
        }
        if word.chars().count() >= TYPO_LENGTH {
            let near = FuzzyTermQuery::new(Term::from_field_text(*field, word), 1, true);
            ways.push(Box::new(BoostQuery::new(Box::new(near), weight * TYPO_WEIGHT)));
        }
    }
    ways
}

/// Words of a field that begin like this and are longer.
fn completions(
    searcher: &Searcher,
    field: tantivy::schema::Field,
    prefix: &str,
) -> tantivy::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for segment in searcher.segment_readers() {
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
    Ok(found)
}

/// Adds weight to some ids without adding documents that do not match.
fn with_boost(query: Box<dyn Query>, layout: &Layout, ids: &[String]) -> Box<dyn Query> {
    if ids.is_empty() {
        return query;
    }
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, query)];
    for (rank, id) in ids.iter().enumerate() {
        let term = TermQuery::new(Term::from_field_text(layout.key, id), IndexRecordOption::Basic);
        // The best finding's runbook gets most; later ones less, but more than nothing.
        let weight = 12.0 / (1.0 + rank as f32 * 0.25);
        clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(Box::new(term), weight))));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn hit(layout: &Layout, document: &TantivyDocument, score: f32, wanted: &[Wanted], lang: &str) -> Hit {
    let texts = |field| document.get_all(field).filter_map(|v| v.as_str());
    let id = texts(layout.key).next().unwrap_or("").to_owned();
    let titles: Vec<(&str, &str)> = texts(layout.titles).filter_map(|t| t.split_once(' ')).collect();
    let title = titles.iter().find(|(l, _)| *l == lang).or(titles.first()).map_or("", |(_, t)| t).to_owned();
    let mut matched = Vec::new();
    for (field, (name, _)) in layout.text.iter().zip(FIELDS) {
        if matched.len() < 3
            && let Some(found) = matches(name, texts(*field), wanted)
        {
            matched.push(found);
        }
    }
    Hit { id, title, score, matched }
}
