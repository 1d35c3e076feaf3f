//! One file per screen, of the same name as its state. To add one, its arm in [`draw`]; in [`cursor`] where it is typed into.

mod board;
mod contexts;
mod detail;
mod explorer;
mod help;
mod library;
mod logs;
pub mod pane;
mod runbook;
mod session;
mod tasks;
pub mod terminal;
mod triage;

use ratatui::layout::Rect;

use super::field_window;
use super::paint::Painter;
use crate::app::screens::{Screen, Terminal};
use crate::app::{App, Task, layout};

/// Draws the screen on top.
pub fn draw(p: &mut Painter<'_>, body: Rect) {
    let app = p.app;
    match app.screen() {
        Screen::Contexts(contexts) => contexts::draw(p, contexts, body),
        Screen::Triage(triage) => triage::draw(p, triage, body),
        Screen::Library(library) => library::draw(p, library, body),
        Screen::Runbook(screen) => runbook::draw(p, screen, body),
        Screen::Explorer(explorer) => explorer::draw(p, explorer, body),
        Screen::Detail(detail) => {
            detail::draw(p, detail, body);
            p.veil(layout::inside(body));
        }
        Screen::Logs(logs) => {
            logs::draw(p, logs, body);
            p.veil(layout::inside(body));
        }
        Screen::Board(board) => board::draw(p, *board, body),
        Screen::Tasks(tasks) => tasks::draw(p, tasks.list, body),
        Screen::Terminal(screen) => {
            if let Some((_, terminal)) = of_task(app, screen.task) {
                terminal::draw(p, terminal, body);
            }
        }
        Screen::Session(timeline) => session::draw(p, timeline, body),
        Screen::Help(help) => help::draw(p, help, body),
    }
}

/// A task that has a terminal.
pub fn of_task(app: &App, task: u64) -> Option<(&Task, &Terminal)> {
    let task = app.tasks.get(task)?;
    Some((task, task.terminal.as_deref()?))
}

/// Where the text cursor stands, when a field of the screen or a program is typed into.
pub fn cursor(app: &App) -> Option<(u16, u16)> {
    match app.screen() {
        Screen::Library(library) if !library.reading && app.overlays.is_empty() => {
            let (field, _, _) = layout::library(layout::frame(app).body, false);
            let inside = layout::inside(field);
            let (_, at) = field_window(&app.search.text, app, inside.width);
            Some(((inside.x + at).min(inside.right().saturating_sub(1)), inside.y))
        }
        Screen::Contexts(contexts) if !contexts.text.is_empty() => {
            let field = layout::contexts(layout::frame(app).body).field;
            let (_, at) = field_window(&contexts.text, app, field.width.saturating_sub(1));
            (field.area() > 0).then(|| ((field.x + 1 + at).min(field.right().saturating_sub(1)), field.y))
        }
        Screen::Terminal(screen) if app.overlays.is_empty() => {
            let (task, terminal) = of_task(app, screen.task)?;
            terminal::cursor(task, terminal, layout::frame(app).body)
        }
        _ => None,
    }
}
