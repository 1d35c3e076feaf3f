//! Groups: the steps that follow one are taken for each element, one lane each; lanes go on beside each other as far as the
//! order allows, and wait for a person where one is asked.

use opsbook::app::Msg;
use opsbook::app::overlay::Chosen;
use opsbook::domain::RunbookLink;
use opsbook::record::Ending;
use opsbook::walk::{Came, Judgement, Status, StepId};

use super::late::{choose, offered};
use super::runbook::{SIZE, status};
use crate::support::{Desk, World, with_own, with_several};

const HEAD: &str = "---\nrunbook: 1\ntitle: One after the other\nmeta: { risk: medium }\nparams:\n  \
                    nodes: { from: \"k8s:node\", many: true, label: Nodes }\n---\n# Nodes\n";

const STEPS: &str = r"
## There

```yaml {step=check name=there}
expect: node(p.nodes).exists
```

## Cordon

Without the app: `kubectl cordon NODE`

```yaml {step=action name=cordon}
op: node.cordon
with: { node: $nodes }
risk: low
```

## Which way

```yaml {step=decision name=way}
value: node(p.nodes).ready
cases:
  'true': { goto: open }
  'false': { }
```

## Repair

```yaml {step=manual name=repair}
do: Repair the machine.
```

## Open

Without the app: `kubectl uncordon NODE`

```yaml {step=action name=open}
op: node.uncordon
with: { node: $nodes, force: true }
risk: low
```

## Behind

```yaml {step=check name=behind}
expect: nodes.all.size() > 0
```
";

fn book(turns: &str) -> String {
    format!(
        "{HEAD}\n## Each node\n\n```yaml {{step=group name=each-node}}\neach: $nodes\nsteps: [there, cordon, way, repair, open]\n{turns}```\n{STEPS}"
    )
}

/// The runbook, on nodes of a healthy cluster.
fn desk(turns: &str, nodes: &str) -> Desk {
    let mut desk = Desk::at(SIZE, World::healthy());
    let params = [("nodes".to_owned(), nodes.to_owned())].into();
    desk.app.first = Some(RunbookLink { id: "own/lanes".into(), params });
    desk.tell(Msg::Books(with_own("own/lanes.md", &book(turns), true)));
    desk.pass(1);
    desk
}

fn names(desk: &Desk) -> Vec<String> {
    desk.app.run.as_ref().unwrap().tree.steps().map(|(_, s)| s.name.clone()).collect()
}

fn group(desk: &Desk) -> StepId {
    let run = desk.app.run.as_ref().unwrap();
    run.tree.element(run.find("cordon[worker-1]").unwrap()).unwrap().0
}

/// How far each lane has come, in a word and the name of the step.
fn came(desk: &Desk) -> Vec<String> {
    let run = desk.app.run.as_ref().unwrap();
    let word = |came: Came| match came {
        Came::NotBegun => "not begun".to_owned(),
        Came::To(step) => run.tree[step].name.clone(),
        Came::Failed(step) => format!("failed {}", run.tree[step].name),
        Came::Stopped(step) => format!("stopped {}", run.tree[step].name),
        Came::Done => "done".to_owned(),
    };
    run.lanes_came(group(desk)).came.iter().copied().map(word).collect()
}

fn refused(desk: &Desk, step: &str) -> String {
    let run = desk.app.run.as_ref().unwrap();
    match run.judge(run.find(step).unwrap(), &desk.app.world, desk.app.now) {
        Judgement::No { words, .. } => words,
        other => panic!("{other:?}"),
    }
}

/// Says yes to the present operation, for its own element.
fn run_one(desk: &mut Desk) {
    desk.press("enter");
    if matches!(desk.app.overlays.last(), Some(opsbook::app::overlay::Overlay::Choose(_))) {
        choose(desk, |c| matches!(c, Chosen::OneOfEach { .. }));
    }
    desk.approve();
}

