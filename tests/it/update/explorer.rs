//! The explorer, its filter, the command line, the palette and the mouse.

use opsbook::app::overlay::Overlay;
use opsbook::app::screens::Screen;
use opsbook::app::{Effect, Msg};
use opsbook::domain::{Interest, Kind, Mouse, MouseKind};

use crate::support::{Desk, World, ago, log_line, pod};

const SIZE: (u16, u16) = (120, 40);

fn command(line: &str) -> (Desk, Vec<Effect>) {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.press(":");
    desk.type_text(line);
    let effects = desk.press("enter");
    (desk, effects)
}

fn explorer(desk: &Desk) -> &opsbook::app::screens::Explorer {
    match desk.app.screen() {
        Screen::Explorer(e) => e,
        other => panic!("the screen is {other:?}\n{}", desk.screen()),
    }
}

#[test]
fn a_filter_works_while_it_is_typed_and_escape_takes_it_away() {
    let (mut desk, _) = command("pods");
    assert_eq!(explorer(&desk).table.len(), 7);
    desk.press("/");
    desk.type_text("api");
    assert_eq!(explorer(&desk).table.len(), 2);
    desk.press("enter");
    assert!(desk.app.overlays.is_empty());
    assert_eq!(explorer(&desk).table.len(), 2, "enter keeps it");
    desk.press("esc");
    assert_eq!(explorer(&desk).table.len(), 7, "escape clears it before it leaves");
    desk.press("/");
    desk.type_text("!api");
    assert_eq!(explorer(&desk).table.len(), 5);
    desk.press("ctrl-u");
    desk.type_text("-l app=cart");
    assert_eq!(explorer(&desk).table.len(), 2);
    desk.press("esc");
    assert_eq!(explorer(&desk).table.len(), 7, "escape in the field drops it");
    desk.press("esc");
    assert!(matches!(desk.app.screen(), Screen::Triage(_)));
}

#[test]
fn the_selection_stays_with_its_object_when_rows_move() {
    let (mut desk, _) = command("pods");
    desk.press("down down");
    let before = explorer(&desk).selected().unwrap();
    desk.see(
        desk.world.clone().pod(pod("default", "a-first", "worker-1")).without_pod("kube-system", "proxy-x3"),
    );
    assert_eq!(explorer(&desk).selected(), Some(before.clone()));
    desk.press("shift-o shift-r");
    assert_eq!(explorer(&desk).selected(), Some(before));
}

#[test]
fn the_command_line_knows_kinds_namespaces_runbooks_themes_and_leaving() {
    let kind = |line: &str| explorer(&command(line).0).kind();
    assert_eq!(
        [kind("po"), kind("nodes"), kind("deploy"), kind("pdb")],
        [Kind::Pod, Kind::Node, Kind::Deployment, Kind::PodDisruptionBudget]
    );
    assert_eq!(explorer(&command("pods kube-system").0).table.len(), 1);
    let (mut desk, _) = command("ns shop");
    desk.press(":");
    desk.type_text("pods");
    desk.press("enter");
    assert_eq!(explorer(&desk).table.len(), 6);
    desk.press("0");
    assert_eq!(explorer(&desk).table.len(), 7);
    assert_eq!(command("theme light").1, [Effect::Theme("light".into())]);
    assert!(command("theme neon").0.said().contains("high-contrast"));
    assert_eq!(command("q").1, [Effect::Quit]);
    let (desk, _) = command("gizmos");
    assert!(desk.said().contains("`gizmos`") && desk.said().contains("pods"), "{}", desk.said());
    assert!(command("").0.app.overlays.is_empty());
    assert!(command("rb none/such").0.said().contains("none/such"));
}

