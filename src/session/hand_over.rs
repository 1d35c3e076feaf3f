//! A session in one file, for a colleague: its journal, the texts of its runbooks, and the hash of both. The first line
//! says what the file is and what its content must hash to; the second is the content.
//!
//! It must not decide whether a session can go on somewhere: that is who opens it. To put something more into it, add a
//! field to [`HandOver`] with a default, so that older files are still read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::journal::{follows, hash};
use super::{Journal, JournalError, Verified};
use crate::domain::Timestamp;
use crate::lang::t;
use crate::machine::{FileFault, open, read};
use crate::record::{Event, SessionState, What, cleaned, seen};
use crate::redact::Secrets;

/// What the first line says.
const FORMAT: &str = "opsbook-hand-over/1";
/// A larger file, in bytes, is not read.
const LARGEST: u64 = 256 << 20;

/// Why a file cannot be taken over.
#[derive(Debug, Error)]
pub enum HandOverError {
    #[error("{}", t!("session-hand-over-unread", path = path.display(), cause = cause))]
    File { path: PathBuf, cause: FileFault },
    #[error("{}", t!("session-hand-over-other-form", path = path.display(), why = why))]
    Other { path: PathBuf, why: String },
    #[error("{}", t!("session-hand-over-altered", path = path.display(), what = what))]
    Altered { path: PathBuf, what: String },
}

#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    sha256: String,
}

/// What is handed over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandOver {
    /// opsbook's version that wrote it, and when.
    pub version: String,
    pub at: Timestamp,
    /// What looked like a secret and was cut, with counts.
    pub cut: String,
    /// The lines of the journal, chained as in its file.
    pub journal: Vec<String>,
    /// The texts of the runbooks that were opened, by their ids.
    pub runbooks: BTreeMap<String, String>,
}

impl HandOver {
    /// Puts a session together. Where something is cut, the chain is made anew over what is left.
    pub fn of(
        events: &[Event],
        secrets: &Secrets,
        runbooks: BTreeMap<String, String>,
        at: Timestamp,
    ) -> HandOver {
        let (events, cuts) = cleaned(events, secrets);
        let mut prev = String::new();
        let mut journal = Vec::new();
        for (seq, event) in (0..).zip(events) {
            let event = Event { seq, prev, ..event };
            let line = serde_json::to_string(&event).expect("a record is made of plain values");
            prev = hash(&line);
            journal.push(line);
        }
        let version = env!("CARGO_PKG_VERSION").to_owned();
        HandOver { version, at, cut: cuts.words(), journal, runbooks }
    }

    /// The file.
    pub fn render(&self) -> String {
        let content = serde_json::to_string(self).expect("a hand-over is made of plain values");
        let head = Head { format: FORMAT.to_owned(), sha256: hash(&content) };
        let head = serde_json::to_string(&head).expect("a head is made of plain values");
        format!("{head}\n{content}\n")
    }

    /// Reads a file and proves it: returns its content and the hash of that.
    pub fn open(path: &Path) -> Result<(HandOver, String), HandOverError> {
        let (content, head) = parts(path)?;
        let altered = |what: String| HandOverError::Altered { path: path.to_owned(), what };
        if hash(&content) != head.sha256 {
            return Err(altered(t!("session-hand-over-wrong-hash").to_owned()));
        }
        let read: HandOver = serde_json::from_str(&content).map_err(|e| other(path, &e.to_string()))?;
        match chained(&read.journal) {
            Verified::Whole { records: 0, .. } => Err(other(path, t!("session-hand-over-empty"))),
            Verified::Whole { .. } => Ok((read, head.sha256)),
            _ => Err(altered(t!("session-hand-over-no-chain").to_owned())),
        }
    }

    /// The records of the session, without what steers a screen: somebody else wrote them.
    pub fn events(&self) -> Vec<Event> {
        // They were proved to be records when the file was opened.
        self.journal.iter().filter_map(|line| serde_json::from_str(line).ok()).map(seen).collect()
    }

    /// Goes on with it in a new journal of one's own: who begins it, whose session it was, and all of its records.
    pub fn take_over(
        &self,
        path: &Path,
        started: What,
        sha256: &str,
        at: Timestamp,
    ) -> Result<Journal, JournalError> {
        let events = self.events();
        let state = SessionState::fold(&events);
        let mut journal = Journal::create(path)?;
        journal.append(at, started)?;
        let contexts = state.contexts.into_iter().collect();
        let (session, user, version) = (state.id, state.user, state.version);
        let (sha256, records) = (sha256.to_owned(), events.len());
        journal.append(at, What::TakenOver { session, user, version, sha256, records, contexts })?;
        for event in events.into_iter().skip(1) {
            journal.append(event.at, moved(event.what))?;
        }
        Ok(journal)
    }
}

/// The records stand one place later than they did; what names one by its number follows.
fn moved(what: What) -> What {
    let later = |record: u64| if record == 0 { 0 } else { record + 1 };
    match what {
        What::Pinned { record, on } => What::Pinned { record: later(record), on },
        What::Note { text, about } => What::Note { text, about: about.map(later) },
        other => other,
    }
}

fn other(path: &Path, why: &str) -> HandOverError {
    HandOverError::Other { path: path.to_owned(), why: why.to_owned() }
}

/// Whether a file says that it is one.
pub fn is_hand_over(path: &Path) -> bool {
    use std::io::Read;
    let mut start = Vec::new();
    let read = open(path).map(|file| file.take(64).read_to_end(&mut start));
    matches!(read, Ok(Ok(_)))
        && String::from_utf8_lossy(&start).starts_with("{\"format\":\"opsbook-hand-over/")
}

