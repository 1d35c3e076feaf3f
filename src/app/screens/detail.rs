//! One object in full: described, or as YAML.

use std::collections::{BTreeSet, VecDeque};

use super::{Handlers, Scroll, Surface};
use crate::action::{Action, Context};
use crate::app::copy::{self, Candidate};
use crate::app::texts::{self, Place, Reading};
use crate::app::{App, update};
use crate::domain::{Interest, ObjectKey};
use crate::live::LogsOf;

/// What is shown of the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetailKind {
    /// From the snapshot, always live.
    Describe,
    Yaml,
}

/// The state of a detail.
#[derive(Clone, Debug)]
pub struct Detail {
    pub key: ObjectKey,
    pub kind: DetailKind,
    /// The number of the answer that is awaited.
    pub id: u64,
    pub lines: VecDeque<String>,
    /// Why there is no text.
    pub note: Option<String>,
    pub loading: bool,
    pub scroll: Scroll,
    pub wrap: bool,
    /// Which object of this name it is; none where none is known.
    pub uid: Option<String>,
}

impl Detail {
    pub fn new(key: ObjectKey, kind: DetailKind, id: u64) -> Detail {
        let loading = kind != DetailKind::Describe;
        let lines = VecDeque::new();
        Detail {
            key,
            kind,
            id,
            lines,
            note: None,
            loading,
            scroll: Scroll::default(),
            wrap: false,
            uid: None,
        }
    }
}

impl Surface for Detail {
    fn contexts(&self) -> Vec<Context> {
        if self.kind == DetailKind::Yaml {
            return vec![Context::Text];
        }
        let logs = LogsOf::has(self.key.kind).then_some(Context::Workloads);
        logs.into_iter().chain([Context::Object, Context::Text]).collect()
    }

    #[rustfmt::skip]
    fn hints(&self) -> &'static [Action] {
        use Action as A;
        &[
            A::Find, A::Yaml, A::Events, A::Logs, A::PreviousLogs, A::Owner, A::Operations, A::Copy, A::Wrap,
            A::PageDown, A::Bottom,
        ]
    }

    fn handlers(&self) -> Handlers {
        Handlers::by(update::details::act)
    }

    fn does(&self, _: &App, action: Action) -> bool {
        action != Action::Wrap || self.kind == DetailKind::Yaml
    }

    fn copies(&self, _: &App) -> Vec<Candidate> {
        copy::object(&self.key)
    }

    fn place(&self, _: &App, place: Place) -> Option<Place> {
        Some(place)
    }

    fn reading(&self, app: &App, place: Place) -> Option<Reading> {
        let area = texts::whole(app);
        let wrapped = self.wrap || self.kind == DetailKind::Describe;
        let rows = texts::detail_rows(app, self, area.width);
        Some(Reading::of(place, &rows, wrapped, area, self.scroll.top))
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        Some(&mut self.scroll)
    }

    fn wrap(&mut self) -> bool {
        !std::mem::replace(&mut self.wrap, true)
    }

    fn wants(&self, app: &App, out: &mut BTreeSet<Interest>) {
        if self.kind == DetailKind::Describe {
            out.extend(crate::live::of(self.key.kind).reads(&app.world, &self.key.row));
        }
    }
}
