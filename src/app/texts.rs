//! What is read on the screen now: the text that has the keyboard, as rows, and where it stands. What scrolls, searches or
//! copies a text asks here, so that all texts can do the same.
//!
//! Must not change anything but a position. A screen that is a text says so itself, by `place`, `reading` and `scroll`.

use super::overlay::{Overlay, Purpose};
use super::prose::{self, Look, Piece, Row, text};
use super::screens::{Detail, DetailKind, Logs, RunbookScreen, Scroll};
use super::{App, cursor, dialog, layout, step_rows};
use crate::action::Action;
use crate::domain::{Looked, ObjectKey};
use crate::lang::t;
use crate::live::{Cell, Pane, Table, Tone};
use crate::walk::{StepId, Walk};

/// Which text it is: what lies over which screen, and there which pane of which step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub screens: usize,
    pub overlays: usize,
    pub pane: usize,
    pub step: Option<StepId>,
}

/// A text that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub place: Place,
    pub rows: Vec<String>,
    /// Its rows are broken at the width; else each row is a line, of which the end may be hidden.
    pub wrapped: bool,
    pub height: usize,
    pub width: u16,
    pub top: usize,
}

/// The overlay on top, but for the field that is typed into to search.
fn overlay(app: &App) -> Option<(usize, &Overlay)> {
    let fields = app.overlays.iter().rev().take_while(|o| is_find(o)).count();
    let at = app.overlays.len() - fields;
    Some((at, app.overlays[..at].last()?))
}

fn is_find(overlay: &Overlay) -> bool {
    matches!(overlay, Overlay::Input(input) if input.purpose == Purpose::Find)
}

/// Which text has the keyboard; none where rows are chosen, or questions answered. It costs nothing, however long the text is.
pub fn place(app: &App) -> Option<Place> {
    let screens = app.screens.len();
    if let Some((overlays, overlay)) = overlay(app) {
        return matches!(overlay, Overlay::Message(_)).then(|| Place {
            screens,
            overlays,
            ..Place::default()
        });
    }
    let place = Place { screens, ..Place::default() };
    app.screen().state().place(app, place)
}

/// The text that has the keyboard; none where rows are chosen, or questions answered.
pub fn reading(app: &App) -> Option<Reading> {
    let place = place(app)?;
    if let Some((_, overlay)) = overlay(app) {
        let Overlay::Message(message) = overlay else { return None };
        let dialog = dialog::message(app, message);
        let rows = dialog.rows.iter().map(|line| line.text.clone()).collect();
        let (height, width) = (dialog.height(), dialog.layout.body.width);
        return Some(Reading { place, rows, wrapped: true, height, width, top: message.scroll.top });
    }
    app.screen().state().reading(app, place)
}

impl Reading {
    /// These rows in this area, from `top` on.
    pub(super) fn of(place: Place, rows: &[Row], wrapped: bool, area: layout::Area, top: usize) -> Reading {
        let (height, width) = (usize::from(area.height), area.width);
        Reading { place, rows: rows.iter().map(text).collect(), wrapped, height, width, top }
    }
}

/// Where a text stands that is a screen of its own.
pub(super) fn whole(app: &App) -> layout::Area {
    layout::inside(layout::frame(app).body)
}

/// Moves through the text that has the keyboard.
pub(super) fn act(app: &mut App, action: Action) {
    let Some(reading) = reading(app) else { return };
    if let Some(scroll) = scroll(app) {
        // A log that followed its end is read from where it is.
        scroll.top = reading.top;
        scroll.act(action, reading.rows.len(), reading.height);
    }
}

pub(super) fn of_logs(logs: &Logs, area: layout::Area) -> Reading {
    Reading {
        place: Place::default(),
        rows: logs.lines.iter().map(|line| line.text.clone()).collect(),
        wrapped: false,
        height: usize::from(area.height),
        width: area.width,
        top: logs.top(area.width, usize::from(area.height)),
    }
}

/// Where the text of a runbook's screen stands that has the keyboard.
pub fn area(app: &App) -> Option<layout::Area> {
    let pane = place(app)?.pane;
    layout::of_runbook(app, pane).area(pane).map(layout::inside)
}

