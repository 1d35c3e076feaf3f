//! Tiers in the core: of a runbook that nobody vouches for everything can be read, and nothing runs, whatever is pressed;
//! and of one that somebody vouches for nothing runs by being looked at.

use opsbook::action::Action;
use opsbook::app::{Effect, Msg};
use opsbook::runbook::model::Trust;
use opsbook::walk::Status;
use proptest::prelude::*;

use super::runbook::SIZE;
use crate::support::{Desk, World, with_own, with_several};

const OWN: &str = include_str!("../support/scripts.md");

const VALUES: [(&str, &str); 3] =
    [("node", "worker-3"), ("nodes", "worker-1, worker-2"), ("pod", "shop/api-7c9")];

/// A runbook of the user, opened.
fn desk(approved: bool) -> Desk {
    let mut desk = Desk::at(SIZE, World::healthy());
    let params = VALUES.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    desk.app.first = Some(opsbook::domain::RunbookLink { id: "own/a".into(), params });
    desk.tell(Msg::Books(with_own("own/a.md", OWN, approved)));
    desk
}

/// What runs something: plans of steps, and scripts that prove.
fn runs(effects: &[Effect]) -> usize {
    let of = |e: &&Effect| matches!(e, Effect::Execute { runbook: Some(_), .. } | Effect::Check { .. });
    effects.iter().filter(of).count()
}

#[test]
fn the_tier_is_in_the_header_and_an_unknown_runbook_says_what_to_do() {
    let mut desk = desk(false);
    let screen = desk.screen();
    assert!(screen.lines().next().unwrap().contains("unknown runbook"), "{screen}");
    desk.press("enter");
    assert!(desk.said().contains("`opsbook trust approve own/a`"), "{}", desk.said());
    assert_eq!(runs(&desk.effects), 0);
    desk.act(Action::NextPane);
    assert!(desk.screen().contains("✖ nobody approved own/a"), "{}", desk.screen());
    assert!(desk.screen().contains("✖ trust"), "{}", desk.screen());
}

#[test]
fn one_that_changed_names_the_step() {
    let differs = Trust::Unknown { differs: vec!["step look".into()] };
    assert_eq!(differs.word(), "changed");
    assert!(differs.refusal("own/a").unwrap().contains("not what was approved (step look)"));
}

#[test]
fn an_approved_runbook_runs_and_a_runbook_that_is_read_anew_does_not_change_one_that_is_open() {
    let mut desk = desk(true);
    assert!(desk.screen().lines().next().unwrap().contains("approved runbook"));
    let other = OWN.replace("echo \"$NODE\"", "echo other");
    desk.tell(Msg::Books(with_own("own/a.md", &other, false)));
    desk.press("enter");
    let body = &desk.approved().unwrap().1.plan().script().unwrap().body;
    assert_eq!(body, "echo \"$NODE\"\n");
}

#[test]
fn the_way_back_of_an_unknown_runbook_is_no_way_in() {
    let mut desk = desk(false);
    desk.look_at("danger");
    if let Some(run) = &mut desk.app.run {
        let index = run.current;
        let plan = opsbook::op::plan_by_hand("danger", "", "", opsbook::domain::Risk::Low);
        run.steps[index].start(opsbook::walk::Started { task: 1, plan, back: false, stop_at: None });
        run.steps[index].failed("by hand");
    }
    desk.press("r");
    assert!(desk.said().contains("nobody approved"), "{}", desk.said());
    assert!(desk.app.overlays.is_empty());
}

const OUTER: &str = "---\nrunbook: 1\ntitle: Outer\nmeta: { risk: medium }\n---\n# Outer\n\n```yaml {step=view name=first}\nshow: [nodes]\n```\n\n```yaml {step=include name=mid}\nrunbook: mid.md\n```\n";
const MIDDLE: &str = "---\nrunbook: 1\ntitle: Middle\nmeta: { risk: medium }\n---\n# Middle\n\n```yaml {step=include name=in}\nrunbook: inner.md\nwith: { node: worker-2 }\n```\n";
const INNER: &str = "---\nrunbook: 1\ntitle: Inner\nmeta: { risk: medium }\nparams: { node: { type: text } }\n---\n# Inner\n\n```yaml {step=action name=cordon}\nop: node.cordon\nwith: { node: $node }\nrisk: low\nrollback: { op: node.uncordon, with: { node: $node } }\n```\n";

#[test]
fn every_file_that_a_step_came_through_is_asked_and_the_header_says_so() {
    for vouched in 0..8u8 {
        let [outer, middle, inner] = [1, 2, 4].map(|bit| vouched & bit != 0);
        let mut desk = Desk::at(SIZE, World::healthy());
        desk.app.first = Some(opsbook::domain::RunbookLink { id: "own/outer".into(), params: [].into() });
        desk.tell(Msg::Books(with_several(&[
            ("own/outer.md", OUTER, outer),
            ("own/mid.md", MIDDLE, middle),
            ("own/inner.md", INNER, inner),
        ])));
        desk.look_at("mid/in/cordon");
        let run = desk.app.run.as_ref().unwrap();
        let index = run.find("mid/in/cordon").unwrap();
        assert_eq!(run.values_of(index)["node"].plain(), "worker-2");
        let why = run.untrusted(index);
        assert_eq!(why.is_none(), outer && middle && inner, "{vouched:03b}: {why:?}");
        // The first of its files for which nobody vouches is named.
        for (id, known) in [("own/inner", inner), ("own/mid", inner && !middle)] {
            let named = why.as_ref().is_some_and(|w| w.contains(&format!("{id},")));
            if id == "own/inner" { assert_eq!(named, !known) } else { assert_eq!(named, known) }
        }
        let header = desk.screen().lines().next().unwrap().to_owned();
        let all = outer && middle && inner;
        assert!(header.contains(if all { "approved runbook" } else { "unknown runbook" }), "{header}");
        desk.press("enter");
        assert_eq!(runs(&desk.effects), usize::from(all), "{vouched:03b}");
    }
}

