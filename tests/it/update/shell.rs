//! Shell steps in the core: the plan that is shown, the ladder, what comes back, proofs by a script, attempts, elements, the
//! way back, what a session that was cut knows.

use opsbook::action::Action;
use opsbook::app::{Effect, Msg, Options, TaskEvent};
use opsbook::op::{Approval, Class, ContextRule, EnvValue, Lock, Place, Script, Work};
use opsbook::record::{Ending, RunEnd, What};
use opsbook::walk::{Given, Status};

use super::runbook::{SIZE, records, status};
use crate::support::{Desk, World, with_own};

const VALUES: &[(&str, &str)] =
    &[("node", "worker-3"), ("nodes", "worker-1, worker-2"), ("token", "hunter2-hunter2")];

/// The first pods of a world.
fn pods(world: &World, count: usize) -> Vec<String> {
    let world = world.seal(crate::support::now(), 1);
    let mut found = Vec::new();
    world.each_key(opsbook::domain::Kind::Pod, |row| found.push(row.to_string()));
    found.truncate(count);
    found
}

/// The runbook with scripts, at one of its steps.
fn at_with(step: &str, read_only: bool) -> Desk {
    let why = opsbook::lang::Msg("op-lock-started-read-only");
    let lock = if read_only { Lock::default().read_only(why) } else { Lock::default() };
    at_locked(step, lock)
}

fn at_locked(step: &str, lock: Lock) -> Desk {
    let options = Options { lang: "en".into(), theme: "dark".into(), lock, ..Options::default() };
    let mut desk = Desk::with(SIZE, options);
    let world = World::healthy();
    let found = pods(&world, 2);
    let both = found.join(", ");
    desk.see(world);
    let own = [("pod", found[0].as_str()), ("pods", both.as_str())];
    let values: Vec<_> = VALUES.iter().copied().chain(own).collect();
    desk.open("team/scripts", &values);
    desk.look_at(step);
    desk
}

fn at(step: &str) -> Desk {
    at_with(step, false)
}

fn script(desk: &Desk) -> Script {
    let Work::Script(script) = &desk.approved().unwrap().1.plan().work else { panic!("no script") };
    (**script).clone()
}

fn ends(desk: &mut Desk, end: RunEnd, words: &str) -> Vec<Effect> {
    let (task, _) = desk.begin_task();
    desk.tell(Msg::Task { id: task, event: TaskEvent::Ended { end, words: words.into() } })
}

fn gives(desk: &mut Desk, exit: i32, stdout: &str) -> Vec<Effect> {
    let task = desk.approved().unwrap().0;
    let given = Given { exit, stdout: stdout.into(), ..Given::default() };
    desk.tell(Msg::Task { id: task, event: TaskEvent::Given(Box::new(given)) })
}

#[test]
fn a_script_without_risk_runs_on_enter_with_its_values_and_its_body_as_it_is() {
    let mut desk = at("look");
    assert!(
        desk.screen().contains("will: run 1 line of sh on this machine, with NODE=worker-3"),
        "{}",
        desk.screen()
    );
    desk.press("enter");
    let script = script(&desk);
    assert_eq!((&script.body[..], &script.place), ("echo \"$NODE\"\n", &Place::Local));
    let value = |name: &str| script.env.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
    assert_eq!(value("NODE"), Some(EnvValue::Plain("worker-3".into())));
    assert_eq!(value("TOKEN").unwrap().shown(), "***");
    assert!(value("RUN_ID").is_some_and(|v| !v.reveal().is_empty()));
    assert_eq!(script.timeout_seconds, Some(30));
}

#[test]
fn what_it_writes_stands_in_a_pane_and_what_it_gives_is_recorded_with_its_type() {
    let mut desk = at("look");
    desk.press("enter");
    let task = desk.approved().unwrap().0;
    desk.begin_task();
    let lines = vec!["first".to_owned(), "second".to_owned()];
    desk.tell(Msg::Task { id: task, event: TaskEvent::Output(lines) });
    assert!(desk.screen().contains("│second"), "{}", desk.screen());
    let told = gives(&mut desk, 0, "{\"ready\": true}\n");
    let value = |name: &str| {
        records(&told).into_iter().find_map(|w| match w {
            What::Value { step, name: n, value } if step == "look" && n == name => Some(value.clone()),
            _ => None,
        })
    };
    assert_eq!(value("said").as_deref(), Some("{\"ready\": true}"));
    assert_eq!(value("all").as_deref(), Some("{\"ready\":true}"));
    ends(&mut desk, RunEnd::Applied, "ended with 0");
    assert_eq!(status(&desk, "look"), Status::Ended(Ending::Ran, "look ended with 0".into()));
    // The types are those that conditions were checked with.
    desk.look_at("count");
    desk.press("enter");
    gives(&mut desk, 3, "");
    ends(&mut desk, RunEnd::Applied, "ended with 3");
    desk.look_at("way");
    assert!(desk.screen().contains("✔ holds: count code 3"), "{}", desk.screen());
}

