//! The record of a session as Markdown, for a ticket or a post-mortem.

use std::fmt::Write;

use super::account::{self, Row, Told};
use super::markdown::{cell, code, code_in_cell, text, words as in_row};
use super::outcome::{self, Proof};
use super::{Ending, Event, PlanState, RunEnd, SessionState, What, clauses, cleaned, in_timeline, labelled};
use crate::domain::{Timestamp, clock, date};
use crate::lang::t;
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

/// Something that is known of the whole session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The name for programs, the same in every language.
    pub key: &'static str,
    pub name: &'static str,
    pub value: String,
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
        if self.state.title.is_empty() { t!("record-session") } else { &self.state.title }
    }

    /// What is known of the whole session.
    pub fn facts(&self) -> Vec<Fact> {
        let state = &self.state;
        let fact = |key, name, value| Fact { key, name, value };
        let practice = || t!("record-practice", context = state.context);
        let known = |identity: &String| t!("record-known-as", user = state.user, identity = identity);
        let operator = state.identity.as_ref().map(known);
        let mut out = vec![
            fact("session", t!("record-session"), state.id.clone()),
            fact(
                "cluster",
                t!("record-cluster"),
                if state.practice { practice() } else { state.context.clone() },
            ),
            fact("api_server", t!("record-api-server"), state.server.clone()),
            fact("operator", t!("record-operator"), operator.unwrap_or_else(|| state.user.clone())),
            fact("from", t!("record-from"), when(state.started)),
            fact("to", t!("record-to"), when(state.last)),
            fact("recorded_by", t!("record-recorded-by"), format!("opsbook {}", state.version)),
        ];
        if let Some(runbook) = &state.runbook {
            let bound: Vec<_> = state.params.iter().map(|(k, v)| format!("{k}={v}")).collect();
            let with = format!("{runbook} {}", bound.join(" "));
            out.push(fact("runbook", t!("record-runbook"), with.trim().to_owned()));
        }
        out.push(fact("outcome", t!("record-outcome"), outcome::outcome(self)));
        let saved = outcome::saved(state);
        if !saved.is_empty() {
            out.push(fact("saved_beside_the_journal", t!("record-saved-beside"), saved));
        }
        if !self.cut.is_empty() {
            out.push(fact("cut_before_export", t!("record-cut"), self.cut.clone()));
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
            Undo::By { op, note, .. } => t!("record-way-back", way = format!("{op} {note}").trim()),
            Undo::None(why) => t!("record-no-way-back", why = why),
        };
        self.state.undo_list().into_iter().map(|e| (e.title, way(e.undo))).collect()
    }

    /// The plans in their order, with what is known of their proof.
    pub fn plans(&self) -> impl Iterator<Item = (&PlanState, Proof)> {
        let of = |id: &String| Some((self.state.plans.get(id)?, outcome::proof(self, id)));
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
    let Some((end, words)) = &plan.end else { return t!("record-end-not-recorded").to_owned() };
    let end = match end {
        RunEnd::Applied => t!("record-end-done"),
        RunEnd::Cancelled => t!("record-end-cancelled"),
        RunEnd::Failed => t!("record-end-failed"),
        RunEnd::Unknown => t!("record-end-unknown"),
    };
    if words.is_empty() { end.to_owned() } else { labelled(end, words) }
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
        return t!("record-holds", condition = code);
    }
    let plain = |words: &str| words.replace('`', "'");
    match words.split_once(condition.as_str()) {
        Some((before, after)) => format!("{}{code}{}", plain(before), plain(after)),
        None => t!("record-with-condition", words = plain(words), condition = code),
    }
}

fn render(out: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(out, "# {}\n", text(report.title()))?;
    for Fact { key, name, value } in report.facts() {
        let (first, rest) = value.split_once(' ').unwrap_or((value.as_str(), ""));
        let value = match key {
            "session" | "runbook" => format!("{} {}", code(first), text(rest)),
            _ => text(&value),
        };
        writeln!(out, "- {}", labelled(name, &value))?;
    }
    findings(out, &report.events)?;
    steps(out, report)?;
    operations(out, report)?;
    writeln!(out, "\n## {}\n", t!("record-timeline"))?;
    let (mut before, pins) = (None, &report.state.pins);
    for (record, at, symbol, line) in report.timeline() {
        let day = at.strftime("%Y-%m-%d").to_string();
        if before.as_ref().is_some_and(|b| *b != day) {
            writeln!(out, "- **{day}**")?;
        }
        let pin = if pins.contains(&record) { " ★" } else { "" };
        writeln!(out, "- {}{pin} {symbol} {}", clock(at), in_row(&line))?;
        before = Some(day);
    }
    let open = report.open_changes();
    if !open.is_empty() {
        writeln!(out, "\n## {}\n", t!("record-not-taken-back"))?;
    }
    open.iter().try_for_each(|(title, way)| writeln!(out, "- {}", labelled(&text(title), &text(way))))
}

fn findings(out: &mut String, events: &[Event]) -> std::fmt::Result {
    for event in events {
        if let What::Finding { title, evidence, .. } = &event.what {
            writeln!(out, "\n## {}\n", t!("record-finding-of", title = text(title)))?;
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
    writeln!(out, "\n## {}\n", t!("record-steps"))?;
    writeln!(out, "| {} | {} |\n|---|---|", t!("record-step"), t!("record-how-it-ended"))?;
    for row in steps {
        match row {
            Row::Walk(title) => writeln!(out, "| **{}** | |", cell(&title))?,
            Row::Step(Told { name, title, how, also, .. }) => {
                let title = if title.is_empty() { title } else { format!("{} ", cell(&title)) };
                let also = also.iter().map(|also| labelled(&cell(&also.name), &cell(&also.said)));
                let how = clauses(std::iter::once(cell(&how)).chain(also));
                writeln!(out, "| {title}{} | {how} |", code_in_cell(&name))?;
            }
            Row::Folded { why, steps } => {
                let steps: Vec<_> = steps.iter().map(|s| cell(s)).collect();
                writeln!(out, "| *{}* | {} |", steps.join(" · "), why.words())?;
            }
        }
    }
    Ok(())
}

fn operations(out: &mut String, report: &Report) -> std::fmt::Result {
    if report.state.order.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## {}\n", t!("record-operations"))?;
    for (plan, proof) in report.plans() {
        let change = format!("{} {}", clock(plan.started), text(&plan.title));
        let (ended, proof) = (text(&ended(plan)), text(&proof.words()));
        let line = match report.undoes(plan) {
            Some(back) => {
                t!("record-operation-back", change = change, back = text(back), ended = ended, proof = proof)
            }
            None => t!("record-operation", change = change, ended = ended, proof = proof),
        };
        writeln!(out, "- {line}\n  - {}", labelled(t!("record-same-as-inside"), &code(&plan.kubectl)))?;
        if let Some((by, key)) = &plan.agreed {
            writeln!(out, "  - {}", t!("record-agreed", by = text(by), key = code(key)))?;
        }
        for change in &plan.changes.0 {
            let shown = |v: &Option<String>| code(v.as_deref().unwrap_or(t!("record-no-value")));
            let values = format!("{} → {}", shown(&change.before), shown(&change.after));
            writeln!(out, "  - {}", labelled(&code(&change.path), &values))?;
        }
        if plan.changes.1 > 0 {
            writeln!(out, "  - {}", t!("record-more-fields", fields = plan.changes.1))?;
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
