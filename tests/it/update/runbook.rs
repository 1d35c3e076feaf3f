//! Walking a runbook: open, accept, decide, run, prove, record.

use opsbook::app::overlay::Overlay;
use opsbook::app::screens::Screen;
use opsbook::app::{Effect, Msg, Options, Practice, TaskEvent};
use opsbook::domain::{Key, Kind, RunbookLink};
use opsbook::record::{Ending, RunEnd, What};
use opsbook::walk::Status;

use crate::support::{Desk, World, event, oom_killed, pod};

pub const SIZE: (u16, u16) = (120, 40);

fn desk() -> Desk {
    Desk::at(SIZE, World::silent_node())
}

pub fn at(step: &str) -> Desk {
    let mut desk = desk();
    desk.walk_to(step);
    desk
}

pub fn status(desk: &Desk, step: &str) -> Status {
    let run = desk.app.run.as_ref().unwrap();
    run.steps[run.find(step).unwrap()].status().clone()
}

/// Everything that was recorded.
pub fn records(effects: &[Effect]) -> Vec<&What> {
    effects.iter().filter_map(|e| if let Effect::Record(r) = e { Some(r) } else { None }).flatten().collect()
}

#[test]
fn enter_on_a_finding_opens_its_runbook_with_the_object_bound() {
    let mut desk = desk();
    let effects = desk.press("enter");
    let run = desk.app.run.as_ref().unwrap();
    assert_eq!(run.book.id, "nodes/node-not-ready");
    assert_eq!(run.params["node"].plain(), "worker-3");
    assert!(matches!(desk.app.screen(), Screen::Runbook(_)));
    assert_eq!(desk.step(), "look");
    let recorded = records(&effects);
    assert!(
        matches!(recorded[0], What::Finding { detector, evidence, .. } if detector == "node-not-ready" && evidence.len() > 2)
    );
    assert!(
        matches!(recorded[1], What::Opened { runbook, params, .. } if runbook == "nodes/node-not-ready" && params["node"] == "worker-3")
    );
    assert!(matches!(recorded[2], What::Step { step } if step == "look"));
}

#[test]
fn the_second_runbook_of_the_list_of_findings_binds_its_own_object() {
    let mut desk = Desk::at(SIZE, World::two_findings());
    desk.press("down enter");
    let run = desk.app.run.as_ref().unwrap();
    assert_eq!(run.book.id, "pods/pod-oomkilled");
    assert_eq!(
        (run.params["namespace"].plain(), run.params["pod"].plain()),
        ("shop".into(), "shop/report-5".into())
    );
}

#[test]
fn nothing_is_recorded_or_run_by_looking() {
    let mut desk = desk();
    let before = desk.effects.len();
    desk.press("tab tab v esc e esc / esc ? esc");
    let harmless = |e: &Effect| matches!(e, Effect::StopLogs(_) | Effect::Follow(_));
    assert!(desk.effects[before..].iter().all(harmless), "{:?}", &desk.effects[before..]);
}

#[test]
fn five_enters_lead_to_the_first_operation() {
    let mut desk = desk();
    desk.press("enter enter enter enter enter enter");
    assert_eq!(desk.step(), "cordon");
    assert_eq!(status(&desk, "only-one"), status(&at("cordon"), "only-one"));
    assert!(matches!(status(&desk, "look"), Status::Ended(Ending::Recorded, _)));
    assert!(
        matches!(status(&desk, "why"), Status::Ended(Ending::Proved, words) if words == "NodeStatusUnknown")
    );
    // What the decision leads past is skipped, and says so.
    assert!(matches!(status(&desk, "fault"), Status::Ended(Ending::Skipped, words) if words.contains("why")));
    let decided = records(&desk.effects)
        .into_iter()
        .any(|w| matches!(w, What::Decided { step, value, chosen } if step == "why" && value.as_ref() == Some(chosen)));
    assert!(decided);
}