/// That a script ended says nothing about the cluster, and what it wrote is an answer that somebody has to read.
#[test]
fn a_script_that_ended_is_not_proved_and_stays_until_what_it_wrote_was_read() {
    let mut desk = at("look");
    desk.press("enter");
    let task = desk.approved().unwrap().0;
    desk.begin_task();
    desk.tell(Msg::Task { id: task, event: TaskEvent::Output(vec!["not whole: pod.yaml".to_owned()]) });
    gives(&mut desk, 0, "{}");
    let told = ends(&mut desk, RunEnd::Applied, "ended with 0");
    assert!(!records(&told).iter().any(|w| matches!(w, What::Proved { .. })), "{told:?}");
    assert!(
        records(&told).iter().any(|w| matches!(w, What::Done { words, .. } if words == "look ended with 0"))
    );
    let screen = desk.screen();
    assert_eq!(desk.step(), "look", "{screen}");
    assert!(screen.contains("not whole: pod.yaml") && screen.contains("⏎ seen, next"), "{screen}");
    assert!(screen.contains("✔ done: look ended with 0") && !screen.contains("proved"), "{screen}");
    let on = desk.press("enter");
    assert_eq!(desk.step(), "count", "{}", desk.screen());
    assert!(
        records(&on).iter().any(|w| matches!(w, What::Step { step } if step == "count")),
        "it is entered"
    );
}

/// A key that was on its way while the script ended is no reading.
#[test]
fn a_key_that_came_before_the_output_was_in_sight_does_not_go_on() {
    let mut desk = at("look");
    desk.press("enter");
    let (task, _) = desk.begin_task();
    gives(&mut desk, 0, "{}");
    desk.tell_unseen(Msg::Task {
        id: task,
        event: TaskEvent::Ended { end: RunEnd::Applied, words: "ended with 0".into() },
    });
    desk.tell_unseen(Msg::Do(Action::RunStep));
    assert_eq!(desk.step(), "look", "{}", desk.screen());
}

#[test]
fn a_script_whose_proof_looks_at_the_cluster_is_proved() {
    let mut desk = at("danger");
    desk.press("enter");
    let context = desk.app.world.info.context.clone();
    desk.type_text(&context);
    desk.press("enter");
    gives(&mut desk, 0, "");
    ends(&mut desk, RunEnd::Applied, "ended with 0");
    assert!(
        matches!(status(&desk, "danger"), Status::Proving { .. }),
        "the node is not cordoned: {}",
        desk.screen()
    );
}

#[test]
fn a_value_that_cannot_be_taken_fails_the_step() {
    let mut desk = at("look");
    desk.press("enter");
    gives(&mut desk, 0, "not json");
    ends(&mut desk, RunEnd::Applied, "ended with 0");
    assert!(matches!(status(&desk, "look"), Status::Failed(why) if why.contains("`all` is not JSON")));
}

#[test]
fn the_ladder_asks_as_for_operations_and_the_whole_script_must_have_been_in_sight() {
    let mut desk = at("change");
    desk.press("enter");
    assert_eq!(desk.executed(), 0);
    let screen = desk.screen();
    assert!(
        screen.contains("│ touch /run/changed") && screen.contains("a script has no dry run"),
        "{screen}"
    );
    desk.press("y");
    assert_eq!(desk.executed(), 1, "{}", desk.screen());

    let mut desk = at("danger");
    desk.press("enter");
    desk.press("y enter");
    assert_eq!(desk.executed(), 0, "letters are no answer");
    assert_eq!(desk.app.run.as_ref().unwrap().step().unwrap().0.kind.risk().code(), "R3");
    desk.press("backspace");
    let context = desk.app.world.info.context.clone();
    desk.type_text(&context);
    desk.press("enter");
    assert_eq!(desk.executed(), 1, "{}", desk.screen());
    assert_eq!(desk.approved().unwrap().1.plan().approval(), Approval::TypeCluster);
}

