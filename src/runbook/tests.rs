//! Parsing whole files: the sample of the repository, other formats, arbitrary text.

use proptest::prelude::*;

use super::model::*;
use super::*;

const SAMPLE: &str = include_str!("../../tests/data/runbooks/nodes/sample.md");
const CHINESE: &str = include_str!("../../tests/data/runbooks/nodes/sample.zh.md");

fn sample() -> Runbook {
    let parsed = parse("nodes/sample.md", SAMPLE);
    let lines: Vec<_> = parsed.problems.iter().map(Problem::one_line).collect();
    assert_eq!(lines, Vec::<String>::new());
    parsed.runbook
}

#[test]
fn the_sample_is_read_completely() {
    let r = sample();
    assert_eq!((r.id.as_str(), r.title.as_str()), ("nodes/sample", "Node NotReady (sample)"));
    assert!(r.runnable().is_yes());
    let names: Vec<_> = r.steps.iter().map(|s| (s.name.as_str(), s.kind.word())).collect();
    let expected = [
        ("look", "view"),
        ("only-one", "check"),
        ("why", "decision"),
        ("kubelet", "shell"),
        ("drain", "action"),
        ("repair", "manual"),
        ("ready", "wait"),
    ];
    assert_eq!(names, expected);
    assert_eq!(r.step("drain").unwrap().title, "Move the work away");
    assert_eq!(r.highest_step_risk(), Risk::Medium);
    assert_eq!(r.requires.rbac[2].group, "apps");
    assert_eq!(r.alerts[0].bind, [("node".to_owned(), "node".to_owned())]);
    assert_eq!(r.extra["x-team"]["pager"], "blue");
    assert_eq!(r.epilogue().trim(), "## Afterwards\nWrite down what it was.");
}

#[test]
fn panes_and_arguments_keep_their_references() {
    let r = sample();
    let StepKind::View(view) = &r.step("look").unwrap().kind else { panic!("no view") };
    assert_eq!(view.show[2].view, "events");
    assert!(
        matches!(&view.show[2].of[..], [PathPart::Text(t), PathPart::Ref(r)] if t == "node/" && r.name == "node")
    );
    let StepKind::Action(action) = &r.step("drain").unwrap().kind else { panic!("no action") };
    assert!(matches!(&action.call.with[0], (name, Template::Ref(r)) if name == "node" && r.name == "node"));
    let policy = &action.policy;
    assert_eq!(policy.before[1].span.of(&r.source), "pdbsBlocking(p.node).size() == 0");
    assert!(matches!(&policy.rollback, Some(Rollback::Op(c)) if c.op == "node.uncordon"));
}

#[test]
fn shell_options_are_separate_from_the_script() {
    let r = sample();
    let StepKind::Shell(shell) = &r.step("kubelet").unwrap().kind else { panic!("no shell") };
    assert!(shell.script.starts_with("systemctl") && shell.script_span.of(&r.source) == shell.script);
    assert!(matches!(&shell.at, At::Ssh(parts, _) if matches!(&parts[..], [PathPart::Ref(_)])));
    assert_eq!(shell.capture[0].name, "log");
}

#[test]
fn a_translation_gives_titles_prose_and_short_texts() {
    let mut r = sample();
    let (zh, problems) = parse_translation("nodes/sample.zh.md", "zh", CHINESE);
    assert!(problems.is_empty(), "{problems:?}");
    r.translations.insert("zh".into(), zh);
    assert_eq!(r.title_in("zh"), "节点 NotReady（示例）");
    assert_eq!(r.symptoms_in("zh")[0], "节点失联");
    let drain = r.step("drain").unwrap();
    assert_eq!(r.step_title_in(drain, "zh"), "迁走负载");
    assert!(r.step_prose_in(drain, "zh").contains("kubectl drain"));
    assert_eq!(r.step_prose_in(r.step("kubelet").unwrap(), "zh").trim(), "");
    assert_eq!(r.translations["zh"].steps["only-one"].say.as_deref(), Some("不止一个节点故障。"));
}

