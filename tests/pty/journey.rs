//! The walk of the README: from the finding to the proof, on the practice cluster, in its own time.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::terminal::{DOWN, ENTER, Start, Terminal};

/// What the practice cluster may take for a drain, a repair, a minute of Ready.
const LONG: Duration = Duration::from_secs(150);

/// Opens the practice cluster and waits until the finding and its runbook are there.
pub fn at_the_finding(start: &Start<'_>) -> Terminal {
    let terminal = start.opsbook(&["--practice", "node-not-ready"]);
    terminal.wait_text(&["worker-3 stopped reporting", "Node NotReady: first triage", "R2 20m", "live"]);
    terminal
}

/// Walks up to the question whether the node will be back soon: the node is cordoned.
fn cordon(terminal: &mut Terminal) {
    terminal.press(ENTER, &["view: look"]);
    terminal.press(ENTER, &["check: only-one", "holds"]);
    terminal.press(ENTER, &["check: not-the-zone", "holds"]);
    terminal.press(ENTER, &["decision: why", "NodeStatusUnknown"]);
    terminal.press(ENTER, &["view: pods"]);
    terminal.press(ENTER, &["cordon worker-3", "patch nodes ✔", "dry run ✔"]);
    terminal.press(ENTER, &["decision: soon"]);
}

/// From the question to the confirmed drain.
fn drain(terminal: &mut Terminal) {
    terminal.press(ENTER, &["Will this node be back", "later"]);
    terminal.press(DOWN, &["▶ soon"]);
    terminal.press(DOWN, &["▶ later"]);
    terminal.press(ENTER, &["drain worker-3", "evictions are not dry-run", "R2 medium"]);
    terminal.press(ENTER, &["drain worker-3 on node-not-ready?", "[ ] I accept", "Way back"]);
    terminal.press(" ", &["[x] I accept"]);
}

/// Says yes. Where the pods moved meanwhile, the plan is another one: it is read and answered again, as an
/// operator would.
fn yes(terminal: &mut Terminal, texts: &[&str]) {
    let anew = |s: &str| s.contains("as it is now") || s.contains("read it again");
    for _ in 0..5 {
        // A refusal that stands there already is that of the yes before.
        let before = terminal.screen(vt100::Screen::contents);
        terminal.send("y");
        let screen = terminal.wait_until("the drain to run, or another plan", |s| {
            s.contains("running") || (anew(s) && s != before)
        });
        if screen.contains("running") {
            terminal.wait_text(texts);
            return;
        }
        let screen = terminal.wait_text(&["Rights ✔", "I accept"]);
        if screen.contains("[ ] I accept") {
            terminal.press(" ", &["[x] I accept"]);
        }
    }
    panic!("the plan never stood still");
}

/// From the host step to the end.
fn repair_and_prove(terminal: &mut Terminal) {
    terminal.wait_for(LONG, "the host step", |s| s.contains("host access"));
    terminal.press(ENTER, &["needs host access", "▶ skip it"]);
    terminal.press(ENTER, &["why is it skipped", "needs host access"]);
    terminal.press(ENTER, &["manual: repair"]);
    terminal.press(ENTER, &["What it was:"]);
    terminal.press("kernel panic", &["kernel panic"]);
    terminal.press(ENTER, &["wait: ready"]);
    terminal.wait_for(LONG, "the plan to uncordon", |s| {
        s.contains("uncordon worker-3") && s.contains("dry run ✔")
    });
    // A drain that still runs would go on taking pods away, and one that is not proved yet could not be any more once
    // pods come back.
    terminal.wait_for(LONG, "no task to run and no proof to be open", |s| {
        !s.contains("1 running") && !s.contains('◐') && !s.contains('◌')
    });
    terminal.press(ENTER, &["check: settled"]);
    terminal.wait_for(LONG, "the pods to be well", |s| s.contains("check: settled") && s.contains("✔ holds"));
    terminal.press(ENTER, &["check: proof"]);
    terminal.wait_for(LONG, "the proof", |s| s.contains("check: proof") && s.contains("✔ holds"));
    terminal.press(ENTER, &["the runbook is done"]);
}

/// The export in the folder that the program was started in.
fn exported(home: &Path) -> String {
    let file = |e: fs::DirEntry| e.path().extension().is_some_and(|x| x == "md").then(|| e.path());
    let found = fs::read_dir(home).unwrap().filter_map(|e| file(e.unwrap())).collect::<Vec<_>>();
    assert_eq!(found.len(), 1, "{found:?}");
    fs::read_to_string(&found[0]).unwrap()
}

