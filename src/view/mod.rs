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

use crate::app::{App, layout};
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
    screens::draw(&mut p, frame.body);
    frame::message(&mut p, frame.message);
    frame::footer(&mut p, frame.footer);
    for (under, overlay) in app.overlays.iter().enumerate() {
        p.found = found.clone().filter(|found| found.place.overlays == under + 1);
        overlays::draw(&mut p, overlay);
    }
}

/// Where the text cursor stands, when a field or a program is typed into.
pub fn cursor(app: &App) -> Option<(u16, u16)> {
    overlays::cursor(app).or_else(|| screens::cursor(app))
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
