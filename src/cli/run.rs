//! From arguments to a command and an exit code.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::FromArgMatches;

use super::args::{Args, CheckWhat, Command, Global, On, help, language_of};
use super::exit::Asked;
use super::out::{Printer, told};
use super::{
    approve, check, check_data, complete, man, ops, picture, practice, rehearse, search, sessions, show,
    triage, trusted, tui,
};
use crate::cluster::Choice;
use crate::corpus::Corpus;
use crate::domain::Kind;
use crate::lang::{self, Language, list, t};
use crate::runbook::Absent;
use crate::runtime::Places;
use crate::trust;

/// Parses the arguments, runs the command, prints one error.
pub fn main() -> ExitCode {
    let said = super::words::language(std::env::args_os());
    lang::switch(language_of(said));
    match super::complete::answered(std::env::args_os(), &mut Printer::answers()) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        // A shell that asks shows no words.
        Err(_) => return ExitCode::from(1),
    }
    let words = super::words::joined(std::env::args_os());
    let read = help::command().try_get_matches_from(words).and_then(|found| Args::from_arg_matches(&found));
    let args = match read {
        Ok(args) => args,
        Err(said) => return explained(&said),
    };
    lang::switch(language_of(args.global.lang));
    no_core_dumps();
    let done = match Places::find() {
        Some(places) => {
            // What an earlier version left open to others. One that is not ours to close stays as it is.
            let _ = crate::session::close(&places.state);
            dispatch(args, &places)
        }
        None => homeless(args),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // A reader that went away (`| head`) is not an error.
            if let Some(io) = error.downcast_ref::<std::io::Error>()
                && io.kind() == std::io::ErrorKind::BrokenPipe
            {
                return ExitCode::SUCCESS;
            }
            crate::runtime::restore();
            // Nobody is left to tell that this could not be written.
            let _ = told(error.to_string());
            ExitCode::from(super::exit::code_of(&*error))
        }
    }
}

/// The words of the parser: help, the version, or what is wrong with the arguments, which may hold anything.
fn explained(said: &clap::Error) -> ExitCode {
    let (mut out, terminal) = if said.use_stderr() {
        (Printer::words(), std::io::stderr().is_terminal())
    } else {
        (Printer::answers(), std::io::stdout().is_terminal())
    };
    // In English the parser says it itself, with its colours.
    if said.use_stderr()
        && lang::current() != Language::English
        && let Some(words) = super::mistake::words(said)
    {
        let _ = out.write_all(words.as_bytes());
        return ExitCode::from(u8::try_from(said.exit_code()).unwrap_or(2));
    }
    let words = said.render();
    let _ = if terminal && coloured() {
        out.styled(&words.ansi().to_string())
    } else {
        out.write_all(words.to_string().as_bytes())
    };
    ExitCode::from(u8::try_from(said.exit_code()).unwrap_or(2))
}

/// Whether colours are wanted where there is a terminal.
fn coloured() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

/// Without a home folder nothing is read from a place that others can fill: nothing is configured, nobody approved
/// anything, and what is written goes into a folder that was made for this run.
fn homeless(args: Args) -> Outcome {
    let places = Places::fresh("homeless").map_err(|e| t!("cli-run-no-home", why = e))?;
    let root = places.root();
    told(t!("cli-run-homeless", folder = root.display()))?;
    let done = dispatch(args, &places);
    // What a session left stays; an empty folder does not.
    let _ = std::fs::remove_dir(root);
    done
}

/// A program that breaks off leaves no picture of its memory behind: secrets are in it. Programs that it starts inherit
/// that, and may ask for theirs.
fn no_core_dumps() {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let set =
        getrlimit(Resource::RLIMIT_CORE).and_then(|(_, most)| setrlimit(Resource::RLIMIT_CORE, 0, most));
    if let Err(why) = set {
        let _ = told(t!("cli-run-core-dump", why = why));
    }
    // A dump that goes to another program has no limit, and another process of this user could read the memory.
    #[cfg(target_os = "linux")]
    if let Err(why) = nix::sys::prctl::set_dumpable(false) {
        let _ = told(t!("cli-run-dumpable", why = why));
    }
}

/// What a command comes back with.
pub type Outcome = Result<u8, Box<dyn std::error::Error + Send + Sync>>;

impl Global {
    /// The cluster that the flags choose.
    pub fn choice(&self) -> Choice {
        Choice {
            kubeconfig: self.kubeconfig.clone(),
            context: self.context.clone(),
            user: self.user.clone(),
            groups: self.groups.clone(),
        }
    }

    /// The language of the texts: what was asked for, or the locale's.
    pub fn language(&self) -> String {
        language_of(self.lang).id().to_owned()
    }

    /// That what the flags name is there: a folder that is not must not look like a folder without runbooks.
    fn named(&self, places: &Places) -> Result<(), Asked> {
        for folder in &self.runbooks {
            let why = match std::fs::metadata(folder) {
                Ok(found) if found.is_dir() => continue,
                Ok(_) => t!("cli-run-no-folder").to_owned(),
                Err(why) => t!("cli-run-absent-folder", why = why),
            };
            return Err(Asked(t!("cli-run-runbooks", folder = folder.display(), why = why)));
        }
        if let Some(file) = &self.kubeconfig
            && let Err(why) = std::fs::metadata(file)
        {
            return Err(Asked(t!("cli-run-kubeconfig", file = file.display(), why = why)));
        }
        let Some(theme) = &self.theme else { return Ok(()) };
        let (themes, _) = tui::read_themes(&places.config.join("themes"));
        if themes.names().any(|name| name == theme) {
            return Ok(());
        }
        let known: Vec<_> = themes.names().collect();
        let guess = crate::runbook::meant(theme, known.iter().copied());
        let known = list(known);
        Err(Asked(match guess {
            Some(guess) => t!("cli-run-no-theme-meant", theme = theme, known = known, guess = guess),
            None => t!("cli-run-no-theme", theme = theme, known = known),
        }))
    }

