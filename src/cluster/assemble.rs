//! The assembler: takes what the watches read, keeps the picture and the findings, and publishes immutable
//! snapshots: the first change at once, the next ones soon after it and then ever more seldom, down to one
//! every hundred milliseconds, none while nothing changes. While the first state of a kind is still on its way they come
//! more seldom yet, and at once when it is known.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc, watch};
use tokio::time::{Instant, sleep_until};

use super::connect::Connection;
use super::source::{self, Batch, Link, News, Parts, Retry, Rows, SourceId, show};
use super::watched::{Visitor, Watched, each};
use crate::clock::{Clock, Skew};
use crate::detect::Engine;
use crate::domain::{ClusterSnapshot, Interest, Kind, Namespaces, SyncState, Timestamp};

/// Time between two snapshots while changes keep coming.
const PUBLISH_EVERY: Duration = Duration::from_millis(100);
/// The same while the first state of a kind is on its way: whoever shows a snapshot of a state that grows reads it anew,
/// and what costs time delays the whole.
const PUBLISH_GROWING: Duration = Duration::from_millis(400);
/// Time to the second snapshot after a rest. It doubles with each one: what follows a first change, such as the
/// kinds that are read at the start, is on the screen at once, and a storm still costs ten snapshots a second.
const PUBLISH_SOON: Duration = Duration::from_millis(8);
/// Leases change all the time and nobody waits for them: they are read so seldom, all that came at once. A
/// cluster of a thousand nodes would else wake the program a hundred times a second.
const CALM: Duration = Duration::from_millis(500);
/// The kinds that are read before the others.
const FIRST: &[Kind] = &[Kind::Node, Kind::Pod];
/// How long the others wait for them at most.
const HEAD_START: Duration = Duration::from_secs(1);
/// Batches that may wait; a slow assembler slows the reading of the network, nothing piles up.
const BATCHES: usize = 64;
/// Batches taken between two looks at the clock: with the first one no more rows than a store remembers
/// changes, so that the detectors can follow.
const DRAIN: usize = 7;

/// Watches of all kinds and the assembler behind them; dropping it ends them.
#[derive(Debug)]
pub struct Observer {
    /// Held, so that they end with the observer.
    _tasks: tokio::task::JoinSet<()>,
    snapshots: watch::Receiver<Arc<ClusterSnapshot>>,
    interests: watch::Sender<BTreeSet<Interest>>,
    namespaces: watch::Sender<Namespaces>,
    /// Those of the start.
    own: Namespaces,
    retry: Retry,
    anew: Arc<Notify>,
}

impl Observer {
    /// Starts to watch every kind of the registry. `clock` gives the time for detectors and snapshots.
    pub fn start(connection: &Connection, clock: Clock) -> Observer {
        let (out, batches) = mpsc::channel(BATCHES);
        let first = ClusterSnapshot { info: Arc::new(connection.info.clone()), ..ClusterSnapshot::default() };
        let (publish, snapshots) = watch::channel(Arc::new(first.clone()));
        let retry = Retry::default();
        let tasks = tokio::task::JoinSet::new();
        let (namespaces, named) = watch::channel(connection.namespaces.clone());
        let link = Link {
            client: connection.client.clone(),
            out,
            namespaces: named,
            retry: retry.asks(),
            calm: Duration::ZERO,
        };
        let calm = clock.real_span(CALM);
        let mut start = Start { link, calm, tasks, first_kinds: snapshots.clone() };
        each(&mut start);
        let Start { link, mut tasks, .. } = start;
        tasks.spawn(version(connection.clone(), link.out.clone()));
        let (interests, wanted) = watch::channel(BTreeSet::new());
        tasks.spawn(source::manage(link, connection.vault.clone(), wanted));
        let anew = Arc::new(Notify::new());
        tasks.spawn(assemble(first, batches, publish, clock, (connection.skew.clone(), Arc::clone(&anew))));
        Observer {
            _tasks: tasks,
            snapshots,
            interests,
            namespaces,
            own: connection.namespaces.clone(),
            retry,
            anew,
        }
    }

