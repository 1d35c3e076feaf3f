//! The list of the steps of a runbook, as it is shown: rows of which each is a step, or several that are not on the way. Pure,
//! and shared by `layout`, `update` (what a click hits) and `view`.
//!
//! Must not leave a step out of reach: those that are folded stand open as long as the cursor is among them.

use std::ops::RangeInclusive;

use unicode_width::UnicodeWidthStr;

use super::App;
use super::run::{Run, Status};
use crate::record::Ending;

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepRow {
    Step(usize),
    /// Steps that were passed over, first and last.
    Passed(RangeInclusive<usize>),
}

/// Whether a decision went past a step. What a person skipped, with a reason, stays in sight.
fn passed(run: &Run, index: usize) -> bool {
    let Some(Status::Ended(Ending::Skipped, words)) = run.steps.get(index).map(|s| &s.status) else {
        return false;
    };
    words.starts_with(super::NOT_ON_THE_WAY)
}

/// The rows, with the one of the present step.
pub fn rows(run: &Run) -> (Vec<StepRow>, usize) {
    let mut out: Vec<StepRow> = Vec::new();
    let mut index = 0;
    while index < run.steps.len() {
        let until = (index..run.steps.len()).take_while(|i| passed(run, *i)).count() + index;
        if until > index && !(index..until).contains(&run.current) {
            out.push(StepRow::Passed(index..=until - 1));
            index = until;
            continue;
        }
        let until = until.max(index + 1);
        out.extend((index..until).map(StepRow::Step));
        index = until;
    }
    let current = out.iter().position(|row| *row == StepRow::Step(run.current)).unwrap_or(0);
    (out, current)
}

/// The words of a step in the list: number, element and title.
pub fn words(app: &App, run: &Run, index: usize) -> String {
    let title = run.title(index, &app.options.lang);
    // Of several elements each row begins with its own: the heading is the same for all.
    let part = run.book.steps.get(index).and_then(|step| step.part.as_ref());
    let element = part.map(|part| format!("{} ", part.element)).unwrap_or_default();
    format!("{} {element}{title}", index + 1)
}

/// The words of steps that were passed over.
pub fn passed_words(range: &RangeInclusive<usize>) -> String {
    let (first, last) = (range.start() + 1, range.end() + 1);
    if first == last { format!("{first} not needed") } else { format!("{first}-{last} not needed") }
}

/// What stands above the list: the runbook, and the values that it has.
pub fn title(app: &App, run: &Run) -> String {
    let bound = run.shown_params().values().cloned().collect::<Vec<_>>().join(" ");
    let title = format!("{} · {bound}", run.book.title_in(&app.options.lang));
    title.trim_end_matches([' ', '·']).to_owned()
}

/// Cells before the words of a step, and behind them for its tag and the border.
pub const AROUND: u16 = 12;

/// Columns with which no title is cut.
pub fn width(app: &App, run: &Run) -> u16 {
    let widest = (0..run.steps.len()).map(|i| words(app, run, i).width()).max().unwrap_or(0);
    // The title of the list has its border around it and nothing else.
    let all = (widest + usize::from(AROUND)).max(title(app, run).width() + 6);
    u16::try_from(all).unwrap_or(u16::MAX)
}