#[test]
fn a_check_that_does_not_hold_stops_and_says_why() {
    let mut desk = Desk::at(SIZE, World::silent_node().silence("worker-2", 140).silence("worker-1", 140));
    desk.press("enter enter enter");
    assert_eq!(desk.step(), "only-one");
    let Some(Overlay::Choose(choose)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert!(choose.title.contains("mass event"), "{}", choose.title);
    // Esc stays; the way is taken only when it is chosen.
    desk.press("esc");
    assert_eq!(status(&desk, "only-one"), Status::Todo);
    desk.press("enter enter");
    assert!(matches!(status(&desk, "only-one"), Status::Ended(..)));
    assert_eq!(desk.executed(), 0);
}

#[test]
fn a_low_risk_plan_runs_on_one_key_after_it_was_shown() {
    let mut desk = at("cordon");
    assert!(desk.effects.iter().any(|e| matches!(e, Effect::Preview(p) if p.op == "node.cordon")));
    let effects = desk.press("enter");
    let Some(Effect::Execute { approved, step, .. }) = effects.last() else { panic!("{effects:?}") };
    assert_eq!(step.as_deref(), Some("cordon"));
    assert_eq!(
        (approved.plan().title.as_str(), approved.plan().uid.as_str()),
        ("cordon worker-3", "uid-worker-3")
    );
    assert!(matches!(status(&desk, "cordon"), Status::Running(_)));
    // A second key while it runs does nothing.
    desk.press("enter enter");
    assert_eq!(desk.executed(), 1);
}

#[test]
fn an_applied_step_is_done_only_when_the_cluster_shows_it() {
    let mut desk = at("cordon");
    desk.press("enter");
    desk.carry_out();
    assert!(matches!(status(&desk, "cordon"), Status::Proving { .. }));
    desk.pass(3);
    assert!(matches!(status(&desk, "cordon"), Status::Proving { .. }));
    desk.see(desk.world.clone().cordoned("worker-3", true));
    assert!(matches!(status(&desk, "cordon"), Status::Ended(Ending::Proved, _)));
    assert_eq!(desk.step(), "soon");
}

#[test]
fn a_step_that_was_proved_goes_red_when_it_is_no_longer_so_and_green_again() {
    let mut desk = at("soon");
    let effects = desk.see(desk.world.clone().cordoned("worker-3", false));
    assert!(records(&effects).iter().any(|w| matches!(w, What::Regressed { .. })), "{effects:?}");
    assert!(desk.said().contains("no longer holds"));
    // It is told once.
    let effects = desk.see(desk.world.clone());
    assert!(records(&effects).is_empty());
    let effects = desk.see(desk.world.clone().cordoned("worker-3", true));
    assert!(
        records(&effects).iter().any(|w| matches!(w, What::Proved { words, .. } if words.contains("again")))
    );
}

#[test]
fn a_failed_plan_can_be_run_again_and_says_what_failed() {
    let mut desk = at("cordon");
    desk.press("enter");
    let (task, _) = desk.begin_task();
    let words = "the server said 500".to_owned();
    desk.tell(Msg::Task { id: task, event: TaskEvent::Ended { end: RunEnd::Failed, words } });
    assert!(matches!(status(&desk, "cordon"), Status::Failed(words) if words.contains("500")));
    desk.press("enter");
    assert_eq!(desk.executed(), 2);
}

#[test]
fn an_operator_decides_and_may_differ_from_nobody() {
    let mut desk = at("soon");
    desk.press("enter down enter");
    assert_eq!(desk.step(), "host");
    assert!(matches!(status(&desk, "drain"), Status::Ended(Ending::Skipped, _)));
    let chosen = desk.app.run.as_ref().unwrap().recorded["soon"]["chosen"].plain();
    assert_eq!(chosen, "soon");
    // The cluster says nothing about it, so nothing is overridden.
    assert_eq!(decision(&desk, "soon"), (None, "soon".to_owned()));
}

/// What the cluster said at a decision, and what was chosen.
fn decision(desk: &Desk, name: &str) -> (Option<String>, String) {
    let of = |w: &What| match w {
        What::Decided { step, value, chosen } if step == name => Some((value.clone(), chosen.clone())),
        _ => None,
    };
    records(&desk.effects).into_iter().find_map(of).unwrap()
}

#[test]
fn another_choice_than_the_clusters_is_recorded_as_an_override() {
    let mut desk = at("why");
    desk.press("p down enter");
    let (said, chosen) = decision(&desk, "why");
    assert_eq!(said.as_deref(), Some("NodeStatusUnknown"));
    assert_ne!(chosen, "NodeStatusUnknown");
}

#[test]
fn a_host_step_is_never_run_and_can_be_said_to_be_done() {
    let mut desk = at("host");
    desk.press("enter down enter");
    assert!(
        matches!(status(&desk, "host"), Status::Ended(Ending::Recorded, words) if words.contains("by hand"))
    );
    let mut desk = at("host");
    desk.press("enter down down enter");
    assert_eq!(status(&desk, "host"), Status::Todo);
}

#[test]
fn a_manual_step_records_what_was_typed() {
    let mut desk = at("repair");
    desk.press("enter");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Input(i)) if i.prompt == "What it was"));
    desk.tell(Msg::Paste("kernel\npanic \u{1b}[31mred".to_owned()));
    let effects = desk.press("enter");
    let recorded = records(&effects);
    assert!(
        recorded.iter().any(
            |w| matches!(w, What::Value { step, name, value } if step == "repair" && name == "cause" && value == "kernel panic red")
        ),
        "{recorded:?}"
    );
    assert_eq!(desk.step(), "ready");
    // Without a practice cluster nothing is done to the world outside.
    assert!(!effects.iter().any(|e| matches!(e, Effect::Practice(_))));
}

