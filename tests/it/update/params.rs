//! Parameters that a runbook does not need, values that a manual step records, and ways that lead back.

use opsbook::app::Msg;
use opsbook::app::overlay::Overlay;
use opsbook::app::run::Status;
use opsbook::record::{Ending, What};

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
