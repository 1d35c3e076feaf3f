//! The command line, with kubectl's habits.

use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::ArgValueCandidates;

use super::{complete, papers};

pub mod help;
mod lang;

pub use lang::{Lang, language_of};

/// From the page to the verified fix.
#[derive(Debug, Parser)]
#[command(name = "opsbook", version, about, propagate_version = true, max_term_width = 100, after_long_help = papers::help())]
pub struct Args {
    // Before the others, whose heading would stand above it too.
    #[command(flatten)]
    pub on: On,
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The scenario of the practice cluster when none is named.
pub const FIRST_SCENARIO: &str = "node-not-ready";

/// Which kind of cluster: the practice cluster, or, without the flag, a real one.
#[derive(Clone, Debug, Default, Parser)]
pub struct On {
    /// Use the embedded practice cluster, in this scenario or that of a file (node-not-ready when none is named)
    // The blank form (`--practice SCENARIO`) is made one word by `cli::words` before it comes here.
    #[arg(
        long, value_name = "SCENARIO|FILE", num_args = 0..=1, require_equals = true,
        default_missing_value = FIRST_SCENARIO, add = ArgValueCandidates::new(complete::practice),
    )]
    pub practice: Option<String>,
}

/// Flags that mean the same everywhere.
#[derive(Clone, Debug, Default, Parser)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Path of the kubeconfig
    #[arg(long, global = true, value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,
    /// Context of the kubeconfig
    #[arg(long, global = true, value_name = "NAME")]
    pub context: Option<String>,
    /// Namespace to look at, or several with commas between them, also where the whole cluster may not be read
    #[arg(short, long, global = true, value_name = "NAME,…")]
    pub namespace: Option<String>,
    /// User to impersonate
    #[arg(long = "as", global = true, value_name = "USER")]
    pub user: Option<String>,
    /// Group to impersonate, may be repeated
    #[arg(long = "as-group", global = true, value_name = "GROUP", requires = "user")]
    pub groups: Vec<String>,
    /// Change nothing: no operation can be run
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Theme: dark, light, high-contrast, or one of your own
    #[arg(long, global = true, value_name = "NAME", env = "OPSBOOK_THEME", add = ArgValueCandidates::new(complete::themes))]
    pub theme: Option<String>,
    /// Language; that of the locale when not given
    #[arg(long, global = true, value_name = "LANG", env = "OPSBOOK_LANG", value_enum)]
    pub lang: Option<Lang>,
    /// Folder of runbooks besides the built-in ones, may be repeated
    #[arg(long, global = true, value_name = "DIR")]
    pub runbooks: Vec<PathBuf>,
    /// Folders of runbooks that came with the session that is taken over; no flag names them.
    #[arg(skip)]
    pub handed_over: Vec<PathBuf>,
}

/// How a command answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Output {
    #[default]
    Text,
    Json,
}

/// The form of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    #[default]
    Markdown,
    Html,
    Json,
}

/// The option `-o`.
#[derive(Clone, Copy, Debug, Default, Parser)]
pub struct Format {
    /// Output: text or json
    #[arg(short, long, value_enum, default_value_t)]
    pub output: Output,
}

