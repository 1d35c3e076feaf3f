//! V.events: what the components of the cluster say, the latest on top. Events that say the same
//! about objects of one kind in one namespace are one row, with their number.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Cell, Group, Line, LiveView, Share, SortValue, Tone, ViewMeta, field, fill, fixed, kept, spare};
use crate::domain::{ClusterSnapshot, EventRow, Kind, RowKey, Timestamp, age_short};
use crate::lang::t;

const META: ViewMeta = ViewMeta {
    id: "events",
    title: "Events",
    kind: Kind::Event,
    columns: &[
        fixed("LAST", 5),
        fixed("TYPE", 9),
        kept("REASON", 18),
        spare("OBJECT", 18),
        fixed("COUNT", 5),
        fixed("FIRST", 5),
        fill("MESSAGE", 16),
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
        Some(vec![
            e.last.map(|t| age_short(t, now)).unwrap_or_default().into(),
            kind(e),
            Cell::new(&*e.reason, Tone::Strong),
            about(e).into(),
            e.count.to_string().into(),
            e.first.or(e.last).map(|t| age_short(t, now)).unwrap_or_default().into(),
            e.message.replace('\n', " ").into(),
        ])
    }

    fn sort_value(&self, world: &ClusterSnapshot, key: &RowKey, column: usize) -> SortValue {
        let Some(e) = world.events.get(key) else { return SortValue::Text(String::new()) };
        match column {
            0 => SortValue::Number(-e.last.map_or(0, Timestamp::as_second)),
            1 => SortValue::Number(warnings_first(e.warning, e.last)),
            4 => SortValue::Number(-i64::from(e.count)),
            5 => SortValue::Number(-e.first.or(e.last).map_or(0, Timestamp::as_second)),
            _ => {
                let cells = self.cells(world, key, world.taken).unwrap_or_default();
                SortValue::Text(cells.get(column).map(|c| c.text.clone()).unwrap_or_default())
            }
        }
    }

    fn folds(&self) -> bool {
        true
    }

    fn share(&self, world: &ClusterSnapshot, key: &RowKey) -> Option<Share> {
        let e = world.events.get(key)?;
        let mut shape = DefaultHasher::new();
        (e.warning, Words { rest: &e.message, name: &e.about_name }).hash(&mut shape);
        let name = format!("{} {} {:016x}", e.about_kind, e.reason, shape.finish());
        let group = RowKey::new(e.about_namespace.clone(), name);
        Some(Share { group, count: i64::from(e.count.max(1)), first: e.first.or(e.last), last: e.last })
    }

    fn group_cells(&self, world: &ClusterSnapshot, group: &Group, now: Timestamp) -> Option<Vec<Cell>> {
        let mut cells = self.cells(world, group.newest()?, now)?;
        let e = world.events.get(group.newest()?)?;
        cells[4] = group.count().to_string().into();
        cells[5] = group.first().map(|t| age_short(t, now)).unwrap_or_default().into();
        if group.len() > 1 {
            cells[3] = format!("{}× {}", group.len(), about(e)).into();
        }
        Some(cells)
    }

    fn group_value(&self, world: &ClusterSnapshot, group: &Group, column: usize) -> SortValue {
        match (column, group.newest()) {
            (4, _) => SortValue::Number(-group.count()),
            (5, _) => SortValue::Number(-group.first().map_or(0, Timestamp::as_second)),
            (_, Some(key)) => self.sort_value(world, key, column),
            (_, None) => SortValue::Text(String::new()),
        }
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let Some(e) = world.events.get(key) else { return Vec::new() };
        let ago =
            |t: Option<Timestamp>| t.map(|t| t!("live-ago", age = age_short(t, now))).unwrap_or_default();
        let counted = t!("live-events-count", count = e.count, first = ago(e.first), last = ago(e.last));
        let mut out = vec![
            vec![kind(e), Cell::new(format!("  {}", e.reason), Tone::Strong)],
            field(
                t!("live-label-object"),
                format!("{} {}/{}", e.about_kind, e.about_namespace, e.about_name),
            ),
            field(t!("live-label-count"), counted),
            field(t!("live-label-from"), format!("{} {}", e.source, e.host)),
        ];
        out.extend(e.message.lines().map(|l| vec![Cell::from(l)]));
        out
    }
}

/// The object that an event is about.
fn about(e: &EventRow) -> String {
    if e.about_namespace.is_empty() || &*e.about_kind == "Node" {
        format!("{} {}", e.about_kind, e.about_name)
    } else {
        format!("{} {}/{}", e.about_kind, e.about_namespace, e.about_name)
    }
}

/// Every warning before everything else, the latest first.
fn warnings_first(warning: bool, last: Option<Timestamp>) -> i64 {
    const ALL_TIME: i64 = 1 << 40;
    -last.map_or(0, Timestamp::as_second) - if warning { ALL_TIME } else { 0 }
}

/// What of a message is the same for other objects: all but the object's name and the words with a digit in them.
#[derive(Clone)]
struct Words<'a> {
    rest: &'a str,
    name: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let end = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | '_'));
        let start = self.rest.find(|c| !end(c))?;
        let rest = &self.rest[start..];
        let (word, rest) = rest.split_at(rest.find(end).unwrap_or(rest.len()));
        self.rest = rest;
        let own = word == self.name || word.starts_with(self.name) && !self.name.is_empty();
        Some(if own || word.contains(|c: char| c.is_ascii_digit()) { "#" } else { word })
    }
}

