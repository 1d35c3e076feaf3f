//! Scripts in the real program: approved at a terminal, streaming, stopped with all that they began, and with the terminal
//! for themselves.

use std::fs;
use std::path::Path;
use std::time::Instant;

use nix::sys::signal::Signal;

use crate::terminal::{ENTER, PATIENCE, Start, Terminal};

const BOOK: &str = r#"---
runbook: 1
title: Scripts
meta: { risk: low }
params: { word: { type: text, default: "a; exit 9 #" } }
---
# Scripts

## Stream

```sh {step=shell name=stream}
#| risk: none
sleep 1000 &
echo "$$ $!" > "$HOME/pids"
i=0; while :; do i=$((i+1)); printf 'tick %s %s\n' "$i" "$WORD"; sleep 0.05; done
```

## Talk

```sh {step=shell name=talk}
#| risk: low
#| interactive: true
printf 'what is said? '; read -r line; printf '%s' "$line" > "$HOME/said"
```
"#;

const ID: &str = "own/scripts";

/// A home with a runbook of its own.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/opsbook/runbooks/own");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("scripts.md"), BOOK).unwrap();
    home
}

fn approve(home: &Path) {
    let mut terminal = Start::new((120, 60), home).opsbook(&["trust", "approve", ID]);
    terminal.wait_text(&["new step stream", "+ sleep 1000 &", "Type own/scripts to approve it"]);
    terminal.send("own/scripts\r");
    assert!(terminal.ended().success());
}

fn open(home: &Path) -> Terminal {
    let terminal = Start::new((120, 40), home).opsbook(&["open", ID, "--practice=healthy"]);
    terminal.wait_text(&["1 Stream", "2 Talk", "live"]);
    terminal
}

/// Whether a process runs; one that ended and that nobody waited for does not.
fn runs(pid: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(')').and_then(|(_, rest)| rest.trim_start().chars().next());
    state.is_some_and(|c| c != 'Z')
}

/// The processes of the script that was begun, once it says them.
fn begun(home: &Path) -> Vec<String> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let text = fs::read_to_string(home.join("pids")).unwrap_or_default();
        let pids: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        if text.ends_with('\n') && pids.len() == 2 {
            assert!(pids.iter().all(|p| runs(p)), "{pids:?}");
            return pids;
        }
        assert!(Instant::now() < deadline, "it did not begin: {text:?}");
        std::thread::yield_now();
    }
}

fn all_end(pids: &[String]) {
    let deadline = Instant::now() + PATIENCE;
    while pids.iter().any(|p| runs(p)) {
        assert!(Instant::now() < deadline, "{pids:?} still run");
        std::thread::yield_now();
    }
}

#[test]
fn nothing_runs_before_it_was_approved_and_a_wrong_answer_approves_nothing() {
    let home = home();
    let mut terminal = Start::new((120, 60), home.path()).opsbook(&["trust", "approve", ID]);
    terminal.wait_text(&["Type own/scripts to approve it"]);
    terminal.send("y\r");
    assert!(!terminal.ended().success());
    let mut terminal = open(home.path());
    terminal.wait_text(&["unknown runbook"]);
    terminal.press(ENTER, &["nobody approved own/scripts"]);
    terminal.send("\x03");
    terminal.ended();
    assert!(!home.path().join("pids").exists());
}

#[test]
fn a_script_streams_and_is_stopped_with_all_that_it_began() {
    let home = home();
    approve(home.path());
    let mut terminal = open(home.path());
    terminal.wait_text(&["approved runbook", "a script is not dry-run"]);
    terminal.press(ENTER, &["tick 7 a; exit 9 #", "following"]);
    let pids = begun(home.path());
    terminal.press("c", &["cancelled: stopped; what it did so far stays"]);
    all_end(&pids);
    // The end of the program is one for its scripts too.
    fs::remove_file(home.path().join("pids")).unwrap();
    terminal.send(ENTER);
    let pids = begun(home.path());
    terminal.signal(Signal::SIGTERM);
    terminal.ended();
    all_end(&pids);
}

#[test]
fn a_script_has_the_terminal_for_itself_and_gives_it_back() {
    let home = home();
    approve(home.path());
    let mut terminal = open(home.path());
    terminal.press("n", &["┌ run talk", "a script is not dry-run"]);
    terminal.press(ENTER, &["the terminal is that of `run talk`", "what is said?"]);
    terminal.press("\x03", &["ended by signal 2", "┌ run talk"]);
    terminal.send(ENTER);
    terminal.wait_until("the second question", |s| s.matches("what is said?").count() == 2);
    terminal.send("hunter2 and more\r");
    terminal.wait_text(&["✔ proved: talk ended with 0"]);
    assert_eq!(fs::read_to_string(home.path().join("said")).unwrap(), "hunter2 and more");
    terminal.send("\x03");
    assert!(terminal.ended().success());
    let sessions = home.path().join(".local/state/opsbook/sessions");
    let journal: String =
        fs::read_dir(sessions).unwrap().map(|e| fs::read_to_string(e.unwrap().path()).unwrap()).collect();
    assert!(journal.contains("talk") && !journal.contains("hunter2"), "{journal}");
}
