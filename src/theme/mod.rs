//! Themes as data: semantic roles, inheritance, a palette, and what becomes of them on a terminal with 256,
//! 16 or no colours. Pure: it is given texts. To add a theme, add a file to `themes/`.

mod check;
mod color;
mod load;

pub use check::{Finding as ThemeFinding, check};
pub use color::Depth;
pub use load::{ThemeError, Themes};

use ratatui::style::{Color, Style};

use crate::lang::t;

macro_rules! roles {
    ($($name:ident $kebab:literal $doc:expr;)*) => {
        /// What a piece of the screen means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role { $($name),* }

        impl Role {
            pub const ALL: &'static [Role] = &[$(Role::$name),*];

            /// The name in a theme file.
            pub fn name(self) -> &'static str {
                match self { $(Role::$name => $kebab),* }
            }

            pub fn doc(self) -> &'static str {
                match self { $(Role::$name => $doc),* }
            }
        }
    };
}

roles! {
    Text "text" t!("theme-role-text");
    Faint "faint" t!("theme-role-faint");
    Strong "strong" t!("theme-role-strong");
    Good "good" t!("theme-role-good");
    Warn "warn" t!("theme-role-warn");
    Bad "bad" t!("theme-role-bad");
    Border "border" t!("theme-role-border");
    Focus "focus" t!("theme-role-focus");
    Title "title" t!("theme-role-title");
    Header "header" t!("theme-role-header");
    HeaderPractice "header-practice" t!("theme-role-header-practice");
    Footer "footer" t!("theme-role-footer");
    KeyCap "key" t!("theme-role-key");
    Selection "selection" t!("theme-role-selection");
    Match "match" t!("theme-role-match");
    Input "input" t!("theme-role-input");
    Code "code" t!("theme-role-code");
    CodeKeyword "code-keyword" t!("theme-role-code-keyword");
    CodeString "code-string" t!("theme-role-code-string");
    CodeComment "code-comment" t!("theme-role-code-comment");
    CodeNumber "code-number" t!("theme-role-code-number");
    Low "risk-low" t!("theme-role-risk-low");
    Medium "risk-medium" t!("theme-role-risk-medium");
    High "risk-high" t!("theme-role-risk-high");
    Link "link" t!("theme-role-link");
}

impl Role {
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|r| r.name() == name)
    }
}

/// A theme, ready to draw: a style for every role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    pub name: String,
    depth: Depth,
    styles: Vec<Style>,
}

impl Theme {
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// A colour that is not the theme's as this terminal can show it.
    pub fn fit(&self, color: Color) -> Color {
        color::degrade(color, self.depth)
    }
}
