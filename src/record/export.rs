//! The record of a session as Markdown, for a ticket or a post-mortem.

use std::fmt::Write;

use super::account::{self, Proof, Row, Told};
use super::markdown::{cell, code, code_in_cell, text, words as in_row};
use super::{Ending, Event, PlanState, SessionState, What, cleaned, in_timeline};
use crate::domain::{Timestamp, date};
use crate::op::Undo;
use crate::redact::Secrets;

/// A session that leaves the house: its records without secrets, and what was cut.
#[derive(Clone, Debug)]
pub struct Report {
    pub events: Vec<Event>,
    pub state: SessionState,
    /// What looked like a secret and was cut, with counts; empty when nothing did.
    pub cut: String,
}

/// Whether a record is of the walk that was named last, and not of the session or of a plan, which knows its own.
fn is_of_a_walk(what: &What) -> bool {
    matches!(
        what,
        What::Opened { .. }
            | What::Walk { .. }
            | What::Rewritten { .. }
            | What::Step { .. }
            | What::StepEnded { .. }
            | What::Overdue { .. }
            | What::Reopened { .. }
            | What::Decided { .. }
            | What::Value { .. }
            | What::Bound { .. }
    )
}

impl Report {
    /// Takes the records, and cuts what is a secret or looks like one.
    pub fn of(events: &[Event], secrets: &Secrets) -> Report {
        let (events, cuts) = cleaned(events, secrets);
        Report { state: SessionState::fold(&events), events, cut: cuts.words() }
    }

    /// The same with what was walked of one of its walks only.
    pub(super) fn of_walk(&self, walk: u32) -> Report {
        let mut present = 0;
        let own = |event: &&Event| {
            match &event.what {
                What::Opened { walk, .. } | What::Walk { walk } => present = *walk,
                _ => {}
            }
            present == walk || !is_of_a_walk(&event.what)
        };
        let events = self.events.iter().filter(own).cloned().collect();
        Report { events, state: self.state.of_walk(walk), cut: self.cut.clone() }
    }

    /// The title of the runbook, or else of any session.
    pub fn title(&self) -> &str {
        if self.state.title.is_empty() { "Session" } else { &self.state.title }
    }

    /// What is known of the whole session, each with its name.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let state = &self.state;
        let practice = if state.practice { " (practice)" } else { "" };
        let known = state.identity.as_ref().map(|i| format!(", for the API server {i}")).unwrap_or_default();
        let mut out = vec![
            ("Session", state.id.clone()),
            ("Cluster", format!("{}{practice}", state.context)),
            ("API server", state.server.clone()),
            ("Operator", format!("{}{known}", state.user)),
            ("From", when(state.started)),
            ("To", when(state.last)),
            ("Recorded by", format!("opsbook {}", state.version)),
        ];
        if let Some(runbook) = &state.runbook {
            let bound: Vec<_> = state.params.iter().map(|(k, v)| format!("{k}={v}")).collect();
            out.push(("Runbook", format!("{runbook} {}", bound.join(" ")).trim().to_owned()));
        }
        out.push(("Outcome", account::outcome(self)));
        let saved = account::saved(state);
        if !saved.is_empty() {
            out.push(("Saved beside the journal", saved));
        }
        if !self.cut.is_empty() {
            out.push(("Cut before export", self.cut.clone()));
        }
        out
    }

    /// The steps of the runbook that was opened last, with what became of each.
    pub fn steps(&self) -> Vec<Row> {
        account::rows(self)
    }

    /// The records that are lines of the timeline: number, time, symbol and words.
    pub fn timeline(&self) -> Vec<(u64, Timestamp, char, String)> {
        let shown = self.events.iter().enumerate().filter(|(_, e)| in_timeline(&e.what));
        let row = |(i, event): (usize, &Event)| {
            let (symbol, line) = account::line(&self.events, i);
            (event.seq, event.at, symbol, line.trim().to_owned())
        };
        shown.map(row).collect()
    }

    /// What was not taken back, and its way back.
    pub fn open_changes(&self) -> Vec<(String, String)> {
        let way = |undo: Undo| match undo {
            Undo::By { op, note, .. } => format!("way back {op} {note}").trim().to_owned(),
            Undo::None(why) => format!("no way back, {why}"),
        };
        self.state.undo_list().into_iter().map(|e| (e.title, way(e.undo))).collect()
    }

    /// The plans in their order, with what is known of their proof.
    pub fn plans(&self) -> impl Iterator<Item = (&PlanState, Proof)> {
        let of = |id: &String| Some((self.state.plans.get(id)?, account::proof(self, id)));
        self.state.order.iter().filter_map(of)
    }

    /// What a plan takes back, by its title.
    pub fn undoes(&self, plan: &PlanState) -> Option<&str> {
        let before = self.state.plans.get(plan.undoes.as_ref()?)?;
        Some(&before.title)
    }
}

/// How a plan ended, in words.
pub fn ended(plan: &PlanState) -> String {
    let end = plan.end.as_ref();
    end.map_or("unknown: verify first".to_owned(), |(end, words)| {
        let word = match end {
            super::RunEnd::Applied => "done",
            super::RunEnd::Cancelled => "cancelled",
            super::RunEnd::Failed => "failed",
            super::RunEnd::Unknown => "unknown, verify first",
        };
        if words.is_empty() { word.to_owned() } else { format!("{word}: {words}") }
    })
}

/// Renders the whole session.
pub fn markdown(report: &Report) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = render(&mut out, report);
    out
}

fn when(at: Option<Timestamp>) -> String {
    at.map_or_else(String::new, date)
}

