//! The ways in and out: quit, signals, suspend, resizes. The terminal is given back on all of them. A panic
//! and an error, which no key leads to, stand in `panic`.

use nix::sys::signal::Signal;

use crate::journey::at_the_finding;
use crate::terminal::{ENTER, ESC, Start, Terminal};

/// What gives the terminal back: bracketed paste, mouse, alternate screen off, cursor on.
const BACK: [&str; 4] = ["\x1b[?2004l", "\x1b[?1006l", "\x1b[?1049l", "\x1b[?25h"];

/// Everything that was taken was given back, and nothing was drawn after it.
pub fn given_back(terminal: &Terminal) {
    let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
    let taken = raw.rfind("\x1b[?1049h").expect("the alternate screen was entered");
    for sequence in BACK {
        assert!(raw.rfind(sequence).is_some_and(|at| at > taken), "{sequence:?} is missing");
    }
    let left = raw.rfind("\x1b[?1049l").unwrap();
    assert!(!raw[left..].contains('─'), "drawn after the end: {:?}", &raw[left..]);
    terminal.screen(|screen| {
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    });
}

fn healthy(home: &std::path::Path) -> Terminal {
    let terminal = Start::new((80, 24), home).opsbook(&["--practice", "healthy"]);
    terminal.wait_text(&["Nothing is wrong that a detector knows", "live"]);
    terminal
}

#[test]
fn quitting_gives_the_terminal_back() {
    for keys in ["\x03", "q", ":q\r"] {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = healthy(home.path());
        assert!(terminal.screen(vt100::Screen::alternate_screen));
        terminal.send(keys);
        assert!(terminal.ended().success(), "{keys:?}");
        given_back(&terminal);
    }
}

#[test]
fn escape_does_not_leave_but_says_what_does() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = healthy(home.path());
    terminal.press(ESC, &["q or ctrl-c leaves opsbook"]);
}

#[test]
fn a_poor_terminal_shows_the_same_words_and_borders() {
    for env in
        [[("LANG", "C"), ("LC_ALL", "C"), ("TERM", "")], [("LANG", ""), ("LC_ALL", "C"), ("TERM", "dumb")]]
    {
        let home = tempfile::tempdir().unwrap();
        let start = Start { env: &env, ..Start::new((80, 24), home.path()) };
        let mut terminal = start.opsbook(&["--practice", "node-not-ready"]);
        let screen = terminal.wait_text(&["worker-3 stopped reporting", "live"]);
        assert!(!screen.contains('\u{fffd}'), "{screen}");
        terminal.press(ENTER, &["view: look", "┌", "┘"]);
        terminal.send("\x03");
        assert!(terminal.ended().success());
        given_back(&terminal);
    }
}

#[test]
fn signals_give_the_terminal_back() {
    for signal in [Signal::SIGTERM, Signal::SIGHUP] {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = healthy(home.path());
        terminal.signal(signal);
        terminal.ended();
        given_back(&terminal);
    }
}

#[test]
fn an_error_at_the_start_is_said_on_the_ordinary_screen() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Start::new((100, 24), home.path()).opsbook(&["--practice", "--theme", "neon"]);
    assert!(!terminal.ended().success());
    let text = terminal.screen(vt100::Screen::contents);
    assert!(text.contains("there is no theme `neon`") && text.contains("high-contrast"), "{text}");
    assert!(!String::from_utf8_lossy(&terminal.raw()).contains("\x1b[?1049h"));
}

#[test]
fn without_a_cluster_the_practice_cluster_is_offered() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Start::new((100, 30), home.path()).opsbook(&[]);
    terminal.wait_text(&["no cluster is configured", "Which one?", "pod-oomkilled"]);
    terminal.press("healthy\r", &["practice healthy", "Nothing is wrong that a detector knows"]);
    terminal.send("\x03");
    assert!(terminal.ended().success());
    given_back(&terminal);
}

#[test]
fn a_suspended_program_comes_back_with_a_whole_screen() {
    let home = tempfile::tempdir().unwrap();
    let line = format!(
        "{} --practice healthy; echo stopped here; read line; fg; echo ended with $?",
        env!("CARGO_BIN_EXE_opsbook")
    );
    let mut terminal = Start::new((80, 24), home.path()).program("/bin/sh", &["-m", "-c", &line]);
    terminal.wait_text(&["Nothing is wrong that a detector knows", "live"]);
    terminal.press("\x1a", &["stopped here"]);
    given_back(&terminal);
    terminal.press("\n", &["Nothing is wrong that a detector knows", "Findings 0"]);
    assert!(terminal.screen(vt100::Screen::alternate_screen));
    // Its keys are its own again.
    terminal.press("?", &["show the keys of this screen"]);
    terminal.press("\x03", &["ended with 0"]);
    terminal.ended();
    given_back(&terminal);
}

#[test]
fn a_storm_of_resizes_ends_in_a_whole_screen() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = at_the_finding(&Start::new((80, 24), home.path()));
    terminal.press("\r", &["view: look"]);
    for n in 0..200u16 {
        terminal.resize((1 + n * 7 % 180, 1 + n * 5 % 60));
    }
    terminal.resize((2, 2));
    terminal.resize((110, 33));
    terminal.wait_until("the last size to be drawn", |s| {
        let lines: Vec<_> = s.lines().collect();
        lines.len() == 33
            && lines[0].contains("opsbook practice")
            && lines[1].ends_with('┐')
            && s.contains("view: look")
    });
    terminal.send("\x03");
    assert!(terminal.ended().success());
    given_back(&terminal);
}

/// A core dump would have every secret of the session in it.
#[cfg(target_os = "linux")]
#[test]
fn a_program_that_breaks_off_leaves_no_core_dump() {
    let home = tempfile::tempdir().unwrap();
    let terminal = at_the_finding(&Start::new((120, 40), home.path()));
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", terminal.pid())).unwrap();
    let core = limits.lines().find(|l| l.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
}
