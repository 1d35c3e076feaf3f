//! Live views: how objects look, as rows of a table and as the lines of a detail. Pure: a view reads a
//! snapshot and is told the time; one table and one text widget draw them all, and ask only for the rows that
//! are visible.
//!
//! To add one, write a file with a unit struct that implements [`LiveView`] and add it to [`REGISTRY`].

mod daemonsets;
mod deployments;
mod events;
mod exit;
mod filter;
mod images;
mod leases;
mod logs;
mod namespaces;
mod nodes;
mod objects;
mod owners;
mod pane;
mod pdbs;
mod pods;
mod replicasets;
mod statefulsets;
mod table;
mod volumes;

pub use filter::Filter;
pub use logs::{Instance, LogsOf, Source};
pub use owners::owner;
pub use pane::{HEADS, Pane, kind_of_value};
pub use table::{Group, Share, Sort, Table, WORST};

use unicode_width::UnicodeWidthStr;

use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, ObjectKey, ObjectRow, RowKey, Timestamp};
use crate::lang::t;

/// What a piece of text means; the theme gives it a colour, and a symbol or word always says it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    #[default]
    Plain,
    Good,
    Warn,
    Bad,
    /// Less important.
    Faint,
    /// A name or heading.
    Strong,
}

/// A text with its meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub tone: Tone,
}

impl Cell {
    pub fn new(text: impl Into<String>, tone: Tone) -> Cell {
        Cell { text: text.into(), tone }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::new(text, Tone::Plain)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::new(text, Tone::Plain)
    }
}

/// A line of a detail: cells one after the other.
pub type Line = Vec<Cell>;

/// How wide a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// So many cells.
    Fixed(u16),
    /// A share of what is left, at least so many cells.
    Fill(u16),
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// As in kubectl's tables, in every language.
    pub title: &'static str,
    pub width: Width,
    /// Shown only in the wide form.
    pub wide: bool,
    /// On a narrow screen it stays when others give way.
    pub keep: bool,
}

/// A column of a fixed width.
pub const fn fixed(title: &'static str, width: u16) -> Column {
    Column { title, width: Width::Fixed(width), wide: false, keep: false }
}

/// A column of a fixed width that stays on a narrow screen.
pub const fn kept(title: &'static str, width: u16) -> Column {
    Column { title, width: Width::Fixed(width), wide: false, keep: true }
}

/// A column that takes what is left.
pub const fn fill(title: &'static str, least: u16) -> Column {
    Column { title, width: Width::Fill(least), wide: false, keep: true }
}

/// A column that takes what is left, and gives way on a narrow screen.
pub const fn spare(title: &'static str, least: u16) -> Column {
    Column { title, width: Width::Fill(least), wide: false, keep: false }
}

/// A column of the wide form.
pub const fn wide(title: &'static str, width: u16) -> Column {
    Column { title, width: Width::Fixed(width), wide: true, keep: false }
}

/// What a row sorts by in one column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortValue {
    Number(i64),
    Text(String),
}

/// What a view is.
#[derive(Debug)]
pub struct ViewMeta {
    /// As in a runbook's `show:` and the explorer's command line: `pods`.
    pub id: &'static str,
    pub title: &'static str,
    pub kind: Kind,
    pub columns: &'static [Column],
    /// Column to sort by at first and whether backwards; none is by namespace and name.
    pub sort: Option<(usize, bool)>,
}

/// One live view.
pub trait LiveView: Sync {
    fn meta(&self) -> &'static ViewMeta;

