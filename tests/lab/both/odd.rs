//! opsbook behind odd servers (`tests/servers`): each test is a row of the table in `docs/odd-servers.md`.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use opsbook::clock::Clock;
use opsbook::cluster::{Choice, connect};
use opsbook::domain::{ClusterSnapshot, Interest, Kind, Namespaces, ObjectKey, SyncState};
use opsbook::op::Inputs;
use opsbook::record::RunEnd;
use serde_json::json;

use crate::servers::{Asked, Cut, OddServer, Switches};
use crate::support::{Cluster, Desk, journal, manifest};

/// A desk whose only way to the cluster is an odd server.
struct Behind {
    server: OddServer,
    desk: Desk,
    cluster: Cluster,
    space: &'static str,
    /// Of the kubeconfig and the token.
    folder: tempfile::TempDir,
}

const TOKEN: &str = "a-token-of-the-tests";

impl Behind {
    async fn start(cluster: Cluster, space: &'static str, switches: Switches) -> Behind {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("token"), TOKEN).unwrap();
        cluster.create(&manifest::namespace(space)).await;
        let server = OddServer::before(cluster.client(), switches).await;
        let user = format!("{{tokenFile: '{}'}}", folder.path().join("token").display());
        let kubeconfig = Some(server.kubeconfig(folder.path(), &user));
        let connection = connect(&Choice { kubeconfig, ..Choice::default() }).await.unwrap();
        let clock = Clock::of_server(connection.skew.clone());
        let client = connection.client.clone();
        let desk = Desk::at(connection, clock, client);
        Behind { server, desk, cluster, space, folder }
    }

    async fn live(&self) {
        self.desk.world("all kinds live", live).await;
    }

    /// What is changed in the cluster is seen: nothing is lost.
    async fn follows(&self, name: &str) {
        self.cluster.create(&manifest::budget(self.space, name, 1)).await;
        self.desk.world("what was created", |w| w.pdbs.find(self.space, name).is_some()).await;
    }

    /// Looks at every picture for so long.
    async fn watch_over(&self, span: Duration, mut look: impl FnMut(&ClusterSnapshot)) {
        let end = Instant::now() + span;
        let mut snapshots = self.desk.snapshots();
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            look(&snapshots.borrow_and_update().clone());
            let _ = tokio::time::timeout(left, snapshots.changed()).await;
        }
    }
}

fn live(world: &ClusterSnapshot) -> bool {
    world.sync.iter().all(|s| *s == SyncState::Live)
}

/// Requests for the pods, with the pauses between them in seconds.
fn pauses(asked: &[Asked], wanted: impl Fn(&Asked) -> bool) -> Vec<f64> {
    let at: Vec<Instant> =
        asked.iter().filter(|a| a.path.ends_with("/pods") && wanted(a)).map(|a| a.at).collect();
    at.windows(2).map(|w| (w[1] - w[0]).as_secs_f64()).collect()
}

pub async fn a_watch_that_is_cut_again_and_again_is_no_outage(cluster: Cluster) {
    let behind = Behind::start(cluster, "odd-cut", Switches::default()).await;
    behind.live().await;
    for (i, how) in [Cut::Fin, Cut::Rst].into_iter().enumerate() {
        behind.server.turn(|odd| odd.cut = Some((Duration::from_millis(1_500), how)));
        behind.desk.ask_again();
        behind.server.asked();
        let mut seen = BTreeSet::new();
        let looks = behind.watch_over(Duration::from_secs(9), |w| {
            seen.extend(w.sync.iter().map(|s| format!("{s:?}")));
        });
        let name = format!("odd-{i}");
        let ((), ()) = tokio::join!(behind.follows(&name), looks);
        assert_eq!(seen, BTreeSet::from(["Live".to_owned()]), "{how:?}");
        let pauses = pauses(&behind.server.asked(), |_| true);
        assert!(pauses.len() >= 4, "{how:?}: each cut is followed by a new watch: {pauses:?}");
        assert!(
            pauses.iter().all(|p| *p < 2.5),
            "{how:?}: and none waits longer than the one before: {pauses:?}"
        );
    }
}

