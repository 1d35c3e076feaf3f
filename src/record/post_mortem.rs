//! A draft of a post-mortem in two layers: the facts, which come from the journal alone and are marked as such, and the
//! sections that only people can write, each with what to think about. It must not guess a cause.

use std::fmt::Write;

use super::account::{Row, is_change, over};
use super::export::ended;
use super::markdown::{code, text, words};
use super::{Report, RunEnd, What, is_failure};
use crate::domain::{Timestamp, clock, date};

/// What people write, and what helps them.
const PROSE: &[(&str, &[&str])] = &[
    ("Summary", &["What happened, in three sentences for somebody who was not there?"]),
    (
        "Impact",
        &["Who noticed, what could they not do, from when to when?", "What could have happened and did not?"],
    ),
    (
        "Root cause",
        &[
            "What made it possible, not who did it?",
            "Why was it not seen earlier?",
            "What else has the same cause?",
        ],
    ),
    ("What went well", &["Which finding, runbook, proof or person helped?", "What should stay as it is?"]),
    (
        "What went badly",
        &["Where was time lost? Which step was skipped or overridden, and why?", "Where did luck help?"],
    ),
    ("Actions", &["What, who, until when? One row each; prefer what prevents over what reminds."]),
];

/// Renders the draft as Markdown.
pub fn post_mortem(report: &Report) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = render(&mut out, report);
    out
}

fn render(out: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(out, "# Post-mortem: {}\n", text(report.title()))?;
    writeln!(
        out,
        "Draft. The facts are from the journal; what is in the sections below them is for people to write.\n"
    )?;
    writeln!(out, "## Facts (generated from the journal of session {})\n", code(&report.state.id))?;
    for (name, value) in report.facts() {
        writeln!(out, "- {name}: {}", text(&value))?;
    }
    times(out, report)?;
    findings(out, report)?;
    told(out, report)?;
    changes(out, report)?;
    failures(out, report)?;
    marked(out, report)?;
    writeln!(out, "\n*End of the generated facts.*")?;
    for (title, prompts) in PROSE {
        writeln!(out, "\n## {title}\n")?;
        prompts.iter().try_for_each(|prompt| writeln!(out, "> {prompt}"))?;
        match *title {
            "Actions" => writeln!(out, "\n| action | who | until |\n|---|---|---|\n| | | |")?,
            _ => writeln!(out, "\n…")?,
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
        ("the finding was opened", first(|w| matches!(w, What::Finding { .. }))),
        ("the first change began", changed),
        ("the last change was proved", proved),
        ("the runbook was proved", over.proved),
        ("the finding was gone", over.gone),
        ("the session ended", last(|w| matches!(w, What::Ended { .. }))),
    ];
    writeln!(out, "\n### Times\n\n| moment | when | after |\n|---|---|---|")?;
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
        writeln!(out, "\n### Finding: {} ({})\n", text(title), text(&subject.to_string()))?;
        evidence.iter().try_for_each(|line| writeln!(out, "- {}", text(line)))?;
    }
    Ok(())
}

/// What was asked and what people wrote: the table of steps without those that only say that they were done.
fn told(out: &mut String, report: &Report) -> std::fmt::Result {
    let rows = report.steps().into_iter().filter_map(|row| match row {
        Row::Step(step) if !step.also.is_empty() || step.how.starts_with("The ") => Some(step),
        _ => None,
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### Decided and written down\n")?;
    for step in rows {
        let title = if step.title.is_empty() { &step.name } else { &step.title };
        let also: Vec<_> =
            step.also.iter().map(|(what, said)| format!("; {}: {}", text(what), text(said))).collect();
        writeln!(out, "- {}: {}{}", text(title), words(&step.how), also.concat())?;
    }
    Ok(())
}

fn changes(out: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(out, "\n### Changes\n")?;
    if !report.plans().any(|(plan, _)| is_change(plan)) {
        writeln!(out, "Nothing was changed.")?;
    }
    for (plan, proof) in report.plans().filter(|(plan, _)| is_change(plan)) {
        let back = report.undoes(plan).map_or_else(String::new, |t| format!(", takes back: {}", text(t)));
        writeln!(
            out,
            "- {} {}{back}: {}; {} ({})",
            clock(plan.started),
            text(&plan.title),
            text(&ended(plan)),
            text(&proof.words()),
            code(&plan.kubectl)
        )?;
    }
    let open = report.open_changes();
    if !open.is_empty() {
        writeln!(out, "\n### Not taken back\n")?;
    }
    open.iter().try_for_each(|(title, way)| writeln!(out, "- {}: {}", text(title), text(way)))
}

fn failures(out: &mut String, report: &Report) -> std::fmt::Result {
    let wrong =
        |what: &What| is_failure(what) || matches!(what, What::Outcome { end: RunEnd::Cancelled, .. });
    let numbers: Vec<u64> = report.events.iter().filter(|e| wrong(&e.what)).map(|e| e.seq).collect();
    lines(out, report, "What failed", &numbers)
}

fn marked(out: &mut String, report: &Report) -> std::fmt::Result {
    let notes = report.events.iter().filter(|e| matches!(e.what, What::Note { .. })).map(|e| e.seq);
    let mut numbers: Vec<u64> = notes.chain(report.state.pins.iter().copied()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    lines(out, report, "Marked as important, and notes", &numbers)
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
