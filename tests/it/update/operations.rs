//! Operations of the catalogue that hold secrets, last, or leave something behind.

use opsbook::app::overlay::Overlay;
use opsbook::app::{Effect, Msg, TaskEvent};
use opsbook::domain::{ContainerRow, Kind, ObjectKey, SecretText};
use opsbook::op::{DEBUG, DEBUG_END, Inputs, Undo};
use opsbook::record::{RunEnd, What};
use serde_json::json;

use crate::support::{Desk, World};

const SIZE: (u16, u16) = (80, 24);

fn secret() -> World {
    World::silent_node().object(json!({
        "kind": "Secret", "type": "Opaque", "metadata": {"namespace": "shop", "name": "db", "uid": "u", "resourceVersion": "7"},
        "data": {"password": "b2xkLW9sZA=="},
    }))
}

#[test]
fn what_is_typed_for_a_secret_is_hidden_and_known_before_anything_may_record_it() {
    let mut desk = Desk::at(SIZE, secret());
    desk.press(":");
    desk.type_text("secrets");
    desk.press("enter");
    desk.see(secret());
    desk.press("o");
    desk.type_text("secret.rotate");
    desk.press("enter");
    desk.type_text("password");
    desk.press("enter");
    desk.type_text("hunter2-hunter2");
    assert!(
        desk.screen().contains("•••••••••••••••") && !desk.screen().contains("hunter2"),
        "{}",
        desk.screen()
    );
    let effects = desk.press("enter");
    assert!(matches!(&effects[0], Effect::Taint(s) if s[0].reveal() == "hunter2-hunter2"), "{effects:?}");
    desk.press("enter");
    let Some(Overlay::Confirm(confirm)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert!(confirm.plan.summary.contains("the value that was typed"), "{}", confirm.plan.summary);
    assert!(!format!("{confirm:?}{}", desk.screen()).contains("hunter2"), "{}", desk.screen());
}

#[test]
fn a_token_is_on_the_screen_once_and_goes_with_its_message() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter c");
    desk.approve();
    let task = desk.approved().unwrap().0;
    let event = TaskEvent::Token {
        object: ObjectKey::new(Kind::ServiceAccount, "shop", "robot"),
        token: SecretText::new("eyJhbGciOi.once-and-never-again"),
        until: "2026-03-01T04:14:00Z".into(),
    };
    desk.tell(Msg::Task { id: task, event });
    let screen = desk.screen();
    assert!(screen.contains("once-and-never-again") && screen.contains("not recorded"), "{screen}");
    assert!(!format!("{:?}", desk.app).contains("once-and-never"), "only the screen shows it");
    desk.press("esc");
    assert!(!desk.screen().contains("once-and-never"), "{}", desk.screen());
}

