//! Keys count only for what was seen: what was typed ahead, what waited and what is held down answers nothing that came on
//! the screen after it.

use std::time::Duration;

use opsbook::app::overlay::Overlay;
use opsbook::app::screens::{Screen, ToProgram};
use opsbook::app::sight::Frame;
use opsbook::app::{Effect, Msg, update};
use opsbook::domain::{Key, Press, Pressed};
use proptest::prelude::*;

use super::runbook::SIZE;
use crate::support::{Desk, World, with_own};

/// Three steps that Enter alone runs, as the one after the other is proved.
const THREE: &str = "\
---
runbook: 1
title: Three workers
meta: { risk: low }
---

# One

Without the app: `kubectl cordon worker-1`

```yaml {step=action name=one}
op: node.cordon
with: { node: worker-1 }
risk: low
rollback: { op: node.uncordon, with: { node: worker-1, force: true } }
```

# Two

Without the app: `kubectl cordon worker-2`

```yaml {step=action name=two}
op: node.cordon
with: { node: worker-2 }
risk: low
rollback: { op: node.uncordon, with: { node: worker-2, force: true } }
```

# Three

Without the app: `kubectl cordon worker-3`

```yaml {step=action name=three}
op: node.cordon
with: { node: worker-3 }
risk: low
rollback: { op: node.uncordon, with: { node: worker-3, force: true } }
```
";

fn three() -> Desk {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.app.first = Some(opsbook::domain::RunbookLink {
        id: "own/three".into(),
        params: std::collections::BTreeMap::default(),
    });
    desk.tell(Msg::Books(with_own("own/three.md", THREE, true)));
    assert_eq!(desk.step(), "one", "{}", desk.screen());
    desk
}

/// A key after so many milliseconds, whatever was drawn.
fn key_after(desk: &mut Desk, millis: u64, key: &str, how: Pressed) -> Vec<Effect> {
    desk.hand += Duration::from_millis(millis);
    desk.tell(Msg::Key(Press { key: key.parse().unwrap(), at: desk.hand, how }))
}

/// The latest plan is carried out, and the cluster shows it at once.
fn prove(desk: &mut Desk) {
    let node = desk.approved().unwrap().1.plan().target.name().to_owned();
    desk.carry_out();
    let world = desk.world.clone().cordoned(&node, true);
    desk.see(world);
}

#[test]
fn one_enter_each_runs_each_step_when_there_was_time_to_read() {
    let mut desk = three();
    for (i, step) in ["one", "two", "three"].into_iter().enumerate() {
        assert_eq!(desk.step(), step);
        desk.press("enter");
        assert_eq!(desk.executed(), i + 1, "{}", desk.screen());
        prove(&mut desk);
    }
}

/// As the review saw it: Enter held down, every step proved at once, and a frame after everything.
#[test]
fn enter_that_is_held_down_runs_one_step_whenever_it_begins_to_repeat() {
    for first_gap in [30, 250, 400, 500, 660, 900] {
        let mut desk = three();
        let mut ran = 0;
        desk.hand += Duration::from_secs(5);
        for press in 0..200 {
            key_after(&mut desk, if press == 1 { first_gap } else { 30 }, "enter", Pressed::Fresh);
            if desk.executed() > ran {
                ran = desk.executed();
                prove(&mut desk);
            }
        }
        assert_eq!(ran, 1, "with {first_gap} ms before the first repeat");
        assert!(desk.said().contains("held down"), "{}", desk.said());
        desk.press("enter");
        assert_eq!(desk.executed(), 2, "after a pause it counts again");
    }
}

/// As the second attack saw it: a key between two Enters, again and again.
#[test]
fn other_keys_between_do_not_begin_a_held_key_anew() {
    for between in [&["tab"][..], &["down"], &["up", "tab", "down"]] {
        for gap in [15, 50, 110] {
            let mut desk = three();
            let mut ran = 0;
            desk.hand += Duration::from_secs(5);
            for key in ["enter"].iter().chain(between).cycle().take(200) {
                key_after(&mut desk, gap, key, Pressed::Fresh);
                if desk.executed() > ran {
                    ran = desk.executed();
                    prove(&mut desk);
                }
            }
            assert_eq!(ran, 1, "{between:?} every {gap} ms");
            desk.hand += Duration::from_secs(2);
            desk.press("enter");
            assert_eq!(desk.executed(), 2, "after a pause it counts again\n{}", desk.screen());
        }
    }
}

#[test]
fn a_repeat_that_the_terminal_names_and_a_key_that_waited_answer_nothing() {
    for how in [Pressed::Repeated, Pressed::Waited] {
        let mut desk = three();
        key_after(&mut desk, 5000, "enter", how);
        assert_eq!(desk.executed(), 0);
        assert!(!desk.said().is_empty());
    }
}

