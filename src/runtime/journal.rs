//! The journal of this session, shared by all who record. It is made with the first record.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::same::{Known, Verdict};
use crate::clock::Clock;
use crate::cluster::Which;
use crate::domain::{ClusterInfo, ClusterSnapshot, ObjectKey, Timestamp};
use crate::op::Preview;
use crate::record::{Event, FieldChange, Flags, SessionState, What, masked};
use crate::session::{Journal, JournalError};
use crate::vault::Vault;

/// Previews that are remembered until their plan runs.
const PREVIEWS: usize = 16;
/// Fields of a preview that are recorded.
const FIELDS: usize = 60;
/// Characters of a field's value that are recorded.
const VALUE: usize = 400;
/// Values of one series that are recorded.
const SAMPLES: usize = 1000;
/// So often it is recorded of a finding that it is gone or back.
const SIGHTINGS: usize = 100;

/// The findings of records, and what was said of each last.
fn followed(events: &[Event]) -> Vec<Followed> {
    let mut out: Vec<Followed> = Vec::new();
    for event in events {
        let (detector, key, there, recorded) = match &event.what {
            What::Finding { detector, subject, .. } => (detector, subject, true, 0),
            What::Found { detector, subject, there } => (detector, subject, *there, 1),
            _ => continue,
        };
        let before = out.iter().position(|f| f.subject == *key).map(|at| out.remove(at).recorded);
        let recorded = before.map_or(recorded, |before| before + recorded);
        out.push(Followed { detector: detector.clone(), subject: key.clone(), there, recorded });
    }
    out
}

/// A handle to the journal.
#[derive(Clone)]
pub struct Recorder {
    inner: Arc<Mutex<Inner>>,
    clock: Clock,
    vault: Vault,
}

struct Inner {
    folder: PathBuf,
    journal: Option<Journal>,
    info: ClusterInfo,
    flags: Flags,
    /// Who the API server takes the operator for, and which cluster it is, once that is known.
    identity: Vec<What>,
    /// The cluster that the session is on.
    cluster: Known,
    /// What the latest previews said, by the digest of their plan.
    previews: VecDeque<(String, Vec<FieldChange>, usize)>,
    /// The latest value of each series, and how many were recorded.
    samples: BTreeMap<(Option<String>, String), (u64, usize)>,
    /// The findings that led here, whether each is there, and how often that was recorded.
    found: Vec<Followed>,
}

/// A finding that is looked after.
struct Followed {
    detector: String,
    subject: ObjectKey,
    there: bool,
    recorded: usize,
}

impl Recorder {
    /// Records into a new journal in this folder, or goes on with one.
    pub fn new(folder: PathBuf, resumed: Option<Journal>, info: ClusterInfo, clock: Clock) -> Recorder {
        // A practice cluster is another one each time.
        let state = resumed.as_ref().map(|j| SessionState::fold(j.events())).filter(|s| !s.practice);
        let cluster = state.and_then(|s| s.cluster).map_or(Known::Unasked, Known::Is);
        let found = resumed.as_ref().map(|j| followed(j.events())).unwrap_or_default();
        let inner = Inner {
            folder,
            found,
            cluster,
            journal: resumed,
            info,
            flags: Flags::default(),
            identity: Vec::new(),
            previews: VecDeque::new(),
            samples: BTreeMap::new(),
        };
        Recorder { inner: Arc::new(Mutex::new(inner)), clock, vault: Vault::default() }
    }

    /// Also records what chose the cluster.
    #[must_use]
    pub fn with_flags(self, flags: Flags) -> Recorder {
        self.lock().flags = flags;
        self
    }

    /// Keeps what is in this vault out of every record.
    #[must_use]
    pub fn with_vault(self, vault: Vault) -> Recorder {
        Recorder { vault, ..self }
    }

    /// What is kept out of the records.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Says who the API server takes the operator for: in the journal, or with its first record.
    pub fn identify(&self, user: String, groups: Vec<String>) -> Result<Vec<Event>, JournalError> {
        self.early(What::Identity { user, groups })
    }

    /// Takes what the server says of which cluster it is: records it where that is new, and says whether it is the
    /// session's.
    pub(super) fn judge(&self, said: Which) -> Result<(Vec<Event>, Verdict), JournalError> {
        let (verdict, new) = self.lock().cluster.take(said);
        let events = match new {
            Some(uid) => self.early(What::Cluster { uid })?,
            None => Vec::new(),
        };
        Ok((events, verdict))
    }