#[test]
fn a_confirmation_is_for_the_script_as_it_is_now() {
    let mut desk = at("change");
    desk.press("enter");
    if let Some(run) = &mut desk.app.run {
        let other = opsbook::runbook::params::ParamValue::Text("worker-1".into());
        run.params.insert("node".into(), other);
    }
    desk.press("y");
    assert_eq!(desk.executed(), 0);
    assert!(desk.screen().contains("NODE=worker-1"), "{}", desk.screen());
}

#[test]
fn a_proof_by_a_script_runs_until_it_holds_and_only_after_the_script() {
    let mut desk = at("change");
    let checks = |effects: &[Effect]| -> Vec<(u64, String)> {
        let of = |e: &Effect| match e {
            Effect::Check { id, script } => Some((*id, script.body.clone())),
            _ => None,
        };
        effects.iter().filter_map(of).collect()
    };
    desk.press("enter");
    desk.press("y");
    assert!(checks(&desk.effects).is_empty());
    ends(&mut desk, RunEnd::Applied, "ended with 0");
    let (id, body) = checks(&desk.effects).pop().unwrap();
    assert_eq!(body, "test -e /run/changed");
    desk.tell(Msg::Checked { id, said: Err("the script that proves it ended with 1".into()) });
    assert!(matches!(status(&desk, "change"), Status::Proving { .. }));
    assert!(desk.screen().contains("proves it ended with 1"), "{}", desk.screen());
    desk.pass(1);
    assert_eq!(checks(&desk.effects).len(), 1, "not before its time");
    desk.pass(3);
    let (id, _) = checks(&desk.effects).pop().unwrap();
    assert_eq!(checks(&desk.effects).len(), 2);
    desk.tell(Msg::Checked { id, said: Ok(()) });
    assert!(matches!(status(&desk, "change"), Status::Ended(Ending::Proved, _)));
    desk.pass(60);
    assert_eq!(checks(&desk.effects).len(), 2, "it is not run any more");
}

#[test]
fn what_failed_is_tried_again_as_its_author_says_and_what_was_stopped_is_not() {
    let mut desk = at("change");
    desk.press("enter");
    desk.press("y");
    let (task, plan) = desk.begin_task();
    let object = desk.approved().unwrap().1.plan().target.clone();
    let refused =
        What::Refused { plan: plan.clone(), object, verb: "run".into(), why: "ended with 1".into() };
    let recorded = desk.record(vec![refused]);
    desk.tell(recorded);
    desk.tell(Msg::Task {
        id: task,
        event: TaskEvent::Ended { end: RunEnd::Failed, words: "ended with 1".into() },
    });
    assert!(desk.screen().contains("attempt 2 follows in 0:10"), "{}", desk.screen());
    desk.pass(11);
    // It asks again: its risk is more than Enter is enough for.
    assert_eq!(desk.app.overlays.len(), 1, "{}", desk.screen());

    let mut desk = at("change");
    desk.press("enter");
    desk.press("y");
    let (task, plan) = desk.begin_task();
    let object = desk.approved().unwrap().1.plan().target.clone();
    let recorded = desk.record(vec![What::Sending { plan, object, verb: "run".into() }]);
    desk.tell(recorded);
    desk.tell(Msg::Task {
        id: task,
        event: TaskEvent::Ended { end: RunEnd::Failed, words: "stopped".into() },
    });
    assert!(!desk.screen().contains("attempt 2"), "{}", desk.screen());
}

#[test]
fn the_way_back_leads_to_an_operation_or_to_a_step() {
    let mut desk = at("change");
    desk.press("enter");
    desk.press("y");
    ends(&mut desk, RunEnd::Failed, "ended with 1");
    desk.press("r");
    assert_eq!(desk.step(), "back");
    desk.press("enter");
    assert_eq!(script(&desk).body, "rm /run/changed\n");
}

#[test]
fn each_element_has_a_script_of_its_own() {
    let mut desk = at("each-node[worker-1]");
    desk.press("enter");
    desk.press("enter");
    let value = script(&desk).env.into_iter().find(|(n, _)| n == "NODES").unwrap().1;
    assert_eq!(value, EnvValue::Plain("worker-1".into()));
}

