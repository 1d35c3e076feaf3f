//! The library: a field, results with what matched, a preview.

use crate::lang::t;
use ratatui::layout::Rect;

use crate::app::field::window;
use crate::app::prose::{Look, text, wrap};
use crate::app::screens::Library;
use crate::app::{Hit, SearchState, layout, preview_rows};
use crate::domain::found_in;
use crate::theme::Role;
use crate::view::paint::{Painter, risk};
use crate::walk::made_for_another;

pub fn draw(p: &mut Painter<'_>, library: &Library, body: Rect) {
    let (field, results, reading) = layout::library(body, library.reading);
    let hits = &p.app.search.hits;
    let count = t!("view-screens-library-of", hits = hits.len(), books = p.app.books.len());
    let inside = p.boxed(field, t!("view-screens-library-search-runbooks"), &count, !library.reading);
    let typed = p.app.search.text.clone();
    if typed.is_empty() {
        p.text(
            inside.x,
            inside.y,
            inside.width,
            t!("view-screens-library-type-symptom-alert-error-text"),
            Role::Faint,
        );
    } else {
        let (shown, _) = window(&typed, p.app.caret.at(&typed), inside.width);
        p.text(inside.x, inside.y, inside.width, &shown, Role::Input);
    }
    if results.width > 0 {
        let inside = p.boxed(results, heading(&p.app.search), "", false);
        list(p, library, inside);
    }
    if reading.width > 0 {
        let title = hits.get(library.list.selected).map(|h| h.title.clone()).unwrap_or_default();
        let rows = preview_rows(p.app);
        let inside = p.boxed(reading, &title, "", library.reading);
        p.prose(inside, &rows, library.scroll.top);
        if library.reading {
            p.found(inside, library.scroll.top);
        }
    }
}

/// What the list is.
fn heading(search: &SearchState) -> &'static str {
    if search.nothing_about() && !search.hits.is_empty() {
        t!("view-screens-library-no-runbook-for-this-yet-mentioned")
    } else {
        "Results"
    }
}

/// That there is nothing, and how what was typed was read.
fn nothing(p: &mut Painter<'_>, area: Rect) {
    let search = &p.app.search;
    if search.answered < search.generation {
        p.text(area.x, area.y, area.width, "searching…", Role::Faint);
        return;
    }
    let mut lines = vec![t!("view-screens-library-no-runbook-for-this-yet-try").to_owned()];
    lines.extend(
        search
            .reading
            .meant
            .iter()
            .map(|(typed, read)| t!("view-screens-library-read-as", typed = typed, read = read)),
    );
    lines.extend(
        search.reading.nowhere.iter().map(|typed| t!("view-screens-library-in-no-runbook", typed = typed)),
    );
    let rows = lines.iter().flat_map(|line| wrap(line, area.width, Look::Plain));
    for (row, y) in rows.zip(area.y..area.bottom()) {
        p.text(area.x, y, area.width, &text(&row), Role::Faint);
    }
}

/// Where it matched, and that it is only mentioned there.
fn label(hit: &Hit) -> String {
    if hit.about {
        t!("view-screens-library-field", field = found_in(&hit.field))
    } else {
        t!("view-screens-library-mentioned-in", field = found_in(&hit.field))
    }
}

fn list(p: &mut Painter<'_>, library: &Library, area: Rect) {
    let app = p.app;
    if app.search.hits.is_empty() {
        nothing(p, area);
        return;
    }
    let shown = usize::from(area.height) / 2;
    for (i, hit) in app.search.hits.iter().enumerate().skip(library.list.top).take(shown) {
        let row = 2 * (i - library.list.top) as u16;
        let y = area.y + row;
        let book = app.books.get(&hit.id);
        let level = book.map(|b| b.meta.risk).unwrap_or_default();
        let host = book.is_some_and(|b| !b.requires.reach.is_empty());
        let tag = format!("{level}{}", if host { " host" } else { "" });
        p.text(
            area.x + 2,
            y,
            area.width.saturating_sub(tag.len() as u16 + 3),
            &format!("{}  {}", hit.id, hit.title),
            if hit.about { Role::Strong } else { Role::Faint },
        );
        p.text(area.right().saturating_sub(tag.len() as u16), y, tag.len() as u16, &tag, risk(level));
        let mut x = area.x + 4;
        if let Some(words) = book.and_then(|b| made_for_another(&b.applies, &app.world)) {
            x += p.text(x, y + 1, area.right().saturating_sub(x), &format!("▲ {words}  "), Role::Warn);
        }
        if !hit.field.is_empty() {
            x += p.text(x, y + 1, area.right().saturating_sub(x), &label(hit), Role::Faint);
        }
        if i == library.list.selected {
            p.select(area, row);
            p.mark(area, row, true);
        }
        for (piece, matched) in &hit.fragment {
            let role = if *matched { Role::Match } else { Role::Faint };
            x += p.text(x, y + 1, area.right().saturating_sub(x), piece, role);
        }
    }
}