#[test]
fn the_palette_finds_actions_and_runbooks() {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.press("ctrl-p");
    desk.type_text("tasks");
    desk.press("enter");
    assert!(matches!(desk.app.screen(), Screen::Tasks(_)));
    desk.press("ctrl-p");
    desk.type_text("calico");
    let Some(Overlay::Choose(choose)) = desk.app.overlays.last() else { panic!() };
    assert!(choose.rows[choose.visible()[0].0].0.starts_with("network/cni-calico"));
    desk.press("ctrl-u");
    desk.type_text("qqqqqq");
    desk.press("enter");
    assert_eq!(desk.app.overlays.len(), 1, "nothing fits, so the list stays open");
    desk.press("esc");
    assert!(desk.app.overlays.is_empty() && matches!(desk.app.screen(), Screen::Tasks(_)));
}

#[test]
fn details_are_fetched_and_stopped_when_they_are_left() {
    let (mut desk, _) = command("pods");
    let effects = desk.press("end l");
    let Some(Effect::Logs { id, request }) = effects.last().cloned() else { panic!("{effects:?}") };
    assert!(request.follow && !request.previous && request.pod.name() == "web-2");
    let lines = (0..100).map(|n| log_line(ago(200 - n), &format!("line {n}"))).collect();
    desk.tell(Msg::LogLines { id, lines });
    assert!(desk.screen().contains("line 99"), "it stays at the end");
    desk.press("f g");
    assert!(desk.screen().contains("line 0"));
    let effects = desk.press("p");
    assert!(effects.contains(&Effect::StopLogs(id)), "{effects:?}");
    assert!(
        matches!(effects.iter().find(|e| matches!(e, Effect::Logs { .. })), Some(Effect::Logs { request, .. }) if request.previous)
    );
    assert!(matches!(desk.press("esc").as_slice(), [Effect::StopLogs(_)]));
}

#[test]
fn an_answer_with_an_error_is_shown_as_an_error() {
    let (mut desk, _) = command("pods");
    let effects = desk.press("y");
    let Some(Effect::Fetch { id, .. }) = effects.last() else { panic!("{effects:?}") };
    desk.tell(Msg::Fetched { id: *id, text: Err("the server said 403".into()) });
    assert!(desk.screen().contains("403"), "{}", desk.screen());
}

#[test]
fn a_value_of_nine_hundred_kilobytes_is_drawn_and_wrapped_at_once() {
    let one = format!("data:\n  one: '{}'\n", "x".repeat(900_000));
    let mut many = String::new();
    for n in 0..18_000 {
        many.push_str(&format!("  line-{n}: {}\n", "y".repeat(40)));
    }
    for (text, begins) in [(one, "one:"), (many, "line-0:")] {
        let (mut desk, _) = command("pods");
        let effects = desk.press("y");
        let Some(Effect::Fetch { id, .. }) = effects.last() else { panic!("{effects:?}") };
        let begun = std::time::Instant::now();
        desk.tell(Msg::Fetched { id: *id, text: Ok(text) });
        for keys in ["end", "pgup", "home", "w", "end", "home"] {
            desk.press(keys);
            assert!(desk.screen().contains(begins) || keys != "home", "{}", desk.screen());
        }
        // Six frames of a build without optimization on a busy machine; elsewhere one takes a minute.
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
    }
}

#[test]
fn the_mouse_selects_and_a_second_click_opens() {
    let (mut desk, _) = command("pods");
    let at = |row| Msg::Mouse(Mouse { kind: MouseKind::Click, column: 10, row });
    // Header, frame, titles, then the rows.
    desk.tell(at(5));
    assert_eq!(explorer(&desk).list.selected, 2);
    desk.tell(at(5));
    assert!(matches!(desk.app.screen(), Screen::Detail(_)));
    desk.press("esc");
    desk.tell(Msg::Mouse(Mouse { kind: MouseKind::ScrollUp, column: 0, row: 0 }));
    assert_eq!(explorer(&desk).list.selected, 0);
}

