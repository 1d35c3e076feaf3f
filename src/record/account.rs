//! What a session came to, in words for somebody who was not there: each step with its question, its answer and what was
//! written, changes that were undone told as undone, and whether it ended well. All forms of an export tell this.
//!
//! Must not guess: what no record says is "not told". Code stands only where the runbook has no words.

use std::collections::BTreeMap;

use super::{Ending, Event, Question, Report, StepState, What, outcome};
use crate::domain::clock;
use crate::lang::t;

/// A row of the table of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The rows that follow are of this walk; only where the session had several.
    Walk(String),
    Step(Told),
    /// Steps one after the other of which there is nothing else to tell.
    Folded {
        why: Fold,
        steps: Vec<String>,
    },
}

/// Why nothing was done in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Another step led past it.
    NotNeeded,
    NotReached,
}

impl Fold {
    pub fn words(self) -> &'static str {
        match self {
            Fold::NotNeeded => t!("record-not-needed"),
            Fold::NotReached => t!("record-not-reached"),
        }
    }
}

/// Something that is told of a step with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Also {
    /// The name for programs, the same in every language.
    pub key: String,
    pub name: String,
    pub said: String,
}

impl Also {
    fn new(key: &str, name: &str, said: &str) -> Also {
        Also { key: key.to_owned(), name: name.to_owned(), said: said.to_owned() }
    }
}

/// A step and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub name: String,
    pub title: String,
    pub how: String,
    /// Whether something was asked in it, and `how` is the answer.
    pub answered: bool,
    /// What was asked, what it says of the answer, and what people wrote.
    pub also: Vec<Also>,
}

/// What the runbook that was opened last says about its steps.
#[derive(Default)]
pub(super) struct Book<'a> {
    pub(super) steps: &'a [String],
    titles: Option<&'a BTreeMap<String, String>>,
    conditions: Option<&'a BTreeMap<String, String>>,
    questions: Option<&'a BTreeMap<String, Question>>,
}

pub(super) fn book(events: &[Event]) -> Book<'_> {
    // The walk that was named last is the one that what follows is of.
    let present = events.iter().rev().find_map(|e| match &e.what {
        What::Opened { walk, .. } | What::Walk { walk } => Some(*walk),
        _ => None,
    });
    let opened = events.iter().rev().find_map(|e| match &e.what {
        What::Opened { walk, steps, titles, conditions, questions, .. } if Some(*walk) == present => {
            Some(Book {
                steps,
                titles: Some(titles),
                conditions: Some(conditions),
                questions: Some(questions),
            })
        }
        _ => None,
    });
    opened.unwrap_or_default()
}

/// The name of a step without its element: `free[db]` is `free`.
fn base(step: &str) -> &str {
    step.split_once('[').map_or(step, |(base, _)| base)
}

/// What the end of a step says of its condition.
fn plainly(ending: Ending) -> &'static str {
    if ending == Ending::Stopped { t!("record-does-not-hold") } else { t!("record-it-is-so") }
}

impl Book<'_> {
    fn title(&self, step: &str) -> String {
        let of = |name: &str| self.titles.and_then(|t| t.get(name)).filter(|t| !t.is_empty()).cloned();
        let element = || of(base(step)).map(|title| format!("{title}{}", &step[base(step).len()..]));
        of(step).or_else(element).unwrap_or_default()
    }

    /// Words without the condition of their step: the title says what it asks.
    pub(super) fn plain(&self, step: &str, ending: Ending, words: &str) -> String {
        let of = |name: &str| self.conditions.and_then(|c| c.get(name));
        let Some(condition) = of(step).or_else(|| of(base(step))) else { return words.to_owned() };
        if self.title(step).is_empty() {
            return super::export::in_words(words, ending, Some(condition));
        }
        if words == condition {
            return plainly(ending).to_owned();
        }
        let signs = [':', ',', ';', '：', '，', '；'];
        let rest = words.replace(condition.as_str(), "").trim().trim_matches(signs).trim().to_owned();
        if rest.is_empty() { t!("record-it-is-so").to_owned() } else { rest }
    }
}

/// The words of a record in the timeline, without code where words will do.
pub fn line(events: &[Event], at: usize) -> (char, String) {
    // Only of these lines, as whoever looks for the runbook goes back to where it was opened.
    if !matches!(events[at].what, What::StepEnded { .. } | What::Overdue { .. } | What::Decided { .. }) {
        return super::words(&events[at].what);
    }
    let book = book(&events[..at]);
    let named = |step: &String| {
        let title = book.title(step);
        if title.is_empty() { step.clone() } else { t!("record-step-title", step = step, title = title) }
    };
    let what = match &events[at].what {
        What::StepEnded { step, ending, words, past } => {
            let words = book.plain(step, *ending, words);
            What::StepEnded { step: named(step), ending: *ending, words, past: past.clone() }
        }
        What::Overdue { step, words } => {
            What::Overdue { step: named(step), words: book.plain(step, Ending::Stopped, words) }
        }
        What::Decided { step, value, chosen } => {
            What::Decided { step: named(step), value: value.clone(), chosen: chosen.clone() }
        }
        what => what.clone(),
    };
    super::words(&what)
}

