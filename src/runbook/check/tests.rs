//! The invalid samples: each lists, in its first HTML comment, every problem that must be found and no other.

use std::path::Path;

use super::*;
use crate::runbook::model::Risk;
use crate::runbook::{id_of, parse, parse_translation};

fn operation(risk: Risk, params: &[(&str, ArgType, bool)]) -> OperationInfo {
    let one = |(name, ty, required): &(&str, ArgType, bool)| OperationParam {
        name: (*name).to_owned(),
        ty: ty.clone(),
        required: *required,
    };
    OperationInfo { risk, params: params.iter().map(one).collect() }
}

/// A small catalogue, so that the samples do not change with the program's registries.
pub fn catalogue() -> Catalogue {
    let node = || ("node", ArgType::Object("node".into()), true);
    let target = || ("target", ArgType::Object("deployment".into()), true);
    let drain = [node(), ("ignoreDaemonsets", ArgType::Bool, false), ("timeout", ArgType::Duration, false)];
    let modes = ArgType::Enum(vec!["now".into(), "slow".into()]);
    let scale = [target(), ("replicas", ArgType::Int, true), ("mode", modes, false)];
    let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
    let mut catalogue = Catalogue {
        operations: [
            ("node.cordon".to_owned(), operation(Risk::Low, &[node()])),
            ("node.uncordon".to_owned(), operation(Risk::Low, &[node()])),
            ("node.drain".to_owned(), operation(Risk::Medium, &drain)),
            // No real operation has this name: the samples are also checked against the registry.
            ("sample.stretch".to_owned(), operation(Risk::Low, &scale)),
        ]
        .into(),
        views: names(&["node", "nodes", "pod", "pods-on", "events", "logs"]),
        kind_of_value: Some(crate::live::kind_of_value),
        pane: Some(|parts, options| crate::live::Pane::parse(parts, options).map(drop)),
        detectors: names(&["node-not-ready", "pod-oomkilled"]),
        scenarios: names(&["node-silent"]),
        runbooks: std::collections::BTreeMap::new(),
    };
    let first = "---\nrunbook: 1\ntitle: First\nparams: { node: { from: \"k8s:node\" } }\n---\n# First\n\
                 ```yaml {step=view name=look}\nshow: [nodes]\n```\n";
    catalogue.add_runbook(&parse("samples/first.md", first).runbook);
    catalogue.add_runbook(&parse("nodes/other.md", "# Other\n## drain\n").runbook);
    // Two that lead back to the sample `includes`, and to each other.
    for (id, next) in [("ring", "back"), ("back", "includes"), ("around", "around-2"), ("around-2", "around")]
    {
        let include = format!("```yaml {{step=include name=more}}\nrunbook: ./{next}.md\n```\n");
        let text = format!("---\nrunbook: 1\ntitle: Ring\n---\n# Ring\n{include}");
        catalogue.add_runbook(&parse(&format!("samples/{id}.md"), &text).runbook);
    }
    catalogue
}

fn line(p: &Problem) -> String {
    let help = p.help.as_deref().map(|h| format!(" ({h})")).unwrap_or_default();
    format!("{}:{} {} {}: {}{help}", p.line, p.column, p.severity.word(), p.code, p.message)
}

fn expected(source: &str) -> Vec<String> {
    let comment = source.split("<!-- expect\n").nth(1).and_then(|t| t.split("\n-->").next()).unwrap_or("");
    comment.lines().map(str::to_owned).collect()
}

/// All problems of one sample as the whole corpus check would find them, under the folder `samples`.
fn problems(name: &str, source: &str, zh: Option<&str>) -> (Vec<String>, Vec<String>) {
    let path = format!("samples/{name}");
    let mut parsed = parse(&path, source);
    let mut translated = Vec::new();
    if let Some(zh) = zh {
        let (translation, found) = parse_translation(&path.replace(".md", ".zh.md"), "zh", zh);
        parsed.runbook.translations.insert("zh".into(), translation);
        translated = found;
    }
    let found = check(&path, &parsed.runbook, &catalogue());
    let (base, other): (Vec<_>, Vec<_>) = found.into_iter().partition(|p| &*p.file == path.as_str());
    parsed.problems.extend(base);
    translated.extend(other);
    let lines = |mut all: Vec<Problem>| {
        all.sort_by_key(|p| (p.line, p.column));
        all.iter().map(line).collect()
    };
    (lines(parsed.problems), lines(translated))
}