pub async fn a_list_whose_pages_expire_is_read_at_once(cluster: Cluster) {
    let odd = Switches { old: true, page: Some(2), expired_after_pages: Some(1), ..Switches::default() };
    let behind = Behind::start(cluster, "odd-page", odd).await;
    let names: Vec<String> = (0..7).map(|i| format!("map-{i}")).collect();
    for name in &names {
        behind.cluster.create(&manifest::budget("odd-page", name, 1)).await;
    }
    behind.live().await;
    behind.desk.world("all of them", |w| names.iter().all(|n| w.pdbs.find("odd-page", n).is_some())).await;
    let lists =
        |asked: Vec<Asked>| asked.iter().filter(|a| a.path.ends_with("/pods") && !a.watches()).count();
    assert!(lists(behind.server.asked()) <= 3, "it is not begun again and again");
    behind.follows("late").await;
}

pub async fn versions_that_are_always_too_old_are_not_asked_for_all_the_time(cluster: Cluster) {
    let odd = Switches { old: true, expired_versions: true, ..Switches::default() };
    let behind = Behind::start(cluster, "odd-gone", odd).await;
    behind.desk.world("a first state", |w| w.sync.iter().all(SyncState::complete)).await;
    behind.server.asked();
    tokio::time::sleep(Duration::from_secs(8)).await;
    let asked = behind.server.asked();
    let rounds = asked.iter().filter(|a| a.path.ends_with("/pods") && a.watches()).count();
    assert!((1..=8).contains(&rounds), "{rounds} rounds in 8 s");
    behind.server.turn(|odd| odd.expired_versions = false);
    behind.live().await;
    behind.follows("late").await;
}

pub async fn a_streamed_list_without_an_end_is_read_in_pages(cluster: Cluster) {
    let odd = Switches { no_bookmarks: true, ..Switches::default() };
    let behind = Behind::start(cluster, "odd-mark", odd).await;
    behind.live().await;
    behind.follows("late").await;
}

pub async fn who_may_list_and_not_watch_reads_again_and_again(cluster: Cluster) {
    let odd = Switches { forbidden: vec![("watch", "*")], ..Switches::default() };
    let behind = Behind::start(cluster, "odd-poll", odd).await;
    behind.desk.follow([Interest::within(Kind::ConfigMap, "odd-poll")]);
    let polled = |s: &SyncState| matches!(s, SyncState::Polled { every: 15, .. });
    let maps = Interest::within(Kind::ConfigMap, "odd-poll");
    let all = |w: &ClusterSnapshot| w.sync.iter().all(polled) && polled(w.following(&maps));
    let world = behind.desk.world("everything read, and nothing followed", all).await;
    assert!(opsbook::detect::unknown(&world, world.taken).is_empty(), "what is polled is known");
    assert!(world.polled().is_some_and(|(read, _)| read < world.taken), "and is not of this moment");
    behind.follows("late").await;
    // The right was given: the operator asks again.
    behind.server.turn(|odd| odd.forbidden.clear());
    behind.desk.ask_again();
    behind.live().await;
}

