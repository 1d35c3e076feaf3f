//! The soak: opsbook behind a proxy whose switches are turned at random, while things come and go in the cluster and a walk
//! is under way. Nothing may be lost, nothing that is not of now may be shown as live, the header must fit, and at the end
//! the program must take no more than at the start. A run of the tests soaks for some seconds, the same each time;
//! `scripts/soak SECONDS SEED` for longer.
//!
//! `plan.rs` has the troubles, `truth.rs` says what a picture may show, `mover.rs` is what happens in the cluster,
//! `program.rs` the program in its terminal.

mod mover;
mod plan;
mod program;
mod report;
mod truth;

use std::sync::Arc;
use std::time::{Duration, Instant};

use opsbook::clock::Clock;
use opsbook::cluster::{Choice, connect};
use opsbook::domain::{ClusterSnapshot, Kind, SyncState};
use opsbook::practice::{FaultTime, Pace, Practice, PracticeOptions, Scenario};
use tokio::task::JoinSet;

use crate::servers::{Cut, OddServer, Switches};
use crate::support::Desk;
use mover::Mover;
use plan::{Says, Seed, Trouble};
use program::Program;
use report::{Report, Taken};
use truth::{Truth, same};

/// How long the tests soak where nobody asked for more.
const SHORT: Duration = Duration::from_secs(20);
/// Time between two looks.
const LOOK: Duration = Duration::from_millis(250);
/// Every watch is cut after at most so long, so that it meets the switches as they are.
const CUT: Duration = Duration::from_secs(3);
/// How old a live picture may be: two seconds in which a stream is opened anew before anybody is told, and the time that
/// answers, rows and frames take on a machine that does other things too.
const AGE: Duration = Duration::from_millis(4_500);
/// How long after switches were turned the header must fit: each watch was cut, and its silence was told.
const FITS: Duration = Duration::from_millis(CUT.as_millis() as u64 + AGE.as_millis() as u64);

/// What was seen at one look.
struct Look {
    at: Instant,
    /// What may not be older.
    from: Instant,
    world: Arc<ClusterSnapshot>,
    header: String,
    pods: Option<Vec<String>>,
}

struct Soak {
    server: OddServer,
    folder: tempfile::TempDir,
    desk: Desk,
    program: Program,
    truth: Truth,
    client: kube::Client,
    /// Looks that wait for the next reading of the cluster.
    looks: Vec<Look>,
    /// When links were silent.
    silent: Vec<(Instant, Instant)>,
    report: Report,
}

fn before(at: Instant, span: Duration) -> Instant {
    at.checked_sub(span).expect("the machine runs for longer than that")
}

/// Streams are cut all the time, and nothing else is wrong.
fn quiet(token: &str) -> Switches {
    Switches {
        cut: Some((CUT, Cut::Fin)),
        token: Some(token.to_owned()),
        prefix: "/k8s/clusters/c-1".to_owned(),
        ..Switches::default()
    }
}

fn healthy() -> Practice {
    // A registry has only what a scenario knows: what the mover rolls out is in it.
    let text = "scenario: 1\ntitle: t\nsummary: s\ngoal: g\ncluster_of: healthy\nimages: {\"registry.example/app:1\": {}}\n";
    let scenario = Scenario::parse("healthy", "soak.yaml", text).unwrap();
    Practice::start(&scenario, PracticeOptions { fault: FaultTime::Held, pace: Pace::Real }).unwrap()
}