/// Leaves, and checks that the session is whole and known.
fn leave(mut terminal: Terminal, home: &Path) {
    assert!(terminal.leave().success());
    let verified = sessions(home, &["verify", "last"]);
    assert!(verified.contains("an unbroken chain"), "{verified}");
}

fn sessions(home: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_opsbook"))
        .arg("sessions")
        .args(args)
        .env_clear()
        .env("HOME", home)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_walk_through_the_drain_ends_proved_and_is_exported() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = at_the_finding(&Start::new((120, 40), home.path()));
    cordon(&mut terminal);
    drain(&mut terminal);
    // The budget of two pods is used up until the machine is back: the operator goes on while the drain waits.
    yes(&mut terminal, &["running", "of 6", "waiting"]);
    terminal.wait_until("what moves to have moved", |s| s.contains("4 of 6"));
    terminal.press("n", &["host access"]);
    repair_and_prove(&mut terminal);
    terminal.press("x", &["export the session as"]);
    terminal.press(DOWN, &["▶ Markdown"]);
    terminal.press(ENTER, &["exported to"]);
    let text = exported(home.path());
    for part in [
        "`nodes/node-not-ready` node=worker-3",
        "## Finding: worker-3 stopped reporting",
        "`cordon` | Proved",
        "`drain` | Proved",
        "`host` | Skipped: needs host access |",
        "`repair` | Said by the operator: done by hand; cause: kernel panic |",
        "`ready` | Proved",
        "`uncordon` | Proved",
        "`proof` | Proved",
        "cause = kernel panic",
        "same as: `kubectl drain worker-3",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    leave(terminal, home.path());
}

#[test]
fn the_walk_of_the_readme_repairs_in_place() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = at_the_finding(&Start::new((120, 40), home.path()));
    cordon(&mut terminal);
    terminal.press(ENTER, &["Will this node be back", "later"]);
    terminal.press(DOWN, &["▶ soon"]);
    terminal.press(ENTER, &["host access"]);
    repair_and_prove(&mut terminal);
    terminal.press("S", &["▸Session", "uncordon"]);
    terminal.press("q", &["check: proof"]);
    terminal.press("x", &["export the session as"]);
    terminal.press(DOWN, &["▶ Markdown"]);
    terminal.press(ENTER, &["exported to"]);
    // What was not needed is one row.
    let text = exported(home.path());
    let drain = text.lines().find(|l| l.starts_with("| *") && l.contains("Move its pods")).unwrap_or(&text);
    assert!(drain.ends_with("| not needed on this way |"), "{drain}");
    leave(terminal, home.path());
}

#[test]
fn the_walk_goes_on_80_by_24_up_to_the_confirmation() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = at_the_finding(&Start::new((80, 24), home.path()));
    cordon(&mut terminal);
    drain(&mut terminal);
    // Escape leaves nothing: the plan stands where it stood.
    terminal.send("\x1b");
    terminal.wait_until("the dialog to close", |s| !s.contains("I accept") && s.contains("R2 medium"));
    let shown = sessions(home.path(), &["show", "last"]);
    assert!(shown.contains("cordon") && !shown.contains("drain worker-3"), "{shown}");
    leave(terminal, home.path());
}

#[test]
fn without_colours_the_walk_is_the_same() {
    let home = tempfile::tempdir().unwrap();
    let env = [("NO_COLOR", "1")];
    let mut terminal = at_the_finding(&Start { env: &env, ..Start::new((120, 40), home.path()) });
    cordon(&mut terminal);
    drain(&mut terminal);
    terminal.screen(|screen| {
        let (rows, columns) = screen.size();
        for (row, column) in (0..rows.get()).flat_map(|r| (0..columns.get()).map(move |c| (r, c))) {
            let cell = screen.cell(row, column).unwrap();
            assert_eq!((cell.fgcolor(), cell.bgcolor()), (vt100::Color::Default, vt100::Color::Default));
        }
    });
    let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
    for colour in ["\x1b[38;5;", "\x1b[38;2;", "\x1b[48;5;", "\x1b[48;2;", "\x1b[31m"] {
        assert!(!raw.contains(colour), "{colour:?} was sent");
    }
    // In a dialog ctrl-c closes the dialog.
    terminal.send("\x03");
    terminal.wait_until("the dialog to close", |s| !s.contains("I accept"));
    leave(terminal, home.path());
}

