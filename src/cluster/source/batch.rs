//! What sources tell the assembler, and how the states of the parts of a source make one.

use std::collections::BTreeMap;
use std::time::Duration;

use super::sink::Edit;
use crate::domain::{ClusterSnapshot, Interest, Kind, Namespaces, Str, SyncState, Timestamp};

/// Who reads: a watched kind, or what something on the screen asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::cluster) enum SourceId {
    Kind(Kind),
    Interest(Interest),
}

impl std::fmt::Display for SourceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SourceId::Kind(kind) => f.write_str(kind.meta().plural),
            SourceId::Interest(interest) => interest.fmt(f),
        }
    }
}

/// A change of the picture, made by a source.
pub(in crate::cluster) enum Batch {
    /// What no source answers for.
    Edit(Edit),
    /// A source begins to read the whole cluster.
    Whole(SourceId),
    /// The whole cluster is forbidden: these namespaces are read one by one. The edit takes out what is in no one of them.
    Narrowed { source: SourceId, to: Namespaces, drop_outside: Edit },
    /// What a reading of a source, or of one namespace of it, has to say.
    News { source: SourceId, part: Option<Str>, news: News },
    /// A source is not read any more.
    Gone(Interest),
}

pub(in crate::cluster) enum News {
    /// Put or taken out.
    Rows(Edit),
    /// The whole state is known, as of that look. `cut`: it was too much, and some is left out. `every`: it is not followed,
    /// and read again after so many seconds; it was asked for so long ago.
    Complete { drop_rest: Option<Edit>, cut: bool, every: Option<u32>, ago: Duration, look: u64 },
    /// It is followed from where it was, since that look.
    Live { look: u64 },
    /// What was asked for so long ago cannot be followed; it is read again after so many seconds.
    Polled { every: u32, ago: Duration },
    /// Forbidden, or not served: nothing of it is known any more, and the edit takes out what was.
    Refused(SyncState, Edit),
    /// It is not followed, and has not been for so long.
    Failed { why: Str, ago: Duration },
}

/// The states of what a source reads: one for the whole cluster, or one for each namespace.
#[derive(Debug)]
pub(in crate::cluster) struct Parts(BTreeMap<Option<Str>, Part>);

/// What is known of a part: its state, and of which look it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::cluster) struct Part {
    pub state: SyncState,
    pub look: u64,
}

impl Parts {
    pub fn whole(state: SyncState) -> Parts {
        Parts([(None, Part { state, look: 0 })].into())
    }

    /// The whole cluster is read from now on; what is known of it stays known.
    pub fn widen(&mut self, state: SyncState) {
        if !self.0.contains_key(&None) {
            *self = Parts::whole(state);
        }
    }

    /// Only these namespaces from now on. What is known of one stays known.
    pub fn narrow(&mut self, to: &Namespaces) {
        let mut before = std::mem::take(&mut self.0);
        let keep = |n: &Str| (Some(n.clone()), before.remove(&Some(n.clone())).unwrap_or_default());
        self.0 = to.iter().map(keep).collect();
    }

    pub fn of(&mut self, part: Option<&Str>) -> Option<&mut Part> {
        self.0.get_mut(&part.cloned())
    }

    /// The namespaces that are seen; none when it is the whole cluster.
    pub fn scope(&self) -> Option<Namespaces> {
        if self.0.contains_key(&None) {
            return None;
        }
        let seen = |(name, part): (&Option<Str>, &Part)| name.clone().filter(|_| part.readable());
        Some(self.0.iter().filter_map(seen).collect())
    }

    /// Of which look all of it is.
    pub fn look(&self) -> u64 {
        self.0.values().filter(|p| p.readable()).map(|p| p.look).min().unwrap_or(0)
    }

