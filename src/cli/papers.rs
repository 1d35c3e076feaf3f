//! What every command has in common, for `--help` and the manual alike: exit codes, variables, files. One more is a row.
//!
//! Must not say what only one command does.

use crate::lang::{Msg, msg, t};

/// Exit codes. What each means to the code stands in `exit`.
pub const EXIT: &[(&str, Msg)] = &[
    ("0", msg!("cli-papers-exit-done")),
    ("1", msg!("cli-papers-exit-not-well")),
    ("2", msg!("cli-papers-exit-asked")),
    ("3", msg!("cli-papers-exit-unknown")),
];

/// Variables of the environment.
pub const ENVIRONMENT: &[(&str, Msg)] = &[
    ("KUBECONFIG", msg!("cli-papers-env-kubeconfig")),
    ("OPSBOOK_THEME", msg!("cli-papers-env-theme")),
    ("OPSBOOK_LANG", msg!("cli-papers-env-lang")),
    ("OPSBOOK_LOG", msg!("cli-papers-env-log")),
    ("HTTPS_PROXY, HTTP_PROXY, NO_PROXY", msg!("cli-papers-env-proxy")),
    ("NO_COLOR", msg!("cli-papers-env-no-color")),
];

/// Files, where Linux has them.
pub const FILES: &[(&str, Msg)] = &[
    ("~/.config/opsbook/runbooks/", msg!("cli-papers-file-runbooks")),
    ("~/.config/opsbook/config.toml", msg!("cli-papers-file-config")),
    ("~/.config/opsbook/sources.toml", msg!("cli-papers-file-sources")),
    ("~/.config/opsbook/approvers", msg!("cli-papers-file-approvers")),
    ("~/.config/opsbook/themes/NAME.toml", msg!("cli-papers-file-themes")),
    ("~/.config/opsbook/keymap.toml", msg!("cli-papers-file-keys")),
    ("~/.local/state/opsbook/sessions/", msg!("cli-papers-file-sessions")),
    ("~/.local/state/opsbook/trust.json", msg!("cli-papers-file-trust")),
    ("~/.cache/opsbook/", msg!("cli-papers-file-cache")),
];

/// The same for the end of `--help`.
pub fn help() -> String {
    let rows = |title: &str, rows: &[(&str, Msg)]| {
        let lines: Vec<_> = rows.iter().map(|(name, text)| format!("  {name}\n          {text}")).collect();
        format!("{}\n{}", t!("cli-papers-head", title = title), lines.join("\n"))
    };
    let all = [
        rows(t!("cli-papers-exit"), EXIT),
        rows(t!("cli-papers-environment"), ENVIRONMENT),
        rows(t!("cli-papers-files"), FILES),
    ];
    all.join("\n\n")
}
