//! What must not happen: a plan that nobody approved, a plan that is no longer true, an answer that came late.

use std::collections::BTreeMap;
use std::sync::Arc;

use opsbook::app::overlay::Overlay;
use opsbook::app::screens::Screen;
use opsbook::app::{Effect, Found, Hit, HitKind, Msg, Options, TaskEvent};
use opsbook::domain::{Kind, ObjectKey, Risk, RunbookLink, SyncState};
use opsbook::op::{Approval, Lock};
use opsbook::record::RunEnd;

use crate::support::{Desk, World, pod, stateful};

const SIZE: (u16, u16) = (120, 40);

fn at(step: &str) -> Desk {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.walk_to(step);
    desk
}

fn confirm(desk: &Desk) -> &opsbook::app::overlay::Confirm {
    match desk.app.overlays.last() {
        Some(Overlay::Confirm(c)) => c,
        other => panic!("no confirmation but {other:?}\n{}", desk.screen()),
    }
}

#[test]
fn a_drain_asks_for_y_and_for_the_loss_of_local_data() {
    let mut desk = at("drain");
    let before = desk.executed();
    desk.press("enter");
    assert_eq!(confirm(&desk).plan.approval(), Approval::Confirm);
    assert_eq!(confirm(&desk).plan.questions.len(), 1);
    assert!(confirm(&desk).accepted.is_empty(), "nothing is accepted beforehand");
    desk.press("y");
    assert!(confirm(&desk).refused.as_ref().is_some_and(|w| w.contains("first accept")));
    // Enter is not yes.
    desk.press("enter");
    assert_eq!(desk.executed(), before);
    desk.press("space y");
    assert_eq!(desk.executed(), before + 1);
    assert!(desk.app.overlays.is_empty());
}

/// The confirmation of a drain whose risk a runbook raised: it asks for a name, and whether the data may be lost.
fn raised(risk: Risk) -> Desk {
    let mut desk = at("drain");
    desk.press("enter");
    desk.raise(risk);
    desk
}

#[test]
fn where_a_name_is_typed_a_question_can_still_be_accepted() {
    for (risk, name) in [(Risk::High, "prod-eu-1"), (Risk::Critical, "worker-3")] {
        let mut desk = raised(risk);
        let before = desk.executed();
        assert!(desk.screen().contains("space accept"), "{}", desk.screen());
        // The name alone is not enough, and neither is the acceptance.
        desk.type_text(name);
        assert_eq!(confirm(&desk).typed, name);
        desk.press("enter");
        assert!(confirm(&desk).refused.as_ref().is_some_and(|w| w.contains("first accept")));
        assert_eq!(desk.executed(), before);
        desk.press("tab space");
        assert_eq!((confirm(&desk).accepted.len(), confirm(&desk).typed.as_str()), (1, name));
        desk.press("tab backspace enter");
        assert!(confirm(&desk).refused.as_ref().is_some_and(|w| w.contains("type")));
        assert_eq!(desk.executed(), before);
        desk.type_text(&name[name.len() - 1..]);
        desk.press("enter");
        assert_eq!(desk.executed(), before + 1, "{}", desk.screen());
    }
}

#[test]
fn letters_on_a_question_are_the_name_and_answer_nothing() {
    let mut desk = raised(Risk::High);
    let before = desk.executed();
    desk.press("y n p q k j");
    assert_eq!((confirm(&desk).typed.as_str(), desk.executed()), ("ynpqkj", before));
    assert!(confirm(&desk).in_field(), "the first letter goes on to the field");
    // In the field a blank is text, and so is one that is pasted.
    desk.press("ctrl-u space");
    assert_eq!((confirm(&desk).typed.as_str(), confirm(&desk).accepted.len()), (" ", 0));
    desk.press("ctrl-u tab");
    assert!(!confirm(&desk).in_field());
    desk.tell(Msg::Paste("prod eu 1".into()));
    assert_eq!((confirm(&desk).typed.as_str(), confirm(&desk).accepted.len()), ("prod eu 1", 0));
    desk.press("esc");
    assert!(desk.app.overlays.is_empty());
}

