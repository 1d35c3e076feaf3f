//! An operator's desk without a screen: the observer, the one write path with its journal, and what comes
//! back from it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use opsbook::app::{Msg, TaskEvent};
use opsbook::clock::Clock;
use opsbook::cluster::write::{Writer, preview};
use opsbook::cluster::{Connection, Observer};
use opsbook::domain::{ClusterSnapshot, Interest, SyncState};
use opsbook::op::{self, Answer, ApprovedPlan, Inputs, Plan, Preview, Progress, STALE, Undo};
use opsbook::record::{Event, RunEnd, What};
use opsbook::runtime::{Operation, Pane, Recorder, open_shell, operate};
use opsbook::vault::Vault;
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{Cluster, PATIENCE};

/// How an operation ended.
#[derive(Clone, Debug)]
pub struct Ran {
    pub end: RunEnd,
    pub words: String,
}

/// What an operator works with.
pub struct Desk {
    observer: Observer,
    connection: Connection,
    writer: Writer,
    pub recorder: Recorder,
    /// Of the journal; it goes with the desk.
    _folder: TempDir,
    tasks: u64,
    /// What was shown once.
    pub shown: Vec<TaskEvent>,
    /// Lines that tasks wrote for the operator.
    pub written: Vec<String>,
    /// What the operations asked to see.
    followed: RefCell<BTreeSet<Interest>>,
}

impl Desk {
    /// A desk at a cluster; all kinds are known when it returns.
    pub async fn open(cluster: &Cluster) -> Desk {
        let desk = Desk::at(cluster.connection(), cluster.clock(), cluster.operator());
        let what = "every kind to be live";
        desk.world(what, |w| w.sync.iter().all(|s| *s == SyncState::Live)).await;
        desk
    }

    /// A desk that looks through one connection and writes with a client; nothing is known yet.
    pub fn at(connection: Connection, clock: Clock, client: kube::Client) -> Desk {
        let observer = Observer::start(&connection, clock.clone());
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::new(folder.path().to_owned(), None, connection.info.clone(), clock.clone());
        let vault = recorder.vault().clone();
        let writer = Writer { client, snapshots: observer.snapshots(), clock, vault };
        Desk {
            observer,
            connection,
            writer,
            recorder,
            _folder: folder,
            tasks: 0,
            shown: Vec::new(),
            written: Vec::new(),
            followed: RefCell::default(),
        }
    }

    pub fn snapshots(&self) -> tokio::sync::watch::Receiver<Arc<ClusterSnapshot>> {
        self.observer.snapshots()
    }

    /// As ctrl-r does.
    pub fn ask_again(&self) {
        self.refresh()();
    }

    /// The same, for whoever presses it while the desk is at work.
    pub fn refresh(&self) -> impl Fn() + use<> {
        let (login, retry) = (self.connection.login.clone(), self.observer.retry().clone());
        move || {
            if let Some(login) = &login {
                login.retry();
            }
            retry.ask();
        }
    }

    /// As `:ns` does.
    pub fn read_namespaces(&self, names: &str) {
        self.observer.read_namespaces(&names.into());
    }

    /// The first picture that is as wanted.
    pub async fn world(&self, what: &str, wanted: impl Fn(&ClusterSnapshot) -> bool) -> Arc<ClusterSnapshot> {
        let mut snapshots = self.observer.snapshots();
        let found = timeout(PATIENCE, snapshots.wait_for(|w| wanted(w))).await;
        if let Ok(found) = found {
            return found.expect("the observer lives as long as the desk").clone();
        }
        let now = self.observer.snapshots().borrow().clone();
        panic!(
            "never seen within {PATIENCE:?}: {what}; states {:?}, {} nodes, {} pods, findings {:?}",
            now.sync,
            now.nodes.len(),
            now.pods.len(),
            now.findings.iter().map(|f| &f.title).collect::<Vec<_>>()
        );
    }

    /// Follows these too, as long as the desk stands.
    pub fn follow(&self, interests: impl IntoIterator<Item = Interest>) {
        self.followed.borrow_mut().extend(interests);
        self.observer.follow(self.followed.borrow().clone());
    }

    pub fn unfollow(&self) {
        self.followed.borrow_mut().clear();
        self.observer.follow(BTreeSet::new());
    }

