//! Tiers in the core: of a runbook that nobody vouches for everything can be read, and nothing runs, whatever is pressed;
//! and of one that somebody vouches for nothing runs by being looked at.

use opsbook::action::Action;
use opsbook::app::{Effect, Msg};
use opsbook::runbook::model::Trust;
use proptest::prelude::*;

use super::runbook::SIZE;
use crate::support::{Desk, World, with_own};

const OWN: &str = include_str!("../support/scripts.md");

const VALUES: [(&str, &str); 3] =
    [("node", "worker-3"), ("nodes", "worker-1, worker-2"), ("pod", "shop/api-0")];

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
        run.steps[index].status = opsbook::app::run::Status::Failed("by hand".into());
    }
    desk.press("r");
    assert!(desk.said().contains("nobody approved"), "{}", desk.said());
    assert!(desk.app.overlays.is_empty());
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
