//! `opsbook sessions`: the records on the disk.

use std::io::Write;
use std::path::Path;

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::args::{ExportFormat, Global, SessionsWhat};
use super::exit::Asked;
use super::out::{Printer, json as as_json, padded, told};
use super::resume;
use super::run::Outcome;
use crate::domain::{clock, date, one_row};
use crate::lang::t;
use crate::record::{Event, Format, Report, SessionState, StepState, What, post_mortem, verify_first, words};
use crate::redact::Secrets;
use crate::runtime::Places;
use crate::session::{
    HandOver, JournalError, Summary, Verified, find, is_hand_over, list, read, read_whole, verify,
    verify_hand_over, write_private,
};
use crate::trust;

pub fn sessions(global: &Global, places: &Places, what: SessionsWhat) -> Outcome {
    let folder = places.sessions();
    let out = Printer::answers;
    let find = |folder: &Path, id: &str| find(folder, id).map_err(Asked);
    match what {
        SessionsWhat::List { format } => listed(&folder, format.json(), &mut out()),
        SessionsWhat::Show { id } => shown(&find(&folder, &id)?, &mut out()),
        SessionsWhat::Export { id, format, output } => {
            let format = match format {
                ExportFormat::Markdown => Format::Markdown,
                ExportFormat::Html => Format::Html,
                ExportFormat::Json => Format::Json,
            };
            let report = Report::of(&records(&find(&folder, &id)?)?, &Secrets::default());
            written(&format.render(&report), output.as_deref(), &mut out())?;
            told_of(&report)?;
            Ok(0)
        }
        SessionsWhat::HandOver { id, output } => {
            handed_over(global, places, &find(&folder, &id)?, &output, &mut out())
        }
        SessionsWhat::PostMortem { id, output } => {
            let report = Report::of(&records(&find(&folder, &id)?)?, &Secrets::default());
            written(&post_mortem(&report), output.as_deref(), &mut out())?;
            told_of(&report)?;
            Ok(0)
        }
        SessionsWhat::Verify { id } => match named(&id)? {
            Some(path) => verified(path, verify_hand_over(path)?, true, &mut out()),
            None => {
                let path = find(&folder, &id)?;
                verified(&path, verify(&path)?, false, &mut out())
            }
        },
        SessionsWhat::Resume { id } => match named(&id)? {
            Some(path) => resume::take_over(global, places, path),
            None => resume::resume(global, places, &find(&folder, &id)?),
        },
    }
}

/// The hand-over file of this name, where there is one.
fn file(name: &str) -> Option<&Path> {
    Some(Path::new(name)).filter(|p| is_hand_over(p))
}

/// The hand-over file that is meant; none where a session is. A path that leads to none is no session either.
fn named(name: &str) -> Result<Option<&Path>, Asked> {
    if let Some(found) = file(name) {
        return Ok(Some(found));
    }
    if !name.contains('/') {
        return Ok(None);
    }
    let why = std::fs::metadata(name)
        .map_or_else(|e| e.to_string(), |_| t!("cli-sessions-no-hand-over").to_owned());
    Err(Asked(t!("cli-sessions-make-hand-over", name = name, why = why)))
}

/// The records of a journal that is looked at; what was altered is shown all the same, and said.
fn records(path: &Path) -> Result<Vec<Event>, JournalError> {
    if let Verified::Altered { line } = verify(path)? {
        let _ = told(altered(line));
    }
    read(path)
}

fn altered(line: usize) -> String {
    t!("cli-sessions-altered", line = line)
}

fn handed_over(global: &Global, places: &Places, path: &Path, to: &Path, out: &mut Printer<'_>) -> Outcome {
    // The chain is made anew over what is handed over, so that what was altered before would not be seen any more.
    let events = read_whole(path)?;
    let corpus = trust::load(&global.folders(places), &places.trust()).corpus;
    let opened = events.iter().filter_map(|e| match &e.what {
        What::Opened { runbook, .. } => corpus.get(runbook),
        _ => None,
    });
    let runbooks = opened.map(|e| (e.runbook.id.clone(), e.runbook.source.to_string())).collect();
    let made = HandOver::of(&events, &Secrets::default(), runbooks, crate::clock::Clock::real().now());
    written(&made.render(), Some(to), out)?;
    let cut = if made.cut.is_empty() {
        t!("cli-sessions-nothing-cut").to_owned()
    } else {
        t!("cli-sessions-cut", cut = made.cut)
    };
    let (events, runbooks) = (events.len(), made.runbooks.len());
    let done =
        t!("cli-sessions-handed-over", events = events, runbooks = runbooks, file = to.display(), cut = cut);
    writeln!(out, "{done}")?;
    writeln!(out, "{}", t!("cli-sessions-open-with", file = to.display()))?;
    Ok(0)
}

