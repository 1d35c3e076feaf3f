//! Tables of small worlds: filtered, sorted, followed.

use proptest::prelude::*;

use super::*;
use crate::testing::{World, node, pod, warning};

fn names(table: &Table) -> Vec<String> {
    table.window(0, 100).map(ToString::to_string).collect()
}

#[test]
fn a_table_that_follows_equals_one_that_is_read_anew() {
    let mut world = World::new();
    for (ns, name) in [("b", "x-1"), ("a", "y-1"), ("a", "x-2")] {
        world = world.pod(pod(ns, name, "w"));
    }
    let mut table = Table::new(crate::live::of(Kind::Pod), Filter { text: "x".into(), ..Filter::default() });
    table.follow(&world.0);
    assert_eq!(names(&table), ["a/x-2", "b/x-1"]);
    world = world.pod(pod("a", "x-0", "w"));
    world.0.pods.remove(&RowKey::new("b", "x-1"));
    table.follow(&world.0);
    assert_eq!(names(&table), ["a/x-0", "a/x-2"]);
    let mut anew = Table::new(table.view(), table.filter.clone());
    anew.follow(&world.0);
    assert_eq!(names(&anew), names(&table));
    assert_eq!(table.position(&RowKey::new("a", "x-2")), Some(1));
}

#[test]
fn filters_by_text_inverse_label_and_namespace() {
    let world = World::new().pod(pod("a", "api-1", "w")).pod(pod("b", "web-1", "w"));
    let rows = |filter: Filter| {
        let mut table = Table::new(crate::live::of(Kind::Pod), filter);
        table.follow(&world.0);
        names(&table)
    };
    let text = |t: &str| Filter { text: t.into(), ..Filter::default() };
    assert_eq!(rows(text("API")), ["a/api-1"]);
    assert_eq!(rows(text("!api")), ["b/web-1"]);
    assert_eq!(rows(text("-l app=web")), ["b/web-1"]);
    assert_eq!(rows(Filter { namespaces: Some("b".into()), ..Filter::default() }), ["b/web-1"]);
}

#[test]
fn what_has_an_index_gives_the_same_rows_as_a_search_among_all() {
    let (one, other) = (pod("a", "api-1", "w"), pod("b", "api-2", "x"));
    let world = World::new()
        .event(warning(&one, "BackOff", "late", 9))
        .event(warning(&other, "BackOff", "late", 9))
        .pod(one)
        .pod(other);
    let rows = |kind, filter: Filter| {
        let mut table = Table::new(crate::live::of(kind), filter);
        table.follow(&world.0);
        let objects = table.window(0, 9).filter_map(|row| table.object(row));
        objects.map(|key| key.to_string()).collect::<Vec<_>>()
    };
    let node = Filter { node: Some("w".into()), ..Filter::default() };
    assert_eq!(rows(Kind::Pod, node), ["a/api-1"]);
    let about = Filter { about: Some(ObjectKey::new(Kind::Pod, "b", "api-2")), ..Filter::default() };
    assert_eq!(rows(Kind::Event, about), ["b/api-2.BackOff"]);
    let none = Filter { node: Some("empty".into()), ..Filter::default() };
    assert!(rows(Kind::Pod, none).is_empty());
}

#[test]
fn a_sort_by_column_keeps_equal_rows_by_name() {
    let world = World::new()
        .pod(crate::testing::oom_killed(pod("a", "one-1", "w"), 9, 1))
        .pod(crate::testing::oom_killed(pod("a", "many-1", "w"), 9, 7));
    let mut table = Table::new(crate::live::of(Kind::Pod), Filter::default());
    table.sort = Sort { column: Some(4), backwards: false };
    table.follow(&world.0);
    assert_eq!(names(&table), ["a/many-1", "a/one-1"]);
}

#[test]
fn only_a_text_that_grows_narrows() {
    let filter = |text: &str| Filter { text: text.into(), ..Filter::default() };
    let narrows = |before: &str, now: &str| filter(now).narrows(&filter(before));
    assert!(narrows("", "a") && narrows("ap", "api") && narrows("PI", "api") && narrows("api", " api "));
    for (before, now) in
        [("api", "ap"), ("!a", "!ap"), ("a", "!ab"), ("-l a", "-l ab"), ("-", "-l"), ("!", "!a")]
    {
        assert!(!narrows(before, now), "{before} to {now}");
    }
    let other = Filter { namespaces: Some("a".into()), ..filter("ab") };
    assert!(!other.narrows(&filter("a")));
}

#[test]
fn nodes_sorted_by_their_pods_move_when_pods_come() {
    let mut world = World::new().node(node("a", "True", "", 9)).node(node("b", "True", "", 9));
    let mut table = Table::new(crate::live::of(Kind::Node), Filter::default());
    table.sort = Sort { column: Some(5), backwards: true };
    table.follow(&world.0);
    assert_eq!(names(&table), ["a", "b"]);
    world = world.pod(pod("shop", "api-1", "b"));
    table.follow(&world.0);
    assert_eq!(names(&table), ["b", "a"]);
}

/// Something that happens between two looks.
#[derive(Clone, Debug)]
enum Step {
    /// A pod with this number comes or changes: its node, restarts and age.
    Put(u8, u8, u8),
    Gone(u8),
    Text(&'static str),
    Sort(Option<usize>, bool),
    Look,
}

fn step() -> impl Strategy<Value = Step> {
    let texts = ["", "p", "pod-1", "pod-11", "!pod-1", "node-2", "NODE", "-l app=pod", "1/1", "x"];
    prop_oneof![
        6 => (0..40_u8, 0..4_u8, 0..4_u8).prop_map(|(pod, node, restarts)| Step::Put(pod, node, restarts)),
        2 => (0..40_u8).prop_map(Step::Gone),
        2 => proptest::sample::select(texts.to_vec()).prop_map(Step::Text),
        1 => (proptest::option::of(0..10_usize), any::<bool>()).prop_map(|(c, back)| Step::Sort(c, back)),
        4 => Just(Step::Look),
    ]
}

proptest! {
    #[test]
    fn a_table_that_follows_is_always_equal_to_one_that_is_read_anew(steps in proptest::collection::vec(step(), 1..80)) {
        let mut world = World::new();
        let mut table = Table::new(crate::live::of(Kind::Pod), Filter::default());
        for step in steps {
            match step {
                Step::Put(n, node, restarts) => {
                    let space = if n % 3 == 0 { "a" } else { "b" };
                    let mut pod = pod(space, &format!("pod-{n}"), &format!("node-{node}"));
                    if restarts > 0 {
                        pod = crate::testing::oom_killed(pod, i64::from(restarts) * 7, i32::from(restarts));
                    }
                    world = world.pod(pod);
                }
                Step::Gone(n) => {
                    let space = if n % 3 == 0 { "a" } else { "b" };
                    world.0.pods.remove(&RowKey::new(space, format!("pod-{n}")));
                }
                Step::Text(text) => table.filter.text = text.to_owned(),
                Step::Sort(column, backwards) => table.sort = Sort { column, backwards },
                Step::Look => {
                    table.follow(&world.0);
                    let mut anew = Table::new(table.view(), table.filter.clone());
                    anew.sort = table.sort;
                    anew.follow(&world.0);
                    prop_assert_eq!(names(&table), names(&anew));
                    for (at, key) in anew.rows.iter().map(|(_, key)| key).enumerate() {
                        prop_assert_eq!(table.position(key), Some(at));
                    }
                    prop_assert_eq!(table.values.len(), if table.sort.column.is_some() { table.len() } else { 0 });
                }
            }
        }
    }
}
