//! Nothing foreign steers the terminal that the program was started from: what opsbook starts by itself cannot open it, and
//! a request to a second person cannot repaint the screen on which it is read.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::terminal::{ENTER, Start};

/// Writes down that it ran, and whether it could open the terminal, whose title it then changes.
fn tries(home: &Path, name: &str) -> String {
    let home = home.display();
    format!(
        "(printf '\\033]0;stolen\\007' > /dev/tty) 2>/dev/null && echo '{name} opened it' >> '{home}/tty'; echo '{name}' >> '{home}/ran'"
    )
}

/// A program that says its version, and tries before.
fn program(home: &Path, name: &str, then: &str) {
    let path = home.join("bin").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, format!("#!/bin/sh\n{}\n{then}\n", tries(home, name))).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A source with a commit that is signed, and its row in the list of sources.
fn signed(home: &Path) -> String {
    let (git, key) = (home.join("team"), home.join("author"));
    fs::create_dir(&git).unwrap();
    fs::write(git.join("more.md"), "---\nrunbook: 1\ntitle: More\n---\n").unwrap();
    let run = |program: &str, args: &[&str]| {
        let mut command = Command::new(program);
        command.args(args).current_dir(&git).env("HOME", home).env("GIT_CONFIG_NOSYSTEM", "1");
        let out = command.output().unwrap();
        assert!(out.status.success(), "{args:?} {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap().trim().to_owned()
    };
    let path = key.display().to_string();
    run("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-C", "author", "-f", &path]);
    run("git", &["init", "-q"]);
    run("git", &["add", "."]);
    let signing = format!("user.signingkey={path}");
    let who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "gpg.format=ssh", "-c", &signing];
    run("git", &[&who[..], &["commit", "-q", "-S", "-m", "x"]].concat());
    let public = fs::read_to_string(key.with_extension("pub")).unwrap();
    format!(
        "[[source]]\nfolder = \"{}\"\ncommit = \"{}\"\nkeys = [\"{}\"]\n",
        git.display(),
        run("git", &["rev-parse", "HEAD"]),
        public.trim()
    )
}

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let (config, at) = (home.path().join(".config/opsbook"), home.path());
    let (script, proof) = (tries(at, "script"), tries(at, "proof"));
    let book = format!(
        "---\nrunbook: 1\ntitle: Terminal\nmeta: {{ risk: low }}\nrequires: {{ tools: {{ local: [\"jq>=1.0\"] }} }}\n---\n# Terminal\n\n\
         ```sh {{step=shell name=try}}\n#| risk: low\n#| verify: {{ sh: \"sh $HOME/proof.sh\", within: 30s }}\n#| rollback: {{ none: It is a test. }}\n{script}\n```\n"
    );
    fs::create_dir_all(config.join("runbooks/own")).unwrap();
    fs::write(config.join("runbooks/own/tty.md"), book).unwrap();
    fs::write(at.join("proof.sh"), format!("{proof}\n")).unwrap();
    fs::write(config.join("sources.toml"), signed(at)).unwrap();
    fs::set_permissions(config.join("sources.toml"), fs::Permissions::from_mode(0o600)).unwrap();
    program(at, "git", "exec /usr/bin/git \"$@\"");
    program(at, "ssh-keygen", "exec /usr/bin/ssh-keygen \"$@\"");
    program(at, "jq", "echo jq-1.6");
    home
}

fn read(home: &Path, name: &str) -> String {
    fs::read_to_string(home.join(name)).unwrap_or_default()
}