/// The content and what the first line says of it.
fn parts(path: &Path) -> Result<(String, Head), HandOverError> {
    let text = read(path, LARGEST).map_err(|cause| HandOverError::File { path: path.to_owned(), cause })?;
    let mut lines = text.lines();
    let (Some(head), Some(content)) = (lines.next(), lines.next()) else {
        return Err(other(path, t!("session-hand-over-one-line")));
    };
    let head: Head = serde_json::from_str(head).map_err(|e| other(path, &e.to_string()))?;
    if head.format != FORMAT {
        return Err(other(path, &t!("session-hand-over-is", format = format!("{:?}", head.format))));
    }
    if lines.next().is_some() {
        return Err(HandOverError::Altered {
            path: path.to_owned(),
            what: t!("session-hand-over-third-line").to_owned(),
        });
    }
    Ok((content.to_owned(), head))
}

fn chained(lines: &[String]) -> Verified {
    let (mut prev, mut ended) = (String::new(), false);
    for (i, line) in lines.iter().enumerate() {
        match follows(line.as_bytes(), i, &prev) {
            Some((next, event)) => {
                prev = next;
                ended = matches!(event.what, What::Ended { .. });
            }
            None => return Verified::Altered { line: i + 1 },
        }
    }
    Verified::Whole { records: lines.len(), ended }
}

/// Checks a hand-over file: first which line of its journal does not follow, then the rest of its content.
pub fn verify_hand_over(path: &Path) -> Result<Verified, HandOverError> {
    let (content, head) = parts(path)?;
    let whole = hash(&content) == head.sha256;
    let journal = serde_json::from_str::<HandOver>(&content).map(|read| chained(&read.journal));
    Ok(match journal {
        Ok(altered @ Verified::Altered { .. }) => altered,
        Ok(found) if whole => found,
        _ => Verified::Content,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events() -> Vec<Event> {
        let started = r#"{"seq":0,"at":"2026-03-01T03:14:00Z","prev":"","what":"started","id":"s","version":"0.1.0",
            "user":"op","context":"prod","server":"https://10.0.0.10:6443"}"#;
        let first: Event = serde_json::from_str(started).unwrap();
        let what = [
            What::Note { text: "password=hunter2".into(), about: None },
            What::Pinned { record: 1, on: true },
            What::Note { text: "that one".into(), about: Some(1) },
        ];
        let rest = (1..).zip(what).map(|(seq, what)| Event { seq, what, ..first.clone() });
        std::iter::once(first.clone()).chain(rest).collect()
    }

    fn file(folder: &tempfile::TempDir) -> PathBuf {
        let books = [("a/b".to_owned(), "# B\n".to_owned())].into();
        let made = HandOver::of(&events(), &Secrets::default(), books, Timestamp::UNIX_EPOCH);
        let path = folder.path().join("x.opsbook");
        std::fs::write(&path, made.render()).unwrap();
        path
    }

    #[test]
    fn what_is_handed_over_is_proved_clean_and_goes_on_in_a_new_journal() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(&folder);
        assert!(is_hand_over(&path));
        assert_eq!(verify_hand_over(&path).unwrap(), Verified::Whole { records: 4, ended: false });
        let (read, sha256) = HandOver::open(&path).unwrap();
        assert_eq!((read.cut.as_str(), read.runbooks["a/b"].as_str()), ("1 password", "# B\n"));
        let mine = folder.path().join("mine.jsonl");
        let What::Started { context, server, flags, .. } = events()[0].what.clone() else { panic!() };
        let started = What::Started {
            id: "mine".into(),
            version: "1".into(),
            user: "me".into(),
            context,
            server,
            practice: false,
            flags,
        };
        let journal = read.take_over(&mine, started, &sha256, Timestamp::UNIX_EPOCH).unwrap();
        let state = SessionState::fold(journal.events());
        assert_eq!((state.id.as_str(), state.user.as_str()), ("mine", "me"));
        assert!(matches!(&journal.events()[1].what,
            What::TakenOver { session, user, records: 4, .. } if session == "s" && user == "op"));
        // The marks are on the same record, which stands one place later.
        let note = |at: usize| &journal.events()[at].what;
        assert_eq!(*note(2), What::Note { text: "password=***".into(), about: None });
        assert_eq!(state.pins, [2].into());
        assert_eq!(*note(4), What::Note { text: "that one".into(), about: Some(2) });
        drop(journal);
        assert_eq!(super::super::verify(&mine).unwrap(), Verified::Whole { records: 5, ended: false });
    }

    #[test]
    fn what_was_altered_is_named_and_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(&folder);
        let whole = std::fs::read_to_string(&path).unwrap();
        let change = |from: &str, to: &str| {
            assert!(whole.contains(from));
            std::fs::write(&path, whole.replacen(from, to, 1)).unwrap();
            assert!(matches!(HandOver::open(&path), Err(HandOverError::Altered { .. })), "{from}");
            verify_hand_over(&path).unwrap()
        };
        assert_eq!(change("password=***", "nothing"), Verified::Altered { line: 3 });
        assert_eq!(change("# B", "# C"), Verified::Content);
        assert_eq!(change("that one", "this one"), Verified::Content, "the last line has none after it");
        std::fs::write(&path, format!("{whole}more\n")).unwrap();
        assert!(HandOver::open(&path).is_err());
        std::fs::write(&path, "{}").unwrap();
        assert!(!is_hand_over(&path) && HandOver::open(&path).is_err());
    }
}
