//! Whole screens as text, at three sizes; `scenes` leads to them. A picture that changed on purpose is accepted with `INSTA_UPDATE=always cargo test --test it view`; read the
//! difference first.

mod scenes;

use std::fmt::Write;

use opsbook::app::Msg;
use opsbook::lang::{Language, within};
use opsbook::theme::{Depth, Role};
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::support::{Desk, World, pod, theme};
use super::texts;
use scenes::{Size, scenes};

/// The sizes of the pictures: the smallest full experience, a usual window, a corner of one.
const SIZES: [Size; 3] = [(80, 24), (120, 40), (40, 10)];

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

/// What the scenes say in English themselves: kubeconfigs, scripts, programs, servers, hits of a search. The words of a
/// condition are those that its runbook has.
const SAID: &[&str] = &[
    "the kubeconfig has no current context",
    "way to the API server",
    "ended with 0",
    "Quorum lost for good",
    "\"web:9\": not found",
    "a row that is wider than the pane",
    "the server took it",
    "nodes not ready",
];

/// The screens on which a list is walked, as rows and columns.
fn board(size: Size) -> Desk {
    let mut desk = scenes::each(size, "");
    desk.press("b");
    desk
}

#[test]
fn no_screen_of_a_chinese_program_has_english_words_of_the_program() {
    let (english, chinese) = (texts::pieces(Language::English), texts::pieces(Language::Chinese));
    // What Chinese messages say in the same words are Kubernetes' own.
    let own: Vec<&String> =
        english.iter().filter(|words| !chinese.iter().any(|c| c.contains(*words))).collect();
    assert!(own.len() > 1000, "the catalogue was read");
    let all = scenes().into_iter().chain([("board", board as scenes::Scene)]);
    let mut wrong = Vec::new();
    for (name, scene) in all {
        for size in [(120, 36), (200, 60)] {
            let screen = within(Language::Chinese, || scene(size).screen());
            let screen = SAID.iter().fold(screen, |screen, said| screen.replace(said, ""));
            for words in own.iter().filter(|words| screen.contains(words.as_str())) {
                let line = screen.lines().find(|line| line.contains(words.as_str())).unwrap_or_default();
                wrong.push(format!("{name}: {words}: {line}"));
            }
        }
    }
    wrong.sort_by_key(|row: &String| row.split(": ").nth(1).map(str::to_owned));
    wrong.dedup_by_key(|row| row.split(": ").nth(1).map(str::to_owned));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
        if name == "contexts" {
            assert!(first.contains("no cluster yet"), "{first}");
        } else if name != "triage-connecting" {
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

/// The columns at which a terminal shows a symbol in a row: what a wide character covers is not shown.
fn shown_at(buf: &Buffer, y: u16, symbol: &str) -> Vec<u16> {
    let (mut out, mut x) = (Vec::new(), 0);
    while x < buf.area.width {
        let cell = buf[(x, y)].symbol();
        if cell == symbol {
            out.push(x);
        }
        x += (unicode_width::UnicodeWidthStr::width(cell) as u16).max(1);
    }
    out
}

/// A box over Chinese text or emoji begins and ends in the middle of characters at every other width; its edges are
/// whole all the same.
#[test]
fn a_box_over_wide_characters_has_whole_edges() {
    for (lang, line) in [("zh", ""), ("en", "数据库节点失联👩‍🚒🔥磁盘")] {
        for width in 40..101 {
            let mut desk = Desk::new((width, 24), lang);
            desk.see(World::silent_node().pod(pod("shop", &line.repeat(20), "worker-1")));
            desk.walk_to("look");
            if line.is_empty() {
                desk.press("w");
            } else {
                desk.press(":");
                desk.type_text("pods");
                desk.press("enter ctrl-p");
            }
            let (buf, text) = desk.draw(Depth::True);
            // The title of the topmost box carries the mark of the keyboard.
            let top = (0..24).rev().find_map(|y| {
                let mark = shown_at(&buf, y, "▸").first().copied();
                mark.filter(|x| shown_at(&buf, y, "┌").contains(&(x - 1))).map(|x| (x - 1, y))
            });
            let (left, y) = top.unwrap_or_else(|| panic!("{width}: no box\n{text}"));
            let right = *shown_at(&buf, y, "┐").iter().rfind(|x| **x > left).unwrap();
            let mut below = y + 1;
            while shown_at(&buf, below, "└").iter().all(|x| *x != left) {
                let edges = shown_at(&buf, below, "│");
                assert!(edges.contains(&left) && edges.contains(&right), "{width}, row {below}\n{text}");
                below += 1;
                assert!(below < 24, "{width}: the box has no end\n{text}");
            }
        }
    }
}
