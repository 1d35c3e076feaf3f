//! Merged logs: which streams are asked for, and what becomes of their lines.

use opsbook::app::overlay::Overlay;
use opsbook::app::screens::{Logs, STREAMS, Screen};
use opsbook::app::{Effect, Msg};
use opsbook::domain::{ContainerRole, ContainerState, LogRequest};

use crate::support::{Desk, World, ago, log_line, log_streams, pod};

const SIZE: (u16, u16) = (120, 40);

/// The log of Deployment api is open; its streams.
fn open(world: World) -> (Desk, Vec<u64>) {
    let mut desk = Desk::at(SIZE, world);
    desk.press(":");
    desk.type_text("deployments");
    let effects = desk.press("enter l");
    let streams = log_streams(&effects);
    (desk, streams)
}

fn logs(desk: &Desk) -> &Logs {
    match desk.app.screen() {
        Screen::Logs(logs) => logs,
        other => panic!("the screen is {other:?}"),
    }
}

fn requests(effects: &[Effect]) -> Vec<LogRequest> {
    let request =
        |e: &Effect| if let Effect::Logs { request, .. } = e { Some(request.clone()) } else { None };
    effects.iter().filter_map(request).collect()
}

fn texts(desk: &Desk) -> Vec<&str> {
    logs(desk).lines.iter().map(|l| l.text.as_str()).collect()
}

/// A pod of Deployment api with two containers.
fn two_containers(name: &str) -> World {
    let mut both = pod("shop", name, "worker-2");
    let mut side = both.containers[0].clone();
    side.name = "proxy".into();
    both.containers = [both.containers[0].clone(), side].into();
    World::healthy().replica_sets().pod(both)
}

#[test]
fn the_logs_of_all_pods_of_a_workload_are_one() {
    let (mut desk, streams) = open(World::healthy().replica_sets());
    assert_eq!(streams.len(), 2);
    desk.tell(Msg::LogLines { id: streams[1], lines: vec![log_line(ago(20), "second")] });
    desk.tell(Msg::LogLines { id: streams[0], lines: vec![log_line(ago(30), "first")] });
    assert_eq!(texts(&desk), ["first", "second"]);
    let screen = desk.screen();
    assert!(screen.contains("7c9│first") && screen.contains("8d1│second"), "{screen}");
    assert!(screen.contains("2 containers, following"), "{screen}");
    let effects = desk.press("esc");
    let stopped = effects.iter().filter(|e| matches!(e, Effect::StopLogs(_))).count();
    assert_eq!(stopped, 2, "streams end with their screen");
}

#[test]
fn pods_join_leave_and_start_again() {
    let (mut desk, streams) = open(World::healthy().replica_sets());
    let world = desk.world.clone().pod(pod("shop", "api-new", "worker-2"));
    let effects = desk.see(world);
    assert_eq!(requests(&effects).iter().map(|r| r.pod.name().to_owned()).collect::<Vec<_>>(), ["api-new"]);
    assert_eq!(texts(&desk), ["api-new joined"]);
    let world = desk.world.clone().pod(pod("shop", "web-9", "worker-2"));
    assert!(requests(&desk.see(world)).is_empty(), "the pod of another workload");
    let world = desk.world.clone().without_pod("shop", "api-7c9");
    assert!(desk.see(world).contains(&Effect::StopLogs(streams[0])));
    assert_eq!(texts(&desk), ["api-new joined", "api-7c9 is gone"]);
    // A container that started again is read again, once its log has ended.
    let mut again = pod("shop", "api-8d1", "worker-1");
    again.containers[0].restarts = 1;
    again.containers[0].state = ContainerState::Running(Some(ago(1)));
    let world = desk.world.clone().pod(again);
    assert!(requests(&desk.see(world)).is_empty(), "its old log is still read");
    let effects = desk.tell(Msg::LogEnded { id: streams[1], why: None });
    assert_eq!(requests(&effects).len(), 1);
    assert!(texts(&desk).ends_with(&["api-7c9 is gone", "api-8d1 started again"]));
    let world = desk.world.clone();
    assert!(requests(&desk.see(world)).is_empty());
}

