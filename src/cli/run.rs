//! From arguments to a command and an exit code.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use super::args::{Args, CheckWhat, Command, Global, On, Output};
use super::{check, check_data, ops, picture, practice, rehearse, search, sessions, show, triage, tui};
use crate::cluster::Choice;
use crate::corpus::Corpus;
use crate::runtime::Places;

/// Parses the arguments, runs the command, prints one error.
pub fn main() -> ExitCode {
    let args = Args::parse_from(super::words::joined(std::env::args_os()));
    let places = Places::find();
    match dispatch(args, &places) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // A reader that went away (`| head`) is not an error.
            if let Some(io) = error.downcast_ref::<std::io::Error>()
                && io.kind() == std::io::ErrorKind::BrokenPipe
            {
                return ExitCode::SUCCESS;
            }
            crate::runtime::restore();
            eprintln!("opsbook: {error}");
            ExitCode::from(1)
        }
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
        let locale = || {
            let set = |n: &str| std::env::var(n).ok().filter(|v| !v.is_empty());
            set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default()
        };
        let lang = self.lang.clone().unwrap_or_else(locale);
        if lang.starts_with("zh") { "zh".to_owned() } else { "en".to_owned() }
    }

    /// Folders of runbooks besides the built-in ones.
    pub fn folders(&self, places: &Places) -> Vec<std::path::PathBuf> {
        std::iter::once(places.runbooks()).chain(self.runbooks.iter().cloned()).collect()
    }
}

fn dispatch(args: Args, places: &Places) -> Outcome {
    let Args { global, on, command } = args;
    let scenario = |own: On| own.practice.or(on.practice.clone());
    let mut out = std::io::stdout().lock();
    let folders = global.folders(places);
    match command {
        None => tui::open(&global, places, on.practice, tui::First::Home),
        Some(Command::Open { id, set, on: own }) => {
            let set = set.iter().map(|s| pair(s)).collect::<Result<Vec<_>, _>>()?;
            tui::open(&global, places, scenario(own), tui::First::Runbook { id, set })
        }
        Some(Command::Explore { kind, all_namespaces, on: own }) => {
            let kind = crate::domain::Kind::parse(&kind).ok_or_else(|| {
                let known: Vec<_> = crate::domain::Kind::ALL.iter().map(|k| k.meta().plural).collect();
                format!("`{kind}` is not a kind that opsbook watches: {}", known.join(", "))
            })?;
            tui::open(&global, places, scenario(own), tui::First::Explorer { kind, all_namespaces })
        }
        Some(Command::Triage { format, on: own, timeout }) => {
            drop(out);
            triage::triage(&global, scenario(own), format.output == Output::Json, timeout)
        }
        Some(Command::Search { text, format, limit }) => {
            let (text, lang) = (text.join(" "), global.language());
            let what =
                search::Search { text: &text, limit, lang: &lang, json: format.output == Output::Json };
            Ok(search::search(&Corpus::load(&folders), &what, &mut out)?)
        }
        Some(Command::Show { id }) => {
            Ok(show::show(&Corpus::load(&folders), &id, &global.language(), &mut out)?)
        }
        Some(Command::Ops { format }) => ops::ops(format.output == Output::Json, &mut out),
        Some(Command::Check { what }) => match what {
            CheckWhat::Runbooks { path, format } => {
                let colour = std::io::stdout().is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
                let json = format.output == Output::Json;
                let what = check::CheckRunbooks { path: path.as_deref(), folders: &folders, json, colour };
                Ok(check::runbooks(&what, &mut out)?)
            }
            CheckWhat::Themes { path } => check_data::themes(places, path.as_deref(), &mut out),
            CheckWhat::Keys { path } => check_data::keys(places, path.as_deref(), &mut out),
        },
        Some(Command::Rehearse { id, all, format, timeout }) => {
            drop(out);
            rehearse::rehearse(
                &folders,
                id.as_deref().filter(|_| !all),
                format.output == Output::Json,
                timeout,
            )
        }
        Some(Command::Sessions { what }) => {
            drop(out);
            sessions::sessions(&global, places, what)
        }
        Some(Command::Practice { what }) => {
            drop(out);
            practice::practice(what)
        }
        Some(Command::Picture { screen, width, height }) => {
            drop(out);
            picture::picture(&global, &screen, (width, height))
        }
        Some(Command::Completions { shell }) => {
            // Into memory first: the generator panics when its reader goes away.
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "opsbook", &mut text);
            out.write_all(&text)?;
            Ok(0)
        }
        Some(Command::Man) => {
            clap_mangen::Man::new(Args::command()).render(&mut out)?;
            out.flush()?;
            Ok(0)
        }
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| format!("--set {text}: write NAME=VALUE"))?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A runtime for commands that speak to a cluster.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    // Two threads: one may wait for the disk or a credential plugin while the other goes on.
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()
}
