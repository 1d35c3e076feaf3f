//! What lies over a screen.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::paint::Painter;
use crate::app::dialog::{self, Dialog, Part};
use crate::app::layout::{inside, middle};
use crate::app::overlay::{Choose, Confirm, Input, Message, Overlay, Purpose};
use crate::app::{App, layout};
use crate::op::Level;
use crate::theme::Role;

pub fn draw(p: &mut Painter<'_>, overlay: &Overlay) {
    match overlay {
        Overlay::Confirm(c) => confirm(p, c),
        Overlay::Choose(c) => choose(p, c),
        Overlay::Input(i) => input(p, i),
        Overlay::Message(m) => message(p, m),
    }
}

/// Where the text cursor stands on the topmost overlay.
pub fn cursor(app: &App) -> Option<(u16, u16)> {
    match app.overlays.last()? {
        Overlay::Input(i) => {
            let area = input_area(app);
            let x = area.x + before(area, i) + i.shown().width() as u16;
            Some((x.min(area.right().saturating_sub(1)), area.y))
        }
        Overlay::Choose(c) => {
            let area = inside(choose_area(app, c));
            Some(((area.x + 2 + c.text.width() as u16).min(area.right().saturating_sub(1)), area.y))
        }
        Overlay::Confirm(c) if c.in_field() && app.options.lock.closed(app.now).is_none() => {
            let dialog = dialog::confirm(app, c);
            let (area, last) = (dialog.layout.fixed, dialog.fixed.last()?);
            let x = area.x + last.text.width() as u16;
            (area.height > 0).then(|| (x.min(area.right().saturating_sub(1)), area.bottom() - 1))
        }
        _ => None,
    }
}

fn prompt(i: &Input) -> String {
    match i.purpose {
        Purpose::Command | Purpose::Filter => i.prompt.clone(),
        _ => format!("{}: ", i.prompt),
    }
}

/// Columns of the prompt: a long one is cut, so that what is typed is seen.
fn before(area: Rect, i: &Input) -> u16 {
    /// Columns that are kept for what is typed, and the most of it that a prompt gives way to.
    const LEAST: u16 = 20;
    let kept = (i.shown().width() as u16 + 1).max(LEAST).min(area.width / 2);
    (prompt(i).width() as u16).min(area.width - kept)
}

/// Fields stand on the last line, over the keys.
fn input_area(app: &App) -> Rect {
    let frame = layout::frame(app);
    if frame.footer.height > 0 { frame.footer } else { frame.body }
}

fn input(p: &mut Painter<'_>, i: &Input) {
    let area = input_area(p.app);
    let area = Rect { height: 1.min(area.height), ..area };
    p.clear(area);
    p.buf.set_style(area, p.theme.style(Role::Input));
    let used = p.text(area.x, area.y, before(area, i), &prompt(i), Role::KeyCap);
    let typed = p.text(area.x + used, area.y, area.width.saturating_sub(used), &i.shown(), Role::Input);
    let hint = match &i.error {
        Some(why) => format!("   ✖ {why}"),
        None => match i.purpose {
            Purpose::Command => "   a kind (nodes, pods shop), ns NAME, rb ID, theme NAME, q".to_owned(),
            Purpose::Filter => "   text, !text, -l key=value; enter keeps it, esc clears it".to_owned(),
            _ => "   enter, or esc".to_owned(),
        },
    };
    let x = area.x + used + typed + 1;
    let role = if i.error.is_some() { Role::Bad } else { Role::Faint };
    p.text(x, area.y, area.right().saturating_sub(x), &hint, role);
}

fn choose_area(app: &App, c: &Choose) -> Rect {
    let widest = c.rows.iter().map(|(text, _)| text.width()).max().unwrap_or(0).max(c.title.width() + 4);
    middle(
        app.size,
        (widest as u16 + 6).clamp(30, 100),
        (c.rows.len() as u16 + 4).clamp(6, 24).min(layout::room(app)),
    )
}

fn choose(p: &mut Painter<'_>, c: &Choose) {
    let area = choose_area(p.app, c);
    p.clear(area);
    let visible = c.visible();
    let inside = p.boxed(area, &c.title, &format!("{} of {}", visible.len(), c.rows.len()), true);
    if inside.height == 0 {
        return;
    }
    p.text(inside.x, inside.y, inside.width, &format!("> {}", c.text), Role::Input);
    if visible.is_empty() {
        let why = if c.rows.is_empty() { "there is none in the cluster now" } else { "nothing fits" };
        p.text(inside.x, inside.y + 1, inside.width, why, Role::Faint);
    }
    let height = usize::from(inside.height.saturating_sub(1)).max(1);
    let top = (c.selected + 1).saturating_sub(height);
    for (line, (index, matched)) in visible.iter().enumerate().skip(top).take(height) {
        let row = (line - top) as u16 + 1;
        let text = &c.rows[*index].0;
        let mut x = inside.x + 2;
        if line == c.selected {
            p.select(inside, row);
            p.mark(inside, row, true);
        }
        for (at, ch) in text.chars().enumerate() {
            let role = if matched.contains(&at) {
                Role::Match
            } else if line == c.selected {
                Role::Selection
            } else {
                Role::Text
            };
            x += p.text(
                x,
                inside.y + row,
                inside.right().saturating_sub(x),
                ch.encode_utf8(&mut [0; 4]),
                role,
            );
        }
    }
}

fn message(p: &mut Painter<'_>, m: &Message) {
    let dialog = dialog::message(p.app, m);
    paint(p, &dialog, m.scroll.top, &m.title, "esc closes");
}

fn confirm(p: &mut Painter<'_>, c: &Confirm) {
    let dialog = dialog::confirm(p.app, c);
    let title = format!("{} on {}?", c.plan.title, p.app.options.cluster.context);
    paint(p, &dialog, c.scroll.top, &title, &format!("{} {}", c.plan.risk, c.plan.risk.word()));
}

/// A dialog: what fits of the rows that scroll, what is hidden, and the rows that stay.
fn paint(p: &mut Painter<'_>, dialog: &Dialog, top: usize, title: &str, right: &str) {
    let layout = dialog.layout;
    p.clear(layout.area);
    p.boxed(layout.area, title, right, true);
    let rows = (layout.body.y..layout.body.bottom()).zip(&dialog.rows[dialog.in_sight(top)]);
    let fixed = (layout.fixed.y..layout.fixed.bottom()).zip(&dialog.fixed);
    for (y, line) in rows.chain(fixed) {
        p.text(layout.body.x, y, layout.body.width, &line.text, part(line.part));
    }
    let hidden = dialog.hidden(top);
    let width = hidden.width() as u16 + 2;
    if !hidden.is_empty() && layout.area.height >= 2 && width + 2 <= layout.area.width {
        let x = layout.area.right() - width - 1;
        p.text(x, layout.area.bottom() - 1, width, &format!(" {hidden} "), Role::KeyCap);
    }
}

fn part(part: Part) -> Role {
    match part {
        Part::Summary => Role::Strong,
        Part::Consequence(Level::Info) | Part::Text => Role::Text,
        Part::Consequence(Level::Warn) | Part::Question(_) => Role::Warn,
        Part::Consequence(Level::Danger) | Part::Refused | Part::Goes => Role::Bad,
        Part::Command | Part::Script => Role::Code,
        Part::Note => Role::Faint,
        Part::Good | Part::Comes => Role::Good,
        Part::Ask => Role::KeyCap,
    }
}