pub async fn who_may_read_some_namespaces_reads_those_that_are_named(cluster: Cluster) {
    let forbidden = ["", "kube-system"].into_iter().flat_map(|n| [("list", n), ("watch", n)]).collect();
    let behind = Behind::start(cluster, "odd-some", Switches { forbidden, ..Switches::default() }).await;
    behind.cluster.create(&manifest::budget("odd-some", "first", 1)).await;
    let settled = |s: &SyncState| s.current() || matches!(s, SyncState::Forbidden(_));
    let world = behind.desk.world("what may be read", |w| w.sync.iter().all(settled)).await;
    assert_eq!(world.scope(Kind::Pod), Some(&Namespaces::read("default")), "that of the context");
    assert!(world.pdbs.find("odd-some", "first").is_none());
    behind.desk.read_namespaces("odd-some,kube-system");
    let both = Namespaces::read("default,odd-some");
    let found = |w: &ClusterSnapshot| {
        [Kind::Pod, Kind::PodDisruptionBudget].iter().all(|k| w.scope(*k) == Some(&both))
            && w.pdbs.find("odd-some", "first").is_some()
    };
    let world = behind.desk.world("the namespace that was named", found).await;
    assert!(!world.covers(Kind::Pod, "kube-system") && !world.whole(Kind::Pod));
    assert_eq!(world.part().as_deref(), Some("only namespaces default, odd-some"));
    behind.follows("late").await;
    // The right is taken away: nothing of what it showed is shown as if it were known.
    behind.server.turn(|odd| odd.forbidden.extend([("list", "odd-some"), ("watch", "odd-some")]));
    behind.desk.ask_again();
    let lost = |w: &ClusterSnapshot| {
        w.scope(Kind::PodDisruptionBudget) == Some(&"default".into())
            && w.pdbs.in_namespace("odd-some").count() == 0
    };
    behind.desk.world("that it is not seen any more", lost).await;
    behind.server.turn(|odd| odd.forbidden.clear());
    behind.desk.ask_again();
    let whole =
        |w: &ClusterSnapshot| live(w) && w.whole(Kind::Pod) && w.pdbs.in_namespace("odd-some").count() == 2;
    behind.desk.world("the whole cluster", whole).await;
}

pub async fn a_busy_server_is_left_alone_for_as_long_as_it_asks(cluster: Cluster) {
    let behind = Behind::start(cluster, "odd-busy", Switches::default()).await;
    behind.live().await;
    behind.server.turn(|odd| odd.busy = Some(3));
    behind.desk.ask_again();
    let busy = |s: &SyncState| matches!(s, SyncState::Stale { why, .. } if why.contains("it asks for 3 s"));
    behind.desk.world("why it is stale", |w| w.sync.iter().all(busy)).await;
    behind.server.asked();
    tokio::time::sleep(Duration::from_secs(7)).await;
    let pauses = pauses(&behind.server.asked(), |a| a.code == 429);
    assert!(pauses.len() <= 2 && pauses.iter().all(|p| *p > 2.5), "{pauses:?}");
    behind.server.turn(|odd| odd.busy = None);
    behind.live().await;
    behind.follows("late").await;
}

pub async fn a_broken_server_is_said_and_forgotten_when_it_works(cluster: Cluster) {
    let behind = Behind::start(cluster, "odd-500", Switches { broken: true, ..Switches::default() }).await;
    let broken =
        |s: &SyncState| matches!(s, SyncState::Failed { why, .. } if why.contains("500 the odd server"));
    behind.desk.world("why nothing is known", |w| w.sync.iter().all(broken)).await;
    behind.server.turn(|odd| odd.broken = false);
    behind.live().await;
    behind.follows("late").await;
}

pub async fn a_head_that_is_late_is_no_live_picture(cluster: Cluster) {
    let behind = Behind::start(cluster, "odd-head", Switches::default()).await;
    behind.live().await;
    behind.server.turn(|odd| odd.slow_head = Some(Duration::from_secs(6)));
    behind.desk.ask_again();
    let lost =
        |s: &SyncState| matches!(s, SyncState::Stale { why, .. } if why.contains("has not answered since"));
    behind.desk.world("that nothing is followed", |w| w.sync.iter().all(lost)).await;
    behind.live().await;
    behind.follows("late").await;
}

