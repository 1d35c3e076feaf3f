//! Merged logs, as a screen and in a live pane. What a colour says about a line's container, its label says too.

use crate::lang::t;
use ratatui::layout::Rect;

use super::pane;
use crate::app::prose::{Look, wrap};
use crate::app::screens::{From, Logs, Shown};
use crate::domain::{Kind, clock};
use crate::theme::Role;
use crate::view::paint::{Painter, cut};
use unicode_width::UnicodeWidthStr;

/// Cells of a title that are always shown.
const LEAST_TITLE: usize = 12;
/// The colours of containers, one after the other.
const HUES: &[Role] = &[Role::Code, Role::CodeKeyword, Role::CodeString, Role::CodeNumber, Role::Title];

pub fn draw(p: &mut Painter<'_>, logs: &Logs, body: Rect) {
    let mut right = state(logs);
    if logs.dropped > 0 {
        right.push_str(&t!("view-screens-logs-older-dropped", dropped = logs.dropped));
    }
    let title = format!("{}{}", logs.what.title(), pane::limit(&p.app.world, Kind::Pod));
    // Whether it follows, and whose times these are, is more than the end of a long name.
    let room = usize::from(body.width.saturating_sub(9)).saturating_sub(right.width());
    let title = if room >= LEAST_TITLE { cut(&title, room) } else { title };
    let inside = p.boxed(body, &title, &right, true);
    if !words(p, logs, inside) {
        return;
    }
    let top = logs.top(inside.width, usize::from(inside.height));
    lines(p, logs, inside, top, true);
}

/// The lines from one on. What is searched for is marked where it is this text that is searched.
fn lines(p: &mut Painter<'_>, logs: &Logs, area: Rect, top: usize, searched: bool) {
    let mut y = area.y;
    for (number, line) in logs.lines.iter().enumerate().skip(top) {
        if y >= area.bottom() {
            return;
        }
        let used = head(p, logs, line, area, y);
        let (x, width, first) = (area.x + used, area.width.saturating_sub(used), y);
        if logs.wrap && width > 0 {
            for row in wrap(&line.text, width, Look::Plain) {
                let text: String = row.into_iter().map(|piece| piece.text).collect();
                if y < area.bottom() {
                    p.text(x, y, width, &text, role(line));
                }
                y += 1;
            }
        } else {
            p.text(x, y, width, &line.text, role(line));
            y += 1;
        }
        if searched {
            p.found(Rect::new(x, first, width, y.min(area.bottom()) - first), number);
        }
    }
}

/// How many containers are read, and whether the view stays at the end.
pub fn state(logs: &Logs) -> String {
    let follows = match (logs.follow, logs.what.previous) {
        (_, true) => t!("view-screens-logs-as-it-was"),
        (true, false) => "following",
        (false, false) => "stopped",
    };
    let follows =
        if logs.times { t!("view-screens-logs-times-in-utc", follows = follows) } else { follows.to_owned() };
    let all = logs.streams.len() + logs.left_out;
    let follows = match logs.live() {
        0 if all > 0 && !logs.what.previous => t!("view-screens-logs-ended", follows = follows),
        _ => follows,
    };
    match (all, logs.left_out) {
        (0 | 1, _) => follows,
        (all, 0) => t!("view-screens-logs-containers", all = all, follows = follows),
        (all, left) => t!("view-screens-logs-of-containers", left = all - left, all = all, follows = follows),
    }
}

/// In a live pane: the last lines that fit, or where the reader is.
pub fn in_pane(p: &mut Painter<'_>, logs: &Logs, area: Rect, focus: bool) {
    if words(p, logs, area) {
        lines(p, logs, area, logs.top(area.width, usize::from(area.height)), focus);
    }
}

/// Says why there are no lines. False when that is all there is to say.
fn words(p: &mut Painter<'_>, logs: &Logs, area: Rect) -> bool {
    if !logs.lines.is_empty() {
        return true;
    }
    let (text, role) = match &logs.nothing {
        Some(why) => (why.as_str(), Role::Warn),
        None if logs.loading() => (t!("view-screens-logs-waiting-for-its-first-line"), Role::Faint),
        None => (t!("view-screens-logs-no-lines-yet"), Role::Faint),
    };
    for (y, row) in (area.y..area.bottom()).zip(wrap(text, area.width, Look::Plain)) {
        let text: String = row.into_iter().map(|piece| piece.text).collect();
        p.text(area.x, y, area.width, &text, role);
    }
    false
}

fn role(line: &Shown) -> Role {
    if line.from == From::Notice { Role::Warn } else { Role::Text }
}

/// What a line begins with: the server's time where it is wanted, and whose it is. At most half of the width; returns
/// the cells that it took.
fn head(p: &mut Painter<'_>, logs: &Logs, line: &Shown, area: Rect, y: u16) -> u16 {
    let width = logs.head(line, area.width);
    let mut used = 0;
    if logs.times {
        let time = line.at.map_or_else(|| " ".repeat(8), clock);
        used += p.text(area.x, y, width, &format!("{time} "), Role::Faint);
    }
    let (text, hue) = match &line.from {
        From::Notice => ("· ".to_owned(), Role::Warn),
        From::Stream(label, _) if label.is_empty() => (String::new(), Role::Text),
        From::Stream(label, number) => (format!("{label}│"), HUES[number % HUES.len()]),
    };
    p.text(area.x + used, y, width.saturating_sub(used), &text, hue);
    width
}
