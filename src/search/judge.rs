//! Which candidate is the answer, and which only mentions the words.
//!
//! Purpose: a score that does not depend on what else is in the index: how much of what was asked a runbook says where it
//! says what it is about, and how much of one title or symptom was asked. An alert's exact name is above all that; what a
//! finding points to comes first among what fits; of equals the one that can do less harm.
//!
//! Must not: read the text, or ask the index. To weigh differently: the constants here, and `tests/it/search.rs` for what
//! it does to what people type.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ops::Range;

use tantivy::TantivyDocument;
use tantivy::schema::Value;

use super::alerts::{NEARLY, exact, narrowed};
use super::analyse::{Word, pieces, stem, words};
use super::fields::{FIELDS, Layout, SYMPTOMS, TITLE};
use super::find::Candidates;
use super::lexicon::{GENERAL, Lexicon};
use super::reading::Concept;

/// How much of what was asked a runbook must be about.
const ABOUT: f32 = 0.6;

/// How much of a title or symptom a text must have, where most of the text is other things: a pasted line.
const WHOLE: f32 = 0.8;

/// How much of what was asked, or of a value, must be there before its order is looked at. An error costs a little.
const IN_ORDER: f32 = 0.65;

/// From so many concepts on a text is taken for a pasted one.
const PASTED: usize = 5;

/// How much must be there of what was asked for a runbook to be named as one that mentions it.
const MENTIONS: f32 = 0.75;

/// What else counts, beside the share of what was asked (at most 1).
const ALERT: f32 = 20.0;
const LABELS: f32 = 5.0;
const ALMOST_ALERT: f32 = 5.0;
const SAID_SO: f32 = 1.0;
const POINTED_TO: f32 = 0.7;
const LIKENESS: f32 = 0.6;

/// How much a symptom counts against a title, where they say the same.
const SYMPTOM: f32 = 0.8;

/// Scores that differ by less are equal.
const STEP: f32 = 0.04;

/// What was asked.
pub struct Asked<'a> {
    /// The concepts.
    pub concepts: &'a [Concept],
    /// The words as they were typed, none left out.
    pub typed: &'a [String],
    /// What says the same in order: see [`order`].
    pub order: &'a [String],
    /// The words that are names of alerts, with what each is about.
    pub alerts: &'a [Named],
    /// What the findings point to, best first.
    pub first: &'a [String],
}

/// The name of an alert.
pub struct Named {
    /// As it was typed, in lower case.
    pub name: String,
    /// The form under which it is in the index.
    pub term: String,
    /// What its words say.
    pub concepts: Vec<Concept>,
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
    /// Less is better. Where scores are about equal, the one that can do less harm comes first.
    pub fn compare(&self, other: &Self) -> Ordering {
        let step = |score: f32| (score / STEP).round();
        (!self.about)
            .cmp(&!other.about)
            .then_with(|| step(other.score).total_cmp(&step(self.score)))
            .then_with(|| self.risk.cmp(&other.risk))
            .then_with(|| other.score.total_cmp(&self.score))
    }
}

/// Whether a candidate can neither be about what was asked nor mention it.
pub fn hopeless(found: &Candidates, at: usize, asked: &Asked<'_>) -> bool {
    let alerted = |a: &Named| super::alerts::terms(&a.name).iter().any(|t| found.alerted(t) >> at & 1 == 1);
    if asked.concepts.is_empty() || asked.concepts.len() >= PASTED || asked.alerts.iter().any(alerted) {
        return false;
    }
    let share = share(found, at, asked.concepts);
    share.about < ABOUT && share.all < MENTIONS
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
    let titles = texts(layout.text[TITLE]).map(|t| Said::new(t, 1.0));
    let values: Vec<Said> =
        titles.chain(texts(layout.text[SYMPTOMS]).map(|t| Said::new(t, SYMPTOM))).collect();
    let likeness: Vec<Likeness> = values.iter().map(|v| v.compare(asked.concepts)).collect();
    let best = likeness.iter().copied().fold(Likeness::default(), Likeness::better);
    // The order is looked at only where the words are there.
    let near = values.iter().zip(&likeness).filter(|(_, l)| l.asked >= IN_ORDER || l.of_value >= IN_ORDER);
    let said_so = near.map(|(v, _)| v.has_in_order(asked.order)).fold(0.0, f32::max);
    let mut score = share.weighed + LIKENESS * best.both + said_so;
    // Of a few words each was meant; of a pasted line most is what surrounds the message.
    let pasted = asked.concepts.len() >= PASTED;
    let mut about = share.about >= ABOUT || (pasted && best.of_value >= WHOLE);
    for Named { name: alert, concepts, .. } in asked.alerts {
        let has = |term: &str| found.alerted(term) >> at & 1 == 1;
        let labels =
            || labels(texts(layout.narrowed), alert).any(|l| l.iter().all(|v| asked.typed.contains(v)));
        if has(&exact(alert)) || (has(&narrowed(alert)) && labels()) {
            // With its labels it is meant more than one that takes the alert in general.
            let more = if has(&narrowed(alert)) && labels() { LABELS } else { 0.0 };
            score += ALERT + more + alike(layout, document, concepts);
            about = true;
        } else if NEARLY.iter().any(|near| near(alert).is_some_and(|a| has(&exact(&a)))) {
            score += ALMOST_ALERT + alike(layout, document, concepts);
            about = true;
        }
    }
    (about || share.all >= MENTIONS).then_some(Worth { about, score: score + boost, risk })
}

