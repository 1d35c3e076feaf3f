//! What a command line may name, and what comes of a name that is not there: one exit code, and words that help.

use super::home::Home;

/// A line for each command that can run without a terminal and without a cluster.
const COMMANDS: &[&[&str]] = &[
    &["triage", "--practice=healthy"],
    &["search", "drain"],
    &["show", "nodes/node-drain"],
    &["ops"],
    &["check", "runbooks"],
    &["check", "scenarios"],
    &["rehearse", "nodes/node-drain"],
    &["sessions", "list"],
    &["trust", "list"],
    &["practice", "list"],
    &["practice", "serve"],
    &["picture", "triage"],
    &["man"],
    &[],
];

#[test]
fn a_folder_theme_or_language_that_is_not_there_stops_every_command() {
    let home = Home::new();
    let file = home.write("a-file", "");
    for command in COMMANDS {
        for (flag, words) in [
            ("--runbooks=/nope".to_owned(), "--runbooks /nope: No such file or directory"),
            (format!("--runbooks={}", file.display()), "it is no folder"),
            ("--kubeconfig=/nope".to_owned(), "--kubeconfig /nope: No such file or directory"),
            ("--theme=drak".to_owned(), "did you mean `dark`?"),
            ("--lang=fr".to_owned(), "[possible values: en, zh]"),
        ] {
            let args: Vec<&str> = command.iter().copied().chain([flag.as_str()]).collect();
            let ran = home.run(&args).expect(2);
            assert!(ran.err.contains(words) && ran.out.is_empty(), "{args:?}: {}{}", ran.out, ran.err);
        }
        let env = home.run_with(command, &[("OPSBOOK_THEME", "nope")]).expect(2);
        assert!(env.err.contains("OPSBOOK_THEME"), "{}", env.err);
    }
    home.write("config/opsbook/themes/mine.toml", "inherits = \"dark\"\n");
    home.run(&["ops", "--theme=mine", "--lang=zh_CN"]).expect(0);
}

#[test]
fn what_a_command_line_names_and_is_not_there_is_told_with_one_code_and_with_what_there_is() {
    let home = Home::new();
    let file = home.write(
        "kc",
        "apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}]\nusers: [{name: u, user: {}}]\ncontexts: [{name: a, context: {cluster: c, user: u}}]\n",
    );
    let kubeconfig = file.to_str().unwrap();
    for (args, words) in [
        (&["show", "node-drian"][..], "did you mean `nodes/node-drain`?"),
        (&["open", "node-drian"], "did you mean `nodes/node-drain`?"),
        (&["rehearse", "node-drian"], "did you mean `nodes/node-drain`?"),
        (&["rehearse", "node-drain", "--scenario", "node-drian"], "did you mean `node-drain`?"),
        (&["practice", "serve", "healthi"], "did you mean `healthy`?"),
        (&["triage", "--practice", "healthi"], "did you mean `healthy`?"),
        (&["explore", "podz"], "is not a kind"),
        (&["check", "runbooks", "/nope"], "there is no such file or folder"),
        (&["check", "scenarios", "/nope"], "there is no such file or folder"),
        (&["sessions", "show", "1999"], "sessions list"),
        (&["sessions", "resume", "/nope"], "/nope: No such file or directory"),
        (
            &["triage", "--kubeconfig", kubeconfig, "--context", "b"],
            "the kubeconfig has no context \"b\"; it has: a",
        ),
        (&["man", "sesions"], "there is no command `sesions`"),
        (&["serch", "x"], "search"),
    ] {
        let ran = home.run(args).expect(2);
        assert!(format!("{}{}", ran.out, ran.err).contains(words), "{args:?}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn a_shell_is_told_what_there_is_now() {
    let home = Home::new();
    home.write("config/opsbook/runbooks/shop/mine.md", "# Mine\n");
    home.write("config/opsbook/runbooks/shop/own.scenario.yaml", "scenario: 1\n");
    home.write("config/opsbook/themes/night.toml", "inherits = \"dark\"\n");
    home.write("state/opsbook/sessions/20260101-000000-1.jsonl", "");
    let asked = |line: &[&str]| {
        let args: Vec<&str> = ["--", "opsbook"].iter().chain(line).copied().collect();
        home.run_with(&args, &[("OPSBOOK_COMPLETE", "fish")]).expect(0).out
    };
    for (line, wanted) in [
        (&["open", "shop/"][..], "shop/mine\tMine"),
        (&["show", "nodes/node-d"], "nodes/node-drain"),
        (&["practice", "serve", ""], "own"),
        (&["--practice=pod-"], "pod-crashloop"),
        (&["explore", "statef"], "statefulsets"),
        (&["--theme", "ni"], "night"),
        (&["--lang", ""], "zh"),
        (&["sessions", "show", ""], "20260101-000000-1"),
        (&["sessions", "export", "la"], "last"),
        (&["ses"], "sessions"),
    ] {
        let told = asked(line);
        assert!(told.contains(wanted), "{line:?} gives {told}");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = home.run(&["completions", shell]).expect(0).out;
        assert!(script.contains("OPSBOOK_COMPLETE"), "{shell}: {script}");
    }
}

#[test]
fn a_finding_has_its_evidence_in_fields() {
    let home = Home::new();
    let found = home.run(&["triage", "--practice", "node-not-ready", "-o", "json"]).expect(1).json();
    let evidence = found["findings"][0]["evidence"].as_array().unwrap().clone();
    let ready = evidence.iter().find(|e| e["field"] == "Ready").unwrap();
    assert!(ready["value"].as_str().unwrap().contains("Unknown"), "{ready}");
    assert!(ready["since"].as_str().unwrap().ends_with('Z'), "{ready}");
}

#[test]
fn the_list_of_scenarios_says_what_is_to_be_reached() {
    let home = Home::new();
    let list = home.run(&["practice", "list"]).expect(0).out;
    for id in opsbook::practice::scenarios() {
        let paragraph = list.split("\n\n").find(|p| p.starts_with(&format!("{id}  "))).unwrap();
        assert!(paragraph.contains("\n    goal: "), "{paragraph}");
    }
}
