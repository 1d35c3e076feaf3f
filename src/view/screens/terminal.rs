//! The terminal of a program: the cells that it shows, in the colours that this terminal has, and the line below them.
//!
//! Must not write anything of the program but characters with a width, and what combines with them, into cells.

use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::app::Task;
use crate::app::screens::{Hue, Ink, Terminal, footer};
use crate::theme::Role;
use crate::view::paint::Painter;

pub fn draw(p: &mut Painter<'_>, terminal: &Terminal, body: Rect) {
    for (y, row) in (body.y..body.bottom()).zip(&terminal.picture.rows) {
        let (mut x, mut last) = (body.x, None);
        for span in row {
            let style = style(p, span.ink);
            for c in span.text.chars() {
                let width = c.width().unwrap_or(0).min(2) as u16;
                if let (0, Some(at)) = (width, last) {
                    let symbol = format!("{}{c}", p.buf[(at, y)].symbol());
                    p.buf[(at, y)].set_symbol(&symbol);
                }
                if width == 0 || x + width > body.right() {
                    continue;
                }
                p.buf[(x, y)].set_char(c).set_style(style);
                // The other half of a wide character is its own.
                if width == 2 {
                    p.buf[(x + 1, y)].reset();
                    p.buf[(x + 1, y)].set_style(style);
                }
                (last, x) = (Some(x), x + width);
            }
        }
    }
    p.veil(body);
}

/// A program's colours as the theme's depth allows; its default ones are the theme's.
fn style(p: &Painter<'_>, ink: Ink) -> Style {
    let colour = |hue: Hue| match hue {
        Hue::Default => None,
        Hue::Index(i) => Some(p.theme.fit(Color::Indexed(i))),
        Hue::Rgb(r, g, b) => Some(p.theme.fit(Color::Rgb(r, g, b))),
    };
    let mut style = p.style(Role::Text);
    style.fg = colour(ink.fg).or(style.fg);
    style.bg = colour(ink.bg).or(style.bg);
    for (set, modifier) in [
        (ink.bold, Modifier::BOLD),
        (ink.dim, Modifier::DIM),
        (ink.italic, Modifier::ITALIC),
        (ink.underline, Modifier::UNDERLINED),
        (ink.reverse, Modifier::REVERSED),
    ] {
        if set {
            style = style.add_modifier(modifier);
        }
    }
    style
}

/// Keys first: on a narrow screen they are what stays.
pub fn below(p: &mut Painter<'_>, task: &Task, terminal: &Terminal, area: Rect) {
    let line = footer(task, terminal);
    let mut x = area.x + 1;
    for (key, what) in &line.keys {
        let left = area.right().saturating_sub(x);
        if key.width() + 1 + what.width() > usize::from(left) {
            break;
        }
        x += p.text(x, area.y, left, key, Role::KeyCap) + 1;
        x += p.text(x, area.y, left, what, Role::Footer) + 2;
    }
    p.text(x, area.y, area.right().saturating_sub(x), &line.words, Role::Footer);
}

/// Where the program's cursor is; none where it hides it, where it is looked back, or where it has ended.
pub fn cursor(task: &Task, terminal: &Terminal, body: Rect) -> Option<(u16, u16)> {
    let (column, row) = terminal.picture.cursor?;
    let shown = task.ended.is_none() && !terminal.asking && terminal.picture.back == 0;
    let at = (body.x + column, body.y + row);
    (shown && body.contains(at.into())).then_some(at)
}
