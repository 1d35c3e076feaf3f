//! What runs in the background, with its progress and the reason it waits.

use ratatui::layout::Rect;

use crate::app::layout;
use crate::app::screens::List;
use crate::domain::age;
use crate::record::RunEnd;
use crate::theme::Role;
use crate::view::paint::Painter;

pub fn draw(p: &mut Painter<'_>, list: List, body: Rect) {
    let app = p.app;
    p.boxed(body, "Tasks", &format!("{} running", app.tasks.running()), true);
    let (inside, older) = layout::tasks(body, app.tasks.dropped);
    if older.height > 0 {
        let words = format!("{} older are in the session", app.tasks.dropped);
        p.text(older.x + 4, older.y, older.width.saturating_sub(4), &words, Role::Faint);
    }
    let waits = app.waits();
    if app.tasks.all.is_empty() && waits.is_empty() {
        p.text(inside.x, inside.y, inside.width, "Nothing ran in this session yet.", Role::Faint);
        return;
    }
    let shown = usize::from(inside.height) / 2;
    for (i, task) in app.tasks.all.iter().enumerate().skip(list.top).take(shown) {
        let row = 2 * (i - list.top) as u16;
        let y = inside.y + row;
        let (symbol, tone, state) = match &task.ended {
            None if task.cancelling => ("◐", Role::Warn, "stopping".to_owned()),
            None => ("◐", Role::Warn, format!("running {}", age(task.started, app.now))),
            Some((RunEnd::Applied, _, at)) if !task.proved && task.step.is_none() => (
                "◌",
                Role::Warn,
                format!("applied after {}, not shown by the cluster yet", age(task.started, *at)),
            ),
            Some((RunEnd::Applied, _, at)) => {
                ("✔", Role::Good, format!("done after {}", age(task.started, *at)))
            }
            Some((RunEnd::Cancelled, _, _)) => ("-", Role::Warn, "cancelled".to_owned()),
            Some((RunEnd::Failed, _, _)) => ("✖", Role::Bad, "failed".to_owned()),
            Some((RunEnd::Unknown, _, _)) => ("?", Role::Bad, "unknown, verify first".to_owned()),
        };
        p.text(inside.x + 2, y, 1, symbol, tone);
        p.text(inside.x + 4, y, inside.width / 2, &task.title, Role::Strong);
        let count = if task.total > 0 { format!("  {} of {}", task.done, task.total) } else { String::new() };
        p.text(inside.x + inside.width / 2, y, inside.width / 2, &format!("{state}{count}"), tone);
        let line = task.ended.as_ref().map_or(task.line.as_str(), |(_, words, _)| words.as_str());
        p.text(inside.x + 4, y + 1, inside.width.saturating_sub(4), line, Role::Faint);
        if i == list.selected {
            p.select(inside, row);
            p.mark(inside, row, true);
        }
    }
    let before = app.tasks.all.len();
    for (i, index) in
        waits.iter().enumerate().map(|(i, index)| (before + i, *index)).skip_while(|(i, _)| *i < list.top)
    {
        if i - list.top < shown {
            wait(p, inside, 2 * (i - list.top) as u16, index, i == list.selected);
        }
    }
}

/// A step of the runbook that waits for the cluster.
fn wait(p: &mut Painter<'_>, inside: Rect, row: u16, index: usize, selected: bool) {
    let app = p.app;
    let Some(run) = &app.run else { return };
    let (step, state) = (&run.book.steps[index], &run.steps[index]);
    let y = inside.y + row;
    let began = state.began.map(|t| age(t, app.now)).unwrap_or_default();
    let (symbol, tone, words) = match (&state.late, run.left(index, app.now)) {
        (Some(_), _) => ("✖", Role::Bad, format!("not in time, waiting {began}")),
        (None, Some(left)) => ("◌", Role::Warn, format!("waiting {began}, {left}")),
        (None, None) => ("◌", Role::Warn, format!("waiting {began}")),
    };
    p.text(inside.x + 2, y, 1, symbol, tone);
    p.text(inside.x + 4, y, inside.width / 2, &format!("{}: {}", step.kind.word(), step.title), Role::Strong);
    p.text(inside.x + inside.width / 2, y, inside.width / 2, &words, tone);
    let seen = run.seen(index, &app.world, app.now);
    p.text(inside.x + 4, y + 1, inside.width.saturating_sub(4), &seen, Role::Faint);
    if selected {
        p.select(inside, row);
        p.mark(inside, row, true);
    }
}