#[test]
fn the_keyboard_goes_round_the_questions_and_the_field() {
    let mut desk = raised(Risk::Critical);
    if let Some(Overlay::Confirm(c)) = desk.app.overlays.last_mut() {
        let text = "the etcd member is lost".to_owned();
        c.plan.questions.push(opsbook::op::Question::new("member", text));
    }
    // Both are in sight as soon as something happens.
    desk.tell(Msg::Tick);
    desk.press("space tab space");
    assert_eq!(confirm(&desk).accepted.iter().collect::<Vec<_>>(), ["empty-dir", "member"]);
    desk.press("tab");
    assert!(confirm(&desk).in_field());
    desk.press("tab space backtab");
    assert!(confirm(&desk).in_field());
    assert_eq!(confirm(&desk).accepted.iter().collect::<Vec<_>>(), ["member"], "accepted, and taken back");
}

#[test]
fn escape_from_a_confirmation_leaves_nothing_behind() {
    let mut desk = at("drain");
    let (before, records) = (desk.executed(), desk.app.session.events.len());
    for keys in ["enter esc", "enter n", "enter ctrl-c", "enter space esc", "enter p esc esc"] {
        let effects = desk.press(keys);
        assert!(effects.is_empty(), "{keys}: {effects:?}");
        assert!(desk.app.overlays.is_empty(), "{keys}");
    }
    assert_eq!((desk.executed(), desk.app.session.events.len()), (before, records));
    // An acceptance is not remembered for the next time.
    desk.press("enter");
    assert!(confirm(&desk).accepted.is_empty());
}

#[test]
fn a_plan_whose_object_is_another_one_now_is_not_run_but_shown_anew() {
    let mut desk = at("drain");
    let before = desk.executed();
    desk.press("enter space");
    let old = confirm(&desk).plan.digest();
    desk.see(desk.world.clone().change_node("worker-3", |n| n.meta.uid = "another".into()));
    assert_eq!(confirm(&desk).plan.digest(), old, "the dialog is frozen until it is answered");
    desk.press("y");
    assert_eq!(desk.executed(), before);
    let refused = confirm(&desk).refused.clone().unwrap();
    assert!(
        refused.contains("another object now; this is the plan as it is now: read it again"),
        "{refused}"
    );
    assert_ne!(confirm(&desk).plan.digest(), old);
}

#[test]
fn a_plan_that_is_another_one_now_must_be_read_and_accepted_again() {
    let mut desk = at("drain");
    let before = desk.executed();
    desk.press("enter space");
    let more = desk.world.clone().pod(stateful("shop", "cache-0", "worker-3"));
    desk.see(more.change_node("worker-3", |_| {}));
    desk.press("y");
    assert_eq!(desk.executed(), before);
    assert!(
        confirm(&desk)
            .refused
            .as_ref()
            .is_some_and(|w| w.contains("new since you read it: no replica elsewhere: shop/cache-0"))
    );
    assert!(confirm(&desk).accepted.is_empty());
    assert!(confirm(&desk).plan.summary.contains("evict 4"), "{}", confirm(&desk).plan.summary);
}

#[test]
fn an_object_of_the_same_name_but_another_uid_is_another_object() {
    let mut desk = at("drain");
    let before = desk.executed();
    desk.press("enter space");
    desk.see(desk.world.clone().change_node("worker-3", |n| n.meta.uid = "uid-new".into()));
    desk.press("y");
    assert_eq!(desk.executed(), before);
    desk.press("esc");
    desk.press("enter space");
    let mut gone = desk.world.clone();
    gone.0.nodes.remove(&ObjectKey::cluster(Kind::Node, "worker-3").row);
    desk.see(gone);
    desk.press("y");
    assert_eq!(desk.executed(), before);
    assert!(desk.app.overlays.is_empty() && !desk.said().is_empty(), "{}", desk.said());
}

#[test]
fn nothing_runs_before_the_dry_run_has_answered_or_when_it_objects() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.previews = false;
    desk.walk_to("cordon");
    desk.press("enter");
    assert_eq!(desk.executed(), 0);
    assert!(desk.said().contains("dry run"), "{}", desk.said());
    let asked = desk
        .effects
        .iter()
        .rev()
        .find_map(|e| if let Effect::Preview(p) = e { Some(p.clone()) } else { None });
    let mut preview = crate::support::clean(&asked.unwrap(), desk.now);
    preview.access[0].allowed = false;
    preview.access[0].reason = "no role binds you".into();
    desk.tell(Msg::Previewed(Box::new(preview.clone())));
    desk.press("enter");
    assert_eq!(desk.executed(), 0);
    assert!(desk.said().contains("no role binds you"), "{}", desk.said());
    preview.access[0].allowed = true;
    desk.tell(Msg::Previewed(Box::new(preview)));
    desk.press("enter");
    assert_eq!(desk.executed(), 1);
}

