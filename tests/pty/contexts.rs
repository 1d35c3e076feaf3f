//! Without a current context the program asks which, and is on that one: header, lock and journal.

use std::fs;

use crate::terminal::{DOWN, ENTER, Start};

const CONFIG: &str = "apiVersion: v1\nkind: Config\ncurrent-context: ''\nclusters:\n- name: near\n  cluster: {server: 'http://127.0.0.1:1'}\n- name: odd\n  cluster: {server: 'ftp://127.0.0.1'}\ncontexts:\n- name: dev-a\n  context: {cluster: near}\n- name: odd-b\n  context: {cluster: odd}\n- name: shop-prod\n  context: {cluster: near, namespace: shop}\n";

#[test]
fn without_a_current_context_the_operator_chooses_and_the_session_is_on_that_one() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("kubeconfig");
    fs::write(&path, CONFIG).unwrap();
    let list = format!("/no/such/file:{}", path.display());
    let env = [("KUBECONFIG", list.as_str())];
    let start = Start { env: &env, ..Start::new((120, 40), home.path()) };
    let mut terminal = start.opsbook(&[]);
    terminal.wait_text(&["Which cluster?", "no current context", "dev-a", "shop-prod", "PRODUCTION"]);
    // One that cannot be opened is said, and another one can be chosen.
    terminal.send(DOWN);
    terminal.press(ENTER, &["Not opened", "neither https nor http", "Which cluster?"]);
    terminal.send("prod");
    terminal.wait_text(&["1 of 3"]);
    let screen = terminal.press(ENTER, &["shop-prod", "PRODUCTION read-only", "/no/such/file is not there"]);
    assert!(!screen.contains("Which cluster?"), "{screen}");
    terminal.press("S", &["Nothing is recorded yet"]);
    terminal.press("M", &["note"]);
    terminal.send_at_once("here I am\r");
    terminal.wait_text(&["noted"]);
    terminal.send("\x03");
    assert!(terminal.ended().success());
    let folder = home.path().join(".local/state/opsbook/sessions");
    let file = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let journal = fs::read_to_string(file).unwrap();
    assert!(journal.contains(r#""context":"shop-prod""#), "{journal}");
}

#[test]
fn who_chooses_no_context_leaves_without_a_session() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("kubeconfig");
    fs::write(&path, CONFIG).unwrap();
    let file = path.display().to_string();
    let env = [("KUBECONFIG", file.as_str())];
    let start = Start { env: &env, ..Start::new((80, 24), home.path()) };
    let mut terminal = start.opsbook(&[]);
    terminal.wait_text(&["Which cluster?"]);
    terminal.send("\x1b");
    terminal.ended();
    assert!(!home.path().join(".local/state/opsbook/sessions").exists(), "nothing was recorded");
}
