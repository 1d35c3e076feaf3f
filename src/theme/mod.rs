//! Themes as data: semantic roles, inheritance, a palette, and what becomes of them on a terminal with 256,
//! 16 or no colours. Pure: it is given texts. To add a theme, add a file to `themes/`.

mod check;
mod color;
mod load;

pub use check::{Finding as ThemeFinding, check};
pub use color::Depth;
pub use load::{ThemeError, Themes};

use ratatui::style::{Color, Style};

macro_rules! roles {
    ($($name:ident $kebab:literal $doc:literal;)*) => {
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
    Text "text" "ordinary text, and the background of everything";
    Faint "faint" "less important text";
    Strong "strong" "names and headings";
    Good "good" "healthy";
    Warn "warn" "needs attention";
    Bad "bad" "broken";
    Border "border" "the frame of a pane";
    Focus "focus" "the frame of the pane that has the keyboard";
    Title "title" "the title of a pane";
    Header "header" "the first line";
    HeaderPractice "header-practice" "the first line on the practice cluster";
    Footer "footer" "the line of keys";
    KeyCap "key" "a key in the footer and the help";
    Selection "selection" "the selected row";
    Match "match" "what a search or filter matched";
    Input "input" "a field that is typed into";
    Code "code" "a line that a person could type";
    CodeKeyword "code-keyword" "a keyword in code";
    CodeString "code-string" "a string in code";
    CodeComment "code-comment" "a comment in code";
    CodeNumber "code-number" "a number in code";
    Low "risk-low" "risk R0 and R1";
    Medium "risk-medium" "risk R2";
    High "risk-high" "risk R3 and R4";
    Link "link" "a link to another runbook";
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
