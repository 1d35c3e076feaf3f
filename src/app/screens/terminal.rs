//! The terminal of a program that runs within opsbook: the picture that it shows now, and whether the operator is asked
//! what becomes of it. The runtime has the program; here is only what is drawn and where keys go.
//!
//! Must not keep what is typed. To let the pane show more of a program, add it to [`Picture`], where
//! `runtime/emulator.rs` fills it in and `view/screens/terminal.rs` draws it.

mod encode;

pub use encode::{encode, leaves, paste};

use super::{Handlers, Surface};
use crate::action::{Action, Context};
use crate::app::{App, Task};
use crate::lang::{Msg, msg, t};
use crate::op::Plan;

/// The pane of the program of a task: keys are the program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalScreen {
    pub task: u64,
}

impl Surface for TerminalScreen {
    fn contexts(&self) -> Vec<Context> {
        Vec::new()
    }

    fn hints(&self) -> &'static [Action] {
        &[]
    }

    fn handlers(&self) -> Handlers {
        Handlers { wheel: |_, _| 0, ..Handlers::by(|_, _, _| {}) }
    }

    fn answered(&self, _: &App) -> Option<String> {
        Some(format!("pane {}", self.task))
    }
}

/// Rows above the screen that are kept.
pub const HISTORY: usize = 2000;

/// A colour that a program asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hue {
    /// The theme's.
    #[default]
    Default,
    /// One of 256.
    Index(u8),
    Rgb(u8, u8, u8),
}

/// How a piece of a row looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    pub fg: Hue,
    pub bg: Hue,
    pub bold: bool,
    pub dim: bool,
    pub italic: bool,
    pub underline: bool,
    pub reverse: bool,
}

/// A piece of a row. A character that has a width begins a cell; those that have none belong to the cell before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub ink: Ink,
}

/// What a program shows, without anything that could steer a terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// From the top; blanks at the end of a row are left out.
    pub rows: Vec<Vec<Span>>,
    /// Column and row of the cursor; none where the program hides it.
    pub cursor: Option<(u16, u16)>,
    /// The program wants its arrow keys in another form.
    pub application_cursor: bool,
    /// The program wants to know what was pasted.
    pub bracketed_paste: bool,
    /// How many rows of its history the picture is above its end.
    pub back: usize,
}

/// Something for a program from its operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToProgram {
    /// Keys as bytes.
    Typed(Vec<u8>),
    /// The pane has so many columns and rows.
    Size(u16, u16),
    /// Look so many rows further back, or forward.
    Scroll(isize),
}

/// The terminal of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    pub picture: Picture,
    /// The operator is asked what becomes of the program.
    pub asking: bool,
    /// The latest key was pressed before this was in sight, and went nowhere.
    pub early: bool,
}

/// What is said of such a key.
const EARLY: Msg = msg!("app-screens-terminal-typed-before-this-was-in-sight");

/// What stands below the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footer {
    /// Keys and what they do.
    pub keys: Vec<(&'static str, &'static str)>,
    pub words: String,
}

/// What a program is and where it runs.
fn place(plan: &Plan) -> String {
    // The title of a shell names its container.
    let place = if plan.script().is_some() { t!("app-screens-terminal-on-this-machine") } else { "" };
    format!("{}{place}", plan.title)
}

/// The line below the pane of a task: where its program runs, and how to leave it.
pub fn footer(task: &Task, terminal: &Terminal) -> Footer {
    let place = place(&task.plan_made);
    if let Some((_, words, _)) = &task.ended {
        return Footer {
            keys: Vec::new(),
            words: t!("app-screens-terminal-any-key-closes", words = words, place = place),
        };
    }
    if terminal.asking {
        // In a container there is no hand on it.
        let end = if task.plan_made.script().is_some() {
            t!("app-screens-terminal-end-it")
        } else {
            t!("app-screens-terminal-give-it-up")
        };
        let keys = vec![("y", end), ("b", t!("app-screens-terminal-keep-it-in-background")), ("esc", "stay")];
        return Footer { keys, words: if terminal.early { EARLY.to_string() } else { place } };
    }
    let mut keys = vec![("ctrl-]", t!("app-screens-terminal-leave"))];
    let words = match (task.cancelling, terminal.picture.back) {
        (true, _) => t!("app-screens-terminal-is-being-ended", place = place),
        (false, _) if terminal.early => EARLY.to_string(),
        (false, 0) => place,
        (false, back) => {
            keys.push(("shift-pgdn", t!("app-screens-terminal-forward")));
            t!("app-screens-terminal-back", place = place, back = back)
        }
    };
    Footer { keys, words }
}
