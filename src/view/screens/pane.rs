//! A live pane: a table, an object, or where a log would be.

use crate::lang::t;
use ratatui::layout::Rect;

use super::logs;
use crate::app::prose::Row;
use crate::app::{cursor, layout, texts};
use crate::domain::{ClusterSnapshot, Kind, Namespaces, SyncState};
use crate::live::{self, Column, Pane, Table, Tone, Width};
use crate::theme::Role;
use crate::view::paint::{Painter, cut_name, role};
use crate::walk::{Status, Walk};
use unicode_width::UnicodeWidthStr;

/// Draws a pane with its frame.
pub fn draw(p: &mut Painter<'_>, pane: &Result<Pane, String>, area: Rect, focus: bool, top: usize) {
    let pane = match pane {
        Ok(pane) => pane,
        Err(why) => {
            let inside = p.boxed(area, t!("view-screens-pane-live-2"), "", focus);
            p.text(inside.x, inside.y, inside.width, why, Role::Warn);
            return;
        }
    };
    let title = t!("view-screens-pane-live", title = pane.title());
    match pane {
        Pane::Table { kind, .. } => {
            let app = p.app;
            let Some(table) = texts::table(app, pane) else { return };
            let title = format!("{title}{}", limit(&app.world, *kind));
            let inside = p.boxed(area, &title, &table.len().to_string(), focus);
            let at = focus.then(|| cursor::row(app, table));
            rows(p, table, inside, Shown { top, selected: at, wide: false, pane: true });
            for row in 0..if focus { inside.height.saturating_sub(1) } else { 0 } {
                let line = Rect { y: inside.y + 1 + row, height: 1, ..inside };
                p.found(line, top + usize::from(row));
            }
        }
        Pane::Detail(key) => {
            let rows = texts::pane_rows(p.app, pane, layout::inside(area).width);
            let inside = text(p, area, &title, &rows, focus, top);
            if rows.is_empty() {
                let why = missing(&p.app.world, key.kind, t!("view-screens-pane-it-is-not-in-cluster-any"));
                p.text(inside.x, inside.y, inside.width, &why, Role::Warn);
            }
            p.veil(inside);
        }
        Pane::Logs(what) => {
            let app = p.app;
            let logs = app.pane_logs.iter().find(|l| l.what == *what);
            let inside = p.boxed(area, &title, &logs.map(logs::state).unwrap_or_default(), focus);
            if let Some(logs) = logs {
                logs::in_pane(p, logs, inside, focus);
                p.veil(inside);
            }
        }
        Pane::Output => output(p, area, focus, top),
        Pane::Yaml(_) => {
            let rows = texts::pane_rows(p.app, pane, layout::inside(area).width);
            let inside = text(p, area, &title, &rows, focus, top);
            p.veil(inside);
        }
    }
}

/// A pane of text, which says what more there is of it; returns its inside.
fn text(p: &mut Painter<'_>, area: Rect, title: &str, rows: &[Row], focus: bool, top: usize) -> Rect {
    let height = usize::from(layout::inside(area).height);
    let top = top.min(rows.len().saturating_sub(height));
    let inside = p.boxed(area, title, more(rows.len(), top, height, focus), focus);
    p.prose(inside, rows, top);
    if focus {
        p.found(inside, top);
    }
    inside
}

/// What a pane says at its right while more of its text follows, and with which key where that scrolls it.
pub fn more(rows: usize, top: usize, height: usize, scrolls: bool) -> &'static str {
    match (rows > top + height, scrolls) {
        (true, true) => t!("view-screens-pane-more-pgdn"),
        (true, false) => t!("view-screens-pane-more-2"),
        (false, _) => "",
    }
}

/// What the script of the present step wrote: its end, or from where the reader is.
fn output(p: &mut Painter<'_>, area: Rect, focus: bool, top: usize) {
    let Some((_, state)) = p.app.run.as_ref().and_then(Walk::step) else { return };
    let Some(output) = &state.output else { return };
    let runs = matches!(state.status(), Status::Running(_));
    let inside = p.boxed(area, "output", if runs { "following" } else { "ended" }, focus);
    let height = usize::from(inside.height);
    let rows = texts::pane_rows(p.app, &Pane::Output, inside.width);
    let last = rows.len().saturating_sub(height);
    let from = if focus && !runs { top.min(last) } else { last };
    if output.is_empty() {
        let words = if runs {
            t!("view-screens-pane-nothing-was-written-yet")
        } else {
            t!("view-screens-pane-it-wrote-nothing")
        };
        p.text(inside.x, inside.y, inside.width, words, Role::Faint);
    }
    p.prose(inside, &rows, from);
    if focus {
        p.found(inside, from);
    }
}

/// What a title adds where only some namespaces of a kind are seen, or where it is not followed.
pub fn limit(world: &ClusterSnapshot, kind: Kind) -> String {
    world.scope(kind).map_or_else(String::new, |only| t!("view-screens-pane-only", only = only))
}