    /// The cells of one row in the order of the columns; none when the object is gone.
    fn cells(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Option<Vec<Cell>>;

    /// The value that a row sorts by in a column: of the cell unless the view knows better. It must not depend on the
    /// time, which goes on without a change.
    fn sort_value(&self, world: &ClusterSnapshot, key: &RowKey, column: usize) -> SortValue {
        let kind = self.meta().kind;
        if self.meta().columns.get(column).is_some_and(|c| c.title == "AGE") {
            let created = world.meta(&ObjectKey { kind, row: key.clone() }).and_then(|m| m.created);
            return SortValue::Number(-created.map_or(0, Timestamp::as_second));
        }
        let cells = self.cells(world, key, world.taken).unwrap_or_default();
        let text = cells.get(column).map(|c| c.text.as_str()).unwrap_or_default();
        text.parse().map_or_else(|_| SortValue::Text(text.to_owned()), SortValue::Number)
    }

    /// The other kinds on which the order by a column depends.
    fn sorts_by(&self, _column: usize) -> &'static [Kind] {
        &[]
    }

    /// Whether one of the columns has this text, which is in lower case. A view of many rows knows a shorter
    /// way than to make all of their cells for every key that is typed.
    fn says(&self, world: &ClusterSnapshot, key: &RowKey, wanted: &str) -> bool {
        let cells = self.cells(world, key, world.taken).unwrap_or_default();
        cells.iter().any(|c| contains(&c.text, wanted))
    }

    /// Whether rows that are alike are shown as one at first.
    fn folds(&self) -> bool {
        false
    }

    /// What a row brings into the group of those that are like it; none where nothing is alike.
    fn share(&self, _world: &ClusterSnapshot, _key: &RowKey) -> Option<Share> {
        None
    }

    /// The cells of rows that are shown as one.
    fn group_cells(&self, world: &ClusterSnapshot, group: &Group, now: Timestamp) -> Option<Vec<Cell>> {
        self.cells(world, group.newest()?, now)
    }

    /// The value that rows shown as one sort by: of the latest unless the view knows better. It must be told by the
    /// group's figures and its latest row alone.
    fn group_value(&self, world: &ClusterSnapshot, group: &Group, column: usize) -> SortValue {
        group
            .newest()
            .map_or_else(|| SortValue::Text(String::new()), |key| self.sort_value(world, key, column))
    }

    /// What is followed while one object is shown in full: what its row does not keep.
    fn reads(&self, _world: &ClusterSnapshot, _key: &RowKey) -> Vec<Interest> {
        Vec::new()
    }

    /// One object in full.
    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line>;
}

/// Every view, a line each.
pub static REGISTRY: &[&dyn LiveView] = &[
    &nodes::Nodes,
    &pods::Pods,
    &events::Events,
    &namespaces::Namespaces,
    &deployments::Deployments,
    &replicasets::ReplicaSets,
    &statefulsets::StatefulSets,
    &daemonsets::DaemonSets,
    &pdbs::Pdbs,
    &leases::Leases,
];

/// The view of a kind: its own, or the one for objects in general.
pub fn of(kind: Kind) -> &'static dyn LiveView {
    let own = REGISTRY.iter().copied().find(|v| v.meta().kind == kind);
    own.or_else(|| objects::of(kind).map(|v| v as &dyn LiveView))
        .expect("watched kinds have a view of their own, a test holds it; the others share one")
}

/// Whether a text contains another one, which is in lower case, in any case.
pub(crate) fn contains(text: &str, lower: &str) -> bool {
    if lower.is_empty() || !lower.is_ascii() || !text.is_ascii() {
        return text.to_lowercase().contains(lower);
    }
    let (first, lower) = (lower.as_bytes()[0], lower.as_bytes());
    let fits = |part: &[u8]| part[0].to_ascii_lowercase() == first && part.eq_ignore_ascii_case(lower);
    text.as_bytes().windows(lower.len()).any(fits)
}

/// A label and its value, the label padded so that values stand below each other.
pub(crate) fn field(label: &str, value: impl Into<Cell>) -> Line {
    // Chinese letters are two cells wide.
    let rest = " ".repeat(12_usize.saturating_sub(label.width()));
    vec![Cell::new(format!("{label}{rest} "), Tone::Faint), value.into()]
}

