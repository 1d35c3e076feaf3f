//! `opsbook trust` as a shell sees it: nothing is approved without a terminal, and nothing runs by being read.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

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

/// A run in a folder, with nothing but this in its environment.
fn run_in(folder: &Path, args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opsbook"));
    command.args(args).current_dir(folder).env_clear().envs(env.iter().copied()).output().unwrap()
}

#[test]
fn a_program_that_lies_in_the_present_folder_is_not_started() {
    let home = home();
    let mark = home.path("mark");
    for program in ["git", "ssh-keygen"] {
        let evil = home.write(program, &format!("#!/bin/sh\ntouch {}\n", mark.display()));
        fs::set_permissions(evil, fs::Permissions::from_mode(0o755)).unwrap();
    }
    fs::create_dir_all(home.path("src/.git/objects")).unwrap();
    let source = format!(
        "[[source]]\nfolder = {:?}\ncommit = \"{}\"\nkeys = [\"ssh-ed25519 AAAA\"]\n",
        home.path("src"),
        "0".repeat(40)
    );
    home.write(".config/opsbook/sources.toml", &source);
    let own = home.0.path().display().to_string();
    for path in [".", ":", ".:bin"] {
        let ran = run_in(home.0.path(), &["trust", "list"], &[("HOME", &own), ("PATH", path)]);
        let said = String::from_utf8(ran.stderr).unwrap();
        assert!(said.contains("git is in no absolute folder of PATH"), "{path}: {said}");
        assert!(!mark.exists(), "{path}");
    }
}

#[test]
fn without_a_home_folder_nothing_is_read_from_a_place_that_others_fill() {
    let home = Home::new();
    // What would be read of a home that is no whole path, and below the folder for temporary files.
    let broken = "this is no configuration";
    home.write("own/.config/opsbook/sources.toml", broken);
    home.write("tmp/opsbook/config/sources.toml", broken);
    let tmp = home.path("tmp").display().to_string();
    let ran = run_in(home.0.path(), &["trust", "list"], &[("HOME", "own"), ("TMPDIR", &tmp)]);
    let (out, err) = (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap());
    assert!(err.contains("there is no home folder"), "{err}");
    assert!(out.contains("every runbook is built in") && ran.status.success(), "{out}{err}");
    let left: Vec<_> = fs::read_dir(home.path("tmp")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["opsbook"], "an empty folder does not stay");
}

#[test]
fn a_pipe_in_a_folder_of_runbooks_stops_nothing() {
    let home = home();
    let pipe = home.path("config/opsbook/runbooks/own/pipe.md");
    nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let listed = home.run(&["trust", "list"]).expect(1).out;
    assert!(listed.contains("own/a"), "{listed}");
    // Its text mentions the word; no runbook is about it.
    let found = home.run(&["search", "touch"]).expect(1).out;
    assert!(found.contains("own/a"), "{found}");
    home.run(&["show", "own/a"]).expect(0);
    let checked = home.run(&["check", "runbooks"]).expect(1).out;
    assert!(checked.contains("pipe.md") && checked.contains("it is no file but"), "{checked}");
}

#[test]
fn pipes_in_the_place_of_ones_own_files_stop_nothing() {
    let home = home();
    let pipe = |below: &str| {
        let path = home.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        nix::unistd::mkfifo(&path, nix::sys::stat::Mode::from_bits_truncate(0o600)).unwrap();
        path.display().to_string()
    };
    for file in ["config.toml", "keymap.toml", "sources.toml", "themes/own.toml"] {
        pipe(&format!("config/opsbook/{file}"));
    }
    pipe("state/opsbook/trust.json");
    pipe("state/opsbook/sessions/20260101-000000-aa.jsonl");
    assert!(home.run(&["check", "config"]).expect(1).out.contains("is no file but"));
    home.run(&["check", "keys"]);
    home.run(&["check", "themes"]);
    assert!(home.run(&["trust", "list"]).expect(1).err.contains("is no file but"));
    assert!(home.run(&["sessions", "list"]).expect(0).out.contains("is no file but"));
    let given = pipe("request.txt");
    assert!(home.run(&["approve", &given]).expect(1).err.contains("is no file but"));
    assert!(home.run(&["sessions", "resume", &given]).code != 0);
}