impl Format {
    pub fn json(self) -> bool {
        self.output == Output::Json
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open a runbook, with its parameters
    Open {
        /// Its id, or the end of it that no other has: `node-drain`
        #[arg(add = ArgValueCandidates::new(complete::runbooks))]
        id: String,
        /// NAME=VALUE of a parameter, may be repeated
        #[arg(long, value_name = "NAME=VALUE")]
        set: Vec<String>,
        /// NAME=FILE with the value of a parameter, `-` for standard input; secrets are given so. May be repeated
        #[arg(long, value_name = "NAME=FILE")]
        set_file: Vec<String>,
        #[command(flatten)]
        on: On,
    },
    /// Open the explorer on a kind
    Explore {
        /// The kind, by the names that kubectl takes: pods, po, deployments
        #[arg(add = ArgValueCandidates::new(complete::kinds))]
        kind: String,
        /// All namespaces
        #[arg(short = 'A', long)]
        all_namespaces: bool,
        #[command(flatten)]
        on: On,
    },
    /// Look once for what is wrong; exit 0 healthy, 1 findings, 3 unreachable or unknown
    Triage {
        #[command(flatten)]
        format: Format,
        #[command(flatten)]
        on: On,
        /// Seconds to wait for the cluster
        #[arg(long, default_value_t = 20)]
        timeout: u64,
    },
    /// Search runbooks; exit 0 when one is about it, 1 when there is no runbook for it yet
    Search {
        /// What is to be searched for: words, the name of an alert, a whole alert, a line of a log
        #[arg(required = true)]
        text: Vec<String>,
        #[command(flatten)]
        format: Format,
        /// Longest answer
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
    /// Print a runbook
    Show {
        /// Its id, or the end of it that no other has: `node-drain`
        #[arg(add = ArgValueCandidates::new(complete::runbooks))]
        id: String,
    },
    /// Print the catalogue of operations
    Ops {
        #[command(flatten)]
        format: Format,
    },
    /// Check data: runbooks, scenarios, themes, keys, your config
    Check {
        #[command(subcommand)]
        what: CheckWhat,
    },
    /// Play runbooks against their practice scenario, from the fault to the proof
    Rehearse {
        /// Its id, or the end of it that no other has
        #[arg(required_unless_present = "all", add = ArgValueCandidates::new(complete::runbooks))]
        id: Option<String>,
        /// Every runbook that has a scenario
        #[arg(long, conflicts_with = "id")]
        all: bool,
        /// Another scenario than the one that the runbook names: its id, or a file
        #[arg(long, value_name = "SCENARIO|FILE", conflicts_with = "all", add = ArgValueCandidates::new(complete::practice))]
        scenario: Option<String>,
        #[command(flatten)]
        format: Format,
        /// Seconds that one runbook may take
        #[arg(long, default_value_t = 180)]
        timeout: u64,
        /// So many at the same time
        #[arg(long, default_value_t = 4, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=16))]
        jobs: u8,
    },
    /// The records of sessions
    Sessions {
        #[command(subcommand)]
        what: SessionsWhat,
    },
    /// Who vouches for your runbooks: only what is built in, signed or approved is run
    Trust {
        #[command(subcommand)]
        what: TrustWhat,
    },
    /// Agree to a plan of somebody else as the second person: shows it, asks, and prints the answer as one line
    Approve {
        /// File with the request, or the line itself (opsbook-request:...)
        request: String,
        /// Private key, or the public half of one that an agent holds
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
    /// The practice cluster
    Practice {
        #[command(subcommand)]
        what: PracticeWhat,
    },
    /// Print a picture of a screen as SVG: triage, library or runbook
    Picture {
        /// The screen: triage, library or runbook
        screen: String,
        /// Columns
        #[arg(long, default_value_t = 120)]
        width: u16,
        /// Rows
        #[arg(long, default_value_t = 36)]
        height: u16,
    },
    /// Print completions for a shell, which then asks opsbook for runbooks, scenarios, kinds, themes and sessions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page of opsbook or of a command, or write all pages into a folder
    Man {
        /// The words of a command: `sessions export`
        command: Vec<String>,
        /// Folder for all pages
        #[arg(long, value_name = "DIR", conflicts_with = "command")]
        dir: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum CheckWhat {
    /// Built-in runbooks and your own, or those under PATH
    Runbooks {
        /// A file or folder
        path: Option<PathBuf>,
        #[command(flatten)]
        format: Format,
    },
    /// Your own practice scenarios, or those under PATH: each is read, built and its faults are made
    Scenarios {
        /// A file or folder
        path: Option<PathBuf>,
        #[command(flatten)]
        format: Format,
    },
    /// Built-in themes and your own, or those under PATH
    Themes {
        /// A file or folder
        path: Option<PathBuf>,
    },
    /// Your config.toml, or that of PATH
    Config {
        /// A file
        path: Option<PathBuf>,
    },
    /// The built-in keymap, with yours over it, or with that of PATH
    Keys {
        /// A file
        path: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum SessionsWhat {
    /// All sessions, the latest first
    List {
        #[command(flatten)]
        format: Format,
    },
    /// The timeline of a session
    Show {
        /// Its id, the beginning of it that no other has, or `last`
        #[arg(add = ArgValueCandidates::new(complete::sessions))]
        id: String,
    },
    /// A session as a file without secrets, for a ticket or to be read
    Export {
        /// Its id, the beginning of it that no other has, or `last`
        #[arg(add = ArgValueCandidates::new(complete::sessions))]
        id: String,
        /// Form: markdown, html or json
        #[arg(long, value_enum, default_value_t)]
        format: ExportFormat,
        /// File to write, instead of printing
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Write a session into one file that a colleague can go on with
    HandOver {
        /// Its id, the beginning of it that no other has, or `last`
        #[arg(add = ArgValueCandidates::new(complete::sessions))]
        id: String,
        /// File to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// A draft of a post-mortem: the facts of the session, and prompts for the rest
    PostMortem {
        /// Its id, the beginning of it that no other has, or `last`
        #[arg(add = ArgValueCandidates::new(complete::sessions))]
        id: String,
        /// File to write, instead of printing
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Go on with a session, or with one that was handed over as a file
    Resume {
        /// Its id, the beginning of it that no other has, `last`, or a hand-over file
        #[arg(add = ArgValueCandidates::new(complete::sessions))]
        id: String,
    },
    /// Check that no record of a session or hand-over file was altered; exit 0 whole, 1 altered or unreadable
    Verify {
        /// Its id, the beginning of it that no other has, `last`, or a hand-over file
        #[arg(add = ArgValueCandidates::new(complete::sessions))]
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum TrustWhat {
    /// Every runbook that is not built in, with its tier
    List {
        #[command(flatten)]
        format: Format,
    },
    /// Show what a runbook would run, and what changed since it was approved; approve it after a typed answer
    Approve {
        /// Its id, or the end of it that no other has
        #[arg(add = ArgValueCandidates::new(complete::runbooks))]
        id: String,
    },
    /// Take an approval back
    Revoke {
        /// Its whole id
        #[arg(add = ArgValueCandidates::new(complete::runbooks))]
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum PracticeWhat {
    /// The scenarios
    List {
        #[command(flatten)]
        format: Format,
    },
    /// Serve a practice cluster to kubectl and any other client on loopback
    Serve {
        /// Its id (`opsbook practice list`), or a file of your own
        #[arg(default_value = "healthy", value_name = "SCENARIO|FILE", add = ArgValueCandidates::new(complete::practice))]
        scenario: String,
        /// Port on 127.0.0.1; 0 takes a free one
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// Where to write the kubeconfig; printed when not given
        #[arg(long, value_name = "FILE")]
        write_kubeconfig: Option<PathBuf>,
        /// Make the fault happen now instead of minutes ago
        #[arg(long)]
        now: bool,
    },
}

/// All commands by their words (`sessions list`), hidden ones too: whoever must know all of them has them from here.
pub fn commands() -> Vec<String> {
    let mut out = Vec::new();
    for command in Args::command().get_subcommands() {
        let name = command.get_name();
        let below: Vec<_> = command.get_subcommands().map(|c| format!("{name} {}", c.get_name())).collect();
        if below.is_empty() {
            out.push(name.to_owned());
        }
        out.extend(below);
    }
    out
}

#[cfg(test)]
mod tests;