    /// One state for all: no better than the worst of those that may be read. `count` is how many rows there are.
    pub fn state(&self, count: usize) -> SyncState {
        let mut read = self.0.values().filter(|p| p.readable()).map(|p| &p.state);
        let Some(first) = read.next() else {
            let refused = self.0.values().next().map(|p| p.state.clone());
            return refused.unwrap_or_else(|| SyncState::Forbidden("list".into()));
        };
        let worst = read.fold(first, |worst, state| if rank(state) > rank(worst) { state } else { worst });
        match worst {
            SyncState::Loading(_) => SyncState::Loading(count),
            state => state.clone(),
        }
    }
}

impl Part {
    fn readable(&self) -> bool {
        !matches!(self.state, SyncState::Forbidden(_) | SyncState::NotServed)
    }

    /// After news.
    pub fn after(&self, news: &News, now: Timestamp) -> Part {
        let look = match news {
            News::Complete { look, .. } | News::Live { look } => *look,
            _ => self.look,
        };
        Part { state: after(&self.state, news, now), look }
    }
}

/// The order of states from good to bad; among equals the older reading is the worse.
fn rank(state: &SyncState) -> (u8, std::cmp::Reverse<Timestamp>) {
    let (rank, at) = match state {
        SyncState::Live => (0, Timestamp::MAX),
        SyncState::Polled { read, .. } => (1, *read),
        SyncState::Loading(_) => (2, Timestamp::MAX),
        SyncState::Waiting => (3, Timestamp::MAX),
        SyncState::Stale { since, .. } => (4, *since),
        SyncState::Failed { since, .. } => (5, *since),
        SyncState::Forbidden(_) | SyncState::NotServed => (6, Timestamp::MAX),
    };
    (rank, std::cmp::Reverse(at))
}

/// What a part's state is after news.
fn after(state: &SyncState, news: &News, now: Timestamp) -> SyncState {
    match news {
        News::Rows(_) => match state {
            // While it is read for the first time, or after it was not known.
            SyncState::Live | SyncState::Polled { .. } | SyncState::Stale { .. } => state.clone(),
            _ => SyncState::Loading(0),
        },
        // It is as old as the question: what happened while the answer came may not be in it.
        News::Complete { every: Some(every), ago, .. } | News::Polled { every, ago } => {
            SyncState::Polled { read: before(now, *ago), every: *every }
        }
        News::Complete { every: None, .. } | News::Live { .. } => SyncState::Live,
        News::Refused(state, _) => state.clone(),
        News::Failed { why, ago } => {
            let why = why.clone();
            let since = match state {
                SyncState::Stale { since, .. } | SyncState::Failed { since, .. } => *since,
                // It is as old as the latest reading.
                SyncState::Polled { read, .. } => *read,
                _ => before(now, *ago),
            };
            if state.complete() { SyncState::Stale { since, why } } else { SyncState::Failed { since, why } }
        }
    }
}

fn before(now: Timestamp, ago: Duration) -> Timestamp {
    Timestamp::from_millisecond(now.as_millisecond() - ago.as_millis() as i64).unwrap_or(now)
}

