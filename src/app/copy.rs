//! What can be copied from the screen as it is: what is under the cursor first, then what stands around it. Pure; a choice goes
//! to the terminal as an effect, which leaves secrets out.
//!
//! Must not offer a secret. What a screen offers it says itself, by `copies`.

use super::overlay::Overlay;
use super::{App, cursor, fill, prose, texts};
use crate::domain::ObjectKey;
use crate::lang::t;
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

/// One candidate.
pub(super) fn of(what: impl Into<String>, text: impl Into<String>) -> Candidate {
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
        None => app.screen().state().copies(app),
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

/// What an object is called.
pub(super) fn object(key: &ObjectKey) -> Vec<Candidate> {
    vec![of(t!("app-copy-name"), key.name()), of(t!("app-copy-namespace"), key.namespace())]
}

/// What a step of a runbook has: the line that a person would type, its code, its values.
pub(super) fn of_step(app: &App, run: &Walk) -> Vec<Candidate> {
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