/// Writes a text into a file that only its owner can read, or prints it.
fn written(text: &str, file: Option<&Path>, out: &mut Printer<'_>) -> Result<(), String> {
    match file {
        Some(path) => write_private(path, text)
            .map_err(|e| t!("cli-sessions-unwritten", path = path.display(), why = e)),
        None => out.write_all(text.as_bytes()).map_err(|e| e.to_string()),
    }
}

/// Says what was cut, where it does not get into what is printed.
fn told_of(report: &Report) -> std::io::Result<()> {
    if report.cut.is_empty() {
        return Ok(());
    }
    told(t!("cli-sessions-cut-secrets", cut = report.cut))
}

fn shown(path: &Path, out: &mut Printer<'_>) -> Outcome {
    let events = records(path)?;
    if let Some(first) = events.first() {
        writeln!(out, "{}", t!("cli-sessions-from", date = date(first.at)))?;
    }
    for event in &events {
        let (symbol, line) = words(&event.what);
        writeln!(out, "{} {symbol} {}", clock(event.at), one_row(&line))?;
    }
    unknown(&SessionState::fold(&events), out)?;
    Ok(0)
}

fn listed(folder: &Path, json: bool, out: &mut Printer<'_>) -> Outcome {
    let all = list(folder)?;
    if json {
        let facts = |s: &Summary| {
            json!({"id": s.id, "started": s.started.map(|t| t.to_string()), "context": s.context,
                "practice": s.practice, "runbook": s.runbook, "state": s.state, "broken": s.broken})
        };
        let rows: Vec<_> = all.iter().map(facts).collect();
        writeln!(out, "{}", as_json(&json!({ "sessions": rows })))?;
        return Ok(0);
    }
    if all.is_empty() {
        writeln!(out, "{}", t!("cli-sessions-none", folder = folder.display()))?;
    }
    let rows: Vec<[String; 5]> = all.iter().map(row).collect();
    let head = [
        t!("cli-sessions-head-session"),
        t!("cli-sessions-head-started"),
        t!("cli-sessions-head-state"),
        t!("cli-sessions-head-cluster"),
        "RUNBOOK",
    ];
    table(head, &rows, out)?;
    for s in all.iter().filter(|s| s.broken.is_some()) {
        writeln!(out, "{}: {}", one_row(&s.id), one_row(s.broken.as_deref().unwrap_or_default()))?;
    }
    Ok(0)
}

fn row(s: &Summary) -> [String; 5] {
    let started = s.started.map_or_else(|| "-".to_owned(), |t| date(t).trim_end_matches(" UTC").to_owned());
    let cluster = one_row(&s.context);
    let cluster = if s.practice { t!("cli-sessions-practice", cluster = cluster) } else { cluster };
    let runbook = one_row(s.runbook.as_deref().unwrap_or("-"));
    [one_row(&s.id), started, s.state.clone(), cluster, runbook]
}

/// Columns as wide as what stands in them.
fn table<const N: usize>(
    head: [&str; N],
    rows: &[[String; N]],
    out: &mut Printer<'_>,
) -> std::io::Result<()> {
    let head = head.map(str::to_owned);
    if rows.is_empty() {
        return Ok(());
    }
    let all = || std::iter::once(&head).chain(rows);
    let width = |at: usize| all().map(|row| row[at].width()).max().unwrap_or(0);
    for row in all() {
        let cells: Vec<_> = row.iter().enumerate().map(|(at, cell)| padded(cell, width(at))).collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

/// 1 when a record was altered. A hand-over file has a hash over all of it, a journal has none over its tail.
fn verified(path: &Path, found: Verified, hand_over: bool, out: &mut Printer<'_>) -> Outcome {
    let (line, code) = match found {
        Verified::Whole { records, ended } if ended || hand_over => {
            (t!("cli-sessions-whole", records = records), 0)
        }
        // Whoever takes lines off the end leaves a chain that is whole.
        Verified::Whole { records, .. } => (t!("cli-sessions-no-end", records = records), 0),
        Verified::Cut { whole } => (t!("cli-sessions-tail-cut", records = whole), 0),
        Verified::Altered { line } => (altered(line), 1),
        Verified::Content => (t!("cli-sessions-other-hash").to_owned(), 1),
    };
    writeln!(out, "{line}\n  {}", path.display())?;
    Ok(code)
}

/// What must be verified before anything else.
fn unknown(state: &SessionState, out: &mut Printer<'_>) -> std::io::Result<()> {
    for (_, plan) in state.unknown() {
        let lines: Vec<_> = verify_first(plan).iter().map(|l| one_row(l)).collect();
        writeln!(out, "? {}", lines.join("\n"))?;
    }
    for (name, step) in &state.steps {
        if matches!(step, StepState::Entered) {
            writeln!(out, "{}", t!("cli-sessions-open-step", name = one_row(name)))?;
        }
    }
    Ok(())
}
