//! What the operator is told of the connection: whose time it is, what is not followed, which namespaces are read.

use opsbook::app::{Effect, Msg, Options};
use opsbook::domain::{Asking, ClusterInfo, Namespaces, SyncState};
use opsbook::op::{Class, ContextRule, Lock};
use opsbook::record::What;

use crate::support::{Desk, World};

const SIZE: (u16, u16) = (120, 40);

/// A world of which nothing may be followed, as it was read so many seconds before now.
fn read_before(desk: &Desk, world: World, seconds: i64) -> World {
    let read = opsbook::domain::Timestamp::from_second(desk.now.as_second() - seconds).unwrap();
    world.all(&SyncState::Polled { read, every: 15 })
}

/// The same, as it was heard of at a look.
fn of_look(mut world: World, look: u64) -> World {
    world.0.looks = [look; opsbook::domain::Kind::COUNT];
    world
}

/// The cordon of a node was carried out from the explorer, and the cluster has not shown it.
fn cordoned_by_hand() -> Desk {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter g c");
    desk.approve();
    desk.carry_out();
    desk
}

#[test]
fn what_was_read_before_a_plan_ended_does_not_prove_it() {
    let mut desk = cordoned_by_hand();
    let proved = |desk: &Desk| {
        let of_it = |e: &Effect| {
            let Effect::Record(records) = e else { return false };
            records.iter().any(|r| matches!(r, What::Proved { .. }))
        };
        desk.effects.iter().any(of_it)
    };
    let cordoned = || World::silent_node().cordoned("cp-1", true);
    // Whatever the rows say: they are of before.
    assert!(desk.effects.contains(&Effect::LookAgain(1)), "everything is heard of anew");
    let old = of_look(read_before(&desk, cordoned(), 5), 0);
    desk.see(old);
    assert!(!proved(&desk), "{}", desk.screen());
    assert!(desk.screen().contains("read 5s ago, every 15 s"), "{}", desk.screen());
    desk.pass(10);
    let new = of_look(read_before(&desk, cordoned(), 1), 1);
    desk.see(new);
    assert!(proved(&desk), "{}", desk.screen());
}

/// A link that died without a word looks like one on which nothing happens.
#[test]
fn a_watch_that_was_not_heard_of_since_a_plan_ended_does_not_prove_it() {
    let mut desk = cordoned_by_hand();
    let proved = |desk: &Desk| desk.said().contains("✔");
    let cordoned = || World::silent_node().cordoned("cp-1", true);
    desk.see(of_look(cordoned(), 0));
    assert!(!proved(&desk), "{}", desk.said());
    desk.see(of_look(cordoned(), 1));
    assert!(proved(&desk), "{}", desk.said());
}

#[test]
fn clocks_that_differ_are_said_with_which_way() {
    let mut desk = Desk::at(SIZE, World::healthy());
    assert!(!desk.screen().contains("your clock"), "{}", desk.screen());
    let mut ahead = World::healthy();
    ahead.0.ahead = 3_660;
    desk.see(ahead);
    assert!(desk.said().contains("your clock is 61 min ahead of the API server's"), "{}", desk.said());
    assert!(desk.screen().contains("your clock is 61 min ahead of the server's"), "{}", desk.screen());
    let mut behind = World::healthy();
    behind.0.ahead = -300;
    desk.see(behind);
    assert!(desk.screen().contains("your clock is 5 min behind the server's"), "{}", desk.screen());
    desk.see(World::healthy());
    assert!(!desk.screen().contains("the server's  "), "{}", desk.screen());
}

#[test]
fn a_server_that_serves_nothing_is_not_live() {
    let mut desk = Desk::at(SIZE, World::healthy());
    assert!(desk.screen().contains("  live"), "{}", desk.screen());
    desk.see(World::nothing().all(&SyncState::NotServed));
    let screen = desk.screen();
    assert!(screen.contains("no Kubernetes API there") && !screen.contains("  live"), "{screen}");
}

