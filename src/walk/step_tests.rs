//! What becomes of a step, held against the table of changes.

use proptest::prelude::*;

use super::*;
use crate::domain::{Kind, ObjectKey};
use crate::op::plan_by_hand;

fn at(s: i64) -> Timestamp {
    Timestamp::from_second(s).unwrap()
}

fn plan() -> Plan {
    let mut plan = plan_by_hand("step", "do it", "", crate::domain::Risk::Low);
    plan.target = ObjectKey::cluster(Kind::Node, "worker-1");
    plan
}

fn begun(task: u64, back: bool) -> Started {
    Started { task, plan: plan(), back, stop_at: None }
}

/// A step whose change stands so.
fn step_in(change: Change) -> StepRun {
    let mut step = StepRun::default();
    step.start(begun(1, false));
    match change {
        Change::Running => {}
        Change::Proving => step.applied("p", at(1), 1),
        Change::Late => {
            step.applied("p", at(1), 1);
            step.out_of_time("3 of 5");
        }
        Change::Proved | Change::Regressed | Change::Over => {
            step.applied("p", at(1), 1);
            step.shown("p", "it is so");
            if change == Change::Regressed {
                step.not_shown();
            } else if change == Change::Over {
                assert!(step.ended_by("step open"));
            }
        }
        Change::Done => {
            step.applied("p", at(1), 1);
            step.ran_to_its_end("p", "ended with 0");
        }
        Change::Failed => step.failed("refused"),
        Change::Unknown => step.unanswered("no answer"),
        Change::TakenBack => {
            step.applied("p", at(1), 1);
            step.shown("p", "it is so");
            assert!(step.taken_back("taken back: by hand"));
        }
    }
    assert_eq!(step.change(), Some(change));
    step
}

fn turn(step: &mut StepRun, turn: Turn) {
    match turn {
        Turn::Applied => step.applied("p", at(2), 2),
        Turn::Failed => step.failed("refused"),
        Turn::Unanswered => step.unanswered("no answer"),
        Turn::Shown => step.shown("p", "it is so"),
        Turn::NotShown => step.not_shown(),
        Turn::OutOfTime => step.out_of_time("3 of 5"),
        Turn::TakenBack => drop(step.taken_back("taken back: by hand")),
        Turn::Ended => drop(step.ended_by("step open")),
        Turn::Done => step.ran_to_its_end("p", "ended with 0"),
    }
}

#[test]
fn a_step_goes_where_the_table_of_changes_says_and_nowhere_else() {
    for change in Change::ALL {
        for by in Turn::ALL {
            let mut step = step_in(change);
            turn(&mut step, by);
            let wanted = match (change, by) {
                // A step is not over before its proof was seen.
                (Change::Proving | Change::Late | Change::Regressed, Turn::Ended)
                    if !step.status().ended() =>
                {
                    change
                }
                _ => change.on(by),
            };
            assert_eq!(step.change(), Some(wanted), "{change:?} on {by:?}");
        }
    }
}

#[test]
fn what_was_taken_back_is_open_and_says_so_whoever_took_it_back() {
    for change in
        [Change::Proved, Change::Regressed, Change::Over, Change::Failed, Change::Unknown, Change::Late]
    {
        let mut step = step_in(change);
        assert!(step.taken_back("taken back: uncordon worker-1"), "{change:?}");
        assert_eq!(*step.status(), Status::TakenBack("taken back: uncordon worker-1".to_owned()));
        assert!(!step.status().ended() && step.proof().is_none() && step.ran().is_none());
    }
    assert!(!step_in(Change::Running).taken_back("taken back"), "what runs is not there to be taken back");
    assert!(!StepRun::default().taken_back("taken back"), "nothing was done");
}

#[test]
fn a_way_back_that_is_shown_opens_its_step_again() {
    let mut step = step_in(Change::Proved);
    step.start(begun(2, true));
    step.applied("back", at(3), 3);
    assert!(step.taken_back("taken back: worker-1 is open"));
    assert_eq!(step.change(), Some(Change::TakenBack));
}

#[test]
fn a_step_that_was_skipped_can_be_opened_again() {
    let mut step = StepRun::default();
    step.end(Ending::Skipped, "not now");
    assert!(step.status().ended());
    step.reopen();
    assert_eq!(*step.status(), Status::Todo);
}

proptest! {
    /// Green is what the cluster shows: whatever happens in whatever order, a step is proved by its change only right after the cluster
    /// showed it, and not any more once it did not.
    #[test]
    fn no_sequence_of_turns_shows_proved_what_the_cluster_does_not_show(turns in prop::collection::vec(0..Turn::ALL.len(), 0..40)) {
        let mut step = StepRun::default();
        step.start(begun(1, false));
        let mut shown = false;
        for by in turns.into_iter().map(|i| Turn::ALL[i]) {
            turn(&mut step, by);
            shown = match by {
                Turn::Shown => true,
                Turn::NotShown | Turn::TakenBack => false,
                _ => shown,
            };
            if step.change() == Some(Change::Proved) {
                prop_assert!(shown, "{by:?}");
            }
        }
    }
}

#[test]
fn a_clock_that_is_set_makes_nothing_hold_longer() {
    let mut step = step_in(Change::Proving);
    step.applied("p", at(100), 1);
    (step.holds_since, step.began, step.retry_at) = (Some(at(110)), Some(at(90)), Some(at(200)));
    let before = step.clone();
    for by in [600_000, -3_600_000] {
        step.clock_was_set(by);
    }
    assert_eq!(step.holds_since, Some(at(110 - 3_000)), "as far from now as it was");
    assert_eq!((step.began, step.retry_at), (Some(at(90 - 3_000)), Some(at(200 - 3_000))));
    assert_eq!(*step.status(), Status::Proving { plan: "p".to_owned(), since: at(1 - 3_000), look: 1 });
    step.clock_was_set(3_000_000);
    assert_eq!((step.status(), step.began), (before.status(), before.began));
}
