//! Tiers of real files: what keeps an approval and what does not, and sources that are signed, altered, or by others.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::*;
use crate::domain::Timestamp;

const BOOK: &str = "---\nrunbook: 1\ntitle: T\nmeta: { risk: low }\nparams: { n: { type: int } }\n---\n# T\n\nWords.\n\n```sh {step=shell name=one}\n#| risk: low\necho one\n```\n\n```yaml {step=include name=more}\nrunbook: b.md\n```\n";
const OTHER: &str = "---\nrunbook: 1\ntitle: B\n---\n```yaml {step=view name=look}\nshow: [nodes]\n```\n";

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        let home = Home(tempfile::tempdir().unwrap());
        home.write("books/own/a.md", BOOK);
        home.write("books/own/b.md", OTHER);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    fn places(&self) -> Places {
        let (store, sources) = (self.path("state/trust.json"), self.path("sources.toml"));
        Places { store, sources, handed_over: vec![self.path("handed-over")] }
    }

    fn load(&self) -> Loaded {
        load(&[self.path("books")], &self.places())
    }

    fn tier(&self, id: &str) -> Trust {
        self.load().corpus.get(id).unwrap().runbook.trust.clone()
    }

    fn approve(&self, id: &str) {
        let mut loaded = self.load();
        let book = loaded.corpus.get(id).unwrap().runbook.clone();
        let canon = canon(&book, &|id| loaded.corpus.get(id).map(|e| e.runbook.clone()));
        loaded.store.approve(&book, &canon, Timestamp::UNIX_EPOCH, "op".into());
        loaded.store.write(&self.places().store).unwrap();
    }
}

fn differs(trust: &Trust) -> Vec<&str> {
    match trust {
        Trust::Unknown { differs } => differs.iter().map(String::as_str).collect(),
        trusted => panic!("{trusted:?}"),
    }
}

#[test]
fn what_is_built_in_is_trusted_and_what_stands_in_for_it_is_not() {
    let home = Home::new();
    assert_eq!(home.tier("nodes/node-not-ready"), Trust::BuiltIn);
    home.write("books/nodes/node-not-ready.md", BOOK);
    assert_eq!(home.tier("nodes/node-not-ready"), Trust::default());
}

#[test]
fn an_approval_outlives_prose_and_ends_with_a_step_and_says_which() {
    let home = Home::new();
    assert!(differs(&home.tier("own/a")).is_empty());
    home.approve("own/a");
    assert_eq!(home.tier("own/a"), Trust::Approved { reworded: false });
    home.write(
        "books/own/a.md",
        &BOOK.replace("Words.", "Other words.\n\nAnd more.").replace("title: T", "title: U"),
    );
    assert_eq!(home.tier("own/a"), Trust::Approved { reworded: true });
    for (from, to, part) in [
        ("echo one", "echo two", "step one"),
        ("risk: low\necho", "risk: none\necho", "step one"),
        ("type: int", "type: text", "front matter"),
        ("runbook: b.md", "runbook: c.md", "step more"),
    ] {
        home.write("books/own/a.md", &BOOK.replace(from, to));
        assert!(differs(&home.tier("own/a")).contains(&part), "{from}: {:?}", home.tier("own/a"));
    }
    home.write("books/own/a.md", BOOK);
    assert_eq!(home.tier("own/a"), Trust::Approved { reworded: false });
    home.write("books/own/b.md", &OTHER.replace("nodes", "pods"));
    assert_eq!(differs(&home.tier("own/a")), ["more/step look"]);
}

