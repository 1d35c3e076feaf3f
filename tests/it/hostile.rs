//! Values that were made to do harm, through every kind of step: whatever a parameter holds, what runs is what its author
//! wrote, about the object that it is about.

use opsbook::app::Msg;
use opsbook::domain::{ClusterSnapshot, RunbookLink, hidden};
use opsbook::live::Pane;
use opsbook::op::{Plan, Work, reads};
use opsbook::walk::{Walk, Way};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Desk, World, now, with_own};

const SCRIPT: &str = "set -eu\nprintf '%s' \"$WORD\" | wc -c\n";

const BOOK: &str = r#"---
runbook: 1
title: Hostile
meta: { risk: high }
params:
  node: { from: k8s:node }
  word: { type: text, allow_dash: true }
---
# Hostile

```yaml {step=view name=look}
show: [yaml/configmap/default/$word, logs/default/$word, pods/$word, events/pod/default/$word]
```

```yaml {step=check name=fits}
expect: p.word != 'go'
else: { goto: taint }
```

```yaml {step=decision name=which}
value: p.word
cases: { go: { goto: wait }, other: { goto: hand } }
```

```yaml {step=wait name=wait}
until: object('configmap', 'default', p.word).exists
```

```yaml {step=manual name=hand}
do: Nothing.
```

Without the app: `kubectl taint node NODE`

```yaml {step=action name=taint}
op: node.taint
with: { node: $node, key: team, value: $word, effect: NoSchedule }
risk: high
rollback: { none: It is a test. }
verify: node(p.node).exists
```

Without the app: `kubectl cordon NODE`

```yaml {step=action name=named}
op: node.cordon
with: { node: $word }
risk: medium
rollback: { none: It is a test. }
verify: node(p.node).exists
```

Without the app: `kubectl label`

```yaml {step=action name=label}
op: object.annotate
with: { kind: configmap, namespace: $word, name: $word, key: team, value: $word }
risk: low
```

```sh {step=shell name=script}
#| risk: none
set -eu
printf '%s' "$WORD" | wc -c
```

```yaml {step=include name=more}
runbook: more.md
with: { node: $node }
```
"#;

/// Pieces that harm where a value becomes text of something.
fn pieces() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "a",
        "web",
        ";",
        " ",
        "$(id)",
        "`id`",
        "&&",
        "||",
        "|",
        ">",
        "'",
        "\"",
        "\\",
        "\n",
        "\r",
        "\t",
        "\0",
        "\u{1b}[2J",
        "\u{1b}]52;c;aGk=\u{7}",
        "\u{202e}",
        "\u{2066}",
        "\u{200f}",
        "-",
        "--",
        "-rf",
        "/",
        "..",
        "../..",
        "%2f",
        "?watch=1",
        "#",
        "&",
        "=",
        ",metadata.namespace=x",
        "$WORD",
        "${IFS}",
        "$node",
        "$$",
        "{{",
        "}",
        "' || true || '",
        "goto: taint",
        "```\n",
        "ü",
        "節",
        "go",
        "other",
    ]);
    proptest::collection::vec(piece, 1..6).prop_map(|parts| parts.concat())
}

/// The runbook with this value; none where the value was refused.
fn opened(word: &str) -> (Desk, bool) {
    let node = serde_json::json!({
        "kind": "Node", "metadata": {"name": "worker-3", "uid": "u", "resourceVersion": "5"}, "spec": {},
    });
    let mut desk = Desk::at((120, 40), World::healthy().object(node));
    let params = [("node", "worker-3"), ("word", word)].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    desk.app.first = Some(RunbookLink { id: "own/hostile".into(), params });
    desk.tell(Msg::Books(with_own("own/hostile.md", BOOK, true)));
    let taken = desk.app.run.as_ref().is_some_and(|r| r.missing().is_empty());
    (desk, taken)
}

fn index(run: &Walk, step: &str) -> opsbook::walk::StepId {
    run.find(step).unwrap()
}

fn planned(run: &Walk, step: &str, world: &ClusterSnapshot) -> Result<Plan, String> {
    let index = index(run, step);
    let call = run.call(index).unwrap();
    let inputs = run.inputs(index, call)?;
    opsbook::op::plan(&call.op, world, &inputs).map_err(|e| e.to_string())
}

/// The structure of a body: its keys and lists, without the texts.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), shape(v))).collect(),
        Value::Array(items) => items.iter().map(shape).collect(),
        Value::String(_) => Value::from("text"),
        other => other.clone(),
    }
}

fn shapes(plan: &Plan) -> Vec<(String, String, Value)> {
    let Work::Calls(calls) = &plan.work else { panic!("{:?}", plan.work) };
    calls.iter().map(|c| (c.target.path(), format!("{:?}", c.method), shape(&c.body))).collect()
}

/// A path has no more parts than it should, and nothing behind them.
fn stays(path: &str, parts: usize) -> bool {
    path.split('/').count() == parts
        && !path.contains(['?', '#', ' ', '\n', '\u{1b}'])
        && !path.split('/').any(|p| p == "..")
}

/// Where a step leads, without its words.
fn leads(run: &Walk, step: &str, desk: &Desk) -> String {
    use opsbook::walk::Judgement as J;
    let way = |way: &Way| format!("{way:?}");
    match run.judge(index(run, step), &desk.app.world, now()) {
        J::Go { way: w, .. } => format!("go {}", way(&w)),
        J::No { way: w, .. } => format!("no {:?}", w.as_ref().map(way)),
        J::Ask { .. } => "ask".to_owned(),
        J::Unknown(_) => "unknown".to_owned(),
        other => format!("{other:?}"),
    }
}

