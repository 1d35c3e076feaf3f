//! What lies over a screen.

use crate::lang::t;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::paint::{Painter, cut};
use crate::app::dialog::{self, Dialog, Part};
use crate::app::field::window;
use crate::app::layout::{inside, middle};
use crate::app::overlay::{Choose, Confirm, Input, Message, Overlay, Purpose};
use crate::app::prose::{self, Look, wrap};
use crate::app::{App, layout};
use crate::domain::one_row;
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
            let before = before(area, i);
            let (_, at) = typed(app, i, area.width - before);
            Some(((area.x + before + at).min(area.right().saturating_sub(1)), area.y))
        }
        Overlay::Choose(c) => {
            let area = inside(choose_area(app, c));
            let (_, at) = window(&c.text, app.caret.at(&c.text), area.width.saturating_sub(2));
            Some(((area.x + 2 + at).min(area.right().saturating_sub(1)), area.y))
        }
        Overlay::Confirm(c) if c.in_field() && app.options.lock.closed(app.now).is_none() => {
            let dialog = dialog::confirm(app, c);
            let (area, last) = (dialog.layout.fixed, dialog.fixed.last()?);
            let behind = c.typed[app.caret.at(&c.typed)..].width();
            let x = area.x + last.text.width().saturating_sub(behind) as u16;
            (area.height > 0).then(|| (x.min(area.right().saturating_sub(1)), area.bottom() - 1))
        }
        _ => None,
    }
}

