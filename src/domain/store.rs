//! A persistent table of rows: a clone costs nothing and shares what did not change, so that a snapshot of
//! thirty thousand pods is taken in constant time and a change costs the logarithm of their number.

use std::sync::Arc;

use imbl::{OrdMap, Vector};

use super::RowKey;
use super::rows::Row;

/// How many recent changes a store remembers. A reader that fell further behind reads everything anew.
const CHANGES_KEPT: usize = 2048;

/// One changed row, for readers that follow a store instead of reading it anew.
#[derive(Debug)]
pub struct Change<R> {
    pub key: RowKey,
    /// The row before; none when it is new.
    pub before: Option<Arc<R>>,
    /// The row after; none when it is gone.
    pub after: Option<Arc<R>>,
}

// By hand: a derived `Clone` would ask for `R: Clone`, though only the pointers are cloned.
impl<R> Clone for Change<R> {
    fn clone(&self) -> Self {
        Change { key: self.key.clone(), before: self.before.clone(), after: self.after.clone() }
    }
}

/// All rows of one kind, sorted by namespace and name, with the latest changes.
#[derive(Debug)]
pub struct Store<R> {
    rows: OrdMap<RowKey, Arc<R>>,
    changes: Vector<Change<R>>,
    /// Number of changes since the start; the last of `changes` has this number.
    seq: u64,
}

impl<R> Clone for Store<R> {
    fn clone(&self) -> Self {
        Store { rows: self.rows.clone(), changes: self.changes.clone(), seq: self.seq }
    }
}

impl<R> Default for Store<R> {
    fn default() -> Self {
        Store { rows: OrdMap::new(), changes: Vector::new(), seq: 0 }
    }
}

impl<R: Row> Store<R> {
    /// Puts a row in its place and returns the one that it replaces.
    pub fn insert(&mut self, row: R) -> Option<Arc<R>> {
        let row = Arc::new(row);
        let key = row.meta().key();
        let before = self.rows.insert(key.clone(), Arc::clone(&row));
        self.record(Change { key, before: before.clone(), after: Some(row) });
        before
    }

    /// Takes a row out.
    pub fn remove(&mut self, key: &RowKey) -> Option<Arc<R>> {
        let before = self.rows.remove(key)?;
        self.record(Change { key: key.clone(), before: Some(Arc::clone(&before)), after: None });
        Some(before)
    }

    fn record(&mut self, change: Change<R>) {
        self.seq += 1;
        if self.changes.len() >= CHANGES_KEPT {
            self.changes.pop_front();
        }
        self.changes.push_back(change);
    }
}

impl<R> Store<R> {
    pub fn get(&self, key: &RowKey) -> Option<&Arc<R>> {
        self.rows.get(key)
    }

    /// Finds a row by namespace (empty for cluster-wide objects) and name.
    pub fn find(&self, namespace: &str, name: &str) -> Option<&Arc<R>> {
        self.rows.get(&RowKey::new(namespace, name))
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All rows in the order of namespace and name.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<R>> + '_ {
        self.rows.values()
    }

    /// The rows of one namespace.
    pub fn in_namespace<'a>(&'a self, namespace: &'a str) -> impl Iterator<Item = &'a Arc<R>> + 'a {
        self.rows
            .range(RowKey::new(namespace, "")..)
            .take_while(move |(k, _)| &*k.namespace == namespace)
            .map(|(_, row)| row)
    }

    /// The rows of one namespace whose names begin so: what a controller makes begins with its own name.
    pub fn with_prefix<'a>(
        &'a self,
        namespace: &'a str,
        prefix: &'a str,
    ) -> impl Iterator<Item = &'a Arc<R>> + 'a {
        self.rows
            .range(RowKey::new(namespace, prefix)..)
            .take_while(move |(k, _)| &*k.namespace == namespace && k.name.starts_with(prefix))
            .map(|(_, row)| row)
    }

    /// Number of changes since the start; a reader keeps it and asks `since` later.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The changes after `seq`, oldest first, or none when they are no longer remembered.
    pub fn since(&self, seq: u64) -> Option<impl Iterator<Item = &Change<R>> + '_> {
        let missed = usize::try_from(self.seq.checked_sub(seq)?).ok()?;
        let skip = self.changes.len().checked_sub(missed)?;
        // A skipped iterator would step over each of them.
        Some(self.changes.focus().narrow(skip..).into_iter())
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::{Meta, NamespaceRow};
    use super::*;

    fn ns(name: &str) -> NamespaceRow {
        NamespaceRow {
            meta: Meta { name: name.into(), ..Meta::default() },
            phase: "Active".into(),
            ..NamespaceRow::default()
        }
    }

    #[test]
    fn a_reader_follows_the_changes_or_is_told_to_start_anew() {
        let mut store = Store::default();
        store.insert(ns("a"));
        let seen = store.seq();
        store.insert(ns("b"));
        store.remove(&RowKey::new("", "a"));
        let names: Vec<_> = store.since(seen).unwrap().map(|c| c.key.name.to_string()).collect();
        assert_eq!(names, ["b", "a"]);
        for i in 0..=CHANGES_KEPT {
            store.insert(ns(&i.to_string()));
        }
        assert!(store.since(seen).is_none());
        assert_eq!(store.since(store.seq()).unwrap().count(), 0);
        assert!(store.since(store.seq() + 1).is_none(), "a reader of another store starts anew");
    }

    #[test]
    fn a_clone_does_not_see_later_changes() {
        let mut store = Store::default();
        store.insert(ns("a"));
        let old = store.clone();
        store.insert(ns("b"));
        assert_eq!((old.len(), store.len()), (1, 2));
    }
}
