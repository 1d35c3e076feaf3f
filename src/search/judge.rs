//! Which candidate is the answer, and which only mentions the words.
//!
//! Purpose: a score that does not depend on what else is in the index: how much of what was asked a runbook says where it
//! says what it is about, and how much of one title or symptom was asked. An alert's exact name is above all that; what a
//! finding points to comes first among what fits; of equals the one that can do less harm.
//!
//! Must not: read the text, or ask the index. To weigh differently: the constants here, and `tests/it/search.rs` for what
//! it does to what people type.

use std::collections::{BTreeMap, HashSet};

use tantivy::TantivyDocument;
use tantivy::schema::Value;

use super::alerts::{NEARLY, exact, narrowed};
use super::analyse::{Word, stem, words};
use super::fields::{FIELDS, Layout};
use super::find::Candidates;
use super::lexicon::{GENERAL, Lexicon};
use super::reading::Concept;

/// How much of what was asked a runbook must be about.
const ABOUT: f32 = 0.6;

/// How much of a title or symptom a text must have, where most of the text is other things: a pasted line.
const WHOLE: f32 = 0.8;

/// How much must be there of what was asked for a runbook to be named as one that mentions it.
const MENTIONS: f32 = 0.75;

/// What else counts, beside the share of what was asked (at most 1).
const ALERT: f32 = 20.0;
const ALMOST_ALERT: f32 = 5.0;
const SAID_SO: f32 = 1.0;
const POINTED_TO: f32 = 0.9;
const LIKENESS: f32 = 0.6;

/// Scores that differ by less are equal.
const STEP: f32 = 0.04;

/// What was asked.
pub struct Asked<'a> {
    /// The concepts.
    pub concepts: &'a [Concept],
    /// The words as they were typed, none left out.
    pub typed: &'a [String],
    /// The words that may be names of alerts.
    pub alerts: &'a [String],
    /// What the findings point to, best first.
    pub first: &'a [String],
}

/// What a candidate is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// Whether it is about what was asked.
    pub about: bool,
    /// The higher the better.
    pub score: f32,
    /// How much harm it can do.
    pub risk: u64,
}

impl Worth {
    /// A key to sort by, the best first.
    pub fn order(&self) -> (bool, std::cmp::Reverse<i64>, u64) {
        (!self.about, std::cmp::Reverse((self.score / STEP).round() as i64), self.risk)
    }
}

/// Judges the candidate of that number. Nothing where it does not even mention what was asked.
pub fn judge(
    layout: &Layout,
    document: &TantivyDocument,
    found: &Candidates,
    at: usize,
    asked: &Asked<'_>,
) -> Option<Worth> {
    let texts = |field| document.get_all(field).filter_map(|v| v.as_str());
    let id = texts(layout.key).next().unwrap_or_default();
    let rank = asked.first.iter().position(|f| f == id);
    let boost = rank.map_or(0.0, |rank| POINTED_TO / (1.0 + rank as f32 * 0.25));
    let risk = document.get_first(layout.risk).and_then(|v| v.as_u64()).unwrap_or_default();
    if asked.concepts.is_empty() && asked.alerts.is_empty() {
        return Some(Worth { about: true, score: boost, risk });
    }
    let share = share(found, at, asked.concepts);
    let values: Vec<Said> = layout.text[..2].iter().flat_map(|f| texts(*f)).map(Said::new).collect();
    let best = values.iter().map(|v| v.compare(asked.concepts)).fold(Likeness::default(), Likeness::better);
    let mut score = share.weighed + LIKENESS * best.both;
    let mut about = share.about >= ABOUT || best.of_value >= WHOLE;
    if asked.typed.len() > 1 && values.iter().any(|v| v.has_in_order(asked.typed)) {
        score += SAID_SO;
    }
    for alert in asked.alerts {
        let has = |term: &str| found.alerted(term) >> at & 1 == 1;
        let labels = || labels(texts(layout.narrowed), alert).any(|l| l.iter().all(|v| asked.typed.contains(v)));
        if has(&exact(alert)) || (has(&narrowed(alert)) && labels()) {
            // With its labels it is meant more than one that takes the alert in general.
            let more = if has(&narrowed(alert)) && labels() { 1.0 } else { 0.0 };
            score += ALERT + more;
            about = true;
        } else if NEARLY.iter().any(|near| near(alert).is_some_and(|a| has(&exact(&a)))) {
            score += ALMOST_ALERT;
            about = true;
        }
    }
    (about || share.all >= MENTIONS).then_some(Worth { about, score: score + boost, risk })
}

