//! Where things are on the runbook screen. How many columns there are is a question of what can be read: on a narrow screen one
//! pane, on a usual one the steps beside the words over the live panes, and three columns only where each of them is wide enough.
//!
//! Must not look at the cluster: what the panes would like to have comes as [`Wants`].

use super::{Area as Rect, WIDE, columns, frame, inside, rows};
use crate::app::screens::Screen;
use crate::app::{App, bar, step_rows, steps, texts};
use crate::live::Pane;
use crate::runbook::model::StepKind;
use crate::walk::Walk;

/// From this width on steps, words and live panes stand beside each other.
pub const THREE: u16 = 150;

/// Columns of the list of steps: so many at least, and as many as its titles want up to a share of the screen.
const STEPS: u16 = 30;

/// Rows of a live pane at least, with its border.
const PANE: u16 = 4;

/// Rows that a log would like to have.
const LOG: u16 = 12;

/// The runbook screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunbookLayout {
    /// The strip of tabs of a narrow screen; empty on a wide one.
    pub tabs: Rect,
    /// Visible panes with their numbers: 0 steps, 1 text, then the live ones.
    pub panes: Vec<(usize, Rect)>,
    /// The action bar.
    pub bar: Rect,
}

impl RunbookLayout {
    /// Where a pane is, with its border.
    pub fn area(&self, pane: usize) -> Option<Rect> {
        self.panes.iter().find(|(number, _)| *number == pane).map(|(_, area)| *area)
    }
}

/// What the panes would like to have, with their borders: columns of the steps, rows of everything else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    pub steps: u16,
    pub text: u16,
    pub live: Vec<u16>,
    pub bar: u16,
    /// The step is there to be looked at: its live pane is seen even where that leaves less room for the words.
    pub look: bool,
}

/// Steps, text, live panes side by side or over each other; one of them on `zoom` or on a narrow screen. The action bar is
/// always there.
pub fn runbook(body: Rect, pane: usize, zoom: bool, wants: &Wants) -> RunbookLayout {
    let live = wants.live.len();
    let least = if body.height >= 14 { 5 } else { 3.min(body.height / 2) };
    let most = (body.height * 2 / 5).max(least);
    let (upper, bar) = rows(body, body.height - wants.bar.clamp(least, most));
    let pane = pane.min(1 + live);
    if zoom || body.width < WIDE {
        let (tabs, rest) = rows(upper, u16::from(upper.height > 3));
        let panes = if zoom || pane == 0 || live == 0 { vec![(pane, rest)] } else { over(rest, pane, wants) };
        return RunbookLayout { tabs, panes, bar };
    }
    let tabs = Rect { height: 0, ..upper };
    let three = body.width >= THREE;
    let share = if three { upper.width / 4 } else { upper.width * 2 / 5 };
    let (list, rest) = columns(upper, wants.steps.clamp(STEPS, share.max(STEPS)));
    if live == 0 {
        return RunbookLayout { tabs, panes: vec![(0, list), (1, rest)], bar };
    }
    let (text, stack) = if three {
        columns(rest, rest.width * 2 / 5)
    } else {
        // The words have half of it where they want it, less beside many panes, and what the panes do not want.
        let panes = wants.live.iter().sum::<u16>().min(rest.height);
        let part = if live > 2 { rest.height * 2 / 5 } else { rest.height / 2 };
        let half = part.max(rest.height - panes);
        rows(rest, wants.text.clamp(PANE, half.max(PANE)))
    };
    let mut panes = vec![(0, list), (1, text)];
    // At most three live panes stand below each other; the one with the keyboard is among them.
    let shown = live.min(3).min(usize::from(stack.height / PANE).max(1));
    let first = pane.saturating_sub(2).saturating_sub(shown - 1).min(live - shown);
    let heights = heights(stack.height, &wants.live[first..first + shown]);
    let mut area = stack;
    for (i, height) in heights.into_iter().enumerate() {
        let (this, below) = rows(area, height);
        panes.push((2 + first + i, this));
        area = below;
    }
    RunbookLayout { tabs, panes, bar }
}

/// On a narrow screen the words over one live pane: the one with the keyboard, or the first. Where the words need the room and
/// nothing is there to be looked at, only what has the keyboard is seen.
fn over(area: Rect, pane: usize, wants: &Wants) -> Vec<(usize, Rect)> {
    let fits = wants.text.saturating_add(PANE + 1) <= area.height;
    let halves = wants.look && area.height >= 2 * PANE;
    if !fits && !halves {
        return vec![(pane, area)];
    }
    let (text, below) = rows(area, if fits { wants.text } else { area.height / 2 });
    vec![(1, text), (pane.max(2), below)]
}

/// Shares rows among panes: each has what it wants as long as no other one has less than its share; what nobody wants goes to the
/// one that wanted most.
fn heights(all: u16, wants: &[u16]) -> Vec<u16> {
    let mut out = vec![0; wants.len()];
    let mut open: Vec<usize> = (0..wants.len()).collect();
    let mut left = all;
    while !open.is_empty() {
        let share = left / open.len() as u16;
        let (small, large): (Vec<usize>, Vec<usize>) =
            open.iter().partition(|i| wants[**i].max(PANE) <= share);
        if small.is_empty() {
            for (n, i) in large.iter().enumerate() {
                out[*i] = left / (large.len() - n) as u16;
                left -= out[*i];
            }
            break;
        }
        for i in small {
            out[i] = wants[i].max(PANE);
            left -= out[i];
        }
        open = large;
    }
    let spare = all - out.iter().sum::<u16>();
    if let Some(largest) = (0..wants.len()).max_by_key(|i| (wants[*i], *i)) {
        out[largest] += spare;
    }
    out
}