#[test]
fn a_port_that_is_none_is_refused_where_it_is_typed() {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.press(":");
    desk.type_text("pods");
    desk.press("enter o");
    desk.type_text("port-forward");
    desk.press("enter");
    for wrong in ["99999", "0", "http"] {
        desk.type_text(wrong);
        desk.press("enter");
        let Some(Overlay::Input(input)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
        let why = format!("{wrong} is not a port: give 1 to 65535");
        assert_eq!(input.error.as_deref(), Some(why.as_str()));
        desk.press("ctrl-u");
    }
    desk.type_text("8080");
    desk.press("enter enter");
    let Some(Overlay::Confirm(confirm)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert!(confirm.plan.title.ends_with(":8080"), "{}", confirm.plan.title);
}

/// What ends with its task is not said once more as a proof, over the words of its end.
#[test]
fn how_a_shell_ended_stays_on_the_screen_and_one_task_is_one() {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.press(":");
    desk.type_text("pods");
    desk.press("enter s");
    desk.approve();
    desk.press("ctrl-] b");
    assert!(!desk.press("ctrl-c").contains(&Effect::Quit));
    assert!(desk.screen().contains("1 task runs: it stops in good order"), "{}", desk.screen());
    desk.press("esc");
    let (task, _) = desk.begin_task();
    let words = "the shell has ended with exit code 3".to_owned();
    let ended = desk.tell(Msg::Task { id: task, event: TaskEvent::Ended { end: RunEnd::Applied, words } });
    assert!(desk.said().ends_with("done: the shell has ended with exit code 3"), "{}", desk.said());
    // That a shell ended is nothing that the cluster could show.
    assert!(ended.iter().any(|e| matches!(e, Effect::Record(r) if matches!(r[..], [What::Done { .. }]))));
}

/// A desk whose task has added a debug container to a pod, as the server took it.
fn debugged() -> (Desk, serde_json::Value) {
    let row = World::healthy().0.pods.iter().next().unwrap().clone();
    let pod = json!({
        "kind": "Pod", "metadata": {
            "namespace": row.meta.namespace.as_ref(), "name": row.meta.name.as_ref(), "uid": row.meta.uid.as_ref(),
            "resourceVersion": "5",
        },
        "spec": {"nodeName": row.node.as_ref(), "containers": [{"name": "app"}]}, "status": {"phase": "Running"},
    });
    let mut desk = Desk::at(SIZE, World::healthy().object(pod.clone()));
    desk.press(":");
    desk.type_text("pods");
    desk.press("enter home o");
    desk.type_text("pod.debug");
    desk.press("enter enter enter");
    desk.press("enter");
    desk.approve();
    (desk, pod)
}

#[test]
fn a_debug_container_that_cannot_start_says_why_and_done_is_said_once() {
    let (mut desk, mut pod) = debugged();
    let (task, _) = desk.begin_task();
    let title = desk.approved().unwrap().1.plan().title.clone();
    let event = TaskEvent::Ended { end: RunEnd::Applied, words: title.clone() };
    desk.tell(Msg::Task { id: task, event });
    assert_eq!(desk.said(), format!("{title}: applied"));
    let state = |state: serde_json::Value| json!([{"name": "opsbook-debug-1", "state": state}]);
    let waiting = json!({"waiting": {"reason": "ErrImagePull", "message": "busybox:1.37: not found"}});
    pod["status"]["ephemeralContainerStatuses"] = state(waiting);
    desk.see(World::healthy().object(pod.clone()));
    let why = "opsbook-debug-1 does not start: ErrImagePull: busybox:1.37: not found";
    assert_eq!(desk.said(), format!("{title}: {why}"));
    desk.press("!");
    assert!(desk.screen().contains(why), "{}", desk.screen());
    desk.see(World::healthy().object(pod.clone()));
    assert_eq!(desk.said(), "", "said once");
    let again = json!({"waiting": {"reason": "ImagePullBackOff", "message": "Back-off pulling image"}});
    pod["status"]["ephemeralContainerStatuses"] = state(again);
    desk.see(World::healthy().object(pod.clone()));
    assert_eq!(desk.said(), "", "the kubelet changes its words with every try");
    assert!(desk.screen().contains("ImagePullBackOff"), "{}", desk.screen());
    pod["status"]["ephemeralContainerStatuses"] = state(json!({"running": {}}));
    desk.see(World::healthy().object(pod));
    assert!(desk.said().starts_with("✔ opsbook-debug-1 runs in"), "{}", desk.said());
}

fn with_debug_pod() -> World {
    let mut debug = crate::support::pod("shop", "opsbook-debug-worker-1", "worker-1");
    debug.meta.labels = [(DEBUG.into(), "node".into())].into();
    World::silent_node().pod(debug)
}

#[test]
fn debug_pods_that_are_left_over_are_named_once_at_the_start() {
    let mut desk = Desk::at(SIZE, with_debug_pod());
    let screen = desk.screen();
    assert!(
        screen.contains("1 debug pod left over")
            && screen.contains("shop/opsbook-debug-worker-1 on worker-1"),
        "{screen}"
    );
    assert!(screen.contains("node.debug-end"), "{screen}");
    desk.press("esc");
    desk.see(with_debug_pod());
    assert!(desk.app.overlays.is_empty(), "told once");
    assert!(desk.press("q").contains(&Effect::Quit), "somebody else's are not asked about");
}

/// A desk whose session has made a debug pod, and asks to leave.
fn leaving() -> Desk {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter c");
    desk.approve();
    let target = ObjectKey::new(Kind::Pod, "shop", "opsbook-debug-worker-1");
    let back = Inputs::of([("namespace", "shop"), ("pod", "opsbook-debug-worker-1")]);
    let object = target.clone();
    let records = vec![
        What::Intent {
            walk: 0,
            plan: "made".into(),
            runbook: None,
            step: None,
            op: "node.debug".into(),
            title: "debug node worker-1".into(),
            target,
            uid: "u".into(),
            inputs: Inputs::default(),
            kubectl: String::new(),
            risk: opsbook::domain::Risk::High,
            digest: "d".into(),
            read: None,
            undo: Undo::By { op: DEBUG_END.into(), inputs: back, note: String::new() },
            undoes: None,
        },
        What::Sending { plan: "made".into(), object: object.clone(), verb: "create".into() },
        What::Accepted { plan: "made".into(), object, verb: "create".into() },
        What::Outcome { plan: "made".into(), end: RunEnd::Applied, words: String::new() },
    ];
    let task = desk.approved().unwrap().0;
    desk.tell(Msg::Task { id: task, event: TaskEvent::Ended { end: RunEnd::Applied, words: String::new() } });
    let recorded = desk.record(records);
    desk.tell(recorded);
    desk.see(with_debug_pod());
    assert!(!desk.press("ctrl-c").contains(&Effect::Quit));
    assert!(desk.screen().contains("1 debug pod of this session"), "{}", desk.screen());
    desk
}

#[test]
fn debug_pods_of_this_session_are_deleted_before_it_is_left_if_that_is_wanted() {
    let mut desk = leaving();
    let effects = desk.press("down enter");
    let [Effect::Execute { task, approved, undoes, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((approved.plan().op.as_str(), undoes.as_deref()), (DEBUG_END, Some("made")));
    let id = *task;
    let ended = |end| Msg::Task { id, event: TaskEvent::Ended { end, words: "so".into() } };
    assert!(desk.tell(ended(RunEnd::Applied)).contains(&Effect::Quit));
    // What failed keeps opsbook open.
    let mut desk = leaving();
    let effects = desk.press("down enter");
    let [Effect::Execute { task, .. }] = &effects[..] else { panic!("{effects:?}") };
    let event = TaskEvent::Ended { end: RunEnd::Failed, words: "no".into() };
    assert!(!desk.tell(Msg::Task { id: *task, event }).contains(&Effect::Quit));
    let mut desk = leaving();
    assert!(desk.press("down down enter").contains(&Effect::Quit), "{}", desk.screen());
    let mut desk = leaving();
    assert!(!desk.press("enter").contains(&Effect::Quit));
}

#[test]
fn a_shell_is_a_key_away_and_is_confirmed() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.press(":");
    desk.type_text("pods");
    desk.press("enter s");
    let Some(Overlay::Confirm(confirm)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!((confirm.plan.op.as_str(), confirm.plan.takes_terminal()), ("pod.exec", true));
    desk.approve();
    assert_eq!(desk.executed(), 1);
    desk.press("ctrl-] b");
    // Of several containers one is chosen first.
    let mut two = crate::support::pod("shop", "aa-two", "worker-1");
    let side = ContainerRow { name: "side".into(), ..two.containers[0].clone() };
    two.containers = [two.containers[0].clone(), side].into();
    desk.see(World::silent_node().pod(two));
    desk.press("/");
    desk.type_text("aa-two");
    desk.press("enter s");
    assert!(desk.screen().contains("which container?"), "{}", desk.screen());
    desk.press("down enter");
    let Some(Overlay::Confirm(confirm)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert!(confirm.plan.summary.contains("container side"), "{}", confirm.plan.summary);
}