/// On a list of steps that is longer than its pane, a click hits the step that is drawn there.
#[test]
fn a_click_on_a_step_goes_to_what_is_drawn() {
    let mut desk = Desk::at((120, 18), World::silent_node());
    desk.press("enter n n n n n n n n n");
    let row = desk.screen().lines().position(|l| l.contains("12 Mend it")).unwrap() as u16;
    desk.tell(Msg::Mouse(Mouse { kind: MouseKind::Click, column: 8, row }));
    assert_eq!(desk.step(), "repair", "{}", desk.screen());
}

/// A wheel that goes to another step would change what the next enter runs.
#[test]
fn the_wheel_scrolls_what_it_is_over_and_never_goes_to_another_step() {
    let mut desk = Desk::at((160, 14), World::silent_node());
    desk.press("enter");
    let step = desk.step();
    let mut panes = Vec::new();
    for column in [5, 60, 150] {
        for _ in 0..6 {
            desk.tell(Msg::Mouse(Mouse { kind: MouseKind::ScrollDown, column, row: 4 }));
            assert_eq!(desk.step(), step, "column {column}: {}", desk.screen());
        }
        let Screen::Runbook(screen) = desk.app.screen() else { panic!("{}", desk.screen()) };
        panes.push((screen.pane, screen.scroll.top > 0));
    }
    assert_eq!(panes[..2], [(0, false), (1, true)], "the text is scrolled: {}", desk.screen());
    assert!(panes[2].0 > 1, "a live pane has the keyboard: {panes:?}");
}

#[test]
fn in_the_library_every_letter_is_text_and_enter_opens() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.press("/");
    assert_eq!(desk.app.search.hits[0].id, "nodes/node-not-ready", "what a finding points to comes first");
    let effects = desk.type_text("jkq/:?");
    assert_eq!(desk.app.search.text, "jkq/:?");
    assert_eq!(effects.len(), 6);
    desk.press("ctrl-u");
    desk.tell(Msg::Paste("x509:\tcertificate\r\nexpired".into()));
    assert!(desk.app.search.text.starts_with("x509:") && !desk.app.search.text.contains(['\n', '\t']));
    desk.press("esc");
    assert_eq!(desk.app.search.text, "");
    desk.press("enter");
    assert_eq!(desk.app.run.as_ref().unwrap().params["node"].plain(), "worker-3", "the finding binds it");
}

#[test]
fn a_row_of_the_keymap_is_all_that_a_key_for_an_operation_needs() {
    let rows = "[nodes]\nshift-x = \"node.cordon\"\n[pods]\nz = \"pod.evict\"\n[deployments]\nz = \"workload.scale\"\n";
    let mut keymap = opsbook::keymap::Keymap::built_in();
    assert_eq!(keymap.merge("keymap.toml", rows), []);
    let open = |line: &str, key: &str| {
        let (mut desk, _) = command(line);
        desk.app.keymap = std::sync::Arc::new(keymap.clone());
        desk.press(key);
        desk
    };
    for (line, key, op) in [("nodes", "shift-x", "node.cordon"), ("pods", "z", "pod.evict")] {
        let desk = open(line, key);
        let planned = match desk.app.overlays.last() {
            Some(Overlay::Confirm(confirm)) => Some(confirm.plan.op.as_str()),
            _ => desk.app.asked.as_ref().map(|asked| asked.op.as_str()),
        };
        assert_eq!(planned, Some(op), "{}", desk.screen());
    }
    // What it needs is asked for.
    let desk = open("deployments", "z");
    let asks =
        |overlay: &Overlay| matches!(overlay, Overlay::Input(input) if input.prompt.starts_with("replicas"));
    assert!(desk.app.overlays.last().is_some_and(asks), "{}", desk.screen());
}

#[test]
fn help_shows_the_keys_of_the_screen_below() {
    let (mut desk, _) = command("nodes");
    desk.press("?");
    let text = desk.screen();
    assert!(text.contains("Cordon a node: no new pods"), "an operation says its own title: {text}");
    desk.press("esc");
    assert!(matches!(desk.app.screen(), Screen::Explorer(_)));
}

