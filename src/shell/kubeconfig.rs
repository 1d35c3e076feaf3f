//! The kubeconfig that scripts are given: one private file for a session, with its context, server and credentials and
//! nothing else. It is written once, and again only when the login had other credentials.
//!
//! Must not let a script begin where the file is gone or is not what was written: kubectl would look elsewhere.

use std::fs::{File, OpenOptions};
use std::io::{Error, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use nix::fcntl::{Flock, FlockArg};
use sha2::{Digest, Sha256};

use crate::lang::t;
use crate::session::private_folder;

/// Bytes of a kubeconfig of one context that are read to compare it.
const LARGEST: u64 = 32 << 20;
/// How the folder of a session begins.
const PREFIX: &str = "session-";
/// The file in it that is locked for as long as the session lasts.
const HELD: &str = "held";

/// The file, once one was written; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Written(Arc<Mutex<Option<Kubeconfig>>>);

#[derive(Debug)]
struct Kubeconfig {
    folder: PathBuf,
    digest: [u8; 32],
    /// Tells other sessions that this one goes on.
    _held: Flock<File>,
}

impl Kubeconfig {
    fn path(&self) -> PathBuf {
        self.folder.join("kubeconfig")
    }

    /// Whether the file is what was written.
    fn stands(&self) -> bool {
        crate::machine::read(&self.path(), LARGEST).is_ok_and(|now| digest(&now) == self.digest)
    }
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

impl Written {
    /// The file with this text, below a folder for all sessions.
    pub(super) fn path(&self, scratch: &Path, text: &str) -> Result<PathBuf, String> {
        let mut written = self.lock();
        if let Some(before) = written.as_ref().filter(|w| !w.stands()) {
            return Err(t!("shell-kubeconfig-changed", path = before.path().display()));
        }
        let fails = |e: Error| t!("shell-kubeconfig-not-written", folder = scratch.display(), error = e);
        let mut now = match written.take() {
            Some(before) => before,
            None => begin(scratch).map_err(fails)?,
        };
        if now.digest != digest(text) {
            put(&now, text).map_err(fails)?;
            now.digest = digest(text);
        }
        let path = now.path();
        *written = Some(now);
        Ok(path)
    }

    /// Takes it away; it is not there when no script ran.
    pub(super) fn take_away(&self) {
        if let Some(written) = self.lock().take() {
            let _ = std::fs::remove_dir_all(&written.folder);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Kubeconfig>> {
        // What a panic leaves behind is a record that is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A folder of this session's own. Its name is random: process ids are not, where a home folder is shared.
fn begin(scratch: &Path) -> Result<Kubeconfig, Error> {
    sweep(scratch);
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(Error::other)?;
    let name = format!("{:016x}", u64::from_be_bytes(bytes));
    // It gets its name when it is held, so that nobody takes it away before.
    let (new, folder) = (scratch.join(format!("new-{name}")), scratch.join(format!("{PREFIX}{name}")));
    private_folder(&new)?;
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(new.join(HELD))?;
    let held = Flock::lock(file, FlockArg::LockExclusiveNonblock).map_err(|(_, e)| Error::from(e))?;
    std::fs::rename(&new, &folder)?;
    Ok(Kubeconfig { folder, digest: [0; 32], _held: held })
}

/// Written beside and renamed: whoever reads it reads a whole one. No tool writes it by accident.
fn put(to: &Kubeconfig, text: &str) -> Result<(), Error> {
    let beside = to.folder.join("kubeconfig.new");
    let _ = std::fs::remove_file(&beside);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o400).open(&beside)?;
    file.write_all(text.as_bytes())?;
    std::fs::rename(&beside, to.path())
}

/// Takes away what sessions left behind that ended without a word: credentials are in it.
fn sweep(scratch: &Path) {
    for entry in std::fs::read_dir(scratch).into_iter().flatten().flatten() {
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        let held = OpenOptions::new().write(true).open(entry.path().join(HELD));
        let free = held.is_ok_and(|file| Flock::lock(file, FlockArg::LockExclusiveNonblock).is_ok());
        if free {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