/// How much the title and id, else a symptom, say what an alert's name says: of several runbooks that take an alert, the one
/// that is about it comes first.
fn alike(layout: &Layout, document: &TantivyDocument, concepts: &[Concept]) -> f32 {
    let texts = |field| document.get_all(field).filter_map(|v| v.as_str());
    let name: Vec<&str> = texts(layout.text[TITLE]).chain(texts(layout.key)).collect();
    let name = name.join(" ");
    let values = std::iter::once(Said::new(&name, 1.0))
        .chain(texts(layout.text[SYMPTOMS]).map(|t| Said::new(t, SYMPTOM)));
    values.map(|v| v.compare(concepts).asked * v.weight).fold(0.0, f32::max)
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
                    best.about = best.about.max(field.about);
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

/// The words of a text in any form, one for all that mean the same, identifiers taken apart, without common ones.
pub fn order(text: &str) -> Vec<String> {
    let keys = pieces(text).into_iter().map(|w| stem(&w.text));
    let keys = keys.filter(|key| !Lexicon::built_in().is_common(key));
    keys.flat_map(|key| Lexicon::built_in().canonical(key)).collect()
}

/// A message without the places where its values stand, as `<address>`: no pasted line has those words.
fn without_places(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        match after.split_once('>').filter(|(place, _)| !place.contains([' ', '<'])) {
            Some((_, behind)) => {
                out.push(' ');
                rest = behind;
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out + rest
}

/// A title or symptom in words.
struct Said {
    text: String,
    words: Vec<Word>,
    /// How much it counts against a title.
    weight: f32,
}

/// How much a value and what was asked are the same.
#[derive(Clone, Copy, Debug, Default)]
struct Likeness {
    /// Which share of what was asked it says.
    asked: f32,
    /// Which share of the value was asked.
    of_value: f32,
    /// The middle of that and of which share of what was asked it says.
    both: f32,
}

impl Likeness {
    fn better(self, other: Self) -> Self {
        Self {
            asked: self.asked.max(other.asked),
            of_value: self.of_value.max(other.of_value),
            both: self.both.max(other.both),
        }
    }
}

impl Said {
    fn new(text: &str, weight: f32) -> Self {
        let text = without_places(text);
        Self { words: words(&text), text, weight }
    }

    /// What it is worth that it says what was asked in the same order, in any form, or that what was asked says all of it so:
    /// a message, and a line with the message in it, the more the longer. A single word is no message.
    fn has_in_order(&self, asked: &[String]) -> f32 {
        let own = order(&self.text);
        let within = |short: &[String], long: &[String]| {
            short.len() > 1 && long.windows(short.len()).any(|w| w == short)
        };
        let share = if within(asked, &own) {
            1.0
        } else if within(&own, asked) {
            (0.5 + 0.1 * own.len() as f32).min(1.0)
        } else {
            0.0
        };
        SAID_SO * self.weight * share
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
        Likeness { asked: u, of_value, both: 2.0 * u * v / (u + v).max(f32::EPSILON) }
    }

    /// How much the value says, and how much of it is among these words.
    fn covered(&self, said: &HashSet<&str>) -> (f32, f32) {
        let lexicon = Lexicon::built_in();
        let (mut own, mut covered) = (0.0, 0.0);
        let mut seen: HashSet<&str> = HashSet::new();
        let weigh = |text: &str| if text.is_ascii() { lexicon.weight(&stem(text)) } else { 0.5 };
        for (at, word) in self.words.iter().enumerate().filter(|(_, w)| !w.part) {
            if !seen.insert(&word.text) {
                continue;
            }
            let inside = || self.words[at + 1..].iter().take_while(|w| w.part);
            let has = |range: &Range<usize>| {
                std::iter::once(word)
                    .chain(inside())
                    .any(|w| w.range == *range && said.contains(w.text.as_str()))
            };
            let whole = !inside().any(|w| w.range != word.range);
            let parts = if whole { Vec::new() } else { pieces(&self.text[word.range.clone()]) };
            let compound = parts.len() > 1;
            let weight = if compound { 1.0 } else { weigh(&word.text) };
            own += weight;
            if has(&word.range) {
                covered += weight;
            } else if compound {
                // A part of an identifier says only so much of it.
                let moved = |p: &Word| p.range.start + word.range.start..p.range.end + word.range.start;
                let all: f32 = parts.iter().map(|p| weigh(&p.text)).sum();
                let some: f32 = parts.iter().filter(|p| has(&moved(p))).map(|p| weigh(&p.text)).sum();
                covered += some / all.max(GENERAL);
            }
        }
        (own.max(GENERAL), covered)
    }
}