#[test]
fn every_screen_is_left_with_escape() {
    for keys in ["/", ":", "?", "!", "shift-s", "shift-l", "ctrl-p", "enter", "v", "e", "tab"] {
        let mut desk = Desk::at(SIZE, World::silent_node());
        desk.press(keys);
        for _ in 0..3 {
            if matches!(desk.app.screen(), Screen::Triage(_)) && desk.app.overlays.is_empty() {
                break;
            }
            assert!(!desk.press("esc").contains(&Effect::Quit), "{keys}");
        }
        assert!(matches!(desk.app.screen(), Screen::Triage(_)), "{keys}");
    }
}

/// A claim of 10Gi in the namespace shop.
fn with_claim() -> World {
    World::silent_node().object(serde_json::json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim",
        "metadata": {"namespace": "shop", "name": "data", "uid": "u", "resourceVersion": "2"},
        "spec": {"storageClassName": "", "resources": {"requests": {"storage": "10Gi"}}},
        "status": {"phase": "Bound"},
    }))
}

#[test]
fn a_kind_that_is_not_watched_is_followed_while_its_table_is_open() {
    let (mut desk, effects) = command("pvc");
    let all = std::collections::BTreeSet::from([Interest::all(Kind::PersistentVolumeClaim)]);
    assert!(effects.contains(&Effect::Follow(all)), "{effects:?}");
    assert_eq!(explorer(&desk).table.len(), 0);
    desk.see(with_claim());
    assert_eq!(explorer(&desk).selected().unwrap().to_string(), "PersistentVolumeClaim shop/data");
    assert!(desk.screen().contains("Bound"), "{}", desk.screen());
    let effects = desk.press("esc");
    assert!(
        effects.contains(&Effect::Follow(std::collections::BTreeSet::new())),
        "nobody needs it any more: {effects:?}"
    );
}

