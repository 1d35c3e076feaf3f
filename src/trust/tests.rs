//! Tiers of real files: what keeps an approval and what does not, and sources that are signed, altered, or by others.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::*;
use crate::domain::Timestamp;

const BOOK: &str = "---\nrunbook: 1\ntitle: T\nmeta: { risk: low }\nparams: { n: { type: int } }\n---\n# T\n\nWords.\n\n```sh {step=shell name=one}\n#| risk: low\necho one\n```\n\n```yaml {step=include name=more}\nrunbook: b.md\n```\n";
const OTHER: &str = "---\nrunbook: 1\ntitle: B\n---\n```yaml {step=view name=look}\nshow: [nodes]\n```\n";

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        let home = Home(tempfile::tempdir().unwrap());
        home.write("books/own/a.md", BOOK);
        home.write("books/own/b.md", OTHER);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    fn places(&self) -> Places {
        Places { store: self.path("state/trust.json"), sources: self.path("sources.toml") }
    }

    fn load(&self) -> Loaded {
        load(&[self.path("books")], &self.places())
    }

    fn tier(&self, id: &str) -> Trust {
        self.load().corpus.get(id).unwrap().runbook.trust.clone()
    }

    fn approve(&self, id: &str) {
        let mut loaded = self.load();
        let book = loaded.corpus.get(id).unwrap().runbook.clone();
        let canon = canon(&book, &|id| loaded.corpus.get(id).map(|e| e.runbook.clone()));
        loaded.store.approve(&book, &canon, Timestamp::UNIX_EPOCH, "op".into());
        loaded.store.write(&self.places().store).unwrap();
    }
}

fn differs(trust: &Trust) -> Vec<&str> {
    match trust {
        Trust::Unknown { differs } => differs.iter().map(String::as_str).collect(),
        trusted => panic!("{trusted:?}"),
    }
}

#[test]
fn what_is_built_in_is_trusted_and_what_stands_in_for_it_is_not() {
    let home = Home::new();
    assert_eq!(home.tier("nodes/node-not-ready"), Trust::BuiltIn);
    home.write("books/nodes/node-not-ready.md", BOOK);
    assert_eq!(home.tier("nodes/node-not-ready"), Trust::default());
}

#[test]
fn an_approval_outlives_prose_and_ends_with_a_step_and_says_which() {
    let home = Home::new();
    assert!(differs(&home.tier("own/a")).is_empty());
    home.approve("own/a");
    assert_eq!(home.tier("own/a"), Trust::Approved { reworded: false });
    home.write(
        "books/own/a.md",
        &BOOK.replace("Words.", "Other words.\n\nAnd more.").replace("title: T", "title: U"),
    );
    assert_eq!(home.tier("own/a"), Trust::Approved { reworded: true });
    for (from, to, part) in [
        ("echo one", "echo two", "step one"),
        ("risk: low\necho", "risk: none\necho", "step one"),
        ("type: int", "type: text", "front matter"),
        ("runbook: b.md", "runbook: c.md", "step more"),
    ] {
        home.write("books/own/a.md", &BOOK.replace(from, to));
        assert!(differs(&home.tier("own/a")).contains(&part), "{from}: {:?}", home.tier("own/a"));
    }
    home.write("books/own/a.md", BOOK);
    assert_eq!(home.tier("own/a"), Trust::Approved { reworded: false });
    home.write("books/own/b.md", &OTHER.replace("nodes", "pods"));
    assert_eq!(differs(&home.tier("own/a")), ["more/step look"]);
}

#[test]
fn the_order_of_steps_counts() {
    let one = |name: &str| format!("```yaml {{step=view name={name}}}\nshow: [nodes]\n```\n\n");
    let home = Home::new();
    let file = |a: &str, b: &str| format!("---\nrunbook: 1\ntitle: T\n---\n{}{}", one(a), one(b));
    home.write("books/own/c.md", &file("x", "y"));
    home.approve("own/c");
    home.write("books/own/c.md", &file("y", "x"));
    assert_eq!(differs(&home.tier("own/c")), ["the order of its steps"]);
}

#[test]
fn an_approval_file_that_others_may_write_or_that_is_broken_counts_for_nothing() {
    let home = Home::new();
    home.approve("own/a");
    let store = home.places().store;
    assert_eq!(fs::metadata(&store).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&store, fs::Permissions::from_mode(0o620)).unwrap();
    let loaded = home.load();
    assert!(loaded.wrong[0].contains("others may write"), "{:?}", loaded.wrong);
    assert!(!home.tier("own/a").runs());
    fs::set_permissions(&store, fs::Permissions::from_mode(0o600)).unwrap();
    let text = fs::read_to_string(&store).unwrap();
    fs::write(&store, text.replace("echo one", "echo two")).unwrap();
    assert!(!home.tier("own/a").runs(), "the parts were edited and not the hash");
    fs::write(&store, "{").unwrap();
    assert!(!home.tier("own/a").runs() && !home.load().wrong.is_empty());
}

