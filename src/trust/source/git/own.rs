//! What git is surrounded by while it hands out objects: a folder of its own in the place of the one that is read, and a
//! watch over its time.
//!
//! Must not read a configuration: of the folder only the place of its objects is looked for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::lang::t;
use crate::machine::{fresh_folder, read};

/// Largest of the small files that say where a folder's objects are, in bytes.
const LARGEST: u64 = 4096;

/// A git folder without objects, references, remotes and settings.
pub struct Own(pub PathBuf);

impl Own {
    pub fn new() -> Result<Own, String> {
        let own = Own(fresh_folder("git").map_err(|e| t!("trust-git-own-no-folder", error = e))?);
        let made = fs::write(own.0.join("HEAD"), "ref: refs/heads/none\n")
            .and_then(|()| {
                fs::write(own.0.join("config"), "[core]\nrepositoryformatversion = 0\nbare = true\n")
            })
            .and_then(|()| fs::create_dir(own.0.join("refs")));
        made.map_err(|e| t!("trust-git-own-not-filled", folder = own.0.display(), error = e))?;
        Ok(own)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Where the objects of a git folder are: a working copy, a further one of the same folder, or a bare one.
pub fn objects_of(folder: &Path) -> Result<PathBuf, String> {
    let git = folder.join(".git");
    let git = match fs::symlink_metadata(&git) {
        Ok(meta) if meta.is_dir() => git,
        Ok(_) => {
            let text = read(&git, LARGEST).map_err(|e| format!("{}: {e}", git.display()))?;
            let to = text.trim_end().strip_prefix("gitdir: ").ok_or(t!("trust-git-own-no-link"))?;
            folder.join(to)
        }
        Err(_) => folder.to_owned(),
    };
    // A further working copy shares what the first one has.
    let common = match read(&git.join("commondir"), LARGEST) {
        Ok(to) => git.join(to.trim_end()),
        Err(_) => git,
    };
    let objects = common.join("objects");
    let there = objects.is_dir() && objects.is_absolute();
    there.then_some(objects).ok_or_else(|| t!("trust-git-own-no-objects").to_owned())
}

/// Ends a process when its time is over.
pub struct Watch {
    over: Arc<AtomicBool>,
    ended: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    pub fn of(child: &Child, patience: Duration) -> Watch {
        let over = Arc::new(AtomicBool::new(false));
        let (ended, wait) = sync_channel(1);
        let (flag, pid) = (Arc::clone(&over), i32::try_from(child.id()).map(Pid::from_raw));
        let thread = std::thread::spawn(move || {
            if let (Err(RecvTimeoutError::Timeout), Ok(pid)) = (wait.recv_timeout(patience), pid) {
                flag.store(true, Ordering::Relaxed);
                // Nobody has waited for it yet, so that the number is still its own.
                let _ = kill(pid, Signal::SIGKILL);
            }
        });
        Watch { over, ended: Some(ended), thread: Some(thread) }
    }

    /// Whether its time was over.
    pub fn over(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.over)
    }

    /// Watches no longer; afterwards the process may be waited for.
    pub fn end(&mut self) {
        drop(self.ended.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.end();
    }
}
