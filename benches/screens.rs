//! What long things cost on the screen: a walk of many lanes, their board, a long session, a long list to choose from. Each is measured at a
//! quarter of its length and in full: the time of a frame, of a key, of a new picture of the cluster. `cargo bench --bench screens`.
//!
//! It prints times beside what is aimed at (a frame below 16 ms, a change below 5 ms) and how much longer four times as much takes.
//! That nothing grows as a square is held by `tests/it/update/many_lanes.rs`. To measure another screen, add a line to `main`.

#[path = "../tests/it"]
mod it {
    #[allow(dead_code, unused_imports, reason = "the tests need more of it")]
    #[allow(clippy::unwrap_used, clippy::panic, reason = "it is written for tests")]
    pub mod support;
}
use it::support;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use opsbook::app::overlay::{Choose, Chosen, Overlay};
use opsbook::app::{Msg, update};
use opsbook::domain::{Press, Pressed, RunbookLink};
use opsbook::record::What;
use opsbook::theme::Depth;
use opsbook::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use support::{Desk, World, pod, theme, with_own};

const SIZE: (u16, u16) = (160, 50);
const FRAME: Duration = Duration::from_millis(16);
const CHANGE: Duration = Duration::from_millis(5);
const TIMES: usize = 25;

fn main() {
    println!("{:<34} {:>9} {:>9} {:>9}   aim", "what", "a quarter", "in full", "times");
    screen("a walk of 500 lanes of 8 steps", lanes, 500, "tab");
    let board = |count: usize| {
        let mut desk = lanes(count);
        desk.press("b");
        desk
    };
    // A list has no more than 1,000 elements (`walk::lanes`).
    screen("the board of 1,000 lanes", board, 1000, "down");
    screen("a session of 5,000 records", session, 5000, "up");
    screen("a list of 5,000 values", picker, 5000, "down");
    screen("of 5,000 values a tenth marked", marks, 5000, "space");
}

/// Measures one screen: a frame, a key, a picture.
fn screen(what: &str, of: impl Fn(usize) -> Desk, full: usize, key: &str) {
    let [mut quarter, mut whole] = [of(full / 4), of(full)];
    row(&format!("{what}: a frame"), frame(&mut quarter), frame(&mut whole), FRAME);
    row("  a key", press(&mut quarter, key), press(&mut whole, key), CHANGE);
    row("  a picture", picture(&mut quarter), picture(&mut whole), CHANGE);
}

fn row(what: &str, quarter: Duration, full: Duration, aim: Duration) {
    let [quarter, full, aim] = [quarter, full, aim].map(|time| time.as_secs_f64() * 1000.0);
    let verdict = if full < aim { "" } else { "  MISSED" };
    let times = full / quarter.max(0.001);
    println!("{what:<44} {quarter:>7.2} {full:>9.2} {times:>9.1}   {aim} ms{verdict}");
}

/// The middle of some times.
fn middle(mut once: impl FnMut(usize) -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..TIMES).map(&mut once).collect();
    times.sort_unstable();
    times[TIMES / 2]
}

/// A frame is drawn, and the core is told that it was.
fn frame(desk: &mut Desk) -> Duration {
    let theme = theme(Depth::True);
    middle(|_| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        let began = Instant::now();
        view::draw(&desk.app, &theme, &mut buffer);
        desk.draw_frame();
        let took = began.elapsed();
        black_box(buffer);
        took
    })
}

fn press(desk: &mut Desk, key: &str) -> Duration {
    let key = key.parse().expect("a key");
    middle(|n| {
        let press = Press { key, at: Duration::from_secs(60 + 2 * n as u64), how: Pressed::Fresh };
        tell(desk, Msg::Key(press))
    })
}

/// A picture in which nothing is different but its age.
fn picture(desk: &mut Desk) -> Duration {
    middle(|n| {
        let sealed = desk.world.seal(desk.now, 1000 + n as u64);
        tell(desk, Msg::Snapshot(sealed))
    })
}

fn tell(desk: &mut Desk, msg: Msg) -> Duration {
    let began = Instant::now();
    black_box(update(&mut desk.app, msg, desk.now));
    began.elapsed()
}

fn lanes(count: usize) -> Desk {
    let steps = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
    let fence = |name: &&str| {
        format!(
            "```yaml {{step=decision name={name}}}\nask: Well?\ncases: {{ 'yes': {{}}, 'no': {{}} }}\n```\n\n"
        )
    };
    let front = "---\nrunbook: 1\ntitle: Many\nparams: { of: { type: text, many: true, label: Of } }\n---\n# Many\n\n";
    let group = format!(
        "```yaml {{step=group name=all}}\neach: $of\nsteps: [{}]\norder: parallel\n```\n\n",
        steps.join(", ")
    );
    let book = format!("{front}{group}{}", steps.iter().map(fence).collect::<String>());
    let of: Vec<String> = (0..count).map(|n| format!("element-{n}")).collect();
    let mut desk = Desk::at(SIZE, World::healthy());
    let params = [("of".to_owned(), of.join(","))].into();
    desk.app.first = Some(RunbookLink { id: "own/many".into(), params });
    desk.tell(Msg::Books(with_own("own/many.md", &book, true)));
    desk.pass(1);
    let steps = desk.app.run.as_ref().map_or(0, |run| run.tree.len());
    assert_eq!(steps, 8 * count, "the walk has its lanes");
    // From now on every picture is held against its steps.
    desk.press("enter");
    assert!(desk.app.run.as_ref().is_some_and(|run| run.begun), "{}", desk.screen());
    desk
}

fn session(count: usize) -> Desk {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.press("shift-s");
    let note = |n| What::Note { text: format!("note {n}"), about: None };
    let records = desk.record((0..count).map(note).collect());
    desk.tell(records);
    desk
}

/// A parameter that takes several values: each mark lists them anew.
fn marks(count: usize) -> Desk {
    let book = "---\nrunbook: 1\ntitle: Marks\nparams: { of: { from: \"k8s:pod\", many: true } }\n---\n# Marks\n\n\
                ```yaml {step=decision name=one}\nask: Well?\ncases: { 'yes': {} }\n```\n";
    let pods = (0..count).map(|n| pod("shop", &format!("web-{n:04}"), "worker-1"));
    let mut desk = Desk::at(SIZE, pods.fold(World::healthy(), World::pod));
    desk.app.first = Some(RunbookLink { id: "own/marks".into(), params: BTreeMap::new() });
    desk.tell(Msg::Books(with_own("own/marks.md", book, true)));
    let marks =
        |desk: &Desk| matches!(desk.app.overlays.last(), Some(Overlay::Choose(choose)) if choose.marks());
    assert!(marks(&desk), "{}", desk.screen());
    (0..count / 10).for_each(|_| drop(desk.press("space down")));
    desk
}

fn picker(count: usize) -> Desk {
    let mut desk = Desk::at(SIZE, World::healthy());
    let rows = (0..count).map(|n| (format!("value-{n}-of-a-long-list"), Chosen::Nothing)).collect();
    desk.app.overlays.push(Overlay::Choose(Choose::new("which", rows)));
    // What is typed is looked for in all of them.
    desk.press("9");
    desk
}