    /// The uid of the session's cluster, once it is known.
    pub fn cluster(&self) -> Option<String> {
        match &self.lock().cluster {
            Known::Is(uid) => Some(uid.clone()),
            _ => None,
        }
    }

    /// Who works, as far as is known, and the uid of the cluster; empty where that is not known.
    pub fn who_and_where(&self) -> (String, String) {
        let early = self.lock().identity.clone();
        let mut state = SessionState::fold(&self.events());
        for what in &early {
            state.take_what(what);
        }
        (state.identity.unwrap_or_else(user), state.cluster.unwrap_or_default())
    }

    /// Records something now, or behind the opening record of a journal that has none yet.
    fn early(&self, what: What) -> Result<Vec<Event>, JournalError> {
        if self.path().is_some() {
            return self.append(what);
        }
        self.lock().identity.push(what);
        Ok(Vec::new())
    }

    /// Keeps what a preview said until its plan runs.
    pub fn remember(&self, preview: &Preview) {
        let changes: Vec<_> = preview.diff.iter().take(FIELDS).map(change).collect();
        let more = preview.diff.len() - changes.len();
        let mut inner = self.lock();
        inner.previews.retain(|(digest, ..)| *digest != preview.digest);
        inner.previews.push_back((preview.digest.clone(), changes, more));
        while inner.previews.len() > PREVIEWS {
            inner.previews.pop_front();
        }
    }

    /// The record of what the preview of a plan said, where it said anything.
    pub fn previewed(&self, digest: &str, plan: &str) -> Option<What> {
        let inner = self.lock();
        let (_, changes, more) =
            inner.previews.iter().find(|(d, changes, _)| d == digest && !changes.is_empty())?;
        Some(What::Previewed { plan: plan.to_owned(), changes: changes.clone(), more: *more })
    }

    /// Records what was counted, when it has another value than before and a session has begun.
    pub fn sample(&self, series: &str, plan: Option<&str>, value: u64) -> Result<Vec<Event>, JournalError> {
        let key = (plan.map(str::to_owned), series.to_owned());
        {
            let mut inner = self.lock();
            if inner.journal.is_none() {
                return Ok(Vec::new());
            }
            let (last, count) = inner.samples.get(&key).copied().map_or((None, 0), |(v, n)| (Some(v), n));
            if last == Some(value) || count >= SAMPLES {
                return Ok(Vec::new());
            }
            inner.samples.insert(key.clone(), (value, count + 1));
        }
        self.append(What::Sample { series: key.1, plan: key.0, value })
    }

    /// Records of each finding that led here that it is gone, or back. Where something is not known, nothing is gone.
    pub fn found(&self, world: &ClusterSnapshot) -> Result<Vec<Event>, JournalError> {
        let known = |detector: &str| {
            let of = crate::detect::REGISTRY.iter().find(|d| d.meta().id == detector);
            of.is_some_and(|d| d.meta().kinds.iter().all(|kind| world.sync(*kind).current()))
        };
        let at =
            |key: &ObjectKey| world.findings.iter().any(|f| f.subject == *key || f.explains.contains(key));
        let mut changed = Vec::new();
        for one in &mut self.lock().found {
            let there = at(&one.subject);
            if there == one.there || (!there && !known(&one.detector)) || one.recorded >= SIGHTINGS {
                continue;
            }
            (one.there, one.recorded) = (there, one.recorded + 1);
            let (detector, subject) = (one.detector.clone(), one.subject.clone());
            changed.push(What::Found { detector, subject, there });
        }
        if changed.is_empty() { Ok(Vec::new()) } else { self.append_all(changed) }
    }

    /// Writes a record and waits for the disk. It blocks: call it from a task, never from the loop.
    pub fn append(&self, what: What) -> Result<Vec<Event>, JournalError> {
        self.append_all([what])
    }

