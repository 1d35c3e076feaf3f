//! The built program as a shell sees it: output, exit codes, words on standard error. Every run has a home folder of
//! its own, and no kubeconfig but the one that the test gives it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use opsbook::corpus::Corpus;
use opsbook::domain::{Kind, ObjectKey, Risk, Timestamp};
use opsbook::op::{Inputs, Undo};
use opsbook::record::{Ending, RunEnd, What};
use opsbook::session::Journal;
use serde_json::Value;

/// A home folder, and the program in it.
struct Home(tempfile::TempDir);

/// What a run came to.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}\n{}", self.out, self.err))
    }

    fn expect(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }
}

impl Home {
    fn new() -> Home {
        Home(tempfile::tempdir().unwrap())
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn write(&self, below: &str, text: &str) -> PathBuf {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn run(&self, args: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_opsbook"))
            .args(args)
            .env_clear()
            .env("HOME", self.0.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("LANG", "C.UTF-8")
            .env("TERM", "xterm")
            .output()
            .unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_built_in_data_has_no_error() {
    let home = Home::new();
    let report = home.run(&["check", "runbooks", "-o", "json"]).expect(0).json();
    assert_eq!((&report["errors"], report["unreadable"].as_array().unwrap().len()), (&0.into(), 0));
    assert!(report["files"].as_u64().unwrap() >= 4);
    assert!(home.run(&["check", "themes"]).expect(0).out.contains("0 errors"));
    assert!(home.run(&["check", "keys"]).expect(0).out.contains("0 errors"));
}

/// The planted faults of a sample: `line:column severity code` as its last comment lists them.
fn planted(source: &str) -> BTreeSet<String> {
    let comment = source.split("<!-- expect\n").nth(1).and_then(|t| t.split("\n-->").next()).unwrap_or("");
    comment.lines().filter_map(|l| Some(l.split_once(": ")?.0.to_owned())).collect()
}

#[test]
fn every_planted_fault_is_found_in_the_files_on_disk() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/invalid-runbooks");
    let home = Home::new();
    let first = "---\nrunbook: 1\ntitle: First\nparams: { node: { from: \"k8s:node\" } }\n---\n# First\n\
                 ```yaml {step=view name=look}\nshow: [nodes]\n```\n";
    home.write("books/samples/first.md", first);
    home.write("books/nodes/other.md", "# Other\n## drain\n");
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in fs::read_dir(samples).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("samples/{}", path.file_name().unwrap().to_string_lossy());
        let source = fs::read_to_string(path).unwrap();
        home.write(&format!("books/{name}"), &source);
        wanted.insert(name, planted(&source));
    }
    let report = home.run(&["check", "runbooks", home.path("books").to_str().unwrap(), "-o", "json"]);
    let report = report.expect(1).json();
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for p in report["problems"].as_array().unwrap() {
        let (severity, code) = (p["severity"].as_str().unwrap(), p["code"].as_str().unwrap());
        let words = format!("{}:{} {severity} {code}", p["line"], p["column"]);
        found.entry(p["file"].as_str().unwrap()).or_default().insert(words);
        assert!(!p["message"].as_str().unwrap().is_empty());
    }
    let mut missing = Vec::new();
    for (file, wanted) in &wanted {
        let found = found.get(file.as_str()).cloned().unwrap_or_default();
        // The samples also speak of operations and views that only the checker's own tests know.
        let unknown = |w: &String| {
            let place =
                w.split(' ').next().unwrap_or_default().split(':').next().unwrap_or_default().to_owned();
            found.iter().any(|f| f.contains("unknown") && near(f, &place))
        };
        missing.extend(wanted.difference(&found).filter(|w| !unknown(w)).map(|w| format!("{file}:{w}")));
    }
    assert!(missing.is_empty(), "not found:\n{}", missing.join("\n"));
    assert!(wanted.values().map(BTreeSet::len).sum::<usize>() > 60);
}

/// Whether a problem stands in the same fence: a few lines above.
fn near(found: &str, line: &str) -> bool {
    let number = |t: &str| t.split(':').next().and_then(|n| n.parse::<i64>().ok()).unwrap_or(-99);
    (0..3).contains(&(number(line) - number(found)))
}

#[test]
fn a_problem_is_shown_with_file_line_and_caret() {
    let home = Home::new();
    let bad = home.write("books/nodes/bad.md", "---\nrunbook: 1\ntitle: T\nsymtoms: [a]\n---\n");
    let ran = home.run(&["check", "runbooks", bad.parent().unwrap().to_str().unwrap()]).expect(1);
    assert!(ran.out.contains("bad.md:4:1") && ran.out.contains("did you mean `symptoms`"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "no colours into a pipe");
    let ran = home.run(&["check", "runbooks", "/nowhere/at/all"]).expect(2);
    assert!(ran.out.contains("/nowhere/at/all"));
}

#[test]
fn a_wrong_theme_or_key_is_named_with_file_and_line() {
    let home = Home::new();
    home.write("config/opsbook/keymap.toml", "[global]\nf9 = \"serch\"\nctrl-ctrl-x = \"quit\"\n");
    let ran = home.run(&["check", "keys"]).expect(1);
    assert!(ran.out.contains("keymap.toml:2") && ran.out.contains("did you mean `search`"), "{}", ran.out);
    assert!(ran.out.contains("keymap.toml:3"), "{}", ran.out);
    home.write(
        "config/opsbook/themes/mine.toml",
        "inherits = \"dark\"\n[roles]\ngood = \"#12\"\nbat = \"red\"\n",
    );
    let ran = home.run(&["check", "themes"]).expect(1);
    assert!(ran.out.contains("mine.toml:3") && ran.out.contains("mine.toml:4"), "{}", ran.out);
}

#[test]
fn every_symptom_finds_its_runbook_first_in_both_languages() {
    let home = Home::new();
    let corpus = Corpus::built_in();
    let mut asked: Vec<(String, &str, &str)> = Vec::new();
    for entry in corpus.entries() {
        let book = &entry.runbook;
        asked.extend(book.symptoms.iter().map(|s| (s.clone(), book.id.as_str(), "en")));
        asked.extend(book.symptoms_in("zh").iter().map(|s| (s.clone(), book.id.as_str(), "zh")));
    }
    assert!(asked.iter().filter(|(_, _, lang)| *lang == "zh").count() > 10, "{asked:?}");
    let mut wrong = Vec::new();
    for (symptom, id, lang) in &asked {
        let answer = home.run(&["search", "--lang", lang, "-o", "json", "--", symptom]);
        let first = answer.json()["results"][0].clone();
        if first["id"].as_str() != Some(id) {
            wrong.push(format!("{symptom:?} finds {} before {id}", first["id"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_search_answers_with_titles_in_the_language_and_what_matched() {
    let home = Home::new();
    let answer = home.run(&["search", "--lang", "zh", "-o", "json", "节点失联"]).expect(0).json();
    let first = &answer["results"][0];
    assert_eq!(keys(first), ["id", "matched", "score", "title"].into());
    assert!(first["title"].as_str().unwrap().contains("节点"), "{first}");
    let matched = &first["matched"][0];
    let (from, to) = (matched["ranges"][0][0].as_u64().unwrap(), matched["ranges"][0][1].as_u64().unwrap());
    let fragment = matched["fragment"].as_str().unwrap();
    assert!(fragment.get(from as usize..to as usize).is_some_and(|t| !t.is_empty()), "{matched}");
    let nothing = home.run(&["search", "qqxqzz"]).expect(1);
    assert!(nothing.out.contains("nothing found"), "{}", nothing.out);
}

#[test]
fn the_catalogue_of_operations_says_risk_undo_and_guards() {
    let answer = Home::new().run(&["ops", "-o", "json"]).expect(0).json();
    let ops = answer["operations"].as_array().unwrap();
    let ids: BTreeSet<_> = ops.iter().map(|o| o["id"].as_str().unwrap()).collect();
    for id in ["node.cordon", "node.drain", "node.uncordon", "pod.delete", "workload.restart"] {
        assert!(ids.contains(id), "{id} is not in {ids:?}");
    }
    for op in ops {
        assert_eq!(
            keys(op),
            ["guards", "id", "kinds", "params", "reach", "risk", "title", "undo"].into(),
            "{op}"
        );
        assert!(!op["undo"].as_str().unwrap().is_empty() && !op["params"].as_array().unwrap().is_empty());
    }
}

#[test]
fn triage_says_by_its_exit_code_what_it_found() {
    let home = Home::new();
    let sick = home.run(&["triage", "--practice", "node-not-ready", "-o", "json"]).expect(1).json();
    assert_eq!(keys(&sick), ["findings", "unknown"].into());
    let finding = &sick["findings"][0];
    assert_eq!(
        keys(finding),
        ["detector", "evidence", "params", "runbook", "severity", "since", "subject", "symptoms", "title"]
            .into()
    );
    assert_eq!(
        (&finding["detector"], &finding["runbook"], &finding["params"]["node"], &finding["severity"]),
        (&"node-not-ready".into(), &"nodes/node-not-ready".into(), &"worker-3".into(), &"critical".into())
    );
    assert!(finding["since"].as_str().unwrap().parse::<Timestamp>().is_ok());
    let well = home.run(&["triage", "--practice", "healthy", "-o", "json"]).expect(0).json();
    assert_eq!(well.to_string(), r#"{"findings":[],"unknown":[]}"#);
    let text = home.run(&["triage", "--practice", "pod-oomkilled"]).expect(1);
    assert!(
        text.out.contains("opsbook --practice pod-oomkilled open pods/pod-oomkilled --set"),
        "{}",
        text.out
    );
}

fn kubeconfig(port: u16) -> String {
    format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: gone\nclusters:\n- name: gone\n  cluster: {{ server: \
         'http://127.0.0.1:{port}' }}\nusers:\n- name: me\n  user: {{}}\ncontexts:\n- name: gone\n  context: {{ \
         cluster: gone, user: me }}\n"
    )
}

#[test]
fn a_cluster_that_does_not_answer_is_not_healthy() {
    let home = Home::new();
    // The port was free a moment ago, and nobody listens on it.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let file = home.write("kubeconfig", &kubeconfig(port));
    let file = file.to_str().unwrap();
    let ran = home.run(&["triage", "--kubeconfig", file, "--timeout", "20", "-o", "json"]).expect(3);
    let answer = ran.json();
    assert!(answer["findings"].as_array().unwrap().is_empty());
    assert!(answer["unknown"][0].as_str().unwrap().contains(&port.to_string()), "{answer}");
    let ran = home.run(&["triage", "--kubeconfig", file, "--timeout", "20"]).expect(3);
    assert!(ran.out.contains("unknown"), "{}", ran.out);
    let none = home.run(&["triage"]).expect(3);
    assert!(none.out.contains("--practice") || none.err.contains("--practice"), "{}{}", none.out, none.err);
}

#[test]
fn a_runbook_is_printed_in_both_languages_and_a_typo_gets_a_hint() {
    let home = Home::new();
    let english = home.run(&["show", "nodes/node-not-ready"]).expect(0).out;
    assert!(english.contains("[nodes/node-not-ready]") && english.contains("op: node.drain"), "{english}");
    let chinese = home.run(&["show", "nodes/node-not-ready", "--lang", "zh"]).expect(0).out;
    assert!(chinese.contains("节点"), "{chinese}");
    let typo = home.run(&["show", "nodes/node-not-redy"]).expect(1);
    assert!(typo.out.contains("did you mean `nodes/node-not-ready`"), "{}", typo.out);
}

/// A session with a drain that was cut off.
fn session(home: &Home, id: &str) -> PathBuf {
    let path = home.path("state/opsbook/sessions").join(format!("{id}.jsonl"));
    let mut journal = Journal::create(&path).unwrap();
    let node = ObjectKey::cluster(Kind::Node, "worker-3");
    let pod = ObjectKey::new(Kind::Pod, "shop", "cart-0");
    let plan = || "7f3a-1".to_owned();
    let intent = What::Intent {
        plan: plan(),
        runbook: Some("nodes/node-not-ready".into()),
        step: Some("drain".into()),
        op: "node.drain".into(),
        title: "drain worker-3".into(),
        target: node,
        uid: "u".into(),
        inputs: Inputs::of([("node", "worker-3")]),
        kubectl: "kubectl drain worker-3".into(),
        risk: Risk::Medium,
        digest: "7f3a".into(),
        undo: Undo::By {
            op: "node.uncordon".into(),
            inputs: Inputs::of([("node", "worker-3")]),
            note: "pods stay away".into(),
        },
        undoes: None,
    };
    let records = vec![
        What::Started {
            id: id.into(),
            version: "0.1.0".into(),
            user: "op".into(),
            context: "prod-eu-1".into(),
            server: "https://10.0.0.10:6443".into(),
            practice: false,
            flags: opsbook::record::Flags::default(),
        },
        What::Opened {
            runbook: "nodes/node-not-ready".into(),
            title: "Node NotReady".into(),
            hash: "0".into(),
            params: [("node".to_owned(), "worker-3".to_owned())].into(),
            steps: vec!["look".into(), "drain".into()],
            texts: [].into(),
            titles: [("look".to_owned(), "Look at it".to_owned())].into(),
            conditions: [("look".to_owned(), "a || b".to_owned())].into(),
        },
        What::Step { step: "look".into() },
        What::StepEnded { step: "look".into(), ending: Ending::Recorded, words: "looked | at it".into() },
        What::Step { step: "drain".into() },
        intent,
        What::Sending { plan: plan(), object: pod, verb: "evict".into() },
    ];
    for what in records {
        journal.append("2026-03-01T03:14:00Z".parse().unwrap(), what).unwrap();
    }
    path
}

#[test]
fn sessions_are_listed_shown_exported_and_verified() {
    let home = Home::new();
    assert!(home.run(&["sessions", "list"]).expect(0).out.contains("no sessions"));
    session(&home, "20260301-031400-0001");
    let path = session(&home, "20260302-031400-0001");
    let list = home.run(&["sessions", "list", "-o", "json"]).expect(0).json();
    let rows = list["sessions"].as_array().unwrap();
    assert_eq!(rows[0]["id"], "20260302-031400-0001", "the latest first");
    assert_eq!(
        (&rows[0]["runbook"], &rows[0]["context"]),
        (&"nodes/node-not-ready".into(), &"prod-eu-1".into())
    );
    assert!(rows[0]["state"].as_str().unwrap().contains("unknown"));
    let shown = home.run(&["sessions", "show", "last"]).expect(0).out;
    assert!(shown.contains("? unknown, verify first: drain worker-3 (kubectl drain worker-3)"), "{shown}");
    assert!(shown.contains("sent, no answer recorded: Pod shop/cart-0"), "{shown}");
    assert!(shown.contains("step drain was not ended"), "{shown}");
    let export = home.run(&["sessions", "export", "20260302"]).expect(0).out;
    for part in [
        "# Node NotReady",
        "| `drain` | not ended |",
        "| Look at it `look` | Recorded: looked",
        "## Timeline (UTC)",
        "Recorded: looked \\| at it",
        "## Not taken back",
        "node.uncordon",
    ] {
        assert!(export.contains(part), "{part} is not in\n{export}");
    }
    assert!(home.run(&["sessions", "verify", "last"]).expect(0).out.contains("7 records"));
    let altered = fs::read_to_string(&path).unwrap().replace("cart-0", "cart-1");
    let mut lines: Vec<_> = altered.lines().collect();
    lines.swap(2, 3);
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    assert!(home.run(&["sessions", "verify", "last"]).expect(1).out.contains("line 3"));
    let ambiguous = home.run(&["sessions", "show", "2026"]).expect(1);
    assert!(ambiguous.err.contains("several sessions"), "{}", ambiguous.err);
    assert!(home.run(&["sessions", "show", "1999"]).expect(1).err.contains("sessions list"));
}

#[test]
fn a_journal_that_is_no_journal_is_named_with_its_line() {
    let home = Home::new();
    home.write("state/opsbook/sessions/20260301-000000-0001.jsonl", "{\"seq\":0}\n");
    let ran = home.run(&["sessions", "show", "last"]).expect(1);
    assert!(ran.err.contains("20260301-000000-0001.jsonl:1:"), "{}", ran.err);
    assert!(home.run(&["sessions", "list"]).expect(0).out.contains("broken"));
}

#[test]
fn an_end_is_recorded_as_what_it_was() {
    let home = Home::new();
    let path = session(&home, "20260301-031400-0002");
    let mut journal = Journal::reopen(&path).unwrap();
    let end = What::Outcome { plan: "7f3a-1".into(), end: RunEnd::Applied, words: "3 pods left".into() };
    journal.append("2026-03-01T03:15:00Z".parse().unwrap(), end).unwrap();
    drop(journal);
    let shown = home.run(&["sessions", "show", "last"]).expect(0).out;
    assert!(shown.contains("applied: 3 pods left") && !shown.contains("verify first"), "{shown}");
}

#[test]
fn the_shell_gets_completions_and_a_manual_page() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish"] {
        let out = home.run(&["completions", shell]).expect(0).out;
        assert!(out.contains("opsbook") && out.contains("triage"), "{shell}");
    }
    let man = home.run(&["man"]).expect(0).out;
    assert!(man.contains(".TH opsbook") && man.contains("read"), "{man}");
    let version = home.run(&["--version"]).expect(0).out;
    assert_eq!(version.trim(), format!("opsbook {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    let home = Home::new();
    for args in [
        &["--no-such-flag"][..],
        &["bogus"],
        &["search"],
        &["triage", "-o", "yaml"],
        &["triage", "--timeout", "soon"],
        &["rehearse"],
        &["sessions"],
        &["completions", "tcsh-ish"],
    ] {
        let ran = home.run(args).expect(2);
        assert!(ran.err.contains("--help"), "{args:?}: {}", ran.err);
        assert!(ran.out.is_empty(), "{args:?}");
    }
}

#[test]
fn without_a_terminal_the_full_screen_program_says_what_to_use() {
    let home = Home::new();
    for args in [&["--practice"][..], &["open", "nodes/node-not-ready"], &["explore", "pods"]] {
        let ran = home.run(args).expect(1);
        assert!(ran.err.contains("needs a terminal") && ran.err.contains("opsbook triage"), "{}", ran.err);
    }
    let ran = home.run(&["explore", "gizmos"]).expect(1);
    assert!(ran.err.contains("`gizmos`"), "{}", ran.err);
    let ran = home.run(&["open", "x", "--set", "node"]).expect(1);
    assert!(ran.err.contains("NAME=VALUE"), "{}", ran.err);
    assert!(home.run(&["triage", "--practice", "no-such"]).expect(3).out.contains("no-such"));
}

#[test]
fn nothing_is_written_into_the_home_folder_by_looking() {
    let home = Home::new();
    for args in
        [&["ops"][..], &["search", "drain"], &["check", "runbooks"], &["triage", "--practice", "healthy"]]
    {
        home.run(args).expect(0);
    }
    assert_eq!(fs::read_dir(home.0.path()).unwrap().count(), 0);
}
