//! Every command with text that was made to steer the terminal of who reads it: in files, names of files, records, requests,
//! arguments, and the answers of a server. Nothing of it comes out on either output. A new command needs a row.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;

use opsbook::cli::commands;
use opsbook::domain::{Kind, ObjectKey, Risk, Timestamp, hidden};
use opsbook::op::{Inputs, PeerRequest, Undo, plan_by_hand};
use opsbook::record::{Ending, Event, RunEnd, What};
use opsbook::redact::Secrets;
use opsbook::session::{HandOver, Journal};

use super::home::Home;

/// Clipboard, title, clearing, a C1 sequence, turning, unseen and forged rows; the word in front tells that it arrived.
const STEER: &str = "STEER\u{1b}]52;c;aGk=\u{7}\u{1b}]0;t\u{1b}\\\u{1b}[2J\u{1b}[H\u{9b}2J\u{202e}\u{61c}\u{200b}\u{e0041}\u{ad}\r\u{8}\u{7f}";

/// The same as YAML, TOML and JSON can write it between double quotes.
fn quoted() -> String {
    let units = |c: char| match c {
        c if c.is_ascii_graphic() && c != '\\' => c.to_string(),
        c => format!("\\U{:08x}", u32::from(c)),
    };
    STEER.chars().map(units).collect()
}

const DATE: &str = "2026-03-01T03:14:00Z";

/// A home in which everything that is read is foreign.
struct Foreign {
    home: Home,
    /// Answers every request with an error that steers.
    port: u16,
}

impl Foreign {
    fn new() -> Foreign {
        let foreign = Foreign { home: Home::new(), port: serve() };
        foreign.files();
        foreign.sessions();
        foreign
    }

    fn path(&self, below: &str) -> String {
        self.home.path(below).display().to_string()
    }

    fn files(&self) {
        let home = &self.home;
        let q = quoted();
        let book = format!(
            "---\nrunbook: 1\ntitle: \"{q}\"\nsymptoms: [\"{q}\"]\n\"ke{q}\": 1\nmeta: {{ owner: \"{q}\", \"ownr{q}\": x }}\n\
             params: {{ \"p{q}\": {{ type: \"{q}\" }} }}\ndetectors: [\"{q}\"]\n---\n# T{STEER}\n\ntext {STEER}\n\n\
             ```yaml {{step=action name=a{STEER}}}\nop: \"node{q}\"\nwith: {{ \"n{q}\": x }}\nverify: \"{q}\"\n```\n\n\
             ```sh {{step=shell name=s}}\n#| risk: low\n#| ri{STEER}: x\necho {STEER}\n```\n"
        );
        home.write("config/opsbook/runbooks/own/a.md", &book);
        home.write(&format!("config/opsbook/runbooks/own/n{STEER}.md"), &book);
        home.write(
            "config/opsbook/runbooks/own/a.zh.md",
            &format!("---\ntitle: \"{q}\"\n---\n# 中 {STEER}\n"),
        );
        home.write(
            "config/opsbook/sources.toml",
            &format!("[[source]]\nfolder = \"/no/{q}\"\ncommit = \"{q}\"\nkeys = [\"{q}\"]\n"),
        );
        home.write("data/a.scenario.yaml", &format!("scenario: 1\n\"ti{q}\": \"{q}\"\n"));
        home.write("data/config.toml", &format!("[[context]]\nname = \"{q}\"\nclass = \"{q}\"\n"));
        home.write("data/keymap.toml", &format!("[global]\n\"{q}\" = \"{q}\"\n"));
        home.write(&format!("data/themes/t{STEER}.toml"), &format!("[roles]\n\"{q}\" = \"{q}\"\n"));
        let kubeconfig = format!(
            "contexts: [{{name: \"c{q}\", context: {{cluster: k, user: u}}}}]\ncurrent-context: \"c{q}\"\n\
             clusters: [{{name: k, cluster: {{server: 'http://127.0.0.1:{}'}}}}]\nusers: [{{name: u, user: {{}}}}]\n",
            self.port
        );
        home.write("kubeconfig", &kubeconfig);
        let plan = plan_by_hand("lamp", "Look.", "", Risk::Low);
        let asked = PeerRequest { by: STEER.into(), ..PeerRequest::of(&plan, "1".into(), Timestamp::MAX) };
        // As somebody writes it who does not use this program.
        let line = serde_json::to_vec(&asked).unwrap();
        let line = base64::Engine::encode(&base64::engine::general_purpose::STANDARD_NO_PAD, line);
        home.write("request", &format!("opsbook-request:{line}\n"));
    }