/// What ended a step, with its condition as code: in words where the runbook has some, else with its answer.
pub(super) fn in_words(words: &str, ending: Ending, condition: Option<&String>) -> String {
    let Some(condition) = condition.filter(|_| matches!(ending, Ending::Proved | Ending::Stopped)) else {
        return words.to_owned();
    };
    // Backticks say to both forms of an export that it is code; the words have none of their own then.
    let code = format!("`{}`", condition.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'"));
    if words == condition {
        return format!("holds, {code}");
    }
    let plain = |words: &str| words.replace('`', "'");
    match words.split_once(condition.as_str()) {
        Some((before, after)) => format!("{}{code}{}", plain(before), plain(after)),
        None => format!("{} ({code})", plain(words)),
    }
}

fn render(out: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(out, "# {}\n", text(report.title()))?;
    for (name, value) in report.facts() {
        let (first, rest) = value.split_once(' ').unwrap_or((value.as_str(), ""));
        match name {
            "Session" | "Runbook" => writeln!(out, "- {name}: {} {}", code(first), text(rest))?,
            _ => writeln!(out, "- {name}: {}", text(&value))?,
        }
    }
    findings(out, &report.events)?;
    steps(out, report)?;
    operations(out, report)?;
    writeln!(out, "\n## Timeline (UTC)\n")?;
    let (mut before, pins) = (None, &report.state.pins);
    for (record, at, symbol, line) in report.timeline() {
        let day = at.strftime("%Y-%m-%d").to_string();
        if before.as_ref().is_some_and(|b| *b != day) {
            writeln!(out, "- **{day}**")?;
        }
        let pin = if pins.contains(&record) { " ★" } else { "" };
        writeln!(out, "- {}{pin} {symbol} {}", crate::domain::clock(at), in_row(&line))?;
        before = Some(day);
    }
    let open = report.open_changes();
    if !open.is_empty() {
        writeln!(out, "\n## Not taken back\n")?;
    }
    open.iter().try_for_each(|(title, way)| writeln!(out, "- {}: {}", text(title), text(way)))
}

fn findings(out: &mut String, events: &[Event]) -> std::fmt::Result {
    for event in events {
        if let What::Finding { title, evidence, .. } = &event.what {
            writeln!(out, "\n## Finding: {}\n", text(title))?;
            for line in evidence {
                writeln!(out, "- {}", text(line))?;
            }
        }
    }
    Ok(())
}

fn steps(out: &mut String, report: &Report) -> std::fmt::Result {
    let steps = report.steps();
    if steps.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Steps\n\n| step | how it ended |\n|---|---|")?;
    for row in steps {
        match row {
            Row::Walk(title) => writeln!(out, "| **{}** | |", cell(&title))?,
            Row::Step(Told { name, title, how, also }) => {
                let title = if title.is_empty() { title } else { format!("{} ", cell(&title)) };
                let also: Vec<_> =
                    also.iter().map(|(what, said)| format!("; {}: {}", cell(what), cell(said))).collect();
                writeln!(out, "| {title}{} | {}{} |", code_in_cell(&name), cell(&how), also.concat())?;
            }
            Row::Folded { why, steps } => {
                let steps: Vec<_> = steps.iter().map(|s| cell(s)).collect();
                writeln!(out, "| *{}* | {why} |", steps.join(" · "))?;
            }
        }
    }
    Ok(())
}

fn operations(out: &mut String, report: &Report) -> std::fmt::Result {
    if report.state.order.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Operations\n")?;
    for (plan, proof) in report.plans() {
        let back = report.undoes(plan).map_or_else(String::new, |t| format!(", takes back: {}", text(t)));
        writeln!(
            out,
            "- {} {}{back} — {}; {}\n  - same as: {}",
            crate::domain::clock(plan.started),
            text(&plan.title),
            text(&ended(plan)),
            text(&proof.words()),
            code(&plan.kubectl)
        )?;
        if let Some((by, key)) = &plan.agreed {
            writeln!(out, "  - {} agreed, key {}", text(by), code(key))?;
        }
        for change in &plan.changes.0 {
            let shown = |v: &Option<String>| code(v.as_deref().unwrap_or("(none)"));
            let (before, after) = (shown(&change.before), shown(&change.after));
            writeln!(out, "  - {}: {before} → {after}", code(&change.path))?;
        }
        if plan.changes.1 > 0 {
            writeln!(out, "  - and {} more fields", plan.changes.1)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_code_and_stands_beside_the_words_of_the_runbook() {
        let condition = "a.size() <= 1\n  || b".to_owned();
        let said = |words: &str, ending| in_words(words, ending, Some(&condition));
        assert_eq!(said(&condition, Ending::Proved), "holds, `a.size() <= 1 || b`");
        assert_eq!(said("A mass event.", Ending::Stopped), "A mass event. (`a.size() <= 1 || b`)");
        assert_eq!(
            said(&format!("does not hold: {condition}"), Ending::Stopped),
            "does not hold: `a.size() <= 1 || b`"
        );
        assert_eq!(said("no time", Ending::Skipped), "no time");
        assert_eq!(in_words("looked at", Ending::Proved, None), "looked at");
        assert_eq!(said("so `it` is", Ending::Stopped), "so 'it' is (`a.size() <= 1 || b`)");
    }

    #[test]
    fn a_session_over_midnight_names_the_new_day() {
        let note = |seq, at: &str| Event {
            seq,
            at: at.parse().unwrap(),
            prev: String::new(),
            what: What::Note { text: "x".into(), about: None },
        };
        let events = [note(0, "2026-03-01T23:59:59Z"), note(1, "2026-03-02T00:00:01Z")];
        let text = markdown(&Report::of(&events, &Secrets::default()));
        assert!(text.ends_with("- 23:59:59 · x\n- **2026-03-02**\n- 00:00:01 · x\n"), "{text}");
    }
}
