//! The client of a session and its credentials. A client is made when the first request needs it, for the cluster that
//! was resolved at the start and for no other. A credential plugin runs once at a time, is shown while it runs, and is
//! asked again by itself only when its answer ends; when it fails the operator says when to try again: a plugin that is
//! asked every few seconds would open a browser window each time.

mod send;
mod state;
#[cfg(test)]
mod tests;

use crate::lang::t;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use kube::Client;
use kube::client::Body;
use kube::config::Config;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::connect::{Choice, ConnectError};
use super::failure::{Failure, Next};
use super::identity::{Which, which_cluster};
use super::kubeconfig::Resolved;
use super::{credentials, plugin};
use crate::clock::Clock;
use crate::domain::{Asking, Timestamp};
use crate::vault::Vault;
pub use state::Follow;
use state::{Ready, State};

/// So often credentials that had worked are had anew within that time; more is a server that does not know what it wants.
const OFTEN: u32 = 5;
const LATELY_SECONDS: i64 = 60;
/// How long the question waits which cluster it is, when credentials were read anew.
const ANSWER: Duration = Duration::from_secs(5);

/// The credentials of a session.
#[derive(Clone)]
pub struct Login(Arc<Inner>);

struct Inner {
    /// The context is named in it.
    choice: Choice,
    vault: Vault,
    first: Resolved,
    /// What the files say now: the same cluster, perhaps with other credentials.
    latest: watch::Sender<Resolved>,
    state: watch::Sender<State>,
    /// The number of the latest run, and what ends it.
    running: std::sync::Mutex<(u64, Option<AbortHandle>)>,
    /// The cluster that the session is on, once it is known.
    uid: OnceLock<String>,
    /// Since when credentials that had worked were refused, in seconds, and how often.
    lately: std::sync::Mutex<(i64, u32)>,
    /// Whether there is a screen, on which a key tries again.
    screen: AtomicBool,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Login").field(&self.0.first).finish()
    }
}

/// A client for the resolved cluster, and its login. Credentials that need no plugin are looked at now, so that what
/// cannot be used is said at once.
pub(super) async fn client(
    choice: &Choice,
    resolved: Resolved,
    vault: &Vault,
) -> Result<(Client, Login, Config), ConnectError> {
    let config = resolved.config()?;
    let plain = config.auth_info.exec.is_none();
    let namespace = config.default_namespace.clone();
    let choice = Choice { context: Some(resolved.context.clone()), ..choice.clone() };
    let login = Login(Arc::new(Inner {
        choice,
        vault: vault.clone(),
        latest: watch::Sender::new(resolved.clone()),
        first: resolved,
        state: watch::Sender::new(State::Untried { again: false }),
        running: std::sync::Mutex::default(),
        uid: OnceLock::new(),
        lately: std::sync::Mutex::default(),
        screen: AtomicBool::new(false),
    }));
    if plain {
        login.renew(0, false).await;
    }
    let service = {
        let login = login.clone();
        tower::service_fn(move |request: http::Request<Body>| {
            let login = login.clone();
            async move { login.send(request).await }
        })
    };
    Ok((Client::new(service, namespace), login, config))
}

impl Login {
    /// Asks again for what failed, ends a plugin that hangs, and takes what stands in the files now. Credentials that work
    /// and are still those of the files are left alone.
    pub fn retry(&self) {
        if let Some(running) = self.lock().1.take() {
            running.abort();
        }
        let began = self.again(|state| matches!(state, State::Failed(_) | State::Asking(..)));
        if began {
            return;
        }
        let login = self.clone();
        // Reading may take its time, and whoever asks has a screen to draw.
        tokio::task::spawn_blocking(move || {
            let latest = login.0.latest.borrow().text();
            if login.read_again().is_ok_and(|read| read.text() != latest) {
                login.again(|state| matches!(state, State::Ready(_)));
            }
        });
    }

    /// Has credentials made anew with the next request, where the state is such.
    fn again(&self, such: impl Fn(&State) -> bool) -> bool {
        self.0.state.send_if_modified(|state| {
            let again = such(state);
            if again {
                *state = State::Untried { again: true };
            }
            again
        })
    }

