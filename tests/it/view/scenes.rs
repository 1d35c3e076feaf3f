//! Every screen, reached by the keys that lead to it, from a fixed world at a fixed time.
//!
//! To add a screen: a function that leads to it, and its line in [`scenes`].

use opsbook::app::{Hit, HitKind, Msg, TaskEvent};
use opsbook::domain::{Kind, Risk, SyncState};

use crate::support::{Desk, World, ago, event, log_line, log_streams, pod, with_own};

pub type Size = (u16, u16);
pub type Scene = fn(Size) -> Desk;

/// Every picture by name.
pub fn scenes() -> Vec<(&'static str, Scene)> {
    vec![
        ("triage-findings", |size| Desk::at(size, World::two_findings())),
        ("triage-empty", |size| Desk::at(size, World::healthy())),
        ("triage-unreachable", triage_unreachable),
        ("triage-connecting", |size| Desk::new(size, "en")),
        ("triage-loading", triage_loading),
        ("triage-forbidden", triage_forbidden),
        ("triage-second-pane", |size| pressed(size, "tab")),
        ("library-empty-field", |size| pressed(size, "/")),
        ("library-results", library_results),
        ("library-preview", library_preview),
        ("library-nothing-found", library_nothing),
        ("runbook-first-step", |size| pressed(size, "enter")),
        ("runbook-plan", |size| at_step(size, "cordon")),
        ("runbook-plan-unchecked", runbook_unchecked),
        ("runbook-tabs", |size| pressed(size, "enter tab tab")),
        ("runbook-zoom", |size| pressed(size, "enter tab z")),
        ("runbook-decision", |size| at_step(size, "why")),
        ("runbook-drain-running", runbook_running),
        ("runbook-drain-proving", runbook_proving),
        ("runbook-host", |size| at_step(size, "host")),
        ("runbook-manual", |size| at_step(size, "repair")),
        ("runbook-waiting", runbook_waiting),
        ("runbook-late", runbook_late),
        ("runbook-regressed", runbook_regressed),
        ("overlay-late", overlay_late),
        ("runbook-each", |size| each(size, "")),
        ("overlay-confirm-all", |size| each(size, "enter down enter")),
        ("runbook-script", |size| script(size, "change", "")),
        ("overlay-confirm-script", |size| script(size, "change", "enter")),
        ("runbook-script-running", runbook_script_running),
        ("runbook-unknown", runbook_unknown),
        ("runbook-done", runbook_done),
        ("runbook-unreachable", runbook_unreachable),
        ("explorer-nodes", |size| command(size, "nodes")),
        ("explorer-pods-filtered", explorer_filtered),
        ("explorer-nothing-fits", explorer_nothing_fits),
        ("explorer-empty", |size| command(size, "replicasets")),
        ("explorer-forbidden", explorer_forbidden),
        ("explorer-events", explorer_events),
        ("detail-describe", detail_describe),
        ("detail-yaml", detail_yaml),
        ("detail-logs", detail_logs),
        ("logs-merged", logs_merged),
        ("logs-times", logs_times),
        ("logs-nothing", logs_nothing),
        ("tasks", tasks),
        ("tasks-waiting", tasks_waiting),
        ("tasks-none", |size| pressed(size, "!")),
        ("session", session),
        ("session-none", |size| pressed(size, "shift-s")),
        ("help", |size| pressed(size, "?")),
        ("overlay-confirm-question", |size| keys_at(size, "drain", "enter")),
        ("overlay-confirm-long", overlay_confirm_long),
        ("overlay-confirm-typed", overlay_confirm_typed),
        ("overlay-confirm-preview", |size| keys_at(size, "drain", "p")),
        ("overlay-confirm-refused", |size| keys_at(size, "drain", "enter y")),
        ("overlay-choose", |size| keys_at(size, "soon", "enter")),
        ("overlay-palette", overlay_palette),
        ("overlay-input", overlay_input),
        ("overlay-message", |size| keys_at(size, "drain", "w")),
        ("overlay-quit-while-busy", overlay_quit),
        ("chinese-triage", |size| chinese(size, "")),
        ("chinese-runbook", |size| chinese(size, "enter")),
        ("chinese-library", |size| chinese(size, "/")),
    ]
}