#[test]
fn a_step_whose_include_says_something_else_since_then_is_not_shown_as_done() {
    let books = |middle: &str| {
        with_several(&[
            ("own/outer.md", OUTER, true),
            ("own/mid.md", middle, true),
            ("own/inner.md", INNER, true),
        ])
    };
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.app.first = Some(opsbook::domain::RunbookLink { id: "own/outer".into(), params: [].into() });
    desk.tell(Msg::Books(books(MIDDLE)));
    desk.look_at("mid/in/cordon");
    desk.press("enter");
    desk.carry_out();
    desk.see(World::healthy().cordoned("worker-2", true));
    let events = desk.app.session.events.clone();
    for (middle, done) in [(MIDDLE.to_owned(), true), (MIDDLE.replace("worker-2", "worker-3"), false)] {
        let mut again = Desk::new(SIZE, "en");
        again.resume(events.clone());
        again.see(World::healthy().cordoned("worker-2", true));
        again.tell(Msg::Books(books(&middle)));
        let stands = super::runbook::status(&again, "mid/in/cordon");
        assert_eq!(matches!(stands, Status::Ended(..)), done, "{stands:?}\n{}", again.said());
        assert_eq!(again.said().contains("to be done anew: mid/in/cordon"), !done, "{}", again.said());
    }
}

#[test]
fn what_is_to_be_done_asked_and_hinted_is_shown_in_the_operators_language() {
    let base = "---\nrunbook: 1\ntitle: T\n---\n# T\n\n```yaml {step=decision name=which}\nask: Is it red?\ncases: { red: { hint: Stop there. }, green: {} }\n```\n\n```yaml {step=check name=there}\nexpect: node('nowhere').exists\nelse: { say: It is gone. }\n```\n\n```yaml {step=manual name=lamp}\ndo: Look at the lamp.\n```\n";
    let zh = "---\ntitle: 好\nsteps:\n  lamp: { do: 看灯。 }\n  there: { say: 没有了。 }\n  which: { ask: 是红的吗？, hints: { red: 停下。 } }\n---\n# 灯\n";
    let shown = |lang: &str| {
        let mut desk = Desk::new(SIZE, lang);
        desk.see(World::healthy());
        desk.app.first = Some(opsbook::domain::RunbookLink { id: "own/a".into(), params: [].into() });
        desk.tell(Msg::Books(with_several(&[("own/a.md", base, true), ("own/a.zh.md", zh, false)])));
        let mut all = desk.screen();
        desk.press("enter");
        all += &desk.screen();
        desk.press("esc");
        for step in ["there", "lamp"] {
            desk.look_at(step);
            all += &desk.screen();
        }
        // Wide characters have a blank behind them on the screen.
        all.replace(' ', "")
    };
    let (english, chinese) = (shown("en"), shown("zh"));
    for (ours, theirs) in [
        ("Isitred?", "是红的吗？"),
        ("Stopthere.", "停下。"),
        ("Itisgone.", "没有了。"),
        ("Lookatthelamp.", "看灯。"),
    ] {
        assert!(english.contains(ours) && !english.contains(theirs), "{ours}\n{english}");
        assert!(chinese.contains(theirs) && !chinese.contains(ours), "{theirs}\n{chinese}");
    }
}

/// Keys with which somebody looks and decides nothing.
const LOOKING: &[&str] = &[
    "n", "N", "tab", "backtab", "p", "esc", "w", "z", "up", "down", "pgup", "pgdn", "home", "end", "?", "!",
    "L", "S", "esc esc", "h", "l", "left", "right",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn nothing_of_an_unknown_runbook_runs_whatever_is_pressed(
        keys in prop::collection::vec(
            prop::sample::select(vec![
                "enter", "y", "r", "u", "n", "p", "c", "s", "w", "tab", "space", "esc", "down", "up", "x", "a",
            ]),
            1..60,
        ),
    ) {
        let mut desk = desk(false);
        for key in keys {
            desk.press(key);
        }
        prop_assert_eq!(runs(&desk.effects), 0);
    }

    #[test]
    fn nothing_of_an_approved_runbook_runs_by_being_looked_at(
        keys in prop::collection::vec(prop::sample::select(LOOKING.to_vec()), 1..40),
        anew in any::<bool>(),
    ) {
        let mut desk = desk(true);
        for key in keys {
            desk.press(key);
            if anew {
                desk.tell(Msg::Books(with_own("own/a.md", OWN, true)));
                desk.see(World::healthy());
                desk.pass(30);
            }
        }
        prop_assert_eq!(runs(&desk.effects), 0);
    }
}
