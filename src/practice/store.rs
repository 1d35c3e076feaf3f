//! The one store: objects as JSON, one global resourceVersion, and per kind a bounded ring of recent changes that
//! watches and consistent pages are served from.
//!
//! It knows nothing about Kubernetes' rules; those are in `world` and `rules`. Callers lock it for moments only.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::watch;

use super::kinds::{KINDS, Kind};
use super::obj::{name, namespace};

/// How many changes of one kind are kept for watches.
pub const WINDOW: usize = 1000;

/// Namespace (empty for cluster-wide objects) and name.
pub type Key = (String, String);

/// What happened to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Added,
    Modified,
    Deleted,
}

/// One change of one object.
#[derive(Debug, Clone)]
pub struct Change {
    pub rv: u64,
    pub what: What,
    /// The object after the change; for a deletion its last state.
    pub object: Arc<Value>,
    /// The object before the change.
    pub before: Option<Arc<Value>>,
}

#[derive(Debug)]
struct Shelf {
    objects: BTreeMap<Key, Arc<Value>>,
    ring: VecDeque<Change>,
    /// Versions below this one can no longer be watched from.
    floor: u64,
    tell: watch::Sender<u64>,
}

/// The version asked for is older than the ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooOld {
    /// The oldest version that could be served.
    pub floor: u64,
}

/// Every object of the cluster.
#[derive(Debug)]
pub struct Store {
    shelves: Vec<Shelf>,
    rv: u64,
    dirty: BTreeSet<Kind>,
    removals: u64,
}

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}

impl Store {
    /// An empty store.
    pub fn new() -> Self {
        let shelf = || Shelf {
            objects: BTreeMap::new(),
            ring: VecDeque::new(),
            floor: 0,
            tell: watch::Sender::new(0),
        };
        Self { shelves: KINDS.iter().map(|_| shelf()).collect(), rv: 1, dirty: BTreeSet::new(), removals: 0 }
    }

    fn shelf(&self, kind: Kind) -> &Shelf {
        &self.shelves[kind as usize]
    }

    /// The version of the newest change.
    pub fn version(&self) -> u64 {
        self.rv
    }

    /// One object.
    pub fn get(&self, kind: Kind, ns: &str, name: &str) -> Option<Arc<Value>> {
        self.shelf(kind).objects.get(&(ns.to_owned(), name.to_owned())).cloned()
    }

    /// All objects of a kind, ordered by namespace and name.
    pub fn list(&self, kind: Kind) -> Vec<Arc<Value>> {
        self.shelf(kind).objects.values().cloned().collect()
    }

    /// The objects of a kind in one namespace.
    pub fn list_in(&self, kind: Kind, ns: &str) -> Vec<Arc<Value>> {
        let from = (ns.to_owned(), String::new());
        let kept = self.shelf(kind).objects.range(from..);
        kept.take_while(|((n, _), _)| n == ns).map(|(_, o)| Arc::clone(o)).collect()
    }

    /// All objects of a kind as they stood at `rv`, by undoing what the ring still knows.
    pub fn list_at(&self, kind: Kind, rv: u64) -> Result<BTreeMap<Key, Arc<Value>>, TooOld> {
        let kept = self.shelf(kind);
        if rv < kept.floor {
            return Err(TooOld { floor: kept.floor });
        }
        let mut objects = kept.objects.clone();
        for change in kept.ring.iter().rev().take_while(|c| c.rv > rv) {
            match &change.before {
                Some(before) => objects.insert(key(before), Arc::clone(before)),
                None => objects.remove(&key(&change.object)),
            };
        }
        Ok(objects)
    }

    /// Stores an object, giving it a new resourceVersion; an unchanged object keeps its version and tells nobody.
    pub fn put(&mut self, kind: Kind, mut object: Value) -> Arc<Value> {
        let key = key(&object);
        let before = self.shelves[kind as usize].objects.get(&key).cloned();
        if let Some(before) = &before {
            object["metadata"]["resourceVersion"] = before["metadata"]["resourceVersion"].clone();
            if object == **before {
                return Arc::clone(before);
            }
        }
        self.rv += 1;
        object["metadata"]["resourceVersion"] = json!(self.rv.to_string());
        let object = Arc::new(object);
        let what = if before.is_some() { What::Modified } else { What::Added };
        self.shelves[kind as usize].objects.insert(key, Arc::clone(&object));
        self.note(kind, Change { rv: self.rv, what, object: Arc::clone(&object), before });
        object
    }

