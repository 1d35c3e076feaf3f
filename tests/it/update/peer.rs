//! Steps that need a second person: no yes without one, and one agreement is good for one plan, once, in time.

use opsbook::app::overlay::{Confirm, Overlay};
use opsbook::app::{Effect, Msg, Options};
use opsbook::domain::{RunbookLink, Timestamp};
use opsbook::op::{Agreement, PeerRequest};
use opsbook::record::What;

use crate::support::{Desk, World, with_own};

const BOOK: &str = r"---
runbook: 1
title: Two people
meta: { risk: critical }
params: { node: { from: k8s:node } }
---
# Two people

## Close it

Without the app: `kubectl cordon NODE`

```yaml {step=action name=close}
op: node.cordon
with: { node: $node }
risk: low
peer: required
retry: 1
rollback: { op: node.uncordon, with: { node: $node, force: true } }
```

## The lamp

```yaml {step=manual name=lamp}
do: Pull the plug.
record: { colour: text }
peer: required
risk: critical
```

## A script

```sh {step=shell name=script}
#| risk: none
#| peer: required
#| rollback: undone
true
```

## Taken back

```sh {step=shell name=undone}
#| risk: none
true
```
";

fn desk(me: Option<&str>) -> Desk {
    let options = Options { lang: "en".into(), me: me.map(str::to_owned), ..Options::default() };
    let mut desk = Desk::with((120, 44), options);
    desk.see(World::healthy());
    let params = [("node".to_owned(), "worker-3".to_owned())].into();
    desk.app.first = Some(RunbookLink { id: "own/two".into(), params });
    desk.tell(Msg::Books(with_own("own/two.md", BOOK, true)));
    desk.see(desk.world.clone());
    desk
}

fn confirm(desk: &Desk) -> &Confirm {
    match desk.app.overlays.last() {
        Some(Overlay::Confirm(c)) => c,
        other => panic!("no confirmation but {other:?}\n{}", desk.screen()),
    }
}

fn requests(desk: &Desk) -> Vec<PeerRequest> {
    let asked = desk.effects.iter().filter_map(|e| if let Effect::AskPeer(r) = e { Some(r) } else { None });
    asked.map(|r| (**r).clone()).collect()
}

fn agreement(desk: &Desk, request: &PeerRequest) -> Agreement {
    Agreement {
        request: request.id.clone(),
        digest: request.digest.clone(),
        by: "bob".into(),
        key: "SHA256:abc".into(),
        at: desk.now,
        until: request.until,
    }
}

/// The runtime found an answer to be good.
fn agree(desk: &mut Desk, request: &PeerRequest) {
    let said = Ok(Box::new(agreement(desk, request)));
    desk.tell(Msg::PeerAnswered { id: request.id.clone(), said });
}

#[test]
fn nobody_can_be_asked_while_it_is_not_known_who_asks() {
    let mut desk = desk(None);
    assert!(desk.screen().contains("peer"), "{}", desk.screen());
    desk.press("enter");
    assert!(desk.said().contains("[four-eyes]") && desk.said().contains("me ="), "{}", desk.said());
    desk.look_at("lamp");
    desk.press("enter");
    assert!(desk.said().contains("[four-eyes]") && desk.app.overlays.is_empty(), "{}", desk.said());
    assert_eq!((desk.executed(), requests(&desk).len()), (0, 0));
}

#[test]
fn a_plan_waits_for_the_second_person_and_runs_once() {
    let mut desk = desk(Some("alice"));
    assert!(desk.screen().contains("a second person must agree to: 1, 2, 3"), "{}", desk.screen());
    desk.press("enter");
    let [request] = requests(&desk).try_into().unwrap();
    let plan = confirm(&desk).plan.clone();
    assert_eq!((request.digest.len(), &request.digest), (64, &plan.digest()));
    assert_eq!(
        (request.by.as_str(), request.context.as_str()),
        ("alice", desk.app.world.info.context.as_str())
    );
    assert_eq!(request.until.as_second() - request.at.as_second(), 900);
    desk.tell(Msg::PeerAsked { id: request.id.clone(), file: Ok("/tmp/r.txt".into()) });
    let screen = desk.screen();
    assert!(screen.contains(&request.digest) && screen.contains("/tmp/r.txt.approval"), "{screen}");
    desk.press("y");
    assert_eq!(desk.executed(), 0);
    assert!(confirm(&desk).refused.as_ref().is_some_and(|w| w.contains("second person")));
    let effects = desk.tell(Msg::Paste("  opsbook-approval:abc\n".into()));
    assert!(matches!(&effects[..], [Effect::CheckPeer { id, .. }] if *id == request.id), "{effects:?}");
    desk.tell(Msg::PeerAnswered {
        id: request.id.clone(),
        said: Err("it is signed with a key of your own".into()),
    });
    assert!(desk.screen().contains("key of your own"));
    desk.press("y");
    assert_eq!(desk.executed(), 0);
    agree(&mut desk, &request);
    assert!(desk.screen().contains("✔ bob agreed"), "{}", desk.screen());
    desk.press("y");
    assert_eq!(desk.executed(), 1);
    let (_, approved) = desk.approved().unwrap();
    assert_eq!(approved.agreed().map(|a| a.by.as_str()), Some("bob"));
    // It failed before anything was sent: the next attempt is another plan to agree to.
    desk.fail(false);
    desk.pass(6);
    desk.press("enter");
    let all = requests(&desk);
    assert_eq!(all.len(), 2, "asked anew");
    desk.pass(2);
    agree(&mut desk, &request);
    desk.press("y");
    assert_eq!(desk.executed(), 1, "an old agreement runs nothing");
    agree(&mut desk, &all[1]);
    desk.press("y");
    assert_eq!(desk.executed(), 2);
}