#[test]
fn yes_in_the_same_write_as_the_key_that_asks_runs_nothing() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.walk_to("drain");
    let before = desk.executed();
    key_after(&mut desk, 5000, "enter", Pressed::Fresh);
    for key in ["space", "y", "space", "y"] {
        key_after(&mut desk, 1, key, Pressed::Fresh);
    }
    assert_eq!(desk.executed(), before);
    let Some(Overlay::Confirm(c)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert!(c.accepted.is_empty());
    assert!(c.refused.as_ref().is_some_and(|w| w.contains("just now")), "{:?}", c.refused);
    desk.approve();
    assert_eq!(desk.executed(), before + 1);
}

#[test]
fn a_step_that_changed_since_the_latest_frame_is_not_run() {
    let mut desk = three();
    desk.blind = true;
    // Another version of the object is another plan, and it was previewed.
    let mut world = desk.world.clone();
    let mut node = (**world.0.node("worker-1").unwrap()).clone();
    node.meta.version = "999".into();
    world.0.nodes.insert(node);
    desk.see(world);
    desk.press("enter");
    assert_eq!(desk.executed(), 0);
    assert!(desk.said().contains("just now"), "{}", desk.said());
    desk.blind = false;
    desk.draw_frame();
    desk.press("enter");
    assert_eq!(desk.executed(), 1);
}

#[test]
fn what_was_drawn_before_another_program_had_the_terminal_is_not_in_sight() {
    let mut desk = three();
    desk.hand += Duration::from_mins(1);
    let frame = Frame { at: desk.hand, anew: true };
    let _ = update(&mut desk.app, Msg::Drawn(frame), desk.now);
    key_after(&mut desk, 10, "enter", Pressed::Fresh);
    assert_eq!(desk.executed(), 0, "it was typed at the shell");
    desk.press("enter");
    assert_eq!(desk.executed(), 1);
}