pub async fn what_comes_slowly_cut_or_compressed_is_whole(cluster: Cluster) {
    let odd = Switches {
        slow_body: Some(Duration::from_millis(50)),
        truncated_after: Some(12),
        close_each: true,
        prefix: "/k8s/clusters/c-1".to_owned(),
        ..Switches::default()
    };
    let behind = Behind::start(cluster, "odd-body", odd).await;
    for i in 0..20 {
        behind.cluster.create(&manifest::budget("odd-body", &format!("b-{i}"), 1)).await;
    }
    let all = |w: &ClusterSnapshot| w.pdbs.in_namespace("odd-body").count() == 20;
    behind.desk.world("all of them", all).await;
    // Lists are compressed, asked for or not.
    behind.server.turn(|odd| {
        *odd = Switches {
            gzip: true,
            old: true,
            expired_versions: true,
            prefix: odd.prefix.clone(),
            ..Switches::default()
        };
    });
    behind.desk.ask_again();
    behind.follows("zipped").await;
    behind.server.turn(|odd| odd.expired_versions = false);
    behind.live().await;
    behind.follows("late").await;
}

pub async fn the_servers_clock_counts(cluster: Cluster) {
    let behind = Behind::start(cluster, "odd-time", Switches { clock: -3_600, ..Switches::default() }).await;
    behind.live().await;
    let world = behind.desk.world("how far the clock is off", |w| w.ahead != 0).await;
    assert!((3_590..=3_610).contains(&world.ahead), "{}", world.ahead);
    behind.server.turn(|odd| odd.clock = 0);
    // The answers must say so for a while.
    for i in 0..13 {
        behind.desk.ask_again();
        behind.follows(&format!("late-{i}")).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    behind.desk.world("the right clock", |w| w.ahead == 0).await;
}

pub async fn a_new_token_is_taken_when_the_old_one_ends(cluster: Cluster) {
    let odd = Switches { token: Some(TOKEN.to_owned()), ..Switches::default() };
    let behind = Behind::start(cluster, "odd-401", odd).await;
    behind.live().await;
    behind.server.turn(|odd| odd.token = Some("another-token-of-the-tests".to_owned()));
    behind.desk.ask_again();
    let refused = |s: &SyncState| matches!(s, SyncState::Stale { why, .. } if why.contains("401"));
    behind.desk.world("that the credentials are over", |w| w.sync.iter().all(refused)).await;
    std::fs::write(behind.folder.path().join("token"), "another-token-of-the-tests").unwrap();
    behind.desk.ask_again();
    behind.live().await;
    behind.follows("late").await;
}

pub async fn a_drain_goes_on_after_a_new_login(cluster: Cluster) {
    drop(super::drain::blocked(&cluster, "odd-login", ["odd-login-1", "odd-login-2"]).await);
    let odd = Switches { token: Some(TOKEN.to_owned()), ..Switches::default() };
    let mut behind = Behind::start(cluster, "odd-login-b", odd).await;
    behind.live().await;
    let plan = behind.desk.plan("node.drain", &Inputs::of([("node", "odd-login-1")])).await;
    let (server, refresh) = (&behind.server, behind.desk.refresh());
    let (over, is_over) = tokio::sync::oneshot::channel();
    let over = std::sync::Mutex::new(Some(over));
    let watched = |line: &str| {
        // It waits for a budget: in its middle the login ends.
        if line.contains("budget odd-login/web allows 0 now") {
            server.turn(|odd| odd.token = Some("another-token-of-the-tests".to_owned()));
        }
        if line.contains("refuses the credentials") {
            over.lock().unwrap().take().map(|over| over.send(()));
        }
        false
    };
    let log_in = async {
        is_over.await.unwrap();
        std::fs::write(behind.folder.path().join("token"), "another-token-of-the-tests").unwrap();
        refresh();
        behind.cluster.delete(&ObjectKey::new(Kind::PodDisruptionBudget, "odd-login", "web")).await;
    };
    let (ran, ()) = tokio::join!(behind.desk.run_until(&plan, None, watched), log_in);
    assert_eq!(ran.end, RunEnd::Applied, "{}", ran.words);
    behind.desk.proved(&plan).await;
    let lines = journal(&behind.desk.recorder.events());
    let refused = lines.iter().filter(|l| l.starts_with("no evict web-")).count();
    assert!(
        refused >= 2 && lines.iter().filter(|l| l.starts_with("ok evict web-")).count() == 1,
        "{lines:?}"
    );
    assert_eq!(lines.last().map(String::as_str), Some("end"), "{lines:?}");
    let told = format!("{:?}", behind.desk.recorder.events());
    assert!(told.contains("nothing was done, for want of credentials"), "the record says why");
}

pub async fn a_link_that_died_is_opened_anew_when_the_operator_asks(cluster: Cluster) {
    let behind = Behind::start(cluster, "odd-dead", Switches::default()).await;
    behind.live().await;
    behind.server.turn(|odd| odd.silent = true);
    behind.desk.ask_again();
    tokio::time::sleep(Duration::from_secs(1)).await;
    behind.cluster.create(&json!(manifest::budget("odd-dead", "unseen", 1))).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(behind.desk.now().pdbs.find("odd-dead", "unseen").is_none(), "the link is dead");
    behind.server.turn(|odd| odd.silent = false);
    behind.desk.ask_again();
    behind.desk.world("what came meanwhile", |w| w.pdbs.find("odd-dead", "unseen").is_some()).await;
}

pub async fn what_cannot_be_followed_is_not_live_while_nobody_reads_it(cluster: Cluster) {
    let odd = Switches { old: true, expired_versions: true, ..Switches::default() };
    let behind = Behind::start(cluster, "odd-rest", odd).await;
    behind.desk.world("a first state", |w| w.sync.iter().all(SyncState::complete)).await;
    // By now there are seconds between two readings.
    tokio::time::sleep(Duration::from_secs(7)).await;
    let mut made: Vec<(String, Instant)> = Vec::new();
    for i in 0..10 {
        let name = format!("b-{i}");
        behind.cluster.create(&manifest::budget("odd-rest", &name, 1)).await;
        made.push((name, Instant::now()));
        behind
            .watch_over(Duration::from_secs(1), |w| {
                let old = |at: &Instant| at.elapsed() > Duration::from_secs(4);
                let lost = made.iter().find(|(n, at)| old(at) && w.pdbs.find("odd-rest", n).is_none());
                let state = w.sync(Kind::PodDisruptionBudget);
                assert!(lost.is_none() || *state != SyncState::Live, "{lost:?} is missing and all is live");
            })
            .await;
    }
    behind.server.turn(|odd| odd.expired_versions = false);
    behind.live().await;
    behind.follows("late").await;
}

pub async fn a_list_is_not_live_for_long_when_its_watch_does_not_answer(cluster: Cluster) {
    let odd = Switches { old: true, slow_head: Some(Duration::from_secs(6)), ..Switches::default() };
    let behind = Behind::start(cluster, "odd-late", odd).await;
    behind.desk.world("a list", |w| *w.sync(Kind::Pod) == SyncState::Live).await;
    let mut told = false;
    behind
        .watch_over(Duration::from_secs(5), |w| told |= matches!(w.sync(Kind::Pod), SyncState::Stale { .. }))
        .await;
    assert!(told, "its watch was not answered for five seconds");
    behind.server.turn(|odd| odd.slow_head = None);
    behind.live().await;
    behind.follows("late").await;
}

pub async fn nothing_is_discovered_so_that_a_dead_aggregated_api_changes_nothing(cluster: Cluster) {
    let behind = Behind::start(cluster, "odd-disc", Switches::default()).await;
    let all = Kind::ALL.iter().filter(|kind| !Kind::WATCHED.contains(kind));
    behind.desk.follow(all.map(|kind| Interest::all(*kind)));
    let settled = |s: &SyncState| s.current() || matches!(s, SyncState::NotServed);
    behind.desk.world("all kinds", |w| live(w) && Kind::ALL.iter().all(|kind| settled(w.sync(*kind)))).await;
    behind.follows("late").await;
    let asked = behind.server.asked();
    let known =
        |path: &str| path == "/version" || Kind::ALL.iter().any(|kind| path.starts_with(&kind.path(None)));
    assert!(asked.len() > Kind::COUNT, "{asked:?}");
    let other: Vec<_> = asked.iter().filter(|a| !known(&a.path)).collect();
    assert!(other.is_empty(), "it was asked what the server serves: {other:?}");
}
