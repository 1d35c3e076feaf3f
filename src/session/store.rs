//! The folder of all sessions.

use std::path::{Path, PathBuf};

use super::{JournalError, read};
use crate::domain::Timestamp;
use crate::record::SessionState;

/// One session in the list.
#[derive(Clone, Debug)]
pub struct Summary {
    pub id: String,
    pub path: PathBuf,
    pub started: Option<Timestamp>,
    pub context: String,
    pub runbook: Option<String>,
    /// `ended`, `open`, or `unknown: verify first`.
    pub state: String,
    /// Why it cannot be read.
    pub broken: Option<String>,
}

/// Writes a file that only its owner can read. One that is there is replaced.
pub fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let mut file =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
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
    let (state, broken) = match read(path) {
        Ok(events) => (SessionState::fold(&events), None),
        Err(e) => (SessionState::default(), Some(e.to_string())),
    };
    let word = if broken.is_some() {
        "broken"
    } else if state.unknown().next().is_some() {
        "unknown: verify first"
    } else if state.ended.is_some() {
        "ended"
    } else {
        "open"
    };
    Summary {
        id,
        path: path.to_owned(),
        started: state.started,
        context: state.context,
        runbook: state.runbook,
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
            .ok_or_else(|| format!("there are no sessions in {}", folder.display()));
    }
    let found: Vec<_> = all.iter().filter(|s| s.id.starts_with(wanted)).collect();
    match found.as_slice() {
        [one] => Ok(one.path.clone()),
        [] => {
            Err(format!("no session {wanted:?} in {}; `opsbook sessions list` names them", folder.display()))
        }
        many => {
            let ids: Vec<_> = many.iter().map(|s| s.id.as_str()).collect();
            Err(format!("{wanted:?} begins the ids of several sessions: {}", ids.join(", ")))
        }
    }
}
