//! Two people with real keys: one asks, the other approves at a terminal of their own, by a file and by a pasted line. One's
//! own key, a stranger's, an altered line and an answer that was used before run nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::terminal::{ENTER, PATIENCE, Start, Terminal};

const BOOK: &str = r#"---
runbook: 1
title: Two people
meta: { risk: low }
---
# Two people

## First

```sh {step=shell name=first}
#| risk: low
#| peer: required
echo ran >> "$HOME/ran"
```

## Second

```sh {step=shell name=second}
#| risk: low
#| peer: required
echo ran again >> "$HOME/ran"
```
"#;

const ID: &str = "own/two";

/// Alice's home, and keys of everybody.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join(".config/opsbook");
    fs::create_dir_all(config.join("runbooks/own")).unwrap();
    fs::write(config.join("runbooks/own/two.md"), BOOK).unwrap();
    fs::write(config.join("config.toml"), "[four-eyes]\nme = \"alice\"\n").unwrap();
    let mut list = String::new();
    for who in ["alice", "bob", "mallory"] {
        let path = home.path().join(who);
        let made =
            Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&path).status();
        assert!(made.unwrap().success());
        if who != "mallory" {
            list += &format!("{who} {}", fs::read_to_string(path.with_extension("pub")).unwrap());
        }
    }
    fs::write(config.join("approvers"), list).unwrap();
    fs::set_permissions(config.join("approvers"), fs::Permissions::from_mode(0o600)).unwrap();
    let mut terminal = Start::new((120, 60), home.path()).opsbook(&["trust", "approve", ID]);
    terminal.wait_text(&["Type own/two to approve it"]);
    terminal.send("own/two\r");
    assert!(terminal.ended().success());
    home
}

/// The requests that were written, the newest last.
fn requests(home: &Path) -> Vec<PathBuf> {
    let ours = |p: &PathBuf| {
        let name = p.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with("opsbook-request-") && p.extension().is_some_and(|x| x == "txt")
    };
    let mut out: Vec<_> = fs::read_dir(home).unwrap().map(|e| e.unwrap().path()).filter(ours).collect();
    out.sort_by_key(|p| fs::metadata(p).unwrap().modified().unwrap());
    out
}

/// What `opsbook approve` prints to somebody who reads it and signs with this key.
fn signed(home: &Path, request: &str, who: &str) -> String {
    let key = home.join(who).display().to_string();
    let out = home.join(format!("{who}.line"));
    let line = format!("\"$0\" approve '{request}' --key '{key}' > '{}'", out.display());
    let mut terminal =
        Start::new((120, 50), home).program("/bin/sh", &["-c", &line, env!("CARGO_BIN_EXE_opsbook")]);
    terminal.wait_text(&["alice asks you to agree to: run", "Type yes to sign it"]);
    terminal.send("yes\r");
    assert!(terminal.ended().success());
    fs::read_to_string(out).unwrap()
}

fn paste(terminal: &mut Terminal, text: &str, words: &[&str]) {
    terminal.send(&format!("\x1b[200~{}\x1b[201~", text.trim()));
    terminal.wait_text(words);
}

/// The line with another time in it.
fn altered(line: &str) -> String {
    let coded = line.trim().strip_prefix("opsbook-approval:").unwrap();
    let json = String::from_utf8(STANDARD_NO_PAD.decode(coded).unwrap()).unwrap();
    let (before, after) = json.split_once("\"at\":\"20").unwrap();
    let other = format!("{before}\"at\":\"19{after}");
    format!("opsbook-approval:{}", STANDARD_NO_PAD.encode(other))
}

fn ran(home: &Path) -> String {
    fs::read_to_string(home.join("ran")).unwrap_or_default()
}

