//! The help in the language of now: each command and each argument has its message, named by its place. The comments in
//! `args` say the same in English to whoever reads the code; a test holds them together.
//!
//! A command is `cli-help-sessions-export`, its argument `cli-arg-sessions-export-output`; where several have the same one,
//! the message is that of their common place (`cli-arg-sessions-id`, `cli-arg-practice`).
//!
//! What the library says itself and lets nobody replace stays in English: rare mistakes in a command line
//! (`cli::mistake` has words for the others), and `[OPTIONS]` and `[COMMAND]` in the usage. It also
//! writes a half-width colon behind each heading.

use clap::builder::{StyledStr, Styles};
use clap::{Arg, ArgAction, Command, CommandFactory};

use super::Args;
use crate::lang::{self, Language, list, t};

/// The command line as it is parsed and explained in the language of now.
pub fn command() -> Command {
    spoken(Args::command())
}

/// A command with all below it, in the language of now.
pub fn spoken(mut command: Command) -> Command {
    // Built, it has the options and the command `help` that the library adds.
    command.build();
    said(command, &[])
}

fn said(command: Command, place: &[String]) -> Command {
    let command = match lang::named(&command_message(place)) {
        Some(text) => command.about(text),
        None => command,
    };
    let command = command
        .mut_args(|arg| argument(arg, place))
        .subcommand_help_heading(t!("cli-clap-commands"))
        .help_template(template());
    // Below `help` stand all commands once more.
    let around = if is_help(place) { &place[..place.len() - 1] } else { place };
    command.mut_subcommands(|below| {
        let place: Vec<String> = around.iter().cloned().chain([below.get_name().to_owned()]).collect();
        said(below, &place)
    })
}

/// As the library has it, but for the word before the usage.
fn template() -> StyledStr {
    let usage = Styles::styled();
    let usage = usage.get_usage();
    let heading = t!("cli-clap-usage");
    let (word, blank) = heading.split_at(heading.trim_end().len());
    format!("{{before-help}}{{about-with-newline}}\n{usage}{word}{usage:#}{blank}{{usage}}\n\n{{all-args}}{{after-help}}").into()
}

fn argument(arg: Arg, place: &[String]) -> Arg {
    let id = arg.get_id().as_str().replace('_', "-");
    let positional = arg.is_positional();
    let arg = match arg.get_action() {
        ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong => {
            let long = arg.get_long_help().is_some();
            let arg = arg.help(if long { t!("cli-clap-help-more") } else { t!("cli-clap-help") });
            if long { arg.long_help(t!("cli-clap-help-less")) } else { arg }
        }
        ArgAction::Version => arg.help(t!("cli-clap-version")),
        _ => match argument_message(&id, place).and_then(|id| lang::named(&id)) {
            Some(text) => arg.help(text.to_owned()),
            None => arg,
        },
    };
    // In English the library says the rest, and in its own order.
    if lang::current() == Language::English {
        return arg;
    }
    let shared = arg.get_help_heading().is_some()
        || arg.get_long() == Some("help")
        || arg.get_long() == Some("version");
    let heading = match (shared, positional) {
        (true, _) => t!("cli-clap-shared"),
        (_, true) => t!("cli-clap-arguments"),
        _ => t!("cli-clap-options"),
    };
    with_values(arg).help_heading(heading)
}

/// An argument whose help says what it takes when it is not given, which variable gives it, and which values there are.
fn with_values(arg: Arg) -> Arg {
    let Some(help) = arg.get_help().map(ToString::to_string) else { return arg };
    let mut notes = vec![help];
    if arg.get_action().takes_values() {
        if let Some(variable) = arg.get_env() {
            notes.push(t!("cli-clap-variable", name = variable.to_string_lossy()));
        }
        if !arg.get_default_values().is_empty() {
            let values = arg.get_default_values().iter().map(|v| v.to_string_lossy());
            notes.push(t!("cli-clap-default", values = list(values)));
        }
        let values: Vec<_> = arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
        if !values.is_empty() {
            notes.push(t!("cli-clap-values", values = list(values)));
        }
    }
    arg.help(notes.concat()).hide_env(true).hide_default_value(true).hide_possible_values(true)
}

/// The message of a command. Each command with others below it has a command `help`, which is the same one.
pub(super) fn command_message(place: &[String]) -> String {
    let place = if is_help(place) { &place[place.len() - 1..] } else { place };
    id("cli-help", place)
}

fn is_help(place: &[String]) -> bool {
    place.last().is_some_and(|last| last == "help")
}

/// The message of an argument: that of its own place, or of a place around it.
pub(super) fn argument_message(argument: &str, place: &[String]) -> Option<String> {
    let places = (0..=place.len()).rev().map(|deep| &place[..deep]);
    let mut ids = places.map(|place| id("cli-arg", &[place, &[argument.to_owned()]].concat()));
    ids.find(|id| lang::named(id).is_some())
}

fn id(kind: &str, place: &[String]) -> String {
    std::iter::once(kind).chain(place.iter().map(String::as_str)).collect::<Vec<_>>().join("-")
}
