//! V.events: what the components of the cluster say, the latest first.

use super::{Cell, Line, LiveView, SortValue, Tone, ViewMeta, field, fill, fixed, kept};
use crate::domain::{ClusterSnapshot, EventRow, Kind, RowKey, Timestamp, age_short};

const META: ViewMeta = ViewMeta {
    id: "events",
    title: "Events",
    kind: Kind::Event,
    columns: &[
        fixed("LAST", 5),
        fixed("TYPE", 9),
        kept("REASON", 22),
        fixed("OBJECT", 30),
        fixed("COUNT", 6),
        fill("MESSAGE", 20),
    ],
    sort: Some((0, false)),
};

pub struct Events;

impl LiveView for Events {
    fn meta(&self) -> &'static ViewMeta {
        &META
    }

    fn cells(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Option<Vec<Cell>> {
        let e = world.events.get(key)?;
        let object = if e.about_namespace.is_empty() || &*e.about_kind == "Node" {
            format!("{} {}", e.about_kind, e.about_name)
        } else {
            format!("{} {}/{}", e.about_kind, e.about_namespace, e.about_name)
        };
        Some(vec![
            e.last.map(|t| age_short(t, now)).unwrap_or_default().into(),
            kind(e),
            Cell::new(&*e.reason, Tone::Strong),
            object.into(),
            e.count.to_string().into(),
            e.message.replace('\n', " ").into(),
        ])
    }

    fn sort_value(&self, world: &ClusterSnapshot, key: &RowKey, column: usize) -> SortValue {
        let Some(e) = world.events.get(key) else { return SortValue::Text(String::new()) };
        match column {
            0 => SortValue::Number(-e.last.map_or(0, Timestamp::as_second)),
            4 => SortValue::Number(-i64::from(e.count)),
            _ => {
                let cells = self.cells(world, key, world.taken).unwrap_or_default();
                SortValue::Text(cells.get(column).map(|c| c.text.clone()).unwrap_or_default())
            }
        }
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let Some(e) = world.events.get(key) else { return Vec::new() };
        let ago = |t: Option<Timestamp>| t.map(|t| format!("{} ago", age_short(t, now))).unwrap_or_default();
        let mut out = vec![
            vec![kind(e), Cell::new(format!("  {}", e.reason), Tone::Strong)],
            field("object", format!("{} {}/{}", e.about_kind, e.about_namespace, e.about_name)),
            field("count", format!("{} from {} to {}", e.count, ago(e.first), ago(e.last))),
            field("from", format!("{} {}", e.source, e.host)),
        ];
        out.extend(e.message.lines().map(|l| vec![Cell::from(l)]));
        out
    }
}

fn kind(e: &EventRow) -> Cell {
    if e.warning { Cell::new("▲ Warning", Tone::Warn) } else { Cell::new("· Normal", Tone::Faint) }
}

/// An event in one line, for the detail of its object.
pub(super) fn line(e: &EventRow, now: Timestamp) -> Line {
    let last = e.last.map(|t| age_short(t, now)).unwrap_or_default();
    let times = if e.count > 1 { format!(" x{}", e.count) } else { String::new() };
    let tone = if e.warning { Tone::Warn } else { Tone::Faint };
    let mark = if e.warning { "▲" } else { "·" };
    vec![
        Cell::new(format!("{mark} {last:>4} "), tone),
        Cell::new(format!("{}{times}  ", e.reason), Tone::Strong),
        Cell::from(e.message.replace('\n', " ")),
    ]
}
