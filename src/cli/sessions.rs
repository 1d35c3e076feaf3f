//! `opsbook sessions`: the records on the disk.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use super::args::{Global, SessionsWhat};
use super::run::Outcome;
use super::tui;
use crate::domain::{clock, date};
use crate::record::{SessionState, StepState, markdown, words};
use crate::runtime::Places;
use crate::session::{Summary, Verified, find, list, read, verify};

pub fn sessions(global: &Global, places: &Places, what: SessionsWhat) -> Outcome {
    let folder = places.sessions();
    let out = || std::io::stdout().lock();
    match what {
        SessionsWhat::List { format } => listed(&folder, format.json(), &mut out()),
        SessionsWhat::Show { id } => shown(&find(&folder, &id)?, &mut out()),
        SessionsWhat::Export { id } => {
            write!(out(), "{}", markdown(&read(&find(&folder, &id)?)?))?;
            Ok(0)
        }
        SessionsWhat::Verify { id } => verified(&find(&folder, &id)?, &mut out()),
        SessionsWhat::Resume { id } => tui::resume(global, places, &find(&folder, &id)?),
    }
}

fn shown(path: &Path, out: &mut dyn Write) -> Outcome {
    let events = read(path)?;
    if let Some(first) = events.first() {
        writeln!(out, "from {}, times in UTC", date(first.at))?;
    }
    for event in &events {
        let (symbol, line) = words(&event.what);
        writeln!(out, "{} {symbol} {line}", clock(event.at))?;
    }
    unknown(&SessionState::fold(&events), out)?;
    Ok(0)
}

fn listed(folder: &Path, json: bool, out: &mut dyn Write) -> Outcome {
    let all = list(folder)?;
    if json {
        let row = |s: &Summary| {
            json!({"id": s.id, "started": s.started.map(|t| t.to_string()), "context": s.context,
                "runbook": s.runbook, "state": s.state, "broken": s.broken})
        };
        let rows: Vec<_> = all.iter().map(row).collect();
        writeln!(out, "{}", json!({ "sessions": rows }))?;
        return Ok(0);
    }
    if all.is_empty() {
        writeln!(out, "no sessions in {}", folder.display())?;
    }
    for s in all {
        let runbook = s.runbook.as_deref().unwrap_or("-");
        writeln!(out, "{:<24} {:<22} {:<20} {runbook}", s.id, s.state, s.context)?;
        if let Some(why) = s.broken {
            writeln!(out, "    {why}")?;
        }
    }
    Ok(0)
}

/// 1 when a record was altered.
fn verified(path: &Path, out: &mut dyn Write) -> Outcome {
    let (line, code) = match verify(path)? {
        Verified::Whole(n) => (format!("✔ {n} records, an unbroken chain"), 0),
        Verified::Cut { whole } => {
            (format!("▲ {whole} whole records; the last line is cut, as after a crash"), 0)
        }
        Verified::Altered { line } => {
            (format!("✖ line {line} does not follow from the line before: altered"), 1)
        }
    };
    writeln!(out, "{line}\n  {}", path.display())?;
    Ok(code)
}

/// What must be verified before anything else.
fn unknown(state: &SessionState, out: &mut dyn Write) -> std::io::Result<()> {
    for (_, plan) in state.unknown() {
        writeln!(out, "? unknown, verify first: {} ({})", plan.title, plan.kubectl)?;
        for object in &plan.open {
            writeln!(out, "    sent, no answer recorded: {object}")?;
        }
    }
    for (name, step) in &state.steps {
        if matches!(step, StepState::Entered) {
            writeln!(out, "· step {name} was not ended")?;
        }
    }
    Ok(())
}
