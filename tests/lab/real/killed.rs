//! The program is killed in the middle of drains and rollouts: at every record that they write, and at moments that
//! nobody chose. Each time its journal is held against the API server's audit log, and the session goes on: nothing
//! may be repeated by itself, and no pod may be evicted twice.
//!
//! `OPSBOOK_KILLS` is the number of moments that nobody chose, of each kind; a few where it is not set.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use opsbook::domain::{ClusterSnapshot, Kind, ObjectKey};
use opsbook::record::{Event, SessionState, What};
use opsbook::session::{Verified, read, verify};
use serde_json::{Value, json};

use crate::both::deploy;
use crate::support::{Cluster, Desk, Lab, PATIENCE, Spec, Which, manifest, real_wanted, until};
use crate::terminal::{ENTER, ESC, Start, Terminal};

/// How the record of a plan that begins reads.
const INTENT: &str = r#""what":"intent""#;

/// When the program is killed, counted from the operator's yes.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// As soon as the journal has so many records of the plan.
    Record(usize),
    After(Duration),
}

/// The moments that nobody chose: spread over a second and a half, the same in every run.
fn moments() -> impl Iterator<Item = Moment> {
    let wanted = std::env::var("OPSBOOK_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    (0..wanted).map(move |_| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        Moment::After(Duration::from_micros(seed % 1_500_000))
    })
}

/// Two nodes and a Deployment whose pods go from one to the other and back.
struct House {
    cluster: Cluster,
    desk: Desk,
    lab: Lab,
    /// Its namespace.
    space: &'static str,
}

/// A program that was started and is going to be killed, with its own home.
struct Victim {
    home: tempfile::TempDir,
    lab: Lab,
}

impl Victim {
    fn new(house: &House) -> Victim {
        Victim { home: tempfile::tempdir().unwrap(), lab: house.lab.clone() }
    }

    fn start(&self, args: &[&str]) -> Terminal {
        Start::new((120, 40), self.home.path()).opsbook(args)
    }

    /// The explorer with the cursor on the only row that has this text.
    fn explore(&self, kind: &str, name: &str) -> Terminal {
        let kubeconfig = self.lab.kubeconfig("admin");
        let kubeconfig = kubeconfig.to_str().unwrap();
        let mut terminal = self.start(&["--kubeconfig", kubeconfig, "explore", kind, "-A"]);
        terminal.wait_text(&[name, "live"]);
        terminal.send(&format!("/{name}\r"));
        terminal.wait_text(&[&format!("/{name}"), "1 of 1"]);
        terminal
    }

    fn journal(&self) -> Option<PathBuf> {
        let folder = self.home.path().join(".local/state/opsbook/sessions");
        Some(std::fs::read_dir(folder).ok()?.next()?.ok()?.path())
    }

    /// The whole lines of the journal, as far as they are written.
    fn lines(&self) -> Vec<String> {
        let text = self.journal().and_then(|j| std::fs::read_to_string(j).ok()).unwrap_or_default();
        text.split_inclusive('\n').filter(|l| l.ends_with('\n')).map(str::to_owned).collect()
    }

    /// Plans that were begun.
    fn begun(&self) -> usize {
        self.lines().iter().filter(|l| l.contains(INTENT)).count()
    }

    fn events(&self) -> Vec<Event> {
        self.journal().map(|j| whole(&j)).unwrap_or_default()
    }
}

/// The records of a journal whose chain is unbroken.
fn whole(journal: &Path) -> Vec<Event> {
    let verified = verify(journal).unwrap();
    assert!(matches!(verified, Verified::Whole { .. } | Verified::Cut { .. }), "{verified:?}");
    read(journal).unwrap()
}

/// Says yes; a plan that moved meanwhile is read and answered again.
fn yes(terminal: &mut Terminal, victim: &Victim) {
    let anew =
        |s: &str| s.contains("as it is now") || s.contains("read it again") || s.contains("opened by itself");
    let before = victim.begun();
    for _ in 0..20 {
        let screen = terminal.wait_until("a plan that can be answered", |s| {
            victim.begun() > before || (s.contains("Rights ✔") && s.contains("y run"))
        });
        if victim.begun() > before {
            return;
        }
        if screen.contains("opened by itself") {
            // It takes no answer before it could have been read.
            terminal.let_pass(Duration::from_millis(200));
        }
        terminal.send("y");
        let screen = terminal.wait_until("the plan to run, or another one", |s| {
            anew(s) || victim.begun() > before || !s.contains("y run")
        });
        if !anew(&screen) {
            return;
        }
    }
    panic!("the plan never stood still");
}

