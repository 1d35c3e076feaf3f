//! Nothing that can happen makes the core or the view panic, in any order; and nothing is ever run that was not
//! approved.

use opsbook::action::Action;
use opsbook::app::{Effect, Found, Hit, HitKind, Msg, TaskEvent};
use opsbook::domain::{Key, KeyCode, Kind, Mouse, MouseKind, SyncState};
use opsbook::live::Tone;
use opsbook::record::RunEnd;
use opsbook::theme::Depth;
use proptest::prelude::*;

use crate::support::{Desk, World, now, oom_killed, pod, stateful};

/// Something that happens to the desk.
#[derive(Clone, Debug)]
enum Happens {
    Key(Key),
    Type(String),
    Mouse(Mouse),
    Paste(String),
    Resize(u16, u16),
    Do(Action),
    World(u8),
    Pass(i64),
    Task(u64, u8),
    CarryOut,
    /// The runbook with every kind of step is opened, and one of its steps is looked at.
    Every(u8, u8),
    Fail(bool),
    Found(i64),
    Fetched(u64, bool),
    Log(u64),
    Said,
}

fn keys() -> impl Strategy<Value = Key> {
    // What the keymap knows, weighted towards what leads somewhere.
    let table: toml::Table = opsbook::keymap::BUILT_IN.parse().unwrap();
    let mut known: Vec<Key> =
        table.values().flat_map(|t| t.as_table().unwrap().keys().map(|k| k.parse().unwrap())).collect();
    known.extend([Key::plain(KeyCode::Backspace), Key::plain(KeyCode::Delete), Key::plain(KeyCode::F(5))]);
    let enter = Just(Key::plain(KeyCode::Enter));
    let any_char = any::<char>().prop_map(Key::char);
    prop_oneof![4 => proptest::sample::select(known), 3 => enter, 1 => any_char, 1 => Just(Key::char('y')), 1 => Just(Key::char(' '))]
}

fn happens() -> impl Strategy<Value = Happens> {
    let lines = [
        "nodes",
        "pods",
        "deploy",
        "events",
        "ns shop",
        "rb team/phones",
        "rb pods/pod-oomkilled",
        "q",
        "rb nodes/node-not-ready",
        "rb etcd/etcd-restore-stacked",
        "rb network/cni-calico",
        "leases",
        "rb team/every",
        "rb team/scripts",
    ];
    let mouse = (0u8..3, any::<(u16, u16)>(), any::<bool>()).prop_map(|(kind, (x, y), near)| {
        let kind = [MouseKind::Click, MouseKind::ScrollUp, MouseKind::ScrollDown][usize::from(kind)];
        let (column, row) = if near { (x % 120, y % 40) } else { (x, y) };
        Happens::Mouse(Mouse { kind, column, row })
    });
    prop_oneof![
        12 => keys().prop_map(Happens::Key),
        2 => proptest::sample::select(lines.to_vec()).prop_map(|t| Happens::Type(t.to_owned())),
        1 => ".{0,12}".prop_map(Happens::Type),
        2 => mouse,
        1 => "(.|\n){0,40}".prop_map(Happens::Paste),
        2 => (0u16..130, 0u16..50).prop_map(|(w, h)| Happens::Resize(w, h)),
        1 => (0u16..4, 0u16..4).prop_map(|(w, h)| Happens::Resize(w, h)),
        2 => proptest::sample::select(Action::ALL.to_vec()).prop_map(Happens::Do),
        3 => any::<u8>().prop_map(Happens::World),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Happens::Every(a, b)),
        1 => any::<bool>().prop_map(Happens::Fail),
        1 => (0i64..2000).prop_map(Happens::Pass),
        1 => (0u64..20, any::<u8>()).prop_map(|(id, n)| Happens::Task(id, n)),
        1 => Just(Happens::CarryOut),
        1 => (-3i64..3).prop_map(Happens::Found),
        1 => (0u64..20, any::<bool>()).prop_map(|(id, good)| Happens::Fetched(id, good)),
        1 => (0u64..20).prop_map(Happens::Log),
        1 => Just(Happens::Said),
    ]
}

/// A world by number.
fn world(n: u8, now: &World) -> World {
    let gone = |mut w: World| {
        w.0.nodes.remove(&opsbook::domain::RowKey::new("", "worker-3"));
        w
    };
    let stale = SyncState::Stale { since: crate::support::ago(10), why: "refused".into() };
    match n % 13 {
        0 => World::silent_node(),
        1 => World::two_findings(),
        2 => World::healthy(),
        3 => World::nothing(),
        4 => gone(World::two_findings()),
        5 => World::healthy().all(&SyncState::Loading(3)),
        6 => now.clone().all(&stale),
        7 => now.clone().sync(Kind::Pod, SyncState::Forbidden("list".into())),
        8 => now.clone().pod(oom_killed(pod("shop", "数据库-0", "worker-1"), 10)),
        9 => now.clone().pod(stateful("shop", "cache-0", "worker-3")).without_pod("shop", "api-7c9"),
        10 if now.0.node("worker-3").is_some() => now.clone().cordoned("worker-3", n > 100),
        11 if now.0.node("worker-3").is_some() => now.clone().recovered("worker-3", crate::support::now()),
        12 => now.clone().all(&SyncState::Live),
        _ => World::silent_node().silence("worker-2", 90),
    }
}

