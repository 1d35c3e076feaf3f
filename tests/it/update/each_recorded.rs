//! Steps for each element of what an earlier step recorded: they stand there once it is known, ask and run as those of a
//! parameter, and come back with a session.

use opsbook::app::overlay::{Chosen, Overlay};
use opsbook::app::{Effect, Msg};
use opsbook::domain::RunbookLink;
use opsbook::record::{Ending, Event, What};
use opsbook::walk::{Judgement, Status};

use super::late::choose;
use super::runbook::{SIZE, status};
use crate::support::{Desk, World, with_own};

const OWN: &str = r#"---
runbook: 1
title: What was found
meta: { risk: medium }
---

# Find

```yaml {step=manual name=find}
do: Write down the nodes.
record: { nodes: text }
```

## Script

```sh {step=shell name=script}
#| risk: none
#| capture: { nodes: list, all: json }
true
```

## Each

Without the app: `kubectl cordon NODE`

```yaml {step=action name=cordon}
op: node.cordon
with: { node: $each }
risk: medium
each: $steps.find.nodes
before: ["p.each in nodes.all"]
verify: { expect: node(p.each).unschedulable, within: 1m }
rollback: { op: node.uncordon, with: { node: $each, force: true } }
```

## Say each

```sh {step=shell name=say}
#| risk: low
#| each: $steps.script.nodes
#| order: parallel
echo "$EACH"
```

## End

```yaml {step=check name=end}
expect: steps.script.nodes.size() == 2
```
"#;

fn opened(text: &str) -> Desk {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.app.first =
        Some(RunbookLink { id: "own/found".into(), params: std::collections::BTreeMap::default() });
    desk.tell(Msg::Books(with_own("own/found.md", text, true)));
    desk
}

fn desk() -> Desk {
    opened(OWN)
}

/// Gives the step by hand its value.
fn find(desk: &mut Desk, nodes: &str) {
    desk.press("enter");
    desk.type_text(nodes);
    desk.press("enter");
}

fn names(desk: &Desk) -> Vec<String> {
    desk.app.run.as_ref().unwrap().tree.steps().map(|(_, s)| s.name.clone()).collect()
}

fn judged(desk: &Desk, step: &str) -> Judgement {
    let run = desk.app.run.as_ref().unwrap();
    run.judge(run.find(step).unwrap(), &desk.app.world, desk.app.now)
}

fn cordon(desk: &mut Desk, node: &str) {
    let world = desk.world.clone().cordoned(node, true);
    desk.see(world);
}

#[test]
fn until_the_step_is_done_its_list_is_not_known() {
    let desk = desk();
    assert_eq!(names(&desk), ["find", "script", "cordon", "say", "end"]);
    let words = desk.app.run.as_ref().unwrap().preflight_words(&desk.app.world);
    let said = |step: &str, by: &str| {
        words.iter().any(|w| w.contains(step) && w.contains(&format!("is known when step {by} is done")))
    };
    assert!(said("step 3 (cordon)", "find") && said("step 4 (say)", "script"), "{words:?}");
    assert!(matches!(judged(&desk, "cordon"), Judgement::Refused(why) if why.contains("find is done")));
}

