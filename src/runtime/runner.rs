//! Carries effects out as tasks; each sends messages back. It knows no terminal: a rehearsal runs on it too.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

use super::change::Hands;
use super::journal::Recorder;
use super::library::{Library, Question};
use super::{Operation, highlight, logs, watchers};
use crate::app::screens::ToProgram;
use crate::app::{App, Effect, Msg};
use crate::clock::Clock;
use crate::cluster::{Connection, Observer};
use crate::domain::{ClusterSnapshot, ObjectKey};
use crate::lang;
use crate::lang::t;
use crate::live::Tone;
use crate::practice::Practice;
use crate::record::{Format, Report, What};
use crate::session::write_private;
#[cfg(feature = "execute")]
use crate::shell::Surroundings;

/// All that effects need.
pub struct Setup {
    pub connection: Connection,
    pub clock: Clock,
    pub practice: Option<Arc<Practice>>,
    pub recorder: Recorder,
    /// What scripts on this machine see of it.
    #[cfg(feature = "execute")]
    pub scripts: Surroundings,
    /// Folders of the user's own runbooks.
    pub runbooks: Vec<PathBuf>,
    /// Who vouches for runbooks.
    pub trust: crate::trust::Places,
    /// Who may agree as a second person.
    pub approvers: crate::trust::Approvers,
    /// Where the index of the user's runbooks is kept.
    pub cache: PathBuf,
    /// Where an export is written.
    pub exports: PathBuf,
    pub lang: String,
    /// No request but reads leaves the program, whoever asks.
    pub read_only: bool,
}

/// The runner. Dropping it ends every task.
pub struct Runner {
    pub(super) setup: Setup,
    /// What changes something.
    #[cfg_attr(not(feature = "execute"), expect(dead_code, reason = "empty"))]
    pub(super) hands: Hands,
    pub(super) observer: Observer,
    pub(super) out: mpsc::Sender<Msg>,
    records: mpsc::Sender<Vec<What>>,
    recording: JoinHandle<()>,
    searches: watch::Sender<Option<Question>>,
    pub(super) tasks: JoinSet<()>,
    /// Tasks that write; leaving waits for them.
    pub(super) operations: JoinSet<()>,
    pub(super) running: HashMap<u64, CancellationToken>,
    /// Programs in terminals: what their operator wants.
    pub(super) terminals: HashMap<u64, mpsc::Sender<ToProgram>>,
    logs: HashMap<u64, AbortHandle>,
    /// What a second person is asked.
    pub(super) peer: Option<super::peer::Asked>,
    /// By title and object: plans of several objects are previewed side by side.
    pub(super) previews: HashMap<(String, ObjectKey), AbortHandle>,
}

impl Runner {
    /// Starts to watch the cluster, to read the corpus and to build the index; nothing waits for them.
    pub fn start(mut setup: Setup, out: mpsc::Sender<Msg>) -> Runner {
        let observer = Observer::start(&setup.connection, setup.clock.clone());
        let mut tasks = JoinSet::new();
        let (records, waiting) = mpsc::channel(256);
        let recording = tokio::spawn(record(setup.recorder.clone(), waiting, out.clone()));
        let (searches, asked) = watch::channel(None);
        let library = Library {
            folders: setup.runbooks.clone(),
            trust: setup.trust.clone(),
            cache: setup.cache.clone(),
            out: out.clone(),
        };
        tasks.spawn(library.serve(asked));
        tasks.spawn(watchers::sample(setup.recorder.clone(), observer.snapshots(), out.clone()));
        let connection = setup.connection.clone();
        tasks.spawn(watchers::login(connection.login.clone(), out.clone()));
        tasks.spawn(watchers::which_cluster(
            setup.recorder.clone(),
            connection,
            observer.snapshots(),
            out.clone(),
        ));
        let (running, logs) = (HashMap::new(), HashMap::new());
        let hands = Hands::new(&mut setup);
        let mut runner = Runner {
            setup,
            hands,
            observer,
            out,
            records,
            recording,
            searches,
            tasks,
            operations: JoinSet::new(),
            running,
            terminals: HashMap::new(),
            logs,
            peer: None,
            previews: HashMap::new(),
        };
        runner.identify();
        runner
    }