#[test]
fn every_planted_fault_is_found_at_its_place() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/invalid-runbooks");
    let mut wrong = Vec::new();
    let (mut files, mut faults) = (0, 0);
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some((id, None)) = id_of(&name) else { continue };
        let source = std::fs::read_to_string(&path).unwrap();
        let zh = std::fs::read_to_string(folder.join(format!("{id}.zh.md"))).ok();
        let (base, translated) = problems(&name, &source, zh.as_deref());
        let wanted = [
            (name, expected(&source), base),
            (format!("{id}.zh.md"), expected(zh.as_deref().unwrap_or("")), translated),
        ];
        for (name, wanted, found) in wanted {
            faults += wanted.len();
            if wanted != found {
                wrong.push(format!("== {name}\n<!-- expect\n{}\n-->", found.join("\n")));
            }
        }
        files += 1;
    }
    assert!(wrong.is_empty(), "these samples give:\n{}", wrong.join("\n"));
    assert!(files >= 15 && faults >= 60, "{files} files, {faults} faults");
}

#[test]
fn the_valid_sample_has_no_problem() {
    let source = include_str!("../../../tests/data/runbooks/nodes/sample.md");
    let mut parsed = parse("nodes/sample.md", source);
    let mut catalogue = catalogue();
    catalogue.add_runbook(&parsed.runbook);
    let zh = include_str!("../../../tests/data/runbooks/nodes/sample.zh.md");
    parsed.runbook.translations.insert("zh".into(), parse_translation("nodes/sample.zh.md", "zh", zh).0);
    let found: Vec<_> =
        check("nodes/sample.md", &parsed.runbook, &catalogue).iter().map(Problem::one_line).collect();
    let errors: Vec<_> = found.iter().filter(|p| p.contains(": error:")).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(found.iter().all(|p| p.contains("has no place in this translation")), "{found:?}");
}

#[test]
fn a_newer_format_is_not_judged() {
    let newer = parse("a/b.md", "---\nrunbook: 9\ntitle: t\ndetectors: [what]\n---\n").runbook;
    assert!(check("a/b.md", &newer, &catalogue()).is_empty());
}

#[test]
fn a_problem_shows_its_line_with_a_caret() {
    let parsed = parse("a/b.md", "---\nrunbook: 1\ntitle: t\nsymtoms: [a]\n---\n");
    let mut text = String::new();
    let handler = miette::NarratableReportHandler::new();
    handler.render_report(&mut text, &parsed.problems[0]).unwrap();
    assert!(
        text.contains("a/b.md") && text.contains("symtoms: [a]") && text.contains("did you mean"),
        "{text}"
    );
}

#[test]
fn what_nobody_can_read_runs_nothing_of_its_runbook() {
    let book = |front: &str, script: &str| {
        let fence = format!("```sh {{step=shell name=one}}\n#| risk: none\n{script}\n```\n");
        let text = format!("---\nrunbook: 1\ntitle: T\n{front}---\n# T\n\n{fence}");
        parse("samples/control.md", &text).runbook
    };
    assert!(book("", "true").runnable().is_yes() && book("", "\tprintf '\\033'").runnable().is_yes());
    // Every control character, wherever it is.
    for c in (0..0xa0u32).filter_map(char::from_u32).filter(|c| c.is_control() && !"\n\t\0".contains(*c)) {
        assert!(!book("", &format!("echo looking {c} ; touch PWNED")).runnable().is_yes(), "{c:?}");
        assert!(!book("", &format!("#| verify: {{ sh: 'a{c}b' }}\ntrue")).runnable().is_yes(), "{c:?}");
        assert!(!book(&format!("tags: ['a{c}b']\n"), "true").runnable().is_yes(), "{c:?}");
    }
    // Written as an escape, it is one all the same.
    assert!(!book("tags: [\"a\\eb\"]\n", "true").runnable().is_yes());
    let step = book("", "#| verify: { sh: \"a\\x9bb\" }\ntrue").steps.remove(0);
    assert!(!step.runnable.is_yes());
    // Line ends of Windows are none.
    let windows = "---\r\nrunbook: 1\r\ntitle: T\r\n---\r\n# T\r\n\r\n```yaml {step=view name=v}\r\nshow: [nodes]\r\n```\r\n";
    let windows = parse("samples/windows.md", windows);
    assert!(windows.runbook.runnable().is_yes(), "{:?}", windows.problems);
}
