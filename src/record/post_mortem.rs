//! A draft of a post-mortem in two layers: the facts, which come from the journal alone and are marked as such, and the
//! sections that only people can write, each with what to think about. It must not guess a cause.

use std::fmt::Write;

use super::account::Row;
use super::export::ended;
use super::markdown::{code, text, words};
use super::outcome::{is_change, over};
use super::{Report, RunEnd, What, clauses, is_failure, labelled};
use crate::domain::{Timestamp, clock, date};
use crate::lang::{Msg, msg, t};

/// What people write, and what helps them.
const PROSE: &[(Msg, &[Msg])] = &[
    (msg!("record-draft-summary"), &[msg!("record-draft-summary-what")]),
    (msg!("record-draft-impact"), &[msg!("record-draft-impact-who"), msg!("record-draft-impact-could")]),
    (
        msg!("record-draft-cause"),
        &[msg!("record-draft-cause-what"), msg!("record-draft-cause-why"), msg!("record-draft-cause-else")],
    ),
    (msg!("record-draft-well"), &[msg!("record-draft-well-which"), msg!("record-draft-well-stay")]),
    (msg!("record-draft-badly"), &[msg!("record-draft-badly-time"), msg!("record-draft-badly-luck")]),
    (ACTIONS, &[msg!("record-draft-actions-what")]),
];

/// The section that is a table.
const ACTIONS: Msg = msg!("record-draft-actions");

/// Renders the draft as Markdown.
pub fn post_mortem(report: &Report) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = render(&mut out, report);
    out
}

fn render(out: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(out, "# {}\n", t!("record-post-mortem", title = text(report.title())))?;
    writeln!(out, "{}\n", t!("record-draft"))?;
    writeln!(out, "## {}\n", t!("record-draft-facts", session = code(&report.state.id)))?;
    for fact in report.facts() {
        writeln!(out, "- {}", labelled(fact.name, &text(&fact.value)))?;
    }
    times(out, report)?;
    findings(out, report)?;
    told(out, report)?;
    changes(out, report)?;
    failures(out, report)?;
    marked(out, report)?;
    writeln!(out, "\n*{}*", t!("record-draft-end-of-facts"))?;
    for (title, prompts) in PROSE {
        writeln!(out, "\n## {title}\n")?;
        prompts.iter().try_for_each(|prompt| writeln!(out, "> {prompt}"))?;
        if *title == ACTIONS {
            let columns = (t!("record-draft-action"), t!("record-draft-who"), t!("record-draft-until"));
            writeln!(out, "\n| {} | {} | {} |\n|---|---|---|\n| | | |", columns.0, columns.1, columns.2)?;
        } else {
            writeln!(out, "\n…")?;
        }
    }
    Ok(())
}

/// The moments that a post-mortem asks for, and how long it took between them.
fn times(out: &mut String, report: &Report) -> std::fmt::Result {
    let first = |wanted: fn(&What) -> bool| report.events.iter().find(|e| wanted(&e.what)).map(|e| e.at);
    let last = |wanted: fn(&What) -> bool| report.events.iter().rev().find(|e| wanted(&e.what)).map(|e| e.at);
    // A script that only reads is no change.
    let changes = || report.plans().filter(|(plan, _)| is_change(plan));
    let changed = changes().map(|(plan, _)| plan.started).min();
    let proved = changes().filter_map(|(_, proof)| proof.proved).max();
    let over = over(report);
    let mut moments = [
        (t!("record-time-opened"), first(|w| matches!(w, What::Finding { .. }))),
        (t!("record-time-changed"), changed),
        (t!("record-time-change-proved"), proved),
        (t!("record-time-runbook-proved"), over.proved),
        (t!("record-time-gone"), over.gone),
        (t!("record-time-ended"), last(|w| matches!(w, What::Ended { .. }))),
    ];
    let columns = (t!("record-times-moment"), t!("record-times-when"), t!("record-times-after"));
    writeln!(out, "\n### {}\n", t!("record-times"))?;
    writeln!(out, "| {} | {} | {} |\n|---|---|---|", columns.0, columns.1, columns.2)?;
    let mut before: Option<Timestamp> = report.state.started;
    moments.sort_by_key(|(_, at)| *at);
    for (what, at) in moments {
        let Some(at) = at else { continue };
        let after = before.map_or_else(String::new, |b| crate::domain::age(b, at));
        writeln!(out, "| {what} | {} | {after} |", date(at))?;
        before = Some(at);
    }
    Ok(())
}

