//! The ways out that no key and no flag leads to: a panic and an error while the terminal is taken. This very test
//! program is started anew in a terminal, where one of its hidden tests takes the terminal with the program's own guard
//! and then breaks.

use std::io;

use opsbook::app::Msg;
use opsbook::live::Tone;
use opsbook::runtime::{Screen, restore_on_panic};

use crate::life::given_back;
use crate::terminal::{Start, Terminal};

/// Set in the terminal only, so that the hidden tests do nothing when somebody runs them.
const INSIDE: &str = "OPSBOOK_TEST_INSIDE";

/// Takes the terminal and draws on it.
fn taken() -> Screen {
    let mut screen = Screen::enter().unwrap();
    assert!(crossterm::terminal::is_raw_mode_enabled().unwrap());
    let words = ratatui::text::Text::from("───on-the-taken-screen───");
    screen.terminal.draw(|frame| frame.render_widget(words, frame.area())).unwrap();
    screen
}

fn inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

#[test]
#[ignore = "breaks on purpose; the tests below start it in a terminal of its own"]
fn inner_panic() {
    if inside() {
        restore_on_panic(opsbook::vault::Vault::default(), tokio::sync::mpsc::channel(1).0);
        let _screen = taken();
        panic!("the planted panic");
    }
}

#[test]
#[ignore = "breaks on purpose; the tests below start it in a terminal of its own"]
fn inner_panic_elsewhere() {
    if inside() {
        let (out, mut told) = tokio::sync::mpsc::channel(1);
        restore_on_panic(opsbook::vault::Vault::default(), out);
        let _screen = taken();
        std::thread::spawn(|| panic!("the planted panic")).join().unwrap_err();
        assert!(crossterm::terminal::is_raw_mode_enabled().unwrap());
        assert!(matches!(told.try_recv(), Ok(Msg::Said(Tone::Bad, _))));
    }
}

#[test]
#[ignore = "breaks on purpose; the tests below start it in a terminal of its own"]
fn inner_error() -> io::Result<()> {
    if inside() {
        let _screen = taken();
        return Err(io::Error::other("the planted error"));
    }
    Ok(())
}

/// Runs a hidden test in a terminal to its end, and says afterwards whether the line modes are what they were.
fn broken(inner: &str) -> (Terminal, String) {
    let home = tempfile::tempdir().unwrap();
    let line = format!(
        "before=$(stty -g); '{}' --ignored --exact {inner} --nocapture; echo ended with $?; \
         test \"$before\" = \"$(stty -g)\" && echo the same modes; stty -a",
        std::env::current_exe().unwrap().display()
    );
    let start = Start { env: &[(INSIDE, "1")], ..Start::new((120, 40), home.path()) };
    let mut terminal = start.program("/bin/sh", &["-c", &line]);
    terminal.ended();
    let text = terminal.screen(vt100::Screen::contents);
    assert!(terminal.raw().windows(19).any(|w| w == b"on-the-taken-screen"), "it was never taken\n{text}");
    (terminal, text)
}

fn all_is_back(inner: &str, words: &str) {
    let (terminal, text) = broken(inner);
    given_back(&terminal);
    assert!(text.contains("ended with 101"), "{text}");
    assert!(text.contains(words) && !text.contains("on-the-taken-screen"), "{text}");
    assert!(text.contains("the same modes"), "{text}");
    for mode in ["icanon", "echo", "isig", "opost", "icrnl"] {
        assert!(text.split_whitespace().any(|w| w.trim_end_matches(';') == mode), "{mode} is off\n{text}");
    }
    // Each line of the message begins at the edge: raw mode was off before it was printed.
    assert!(text.lines().any(|l| l.starts_with("ended with")), "{text}");
}

#[test]
fn a_panic_gives_the_terminal_back_and_its_words_can_be_read() {
    all_is_back("panic::inner_panic", "the planted panic");
}

#[test]
fn a_panic_of_another_thread_leaves_the_terminal_to_the_one_that_draws() {
    let (terminal, text) = broken("panic::inner_panic_elsewhere");
    given_back(&terminal);
    assert!(text.contains("ended with 0") && !text.contains("the planted panic"), "{text}");
}

#[test]
fn an_error_gives_the_terminal_back_and_its_words_can_be_read() {
    all_is_back("panic::inner_error", "the planted error");
}
