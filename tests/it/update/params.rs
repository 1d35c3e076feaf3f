//! Parameters that a runbook does not need, values that a manual step records, and ways that lead back.

use opsbook::app::Msg;
use opsbook::app::overlay::Overlay;
use opsbook::record::{Ending, What};
use opsbook::walk::Status;

use super::runbook::{SIZE, records, status};
use crate::support::{Desk, World, oom_killed, pod, with_own};

/// A runbook of the user's with what these tests need.
const OWN: &str = r#"---
runbook: 1
title: The team's own
detectors: [oom-killed]
params:
  pod: { from: "k8s:pod", prefer: finding, optional: true }
  note: { type: text, optional: true, max_len: 9 }
---

# Values

```yaml {step=manual name=values}
do: Write them down.
record: { minutes: { type: int, min: 1, max: 60 }, why: { type: text, max_len: 8 } }
```

## Enough

```yaml {step=check name=enough}
expect: steps.values.minutes >= 5 && !has(p.note)
else: { stop: Too few. }
```
"#;

fn own() -> Desk {
    let mut desk = Desk::new(SIZE, "en");
    desk.tell(Msg::Books(with_own("own/values.md", OWN, true)));
    desk.see(World::healthy().pod(oom_killed(pod("shop", "report-5", "worker-1"), 30)));
    desk
}

fn open(desk: &mut Desk, id: &str) {
    desk.press(":");
    desk.type_text(&format!("rb {id}"));
    desk.press("enter");
}

fn rows(desk: &Desk) -> Vec<String> {
    match desk.app.overlays.last() {
        Some(Overlay::Choose(choose)) => choose.rows.iter().map(|(words, _)| words.clone()).collect(),
        other => panic!("no list but {other:?}\n{}", desk.screen()),
    }
}

#[test]
fn what_a_runbook_does_not_need_is_offered_before_it_begins() {
    let mut desk = own();
    open(&mut desk, "own/values");
    assert_eq!(rows(&desk), ["begin", "pod: not given", "note: not given"]);
    assert!(records(&desk.effects).iter().all(|r| !matches!(r, What::Opened { .. })), "nothing began yet");
    // Escape is no answer: enter asks again what enter is for, and begins.
    desk.press("esc");
    let begun = desk.press("enter");
    assert!(records(&begun).iter().any(|r| matches!(r, What::Opened { .. })));
    // A value that is given later begins anew, as long as nothing has run.
    desk.press("shift-p down enter");
    desk.type_text("much too long");
    desk.press("enter");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Input(i)) if i.error.is_some()));
    for _ in 0..13 {
        desk.press("backspace");
    }
    desk.type_text("late");
    let anew = desk.press("enter");
    let opened = records(&anew);
    let Some(What::Opened { params, .. }) = opened.iter().find(|r| matches!(r, What::Opened { .. })) else {
        panic!("{opened:?}")
    };
    assert_eq!(params["note"], "late");
}

#[test]
fn a_finding_offers_the_runbooks_that_name_its_detector_after_its_own() {
    let mut desk = own();
    let finding = desk.app.world.findings.iter().find(|f| f.detector == "oom-killed").cloned();
    let links: Vec<_> = desk.app.links(&finding.unwrap()).into_iter().map(|l| l.id).collect();
    assert_eq!(links, ["pods/pod-oomkilled", "own/values"]);
    let at = desk.app.world.findings.iter().position(|f| f.detector == "oom-killed").unwrap();
    for _ in 0..at {
        desk.press("down");
    }
    assert!(desk.screen().contains("own/values"));
    desk.press("tab down enter");
    let run = desk.app.run.as_ref().unwrap();
    assert_eq!(run.book.id, "own/values");
    assert_eq!(run.params["pod"].shown(), "shop/report-5", "the subject binds it");
    assert!(run.begun, "who comes from a finding is not asked");
}

#[test]
fn recorded_values_are_judged_and_can_be_given_again() {
    let mut desk = own();
    open(&mut desk, "own/values");
    desk.press("enter enter");
    for (typed, error) in
        [("", "needs a value"), ("soon", "not a whole number"), ("61", "outside of 1 to 60")]
    {
        desk.type_text(typed);
        desk.press("enter");
        let Some(Overlay::Input(input)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
        assert!(input.error.as_ref().is_some_and(|e| e.contains(error)), "{typed}: {input:?}");
        for _ in typed.chars() {
            desk.press("backspace");
        }
    }
    desk.type_text("3");
    desk.press("enter");
    desk.type_text("load");
    desk.press("enter");
    assert_eq!(desk.step(), "enough");
    assert!(desk.screen().contains("✖"), "a number is compared as one: {}", desk.screen());
    desk.press("shift-n enter");
    assert_eq!(rows(&desk), ["go on", "give its values again"]);
    let again = desk.press("down enter");
    assert!(matches!(&records(&again)[0], What::Reopened { step, .. } if step == "values"));
    desk.type_text("30");
    desk.press("enter");
    desk.type_text("load");
    desk.press("enter");
    assert_eq!(desk.step(), "enough");
    desk.press("enter");
    assert!(matches!(status(&desk, "enough"), Status::Ended(Ending::Proved, _)));
}

#[test]
fn what_a_step_is_for_each_of_is_named_and_can_be_given_on_the_way() {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.read_every_kind();
    let map = |name: &str| {
        serde_json::json!({
            "kind": "ConfigMap", "metadata": {"namespace": "shop", "name": name, "uid": name, "resourceVersion": "1"},
        })
    };
    open(&mut desk, "team/labels");
    desk.type_text("one");
    desk.press("enter");
    let offered = rows(&desk);
    assert_eq!(offered[2], "for step note-more: More of them: not given");
    let Some(Overlay::Choose(choose)) = desk.app.overlays.last() else { panic!() };
    assert_eq!(choose.selected, 2, "enter asks for it");
    desk.press("esc enter");
    desk.see(World::healthy().object(map("one")).object(map("two")).object(map("three")));
    // A plan of it runs; what it did not know of can still be given.
    desk.press("enter");
    let done = |name: &str| {
        let mut map = map(name);
        map["metadata"]["annotations"] = serde_json::json!({"note": "seen"});
        map["metadata"]["resourceVersion"] = "2".into();
        map
    };
    desk.carry_out();
    desk.see(World::healthy().object(done("one")).object(map("two")).object(map("three")));
    assert_eq!(desk.step(), "note-more");
    desk.press("enter");
    assert!(
        desk.said().contains("`extra`, which has no value: shift-p gives it, s skips"),
        "{}",
        desk.said()
    );
    desk.press("shift-p");
    assert_eq!(rows(&desk).len(), 1, "what the plan ran with stays");
    desk.press("enter");
    desk.type_text("two, three");
    let given = desk.press("enter");
    let bound = What::Bound { name: "extra".into(), value: "two, three".into() };
    assert!(records(&given).contains(&&bound), "{given:?}");
    assert_eq!(desk.step(), "note-more[two]");
    assert!(matches!(status(&desk, "note-each"), Status::Ended(Ending::Proved, _)));
    // A session that goes on has them too.
    let (events, world) = (desk.app.session.events.clone(), desk.world.clone());
    let mut again = Desk::new(SIZE, "en");
    again.resume(events);
    again.see(world);
    again.read_every_kind();
    assert_eq!(again.step(), "note-more[two]", "{}", again.screen());
}