#[test]
fn too_many_are_left_out_and_that_is_said() {
    let world = (0..20).fold(World::healthy().replica_sets(), |w, n| {
        w.pod(pod("shop", &format!("api-x{n:02}"), "worker-1"))
    });
    let (mut desk, streams) = open(world);
    assert_eq!(streams.len(), STREAMS);
    assert!(texts(&desk)[0].contains("6 logs left out"), "{:?}", texts(&desk));
    assert!(desk.screen().contains("16 of 22 containers"), "{}", desk.screen());
    let world = desk.world.clone().without_pod("shop", "api-7c9");
    let effects = desk.see(world);
    assert_eq!(requests(&effects).len(), 1, "one that was left out takes the free place");
}

#[test]
fn one_container_of_several_can_be_chosen_and_all_again() {
    let (mut desk, streams) = open(two_containers("api-7c9"));
    assert_eq!(streams.len(), 3);
    let lines = vec![log_line(ago(9), "hello")];
    desk.tell(Msg::LogLines { id: streams[1], lines });
    assert!(desk.screen().contains("7c9/proxy│hello"), "{}", desk.screen());
    desk.press("c");
    let Some(Overlay::Choose(choose)) = desk.app.overlays.last() else { panic!() };
    let rows: Vec<_> = choose.rows.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(rows, ["all containers", "app  in 2 pods", "proxy  in 1 pod"]);
    let effects = desk.press("down down enter");
    assert_eq!(effects.iter().filter(|e| matches!(e, Effect::StopLogs(_))).count(), 3);
    assert_eq!(requests(&effects).iter().map(|r| r.container.clone()).collect::<Vec<_>>(), ["proxy"]);
    let effects = desk.press("c up up enter");
    assert_eq!(requests(&effects).len(), 3);
    assert!(matches!(desk.press("esc").last(), Some(Effect::StopLogs(_))));
    assert!(matches!(desk.app.screen(), Screen::Explorer(_)), "choosing does not pile up screens");
}

#[test]
fn init_sidecar_and_debug_containers_can_be_chosen() {
    let mut many = pod("shop", "api-7c9", "worker-2");
    let of = |name: &str, role: ContainerRole| {
        let mut container = many.containers[0].clone();
        (container.name, container.role, container.restarts) = (name.into(), role, 1);
        container
    };
    let all = [
        of("migrate", ContainerRole::Init),
        of("proxy", ContainerRole::Sidecar),
        of("app", ContainerRole::App),
        of("debugger", ContainerRole::Ephemeral),
    ];
    many.containers = all.into();
    let (mut desk, _) = open(World::healthy().replica_sets().pod(many));
    for name in ["migrate", "proxy", "debugger"] {
        desk.press("c");
        let Some(Overlay::Choose(choose)) = desk.app.overlays.last() else { panic!() };
        let row = choose.rows.iter().position(|(text, _)| text.starts_with(name));
        let downs = "down ".repeat(row.unwrap_or_else(|| panic!("{name} is not in {:?}", choose.rows)));
        let effects = desk.press(&format!("{}{downs}enter", "up ".repeat(9)));
        assert_eq!(requests(&effects).iter().map(|r| r.container.clone()).collect::<Vec<_>>(), [name]);
    }
}

#[test]
fn what_the_server_refuses_is_said_and_what_is_not_there_too() {
    let (mut desk, streams) = open(World::healthy().replica_sets());
    let why = Some("the log of Pod shop/api-7c9 could not be read: 403 no".to_owned());
    desk.tell(Msg::LogEnded { id: streams[0], why });
    assert!(desk.screen().contains("403 no"), "{}", desk.screen());
    let effects = desk.press("p");
    assert!(requests(&effects).is_empty(), "nothing restarted");
    assert!(desk.screen().contains("nothing restarted"), "{}", desk.screen());
    desk.press("esc :");
    desk.type_text("nodes");
    desk.press("enter enter");
    desk.act(opsbook::action::Action::Logs);
    assert!(desk.screen().contains("a Node has no log"), "{}", desk.screen());
}

