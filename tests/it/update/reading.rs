//! What is read: searching in every text in the same way, copying from every screen, messages in full.

use opsbook::app::overlay::Overlay;
use opsbook::app::screens::{Help, Screen};
use opsbook::app::{Effect, Msg, copy};
use opsbook::domain::{Mouse, MouseKind};
use opsbook::theme::Depth;
use ratatui::style::Modifier;

use crate::support::{Desk, World, ago, log_line, log_streams};

const SIZE: (u16, u16) = (120, 36);

fn command(size: (u16, u16), line: &str) -> Desk {
    let mut desk = Desk::at(size, World::silent_node());
    desk.press(":");
    desk.type_text(line);
    desk.press("enter");
    desk
}

/// The log of Deployment api with so many lines, some of which have an error.
fn log(lines: usize) -> Desk {
    let mut desk = Desk::at(SIZE, World::healthy().replica_sets());
    desk.press(":");
    desk.type_text("deployments");
    let id = log_streams(&desk.press("enter l"))[0];
    let line = |n: usize| {
        let words = if n % 20 == 5 { "Error: connection refused" } else { "all is well" };
        log_line(ago(lines as i64 - n as i64), &format!("{n:03} {words}"))
    };
    desk.tell(Msg::LogLines { id, lines: (0..lines).map(line).collect() });
    desk
}

fn yaml(size: (u16, u16), text: &str) -> Desk {
    let mut desk = command(size, "pods");
    let effects = desk.press("y");
    let id = effects.iter().find_map(|e| if let Effect::Fetch { id, .. } = e { Some(*id) } else { None });
    desk.tell(Msg::Fetched { id: id.unwrap(), text: Ok(text.to_owned()) });
    desk
}

fn find(desk: &mut Desk, text: &str) {
    desk.press("/");
    desk.type_text(text);
    desk.press("enter");
}

/// The cells that are marked as found, as texts, and whether they are reversed.
fn marked(desk: &Desk, depth: Depth) -> Vec<String> {
    let (buf, _) = desk.draw(depth);
    let style = crate::support::theme(depth).style(opsbook::theme::Role::Match);
    let (mut out, mut run) = (Vec::new(), String::new());
    for y in 1..buf.area.height - 1 {
        for x in 0..buf.area.width {
            let cell = &buf[(x, y)];
            let reversed = depth != Depth::None || cell.modifier.contains(Modifier::REVERSED);
            if cell.bg == style.bg.unwrap_or_default() && reversed && !cell.symbol().trim().is_empty() {
                run.push_str(cell.symbol());
            } else if !run.is_empty() {
                out.push(std::mem::take(&mut run));
            }
        }
    }
    out
}

#[test]
fn a_search_goes_from_match_to_match_around_the_ends_and_says_so() {
    let mut desk = log(100);
    find(&mut desk, "error");
    assert!(
        desk.screen().contains("/error  5 of 5") || desk.screen().contains("/error  1 of 5"),
        "{}",
        desk.screen()
    );
    desk.press("g");
    desk.press("shift-g");
    let here =
        |desk: &Desk| desk.screen().lines().find(|l| l.starts_with(" /error")).unwrap().trim().to_owned();
    let first = here(&desk);
    let mut seen = vec![first.clone()];
    for _ in 0..5 {
        desk.press("n");
        seen.push(here(&desk));
    }
    assert!(seen.iter().any(|l| l.contains("1 of 5, from the top again")), "{seen:?}");
    desk.press("shift-n");
    let back = here(&desk);
    assert!(back.contains("of 5"), "{back}");
    // Every match that is gone to is on the screen.
    for number in ["005", "025", "045", "065", "085"] {
        for _ in 0..6 {
            if desk.screen().contains(&format!("{number} Error")) {
                break;
            }
            desk.press("n");
        }
        assert!(desk.screen().contains(&format!("{number} Error")), "{number}: {}", desk.screen());
    }
    desk.press("esc");
    assert!(
        desk.app.find.is_none() && matches!(desk.app.screen(), Screen::Logs(_)),
        "esc ends the search first"
    );
}

#[test]
fn a_search_that_is_given_up_or_finds_nothing_leaves_the_text_where_it_was() {
    let mut desk = command(SIZE, "nodes");
    desk.press("?");
    desk.press("/");
    desk.type_text("critical-nonsense");
    assert!(desk.screen().contains("not found"), "{}", desk.screen());
    desk.press("enter n");
    assert_eq!(desk.said(), "`critical-nonsense` is not in this text; esc ends the search");
    desk.press("esc");
    assert!(desk.app.find.is_none());
    desk.press("/");
    desk.type_text("broken");
    desk.press("esc");
    let Screen::Help(Help { scroll, .. }) = desk.app.screen() else { panic!() };
    assert_eq!(scroll.top, 0);
}