#[test]
fn no_byte_that_an_interpreter_sees_changes_under_an_approval() {
    let step = |indent: &str, body: &str| {
        format!(
            "---\nrunbook: 1\ntitle: T\n---\n# T\n\n{indent}```sh {{step=shell name=one}}\n{body}{indent}```\n"
        )
    };
    let dry = "#| risk: low\necho would run: \\\nrm -rf x\n";
    let heredoc = "#| risk: low\ncat <<X\n  X\nrm -rf x\nX\n";
    let proof = "#| risk: low\n#| verify: { sh: 'test -e a' }\necho a\n";
    let home = Home::new();
    for (before, after) in [
        // A blank behind the backslash makes a command of its own of the next line.
        (step("", dry), step("", &dry.replace("\\\n", "\\ \n"))),
        // Blanks before the fence are taken off within, which ends the heredoc.
        (step("", heredoc), step("  ", heredoc)),
        // What looks like a blank, and is none to a shell.
        (step("", dry), step("", &dry.replace("x\n", "x\u{a0}\n"))),
        (step("", dry), step("", &dry.replace("x\n", "x\u{3000}\n"))),
        (step("", dry), step("", &dry.replace("x\n", "x\u{2028}\n"))),
        (step("", dry), step("", &dry.replace("x\n", "x\t\n"))),
        (step("", dry), step("", dry).replace("```sh ", "```bash ")),
        (step("", proof), step("", &proof.replace("-e a", "-e a "))),
    ] {
        home.write("books/own/d.md", &before);
        home.approve("own/d");
        assert_eq!(home.tier("own/d"), Trust::Approved { reworded: false }, "{before}");
        home.write("books/own/d.md", &after);
        assert_eq!(differs(&home.tier("own/d")), ["step one"], "{after}");
    }
}

proptest::proptest! {
    #[test]
    fn what_has_one_hash_has_one_script(a in "[ \t\\\\xX\n\r\u{a0}]{0,12}", b in "[ \t\\\\xX\n\r\u{a0}]{0,12}", indent in "[ ]{0,3}") {
        let book = |indent: &str, body: &str| {
            let text = format!("---\nrunbook: 1\ntitle: T\n---\n{indent}```sh {{step=shell name=one}}\n#| risk: low\n{body}\necho\n```\n");
            crate::runbook::parse("a/b.md", &text).runbook
        };
        let (one, other) = (book("", &a), book(&indent, &b));
        let script = |book: &crate::runbook::model::Runbook| match &book.steps[0].kind {
            crate::runbook::model::StepKind::Shell(shell) => shell.script.clone(),
            other => panic!("{other:?}"),
        };
        let hash = |book| canon(book, &|_| None).hash();
        proptest::prop_assert_eq!(hash(&one) == hash(&other), script(&one) == script(&other));
    }
}

#[test]
fn an_approval_of_an_earlier_form_counts_for_nothing_and_says_why() {
    let home = Home::new();
    home.approve("own/a");
    let file = home.places().store;
    let now = fs::read_to_string(&file).unwrap();
    assert!(now.contains("\"version\": 2") && now.contains("\"form\": 2"), "{now}");
    // As version 1 wrote it: no form, and the text of the fences.
    let older = now.replace("\"version\": 2", "\"version\": 1").replace("      \"form\": 2,\n", "");
    fs::write(&file, &older).unwrap();
    assert_eq!(home.tier("own/a"), Trust::Outdated);
    assert!(!home.tier("own/a").runs() && home.load().wrong.is_empty());
    let why = home.tier("own/a").refusal("own/a").unwrap();
    assert!(why.contains("older opsbook") && why.contains("every byte"), "{why}");
    // Others are approved beside it, and it still counts for nothing.
    home.approve("own/b");
    assert_eq!(home.tier("own/a"), Trust::Outdated);
    assert_eq!(home.tier("own/b"), Trust::Approved { reworded: false });
    home.approve("own/a");
    assert_eq!(home.tier("own/a"), Trust::Approved { reworded: false });
    fs::write(&file, now.replace("\"version\": 2", "\"version\": 3")).unwrap();
    assert!(home.load().wrong[0].contains("form 3"), "{:?}", home.load().wrong);
}

