//! What is known before the first step: rights that are missing, and what this program cannot do.

use opsbook::app::{Effect, Msg};
use opsbook::domain::RunbookLink;

use super::late::BOTH;
use super::runbook::SIZE;
use crate::support::{Desk, World, with_own};

fn opened(denied: &[&str]) -> Desk {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.denied = denied.iter().map(|d| (*d).to_owned()).collect();
    desk.open("team/every", BOTH);
    desk
}

#[test]
fn steps_without_the_right_are_named_before_the_first_one() {
    let desk = opened(&["create pods/eviction in shop"]);
    let run = desk.app.run.as_ref().unwrap();
    let drain = run.hindrance(run.find("empty").unwrap()).unwrap();
    assert_eq!(drain.word.text(), "rights");
    assert!(drain.why.contains("create pods/eviction"), "{}", drain.why);
    assert_eq!(run.hindrance(run.find("cordon").unwrap()), None);
    let words = run.preflight_words(&desk.app.world).join(" ");
    assert!(
        words.contains("2 of 18 steps will be refused: 4 you may not create pods/eviction in shop"),
        "{words}"
    );
    let screen = desk.screen();
    assert!(screen.contains("2 of 18 steps") && screen.contains("✖ rights"), "{screen}");
}

#[test]
fn what_this_program_cannot_do_is_named_too() {
    let desk = opened(&[]);
    let run = desk.app.run.as_ref().unwrap();
    assert_eq!(run.hindrance(run.find("host").unwrap()).unwrap().word.text(), "host");
    let words = run.preflight_words(&desk.app.world);
    assert_eq!(words, ["✖ 1 of 18 steps will be refused: 10 host access"]);
}

#[test]
fn each_right_is_asked_for_once() {
    let mut desk = opened(&[]);
    let asked = |desk: &Desk| -> Vec<String> {
        let rights =
            desk.effects.iter().filter_map(|e| if let Effect::Review(r) = e { Some(r) } else { None });
        rights.flatten().map(ToString::to_string).collect()
    };
    for _ in 0..5 {
        desk.pass(1);
    }
    let mut all = asked(&desk);
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count, "{all:?}");
    assert!(all.iter().any(|r| r == "patch nodes"), "{all:?}");
}

#[test]
fn nothing_waits_for_the_answers() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.previews = false;
    desk.open("team/every", BOTH);
    desk.press("enter");
    assert_eq!(desk.step(), "there");
}

const OWN: &str = r#"---
runbook: 1
title: With tools
requires: { tools: { kubectl: ">=1.28 <2", local: ["helm>=3.10", sh] } }
---
# Look

```yaml {step=check name=look}
expect: "true"
```

## Again

```yaml {step=check name=again}
expect: "true"
```
"#;

fn with_tools(approved: bool) -> Desk {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.app.first =
        Some(RunbookLink { id: "own/tools".into(), params: std::collections::BTreeMap::default() });
    desk.tell(Msg::Books(with_own("own/tools.md", OWN, approved)));
    desk
}

fn asked(desk: &Desk) -> Vec<String> {
    let of = |e: &Effect| if let Effect::ReadVersions(names) = e { Some(names.clone()) } else { None };
    desk.effects.iter().filter_map(of).flatten().collect()
}

#[test]
fn versions_of_programs_are_read_with_the_first_step_and_not_before() {
    let mut desk = with_tools(true);
    let words = |desk: &Desk| desk.app.run.as_ref().unwrap().preflight_words(&desk.app.world).join("\n");
    assert!(words(&desk).contains("kubectl >=1.28 is needed; its version is read with the first step"));
    assert!(asked(&desk).is_empty(), "nothing runs because a file was opened");
    desk.press("enter");
    desk.press("enter");
    assert_eq!(asked(&desk), ["kubectl", "helm"], "once");
    let read = [("kubectl".to_owned(), Some("1.27.3".to_owned())), ("helm".to_owned(), None)].into();
    desk.tell(Msg::Versions(read));
    assert!(desk.said().contains("kubectl 1.27.3 is older than 1.28"), "{}", desk.said());
    let words = words(&desk);
    assert!(words.contains("helm >=3.10 is needed; its version could not be read"), "{words}");
    assert!(!words.contains("<2"), "{words}");
}

#[test]
fn for_a_file_that_nobody_approved_no_program_is_asked() {
    let mut desk = with_tools(false);
    desk.press("enter");
    assert!(asked(&desk).is_empty());
}

#[test]
fn a_runbook_for_another_distribution_says_so_and_holds_nothing_up() {
    let own = OWN.replace("requires: {", "applies: { distro: [kubeadm] }\nrequires: {");
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.app.first =
        Some(RunbookLink { id: "own/tools".into(), params: std::collections::BTreeMap::default() });
    desk.tell(Msg::Books(with_own("own/tools.md", &own, true)));
    let words = |desk: &Desk| desk.app.run.as_ref().unwrap().preflight_words(&desk.app.world).join("\n");
    assert!(words(&desk).contains("made for kubeadm; which distribution this is cannot be told"));
    desk.see(World::healthy().change_node("worker-1", |n| n.kubelet = "v1.30.1-eks-aeac579".into()));
    assert!(words(&desk).contains("made for kubeadm, this looks like EKS"), "{}", words(&desk));
    desk.see(World::healthy().change_node("worker-1", |n| n.kubeadm = true));
    assert!(!words(&desk).contains("made for"), "{}", words(&desk));
    desk.press("enter");
    assert_eq!(desk.step(), "again");
}
