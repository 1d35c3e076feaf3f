//! The library of runbooks: the search field has the keyboard, or the preview.

use super::{Handlers, List, Rows, Scroll, Surface};
use crate::action::{Action, Context};
use crate::app::copy::{Candidate, of};
use crate::app::texts::{Place, Reading};
use crate::app::{App, layout, preview_rows, update};
use crate::lang::t;

/// The state of the library; what was found is in `App::search`.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub list: List,
    /// The preview has the keyboard.
    pub reading: bool,
    pub scroll: Scroll,
}

impl Surface for Library {
    fn contexts(&self) -> Vec<Context> {
        vec![Context::Library, if self.reading { Context::Text } else { Context::List }]
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::NextPane, Action::Find]
    }

    fn handlers(&self) -> Handlers {
        use update::library;
        let (back, typed, wheel) = (library::back, library::typed, library::wheel);
        Handlers { back, typed, wheel, ..Handlers::by(library::act) }
    }

    fn does(&self, app: &App, action: Action) -> bool {
        !matches!(action, Action::Open | Action::NextPane) || !app.search.hits.is_empty()
    }

    fn copies(&self, app: &App) -> Vec<Candidate> {
        let hit = app.search.hits.get(self.list.selected);
        hit.into_iter().map(|hit| of(t!("app-copy-id"), &hit.id)).collect()
    }

    fn place(&self, _: &App, place: Place) -> Option<Place> {
        self.reading.then_some(place)
    }

    fn reading(&self, app: &App, place: Place) -> Option<Reading> {
        let (_, _, area) = layout::library(layout::frame(app).body, true);
        Some(Reading::of(place, &preview_rows(app), true, layout::inside(area), self.scroll.top))
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        self.reading.then_some(&mut self.scroll)
    }

    fn rows(&self, app: &App) -> Option<Rows> {
        let (_, area, _) = layout::library(layout::frame(app).body, self.reading);
        Some(Rows { area, each: 2, len: app.search.hits.len() })
    }

    fn list(&mut self) -> Option<&mut List> {
        Some(&mut self.list)
    }
}