/// Why there is nothing: loading, forbidden, or really nothing.
pub fn missing(world: &ClusterSnapshot, kind: Kind, none: &str) -> String {
    let plural = kind.meta().plural;
    match world.sync(kind) {
        SyncState::Live | SyncState::Polled { .. } | SyncState::Stale { .. } => none.to_owned(),
        SyncState::Waiting => t!("view-screens-pane-not-asked-yet", plural = plural),
        SyncState::Loading(n) => t!("view-screens-pane-loading", n = n, plural = plural),
        SyncState::Failed { why, .. } => t!("view-screens-pane-no-answer", plural = plural, why = why),
        SyncState::Forbidden(verb) if kind.meta().namespaced => {
            t!("view-screens-pane-you-may-not-here-try-namespace", verb = verb, plural = plural)
        }
        SyncState::Forbidden(verb) => {
            t!("view-screens-pane-you-may-not-ask-for-that", verb = verb, plural = plural)
        }
        SyncState::NotServed => t!("view-screens-pane-this-cluster-does-not-serve", plural = plural),
    }
}

/// Why there is nothing in the namespaces that were asked for: they are not seen.
fn unseen(world: &ClusterSnapshot, kind: Kind, asked: Option<&Namespaces>) -> Option<String> {
    let only = world.scope(kind).filter(|only| !only.is_empty())?;
    let hidden: Namespaces = asked?.iter().filter(|n| !only.contains(n)).cloned().collect();
    let plural = kind.meta().plural;
    (!hidden.is_empty()).then(|| {
        t!("view-screens-pane-you-may-not-list-in-those", plural = plural, hidden = hidden, only = only)
    })
}

/// Which part of a table is shown, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown {
    pub top: usize,
    /// The row under the cursor; none where there is no cursor.
    pub selected: Option<usize>,
    pub wide: bool,
    /// It stands beside a runbook.
    pub pane: bool,
}

/// What a table asks of its columns.
#[derive(Clone, Debug, Default)]
struct Asks {
    wide: bool,
    /// It is a pane beside a runbook: what its steps speak of comes before what only says which object it is.
    pane: bool,
    /// A column in which the same stands in every row, as the title says.
    constant: Vec<&'static str>,
    /// In a pane, the cells that the widest visible one of each column takes; elsewhere columns stay as wide as they are.
    needs: Vec<u16>,
}

/// In a pane, columns that come before the others, after those that always stay.
const FIRST: &[&str] = &["READY", "AGE", "RESTARTS", "OWNER"];

/// Cells that a name takes before other columns at most.
const LONGEST_NAME: u16 = 45;

/// The columns in which the same stands in every row, as the title says.
fn constant(table: &Table) -> Vec<&'static str> {
    let one = table.filter.namespaces.as_ref().is_some_and(|some| some.single().is_some());
    let namespace = one.then_some("NAMESPACE");
    let node = table.filter.node.as_ref().map(|_| "NODE");
    let object = table.filter.about.as_ref().map(|_| "OBJECT");
    namespace.into_iter().chain(node).chain(object).collect()
}

/// The cells that the widest visible one of each column takes, in a pane.
fn needs(p: &Painter<'_>, table: &Table, shown: Shown, height: usize) -> Vec<u16> {
    if !shown.pane {
        return Vec::new();
    }
    let mut out = vec![0; table.view().meta().columns.len()];
    for key in table.window(shown.top, height) {
        for (need, cell) in out.iter_mut().zip(table.cells(&p.app.world, key, p.app.now).unwrap_or_default())
        {
            *need = (*need).max(cell.text.width() as u16);
        }
    }
    out
}

/// The columns that fit, with their widths. What matters most is placed first; the rest gives way.
fn fit(columns: &'static [Column], width: u16, asks: &Asks) -> Vec<(usize, u16)> {
    let need = |i: usize| asks.needs.get(i).copied();
    let least = |i: usize| match (columns[i].width, need(i)) {
        (Width::Fixed(w), Some(need)) => w.min(need.max(columns[i].title.width() as u16 + 1)) + 1,
        (Width::Fill(w), Some(need)) if columns[i].title == "NAME" => w.max(need.min(LONGEST_NAME)) + 1,
        (Width::Fixed(w) | Width::Fill(w), _) => w + 1,
    };
    let fills = |c: &Column| matches!(c.width, Width::Fill(_));
    let first =
        |c: &Column| FIRST.iter().position(|t| *t == c.title).filter(|_| asks.pane).unwrap_or(FIRST.len());
    let shown = |c: &Column| {
        let owner = asks.pane && c.title == "OWNER";
        (asks.wide || !c.wide || owner) && !asks.constant.contains(&c.title)
    };
    let mut order: Vec<usize> = (0..columns.len()).filter(|i| shown(&columns[*i])).collect();
    order.sort_by_key(|i| {
        let column = &columns[*i];
        (!column.keep, !fills(column), first(column), *i)
    });
    let mut used = 0;
    let mut out: Vec<(usize, u16)> = Vec::new();
    for i in order {
        // A name gives way before a column that has to stay.
        let column = &columns[i];
        let stays = |i: &usize| columns[*i].keep && !fills(&columns[*i]) && shown(&columns[*i]);
        let kept: u16 = (0..columns.len()).filter(stays).map(least).sum();
        let w = match column.width {
            Width::Fill(min) if column.keep => least(i).min(width.saturating_sub(kept)).max(min + 1),
            _ => least(i),
        };
        if out.is_empty() || used + w <= width {
            used += w;
            out.push((i, w));
        }
    }
    out.sort_unstable();
    let share = out.iter().filter(|(i, _)| fills(&columns[*i])).count() as u16;
    if let Some(share) = width.saturating_sub(used).checked_div(share) {
        for (i, w) in &mut out {
            if fills(&columns[*i]) {
                *w += share;
            }
        }
    }
    out
}