fn pressed(size: Size, keys: &str) -> Desk {
    let mut desk = Desk::at(size, World::silent_node());
    desk.press(keys);
    desk
}

fn chinese(size: Size, keys: &str) -> Desk {
    let mut desk = Desk::new(size, "zh");
    desk.see(World::silent_node());
    desk.press(keys);
    desk
}

fn at_step(size: Size, step: &str) -> Desk {
    keys_at(size, step, "")
}

fn keys_at(size: Size, step: &str, keys: &str) -> Desk {
    let mut desk = Desk::at(size, World::silent_node());
    desk.walk_to(step);
    desk.press(keys);
    desk
}

fn command(size: Size, line: &str) -> Desk {
    let mut desk = Desk::at(size, World::two_findings());
    desk.press(":");
    desk.type_text(line);
    desk.press("enter");
    desk
}

fn broken() -> SyncState {
    SyncState::Stale { since: ago(41), why: "connection refused".into() }
}

/// A wait in the background.
fn tasks_waiting(size: Size) -> Desk {
    let mut desk = runbook_waiting(size);
    desk.press("!");
    desk
}

/// A step for each of two objects.
fn each(size: Size, keys: &str) -> Desk {
    let mut desk = Desk::at(size, World::healthy());
    desk.open("team/every", &[("node", "worker-3"), ("workers", "worker-1, worker-2")]);
    desk.look_at("each-worker[worker-1]");
    desk.press(keys);
    desk
}

/// A step of the runbook with scripts.
fn script(size: Size, step: &str, keys: &str) -> Desk {
    let mut desk = Desk::at(size, World::healthy());
    let values =
        [("node", "worker-3"), ("nodes", "worker-1"), ("pod", "shop/api-0"), ("token", "hunter2-hunter2")];
    desk.open("team/scripts", &values);
    desk.look_at(step);
    desk.press(keys);
    desk
}

/// A script that writes, and what it writes.
fn runbook_script_running(size: Size) -> Desk {
    let mut desk = script(size, "look", "enter");
    let (task, _) = desk.begin_task();
    let lines = (1..=40).map(|n| format!("line {n} of what it writes, a little longer than a pane is wide"));
    desk.tell(Msg::Task { id: task, event: TaskEvent::Output(lines.collect()) });
    desk.pass(7);
    desk
}

/// A runbook of the user that nobody approved.
fn runbook_unknown(size: Size) -> Desk {
    let mut desk = Desk::at(size, World::healthy());
    let params = [("node", "worker-3"), ("nodes", "worker-1"), ("pod", "shop/api-0")];
    let params = params.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    desk.app.first = Some(opsbook::domain::RunbookLink { id: "own/a".into(), params });
    desk.tell(Msg::Books(with_own("own/a.md", include_str!("../support/scripts.md"), false)));
    desk.press("enter");
    desk
}

/// A cordon that was applied and that the cluster does not show in time.
fn runbook_late(size: Size) -> Desk {
    let mut desk = keys_at(size, "cordon", "enter");
    desk.carry_out();
    desk.pass(15);
    desk
}

fn overlay_late(size: Size) -> Desk {
    let mut desk = runbook_late(size);
    desk.press("enter");
    desk
}

/// A cordon that was proved and is no longer so, seen from the step after it.
fn runbook_regressed(size: Size) -> Desk {
    let mut desk = keys_at(size, "soon", "");
    let open = desk.world.clone().cordoned("worker-3", false);
    desk.see(open);
    desk.press("shift-n");
    desk
}

fn triage_unreachable(size: Size) -> Desk {
    let mut desk = Desk::at(size, World::silent_node());
    desk.see(World::silent_node().all(&broken()));
    desk
}

fn triage_loading(size: Size) -> Desk {
    let world =
        World::nothing().sync(Kind::Pod, SyncState::Loading(12_000)).sync(Kind::Node, SyncState::Live);
    Desk::at(size, world)
}

fn triage_forbidden(size: Size) -> Desk {
    Desk::at(size, World::healthy().sync(Kind::Node, SyncState::Forbidden("list".into())))
}