#[test]
fn a_value_is_picked_and_one_that_is_not_there_is_refused_with_what_there_is() {
    let mut desk = Desk::at(SIZE, World::healthy());
    let pod = desk.app.world.pods.iter().next().unwrap().clone();
    let (name, container) = (pod.meta.key().to_string(), pod.containers[0].name.to_string());
    desk.open("pods/pod-crashloop", &[("pod", &name), ("container", &container)]);
    desk.look_at("bad-node");
    desk.press("enter");
    let Some(Overlay::Choose(choose)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!(choose.title, "The node on which it crashes?");
    assert!(choose.rows.iter().any(|(text, _)| text == "worker-3"), "{:?}", choose.rows);
    desk.type_text("workr-9z");
    let effects = desk.press("enter");
    assert!(desk.said().starts_with("`workr-9z` is not among them; there is: worker-"), "{}", desk.said());
    assert!(records(&effects).is_empty() && desk.app.overlays.len() == 1, "the list stays open");
    "workr-9z".chars().for_each(|_| drop(desk.press("backspace")));
    desk.type_text("worker-3");
    let effects = desk.press("enter");
    assert!(records(&effects).iter().any(
        |w| matches!(w, What::Value { step, name, value } if step == "bad-node" && name == "node" && value == "worker-3")
    ));
    // What nobody knows is typed, under its title.
    assert!(
        matches!(desk.app.overlays.last(), Some(Overlay::Input(i)) if i.prompt.starts_with("What tells you"))
    );
}

#[test]
fn where_what_there_is_is_not_known_a_value_is_typed_and_that_is_said() {
    let mut desk = Desk::at(SIZE, World::healthy());
    let pod = desk.app.world.pods.iter().next().unwrap().meta.key().to_string();
    desk.open("pods/pod-stuck-terminating", &[("pod", &pod)]);
    desk.look_at("which");
    desk.press("enter");
    assert!(desk.app.overlays.is_empty() && desk.said().contains("is being read"), "{}", desk.said());
    // It is read, and has none.
    let meta = serde_json::json!({"namespace": "kube-system", "name": pod.rsplit('/').next(), "uid": "u", "resourceVersion": "1"});
    let world =
        desk.world.clone().object(serde_json::json!({"apiVersion": "v1", "kind": "Pod", "metadata": meta}));
    desk.see(world);
    desk.press("enter");
    let Some(Overlay::Input(input)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!(input.prompt, "The finalizer to be taken off");
    assert!(input.error.as_ref().is_some_and(|e| e.contains("type it")), "{:?}", input.error);
}

#[test]
fn on_a_practice_cluster_a_manual_step_moves_the_world() {
    let practice = Practice { actions: vec!["repair".into()], ..Practice::default() };
    let mut desk =
        Desk::with(SIZE, Options { lang: "en".into(), practice: Some(practice), ..Options::default() });
    desk.see(World::silent_node());
    desk.walk_to("repair");
    let effects = desk.press("enter x enter");
    assert!(effects.contains(&Effect::Practice("repair".into())), "{effects:?}");
}

#[test]
fn a_wait_ends_by_itself_after_it_held_long_enough_and_starts_anew_when_it_breaks() {
    let mut desk = at("repair");
    desk.press("enter x enter");
    desk.see(desk.world.clone().recovered("worker-3", desk.now));
    desk.pass(50);
    assert_eq!(desk.step(), "ready");
    desk.see(desk.world.clone().silence("worker-3", 1));
    desk.see(desk.world.clone().recovered("worker-3", desk.now));
    desk.pass(50);
    assert_eq!(desk.step(), "ready", "the break began a new minute");
    desk.pass(11);
    assert_eq!(desk.step(), "uncordon");
}

#[test]
fn a_skipped_step_needs_a_reason() {
    let mut desk = at("cordon");
    desk.press("s enter");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Input(i)) if i.error.is_some()));
    desk.type_text("the node is gone");
    let effects = desk.press("enter");
    assert!(records(&effects).iter().any(
        |w| matches!(w, What::StepEnded { ending: Ending::Skipped, words, .. } if words == "the node is gone")
    ));
    assert_eq!(desk.step(), "soon");
}

