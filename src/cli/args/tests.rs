//! The table of commands says everything about itself, in every language.

use std::collections::BTreeSet;

use clap::{ArgAction, Command};

use super::*;
use crate::lang::{Language, within};

/// Each command of the tree with the words that lead to it.
fn each<'a>(command: &'a Command, place: &[String], work: &mut dyn FnMut(&'a Command, &[String])) {
    work(command, place);
    // Below `help` stand all commands once more.
    for below in command.get_subcommands().filter(|_| place.last().is_none_or(|last| last != "help")) {
        let place: Vec<String> = place.iter().cloned().chain([below.get_name().to_owned()]).collect();
        each(below, &place, work);
    }
}

fn own(arg: &clap::Arg) -> bool {
    !matches!(arg.get_action(), ArgAction::Help | ArgAction::Version) && arg.get_id() != "subcommand"
}

#[test]
fn every_command_and_every_argument_has_its_message_and_the_code_says_the_same_of_it() {
    let mut bare = Args::command();
    bare.build();
    let (mut wrong, mut used) = (Vec::new(), BTreeSet::new());
    each(&bare, &[], &mut |command, place| {
        let id = help::command_message(place);
        let about = command.get_about().map(ToString::to_string);
        for language in Language::ALL {
            let said = within(*language, || crate::lang::named(&id));
            match (said, *language) {
                (None, _) => wrong.push(format!("{id} is not in {}", language.id())),
                (Some(said), Language::English) if Some(said) != about.as_deref() => {
                    wrong.push(format!("{id}: {about:?} in the code"));
                }
                _ => {}
            }
        }
        used.insert(id);
        for arg in command.get_arguments().filter(|a| own(a)) {
            let name = arg.get_id().as_str().replace('_', "-");
            let Some(id) = help::argument_message(&name, place) else {
                if place.last().is_none_or(|last| last != "help") {
                    wrong.push(format!("{place:?} {name} has no message"));
                }
                continue;
            };
            let said = crate::lang::named(&id).unwrap().to_owned();
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            if said != help {
                wrong.push(format!("{id}: {help:?} in the code"));
            }
            used.insert(id);
        }
    });
    let catalogue = include_str!("../../../assets/lang/en/cli.ftl");
    let ids = catalogue.lines().filter_map(|line| Some(line.split_once(" =")?.0));
    let ids = ids.filter(|id| {
        let value = ["cli-arg-lang-en", "cli-arg-lang-zh"].contains(id);
        !value && (*id == "cli-help" || id.starts_with("cli-help-") || id.starts_with("cli-arg-"))
    });
    wrong.extend(ids.filter(|id| !used.contains(*id)).map(|id| format!("{id} is of no command")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The help of every command, short and long.
fn helps(mut command: Command) -> Vec<String> {
    command.build();
    let mut out = Vec::new();
    each(&command, &[], &mut |command, _| {
        let mut command = command.clone();
        out.extend([command.render_help().to_string(), command.render_long_help().to_string()]);
    });
    out
}

#[test]
fn in_english_the_help_is_what_the_code_and_the_library_say() {
    for (ours, bare) in helps(help::command()).iter().zip(helps(Args::command())) {
        assert_eq!(*ours, bare);
    }
}

#[test]
fn in_chinese_nothing_of_the_help_is_left_in_english() {
    let helps = within(Language::Chinese, || helps(help::command()));
    let words = regex::Regex::new(
        r"[a-z]{3,} [a-z]{2,} [a-z]{2,}|Usage|Options|Arguments|Commands|\[default|\[env|\[possible",
    )
    .unwrap();
    let quoted = regex::Regex::new(r"`[^`]*`").unwrap();
    // A usage is made of what is typed, and so is what stands between backquotes.
    for line in helps.iter().flat_map(|help| help.lines()).filter(|line| !line.starts_with("用法：")) {
        let typed = quoted.replace_all(line, "");
        assert!(!words.is_match(&typed), "{line}\n{}", helps[0]);
    }
    assert!(helps[0].contains("用法：") && helps[0].contains("全局选项"), "{}", helps[0]);
}

#[test]
fn options_of_all_commands_stand_apart_from_ones_own() {
    let mut open = help::command();
    let help = open.find_subcommand_mut("open").unwrap().render_long_help().to_string();
    let (own, shared) = help.split_once("Global options:").unwrap();
    assert!(own.contains("--set-file") && own.contains("--practice"), "{own}");
    assert!(shared.contains("--kubeconfig") && !shared.contains("--set"), "{shared}");
}

#[test]
fn the_language_is_known_before_the_words_are_parsed() {
    let of = |line: &str| {
        let words = line.split_whitespace().map(std::ffi::OsString::from);
        super::super::words::language(words)
    };
    assert_eq!(of("opsbook --lang zh open"), Some(Lang::Zh));
    assert_eq!(of("opsbook open --lang=zh_CN --help"), Some(Lang::Zh));
    assert_eq!(of("opsbook --lang en"), Some(Lang::En));
    assert_eq!((of("opsbook --lang nobody"), of("opsbook search -- --lang zh")), (None, None));
}
