//! A walk of many lanes, a long session and a long list of values cost what they are long: four times as many are looked at, drawn
//! and recorded in about four times the time. Times are compared with each other in one run.

use opsbook::app::Msg;
use opsbook::app::overlay::{Choose, Chosen, Overlay};
use opsbook::domain::RunbookLink;
use opsbook::record::What;
use opsbook::runbook::params::ParamValue;

use super::runbook::SIZE;
use crate::linear::{FACTOR, time};
use crate::support::{Desk, World, pod, with_own};

fn book() -> String {
    let steps = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
    let step = |name: &&str| match *name {
        "one" => "```yaml {step=manual name=one}\ndo: Look.\nrecord: { seen: text }\n```\n\n".to_owned(),
        name => format!(
            "```yaml {{step=decision name={name}}}\nask: Well?\ncases: {{ 'yes': {{}}, 'no': {{}} }}\n```\n\n"
        ),
    };
    format!(
        "---\nrunbook: 1\ntitle: Many\nparams: {{ of: {{ type: text, many: true, label: Of }} }}\n---\n# Many\n\n\
         ```yaml {{step=group name=all}}\neach: $of\nsteps: [{}]\norder: parallel\n```\n\n{}",
        steps.join(", "),
        steps.iter().map(step).collect::<String>()
    )
}

fn desk(lanes: usize) -> Desk {
    let mut desk = Desk::at(SIZE, World::healthy());
    let of: Vec<_> = (0..lanes).map(|n| format!("element-{n}")).collect();
    desk.app.first =
        Some(RunbookLink { id: "own/many".into(), params: [("of".to_owned(), of.join(","))].into() });
    desk.tell(Msg::Books(with_own("own/many.md", &book(), true)));
    desk.pass(1);
    assert_eq!(desk.app.run.as_ref().unwrap().tree.len(), 8 * lanes);
    desk
}

/// Four times as many may take `FACTOR` times as long.
fn linear(what: &str, of: impl Fn(usize) -> Desk, few: usize, work: impl Fn(&mut Desk)) {
    let run = |count: usize| {
        let desk = std::cell::RefCell::new(of(count));
        // The clock of a thread is coarse.
        time(|| (0..12).for_each(|_| work(&mut desk.borrow_mut())))
    };
    let (one, four) = (run(few), run(4 * few));
    let least = std::time::Duration::from_millis(8);
    println!("{what}: {one:?}, and four times as many {four:?}");
    assert!(four < one.max(least) * FACTOR, "{what}: {one:?}, and four times as many {four:?}");
}

#[test]
fn a_walk_of_many_lanes_costs_what_it_is_long() {
    linear("a look", desk, 120, |desk| drop(desk.tell(Msg::Tick)));
    linear("a frame", desk, 120, |desk| drop(desk.screen()));
    linear("the board", desk, 120, |desk| {
        desk.press("b");
        drop(desk.screen());
        desk.press("esc");
    });
    linear("a record in each lane", desk, 30, |desk| {
        let run = desk.app.run.as_mut().unwrap();
        let names: Vec<String> =
            run.tree.steps().filter(|(_, s)| s.written() == "one").map(|(_, s)| s.name.clone()).collect();
        for name in names {
            run.record(&name, "seen", ParamValue::Text("well".to_owned()));
        }
        desk.tell(Msg::Tick);
    });
}

#[test]
fn a_walk_of_many_lanes_that_was_begun_costs_what_it_is_long() {
    let begun = |lanes: usize| {
        let mut desk = desk(lanes);
        desk.press("enter");
        assert!(desk.app.run.as_ref().unwrap().begun, "{}", desk.screen());
        desk
    };
    linear("a picture", begun, 120, |desk| drop(desk.see(desk.world.clone())));
    linear("a key", begun, 120, |desk| drop(desk.press("n")));
    linear("the last step", begun, 120, |desk| drop(desk.press("end home")));
    linear("a key of the board", begun, 120, |desk| drop(desk.press("b down right end esc")));
}

#[test]
fn a_long_session_and_a_long_list_cost_what_they_are_long() {
    let session = |count: usize| {
        let mut desk = Desk::at(SIZE, World::healthy());
        desk.press("shift-s");
        let records = (0..count).map(|n| What::Note { text: format!("note {n}"), about: None }).collect();
        let msg = desk.record(records);
        desk.tell(msg);
        desk
    };
    linear("a session's frame", session, 1250, |desk| drop(desk.screen()));
    linear("a key of a session", session, 1250, |desk| drop(desk.press("up f down f f")));
    let picker = |count: usize| {
        let mut desk = Desk::at(SIZE, World::healthy());
        let rows = (0..count).map(|n| (format!("value-{n}"), Chosen::Nothing)).collect();
        desk.app.overlays.push(Overlay::Choose(Choose::new("which", rows)));
        desk
    };
    linear("a picker", picker, 1250, |desk| {
        desk.press("9");
        drop(desk.screen());
        desk.press("backspace");
    });
}

/// Each mark lists all values anew: what is marked so far must not be in every row of them.
#[test]
fn a_mark_in_a_long_list_costs_what_the_list_is_long() {
    let book = "---\nrunbook: 1\ntitle: Marks\nparams: { of: { from: \"k8s:pod\", many: true } }\n---\n# Marks\n\n\
                ```yaml {step=decision name=one}\nask: Well?\ncases: { 'yes': {} }\n```\n";
    let marked = |count: usize| {
        let pods = (0..count).map(|n| pod("shop", &format!("web-{n:04}"), "worker-1"));
        let mut desk = Desk::at(SIZE, pods.fold(World::healthy(), World::pod));
        desk.app.first =
            Some(RunbookLink { id: "own/marks".into(), params: std::collections::BTreeMap::new() });
        desk.tell(Msg::Books(with_own("own/marks.md", book, true)));
        (0..count / 4).for_each(|_| drop(desk.press("space down")));
        let picked = |desk: &Desk| match desk.app.overlays.last() {
            Some(Overlay::Choose(choose)) => match choose.chosen() {
                Some(Chosen::Pick { picked, .. }) => picked.len(),
                _ => 0,
            },
            _ => 0,
        };
        assert!(picked(&desk) >= count / 4, "{}", desk.screen());
        desk
    };
    linear("a mark", marked, 300, |desk| drop(desk.press("space down space up")));
}