    /// Where the whole cluster may not be read, these namespaces are read from now on, with those of the start.
    pub fn read_namespaces(&self, names: &Namespaces) {
        let wanted: Namespaces = self.own.iter().chain(names.iter()).cloned().collect();
        self.namespaces.send_if_modified(|now| {
            let changed = *now != wanted;
            *now = wanted;
            changed
        });
    }

    /// What is to be followed beside the watched kinds, as a whole: what is not in the set any more ends.
    pub fn follow(&self, interests: BTreeSet<Interest>) {
        self.interests.send_if_modified(|now| {
            let changed = *now != interests;
            *now = interests;
            changed
        });
    }

    /// The findings are told anew, in the language of now.
    pub fn tell_anew(&self) {
        self.anew.notify_one();
    }

    /// By which everything is asked for again.
    pub fn retry(&self) -> &Retry {
        &self.retry
    }

    pub fn snapshots(&self) -> watch::Receiver<Arc<ClusterSnapshot>> {
        self.snapshots.clone()
    }
}

struct Start {
    link: Link,
    calm: Duration,
    tasks: tokio::task::JoinSet<()>,
    /// Tells when the kinds are read that the first screen shows.
    first_kinds: watch::Receiver<Arc<ClusterSnapshot>>,
}

impl Visitor for Start {
    fn visit<R: Watched>(&mut self) {
        let calm = if R::KIND == Kind::Lease { self.calm } else { Duration::ZERO };
        let link = Link { calm, ..self.link.clone() };
        let mut first = self.first_kinds.clone();
        self.tasks.spawn(async move {
            // Answers share the network and the server: what the first screen shows is read before the rest.
            if !FIRST.contains(&R::KIND) {
                let read = first.wait_for(|w| FIRST.iter().all(|k| !w.sync(*k).coming()));
                let _ = tokio::time::timeout(HEAD_START, read).await;
            }
            source::run(Rows::<R>::default(), link).await;
        });
    }
}

/// Asks for the server's version until it answers.
async fn version(connection: Connection, out: mpsc::Sender<Batch>) {
    let mut delay = Duration::from_millis(500);
    while !out.is_closed() {
        if let Ok(info) = connection.client.apiserver_version().await {
            let set = move |world: &mut ClusterSnapshot| {
                Arc::make_mut(&mut world.info).version = crate::domain::sanitize(&info.git_version);
            };
            let _ = out.send(Batch::Edit(Box::new(set))).await;
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(delay) => {}
            () = out.closed() => return,
        }
        delay = (delay * 2).min(Duration::from_secs(30));
    }
}

async fn assemble(
    mut world: ClusterSnapshot,
    mut batches: mpsc::Receiver<Batch>,
    publish: watch::Sender<Arc<ClusterSnapshot>>,
    clock: Clock,
    (skew, anew): (Skew, Arc<Notify>),
) {
    let mut engine = Engine::default();
    let mut sources = Sources::new();
    let mut dirty = false;
    let mut pace = Pace::new(Instant::now());
    loop {
        let due = dirty.then(|| pace.due());
        let recheck = engine.next_recheck().map(|at| clock.instant(at));
        let wake = [due, recheck].into_iter().flatten().min();
        tokio::select! {
            batch = batches.recv() => {
                let Some(batch) = batch else { return };
                apply(&mut world, &mut sources, batch, clock.now());
                for _ in 0..DRAIN {
                    let Ok(batch) = batches.try_recv() else { break };
                    apply(&mut world, &mut sources, batch, clock.now());
                }
                dirty = true;
                pace.reading(world.sync.iter().filter(|state| state.coming()).count());
            }
            () = anew.notified() => dirty = true,
            () = sleep_until(wake.unwrap_or_else(Instant::now)), if wake.is_some() => {}
        }
        world.taken = clock.now();
        world.ahead = skew.seconds();
        dirty |= engine.update(&world, world.taken);
        let now = Instant::now();
        if !dirty || now < pace.due() {
            continue;
        }
        dirty = false;
        pace.published(now);
        world.findings = engine.ranked();
        world.generation += 1;
        if publish.send(Arc::new(world.clone())).is_err() {
            return;
        }
    }
}