    /// Folders of runbooks besides the built-in ones.
    pub fn folders(&self, places: &Places) -> Vec<PathBuf> {
        std::iter::once(places.runbooks()).chain(self.runbooks.iter().cloned()).collect()
    }
}

fn dispatch(args: Args, places: &Places) -> Outcome {
    let Args { global, on, command } = args;
    global.named(places)?;
    let Some(command) = command else {
        return tui::open(&global, places, on.practice, tui::First::Home);
    };
    let folders = global.folders(places);
    let out = Printer::answers;
    let scenario = |own: On| own.practice.or(on.practice);
    match command {
        Command::Open { id, set, set_file, on: own } => {
            let corpus = || trust::load(&folders, &places.trust()).corpus;
            let set = super::values::read(&id, &set, &set_file, &mut std::io::stdin().lock(), corpus)?;
            let id = opened(&id, &folders, places)?;
            super::values::keys_from_the_terminal(&set_file)?;
            tui::open(&global, places, scenario(own), tui::First::Runbook { id, set })
        }
        Command::Explore { kind, all_namespaces, on: own } => {
            let kind = kind_of(&kind)?;
            tui::open(&global, places, scenario(own), tui::First::Explorer { kind, all_namespaces })
        }
        Command::Triage { format, on: own, timeout } => {
            triage::triage(&global, places, scenario(own), format.json(), timeout)
        }
        Command::Rehearse { id, all, scenario, format, timeout, jobs } => {
            let what = rehearse::Rehearse {
                id: id.as_deref().filter(|_| !all),
                scenario: scenario.as_deref(),
                json: format.json(),
                patience: std::time::Duration::from_secs(timeout),
                jobs: usize::from(jobs),
            };
            rehearse::rehearse(&folders, &places.trust(), &what)
        }
        Command::Sessions { what } => sessions::sessions(&global, places, what),
        Command::Practice { what } => practice::practice(what, &folders),
        Command::Picture { screen, width, height } => picture::picture(&global, &screen, (width, height)),
        Command::Search { text, format, limit } => {
            let (text, lang) = (text.join(" "), global.language());
            let what = search::Search { text: &text, limit, lang: &lang, json: format.json() };
            Ok(search::search(&trust::load(&folders, &places.trust()).corpus, &what, &mut out())?)
        }
        Command::Show { id } => {
            let corpus = trust::load(&folders, &places.trust()).corpus;
            Ok(show::show(&corpus, &id, &global.language(), &mut out())?)
        }
        Command::Trust { what } => {
            let trust = trust::Places { handed_over: handed_over(places), ..places.trust() };
            trusted::trust(&folders, &trust, what)
        }
        Command::Approve { request, key } => approve::approve(places, &request, key),
        Command::Ops { format } => ops::ops(format.json(), &mut out()),
        Command::Check { what } => check(what, &folders, places, &mut out()),
        Command::Completions { shell } => complete::registration(shell, &mut out()),
        Command::Man { command, dir } => man::man(&command, dir.as_deref(), &mut out()),
    }
}

/// Folders of the runbooks that came with sessions of others.
fn handed_over(places: &Places) -> Vec<PathBuf> {
    let found = std::fs::read_dir(places.handed_over()).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = found.map(|e| e.path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    folders
}

fn check(what: CheckWhat, folders: &[PathBuf], places: &Places, out: &mut Printer<'_>) -> Outcome {
    match what {
        CheckWhat::Runbooks { path, format } => {
            let colour = std::io::stdout().is_terminal() && coloured();
            let json = format.json();
            let what = check::CheckRunbooks { path: path.as_deref(), folders, json, colour };
            Ok(check::runbooks(&what, out)?)
        }
        CheckWhat::Scenarios { path, format } => {
            let colour = std::io::stdout().is_terminal() && coloured();
            let what = check::CheckRunbooks { path: path.as_deref(), folders, json: format.json(), colour };
            Ok(check::scenarios(&what, out)?)
        }
        CheckWhat::Themes { path } => check_data::themes(places, path.as_deref(), out),
        CheckWhat::Config { path } => check_data::config(places, path.as_deref(), out),
        CheckWhat::Keys { path } => check_data::keys(places, path.as_deref(), out),
    }
}

fn kind_of(name: &str) -> Result<Kind, Asked> {
    Kind::parse(name).ok_or_else(|| {
        let known: Vec<_> = Kind::ALL.iter().map(|k| k.meta().plural).collect();
        Asked(t!("cli-run-no-kind", name = name, known = list(known)))
    })
}

/// The whole id of the runbook that is to be opened. Signed sources are asked only where nobody else has it.
fn opened(name: &str, folders: &[PathBuf], places: &Places) -> Result<String, Absent> {
    if let Ok(entry) = Corpus::load(folders).named(name) {
        return Ok(entry.runbook.id.clone());
    }
    trust::load(folders, &places.trust()).corpus.named(name).map(|e| e.runbook.id.clone())
}

/// A runtime for commands that speak to a cluster.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    // Two threads: one may wait for the disk or a credential plugin while the other goes on.
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()
}
