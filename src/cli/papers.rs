//! What every command has in common, for `--help` and the manual alike: exit codes, variables, files. One more is a row.
//!
//! Must not say what only one command does.

/// Exit codes. What each means to the code stands in `exit`.
pub const EXIT: &[(&str, &str)] = &[
    ("0", "done, and what was asked for is so"),
    (
        "1",
        "done, and the answer is not well (a finding, a mistake in a file, an altered record, no proof), or it could not be carried through",
    ),
    (
        "2",
        "nothing was done, and the command line is to be changed: an unknown word or option, or one that names a file, folder, context, scenario, runbook, session, theme or language that is not there",
    ),
    ("3", "not known: the cluster does not answer, or not about everything"),
];

/// Variables of the environment.
pub const ENVIRONMENT: &[(&str, &str)] = &[
    ("KUBECONFIG", "the kubeconfig files, as kubectl reads them"),
    ("OPSBOOK_THEME", "the theme, where --theme is not given"),
    ("OPSBOOK_LANG", "the language, where --lang is not given; else LC_ALL, LC_MESSAGES and LANG"),
    ("OPSBOOK_LOG", "when set, what goes on behind the screen is written to opsbook.log in the state folder"),
    ("HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "the way to the API server, as kubectl takes it"),
    ("NO_COLOR", "when set to anything, no colours"),
];

/// Files, where Linux has them.
pub const FILES: &[(&str, &str)] = &[
    ("~/.config/opsbook/runbooks/", "runbooks of your own, and practice scenarios (NAME.scenario.yaml)"),
    ("~/.config/opsbook/config.toml", "which contexts are production, and who you are for a second person"),
    (
        "~/.config/opsbook/sources.toml",
        "git folders of runbooks at pinned commits, with the keys that sign them",
    ),
    ("~/.config/opsbook/approvers", "who may agree to your plans as the second person"),
    ("~/.config/opsbook/themes/NAME.toml", "themes of your own"),
    ("~/.config/opsbook/keymap.toml", "keys of your own"),
    ("~/.local/state/opsbook/sessions/", "the journals of sessions"),
    ("~/.local/state/opsbook/trust.json", "the runbooks that you approved"),
    ("~/.cache/opsbook/", "what can be deleted at any time"),
];

/// The same for the end of `--help`.
pub fn help() -> String {
    let rows = |title: &str, rows: &[(&str, &str)]| {
        let lines: Vec<_> = rows.iter().map(|(name, text)| format!("  {name}\n          {text}")).collect();
        format!("{title}:\n{}", lines.join("\n"))
    };
    [rows("Exit status", EXIT), rows("Environment", ENVIRONMENT), rows("Files", FILES)].join("\n\n")
}