/// When the next snapshot may be published.
struct Pace {
    /// The latest one.
    published: Instant,
    /// The time to wait after it.
    gap: Duration,
    /// Kinds whose first state is on its way.
    reading: usize,
}

impl Pace {
    fn new(now: Instant) -> Pace {
        Pace { published: now, gap: Duration::ZERO, reading: 0 }
    }

    fn due(&self) -> Instant {
        self.published + self.gap
    }

    /// How many kinds are being read now. One that is known is shown at once.
    fn reading(&mut self, kinds: usize) {
        if kinds < self.reading {
            self.gap = Duration::ZERO;
        }
        self.reading = kinds;
    }

    fn published(&mut self, now: Instant) {
        let most = if self.reading > 0 { PUBLISH_GROWING } else { PUBLISH_EVERY };
        let rested = now > self.due() + most;
        self.gap = if rested { PUBLISH_SOON } else { (self.gap * 2).clamp(PUBLISH_SOON, most) };
        self.published = now;
    }
}

/// What is known of each source.
type Sources = BTreeMap<SourceId, Parts>;

fn apply(world: &mut ClusterSnapshot, sources: &mut Sources, batch: Batch, now: Timestamp) {
    let source = match batch {
        Batch::Edit(edit) => return edit(world),
        Batch::Gone(interest) => {
            world.followed.remove(&interest);
            sources.remove(&SourceId::Interest(interest));
            return;
        }
        Batch::Whole(source) => {
            // What was read of its namespaces before is not followed any more, and is read again.
            let state = match &source {
                SourceId::Kind(_) => SyncState::Waiting,
                SourceId::Interest(_) => SyncState::Loading(0),
            };
            let parts = sources.entry(source.clone()).or_insert_with(|| Parts::whole(state.clone()));
            parts.widen(state);
            source
        }
        Batch::Narrowed { source, to, drop_outside } => {
            drop_outside(world);
            if let Some(parts) = sources.get_mut(&source) {
                parts.narrow(&to);
            }
            source
        }
        Batch::News { source, part, news } => {
            // A reading that was ended may have had something on its way.
            let Some(known) = sources.get_mut(&source).and_then(|p| p.of(part.as_ref())) else { return };
            *known = known.after(&news, now);
            edit(world, &source, news);
            source
        }
    };
    if let Some(parts) = sources.get(&source) {
        show(world, &source, parts);
    }
}

/// Does to the rows what news say.
fn edit(world: &mut ClusterSnapshot, source: &SourceId, news: News) {
    match news {
        News::Rows(edit) => edit(world),
        News::Complete { drop_rest, cut, .. } => {
            if let Some(drop_rest) = drop_rest {
                drop_rest(world);
            }
            if let SourceId::Interest(interest) = source {
                let followed = world.followed.entry(interest.clone()).or_default();
                followed.cut = cut;
                followed.seq += 1;
            }
        }
        News::Refused(_, drop) => drop(world),
        News::Live { .. } | News::Polled { .. } | News::Failed { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapshots_come_soon_then_seldom_and_at_once_when_a_kind_is_known() {
        let begin = Instant::now();
        let mut pace = Pace::new(begin);
        let mut now = begin;
        let mut gaps = |pace: &mut Pace, count: usize| -> Vec<u128> {
            let next = |_| {
                now = pace.due();
                pace.published(now);
                (pace.due() - now).as_millis()
            };
            (0..count).map(next).collect()
        };
        assert_eq!(gaps(&mut pace, 6), [8, 16, 32, 64, 100, 100], "changes that keep coming");
        pace.reading(2);
        assert_eq!(gaps(&mut pace, 3), [200, 400, 400], "a first state that grows");
        pace.reading(1);
        assert_eq!(pace.gap, Duration::ZERO, "one of the two is known");
        assert_eq!(gaps(&mut pace, 2), [8, 16]);
        pace.reading(0);
        let rested = pace.due() + PUBLISH_EVERY * 2;
        pace.published(rested);
        assert_eq!(pace.gap, PUBLISH_SOON, "after a rest");
    }
}