/// The text of a runbook's screen that has the keyboard.
pub(super) fn in_runbook(app: &App, screen: &RunbookScreen, place: Place) -> Option<Reading> {
    let run = app.run.as_ref()?;
    let pane = place.pane;
    let area = area(app)?;
    let (height, width) = (usize::from(area.height), area.width);
    let of = |rows: Vec<Row>, wrapped, top| {
        let rows = rows.iter().map(text).collect();
        Reading { place: place.clone(), rows, wrapped, height, width, top }
    };
    if pane == 1 {
        return Some(of(step_rows(app, width), true, screen.scroll.top));
    }
    match run.panes(run.current).into_iter().nth(pane - 2)? {
        Ok(Pane::Logs(what)) => {
            let logs = app.pane_logs.iter().find(|logs| logs.what == what)?;
            Some(Reading { place, ..of_logs(logs, area) })
        }
        Ok(live) => {
            let wrapped = !matches!(live, Pane::Table { .. });
            Some(of(pane_rows(app, &live, width), wrapped, screen.live.top))
        }
        Err(_) => None,
    }
}

/// The position of the text that has the keyboard. One that follows its end does so no more.
pub fn scroll(app: &mut App) -> Option<&mut Scroll> {
    let under = app.overlays.len() - app.overlays.iter().rev().take_while(|o| is_find(o)).count();
    if under > 0 {
        let Overlay::Message(message) = &mut app.overlays[under - 1] else { return None };
        return Some(&mut message.scroll);
    }
    if let Some(Pane::Logs(what)) = cursor::pane(app)
        && let Some(at) = app.pane_logs.iter().position(|logs| logs.what == what)
    {
        app.pane_logs[at].follow = false;
        return Some(&mut app.pane_logs[at].scroll);
    }
    app.screens.last_mut()?.state_mut().scroll()
}

/// The rows of one object in full, at a width.
pub fn detail_rows(app: &App, detail: &Detail, width: u16) -> Vec<Row> {
    match detail.kind {
        DetailKind::Describe => object(app, &detail.key, width),
        DetailKind::Yaml => {
            let lines = detail.lines.iter().map(String::as_str);
            prose::plain(lines, detail.wrap.then_some(width), prose::yaml)
        }
    }
}

/// One object, as its live view tells it.
fn object(app: &App, key: &ObjectKey, width: u16) -> Vec<Row> {
    prose::lines(&crate::live::of(key.kind).detail(&app.world, &key.row, app.now), width)
}

/// The rows of a live pane of the present step; of a table its lines without the titles. Logs have lines of their own.
pub fn pane_rows(app: &App, pane: &Pane, width: u16) -> Vec<Row> {
    let words = |text: &str, tone| vec![vec![Piece { text: text.to_owned(), look: Look::Tone(tone) }]];
    match pane {
        Pane::Table { .. } => {
            let Some(table) = table(app, pane) else { return Vec::new() };
            let cells = |key| table.cells(&app.world, key, app.now).unwrap_or_default();
            table.window(0, table.len()).map(|key| cells(key).iter().map(piece).collect()).collect()
        }
        Pane::Detail(key) => object(app, key, width),
        Pane::Logs(_) => Vec::new(),
        Pane::Output => {
            let state = app.run.as_ref().and_then(Walk::step).map(|(_, state)| state);
            let Some(output) = state.and_then(|s| s.output.as_ref()) else { return Vec::new() };
            let look = |line: &str| vec![Piece { text: line.to_owned(), look: Look::Plain }];
            prose::plain(output.shown().iter().map(AsRef::as_ref), Some(width), look)
        }
        Pane::Yaml(key) => match app.world.object(key) {
            Looked::Present(row) => match serde_saphyr::to_string(&row.value) {
                Ok(yaml) => {
                    let lines: Vec<_> = yaml.lines().map(crate::domain::sanitize).collect();
                    prose::plain(lines.iter().map(AsRef::as_ref), Some(width), prose::yaml)
                }
                Err(e) => words(&t!("app-texts-cannot-be-shown-as-yaml", e = e), Tone::Warn),
            },
            Looked::Absent => words(&t!("app-texts-is-not-in-cluster-any-more", key = key), Tone::Warn),
            Looked::Reading => words("loading…", Tone::Faint),
            Looked::Failed(why) => words(&why, Tone::Warn),
        },
    }
}

fn piece(cell: &Cell) -> Piece {
    Piece { text: format!("{}  ", cell.text), look: Look::Tone(cell.tone) }
}

/// The table of a live pane.
pub fn table<'a>(app: &'a App, pane: &Pane) -> Option<&'a Table> {
    let Pane::Table { kind, filter } = pane else { return None };
    app.pane_tables.iter().find(|t| t.view().meta().kind == *kind && t.filter == *filter)
}
