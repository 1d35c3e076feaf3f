//! The board: a row for each lane, a column for each of its steps, and beside them what the lane has come to.

use crate::lang::t;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::runbook::{lane_mark, mark};
use crate::app::screens::{Board, Tally};
use crate::app::{layout, steps};
use crate::live::Tone;
use crate::theme::Role;
use crate::view::paint::{Painter, role};
use crate::walk::{Came, Status, StepId, Walk};

/// Cells of a column whose name does not fit: a number stands above it.
const NARROW: u16 = 4;

pub fn draw(p: &mut Painter<'_>, board: Board, body: Rect) {
    let Some(run) = p.app.walk(board.walk) else { return };
    let areas = layout::board(body);
    let lanes = run.lanes_came(board.group);
    let came = &lanes.came;
    let tally = Tally::of(came);
    let title = format!("{} · {}", run.title(board.group, &run.lang), run.book.title_in(&run.lang));
    let counts = t!(
        "view-screens-board-done-under-way-failed-not-begun",
        done = tally.done,
        under_way = tally.under_way,
        failed = tally.failed,
        not_begun = tally.not_begun
    );
    p.boxed(body, &title, &counts, true);
    let columns = columns(run, board, areas.rows.width);
    let heads = run.tree.lane_steps(board.group, 0);
    for (number, (x, width)) in columns.cells.iter().enumerate() {
        let name = heads.get(number).map_or(String::new(), |id| short(run, *id));
        let head = if columns.narrow { (number + 1).to_string() } else { name };
        let strong = if number == board.column { Role::Strong } else { Role::Faint };
        p.text(areas.head.x + x, areas.head.y, *width, &head, strong);
    }
    for (y, lane) in (0..areas.rows.height).zip(board.list.top..came.len()) {
        row(p, run, board, lane, came[lane], &columns, areas.rows, y);
        if lane == board.list.selected {
            p.select(areas.rows, y);
            p.mark(areas.rows, y, true);
        }
    }
    if let Some(step) = board.step(run) {
        let words = format!("{}: {}", steps::words(p.app, run, step), cell_words(run, step));
        p.text(areas.foot.x + 1, areas.foot.y, areas.foot.width.saturating_sub(1), &words, Role::Text);
    }
}

/// Where the columns stand.
struct Columns {
    /// Where the name of an element may end.
    name: u16,
    /// The first cell and the width of each column.
    cells: Vec<(u16, u16)>,
    narrow: bool,
    /// Where the words begin.
    words: u16,
}

fn columns(run: &Walk, board: Board, width: u16) -> Columns {
    let names = run.tree.lanes(board.group).filter_map(|lane| lane.element.as_deref());
    let widest = names.map(UnicodeWidthStr::width).max().unwrap_or(0) as u16;
    let name = widest.min(width / 3);
    let heads: Vec<u16> =
        run.tree.lane_steps(board.group, 0).iter().map(|id| short(run, *id).width() as u16).collect();
    let room = width.saturating_sub(name + 6) * 3 / 4;
    let narrow = heads.iter().map(|w| w + 2).sum::<u16>() > room;
    let (mut cells, mut x) = (Vec::new(), name + 5);
    for head in heads {
        let own = if narrow { NARROW } else { head + 2 };
        if x + own > width {
            break;
        }
        cells.push((x, own - 1));
        x += own;
    }
    Columns { name, cells, narrow, words: x + 1 }
}

/// The name of a step in its own file, which is short.
fn short(run: &Walk, id: StepId) -> String {
    run.tree[id].written().rsplit('/').next().unwrap_or_default().to_owned()
}

#[allow(clippy::too_many_arguments, reason = "a row of a table, and where it stands")]
fn row(
    p: &mut Painter<'_>,
    run: &Walk,
    board: Board,
    lane: usize,
    came: Came,
    columns: &Columns,
    area: Rect,
    y: u16,
) {
    let at = area.y + y;
    let (symbol, tone) = lane_mark(run, board.group, lane);
    let steps = run.tree.lane_steps(board.group, lane);
    let element = steps.first().and_then(|id| run.tree.element_name(*id)).unwrap_or_default();
    p.text(area.x + 2, at, 1, symbol, role(tone));
    p.text(area.x + 4, at, columns.name, element, Role::Text);
    for ((x, width), id) in columns.cells.iter().zip(&steps) {
        let here = lane == board.list.selected && board.cell(run, lane, board.column) == Some(*id);
        let (symbol, tone) = mark(&run.steps[*id], false);
        let cell = if here { format!("[{symbol}]") } else { symbol.to_owned() };
        let x = area.x + x - u16::from(here);
        p.text(x, at, (*width).max(3), &cell, role(tone));
    }
    let (words, tone) = match came {
        Came::NotBegun => {
            (steps.first().and_then(|id| run.waits_for_turn(*id)).unwrap_or_default(), Tone::Faint)
        }
        Came::Done => (String::new(), Tone::Good),
        Came::To(step) => (format!("{}: {}", short(run, step), cell_words(run, step)), Tone::Plain),
        Came::Failed(step) | Came::Stopped(step) => {
            (format!("{}: {}", short(run, step), cell_words(run, step)), Tone::Bad)
        }
    };
    let left = area.width.saturating_sub(columns.words);
    p.text(area.x + columns.words, at, left, &words, role(tone));
}

/// How a step stands, in a few words.
fn cell_words(run: &Walk, id: StepId) -> String {
    let state = &run.steps[id];
    if let Some(seen) = state.late() {
        return t!("view-screens-board-not-in-time", seen = seen);
    }
    match state.status() {
        Status::Todo if state.approved.is_some() => {
            t!("view-screens-board-approved-waits-for-its-turn").to_owned()
        }
        Status::Todo if state.began.is_some() => t!("view-screens-board-waiting").to_owned(),
        Status::Todo if run.its_turn(id) => t!("view-screens-board-waits-for-you").to_owned(),
        Status::Todo => run.waits_for_turn(id).unwrap_or_else(|| t!("view-screens-board-to-do").to_owned()),
        Status::Running(_) => t!("view-screens-board-running").to_owned(),
        Status::Proving { .. } => t!("view-screens-board-applied-not-shown-by-cluster-yet").to_owned(),
        Status::Ended(_, words)
        | Status::Failed(words)
        | Status::TakenBack(words)
        | Status::Unknown(words) => words.clone(),
    }
}