/// One key for all texts: whoever can read it can search it.
#[test]
fn every_text_can_be_searched_with_the_same_key() {
    let text = |size| {
        let mut desk = Desk::at(size, World::silent_node());
        desk.press("enter");
        desk
    };
    let mut pane = text(SIZE);
    pane.press("n n tab tab");
    let mut message = text(SIZE);
    message.walk_to("cordon");
    message.press("p");
    let mut library = Desk::at(SIZE, World::silent_node());
    library.press("/ tab");
    let mut describe = command(SIZE, "pods");
    describe.press("enter");
    let mut help = command(SIZE, "pods");
    help.press("?");
    let texts: Vec<(&str, Desk, &str)> = vec![
        ("log", log(60), "Error"),
        ("yaml", yaml(SIZE, "kind: Pod\nspec:\n  nodeName: worker-3\n"), "nodename"),
        ("details", describe, "node"),
        ("help", help, "describe"),
        ("text of a step", text(SIZE), "node"),
        ("text of a step, narrow", text((80, 24)), "node"),
        ("live pane", pane, "worker"),
        ("preview of a plan", message, "kubectl"),
        ("preview of a runbook", library, "node"),
    ];
    for (name, mut desk, wanted) in texts {
        find(&mut desk, wanted);
        let screen = desk.screen();
        assert!(desk.app.find.is_some(), "{name}: {}\n{screen}", desk.said());
        let line = screen.lines().find(|l| l.contains(&format!("/{wanted}  "))).unwrap_or_default();
        assert!(line.contains(" of "), "{name}: {screen}");
        assert!(!marked(&desk, Depth::True).is_empty(), "{name}: nothing is marked\n{screen}");
        assert!(!marked(&desk, Depth::None).is_empty(), "{name}: nothing is marked without colour\n{screen}");
        let step = desk.step();
        desk.press("n n shift-n");
        assert_eq!(desk.step(), step, "{name}: the keys of the search walk no runbook");
    }
}

/// A hand that searches presses Enter more than once.
#[test]
fn enter_answers_no_step_as_long_as_a_search_is_open() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.walk_to("cordon");
    for wanted in ["nonsense", "cordon"] {
        find(&mut desk, wanted);
        desk.press("enter enter enter");
        assert_eq!((desk.step().as_str(), desk.executed()), ("cordon", 0), "{}", desk.screen());
        desk.press("esc");
    }
    desk.press("enter");
    assert_eq!(desk.executed(), 1, "then it runs the step again");
}

#[test]
fn a_match_behind_the_end_of_a_line_is_brought_in_sight() {
    let long = format!("  message: {} the cause\n", "word ".repeat(60));
    let mut desk = yaml((80, 24), &format!("kind: Pod\n{long}"));
    assert!(!desk.screen().contains("the cause"));
    find(&mut desk, "the cause");
    assert!(desk.screen().contains("cause"), "{}", desk.screen());
    assert_eq!(marked(&desk, Depth::True).concat().replace(' ', ""), "thecause");
}

#[test]
fn what_stands_on_two_rows_is_found_and_marked_whole() {
    let mut desk = Desk::at((160, 40), World::silent_node());
    desk.press("enter");
    let text = desk.screen();
    // Whatever the last word of a row and the first of the next one are.
    let reading = opsbook::app::texts::reading(&desk.app).unwrap();
    let broken = reading.rows.windows(2).find_map(|w| {
        let (last, first) = (w[0].split_whitespace().next_back()?, w[1].split_whitespace().next()?);
        let plain = |t: &str| t.chars().all(char::is_alphabetic);
        (plain(last) && plain(first)).then(|| format!("{last} {first}"))
    });
    let broken = broken.unwrap_or_else(|| panic!("no row goes on below:\n{text}"));
    find(&mut desk, &broken);
    assert_eq!(marked(&desk, Depth::True).concat(), broken.replace(' ', ""), "{}", desk.screen());
}

#[test]
fn tables_are_filtered_by_that_key_and_runbooks_are_searched_by_their_own() {
    let mut desk = command(SIZE, "pods");
    desk.press("/");
    assert!(desk.screen().contains("enter keeps it, esc clears it"));
    desk.press("esc");
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.press("enter shift-l");
    assert!(matches!(desk.app.screen(), Screen::Library(_)));
    desk.press("esc ? shift-g");
    assert!(desk.screen().contains("shift-l searches the runbooks"), "{}", desk.screen());
}

fn copied(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|e| if let Effect::Copy(text) = e { Some(text.as_str()) } else { None })
}