#[test]
fn the_latest_change_can_be_taken_back_once() {
    let mut desk = at("soon");
    assert_eq!(desk.app.session.state.undo_list().len(), 1);
    desk.press("u");
    let Some(Overlay::Confirm(confirm)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!(confirm.plan.op, "node.uncordon");
    let first = confirm.errand.undoes.clone();
    let effects = desk.press("y");
    assert!(
        matches!(effects.last(), Some(Effect::Execute { undoes, step: None, .. }) if *undoes == first && first.is_some())
    );
    desk.carry_out();
    assert!(desk.app.session.state.undo_list().is_empty());
    desk.press("u");
    assert!(desk.said().contains("nothing to take back"), "{}", desk.said());
}

#[test]
fn a_note_goes_into_the_record_and_export_is_asked_for() {
    let mut desk = at("cordon");
    desk.press("shift-m");
    desk.type_text("called the provider");
    let effects = desk.press("enter x");
    assert!(records(&effects).contains(&&What::Note { text: "called the provider".into(), about: None }));
    assert!(!effects.iter().any(|e| matches!(e, Effect::Export(_))));
    assert!(desk.press("enter").contains(&Effect::Export(opsbook::record::Format::Html)));
}

#[test]
fn opening_without_a_finding_asks_for_the_parameter() {
    let mut desk = desk();
    desk.press(":");
    desk.type_text("rb nodes/node-not-ready");
    desk.press("enter");
    let Some(Overlay::Choose(choose)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!(choose.rows.len(), 4);
    // A picker with one match still needs enter.
    desk.type_text("worker-2");
    assert!(desk.app.run.as_ref().unwrap().params.is_empty());
    desk.press("enter");
    assert_eq!(desk.app.run.as_ref().unwrap().params["node"].plain(), "worker-2");
    // Esc instead of an answer closes the runbook: it cannot be walked.
    let mut desk = self::desk();
    desk.press(":");
    desk.type_text("rb nodes/node-not-ready");
    desk.press("enter esc");
    assert!(desk.app.run.is_none() && matches!(desk.app.screen(), Screen::Triage(_)));
}

#[test]
fn one_that_is_asked_for_before_the_library_is_read_opens_when_it_is() {
    let mut desk = desk();
    let books = std::mem::take(&mut desk.app.books);
    desk.press(":");
    desk.type_text("rb nodes/node-not-ready");
    desk.press("enter");
    assert!(desk.said().contains("are being read") && desk.app.run.is_none(), "{}", desk.said());
    desk.tell(Msg::Books(books));
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Choose(_))), "{}", desk.screen());
}

