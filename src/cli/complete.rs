//! Completions for shells. The shell asks the program itself, so runbooks, scenarios, kinds, themes and sessions that are there
//! now are known.
//!
//! Must not read what takes long or may ask somebody (git, a cluster): a shell waits for it at each press of tab.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use clap_complete::env::Shells;
use clap_complete::{CompletionCandidate, Shell};

use super::args::help;
use super::out::Printer;
use super::run::Outcome;
use crate::corpus::{Corpus, own_scenarios, scenario_id};
use crate::domain::Kind;
use crate::lang::{self, t};
use crate::practice::{Scenario, scenarios};
use crate::runtime::Places;
use crate::session::list;

/// The variable by which a shell asks.
const ASKS: &str = "OPSBOOK_COMPLETE";

/// Prints what a shell has to run once.
pub fn registration(shell: Shell, out: &mut Printer<'_>) -> Outcome {
    let shells = Shells::builtins();
    let name = shell.to_string();
    let known = shells.completer(&name).ok_or_else(|| t!("cli-complete-none", name = name))?;
    let mut text = Vec::new();
    known.write_registration(ASKS, "opsbook", "opsbook", "opsbook", &mut text)?;
    out.write_all(&text)?;
    Ok(0)
}

/// Answers a shell that asks; false when none does.
pub fn answered(args: impl IntoIterator<Item = OsString>, out: &mut Printer<'_>) -> io::Result<bool> {
    let Some(shell) = std::env::var_os(ASKS).filter(|v| !v.is_empty()) else { return Ok(false) };
    let shells = Shells::builtins();
    let Some(shell) = shell.to_str().and_then(|s| shells.completer(s)) else { return Ok(false) };
    // Before the two dashes stands who asks, behind them the line.
    let line: Vec<OsString> = args.into_iter().skip_while(|a| a != "--").skip(1).collect();
    let mut command = help::command();
    let mut text = Vec::new();
    shell.write_complete(&mut command, line, std::env::current_dir().ok().as_deref(), &mut text)?;
    out.write_all(&text)?;
    Ok(true)
}

fn folders() -> Vec<PathBuf> {
    Places::find().iter().map(Places::runbooks).collect()
}

fn with_help(value: impl Into<OsString>, help: impl Into<String>) -> CompletionCandidate {
    CompletionCandidate::new(value).help(Some(help.into().into()))
}

/// The ids of runbooks.
pub fn runbooks() -> Vec<CompletionCandidate> {
    let corpus = Corpus::load(&folders());
    let lang = lang::current().id();
    corpus.entries().map(|e| with_help(&e.runbook.id, e.runbook.title_in(lang))).collect()
}

/// The ids of scenarios.
pub fn practice() -> Vec<CompletionCandidate> {
    let built_in = scenarios().into_iter().map(|id| {
        let title = Scenario::load(id).map(|s| s.title_in(lang::current()).to_owned()).unwrap_or_default();
        with_help(id, title)
    });
    let own = own_scenarios(&folders()).0;
    built_in.chain(own.iter().map(|f| CompletionCandidate::new(scenario_id(&f.path)))).collect()
}

/// Kinds, as kubectl calls them.
pub fn kinds() -> Vec<CompletionCandidate> {
    Kind::ALL.iter().map(|k| CompletionCandidate::new(k.meta().plural)).collect()
}

/// Themes, with one's own.
pub fn themes() -> Vec<CompletionCandidate> {
    let folder = Places::find().map(|p| p.config.join("themes")).unwrap_or_default();
    super::tui::read_themes(&folder).0.names().map(CompletionCandidate::new).collect()
}

/// Sessions, and `last`.
pub fn sessions() -> Vec<CompletionCandidate> {
    let found = Places::find().and_then(|p| list(&p.sessions()).ok()).unwrap_or_default();
    let row = |s: crate::session::Summary| {
        let runbook = s.runbook.unwrap_or_default();
        with_help(s.id, format!("{} {runbook}", s.context))
    };
    let last = with_help("last", t!("cli-complete-latest"));
    std::iter::once(last).chain(found.into_iter().map(row)).collect()
}