#[test]
fn what_two_people_did_two_people_take_back() {
    let mut desk = desk(Some("alice"));
    desk.press("enter");
    let request = requests(&desk).remove(0);
    agree(&mut desk, &request);
    desk.press("y");
    desk.carry_out();
    let cordoned = desk.world.clone().cordoned("worker-3", true);
    desk.see(cordoned);
    desk.look_at_back("close");
    desk.press("r");
    assert_eq!(confirm(&desk).plan.op, "node.uncordon");
    desk.press("y");
    assert_eq!(desk.executed(), 1, "{}", desk.screen());
    let request = requests(&desk).pop().unwrap();
    assert_eq!(request.digest, confirm(&desk).plan.digest());
    agree(&mut desk, &request);
    desk.press("y");
    assert_eq!(desk.executed(), 2, "{}", desk.screen());
}

#[test]
fn a_step_that_is_the_way_back_needs_the_second_person_of_the_step_it_takes_back() {
    let mut desk = desk(Some("alice"));
    desk.look_at("undone");
    assert!(!desk.app.run.as_ref().unwrap().wants_peer(desk.app.run.as_ref().unwrap().tree.at(3).unwrap()));
    desk.look_at_back("script");
    desk.press("enter");
    let request = requests(&desk).remove(0);
    agree(&mut desk, &request);
    desk.press("y");
    desk.carry_out();
    desk.look_at_back("script");
    desk.press("r");
    assert_eq!(desk.step(), "undone", "{}", desk.screen());
    desk.press("enter");
    assert!(confirm(&desk).plan.peer);
    assert_eq!(desk.executed(), 1);
}

#[test]
fn a_plan_that_changed_needs_a_new_agreement() {
    let mut desk = desk(Some("alice"));
    desk.press("enter");
    let first = requests(&desk).remove(0);
    agree(&mut desk, &first);
    desk.see(desk.world.clone().change_node("worker-3", |_| {}));
    desk.press("y");
    assert_eq!(desk.executed(), 0);
    assert!(confirm(&desk).refused.as_ref().is_some_and(|w| w.contains("to one plan and to no other")));
    let all = requests(&desk);
    assert_eq!(all.len(), 2);
    assert_ne!(all[0].digest, all[1].digest);
    // The agreement to the other plan, under the name of this one.
    let said = Ok(Box::new(Agreement { request: all[1].id.clone(), ..agreement(&desk, &first) }));
    desk.tell(Msg::PeerAnswered { id: all[1].id.clone(), said });
    desk.press("y");
    assert_eq!(desk.executed(), 0);
    assert!(desk.screen().contains("another plan"), "{}", desk.screen());
}

#[test]
fn an_agreement_ends_with_its_time_and_is_asked_for_again() {
    let mut desk = desk(Some("alice"));
    desk.press("enter");
    let first = requests(&desk).remove(0);
    // Leaving and coming back does not ask anew.
    desk.press("esc enter");
    assert_eq!(requests(&desk).len(), 1);
    agree(&mut desk, &first);
    desk.now = Timestamp::from_second(first.until.as_second()).unwrap();
    desk.press("y");
    assert_eq!((desk.executed(), requests(&desk).len()), (0, 2));
    agree(&mut desk, &first);
    desk.press("y");
    assert_eq!(desk.executed(), 0);
}

#[test]
fn an_answer_that_the_session_used_before_is_none() {
    let mut desk = desk(Some("alice"));
    desk.press("enter");
    let request = requests(&desk).remove(0);
    let a = agreement(&desk, &request);
    let used = What::Agreed {
        plan: "x".into(),
        digest: a.digest,
        request: a.request,
        by: a.by,
        key: a.key,
        signed: a.at,
    };
    let recorded = desk.record(vec![used]);
    desk.tell(recorded);
    agree(&mut desk, &request);
    desk.press("y");
    assert_eq!(desk.executed(), 0);
    assert!(desk.screen().contains("used before"), "{}", desk.screen());
}

#[test]
fn a_step_by_hand_is_agreed_to_recorded_and_then_goes_its_way() {
    let mut desk = desk(Some("alice"));
    desk.look_at("lamp");
    desk.press("enter");
    assert!(confirm(&desk).plan.consequences.iter().any(|c| c.detail.contains("Pull the plug.")));
    // Critical: the name is typed too, and that alone is not enough.
    desk.type_text("lamp");
    desk.press("enter");
    assert!(confirm(&desk).refused.as_ref().is_some_and(|w| w.contains("second person")));
    let request = requests(&desk).remove(0);
    agree(&mut desk, &request);
    desk.press("enter");
    let recorded = |e: &Effect| matches!(e, Effect::Record(r) if r.iter().any(|w| matches!(w, What::Agreed { by, .. } if by == "bob")));
    assert!(desk.effects.iter().any(recorded));
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Input(_))), "{}", desk.screen());
    desk.type_text("red");
    desk.press("enter");
    assert!(desk.app.session.state.steps.contains_key("lamp") && desk.app.overlays.is_empty());
    assert_eq!(desk.executed(), 0, "nothing is sent");
}

#[test]
fn a_script_of_no_risk_asks_as_well() {
    let mut desk = desk(Some("alice"));
    desk.look_at("script");
    desk.press("enter y");
    assert_eq!(desk.executed(), 0);
    let request = requests(&desk).remove(0);
    assert_eq!(request.script.as_deref().map(str::trim), Some("true"));
    agree(&mut desk, &request);
    desk.press("y");
    assert_eq!(desk.executed(), 1);
}
