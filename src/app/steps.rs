//! The list of the steps of a runbook, as it is shown: rows of which each is a step, or several that are not on the way. Pure,
//! and shared by `layout`, `update` (what a click hits) and `view`.
//!
//! Must not leave a step out of reach: those that are folded stand open as long as the cursor is among them.

use crate::lang::t;
use unicode_width::UnicodeWidthStr;

use super::App;
use crate::record::Ending;
use crate::walk::{Came, Status, StepId, Walk};

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepRow {
    Step(StepId),
    /// Steps that were passed over, first and last.
    Passed(StepId, StepId),
    /// A lane of a group in which the cursor is not: the step that stands for the list, and which of its lanes it is.
    Lane(StepId, usize),
}

/// Whether the answer of another step led past this one. What a person skipped, with a reason, stays in sight.
fn passed(run: &Walk, id: StepId) -> bool {
    let skipped = matches!(run.steps[id].status(), Status::Ended(Ending::Skipped, _));
    skipped && run.steps[id].passed_by.is_some()
}

/// The rows, with the one of the present step.
pub fn rows(run: &Walk) -> (Vec<StepRow>, usize) {
    let lanes: Vec<(StepId, Option<(StepId, usize)>)> =
        run.tree.ids().map(|id| (id, run.tree.element(id).filter(|_| run.in_group(id).is_some()))).collect();
    let own = lanes.iter().find(|(id, _)| *id == run.current).and_then(|(_, lane)| *lane);
    let mut out: Vec<StepRow> = Vec::new();
    for same in lanes.chunk_by(|(a, of), (b, with)| {
        of == with && (of.is_some_and(|_| *of != own) || (passed(run, *a) && passed(run, *b)))
    }) {
        let lane = same[0].1.filter(|lane| Some(*lane) != own);
        let same: Vec<StepId> = same.iter().map(|(id, _)| *id).collect();
        match &same[..] {
            _ if lane.is_some() => out.extend(lane.map(|(group, at)| StepRow::Lane(group, at))),
            [first] | [first, ..] if passed(run, *first) && !same.contains(&run.current) => {
                out.push(StepRow::Passed(*first, same[same.len() - 1]));
            }
            _ => out.extend(same.iter().copied().map(StepRow::Step)),
        }
    }
    let current = out.iter().position(|row| *row == StepRow::Step(run.current)).unwrap_or(0);
    (out, current)
}

/// The number under which a step stands in the list.
pub fn number(run: &Walk, id: StepId) -> usize {
    run.tree.position(id).unwrap_or(0) + 1
}

/// The words of a step in the list: number, element and title.
pub fn words(app: &App, run: &Walk, id: StepId) -> String {
    let title = run.title(id, &app.options.lang);
    // Of several elements each row begins with its own: the heading is the same for all.
    let element = run.tree.element_name(id).map(|element| format!("{element} ")).unwrap_or_default();
    format!("{} {element}{title}", number(run, id))
}

/// The step of a lane at which somebody looks who chooses the lane: the one that it has come to, or its first one.
pub fn lane_step(run: &Walk, group: StepId, at: usize) -> Option<StepId> {
    match run.lanes_came(group).came.get(at)? {
        Came::To(step) | Came::Failed(step) | Came::Stopped(step) => Some(*step),
        Came::NotBegun | Came::Done => run.tree.lane_steps(group, at).first().copied(),
    }
}

/// The words of a lane: its element, how many of its steps have ended, and what it has come to.
pub fn lane_words(app: &App, run: &Walk, group: StepId, at: usize) -> String {
    let steps = run.tree.lane_steps(group, at);
    let element = steps.first().and_then(|id| run.tree.element_name(*id)).unwrap_or_default();
    let ended = steps.iter().filter(|id| run.steps[**id].status().ended()).count();
    let came = match run.lanes_came(group).came.get(at) {
        Some(Came::To(step) | Came::Failed(step) | Came::Stopped(step)) => {
            format!(" · {}", run.title(*step, &app.options.lang))
        }
        _ => String::new(),
    };
    t!("app-steps-of", element = element, ended = ended, steps = steps.len(), came = came)
}

/// The words of steps that were passed over.
pub fn passed_words(run: &Walk, first: StepId, last: StepId) -> String {
    let (first, last) = (number(run, first), number(run, last));
    if first == last {
        t!("app-steps-not-needed", first = first)
    } else {
        t!("app-steps-not-needed-2", first = first, last = last)
    }
}

/// What stands above the list: the runbook, and the values that it has.
pub fn title(app: &App, run: &Walk) -> String {
    let bound = run.shown_params().values().cloned().collect::<Vec<_>>().join(" ");
    let title = format!("{} · {bound}", run.book.title_in(&app.options.lang));
    title.trim_end_matches([' ', '·']).to_owned()
}

/// Cells before the words of a step, and behind them for its tag and the border.
pub const AROUND: u16 = 12;

/// Columns with which no title is cut.
pub fn width(app: &App, run: &Walk) -> u16 {
    let widest = run.tree.ids().map(|id| words(app, run, id).width()).max().unwrap_or(0);
    // The title of the list has its border around it and nothing else.
    let all = (widest + usize::from(AROUND)).max(title(app, run).width() + 6);
    u16::try_from(all).unwrap_or(u16::MAX)
}