/// Writes what is known of a source into the picture.
pub(in crate::cluster) fn show(world: &mut ClusterSnapshot, source: &SourceId, parts: &Parts) {
    match source {
        SourceId::Kind(kind) => {
            let count = world.count(*kind);
            world.sync[*kind as usize] = parts.state(count);
            world.scopes[*kind as usize] = parts.scope();
            world.looks[*kind as usize] = parts.look();
        }
        SourceId::Interest(interest) => {
            let followed = world.followed.entry(interest.clone()).or_default();
            followed.state = parts.state(followed.rows.len());
            followed.only = parts.scope();
            followed.look = parts.look();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn narrowed(states: [SyncState; 3]) -> Parts {
        let part = |state| Part { state, look: 3 };
        Parts(["a", "b", "c"].into_iter().map(|n| Some(Str::from(n))).zip(states.map(part)).collect())
    }

    #[test]
    fn a_source_is_no_better_known_than_its_worst_part() {
        let stale = |s| SyncState::Stale { since: at(s), why: "cut".into() };
        let polled = |s| SyncState::Polled { read: at(s), every: 30 };
        let forbidden = || SyncState::Forbidden("list".into());
        let state = |states| narrowed(states).state(7);
        assert_eq!(state([SyncState::Live, SyncState::Live, SyncState::Live]), SyncState::Live);
        assert_eq!(state([polled(9), polled(3), SyncState::Live]), polled(3), "as old as the oldest");
        assert_eq!(state([SyncState::Live, SyncState::Loading(1), polled(3)]), SyncState::Loading(7));
        assert_eq!(state([stale(9), SyncState::Loading(1), stale(3)]), stale(3));
        assert_eq!(state([SyncState::Live, forbidden(), forbidden()]), SyncState::Live);
        assert_eq!(state([forbidden(), forbidden(), forbidden()]), forbidden());
        assert_eq!(Parts(BTreeMap::new()).state(0), forbidden(), "no namespace to read");
        let mut parts = narrowed([SyncState::Live, forbidden(), SyncState::Live]);
        parts.of(Some(&"a".into())).unwrap().look = 5;
        assert_eq!(parts.look(), 3, "of the oldest look of those that are read");
    }

    #[test]
    fn what_may_not_be_read_is_not_in_the_scope() {
        let mut parts = narrowed([SyncState::Live, SyncState::Forbidden("list".into()), SyncState::Waiting]);
        assert_eq!(parts.scope().unwrap().to_string(), "namespaces a, c");
        parts.narrow(&[Str::from("a"), "d".into()].into_iter().collect());
        assert_eq!(
            parts.of(Some(&"a".into())).map(|p| p.state.clone()),
            Some(SyncState::Live),
            "what is known stays"
        );
        assert_eq!(parts.of(Some(&"b".into())), None);
        assert_eq!(parts.state(0), SyncState::Waiting);
        parts.widen(SyncState::Waiting);
        assert_eq!(
            (parts.scope(), parts.state(0)),
            (None, SyncState::Waiting),
            "the parts are not the whole"
        );
        parts.of(None).unwrap().state = SyncState::NotServed;
        parts.widen(SyncState::Waiting);
        assert_eq!(parts.state(0), SyncState::NotServed, "asked again, and not known otherwise yet");
    }

    #[test]
    fn news_change_a_state_and_a_failure_keeps_its_beginning() {
        let failed = News::Failed { why: "no".into(), ago: Duration::ZERO };
        let stale = after(&SyncState::Live, &failed, at(5));
        assert_eq!(stale, SyncState::Stale { since: at(5), why: "no".into() });
        assert_eq!(after(&stale, &failed, at(9)), stale, "since the first failure");
        assert_eq!(
            after(&SyncState::Waiting, &failed, at(5)),
            SyncState::Failed { since: at(5), why: "no".into() }
        );
        let dead = News::Failed { why: "no".into(), ago: Duration::from_secs(45) };
        assert_eq!(after(&SyncState::Live, &dead, at(50)), stale, "as old as the last that was heard");
        let polled = SyncState::Polled { read: at(2), every: 30 };
        assert_eq!(after(&polled, &failed, at(9)), SyncState::Stale { since: at(2), why: "no".into() });
        let rows = || News::Rows(Box::new(|_| {}));
        assert_eq!(after(&stale, &rows(), at(9)), stale, "rows alone do not make it live");
        assert_eq!(after(&SyncState::Forbidden("list".into()), &rows(), at(9)), SyncState::Loading(0));
        let ago = Duration::from_secs(4);
        let complete = |every| News::Complete { drop_rest: None, cut: false, every, ago, look: 1 };
        assert_eq!(after(&stale, &complete(None), at(9)), SyncState::Live);
        assert_eq!(after(&stale, &complete(Some(30)), at(9)), SyncState::Polled { read: at(5), every: 30 });
    }
}