#[test]
fn a_place_of_several_values_is_a_step_for_each() {
    let found = pods(&World::healthy(), 2);
    let mut desk = at(&format!("in-pods[{}]", found[0]));
    desk.press("enter enter");
    let Place::Container { namespace, pod, .. } = script(&desk).place else { panic!("a container") };
    assert_eq!(format!("{namespace}/{pod}"), found[0]);
    let desk = at(&format!("in-pods[{}]", found[1]));
    assert!(desk.screen().contains(&format!("{} comes first", found[0])), "{}", desk.screen());
}

#[test]
fn a_container_is_named_with_the_uid_of_its_pod_and_one_that_is_not_there_is_refused() {
    let mut desk = at("inside");
    desk.press("enter");
    let Place::Container { uid, container, .. } = script(&desk).place else { panic!("a container") };
    assert!(!uid.is_empty() && !container.is_empty());
    let needs: Vec<_> = desk.approved().unwrap().1.plan().needs.iter().map(ToString::to_string).collect();
    assert!(needs[0].starts_with("create pods/exec in "), "{needs:?}");
    let desk = at("in-container");
    assert!(desk.screen().contains("has no container no-such"), "{}", desk.screen());
}

/// What a script does is its author's word; that nothing but reads leaves the program must not rest on it.
#[test]
fn read_only_lets_no_script_run() {
    for step in ["look", "change", "edit"] {
        let mut desk = at_with(step, true);
        desk.press("enter");
        assert_eq!(desk.executed(), 0, "{step}");
        assert!(desk.app.overlays.is_empty());
        assert!(desk.said().contains("read-only"), "{}", desk.said());
    }
}

#[test]
fn a_second_person_is_asked_for_and_programs_are_looked_for() {
    let mut desk = at("both");
    desk.press("enter");
    assert!(desk.said().contains("second person"), "{}", desk.said());
    let wanted = desk.effects.iter().find_map(|e| match e {
        Effect::FindTools(names) => Some(names.clone()),
        _ => None,
    });
    assert_eq!(wanted.unwrap(), ["sh", "no-such-tool"]);
    desk.tell(Msg::Tools([("sh".to_owned(), true), ("no-such-tool".to_owned(), false)].into()));
    desk.look_at_back("look");
    desk.act(Action::NextPane);
    assert!(desk.screen().contains("not in PATH of this machine: no-such-tool"), "{}", desk.screen());
}

#[test]
fn a_script_that_was_running_is_unknown_after_a_crash() {
    let mut desk = at("look");
    desk.press("enter");
    let (_, plan) = desk.begin_task();
    let object = desk.approved().unwrap().1.plan().target.clone();
    let recorded = desk.record(vec![What::Sending { plan, object, verb: "run".into() }]);
    desk.tell(recorded);
    let events = desk.app.session.events.clone();
    let mut again = Desk::at(SIZE, World::healthy());
    again.resume(events);
    again.read_every_kind();
    assert!(
        matches!(status(&again, "look"), Status::Unknown(why) if why.contains("was running when opsbook ended")),
        "{}",
        again.screen()
    );
}

/// The scripts that prove and were started, and those that were asked to end.
fn proofs(effects: &[Effect]) -> (Vec<u64>, Vec<u64>) {
    let started =
        effects.iter().filter_map(|e| if let Effect::Check { id, .. } = e { Some(*id) } else { None });
    let ended = effects.iter().filter_map(|e| if let Effect::Cancel(id) = e { Some(*id) } else { None });
    (started.collect(), ended.collect())
}

#[test]
fn a_proof_by_a_script_is_recorded_before_it_begins_and_when_it_says_something_else() {
    let mut desk = at("change");
    desk.press("enter");
    desk.press("y");
    ends(&mut desk, RunEnd::Applied, "ended with 0");
    let said = |desk: &Desk| -> Vec<String> {
        let of =
            |what: &What| if let What::Checked { words, .. } = what { Some(words.clone()) } else { None };
        records(&desk.effects).into_iter().filter_map(of).collect()
    };
    assert_eq!(said(&desk), ["`test -e /run/changed` begins"]);
    let record = desk
        .effects
        .iter()
        .position(|e| matches!(e, Effect::Record(r) if matches!(r[0], What::Checked { .. })));
    let start = desk.effects.iter().position(|e| matches!(e, Effect::Check { .. }));
    assert!(record < start, "the record is before the deed");
    for _ in 0..3 {
        let id = proofs(&desk.effects).0.pop().unwrap();
        desk.tell(Msg::Checked { id, said: Err("ended with 1".into()) });
        desk.pass(4);
    }
    let id = proofs(&desk.effects).0.pop().unwrap();
    desk.tell(Msg::Checked { id, said: Ok(()) });
    assert_eq!(said(&desk), ["`test -e /run/changed` begins", "ended with 1", "ended with 0"]);
}

