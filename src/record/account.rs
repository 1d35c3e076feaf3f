//! What a session came to, in words for somebody who was not there: each step with its question, its answer and what was
//! written, changes that were undone told as undone, and whether it ended well. All forms of an export tell this.
//!
//! Must not guess: what no record says is "not told". Code stands only where the runbook has no words.

use std::collections::BTreeMap;

use super::{Ending, Event, PlanState, Question, Report, RunEnd, SessionState, StepState, What};
use crate::domain::{Timestamp, clock, number};

/// How a step begins to be told that the walk led past.
const PASSED: &str = "not on the way from ";

/// A row of the table of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The rows that follow are of this walk; only where the session had several.
    Walk(String),
    Step(Told),
    /// Steps one after the other that were not needed, or were not come to.
    Folded {
        why: &'static str,
        steps: Vec<String>,
    },
}

/// A step and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub name: String,
    pub title: String,
    pub how: String,
    /// What was asked, what it says of the answer, and what people wrote: each with its name.
    pub also: Vec<(String, String)>,
}

/// What is known of the proof of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    pub proved: Option<Timestamp>,
    /// When it came to its end, where nothing in the cluster can show more.
    pub done: Option<Timestamp>,
    /// When it no longer held, and what the cluster showed.
    pub lost: Option<(Timestamp, String)>,
    /// When it was taken back, and by what.
    pub undone: Option<(Timestamp, String)>,
    /// When it was ended on purpose what it had made, and by what: from then on nobody watched it.
    pub over: Option<(Timestamp, String)>,
}

impl Proof {
    /// In words, which say the latest last.
    pub fn words(&self) -> String {
        let mut out = Vec::new();
        match (self.proved, self.done, &self.undone) {
            (Some(at), ..) => out.push(format!("proved at {}", clock(at))),
            (None, Some(at), _) => {
                out.push(format!("ended well at {}; nothing in the cluster can show more", clock(at)));
            }
            (None, None, None) => out.push("not proved".to_owned()),
            (None, None, Some(_)) => {}
        }
        if let Some((at, words)) = self.lost.as_ref().filter(|_| self.undone.is_none()) {
            out.push(format!("no longer so at {}: {words}", clock(*at)));
        }
        if let Some((at, by)) = self.over.as_ref().filter(|_| self.undone.is_none()) {
            out.push(format!("ended on purpose at {} by: {by}", clock(*at)));
        }
        if let Some((at, by)) = &self.undone {
            out.push(format!("undone at {}: {by}", clock(*at)));
        }
        out.join("; ")
    }

    /// Whether the cluster showed it to the end, and nobody took it back.
    pub fn holds(&self) -> bool {
        self.proved.is_some() && self.lost.is_none() && self.undone.is_none()
    }
}

/// What the runbook that was opened last says about its steps.
#[derive(Default)]
struct Book<'a> {
    steps: &'a [String],
    titles: Option<&'a BTreeMap<String, String>>,
    conditions: Option<&'a BTreeMap<String, String>>,
    questions: Option<&'a BTreeMap<String, Question>>,
}

fn book(events: &[Event]) -> Book<'_> {
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

