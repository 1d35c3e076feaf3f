//! The folder of all sessions.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::JournalError;
use super::journal::{in_use, looked};
use crate::domain::Timestamp;
use crate::lang::{self, t};
use crate::record::SessionState;

/// One session in the list.
#[derive(Clone, Debug)]
pub struct Summary {
    pub id: String,
    pub path: PathBuf,
    pub started: Option<Timestamp>,
    pub context: String,
    pub runbook: Option<String>,
    /// On the practice cluster.
    pub practice: bool,
    /// `ended`, `running` (an opsbook has it open), `interrupted` (it has no end, and none has it open), `unknown: verify first`,
    /// `altered` (what it says is not what was written), or `broken`.
    pub state: String,
    /// Why it cannot be read.
    pub broken: Option<String>,
}

/// The number of the next file that is written beside another one.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// Writes a file that only its owner can read. One that is there is replaced by a new one, which whoever has the old one open
/// does not see, and which is whole or not there; a link is replaced and not followed. What is no file (a pipe, a device)
/// is written to, and so is what the names below `/dev` and `/proc` stand for.
pub fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let stands_for = |folder: PathBuf| folder.starts_with("/dev") || folder.starts_with("/proc");
    let there = std::fs::metadata(path).is_ok_and(|meta| !meta.is_file());
    if there || folder.canonicalize().is_ok_and(stands_for) {
        return std::fs::OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes());
    }
    // No other thread or process takes the same name; what is left over of one that ended has another one.
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let moment = std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_nanos());
    let beside = folder.join(format!(".opsbook-{}-{number}-{moment:x}.new", std::process::id()));
    let done = write_new(&beside, text).and_then(|()| std::fs::rename(&beside, path));
    if done.is_err() {
        // It may not have been made at all.
        let _ = std::fs::remove_file(&beside);
    }
    done
}

/// A file that was not there before, neither as a link.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Makes a folder that only its owner can look into, with what is above it. One that is there and open to others is closed.
pub fn private_folder(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    close(path)
}

/// Closes a folder of ours to others, where there is one: an earlier version, or somebody's umask, may have left it open.
pub fn close(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => meta.permissions().mode(),
        Ok(_) => return Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(e),
    };
    if mode.trailing_zeros() >= 6 {
        return Ok(());
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode & 0o7700))
}

/// Opens a file that is appended to and that only its owner can read. One that is there and open to others is closed.
pub fn append_private(path: &Path) -> std::io::Result<std::fs::File> {
    use std::os::unix::fs::PermissionsExt;
    let file = std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    Ok(file)
}

/// The sessions' folder under the state folder.
pub fn folder(state: &Path) -> PathBuf {
    state.join("sessions")
}

/// All sessions, the latest first. One that cannot be read is listed with the reason.
pub fn list(folder: &Path) -> Result<Vec<Summary>, JournalError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(JournalError::Io { path: folder.to_owned(), tried: "read", cause }),
    };
    let mut out: Vec<Summary> = entries
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|x| x == "jsonl"))
        .map(|path| summary(&path))
        .collect();
    out.sort_by(|a, b| b.id.cmp(&a.id));
    Ok(out)
}

fn summary(path: &Path) -> Summary {
    let id = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let (state, altered, broken) = match looked(path) {
        Ok((events, altered)) => (SessionState::fold(&events), altered.is_some(), None),
        Err(e) => (SessionState::default(), false, Some(e.to_string())),
    };
    let word = if broken.is_some() {
        t!("session-broken")
    } else if altered {
        t!("session-altered")
    } else if state.unknown().next().is_some() {
        t!("session-unknown")
    } else if state.ended.is_some() {
        t!("session-ended")
    } else if in_use(path) {
        t!("session-running")
    } else {
        t!("session-interrupted")
    };
    Summary {
        id,
        path: path.to_owned(),
        started: state.started,
        context: state.context,
        runbook: state.runbook,
        practice: state.practice,
        state: word.to_owned(),
        broken,
    }
}