fn panes_stay(run: &Walk) {
    for pane in run.panes(index(run, "look")).into_iter().flatten() {
        match pane {
            Pane::Yaml(key) | Pane::Detail(key) => assert!(stays(&key.path(), 7), "{}", key.path()),
            Pane::Logs(logs) => {
                assert!(stays(&logs.of.path(), 7) && logs.of.namespace() == "default", "{}", logs.of.path());
            }
            Pane::Table { .. } | Pane::Output => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_value_never_becomes_more_than_a_value(word in pieces()) {
        let (desk, taken) = opened(&word);
        let run = desk.app.run.as_ref().unwrap();
        prop_assert_eq!(desk.executed(), 0);
        let plain = !word.chars().any(char::is_control);
        prop_assert!(plain || !taken, "{word:?} was taken");
        if !taken {
            return Ok(());
        }
        let (tame, _) = opened("tame");
        let calm = tame.app.run.as_ref().unwrap();
        // The program is the same, step by step.
        let names = |run: &Walk| run.tree.steps().map(|(_, s)| s.name.clone()).collect::<Vec<_>>();
        prop_assert_eq!(names(run), names(calm));
        // A script's body is its author's, byte for byte; the value is a variable.
        let script = index(run, "script");
        let plan = run.script_plan(script, &desk.app.world, "run-1").unwrap().unwrap();
        let made = plan.script().unwrap();
        prop_assert_eq!(&made.body, SCRIPT);
        let found: Vec<_> = made.env.iter().filter(|(n, _)| n == "WORD").map(|(_, v)| v.reveal().to_owned()).collect();
        prop_assert_eq!(found, [word.clone()]);
        prop_assert_eq!(made.env.len(), calm.script_plan(script, &tame.app.world, "run-1").unwrap().unwrap().script().unwrap().env.len());
        // An operation sends the same requests with another text in them, or none.
        if let Ok(plan) = planned(run, "taint", &desk.app.world) {
            let other = planned(calm, "taint", &tame.app.world).unwrap();
            prop_assert_eq!(shapes(&plan), shapes(&other));
            prop_assert_eq!(plan.target, other.target);
        }
        prop_assert!(planned(run, "named", &desk.app.world).is_err(), "there is no such node");
        let label = run.call(index(run, "label")).unwrap();
        for interest in reads(&label.op, &run.inputs(index(run, "label"), label).unwrap()) {
            prop_assert!(stays(&interest.path(), 6), "{}", interest.path());
        }
        panes_stay(run);
        // Nothing else becomes the next step.
        for step in ["look", "hand", "more", "wait"] {
            prop_assert_eq!(leads(run, step, &desk), leads(calm, step, &tame), "{}", step);
        }
        if word != "go" && word != "other" {
            for step in ["fits", "which"] {
                prop_assert_eq!(leads(run, step, &desk), leads(calm, step, &tame), "{}", step);
            }
        }
        // What is followed for a condition stays with its collection.
        for interest in run.wants.borrow().iter() {
            prop_assert!(stays(&interest.path(), 6), "{}", interest.path());
        }
        // Nothing of it steers the terminal.
        let screen = desk.screen();
        prop_assert!(!hidden(&screen), "the screen is steered");
    }
}

#[test]
fn the_tame_value_goes_all_the_way_so_that_the_others_are_held_against_something() {
    let (desk, taken) = opened("tame");
    let run = desk.app.run.as_ref().unwrap();
    assert!(taken, "{:?}", desk.said());
    assert_eq!(planned(run, "taint", &desk.app.world).err(), None);
    assert!(run.panes(index(run, "look")).iter().all(Result::is_ok));
    assert_eq!(leads(run, "fits", &desk), "go Next");
    // These are taken, and harm nobody.
    for word in ["; rm -rf /", "$(id)", "a?watch=1", "-rf", "..", "節"] {
        let (desk, taken) = opened(word);
        assert!(taken, "{word}");
        let run = desk.app.run.as_ref().unwrap();
        let shown = run.panes(index(run, "look"));
        assert_eq!(shown[0].is_ok(), word == "$(id)" || word == "-rf" || word == "節", "{word}: {shown:?}");
        assert!(word == "-rf" || planned(run, "named", &desk.app.world).is_err(), "{word}");
    }
    let (_, taken) = opened("a\nb");
    assert!(!taken);
}

#[test]
fn words_of_a_runbook_hide_nothing_on_the_screen() {
    // Each behind a letter, which takes some of them into its cell.
    let unseen: String = "\u{200d}\u{200b}\u{61c}\u{ad}\u{fe0f}\u{e0041}\u{2060}\u{feff}\u{34f}\u{202e}"
        .chars()
        .flat_map(|c| ['a', c])
        .collect();
    let book = BOOK
        .replace("Hostile", &format!("Hostile {unseen}"))
        .replace("do: Nothing.", &format!("do: Nothing {unseen}."));
    let node = serde_json::json!({
        "kind": "Node", "metadata": {"name": "worker-3", "uid": "u", "resourceVersion": "5"}, "spec": {},
    });
    let mut desk = Desk::at((120, 40), World::healthy().object(node));
    let params = [("node", "worker-3"), ("word", "tame")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    desk.app.first = Some(RunbookLink { id: "own/hostile".into(), params });
    desk.tell(Msg::Books(with_own("own/hostile.md", &book, true)));
    let screen = desk.screen();
    assert!(screen.contains("Hostile aaaaaaaaaa"), "{screen}");
    assert!(!hidden(&screen), "{screen:?}");
}
