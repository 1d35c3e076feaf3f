//! The states of the screens. A screen is data; what a key does to it stands in `update`, how it looks in
//! `view`.

mod board;
mod contexts;
mod detail;
mod explorer;
mod list;
mod logs;
mod terminal;
mod timeline;
mod triage;

pub use board::{Board, Tally};
pub use contexts::{ContextRow, Contexts};
pub use detail::{Detail, DetailKind};
pub use explorer::Explorer;
pub use list::{List, Scroll};
pub use logs::{From, LOG_LINES, Logs, STREAMS, Shown, Stream};
pub use terminal::{
    Footer, HISTORY, Hue, Ink, Picture, Span, Terminal, ToProgram, encode, footer, leaves, paste,
};
pub use timeline::{Only, Timeline};
pub use triage::Triage;

use crate::action::Context;
use crate::app::App;
use crate::domain::{Kind, RowKey, SyncState};
use crate::live::LogsOf;
use crate::walk::StepRun;

/// The library of runbooks: the search field has the keyboard.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub list: List,
    /// The preview has the keyboard.
    pub reading: bool,
    pub scroll: Scroll,
}

/// The runbook screen; the run itself is in `App::run`.
#[derive(Clone, Debug, Default)]
pub struct RunbookScreen {
    /// 0 steps, 1 text, then the live panes.
    pub pane: usize,
    pub zoom: bool,
    /// Of the text.
    pub scroll: Scroll,
    /// Of the live pane that has the keyboard.
    pub live: Scroll,
    /// The row under its cursor, where it is a table; the first one where that is not there.
    pub cursor: Option<RowKey>,
    /// The step that both are of.
    pub step: Option<crate::walk::StepId>,
    /// Another walk was on this screen when this one was opened: who leaves it without beginning it sees that one again.
    pub over: bool,
}

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
    Tasks(List),
    Board(Board),
    /// The terminal of this task.
    Terminal(u64),
    Session(Timeline),
    Help(Scroll, Vec<Context>),
}

impl Screen {
    /// The name in the header and the help.
    pub fn title(&self) -> &'static str {
        match self {
            Screen::Contexts(_) => "contexts",
            Screen::Triage(_) => "triage",
            Screen::Library(_) => "library",
            Screen::Runbook(_) => "runbook",
            Screen::Explorer(_) => "explorer",
            Screen::Detail(_) => "detail",
            Screen::Logs(_) => "logs",
            Screen::Tasks(_) => "tasks",
            Screen::Board(_) => "board",
            Screen::Terminal(_) => "terminal",
            Screen::Session(_) => "session",
            Screen::Help(..) => "help",
        }
    }

    /// What keys mean here, the most special first, without the global ones.
    pub fn contexts(&self, _: &App) -> Vec<Context> {
        match self {
            Screen::Contexts(_) => vec![Context::Choose],
            Screen::Triage(_) => vec![Context::Triage, Context::List],
            Screen::Library(l) if l.reading => vec![Context::Library, Context::Text],
            Screen::Library(_) => vec![Context::Library, Context::List],
            Screen::Runbook(r) if r.pane == 0 => vec![Context::Runbook, Context::List],
            Screen::Runbook(r) if r.pane > 1 => vec![Context::Pane, Context::Runbook, Context::Text],
            Screen::Runbook(_) => vec![Context::Runbook, Context::Text],
            Screen::Explorer(e) => {
                let workload = (LogsOf::has(e.kind()) && e.kind() != Kind::Pod).then_some(Context::Workloads);
                [Context::Of(e.kind())]
                    .into_iter()
                    .chain(workload)
                    .chain([Context::Explorer, Context::List])
                    .collect()
            }
            Screen::Detail(d) => match d.kind {
                DetailKind::Describe => {
                    let logs = LogsOf::has(d.key.kind).then_some(Context::Workloads);
                    logs.into_iter().chain([Context::Object, Context::Text]).collect()
                }
                DetailKind::Yaml => vec![Context::Text],
            },
            Screen::Logs(_) => vec![Context::Logs, Context::Text],
            Screen::Tasks(_) => vec![Context::Tasks, Context::List],
            Screen::Board(_) => vec![Context::Board, Context::List],
            // Keys are the program's.
            Screen::Terminal(_) => Vec::new(),
            Screen::Session(_) => vec![Context::Session, Context::List],
            Screen::Help(..) => vec![Context::Text],
        }
    }

    /// Whether ages that change every second are on it.
    pub fn shows_seconds(&self, app: &App) -> bool {
        match self {
            Screen::Triage(_) => !app.world.findings.is_empty(),
            Screen::Runbook(_) => app
                .run
                .as_ref()
                .is_some_and(|r| !app.world.findings.is_empty() || r.counts_seconds(r.current, app.now)),
            Screen::Board(_) => app.run.as_ref().is_some_and(|r| r.steps.iter().any(StepRun::under_way)),
            Screen::Explorer(e) => {
                let kind = e.table.view().meta().kind;
                kind == Kind::Lease || matches!(app.world.sync(kind), SyncState::Loading(_))
            }
            _ => false,
        }
    }
}