#[test]
fn a_key_copies_what_is_under_the_cursor() {
    let mut desk = command(SIZE, "pods");
    desk.press("shift-c");
    let Some(Overlay::Choose(choose)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert!(choose.rows[0].0.starts_with("the name"), "{:?}", choose.rows[0]);
    let name = desk.app.screen();
    let Screen::Explorer(explorer) = name else { panic!() };
    let name = explorer.selected().unwrap().name().to_owned();
    let effects = desk.press("enter");
    assert_eq!(copied(&effects), Some(name.as_str()));
    let said = format!("sent to the terminal's clipboard: the name, {} characters", name.len());
    assert_eq!(desk.said(), said);
}

#[test]
fn what_a_runbook_shows_and_copies_has_the_values_and_not_their_names() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.walk_to("cordon");
    let screen = desk.screen();
    assert!(screen.contains("kubectl cordon \"worker-3\"") && !screen.contains("$NODE"), "{screen}");
    let all = copy::candidates(&desk.app);
    let of = |what: &str| all.iter().find(|c| c.what == what).map(|c| c.text.as_str());
    assert!(of("the command").unwrap().contains("cordon worker-3"), "{all:?}");
    assert_eq!(of("code"), Some("kubectl cordon \"worker-3\""));
    assert_eq!(of("node"), Some("worker-3"));
    assert!(of("the text in sight").unwrap().contains("worker-3"));
}

#[test]
fn a_secret_is_neither_shown_nor_offered_to_be_copied() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.open(
        "team/scripts",
        &[("node", "worker-3"), ("nodes", "worker-1"), ("pod", "shop/api-7c9"), ("token", "hunter2-hunter2")],
    );
    let run = desk.app.run.as_ref().unwrap();
    assert_eq!(run.params["token"].plain(), "hunter2-hunter2", "it is there to be left out");
    for _ in 0..12 {
        let all = copy::candidates(&desk.app);
        assert!(all.iter().all(|c| !c.text.contains("hunter2")), "{all:?}");
        desk.act(opsbook::action::Action::NextStep);
    }
}

#[test]
fn too_long_a_text_is_not_cut_to_another_one() {
    let mut desk = yaml(SIZE, &"a: b\n".repeat(copy::LONGEST / 4));
    desk.press("shift-c");
    desk.type_text("all of the text");
    let effects = desk.press("enter");
    assert_eq!(copied(&effects), None);
    assert!(desk.said().starts_with("not copied: all of the text has "), "{}", desk.said());
}

#[test]
fn what_is_copied_does_not_run_when_it_is_pasted() {
    let mut desk = yaml(SIZE, "a: b\n\n\n");
    desk.press("shift-c");
    desk.type_text("the text");
    let effects = desk.press("enter");
    assert_eq!(copied(&effects), Some("a: b"));
}

#[test]
fn a_message_that_is_too_long_for_its_line_can_be_read_in_full() {
    let mut desk = Desk::at((80, 24), World::silent_node());
    let words = format!("the server refused: {} in the end", "error dialing backend: ".repeat(8));
    desk.tell(Msg::Said(opsbook::live::Tone::Bad, words));
    assert!(desk.screen().contains("shift-e reads all") && !desk.screen().contains("in the end"));
    desk.press("shift-e");
    assert!(desk.screen().contains("in the end"), "{}", desk.screen());
    // It is still there when another key took the line away.
    desk.press("esc down shift-e");
    assert!(desk.screen().contains("in the end"), "{}", desk.screen());
}

#[test]
fn a_field_is_mended_in_its_middle_wherever_one_is() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.press(":");
    desk.type_text("nods");
    desk.press("left e enter");
    assert!(desk.screen().contains("Nodes"), "{}", desk.screen());
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.press("/");
    desk.type_text("crah");
    desk.press("left");
    desk.type_text("s");
    assert_eq!(desk.app.search.text, "crash");
    let (x, _) = opsbook::view::cursor(&desk.app).unwrap();
    desk.press("left left");
    assert_eq!(opsbook::view::cursor(&desk.app).unwrap().0, x - 2, "the cursor is where it types");
}

#[test]
fn the_wheel_moves_no_list_that_the_pointer_is_not_over() {
    let mut desk = Desk::at((120, 24), World::silent_node());
    let wheel = |desk: &mut Desk, column| {
        desk.tell(Msg::Mouse(Mouse { kind: MouseKind::ScrollDown, column, row: 10 }));
    };
    let selected = |desk: &Desk| if let Screen::Triage(t) = desk.app.screen() { t.list.selected } else { 99 };
    wheel(&mut desk, 110);
    assert_eq!(selected(&desk), 0, "over what the finding is, no other finding is chosen");
    desk.press("/");
    wheel(&mut desk, 100);
    let Screen::Library(library) = desk.app.screen() else { panic!() };
    assert!(library.scroll.top > 0 && library.list.selected == 0, "{library:?}");
}
