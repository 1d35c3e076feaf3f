//! The help: the keys of the screen that it was asked on.

use super::{Handlers, Scroll, Surface};
use crate::action::{Action, Context};
use crate::app::App;
use crate::app::help::prose;
use crate::app::texts::{self, Place, Reading};

/// The help for these contexts.
#[derive(Clone, Debug, Default)]
pub struct Help {
    pub scroll: Scroll,
    pub contexts: Vec<Context>,
}

impl Surface for Help {
    fn contexts(&self) -> Vec<Context> {
        vec![Context::Text]
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Find, Action::PageDown]
    }

    fn kept(&self) -> &'static [Action] {
        &[Action::Back]
    }

    fn handlers(&self) -> Handlers {
        Handlers::by(|app, action, _| texts::act(app, action))
    }

    fn place(&self, _: &App, place: Place) -> Option<Place> {
        Some(place)
    }

    fn reading(&self, app: &App, place: Place) -> Option<Reading> {
        let area = texts::whole(app);
        Some(Reading::of(place, &prose(app, &self.contexts, area.width), true, area, self.scroll.top))
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        Some(&mut self.scroll)
    }
}