#[test]
fn a_preview_of_another_plan_says_nothing() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.previews = false;
    desk.walk_to("cordon");
    let asked = desk
        .effects
        .iter()
        .rev()
        .find_map(|e| if let Effect::Preview(p) = e { Some(p.clone()) } else { None });
    let stale = crate::support::clean(&asked.unwrap(), desk.now);
    // What is shown of a digest is not what is compared: two plans can be made that share eight digits.
    let mut alike = stale.clone();
    alike.digest = format!("{}{}", &stale.digest[..8], "0".repeat(56));
    desk.tell(Msg::Previewed(Box::new(alike)));
    desk.press("enter");
    assert_eq!(desk.executed(), 0);
    alike_but_shorter(&mut desk, &stale);
    // The node changed, so the plan was made anew and its preview is awaited.
    desk.see(desk.world.clone().change_node("worker-3", |_| {}));
    desk.tell(Msg::Previewed(Box::new(stale)));
    desk.press("enter");
    assert_eq!(desk.executed(), 0);
}

/// A digest as earlier versions compared it.
fn alike_but_shorter(desk: &mut Desk, stale: &opsbook::op::Preview) {
    let mut short = stale.clone();
    short.digest.truncate(8);
    desk.tell(Msg::Previewed(Box::new(short)));
    desk.press("enter");
    assert_eq!(desk.executed(), 0);
}

#[test]
fn read_only_runs_nothing_anywhere() {
    let options = Options {
        lang: "en".into(),
        lock: Lock::default().read_only(opsbook::lang::Msg("op-lock-started-read-only")),
        ..Options::default()
    };
    let mut desk = Desk::with(SIZE, options);
    desk.see(World::silent_node());
    desk.press("enter enter enter enter enter enter");
    assert_eq!(desk.step(), "cordon");
    desk.press("enter y");
    assert!(desk.said().contains("read-only") || desk.app.overlays.is_empty());
    desk.press("esc :");
    desk.type_text("nodes");
    desk.press("enter end c");
    assert!(desk.said().contains("read-only"), "{}", desk.said());
    desk.press("y r y u y");
    desk.press(":");
    desk.type_text("pods");
    desk.press("enter ctrl-d y");
    assert_eq!(desk.executed(), 0);
    // To the server a dry run and the question for rights are writes.
    assert!(!desk.effects.iter().any(|e| matches!(e, Effect::Preview(_) | Effect::Review(_))));
    desk.press("esc shift-a");
    assert!(desk.said().contains("--read-only") && desk.app.overlays.is_empty(), "it cannot be armed");
}

#[test]
fn a_key_of_the_explorer_never_runs_without_a_confirmation() {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter end c");
    assert_eq!(confirm(&desk).plan.title, "cordon worker-3");
    assert_eq!(desk.executed(), 0);
    // The dialog keeps its object when the rows move.
    desk.see(desk.world.clone().change_node("worker-2", |_| {}));
    desk.press("y");
    assert_eq!(desk.approved().unwrap().1.plan().target.name(), "worker-3");
}

#[test]
fn a_drain_is_refused_while_the_pods_are_not_known() {
    let mut desk = Desk::at(SIZE, World::healthy().sync(Kind::Pod, SyncState::Forbidden("list".into())));
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter end r");
    assert!(desk.app.overlays.is_empty());
    assert!(desk.said().contains("not known"), "{}", desk.said());
}

#[test]
fn a_bare_pod_makes_a_drain_refuse() {
    let mut bare = pod("shop", "by-hand", "worker-3");
    bare.meta.owner = None;
    let mut desk = Desk::at(SIZE, World::healthy().pod(bare));
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter end r");
    assert!(desk.said().contains("by-hand"), "{}", desk.said());
}

fn hit(id: &str) -> Hit {
    Hit {
        kind: HitKind::Runbook,
        id: id.into(),
        title: id.into(),
        score: 1.0,
        about: true,
        field: String::new(),
        fragment: Vec::new(),
    }
}

