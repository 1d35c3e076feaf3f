//! Fields: the search, a paste, an input method's characters, the command line.

use std::time::Duration;

use crate::journey::at_the_finding;
use crate::terminal::{ENTER, ESC, Start};

const SIZE: (u16, u16) = (120, 40);

#[test]
fn typing_in_the_search_shows_results_as_it_goes() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = at_the_finding(&Start::new(SIZE, home.path()));
    terminal.press("/", &["Search runbooks", "a finding points here"]);
    terminal.press("oomk", &["pods/pod-oomkilled", "▶ pods/pod-oomkilled"]);
    terminal.press("\x15calico", &["▶ network/cni-calico"]);
    terminal.press("\x15节点失联", &["节点失联", "▶ nodes/node-not-ready"]);
    // "10 of 10" has "0 of" in it: the words are what is waited for.
    terminal.press("\x15qqxqzz", &["no runbook for this yet"]);
    terminal.press(ESC, &["a finding points here"]);
    terminal.press(ENTER, &["view: look", "worker-3"]);
}

#[test]
fn a_paste_is_one_line_of_text_and_never_keys() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = at_the_finding(&Start::new(SIZE, home.path()));
    // Outside of a field a paste does nothing, whatever keys it spells.
    terminal.send("\x1b[200~q:q\rdry\x1b[201~");
    terminal.press("/", &["Search runbooks"]);
    terminal.press(
        "\x1b[200~kubelet stopped\nposting\x1b[201~",
        &["kubelet stopped posting", "▶ nodes/node-not-ready"],
    );
    terminal.wait_until("still the library", |s| s.contains("Search runbooks"));
}

#[test]
fn the_command_line_opens_a_kind_and_its_filter_narrows_it() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = at_the_finding(&Start::new(SIZE, home.path()));
    terminal.press(":", &["a kind (nodes, pods shop)"]);
    terminal.press("pods shop\r", &["▸Pods in shop", "STATUS", "web-"]);
    terminal.send("/api");
    terminal.wait_until("only api", |s| s.contains("/api") && s.contains("shop") && !s.contains("web-"));
    terminal.press(ENTER, &["▸Pods"]);
    terminal.press("y", &["apiVersion", "kind: Pod"]);
    terminal.press(ESC, &["▸Pods"]);
    terminal.press("d", &["Pod shop/api-"]);
}

/// What is copied reaches the terminal itself, as the sequence that it takes for its clipboard.
#[test]
fn a_copied_name_reaches_the_clipboard_of_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = at_the_finding(&Start::new(SIZE, home.path()));
    terminal.press(":", &["a kind (nodes, pods shop)"]);
    terminal.press("nodes\r", &["▸Nodes", "cp-1"]);
    terminal.press("C", &["copy what?", "the name"]);
    terminal.press(ENTER, &["sent to the terminal's clipboard: the name, 4 characters"]);
    let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
    // "cp-1" in base64.
    assert!(raw.contains("\x1b]52;c;Y3AtMQ==\x07"), "{}", raw.escape_debug());
}

/// Keys that are written in one go answer at most the first thing that they meet.
#[test]
fn keys_that_wait_answer_nothing_that_comes_after_them() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = at_the_finding(&Start::new(SIZE, home.path()));
    // A finding is answered as a step is: once it was in sight for a moment.
    terminal.let_pass(Duration::from_millis(600));
    // Enter opens the runbook; those behind it were pressed for what nobody had seen.
    terminal.send_at_once(&ENTER.repeat(12));
    // Which of the two reasons is said depends on when the frame came.
    terminal.wait_until("nothing more was answered, and why", |s| {
        s.contains("view: look") && (s.contains("let it go") || s.contains("on the screen just now"))
    });
    terminal.press(ENTER, &["check: only-one", "holds"]);
}
