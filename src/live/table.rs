//! A sorted and filtered list of row keys that follows its kind: a change costs the logarithm of the number
//! of rows, and a filter that grows is looked for among the rows that it had. Cells are made only for the rows that
//! are looked at. Where the view says how, rows that are alike fold into one.
//!
//! Must not draw or keep cells. A new way to follow needs its case in the property test: a table that follows is always
//! equal to one that is read anew.

mod groups;

use imbl::{OrdMap, Vector};

pub use groups::{Group, Share};

use super::{Cell, Filter, LiveView, SortValue, Tone};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, RowKey, Timestamp};

/// So many changes at once are cheaper read anew than one by one.
const MANY: usize = 512;

/// No column: what is worst is first, and of equals what is newest. A pane beside a runbook is looked at for that.
pub const WORST: usize = usize::MAX;

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
    grouped: bool,
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
    /// Rows that are alike are one. It means something only where the view says what is alike.
    pub grouped: bool,
    groups: groups::Groups,
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
        let (grouped, groups) = (view.folds(), groups::Groups::default());
        Table { view, filter, sort, grouped, groups, rows: Vector::new(), values: OrdMap::new(), seen: None }
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

    /// How many objects the rows show.
    pub fn objects(&self) -> usize {
        if self.grouped { self.groups.rows() } else { self.rows.len() }
    }

    /// The group of a row, where rows are grouped.
    pub fn group(&self, row: &RowKey) -> Option<&Group> {
        self.groups.get(row).filter(|_| self.grouped)
    }

    /// The object that a row shows, or that stands for those it shows.
    pub fn object(&self, row: &RowKey) -> Option<RowKey> {
        if self.grouped { self.group(row)?.newest().cloned() } else { Some(row.clone()) }
    }

    /// The cells of a row.
    pub fn cells(&self, world: &ClusterSnapshot, row: &RowKey, now: Timestamp) -> Option<Vec<Cell>> {
        match self.group(row) {
            Some(group) => self.view.group_cells(world, group, now),
            None => self.view.cells(world, row, now),
        }
    }

    fn value(&self, world: &ClusterSnapshot, row: &RowKey) -> SortValue {
        match (self.sort.column, self.group(row)) {
            (Some(WORST), None) => self.trouble(world, row),
            (Some(column), Some(group)) => self.view.group_value(world, group, column),
            (Some(column), None) => self.view.sort_value(world, row, column),
            (None, _) => SortValue::Number(0),
        }
    }

    /// How well a row is, by the tones of its cells, and how old.
    fn trouble(&self, world: &ClusterSnapshot, row: &RowKey) -> SortValue {
        /// More than a time in seconds has.
        const RANK: i64 = 1_000_000_000_000;
        let cells = self.view.cells(world, row, world.taken).unwrap_or_default();
        let rank = cells.iter().map(|c| match c.tone {
            Tone::Bad => 0,
            Tone::Warn => 1,
            _ => 2,
        });
        let object = ObjectKey { kind: self.view.meta().kind, row: row.clone() };
        let created = world.meta(&object).and_then(|m| m.created).map_or(0, Timestamp::as_second);
        SortValue::Number(rank.min().unwrap_or(2) * RANK - created)
    }

    fn order(&self, a: &(SortValue, RowKey), b: &(SortValue, RowKey)) -> std::cmp::Ordering {
        let by = if self.sort.backwards { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) };
        by.then_with(|| a.1.cmp(&b.1))
    }

    /// Follows the snapshot, the filter and the order: only what changed since the last look where that is enough.
    pub fn follow(&mut self, world: &ClusterSnapshot) {
        let kind = self.view.meta().kind;
        let order = self.sort.column.map_or(&[][..], |column| self.view.sorts_by(column));
        // Whose pod it is may be known later than the pod.
        let owners = self.filter.owner.iter().map(|_| &Kind::ReplicaSet);
        let others = order.iter().chain(owners);
        let now = Seen {
            filter: self.filter.clone(),
            sort: self.sort,
            grouped: self.grouped,
            own: world.seq(kind),
            others: others.map(|k| world.seq(*k)).sum(),
        };
        let kept = self
            .seen
            .take()
            .filter(|s| s.sort == now.sort && s.others == now.others && s.grouped == now.grouped);
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
        let mut keys = Vec::new();
        self.each_candidate(world, |key| {
            if self.filter.admits(self.view, world, &key) {
                keys.push(key);
            }
        });
        self.groups = groups::Groups::default();
        if self.grouped {
            for key in &keys {
                self.groups.put(key, self.view.share(world, key));
            }
            keys = self.groups.iter().map(|(group, _)| group.clone()).collect();
        }
        let mut rows: Vec<_> = keys.into_iter().map(|key| (self.value(world, &key), key)).collect();
        self.values = OrdMap::new();
        if self.sort.column.is_some() {
            self.values = rows.iter().map(|(value, key)| (key.clone(), value.clone())).collect();
            rows.sort_by(|a, b| self.order(a, b));
        }
        self.rows = rows.into_iter().collect();
    }

    /// Takes out what the filter no longer admits.
    fn narrow(&mut self, world: &ClusterSnapshot) {
        if self.grouped {
            let keys = self.groups.keys();
            let out = keys.filter(|key| !self.filter.admits(self.view, world, key)).cloned().collect();
            return self.catch_up(world, out);
        }
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
            _ if kind == Kind::Pod && self.filter.owner.is_some() => {
                let owner = self.filter.owner.as_ref();
                let namespace = owner.map(ObjectKey::namespace).unwrap_or_default();
                world.pods.in_namespace(namespace).for_each(|pod| visit(pod.meta.key()));
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
        if !self.grouped {
            let after = wanted.then(|| self.value(world, &object.row));
            return self.place(object.row, after);
        }
        let share = wanted.then(|| self.view.share(world, &object.row)).flatten();
        for group in self.groups.put(&object.row, share) {
            let after = self.groups.get(&group).is_some().then(|| self.value(world, &group));
            self.place(group, after);
        }
    }

    /// Puts a row where this value belongs, or takes it out.
    fn place(&mut self, row: RowKey, after: Option<SortValue>) {
        let at = self.position(&row);
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
                    self.values.insert(row.clone(), value.clone());
                }
                let row = (value, row);
                let place = self.rows.binary_search_by(|r| self.order(r, &row)).unwrap_or_else(|at| at);
                self.rows.insert(place, row);
            }
            None => {
                self.values.remove(&row);
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