fn prompt(i: &Input) -> String {
    match i.purpose {
        Purpose::Command | Purpose::Filter | Purpose::Find => i.prompt.clone(),
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

/// What is seen of a field in so many cells, and where its cursor is in them.
fn typed(app: &App, i: &Input, width: u16) -> (String, u16) {
    let (shown, at) = (i.shown(), app.caret.at(&i.text));
    // One dot for each character.
    let at = if i.hidden { i.text[..at].chars().count() * '•'.len_utf8() } else { at };
    window(&shown, at, width)
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
    let (shown, _) = typed(p.app, i, area.width - used);
    let typed = p.text(area.x + used, area.y, area.width.saturating_sub(used), &shown, Role::Input);
    let hint = match &i.error {
        Some(why) => format!("   ✖ {why}"),
        None => match i.purpose {
            Purpose::Command => t!("view-overlays-kind-nodes-pods-shop-ns-name").to_owned(),
            Purpose::Filter => t!("view-overlays-text-text-l-key-value-enter").to_owned(),
            Purpose::Find => match crate::app::find::count(p.app) {
                Some(count) => t!("view-overlays-enter-keeps-it-esc-gives-it", count = count),
                None => t!("view-overlays-text-shift-l-searches-runbooks").to_owned(),
            },
            _ => t!("view-overlays-enter-or-esc").to_owned(),
        },
    };
    let x = area.x + used + typed + 1;
    let role = if i.error.is_some() { Role::Bad } else { Role::Faint };
    p.text(x, area.y, area.right().saturating_sub(x), &hint, role);
}

fn choose_area(app: &App, c: &Choose) -> Rect {
    let count = t!("view-overlays-of", visible = c.rows.len(), rows = c.rows.len()).width();
    let widest = widest(c).max(c.title.width() + count + 4);
    let width = (widest as u16 + 6).clamp(30, 100).min(app.size.0);
    let rows = (c.rows.len() as u16 + 4 + in_full(c, width)).clamp(6, 24).min(layout::room(app));
    middle(app.size, width, rows)
}

fn widest(c: &Choose) -> usize {
    c.rows.iter().map(|(text, _)| text.width()).max().unwrap_or(0)
}

/// Rows below the list in which the one under the cursor stands in full, where one of them is too long for the list.
fn in_full(c: &Choose, width: u16) -> u16 {
    /// More of it would leave no room for the list.
    const MOST: usize = 4;
    let room = usize::from(width.saturating_sub(4)).max(1);
    if widest(c) > room { widest(c).div_ceil(room).min(MOST) as u16 } else { 0 }
}

fn choose(p: &mut Painter<'_>, c: &Choose) {
    let area = choose_area(p.app, c);
    p.clear(area);
    let visible = c.visible();
    let inside =
        p.boxed(area, &c.title, &t!("view-overlays-of", visible = visible.len(), rows = c.rows.len()), true);
    if inside.height == 0 {
        return;
    }
    let (shown, _) = window(&c.text, p.app.caret.at(&c.text), inside.width.saturating_sub(2));
    p.text(inside.x, inside.y, inside.width, &format!("> {shown}"), Role::Input);
    if visible.is_empty() {
        let why = if c.rows.is_empty() {
            t!("view-overlays-there-is-none-in-cluster-now")
        } else {
            t!("view-overlays-nothing-fits")
        };
        p.text(inside.x, inside.y + 1, inside.width, why, Role::Faint);
    }
    let full = in_full(c, area.width).min(inside.height.saturating_sub(3));
    let (list, below) = layout::rows(inside, inside.height - full);
    let height = usize::from(list.height.saturating_sub(1)).max(1);
    let top = (c.selected + 1).saturating_sub(height);
    for (line, (index, matched)) in visible.iter().enumerate().skip(top).take(height) {
        let row = (line - top) as u16 + 1;
        let selected = Some(line) == c.cursor();
        if selected {
            p.select(list, row);
            p.mark(list, row, true);
        }
        choose_row(p, &c.rows[*index].0, matched, selected, Rect { y: list.y + row, height: 1, ..list });
    }
    // One that is seen in full is not said again.
    let text = c.cursor().and_then(|at| visible.get(at)).map_or("", |(index, _)| c.rows[*index].0.as_str());
    let text = if text.width() > usize::from(list.width.saturating_sub(2)) { text } else { "" };
    for (y, row) in (below.y..below.bottom()).zip(wrap(text, below.width.saturating_sub(2), Look::Plain)) {
        p.text(below.x + 2, y, below.width.saturating_sub(2), &prose::text(&row), Role::Faint);
    }
}

/// A row of a list, with what matched in it. One that is too long ends with a sign.
fn choose_row(p: &mut Painter<'_>, text: &str, matched: &[usize], selected: bool, area: Rect) {
    let text = cut(&one_row(text), usize::from(area.width.saturating_sub(2)));
    let mut x = area.x + 2;
    for (at, ch) in text.chars().enumerate() {
        let role = match (matched.contains(&at), selected) {
            (true, _) => Role::Match,
            (false, true) => Role::Selection,
            (false, false) => Role::Text,
        };
        x += p.text(x, area.y, area.right().saturating_sub(x), ch.encode_utf8(&mut [0; 4]), role);
    }
}

fn message(p: &mut Painter<'_>, m: &Message) {
    let dialog = dialog::message(p.app, m);
    paint(p, &dialog, m.scroll.top, &m.title, t!("view-overlays-esc-closes"));
    p.found(dialog.layout.body, dialog.top(m.scroll.top));
}

fn confirm(p: &mut Painter<'_>, c: &Confirm) {
    let dialog = dialog::confirm(p.app, c);
    let title = dialog::title(c, &p.app.options.cluster.context);
    paint(p, &dialog, c.scroll.top, &title, &format!("{} {}", c.plan.risk, c.plan.risk.text()));
}

/// A dialog: what fits of the rows that scroll, what is hidden, and the rows that stay.
fn paint(p: &mut Painter<'_>, dialog: &Dialog, top: usize, title: &str, right: &str) {
    let layout = dialog.layout;
    p.clear(layout.area);
    // How dangerous it is stands there however long the title is.
    let room = usize::from(layout.area.width).saturating_sub(right.width() + 9);
    p.boxed(layout.area, &cut(title, room), right, true);
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
