//! `opsbook trust` as a shell sees it: nothing is approved without a terminal, and nothing runs by being read.

use super::home::Home;

const BOOK: &str = "---\nrunbook: 1\ntitle: T\nmeta: { risk: low }\n---\n# T\n\n```sh {step=shell name=one}\n#| risk: low\ntouch MARK\n```\n";

fn home() -> Home {
    let home = Home::new();
    let mark = home.path("mark").display().to_string();
    home.write("config/opsbook/runbooks/own/a.md", &BOOK.replace("MARK", &mark));
    home
}

#[test]
fn runbooks_of_the_user_are_unknown_and_are_listed_with_where_they_are() {
    let home = home();
    let rows = home.run(&["trust", "list", "-o", "json"]).expect(1).json();
    let row = &rows["runbooks"][0];
    assert_eq!((row["id"].as_str(), row["tier"].as_str()), (Some("own/a"), Some("unknown")));
    assert_eq!(row["hash"].as_str().unwrap().len(), 64);
    let text = home.run(&["trust", "list"]).expect(1).out;
    assert!(text.contains("unknown") && text.contains("own/a"), "{text}");
    assert!(Home::new().run(&["trust", "list"]).expect(0).out.contains("every runbook is built in"));
}

#[test]
fn without_a_terminal_nothing_is_approved() {
    let home = home();
    let ran = home.run(&["trust", "approve", "own/a"]).expect(1);
    assert!(ran.err.contains("needs a terminal"), "{}", ran.err);
    let ran = home.run(&["trust", "revoke", "own/a"]).expect(1);
    assert!(ran.err.contains("own/a is not approved"), "{}", ran.err);
    assert!(!home.path("state/opsbook/trust.json").exists());
}

#[test]
fn nothing_runs_by_being_read_searched_checked_or_listed() {
    let home = home();
    for args in [
        &["show", "own/a"][..],
        &["search", "touch"],
        &["check", "runbooks"],
        &["trust", "list"],
        &["triage", "--practice=healthy"],
    ] {
        home.run(args);
    }
    assert!(!home.path("mark").exists());
}
