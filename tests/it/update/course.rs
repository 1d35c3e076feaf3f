//! Where a walk goes without a question: steps that are not needed, branches that end elsewhere, and what conditions mean.

use opsbook::app::Msg;
use opsbook::domain::RunbookLink;
use opsbook::record::{Ending, What};
use opsbook::walk::{Judgement, Status};

use super::runbook::{SIZE, status};
use crate::support::{Desk, World, with_own};

const HEAD: &str = "---\nrunbook: 1\ntitle: A course\nparams:\n  nodes: { from: \"k8s:node\", many: true, label: Nodes }\n---\n# A course\n";

const BRANCHES: &str = r"
```yaml {step=decision name=which}
ask: Which?
cases:
  left: { }
  right: { goto: right }
  none: { goto: end }
```
```yaml {step=view name=left}
show: [nodes]
goto: end
```
```yaml {step=view name=right}
show: [nodes]
```
```yaml {step=view name=right-too}
show: [nodes]
```
```yaml {step=view name=end}
show: [nodes]
```
";

fn desk(steps: &str, world: World) -> Desk {
    let mut desk = Desk::at(SIZE, world);
    let params = [("nodes".to_owned(), "worker-1, worker-2".to_owned())].into();
    desk.app.first = Some(RunbookLink { id: "own/course".into(), params });
    desk.tell(Msg::Books(with_own("own/course.md", &format!("{HEAD}{steps}"), true)));
    desk.pass(1);
    desk
}

fn skipped(desk: &Desk, step: &str) -> String {
    match status(desk, step) {
        Status::Ended(Ending::Skipped, words) => words,
        other => panic!("{step}: {other:?}"),
    }
}

/// Answers the decision, and gives the pictures time.
fn answer(desk: &mut Desk, case: &str) {
    desk.press("enter");
    if let Some(opsbook::app::overlay::Overlay::Choose(choose)) = desk.app.overlays.last() {
        let words: Vec<String> = choose.rows.iter().map(|(words, _)| words.clone()).collect();
        assert!(words.iter().any(|w| w.starts_with(case)), "{words:?}");
    }
    desk.type_text(case);
    desk.press("enter");
    desk.pass(1);
}

#[test]
fn a_branch_ends_where_its_goto_leads_and_the_other_one_is_not_on_the_way() {
    let mut desk = desk(BRANCHES, World::healthy());
    answer(&mut desk, "left");
    assert_eq!(desk.step(), "left");
    desk.press("enter");
    assert_eq!(desk.step(), "end", "{}", desk.screen());
    assert_eq!(skipped(&desk, "right"), "not on the way from left");
    assert_eq!(skipped(&desk, "right-too"), "not on the way from left");
}

#[test]
fn a_branch_that_is_skipped_ends_there_as_well() {
    let mut desk = desk(BRANCHES, World::healthy());
    answer(&mut desk, "left");
    desk.press("s");
    desk.type_text("seen already");
    desk.press("enter");
    assert_eq!(desk.step(), "end", "{}", desk.screen());
    assert_eq!(skipped(&desk, "right"), "not on the way from left");
}

#[test]
fn another_answer_opens_the_branch_that_the_first_one_had_led_past() {
    let mut desk = desk(BRANCHES, World::healthy());
    answer(&mut desk, "left");
    desk.press("enter");
    desk.look_at_back("which");
    desk.press("enter");
    super::late::choose(&mut desk, |c| matches!(c, opsbook::app::overlay::Chosen::Again { .. }));
    answer(&mut desk, "right");
    assert_eq!(desk.step(), "right");
    assert_eq!(status(&desk, "right"), Status::Todo);
    assert_eq!(status(&desk, "right-too"), Status::Todo);
    desk.press("enter");
    assert_eq!(desk.step(), "right-too");
}

const NEEDED: &str = r"
```yaml {step=view name=first}
show: [nodes]
```
```yaml {step=view name=only-where-silent}
show: [nodes]
when: nodes.notReady.size() > 0
```
```yaml {step=view name=never}
show: [nodes]
when: nodes.all.size() > 100
```
```yaml {step=view name=last}
show: [nodes]
```
";