const BY_HAND: &str = "---\nrunbook: 1\ntitle: T\n---\n# T\n\nLook.\n\n```yaml {step=manual name=lamp}\ndo: Look at the lamp.\n```\n\n## Which\n\nIt is told.\n\n```yaml {step=decision name=which}\nask: Is it red?\ncases: { a: { hint: Red. }, b: {} }\n```\n\n## Run\n\nWords.\n\n```sh {step=shell name=run}\n#| risk: low\necho\n```\n";
const ZH: &str = "---\ntitle: 好\nsteps:\n  lamp: { do: 看灯。 }\n  which: { ask: 是红的吗？, hints: { a: 红的。 } }\n---\n# 灯\n\n看。\n\n<!-- step: lamp -->\n\n## 哪个\n\n说明。\n\n<!-- step: which -->\n\n## 跑\n\n字。\n\n<!-- step: run -->\n";

#[test]
fn words_that_a_person_carries_out_are_approved_in_every_language() {
    let home = Home::new();
    home.write("books/own/e.md", BY_HAND);
    home.write("books/own/e.zh.md", ZH);
    home.approve("own/e");
    assert_eq!(home.tier("own/e"), Trust::Approved { reworded: false });
    for (file, text, from, to, part) in [
        ("e.md", BY_HAND, "Look at the lamp.", "Delete it.", "step lamp"),
        ("e.md", BY_HAND, "\nLook.\n", "\nDelete it.\n", "words of step lamp"),
        ("e.md", BY_HAND, "# T\n", "# Delete it\n", "words of step lamp"),
        ("e.md", BY_HAND, "It is told.", "It is not told.", "words of step which"),
        ("e.zh.md", ZH, "看灯。", "删。", "words of step lamp in zh"),
        ("e.zh.md", ZH, "\n看。\n", "\n删。\n", "words of step lamp in zh"),
        ("e.zh.md", ZH, "# 灯", "# 删", "words of step lamp in zh"),
        ("e.zh.md", ZH, "是红的吗？", "删吗？", "words of step which in zh"),
        ("e.zh.md", ZH, "a: 红的。", "a: 删。", "words of step which in zh"),
    ] {
        assert!(text.contains(from));
        home.write(&format!("books/own/{file}"), &text.replacen(from, to, 1));
        assert!(differs(&home.tier("own/e")).contains(&part), "{from}: {:?}", home.tier("own/e"));
        home.write(&format!("books/own/{file}"), text);
    }
    // Around a script they are words, and it is said that they changed.
    for (file, text, from) in [("e.md", BY_HAND, "\nWords.\n"), ("e.zh.md", ZH, "\n字。\n")] {
        home.write(&format!("books/own/{file}"), &text.replace(from, "\nOther.\n"));
        assert_eq!(home.tier("own/e"), Trust::Approved { reworded: true }, "{file}");
        home.write(&format!("books/own/{file}"), text);
    }
    // A translation that was not there then.
    fs::remove_file(home.path("books/own/e.zh.md")).unwrap();
    assert!(!home.tier("own/e").runs());
}

#[test]
fn labels_of_parameters_are_approved_in_every_language() {
    let home = Home::new();
    let base = "---\nrunbook: 1\ntitle: T\nparams: { from: { type: text, title: From where }, to: { type: text, title: To where } }\n---\n# T\n";
    let zh = "---\ntitle: T\nparams: { from: 从哪里, to: 到哪里 }\n---\n# T\n";
    home.write("books/own/f.md", base);
    home.write("books/own/f.zh.md", zh);
    home.approve("own/f");
    assert_eq!(home.tier("own/f"), Trust::Approved { reworded: false });
    for (file, text, from, to, part) in [
        ("f.md", base, "From where", "To where", "front matter"),
        ("f.zh.md", zh, "{ from: 从哪里, to: 到哪里 }", "{ from: 到哪里, to: 从哪里 }", "labels in zh"),
        ("f.zh.md", zh, ", to: 到哪里", "", "labels in zh"),
    ] {
        assert!(text.contains(from));
        home.write(&format!("books/own/{file}"), &text.replacen(from, to, 1));
        assert!(differs(&home.tier("own/f")).contains(&part), "{from}: {:?}", home.tier("own/f"));
        home.write(&format!("books/own/{file}"), text);
    }
}