    /// The kubeconfig of the session's context alone, with its credentials; none in a pod.
    pub fn kubeconfig(&self) -> Option<String> {
        self.0.latest.borrow().text()
    }

    /// What was passed over on the way to this cluster, or taken otherwise than it may have been meant.
    pub fn notes(&self) -> &[String] {
        &self.0.first.notes
    }

    /// There is a screen: what failed is tried again by its key, not by starting anew.
    pub fn on_screen(&self) {
        self.0.screen.store(true, Ordering::Relaxed);
    }

    /// The session is on this cluster: credentials that lead to another one are refused from now on.
    pub fn on_cluster(&self, uid: &str) {
        let _ = self.0.uid.set(uid.to_owned());
    }

    /// What the plugin is doing, whenever that changes.
    pub fn follow(&self) -> Follow {
        let mut states = self.0.state.subscribe();
        // A plugin that runs already is told as well.
        states.mark_changed();
        Follow { states, last: None }
    }

    /// The client, once there is one.
    async fn ready(&self) -> Result<Ready, String> {
        let mut states = self.0.state.subscribe();
        loop {
            let state = states.borrow_and_update().clone();
            match state {
                State::Ready(ready) if !ready.over() => return Ok(ready),
                State::Failed(failure) => {
                    return Err(failure.words(self.0.screen.load(Ordering::Relaxed)));
                }
                State::Asking(..) => {
                    if states.changed().await.is_err() {
                        return Err(t!("cluster-login-session-ends").to_owned());
                    }
                }
                State::Untried { again } => self.begin(again),
                State::Ready(_) => self.begin(true),
            }
        }
    }

    /// Has the credentials made by a task of their own: who waits for them may go away.
    fn begin(&self, again: bool) {
        // The plugin is named when it is started: without one there is nothing to wait for.
        let asking = Asking { plugin: String::new(), since: now(), said: String::new() };
        // One of those that wait begins it.
        let mut running = self.lock();
        let run = running.0 + 1;
        let first = self.0.state.send_if_modified(|state| {
            let begins = match state {
                State::Untried { .. } => true,
                State::Ready(ready) => ready.over(),
                State::Asking(..) | State::Failed(_) => false,
            };
            if begins {
                *state = State::Asking(run, asking);
            }
            begins
        });
        if first {
            let login = self.clone();
            let task = tokio::spawn(async move { login.renew(run, again).await });
            *running = (run, Some(task.abort_handle()));
        }
    }

    /// The server refuses the credentials. Those that it took before are over, and had anew with the next request; those
    /// that it never took are not asked for again by themselves.
    fn refused(&self, ready: &Ready, what: &str) {
        self.0.state.send_if_modified(|state| {
            let State::Ready(current) = state else { return false };
            // An answer to a request of before says nothing of what came since.
            if !current.same(ready) {
                return false;
            }
            *state = if ready.times() == 0 {
                State::Failed(self.not_taken(what))
            } else if self.often() {
                let words = t!("cluster-login-refused-again", server = self.0.first.server, what = what);
                State::Failed(Failure::new(words, Next::LogIn))
            } else {
                State::Untried { again: true }
            };
            true
        });
    }

    /// The links of this client lead to a server that takes the credentials: the next requests go by them.
    fn prefers(&self, ready: &Ready, client: Client) {
        self.0.state.send_if_modified(|state| {
            if let State::Ready(current) = state
                && current.same(ready)
            {
                current.client = client;
            }
            // For those who look on nothing has changed.
            false
        });
    }

    /// Whether credentials that had worked were refused more often than a login ends: a plugin is not asked for ever.
    fn often(&self) -> bool {
        let mut lately = self.0.lately.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let second = now().as_second();
        if second - lately.0 > LATELY_SECONDS {
            *lately = (second, 0);
        }
        lately.1 += 1;
        lately.1 > OFTEN
    }

