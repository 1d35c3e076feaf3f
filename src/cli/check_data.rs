//! `opsbook check themes` and `opsbook check keys`.

use std::io::Write;
use std::path::Path;

use super::config::Config;
use super::out::Printer;
use super::run::Outcome;
use super::tui::{read_keymap, read_themes};
use crate::lang::t;
use crate::runtime::Places;
use crate::theme;

/// Checks every theme; 1 when something is wrong.
pub fn themes(places: &Places, path: Option<&Path>, out: &mut Printer<'_>) -> Outcome {
    let folder = path.map_or_else(|| places.config.join("themes"), Path::to_owned);
    if path.is_some() && !folder.exists() {
        return Err(t!("cli-check-data-absent", path = folder.display()).into());
    }
    let (themes, errors) = read_themes(&folder);
    let mut wrong = errors.len();
    for error in errors {
        writeln!(out, "{}", t!("cli-check-data-error", what = error))?;
    }
    let mut count = 0;
    for name in themes.names() {
        count += 1;
        for finding in theme::check(&themes, name) {
            wrong += 1;
            writeln!(out, "{}", t!("cli-check-data-error", what = finding))?;
        }
    }
    writeln!(out, "{}", t!("cli-check-data-themes", themes = count, errors = wrong))?;
    Ok(u8::from(wrong > 0))
}

/// Checks the configuration; 1 when something is wrong.
pub fn config(places: &Places, path: Option<&Path>, out: &mut Printer<'_>) -> Outcome {
    let file = path.map_or_else(|| places.config.join("config.toml"), Path::to_owned);
    if path.is_some() && !file.exists() {
        return Err(t!("cli-check-data-absent", path = file.display()).into());
    }
    // Another file than the own one decides nothing.
    match path.map_or_else(|| Config::read(&file), Config::check) {
        Ok(config) => {
            writeln!(out, "{}", t!("cli-check-data-config", rules = config.contexts.len()))?;
            Ok(0)
        }
        Err(why) => {
            writeln!(out, "{}", t!("cli-check-data-error", what = why))?;
            Ok(1)
        }
    }
}

/// Checks the keymap; 1 when something is wrong.
pub fn keys(places: &Places, path: Option<&Path>, out: &mut Printer<'_>) -> Outcome {
    let file = path.map_or_else(|| places.config.join("keymap.toml"), Path::to_owned);
    if path.is_some() && !file.exists() {
        return Err(t!("cli-check-data-absent", path = file.display()).into());
    }
    let (keymap, errors) = read_keymap(&file);
    for error in &errors {
        writeln!(out, "{}", t!("cli-check-data-error", what = error))?;
    }
    for action in keymap.without_key() {
        writeln!(out, "{}", t!("cli-check-data-no-key", name = action.name()))?;
    }
    writeln!(out, "{}", t!("cli-check-data-keys", errors = errors.len()))?;
    Ok(u8::from(!errors.is_empty()))
}