fn hit(id: &str, title: &str, field: &str, fragment: &[(&str, bool)]) -> Hit {
    let fragment = fragment.iter().map(|(text, matched)| ((*text).to_owned(), *matched)).collect();
    Hit {
        kind: HitKind::Runbook,
        id: id.to_owned(),
        title: title.to_owned(),
        score: 1.0,
        field: field.to_owned(),
        fragment,
    }
}

fn library_results(size: Size) -> Desk {
    let mut desk = pressed(size, "/");
    desk.type_text("kubelet stopped");
    let hits = vec![
        hit(
            "nodes/node-not-ready",
            "Node NotReady: first triage",
            "symptoms",
            &[("Kubelet", true), (" ", false), ("stopped", true), (" posting node status", false)],
        ),
        hit(
            "etcd/etcd-restore-stacked",
            "Quorum lost for good",
            "headings",
            &[("Restart the ", false), ("kubelet", true), ("s", false)],
        ),
    ];
    let generation = desk.app.search.generation;
    desk.tell(Msg::Found { generation, hits });
    desk
}

fn library_preview(size: Size) -> Desk {
    let mut desk = library_results(size);
    desk.press("tab");
    desk
}

fn library_nothing(size: Size) -> Desk {
    let mut desk = pressed(size, "/");
    desk.type_text("zzz");
    let generation = desk.app.search.generation;
    desk.tell(Msg::Found { generation, hits: Vec::new() });
    desk
}

fn runbook_unchecked(size: Size) -> Desk {
    let mut desk = Desk::at(size, World::silent_node());
    desk.previews = false;
    desk.walk_to("cordon");
    desk
}

/// The drain was accepted and says what it waits for.
fn runbook_running(size: Size) -> Desk {
    let mut desk = keys_at(size, "drain", "enter");
    desk.approve();
    let (task, _) = desk.begin_task();
    let line = "waiting: shop/cart-0, budget cart allows 0 now; next try in 5 s".to_owned();
    desk.tell(Msg::Task { id: task, event: TaskEvent::Progress { done: 2, total: 3, line } });
    desk.pass(48);
    desk
}

fn runbook_proving(size: Size) -> Desk {
    let mut desk = keys_at(size, "drain", "enter");
    desk.approve();
    desk.carry_out();
    desk
}

fn repaired(size: Size) -> Desk {
    let mut desk = keys_at(size, "repair", "enter");
    desk.type_text("kernel panic");
    desk.press("enter");
    let at = desk.now;
    let recovered = desk.world.clone().recovered("worker-3", at);
    desk.see(recovered);
    desk
}

fn runbook_waiting(size: Size) -> Desk {
    let mut desk = repaired(size);
    desk.pass(20);
    desk
}

fn runbook_done(size: Size) -> Desk {
    let mut desk = repaired(size);
    desk.pass(61);
    desk.press("enter");
    desk.carry_out();
    let at = desk.now;
    let open = desk.world.clone().cordoned("worker-3", false).recovered("worker-3", at);
    desk.see(open);
    desk.press("enter enter");
    desk
}

fn runbook_unreachable(size: Size) -> Desk {
    let mut desk = at_step(size, "cordon");
    let broken = desk.world.clone().all(&broken());
    desk.see(broken);
    desk
}

fn explorer_filtered(size: Size) -> Desk {
    let mut desk = command(size, "pods");
    desk.press("/");
    desk.type_text("api");
    desk
}

fn explorer_nothing_fits(size: Size) -> Desk {
    let mut desk = command(size, "pods");
    desk.press("/");
    desk.type_text("zzz");
    desk.press("enter");
    desk
}

fn explorer_forbidden(size: Size) -> Desk {
    let mut desk = command(size, "pods");
    let world = World::nothing().sync(Kind::Pod, SyncState::Forbidden("list".into()));
    desk.see(world);
    desk
}

fn detail_describe(size: Size) -> Desk {
    let mut desk = command(size, "nodes");
    desk.press("end d");
    desk
}