impl Hash for Words<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.clone().for_each(|word| word.hash(state));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::{Filter, Table};
    use crate::testing::{World, ago, now, pod, warning};
    use proptest::prelude::*;

    fn table(world: &World, filter: Filter) -> Table {
        let mut table = Table::new(&Events, filter);
        table.follow(&world.0);
        table
    }

    fn texts(table: &Table, world: &World) -> Vec<String> {
        let cells = table.window(0, 100).filter_map(|row| table.cells(&world.0, row, now()));
        cells.map(|c| c.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("|")).collect()
    }

    fn shop() -> World {
        let (one, two) = (pod("shop", "api-x1", "w"), pod("shop", "api-x2", "w"));
        let pull = |name: &str| format!("Back-off pulling image \"api:9\" for pod {name} after 35s");
        let mut normal = warning(&one, "Pulled", "pulled", 1);
        normal.warning = false;
        World::new()
            .event(normal)
            .event(warning(&one, "BackOff", &pull("api-x1_shop"), 90))
            .event(warning(&two, "BackOff", &pull("api-x2_shop").replace("35s", "7m"), 20))
            .event(warning(&two, "Unhealthy", "probe failed", 50))
    }

    #[test]
    fn events_that_say_the_same_are_one_row_and_the_newest_is_on_top() {
        let world = shop();
        let rows = texts(&table(&world, Filter::default()), &world);
        assert_eq!(rows.len(), 3, "{rows:?}");
        assert!(rows[0].contains("1s|· Normal"), "{rows:?}");
        assert!(rows[1].contains("20s|▲ Warning|BackOff|2× Pod shop/api-x2|8|"), "{rows:?}");
        assert!(rows[2].contains("Unhealthy"), "{rows:?}");
    }

    #[test]
    fn a_group_can_be_opened_and_everything_shown_singly() {
        let world = shop();
        let grouped = table(&world, Filter::default());
        let first = grouped.key(1).cloned();
        assert_eq!((grouped.len(), grouped.objects()), (3, 4));
        assert_eq!(grouped.object(first.as_ref().unwrap()), Some(RowKey::new("shop", "api-x2.BackOff")));
        let mut single = table(&world, Filter { group: first, ..Filter::default() });
        single.grouped = false;
        single.follow(&world.0);
        assert_eq!(texts(&single, &world).len(), 2);
        let warnings = table(&world, Filter { warnings: true, ..Filter::default() });
        assert_eq!(warnings.objects(), 3);
        let found = table(&world, Filter { text: "unhealthy".into(), ..Filter::default() });
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn five_thousand_events_of_twenty_kinds_are_twenty_rows_and_one_more_costs_no_new_reading() {
        let pods: Vec<_> = (0..250).map(|n| pod("shop", &format!("api-{n}"), "w")).collect();
        let all = (0..20).flat_map(|reason| pods.iter().map(move |pod| (reason, pod)));
        let event = |(reason, pod): (usize, &crate::domain::PodRow)| {
            let words = format!("probe {} failed for {}", ["a", "b"][reason % 2], pod.meta.name);
            warning(pod, &format!("Reason{}", char::from(b'A' + reason as u8)), &words, 20)
        };
        let world = all.map(event).fold(World::new(), World::event);
        let mut table = table(&world, Filter::default());
        assert_eq!((table.len(), table.objects()), (20, 5_000));
        let begun = std::time::Instant::now();
        let mut world = world;
        for (n, pod) in pods.iter().take(100).enumerate() {
            world = world.event(warning(pod, "ReasonA", &format!("probe a failed for {n}, again"), 1));
            table.follow(&world.0);
        }
        assert!(begun.elapsed() < std::time::Duration::from_secs(3), "{:?}", begun.elapsed());
        assert!(table.len() <= 21, "{} rows", table.len());
    }

    #[test]
    fn names_and_numbers_do_not_make_another_message() {
        let words = |text, name| Words { rest: text, name }.collect::<Vec<_>>().join(" ");
        assert_eq!(words("pod a-b_x: 3 of 5 nodes", "a-b"), "pod # # of # nodes");
        assert_eq!(words("", ""), "");
        assert_eq!(words("节点 down (x=1)", "n"), "节点 down x #");
    }

    proptest! {
        #[test]
        fn a_grouped_table_that_follows_equals_one_that_is_read_anew(
            steps in proptest::collection::vec((0..12_u8, 0..4_u8, 0..200_i64, 0..8_u8), 1..60)
        ) {
            let texts_typed = ["", "p", "pod-1", "back", "!back"];
            let mut world = World::new();
            let mut table = Table::new(&Events, Filter::default());
            for (n, reason, seconds, what) in steps {
                let subject = pod(if n % 2 == 0 { "a" } else { "b" }, &format!("pod-{n}"), "w");
                let reason = ["BackOff", "Unhealthy", "Failed", "Late"][usize::from(reason)];
                match what {
                    0 => table.filter.text = texts_typed[usize::from(n) % 5].to_owned(),
                    1 => table.sort.column = [None, Some(0), Some(4), Some(2), Some(1)][usize::from(n) % 5],
                    2 => table.grouped = n % 3 != 0,
                    3 => {
                        world.0.events.remove(&warning(&subject, reason, "", 0).meta.key());
                    }
                    _ => {
                        let mut event = warning(&subject, reason, &format!("{reason} of pod-{n}"), seconds);
                        event.first = Some(ago(seconds + 30));
                        event.count = i32::from(what);
                        world = world.event(event);
                    }
                }
                if what % 2 == 0 {
                    table.follow(&world.0);
                    let mut anew = Table::new(&Events, table.filter.clone());
                    (anew.sort, anew.grouped) = (table.sort, table.grouped);
                    anew.follow(&world.0);
                    prop_assert_eq!(texts(&table, &world), texts(&anew, &world));
                    for (at, row) in anew.window(0, 100).enumerate() {
                        prop_assert_eq!(table.position(row), Some(at));
                    }
                }
            }
        }
    }
}
