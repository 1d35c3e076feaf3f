//! Asking: from a text to the best documents.

use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{Searcher, TantivyDocument, Term};

use super::analyse::{plain, words};
use super::fields::{ALERTS, FIELDS, Layout};
use super::find::{CANDIDATES, find};
use super::highlight::{Wanted, matches};
use super::judge::{Asked, Named, Worth, hopeless, judge, order};
use super::reading::{Concept, corrected, read, taken_apart};
use super::vocabulary::Vocabulary;
use super::{Answer, Hit, QueryOptions, Read, Understood, alerts};

/// Most fields of a hit that are shown.
const SHOWN: usize = 3;

/// Asks.
pub fn run(
    searcher: &Searcher,
    layout: &Layout,
    text: &str,
    options: &QueryOptions<'_>,
) -> tantivy::Result<Answer> {
    let vocabulary = Vocabulary::new(searcher, layout);
    let concepts = read(text, vocabulary)?;
    let named = named(searcher, layout, text, &concepts)?;
    let understood = concepts.iter().map(|c| understood(c, &named)).collect();
    let everything = text.trim().is_empty();
    if !everything && concepts.is_empty() && named.is_empty() {
        return Ok(Answer { hits: Vec::new(), understood });
    }
    let mut judged = judged(searcher, layout, text, &concepts, &named, options)?;
    // Equals in a fixed order, so that the list does not jump while somebody types.
    judged.sort_by(|a, b| a.worth.compare(&b.worth).then_with(|| a.id.cmp(&b.id)));
    judged.truncate(options.limit.max(1));
    let wanted: Vec<Wanted> = concepts
        .iter()
        .map(|c| c.ways.iter().flat_map(|w| w.terms.iter().cloned()).collect())
        .chain(named.iter().map(|a| alerts::terms(&a.name).into_iter().collect()))
        .collect();
    let hits = judged.into_iter().map(|Judged { worth, id, document }| {
        let matched = matched(layout, &document, &wanted);
        let title = title(layout, &document, options.lang);
        Hit { id, title, score: worth.score, about: worth.about, matched }
    });
    Ok(Answer { hits: hits.collect(), understood })
}

/// The alerts that a text names, also with a typing error, each with what its words say.
fn named(
    searcher: &Searcher,
    layout: &Layout,
    text: &str,
    concepts: &[Concept],
) -> tantivy::Result<Vec<Named>> {
    let knows = |term: &str| Ok(searcher.doc_freq(&Term::from_field_text(layout.alert, term))? > 0);
    let mut found = alerts::named(text, knows)?;
    for concept in concepts {
        if let Read::Meant(meant) = &concept.read {
            found.extend(alerts::named(meant, knows)?);
        }
    }
    let mut out = Vec::new();
    for (name, term) in found {
        let whole = spelt(searcher, layout, &term)?.unwrap_or_else(|| name.clone());
        out.push(Named { concepts: taken_apart(&whole, Vocabulary::new(searcher, layout))?, name, term });
    }
    Ok(out)
}

/// An alert's name with its capitals, between which its words are.
fn spelt(searcher: &Searcher, layout: &Layout, term: &str) -> tantivy::Result<Option<String>> {
    let query = TermQuery::new(Term::from_field_text(layout.alert, term), IndexRecordOption::Basic);
    let top = searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
    let Some((_, address)) = top.first() else { return Ok(None) };
    let document: TantivyDocument = searcher.doc(*address)?;
    let mut names = texts(&document, layout.text[ALERTS]);
    Ok(names.find(|name| alerts::terms(&plain(name)).iter().any(|t| t == term)).map(str::to_owned))
}

/// What a word was taken for; the name of an alert that lacks its prefix, for the whole name.
fn understood(concept: &Concept, named: &[Named]) -> Understood {
    let mut out = concept.understood();
    let word = plain(&concept.typed);
    if let Some(alert) = named.iter().find(|a| a.name == word) {
        let as_typed = [alerts::exact(&word), alerts::narrowed(&word)].contains(&alert.term);
        out.read = if as_typed { Read::AsTyped } else { Read::Meant(alert.term.clone()) };
    }
    out
}

struct Judged {
    worth: Worth,
    id: String,
    document: TantivyDocument,
}

/// The documents that are about it or mention it, in no order.
fn judged(
    searcher: &Searcher,
    layout: &Layout,
    text: &str,
    concepts: &[Concept],
    named: &[Named],
    options: &QueryOptions<'_>,
) -> tantivy::Result<Vec<Judged>> {
    let terms: Vec<String> = named.iter().flat_map(|a| alerts::terms(&a.name)).collect();
    let limit = if text.trim().is_empty() { options.limit.max(1) } else { CANDIDATES };
    let found = find(searcher, layout, concepts, &terms, options.boost, limit)?;
    let typed: Vec<String> = words(text).into_iter().filter(|w| !w.part).map(|w| w.text).collect();
    let order = order(&corrected(text, concepts));
    let asked = Asked { concepts, typed: &typed, order: &order, alerts: named, first: options.boost };
    let mut out = Vec::new();
    for (at, address) in found.addresses.iter().enumerate() {
        // Reading a document costs more than all that is known of it without.
        if hopeless(&found, at, &asked) {
            continue;
        }
        let document: TantivyDocument = searcher.doc(*address)?;
        if let Some(worth) = judge(layout, &document, &found, at, &asked) {
            let id = texts(&document, layout.key).next().unwrap_or_default().to_owned();
            out.push(Judged { worth, id, document });
        }
    }
    Ok(out)
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
