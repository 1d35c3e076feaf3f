//! A sorted and filtered list of row keys that follows its kind: a change costs the logarithm of the number
//! of rows. Cells are made only for the rows that are looked at.

use imbl::Vector;

use super::{LiveView, SortValue};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, RowKey, Str};

/// Which rows belong to a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this namespace.
    pub namespace: Option<Str>,
    /// Only pods on this node.
    pub node: Option<Str>,
    /// Only events about this object.
    pub about: Option<ObjectKey>,
    /// What the operator typed: text, `!text`, or `-l key=value`.
    pub text: String,
}

impl Filter {
    /// Whether a row belongs to the table.
    fn admits(&self, view: &dyn LiveView, world: &ClusterSnapshot, key: &RowKey) -> bool {
        if self
            .namespace
            .as_ref()
            .is_some_and(|ns| view.meta().kind.meta().namespaced && key.namespace != *ns)
        {
            return false;
        }
        if let Some(node) = &self.node
            && world.pods.get(key).is_none_or(|p| p.node != *node)
        {
            return false;
        }
        if let Some(about) = &self.about
            && world.events.get(key).is_none_or(|e| !e.is_about(about))
        {
            return false;
        }
        self.text_admits(view, world, key)
    }

    fn text_admits(&self, view: &dyn LiveView, world: &ClusterSnapshot, key: &RowKey) -> bool {
        let text = self.text.trim();
        if text.is_empty() {
            return true;
        }
        if let Some(selector) = text.strip_prefix("-l ") {
            let object = ObjectKey { kind: view.meta().kind, row: key.clone() };
            let Some(meta) = world.meta(&object) else { return false };
            return selector.split(',').all(|part| match part.trim().split_once('=') {
                Some((k, v)) => meta.label(k.trim()) == Some(v.trim_start_matches('=').trim()),
                None => meta.label(part.trim()).is_some(),
            });
        }
        let (wanted, inverse) = text.strip_prefix('!').map_or((text, false), |t| (t, true));
        view.says(world, key, &wanted.to_lowercase()) != inverse
    }
}

/// Column and direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// None is by namespace and name.
    pub column: Option<usize>,
    pub backwards: bool,
}

/// The rows of one view that pass a filter, in their order.
#[derive(Clone)]
pub struct Table {
    view: &'static dyn LiveView,
    pub filter: Filter,
    pub sort: Sort,
    rows: Vector<(SortValue, RowKey)>,
    /// How far the kind's changes were followed; none before the first look.
    seen: Option<u64>,
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
        Table { view, filter, sort, rows: Vector::new(), seen: None }
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