#[test]
fn one_step_stands_for_each_element_once_it_is_recorded_and_one_yes_is_for_all() {
    let mut desk = desk();
    find(&mut desk, "worker-1, worker-2,, worker-1");
    assert_eq!(names(&desk), ["find", "script", "cordon[worker-1]", "cordon[worker-2]", "say", "end"]);
    assert_eq!(desk.step(), "script", "the present step stays the present one");
    desk.look_at("cordon[worker-1]");
    assert!(desk.screen().contains("1 of 2 worker-1 · cordon worker-1"), "{}", desk.screen());
    desk.press("enter");
    choose(&mut desk, |c| matches!(c, Chosen::AllOfEach { .. }));
    assert!(desk.screen().contains("y run all 2"), "{}", desk.screen());
    desk.approve();
    desk.carry_out();
    cordon(&mut desk, "worker-1");
    desk.pass(1);
    assert_eq!(desk.executed(), 2, "{}", desk.screen());
    desk.carry_out();
    cordon(&mut desk, "worker-2");
    assert!(matches!(status(&desk, "cordon[worker-2]"), Status::Ended(Ending::Proved, _)));
    desk.look_at_back("cordon[worker-1]");
    desk.press("r");
    let Some(Overlay::Confirm(confirm)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!((&confirm.plan.op[..], confirm.plan.target.name()), ("node.uncordon", "worker-1"));
}

#[test]
fn a_list_that_is_recorded_anew_counts_until_one_element_was_begun() {
    let mut desk = desk();
    find(&mut desk, "worker-1");
    desk.look_at_back("find");
    desk.press("enter");
    choose(&mut desk, |c| matches!(c, Chosen::NoteAgain { .. }));
    desk.type_text("worker-2, worker-3");
    desk.press("enter");
    assert_eq!(names(&desk)[2..4], ["cordon[worker-2]", "cordon[worker-3]"]);
    desk.look_at("cordon[worker-2]");
    desk.press("enter");
    choose(&mut desk, |c| matches!(c, Chosen::OneOfEach { .. }));
    desk.approve();
    desk.carry_out();
    cordon(&mut desk, "worker-2");
    desk.look_at_back("find");
    desk.press("enter");
    choose(&mut desk, |c| matches!(c, Chosen::NoteAgain { .. }));
    desk.type_text("worker-1");
    desk.press("enter");
    assert_eq!(names(&desk)[2..4], ["cordon[worker-2]", "cordon[worker-3]"]);
}

#[test]
fn what_is_no_list_of_plain_words_makes_no_steps() {
    let mut desk = desk();
    find(&mut desk, "worker-1, --all");
    assert_eq!(names(&desk).len(), 5);
    assert!(matches!(judged(&desk, "cordon"), Judgement::Refused(why) if why.contains("begins with a dash")));
}

fn give(desk: &mut Desk, stdout: &str) {
    desk.look_at("script");
    desk.press("enter");
    let task = desk.approved().unwrap().0;
    let given = opsbook::walk::Given { stdout: stdout.into(), ..Default::default() };
    desk.tell(Msg::Task { id: task, event: opsbook::app::TaskEvent::Given(Box::new(given)) });
    desk.carry_out();
}

#[test]
fn a_captured_list_has_a_type_and_each_element_reaches_its_script() {
    let mut desk = opened(&OWN.replace(", all: json", ""));
    find(&mut desk, "worker-1");
    give(&mut desk, "one\ntwo\n");
    assert!(
        names(&desk).ends_with(&["say[one]".into(), "say[two]".into(), "end".into()]),
        "{:?}",
        names(&desk)
    );
    assert!(matches!(judged(&desk, "end"), Judgement::Go { .. }), "{:?}", judged(&desk, "end"));
    let run = desk.app.run.as_ref().unwrap();
    let plan = run.script_plan(run.find("say[two]").unwrap(), &desk.app.world, "run").unwrap().unwrap();
    let env = &plan.script().unwrap().env;
    assert!(env.iter().any(|(name, value)| name == "EACH" && value.reveal() == "two"), "{env:?}");
}

fn records(desk: &Desk) -> Vec<Event> {
    desk.app.session.events.clone()
}

#[test]
fn a_session_that_goes_on_has_the_same_elements_where_they_stood() {
    let mut desk = desk();
    find(&mut desk, "worker-1, worker-2");
    desk.look_at("cordon[worker-1]");
    desk.press("enter");
    choose(&mut desk, |c| matches!(c, Chosen::OneOfEach { .. }));
    desk.approve();
    desk.carry_out();
    cordon(&mut desk, "worker-1");
    let (events, books) = (records(&desk), desk.app.books.clone());
    let mut again = Desk::new(SIZE, "en");
    again.resume(events);
    again.see(World::healthy().cordoned("worker-1", true));
    again.tell(Msg::Books(books));
    assert_eq!(names(&again)[2..4], ["cordon[worker-1]", "cordon[worker-2]"]);
    assert!(matches!(status(&again, "cordon[worker-1]"), Status::Ended(Ending::Proved, _)));
    assert!(matches!(status(&again, "cordon[worker-2]"), Status::Todo));
    // Elements that were not there when the runbook was opened are no change of its text.
    let rewritten =
        |e: &Effect| matches!(e, Effect::Record(r) if r.iter().any(|w| matches!(w, What::Rewritten { .. })));
    assert!(!again.effects.iter().any(rewritten), "{}", again.said());
}
