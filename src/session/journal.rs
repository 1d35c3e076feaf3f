//! The journal: one file, JSON lines, each with the hash of the line before, synced to the disk before
//! anything else happens. Only its owner may read it.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::domain::Timestamp;
use crate::lang::t;
use crate::machine::{FileFault, open};
use crate::record::{Event, What};

/// A larger journal, in bytes, is not read.
const LARGEST: u64 = 1 << 30;

/// Why a journal could not be written or read.
#[derive(Debug, Error)]
pub enum JournalError {
    #[error("{}", t!("session-journal-io", path = path.display(), tried = tried, cause = cause))]
    Io { path: PathBuf, tried: &'static str, cause: std::io::Error },
    #[error("{}", t!("session-journal-altered", path = path.display(), line = line))]
    Altered { path: PathBuf, line: usize },
    #[error("{}", t!("session-journal-no-file", path = path.display(), cause = cause))]
    NoFile { path: PathBuf, cause: FileFault },
    #[error("{}", t!("session-journal-broken", path = path.display(), line = line, cause = cause))]
    Broken { path: PathBuf, line: usize, cause: String },
    #[error("{}", t!("session-journal-busy", path = _0.display()))]
    Busy(PathBuf),
}

/// An open journal.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: nix::fcntl::Flock<File>,
    seq: u64,
    prev: String,
    events: Vec<Event>,
}

/// What a check of the chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// So many records, an unbroken chain, the last of which may be that of its end.
    Whole { records: usize, ended: bool },
    /// The record with this line number does not follow from the one before.
    Altered { line: usize },
    /// Something else of a hand-over file is not what its hash says.
    Content,
    /// The last line is cut, as after a crash; all before it is whole.
    Cut { whole: usize },
}

/// Hash of a line, byte for byte as it stands in the file, in hexadecimal digits.
pub(super) fn hash(line: impl AsRef<[u8]>) -> String {
    crate::record::hex(&Sha256::digest(line))
}

impl Journal {
    /// Creates a journal; the folder is made if need be.
    pub fn create(path: &Path) -> Result<Journal, JournalError> {
        if let Some(folder) = path.parent() {
            super::private_folder(folder).map_err(|cause| io(path, "created", cause))?;
        }
        let file = OpenOptions::new().create_new(true).append(true).read(true).mode(0o600).open(path);
        let file = lock(path, file.map_err(|cause| io(path, "created", cause))?)?;
        Ok(Journal { path: path.to_owned(), file, seq: 0, prev: String::new(), events: Vec::new() })
    }

    /// Opens a journal to go on with it, unless a record of it was altered: what it says was done would not be what was.
    /// A last line that was cut by a crash is taken off; nothing was done after it, since every record is synced before
    /// its deed.
    pub fn reopen(path: &Path) -> Result<Journal, JournalError> {
        // Judged before it is opened to be written to, which a pipe would wait with.
        readable(path)?;
        let file = OpenOptions::new().append(true).read(true).open(path);
        let mut file = lock(path, file.map_err(|cause| io(path, "opened", cause))?)?;
        let Scan { events, whole, prev, altered } = scan(path, &file)?;
        if let Some(line) = altered {
            return Err(JournalError::Altered { path: path.to_owned(), line });
        }
        file.set_len(whole).map_err(|cause| io(path, "mended", cause))?;
        file.seek(SeekFrom::End(0)).map_err(|cause| io(path, "opened", cause))?;
        Ok(Journal { path: path.to_owned(), file, seq: events.len() as u64, prev, events })
    }

    /// Appends a record and waits until the disk has it.
    pub fn append(&mut self, at: Timestamp, what: What) -> Result<&Event, JournalError> {
        let event = Event { seq: self.seq, at, prev: self.prev.clone(), what };
        let mut line = serde_json::to_string(&event).expect("a record is made of plain values");
        let next = hash(&line);
        line.push('\n');
        let whole = self.file.metadata().map_err(|cause| io(&self.path, "read", cause))?.len();
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        if let Err(cause) = written {
            // Half a line must not be glued to the next record.
            let _ = self.file.set_len(whole);
            return Err(io(&self.path, "written", cause));
        }
        self.prev = next;
        self.seq += 1;
        self.events.push(event);
        Ok(self.events.last().expect("one was pushed"))
    }

    /// All records so far.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn io(path: &Path, tried: &'static str, cause: std::io::Error) -> JournalError {
    JournalError::Io { path: path.to_owned(), tried, cause }
}

/// Two writers would break the chain.
fn lock(path: &Path, file: File) -> Result<nix::fcntl::Flock<File>, JournalError> {
    nix::fcntl::Flock::lock(file, nix::fcntl::FlockArg::LockExclusiveNonblock)
        .map_err(|_| JournalError::Busy(path.to_owned()))
}