#[test]
fn a_translation_of_nobody_rewrites_no_runbook_that_somebody_vouches_for() {
    let home = Home::new();
    let before = home.load().corpus.get("nodes/node-not-ready").unwrap().runbook.title_in("zh").to_owned();
    home.write("books/nodes/node-not-ready.zh.md", "---\ntitle: 删\n---\n");
    let (commit, key) = signed(&home);
    list(&home, &commit, &[&key]);
    home.write("books/team/a.zh.md", "---\ntitle: 删\n---\n");
    let loaded = home.load();
    for (id, title) in [("nodes/node-not-ready", before.as_str()), ("team/a", "T")] {
        let book = &loaded.corpus.get(id).unwrap().runbook;
        assert!(book.trust.runs());
        assert_eq!(book.title_in("zh"), title, "{id}");
    }
    let strangers: Vec<_> = loaded.corpus.strangers().iter().map(|s| s.id.as_str()).collect();
    assert_eq!(strangers, ["nodes/node-not-ready", "team/a"]);
}

#[test]
fn what_came_with_a_session_of_somebody_else_stands_in_for_nothing() {
    let home = Home::new();
    let (commit, key) = signed(&home);
    list(&home, &commit, &[&key]);
    home.write("handed-over/x/team/a.md", &BOOK.replace("echo one", "echo evil"));
    home.write("handed-over/team/a.md", &BOOK.replace("echo one", "echo evil"));
    home.write("handed-over/team/new.md", OTHER);
    assert!(matches!(home.tier("team/a"), Trust::Signed { .. }));
    assert_eq!(home.tier("team/new"), Trust::default());
}

#[test]
fn the_order_of_steps_counts() {
    let one = |name: &str| format!("```yaml {{step=view name={name}}}\nshow: [nodes]\n```\n\n");
    let home = Home::new();
    let file = |a: &str, b: &str| format!("---\nrunbook: 1\ntitle: T\n---\n{}{}", one(a), one(b));
    home.write("books/own/c.md", &file("x", "y"));
    home.approve("own/c");
    home.write("books/own/c.md", &file("y", "x"));
    assert_eq!(differs(&home.tier("own/c")), ["the order of its steps"]);
}

#[test]
fn an_approval_file_that_others_may_write_or_that_is_broken_counts_for_nothing() {
    let home = Home::new();
    home.approve("own/a");
    let store = home.places().store;
    assert_eq!(fs::metadata(&store).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&store, fs::Permissions::from_mode(0o620)).unwrap();
    let loaded = home.load();
    assert!(loaded.wrong[0].contains("others may write"), "{:?}", loaded.wrong);
    assert!(!home.tier("own/a").runs());
    fs::set_permissions(&store, fs::Permissions::from_mode(0o600)).unwrap();
    let text = fs::read_to_string(&store).unwrap();
    fs::write(&store, text.replace("echo one", "echo two")).unwrap();
    assert!(!home.tier("own/a").runs(), "the parts were edited and not the hash");
    fs::write(&store, "{").unwrap();
    assert!(!home.tier("own/a").runs() && !home.load().wrong.is_empty());
}

