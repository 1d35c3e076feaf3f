//! Where things are on a screen of a given size. Pure geometry, shared by `update` (to clamp and to hit-test
//! clicks) and by `view` (to paint).

mod runbook;

use ratatui::layout::Rect;
pub use ratatui::layout::{Position, Rect as Area};
pub use runbook::{RunbookLayout, Wants, of_runbook, panes, runbook};

use super::App;

/// Below this width the runbook screen shows one pane at a time.
pub const WIDE: u16 = 100;

/// The frame of every screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    pub header: Rect,
    pub body: Rect,
    /// Empty while there is no message.
    pub message: Rect,
    pub footer: Rect,
}

/// Header, body, message, footer. On a screen too small for all, the body keeps what is left.
pub fn frame(app: &App) -> Frame {
    let (width, height) = app.size;
    let header = u16::from(height >= 3);
    let footer = u16::from(height >= 4);
    // The pane of a program keeps its size: what is said meanwhile waits.
    let waits = matches!(app.screen(), super::screens::Screen::Terminal(_));
    let message = u16::from((app.status.is_some() || app.find.is_some()) && height >= 6 && !waits);
    let body = height.saturating_sub(header + footer + message);
    let row = |y: u16, h: u16| Rect::new(0, y.min(height), width, h.min(height.saturating_sub(y)));
    Frame {
        header: row(0, header),
        body: row(header, body),
        message: row(header + body, message),
        footer: row(header + body + message, footer),
    }
}

/// Columns and rows of a program's pane: the body of the screen, and at least one cell.
pub fn terminal((width, height): (u16, u16)) -> (u16, u16) {
    let around = u16::from(height >= 3) + u16::from(height >= 4);
    (width.max(1), (height - around).max(1))
}

/// The inside of a box with a border.
pub fn inside(area: Rect) -> Rect {
    Rect::new(
        area.x + 1.min(area.width),
        area.y + 1.min(area.height),
        area.width.saturating_sub(2),
        area.height.saturating_sub(2),
    )
}

/// Splits an area into a left and a right part.
pub fn columns(area: Rect, left: u16) -> (Rect, Rect) {
    let left = left.min(area.width);
    (Rect { width: left, ..area }, Rect { x: area.x + left, width: area.width - left, ..area })
}

/// Splits an area into an upper and a lower part.
pub fn rows(area: Rect, upper: u16) -> (Rect, Rect) {
    let upper = upper.min(area.height);
    (Rect { height: upper, ..area }, Rect { y: area.y + upper, height: area.height - upper, ..area })
}

/// The triage screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TriageLayout {
    pub vitals: Rect,
    pub findings: Rect,
    /// Empty when there is no room beside or below.
    pub why: Rect,
    pub what: Rect,
}

/// Findings on the left, why and what on the right; below each other on a narrow screen.
pub fn triage(body: Rect) -> TriageLayout {
    let (vitals, rest) = rows(body, u16::from(body.height >= 8));
    if body.width >= 96 {
        let (findings, right) = columns(rest, rest.width / 2);
        let (why, what) = rows(right, right.height.saturating_sub(8.min(right.height / 2)));
        return TriageLayout { vitals, findings, why, what };
    }
    let none = Rect { height: 0, ..rest };
    if rest.height < 9 {
        return TriageLayout { vitals, findings: rest, why: none, what: none };
    }
    // What to do comes before why: it is where Enter leads.
    if rest.height < 14 {
        let (findings, what) = rows(rest, rest.height - 4);
        return TriageLayout { vitals, findings, why: none, what };
    }
    let (findings, lower) = rows(rest, rest.height * 2 / 5);
    let (why, what) = rows(lower, lower.height.saturating_sub(5));
    TriageLayout { vitals, findings, why, what }
}

/// The library: results and preview, or only one of them.
pub fn library(body: Rect, reading: bool) -> (Rect, Rect, Rect) {
    let (field, rest) = rows(body, 3.min(body.height));
    if body.width >= WIDE {
        let (left, right) = columns(rest, rest.width * 2 / 5);
        return (field, left, right);
    }
    let none = Rect { width: 0, height: 0, ..rest };
    if reading { (field, none, rest) } else { (field, rest, none) }
}

/// The first step that is shown of so many, so that the present one is in sight.
pub fn first_step(height: u16, current: usize, steps: usize) -> usize {
    let height = usize::from(height);
    current.saturating_sub(height.saturating_sub(3).max(1) / 2).min(steps.saturating_sub(height))
}