/// The rows of the table of steps, those of each walk in the order of its runbook; elements stand where their step is.
pub fn rows(report: &Report) -> Vec<Row> {
    let walks = report.state.all_walks();
    if walks.len() < 2 {
        return rows_of_walk(report);
    }
    let of = |(walk, runbook): (u32, String)| {
        let one = report.of_walk(walk);
        let values: Vec<_> = one.state.params.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let with = format!("{runbook} {}", values.join(" "));
        let title = t!("record-walk", title = one.state.title, runbook = with.trim());
        std::iter::once(Row::Walk(title)).chain(rows_of_walk(&one)).collect::<Vec<_>>()
    };
    walks.into_iter().flat_map(of).collect()
}

fn rows_of_walk(report: &Report) -> Vec<Row> {
    let (book, state) = (book(&report.events), &report.state);
    let mut out: Vec<Row> = Vec::new();
    for step in book.steps {
        let mut names = elements(&report.events, step);
        if names.is_empty() {
            names.push(step.clone());
        }
        for name in names {
            let fold = match state.steps.get(&name) {
                None => Some(Fold::NotReached),
                Some(StepState::Ended { past: Some(_), .. }) => Some(Fold::NotNeeded),
                _ => None,
            };
            let title = book.title(&name);
            let called = if title.is_empty() { name.clone() } else { title.clone() };
            match (fold, out.last_mut()) {
                (Some(why), Some(Row::Folded { why: last, steps })) if *last == why => steps.push(called),
                (Some(why), _) => out.push(Row::Folded { why, steps: vec![called] }),
                (None, _) => out.push(Row::Step(told(report, &book, name, title))),
            }
        }
    }
    out
}

/// The elements that took the place of a step after the runbook was opened, in the order in which they came up.
fn elements(events: &[Event], step: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for event in events {
        let (What::Step { step: name } | What::StepEnded { step: name, .. }) = &event.what else { continue };
        if name != step && base(name) == step && !out.contains(name) {
            out.push(name.clone());
        }
    }
    out
}

fn told(report: &Report, book: &Book<'_>, name: String, title: String) -> Told {
    let state = &report.state;
    let mut how = match state.steps.get(&name) {
        None => Fold::NotReached.words().to_owned(),
        Some(StepState::Entered) => t!("record-told-entered").to_owned(),
        Some(StepState::Outdated { .. }) => t!("record-told-outdated").to_owned(),
        Some(StepState::Ended { ending, words, .. }) => {
            let words = book.plain(&name, *ending, words);
            match ending {
                Ending::Proved => t!("record-told-proved", words = words),
                Ending::Ran => t!("record-told-done", words = words),
                Ending::Recorded => t!("record-told-said", words = words),
                Ending::Skipped => t!("record-told-skipped", words = words),
                Ending::Stopped => t!("record-told-stopped", words = words),
            }
        }
    };
    let of_it = |id: &&String| {
        let plan = &state.plans[*id];
        plan.step.as_deref() == Some(&name) && plan.undoes.is_none() && plan.walk == state.walk
    };
    let latest = state.order.iter().rfind(of_it);
    if let Some((at, by)) = latest.and_then(|id| outcome::proof(report, id).undone) {
        // Taken back as its runbook says, a step is open again.
        let open = !matches!(state.steps.get(&name), Some(StepState::Ended { .. }));
        how = if open {
            t!("record-told-undone", at = clock(at), by = by)
        } else {
            t!("record-told-undone-before", at = clock(at), by = by, how = how)
        };
    }
    let (answer, mut also) = asked(report, book, &name);
    also.extend(written(report, &name));
    Told { name, title, answered: answer.is_some(), how: answer.unwrap_or(how), also }
}

/// The answer that a step was given, and its question with what it says of that answer.
fn asked(report: &Report, book: &Book<'_>, name: &str) -> (Option<String>, Vec<Also>) {
    let decided = report.events.iter().rev().find_map(|e| match &e.what {
        What::Decided { step, value, chosen } if step == name => Some((value, chosen)),
        _ => None,
    });
    let Some((value, chosen)) = decided else { return (None, Vec::new()) };
    let answer = match value {
        None => t!("record-told-operator-answered", chosen = chosen),
        Some(value) if value == chosen => t!("record-told-cluster-answered", chosen = chosen),
        Some(value) => t!("record-told-operator-chose", value = value, chosen = chosen),
    };
    let question = book.questions.and_then(|q| q.get(name).or_else(|| q.get(base(name))));
    let ask = question.map(|q| &q.ask).filter(|ask| !ask.is_empty());
    let ask = ask.map(|ask| Also::new("question", t!("record-question"), ask));
    let means = question.and_then(|q| q.answers.get(chosen));
    let means = means.map(|means| Also::new("that_is", t!("record-that-is"), means));
    (Some(answer), ask.into_iter().chain(means).collect())
}

/// What people wrote in a step, under the names that its runbook gives.
fn written(report: &Report, name: &str) -> Vec<Also> {
    let of = |(step, value): &(&(String, String), &String)| {
        step.0 == name && step.1 != "chosen" && !value.is_empty()
    };
    let row = |((_, value), text): (&(String, String), &String)| {
        Also::new(&value.to_lowercase().replace(' ', "_"), &value.replace('_', " "), text)
    };
    report.state.values.iter().filter(of).map(row).collect()
}

#[cfg(test)]
mod tests;
