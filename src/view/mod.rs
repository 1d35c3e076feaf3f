//! The screen: state in, cells out. It reads the core and changes nothing: no effects, no I/O, no state of its
//! own. A screen's picture stands in the file of the same name as its state.

mod frame;
mod mask;
mod overlays;
mod paint;
mod screens;
mod svg;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::screens::{Screen, Terminal};
use crate::app::{App, Task, layout};
use crate::redact::Secrets;
use crate::theme::{Role, Theme};
use paint::Painter;

pub use mask::mask;
pub use svg::svg;

/// Draws everything. The buffer has the size of the terminal.
pub fn draw(app: &App, theme: &Theme, buf: &mut Buffer) {
    draw_without(app, theme, &Secrets::default(), buf);
}

/// The same; where YAML, details and logs stand, these secrets are dots. Names in tables and questions are as they are.
pub fn draw_without(app: &App, theme: &Theme, secrets: &Secrets, buf: &mut Buffer) {
    let area = buf.area;
    buf.set_style(area, theme.style(Role::Text));
    let found = crate::app::find::found(app);
    let on_screen = found.clone().filter(|found| found.place.overlays == 0);
    let mut p = Painter { app, theme, secrets, found: on_screen, buf };
    let frame = layout::frame(app);
    frame::header(&mut p, frame.header);
    match app.screen() {
        Screen::Contexts(contexts) => screens::contexts::draw(&mut p, contexts, frame.body),
        Screen::Triage(triage) => screens::triage::draw(&mut p, triage, frame.body),
        Screen::Library(library) => screens::library::draw(&mut p, library, frame.body),
        Screen::Runbook(screen) => screens::runbook::draw(&mut p, screen, frame.body),
        Screen::Explorer(explorer) => screens::explorer::draw(&mut p, explorer, frame.body),
        Screen::Detail(detail) => {
            screens::detail::draw(&mut p, detail, frame.body);
            p.veil(layout::inside(frame.body));
        }
        Screen::Logs(logs) => {
            screens::logs::draw(&mut p, logs, frame.body);
            p.veil(layout::inside(frame.body));
        }
        Screen::Board(board) => screens::board::draw(&mut p, *board, frame.body),
        Screen::Tasks(list) => screens::tasks::draw(&mut p, *list, frame.body),
        Screen::Terminal(task) => {
            if let Some((_, terminal)) = terminal(app, *task) {
                screens::terminal::draw(&mut p, terminal, frame.body);
            }
        }
        Screen::Session(timeline) => screens::session::draw(&mut p, timeline, frame.body),
        Screen::Help(scroll, contexts) => screens::help::draw(&mut p, *scroll, contexts, frame.body),
    }
    frame::message(&mut p, frame.message);
    frame::footer(&mut p, frame.footer);
    for (under, overlay) in app.overlays.iter().enumerate() {
        p.found = found.clone().filter(|found| found.place.overlays == under + 1);
        overlays::draw(&mut p, overlay);
    }
}

/// A task that has a terminal.
fn terminal(app: &App, task: u64) -> Option<(&Task, &Terminal)> {
    let task = app.tasks.get(task)?;
    Some((task, task.terminal.as_deref()?))
}

/// Where the text cursor stands, when a field or a program is typed into.
pub fn cursor(app: &App) -> Option<(u16, u16)> {
    overlays::cursor(app).or_else(|| match app.screen() {
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
        Screen::Terminal(task) if app.overlays.is_empty() => {
            let (task, terminal) = terminal(app, *task)?;
            screens::terminal::cursor(task, terminal, layout::frame(app).body)
        }
        _ => None,
    })
}

/// What is seen of the text that is typed into, and where its cursor is.
fn field_window(text: &str, app: &App, width: u16) -> (String, u16) {
    crate::app::field::window(text, app.caret.at(text), width)
}

/// Draws a whole screen into a new buffer, for tests and pictures.
pub fn render(app: &App, theme: &Theme) -> Buffer {
    let mut buf = Buffer::empty(Rect::new(0, 0, app.size.0, app.size.1));
    draw(app, theme, &mut buf);
    buf
}