    /// Everything is read anew at the next look: the filter or the order changed.
    pub fn restart(&mut self) {
        self.seen = None;
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

    /// Follows the snapshot: only what changed since the last look, or everything when that is forgotten.
    pub fn follow(&mut self, world: &ClusterSnapshot) {
        let kind = self.view.meta().kind;
        let now = world.seq(kind);
        let changed = self.seen.and_then(|seen| world.changed_keys(kind, seen));
        self.seen = Some(now);
        match changed {
            // Many changes at once are cheaper read anew than one by one, as is a sort by a value that has
            // to be searched for by its old position.
            Some(keys) if keys.len() < 512 && self.sort.column.is_none() => {
                for key in keys {
                    self.change(world, key);
                }
            }
            Some(keys) if keys.is_empty() => {}
            _ => self.read(world),
        }
    }

    fn read(&mut self, world: &ClusterSnapshot) {
        let mut rows = Vec::new();
        self.each_candidate(world, |key| {
            if self.filter.admits(self.view, world, &key) {
                rows.push((self.value(world, &key), key));
            }
        });
        if self.sort.column.is_some() {
            rows.sort_by(|a, b| self.order(a, b));
        }
        self.rows = rows.into_iter().collect();
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

    fn change(&mut self, world: &ClusterSnapshot, key: RowKey) {
        let object = ObjectKey { kind: self.view.meta().kind, row: key };
        let wanted = world.meta(&object).is_some() && self.filter.admits(self.view, world, &object.row);
        let row = (SortValue::Number(0), object.row);
        match (self.rows.binary_search_by(|r| self.order(r, &row)), wanted) {
            (Ok(at), false) => {
                self.rows.remove(at);
            }
            (Err(at), true) => self.rows.insert(at, row),
            (Ok(_), true) | (Err(_), false) => {}
        }
    }

    pub fn key(&self, index: usize) -> Option<&RowKey> {
        self.rows.get(index).map(|(_, key)| key)
    }

    /// Where a row stands now: the selection is pinned to the object, not to the line.
    pub fn position(&self, key: &RowKey) -> Option<usize> {
        if self.sort.column.is_none() {
            let row = (SortValue::Number(0), key.clone());
            return self.rows.binary_search_by(|r| self.order(r, &row)).ok();
        }
        self.rows.iter().position(|(_, k)| k == key)
    }

    /// The keys of the rows from `first`, at most `count`.
    pub fn window(&self, first: usize, count: usize) -> impl Iterator<Item = &RowKey> {
        let end = (first + count).min(self.rows.len());
        (first.min(end)..end).filter_map(|i| self.key(i))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, pod, warning};

    fn names(table: &Table) -> Vec<String> {
        table.window(0, 100).map(ToString::to_string).collect()
    }

    #[test]
    fn a_table_that_follows_equals_one_that_is_read_anew() {
        let mut world = World::new();
        for (ns, name) in [("b", "x-1"), ("a", "y-1"), ("a", "x-2")] {
            world = world.pod(pod(ns, name, "w"));
        }
        let mut table =
            Table::new(super::super::of(Kind::Pod), Filter { text: "x".into(), ..Filter::default() });
        table.follow(&world.0);
        assert_eq!(names(&table), ["a/x-2", "b/x-1"]);
        world = world.pod(pod("a", "x-0", "w"));
        world.0.pods.remove(&RowKey::new("b", "x-1"));
        table.follow(&world.0);
        assert_eq!(names(&table), ["a/x-0", "a/x-2"]);
        let mut anew = Table::new(table.view(), table.filter.clone());
        anew.follow(&world.0);
        assert_eq!(names(&anew), names(&table));
        assert_eq!(table.position(&RowKey::new("a", "x-2")), Some(1));
    }

    #[test]
    fn filters_by_text_inverse_label_and_namespace() {
        let world = World::new().pod(pod("a", "api-1", "w")).pod(pod("b", "web-1", "w"));
        let rows = |filter: Filter| {
            let mut table = Table::new(super::super::of(Kind::Pod), filter);
            table.follow(&world.0);
            names(&table)
        };
        let text = |t: &str| Filter { text: t.into(), ..Filter::default() };
        assert_eq!(rows(text("API")), ["a/api-1"]);
        assert_eq!(rows(text("!api")), ["b/web-1"]);
        assert_eq!(rows(text("-l app=web")), ["b/web-1"]);
        assert_eq!(rows(Filter { namespace: Some("b".into()), ..Filter::default() }), ["b/web-1"]);
    }

    #[test]
    fn what_has_an_index_gives_the_same_rows_as_a_search_among_all() {
        let (one, other) = (pod("a", "api-1", "w"), pod("b", "api-2", "x"));
        let world = World::new()
            .event(warning(&one, "BackOff", "late", 9))
            .event(warning(&other, "BackOff", "late", 9))
            .pod(one)
            .pod(other);
        let rows = |kind, filter: Filter| {
            let mut table = Table::new(super::super::of(kind), filter);
            table.follow(&world.0);
            names(&table)
        };
        let node = Filter { node: Some("w".into()), ..Filter::default() };
        assert_eq!(rows(Kind::Pod, node), ["a/api-1"]);
        let about = Filter { about: Some(ObjectKey::new(Kind::Pod, "b", "api-2")), ..Filter::default() };
        assert_eq!(rows(Kind::Event, about), ["b/api-2.BackOff"]);
        let none = Filter { node: Some("empty".into()), ..Filter::default() };
        assert!(rows(Kind::Pod, none).is_empty());
    }

    #[test]
    fn a_sort_by_column_keeps_equal_rows_by_name() {
        let world = World::new()
            .pod(crate::testing::oom_killed(pod("a", "one-1", "w"), 9, 1))
            .pod(crate::testing::oom_killed(pod("a", "many-1", "w"), 9, 7));
        let mut table = Table::new(super::super::of(Kind::Pod), Filter::default());
        table.sort = Sort { column: Some(4), backwards: false };
        table.follow(&world.0);
        assert_eq!(names(&table), ["a/many-1", "a/one-1"]);
    }
}
