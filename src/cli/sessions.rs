//! `opsbook sessions`: the records on the disk.

use std::io::Write;
use std::path::Path;

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::args::{ExportFormat, Global, SessionsWhat};
use super::exit::Asked;
use super::out::{Printer, json as as_json};
use super::resume;
use super::run::Outcome;
use crate::domain::{clock, date, number, one_row};
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
            told(&report)?;
            Ok(0)
        }
        SessionsWhat::HandOver { id, output } => {
            handed_over(global, places, &find(&folder, &id)?, &output, &mut out())
        }
        SessionsWhat::PostMortem { id, output } => {
            let report = Report::of(&records(&find(&folder, &id)?)?, &Secrets::default());
            written(&post_mortem(&report), output.as_deref(), &mut out())?;
            told(&report)?;
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
    let why =
        std::fs::metadata(name).map_or_else(|e| e.to_string(), |_| "it is no hand-over file".to_owned());
    Err(Asked(format!("{name}: {why}; a colleague makes one with `opsbook sessions hand-over`")))
}

/// The records of a journal that is looked at; what was altered is shown all the same, and said.
fn records(path: &Path) -> Result<Vec<Event>, JournalError> {
    if let Verified::Altered { line } = verify(path)? {
        let _ = writeln!(Printer::words(), "opsbook: {}", altered(line));
    }
    read(path)
}

fn altered(line: usize) -> String {
    format!("✖ line {line} does not follow from the line before: it or that line was altered")
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
    let cut = if made.cut.is_empty() { "nothing was cut".to_owned() } else { format!("cut: {}", made.cut) };
    writeln!(
        out,
        "{} and {} in {}; {cut}",
        number(events.len(), "record"),
        number(made.runbooks.len(), "runbook"),
        to.display()
    )?;
    writeln!(out, "a colleague opens it with: opsbook sessions resume {}", to.display())?;
    Ok(0)
}

/// Writes a text into a file that only its owner can read, or prints it.
fn written(text: &str, file: Option<&Path>, out: &mut Printer<'_>) -> Result<(), String> {
    match file {
        Some(path) => {
            write_private(path, text).map_err(|e| format!("{} could not be written: {e}", path.display()))
        }
        None => out.write_all(text.as_bytes()).map_err(|e| e.to_string()),
    }
}

/// Says what was cut, where it does not get into what is printed.
fn told(report: &Report) -> std::io::Result<()> {
    if report.cut.is_empty() {
        return Ok(());
    }
    writeln!(Printer::words(), "opsbook: cut, since it looked like a secret: {}", report.cut)
}

fn shown(path: &Path, out: &mut Printer<'_>) -> Outcome {
    let events = records(path)?;
    if let Some(first) = events.first() {
        writeln!(out, "from {}, times in UTC", date(first.at))?;
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
        writeln!(out, "no sessions in {}", folder.display())?;
    }
    let rows: Vec<[String; 5]> = all.iter().map(row).collect();
    table(["SESSION", "STARTED (UTC)", "STATE", "CLUSTER", "RUNBOOK"], &rows, out)?;
    for s in all.iter().filter(|s| s.broken.is_some()) {
        writeln!(out, "{}: {}", one_row(&s.id), one_row(s.broken.as_deref().unwrap_or_default()))?;
    }
    Ok(0)
}

fn row(s: &Summary) -> [String; 5] {
    let started = s.started.map_or_else(|| "-".to_owned(), |t| date(t).trim_end_matches(" UTC").to_owned());
    let cluster = one_row(&s.context);
    let cluster = if s.practice { format!("practice {cluster}") } else { cluster };
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
        let cells: Vec<_> = row
            .iter()
            .enumerate()
            .map(|(at, cell)| format!("{cell}{}", " ".repeat(width(at) - cell.width())))
            .collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

/// 1 when a record was altered. A hand-over file has a hash over all of it, a journal has none over its tail.
fn verified(path: &Path, found: Verified, hand_over: bool, out: &mut Printer<'_>) -> Outcome {
    let (line, code) = match found {
        Verified::Whole { records, ended } if ended || hand_over => {
            (format!("✔ {records} records, an unbroken chain"), 0)
        }
        // Whoever takes lines off the end leaves a chain that is whole.
        Verified::Whole { records, .. } => (
            format!(
                "✔ {records} records, an unbroken chain\n▲ no record of its end: it runs, it crashed, or its tail was cut off, which cannot be told from here"
            ),
            0,
        ),
        Verified::Cut { whole } => {
            (format!("▲ {whole} whole records; the last line is cut, as after a crash"), 0)
        }
        Verified::Altered { line } => (altered(line), 1),
        Verified::Content => ("✖ the content does not have the hash that it should: altered".to_owned(), 1),
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
            writeln!(out, "· step {} was not ended", one_row(name))?;
        }
    }
    Ok(())
}