#[test]
fn any_operation_of_the_catalogue_is_asked_for_from_the_table() {
    let (mut desk, _) = command("pvc");
    desk.see(with_claim());
    desk.press("o");
    assert!(
        desk.screen().contains("pvc.expand") && !desk.screen().contains("node.drain"),
        "{}",
        desk.screen()
    );
    desk.type_text("pvc.expand");
    desk.press("enter");
    desk.type_text("lots");
    desk.press("enter");
    assert!(desk.screen().contains("not a quantity"), "{}", desk.screen());
    desk.press("ctrl-u");
    desk.type_text("20Gi");
    desk.press("enter");
    let Some(Overlay::Confirm(confirm)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!((confirm.plan.op.as_str(), confirm.plan.summary.as_str()), ("pvc.expand", "10Gi → 20Gi"));
}

#[test]
fn nothing_opens_over_what_the_operator_went_on_to() {
    let (mut desk, _) = command("deployments");
    desk.press("r");
    let key = explorer(&desk).selected().unwrap();
    desk.press(":");
    desk.see(World::silent_node().object(crate::support::deployment(key.namespace(), key.name(), 2)));
    assert!(matches!(desk.app.overlays.as_slice(), [Overlay::Input(_)]), "{}", desk.screen());
    assert!(desk.said().contains("ask for it again"), "{}", desk.said());
    desk.type_text("y");
    assert_eq!(desk.executed(), 0);
}

#[test]
fn what_is_not_read_yet_is_planned_as_soon_as_it_is() {
    let (mut desk, _) = command("deployments");
    let effects = desk.press("r");
    let reads =
        |e: &Effect| matches!(e, Effect::Follow(set) if set.iter().any(|i| i.kind == Kind::Deployment));
    assert!(effects.iter().any(reads), "{effects:?}");
    assert!(desk.said().contains("reading "), "{}", desk.said());
    let key = explorer(&desk).selected().unwrap();
    desk.see(World::silent_node().object(crate::support::deployment(key.namespace(), key.name(), 2)));
    let Some(Overlay::Confirm(confirm)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert_eq!(confirm.plan.op, "workload.restart");
    let preview = crate::support::clean(&confirm.plan, desk.app.now);
    desk.tell(Msg::Previewed(Box::new(preview)));
    // It opened by itself: a key that was on its way to something else is no yes.
    desk.press("y");
    assert_eq!(desk.executed(), 0, "{}", desk.screen());
    desk.pass(2);
    desk.press("y");
    desk.carry_out();
    // It is proved by what is followed, so that must go on until it is.
    let mut done = crate::support::deployment(key.namespace(), key.name(), 2);
    done["metadata"]["resourceVersion"] = "9".into();
    let effects = desk.see(World::silent_node().object(done));
    assert!(desk.app.tasks.all[0].change == opsbook::op::Change::Proved, "{}", desk.screen());
    assert!(effects.iter().any(|e| matches!(e, Effect::Follow(set) if set.is_empty())), "{effects:?}");
}

#[test]
fn alike_events_are_one_row_that_opens_and_closes() {
    let (mut desk, _) = command("events");
    let late = |name: &str, seconds| {
        let message = format!("Back-off restarting failed container app in pod {name}_shop");
        let mut event = crate::support::event(name, "BackOff", &message, seconds);
        (event.about_kind, event.about_namespace) = ("Pod".into(), "shop".into());
        event
    };
    let world =
        desk.world.clone().event(late("api-7c9", 40)).event(late("api-8d1", 20)).event(late("web-1", 30));
    desk.see(world);
    desk.press("g");
    let screen = desk.screen();
    assert!(
        screen.contains("1 of 2, 4 events grouped") && screen.contains("3× Pod shop/api-8d1"),
        "{screen}"
    );
    desk.press("enter");
    assert!(desk.screen().contains("1 of 3 in this group"), "{}", desk.screen());
    desk.press("down enter");
    assert!(matches!(desk.app.screen(), Screen::Detail(d) if d.key.name().starts_with("web-1")));
    desk.press("esc esc");
    assert!(desk.screen().contains("1 of 2, 4 events grouped"), "{}", desk.screen());
    desk.press("s");
    assert!(desk.screen().contains("of 4 ─"), "{}", desk.screen());
    desk.press("w");
    assert!(desk.screen().contains("only warnings"), "{}", desk.screen());
    desk.press("s /");
    desk.type_text("web");
    assert!(desk.screen().contains("1 of 1, 1 event grouped"), "{}", desk.screen());
}

#[test]
fn a_key_for_a_row_says_why_nothing_happens_where_there_is_none() {
    let (mut desk, _) = command("replicasets");
    desk.press("o");
    assert!(desk.app.overlays.is_empty());
    assert!(desk.screen().contains("operate: there is no row here"), "{}", desk.screen());
}

#[test]
fn a_detail_follows_its_object_and_leads_to_its_owner() {
    let (mut desk, _) = command("pods");
    desk.see(World::silent_node().replica_sets());
    let effects = desk.press("end enter");
    let pod = Interest::one(&opsbook::domain::ObjectKey::new(Kind::Pod, "shop", "web-2"));
    assert!(effects.contains(&Effect::Follow([pod].into())), "{effects:?}");
    let screen = desk.screen();
    assert!(screen.contains("ReplicaSet web  2/2 ready") && screen.contains("↳ Deployment web"), "{screen}");
    assert!(screen.contains("volumes      are being read"), "{screen}");
    desk.press("shift-j");
    assert!(matches!(desk.app.screen(), Screen::Detail(d) if d.key.kind == Kind::ReplicaSet));
    desk.press("shift-j");
    assert!(matches!(desk.app.screen(), Screen::Detail(d) if d.key.kind == Kind::Deployment));
    desk.press("shift-j");
    assert!(desk.screen().contains("has no owner"), "{}", desk.screen());
    assert!(desk.press("esc esc esc").contains(&Effect::Follow([].into())), "nothing is followed any more");
}
