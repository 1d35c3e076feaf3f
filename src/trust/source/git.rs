//! Objects of a git folder, each with the hash that names it checked. `git cat-file --batch` hands them out; trees are
//! walked here.
//!
//! Must not start any other command of git, and must not follow links.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use sha1::{Digest, Sha1};

use crate::corpus::is_runbook;
use crate::record::hex;

/// Largest object, in bytes.
const LARGEST: usize = 1 << 20;
/// Runbooks of one source.
const MOST: usize = 5000;
/// Deepest folder that is read.
const DEEPEST: usize = 8;

/// A git folder that is asked for objects.
pub struct Objects {
    child: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
}

impl Drop for Objects {
    fn drop(&mut self) {
        // It waits for the next question and keeps nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Objects {
    /// Starts to ask. Nothing that the folder configures is run: no hook, no filter, no fetch.
    pub fn open(folder: &Path) -> Result<Objects, String> {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(folder)
            .args(["--no-replace-objects", "--no-optional-locks"])
            .args([
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.hooksPath=/dev/null",
                "-c",
                "protocol.allow=never",
            ])
            .args(["cat-file", "--batch"])
            .env_clear()
            .envs(std::env::vars_os().filter(|(name, _)| name == "PATH" || name == "HOME"))
            .envs([("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let started = crate::detached::detach(&mut command).and_then(|()| command.spawn());
        let mut child = started.map_err(|e| format!("git could not be started: {e}; install it"))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(ask), Some(answer)) => Ok(Objects { child, ask, answer: BufReader::new(answer) }),
            _ => Err("git could not be asked".to_owned()),
        }
    }

    /// An object of this name and kind. Its content must have that name as its hash.
    pub fn get(&mut self, name: &str, kind: &str) -> Result<Vec<u8>, String> {
        let gone = |e: std::io::Error| format!("git does not answer ({e}): is this a git folder of yours?");
        writeln!(self.ask, "{name}").and_then(|()| self.ask.flush()).map_err(gone)?;
        let mut head = String::new();
        self.answer.read_line(&mut head).map_err(gone)?;
        let [found, of, size] = head.split_whitespace().collect::<Vec<_>>()[..] else {
            let why = if head.trim().is_empty() {
                "git ended: is this a git folder of yours?"
            } else {
                head.trim()
            };
            return Err(format!("{kind} {name} is not there: {why}"));
        };
        let size: usize = size.parse().map_err(|_| format!("git answers {head:?}"))?;
        if found != name || of != kind {
            return Err(format!("{name} is a {of} and no {kind}"));
        }
        if size > LARGEST {
            return Err(format!("{kind} {name} has {size} bytes, more than {LARGEST}"));
        }
        let mut content = vec![0; size + 1];
        self.answer.read_exact(&mut content).map_err(gone)?;
        content.pop();
        let mut hash = Sha1::new();
        hash.update(format!("{kind} {size}\0"));
        hash.update(&content);
        if hex(&hash.finalize()) != name {
            return Err(format!("{kind} {name} was altered: its content has another hash"));
        }
        Ok(content)
    }

    /// The runbooks below a folder of a tree, with their paths from there.
    pub fn below(&mut self, tree: &str, folder: &str) -> Result<Vec<(String, String)>, String> {
        let mut tree = tree.to_owned();
        for part in folder.split('/').filter(|p| !p.is_empty()) {
            let entries = entries(&self.get(&tree, "tree")?)?;
            let found = entries.into_iter().find(|e| e.name == part && e.mode == "40000");
            tree = found.ok_or_else(|| format!("there is no folder {folder} in the commit"))?.hash;
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
                        return Err(format!("it has more than {MOST} runbooks"));
                    }
                    let content = self.get(&entry.hash, "blob")?;
                    let text = String::from_utf8(content).map_err(|_| format!("{path} is no text"))?;
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
        let broken = || "a tree of the commit cannot be read".to_owned();
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