/// A journal that is opened to be read only.
fn readable(path: &Path) -> Result<File, JournalError> {
    let no_file = |cause| JournalError::NoFile { path: path.to_owned(), cause };
    let file = open(path).map_err(no_file)?;
    let size = file.metadata().map_err(|cause| io(path, "read", cause))?.len();
    if size > LARGEST { Err(no_file(FileFault::TooLarge(LARGEST))) } else { Ok(file) }
}

/// Every whole record of a journal.
#[derive(Default)]
struct Scan {
    events: Vec<Event>,
    /// Where the last one ends.
    whole: u64,
    /// Its hash.
    prev: String,
    /// The first line that does not follow from the one before.
    altered: Option<usize>,
}

fn scan(path: &Path, file: &File) -> Result<Scan, JournalError> {
    let mut reader = BufReader::new(file);
    let mut scan = Scan::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line).map_err(|cause| io(path, "read", cause))?;
        // Only a last line without its end was cut by a crash; anything else that cannot be read is said.
        if line.pop() != Some(b'\n') {
            break;
        }
        // opsbook writes UTF-8 alone. What is none is shown as far as it can be read, and was altered.
        let text = String::from_utf8_lossy(&line);
        let event: Event = serde_json::from_str(&text).map_err(|e| JournalError::Broken {
            path: path.to_owned(),
            line: scan.events.len() + 1,
            cause: e.to_string(),
        })?;
        let follows = event.seq == scan.events.len() as u64 && event.prev == scan.prev;
        if !follows || std::str::from_utf8(&line).is_err() {
            scan.altered.get_or_insert(scan.events.len() + 1);
        }
        scan.events.push(event);
        scan.whole += read as u64;
        scan.prev = hash(&line);
    }
    Ok(scan)
}

/// Reads the records of a journal without locking it, for people who look: also those of one that was altered. What goes
/// on with them or hands them on reads by [`read_whole`].
pub fn read(path: &Path) -> Result<Vec<Event>, JournalError> {
    Ok(looked(path)?.0)
}

/// Whether an opsbook has a journal open now. What cannot be found out is taken for open: it must not be called interrupted.
pub(super) fn in_use(path: &Path) -> bool {
    let Ok(file) = crate::machine::open(path) else { return true };
    // Given back at once with the file.
    nix::fcntl::Flock::lock(file, nix::fcntl::FlockArg::LockSharedNonblock).is_err()
}

/// The records of a journal, and the first line that was altered, where one was: for people who look.
pub(super) fn looked(path: &Path) -> Result<(Vec<Event>, Option<usize>), JournalError> {
    let scan = scan(path, &readable(path)?)?;
    Ok((scan.events, scan.altered))
}

/// Reads the records of a journal of which none was altered.
pub fn read_whole(path: &Path) -> Result<Vec<Event>, JournalError> {
    match looked(path)? {
        (_, Some(line)) => Err(JournalError::Altered { path: path.to_owned(), line }),
        (events, None) => Ok(events),
    }
}

/// The hash of a line and its record, when that has this number and follows from the one with that hash.
pub(super) fn follows(line: &[u8], number: usize, prev: &str) -> Option<(String, Event)> {
    let event: Event = serde_json::from_str(std::str::from_utf8(line).ok()?).ok()?;
    (event.seq == number as u64 && event.prev == prev).then(|| (hash(line), event))
}

