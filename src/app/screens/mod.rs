//! The screens. A screen is one type, in a file of its own: its state, and behind [`Surface`] all that is asked of it. What a key does
//! to it is a function that its [`Handlers`] name, here or in the file of the same name in `update`; how it looks stands in `view`.
//!
//! Must not draw. To add one: a file here with its type and its `impl Surface`, its lines in [`Screen`], and a file of the same name in
//! `view/screens/` with its line there. Nothing else asks which screen it is.

mod board;
mod contexts;
mod detail;
mod explorer;
mod handlers;
mod help;
mod library;
mod list;
mod logs;
mod runbook;
mod tasks;
mod terminal;
mod timeline;
mod triage;

use std::collections::BTreeSet;

pub use board::{Board, Tally};
pub use contexts::{ContextRow, Contexts};
pub use detail::{Detail, DetailKind};
pub use explorer::Explorer;
pub use handlers::{Handlers, Rows};
pub use help::Help;
pub use library::Library;
pub use list::{List, Scroll};
pub use logs::{From, LOG_LINES, Logs, STREAMS, Shown, Stream};
pub use runbook::RunbookScreen;
pub use tasks::TaskList;
pub use terminal::{
    Footer, HISTORY, Hue, Ink, Picture, Span, Terminal, TerminalScreen, ToProgram, encode, footer, leaves,
    paste,
};
pub use timeline::{Only, Timeline};
pub use triage::Triage;

use crate::action::{Action, Context};
use crate::app::copy::Candidate;
use crate::app::texts::{Place, Reading};
use crate::app::{App, Effect};
use crate::domain::{ClusterSnapshot, Interest, Timestamp};

/// A screen.
#[derive(Clone, Debug)]
pub enum Screen {
    /// Alone, before there is a session.
    Contexts(Contexts),
    Triage(Triage),
    Library(Library),
    Runbook(RunbookScreen),
    Explorer(Box<Explorer>),
    Detail(Box<Detail>),
    Logs(Box<Logs>),
    Tasks(TaskList),
    Board(Board),
    Terminal(TerminalScreen),
    Session(Timeline),
    Help(Help),
}

impl Screen {
    /// What is asked of it.
    pub fn state(&self) -> &dyn Surface {
        match self {
            Screen::Contexts(screen) => screen,
            Screen::Triage(screen) => screen,
            Screen::Library(screen) => screen,
            Screen::Runbook(screen) => screen,
            Screen::Explorer(screen) => &**screen,
            Screen::Detail(screen) => &**screen,
            Screen::Logs(screen) => &**screen,
            Screen::Tasks(screen) => screen,
            Screen::Board(screen) => screen,
            Screen::Terminal(screen) => screen,
            Screen::Session(screen) => screen,
            Screen::Help(screen) => screen,
        }
    }

    /// The same, to change it.
    pub(in crate::app) fn state_mut(&mut self) -> &mut dyn Surface {
        match self {
            Screen::Contexts(screen) => screen,
            Screen::Triage(screen) => screen,
            Screen::Library(screen) => screen,
            Screen::Runbook(screen) => screen,
            Screen::Explorer(screen) => &mut **screen,
            Screen::Detail(screen) => &mut **screen,
            Screen::Logs(screen) => &mut **screen,
            Screen::Tasks(screen) => screen,
            Screen::Board(screen) => screen,
            Screen::Terminal(screen) => screen,
            Screen::Session(screen) => screen,
            Screen::Help(screen) => screen,
        }
    }
}

/// All that is asked of a screen. Only the first three have to be answered.
pub trait Surface {
    /// What keys mean here, the most special first, without the global ones.
    fn contexts(&self) -> Vec<Context>;

    /// The actions that are named below it, the most used first. Those without a key here are passed over.
    fn hints(&self) -> &'static [Action];

    /// What is done with the whole state, of which the screen is a part.
    fn handlers(&self) -> Handlers;

    /// The actions that are named below it whatever else has no room.
    fn kept(&self) -> &'static [Action] {
        &[Action::Back, Action::Help]
    }

    /// Whether an action that is named below it does something now.
    fn does(&self, _app: &App, _action: Action) -> bool {
        true
    }

    /// Whether it is there before there is a session: nothing that works everywhere works then.
    fn alone(&self) -> bool {
        false
    }

    /// What can be answered on it, as a text: two states that are the same text are answered with the same key.
    fn answered(&self, _app: &App) -> Option<String> {
        None
    }

    /// What can be copied, the likeliest first.
    fn copies(&self, _app: &App) -> Vec<Candidate> {
        Vec::new()
    }

    /// Which text has the keyboard, where it is one. It costs nothing, however long the text is.
    fn place(&self, _app: &App, _place: Place) -> Option<Place> {
        None
    }

    /// That text.
    fn reading(&self, _app: &App, _place: Place) -> Option<Reading> {
        None
    }

    /// The position in that text. One that follows its end does so no more.
    fn scroll(&mut self) -> Option<&mut Scroll> {
        None
    }

    /// Wraps the lines of that text. False where they are as they are.
    fn wrap(&mut self) -> bool {
        false
    }

    /// Where the rows of its list lie, for the mouse.
    fn rows(&self, _app: &App) -> Option<Rows> {
        None
    }

    /// That list.
    fn list(&mut self) -> Option<&mut List> {
        None
    }

    /// A row of it was clicked, and has the cursor.
    fn clicked(&mut self, _world: &ClusterSnapshot) {}

    /// What it shows beside the watched kinds.
    fn wants(&self, _app: &App, _out: &mut BTreeSet<Interest>) {}

    /// Whether ages that change every second are on it.
    fn shows_seconds(&self, _app: &App) -> bool {
        false
    }

    /// When something in it is to be looked at again, although nothing comes.
    fn next_look(&self) -> Option<Timestamp> {
        None
    }

    /// It is closed: what goes on for it alone ends.
    fn left(&self, _effects: &mut Vec<Effect>) {}
}