    /// The same of records that belong together: no other one comes between them.
    pub fn append_all(&self, records: impl IntoIterator<Item = What>) -> Result<Vec<Event>, JournalError> {
        let mut inner = self.lock();
        let mut out = Vec::new();
        let now = self.clock.now();
        if inner.journal.is_none() {
            let id = new_id(now);
            let mut journal = Journal::create(&inner.folder.join(format!("{id}.jsonl")))?;
            let started = started(id, &inner.info, inner.flags.clone());
            out.push(journal.append(now, started)?.clone());
            for identity in std::mem::take(&mut inner.identity) {
                out.push(journal.append(now, identity)?.clone());
            }
            inner.journal = Some(journal);
        }
        if let Some(journal) = &mut inner.journal {
            for what in records {
                out.push(journal.append(now, masked(what, &self.vault.secrets()))?.clone());
            }
        }
        let new = followed(&out);
        inner.found.retain(|old| !new.iter().any(|n| n.subject == old.subject && n.recorded == 0));
        inner.found.extend(new.into_iter().filter(|n| n.recorded == 0));
        Ok(out)
    }

    /// All records so far.
    pub fn events(&self) -> Vec<Event> {
        self.lock().journal.as_ref().map(|j| j.events().to_vec()).unwrap_or_default()
    }

    /// Where the journal is; none before the first record.
    pub fn path(&self) -> Option<PathBuf> {
        self.lock().journal.as_ref().map(|j| j.path().to_owned())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        // A panic while recording leaves whole records behind: going on is right.
        self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A field of a preview, cut to what is worth keeping.
fn change(line: &crate::op::DiffLine) -> FieldChange {
    let cut = |text: &String| text.chars().take(VALUE).collect();
    FieldChange {
        path: cut(&line.path),
        before: line.before.as_ref().map(cut),
        after: line.after.as_ref().map(cut),
    }
}

/// The id of a session that begins now.
pub fn new_id(now: Timestamp) -> String {
    format!("{}-{:04x}", now.strftime("%Y%m%d-%H%M%S"), std::process::id() & 0xffff)
}

/// The first record of a session: who works where, with which version.
pub fn started(id: String, info: &ClusterInfo, flags: Flags) -> What {
    What::Started {
        id,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        user: user(),
        context: info.context.clone(),
        server: info.server.clone(),
        practice: info.practice,
        flags,
    }
}

/// Name of the user at this machine.
pub fn user() -> String {
    let by_id = nix::unistd::User::from_uid(nix::unistd::Uid::current()).ok().flatten();
    by_id.map(|u| u.name).or_else(|| std::env::var("USER").ok()).unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Finding, Kind, Severity};

    #[test]
    fn that_a_finding_is_gone_is_recorded_once_it_is_known_and_that_it_is_back() {
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::new(folder.path().to_owned(), None, ClusterInfo::default(), Clock::real());
        let subject = ObjectKey::cluster(Kind::Node, "worker-3");
        let found = Finding::new("node-not-ready", Severity::Critical, &subject, "it is silent");
        let with = |findings: Vec<Finding>, known: bool| {
            let mut world = ClusterSnapshot { findings: findings.into(), ..ClusterSnapshot::default() };
            if known {
                world.sync.iter_mut().for_each(|s| *s = crate::domain::SyncState::Live);
            }
            world
        };
        assert!(recorder.found(&with(Vec::new(), true)).unwrap().is_empty(), "no session has begun");
        let opened = What::Finding {
            detector: "node-not-ready".into(),
            subject: subject.clone(),
            title: "it is silent".into(),
            evidence: Vec::new(),
        };
        recorder.append(opened).unwrap();
        let said = |world: &ClusterSnapshot| -> Vec<bool> {
            let events = recorder.found(world).unwrap();
            events.iter().map(|e| matches!(e.what, What::Found { there: true, .. })).collect()
        };
        assert!(said(&with(vec![found.clone()], true)).is_empty());
        assert!(said(&with(Vec::new(), false)).is_empty(), "what is not known is not gone");
        assert_eq!(said(&with(Vec::new(), true)), [false]);
        assert!(said(&with(Vec::new(), true)).is_empty(), "once");
        let mut cause = Finding::new("warning", Severity::Warning, &ObjectKey::cluster(Kind::Node, "w"), "c");
        cause.explains = vec![subject.clone()];
        assert_eq!(said(&with(vec![cause], true)), [true], "it is folded under another one");
        let path = recorder.path().unwrap();
        drop(recorder);
        let again = followed(Journal::reopen(&path).unwrap().events());
        assert_eq!((again.len(), again[0].there, again[0].recorded), (1, true, 2));
    }
}
