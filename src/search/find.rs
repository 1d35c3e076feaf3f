//! From concepts to the documents that may be meant, and where each word stands in them.
//!
//! Must not: say which is best (that is `judge`): the library's own score depends on what else is in the index, and only
//! chooses whom to look at.

use std::collections::{BTreeMap, HashMap};

use tantivy::collector::TopDocs;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, Term};

use super::fields::{FIELDS, Layout};
use super::reading::{Concept, Way};

/// Most documents that are looked at; each is a bit of a [`Mask`].
pub const CANDIDATES: usize = 28;

/// One bit for each candidate.
pub type Mask = u64;

/// What brings a document that has an alert of the text, or that a finding points to, among the candidates.
const ALERT: f32 = 1000.0;
const POINTED_TO: f32 = 100.0;

/// How much a word counts in the fields besides its best.
const OTHER_FIELDS: f32 = 0.15;

/// Documents that may be meant.
pub struct Candidates {
    /// Where they are.
    pub addresses: Vec<DocAddress>,
    /// For each word, who has it in which field, in the order of [`FIELDS`].
    words: HashMap<String, [Mask; FIELDS.len()]>,
    /// Who has which alert, by its term.
    alerts: HashMap<String, Mask>,
}

impl Candidates {
    /// Who says a thing this way, by field.
    pub fn say(&self, way: &Way) -> [Mask; FIELDS.len()] {
        let mut all = [Mask::MAX; FIELDS.len()];
        for term in &way.terms {
            let has = self.words.get(term).copied().unwrap_or_default();
            all.iter_mut().zip(has).for_each(|(a, h)| *a &= h);
        }
        all
    }

    /// Who has this alert.
    pub fn alerted(&self, term: &str) -> Mask {
        self.alerts.get(term).copied().unwrap_or_default()
    }
}

/// Looks for the documents: those that say most of the concepts, have one of the alerts, or stand first.
pub fn find(
    searcher: &Searcher,
    layout: &Layout,
    concepts: &[Concept],
    alerts: &[String],
    first: &[String],
    limit: usize,
) -> tantivy::Result<Candidates> {
    let mut ways: Vec<Box<dyn Query>> = concepts.iter().map(|c| said(layout, c)).collect();
    ways.extend(alerts.iter().map(|a| exactly(layout.alert, a, ALERT)));
    let any: Box<dyn Query> =
        if ways.is_empty() { Box::new(AllQuery) } else { Box::new(BooleanQuery::union(ways)) };
    let mut clauses = vec![(Occur::Must, any)];
    clauses.extend(
        first
            .iter()
            .enumerate()
            .map(|(rank, id)| (Occur::Should, exactly(layout.key, id, POINTED_TO / (1.0 + rank as f32)))),
    );
    let query = BooleanQuery::new(clauses);
    let top = searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?;
    let addresses: Vec<DocAddress> = top.into_iter().map(|(_, address)| address).collect();
    let mut by_segment: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
    for (at, address) in addresses.iter().enumerate().take(CANDIDATES) {
        by_segment.entry(address.segment_ord).or_default().push((address.doc_id, at));
    }
    for docs in by_segment.values_mut() {
        docs.sort_unstable();
    }
    let mut words = HashMap::new();
    for term in concepts.iter().flat_map(|c| &c.ways).flat_map(|w| &w.terms) {
        if !words.contains_key(term) {
            let mut has = [0; FIELDS.len()];
            for (field, mask) in layout.text.iter().zip(&mut has) {
                *mask = who(searcher, *field, term, &by_segment)?;
            }
            words.insert(term.clone(), has);
        }
    }
    let mut alerted = HashMap::new();
    for term in alerts {
        alerted.insert(term.clone(), who(searcher, layout.alert, term, &by_segment)?);
    }
    Ok(Candidates { addresses, words, alerts: alerted })
}

/// Which candidates have a term in a field.
fn who(
    searcher: &Searcher,
    field: Field,
    term: &str,
    by_segment: &BTreeMap<u32, Vec<(u32, usize)>>,
) -> tantivy::Result<Mask> {
    let term = Term::from_field_text(field, term);
    let mut mask = 0;
    for (segment, docs) in by_segment {
        let inverted = searcher.segment_reader(*segment).inverted_index(field)?;
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        for (doc, at) in docs {
            if postings.doc() < *doc {
                postings.seek(*doc);
            }
            if postings.doc() == *doc {
                mask |= 1 << at;
            }
        }
    }
    Ok(mask)
}

fn said(layout: &Layout, concept: &Concept) -> Box<dyn Query> {
    let mut ways: Vec<Box<dyn Query>> = Vec::new();
    for way in &concept.ways {
        for (field, searched) in layout.text.iter().zip(FIELDS) {
            let mut all: Vec<Box<dyn Query>> = way
                .terms
                .iter()
                .map(|term| {
                    let term = Term::from_field_text(*field, term);
                    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>
                })
                .collect();
            let one = if all.len() == 1 { all.remove(0) } else { Box::new(BooleanQuery::intersection(all)) };
            ways.push(Box::new(BoostQuery::new(one, concept.weight * way.sure * searched.weight)));
        }
    }
    // The best field counts; the others only break ties, so that a page that says a word everywhere does not win.
    Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, OTHER_FIELDS))
}

fn exactly(field: Field, text: &str, score: f32) -> Box<dyn Query> {
    let term = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic);
    Box::new(ConstScoreQuery::new(Box::new(term), score))
}