fn happen(desk: &mut Desk, what: Happens) {
    match what {
        Happens::Key(key) => drop(desk.key(key)),
        Happens::Type(text) => {
            desk.press(":");
            desk.type_text(&text);
            desk.press("enter");
        }
        Happens::Mouse(mouse) => drop(desk.tell(Msg::Mouse(mouse))),
        Happens::Paste(text) => drop(desk.tell(Msg::Paste(text))),
        Happens::Resize(w, h) => drop(desk.tell(Msg::Resize(w, h))),
        Happens::Do(action) => drop(desk.act(action)),
        Happens::World(n) => drop(desk.see(world(n, &desk.world))),
        Happens::Pass(seconds) => drop(desk.pass(seconds)),
        Happens::Task(id, n) => {
            let words = "so it went".to_owned();
            let end =
                [RunEnd::Applied, RunEnd::Cancelled, RunEnd::Failed, RunEnd::Unknown][usize::from(n % 4)];
            let event = match n % 6 {
                0 => TaskEvent::Started { plan: "p".into() },
                1 => TaskEvent::Progress { done: usize::from(n), total: usize::from(n / 2), line: words },
                _ => TaskEvent::Ended { end, words },
            };
            desk.tell(Msg::Task { id, event });
        }
        Happens::CarryOut if desk.approved().is_some() => desk.carry_out(),
        Happens::Fail(accepted) if desk.approved().is_some() => desk.fail(accepted),
        Happens::CarryOut | Happens::Fail(_) => {}
        Happens::Every(open, step) => {
            if open % 3 == 0 {
                desk.open("team/every", &[("node", "worker-3"), ("workers", "worker-1, worker-2")]);
            }
            for _ in 0..step % 17 {
                desk.act(Action::NextStep);
            }
        }
        Happens::Found(by) => {
            let hit = |id: &str| Hit {
                kind: HitKind::Finding(usize::MAX),
                id: id.into(),
                title: "数".repeat(90),
                score: f32::NAN,
                about: by >= 0,
                field: "body".into(),
                fragment: vec![("a".into(), true), ("\u{301}".into(), false)],
            };
            let hits = ["nodes/node-not-ready", "gone/away"].map(hit).to_vec();
            let generation = desk.app.search.generation.saturating_add_signed(by);
            desk.tell(Msg::Found { generation, found: Found { hits, ..Found::default() } });
        }
        Happens::Fetched(id, good) => {
            let text = if good { Ok("a: 1\n  b: 数据\n".repeat(50)) } else { Err("403".to_owned()) };
            desk.tell(Msg::Fetched { id, text });
        }
        Happens::Log(id) => {
            desk.tell(Msg::LogLines {
                id,
                lines: vec![
                    opsbook::domain::LogLine { at: Some(now()), text: "x".repeat(300), rest: false };
                    70
                ],
            });
            desk.tell(Msg::LogEnded { id, why: None });
        }
        Happens::Said => drop(desk.tell(Msg::Said(Tone::Bad, "数据 ".repeat(60)))),
    }
}

/// More than usual with `PROPTEST_CASES=5000`; every case draws some dozen screens.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(96);
    ProptestConfig { cases, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() }
}

/// The step of the file that an effect runs, with its plan.
fn ran(effect: &Effect) -> Option<(String, &opsbook::op::ApprovedPlan)> {
    let Effect::Execute { approved, step, .. } = effect else { return None };
    let step = step.as_deref().unwrap_or("").split('[').next().unwrap_or("").to_owned();
    Some((step, approved))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_sequence_of_messages_panics(all in proptest::collection::vec(happens(), 1..70), zh: bool) {
        let mut desk = Desk::new((80, 24), if zh { "zh" } else { "en" });
        desk.read_every_kind();
        desk.see(World::two_findings());
        for what in all {
            happen(&mut desk, what);
            desk.draw(Depth::True);
            opsbook::view::cursor(&desk.app);
            let _ = desk.app.next_tick();
        }
    }

    /// What runs was approved: its questions accepted, its risk answered as the ladder asks.
    #[test]
    fn only_keys_that_answer_run_something(all in proptest::collection::vec(happens(), 1..70)) {
        let mut desk = Desk::at((100, 30), World::silent_node());
        desk.read_every_kind();
        let mut said_yes = std::collections::BTreeSet::new();
        for what in all {
            let (before, seen) = (desk.executed(), desk.effects.len());
            let answers = matches!(&what,
                Happens::Key(k) if matches!(k.code, KeyCode::Enter | KeyCode::Char('y')))
                || matches!(&what, Happens::Do(Action::Yes | Action::RunStep | Action::Open) | Happens::Mouse(_) | Happens::Type(_));
            let drawn = what.clone();
            happen(&mut desk, what);
            let ran: Vec<_> = desk.effects[seen..].iter().filter_map(ran).collect();
            prop_assert_eq!(ran.len(), desk.executed() - before);
            for (step, approved) in ran {
                // Without a key only another attempt, or another object of the same list, for which a key said yes.
                prop_assert!(answers || said_yes.contains(&step), "{:?} ran {:?}", drawn, step);
                prop_assert_eq!(approved.digest(), approved.plan().digest(), "approved for this very plan");
                if answers {
                    said_yes.insert(step);
                }
            }
            let tasks = desk.effects.iter().filter(|e| matches!(e, Effect::Execute { .. })).count();
            prop_assert_eq!(tasks, desk.app.tasks.all.len());
        }
    }
}