fn detail_yaml(size: Size) -> Desk {
    let mut desk = command(size, "pods");
    desk.press("y");
    let id = detail_id(&desk);
    let text =
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: proxy-x3\n  namespace: kube-system\n".to_owned();
    desk.tell(Msg::Fetched { id, text: Ok(text) });
    desk
}

fn detail_logs(size: Size) -> Desk {
    let mut desk = command(size, "pods");
    desk.press("l");
    let id = detail_id(&desk);
    let line = |n: i64| {
        let text = format!("03:13:{n:02} request {n} answered in {} ms, 数据库 ok", n * 7);
        log_line(ago(60 - n), &text)
    };
    desk.tell(Msg::LogLines { id, lines: (0..60).map(line).collect() });
    desk
}

fn explorer_events(size: Size) -> Desk {
    let mut desk = command(size, "events");
    let late = |name: &str, seconds| {
        let message = format!("Back-off restarting failed container app in pod {name}_shop(uid-{name})");
        let mut event = event(name, "BackOff", &message, seconds);
        (event.about_kind, event.about_namespace, event.count) = ("Pod".into(), "shop".into(), 12);
        event
    };
    let mut normal = event("worker-1", "NodeReady", "Node worker-1 status is now: NodeReady", 4);
    normal.warning = false;
    let world = desk.world.clone().event(normal).event(late("api-7c9", 400)).event(late("api-8d1", 20));
    desk.see(world);
    desk
}

/// The logs of a Deployment's pods, of which one is gone and another came.
fn logs_merged(size: Size) -> Desk {
    let mut desk = command(size, "deployments");
    desk.see(World::silent_node().replica_sets());
    let effects = desk.press("l");
    for (number, id) in log_streams(&effects).into_iter().enumerate() {
        let line = |n: i64| {
            let text = format!("request {n} answered in {} ms, 数据库 ok", n * 7);
            log_line(ago(60 - n * 4 - number as i64), &text)
        };
        desk.tell(Msg::LogLines { id, lines: (0..10).map(line).collect() });
    }
    let world = desk.world.clone().without_pod("shop", "api-7c9");
    let id = log_streams(&desk.see(world.pod(pod("shop", "api-9e2", "worker-2"))))[0];
    desk.tell(Msg::LogLines { id, lines: vec![log_line(ago(-1), "listening on :8080")] });
    desk
}

fn logs_times(size: Size) -> Desk {
    let mut desk = logs_merged(size);
    desk.press("t");
    desk
}

fn logs_nothing(size: Size) -> Desk {
    let mut desk = command(size, "deployments");
    desk.see(World::silent_node().replica_sets());
    desk.press("p");
    desk
}

fn detail_id(desk: &Desk) -> u64 {
    match desk.app.screen() {
        opsbook::app::screens::Screen::Detail(detail) => detail.id,
        opsbook::app::screens::Screen::Logs(logs) => logs.streams[0].id,
        other => panic!("the screen is {}", other.title()),
    }
}

fn tasks(size: Size) -> Desk {
    let mut desk = runbook_running(size);
    desk.press("!");
    desk
}

fn session(size: Size) -> Desk {
    let mut desk = runbook_running(size);
    desk.press("shift-s");
    desk
}

/// A plan with more dangers than a small screen has rows, scrolled a page down.
fn overlay_confirm_long(size: Size) -> Desk {
    let mut desk = Desk::at(size, World::silent_node().lonely_pods(40));
    desk.walk_to("drain");
    desk.press("enter pgdn");
    desk
}

/// A plan that wants a name typed and a question accepted.
fn overlay_confirm_typed(size: Size) -> Desk {
    let mut desk = keys_at(size, "drain", "enter");
    desk.raise(Risk::High);
    desk.type_text("prod");
    desk
}

fn overlay_palette(size: Size) -> Desk {
    let mut desk = pressed(size, "ctrl-p");
    desk.type_text("sess");
    desk
}

fn overlay_input(size: Size) -> Desk {
    let mut desk = pressed(size, ":");
    desk.type_text("po");
    desk
}

fn overlay_quit(size: Size) -> Desk {
    let mut desk = runbook_running(size);
    desk.press("ctrl-c");
    desk
}