#[test]
fn the_steps_of_a_group_stand_there_once_for_each_element() {
    let desk = desk("", "worker-1, worker-2");
    let lane =
        |node: &str| ["there", "cordon", "way", "repair", "open"].map(|s| format!("{s}[{node}]")).to_vec();
    let expected: Vec<String> =
        [lane("worker-1"), lane("worker-2"), vec!["behind".to_owned()]].into_iter().flatten().collect();
    assert_eq!(names(&desk), expected);
    let screen = desk.screen();
    assert!(screen.contains("worker-2 0 of 5"), "a lane that nobody looks at is one row: {screen}");
}

#[test]
fn one_by_one_the_next_lane_begins_when_the_one_before_is_done() {
    let mut desk = desk("", "worker-1, worker-2");
    assert_eq!(came(&desk), ["cordon[worker-1]", "not begun"], "a check that holds is accepted by itself");
    assert_eq!(desk.step(), "cordon[worker-1]", "and the operator stands where something is asked");
    assert!(refused(&desk, "cordon[worker-2]").contains("worker-1 comes first"));
    run_one(&mut desk);
    desk.carry_out();
    let world = desk.world.clone().cordoned("worker-1", true);
    desk.see(world);
    assert_eq!(came(&desk)[0], "open[worker-1]", "what the cluster decides is decided, inside of the lane");
    assert!(matches!(status(&desk, "repair[worker-1]"), Status::Ended(Ending::Skipped, _)));
    assert_eq!(desk.step(), "open[worker-1]");
    run_one(&mut desk);
    desk.carry_out();
    let world = desk.world.clone().cordoned("worker-1", false);
    desk.see(world);
    assert_eq!(came(&desk), ["done", "cordon[worker-2]"]);
    assert_eq!(desk.step(), "cordon[worker-2]", "the walk goes on in the next lane and not behind the group");
}

#[test]
fn in_waves_the_next_ones_begin_when_all_of_a_wave_are_done() {
    let mut desk = desk("order: waves\nmax_parallel: 2\n", "worker-1, worker-2, worker-3");
    assert_eq!(came(&desk), ["cordon[worker-1]", "cordon[worker-2]", "not begun"]);
    assert!(refused(&desk, "cordon[worker-3]").contains("its wave begins when worker-1 is done"));
    // One yes is for the lanes that wait for it.
    desk.press("enter");
    assert!(offered(&desk).iter().any(|c| matches!(c, Chosen::AllOfEach { .. })), "{}", desk.screen());
    choose(&mut desk, |c| matches!(c, Chosen::AllOfEach { .. }));
    assert!(desk.screen().contains("run all 3, in waves"), "{}", desk.screen());
    desk.approve();
    desk.carry_out();
    let world = desk.world.clone().cordoned("worker-1", true);
    desk.see(world);
    desk.pass(1);
    desk.carry_out();
    let world = desk.world.clone().cordoned("worker-2", true);
    desk.see(world);
    assert_eq!(came(&desk)[..2], ["open[worker-1]", "open[worker-2]"], "{}", desk.screen());
}

#[test]
fn a_lane_goes_on_while_another_one_waits_for_a_person() {
    let mut desk = desk("order: parallel\nmax_parallel: 2\n", "worker-1, worker-2, worker-3");
    // The first node is silent: its lane comes to the step by hand and waits there.
    let world = desk.world.clone().silence("worker-1", 600);
    desk.see(world);
    for node in ["worker-1", "worker-2"] {
        assert!(desk.step().ends_with(&format!("[{node}]")), "{}", desk.step());
        run_one(&mut desk);
        desk.carry_out();
        let world = desk.world.clone().cordoned(node, true);
        desk.see(world);
        let wanted = if node == "worker-1" { "cordon[worker-2]" } else { "open[worker-2]" };
        desk.look_at(wanted);
    }
    assert_eq!(came(&desk), ["repair[worker-1]", "open[worker-2]", "not begun"]);
    run_one(&mut desk);
    desk.carry_out();
    let world = desk.world.clone().cordoned("worker-2", false);
    desk.see(world);
    assert_eq!(came(&desk), ["repair[worker-1]", "done", "cordon[worker-3]"], "a place is free again");
    let step = desk.step();
    assert!(["repair[worker-1]", "cordon[worker-3]"].contains(&&*step), "{step}");
}