/// Kills it when its time has come. False when the plan was over before.
async fn strike(mut terminal: Terminal, victim: &Victim, moment: Moment) -> bool {
    let mut in_time = true;
    match moment {
        Moment::After(span) => terminal.let_pass(span),
        Moment::Record(n) => {
            // Looked at as often as can be, so that the kill comes between two records.
            let mut turns = tokio::time::interval(Duration::from_millis(1));
            let deadline = Instant::now() + PATIENCE;
            loop {
                turns.tick().await;
                let lines = victim.lines();
                in_time = lines.iter().skip_while(|l| !l.contains(INTENT)).count() >= n;
                if in_time || lines.iter().any(|l| l.contains(r#""what":"proved""#)) {
                    break;
                }
                assert!(Instant::now() < deadline, "{moment:?} never came: {lines:?}");
            }
        }
    }
    terminal.signal(Signal::SIGKILL);
    terminal.ended();
    in_time
}

/// A write of opsbook as the audit log tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Write {
    verb: String,
    name: String,
    accepted: bool,
}

impl House {
    async fn build(space: &'static str, nodes: [&str; 2], replicas: u32) -> House {
        let cluster = Cluster::start(Which::Real, Spec { nodes: &nodes, ..Spec::default() }).await;
        let lab = cluster.lab().unwrap().clone();
        let desk = Desk::open(&cluster).await;
        let house = House { cluster, desk, lab, space };
        house.cluster.create(&manifest::namespace(space)).await;
        house.close(nodes[1], true).await;
        deploy(&house.cluster, &house.desk, &manifest::deployment(space, "web", replicas)).await;
        house.close(nodes[1], false).await;
        house
    }

    async fn close(&self, node: &str, closed: bool) {
        let key = ObjectKey::cluster(Kind::Node, node);
        self.cluster.patch(&key, &json!({"spec": {"unschedulable": closed}})).await;
        let done = |w: &ClusterSnapshot| w.node(node).is_some_and(|n| n.unschedulable == closed);
        self.desk.world("the node closed or open", done).await;
    }

    /// The writes since a mark, after everything that was sent before now has come into the log.
    async fn writes(&self, mark: usize) -> Vec<Write> {
        let stamp = format!("{:?}", std::time::Instant::now());
        let key = ObjectKey::cluster(Kind::Namespace, self.space);
        self.cluster.patch(&key, &json!({"metadata": {"annotations": {"mark": stamp}}})).await;
        let is_stamp = |l: &Value| l["requestObject"]["metadata"]["annotations"]["mark"] == stamp.as_str();
        let lines = until("the mark in the audit log", async || {
            let lines = self.lab.audit();
            lines.iter().any(is_stamp).then_some(lines)
        })
        .await;
        let ours = |l: &&Value| {
            let uri = l["requestURI"].as_str().unwrap_or_default();
            uri.contains("fieldManager=opsbook") && !uri.contains("dryRun")
        };
        let write = |l: &Value| Write {
            // To the API server an eviction is something that is created.
            verb: l["verb"].as_str().unwrap_or_default().replace("create", "evict"),
            name: l["objectRef"]["name"].as_str().unwrap_or_default().to_owned(),
            accepted: l["responseStatus"]["code"].as_u64().is_some_and(|c| c < 300),
        };
        lines.iter().skip(mark).filter(ours).map(write).collect()
    }

    /// Nothing reached the server that the journal does not know, and what the journal calls accepted was.
    async fn truthful(&self, events: &[Event], mark: usize) {
        let seen = self.writes(mark).await;
        let mut sent = Vec::new();
        let mut accepted = Vec::new();
        for event in events {
            match &event.what {
                What::Sending { object, verb, .. } => sent.push((verb.clone(), object.name().to_owned())),
                What::Accepted { object, verb, .. } => {
                    accepted.push((verb.clone(), object.name().to_owned()));
                }
                _ => {}
            }
        }
        for write in &seen {
            let known = sent.iter().position(|(v, n)| (v, n) == (&write.verb, &write.name));
            sent.remove(known.unwrap_or_else(|| panic!("not in the journal: {write:?}\n{events:#?}")));
        }
        for (verb, name) in accepted {
            let there = |w: &Write| w.accepted && (&w.verb, &w.name) == (&verb, &name);
            assert!(seen.iter().any(there), "{verb} {name} was never accepted: {seen:?}");
        }
    }

    /// The session goes on: what is unknown is said, and nothing runs by itself.
    async fn resume(&self, victim: &Victim, mark: usize) -> Terminal {
        let unknown = SessionState::fold(&victim.events()).unknown().count();
        let before = self.writes(mark).await;
        let mut terminal = victim.start(&["sessions", "resume", "last"]);
        terminal.wait_text(&["live", "goes on"]);
        let screen = terminal.wait_until("all nodes", |s| s.contains("nodes 2/2"));
        assert_eq!(screen.contains("unknown, verify first"), unknown > 0, "{screen}");
        // Longer than a picture and the pause of any attempt of these plans.
        terminal.let_pass(Duration::from_secs(1));
        assert_eq!(self.writes(mark).await, before, "something was repeated by itself");
        if unknown > 0 {
            terminal.send(ESC);
            terminal.wait_until("the message to close", |s| !s.contains("verify first"));
        }
        terminal
    }

