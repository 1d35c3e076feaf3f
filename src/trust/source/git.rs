//! Objects of a git folder, each with the hash that names it checked. `git cat-file --batch` hands them out; trees are
//! walked here.
//!
//! Must not start any other command of git, must not let it read a configuration that it did not write itself, and must
//! not follow links.

mod own;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::Ordering;
use std::time::Duration;

use sha1::{Digest, Sha1};

use self::own::{Own, Watch, objects_of};
use crate::corpus::is_runbook;
use crate::lang::t;
use crate::machine::{absolute_path, program};
use crate::record::hex;

/// Largest object, in bytes.
const LARGEST: usize = 1 << 20;
/// Runbooks of one source.
const MOST: usize = 5000;
/// Objects of one source: runbooks, other rows that are read, folders.
const MOST_OBJECTS: usize = 20_000;
/// Bytes of all of them.
const MOST_BYTES: usize = 64 << 20;
/// Deepest folder that is read.
const DEEPEST: usize = 8;

/// A git folder that is asked for objects.
pub struct Objects {
    child: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
    /// How many more may be asked for, and how many bytes they may have together.
    left: (usize, usize),
    /// Ends git when its time is over, so that nobody waits for a folder that never answers.
    watch: Watch,
    /// Git's own folder for this run, which holds no configuration but what is written here.
    _own: Own,
}