    fn sessions(&self) {
        let folder = self.home.path("state/opsbook/sessions");
        let path = folder.join(format!("20260301-031400-{STEER}.jsonl"));
        let mut journal = Journal::create(&path).unwrap();
        for what in records() {
            journal.append(DATE.parse().unwrap(), what).unwrap();
        }
        let events = journal.events().to_vec();
        drop(journal);
        let made = HandOver::of(&events, &Secrets::default(), [].into(), Timestamp::UNIX_EPOCH);
        self.home.write(&format!("x{STEER}.opsbook"), &made.render());
        fs::write(folder.join(format!("20250101-{STEER}.jsonl")), format!("{STEER}\n")).unwrap();
    }
}

/// A session in which every text steers.
fn records() -> Vec<What> {
    let s = || STEER.to_owned();
    let key = || ObjectKey::new(Kind::Pod, STEER, STEER);
    vec![
        What::Started {
            id: s(),
            version: s(),
            user: s(),
            context: s(),
            server: s(),
            practice: false,
            flags: opsbook::record::Flags::default(),
        },
        What::Opened {
            walk: 0,
            runbook: s(),
            title: s(),
            hash: s(),
            params: [(s(), s())].into(),
            steps: vec![s()],
            texts: [].into(),
            titles: [(s(), s())].into(),
            conditions: [(s(), s())].into(),
            questions: [(s(), opsbook::record::Question { ask: s(), answers: [(s(), s())].into() })].into(),
        },
        What::Finding { detector: s(), subject: key(), title: s(), evidence: vec![s()] },
        What::Found { detector: s(), subject: key(), there: true },
        What::Step { step: s() },
        What::StepEnded { step: s(), ending: Ending::Proved, words: s(), past: None },
        What::Intent {
            walk: 0,
            plan: s(),
            runbook: None,
            step: None,
            op: s(),
            title: s(),
            target: key(),
            uid: s(),
            inputs: Inputs::default(),
            kubectl: s(),
            risk: Risk::Low,
            digest: s(),
            read: None,
            undo: Undo::By { op: s(), inputs: Inputs::default(), note: s() },
            undoes: None,
        },
        What::Sending { plan: s(), object: key(), verb: s() },
        What::Refused { plan: s(), object: key(), verb: s(), why: s() },
        What::Outcome { plan: s(), end: RunEnd::Failed, words: s() },
        What::Note { text: s(), about: None },
        What::Ended { words: s() },
    ]
}

/// A server that answers everything with an error in its own words.
fn serve() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut buffer = [0; 8192];
            let _ = stream.read(&mut buffer);
            let status = serde_json::json!({
                "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": STEER, "message": STEER, "code": 500,
            })
            .to_string();
            let head = "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nConnection: close\r\n";
            let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{status}", status.len());
        }
    });
    port
}

/// The ways in which a command is given something foreign.
fn rows(f: &Foreign) -> Vec<(&'static str, Vec<Vec<String>>)> {
    let kubeconfig = f.path("kubeconfig");
    let hand_over = f.path(&format!("x{STEER}.opsbook"));
    let all =
        |runs: &[&[&str]]| runs.iter().map(|args| args.iter().map(|a| (*a).to_owned()).collect()).collect();
    let session = format!("20260301-031400-{STEER}");
    let flag = format!("--no-{STEER}");
    vec![
        ("open", all(&[&[flag.as_str()]])),
        ("explore", all(&[&[STEER]])),
        (
            "triage",
            all(&[
                &["--kubeconfig", &kubeconfig, "--timeout", "5"],
                &["--kubeconfig", &kubeconfig, "--timeout", "5", "-o", "json"],
                &["--kubeconfig", &kubeconfig, "--context", STEER],
            ]),
        ),
        ("search", all(&[&["STEER"], &["STEER", "-o", "json"], &["--", &format!("qqxqzz{STEER}")]])),
        ("show", all(&[&["own/a"], &["own/a", "--lang", "zh"], &[STEER]])),
        ("ops", all(&[&[STEER]])),
        (
            "check runbooks",
            all(&[&[], &["-o", "json"], &[&f.path("config/opsbook/runbooks")], &[&format!("/no/{STEER}")]]),
        ),
        (
            "check scenarios",
            all(&[
                &[&format!("/no/{STEER}")],
                &[&f.path("data/a.scenario.yaml")],
                &[&f.path("data/a.scenario.yaml"), "-o", "json"],
            ]),
        ),
        ("check themes", all(&[&[&f.path("data/themes")], &[STEER]])),
        ("check config", all(&[&[&f.path("data/config.toml")], &[STEER]])),
        ("check keys", all(&[&[&f.path("data/keymap.toml")], &[STEER]])),
        ("rehearse", all(&[&[STEER], &["own/a"]])),
        ("sessions list", all(&[&[], &["-o", "json"]])),
        ("sessions show", all(&[&[&session], &[STEER], &["20250101"]])),
        (
            "sessions export",
            all(&[
                &[&session],
                &[&session, "--format", "html"],
                &[&session, "-o", &f.path(&format!("no/{STEER}"))],
            ]),
        ),
        ("sessions hand-over", all(&[&[&session, "-o", &f.path(&format!("y{STEER}"))]])),
        ("sessions post-mortem", all(&[&[&session], &[STEER]])),
        ("sessions resume", all(&[&[&session], &[&hand_over, "--kubeconfig", &kubeconfig], &[STEER]])),
        ("sessions verify", all(&[&[&session], &[&hand_over], &[STEER]])),
        ("trust list", all(&[&[], &["-o", "json"]])),
        ("trust approve", all(&[&["own/a"], &[flag.as_str()]])),
        ("trust revoke", all(&[&[STEER]])),
        ("approve", all(&[&[&f.path("request")], &[STEER], &[&format!("opsbook-request:{STEER}")]])),
        ("practice list", all(&[&[STEER]])),
        ("practice serve", all(&[&[STEER]])),
        ("picture", all(&[&[STEER]])),
        ("completions", all(&[&[STEER]])),
        ("man", all(&[&[STEER]])),
    ]
}

