//! The built program as a shell sees it: output, exit codes, words on standard error. Every run has a home folder of
//! its own, and no kubeconfig but the one that the test gives it.

mod check;
mod foreign;
mod home;
mod newcomer;
mod reach;
mod sessions;
mod trust;
mod words;

use std::collections::BTreeSet;
use std::fs;

use opsbook::corpus::Corpus;
use opsbook::domain::Timestamp;

use home::{Home, keys};

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
    assert!(nothing.out.contains("no runbook for this yet"), "{}", nothing.out);
    assert!(nothing.out.contains("`qqxqzz` is in no runbook"), "{}", nothing.out);
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
    assert_eq!(keys(&sick), ["findings", "not_watched", "unknown"].into());
    let finding = &sick["findings"][0];
    assert_eq!(
        keys(finding),
        [
            "detector", "evidence", "params", "runbook", "severity", "since", "subject", "symptoms", "title",
            "young",
        ]
        .into()
    );
    assert_eq!(
        (&finding["detector"], &finding["runbook"], &finding["params"]["node"], &finding["severity"]),
        (&"node-not-ready".into(), &"nodes/node-not-ready".into(), &"worker-3".into(), &"critical".into())
    );
    assert!(finding["since"].as_str().unwrap().parse::<Timestamp>().is_ok());
    let well = home.run(&["triage", "--practice", "healthy", "-o", "json"]).expect(0).json();
    assert_eq!((&well["findings"], &well["unknown"]), (&serde_json::json!([]), &serde_json::json!([])));
    assert!(well["not_watched"][0].as_str().unwrap().contains("volume claims"), "{well}");
    let words = home.run(&["triage", "--practice", "healthy"]).expect(0).out;
    assert!(words.contains("known by their pods and warnings only"), "{words}");
    let text = home.run(&["triage", "--practice", "pod-oomkilled"]).expect(1);
    assert!(
        text.out.contains("opsbook --practice pod-oomkilled open pods/pod-oomkilled --set"),
        "{}",
        text.out
    );
}

#[test]
fn the_practice_flag_stands_before_or_behind_the_command() {
    let home = Home::new();
    let first = home.run(&["triage", "--practice", "-o", "json"]).expect(1).json();
    assert_eq!(first["findings"][0]["detector"], "node-not-ready");
    for args in
        [&["--practice", "triage", "-o", "json"][..], &["--practice=node-not-ready", "triage", "-o", "json"]]
    {
        assert_eq!(
            home.run(args).expect(1).json()["findings"][0]["subject"],
            first["findings"][0]["subject"]
        );
    }
    home.run(&["triage", "--practice=healthy"]).expect(0);
    home.run(&["--practice", "healthy", "triage"]).expect(0);
    // It gets as far as the terminal that is not there.
    for args in
        [&["open", "nodes/node-not-ready", "--practice"][..], &["explore", "pods", "--practice", "healthy"]]
    {
        assert!(home.run(args).expect(1).err.contains("needs a terminal"), "{args:?}");
    }
    for args in [&["--practice", "no-such"][..], &["open", "nodes/node-not-ready", "--practice=no-such"]] {
        let ran = home.run(args).expect(2);
        for id in opsbook::practice::scenarios() {
            assert!(ran.err.contains("`no-such`") && ran.err.contains(id), "{args:?}: {}", ran.err);
        }
    }
    // Nothing is unknown about a cluster that was never named: the command line is wrong.
    let unknown = home.run(&["triage", "--practice", "no-such"]).expect(2);
    assert!(unknown.err.contains("node-not-ready"), "{}", unknown.err);
    assert!(home.run(&["--help"]).expect(0).out.contains("--practice[=<SCENARIO|FILE>]"));
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
    let typo = home.run(&["show", "nodes/node-not-redy"]).expect(2);
    assert!(typo.out.contains("did you mean `nodes/node-not-ready`"), "{}", typo.out);
}

#[test]
fn the_shell_gets_completions_and_a_manual_page() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish"] {
        let out = home.run(&["completions", shell]).expect(0).out;
        // The words are asked for when they are needed: `words` has what is told then.
        assert!(out.contains("opsbook") && out.contains("OPSBOOK_COMPLETE"), "{shell}");
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
    let ran = home.run(&["explore", "gizmos"]).expect(2);
    assert!(ran.err.contains("`gizmos`"), "{}", ran.err);
    let ran = home.run(&["open", "x", "--set", "node"]).expect(2);
    assert!(ran.err.contains("NAME=VALUE"), "{}", ran.err);
    assert!(home.run(&["triage", "--practice", "no-such"]).expect(2).err.contains("no-such"));
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
