//! What the cluster has, read again and again by a client that no trouble meets, and whether a picture is of now: every row
//! that a kind shows as live was there within the latest moments, and nothing is missing that was there all the while.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use kube::Client;
use opsbook::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, RowKey, SyncState};
use serde_json::Value;

/// Time between two readings.
const EVERY: Duration = Duration::from_millis(250);
/// Readings that are kept: longer than any picture may be old.
const KEPT: usize = 600;

/// What is compared: the watched kinds, and one that is followed because something on the screen needs it.
pub fn kinds() -> impl Iterator<Item = Kind> {
    Kind::WATCHED.iter().copied().chain([Kind::ConfigMap])
}

/// The objects of one kind with their versions.
pub type Rows = BTreeMap<RowKey, u64>;

/// One reading of all kinds.
pub struct Sample {
    begun: Instant,
    ended: Instant,
    /// With the version of each list.
    kinds: BTreeMap<Kind, (u64, Rows)>,
    /// By how much it began later than it should: what this machine was busy with.
    late: Duration,
}

impl Sample {
    async fn read(client: &Client, late: Duration) -> Sample {
        let begun = Instant::now();
        let mut all = BTreeMap::new();
        for kind in kinds() {
            all.insert(kind, list(client, kind).await);
        }
        Sample { begun, ended: Instant::now(), kinds: all, late }
    }

    pub fn rows(&self, kind: Kind) -> &Rows {
        &self.kinds[&kind].1
    }
}

fn version(of: &Value) -> u64 {
    of["metadata"]["resourceVersion"].as_str().unwrap().parse().unwrap()
}

async fn list(client: &Client, kind: Kind) -> (u64, Rows) {
    let list: Value =
        client.request(http::Request::get(kind.path(None)).body(Vec::new()).unwrap()).await.unwrap();
    let text = |o: &Value, field: &str| o["metadata"][field].as_str().unwrap_or_default().to_owned();
    let row = |o: &Value| (RowKey::new(text(o, "namespace"), text(o, "name")), version(o));
    (version(&list), list["items"].as_array().unwrap().iter().map(row).collect())
}

/// The latest readings.
#[derive(Clone, Default)]
pub struct Truth(Arc<Mutex<VecDeque<Sample>>>);

impl Truth {
    /// Reads until the task is ended.
    pub async fn follow(self, client: Client) {
        let mut due = Instant::now();
        loop {
            let sample = Sample::read(&client, due.elapsed()).await;
            due = Instant::now() + EVERY;
            {
                let mut samples = self.0.lock().unwrap();
                if samples.len() == KEPT {
                    samples.pop_front();
                }
                samples.push_back(sample);
            }
            tokio::time::sleep_until(due.into()).await;
        }
    }

    /// What was read from the latest reading before `from` to the first one that began after `to`; none while that is not
    /// there yet. What this machine was late by meanwhile comes on top.
    pub fn between<T>(&self, from: Instant, to: Instant, look: impl FnOnce(Window<'_>) -> T) -> Option<T> {
        let samples = self.0.lock().unwrap();
        let last = samples.iter().position(|s| s.begun >= to)?;
        let late: Duration = samples.iter().take(last + 1).filter(|s| s.ended >= from).map(|s| s.late).sum();
        let from = from.checked_sub(late)?;
        let first = samples.iter().rposition(|s| s.ended <= from)?;
        Some(look(Window(samples.range(first..=last).collect())))
    }
}

/// Readings over the time that a picture may be old.
pub struct Window<'a>(Vec<&'a Sample>);

impl Window<'_> {
    /// What is wrong with rows of now: missing, older than they may be, or gone.
    pub fn wrong(&self, kind: Kind, shown: &Rows, covers: impl Fn(&RowKey) -> bool) -> Vec<String> {
        let (oldest, rows) = &self.0[0].kinds[&kind];
        let always = |key: &RowKey| self.0.iter().all(|s| s.rows(kind).contains_key(key));
        let missing = rows.iter().filter(|(key, _)| covers(key) && always(key)).filter_map(|(key, v)| {
            match shown.get(key) {
                None => Some(format!("{} {key:?} is missing", kind.name())),
                Some(is) if is < v => Some(format!("{} {key:?} is of version {is}, not {v}", kind.name())),
                Some(_) => None,
            }
        });
        let was = |key: &RowKey| self.0.iter().any(|s| s.rows(kind).contains_key(key));
        let gone = shown
            .iter()
            .filter(|(key, v)| !was(key) && *v <= oldest)
            .map(|(key, _)| format!("{} {key:?} is shown and gone", kind.name()));
        missing.chain(gone).collect()
    }

    /// The same for names on a screen.
    pub fn wrong_names(&self, kind: Kind, namespace: &str, shown: &[String]) -> Vec<String> {
        let there = |s: &Sample, name: &str| s.rows(kind).contains_key(&RowKey::new(namespace, name));
        let names = self.0[0].rows(kind).keys().filter(|k| &*k.namespace == namespace).map(|k| &*k.name);
        let missing = names
            .filter(|name| self.0.iter().all(|s| there(s, name)) && !shown.iter().any(|n| n == name))
            .map(|name| format!("{name} is missing on the screen"));
        // One that came and went between two readings can be on the screen; then it is not of the oldest.
        let old = |name: &String| !self.0.iter().any(|s| there(s, name));
        let gone = shown.iter().filter(|n| old(n)).map(|n| format!("{n} is on the screen and gone"));
        missing.chain(gone).collect()
    }
}

/// The rows of a picture.
pub fn shown(world: &ClusterSnapshot, kind: Kind) -> Rows {
    let mut rows = Rows::new();
    world.each_key(kind, |key| {
        let object = ObjectKey::new(kind, &*key.namespace, &*key.name);
        let (_, version) = world.identity(&object).expect("a key has its row");
        rows.insert(key, version.parse().unwrap());
    });
    rows
}

/// What is wrong with what a picture shows as live.
pub fn wrong(window: &Window<'_>, world: &ClusterSnapshot) -> Vec<String> {
    let live = kinds().filter(|kind| *world.sync(*kind) == SyncState::Live);
    live.flat_map(|kind| window.wrong(kind, &shown(world, kind), |key| world.covers(kind, &key.namespace)))
        .collect()
}

/// Whether everything is live and as the cluster has it now.
pub async fn same(client: &Client, world: &ClusterSnapshot) -> bool {
    for kind in kinds() {
        let live = *world.sync(kind) == SyncState::Live && world.whole(kind);
        if !live || shown(world, kind) != list(client, kind).await.1 {
            return false;
        }
    }
    true
}

/// What is followed besides the watched kinds.
pub fn interest() -> Interest {
    Interest::all(Kind::ConfigMap)
}
