//! Tables of objects, in k9s's manner.

use std::collections::BTreeSet;

use super::{Handlers, List, Rows, Surface};
use crate::action::{Action, Context};
use crate::app::copy::{self, Candidate};
use crate::app::layout::{self, Area};
use crate::app::{App, update};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, RowKey, SyncState};
use crate::live::{Filter, LogsOf, Table};

/// The state of one table.
#[derive(Clone, Debug)]
pub struct Explorer {
    pub table: Table,
    pub list: List,
    /// The row under the cursor: rows may move, the selection stays with it.
    pub pinned: Option<RowKey>,
    pub wide: bool,
}

impl Explorer {
    pub fn new(kind: Kind, filter: Filter) -> Explorer {
        Explorer {
            table: Table::new(crate::live::of(kind), filter),
            list: List::default(),
            pinned: None,
            wide: false,
        }
    }

    pub fn kind(&self) -> Kind {
        self.table.view().meta().kind
    }

    /// Follows the snapshot; the selection goes with its object.
    pub fn follow(&mut self, world: &ClusterSnapshot, height: usize) {
        self.table.follow(world);
        if let Some(at) = self.pinned.as_ref().and_then(|key| self.table.position(key)) {
            self.list.selected = at;
        }
        self.list.keep(self.table.len(), height);
        self.pin();
    }

    /// Pins the object under the cursor. A cursor at the very top stays there, so that what comes in above
    /// is seen.
    pub fn pin(&mut self) {
        self.pinned = self.table.key(self.list.selected).cloned();
    }

    /// The object under the cursor.
    pub fn selected(&self) -> Option<ObjectKey> {
        let row = self.table.object(self.table.key(self.list.selected)?)?;
        Some(ObjectKey { kind: self.kind(), row })
    }
}

impl Surface for Explorer {
    fn contexts(&self) -> Vec<Context> {
        let kind = self.kind();
        let workload = (LogsOf::has(kind) && kind != Kind::Pod).then_some(Context::Workloads);
        let around = [Context::Explorer, Context::List];
        [Context::Of(kind)].into_iter().chain(workload).chain(around).collect()
    }

    /// Behind [`Action::Operations`] come the operations that have a key here.
    #[rustfmt::skip]
    fn hints(&self) -> &'static [Action] {
        use Action as A;
        &[
            A::Open, A::Filter, A::Group, A::Warnings, A::Operations, A::Logs, A::PreviousLogs, A::Yaml, A::Events, A::Copy,
            A::Wide, A::Sort, A::Command,
        ]
    }

    fn handlers(&self) -> Handlers {
        use update::explore;
        let (settle, back) = (explore::settle, explore::back);
        Handlers { settle, back, ..Handlers::by(explore::act) }
    }

    fn does(&self, _: &App, action: Action) -> bool {
        use Action as A;
        let of_table = matches!(action, A::Filter | A::Group | A::Warnings | A::Wide | A::Sort | A::Command);
        of_table || !self.table.is_empty()
    }

    fn copies(&self, app: &App) -> Vec<Candidate> {
        let Some(key) = self.selected() else { return Vec::new() };
        let mut out = copy::object(&key);
        let cells = self.table.cells(&app.world, &key.row, app.now).unwrap_or_default();
        let titled = self.table.view().meta().columns.iter().zip(cells);
        out.extend(titled.map(|(column, cell)| copy::of(column.title.to_lowercase(), cell.text)));
        out
    }

    fn rows(&self, app: &App) -> Option<Rows> {
        let body = layout::frame(app).body;
        // One row for the border, one for the titles.
        let area = Area { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
        Some(Rows { area, each: 1, len: self.table.len() })
    }

    fn list(&mut self) -> Option<&mut List> {
        Some(&mut self.list)
    }

    fn clicked(&mut self, _: &ClusterSnapshot) {
        self.pin();
    }

    fn wants(&self, _: &App, out: &mut BTreeSet<Interest>) {
        out.extend((!self.kind().watched()).then(|| Interest::all(self.kind())));
    }

    fn shows_seconds(&self, app: &App) -> bool {
        self.kind() == Kind::Lease || matches!(app.world.sync(self.kind()), SyncState::Loading(_))
    }
}