impl Soak {
    async fn begin(client: kube::Client, truth: Truth) -> Soak {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("token"), "first").unwrap();
        let server = OddServer::before(client.clone(), quiet("first")).await;
        let user = format!("{{tokenFile: '{}'}}", folder.path().join("token").display());
        let kubeconfig = server.kubeconfig(folder.path(), &user);
        let choice = Choice { kubeconfig: Some(kubeconfig.clone()), ..Choice::default() };
        let connection = connect(&choice).await.unwrap();
        let clock = Clock::of_server(connection.skew.clone());
        let desk = Desk::at(connection, clock, client.clone());
        desk.follow([truth::interest()]);
        let program = tokio::task::block_in_place(|| Program::open(&kubeconfig));
        let (looks, silent, report) = (Vec::new(), Vec::new(), Report::begin());
        Soak { server, folder, desk, program, truth, client, looks, silent, report }
    }

    /// Looks at both, and judges what could not be judged before.
    fn look(&mut self, late: Duration) {
        let at = Instant::now();
        let mut from = before(at, AGE + late);
        for (begun, ended) in &self.silent {
            if *ended + CUT + AGE > at {
                from = from.min(before(*begun, AGE));
            }
        }
        let (header, pods) = self.program.look();
        self.looks.push(Look { at, from, world: self.desk.now(), header, pods });
        let (truth, report) = (&self.truth, &mut self.report);
        self.looks.retain(|look| !judge(truth, look, report));
    }

    /// Lets a span go by, looking.
    async fn pass(
        &mut self,
        span: Duration,
        late: Duration,
        mut each: impl FnMut(&mut Soak) -> bool,
    ) -> bool {
        let end = Instant::now() + span;
        while Instant::now() < end {
            tokio::time::sleep(LOOK).await;
            self.look(late);
            if each(self) {
                return true;
            }
        }
        false
    }

    fn live(&self) -> bool {
        let live = |s: &SyncState| *s == SyncState::Live;
        let world = self.desk.now();
        let whole = truth::kinds().all(|kind| live(world.sync(kind)) && world.scope(kind).is_none());
        whole && world.ahead == 0 && report::fits(Says::Live, &self.program.header())
    }

    /// The token that the server takes.
    fn token(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("token")).unwrap()
    }

    fn ask_again(&mut self) {
        self.desk.ask_again();
        self.program.ask_again();
    }

    /// One trouble, and the quiet after it.
    async fn round(&mut self, trouble: &'static Trouble, odd: Switches, seed: &mut Seed) {
        let span = seed.span(Duration::from_secs(2), Duration::from_secs(14));
        let token = odd.token.clone().unwrap_or_default();
        self.report.round(trouble.name, &odd, span);
        self.server.turn(|now| *now = odd);
        let begun = Instant::now();
        if trouble.unseen {
            self.silent.push((begun, begun + span));
        }
        self.pass(span, trouble.late, |soak| {
            let header = soak.program.header();
            soak.report.saw(&header);
            if begun.elapsed() > FITS && !report::fits(trouble.says, &header) {
                soak.report.fault(&format!("{:?} is not in the header: {header}", trouble.says));
            }
            false
        })
        .await;
        // Whoever renewed the credentials wrote them where they are read.
        std::fs::write(self.folder.path().join("token"), &token).unwrap();
        self.server.turn(|now| *now = quiet(&token));
        if trouble.asks {
            self.ask_again();
        }
        let ended = Instant::now();
        // What failed for so long may rest for about as long before it is asked again.
        let patience = FITS + span * 2 + Duration::from_secs(4);
        let mut since = None;
        let back = self
            .pass(patience, trouble.late, |soak| {
                let header = soak.program.header();
                soak.report.saw(&header);
                since = if soak.live() { since.or(Some(Instant::now())) } else { None };
                // Until each watch was cut once more nothing is said of the quiet.
                since.is_some_and(|since| since.elapsed() > CUT + LOOK)
            })
            .await;
        if !back {
            let states = format!("{:?}, {} s", self.desk.now().sync, self.desk.now().ahead);
            self.report
                .fault(&format!("not live {patience:?} after it: {} | {states}", self.program.header()));
            self.ask_again();
        }
        self.report.back(since.map_or(ended.elapsed(), |since| since - ended));
    }

    /// What both take when nothing is wrong and every stream was just opened.
    async fn taken(&mut self) -> Taken {
        self.server.turn(|odd| odd.cut = None);
        self.ask_again();
        self.pass(Duration::from_secs(2), Duration::ZERO, |_| false).await;
        let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
        let taken = Taken { program: self.program.figures(), tasks };
        self.server.turn(|odd| odd.cut = Some((CUT, Cut::Fin)));
        self.ask_again();
        taken
    }
}

/// Holds a look against the cluster, once that was read after it.
fn judge(truth: &Truth, look: &Look, report: &mut Report) -> bool {
    let wrong = truth.between(look.from, look.at, |window| {
        let mut wrong = truth::wrong(&window, &look.world);
        let whole = report::fits(Says::Live, &look.header) && !report::fits(Says::Part, &look.header);
        if let Some(pods) = look.pods.as_ref().filter(|_| whole) {
            wrong.extend(window.wrong_names(Kind::Pod, program::SPACE, pods));
        }
        wrong
    });
    let Some(wrong) = wrong else {
        // Before the first readings there is nothing to hold it against.
        return look.at.elapsed() > Duration::from_secs(20);
    };
    report.judged(wrong);
    true
}

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn troubles_at_random_lose_nothing_and_nothing_old_is_shown_as_live() {
    let wanted = asked("OPSBOOK_SOAK_SECONDS").map(Duration::from_secs);
    let number = asked("OPSBOOK_SOAK_SEED").unwrap_or(1);
    let mut seed = Seed::new(number);
    println!("soak: seed {number}");
    let practice = healthy();
    let client = practice.client();
    let truth = Truth::default();
    let mut tasks = JoinSet::new();
    tasks.spawn(truth.clone().follow(client.clone()));
    let mut mover = Mover::new(client.clone(), Seed::new(number + 1)).await;
    let mut soak = Soak::begin(client.clone(), truth).await;
    let mut left = Vec::new();
    let moves = async {
        assert!(soak.pass(Duration::from_secs(30), Duration::ZERO, |s| s.live()).await, "live at the start");
        let before = soak.taken().await;
        while soak.report.elapsed() < wanted.unwrap_or(SHORT) {
            let (trouble, odd) = plan::next(&mut left, &quiet(&soak.token()), &mut seed);
            soak.round(trouble, odd, &mut seed).await;
        }
        let after = soak.taken().await;
        (soak, before, after)
    };
    let (mut soak, before, after) = tokio::select! {
        done = moves => done,
        () = mover.move_on() => unreachable!("it moves for ever"),
    };
    mover.end().await;
    crate::support::until("all of it, as the cluster has it", async || {
        same(&soak.client, &soak.desk.now()).await.then_some(())
    })
    .await;
    tokio::task::block_in_place(|| soak.program.finish());
    soak.report.end(&before, &after);
}