#[test]
fn a_lane_that_failed_holds_up_no_more_than_may_fail_says() {
    for (may_fail, others) in [("", false), ("may_fail: 1\n", true)] {
        let turns = format!("order: one-by-one\n{may_fail}");
        let mut desk = desk(&turns, "worker-1, worker-2");
        run_one(&mut desk);
        desk.fail(false);
        desk.pass(1);
        assert_eq!(came(&desk)[0], "failed cordon[worker-1]");
        assert_eq!(came(&desk)[1] == "cordon[worker-2]", others, "{may_fail:?}: {:?}", came(&desk));
        // Given up with a reason, it holds up nobody.
        desk.look_at_back("cordon[worker-1]");
        desk.press("enter");
        choose(&mut desk, |c| matches!(c, Chosen::GiveUp { .. }));
        desk.type_text("the machine is scrap");
        desk.press("enter");
        desk.pass(1);
        assert_eq!(came(&desk), ["done", "cordon[worker-2]"], "{may_fail:?}");
        assert_eq!(desk.step(), "cordon[worker-2]");
        assert!(
            matches!(status(&desk, "open[worker-1]"), Status::Ended(Ending::Skipped, why) if why.contains("scrap"))
        );
    }
}

#[test]
fn nothing_runs_twice_and_nothing_runs_without_a_yes() {
    let mut desk = desk("order: parallel\n", "worker-1, worker-2, worker-3");
    for _ in 0..5 {
        desk.pass(1);
    }
    assert_eq!(desk.executed(), 0, "lanes go on by themselves only as far as the cluster answers");
    assert_eq!(came(&desk), ["cordon[worker-1]", "cordon[worker-2]", "cordon[worker-3]"]);
}

#[test]
fn an_include_in_a_group_is_walked_in_each_lane() {
    let inner = "---\nrunbook: 1\ntitle: Inner\nmeta: { risk: low }\nparams: { node: { from: \"k8s:node\", label: Node } }\n---\n\
                 # Inner\n\n`kubectl cordon NODE`\n\n```yaml {step=action name=cordon}\nop: node.cordon\nwith: { node: $node }\nrisk: low\n```\n";
    let outer = format!(
        "{HEAD}\n```yaml {{step=group name=all}}\neach: $nodes\nsteps: [more]\norder: parallel\n```\n\n## More\n\n```yaml \
         {{step=include name=more}}\nrunbook: inner.md\nwith: {{ node: $nodes }}\n```\n"
    );
    let mut desk = Desk::at(SIZE, World::healthy());
    let params = [("nodes".to_owned(), "worker-1, worker-2".to_owned())].into();
    desk.app.first = Some(RunbookLink { id: "own/outer".into(), params });
    desk.tell(Msg::Books(with_several(&[("own/inner.md", inner, true), ("own/outer.md", &outer, true)])));
    desk.pass(1);
    assert_eq!(names(&desk), ["more[worker-1]/cordon", "more[worker-2]/cordon"]);
    let run = desk.app.run.as_ref().unwrap();
    let second = run.find("more[worker-2]/cordon").unwrap();
    assert_eq!(run.tree.element_name(second), Some("worker-2"));
    let call = run.call(second).unwrap();
    assert_eq!(run.inputs(second, call).unwrap().0["node"], "worker-2");
    assert_eq!(run.siblings(second).len(), 2, "one yes may be for both");
}

#[test]
fn the_board_has_a_row_for_each_lane_and_leads_to_its_step() {
    let mut desk = desk("order: waves\nmax_parallel: 2\nmay_fail: 1\n", "worker-1, worker-2, worker-3");
    run_one(&mut desk);
    desk.fail(false);
    desk.pass(1);
    desk.press("b");
    let screen = desk.screen();
    assert!(screen.contains("0 done · 1 under way · 1 failed · 1 not begun"), "{screen}");
    for words in ["✖ worker-1", "its wave begins when worker-2 is done", "cordon: waits for you"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    desk.press("home");
    desk.press("down");
    desk.press("enter");
    assert_eq!(
        desk.app.run.as_ref().unwrap().tree.element_name(desk.app.run.as_ref().unwrap().current),
        Some("worker-2")
    );
    assert!(desk.screen().contains("worker-1 1 of 5 · Cordon"), "{}", desk.screen());
}