/// The session with this id, or with an id that begins so when there is only one. `last` is the latest.
pub fn find(folder: &Path, wanted: &str) -> Result<PathBuf, String> {
    let all = list(folder).map_err(|e| e.to_string())?;
    if wanted == "last" {
        return all
            .first()
            .map(|s| s.path.clone())
            .ok_or_else(|| t!("session-store-none", folder = folder.display()));
    }
    let found: Vec<_> = all.iter().filter(|s| s.id.starts_with(wanted)).collect();
    match found.as_slice() {
        [one] => Ok(one.path.clone()),
        [] => Err(t!("session-store-no-such", wanted = format!("{wanted:?}"), folder = folder.display())),
        many => {
            let ids: Vec<_> = many.iter().map(|s| s.id.as_str()).collect();
            Err(t!("session-store-several", wanted = format!("{wanted:?}"), ids = lang::list(ids)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn folders_and_files_of_ours_are_closed_to_others_also_where_they_were_open() {
        let folder = tempfile::tempdir().unwrap();
        let (made, was) = (folder.path().join("a/b"), folder.path().join("was"));
        private_folder(&made).unwrap();
        assert_eq!((mode(&made), mode(&folder.path().join("a"))), (0o700, 0o700));
        std::fs::create_dir(&was).unwrap();
        std::fs::set_permissions(&was, std::fs::Permissions::from_mode(0o755)).unwrap();
        private_folder(&was).unwrap();
        assert_eq!(mode(&was), 0o700);
        close(&folder.path().join("is-not-there")).unwrap();
        let log = folder.path().join("log");
        std::fs::write(&log, "before\n").unwrap();
        std::fs::set_permissions(&log, std::fs::Permissions::from_mode(0o644)).unwrap();
        std::io::Write::write_all(&mut append_private(&log).unwrap(), b"after\n").unwrap();
        assert_eq!((mode(&log), std::fs::read_to_string(&log).unwrap().as_str()), (0o600, "before\nafter\n"));
    }

    #[test]
    fn a_session_without_an_end_runs_or_was_interrupted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("20260101-000000-1.jsonl");
        std::fs::write(&path, "").unwrap();
        let state = || list(folder.path()).unwrap()[0].state.clone();
        assert_eq!(state(), "interrupted");
        let held = std::fs::File::open(&path).unwrap();
        let held = nix::fcntl::Flock::lock(held, nix::fcntl::FlockArg::LockExclusiveNonblock).unwrap();
        assert_eq!(state(), "running");
        drop(held);
        assert_eq!(state(), "interrupted");
    }

    #[test]
    fn a_private_file_is_a_new_one_that_nobody_has_open_and_no_link_leads_elsewhere() {
        use std::io::{Read, Seek};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("export"), "before").unwrap();
        std::fs::set_permissions(at("export"), std::fs::Permissions::from_mode(0o666)).unwrap();
        let mut open = std::fs::File::open(at("export")).unwrap();
        write_private(&at("export"), "secret").unwrap();
        let mut seen = String::new();
        open.rewind().unwrap();
        open.read_to_string(&mut seen).unwrap();
        assert_eq!(seen, "before", "whoever had the old one open reads the old one");
        assert_eq!(
            (std::fs::read_to_string(at("export")).unwrap().as_str(), mode(&at("export"))),
            ("secret", 0o600)
        );
        std::fs::write(at("elsewhere"), "kept").unwrap();
        std::os::unix::fs::symlink(at("elsewhere"), at("link")).unwrap();
        std::os::unix::fs::symlink(at("nowhere"), at("dangling")).unwrap();
        for link in ["link", "dangling"] {
            write_private(&at(link), "secret").unwrap();
            assert!(std::fs::symlink_metadata(at(link)).unwrap().is_file(), "{link}");
        }
        assert_eq!(std::fs::read_to_string(at("elsewhere")).unwrap(), "kept");
        assert!(!at("nowhere").exists());
        assert!(write_private(&at(""), "x").is_err() && write_private(&at("no/folder"), "x").is_err());
        let mut left: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["dangling", "elsewhere", "export", "link"], "nothing is left beside");
    }

    #[test]
    fn what_is_no_file_is_written_to_and_not_replaced() {
        use std::os::fd::AsRawFd;
        write_private(Path::new("/dev/null"), "text").unwrap();
        assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
        // As `-o /dev/stdout` is, with the output in a file.
        let mut file = tempfile::tempfile().unwrap();
        let name = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
        write_private(&name, "text").unwrap();
        let mut seen = String::new();
        std::io::Read::read_to_string(&mut file, &mut seen).unwrap();
        assert_eq!(seen, "text");
    }
}