#[test]
fn rows_are_seen_when_a_frame_shows_them() {
    let mut desk = Desk::at((80, 14), World::silent_node().lonely_pods(60));
    desk.walk_to("drain");
    desk.press("enter");
    let before = desk.executed();
    desk.blind = true;
    for _ in 0..40 {
        desk.press("pgdn");
    }
    desk.press("space");
    desk.blind = false;
    desk.draw_frame();
    let Some(Overlay::Confirm(c)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert!(c.accepted.is_empty(), "a question that no frame showed");
    desk.press("space y");
    assert_eq!(desk.executed(), before, "the dangers between were scrolled past, and never shown");
    desk.approve();
    assert_eq!(desk.executed(), before + 1);
}

#[test]
fn what_was_typed_before_a_program_was_in_sight_does_not_go_to_it() {
    let mut desk = Desk::at(SIZE, World::healthy());
    let values =
        [("node", "worker-3"), ("nodes", "worker-1"), ("pod", "shop/api-7c9"), ("token", "hunter2-hunter2")];
    desk.open("team/scripts", &values);
    desk.look_at("edit");
    desk.press("enter");
    if !desk.app.overlays.is_empty() {
        desk.approve();
    }
    assert!(matches!(desk.app.screen(), Screen::Terminal(_)), "{}", desk.screen());
    let typed = |effects: &[Effect]| {
        effects.iter().filter(|e| matches!(e, Effect::Terminal { to: ToProgram::Typed(_), .. })).count()
    };
    assert_eq!(typed(&key_after(&mut desk, 5, "y", Pressed::Fresh)), 0);
    assert_eq!(typed(&key_after(&mut desk, 5, "enter", Pressed::Fresh)), 0);
    assert!(desk.screen().contains("typed before this was in sight"), "{}", desk.screen());
    // What stops the program, or leaves it, is no answer.
    assert_eq!(typed(&key_after(&mut desk, 5, "ctrl-c", Pressed::Fresh)), 1);
    key_after(&mut desk, 5, "ctrl-]", Pressed::Fresh);
    assert!(desk.screen().contains("y end it"), "{}", desk.screen());
    assert_eq!(key_after(&mut desk, 5, "y", Pressed::Fresh), [], "the question came just now");
    key_after(&mut desk, 5, "esc", Pressed::Fresh);
    // A key that was down before is not the program's, as long as it is held.
    key_after(&mut desk, 5, "enter", Pressed::Fresh);
    for _ in 0..40 {
        assert_eq!(typed(&key_after(&mut desk, 30, "enter", Pressed::Fresh)), 0);
    }
    assert_eq!(typed(&key_after(&mut desk, 400, "enter", Pressed::Fresh)), 1);
    assert_eq!(typed(&key_after(&mut desk, 5, "y", Pressed::Fresh)), 1);
}

#[test]
fn a_danger_asks_for_a_confirmation_whatever_its_rung() {
    let run = three().app.run.unwrap();
    let plan = run.steps[run.tree.first()].plan.clone().unwrap().unwrap();
    assert_eq!(plan.approval(), opsbook::op::Approval::Enter);
    let mut danger = plan.clone();
    let hidden = opsbook::lang::Msg("op-script-hidden");
    danger.consequences.push(opsbook::op::Consequence::danger(hidden, "U+202E"));
    assert_eq!(danger.approval(), opsbook::op::Approval::Confirm);
    for risk in [opsbook::domain::Risk::None, opsbook::domain::Risk::Low] {
        danger.risk = risk;
        assert_eq!(danger.approval(), opsbook::op::Approval::Confirm);
    }
}

/// Something that happens between two keys.
#[derive(Clone, Debug)]
enum Happens {
    Key(&'static str, u64, Pressed),
    /// What was approved is carried out and proved.
    Prove,
    Tick,
}

const KEYS: &[&str] = &[
    "enter", "y", "space", "tab", "n", "b", "p", "r", "u", "s", "esc", "down", "up", "ctrl-]", "ctrl-p", "x",
    ":",
];

fn happens() -> impl Strategy<Value = Happens> {
    let how =
        prop_oneof![8 => Just(Pressed::Fresh), 1 => Just(Pressed::Repeated), 1 => Just(Pressed::Waited)];
    let key = (prop::sample::select(KEYS.to_vec()), 0u64..3000, how);
    let enter =
        (prop::sample::select(vec!["enter", "y"]), 0u64..3000).prop_map(|(k, at)| (k, at, Pressed::Fresh));
    prop_oneof![
        4 => key.prop_map(|(k, at, how)| Happens::Key(k, at, how)),
        6 => enter.prop_map(|(k, at, how)| Happens::Key(k, at, how)),
        3 => Just(Happens::Prove),
        1 => Just(Happens::Tick),
    ]
}

fn happen(desk: &mut Desk, what: &Happens, proved: &mut usize) {
    match what {
        Happens::Key(key, after, how) => drop(key_after(desk, *after, key, *how)),
        Happens::Prove if desk.executed() > *proved => {
            *proved = desk.executed();
            if desk.approved().unwrap().1.plan().op == "node.cordon" {
                prove(desk);
            } else {
                desk.carry_out();
            }
        }
        Happens::Prove => {}
        Happens::Tick => drop(desk.tell(Msg::Tick)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// No sequence of keys without a drawn frame between them runs more than one thing.
    #[test]
    fn without_a_frame_between_keys_run_at_most_one_thing(
        before in prop::collection::vec(happens(), 0..6), all in prop::collection::vec(happens(), 1..60),
    ) {
        let mut desk = three();
        let mut proved = 0;
        for what in &before {
            happen(&mut desk, what, &mut proved);
        }
        desk.hand += Duration::from_secs(1);
        desk.draw_frame();
        let ran = desk.executed();
        desk.blind = true;
        for what in &all {
            happen(&mut desk, what, &mut proved);
        }
        prop_assert!(desk.executed() - ran <= 1, "{} ran", desk.executed() - ran);
    }

    /// A key that is held down, with a frame every 16 ms and a repeat every 30 ms, runs at most one thing, whatever other keys
    /// come in between.
    #[test]
    fn a_key_that_is_held_down_runs_at_most_one_thing(
        key in prop::sample::select(vec!["enter", "y", "space"]),
        before in prop::collection::vec(happens(), 0..6),
        between in prop::collection::vec(prop::sample::select(vec!["tab", "down", "up", "x", "?"]), 0..3),
        delay in 200u64..1000, repeats in 1u64..150,
    ) {
        let mut desk = three();
        let mut proved = 0;
        for what in &before {
            happen(&mut desk, what, &mut proved);
        }
        let ran = desk.executed();
        let began = desk.hand + Duration::from_secs(2);
        let key: Key = key.parse().unwrap();
        let after = |millis: u64| began + Duration::from_millis(millis);
        let others = |i: u64| {
            let at = |n: usize| after(delay + 30 * i + 5 * (n as u64 + 1));
            between.iter().enumerate().map(move |(n, key)| (at(n), key.parse().unwrap())).collect::<Vec<_>>()
        };
        let mut presses = std::iter::once((began, key))
            .chain((0..repeats).flat_map(|i| std::iter::once((after(delay + 30 * i), key)).chain(others(i))))
            .peekable();
        while let Some((at, key)) = presses.peek().copied() {
            desk.hand = (desk.hand + Duration::from_millis(16)).min(at);
            if desk.hand < at {
                desk.draw_frame();
                continue;
            }
            presses.next();
            desk.blind = true;
            desk.tell(Msg::Key(Press { key, at, how: Pressed::Fresh }));
            if desk.executed() > proved {
                happen(&mut desk, &Happens::Prove, &mut proved);
            }
            desk.blind = false;
        }
        prop_assert!(desk.executed() - ran <= 1, "{} ran", desk.executed() - ran);
    }
}