impl Drop for Objects {
    fn drop(&mut self) {
        // First, so that it does not speak to a process that is not git any more.
        self.watch.end();
        // It waits for the next question and keeps nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Objects {
    /// Starts to ask. Git is given a folder of its own and the objects of the other one: no configuration of that one is
    /// read, so nothing that it names (hook, filter, remote, include) can be started or waited for. All questions together
    /// may take so long.
    pub fn open(folder: &Path, patience: Duration) -> Result<Objects, String> {
        let objects = objects_of(folder)?;
        let own = Own::new()?;
        let mut command = Command::new(program("git")?);
        command
            .args(["--no-replace-objects", "--no-optional-locks", "cat-file", "--batch"])
            .current_dir("/")
            .env_clear()
            .env("PATH", absolute_path())
            .env("GIT_DIR", &own.0)
            .env("GIT_OBJECT_DIRECTORY", objects)
            .envs([("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null")])
            // What an object database can still ask for is forbidden twice: to fetch at all, and by every protocol.
            .envs([("GIT_NO_LAZY_FETCH", "1"), ("GIT_ALLOW_PROTOCOL", ""), ("GIT_TERMINAL_PROMPT", "0")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let started = crate::detached::detach(&mut command).and_then(|()| command.spawn());
        let mut child = started.map_err(|e| t!("trust-git-not-started", error = e))?;
        let watch = Watch::of(&child, patience);
        let left = (MOST_OBJECTS, MOST_BYTES);
        match (child.stdin.take(), child.stdout.take()) {
            (Some(ask), Some(answer)) => {
                Ok(Objects { child, ask, answer: BufReader::new(answer), left, watch, _own: own })
            }
            _ => Err(t!("trust-git-not-asked").to_owned()),
        }
    }

    /// Counts an object. A commit can name the same folder so often that nobody ever comes to its end.
    fn count(&mut self, bytes: usize) -> Result<(), String> {
        let (objects, of_bytes) = self.left;
        let less = objects.checked_sub(1).zip(of_bytes.checked_sub(bytes));
        self.left =
            less.ok_or_else(|| t!("trust-git-too-large", objects = MOST_OBJECTS, bytes = MOST_BYTES))?;
        Ok(())
    }

    /// An object of this name and kind. Its content must have that name as its hash.
    pub fn get(&mut self, name: &str, kind: &str) -> Result<Vec<u8>, String> {
        let over = self.watch.over();
        let gone = |e: std::io::Error| {
            if over.load(Ordering::Relaxed) {
                t!("trust-git-too-slow").to_owned()
            } else {
                t!("trust-git-silent", error = e)
            }
        };
        writeln!(self.ask, "{name}").and_then(|()| self.ask.flush()).map_err(gone)?;
        let mut head = String::new();
        self.answer.read_line(&mut head).map_err(gone)?;
        let [found, of, size] = head.split_whitespace().collect::<Vec<_>>()[..] else {
            if head.trim().is_empty() {
                return Err(gone(std::io::ErrorKind::UnexpectedEof.into()));
            }
            return Err(t!("trust-git-absent", kind = kind, name = name, said = head.trim()));
        };
        let size: usize = size.parse().map_err(|_| t!("trust-git-answers", said = format!("{head:?}")))?;
        if found != name || of != kind {
            return Err(t!("trust-git-other-kind", name = name, found = of, kind = kind));
        }
        if size > LARGEST {
            return Err(t!(
                "trust-git-object-too-large",
                kind = kind,
                name = name,
                size = size,
                largest = LARGEST
            ));
        }
        self.count(size)?;
        let mut content = vec![0; size + 1];
        self.answer.read_exact(&mut content).map_err(gone)?;
        content.pop();
        let mut hash = Sha1::new();
        hash.update(format!("{kind} {size}\0"));
        hash.update(&content);
        if hex(&hash.finalize()) != name {
            return Err(t!("trust-git-altered", kind = kind, name = name));
        }
        Ok(content)
    }

    /// The runbooks below a folder of a tree, with their paths from there.
    pub fn below(&mut self, tree: &str, folder: &str) -> Result<Vec<(String, String)>, String> {
        let mut tree = tree.to_owned();
        for part in folder.split('/').filter(|p| !p.is_empty()) {
            let entries = entries(&self.get(&tree, "tree")?)?;
            let found = entries.into_iter().find(|e| e.name == part && e.mode == "40000");
            tree = found.ok_or_else(|| t!("trust-git-no-folder", folder = folder))?.hash;
        }
        let mut out = Vec::new();
        self.walk(&tree, "", 0, &mut out)?;
        Ok(out)
    }

    fn walk(
        &mut self,
        tree: &str,
        path: &str,
        depth: usize,
        out: &mut Vec<(String, String)>,
    ) -> Result<(), String> {
        for entry in entries(&self.get(tree, "tree")?)? {
            let path = format!("{path}{}", entry.name);
            if entry.name.starts_with('.') {
                continue;
            }
            match entry.mode.as_str() {
                "40000" if depth < DEEPEST => self.walk(&entry.hash, &format!("{path}/"), depth + 1, out)?,
                "100644" | "100755" if is_runbook(&path) => {
                    if out.len() >= MOST {
                        return Err(t!("trust-git-too-many", most = MOST));
                    }
                    let content = self.get(&entry.hash, "blob")?;
                    let text =
                        String::from_utf8(content).map_err(|_| t!("trust-git-no-text", path = path))?;
                    out.push((path, text));
                }
                // Links and submodules lead elsewhere.
                _ => {}
            }
        }
        Ok(())
    }
}

/// A row of a tree.
struct Entry {
    mode: String,
    name: String,
    hash: String,
}

/// The rows of a tree: mode, blank, name, NUL, twenty bytes of hash.
fn entries(tree: &[u8]) -> Result<Vec<Entry>, String> {
    let mut out = Vec::new();
    let mut rest = tree;
    while !rest.is_empty() {
        let broken = || t!("trust-git-bad-tree").to_owned();
        let end = rest.iter().position(|b| *b == 0).ok_or_else(broken)?;
        let head = std::str::from_utf8(&rest[..end]).map_err(|_| broken())?;
        let (mode, name) = head.split_once(' ').ok_or_else(broken)?;
        let hash = rest.get(end + 1..end + 21).ok_or_else(broken)?;
        if name.is_empty() || name.contains('/') || name == ".." {
            return Err(broken());
        }
        out.push(Entry { mode: mode.to_owned(), name: name.to_owned(), hash: hex(hash) });
        rest = &rest[end + 21..];
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_folder_that_never_answers_is_left_when_its_time_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let objects = folder.path().join(".git/objects");
        let name = "ab".repeat(20);
        fs::create_dir_all(objects.join("ab")).unwrap();
        let pipe = objects.join("ab").join("ab".repeat(19));
        nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
        let mut asked = Objects::open(folder.path(), Duration::from_millis(300)).unwrap();
        let said = asked.get(&name, "blob").unwrap_err();
        assert!(said.contains("too long"), "{said}");
    }

    #[test]
    fn a_folder_without_objects_is_no_git_folder() {
        let folder = tempfile::tempdir().unwrap();
        let patience = Duration::from_secs(5);
        assert!(Objects::open(folder.path(), patience).err().unwrap().contains("no git folder"));
        nix::unistd::mkfifo(&folder.path().join(".git"), nix::sys::stat::Mode::S_IRWXU).unwrap();
        assert!(Objects::open(folder.path(), patience).err().unwrap().contains("no file but"));
    }
}