#[test]
fn namespaces_that_are_named_are_asked_for() {
    let mut desk = Desk::at(SIZE, World::healthy());
    let asked = |effects: &[Effect]| {
        effects.iter().find_map(|e| if let Effect::ReadNamespaces(n) = e { Some(n.names()) } else { None })
    };
    let typed = |desk: &mut Desk, text: &str| {
        desk.press(":");
        desk.type_text(text);
        desk.press("enter")
    };
    let effects = typed(&mut desk, "ns lg");
    assert_eq!(asked(&effects).as_deref(), Some("lg"));
    assert_eq!(desk.app.options.namespaces, Some(Namespaces::read("lg")));
    assert!(desk.screen().contains("namespace lg"), "{}", desk.screen());
    let effects = typed(&mut desk, "pods shop,kube-system");
    assert_eq!(asked(&effects).as_deref(), Some("kube-system, lg, shop"), "what was looked at before stays");
    assert!(desk.screen().contains("Pods in kube-system, shop"), "{}", desk.screen());
    let effects = typed(&mut desk, "ns all");
    assert_eq!(asked(&effects), None);
    assert_eq!(desk.app.options.namespaces, None);
}

#[test]
fn only_the_latest_of_many_namespaces_are_read() {
    let mut desk = Desk::at(SIZE, World::healthy());
    let mut last = None;
    for i in 0..20 {
        desk.press(":");
        desk.type_text(&format!("ns team-{i}"));
        let effects = desk.press("enter");
        last =
            effects.into_iter().find_map(|e| if let Effect::ReadNamespaces(n) = e { Some(n) } else { None });
    }
    let read = last.unwrap();
    assert_eq!(read.iter().count(), 8);
    assert!(read.contains("team-19") && read.contains("team-12"), "{}", read.names());
}

#[test]
fn a_namespace_that_is_not_seen_is_not_called_empty() {
    let mut desk = Desk::at(SIZE, World::healthy());
    let mut world = World::healthy();
    for scope in &mut world.0.scopes {
        *scope = Some(Namespaces::read("shop"));
    }
    desk.see(world);
    desk.press(":");
    desk.type_text("pods secret-place");
    desk.press("enter");
    let screen = desk.screen();
    assert!(
        screen.contains("you may not list pods in namespace secret-place; those of namespace shop are seen"),
        "{screen}"
    );
}

/// The first line of a screen of 80 columns at a cluster with a long name.
fn first_line(desk: &Desk) -> String {
    desk.screen().lines().next().unwrap_or_default().to_owned()
}

fn at_a_long_name(context: &str, production: bool) -> Desk {
    let cluster = ClusterInfo { context: context.to_owned(), ..World::cluster() };
    let (name, class) = (context.to_owned(), if production { Class::Prod } else { Class::Dev });
    let rule = ContextRule { name, server: None, class, armed_minutes: Some(10), raise_risk: false };
    let lock = Lock::of(&cluster, &[], &[rule]);
    Desk::with((80, 24), Options { lang: "en".into(), cluster, lock, ..Options::default() })
}

#[test]
fn the_name_of_the_cluster_is_the_last_to_become_shorter() {
    let arn = "arn:aws:eks:eu-west-1:123456789012:cluster/shop-payments-prod-eu-west-1b";
    let middle = "gke_acme-platform-production_europe-west1_payments-blue";
    for production in [true, false] {
        for (name, seen) in [(arn, "shop-payments-prod-eu-west-1b"), (middle, "ts-blue")] {
            for ahead in [0, 3_660, -300] {
                let mut desk = at_a_long_name(name, production);
                let mut world = World::healthy();
                world.0.ahead = ahead;
                desk.see(world);
                let line = first_line(&desk);
                assert!(line.contains(seen), "{line}");
                assert_eq!(line.contains("PRODUCTION read-only"), production, "{line}");
                let asking =
                    Asking { plugin: "aws-iam-authenticator".into(), since: desk.now, said: String::new() };
                desk.tell(Msg::Login(Some(asking)));
                let line = first_line(&desk);
                assert!(line.contains(seen), "{line}");
                assert!(line.contains("logging in"), "{line}");
            }
        }
    }
}

#[test]
fn the_note_on_the_clock_becomes_short_before_it_goes() {
    let mut desk = at_a_long_name("shop-prod-eu-west-1-blue", false);
    for (ahead, word) in [(3_660, "clock +61m"), (-300, "clock -5m"), (100_000, "clock +27h")] {
        let mut world = World::healthy();
        world.0.ahead = ahead;
        desk.see(world);
        let line = first_line(&desk);
        assert!(line.contains("shop-prod-eu-west-1-blue") && line.contains(word), "{line}");
    }
}