    /// A drain that is killed, goes on, and ends.
    async fn drain(&self, from: &str, moment: Moment) -> bool {
        let victim = Victim::new(self);
        let mark = self.cluster.audit_mark();
        let mut terminal = victim.explore("nodes", from);
        terminal.send("r");
        yes(&mut terminal, &victim);
        let in_time = strike(terminal, &victim, moment).await;
        self.truthful(&victim.events(), mark).await;
        if victim.journal().is_some() {
            let mut terminal = self.resume(&victim, mark).await;
            terminal.send(&format!(":nodes{ENTER}"));
            terminal.wait_text(&["▸Nodes", from]);
            terminal.send(&format!("/{from}{ENTER}"));
            terminal.wait_text(&[&format!("/{from}"), "1 of 1"]);
            terminal.send("r");
            let screen = terminal.wait_until("a plan, or nothing to do", |s| {
                s.contains("Rights ✔") || s.contains("nothing to do")
            });
            if !screen.contains("nothing to do") {
                yes(&mut terminal, &victim);
                terminal.wait_text(&["✔ no pod on"]);
                until("a drain that was proved to settle the one before", async || {
                    (SessionState::fold(&victim.events()).unknown().count() == 0).then_some(())
                })
                .await;
            }
            terminal.send("\x03");
            terminal.ended();
        }
        self.truthful(&victim.events(), mark).await;
        let mut evicted: BTreeMap<String, usize> = BTreeMap::new();
        for write in self.writes(mark).await.into_iter().filter(|w| w.accepted && w.verb == "evict") {
            *evicted.entry(write.name).or_default() += 1;
        }
        assert!(evicted.values().all(|n| *n == 1), "evicted twice: {evicted:?}");
        in_time
    }

    /// A restart of the rollout that is killed and goes on.
    async fn restart(&self, moment: Moment) -> bool {
        let victim = Victim::new(self);
        let mark = self.cluster.audit_mark();
        let mut terminal = victim.explore("deployments", "web");
        terminal.send("r");
        yes(&mut terminal, &victim);
        let in_time = strike(terminal, &victim, moment).await;
        self.truthful(&victim.events(), mark).await;
        if victim.journal().is_some() {
            let mut terminal = self.resume(&victim, mark).await;
            terminal.send("\x03");
            terminal.ended();
            let state = SessionState::fold(&victim.events());
            let restarted = self.writes(mark).await.iter().any(|w| w.accepted);
            assert!(!restarted || !state.undo_list().is_empty(), "what happened has a way back");
        }
        let writes = self.writes(mark).await;
        assert!(writes.iter().filter(|w| w.accepted).count() <= 1, "restarted twice: {writes:?}");
        in_time
    }

    async fn ready(&self, node: &str, count: usize) {
        let all = |w: &ClusterSnapshot| {
            w.pods_on(node).filter(|p| p.ready() && p.meta.deleting.is_none()).count() == count
                && w.deployments.find(self.space, "web").is_some_and(|d| d.available as usize == count)
        };
        self.desk.world("all pods on one node", all).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drain_may_be_killed_at_any_point() {
    if !real_wanted("real::killed::a_drain_may_be_killed_at_any_point") {
        return;
    }
    let (replicas, mut nodes) = (3, ["killed-1", "killed-2"]);
    let house = House::build("killed", nodes, replicas).await;
    let mut records = (1..).map(Moment::Record);
    let mut chosen = moments();
    let mut every_record = true;
    while let Some(moment) = if every_record { records.next() } else { chosen.next() } {
        house.ready(nodes[0], replicas as usize).await;
        let in_time = house.drain(nodes[0], moment).await;
        println!("drain killed at {moment:?}, {}", if in_time { "in time" } else { "after its end" });
        every_record &= in_time;
        let left = |w: &ClusterSnapshot| w.pods_on(nodes[0]).count() == 0;
        if !house.desk.now().node(nodes[0]).is_some_and(|n| n.unschedulable) {
            // It was killed before anything was sent: the pods are where they were.
            continue;
        }
        house.desk.world("the pods to have left", left).await;
        house.close(nodes[0], false).await;
        nodes.reverse();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rollout_may_be_killed_at_any_point() {
    if !real_wanted("real::killed::a_rollout_may_be_killed_at_any_point") {
        return;
    }
    let house = House::build("rolled", ["rolled-1", "rolled-2"], 2).await;
    let mut records = (1..).map(Moment::Record);
    let mut chosen = moments();
    let mut every_record = true;
    while let Some(moment) = if every_record { records.next() } else { chosen.next() } {
        let in_time = house.restart(moment).await;
        println!("rollout killed at {moment:?}, {}", if in_time { "in time" } else { "after its end" });
        every_record &= in_time;
    }
}