/// Runs a program of the test's own, in a folder.
fn run(folder: &Path, program: &str, args: &[&str]) -> String {
    let out = Command::new(program)
        .args(args)
        .current_dir(folder)
        .env_clear()
        .envs(std::env::vars_os().filter(|(n, _)| n == "PATH"))
        .envs([("HOME", folder.as_os_str()), ("GIT_CONFIG_NOSYSTEM", "1".as_ref())])
        .output()
        .unwrap();
    assert!(out.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

/// A git folder with one signed commit: its name, and the public key.
fn signed(home: &Home) -> (String, String) {
    let root = home.path("");
    for key in ["key", "other"] {
        run(&root, "ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-C", "author", "-f", key]);
    }
    home.write("git/books/team/a.md", BOOK);
    home.write("git/books/team/b.md", OTHER);
    let git = home.path("git");
    run(&git, "git", &["init", "-q"]);
    run(&git, "git", &["add", "."]);
    let key = home.path("key").display().to_string();
    let name = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "gpg.format=ssh"];
    let sign = format!("user.signingkey={key}");
    run(&git, "git", &[&name[..], &["-c", &sign, "commit", "-q", "-S", "-m", "books"]].concat());
    let commit = run(&git, "git", &["rev-parse", "HEAD"]);
    (commit, fs::read_to_string(home.path("key.pub")).unwrap().trim().to_owned())
}

fn list(home: &Home, commit: &str, keys: &[&str]) {
    let folder = home.path("git");
    let text = format!(
        "[[source]]\nfolder = {folder:?}\nbelow = \"books\"\ncommit = \"{commit}\"\nkeys = {keys:?}\n"
    );
    home.write("sources.toml", &text);
}

#[test]
fn a_signed_source_is_read_at_its_commit_whatever_lies_in_the_folder() {
    let home = Home::new();
    let (commit, key) = signed(&home);
    list(&home, &commit, &[&key]);
    assert_eq!(home.load().wrong, Vec::<String>::new());
    assert!(matches!(home.tier("team/a"), Trust::Signed { commit: c, .. } if c == commit));
    home.write("git/books/team/a.md", &BOOK.replace("echo one", "echo evil"));
    let book = home.load().corpus.get("team/a").unwrap().runbook.clone();
    assert!(book.source.contains("echo one"), "{}", book.source);
}

