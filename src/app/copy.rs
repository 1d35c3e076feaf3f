//! What can be copied from the screen as it is: what is under the cursor first, then what stands around it. Pure; a choice goes
//! to the terminal as an effect, which leaves secrets out.
//!
//! Must not offer a secret. A new screen gets its arm in [`candidates`].

use super::overlay::Overlay;
use super::screens::Screen;
use super::{App, cursor, fill, prose, texts};
use crate::domain::ObjectKey;
use crate::lang::t;
use crate::record::evidence;
use crate::runbook::model::StepKind;
use crate::runbook::params::ParamValue;
use crate::walk::Walk;

/// Bytes that are copied at most: what terminals take of one sequence (base64 makes a third more of it).
pub const LONGEST: usize = 56_000;

/// A text that can be copied, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub what: String,
    pub text: String,
}

fn of(what: impl Into<String>, text: impl Into<String>) -> Candidate {
    Candidate { what: what.into(), text: text.into() }
}

/// What can be copied here, the likeliest first. Nothing stands in it twice.
pub fn candidates(app: &App) -> Vec<Candidate> {
    let mut all = match app.overlays.last() {
        Some(Overlay::Confirm(c)) => {
            let script = c.plan.script().map(|script| of(t!("app-copy-script"), &script.body));
            vec![of(t!("app-copy-command"), c.plan.kubectl.to_string())].into_iter().chain(script).collect()
        }
        Some(_) => Vec::new(),
        None => on_screen(app),
    };
    // Who searched wants what was found.
    all.splice(0..0, line(app));
    all.extend(text(app));
    all.retain(|c| !c.text.trim().is_empty());
    let mut out: Vec<Candidate> = Vec::new();
    for candidate in all {
        if !out.iter().any(|c| c.text == candidate.text) {
            out.push(candidate);
        }
    }
    out
}

fn on_screen(app: &App) -> Vec<Candidate> {
    match app.screen() {
        Screen::Triage(triage) => {
            let Some(finding) = app.world.findings.get(triage.list.selected) else { return Vec::new() };
            let lines = finding.evidence.iter().map(evidence);
            let words: Vec<String> = std::iter::once(finding.title.clone()).chain(lines).collect();
            object(&finding.subject)
                .into_iter()
                .chain([of(t!("app-copy-finding"), words.join("\n"))])
                .collect()
        }
        Screen::Explorer(explorer) => {
            let Some(key) = explorer.selected() else { return Vec::new() };
            let mut out = object(&key);
            let cells = explorer.table.cells(&app.world, &key.row, app.now).unwrap_or_default();
            let titled = explorer.table.view().meta().columns.iter().zip(cells);
            out.extend(titled.map(|(column, cell)| of(column.title.to_lowercase(), cell.text)));
            out
        }
        Screen::Detail(detail) => object(&detail.key),
        Screen::Runbook(_) => app.run.as_ref().map(|run| of_step(app, run)).unwrap_or_default(),
        Screen::Library(library) => {
            let hit = app.search.hits.get(library.list.selected);
            hit.into_iter().map(|hit| of(t!("app-copy-id"), &hit.id)).collect()
        }
        Screen::Tasks(list) => {
            let Some(task) = app.tasks.all.get(list.selected) else { return Vec::new() };
            vec![
                of(t!("app-copy-what-it-says"), task.words()),
                of(t!("app-copy-command"), task.plan_made.kubectl.to_string()),
            ]
        }
        Screen::Board(board) => {
            let run = app.walk(board.walk);
            let element = run.and_then(|run| run.tree.element_name(board.step(run)?));
            element.into_iter().map(|name| of(t!("app-copy-name"), name)).collect()
        }
        Screen::Session(timeline) => {
            let row = timeline.rows(&app.session).get(timeline.list.selected).copied();
            let event = row.and_then(|row| app.session.events.get(row));
            event.into_iter().map(|e| of(t!("app-copy-record"), crate::record::words(&e.what).1)).collect()
        }
        Screen::Logs(_) | Screen::Help(..) | Screen::Contexts(_) | Screen::Terminal(_) => Vec::new(),
    }
}

/// What an object is called.
fn object(key: &ObjectKey) -> Vec<Candidate> {
    vec![of(t!("app-copy-name"), key.name()), of(t!("app-copy-namespace"), key.namespace())]
}

/// What a step of a runbook has: the line that a person would type, its code, its values.
fn of_step(app: &App, run: &Walk) -> Vec<Candidate> {
    let Some((step, state)) = run.step() else { return Vec::new() };
    let known = fill::known(run.values_of(run.current));
    let mut out: Vec<Candidate> = cursor::object(app).iter().flat_map(object).collect();
    match (&step.kind, &state.plan) {
        (StepKind::Shell(shell), _) => {
            out.push(of(t!("app-copy-script"), fill::script(&shell.script, &known)));
        }
        (_, Some(Ok(plan))) => out.push(of(t!("app-copy-command"), plan.kubectl.to_string())),
        _ => {}
    }
    let words = fill::prose(run, run.current, &app.options.lang);
    out.extend(prose::code_texts(&words).into_iter().map(|code| of("code", code)));
    if let StepKind::Manual(_) = &step.kind {
        out.push(of(t!("app-copy-what-is-to-be-done"), fill::instruction(run, run.current)));
    }
    let plain = |v: &ParamValue| !matches!(v, ParamValue::Secret(_));
    let values = run.values_of(run.current).iter().filter(|(_, v)| plain(v));
    out.extend(values.map(|(name, value)| of(name, value.plain())));
    out
}

/// The line in which something was found.
fn line(app: &App) -> Option<Candidate> {
    let (row, _) = app.find.as_ref()?.at?;
    Some(of(t!("app-copy-line-that-was-found"), texts::reading(app)?.rows.get(row)?.trim()))
}

/// What is read: what is in sight, and all of it.
fn text(app: &App) -> Vec<Candidate> {
    let Some(reading) = texts::reading(app) else { return Vec::new() };
    let joined = |rows: &[String]| {
        let rows: Vec<&str> = rows.iter().map(|row| row.trim_end()).collect();
        rows.join("\n")
    };
    let from = reading.top.min(reading.rows.len());
    let to = (from + reading.height).min(reading.rows.len());
    vec![
        of(t!("app-copy-text-in-sight"), joined(&reading.rows[from..to])),
        of(t!("app-copy-all-of-text"), joined(&reading.rows)),
    ]
}