/// The values of the labels with which an alert is meant, for each time that it is named.
fn labels<'a>(lines: impl Iterator<Item = &'a str>, alert: &str) -> impl Iterator<Item = Vec<String>> {
    let own = lines.filter(move |l| l.lines().next() == Some(alert));
    own.map(|l| l.lines().skip(1).map(str::to_owned).collect())
}

/// Which share of what was asked a candidate has.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    /// By how much each field counts.
    weighed: f32,
    /// In the fields that say what it is about.
    about: f32,
    /// Anywhere.
    all: f32,
}

fn share(found: &Candidates, at: usize, concepts: &[Concept]) -> Share {
    let total: f32 = concepts.iter().map(|c| c.weight).sum();
    let mut share = Share::default();
    for concept in concepts {
        let mut best = Share::default();
        for way in &concept.ways {
            for (mask, field) in found.say(way).iter().zip(FIELDS) {
                if mask >> at & 1 == 1 {
                    best.weighed = best.weighed.max(way.sure * field.weight);
                    best.all = 1.0;
                    best.about = if field.about { 1.0 } else { best.about };
                }
            }
        }
        share.weighed += concept.weight * best.weighed;
        share.about += concept.weight * best.about;
        share.all += concept.weight * best.all;
    }
    let part = |x: f32| if total > 0.0 { x / total } else { 0.0 };
    Share { weighed: part(share.weighed), about: part(share.about), all: part(share.all) }
}

/// A title or symptom in words.
struct Said {
    words: Vec<Word>,
}

/// How much a value and what was asked are the same.
#[derive(Clone, Copy, Debug, Default)]
struct Likeness {
    /// Which share of the value was asked.
    of_value: f32,
    /// The middle of that and of which share of what was asked it says.
    both: f32,
}

impl Likeness {
    fn better(self, other: Self) -> Self {
        Self { of_value: self.of_value.max(other.of_value), both: self.both.max(other.both) }
    }
}

impl Said {
    fn new(text: &str) -> Self {
        Self { words: words(text) }
    }

    /// Whether it has these words one after the other.
    fn has_in_order(&self, typed: &[String]) -> bool {
        let own: Vec<&str> = self.words.iter().filter(|w| !w.part).map(|w| w.text.as_str()).collect();
        own.windows(typed.len()).any(|w| w.iter().zip(typed).all(|(a, b)| a == b))
    }

    fn compare(&self, concepts: &[Concept]) -> Likeness {
        let all: HashSet<&str> = self.words.iter().map(|w| w.text.as_str()).collect();
        let mut said: HashSet<&str> = HashSet::new();
        let (mut asked, mut total) = (0.0, 0.0);
        for concept in concepts {
            let ways = || concept.ways.iter().filter(|w| w.terms.iter().all(|t| all.contains(t.as_str())));
            said.extend(ways().flat_map(|w| &w.terms).map(String::as_str));
            asked += concept.weight * ways().map(|w| w.sure).fold(0.0, f32::max);
            total += concept.weight;
        }
        if asked <= 0.0 {
            return Likeness::default();
        }
        let (own, both) = self.covered(&said);
        // A value that says only what kind of thing it is about is no message.
        let of_value = if own >= 1.0 { both / own } else { 0.0 };
        let (u, v) = (asked / total, if own > 0.0 { both / own } else { 0.0 });
        Likeness { of_value, both: 2.0 * u * v / (u + v).max(f32::EPSILON) }
    }

    /// How much the value says, and how much of it is among these words.
    fn covered(&self, said: &HashSet<&str>) -> (f32, f32) {
        let lexicon = Lexicon::built_in();
        let (mut own, mut covered) = (0.0, 0.0);
        let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
        for (at, word) in self.words.iter().enumerate().filter(|(_, w)| !w.part) {
            let inside = self.words[at + 1..].iter().take_while(|w| w.part);
            if seen.insert(&word.text, ()).is_some() {
                continue;
            }
            let compound = inside.clone().any(|p| p.range != word.range);
            let weigh = |text: &str| {
                if !text.is_ascii() { 0.5 } else { lexicon.weight(&stem(text)) }
            };
            let weight = if compound && word.text.is_ascii() { 1.0 } else { weigh(&word.text) };
            let best = std::iter::once(word)
                .chain(inside)
                .filter(|w| said.contains(w.text.as_str()))
                .map(|w| if w.range == word.range { weight } else { weigh(&w.text) })
                .fold(0.0, f32::max);
            own += weight;
            covered += best.min(weight);
        }
        (own.max(GENERAL), covered)
    }
}