fn findings(out: &mut String, report: &Report) -> std::fmt::Result {
    for event in &report.events {
        let What::Finding { title, subject, evidence, .. } = &event.what else { continue };
        let subject = text(&subject.to_string());
        writeln!(out, "\n### {}\n", t!("record-finding-at", title = text(title), subject = subject))?;
        evidence.iter().try_for_each(|line| writeln!(out, "- {}", text(line)))?;
    }
    Ok(())
}

/// What was asked and what people wrote: the table of steps without those that only say that they were done.
fn told(out: &mut String, report: &Report) -> std::fmt::Result {
    let rows = report.steps().into_iter().filter_map(|row| match row {
        Row::Step(step) if !step.also.is_empty() || step.answered => Some(step),
        _ => None,
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### {}\n", t!("record-decided"))?;
    for step in rows {
        let title = if step.title.is_empty() { &step.name } else { &step.title };
        let also = step.also.iter().map(|also| labelled(&text(&also.name), &text(&also.said)));
        let how = clauses(std::iter::once(words(&step.how)).chain(also));
        writeln!(out, "- {}", labelled(&text(title), &how))?;
    }
    Ok(())
}

fn changes(out: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(out, "\n### {}\n", t!("record-changes"))?;
    if !report.plans().any(|(plan, _)| is_change(plan)) {
        writeln!(out, "{}", t!("record-nothing-changed"))?;
    }
    for (plan, proof) in report.plans().filter(|(plan, _)| is_change(plan)) {
        let change = format!("{} {}", clock(plan.started), text(&plan.title));
        let (ended, proof) = (text(&ended(plan)), text(&proof.words()));
        let command = code(&plan.kubectl);
        let line = match report.undoes(plan) {
            Some(back) => t!(
                "record-change-back",
                change = change,
                back = text(back),
                ended = ended,
                proof = proof,
                command = command
            ),
            None => {
                t!("record-change", change = change, ended = ended, proof = proof, command = command)
            }
        };
        writeln!(out, "- {line}")?;
    }
    let open = report.open_changes();
    if !open.is_empty() {
        writeln!(out, "\n### {}\n", t!("record-not-taken-back"))?;
    }
    open.iter().try_for_each(|(title, way)| writeln!(out, "- {}", labelled(&text(title), &text(way))))
}

fn failures(out: &mut String, report: &Report) -> std::fmt::Result {
    let wrong =
        |what: &What| is_failure(what) || matches!(what, What::Outcome { end: RunEnd::Cancelled, .. });
    let numbers: Vec<u64> = report.events.iter().filter(|e| wrong(&e.what)).map(|e| e.seq).collect();
    lines(out, report, t!("record-what-failed"), &numbers)
}

fn marked(out: &mut String, report: &Report) -> std::fmt::Result {
    let notes = report.events.iter().filter(|e| matches!(e.what, What::Note { .. })).map(|e| e.seq);
    let mut numbers: Vec<u64> = notes.chain(report.state.pins.iter().copied()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    lines(out, report, t!("record-marked-and-notes"), &numbers)
}

/// The lines of the timeline of these records.
fn lines(out: &mut String, report: &Report, title: &str, numbers: &[u64]) -> std::fmt::Result {
    if numbers.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### {title}\n")?;
    for (record, at, symbol, line) in report.timeline() {
        if numbers.contains(&record) {
            writeln!(out, "- {} {symbol} {}", clock(at), words(&line))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Event;
    use crate::redact::Secrets;

    #[test]
    fn facts_are_marked_and_prose_is_left_to_people() {
        let event = |(seq, what)| Event { seq, at: Timestamp::UNIX_EPOCH, prev: String::new(), what };
        let what = vec![
            What::Note { text: "called the provider".into(), about: None },
            What::StepEnded {
                step: "look".into(),
                ending: super::super::Ending::Stopped,
                words: "no".into(),
                past: None,
            },
            What::Pinned { record: 1, on: true },
        ];
        let events: Vec<_> = (0..).zip(what).map(event).collect();
        let text = post_mortem(&Report::of(&events, &Secrets::default()));
        let facts = text.find("*End of the generated facts.*").unwrap();
        for part in ["## Facts (generated", "called the provider", "### What failed", "Nothing was changed."]
        {
            assert!(text.find(part).is_some_and(|at| at < facts), "{part}\n{text}");
        }
        for (title, _) in PROSE {
            assert!(text.find(&format!("## {title}\n")).is_some_and(|at| at > facts), "{title}\n{text}");
        }
    }
}
