//! The table of commands says everything about itself.

use super::*;

fn silent(command: &clap::Command, out: &mut Vec<String>) {
    let name = command.get_name();
    if command.get_about().is_none() {
        out.push(name.to_owned());
    }
    let args =
        command.get_arguments().filter(|a| a.get_help().is_none_or(|h| h.to_string().trim().is_empty()));
    out.extend(args.map(|a| format!("{name} {}", a.get_id())));
    command.get_subcommands().for_each(|below| silent(below, out));
}

#[test]
fn every_command_and_every_argument_says_what_it_is() {
    let mut out = Vec::new();
    silent(&Args::command(), &mut out);
    assert!(out.is_empty(), "{out:?}");
}

#[test]
fn options_of_all_commands_stand_apart_from_ones_own() {
    let mut open = Args::command();
    open.build();
    let help = open.find_subcommand_mut("open").unwrap().render_long_help().to_string();
    let (own, shared) = help.split_once("Global options:").unwrap();
    assert!(own.contains("--set-file") && own.contains("--practice"), "{own}");
    assert!(shared.contains("--kubeconfig") && !shared.contains("--set"), "{shared}");
}