#[test]
fn a_step_that_is_not_needed_is_passed_over_with_what_the_cluster_shows() {
    let mut desk = desk(NEEDED, World::healthy());
    assert_eq!(status(&desk, "only-where-silent"), Status::Todo, "nothing is passed over before its time");
    desk.press("enter");
    desk.pass(1);
    assert_eq!(desk.step(), "last", "{}", desk.screen());
    assert!(skipped(&desk, "only-where-silent").starts_with("not needed: "));
    assert!(skipped(&desk, "never").contains("not needed: "));
    let ended = |e: &opsbook::record::Event| matches!(&e.what, What::StepEnded { step, words, .. } if step == "never" && words.starts_with("not needed"));
    assert!(desk.app.session.events.iter().any(ended), "the record says so");
}

#[test]
fn a_step_that_is_needed_is_done() {
    let mut desk = desk(NEEDED, World::healthy().silence("worker-1", 600));
    desk.press("enter");
    desk.pass(1);
    assert_eq!(desk.step(), "only-where-silent");
}

#[test]
fn what_was_passed_over_is_done_after_all_and_stays_open_whatever_its_when_says() {
    let mut desk = desk(NEEDED, World::healthy());
    desk.press("enter");
    desk.pass(1);
    desk.look_at_back("never");
    desk.press("enter");
    super::late::choose(&mut desk, |c| matches!(c, opsbook::app::overlay::Chosen::Again { .. }));
    desk.pass(2);
    assert_eq!(desk.step(), "never");
    assert_eq!(status(&desk, "never"), Status::Todo);
    desk.press("enter");
    assert!(matches!(status(&desk, "never"), Status::Ended(Ending::Recorded, _)));
}

#[test]
fn what_is_not_known_is_not_passed_over() {
    let steps = NEEDED.replace("nodes.all.size() > 100", "etcd.healthy > 100");
    let mut desk = desk(&steps, World::healthy());
    desk.press("enter");
    desk.pass(1);
    assert_eq!(desk.step(), "never");
    assert_eq!(status(&desk, "never"), Status::Todo);
}

const LANES: &str = r"
```yaml {step=group name=each-node}
each: $nodes
steps: [repair, seen]
goto: end
```
```yaml {step=manual name=repair}
do: Repair the machine.
when: '!node(p.nodes).ready'
```
```yaml {step=check name=seen}
expect: node(p.nodes).exists
```
```yaml {step=manual name=between}
do: Not on the way.
```
```yaml {step=view name=end}
show: [nodes]
```
";

#[test]
fn in_a_group_each_element_is_asked_whether_it_needs_the_step() {
    let desk = desk(LANES, World::healthy().silence("worker-2", 600));
    assert!(skipped(&desk, "repair[worker-1]").starts_with("not needed: "));
    assert_eq!(status(&desk, "repair[worker-2]"), Status::Todo);
    assert_eq!(desk.step(), "repair[worker-2]");
}

#[test]
fn a_group_goes_on_elsewhere_when_all_of_it_is_done() {
    let mut desk = desk(LANES, World::healthy().silence("worker-2", 600));
    assert_eq!(status(&desk, "between"), Status::Todo, "one lane is done, and the other one is not");
    desk.press("enter");
    desk.pass(1);
    assert_eq!(desk.step(), "end", "{}", desk.screen());
    assert!(skipped(&desk, "between").starts_with("not on the way from "));
}

#[test]
fn a_group_that_is_not_needed_is_asked_once_and_passed_over_as_a_whole() {
    let steps = LANES.replace("goto: end\n", "when: nodes.notReady.size() > 0\n");
    let healthy = desk(&steps, World::healthy());
    assert_eq!(healthy.step(), "between");
    assert!(skipped(&healthy, "seen[worker-2]").starts_with("not needed: "));

    let mut begun = desk(&steps, World::healthy().silence("worker-2", 600));
    assert_eq!(begun.step(), "repair[worker-2]");
    begun.press("enter");
    let world = World::healthy();
    begun.see(world);
    begun.pass(1);
    assert!(
        matches!(status(&begun, "seen[worker-2]"), Status::Ended(Ending::Proved, _)),
        "what was begun is brought to its end: {:?}",
        status(&begun, "seen[worker-2]")
    );
}

