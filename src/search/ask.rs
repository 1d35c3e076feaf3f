//! Asking: from a text to the best documents.

use tantivy::schema::Value;
use tantivy::{Searcher, TantivyDocument, Term};

use super::analyse::{plain, words};
use super::fields::{FIELDS, Layout};
use super::find::{CANDIDATES, find};
use super::highlight::{Wanted, matches};
use super::judge::{Asked, Named, Worth, judge, order};
use super::reading::{Concept, corrected, read, taken_apart};
use super::vocabulary::Vocabulary;
use super::{Answer, Hit, QueryOptions, alerts};

/// Most fields of a hit that are shown.
const SHOWN: usize = 3;

/// Asks.
pub fn run(
    searcher: &Searcher,
    layout: &Layout,
    text: &str,
    options: &QueryOptions<'_>,
) -> tantivy::Result<Answer> {
    let everything = text.trim().is_empty();
        let vocabulary = Vocabulary::new(searcher, layout);
    let concepts = read(text, vocabulary)?;
    let mut named = Vec::new();
    let is_alert = |term: &str| Ok(searcher.doc_freq(&Term::from_field_text(layout.alert, term))? > 0);
    for typed in alerts::named(text, is_alert)? {
        named.push(Named { concepts: taken_apart(typed, vocabulary)?, name: plain(typed) });
    }
    let understood = concepts.iter().map(Concept::understood).collect();
    if !everything && concepts.is_empty() && named.is_empty() {
        return Ok(Answer { hits: Vec::new(), understood });
    }
    let terms: Vec<String> = named.iter().flat_map(|a| alerts::terms(&a.name)).collect();
    let limit = if everything { options.limit.max(1) } else { CANDIDATES };
    let found = find(searcher, layout, &concepts, &terms, options.boost, limit)?;
    let typed: Vec<String> = words(text).into_iter().filter(|w| !w.part).map(|w| w.text).collect();
    let order = order(&corrected(text, &concepts));
    let asked =
        Asked { concepts: &concepts, typed: &typed, order: &order, alerts: &named, first: options.boost };
    let mut judged: Vec<(Worth, String, TantivyDocument)> = Vec::new();
    for (at, address) in found.addresses.iter().enumerate() {
        let document: TantivyDocument = searcher.doc(*address)?;
        if let Some(worth) = judge(layout, &document, &found, at, &asked) {
            let id = texts(&document, layout.key).next().unwrap_or_default().to_owned();
            judged.push((worth, id, document));
        }
    }
    // Equals in a fixed order, so that the list does not jump while somebody types.
    judged.sort_by(|(a, x, _), (b, y, _)| a.compare(b).then_with(|| x.cmp(y)));
    judged.truncate(options.limit.max(1));
    let wanted: Vec<Wanted> = concepts
        .iter()
        .map(|c| c.ways.iter().flat_map(|w| w.terms.iter().cloned()).collect())
        .chain(named.iter().map(|a| alerts::terms(&a.name).into_iter().collect()))
        .collect();
    let hits = judged.into_iter().map(|(worth, id, document)| {
        let matched = matched(layout, &document, &wanted);
        Hit { title: title(layout, &document, options.lang), id, score: worth.score, about: worth.about, matched }
    });
    Ok(Answer { hits: hits.collect(), understood })
}

fn texts(document: &TantivyDocument, field: tantivy::schema::Field) -> impl Iterator<Item = &str> {
    document.get_all(field).filter_map(|v| v.as_str())
}

fn title(layout: &Layout, document: &TantivyDocument, lang: &str) -> String {
    let titles: Vec<(&str, &str)> =
        texts(document, layout.titles).filter_map(|t| t.split_once(' ')).collect();
    titles.iter().find(|(l, _)| *l == lang).or(titles.first()).map_or("", |(_, t)| t).to_owned()
}

fn matched(layout: &Layout, document: &TantivyDocument, wanted: &[Wanted]) -> Vec<super::Match> {
    let mut out = Vec::new();
    for (field, searched) in layout.text.iter().zip(FIELDS) {
        if out.len() == SHOWN {
            break;
        }
        out.extend(matches(searched.name, texts(document, *field), wanted));
    }
    out
}