#[test]
fn a_source_that_others_signed_or_nobody_or_that_was_altered_gives_nothing() {
    let home = Home::new();
    let (commit, key) = signed(&home);
    let wrong = |home: &Home, words: &str| {
        let loaded = home.load();
        assert!(loaded.corpus.get("team/a").is_none());
        assert!(loaded.wrong.join("; ").contains(words), "{:?}", loaded.wrong);
    };
    let other = fs::read_to_string(home.path("other.pub")).unwrap();
    list(&home, &commit, &[other.trim()]);
    wrong(&home, "none of its keys made the signature");
    list(&home, &"0".repeat(40), &[&key]);
    wrong(&home, "is not there");
    list(&home, &commit[..12], &[&key]);
    wrong(&home, "no whole commit");
    list(&home, &commit, &["cert-authority ssh-ed25519 AAAA"]);
    wrong(&home, "no kind of SSH key");
    // One that nobody signed.
    let git = home.path("git");
    let name = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    run(&git, "git", &[&name[..], &["commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "x"]].concat());
    list(&home, &run(&git, "git", &["rev-parse", "HEAD"]), &[&key]);
    wrong(&home, "is not signed");
    // An object whose content is another one.
    let blob = run(&git, "git", &["rev-parse", &format!("{commit}:books/team/a.md")]);
    let evil = run(&git, "git", &["hash-object", "-w", "books/team/b.md"]);
    let object = |hash: &str| git.join(".git/objects").join(&hash[..2]).join(&hash[2..]);
    fs::remove_file(object(&blob)).unwrap();
    fs::copy(object(&evil), object(&blob)).unwrap();
    list(&home, &commit, &[&key]);
    wrong(&home, "");
}

#[test]
fn nothing_that_a_source_configures_is_run() {
    let home = Home::new();
    let (commit, key) = signed(&home);
    let mark = home.path("mark");
    let program = home.path("evil.sh");
    home.write("evil.sh", &format!("#!/bin/sh\ntouch {}\nexit 0\n", mark.display()));
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let (git, evil) = (home.path("git"), program.display().to_string());
    for key in
        ["core.fsmonitor", "gpg.program", "gpg.ssh.program", "core.sshCommand", "core.pager", "diff.external"]
    {
        run(&git, "git", &["config", key, &evil]);
    }
    list(&home, &commit, &[&key]);
    assert!(matches!(home.tier("team/a"), Trust::Signed { .. }));
    assert!(!mark.exists());
    // A folder that lacks an object and says where to fetch it, and by what.
    let blob = run(&git, "git", &["rev-parse", &format!("{commit}:books/team/a.md")]);
    fs::remove_file(git.join(".git/objects").join(&blob[..2]).join(&blob[2..])).unwrap();
    for (key, value) in [
        ("extensions.partialClone", "origin"),
        ("core.repositoryFormatVersion", "1"),
        ("remote.origin.url", "file:///nowhere"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.uploadpack", &evil),
        ("protocol.allow", "always"),
        ("protocol.file.allow", "always"),
    ] {
        run(&git, "git", &["config", key, value]);
    }
    assert!(home.load().wrong.join(";").contains("is not there"), "{:?}", home.load().wrong);
    assert!(!mark.exists());
}

#[test]
fn the_configuration_of_a_source_is_not_even_read() {
    let home = Home::new();
    let (commit, key) = signed(&home);
    list(&home, &commit, &[&key]);
    // Whoever reads it waits for ever.
    let pipe = home.path("pipe");
    nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let config = home.path("git/.git/config");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, format!("{text}[include]\n\tpath = {}\n", pipe.display())).unwrap();
    assert!(matches!(home.tier("team/a"), Trust::Signed { .. }), "{:?}", home.load().wrong);
}

#[test]
fn a_further_working_copy_of_a_source_is_one_too() {
    let home = Home::new();
    let (commit, key) = signed(&home);
    run(&home.path("git"), "git", &["worktree", "add", "-q", "--detach", "../copy"]);
    list(&home, &commit, &[&key]);
    let text = fs::read_to_string(home.path("sources.toml")).unwrap();
    home.write("sources.toml", &text.replace("/git\"", "/copy\""));
    assert!(matches!(home.tier("team/a"), Trust::Signed { .. }), "{:?}", home.load().wrong);
}

#[test]
fn a_commit_that_names_one_folder_a_million_times_is_left() {
    let home = Home::new();
    let (_, key) = signed(&home);
    let git = home.path("git");
    let mut tree = run(&git, "git", &["rev-parse", "HEAD:books/team"]);
    for _ in 0..6 {
        let rows: Vec<_> = (10..50).map(|n| format!("040000 tree {tree}\td{n}\n")).collect();
        home.write("rows", &rows.concat());
        let script = format!("git mktree < {}", home.path("rows").display());
        tree = run(&git, "sh", &["-c", &script]);
    }
    let name = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "gpg.format=ssh"];
    let sign = format!("user.signingkey={}", home.path("key").display());
    let commit =
        run(&git, "git", &[&name[..], &["-c", &sign, "commit-tree", "-S", "-m", "x", &tree]].concat());
    home.write(
        "sources.toml",
        &format!("[[source]]\nfolder = {git:?}\ncommit = \"{commit}\"\nkeys = [{key:?}]\n"),
    );
    let wrong = home.load().wrong.join(";");
    assert!(
        wrong.contains("more than 20000 objects") || wrong.contains("more than 5000 runbooks"),
        "{wrong}"
    );
}

#[test]
fn a_list_of_sources_that_others_can_write_vouches_for_nothing() {
    let home = Home::new();
    let (commit, key) = signed(&home);
    list(&home, &commit, &[&key]);
    assert!(matches!(home.tier("team/a"), Trust::Signed { .. }));
    let file = home.path("sources.toml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
    let loaded = home.load();
    assert!(loaded.corpus.get("team/a").is_none());
    assert!(loaded.wrong[0].contains("others may write it"), "{:?}", loaded.wrong);
}