    pub fn now(&self) -> Arc<ClusterSnapshot> {
        self.observer.snapshots().borrow().clone()
    }

    /// The plan of an operation, as soon as the picture allows it.
    pub async fn plan(&self, id: &str, inputs: &Inputs) -> Plan {
        self.follow(op::reads(id, inputs));
        let what =
            format!("a plan of {id} for {inputs:?}, not {:?}", op::plan(id, &self.now(), inputs).err());
        let world = self.world(&what, |w| op::plan(id, w, inputs).is_ok()).await;
        op::plan(id, &world, inputs).unwrap()
    }

    pub async fn preview(&self, plan: &Plan) -> Preview {
        preview(&self.writer.client, &Vault::default(), plan, self.writer.clock.now()).await
    }

    /// Carries a plan out as the runtime does.
    pub async fn run(&mut self, plan: &Plan) -> Ran {
        self.run_until(plan, None, |_| false).await
    }

    /// The same, cancelled as soon as it has taken effect for a while.
    pub async fn run_until_holding(&mut self, plan: &Plan) -> Ran {
        self.run_until(plan, None, |line| line == "holding").await
    }

    /// The same, cancelled at the first line of progress that `stop` is true for.
    pub async fn run_until(
        &mut self,
        plan: &Plan,
        undoes: Option<String>,
        stop: impl Fn(&str) -> bool,
    ) -> Ran {
        self.tasks += 1;
        let approved = approve(plan, &self.connection.info.context);
        let operation = Operation { task: self.tasks, approved, runbook: None, walk: 0, step: None, undoes };
        let cancel = CancellationToken::new();
        let (out, mut inbox) = mpsc::channel(64);
        let work = async {
            if operation.approved.plan().takes_terminal() {
                // A terminal on which nobody types.
                let (_, asked) = mpsc::channel(1);
                let pane = Pane { task: operation.task, asked, out: &out };
                open_shell(&self.writer, &self.recorder, operation, &cancel, pane).await;
            } else {
                operate(&self.writer, &self.recorder, operation, &cancel, &out).await;
            }
            drop(out);
        };
        let watch = async {
            let (mut ended, mut shown, mut written) = (None, Vec::new(), Vec::new());
            while let Some(msg) = inbox.recv().await {
                match msg {
                    Msg::Task { event: TaskEvent::Progress { line, .. }, .. } if stop(&line) => {
                        cancel.cancel();
                    }
                    Msg::Task { event: TaskEvent::Holding { .. }, .. } if stop("holding") => cancel.cancel(),
                    Msg::Task { event: event @ TaskEvent::Token { .. }, .. } => shown.push(event),
                    Msg::Task { event: TaskEvent::Output(lines), .. } => written.extend(lines),
                    Msg::Task { event: TaskEvent::Ended { end, words }, .. } => ended = Some((end, words)),
                    _ => {}
                }
            }
            let (end, words) = ended.expect("every task ends with words");
            (Ran { end, words }, shown, written)
        };
        let both = async { tokio::join!(work, watch).1 };
        let (ran, shown, written) = timeout(PATIENCE, both).await.unwrap_or_else(|_| {
            let events = self.recorder.events();
            let last: Vec<_> = events.iter().rev().take(4).map(|e| &e.what).collect();
            panic!("{} did not end; the latest records, last first: {last:#?}", plan.title)
        });
        self.shown.extend(shown);
        self.written.extend(written);
        ran
    }

    /// Waits until the cluster itself shows what the plan promised.
    pub async fn proved(&self, plan: &Plan) -> Arc<ClusterSnapshot> {
        let op = op::find(&plan.op).unwrap();
        self.world(&plan.proof, |w| matches!(op.progress(plan, w), Progress::Fulfilled(_))).await
    }

    /// Plans and runs what only reads: there is nothing to preview, and nothing that the cluster could show.
    pub async fn carry_out_reading(&mut self, inputs: &Inputs) -> Plan {
        let plan = self.plan(op::EVIDENCE, inputs).await;
        let ran = self.run(&plan).await;
        assert_eq!(ran.end, RunEnd::Applied, "{}", ran.words);
        plan
    }

    /// Plans, previews, runs and proves an operation, and returns its plan.
    pub async fn carry_out(&mut self, id: &str, inputs: &Inputs) -> Plan {
        let (plan, ran) = self.persist(id, inputs, None).await;
        assert_eq!(ran.end, RunEnd::Applied, "{id}: {}", ran.words);
        self.proved(&plan).await;
        plan
    }

