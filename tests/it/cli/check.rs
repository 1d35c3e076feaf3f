//! `opsbook check`: every mistake in runbooks, themes and keys, with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::home::Home;

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
        // The samples also speak of operations, arguments and views that only the checker's own tests know.
        let unknown = |w: &String| {
            let place =
                w.split(' ').next().unwrap_or_default().split(':').next().unwrap_or_default().to_owned();
            found.iter().any(|f| (f.contains("unknown") || f.ends_with(" op.argument")) && near(f, &place))
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