/// Checks that every record follows from the one before.
pub fn verify(path: &Path) -> Result<Verified, JournalError> {
    let (mut prev, mut ended) = (String::new(), false);
    let mut reader = BufReader::new(readable(path)?);
    for line in 0.. {
        let mut bytes = Vec::new();
        if reader.read_until(b'\n', &mut bytes).map_err(|cause| io(path, "read", cause))? == 0 {
            return Ok(Verified::Whole { records: line, ended });
        }
        if bytes.pop() != Some(b'\n') {
            return Ok(Verified::Cut { whole: line });
        }
        match follows(&bytes, line, &prev) {
            Some((next, event)) => {
                prev = next;
                ended = matches!(event.what, What::Ended { .. });
            }
            None => return Ok(Verified::Altered { line: line + 1 }),
        }
    }
    unreachable!("an open range does not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: &str) -> What {
        What::Note { text: text.to_owned(), about: None }
    }

    fn made(folder: &tempfile::TempDir) -> PathBuf {
        let path = folder.path().join("s").join("a.jsonl");
        let mut journal = Journal::create(&path).unwrap();
        for text in ["one", "two", "three"] {
            journal.append(Timestamp::UNIX_EPOCH, note(text)).unwrap();
        }
        path
    }

    #[test]
    fn records_are_chained_private_and_read_back() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = made(&folder);
        assert_eq!(verify(&path).unwrap(), Verified::Whole { records: 3, ended: false });
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(read(&path).unwrap()[2].what, note("three"));
    }

    #[test]
    fn an_altered_line_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(&folder);
        let text = std::fs::read_to_string(&path).unwrap().replace("two", "2");
        std::fs::write(&path, text).unwrap();
        assert_eq!(verify(&path).unwrap(), Verified::Altered { line: 3 });
    }

    #[test]
    fn no_byte_of_a_journal_can_be_altered_into_one_that_reads_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let mut journal = Journal::create(&path).unwrap();
        for text in ["one \u{fffd}", "two"] {
            journal.append(Timestamp::UNIX_EPOCH, note(text)).unwrap();
        }
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        let at = whole.windows(3).position(|w| w == "\u{fffd}".as_bytes()).unwrap();
        for invalid in [&b"\xff"[..], b"\xed\xa0\x80", b"\xc3"] {
            let altered = [&whole[..at], invalid, &whole[at + 3..]].concat();
            let first = altered.iter().position(|b| *b == b'\n').unwrap() + 1;
            for (altered, of) in [(&altered[..], "a line within"), (&altered[..first], "the last line")] {
                std::fs::write(&path, altered).unwrap();
                assert_eq!(verify(&path).unwrap(), Verified::Altered { line: 1 }, "{of}");
                assert!(matches!(read_whole(&path), Err(JournalError::Altered { line: 1, .. })), "{of}");
                assert!(matches!(Journal::reopen(&path), Err(JournalError::Altered { line: 1, .. })), "{of}");
                assert!(!read(&path).unwrap().is_empty(), "people can still read it");
            }
        }
    }

    #[test]
    fn nothing_goes_on_with_an_altered_journal_and_people_can_still_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(&folder);
        let whole = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = whole.lines().collect();
        let without = |at: usize| {
            let left: Vec<&str> =
                lines.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, l)| *l).collect();
            format!("{}\n", left.join("\n"))
        };
        let swapped = format!("{}\n{}\n{}\n", lines[0], lines[2], lines[1]);
        for altered in [whole.replace("two", "2"), without(0), without(1), swapped] {
            std::fs::write(&path, &altered).unwrap();
            let said = Journal::reopen(&path).unwrap_err();
            assert!(matches!(said, JournalError::Altered { .. }), "{said}");
            assert!(said.to_string().contains("does not follow from the line before"), "{said}");
            assert!(matches!(read_whole(&path), Err(JournalError::Altered { .. })));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), altered, "nothing was mended");
            assert!(!read(&path).unwrap().is_empty());
        }
        std::fs::write(&path, &whole).unwrap();
        assert_eq!(read_whole(&path).unwrap().len(), 3);
    }

    #[test]
    fn a_journal_says_whether_it_has_a_record_of_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(&folder);
        let mut journal = Journal::reopen(&path).unwrap();
        let ended = crate::record::What::Ended { words: "left".to_owned() };
        journal.append(Timestamp::UNIX_EPOCH, ended).unwrap();
        drop(journal);
        assert_eq!(verify(&path).unwrap(), Verified::Whole { records: 4, ended: true });
        // Without its tail the chain is unbroken all the same.
        let text = std::fs::read_to_string(&path).unwrap();
        let cut: String = text.split_inclusive('\n').take(2).collect();
        std::fs::write(&path, cut).unwrap();
        assert_eq!(verify(&path).unwrap(), Verified::Whole { records: 2, ended: false });
    }

    #[test]
    fn a_pipe_in_the_place_of_a_journal_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        nix::unistd::mkfifo(&path, nix::sys::stat::Mode::S_IRWXU).unwrap();
        for said in [Journal::reopen(&path).err(), read(&path).err(), verify(&path).err()] {
            assert!(matches!(said, Some(JournalError::NoFile { .. })), "{said:?}");
        }
    }

    #[test]
    fn a_cut_last_line_is_mended_and_the_chain_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(&folder);
        let whole = std::fs::read(&path).unwrap();
        for cut in 1..40 {
            std::fs::write(&path, &whole[..whole.len() - cut]).unwrap();
            assert_eq!(verify(&path).unwrap(), Verified::Cut { whole: 2 });
            let mut journal = Journal::reopen(&path).unwrap();
            assert_eq!(journal.events().len(), 2);
            journal.append(Timestamp::UNIX_EPOCH, note("again")).unwrap();
            drop(journal);
            assert_eq!(verify(&path).unwrap(), Verified::Whole { records: 3, ended: false });
        }
    }

    #[test]
    fn a_second_writer_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(&folder);
        let _first = Journal::reopen(&path).unwrap();
        assert!(matches!(Journal::reopen(&path), Err(JournalError::Busy(_))));
    }
}