#[test]
fn what_opsbook_starts_cannot_open_the_terminal_that_it_was_started_from() {
    let home = home();
    let path = format!("{}:/usr/bin:/bin", home.path().join("bin").display());
    let env = [("PATH", path.as_str())];
    let start = || Start { env: &env, ..Start::new((120, 50), home.path()) };
    // A program that a person starts can: the test would see it.
    let mut plain = start().program("/bin/sh", &["-c", &tries(home.path(), "plain")]);
    plain.ended();
    assert_eq!(read(home.path(), "tty"), "plain opened it\n");
    fs::remove_file(home.path().join("tty")).unwrap();

    let mut approve = start().opsbook(&["trust", "approve", "own/tty"]);
    approve.wait_text(&["Type own/tty to approve it"]);
    approve.send("own/tty\r");
    assert!(approve.ended().success());
    let mut terminal = start().opsbook(&["open", "own/tty", "--practice=healthy"]);
    terminal.wait_text(&["approved runbook", "a script is not dry-run"]);
    // A script that a script proves is confirmed, whatever its rung.
    terminal.press(ENTER, &["and as its proof:", "y run"]);
    terminal.press("y", &["try ended with 0"]);
    let ran = |name: &str| read(home.path(), "ran").lines().any(|l| l == name);
    terminal.wait_until("each of them to run", |_| {
        ["git", "ssh-keygen", "jq", "script", "proof"].iter().all(|n| ran(n))
    });
    terminal.send("\x03");
    terminal.ended();
    assert_eq!(read(home.path(), "tty"), "");
    // The words of the script are on the screen; the sequence that they write is not.
    let stolen = b"\x1b]0;stolen";
    assert!(!terminal.raw().windows(stolen.len()).any(|w| w == stolen));
}

#[test]
fn a_request_that_would_repaint_the_screen_is_refused_before_anything_of_it_is_shown() {
    let home = tempfile::tempdir().unwrap();
    let by = "alice asks you to agree to: look at a lamp\u{1b}]52;c;aGk=\u{7}\u{1b}[2J\u{1b}[H";
    let asked = serde_json::json!({
        "form": 1, "id": "1", "digest": "d", "title": "kubectl delete ns --all", "risk": "critical", "context": "prod",
        "server": "s", "cluster": "", "target": "t", "uid": "", "kubectl": "k", "summary": "s", "consequences": [],
        "questions": [], "script": null, "way_back": "none", "by": by, "user": "u", "at": "2026-03-01T03:14:00Z",
        "until": "2999-03-01T03:14:00Z",
    });
    let line = format!("opsbook-request:{}\n", STANDARD_NO_PAD.encode(asked.to_string()));
    fs::write(home.path().join("request"), line).unwrap();
    let mut bob = Start::new((120, 50), home.path()).opsbook(&["approve", "request", "--key", "key"]);
    let ended = bob.ended();
    let (raw, screen) = (bob.raw(), bob.screen(vt100::Screen::contents));
    assert!(!ended.success() && screen.contains("name of who asks holds characters"), "{screen}");
    assert!(!raw.contains(&0x1b) && !raw.contains(&7) && !screen.contains("lamp"), "{screen}");
}

#[test]
fn a_credential_plugin_that_waits_is_shown_can_be_left_and_has_no_terminal() {
    let home = tempfile::tempdir().unwrap();
    let waits = "echo 'open https://login.example and type ABCD' >&2; exec sleep 1000";
    program(home.path(), "plugin", waits);
    let config = "apiVersion: v1\nkind: Config\ncurrent-context: dev-a\nclusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}]\ncontexts: [{name: dev-a, context: {cluster: c, user: u}}]\nusers: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: bin/plugin, interactiveMode: IfAvailable}}}]\n";
    let path = home.path().join("kubeconfig");
    fs::write(&path, config).unwrap();
    let (file, search) = (path.display().to_string(), "/usr/bin:/bin");
    let env = [("KUBECONFIG", file.as_str()), ("PATH", search)];
    let start = Start { env: &env, ..Start::new((120, 40), home.path()) };
    let mut terminal = start.opsbook(&[]);
    terminal.wait_text(&[
        "dev-a",
        "logging in",
        "credential plugin plugin",
        "https://login.example and type ABCD",
    ]);
    assert_eq!((read(home.path(), "ran").as_str(), read(home.path(), "tty").as_str()), ("plugin\n", ""));
    terminal.send("q");
    assert!(terminal.ended().success());
}
