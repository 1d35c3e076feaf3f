//! The screen of a runbook: its live panes with their cursor, its list of steps, its bar, the keys that are named below.

use opsbook::app::screens::Screen;
use opsbook::app::{Msg, copy};
use opsbook::domain::{Mouse, MouseKind};

use crate::support::{Desk, World, log_streams, pod};

const SIZE: (u16, u16) = (120, 36);

/// What a step tells to look at is looked at from where it is shown.
#[test]
fn a_live_pane_has_a_cursor_that_leads_to_the_object() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.walk_to("cordon");
    desk.press("tab tab");
    let object = |desk: &Desk| opsbook::app::cursor::object(&desk.app).unwrap().to_string();
    let first = object(&desk);
    desk.press("down");
    let second = object(&desk);
    assert_ne!(first, second);
    assert_eq!(desk.step(), "cordon", "it walks no runbook");
    desk.press("d");
    let Screen::Detail(detail) = desk.app.screen() else { panic!("{}", desk.screen()) };
    assert_eq!(detail.key.to_string(), second);
    desk.press("esc");
    assert_eq!(object(&desk), second, "it is where it was");
    assert!(!log_streams(&desk.press("l")).is_empty(), "{}", desk.screen());
    desk.press("esc y");
    assert!(matches!(desk.app.screen(), Screen::Detail(_)));
    // A pane of one object is about that one.
    desk.press("esc tab d");
    let Screen::Detail(detail) = desk.app.screen() else { panic!("{}", desk.screen()) };
    assert_eq!(detail.key.name(), "worker-3");
}

#[test]
fn what_is_worst_stands_first_in_a_live_pane() {
    let mut bad = pod("shop", "zz-last", "worker-3");
    bad.reason = "Evicted".into();
    let mut desk = Desk::at(SIZE, World::silent_node().pod(bad));
    desk.walk_to("cordon");
    desk.press("tab tab");
    assert_eq!(opsbook::app::cursor::object(&desk.app).unwrap().name(), "zz-last", "{}", desk.screen());
}

/// A hint is a promise.
#[test]
fn no_hint_names_a_key_that_does_nothing_and_the_way_out_stays() {
    for size in [(80, 24), (100, 30), (120, 36), (160, 50)] {
        let mut desk = Desk::at(size, World::silent_node());
        desk.press("enter");
        let last = |desk: &Desk| desk.screen().lines().last().unwrap().to_owned();
        assert!(last(&desk).ends_with("esc back  ? help"), "{size:?}: {}", last(&desk));
        for absent in ["cancel", "undo", "take back", "preview"] {
            assert!(!last(&desk).contains(absent), "{absent} at the first step: {}", last(&desk));
        }
        assert!(last(&desk).contains("⏎ seen, next"), "{}", last(&desk));
        desk.walk_to("soon");
        assert!(last(&desk).contains("u undo") && last(&desk).contains("⏎ choose"), "{}", last(&desk));
    }
}

#[test]
fn steps_that_a_decision_passed_over_are_one_line_that_opens() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.walk_to("cordon");
    assert!(desk.screen().contains("- 5-6 not needed"), "{}", desk.screen());
    assert!(!desk.screen().contains("6 Pressure and taints"));
    desk.press("shift-n shift-n");
    assert!(desk.screen().contains("6 Pressure and taints"), "they are within reach: {}", desk.screen());
    desk.press("n n");
    let row = desk.screen().lines().position(|l| l.contains("5-6 not needed")).unwrap() as u16;
    desk.tell(Msg::Mouse(Mouse { kind: MouseKind::Click, column: 8, row }));
    assert!(desk.screen().contains("6 Pressure and taints"), "a click opens them: {}", desk.screen());
}

/// A command of which the end is missing is another command.
#[test]
fn no_command_in_the_bar_lacks_its_end_at_any_width() {
    for width in [60, 80, 100, 120, 150, 200] {
        let mut desk = Desk::at((width, 36), World::silent_node());
        desk.walk_to("drain");
        let command = copy::candidates(&desk.app).into_iter().find(|c| c.what == "the command").unwrap().text;
        let screen = desk.screen();
        let flat: String = screen.chars().filter(|c| !"│↳ \n".contains(*c)).collect();
        let wanted: String = command.chars().filter(|c| *c != ' ').collect();
        assert!(
            flat.contains(&format!("sameas:{wanted}")) || screen.contains("p shows the rest"),
            "{width}: {screen}"
        );
        assert!(!flat.contains("sameas:") || flat.contains(&format!("sameas:{wanted}")), "{width}: {screen}");
    }
}

/// What a person is to do stands where the eye is, and not below the fold of the text.
#[test]
fn what_is_done_by_hand_stands_in_the_bar() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.walk_to("repair");
    let screen = desk.screen();
    let bar = screen.find("manual: repair").unwrap();
    assert!(screen[bar..].contains("restart the kubelet"), "{screen}");
}

#[test]
fn a_pane_shows_the_pods_of_the_workload_that_it_names() {
    let mut desk = Desk::at(SIZE, World::healthy().replica_sets().pod(pod("shop", "stranger", "worker-1")));
    desk.open("pods/workload-rollout", &[("deployment", "shop/api")]);
    desk.see(desk.world.clone());
    desk.look_at("newest");
    let screen = desk.screen();
    assert!(screen.contains("live: pods of deployment shop/api"), "{screen}");
    assert!(screen.contains("api-7c9") && !screen.contains("stranger"), "{screen}");
}