/// The same for the runbook as it is, with the keyboard in this pane.
pub fn of_runbook(app: &App, pane: usize) -> RunbookLayout {
    let body = frame(app).body;
    let zoom = matches!(app.screen(), Screen::Runbook(screen) if screen.zoom);
    let Some(run) = &app.run else { return runbook(body, pane, zoom, &Wants::default()) };
    let panes = run.panes(run.current);
    let high = |rows: usize| u16::try_from(rows + 2).unwrap_or(u16::MAX);
    let width = body.width.saturating_sub(2);
    let mut wants = Wants {
        steps: steps::width(app, run),
        text: u16::MAX,
        live: panes.iter().map(|_| PANE).collect(),
        bar: high(bar::rows(app, run, width, usize::MAX).len()),
        look: run.steps[run.current].output.is_some()
            || matches!(run.tree[run.current].kind, StepKind::View(_)),
    };
    if zoom || body.width < WIDE {
        wants.text = high(step_rows(app, width).len());
        return runbook(body, pane, zoom, &wants);
    }
    // How wide they are does not depend on how high they want to be.
    let first = runbook(body, pane, zoom, &wants);
    let width_of = |number: usize| first.area(number).map_or(0, |area| inside(area).width);
    wants.text = high(step_rows(app, width_of(1)).len());
    let live = first.panes.iter().find(|(number, _)| *number > 1).map_or(0, |(_, area)| inside(*area).width);
    let rows_of = |pane: &Result<Pane, String>| match pane {
        Ok(table @ Pane::Table { .. }) => high(1 + texts::table(app, table).map_or(0, |t| t.len().max(1))),
        Ok(Pane::Logs(what)) => {
            let logs = app.pane_logs.iter().find(|logs| logs.what == *what);
            logs.map_or(PANE, |logs| high(logs.lines.len())).min(LOG)
        }
        Ok(pane) => high(texts::pane_rows(app, pane, live).len()),
        Err(_) => PANE,
    };
    wants.live = panes.iter().map(rows_of).collect();
    runbook(body, pane, zoom, &wants)
}

/// Where the runbook's panes are, for one that is open.
pub fn panes(run: &Walk) -> usize {
    2 + run.panes(run.current).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn panes_lie_within_the_screen(
            w in 1u16..250, h in 1u16..90, pane in 0usize..8, zoom: bool,
            wants in proptest::collection::vec(0u16..60, 0..6), steps in 0u16..80, text in 0u16..80, bar in 0u16..30,
            look: bool,
        ) {
            let body = Rect::new(0, 0, w, h);
            let live = wants.len();
            let layout = runbook(body, pane, zoom, &Wants { steps, text, live: wants, bar, look });
            for (_, area) in layout.panes.iter().chain([&(0, layout.bar), &(0, layout.tabs)]) {
                prop_assert_eq!(body.intersection(*area).area(), area.area());
            }
            prop_assert!(pane > 1 + live || layout.area(pane).is_some());
            for (i, (_, a)) in layout.panes.iter().enumerate() {
                prop_assert!(layout.panes[..i].iter().all(|(_, b)| a.intersection(*b).area() == 0));
            }
        }

        #[test]
        fn rows_are_shared_and_none_is_lost(all in 0u16..90, wants in proptest::collection::vec(0u16..40, 1..4)) {
            prop_assert_eq!(heights(all, &wants).iter().sum::<u16>(), all);
        }
    }

    #[test]
    fn on_a_narrow_screen_what_is_to_be_looked_at_is_seen_with_the_words() {
        let at = |text: u16, look: bool, pane: usize| {
            let wants = Wants { steps: 40, text, live: vec![9, 9], bar: 5, look };
            let layout = runbook(Rect::new(0, 0, 80, 22), pane, false, &wants);
            layout.panes.iter().map(|(pane, area)| (*pane, area.height)).collect::<Vec<_>>()
        };
        assert_eq!(at(4, false, 1), [(1, 4), (2, 12)], "few words leave room for the pane of the step");
        assert_eq!(at(40, true, 1), [(1, 8), (2, 8)], "a view is there to be looked at");
        assert_eq!(at(40, true, 3), [(1, 8), (3, 8)], "the pane with the keyboard is the one that is seen");
        assert_eq!(at(40, false, 1), [(1, 16)], "elsewhere the words come first");
        assert_eq!(at(4, true, 0), [(0, 16)]);
    }

    #[test]
    fn words_have_a_line_that_can_be_read_at_every_width() {
        for width in [80, 100, 119, 120, 140, 149, 150, 160, 200] {
            let wants = Wants { steps: 60, text: 40, live: vec![9, 9], bar: 5, look: false };
            let layout = runbook(Rect::new(0, 0, width, 34), 1, false, &wants);
            let text = layout.area(1).unwrap();
            assert!(text.width >= 44, "{width}: {text:?}");
            assert!(width < WIDE || layout.area(0).unwrap().width >= STEPS, "{width}");
        }
    }

    #[test]
    fn a_pane_with_one_row_leaves_its_room_to_the_others() {
        assert_eq!(heights(24, &[4, 30, 30]), [4, 10, 10]);
        assert_eq!(heights(24, &[4, 6, 9]), [4, 6, 14]);
        assert_eq!(heights(9, &[30, 30, 30]), [3, 3, 3]);
    }
}