/// The lines that the object itself tells, or why they are not there (yet).
pub(crate) fn from_object(
    world: &ClusterSnapshot,
    key: &ObjectKey,
    what: &str,
    lines: impl FnOnce(&ObjectRow) -> Vec<Line>,
) -> Vec<Line> {
    match world.object(key) {
        Looked::Present(row) => lines(row),
        Looked::Absent => Vec::new(),
        Looked::Reading => vec![field(what, Cell::new(t!("live-are-being-read"), Tone::Faint))],
        Looked::Failed(why) => vec![field(what, Cell::new(t!("live-not-known", why = why), Tone::Warn))],
    }
}

/// A heading of a detail.
pub(crate) fn heading(text: &str) -> Line {
    vec![Cell::new(text, Tone::Strong)]
}

/// Conditions that are well when they are True; the others name a trouble.
const WELL_WHEN_TRUE: &[&str] =
    &["Ready", "ContainersReady", "Initialized", "PodScheduled", "PodReadyToStartContainers"];

/// The conditions of an object, the ones that are wrong in a warning tone.
pub(crate) fn conditions(rows: &[crate::domain::Condition], now: Timestamp) -> Vec<Line> {
    let mut out = Vec::new();
    for c in rows {
        let positive = WELL_WHEN_TRUE.contains(&&*c.kind);
        let normal = positive == (&*c.status == "True");
        let unknown = &*c.status == "Unknown" && !positive;
        let (mark, tone) = match (unknown, normal) {
            (true, _) => ("?", Tone::Warn),
            (false, true) => ("✔", Tone::Good),
            (false, false) => ("✖", Tone::Bad),
        };
        let since = c.since.map(|t| crate::domain::age(t, now)).unwrap_or_default();
        out.push(vec![
            Cell::new(format!("{mark} {:<20} {:<8}", c.kind, c.status), tone),
            Cell::new(format!("{since:>6}  "), Tone::Faint),
            Cell::from(c.reason.to_string()),
        ]);
        if !normal && !c.message.is_empty() {
            out.push(vec![Cell::new(format!("    {}", c.message), Tone::Plain)]);
        }
    }
    out
}

/// The latest events about an object, warnings first within the same moment.
pub(crate) fn events_of(
    world: &ClusterSnapshot,
    key: &crate::domain::ObjectKey,
    now: Timestamp,
    most: usize,
) -> Vec<Line> {
    let mut events: Vec<_> = world.events_about(key).collect();
    events.sort_by_key(|e| std::cmp::Reverse((e.last, e.warning)));
    let mut out: Vec<Line> = events.iter().take(most).map(|e| events::line(e, now)).collect();
    if out.is_empty() {
        let place = if key.kind.meta().namespaced { key.namespace() } else { "default" };
        let why = match world.sync(Kind::Event) {
            _ if !world.covers(Kind::Event, place) => t!("live-events-not-read-there"),
            state if state.current() => t!("live-events-none"),
            _ => t!("live-events-not-read"),
        };
        out.push(vec![Cell::new(why, Tone::Faint)]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_in_any_case_and_alphabet() {
        let cases = [("API-1", "api", true), ("web", "api", false), ("Café", "café", true), ("x", "", true)];
        for (text, wanted, found) in cases {
            assert_eq!(contains(text, wanted), found, "{wanted} in {text}");
        }
    }

    #[test]
    fn every_kind_has_one_view() {
        for kind in Kind::WATCHED {
            assert_eq!(REGISTRY.iter().filter(|v| v.meta().kind == *kind).count(), 1, "{kind}");
        }
    }

    #[test]
    fn a_row_has_a_cell_for_every_column_and_a_gone_object_has_none() {
        use crate::testing::{World, node, now, pod};
        let world = World::new().node(node("w", "True", "", 9)).pod(pod("shop", "api-1", "w"));
        for view in REGISTRY {
            let mut keys = Vec::new();
            world.0.each_key(view.meta().kind, |k| keys.push(k));
            for key in keys {
                assert_eq!(view.cells(&world.0, &key, now()).unwrap().len(), view.meta().columns.len());
                assert!(!view.detail(&world.0, &key, now()).is_empty());
            }
            assert!(view.cells(&world.0, &RowKey::new("no", "thing"), now()).is_none());
        }
    }
}
