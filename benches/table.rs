//! What a table costs while it follows thirty thousand pods, beside what reading it anew costs, in the same run.
//! `cargo bench --bench table`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use opsbook::domain::{ClusterSnapshot, Kind, Meta, PodRow, SyncState, Timestamp};
use opsbook::live::{Filter, Sort, Table, of};

const PODS: usize = 30_000;
/// The column of the pods' age.
const AGE: usize = 9;

fn pod(n: usize, created: i64) -> PodRow {
    let meta = Meta {
        namespace: format!("team-{}", n % 40).into(),
        name: format!("service-{}-7d4b9c6f5-{n:05}", n % 700).into(),
        uid: format!("uid-{n}").into(),
        version: "1".into(),
        created: Timestamp::from_second(1_700_000_000 + created).ok(),
        ..Meta::default()
    };
    PodRow { meta, node: format!("node-{}", n % 1000).into(), ..PodRow::default() }
}

fn world() -> ClusterSnapshot {
    let mut world =
        ClusterSnapshot { sync: std::array::from_fn(|_| SyncState::Live), ..ClusterSnapshot::default() };
    for n in 0..PODS {
        world.pods.insert(pod(n, (n * 7919 % PODS) as i64));
    }
    world
}

fn table(text: &str, column: Option<usize>) -> Table {
    let mut table = Table::new(of(Kind::Pod), Filter { text: text.to_owned(), ..Filter::default() });
    table.sort = Sort { column, backwards: false };
    table
}

/// The middle of these times.
fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn print(what: &str, now: Vec<Duration>, anew: Vec<Duration>) {
    let (now, anew) = (middle(now), middle(anew));
    let ratio = anew.as_secs_f64() / now.as_secs_f64().max(1e-9);
    println!("{what:<44} {now:>10.1?}   anew {anew:>10.1?}   {ratio:>8.1} times");
}

/// One pod changes: the table follows, or is read anew.
fn change(what: &str, text: &str, column: Option<usize>) {
    let mut world = world();
    let mut followed = table(text, column);
    followed.follow(&world);
    let (mut now, mut anew) = (Vec::new(), Vec::new());
    for i in 0..15 {
        world.pods.insert(pod(i * 1999 % PODS, i as i64 * 31));
        let began = Instant::now();
        followed.follow(&world);
        now.push(began.elapsed());
        let mut other = table(text, column);
        let began = Instant::now();
        other.follow(&world);
        anew.push(began.elapsed());
        assert_eq!(black_box(other).len(), followed.len());
    }
    print(what, now, anew);
}

/// A filter is typed, a key at a time.
fn typed(text: &str) {
    let world = world();
    for end in 1..=text.len() {
        let (mut now, mut anew) = (Vec::new(), Vec::new());
        for _ in 0..9 {
            let mut followed = table(&text[..end - 1], None);
            followed.follow(&world);
            text[..end].clone_into(&mut followed.filter.text);
            let began = Instant::now();
            followed.follow(&world);
            now.push(began.elapsed());
            let mut other = table(&text[..end], None);
            let began = Instant::now();
            other.follow(&world);
            anew.push(began.elapsed());
            assert_eq!(black_box(other).len(), followed.len());
        }
        print(&format!("the filter becomes {:?}", &text[..end]), now, anew);
    }
}

fn main() {
    println!("{PODS} pods, the middle of the times");
    change("a change, sorted by namespace and name", "", None);
    change("a change, sorted by age", "", Some(AGE));
    change("a change, sorted by age, filtered", "service-77-", Some(AGE));
    typed("service-77");
    typed("77-7");
}
