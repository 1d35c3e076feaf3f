//! Scripts in the real program: approved at a terminal, streaming, stopped with all that they began, and with a terminal of
//! their own.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use crate::terminal::{ENTER, ESC, PATIENCE, Start, Terminal};

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
stty size
printf 'what is said? '; read -r line; printf '%s' "$line" > "$HOME/said"
```

## Leave

```sh {step=shell name=leave}
#| risk: low
#| interactive: true
sleep 1000 &
echo "$$ $!" > "$HOME/pids"
trap '' TERM HUP
printf '\033]52;c;aGVsbG8=\007\033]0;stolen\007\033[38;2;200;10;10mred\033[0m and '
while read -r line; do [ "$line" = end ] && exit 3; stty size; done
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
    terminal.wait_text(&["new step stream", "new step talk", "Type own/scripts to approve it"]);
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

/// The journals of all sessions.
fn journal(home: &Path) -> String {
    let sessions = home.join(".local/state/opsbook/sessions");
    fs::read_dir(sessions).unwrap().map(|e| fs::read_to_string(e.unwrap().path()).unwrap()).collect()
}

/// Closes the pane of a program that has ended: a key that comes at once was meant for the program.
fn close(terminal: &mut Terminal, texts: &[&str]) {
    assert!(terminal.quiet(Duration::from_millis(400), PATIENCE));
    terminal.press(ENTER, texts);
}

#[test]
fn a_script_has_a_terminal_of_its_own_and_nothing_of_it_is_recorded() {
    let home = home();
    approve(home.path());
    let mut terminal = open(home.path());
    terminal.press("n", &["┌ run talk", "a script is not dry-run"]);
    // Its own size, under the header and over the line that says how to leave it.
    terminal.press(
        ENTER,
        &["opsbook practice", "38 120", "what is said?", "ctrl-] leave  run talk on this machine"],
    );
    terminal.press("\x03", &["ended by signal 2 · any key closes"]);
    close(&mut terminal, &["┌ run talk"]);
    terminal.press(ENTER, &["38 120", "ctrl-] leave"]);
    terminal.press("hunter2 and more", &["what is said? hunter2 and more"]);
    terminal.press("\x7fs\r", &["ended with 0 · any key closes"]);
    assert_eq!(fs::read_to_string(home.path().join("said")).unwrap(), "hunter2 and mors");
    close(&mut terminal, &["✔ talk ended with 0", "┌ run leave"]);
    assert!(terminal.leave().success());
    let journal = journal(home.path());
    assert!(journal.contains("talk") && !journal.contains("hunter2"), "{journal}");
}

#[test]
fn a_program_is_resized_left_to_the_background_and_ended_with_all_that_it_began() {
    let home = home();
    approve(home.path());
    let mut terminal = open(home.path());
    terminal.press("nn", &["┌ run leave", "a script is not dry-run"]);
    terminal.press(ENTER, &["red and"]);
    let pids = begun(home.path());
    let red = terminal.screen(|s| s.cell(1, 0).unwrap().fgcolor());
    assert!(matches!(red, vt100::Color::Idx(i) if i >= 16), "of 256 colours: {red:?}");
    terminal.resize((100, 30));
    terminal.wait_until("the new size", |s| {
        s.lines().nth(29).is_some_and(|last| last.contains("ctrl-] leave")) && s.lines().count() == 30
    });
    terminal.press("\r", &["28 100"]);
    // The world goes on behind it.
    terminal.press("\x1d", &["y end it", "b keep it in the background", "esc stay"]);
    terminal.press("b", &["goes on in the background", "1 running"]);
    terminal.press("!", &["run leave", "⏎ open"]);
    terminal.press(ENTER, &["28 100", "ctrl-] leave"]);
    terminal.press("\x1d", &["y end it"]);
    // It minds neither of the signals that ask.
    terminal.press("y", &["stopped; what it did so far stays · any key closes"]);
    all_end(&pids);
    close(&mut terminal, &["Tasks"]);
    fs::remove_file(home.path().join("pids")).unwrap();
    terminal.press(ESC, &["┌ run leave", "⏎ run"]);
    terminal.press(ENTER, &["red and"]);
    let pids = begun(home.path());
    terminal.press("end\r", &["ended with 3 · any key closes"]);
    // What it left in the background does not stay.
    all_end(&pids);
    close(&mut terminal, &["┌ run leave", "ended with 3"]);
    assert!(terminal.leave().success());
    let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
    assert!(!raw.contains("\x1b]"), "nothing of it reaches the real terminal");
    let journal = journal(home.path());
    assert!(journal.contains("ended with 3") && !journal.contains("red and"), "{journal}");
}

#[test]
fn the_end_of_the_program_is_one_for_the_programs_in_it() {
    let home = home();
    approve(home.path());
    let mut terminal = open(home.path());
    terminal.press("nn", &["┌ run leave", "a script is not dry-run"]);
    terminal.press(ENTER, &["red and"]);
    let pids = begun(home.path());
    terminal.signal(Signal::SIGTERM);
    terminal.ended();
    all_end(&pids);
    crate::life::given_back(&terminal);
}