    /// Takes an object out; its last state carries the version of the deletion.
    pub fn remove(&mut self, kind: Kind, ns: &str, name: &str) -> Option<Arc<Value>> {
        let before = self.shelves[kind as usize].objects.remove(&(ns.to_owned(), name.to_owned()))?;
        self.rv += 1;
        self.removals += 1;
        let mut object = (*before).clone();
        object["metadata"]["resourceVersion"] = json!(self.rv.to_string());
        let object = Arc::new(object);
        let change =
            Change { rv: self.rv, what: What::Deleted, object: Arc::clone(&object), before: Some(before) };
        self.note(kind, change);
        Some(object)
    }

    fn note(&mut self, kind: Kind, change: Change) {
        let rv = change.rv;
        let kept = &mut self.shelves[kind as usize];
        kept.ring.push_back(change);
        if kept.ring.len() > WINDOW
            && let Some(gone) = kept.ring.pop_front()
        {
            kept.floor = gone.rv;
        }
        kept.tell.send_replace(rv);
        self.dirty.insert(kind);
    }

    /// The changes of a kind after `rv`, oldest first.
    pub fn since(&self, kind: Kind, rv: u64) -> Result<Vec<Change>, TooOld> {
        let kept = self.shelf(kind);
        if rv < kept.floor {
            return Err(TooOld { floor: kept.floor });
        }
        let from = kept.ring.partition_point(|c| c.rv <= rv);
        Ok(kept.ring.range(from..).cloned().collect())
    }

    /// Wakes when a kind changes; carries the version of its newest change.
    pub fn subscribe(&self, kind: Kind) -> watch::Receiver<u64> {
        self.shelf(kind).tell.subscribe()
    }

    /// Takes the kinds that have changed since the last call: what the controllers look at.
    pub fn take_dirty(&mut self) -> BTreeSet<Kind> {
        std::mem::take(&mut self.dirty)
    }

    /// How many objects were ever removed: what the garbage collector looks at.
    pub fn removals(&self) -> u64 {
        self.removals
    }

    /// Forgets the ring, as a compaction does: watches from before now get 410 Expired.
    pub fn compact(&mut self) {
        let rv = self.rv;
        for shelf in &mut self.shelves {
            shelf.ring.clear();
            shelf.floor = rv;
        }
    }
}

/// Namespace and name of an object.
pub fn key(object: &Value) -> Key {
    (namespace(object).to_owned(), name(object).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pod(name: &str, node: &str) -> Value {
        json!({"metadata": {"namespace": "a", "name": name}, "spec": {"nodeName": node}})
    }

    #[test]
    fn unchanged_objects_keep_their_version() {
        let mut store = Store::new();
        let first = store.put(Kind::Pod, pod("x", ""));
        assert_eq!(store.put(Kind::Pod, pod("x", "")), first);
        assert_ne!(store.put(Kind::Pod, pod("x", "n")), first);
        assert_eq!(store.since(Kind::Pod, 0).unwrap().len(), 2);
    }

    #[test]
    fn the_past_can_be_listed_until_the_ring_forgets_it() {
        let mut store = Store::new();
        store.put(Kind::Pod, pod("x", ""));
        let then = store.version();
        store.put(Kind::Pod, pod("x", "n"));
        store.put(Kind::Pod, pod("y", "n"));
        store.remove(Kind::Pod, "a", "x");
        let past = store.list_at(Kind::Pod, then).unwrap();
        assert_eq!(past.len(), 1);
        assert_eq!(past.values().next().unwrap()["spec"]["nodeName"], "");
        store.compact();
        assert!(store.list_at(Kind::Pod, then).is_err());
        assert!(store.since(Kind::Pod, then).is_err());
        assert!(store.since(Kind::Pod, store.version()).unwrap().is_empty());
    }

    #[test]
    fn the_ring_is_bounded() {
        let mut store = Store::new();
        for n in 0..=WINDOW {
            store.put(Kind::Pod, pod("x", &n.to_string()));
        }
        assert_eq!(store.since(Kind::Pod, 0).unwrap_err(), TooOld { floor: 2 });
        assert_eq!(store.since(Kind::Pod, 2).unwrap().len(), WINDOW);
    }
}