    /// Words for credentials that the server does not take.
    fn not_taken(&self, what: &str) -> Failure {
        let server = &self.0.first.server;
        if server.starts_with("http://") && !self.0.first.sends_credentials() {
            return Failure::new(t!("cluster-login-not-sent", server = server), Next::Mend);
        }
        Failure::new(t!("cluster-login-refused", server = server, what = what), Next::LogIn)
    }

    async fn renew(&self, run: u64, again: bool) {
        let made = match self.have(again).await {
            Ok(ready) => State::Ready(ready),
            Err(failure) => State::Failed(failure),
        };
        // One that was given up for another one has nothing to say any more.
        self.0.state.send_if_modified(|state| {
            let own = match state {
                State::Asking(number, _) => *number == run,
                State::Untried { .. } => run == 0,
                State::Ready(_) | State::Failed(_) => false,
            };
            if own {
                *state = made;
            }
            own
        });
    }

    /// A client for the session's cluster, with credentials that are had now.
    async fn have(&self, again: bool) -> Result<Ready, Failure> {
        let mend = |e: ConnectError| Failure::new(e.to_string(), Next::Mend);
        let resolved = if again { self.read_again()? } else { self.0.latest.borrow().clone() };
        let mut config = resolved.config().map_err(mend)?;
        let mut until = None;
        if let Some(exec) = config.auth_info.exec.take() {
            let given = self.ask(&exec).await?;
            // By a clock that is wrong they may have ended already. The server judges: it refuses what is over.
            until = given.until.filter(|until| *until > now());
            credentials::take(&mut config, given);
        }
        let (choice, vault) = (self.0.choice.clone(), self.0.vault.clone());
        let make = move || credentials::client(config.clone(), &choice, &vault);
        let client =
            make().map_err(|why| mend(ConnectError::Unusable { context: resolved.context.clone(), why }))?;
        if again {
            self.same_cluster(&client).await?;
        }
        self.0.latest.send_replace(resolved);
        let other = Arc::new(move || make().ok());
        Ok(Ready { client, other, since: now(), until, taken: Arc::default() })
    }

    /// The files as they are now, of which only the credentials count: the way to the cluster stays as it was.
    fn read_again(&self) -> Result<Resolved, Failure> {
        let (first, read) = (&self.0.first, Resolved::read(&self.0.choice));
        let resolved = read.map_err(|e| Failure::new(e.to_string(), Next::Mend))?;
        if resolved.server == first.server && resolved.context == first.context {
            return Ok(first.with_credentials_of(resolved));
        }
        let words = t!(
            "cluster-login-moved",
            context = format!("{:?}", first.context),
            now = resolved.server,
            before = first.server
        );
        Err(Failure::new(words, Next::Said))
    }

    /// Other credentials lead to the very same cluster, or are not taken.
    async fn same_cluster(&self, client: &Client) -> Result<(), Failure> {
        let Some(uid) = self.0.uid.get() else { return Ok(()) };
        let server = &self.0.first.server;
        let (words, next) = match tokio::time::timeout(ANSWER, which_cluster(client)).await {
            Ok(Which::Is(now)) if now == *uid => return Ok(()),
            Ok(Which::Is(_)) => (t!("cluster-login-other-cluster", server = server), Next::Said),
            Ok(Which::Hidden) => (t!("cluster-login-hidden", server = server), Next::LogIn),
            Ok(Which::Unanswered(why)) => (why, Next::Again),
            Err(_) => (t!("cluster-login-no-word", server = server, seconds = ANSWER.as_secs()), Next::Again),
        };
        Err(Failure::new(words, next))
    }

    async fn ask(&self, exec: &kube::config::ExecConfig) -> Result<plugin::Credentials, Failure> {
        let name = plugin::name(exec);
        let say = |said: String| {
            let name = name.clone();
            self.0.state.send_if_modified(|state| {
                let State::Asking(_, asking) = state else { return false };
                (asking.plugin, asking.said) = (name, said);
                true
            });
        };
        say(String::new());
        plugin::ask(exec, say).await
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, (u64, Option<AbortHandle>)> {
        // What a panic leaves behind is a handle that is whole.
        self.0.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn now() -> Timestamp {
    Clock::real().now()
}
