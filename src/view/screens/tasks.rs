//! What runs in the background, with its progress and the reason it waits.

use crate::lang::t;
use ratatui::layout::Rect;

use unicode_width::UnicodeWidthStr;

use crate::app::prose::{Look, wrap};
use crate::app::screens::List;
use crate::app::{App, Task, layout};
use crate::domain::age;
use crate::record::RunEnd;
use crate::theme::Role;
use crate::view::paint::Painter;
use crate::walk::StepId;

/// A task or a wait as it is shown: two rows.
struct Row {
    symbol: &'static str,
    tone: Role,
    title: String,
    /// How it is, in a few words.
    state: String,
    /// What it waits for, or how it ended.
    words: String,
}

pub fn draw(p: &mut Painter<'_>, list: List, body: Rect) {
    let app = p.app;
    let layout = layout::tasks(app, body);
    p.boxed(
        layout.list,
        t!("view-screens-tasks-tasks"),
        &t!("view-screens-tasks-running", running = app.tasks.running()),
        true,
    );
    let (inside, older) = (layout.inside, layout.older);
    if older.height > 0 {
        let words = t!("view-screens-tasks-older-are-in-session", dropped = app.tasks.dropped);
        p.text(older.x + 4, older.y, older.width.saturating_sub(4), &words, Role::Faint);
    }
    let tasks = app.tasks.all.iter().map(|task| of_task(app, task));
    let rows: Vec<Row> =
        tasks.chain(app.waits().into_iter().filter_map(|(walk, index)| of_wait(app, walk, index))).collect();
    for (i, row) in rows.iter().enumerate().skip(list.top).take(layout.shown()) {
        let y = 2 * (i - list.top) as u16;
        paint(p, inside, y, row);
        if i == list.selected {
            p.select(inside, y);
            p.mark(inside, y, true);
            selected(p, layout.words, row);
        }
    }
    if rows.is_empty() {
        p.text(
            inside.x,
            inside.y,
            inside.width,
            t!("view-screens-tasks-nothing-ran-in-this-session-yet"),
            Role::Faint,
        );
    }
    p.veil(body);
}

fn of_task(app: &App, task: &Task) -> Row {
    let (symbol, tone, state) = match &task.ended {
        None if task.cancelling => ("◐", Role::Warn, t!("view-screens-tasks-stopping").to_owned()),
        None => ("◐", Role::Warn, t!("view-screens-tasks-running-2", now = age(task.started, app.now))),
        Some((RunEnd::Applied, _, _)) if task.change.under_way() && task.step.is_none() => {
            ("◌", Role::Warn, t!("view-screens-tasks-applied-not-shown-by-cluster-yet").to_owned())
        }
        Some((RunEnd::Applied, _, at)) => {
            ("✔", Role::Good, t!("view-screens-tasks-done-after", at = age(task.started, *at)))
        }
        Some((RunEnd::Cancelled, _, _)) => ("-", Role::Warn, t!("view-screens-tasks-cancelled").to_owned()),
        Some((RunEnd::Failed, _, _)) => ("✖", Role::Bad, t!("view-screens-tasks-failed").to_owned()),
        Some((RunEnd::Unknown, _, _)) => {
            ("?", Role::Bad, t!("view-screens-tasks-unknown-verify-first").to_owned())
        }
    };
    let count = if task.total > 0 {
        t!("view-screens-tasks-of", done = task.done, total = task.total)
    } else {
        String::new()
    };
    let (state, words) = (format!("{state}{count}"), task.words().to_owned());
    Row { symbol, tone, title: task.title.clone(), state, words }
}

/// A step of the runbook that waits for the cluster.
fn of_wait(app: &App, walk: u32, index: StepId) -> Option<Row> {
    let run = app.walk(walk)?;
    let (step, waits) = (&run.tree[index], &run.steps[index]);
    let began = waits.began.map(|t| age(t, app.now)).unwrap_or_default();
    let (symbol, tone, state) = match (waits.late(), run.left(index, app.now)) {
        (Some(_), _) => ("✖", Role::Bad, t!("view-screens-tasks-not-in-time-waiting", began = began)),
        (None, Some(left)) => {
            ("◌", Role::Warn, t!("view-screens-tasks-waiting-gives-up-in", began = began, left = left))
        }
        (None, None) => ("◌", Role::Warn, t!("view-screens-tasks-waiting", began = began)),
    };
    let title =
        t!("view-screens-step-title", kind = step.kind.text(), name = run.title(index, &app.options.lang));
    Some(Row { symbol, tone, title, state, words: run.seen(index, &app.world, app.now) })
}

/// The title gives way to what is said beside it: that is what one looks for.
fn paint(p: &mut Painter<'_>, inside: Rect, row: u16, shown: &Row) {
    /// Columns that a title keeps.
    const TITLE: u16 = 20;
    let y = inside.y + row;
    let room = inside.width.saturating_sub(4);
    let width = u16::try_from(shown.state.width()).unwrap_or(room).min(room.saturating_sub(TITLE));
    p.text(inside.x + 2, y, 1, shown.symbol, shown.tone);
    let title = (inside.width / 2).saturating_sub(6).min(room.saturating_sub(width + 2));
    p.text(inside.x + 4, y, title, &shown.title, Role::Strong);
    p.text(inside.x + 4 + title + 2, y, room.saturating_sub(title + 2), &shown.state, shown.tone);
    p.text(inside.x + 4, y + 1, room, &shown.words, Role::Faint);
}

/// All words of the selected one, as far as they fit.
fn selected(p: &mut Painter<'_>, area: Rect, shown: &Row) {
    if area.height == 0 {
        return;
    }
    let inside = p.boxed(area, &shown.title, &shown.state, false);
    for (y, row) in (inside.y..inside.bottom()).zip(wrap(&shown.words, inside.width, Look::Plain)) {
        let line: String = row.iter().map(|piece| piece.text.as_str()).collect();
        p.text(inside.x, y, inside.width, &line, Role::Text);
    }
}