#[test]
fn two_lines_that_are_pasted_into_the_search_stay_two_words() {
    for end in ["\n", "\r", "\r\n"] {
        let mut desk = Desk::at(SIZE, World::healthy());
        desk.press("/");
        desk.tell(Msg::Paste(format!("line one{end}line two")));
        let words: Vec<&str> = desk.app.search.text.split_whitespace().collect();
        assert_eq!(words, ["line", "one", "line", "two"], "{end:?}");
    }
}

#[test]
fn the_command_line_opens_a_runbook_by_the_end_of_its_id() {
    for (name, id) in [("node-drain", Some("nodes/node-drain")), ("node-drian", None)] {
        let mut desk = Desk::at(SIZE, World::healthy());
        let books = desk.app.books.clone();
        desk.app.books = Arc::default();
        desk.app.first = Some(RunbookLink { id: name.into(), params: BTreeMap::new() });
        desk.tell(Msg::Books(books));
        assert_eq!(desk.app.run.as_ref().map(|r| r.book.id.as_str()), id);
        if id.is_none() {
            assert!(desk.said().contains("did you mean `nodes/node-drain`?"), "{}", desk.said());
        }
    }
}

fn found(hit: Hit) -> Found {
    Found { hits: vec![hit], ..Found::default() }
}

#[test]
fn an_answer_to_an_older_search_is_dropped() {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.press("/");
    let effects = desk.type_text("ab");
    let asked: Vec<u64> = effects
        .iter()
        .filter_map(|e| if let Effect::Search { generation, .. } = e { Some(*generation) } else { None })
        .collect();
    assert_eq!(asked.len(), 2);
    desk.tell(Msg::Found { generation: asked[1], found: found(hit("new")) });
    desk.tell(Msg::Found { generation: asked[0], found: found(hit("old")) });
    assert_eq!(desk.app.search.hits[0].id, "new");
    // And one that comes after the field was emptied.
    let effects = desk.type_text("c");
    let Some(Effect::Search { generation, .. }) = effects.first() else { panic!("{effects:?}") };
    desk.press("esc");
    desk.tell(Msg::Found { generation: *generation, found: found(hit("late")) });
    assert!(desk.app.search.hits.iter().all(|h| h.id != "late"));
}

#[test]
fn answers_for_what_is_no_longer_looked_at_are_dropped() {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.press(":");
    desk.type_text("pods");
    desk.press("enter y");
    let effects = desk.press("esc y");
    let Some(Effect::Fetch { id, .. }) = effects.last() else { panic!("{effects:?}") };
    desk.tell(Msg::Fetched { id: id - 1, text: Ok("of the first look".into()) });
    let Screen::Detail(detail) = desk.app.screen() else { panic!() };
    assert!(detail.loading && detail.lines.is_empty());
    desk.tell(Msg::LogLines {
        id: 999,
        lines: vec![opsbook::domain::LogLine { at: None, text: "x".into(), rest: false }],
    });
    desk.tell(Msg::LogEnded { id: 999, why: None });
    let ended = TaskEvent::Ended { end: RunEnd::Applied, words: String::new() };
    desk.tell(Msg::Task { id: 999, event: ended });
    assert!(desk.app.tasks.all.is_empty());
}

#[test]
fn leaving_asks_while_something_runs() {
    let mut desk = at("cordon");
    desk.press("enter");
    let effects = desk.press("ctrl-c");
    assert!(!effects.contains(&Effect::Quit));
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Choose(_))));
    assert!(!desk.press("enter").contains(&Effect::Quit), "the first row stays");
    let effects = desk.press("ctrl-c down enter");
    assert!(effects.contains(&Effect::Quit));
    let mut idle = Desk::at(SIZE, World::healthy());
    assert_eq!(idle.press("ctrl-c"), [Effect::Quit]);
}

#[test]
fn cancelling_stops_the_task_once_and_says_so() {
    let mut desk = at("drain");
    desk.press("enter space y");
    let (task, _) = desk.begin_task();
    let effects = desk.press("c");
    assert_eq!(effects, [Effect::Cancel(task)]);
    assert!(desk.said().contains("no new requests"), "{}", desk.said());
    desk.press("!");
    assert!(desk.screen().contains("stopping"), "{}", desk.screen());
}
