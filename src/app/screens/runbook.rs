//! The screen of the runbook that is looked at: its steps, the text of one, and the live panes beside it. The walk itself is in
//! `App::run`.

use super::{Handlers, Scroll, Surface};
use crate::action::{Action, Context};
use crate::app::copy::{self, Candidate};
use crate::app::texts::{self, Place, Reading};
use crate::app::{App, hints, update};
use crate::domain::RowKey;
use crate::walk::StepId;

/// Which pane has the keyboard, and where it stands.
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
    pub step: Option<StepId>,
    /// Another walk was on this screen when this one was opened: who leaves it without beginning it sees that one again.
    pub over: bool,
}

impl Surface for RunbookScreen {
    fn contexts(&self) -> Vec<Context> {
        match self.pane {
            0 => vec![Context::Runbook, Context::List],
            1 => vec![Context::Runbook, Context::Text],
            _ => vec![Context::Pane, Context::Runbook, Context::Text],
        }
    }

    #[rustfmt::skip]
    fn hints(&self) -> &'static [Action] {
        use Action as A;
        &[
            A::RunStep, A::Preview, A::Blocks, A::SkipStep, A::Undo, A::TakeBack, A::Cancel, A::NextPane, A::Describe, A::Yaml,
            A::Logs, A::Events, A::Find, A::Copy, A::NextStep, A::Board, A::Zoom, A::Parameters, A::Export,
        ]
    }

    fn handlers(&self) -> Handlers {
        use update::panes;
        let (settle, back) = (update::runbook::settle, panes::back);
        let (click, wheel) = (update::mouse::in_runbook, update::mouse::over_runbook);
        Handlers { settle, back, click, wheel, ..Handlers::by(panes::act) }
    }

    fn does(&self, app: &App, action: Action) -> bool {
        app.run.as_ref().is_some_and(|run| hints::in_runbook(app, run, action))
    }

    fn answered(&self, app: &App) -> Option<String> {
        update::sight::step(app.run.as_ref()?, app)
    }

    fn copies(&self, app: &App) -> Vec<Candidate> {
        app.run.as_ref().map(|run| copy::of_step(app, run)).unwrap_or_default()
    }

    fn place(&self, app: &App, place: Place) -> Option<Place> {
        let run = app.run.as_ref()?;
        // Over the steps it is their text.
        Some(Place { pane: self.pane.max(1), step: Some(run.current), ..place })
    }

    fn reading(&self, app: &App, place: Place) -> Option<Reading> {
        texts::in_runbook(app, self, place)
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        Some(if self.pane > 1 { &mut self.live } else { &mut self.scroll })
    }

    fn shows_seconds(&self, app: &App) -> bool {
        let counts = |run: &crate::walk::Walk| run.counts_seconds(run.current, app.now);
        app.run.as_ref().is_some_and(|run| !app.world.findings.is_empty() || counts(run))
    }
}
