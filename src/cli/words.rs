//! The words of the command line before they are parsed: `--practice` may be followed by its scenario, or by the
//! command. It must not judge anything else; what is wrong with the words, the parser says, in the language that is looked
//! for here since the parser speaks before it has read all of them.

use std::ffi::OsString;

use clap::{CommandFactory, ValueEnum};

use super::args::{Args, Lang};

/// Whether a word is the file of a scenario.
fn is_file(word: &str) -> bool {
    [".yaml", ".yml"].iter().any(|end| word.ends_with(end))
}

/// The language that the words ask for, or the variable; none where neither does, or says what is no language.
pub fn language(words: impl IntoIterator<Item = OsString>) -> Option<Lang> {
    let mut words = words.into_iter().take_while(|word| word != "--");
    let mut asked = None;
    while let Some(word) = words.next() {
        asked = match word.to_str() {
            Some("--lang") => words.next(),
            Some(word) => word.strip_prefix("--lang=").map(OsString::from),
            None => None,
        };
        if asked.is_some() {
            break;
        }
    }
    let asked = asked.or_else(|| std::env::var_os("OPSBOOK_LANG"))?;
    Lang::from_str(asked.to_str()?, false).ok()
}

/// Makes `--practice SCENARIO` one word. What follows is not its scenario when it is an option, the command, or the
/// id of a runbook, which has a slash and is no file of a scenario.
pub fn joined(words: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let known = Args::command();
    let is_command = |word: &OsString| {
        word == "help" || known.get_subcommands().any(|c| word.to_str() == Some(c.get_name()))
    };
    let mut words = words.into_iter().peekable();
    let mut out: Vec<OsString> = Vec::new();
    let mut command = false;
    while let Some(word) = words.next() {
        if word == "--" {
            out.push(word);
            out.extend(words);
            return out;
        }
        command |= is_command(&word);
        let scenario = |next: &OsString| {
            let text = next.to_string_lossy();
            let id_of_a_runbook = text.contains('/') && !is_file(&text);
            !text.starts_with('-') && !id_of_a_runbook && (command || !is_command(next))
        };
        if word == "--practice"
            && let Some(next) = words.next_if(scenario)
        {
            let mut one = OsString::from("--practice=");
            one.push(next);
            out.push(one);
        } else {
            out.push(word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Command, FIRST_SCENARIO};
    use clap::Parser;

    /// The scenario and the command of a line.
    fn parsed(line: &str) -> (Option<String>, Option<Command>) {
        let words = line.split_whitespace().map(OsString::from);
        let args = Args::try_parse_from(joined(words)).unwrap_or_else(|e| panic!("{line}: {e}"));
        let own = match &args.command {
            Some(Command::Open { on, .. } | Command::Explore { on, .. } | Command::Triage { on, .. }) => {
                on.practice.clone()
            }
            _ => None,
        };
        (own.or(args.on.practice), args.command)
    }

    #[test]
    fn the_scenario_and_the_command_are_told_apart() {
        for (line, scenario, command) in [
            ("opsbook", None, false),
            ("opsbook --practice", Some(FIRST_SCENARIO), false),
            ("opsbook --practice healthy", Some("healthy"), false),
            ("opsbook --practice=healthy", Some("healthy"), false),
            ("opsbook --practice no-such", Some("no-such"), false),
            ("opsbook --practice triage", Some(FIRST_SCENARIO), true),
            ("opsbook --practice healthy triage", Some("healthy"), true),
            ("opsbook triage --practice", Some(FIRST_SCENARIO), true),
            ("opsbook triage --practice -o json", Some(FIRST_SCENARIO), true),
            ("opsbook triage --practice healthy", Some("healthy"), true),
            ("opsbook open nodes/node-not-ready --practice", Some(FIRST_SCENARIO), true),
            ("opsbook open --practice nodes/node-not-ready", Some(FIRST_SCENARIO), true),
            ("opsbook --practice pod-oomkilled open pods/pod-oomkilled", Some("pod-oomkilled"), true),
            ("opsbook --practice ./own/x.yaml", Some("./own/x.yaml"), false),
            ("opsbook open --practice own/x.yml nodes/node-drain", Some("own/x.yml"), true),
            ("opsbook explore pods -A --practice healthy", Some("healthy"), true),
            ("opsbook practice list", None, true),
        ] {
            let (found, what) = parsed(line);
            assert_eq!((found.as_deref(), what.is_some()), (scenario, command), "{line}");
        }
    }

    #[test]
    fn what_stands_behind_two_dashes_is_text() {
        let words = ["opsbook", "search", "--", "--practice", "x"].map(OsString::from);
        assert_eq!(joined(words.clone()), words);
    }
}