/// The titles and the visible rows of a table.
pub fn rows(p: &mut Painter<'_>, table: &Table, area: Rect, shown: Shown) {
    let Shown { top, selected, wide, pane } = shown;
    let world = p.app.world.clone();
    let view = table.view();
    let height = usize::from(area.height.saturating_sub(1));
    let asks = Asks { wide, pane, constant: constant(table), needs: needs(p, table, shown, height) };
    let columns = fit(view.meta().columns, area.width.saturating_sub(1), &asks);
    let mut x = area.x + 1;
    for (i, w) in &columns {
        let column = &view.meta().columns[*i];
        let sorted =
            if table.sort.column == Some(*i) { if table.sort.backwards { "↑" } else { "↓" } } else { "" };
        p.text(x, area.y, *w, &format!("{}{sorted}", column.title), Role::Faint);
        x += w;
    }
    if table.is_empty() {
        let none = if table.filter == live::Filter::default() {
            t!("view-screens-pane-none")
        } else {
            t!("view-screens-pane-none-that-fit-filter")
        };
        let why = unseen(&world, view.meta().kind, table.filter.namespaces.as_ref())
            .unwrap_or_else(|| missing(&world, view.meta().kind, none));
        p.text(area.x + 1, area.y + 1, area.width.saturating_sub(1), &why, Role::Faint);
        return;
    }
    for (line, key) in table.window(top, height).enumerate() {
        let row = line as u16 + 1;
        let Some(cells) = table.cells(&world, key, p.app.now) else { continue };
        let mut x = area.x + 1;
        for (i, w) in &columns {
            let cell = &cells[*i];
            let name = view.meta().columns[*i].title == "NAME";
            let text =
                if name { &cut_name(&cell.text, usize::from(w.saturating_sub(1))) } else { &cell.text };
            p.text(x, area.y + row, w.saturating_sub(1), text, role(cell.tone));
            x += w;
        }
        if selected == Some(top + line) {
            p.select(area, row);
            p.mark(area, row, true);
        }
    }
    let left = table.len().saturating_sub(top + height);
    if left > 0 && selected.is_none() && height > 1 {
        let y = area.bottom() - 1;
        p.clear(Rect { y, height: 1, ..area });
        p.text(
            area.x + 1,
            y,
            area.width.saturating_sub(1),
            &t!("view-screens-pane-more", left = left + 1),
            role(Tone::Faint),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_give_way_and_the_name_stays() {
        let columns = live::of(Kind::Pod).meta().columns;
        let asked = |width, asks: &Asks| -> Vec<_> {
            fit(columns, width, asks).iter().map(|(i, _)| columns[*i].title).collect()
        };
        let titles = |width| asked(width, &Asks::default());
        assert_eq!(titles(100), ["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "NODE", "AGE"]);
        assert_eq!(titles(50), ["NAME", "READY", "STATUS", "AGE"]);
        assert_eq!(titles(1), ["NAME"]);
        // In a pane a name has the room that it needs, what the title says is not said again, and what a step speaks of comes first.
        let needs = vec![11, 26, 3, 9, 1, 8, 20, 1, 9, 3];
        let pane = |name: u16, constant: &[&'static str]| {
            let needs = needs.iter().enumerate().map(|(i, n)| if i == 1 { name } else { *n }).collect();
            Asks { pane: true, constant: constant.to_vec(), needs, wide: false }
        };
        assert_eq!(asked(72, &pane(26, &[])), ["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE"]);
        assert_eq!(
            asked(82, &pane(26, &["NAMESPACE", "NODE"])),
            ["NAME", "READY", "STATUS", "RESTARTS", "OWNER", "AGE"]
        );
        assert_eq!(fit(columns, 58, &pane(26, &["NAMESPACE"]))[0].1, 27);
        assert_eq!(asked(40, &pane(45, &[])), ["NAME", "STATUS"]);
    }
}
