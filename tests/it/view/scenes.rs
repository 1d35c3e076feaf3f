//! Every screen, reached by the keys that lead to it, from a fixed world at a fixed time.
//!
//! To add a screen: a function that leads to it, and its line in [`scenes`].

mod explorer;
mod runbook;
mod terminal;

use opsbook::app::screens::{ContextRow, Contexts, Screen};
use opsbook::app::{Found, Hit, HitKind, Msg, Reading};
use opsbook::domain::{Kind, Risk, SyncState};

use crate::support::{Desk, World, ago};
use explorer::{
    detail_describe, detail_logs, detail_yaml, explorer_events, explorer_filtered, explorer_forbidden,
    explorer_nothing_fits, logs_merged, logs_nothing, logs_times,
};
pub use runbook::each;
use runbook::{
    overlay_late, runbook_done, runbook_late, runbook_proving, runbook_regressed, runbook_running,
    runbook_script_running, runbook_unchecked, runbook_unknown, runbook_unreachable, runbook_waiting, script,
};
use terminal::{terminal, terminal_ended};

pub type Size = (u16, u16);
pub type Scene = fn(Size) -> Desk;

/// Every picture by name.
pub fn scenes() -> Vec<(&'static str, Scene)> {
    vec![
        ("contexts", contexts),
        ("triage-findings", |size| Desk::at(size, World::two_findings())),
        ("triage-empty", |size| Desk::at(size, World::healthy())),
        ("triage-young", |size| Desk::at(size, World::healthy().pulling(20))),
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
        ("terminal", |size| terminal(size, "")),
        ("terminal-asking", |size| terminal(size, "ctrl-]")),
        ("terminal-ended", terminal_ended),
        ("tasks-terminal", |size| terminal(size, "ctrl-] b !")),
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

fn contexts(size: Size) -> Desk {
    let row = |name: &str, server: &str, namespace: &str, production| ContextRow {
        name: name.to_owned(),
        cluster: name.to_owned(),
        server: server.to_owned(),
        namespace: namespace.to_owned(),
        production,
    };
    let rows = vec![
        row("kind-mine", "https://127.0.0.1:41243", "", false),
        row(
            "arn:aws:eks:eu-west-1:123456789012:cluster/shop-prod",
            "https://a.eks.amazonaws.com",
            "shop",
            true,
        ),
        row("生产", "https://10.0.0.1:6443", "default", false),
    ];
    let mut desk = Desk::at(size, World::nothing());
    let why = "the kubeconfig has no current context".to_owned();
    desk.app.screens = vec![Screen::Contexts(Contexts { why, rows, ..Contexts::default() })];
    desk.press("down");
    desk
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
        about: true,
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
    desk.tell(Msg::Found { generation, found: Found { hits, ..Found::default() } });
    desk
}

fn library_preview(size: Size) -> Desk {
    let mut desk = library_results(size);
    desk.press("tab");
    desk
}

fn library_nothing(size: Size) -> Desk {
    let mut desk = pressed(size, "/");
    desk.type_text("zzz drian");
    let generation = desk.app.search.generation;
    let reading = Reading { meant: vec![("drian".into(), "drain".into())], nowhere: vec!["zzz".into()] };
    desk.tell(Msg::Found { generation, found: Found { reading, ..Found::default() } });
    desk
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