/// Runs a program of the test's own, in a folder.
fn run(folder: &Path, program: &str, args: &[&str]) -> String {
    let out = Command::new(program)
        .args(args)
        .current_dir(folder)
        .env_clear()
        .envs(std::env::vars_os().filter(|(n, _)| n == "PATH"))
        .envs([("HOME", folder.as_os_str()), ("GIT_CONFIG_NOSYSTEM", "1".as_ref())])
        .output()
        .unwrap();
    assert!(out.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

/// A git folder with one signed commit: its name, and the public key.
fn signed(home: &Home) -> (String, String) {
    let root = home.path("");
    for key in ["key", "other"] {
        run(&root, "ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-C", "author", "-f", key]);
    }
    home.write("git/books/team/a.md", BOOK);
    home.write("git/books/team/b.md", OTHER);
    let git = home.path("git");
    run(&git, "git", &["init", "-q"]);
    run(&git, "git", &["add", "."]);
    let key = home.path("key").display().to_string();
    let name = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "gpg.format=ssh"];
    let sign = format!("user.signingkey={key}");
    run(&git, "git", &[&name[..], &["-c", &sign, "commit", "-q", "-S", "-m", "books"]].concat());
    let commit = run(&git, "git", &["rev-parse", "HEAD"]);
    (commit, fs::read_to_string(home.path("key.pub")).unwrap().trim().to_owned())
}

fn list(home: &Home, commit: &str, keys: &[&str]) {
    let folder = home.path("git");
    let text = format!(
        "[[source]]\nfolder = {folder:?}\nbelow = \"books\"\ncommit = \"{commit}\"\nkeys = {keys:?}\n"
    );
    home.write("sources.toml", &text);
}

#[test]
fn a_signed_source_is_read_at_its_commit_whatever_lies_in_the_folder() {
    let home = Home::new();
    let (commit, key) = signed(&home);
    list(&home, &commit, &[&key]);
    assert_eq!(home.load().wrong, Vec::<String>::new());
    assert!(matches!(home.tier("team/a"), Trust::Signed { commit: c, .. } if c == commit));
    home.write("git/books/team/a.md", &BOOK.replace("echo one", "echo evil"));
    let book = home.load().corpus.get("team/a").unwrap().runbook.clone();
    assert!(book.source.contains("echo one"), "{}", book.source);
}

#[test]
fn a_source_that_others_signed_or_nobody_or_that_was_altered_gives_nothing() {
    let home = Home::new();
    let (commit, key) = signed(&home);
    let wrong = |home: &Home, words: &str| {
        let loaded = home.load();
        assert!(loaded.corpus.get("team/a").is_none());
        assert!(loaded.wrong.join("; ").contains(words), "{:?}", loaded.wrong);
    };
    let other = fs::read_to_string(home.path("other.pub")).unwrap();
    list(&home, &commit, &[other.trim()]);
    wrong(&home, "none of its keys made the signature");
    list(&home, &"0".repeat(40), &[&key]);
    wrong(&home, "is not there");
    list(&home, &commit[..12], &[&key]);
    wrong(&home, "no whole commit");
    list(&home, &commit, &["cert-authority ssh-ed25519 AAAA"]);
    wrong(&home, "no kind of SSH key");
    // One that nobody signed.
    let git = home.path("git");
    let name = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    run(&git, "git", &[&name[..], &["commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "x"]].concat());
    list(&home, &run(&git, "git", &["rev-parse", "HEAD"]), &[&key]);
    wrong(&home, "is not signed");
    // An object whose content is another one.
    let blob = run(&git, "git", &["rev-parse", &format!("{commit}:books/team/a.md")]);
    let evil = run(&git, "git", &["hash-object", "-w", "books/team/b.md"]);
    let object = |hash: &str| git.join(".git/objects").join(&hash[..2]).join(&hash[2..]);
    fs::remove_file(object(&blob)).unwrap();
    fs::copy(object(&evil), object(&blob)).unwrap();
    list(&home, &commit, &[&key]);
    wrong(&home, "");
}

#[test]
fn nothing_that_a_source_configures_is_run() {
    let home = Home::new();
    let (commit, key) = signed(&home);
    let mark = home.path("mark");
    let program = home.path("evil.sh");
    home.write("evil.sh", &format!("#!/bin/sh\ntouch {}\nexit 0\n", mark.display()));
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let (git, evil) = (home.path("git"), program.display().to_string());
    for key in
        ["core.fsmonitor", "gpg.program", "gpg.ssh.program", "core.sshCommand", "core.pager", "diff.external"]
    {
        run(&git, "git", &["config", key, &evil]);
    }
    list(&home, &commit, &[&key]);
    assert!(matches!(home.tier("team/a"), Trust::Signed { .. }));
    assert!(!mark.exists());
}