#[test]
fn plain_markdown_is_for_reading() {
    let parsed = parse("x/readme.md", "# Title here\ntext\n```sh\nls\n```\n");
    assert!(parsed.problems.is_empty());
    assert_eq!((parsed.runbook.title.as_str(), parsed.runbook.format), ("Title here", Format::Plain));
    assert!(!parsed.runbook.runnable().is_yes());
    let foreign = parse("x/hugo.md", "---\ntitle: T\nweight: 3\n---\nbody\n");
    assert_eq!((foreign.runbook.title.as_str(), foreign.problems.len()), ("T", 0));
}

#[test]
fn newer_formats_and_kinds_are_shown_and_not_run() {
    let newer = parse("a.md", &SAMPLE.replace("runbook: 1", "runbook: 2\nshiny: true"));
    assert_eq!(newer.runbook.format, Format::Newer(2));
    assert!(matches!(newer.runbook.runnable(), Runnable::No(why) if why.contains("needs a newer opsbook")));
    assert_eq!((newer.problems.len(), newer.runbook.steps.len()), (1, 7));
    let kind = parse("nodes/sample.md", &SAMPLE.replace("step=view", "step=hologram"));
    let step = kind.runbook.step("look").unwrap();
    assert!(matches!(&step.runnable, Runnable::No(why) if why.contains("needs a newer opsbook")));
    assert!(kind.runbook.step("drain").unwrap().runnable.is_yes());
}

#[test]
fn an_error_stops_its_own_step_and_an_error_in_front_stops_all() {
    let one = parse("nodes/sample.md", &SAMPLE.replace("risk: medium\nbefore", "risky: medium\nbefore"));
    assert!(!one.runbook.step("drain").unwrap().runnable.is_yes());
    assert!(one.runbook.runnable().is_yes() && one.runbook.step("ready").unwrap().runnable.is_yes());
    let all = parse("nodes/sample.md", &SAMPLE.replace("scenario:", "scenaro:"));
    assert!(!all.runbook.runnable().is_yes());
    assert_eq!(all.problems[0].help.as_deref(), Some("did you mean `scenario`?"));
}

#[test]
fn ids_come_from_paths() {
    assert_eq!(id_of("nodes/a.md"), Some(("nodes/a".into(), None)));
    assert_eq!(id_of("nodes/a.zh.md"), Some(("nodes/a".into(), Some("zh".into()))));
    assert_eq!(id_of("nodes/v1.28.md"), Some(("nodes/v1.28".into(), None)));
    assert_eq!(id_of("nodes/a.yaml"), None);
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC*") {
        let _ = parse("a/b.md", &text);
        let _ = parse_translation("a/b.zh.md", "zh", &text);
    }

    #[test]
    fn no_change_of_a_runbook_makes_the_parser_panic(at in 0..SAMPLE.len(), len in 0_usize..30, new in "[\\PC\n]{0,12}") {
        let floor = |i: usize| (0..=i.min(SAMPLE.len())).rev().find(|i| SAMPLE.is_char_boundary(*i)).unwrap();
        let (start, end) = (floor(at), floor(at + len));
        let text = format!("{}{new}{}", &SAMPLE[..start], &SAMPLE[end..]);
        let _ = parse("nodes/sample.md", &text);
    }

    #[test]
    fn no_step_body_makes_the_parser_panic(kind in prop::sample::select(&StepKind::WORDS[..]), body in "[a-z:{}\\[\\]$\"' \n#|-]{0,80}") {
        let lang = if kind == "shell" { "sh" } else { "yaml" };
        let text = format!("---\nrunbook: 1\ntitle: t\n---\n```{lang} {{step={kind} name=a}}\n{body}\n```\n");
        let _ = parse("a/b.md", &text);
    }
}
