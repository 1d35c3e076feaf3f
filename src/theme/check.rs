//! Judges themes: unknown roles and colours, roles without a style, too little contrast.

use ratatui::style::Color;

use super::{Role, ThemeError, Themes, color};
use crate::lang::t;

/// Text must be readable: WCAG 2 asks 4.5 for text and 3 for marks.
const LEAST_TEXT: f64 = 4.5;
const LEAST_MARK: f64 = 3.0;

/// One finding of the checker.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    Error(ThemeError),
    /// The role has no style, here or in what it inherits from.
    Missing {
        file: String,
        role: &'static str,
    },
    Contrast {
        file: String,
        role: &'static str,
        contrast: f64,
        least: f64,
    },
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Finding::Error(e) => write!(f, "{e}"),
            Finding::Missing { file, role } => {
                write!(f, "{}", t!("theme-check-missing", file = file, role = role))
            }
            Finding::Contrast { file, role, contrast, least } => {
                write!(
                    f,
                    "{}",
                    t!(
                        "theme-check-contrast",
                        file = file,
                        role = role,
                        contrast = format!("{contrast:.1}"),
                        least = least
                    )
                )
            }
        }
    }
}

/// Everything that is wrong with one theme.
pub fn check(themes: &Themes, name: &str) -> Vec<Finding> {
    let file = themes.path(name).to_owned();
    let (styles, errors) = match themes.styles(name, &mut Vec::new()) {
        Ok(read) => read,
        Err(e) => return vec![Finding::Error(e)],
    };
    let mut out: Vec<_> = errors.into_iter().map(Finding::Error).collect();
    let ground = styles[Role::Text as usize].bg;
    for role in Role::ALL {
        let style = styles[*role as usize];
        if style == ratatui::style::Style::default() {
            out.push(Finding::Missing { file: file.clone(), role: role.name() });
            continue;
        }
        let least = if matches!(role, Role::Border | Role::Focus | Role::Faint | Role::CodeComment) {
            LEAST_MARK
        } else {
            LEAST_TEXT
        };
        let text = styles[Role::Text as usize].fg;
        let (Some(fg), Some(bg)) = (style.fg.or(text), style.bg.or(ground)) else { continue };
        let measured = if fg == Color::Reset || bg == Color::Reset { None } else { color::contrast(fg, bg) };
        if let Some(contrast) = measured.filter(|c| *c < least) {
            out.push(Finding::Contrast { file: file.clone(), role: role.name(), contrast, least });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Depth;

    #[test]
    fn mistakes_are_told_with_their_line() {
        let text = "inherits = \"base\"\n[palette]\nred = \"#ff0000\"\n[roles]\nbad = \"red\"\ngood = \"grn\"\nnonsense = \"red\"\nwarn = { fgg = \"red\" }\n";
        let base = "[roles]\ntext = { fg = \"white\", bg = \"black\" }\nfaint = \"#111111\"\n";
        let (themes, errors) = Themes::read([("x", "x.toml", text), ("base", "base.toml", base)]);
        assert!(errors.is_empty());
        let said: Vec<_> = check(&themes, "x").iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|s| s.starts_with("x.toml:6: `grn` is no colour")), "{said:?}");
        assert!(said.iter().any(|s| s.starts_with("x.toml:7: unknown role `nonsense`")));
        assert!(said.iter().any(|s| s.starts_with("x.toml:8: unknown key `fgg`")));
        assert!(said.iter().any(|s| s.contains("`faint` has a contrast of 1.")));
        assert!(said.iter().any(|s| s == "x.toml: no style for the role `border`"));
    }

    #[test]
    fn a_theme_that_inherits_from_itself_is_refused() {
        let (themes, _) = Themes::read([("a", "a", "inherits = \"b\""), ("b", "b", "inherits = \"a\"")]);
        assert!(matches!(themes.theme("a", Depth::True), Err(ThemeError::Inherits { .. })));
        assert!(matches!(themes.theme("c", Depth::True), Err(ThemeError::Unknown { .. })));
    }
}
