//! A sorted and filtered list of row keys that follows its kind: a change costs the logarithm of the number
//! of rows, and a filter that grows is looked for among the rows that it had. Cells are made only for the rows that
//! are looked at.
//!
//! Must not draw or keep cells. A new way to follow needs its case in the property test: a table that follows is always
//! equal to one that is read anew.

use imbl::{OrdMap, Vector};

use super::{Filter, LiveView, SortValue};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, RowKey};

/// So many changes at once are cheaper read anew than one by one.
const MANY: usize = 512;

/// Column and direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// None is by namespace and name.
    pub column: Option<usize>,
    pub backwards: bool,
}

/// How far a table followed its kind, and by which rules.
#[derive(Clone, Debug)]
struct Seen {
    filter: Filter,
    sort: Sort,
    /// Changes of its kind.
    own: u64,
    /// Changes of the other kinds that decide its order.
    others: u64,
}

/// The rows of one view that pass a filter, in their order. Filter and order may be changed at any time: the next look
/// follows them.
#[derive(Clone)]
pub struct Table {
    view: &'static dyn LiveView,
    pub filter: Filter,
    pub sort: Sort,
    rows: Vector<(SortValue, RowKey)>,
    /// By which value each row was put in its place; empty while they are sorted by namespace and name.
    values: OrdMap<RowKey, SortValue>,
    /// None before the first look.
    seen: Option<Seen>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("view", &self.view.meta().id)
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}

impl Table {
    pub fn new(view: &'static dyn LiveView, filter: Filter) -> Table {
        let sort =
            view.meta().sort.map_or(Sort::default(), |(c, backwards)| Sort { column: Some(c), backwards });
        Table { view, filter, sort, rows: Vector::new(), values: OrdMap::new(), seen: None }
    }

    pub fn view(&self) -> &'static dyn LiveView {
        self.view
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn value(&self, world: &ClusterSnapshot, key: &RowKey) -> SortValue {
        match self.sort.column {
            Some(column) => self.view.sort_value(world, key, column),
            None => SortValue::Number(0),
        }
    }

    fn order(&self, a: &(SortValue, RowKey), b: &(SortValue, RowKey)) -> std::cmp::Ordering {
        let by = if self.sort.backwards { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) };
        by.then_with(|| a.1.cmp(&b.1))
    }

    /// Follows the snapshot, the filter and the order: only what changed since the last look where that is enough.
    pub fn follow(&mut self, world: &ClusterSnapshot) {
        let kind = self.view.meta().kind;
        let others = self.sort.column.map_or(&[][..], |column| self.view.sorts_by(column));
        let now = Seen {
            filter: self.filter.clone(),
            sort: self.sort,
            own: world.seq(kind),
            others: others.iter().map(|k| world.seq(*k)).sum(),
        };
        let kept = self.seen.take().filter(|s| s.sort == now.sort && s.others == now.others);
        // Of kinds that are not watched no changes are kept, but it is known that there was none.
        let since = |s: &Seen| {
            if s.own == now.own { Some(Vec::new()) } else { world.changed_keys(kind, s.own) }
        };
        let changed = kept.as_ref().and_then(since).filter(|k| k.len() < MANY);
        match (kept, changed) {
            (Some(before), Some(keys)) if before.filter == now.filter => self.catch_up(world, keys),
            (Some(before), Some(keys)) if now.filter.narrows(&before.filter) => {
                self.filter = before.filter;
                self.catch_up(world, keys);
                self.filter.clone_from(&now.filter);
                self.narrow(world);
            }
            _ => self.read(world),
        }
        self.seen = Some(now);
    }

    fn read(&mut self, world: &ClusterSnapshot) {
        let mut rows = Vec::new();
        self.each_candidate(world, |key| {
            if self.filter.admits(self.view, world, &key) {
                rows.push((self.value(world, &key), key));
            }
        });
        self.values = OrdMap::new();
        if self.sort.column.is_some() {
            self.values = rows.iter().map(|(value, key)| (key.clone(), value.clone())).collect();
            rows.sort_by(|a, b| self.order(a, b));
        }
        self.rows = rows.into_iter().collect();
    }

    /// Takes out what the filter no longer admits.
    fn narrow(&mut self, world: &ClusterSnapshot) {
        let rows = std::mem::take(&mut self.rows);
        for (value, key) in rows {
            if self.filter.admits(self.view, world, &key) {
                self.rows.push_back((value, key));
            } else {
                self.values.remove(&key);
            }
        }
    }

    /// The keys among which the rows are, in the order of namespace and name. What the snapshot keeps an index
    /// for is not searched for among all: a pane beside a runbook is read with every frame.
    fn each_candidate(&self, world: &ClusterSnapshot, mut visit: impl FnMut(RowKey)) {
        let kind = self.view.meta().kind;
        match (&self.filter.node, &self.filter.about) {
            (Some(node), _) if kind == Kind::Pod => {
                world.pods_by_node.get(node).into_iter().flatten().cloned().for_each(visit);
            }
            (_, Some(about)) if kind == Kind::Event => {
                let mut keys: Vec<_> = world.events_about(about).map(|e| e.meta.key()).collect();
                keys.sort_unstable();
                keys.into_iter().for_each(visit);
            }
            _ => world.each_key(kind, &mut visit),
        }
    }

    fn catch_up(&mut self, world: &ClusterSnapshot, keys: Vec<RowKey>) {
        for key in keys {
            self.change(world, key);
        }
    }

    /// Puts one row where it belongs now.
    fn change(&mut self, world: &ClusterSnapshot, key: RowKey) {
        let object = ObjectKey { kind: self.view.meta().kind, row: key };
        let wanted = world.meta(&object).is_some() && self.filter.admits(self.view, world, &object.row);
        let after = wanted.then(|| self.value(world, &object.row));
        let at = self.position(&object.row);
        if let Some(at) = at {
            if self.rows.get(at).map(|(value, _)| value) == after.as_ref() {
                return;
            }
            self.rows.remove(at);
        }
        let sorted = self.sort.column.is_some();
        match after {
            Some(value) => {
                if sorted {
                    self.values.insert(object.row.clone(), value.clone());
                }
                let row = (value, object.row);
                let place = self.rows.binary_search_by(|r| self.order(r, &row)).unwrap_or_else(|at| at);
                self.rows.insert(place, row);
            }
            None => {
                self.values.remove(&object.row);
            }
        }
    }

    pub fn key(&self, index: usize) -> Option<&RowKey> {
        self.rows.get(index).map(|(_, key)| key)
    }

    /// Where a row stands now: the selection is pinned to the object, not to the line.
    pub fn position(&self, key: &RowKey) -> Option<usize> {
        let value = match self.sort.column {
            // Until the next look the rows stand as they were sorted then.
            _ if self.seen.as_ref().is_some_and(|s| s.sort != self.sort) => {
                return self.rows.iter().position(|(_, k)| k == key);
            }
            None => SortValue::Number(0),
            Some(_) => self.values.get(key)?.clone(),
        };
        let row = (value, key.clone());
        self.rows.binary_search_by(|r| self.order(r, &row)).ok()
    }

    /// The keys of the rows from `first`, at most `count`.
    pub fn window(&self, first: usize, count: usize) -> impl Iterator<Item = &RowKey> {
        let end = (first + count).min(self.rows.len());
        (first.min(end)..end).filter_map(|i| self.key(i))
    }
}

#[cfg(test)]
mod tests;