#[test]
fn what_a_condition_means_stands_in_the_bar_with_its_values() {
    let steps = "
```yaml {step=check name=some}
expect: nodes.ready.size() > 100
means: \"{nodes.ready.size()} of {nodes.all.size()} machines answer\"
```
";
    let desk = desk(steps, World::healthy());
    let count = desk.world.0.nodes.iter().count();
    let screen = desk.screen();
    assert!(screen.contains(&format!("{count} of {count} machines answer")), "{screen}");
    let run = desk.app.run.as_ref().unwrap();
    let judged = run.judge(run.current, &desk.app.world, desk.app.now);
    assert!(matches!(judged, Judgement::No { .. }), "{judged:?}");
}

#[test]
fn a_step_that_was_needed_when_the_walk_came_to_it_is_not_taken_from_under_the_hands() {
    let steps = "Do it.\n\n```yaml {step=manual name=mend}\ndo: Mend it.\nrecord: { what: text, who: text }\nwhen: nodes.notReady.size() > 0\n```\n```yaml {step=view name=end}\nshow: [nodes]\n```\n";
    let mut desk = desk(steps, World::healthy().silence("worker-1", 600));
    assert_eq!(desk.step(), "mend");
    desk.press("enter");
    desk.type_text("power");
    // It has healed meanwhile.
    desk.see(World::healthy());
    desk.pass(5);
    assert_eq!((desk.step().as_str(), status(&desk, "mend")), ("mend", Status::Todo));
    desk.press("enter");
    desk.type_text("mei");
    desk.press("enter");
    assert!(matches!(status(&desk, "mend"), Status::Ended(Ending::Recorded, _)), "{}", desk.screen());
}

const CHANGED: &str = r"
```yaml {step=decision name=which}
ask: Which?
cases:
  left: { }
  right: { goto: right }
```
Without the app: `kubectl cordon worker-1`

```yaml {step=action name=left}
op: node.cordon
with: { node: worker-1 }
risk: low
goto: end
```
```yaml {step=view name=right}
show: [nodes]
```
```yaml {step=view name=end}
show: [nodes]
```
";

#[test]
fn a_branch_that_is_proved_late_does_not_lead_past_the_one_that_is_walked_by_now() {
    let head = HEAD.replace("params:", "meta: { risk: low }\nparams:");
    let mut desk = Desk::at(SIZE, World::healthy());
    let params = [("nodes".to_owned(), "worker-1, worker-2".to_owned())].into();
    desk.app.first = Some(RunbookLink { id: "own/course".into(), params });
    desk.tell(Msg::Books(with_own("own/course.md", &format!("{head}{CHANGED}"), true)));
    desk.pass(1);
    answer(&mut desk, "left");
    desk.press("enter");
    desk.carry_out();
    desk.look_at_back("which");
    desk.press("enter");
    super::late::choose(&mut desk, |c| matches!(c, opsbook::app::overlay::Chosen::Again { .. }));
    answer(&mut desk, "right");
    assert_eq!(desk.step(), "right");
    let world = desk.world.clone().cordoned("worker-1", true);
    desk.see(world);
    assert!(matches!(status(&desk, "left"), Status::Ended(Ending::Proved, _)), "{:?}", status(&desk, "left"));
    assert_eq!((desk.step().as_str(), status(&desk, "right")), ("right", Status::Todo));
}

#[test]
fn a_value_in_a_sentence_is_one_row_and_no_document() {
    let long = "a".repeat(5000);
    let steps = format!(
        "\n```yaml {{step=check name=some}}\nexpect: nodes.ready.size() > 100\nmeans: \"it says {{'{long}'}}, and {{['{long}']}}\"\n```\n"
    );
    let desk = desk(&steps, World::healthy());
    let run = desk.app.run.as_ref().unwrap();
    let Judgement::No { words, .. } = run.judge(run.current, &desk.app.world, desk.app.now) else { panic!() };
    assert!(words.contains("it says aaa") && words.contains('…'), "{words}");
    assert!(words.chars().count() < 320, "{}", words.chars().count());
}