#[test]
fn panes_of_a_runbook_take_the_long_form_and_workloads() {
    let mut desk = Desk::at(SIZE, two_containers("api-7c9"));
    desk.open("team/logs", &[("pod", "shop/api-7c9"), ("set", "shop/api")]);
    let mut shown = requests(&desk.effects);
    shown.retain(|r| r.pod.name() == "api-7c9" && r.container == "proxy");
    let kinds: Vec<_> = shown.iter().map(|r| (r.previous, r.follow)).collect();
    // Of a workload, of the pod with both containers; of the previous instance there is none.
    assert_eq!(kinds, [(false, true), (false, true)], "{shown:?}");
    let titles: Vec<_> = desk.app.pane_logs.iter().map(|l| l.what.title()).collect();
    assert_eq!(
        titles,
        ["log of deployment shop/api", "previous log of shop/api-7c9 app", "log of shop/api-7c9"]
    );
    assert!(desk.screen().contains("previous log of shop/api-7c9"), "{}", desk.screen());
    let open: usize = desk.app.pane_logs.iter().map(|l| l.streams.len()).sum();
    let effects = desk.press("esc");
    let stopped = effects.iter().filter(|e| matches!(e, Effect::StopLogs(_))).count();
    assert!(stopped == open && desk.app.pane_logs.is_empty(), "panes end with their runbook");
}

#[test]
fn a_log_that_breaks_off_while_its_container_runs_is_read_on() {
    let (mut desk, streams) = open(World::healthy().replica_sets());
    desk.tell(Msg::LogLines { id: streams[0], lines: vec![log_line(ago(9), "before")] });
    let broken = desk.tell(Msg::LogEnded { id: streams[0], why: None });
    assert!(requests(&broken).is_empty(), "not at once: the end may be the container's");
    assert!(desk.app.next_tick().is_some_and(|at| at.as_second() <= desk.now.as_second() + 1));
    let effects = desk.pass(1);
    let again = requests(&effects);
    assert_eq!(again.len(), 1, "{again:?}");
    assert_eq!((again[0].since, again[0].pod.name()), (Some(ago(9)), "api-7c9"));
    let id = log_streams(&effects)[0];
    let lines = vec![log_line(ago(9), "before"), log_line(ago(3), "after")];
    desk.tell(Msg::LogLines { id, lines });
    let told = texts(&desk);
    assert_eq!(told.iter().filter(|t| **t == "before").count(), 1, "{told:?}");
    assert!(
        told.contains(&"after") && told.contains(&"the log of api-7c9 broke off; it is read on"),
        "{told:?}"
    );
    let notices = |desk: &Desk| texts(desk).iter().filter(|t| t.contains("api-7c9")).count();
    assert_eq!(notices(&desk), 1, "one for the cut");
    // Without a line between, the pause grows.
    let lost = "the log of Pod shop/api-7c9 app could not be read: connection lost";
    let next = desk.tell(Msg::LogEnded { id, why: Some(lost.into()) });
    assert!(requests(&next).is_empty());
    let words = format!("{lost}; it is read on");
    assert!(texts(&desk).contains(&words.as_str()), "{:?}", texts(&desk));
    let id = log_streams(&desk.pass(1))[0];
    desk.tell(Msg::LogEnded { id, why: Some("connection refused".into()) });
    assert!(log_streams(&desk.pass(1)).is_empty());
    assert_eq!(log_streams(&desk.pass(1)).len(), 1);
    assert_eq!(notices(&desk), 2, "{:?}", texts(&desk));
    // What has ended with its container is not read on.
    let mut over = pod("shop", "api-7c9", "worker-1");
    over.containers[0].state = ContainerState::Waiting("CrashLoopBackOff".into());
    desk.see(desk.world.clone().pod(over));
    let id = logs(&desk).streams.iter().find(|s| s.source.pod.name.starts_with("api-7c9")).unwrap().id;
    desk.tell(Msg::LogEnded { id, why: None });
    assert!(log_streams(&desk.pass(60)).is_empty());
    assert!(texts(&desk).ends_with(&["the log of api-7c9 ends here"]), "{:?}", texts(&desk));
}

#[test]
fn a_cut_that_lasts_is_told_once_more_and_then_no_more() {
    let (mut desk, streams) = open(World::healthy().replica_sets());
    let mut id = streams[0];
    for _ in 0..8 {
        desk.tell(Msg::LogEnded { id, why: Some("connection refused".into()) });
        id = log_streams(&desk.pass(30))[0];
    }
    let told: Vec<_> = texts(&desk).into_iter().filter(|t| t.contains("refused")).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].starts_with("still: connection refused"), "{told:?}");
}

#[test]
fn pods_that_may_not_be_told_apart_are_not_called_none() {
    let mut world = World::healthy();
    world.0.sync[opsbook::domain::Kind::ReplicaSet as usize] =
        opsbook::domain::SyncState::Forbidden("list".into());
    let (desk, streams) = open(world);
    assert!(streams.is_empty());
    assert!(desk.screen().contains("replicasets cannot be read"), "{}", desk.screen());
}
