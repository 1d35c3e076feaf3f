//! The record of a session as Markdown, for a ticket or a post-mortem.

use std::fmt::Write;

use super::{Event, SessionState, StepState, What, words};
use crate::domain::Timestamp;
use crate::op::Undo;

/// Renders the whole session.
pub fn markdown(events: &[Event]) -> String {
    let state = SessionState::fold(events);
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = render(&mut out, &state, events);
    out
}

fn date(at: Option<Timestamp>) -> String {
    at.map_or_else(String::new, |t| t.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
}

fn render(out: &mut String, state: &SessionState, events: &[Event]) -> std::fmt::Result {
    let title = if state.title.is_empty() { "Session" } else { &state.title };
    writeln!(out, "# {title}\n")?;
    writeln!(out, "- Session: `{}`", state.id)?;
    writeln!(out, "- Cluster: {}{}", state.context, if state.practice { " (practice)" } else { "" })?;
    writeln!(out, "- Operator: {}", state.user)?;
    writeln!(out, "- From {} to {}", date(state.started), date(state.last))?;
    if let Some(runbook) = &state.runbook {
        let bound: Vec<_> = state.params.iter().map(|(k, v)| format!("{k}={v}")).collect();
        writeln!(out, "- Runbook: `{runbook}` {}", bound.join(" "))?;
    }
    findings(out, events)?;
    steps(out, state, events)?;
    operations(out, state)?;
    writeln!(out, "\n## Timeline\n")?;
    for event in events {
        let (symbol, line) = words(&event.what);
        writeln!(out, "- {} {symbol} {}", crate::domain::clock(event.at), line.trim())?;
    }
    let undo = state.undo_list();
    if !undo.is_empty() {
        writeln!(out, "\n## Not taken back\n")?;
        for entry in undo {
            match entry.undo {
                Undo::By { op, note, .. } => writeln!(out, "- {}: way back `{op}` {note}", entry.title)?,
                Undo::None(why) => writeln!(out, "- {}: no way back, {why}", entry.title)?,
            }
        }
    }
    Ok(())
}

fn findings(out: &mut String, events: &[Event]) -> std::fmt::Result {
    for event in events {
        if let What::Finding { title, evidence, .. } = &event.what {
            writeln!(out, "\n## Finding: {title}\n")?;
            for line in evidence {
                writeln!(out, "- {line}")?;
            }
        }
    }
    Ok(())
}

fn steps(out: &mut String, state: &SessionState, events: &[Event]) -> std::fmt::Result {
    let last = events
        .iter()
        .rev()
        .find_map(|e| if let What::Opened { steps, .. } = &e.what { Some(steps) } else { None });
    let Some(steps) = last else { return Ok(()) };
    writeln!(out, "\n## Steps\n\n| step | how it ended |\n|---|---|")?;
    for step in steps {
        let how = match state.steps.get(step) {
            None => "not reached".to_owned(),
            Some(StepState::Entered) => "not ended".to_owned(),
            Some(StepState::Outdated { .. }) => "done with an earlier text, not with this one".to_owned(),
            Some(StepState::Ended { ending, words }) => format!("{ending:?}: {words}").replace('|', "\\|"),
        };
        writeln!(out, "| {step} | {how} |")?;
    }
    Ok(())
}

fn operations(out: &mut String, state: &SessionState) -> std::fmt::Result {
    if state.order.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Operations\n")?;
    for id in &state.order {
        let plan = &state.plans[id];
        let end = plan
            .end
            .as_ref()
            .map_or("unknown: verify first".to_owned(), |(end, words)| format!("{end:?}: {words}"));
        let proof = if plan.proved.is_some() { ", proved" } else { "" };
        writeln!(out, "- {} — {end}{proof}\n  - same as: `{}`", plan.title, plan.kubectl)?;
    }
    Ok(())
}