    /// Plans, previews and runs. Controllers write to an object now and then; what such a write made stale is
    /// planned anew, as an operator would.
    async fn persist(&mut self, id: &str, inputs: &Inputs, undoes: Option<String>) -> (Plan, Ran) {
        let mut tries = 0;
        loop {
            tries += 1;
            let plan = self.plan(id, inputs).await;
            let preview = self.preview(&plan).await;
            let stale = preview.refused.as_ref().is_some_and(|r| r.contains(STALE.text()));
            assert!(stale || preview.clean(), "{id}: {:?}", preview.objections());
            assert!(!preview.access.is_empty() && preview.digest == plan.digest());
            let ran = self.run_until(&plan, undoes.clone(), |_| false).await;
            if !ran.words.contains(STALE.text()) || tries == 5 {
                return (plan, ran);
            }
            let version = plan.version.clone();
            let newer = |w: &ClusterSnapshot| w.identity(&plan.target).is_none_or(|(_, v)| v != version);
            self.world("the newer version of what was planned for", newer).await;
        }
    }

    /// Takes the latest change back by what its record says.
    pub async fn undo(&mut self) -> Plan {
        let state = opsbook::record::SessionState::fold(&self.recorder.events());
        let entry = state.undo_list().into_iter().next().expect("something to take back");
        let Undo::By { op, inputs, .. } = entry.undo else { panic!("{}: no way back", entry.title) };
        let (plan, ran) = self.persist(&op, &inputs, Some(entry.plan)).await;
        assert_eq!(ran.end, RunEnd::Applied, "undo of {}: {}", entry.title, ran.words);
        self.proved(&plan).await;
        plan
    }
}

/// The plan with this answer, on a cluster that no guard shuts.
pub fn approved(plan: Plan, answer: &Answer, cluster: &str) -> Result<ApprovedPlan, op::NotApproved> {
    plan.approve(answer, &op::Lock::open(cluster).licence(opsbook::domain::Timestamp::UNIX_EPOCH).unwrap())
}

/// Says yes to everything that a plan asks.
pub fn approve(plan: &Plan, cluster: &str) -> ApprovedPlan {
    let accepted: BTreeSet<_> = plan.questions.iter().map(|q| q.key.clone()).collect();
    let typed = match plan.approval() {
        op::Approval::TypeObject => plan.target.name().to_owned(),
        _ => cluster.to_owned(),
    };
    approved(plan.clone(), &Answer { typed, confirmed: true, accepted, agreed: None }, cluster).unwrap()
}

/// The journal without the plans that came too late.
pub fn arrived(lines: Vec<String>) -> Vec<String> {
    let mut out = lines;
    while let Some(no) = out.iter().position(|l| l.starts_with("no patch")) {
        out.drain(no - 2..no + 2);
    }
    out
}

/// The journal in short: `intent`, `send VERB NAME`, `ok VERB NAME`, `no VERB NAME`, `left NAME`, `end`. Fails
/// where an answer stands without its request before it, or a request outside of intent and outcome.
pub fn journal(events: &[Event]) -> Vec<String> {
    let mut out = Vec::new();
    let (mut open, mut sent) = (false, Vec::new());
    for event in events {
        match &event.what {
            What::Intent { .. } => {
                open = true;
                out.push("intent".to_owned());
            }
            What::Sending { object, verb, .. } => {
                assert!(open, "a request before its intent");
                sent.push((object.clone(), verb.clone()));
                out.push(format!("send {verb} {}", object.name()));
            }
            What::Accepted { object, verb, .. } | What::Refused { object, verb, .. } => {
                let known = sent.iter().position(|s| *s == (object.clone(), verb.clone()));
                sent.swap_remove(known.expect("an answer has its request before it"));
                let word = if matches!(event.what, What::Accepted { .. }) { "ok" } else { "no" };
                out.push(format!("{word} {verb} {}", object.name()));
            }
            What::Left { object, .. } => out.push(format!("left {}", object.name())),
            What::Outcome { .. } => {
                open = false;
                out.push("end".to_owned());
            }
            _ => {}
        }
    }
    assert!(!open && sent.is_empty(), "left open: {out:?}");
    out
}
