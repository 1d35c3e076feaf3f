//! Whole screens as text, at three sizes, from a fixed world at a fixed time, each reached by the keys that lead to
//! it. A picture that changed on purpose is accepted with `INSTA_UPDATE=always cargo test --test it view`; read the
//! difference first.
//!
//! To add a screen: a function that leads to it, and its line in [`scenes`].

use std::fmt::Write;

use opsbook::app::{Hit, HitKind, Msg, TaskEvent};
use opsbook::domain::{Kind, Risk, SyncState};
use opsbook::theme::{Depth, Role};
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::support::{Desk, World, ago, pod, theme};

type Size = (u16, u16);
type Scene = fn(Size) -> Desk;

/// The sizes of the pictures: the smallest full experience, a usual window, a corner of one.
const SIZES: [Size; 3] = [(80, 24), (120, 40), (40, 10)];

/// Every picture by name.
fn scenes() -> Vec<(&'static str, Scene)> {
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
        ("runbook-done", runbook_done),
        ("runbook-unreachable", runbook_unreachable),
        ("explorer-nodes", |size| command(size, "nodes")),
        ("explorer-pods-filtered", explorer_filtered),
        ("explorer-nothing-fits", explorer_nothing_fits),
        ("explorer-empty", |size| command(size, "replicasets")),
        ("explorer-forbidden", explorer_forbidden),
        ("detail-describe", detail_describe),
        ("detail-yaml", detail_yaml),
        ("detail-logs", detail_logs),
        ("tasks", tasks),
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
    let line = |n: u32| format!("03:13:{n:02} request {n} answered in {} ms, 数据库 ok", n * 7);
    desk.tell(Msg::LogLines { id, lines: (0..60).map(line).collect() });
    desk
}

fn detail_id(desk: &Desk) -> u64 {
    match desk.app.screen() {
        opsbook::app::screens::Screen::Detail(detail) => detail.id,
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

#[test]
fn screens_look_as_accepted() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut differ = Vec::new();
    for (name, scene) in scenes() {
        let mut text = String::new();
        for size in SIZES {
            writeln!(text, "== {}x{}", size.0, size.1).unwrap();
            text.push_str(&scene(size).screen());
        }
        let compared = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            settings.bind(|| insta::assert_snapshot!(name, text));
        }));
        if compared.is_err() {
            differ.push(name);
        }
    }
    assert!(differ.is_empty(), "these screens differ: {differ:?}");
}

#[test]
fn no_screen_is_too_small_to_draw() {
    for (name, scene) in scenes() {
        for size in [(10, 5), (1, 1), (0, 0), (2, 2), (200, 3), (3, 60), (250, 90)] {
            let mut desk = scene((80, 24));
            desk.tell(Msg::Resize(size.0, size.1));
            let (buf, _) = desk.draw(Depth::True);
            assert_eq!((buf.area.width, buf.area.height), size, "{name}");
            opsbook::view::cursor(&desk.app);
        }
    }
}

#[test]
fn screens_reached_on_a_tiny_terminal_do_not_panic() {
    for (_, scene) in scenes() {
        for size in [(10, 5), (1, 1)] {
            scene(size).draw(Depth::None);
        }
    }
}

#[test]
fn a_cursor_stands_within_the_screen() {
    for (name, scene) in scenes() {
        for size in SIZES {
            if let Some((x, y)) = opsbook::view::cursor(&scene(size).app) {
                assert!(x < size.0 && y < size.1, "{name} at {size:?}: {x},{y}");
            }
        }
    }
}

/// Every screen says where it is, and which keys do something.
#[test]
fn the_header_names_the_cluster_and_the_footer_names_keys() {
    for (name, scene) in scenes() {
        let text = scene((80, 24)).screen();
        let first = text.lines().next().unwrap();
        if name != "triage-connecting" {
            assert!(first.contains("prod-eu-1"), "{name}: {first}");
        }
        let last = text.lines().nth(23).unwrap_or_default();
        let framed = last.starts_with(['└', '│']);
        assert!(!last.trim().is_empty() && !framed, "{name} names no key:\n{text}");
    }
}

/// The cells of a screen as runs of one style: `row from-to style text`.
fn styles(buf: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buf.area.height {
        let mut x = 0;
        while x < buf.area.width {
            let (from, style) = (x, buf[(x, y)].style());
            let mut text = String::new();
            while x < buf.area.width && buf[(x, y)].style() == style {
                text.push_str(buf[(x, y)].symbol());
                x += 1;
            }
            let (fg, bg) = (colour(style.fg), colour(style.bg));
            writeln!(
                out,
                "{y:>2} {from:>3}-{:<3} {fg} on {bg} {:?} {}",
                x - 1,
                style.add_modifier,
                text.trim_end()
            )
            .unwrap();
        }
    }
    out
}

fn colour(colour: Option<Color>) -> String {
    match colour {
        None | Some(Color::Reset) => "-".to_owned(),
        Some(colour) => colour.to_string(),
    }
}

fn styled() -> Desk {
    Desk::at((80, 24), World::two_findings())
}

#[test]
fn styles_look_as_accepted_at_every_depth() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (name, depth) in [("true", Depth::True), ("sixteen", Depth::Sixteen), ("none", Depth::None)] {
        let text = styles(&styled().draw(depth).0);
        settings.bind(|| insta::assert_snapshot!(format!("styles-{name}"), text));
    }
}

/// The row on which a text stands.
fn row_of(text: &str, wanted: &str) -> u16 {
    let at = text.lines().position(|l| l.contains(wanted));
    at.unwrap_or_else(|| panic!("{wanted} is not on\n{text}")) as u16
}

#[test]
fn without_colours_selection_and_severity_are_still_told_apart() {
    let (buf, text) = styled().draw(Depth::None);
    for cell in &buf.content {
        assert!(matches!((cell.fg, cell.bg), (Color::Reset, Color::Reset)), "{cell:?}");
    }
    let (selected, other) = (row_of(&text, "worker-3 stopped"), row_of(&text, "out of memory"));
    let reversed = |row: u16| buf[(10, row)].modifier.contains(Modifier::REVERSED);
    assert!(reversed(selected) && !reversed(other), "\n{text}");
    let line = |row: u16| text.lines().nth(usize::from(row)).unwrap();
    // The selection is a mark and the severity a symbol, so that neither needs a style.
    assert!(line(selected).contains('▶') && line(selected).contains('✖'), "{}", line(selected));
    assert!(!line(other).contains('▶') && line(other).contains('▲'), "{}", line(other));
    let plain = theme(Depth::None);
    for role in [Role::Selection, Role::Match, Role::Header] {
        assert_ne!(plain.style(role), plain.style(Role::Text), "{}", role.name());
    }
}

#[test]
fn wide_characters_are_cut_at_their_cells() {
    let mut world = World::silent_node();
    for name in ["数据库-0", "数据库-1"] {
        world = world.pod(pod("shop", name, "worker-1"));
    }
    for width in 20..60 {
        let mut desk = Desk::at((width, 12), world.clone());
        desk.press(":");
        desk.type_text("pods");
        desk.press("enter");
        let (buf, _) = desk.draw(Depth::True);
        for y in 0..12 {
            let last = buf[(width - 1, y)].symbol();
            assert!(unicode_width::UnicodeWidthStr::width(last) <= 1, "{width}: {last} is cut at the edge");
        }
    }
}