/// The lines of the only journal, as far as they are written.
fn journal(home: &Path) -> Vec<String> {
    let folder = home.join(".local/state/opsbook/sessions");
    let file = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect()
}

fn intents(home: &Path) -> usize {
    journal(home).iter().filter(|l| l.contains(r#""what":"intent""#)).count()
}

#[test]
fn a_drain_that_was_killed_is_unknown_and_is_never_repeated() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = at_the_finding(&Start::new((120, 40), home.path()));
    cordon(&mut terminal);
    drain(&mut terminal);
    yes(&mut terminal, &["running", "cancel"]);
    terminal.wait_until("the first request", |_| {
        journal(home.path()).iter().any(|l| l.contains(r#""what":"sending""#) && l.contains("evict"))
    });
    terminal.signal(nix::sys::signal::Signal::SIGKILL);
    terminal.ended();
    drop(terminal);
    let shown = sessions(home.path(), &["show", "last"]);
    assert!(shown.contains("? unknown, verify first: drain worker-3"), "{shown}");
    assert!(sessions(home.path(), &["list"]).contains("unknown: verify first"));
    let before = intents(home.path());
    assert_eq!(before, 2);

    let mut again = Start::new((120, 40), home.path()).opsbook(&["sessions", "resume", "last"]);
    again.wait_text(&["verify first: drain worker-3", "was running", "live", "dry run ✔"]);
    let screen = again.wait_text(&["? 10 Move its pods"]);
    // The practice cluster began anew: what was done on the old one is not taken for done.
    assert!(screen.contains("? 8 No new pods"), "{screen}");
    again.let_pass(Duration::from_secs(3));
    assert_eq!(intents(home.path()), before, "nothing was run by coming back");
    // Running it is a decision of its own, with its own confirmation.
    again.press(ENTER, &["[ ] I accept"]);
    again.send("\x1b");
    again.wait_until("the dialog to close", |s| !s.contains("I accept"));
    assert_eq!(intents(home.path()), before);
    leave(again, home.path());
}

#[test]
fn a_session_does_not_go_on_with_another_cluster_of_the_same_context() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".local/state/opsbook/sessions");
    fs::create_dir_all(&folder).unwrap();
    let started = r#"{"seq":0,"at":"2026-03-01T03:14:00Z","prev":"","what":"started","id":"s","version":"0.1.0",
        "user":"op","context":"prod","server":"https://127.0.0.1:1","flags":{"kubeconfig":"KUBECONFIG"}}"#;
    let kubeconfig = home.path().join("then.yaml");
    let line = started.replace('\n', "").replace("KUBECONFIG", &kubeconfig.display().to_string());
    fs::write(folder.join("s.jsonl"), line + "\n").unwrap();
    let config = "{clusters: [{name: c, cluster: {server: 'https://127.0.0.1:2'}}], users: [{name: u, user: {}}], \
                  contexts: [{name: prod, context: {cluster: c, user: u}}], current-context: other}";
    fs::write(&kubeconfig, config).unwrap();
    let mut terminal = Start::new((120, 40), home.path()).opsbook(&["sessions", "resume", "s"]);
    terminal.wait_text(&["was on https://127.0.0.1:1", "https://127.0.0.1:2", "--context"]);
    assert!(!terminal.ended().success());
    assert_eq!(journal(home.path()).len(), 1, "nothing was recorded");
}

#[test]
fn a_session_that_was_handed_over_goes_on_at_another_desk() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = at_the_finding(&Start::new((120, 40), home.path()));
    cordon(&mut terminal);
    leave(terminal, home.path());
    let file = home.path().join("mine.opsbook");
    let to = file.to_str().unwrap();
    assert!(sessions(home.path(), &["hand-over", "last", "-o", to]).contains("nothing was cut"));

    let other = tempfile::tempdir().unwrap();
    let again = Start::new((120, 40), other.path()).opsbook(&["sessions", "resume", to]);
    let screen = again.wait_text(&["goes on", "live", "? 8 No new pods"]);
    assert!(screen.contains("✔ 1 Look"), "what was read stays read: {screen}");
    leave(again, other.path());
    let shown = sessions(other.path(), &["show", "last"]);
    assert!(shown.contains("goes on with session") && shown.contains("cordon worker-3"), "{shown}");
    assert!(sessions(other.path(), &["list"]).lines().count() == 2, "a head, and one journal of its own");
}