#[test]
fn a_text_without_steps_can_be_opened_and_survives_every_key() {
    for key in ["enter", "s", "p", "w", "u", "c", "n", "shift-n", "tab", "z", "x", "down", "end"] {
        let mut desk = desk();
        desk.press(":");
        desk.type_text("rb team/phones");
        desk.press("enter");
        desk.press(key);
        desk.screen();
        assert_eq!(desk.executed(), 0);
    }
}

#[test]
fn the_command_line_opens_a_runbook_as_soon_as_the_corpus_is_there() {
    let mut desk = Desk::new(SIZE, "en");
    let books = desk.app.books.clone();
    desk.app.first = Some(RunbookLink::new("nodes/node-not-ready", [("node", "worker-3")]));
    desk.see(World::silent_node());
    desk.tell(Msg::Books(books));
    assert_eq!(desk.step(), "look");
    assert_eq!(desk.app.run.as_ref().unwrap().params["node"].plain(), "worker-3");
}

#[test]
fn enter_on_a_finding_without_a_runbook_opens_its_object() {
    let mut desk = Desk::at(SIZE, World::healthy().replica_sets().pulling(20));
    assert!(desk.screen().contains("No runbook for this yet"), "{}", desk.screen());
    assert!(desk.screen().contains("young for 40s more"), "{}", desk.screen());
    desk.press("tab");
    assert!(matches!(desk.app.screen(), Screen::Triage(t) if t.runbook.is_none()), "nothing to choose from");
    desk.press("enter");
    assert!(
        matches!(desk.app.screen(), Screen::Detail(d) if d.key.kind == Kind::Deployment && d.key.name() == "web")
    );
}

#[test]
fn a_finding_that_is_ranked_anew_does_not_move_the_selection() {
    let oom = |w: World| w.pod(oom_killed(pod("shop", "report-5", "worker-1"), 300));
    let mut desk = Desk::at(SIZE, oom(World::healthy()));
    let pinned = |desk: &Desk| match desk.app.screen() {
        Screen::Triage(t) => (t.list.selected, desk.app.world.findings[t.list.selected].detector),
        _ => unreachable!(),
    };
    assert_eq!(pinned(&desk), (0, "oom-killed"));
    desk.see(oom(World::silent_node()).event(event("worker-3", "Rebooted", "it did", 5)));
    assert_eq!(pinned(&desk), (1, "oom-killed"), "a worse finding came in above");
    desk.key(Key::char('k'));
    assert_eq!(pinned(&desk), (0, "node-not-ready"));
}

/// However the next step is reached, it begins at its text.
#[test]
fn another_step_begins_at_the_top_of_its_text() {
    let scrolled = |desk: &Desk| match desk.app.screen() {
        Screen::Runbook(screen) => (screen.pane, screen.scroll.top),
        _ => panic!("{}", desk.screen()),
    };
    let mut desk = Desk::at((40, 12), World::silent_node());
    desk.walk_to("cordon");
    desk.press("enter");
    desk.carry_out();
    desk.press("down down");
    assert_eq!((desk.step().as_str(), scrolled(&desk)), ("cordon", (1, 2)));
    // It is proved by itself, and the next one comes.
    desk.see(desk.world.clone().cordoned("worker-3", true));
    assert_ne!(desk.step(), "cordon", "{}", desk.screen());
    assert_eq!(scrolled(&desk), (1, 0));
    // A live pane gives way to the text where only one of them is seen.
    desk.press("tab n");
    assert_eq!(scrolled(&desk), (1, 0), "{}", desk.screen());
}