#[test]
fn no_command_prints_what_steers_a_terminal_whatever_it_reads() {
    let foreign = Foreign::new();
    let rows = rows(&foreign);
    let have: Vec<_> = rows.iter().map(|(command, _)| *command).collect();
    let missing: Vec<_> = commands().into_iter().filter(|c| !have.contains(&c.as_str())).collect();
    assert!(missing.is_empty(), "commands without a row here: {missing:?}");
    let mut clean = Vec::new();
    for (command, runs) in rows {
        for run in runs {
            let args: Vec<&str> = command.split(' ').chain(run.iter().map(String::as_str)).collect();
            let ran = foreign.home.run(&args);
            assert!(ran.code >= 0, "{args:?} was ended by a signal: {}", ran.err);
            for text in [&ran.out, &ran.err] {
                assert!(!hidden(text), "{args:?} steers: {text:?}");
            }
            if !ran.out.contains("STEER") && !ran.err.contains("STEER") {
                clean.push(format!("{args:?}: {}{}", ran.out, ran.err));
            }
            if run.windows(2).any(|w| w == ["-o", "json"]) {
                let told = ran.json().to_string();
                assert!(told.contains("STEER"), "{args:?}: {told}");
            }
        }
    }
    // These say no in words of their own.
    let no = ["needs a terminal", "names no practice scenario", "name of who asks holds", "cut or altered"];
    clean.retain(|said| !no.iter().any(|words| said.contains(words)));
    assert!(clean.is_empty(), "nothing foreign reached these:\n{}", clean.join("\n"));
}

#[test]
fn what_is_written_into_a_file_does_not_steer_who_reads_it_either() {
    let foreign = Foreign::new();
    for (format, name) in [("markdown", "e.md"), ("html", "e.html")] {
        let to = foreign.path(name);
        foreign.home.run(&["sessions", "export", "20260301", "--format", format, "-o", &to]).expect(0);
        let text = fs::read_to_string(&to).unwrap();
        assert!(text.contains("STEER") && !hidden(&text), "{text:?}");
    }
    let to = foreign.path("p.md");
    foreign.home.run(&["sessions", "post-mortem", "20260301", "-o", &to]).expect(0);
    let text = fs::read_to_string(&to).unwrap();
    assert!(text.contains("STEER") && !hidden(&text), "{text:?}");
}

#[test]
fn a_session_that_is_taken_over_loses_what_steers_before_it_is_written_down() {
    let foreign = Foreign::new();
    let file = PathBuf::from(foreign.path(&format!("x{STEER}.opsbook")));
    let (handed, sha256) = HandOver::open(&file).unwrap();
    let raw: Vec<Event> = handed.journal.iter().map(|l| serde_json::from_str(l).unwrap()).collect();
    let texts =
        |events: &[Event]| events.iter().map(|e| format!("{e:?}").replace("\\n", "")).collect::<String>();
    assert!(texts(&raw).contains("\\u{1b}"));
    let started = records().remove(0);
    let What::Started { flags, .. } = started else { panic!() };
    let started = What::Started {
        id: "mine".into(),
        version: "1".into(),
        user: "me".into(),
        context: "c".into(),
        server: "s".into(),
        practice: false,
        flags,
    };
    let path = foreign.home.path("mine.jsonl");
    let journal = handed.take_over(&path, started, &sha256, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(journal.events().len(), raw.len() + 1);
    for event in journal.events() {
        // The escapes of Debug would show what a text holds.
        let words = opsbook::record::words(&event.what).1;
        assert!(!hidden(&words), "{words:?}");
    }
    let written = fs::read_to_string(&path).unwrap();
    for escape in ["\\u001b", "\\u0007", "\\r", "\u{202e}", "\u{9b}", "\u{200b}", "\u{e0041}"] {
        assert!(!written.contains(escape), "{escape:?} is in {written}");
    }
}