impl Book<'_> {
    fn title(&self, step: &str) -> String {
        let of = |name: &str| self.titles.and_then(|t| t.get(name)).filter(|t| !t.is_empty()).cloned();
        let element = || of(base(step)).map(|title| format!("{title}{}", &step[base(step).len()..]));
        of(step).or_else(element).unwrap_or_default()
    }

    /// Words without the condition of their step: the title says what it asks.
    fn plain(&self, step: &str, ending: Ending, words: &str) -> String {
        let of = |name: &str| self.conditions.and_then(|c| c.get(name));
        let Some(condition) = of(step).or_else(|| of(base(step))) else { return words.to_owned() };
        if self.title(step).is_empty() {
            return super::export::in_words(words, ending, Some(condition));
        }
        if words == condition {
            return if ending == Ending::Stopped { "does not hold" } else { "it is so" }.to_owned();
        }
        let rest =
            words.replace(condition.as_str(), "").trim().trim_matches([':', ',', ';']).trim().to_owned();
        if rest.is_empty() { "it is so".to_owned() } else { rest }
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
        if title.is_empty() { step.clone() } else { format!("{step} ({title})") }
    };
    let what = match &events[at].what {
        What::StepEnded { step, ending, words } => {
            let words = book.plain(step, *ending, words);
            What::StepEnded { step: named(step), ending: *ending, words }
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
        let title = format!("{} ({})", one.state.title, format!("{runbook} {}", values.join(" ")).trim());
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
                None => Some("not come to"),
                Some(StepState::Ended { ending: Ending::Skipped, words }) if words.starts_with(PASSED) => {
                    Some("not needed on this way")
                }
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
        None => "not come to".to_owned(),
        Some(StepState::Entered) => "begun and not ended".to_owned(),
        Some(StepState::Outdated { .. }) => "done with an earlier text, not with this one".to_owned(),
        Some(StepState::Ended { ending, words }) => {
            let words = book.plain(&name, *ending, words);
            match ending {
                Ending::Proved => format!("Proved: {words}"),
                Ending::Ran => format!("Done: {words}"),
                Ending::Recorded => format!("Said by the operator: {words}"),
                Ending::Skipped => format!("Skipped: {words}"),
                Ending::Stopped => format!("Does not hold, the walk ended here: {words}"),
            }
        }
    };
    let of_it = |id: &&String| {
        let plan = &state.plans[*id];
        plan.step.as_deref() == Some(&name) && plan.undoes.is_none() && plan.walk == state.walk
    };
    let latest = state.order.iter().rfind(of_it);
    if let Some((at, by)) = latest.and_then(|id| proof(report, id).undone) {
        // Taken back as its runbook says, a step is open again.
        let open = !matches!(state.steps.get(&name), Some(StepState::Ended { .. }));
        let before = if open { ", and not done again".to_owned() } else { format!(". Before: {how}") };
        how = format!("Undone at {}: {by}{before}", clock(at));
    }
    let also = also(report, book, &name, &mut how);
    Told { name, title, how, also }
}

/// The question with what it says of the answer, and what was written; the answer itself is how the step ended.
fn also(report: &Report, book: &Book<'_>, name: &str, how: &mut String) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let decided = report.events.iter().rev().find_map(|e| match &e.what {
        What::Decided { step, value, chosen } if step == name => Some((value, chosen)),
        _ => None,
    });
    if let Some((value, chosen)) = decided {
        let question = book.questions.and_then(|q| q.get(name).or_else(|| q.get(base(name))));
        *how = match value {
            None => format!("The operator answered: {chosen}"),
            Some(value) if value == chosen => format!("The cluster answered: {chosen}"),
            Some(value) => format!("The cluster answered {value}, the operator chose: {chosen}"),
        };
        let ask = question.map(|q| q.ask.clone()).filter(|a| !a.is_empty());
        out.extend(ask.map(|ask| ("question".to_owned(), ask)));
        let means = question.and_then(|q| q.answers.get(chosen)).cloned();
        out.extend(means.map(|means| ("that is".to_owned(), means)));
    }
    let of = |(step, value): &(&(String, String), &String)| {
        step.0 == name && step.1 != "chosen" && !value.is_empty()
    };
    let written = report.state.values.iter().filter(of);
    out.extend(written.map(|((_, value), text)| (value.replace('_', " "), text.clone())));
    out
}

/// What the records say of the proof of a plan.
pub fn proof(report: &Report, id: &str) -> Proof {
    let mut out = Proof::default();
    for event in &report.events {
        match &event.what {
            What::Proved { plan, .. } if plan == id => (out.proved, out.lost) = (Some(event.at), None),
            What::Done { plan, .. } if plan == id => out.done = Some(event.at),
            What::Over { plan, by } if plan == id => {
                let title = report.state.plans.get(by).filter(|_| by != id).map(|p| p.title.clone());
                out.over = Some((event.at, title.unwrap_or_else(|| "its own time".to_owned())));
            }
            What::Regressed { plan, words } if plan == id => out.lost = Some((event.at, words.clone())),
            What::TakenBack { plan } if plan == id => {
                out.undone = Some((event.at, "it was to last for a while, and is over".to_owned()));
            }
            _ => {}
        }
    }
    if let Some(by) = undoer(&report.state, id) {
        out.undone = Some((by.started, by.title.clone()));
    }
    out
}

