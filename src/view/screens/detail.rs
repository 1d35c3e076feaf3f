//! One object in full.

use ratatui::layout::Rect;

use super::pane;
use crate::app::prose::{Look, wrap};
use crate::app::screens::{Detail, DetailKind};
use crate::domain::SyncState;
use crate::theme::Role;
use crate::view::paint::Painter;

/// Whether it is still the object that was opened, as far as that is known.
fn state(p: &Painter<'_>, detail: &Detail) -> &'static str {
    let fresh = || match p.app.world.sync(detail.key.kind) {
        SyncState::Live => "live",
        SyncState::Polled { .. } => "not followed",
        SyncState::Stale { .. } => "stale",
        _ => "",
    };
    match (p.app.world.identity(&detail.key), &detail.uid) {
        (Some((uid, _)), Some(opened)) if uid != opened => "another one of this name",
        (None, Some(_)) => "gone",
        _ => fresh(),
    }
}

pub fn draw(p: &mut Painter<'_>, detail: &Detail, body: Rect) {
    let (title, right) = match detail.kind {
        DetailKind::Describe => (detail.key.to_string(), state(p, detail).to_owned()),
        DetailKind::Yaml => (format!("{}  yaml", detail.key), String::new()),
    };
    let inside = p.boxed(body, &title, &right, true);
    if detail.kind == DetailKind::Describe {
        return describe(p, detail, inside);
    }
    if detail.loading {
        p.text(inside.x, inside.y, inside.width, "loading…", Role::Faint);
    }
    let mut y = inside.y;
    for line in detail.lines.iter().skip(detail.scroll.top) {
        if y >= inside.bottom() {
            return;
        }
        if detail.wrap {
            for row in wrap(line, inside.width, Look::Plain) {
                let text: String = row.into_iter().map(|piece| piece.text).collect();
                if y < inside.bottom() {
                    p.text(inside.x, y, inside.width, &text, Role::Text);
                }
                y += 1;
            }
        } else {
            yaml_line(p, inside, y, line, detail.kind == DetailKind::Yaml);
            y += 1;
        }
    }
    // Why there is no more is never cut.
    let note = detail.note.iter().flat_map(|note| wrap(&format!("· {note}"), inside.width, Look::Plain));
    for (y, row) in (y..inside.bottom()).zip(note) {
        let text: String = row.into_iter().map(|piece| piece.text).collect();
        p.text(inside.x, y, inside.width, &text, Role::Warn);
    }
}

/// A line of YAML with its key apart from its value.
fn yaml_line(p: &mut Painter<'_>, area: Rect, y: u16, line: &str, yaml: bool) {
    let split = line.find(": ").or_else(|| line.ends_with(':').then(|| line.len() - 1)).filter(|_| yaml);
    let Some(at) = split else {
        p.text(area.x, y, area.width, line, Role::Text);
        return;
    };
    let used = p.text(area.x, y, area.width, &line[..at], Role::CodeKeyword);
    p.text(area.x + used, y, area.width.saturating_sub(used), &line[at..], Role::Text);
}

fn describe(p: &mut Painter<'_>, detail: &Detail, area: Rect) {
    let lines = crate::live::of(detail.key.kind).detail(&p.app.world, &detail.key.row, p.app.now);
    if lines.is_empty() {
        let why = pane::missing(&p.app.world, detail.key.kind, "it is not in the cluster (any more)");
        p.text(area.x, area.y, area.width, &why, Role::Warn);
    }
    for (i, line) in lines.iter().skip(detail.scroll.top).take(usize::from(area.height)).enumerate() {
        p.cells(area, i as u16, line);
    }
}
