//! How far the picture of the cluster can be trusted: for each kind, and as a whole.

use super::{ClusterSnapshot, Interest, Kind, Namespaces, Str, Timestamp};
use crate::lang::{list, t};

/// How far the picture of one kind can be trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SyncState {
    /// Nothing was asked yet.
    #[default]
    Waiting,
    /// The first state is on its way; so many objects came.
    Loading(usize),
    /// Complete, and following.
    Live,
    /// Complete as it was at that time; it may not be followed, and is read anew every so many seconds.
    Polled { read: Timestamp, every: u32 },
    /// Was complete; since then the watch is broken.
    Stale { since: Timestamp, why: Str },
    /// Never was complete, and the server does not answer.
    Failed { since: Timestamp, why: Str },
    /// The user may not: the missing verb.
    Forbidden(Str),
    /// The server does not know this kind.
    NotServed,
}

impl SyncState {
    /// Whether the rows were complete at some time; then an empty list is an answer.
    pub fn complete(&self) -> bool {
        matches!(self, SyncState::Live | SyncState::Polled { .. } | SyncState::Stale { .. })
    }

    /// Whether the rows are complete and kept up with the cluster, as well as the user's rights allow.
    pub fn current(&self) -> bool {
        matches!(self, SyncState::Live | SyncState::Polled { .. })
    }

    /// Whether the first state is still on its way.
    pub fn coming(&self) -> bool {
        matches!(self, SyncState::Waiting | SyncState::Loading(_))
    }
}

impl ClusterSnapshot {
    /// How far the rows of a kind can be trusted. A kind that is not watched is waited for until every object
    /// of it is followed.
    pub fn sync(&self, kind: Kind) -> &SyncState {
        match self.sync.get(kind as usize) {
            Some(state) => state,
            None => self.following(&Interest::all(kind)),
        }
    }

    /// How far what is followed can be trusted; waiting while nobody follows it.
    pub fn following(&self, interest: &Interest) -> &SyncState {
        self.followed.get(interest).map_or(&SyncState::Waiting, |f| &f.state)
    }

    /// The only namespaces that are seen of this kind; none when all of them are.
    pub fn scope(&self, kind: Kind) -> Option<&Namespaces> {
        match self.scopes.get(kind as usize) {
            Some(scope) => scope.as_ref(),
            None => self.followed.get(&Interest::all(kind))?.only.as_ref(),
        }
    }

    /// Whether the rows of this kind tell what is in a namespace.
    pub fn covers(&self, kind: Kind, namespace: &str) -> bool {
        self.scope(kind).is_none_or(|only| only.contains(namespace))
    }

    /// Whether the rows of this kind were complete at some time, over all namespaces: only then does their absence
    /// say something about the whole cluster.
    pub fn whole(&self, kind: Kind) -> bool {
        self.sync(kind).complete() && self.scope(kind).is_none()
    }

    /// Which part of the cluster is seen, in words; none when nothing is limited.
    pub fn part(&self) -> Option<String> {
        let limited: Vec<Kind> = Kind::WATCHED.iter().copied().filter(|k| self.scope(*k).is_some()).collect();
        let only = self.scope(*limited.first()?)?;
        if only.is_empty() {
            return Some(t!("domain-part-none").to_owned());
        }
        let open = |k: &&Kind| k.meta().namespaced && self.scope(**k).is_none() && self.sync(**k).complete();
        if !Kind::WATCHED.iter().any(|k| open(&k)) {
            return Some(t!("domain-part-only", only = only));
        }
        let plurals: Vec<_> = limited.iter().map(|k| k.meta().plural).collect();
        Some(t!("domain-part-only-of", only = only, plurals = list(plurals)))
    }

    /// Since when, and why, nothing is heard from the server: every kind that can be read is broken.
    pub fn unreachable(&self) -> Option<(Timestamp, &str)> {
        let mut out: Option<(Timestamp, &str)> = None;
        for state in &self.sync {
            match state {
                SyncState::Stale { since, why } | SyncState::Failed { since, why } => {
                    out = Some(out.map_or((*since, why), |(first, w)| (first.min(*since), w)));
                }
                SyncState::Live | SyncState::Polled { .. } | SyncState::Loading(_) => return None,
                SyncState::Waiting | SyncState::Forbidden(_) | SyncState::NotServed => {}
            }
        }
        out
    }

    /// All states, of watched kinds and of what is followed.
    fn states(&self) -> impl Iterator<Item = &SyncState> {
        self.sync.iter().chain(self.followed.values().map(|f| &f.state))
    }

    /// The oldest reading of what may not be followed, and how often that is read; none where all is followed.
    pub fn polled(&self) -> Option<(Timestamp, u32)> {
        let polled = |s: &SyncState| match s {
            SyncState::Polled { read, every } => Some((*read, *every)),
            _ => None,
        };
        self.states().filter_map(polled).min()
    }

    /// Whether what is kept up with was heard of since a look. What is not kept up with, and is one of these kinds, was not.
    pub fn heard_since(&self, look: u64, about: &[Kind]) -> bool {
        let heard = |state: &SyncState, of: u64, matters: bool| match state {
            _ if of >= look => true,
            SyncState::Live | SyncState::Polled { .. } => false,
            SyncState::Forbidden(_) | SyncState::NotServed => true,
            _ => !matters,
        };
        let watched = Kind::WATCHED
            .iter()
            .all(|kind| heard(self.sync(*kind), self.looks[*kind as usize], about.contains(kind)));
        watched && self.followed.values().all(|f| heard(&f.state, f.look, false))
    }

    /// The time by which what is counted in seconds in the rows of a kind is judged: now, or when they were read.
    pub fn as_of(&self, kind: Kind, now: Timestamp) -> Timestamp {
        match self.sync(kind) {
            SyncState::Polled { read, .. } => now.min(*read),
            _ => now,
        }
    }
}
