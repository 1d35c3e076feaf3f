//! Reads theme files: a table of roles, colours by name from a palette, and a theme to inherit from.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};
use thiserror::Error;

use super::color::{self, Depth};
use super::{Role, Theme};
use crate::lang::t;

/// What is wrong with a theme.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ThemeError {
    #[error("{file}: {said}")]
    Toml { file: String, said: String },
    #[error("{}", t!("theme-unread", file = file, said = said))]
    Unread { file: String, said: String },
    #[error("{}", t!("theme-unknown-role", file = file, line = line, name = name))]
    Role { file: String, line: usize, name: String },
    #[error("{}", t!("theme-no-colour", file = file, line = line, value = value))]
    Color { file: String, line: usize, value: String },
    #[error("{}", t!("theme-unknown-key", file = file, line = line, name = name))]
    Key { file: String, line: usize, name: String },
    #[error("{}", t!("theme-no-parent", file = file, name = name))]
    Inherits { file: String, name: String },
    #[error("{}", t!("theme-unknown", name = name, known = known))]
    Unknown { name: String, known: String },
}

/// All theme files by name.
#[derive(Clone, Debug, Default)]
pub struct Themes {
    files: BTreeMap<String, File>,
}

#[derive(Clone, Debug)]
struct File {
    path: String,
    text: String,
    table: toml::Table,
}

impl Themes {
    /// Reads themes from (name, path, text); what cannot be read is told, the others count.
    pub fn read<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
    ) -> (Themes, Vec<ThemeError>) {
        let (mut themes, mut errors) = (Themes::default(), Vec::new());
        for (name, path, text) in files {
            match text.parse() {
                Ok(table) => {
                    let file = File { path: path.to_owned(), text: text.to_owned(), table };
                    themes.files.insert(name.to_owned(), file);
                }
                Err(e) => errors.push(ThemeError::Toml { file: path.to_owned(), said: format!("{e}") }),
            }
        }
        (themes, errors)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The theme after this one, round and round.
    pub fn next(&self, name: &str) -> Option<&str> {
        let names: Vec<_> = self.names().collect();
        let at = names.iter().position(|n| *n == name)?;
        names.get((at + 1) % names.len()).copied()
    }

    /// A theme for a terminal of this depth. Roles with an error are left as inherited.
    pub fn theme(&self, name: &str, depth: Depth) -> Result<Theme, ThemeError> {
        let (styles, _) = self.styles(name, &mut Vec::new())?;
        let marked =
            |role: Role| matches!(role, Role::Selection | Role::Header | Role::HeaderPractice | Role::Match);
        let fit = |role: &Role| color::fit(styles[*role as usize], depth, marked(*role));
        Ok(Theme { name: name.to_owned(), depth, styles: Role::ALL.iter().map(fit).collect() })
    }

    /// The styles of a theme in full colour, and all that is wrong with it.
    pub(super) fn styles(
        &self,
        name: &str,
        seen: &mut Vec<String>,
    ) -> Result<(Vec<Style>, Vec<ThemeError>), ThemeError> {
        let Some(file) = self.files.get(name) else {
            let known = self.names().collect::<Vec<_>>().join(", ");
            return Err(ThemeError::Unknown { name: name.to_owned(), known });
        };
        seen.push(name.to_owned());
        let mut errors = Vec::new();
        let mut styles = vec![Style::default(); Role::ALL.len()];
        if let Some(parent) = file.table.get("inherits").and_then(toml::Value::as_str) {
            let fails = ThemeError::Inherits { file: file.path.clone(), name: parent.to_owned() };
            if seen.iter().any(|s| s == parent) || !self.files.contains_key(parent) {
                return Err(fails);
            }
            styles = self.styles(parent, seen)?.0;
        }
        for key in
            file.table.keys().filter(|k| !["inherits", "palette", "roles", "title"].contains(&k.as_str()))
        {
            errors.push(ThemeError::Key { file: file.path.clone(), line: file.line(key), name: key.clone() });
        }
        let empty = toml::Table::new();
        let roles = file.table.get("roles").and_then(toml::Value::as_table).unwrap_or(&empty);
        for (name, value) in roles {
            let line = file.line(name);
            let Some(role) = Role::parse(name) else {
                errors.push(ThemeError::Role { file: file.path.clone(), line, name: name.clone() });
                continue;
            };
            styles[role as usize] = file.style(styles[role as usize], line, value, &mut errors);
        }
        Ok((styles, errors))
    }

    pub(super) fn path(&self, name: &str) -> &str {
        self.files.get(name).map_or("", |f| &f.path)
    }
}

impl File {
    /// The line on which a key stands.
    fn line(&self, key: &str) -> usize {
        let starts = |l: &str| {
            l.trim_start()
                .trim_start_matches('"')
                .strip_prefix(key)
                .is_some_and(|r| r.trim_start_matches('"').trim_start().starts_with('='))
        };
        self.text.lines().position(starts).map_or(1, |i| i + 1)
    }

    fn color(&self, text: &str) -> Option<Color> {
        let palette = self.table.get("palette").and_then(toml::Value::as_table);
        let named = palette.and_then(|p| p.get(text)).and_then(toml::Value::as_str);
        color::parse(named.unwrap_or(text))
    }

    /// A role is a colour, or a table of colours and modifiers.
    fn style(
        &self,
        inherited: Style,
        line: usize,
        value: &toml::Value,
        errors: &mut Vec<ThemeError>,
    ) -> Style {
        let bad = |value: &toml::Value| ThemeError::Color {
            file: self.path.clone(),
            line,
            value: value.as_str().map_or_else(|| value.to_string(), str::to_owned),
        };
        if let Some(text) = value.as_str() {
            return match self.color(text) {
                Some(color) => Style::new().fg(color),
                None => {
                    errors.push(bad(value));
                    inherited
                }
            };
        }
        let Some(table) = value.as_table() else {
            errors.push(bad(value));
            return inherited;
        };
        let mut style = Style::new();
        for (key, value) in table {
            let modifier = match key.as_str() {
                "fg" | "bg" => {
                    match value.as_str().and_then(|t| self.color(t)) {
                        Some(color) if key == "fg" => style.fg = Some(color),
                        Some(color) => style.bg = Some(color),
                        None => errors.push(bad(value)),
                    }
                    continue;
                }
                "bold" => Modifier::BOLD,
                "dim" => Modifier::DIM,
                "italic" => Modifier::ITALIC,
                "underline" => Modifier::UNDERLINED,
                "reverse" => Modifier::REVERSED,
                _ => {
                    errors.push(ThemeError::Key { file: self.path.clone(), line, name: key.clone() });
                    continue;
                }
            };
            if value.as_bool() == Some(true) {
                style = style.add_modifier(modifier);
            }
        }
        style
    }
}
