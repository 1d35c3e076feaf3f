//! What a session came to, in words for somebody who was not there: each step with its question, its answer and what was
//! written, changes that were undone told as undone, and whether it ended well. All forms of an export tell this.
//!
//! Must not guess: what no record says is "not told". Code stands only where the runbook has no words.

use std::collections::BTreeMap;

use super::{Ending, Event, PlanState, Question, Report, RunEnd, SessionState, StepState, What};
use crate::domain::{Timestamp, clock};
use crate::lang::t;
use crate::op::SCRIPT;

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
            (Some(at), ..) => out.push(t!("record-proved-at", at = clock(at))),
            (None, Some(at), _) => out.push(t!("record-done-at", at = clock(at))),
            (None, None, None) => out.push(t!("record-not-proved").to_owned()),
            (None, None, Some(_)) => {}
        }
        if let Some((at, words)) = self.lost.as_ref().filter(|_| self.undone.is_none()) {
            out.push(t!("record-no-longer-at", at = clock(*at), words = words));
        }
        if let Some((at, by)) = self.over.as_ref().filter(|_| self.undone.is_none()) {
            out.push(t!("record-over-at", at = clock(*at), by = by));
        }
        if let Some((at, by)) = &self.undone {
            out.push(t!("record-undone-at", at = clock(*at), by = by));
        }
        super::clauses(out)
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
    fn plain(&self, step: &str, ending: Ending, words: &str) -> String {
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
    if let Some((at, by)) = latest.and_then(|id| proof(report, id).undone) {
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

/// What the records say of the proof of a plan.
pub fn proof(report: &Report, id: &str) -> Proof {
    let mut out = Proof::default();
    for event in &report.events {
        match &event.what {
            What::Proved { plan, .. } if plan == id => (out.proved, out.lost) = (Some(event.at), None),
            What::Done { plan, .. } if plan == id => out.done = Some(event.at),
            What::Over { plan, by } if plan == id => {
                let title = report.state.plans.get(by).filter(|_| by != id).map(|p| p.title.clone());
                out.over = Some((event.at, title.unwrap_or_else(|| t!("record-its-own-time").to_owned())));
            }
            What::Regressed { plan, words } if plan == id => out.lost = Some((event.at, words.clone())),
            What::TakenBack { plan } if plan == id => {
                out.undone = Some((event.at, t!("record-was-for-a-while").to_owned()));
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
        What::StepEnded { step, ending: Ending::Stopped, words, .. } => {
            Some((step, book(&report.events).plain(step, Ending::Stopped, words)))
        }
        What::StepEnded { .. } | What::Reopened { .. } | What::Opened { .. } => {
            Some((&state.id, String::new()))
        }
        _ => None,
    });
    let said = match (over.proved, over.gone, stopped) {
        (Some(proved), Some(gone), _) => {
            t!("record-outcome-resolved-gone", proved = clock(proved), gone = clock(gone))
        }
        (Some(proved), None, _) if found => t!("record-outcome-not-gone", proved = clock(proved)),
        (Some(proved), None, _) => t!("record-outcome-resolved", proved = clock(proved)),
        (None, Some(gone), _) => t!("record-outcome-not-proved", gone = clock(gone)),
        (None, None, Some((step, words))) if !words.is_empty() => {
            t!("record-outcome-stopped", step = step, words = words)
        }
        (None, None, _) if state.runbook.is_none() => t!("record-outcome-no-runbook").to_owned(),
        (None, None, _) => t!("record-outcome-not-walked").to_owned(),
    };
    match state.unknown().count() {
        0 => said,
        n => t!("record-outcome-verify", said = said, changes = n),
    }
}

#[cfg(test)]
mod tests;