/// The latest plan that took a plan back, and surely did what it was to do.
fn undoer<'a>(state: &'a SessionState, id: &str) -> Option<&'a PlanState> {
    let applied = |p: &&PlanState| matches!(p.end, Some((RunEnd::Applied, _)));
    let plans = state.order.iter().rev().map(|p| &state.plans[p]);
    plans.filter(|p| p.undoes.as_deref() == Some(id)).find(applied)
}

/// The files that were saved beside the journal, by their folder. Their digests stand in the timeline.
pub fn saved(state: &SessionState) -> String {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (file, _) in state.order.iter().flat_map(|id| &state.plans[id].saved) {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        folders.entry(folder).or_default().push(name);
    }
    let one = |(folder, files): (&str, Vec<&str>)| format!("{folder}: {}", files.join(", "));
    folders.into_iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Whether a plan is a change: what only reads is none.
pub fn is_change(plan: &PlanState) -> bool {
    !plan.only_reads()
}

/// The moments at which it can be told that it is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Over {
    /// When the last step of the runbook was proved; none when it is not.
    pub proved: Option<Timestamp>,
    /// Since when the finding that led here is gone; none when it is there, or nobody looked.
    pub gone: Option<Timestamp>,
}

/// When the runbook was proved and the finding was gone, as the records stand at their end.
pub fn over(report: &Report) -> Over {
    let last = book(&report.events).steps.last();
    let done = |step: &String| {
        matches!(report.state.steps.get(step), Some(StepState::Ended { ending: Ending::Proved, .. }))
    };
    let mut out = Over::default();
    for event in &report.events {
        match &event.what {
            What::StepEnded { step, ending: Ending::Proved, .. } if Some(step) == last && done(step) => {
                out.proved = Some(event.at);
            }
            What::Opened { .. } => out.proved = None,
            What::Finding { .. } | What::Found { there: true, .. } => out.gone = None,
            What::Found { there: false, .. } => out.gone = Some(event.at),
            _ => {}
        }
    }
    out
}

/// Whether it ended well, in one sentence.
pub fn outcome(report: &Report) -> String {
    let state = &report.state;
    let over = over(report);
    let found = report.events.iter().any(|e| matches!(e.what, What::Finding { .. }));
    let stopped = report.events.iter().rev().find_map(|e| match &e.what {
        What::StepEnded { step, ending: Ending::Stopped, words } => {
            Some((step, book(&report.events).plain(step, Ending::Stopped, words)))
        }
        What::StepEnded { .. } | What::Reopened { .. } | What::Opened { .. } => {
            Some((&state.id, String::new()))
        }
        _ => None,
    });
    let said = match (over.proved, over.gone, stopped) {
        (Some(proved), Some(gone), _) => {
            format!(
                "resolved: the runbook was proved at {}, and the finding was gone at {}",
                clock(proved),
                clock(gone)
            )
        }
        (Some(proved), None, _) if found => {
            format!("not told: the runbook was proved at {}, but not that the finding is gone", clock(proved))
        }
        (Some(proved), None, _) => format!("resolved: the runbook was proved at {}", clock(proved)),
        (None, Some(gone), _) => {
            format!("not told: the finding was gone at {}, but the runbook was not proved", clock(gone))
        }
        (None, None, Some((step, words))) if !words.is_empty() => {
            format!("not resolved: the walk ended at `{step}`: {words}")
        }
        (None, None, _) if state.runbook.is_none() => "not told: no runbook was walked".to_owned(),
        (None, None, _) => "not told: the runbook was not walked to its proof".to_owned(),
    };
    match state.unknown().count() {
        0 => said,
        n => format!("{said}; {} to be verified first", number(n, "change")),
    }
}

#[cfg(test)]
mod tests;
