//! Tables of objects, in k9s's manner.

use super::List;
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, RowKey};
use crate::live::{Filter, Table};

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