/// The timeline of the session and, below it where there is room, the box of what can be taken back.
pub fn session(body: Rect, undo: usize) -> (Rect, Rect) {
    let wanted = u16::try_from(undo + 2).unwrap_or(u16::MAX);
    let height = if undo == 0 || body.height < 12 { 0 } else { wanted.min(body.height / 3) };
    rows(body, body.height - height)
}

/// The list of tasks, two rows each; below it the line that says how many older ones are not on it, and where there is
/// room the box with all words of the selected one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TasksLayout {
    pub list: Rect,
    /// The inside of its box.
    pub inside: Rect,
    pub older: Rect,
    pub words: Rect,
}

impl TasksLayout {
    /// Tasks that fit.
    pub fn shown(&self) -> usize {
        usize::from(self.inside.height) / 2
    }
}

/// The screen of the tasks.
pub fn tasks(app: &App, body: Rect) -> TasksLayout {
    /// Rows of the words with their border: enough for what a kubelet or a server says.
    const WORDS: u16 = 6;
    let dropped = app.tasks.dropped;
    let any = !app.tasks.all.is_empty() || !app.waits().is_empty();
    let height = if any && body.height >= 3 * WORDS { WORDS } else { 0 };
    let (list, words) = rows(body, body.height - height);
    let inside = self::inside(list);
    let (inside, older) = rows(inside, inside.height - u16::from(dropped > 0).min(inside.height));
    TasksLayout { list, inside, older, words }
}

/// The board of lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardLayout {
    pub head: Rect,
    pub rows: Rect,
    /// The words of the cell under the cursor.
    pub foot: Rect,
}

impl BoardLayout {
    pub fn shown(&self) -> usize {
        usize::from(self.rows.height)
    }
}

pub fn board(body: Rect) -> BoardLayout {
    let inside = inside(body);
    let (head, rest) = rows(inside, 1.min(inside.height));
    let (rows, foot) = rows(rest, rest.height.saturating_sub(1));
    BoardLayout { head, rows, foot }
}

/// The contexts to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContextsLayout {
    pub list: Rect,
    /// Why one is chosen, or what was typed.
    pub field: Rect,
    pub rows: Rect,
    /// All of the selected one; empty where there is no room.
    pub words: Rect,
}

pub fn contexts(body: Rect) -> ContextsLayout {
    /// Rows for all of one context, with their border.
    const WORDS: u16 = 6;
    let height = if body.height >= 2 * WORDS { WORDS } else { 0 };
    let (list, words) = rows(body, body.height - height);
    let (field, rows) = rows(inside(list), 1.min(inside(list).height));
    ContextsLayout { list, field, rows, words }
}

/// A box in the middle of the screen.
pub fn middle(size: (u16, u16), width: u16, height: u16) -> Rect {
    let (w, h) = (width.min(size.0), height.min(size.1));
    Rect::new((size.0 - w) / 2, (size.1 - h) / 2, w, h)
}

/// The tallest box that leaves the header and the keys in sight.
pub fn room(app: &App) -> u16 {
    let frame = frame(app);
    app.size.1 - 2 * frame.header.height.max(frame.footer.height)
}

/// A box over the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DialogLayout {
    pub area: Rect,
    /// Rows that scroll.
    pub body: Rect,
    /// Rows below them that stay in sight.
    pub fixed: Rect,
}

/// A box with so many rows that scroll and so many that stay. Those that stay take at most half of it.
pub fn dialog(app: &App, width: u16, rows: usize, fixed: usize) -> DialogLayout {
    let wanted = u16::try_from(rows + fixed + 2).unwrap_or(u16::MAX);
    let area = middle(app.size, width, wanted.min(room(app)));
    let inside = inside(area);
    let fixed = (fixed as u16).min(inside.height.div_ceil(2));
    let (body, fixed) = self::rows(inside, inside.height - fixed);
    DialogLayout { area, body, fixed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn panes_lie_within_the_screen(w in 1u16..250, h in 1u16..90) {
            let body = Rect::new(0, 0, w, h);
            let t = triage(body);
            for area in [t.vitals, t.findings, t.why, t.what] {
                prop_assert_eq!(body.intersection(area).area(), area.area());
            }
        }
    }
}
