//! What is known before the first step: rights that are missing, and what this program cannot do.

use opsbook::app::Effect;

use super::late::BOTH;
use super::runbook::SIZE;
use crate::support::{Desk, World};

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
    let drain = run.hindrance(run.index("empty").unwrap()).unwrap();
    assert_eq!(drain.word, "rights");
    assert!(drain.why.contains("create pods/eviction"), "{}", drain.why);
    assert_eq!(run.hindrance(run.index("cordon").unwrap()), None);
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
    assert_eq!(run.hindrance(run.index("host").unwrap()).unwrap().word, "host");
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