#[test]
fn a_plan_runs_with_the_second_persons_signature_and_with_no_other() {
    let home = home();
    let mut alice = Start::new((120, 50), home.path()).opsbook(&["open", ID, "--practice=healthy"]);
    alice.wait_text(&["1 First", "live", "a script is not dry-run", "a second person must agree to: 1, 2"]);
    alice.press(ENTER, &["To be signed: plan", "Second person: paste opsbook-approval:", "opsbook-request-"]);
    let [request] = requests(home.path()).try_into().unwrap();
    assert_eq!(fs::metadata(&request).unwrap().permissions().mode() & 0o777, 0o600);
    let file = request.display().to_string();
    alice.press("y", &["a second person must agree to this very plan first"]);
    let (own, stranger) = (signed(home.path(), &file, "alice"), signed(home.path(), &file, "mallory"));
    paste(&mut alice, &own, &["key of your own (alice)"]);
    paste(&mut alice, &stranger, &["not listed"]);
    let good = signed(home.path(), &fs::read_to_string(&request).unwrap(), "bob");
    paste(&mut alice, &altered(&good), &["not whole"]);
    alice.press("y", &["a second person must agree to this very plan first"]);
    assert_eq!(ran(home.path()), "");
    paste(&mut alice, &good, &["✔ bob agreed, until"]);
    // A script that ended stays until what it wrote was read.
    alice.press("y", &["✔ first ended with 0", "seen, next"]);
    assert_eq!(ran(home.path()), "ran\n");
    alice.press(ENTER, &["┌ run second"]);
    // The next plan takes neither that line nor a file with it; its own is found beside the request.
    alice.press(ENTER, &["To be signed: plan"]);
    let deadline = Instant::now() + PATIENCE;
    while requests(home.path()).len() < 2 {
        assert!(Instant::now() < deadline, "no second request was written");
        std::thread::yield_now();
    }
    let second = requests(home.path()).pop().unwrap();
    paste(&mut alice, &good, &["for another plan"]);
    alice.press("y", &["a second person must agree to this very plan first"]);
    let line = signed(home.path(), &second.display().to_string(), "bob");
    fs::write(format!("{}.approval", second.display()), line).unwrap();
    alice.wait_text(&["✔ bob agreed, until"]);
    alice.send("y");
    let deadline = Instant::now() + PATIENCE;
    while ran(home.path()) != "ran\nran again\n" {
        assert!(Instant::now() < deadline, "it did not run: {:?}", ran(home.path()));
        std::thread::yield_now();
    }
    alice.wait_text(&["second ended with 0"]);
    alice.send("\x03");
    assert!(alice.ended().success());
    let sessions = home.path().join(".local/state/opsbook/sessions");
    let journal: String =
        fs::read_dir(sessions).unwrap().map(|e| fs::read_to_string(e.unwrap().path()).unwrap()).collect();
    let agreed: Vec<_> = journal.lines().filter(|l| l.contains(r#""what":"agreed""#)).collect();
    assert!(
        agreed.len() == 2 && agreed.iter().all(|l| l.contains(r#""by":"bob""#) && l.contains("SHA256:")),
        "{journal}"
    );
}

#[test]
fn nothing_is_signed_without_the_typed_word_or_without_a_terminal() {
    let home = home();
    let mut alice = Start::new((120, 50), home.path()).opsbook(&["open", ID, "--practice=healthy"]);
    alice.wait_text(&["1 First", "live", "a script is not dry-run"]);
    alice.press(ENTER, &["Second person: paste opsbook-approval:", "opsbook-request-"]);
    let request = requests(home.path()).pop().unwrap().display().to_string();
    let key = home.path().join("bob").display().to_string();
    let mut bob = Start::new((120, 50), home.path()).opsbook(&["approve", &request, "--key", &key]);
    let screen = bob.wait_text(&["Type yes to sign it"]);
    assert!(screen.contains("echo ran") && screen.contains("nothing computes what it changes"), "{screen}");
    bob.send("y\r");
    assert!(!bob.ended().success());
    let piped =
        Command::new(env!("CARGO_BIN_EXE_opsbook")).args(["approve", &request, "--key", &key]).output();
    let piped = piped.unwrap();
    let said = String::from_utf8_lossy(&piped.stderr).into_owned();
    assert!(!piped.status.success() && said.contains("needs a terminal"), "{said}");
    assert!(!String::from_utf8_lossy(&piped.stdout).contains("opsbook-approval"));
}
