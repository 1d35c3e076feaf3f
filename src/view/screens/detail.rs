//! One object in full.

use crate::lang::t;
use ratatui::layout::Rect;

use super::pane;
use crate::app::prose::{Look, text, wrap};
use crate::app::screens::{Detail, DetailKind};
use crate::app::{layout, texts};
use crate::domain::SyncState;
use crate::theme::Role;
use crate::view::paint::Painter;

/// Whether it is still the object that was opened, as far as that is known.
fn state(p: &Painter<'_>, detail: &Detail) -> &'static str {
    let fresh = || match p.app.world.sync(detail.key.kind) {
        SyncState::Live => t!("view-screens-detail-live"),
        SyncState::Polled { .. } => t!("view-screens-detail-not-followed"),
        SyncState::Stale { .. } => t!("view-screens-detail-stale"),
        _ => "",
    };
    match (p.app.world.identity(&detail.key), &detail.uid) {
        (Some((uid, _)), Some(opened)) if uid != opened => t!("view-screens-detail-another-one-of-this-name"),
        (None, Some(_)) => t!("view-screens-detail-gone"),
        _ => fresh(),
    }
}

pub fn draw(p: &mut Painter<'_>, detail: &Detail, body: Rect) {
    let (title, right) = match detail.kind {
        DetailKind::Describe => (detail.key.to_string(), state(p, detail).to_owned()),
        DetailKind::Yaml => (format!("{}  yaml", detail.key), String::new()),
    };
    let rows = texts::detail_rows(p.app, detail, layout::inside(body).width);
    let height = usize::from(layout::inside(body).height);
    let more = pane::more(rows.len(), detail.scroll.top, height, true);
    let right = [right.as_str(), more].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join("  ");
    let inside = p.boxed(body, &title, &right, true);
    p.prose(inside, &rows, detail.scroll.top);
    p.found(inside, detail.scroll.top);
    if detail.kind == DetailKind::Describe {
        if rows.is_empty() {
            let why = pane::missing(
                &p.app.world,
                detail.key.kind,
                t!("view-screens-detail-it-is-not-in-cluster-any"),
            );
            p.text(inside.x, inside.y, inside.width, &why, Role::Warn);
        }
        return;
    }
    if detail.loading {
        p.text(inside.x, inside.y, inside.width, "loading…", Role::Faint);
    }
    let y = inside.y + (rows.len().saturating_sub(detail.scroll.top) as u16).min(inside.height);
    // Why there is no more is never cut.
    let note = detail.note.iter().flat_map(|note| wrap(&format!("· {note}"), inside.width, Look::Plain));
    for (y, row) in (y..inside.bottom()).zip(note) {
        p.text(inside.x, y, inside.width, &text(&row), Role::Warn);
    }
}