    /// The pictures of the cluster, the latest one wins.
    pub fn snapshots(&self) -> watch::Receiver<Arc<ClusterSnapshot>> {
        self.observer.snapshots()
    }

    pub fn clock(&self) -> Clock {
        self.setup.clock.clone()
    }

    /// Ends what is finished; called now and then so that handles do not pile up.
    fn reap(&mut self) {
        while self.tasks.try_join_next().is_some() {}
        while self.operations.try_join_next().is_some() {}
        self.terminals.retain(|_, to| !to.is_closed());
        self.logs.retain(|_, handle| !handle.is_finished());
        self.previews.retain(|_, handle| !handle.is_finished());
    }

    /// Carries one effect out. Effects of the terminal itself (quit, redraw, theme, suspend) are the caller's.
    pub fn run(&mut self, effect: Effect) {
        self.reap();
        match effect {
            Effect::Search { generation, text, boost } => {
                let _ = self.searches.send(Some(Question { generation, text, boost }));
            }
            Effect::Preview(plan) => self.preview(*plan),
            Effect::Review(rights) => self.review(rights),
            Effect::Execute { task, approved, runbook, walk, step, undoes } => {
                self.execute(Operation { task, approved: *approved, runbook, walk, step, undoes });
            }
            Effect::FindTools(names) => self.find_tools(names),
            Effect::ReadVersions(names) => self.read_versions(names),
            Effect::Check { id, script } => self.check(id, script),
            Effect::AskPeer(request) => self.ask_peer(*request),
            Effect::CheckPeer { id, line } => self.check_peer(id, line),
            Effect::Cancel(task) => {
                if let Some(token) = self.running.get(&task) {
                    token.cancel();
                }
            }
            Effect::Terminal { task, to } => {
                // One that does not take it hears nothing, as behind a terminal that is full.
                if let Some(terminal) = self.terminals.get(&task) {
                    let _ = terminal.try_send(to);
                }
            }
            Effect::Fetch { id, key } => {
                let (client, vault) =
                    (self.setup.connection.client.clone(), self.setup.recorder.vault().clone());
                self.send(async move {
                    let text = crate::cluster::object_yaml(&client, &key).await.map_err(|e| e.to_string());
                    let text = text.map(|text| vault.text(&text));
                    Msg::Fetched { id, text }
                });
            }
            Effect::Logs { id, request } => {
                let (client, out) = (self.setup.connection.client.clone(), self.out.clone());
                let vault = self.setup.recorder.vault().clone();
                let handle = self.tasks.spawn(logs::follow(client, vault, id, request, out));
                self.logs.insert(id, handle);
            }
            Effect::StopLogs(id) => {
                if let Some(handle) = self.logs.remove(&id) {
                    handle.abort();
                }
            }
            Effect::Follow(interests) => self.observer.follow(interests),
            Effect::Language(language) => {
                lang::switch(language);
                self.observer.tell_anew();
            }
            Effect::LookAgain(number) => self.observer.retry().look(number),
            Effect::ReadNamespaces(names) => self.observer.read_namespaces(&names),
            Effect::Record(records) => {
                if self.records.try_send(records).is_err() {
                    tracing::error!("the journal does not keep up; records were dropped");
                    let words = t!("runtime-runner-lost").to_owned();
                    let _ = self.out.try_send(Msg::Said(Tone::Bad, words));
                }
            }
            Effect::Practice(action) => self.practice(action),
            Effect::Export(format) => self.export(format),
            Effect::Taint(secrets) => {
                for secret in secrets {
                    self.setup.recorder.vault().register(secret.reveal());
                }
            }
            Effect::Highlight { lang, text } => {
                let out = self.out.clone();
                self.tasks.spawn_blocking(move || {
                    let _ = out.blocking_send(Msg::Highlighted(highlight::highlight(&lang, &text)));
                });
            }
            Effect::Refresh => self.refresh(),
            Effect::Quit
            | Effect::Connect(_)
            | Effect::Suspend
            | Effect::Redraw
            | Effect::Theme(_)
            | Effect::Copy(_) => {}
        }
    }

