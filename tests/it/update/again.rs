//! What a runbook says about time and versions is acted on, and a session that goes on watches what was proved and asks for
//! its secrets again.

use opsbook::app::overlay::Overlay;
use opsbook::app::{Effect, Msg, TaskEvent};
use opsbook::domain::{Kind, RunbookLink, SyncState};
use opsbook::record::{Ending, Event, RunEnd, What};
use opsbook::walk::Status;

use super::runbook::{SIZE, status};
use crate::support::{Desk, World, with_own};

const BOOK: &str = r#"---
runbook: 1
title: Again
meta: { risk: medium }
applies: { k8s: ">=1.28 <1.36" }
params:
  node: { from: k8s:node }
  token: { type: secret }
---
# Again

## Close it

Without the app: `kubectl cordon NODE`

```yaml {step=action name=close}
op: node.cordon
with: { node: $node }
risk: low
timeout: 30s
verify: node(p.node).unschedulable
rollback: { op: node.uncordon, with: { node: $node } }
```

## Tell

```sh {step=shell name=tell}
#| risk: none
true
```
"#;

fn opened(book: &str) -> Desk {
    let mut desk = Desk::at(SIZE, World::healthy());
    let params = [("node", "worker-3"), ("token", "s3cret-token")];
    let params = params.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    desk.app.first = Some(RunbookLink { id: "own/again".into(), params });
    desk.tell(Msg::Books(with_own("own/again.md", book, true)));
    desk.see(desk.world.clone());
    desk
}

fn proved() -> Vec<Event> {
    let mut desk = opened(BOOK);
    desk.press("enter");
    desk.carry_out();
    desk.see(desk.world.clone().cordoned("worker-3", true));
    assert!(matches!(status(&desk, "close"), Status::Ended(Ending::Proved, _)), "{}", desk.screen());
    desk.app.session.events.clone()
}

fn resumed(world: World) -> Desk {
    let events = proved();
    let opened = events
        .iter()
        .find_map(|e| if let What::Opened { params, .. } = &e.what { Some(params) } else { None });
    assert_eq!(opened.unwrap()["token"], "***");
    let mut desk = Desk::new(SIZE, "en");
    desk.resume(events);
    desk.see(world);
    desk.tell(Msg::Books(with_own("own/again.md", BOOK, true)));
    desk
}

#[test]
fn an_operation_is_stopped_in_good_order_when_its_time_is_over() {
    let mut desk = opened(BOOK);
    desk.press("enter");
    let (task, _) = desk.begin_task();
    assert_eq!(
        desk.app.run.as_ref().unwrap().next_look(desk.now).map(|t| t.as_second() - desk.now.as_second()),
        Some(30)
    );
    desk.pass(29);
    assert!(!desk.effects.contains(&Effect::Cancel(task)));
    desk.pass(1);
    desk.pass(60);
    assert_eq!(desk.effects.iter().filter(|e| **e == Effect::Cancel(task)).count(), 1);
    assert!(
        desk.app
            .session
            .events
            .iter()
            .any(|e| matches!(&e.what, What::Note { text, .. } if text.contains("takes longer")))
    );
    let words = "nothing was sent".to_owned();
    desk.tell(Msg::Task { id: task, event: TaskEvent::Ended { end: RunEnd::Cancelled, words } });
    assert!(matches!(status(&desk, "close"), Status::Failed(w) if w.contains("time was over")));
}

#[test]
fn a_runbook_for_other_versions_says_so_and_one_for_a_newer_opsbook_runs_nothing() {
    assert!(!opened(BOOK).screen().contains("written for Kubernetes"));
    let other = BOOK.replace(">=1.28 <1.36", ">=1.40");
    let mut desk = opened(&other);
    let screen = desk.screen();
    assert!(screen.contains("written for Kubernetes >=1.40") && screen.contains("v1.34.10"), "{screen}");
    desk.press("enter");
    assert_eq!(desk.executed(), 1, "it is said, and holds nothing up");
    let newer = BOOK.replace("params:", "requires: { app: \">=999.0\" }\nparams:");
    let mut desk = opened(&newer);
    assert!(desk.screen().contains("needs opsbook >=999.0"), "{}", desk.screen());
    desk.press("enter");
    assert_eq!(desk.executed(), 0);
    assert!(desk.said().contains("needs opsbook >=999.0"), "{}", desk.said());
}

#[test]
fn secrets_of_a_session_that_goes_on_are_asked_for_again() {
    let mut desk = resumed(World::healthy().cordoned("worker-3", true));
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Input(_))), "{}", desk.screen());
    let effects = desk.type_text("another-secret");
    assert!(effects.iter().all(|e| !matches!(e, Effect::Record(_))));
    let effects = desk.press("enter");
    assert!(matches!(effects.first(), Some(Effect::Taint(_))), "{effects:?}");
    let run = desk.app.run.as_ref().unwrap();
    assert!(run.owed.is_empty() && run.missing().is_empty());
    assert!(matches!(status(&desk, "close"), Status::Ended(Ending::Proved, _)));
    desk.look_at("tell");
    desk.press("enter");
    let script = desk.approved().unwrap().1.plan().script().unwrap();
    let token = script.env.iter().find(|(name, _)| name == "TOKEN").unwrap();
    assert_eq!(token.1.reveal(), "another-secret");
}

#[test]
fn what_an_earlier_process_proved_is_watched_on() {
    let mut desk = resumed(World::healthy().cordoned("worker-3", true));
    desk.type_text("another-secret");
    desk.press("enter");
    desk.see(desk.world.clone());
    let regressed = |desk: &Desk| {
        desk.app.session.events.iter().filter(|e| matches!(e.what, What::Regressed { .. })).count()
    };
    assert_eq!(regressed(&desk), 0);
    // What is not read yet says nothing.
    let loading = desk.world.clone().cordoned("worker-3", false).sync(Kind::Node, SyncState::Loading(1));
    desk.see(loading);
    assert_eq!(regressed(&desk), 0);
    desk.see(World::healthy());
    assert_eq!(regressed(&desk), 1);
    assert!(desk.said().contains("no longer holds"), "{}", desk.said());
    desk.see(World::healthy());
    assert_eq!(regressed(&desk), 1, "it is told once");
    desk.see(World::healthy().cordoned("worker-3", true));
    assert!(desk.said().contains("holds again"), "{}", desk.said());
}