#[test]
fn c_stops_the_script_that_proves_and_enter_runs_it_again() {
    let mut desk = at("change");
    desk.press("enter");
    desk.press("y");
    ends(&mut desk, RunEnd::Applied, "ended with 0");
    let (started, _) = proofs(&desk.effects);
    desk.press("c");
    assert_eq!(proofs(&desk.effects).1, started, "{}", desk.said());
    desk.tell(Msg::Checked { id: started[0], said: Err("stopped".into()) });
    assert!(!desk.screen().contains("✖ stopped"), "{}", desk.screen());
    desk.pass(10);
    assert_eq!(proofs(&desk.effects).0.len(), 1, "not by itself");
    desk.press("enter");
    assert_eq!(proofs(&desk.effects).0.len(), 2, "{}", desk.said());
    assert!(matches!(status(&desk, "change"), Status::Proving { .. }));
}

#[test]
fn no_script_that_proves_runs_while_production_is_not_armed() {
    const PROD: &str = "prod-eu-1";
    let name = PROD.to_owned();
    let rule =
        ContextRule { name, server: None, class: Class::Prod, armed_minutes: Some(10), raise_risk: false };
    let mut desk = at_locked("change", Lock::of(&crate::support::World::cluster(), &[], &[rule]));
    let arm = |desk: &mut Desk| {
        desk.press("shift-a");
        desk.type_text(PROD);
        desk.press("enter");
    };
    arm(&mut desk);
    desk.press("enter");
    desk.press("y");
    assert_eq!(desk.executed(), 1, "{}", desk.screen());
    ends(&mut desk, RunEnd::Applied, "ended with 0");
    let (started, ended) = proofs(&desk.effects);
    assert_eq!((started.len(), ended.len()), (1, 0));
    desk.press("shift-a");
    assert_eq!(proofs(&desk.effects).1, started, "it ends with the arming");
    desk.tell(Msg::Checked { id: started[0], said: Err("stopped".into()) });
    desk.pass(20);
    assert_eq!(proofs(&desk.effects).0.len(), 1, "and none is begun");
    arm(&mut desk);
    assert_eq!(proofs(&desk.effects).0.len(), 2, "{}", desk.screen());
    // The time that is over ends it as the key does.
    desk.pass(601);
    assert_eq!(proofs(&desk.effects).1, proofs(&desk.effects).0);
}

/// One key starts the script and, as it ended, the proof: both are read before.
#[test]
fn a_script_that_proves_is_read_before_a_key_starts_it_whatever_the_risk() {
    for risk in ["none", "low"] {
        let book = |verify: &str| {
            format!(
                "---\nrunbook: 1\ntitle: T\nmeta: {{ risk: low }}\n---\n# T\n\n```sh {{step=shell name=one}}\n#| risk: {risk}\n{verify}uptime\n```\n"
            )
        };
        let open = |verify: &str| {
            let mut desk = Desk::at(SIZE, World::healthy());
            let params = std::collections::BTreeMap::default();
            desk.app.first = Some(opsbook::domain::RunbookLink { id: "own/one".into(), params });
            desk.tell(Msg::Books(with_own("own/one.md", &book(verify), true)));
            desk.press("enter");
            desk
        };
        let mut desk = open("#| verify: { sh: \"touch PROVED-BY\", within: 30s }\n");
        assert_eq!(desk.executed(), 0, "{risk}\n{}", desk.screen());
        let screen = desk.screen();
        assert!(screen.contains("│ uptime") && screen.contains("│ touch PROVED-BY"), "{screen}");
        desk.approve();
        assert_eq!(desk.executed(), 1, "{}", desk.screen());
        // A condition starts nothing.
        let desk = open("#| verify: { expect: \"true\", within: 30s }\n");
        assert_eq!(desk.executed(), 1, "{risk}\n{}", desk.screen());
    }
}
