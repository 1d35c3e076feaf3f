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

/// So many objects are kept besides Events: many times more than the nodes of a scenario can run, and few enough that every
/// controller looks at all of them in a moment.
pub const MOST_OBJECTS: usize = 2_000;

/// So many Events; the oldest one goes for a new one.
pub const MOST_EVENTS: usize = 1_000;

/// So much of all objects, in bytes as [`weight`] counts them.
const MOST_WEIGHT: usize = 64 << 20;

/// So much of the past of one kind.
const WINDOW_WEIGHT: usize = 16 << 20;

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
    /// Of the objects in the ring.
    weight: usize,
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
    /// Of all objects.
    weight: usize,
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
            weight: 0,
            floor: 0,
            tell: watch::Sender::new(0),
        };
        let shelves = KINDS.iter().map(|_| shelf()).collect();
        Self { shelves, rv: 1, dirty: BTreeSet::new(), removals: 0, weight: 0 }
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

    /// Whether an object can be stored, be it a new one or a larger one in the place of one that is there. Whoever lets
    /// clients or controllers make objects asks this first.
    pub fn has_room(&self, kind: Kind, object: &Value) -> bool {
        let before = self.shelf(kind).objects.get(&key(object));
        let more = weight(object).saturating_sub(before.map_or(0, |b| weight(b)));
        if more > 0 && self.weight + more > MOST_WEIGHT {
            return false;
        }
        let counted = KINDS.iter().map(|r| r.kind).filter(|k| *k != Kind::Event);
        before.is_some()
            || kind == Kind::Event
            || counted.map(|k| self.shelf(k).objects.len()).sum::<usize>() < MOST_OBJECTS
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
        if kind == Kind::Event && before.is_none() {
            self.forget_an_event();
        }
        self.rv += 1;
        object["metadata"]["resourceVersion"] = json!(self.rv.to_string());
        self.weight = self.weight + weight(&object) - before.as_ref().map_or(0, |b| weight(b));
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
        // An Event owns nothing.
        self.removals += u64::from(kind != Kind::Event);
        self.weight -= weight(&before);
        let mut object = (*before).clone();
        object["metadata"]["resourceVersion"] = json!(self.rv.to_string());
        let object = Arc::new(object);
        let change =
            Change { rv: self.rv, what: What::Deleted, object: Arc::clone(&object), before: Some(before) };
        self.note(kind, change);
        Some(object)
    }

    /// Takes the oldest Event out, where there are as many as are kept.
    fn forget_an_event(&mut self) {
        let events = &self.shelf(Kind::Event).objects;
        if events.len() < MOST_EVENTS {
            return;
        }
        let age = |e: &Value| e["metadata"]["resourceVersion"].as_str().and_then(|v| v.parse::<u64>().ok());
        if let Some((ns, name)) = events.iter().min_by_key(|(_, e)| age(e)).map(|(key, _)| key.clone()) {
            self.remove(Kind::Event, &ns, &name);
        }
    }

    fn note(&mut self, kind: Kind, change: Change) {
        let rv = change.rv;
        let kept = &mut self.shelves[kind as usize];
        kept.weight += weight(&change.object);
        kept.ring.push_back(change);
        while (kept.ring.len() > WINDOW || kept.weight > WINDOW_WEIGHT)
            && let Some(gone) = kept.ring.pop_front()
        {
            kept.weight -= weight(&gone.object);
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
            shelf.weight = 0;
            shelf.floor = rv;
        }
    }
}

/// About how many bytes an object takes.
fn weight(value: &Value) -> usize {
    const EACH: usize = 32;
    EACH + match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(fields) => fields.iter().map(|(key, value)| key.len() + weight(value)).sum(),
        _ => 0,
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
    fn what_is_kept_is_bounded_in_number_and_size_and_what_goes_makes_room() {
        let mut store = Store::new();
        let heavy = |name: &str| {
            let mut pod = pod(name, "");
            pod["spec"]["note"] = json!("x".repeat(3 << 19));
            pod
        };
        let mut made = 0;
        while store.has_room(Kind::Pod, &heavy(&made.to_string())) {
            store.put(Kind::Pod, heavy(&made.to_string()));
            made += 1;
        }
        assert_eq!(made, 42, "of 1.5 MiB each");
        assert!(store.has_room(Kind::Pod, &pod("light", "")) && store.has_room(Kind::Pod, &heavy("0")));
        store.put(Kind::Pod, pod("light", ""));
        assert!(!store.has_room(Kind::Pod, &heavy("light")), "one that is there grows");
        assert!(store.shelf(Kind::Pod).weight <= WINDOW_WEIGHT && store.since(Kind::Pod, 0).is_err());
        for n in 0..made {
            store.put(Kind::Pod, pod(&n.to_string(), ""));
        }
        for n in made + 1..MOST_OBJECTS {
            assert!(store.has_room(Kind::Pod, &pod(&n.to_string(), "")));
            store.put(Kind::Pod, pod(&n.to_string(), ""));
        }
        assert!(
            !store.has_room(Kind::Pod, &pod("more", "")) && !store.has_room(Kind::Node, &pod("more", ""))
        );
        assert!(store.has_room(Kind::Pod, &pod("1", "worker")), "what is there can be changed");
        store.remove(Kind::Pod, "a", "1");
        assert!(store.has_room(Kind::Node, &pod("more", "")));
        for n in 0..MOST_EVENTS + 5 {
            assert!(store.has_room(Kind::Event, &pod("event", "")));
            store.put(Kind::Event, pod(&format!("event-{n}"), ""));
        }
        assert_eq!(store.list(Kind::Event).len(), MOST_EVENTS);
        assert!(store.get(Kind::Event, "a", "event-4").is_none(), "the oldest one goes");
        assert!(store.get(Kind::Event, "a", "event-5").is_some());
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