    /// Asks anew for the credentials, and then for what was refused.
    fn refresh(&mut self) {
        if let Some(login) = &self.setup.connection.login {
            login.retry();
        }
        self.observer.retry().ask();
    }

    pub(super) fn send(&mut self, work: impl Future<Output = Msg> + Send + 'static) -> AbortHandle {
        let out = self.out.clone();
        self.tasks.spawn(async move {
            let msg = work.await;
            let _ = out.send(msg).await;
        })
    }

    fn practice(&mut self, action: String) {
        let Some(practice) = self.setup.practice.clone() else { return };
        self.send(async move {
            match practice.act(&action).await {
                Ok(words) => Msg::Said(Tone::Good, words),
                Err(e) => Msg::Said(Tone::Bad, e.to_string()),
            }
        });
    }

    fn export(&mut self, format: Format) {
        let (recorder, folder) = (self.setup.recorder.clone(), self.setup.exports.clone());
        self.send(async move {
            let written = tokio::task::spawn_blocking(move || export(&recorder, &folder, format)).await;
            match written {
                Ok(Ok(said)) => Msg::Said(Tone::Good, said),
                Ok(Err(why)) => Msg::Said(Tone::Bad, why),
                Err(e) => Msg::Said(Tone::Bad, t!("runtime-runner-export-broke-off", why = e)),
            }
        });
    }

    /// Stops what runs in good order and waits for it, and for the journal, at most as long as given.
    pub async fn stop(mut self, patience: std::time::Duration) {
        for token in self.running.values() {
            token.cancel();
        }
        let ended = async { while self.operations.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(patience, ended).await;
        if self.setup.recorder.path().is_some() {
            let ended = vec![What::Ended { words: t!("runtime-runner-left").to_owned() }];
            let _ = tokio::time::timeout(patience, self.records.send(ended)).await;
        }
        drop(self.records);
        let _ = tokio::time::timeout(patience, self.recording).await;
        self.tasks.abort_all();
    }

    /// Takes secrets out of what is said on the message line.
    pub fn clean(&self, app: &mut App) {
        if let Some(status) = &mut app.status {
            status.text = self.setup.recorder.vault().text(&status.text);
        }
    }

    pub fn recorder(&self) -> &Recorder {
        &self.setup.recorder
    }
}

/// Writes the session into a folder, and says where to, and what was cut.
fn export(recorder: &Recorder, folder: &std::path::Path, format: Format) -> Result<String, String> {
    let events = recorder.events();
    if events.is_empty() {
        return Err(t!("runtime-runner-nothing").to_owned());
    }
    let report = Report::of(&events, &recorder.vault().secrets());
    let path = folder.join(format!("opsbook-{}.{}", report.state.id, format.extension()));
    write_private(&path, &format.render(&report))
        .map_err(|e| t!("runtime-runner-unwritten", path = path.display(), why = e))?;
    Ok(if report.cut.is_empty() {
        t!("runtime-runner-exported", path = path.display())
    } else {
        t!("runtime-runner-exported-cut", path = path.display(), cut = report.cut)
    })
}

/// Writes records in their order, off the loop.
async fn record(recorder: Recorder, mut waiting: mpsc::Receiver<Vec<What>>, out: mpsc::Sender<Msg>) {
    while let Some(records) = waiting.recv().await {
        let recorder = recorder.clone();
        let written = tokio::task::spawn_blocking(move || {
            let mut events = Vec::new();
            for what in records {
                match recorder.append(what) {
                    Ok(new) => events.extend(new),
                    Err(e) => return (events, Some(e.to_string())),
                }
            }
            (events, None)
        })
        .await;
        let Ok((events, failed)) = written else { continue };
        let _ = out.send(Msg::Recorded(events)).await;
        if let Some(why) = failed {
            let _ = out.send(Msg::Said(Tone::Bad, why)).await;
        }
    }
}
