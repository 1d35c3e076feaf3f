//! A table of objects.

use crate::lang::t;
use ratatui::layout::Rect;

use super::pane;
use crate::app::overlay::{Overlay, Purpose};
use crate::app::screens::Explorer;
use crate::view::paint::Painter;

pub fn draw(p: &mut Painter<'_>, explorer: &Explorer, body: Rect) {
    let filter = &explorer.table.filter;
    let mut title = explorer.table.view().meta().title.to_owned();
    if let Some(some) = filter.namespaces.as_ref().filter(|_| explorer.kind().meta().namespaced) {
        title.push_str(&t!("view-screens-explorer-in", names = some.names()));
    }
    title.push_str(&pane::limit(&p.app.world, explorer.kind()));
    if let Some(about) = &filter.about {
        title.push_str(&t!("view-screens-explorer-about", about = about));
    }
    let typing = matches!(p.app.overlays.last(), Some(Overlay::Input(i)) if i.purpose == Purpose::Filter);
    if !filter.text.is_empty() || typing {
        title.push_str(&format!("  /{}", filter.text));
    }
    let place = if explorer.table.is_empty() { 0 } else { explorer.list.selected + 1 };
    if filter.warnings {
        title.push_str(t!("view-screens-explorer-only-warnings"));
    }
    let rows = explorer.table.len();
    let count = match (explorer.table.grouped, &filter.group) {
        (true, _) => {
            let what = if explorer.table.objects() == 1 { "event" } else { "events" };
            t!(
                "view-screens-explorer-of-grouped",
                place = place,
                rows = rows,
                objects = explorer.table.objects(),
                what = what
            )
        }
        (false, Some(_)) => t!("view-screens-explorer-of-in-this-group", place = place, rows = rows),
        (false, None) => t!("view-screens-explorer-of", place = place, rows = rows),
    };
    let inside = p.boxed(body, &title, &count, true);
    let selected = Some(explorer.list.selected);
    let shown = pane::Shown { top: explorer.list.top, selected, wide: explorer.wide, pane: false };
    pane::rows(p, &explorer.table, inside, shown);
}
