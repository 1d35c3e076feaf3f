//! The client of a session and its credentials. A client is made when the first request needs it, for the cluster that
//! was resolved at the start and for no other. A credential plugin runs once at a time, is shown while it runs, and is
//! asked again by itself only when its answer ends; when it fails the operator says when to try again: a plugin that is
//! asked every few seconds would open a browser window each time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::StatusCode;
use http_body_util::{Either, Limited};
use kube::Client;
use kube::client::Body;
use kube::config::Config;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::connect::{Choice, ConnectError, explain};
use super::kubeconfig::Resolved;
use super::{cluster_uid, credentials, plugin};
use crate::clock::Clock;
use crate::domain::{Asking, Timestamp};
use crate::vault::Vault;

/// How long before their end credentials are had anew, at most.
const EARLY_SECONDS: i64 = 60;
/// Bytes of one answer: more than a page of the largest objects that a server keeps.
const LARGEST: usize = 512 << 20;
/// How long the question waits which cluster it is, when credentials were read anew.
const WHICH: Duration = Duration::from_secs(5);

#[derive(Clone)]
enum State {
    /// To be had with the next request; whether the files are read again first.
    Untried {
        again: bool,
    },
    Asking(Asking),
    Ready(Ready),
    /// The words of the last failure.
    Failed(Arc<str>),
}

/// A client with its credentials.
#[derive(Clone)]
struct Ready {
    client: Client,
    since: Timestamp,
    until: Option<Timestamp>,
    /// Whether the server took them once.
    worked: Arc<AtomicBool>,
}

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
    running: std::sync::Mutex<Option<AbortHandle>>,
    /// The cluster that the session is on, once it is known.
    uid: OnceLock<String>,
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
    let config = resolved.config().await?;
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
    }));
    if plain {
        login.renew(false).await;
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
    /// Asks again for what failed, and ends a plugin that hangs. What works is left alone.
    pub fn retry(&self) {
        if let Some(running) = self.lock().take() {
            running.abort();
        }
        self.0.state.send_if_modified(|state| {
            let again = matches!(state, State::Failed(_) | State::Asking(_));
            if again {
                *state = State::Untried { again: true };
            }
            again
        });
    }

    /// The kubeconfig of the session's context alone, with its credentials; none in a pod.
    pub fn kubeconfig(&self) -> Option<String> {
        self.0.latest.borrow().text()
    }

    /// The session is on this cluster: credentials that lead to another one are refused from now on.
    pub fn on_cluster(&self, uid: &str) {
        let _ = self.0.uid.set(uid.to_owned());
    }

    /// What the plugin is doing, whenever that changes.
    pub fn follow(&self) -> Follow {
        Follow { states: self.0.state.subscribe(), last: None }
    }

    async fn send(&self, request: http::Request<Body>) -> Result<http::Response<Bounded>, tower::BoxError> {
        let ready = self.ready().await?;
        let endless = goes_on(request.uri());
        let response = ready.client.send(request).await.map_err(tower::BoxError::from)?;
        if response.status() == StatusCode::UNAUTHORIZED {
            self.refused(&ready);
        } else {
            ready.worked.store(true, Ordering::Relaxed);
        }
        Ok(bounded(response, if endless { None } else { Some(LARGEST) }))
    }

    /// The client, once there is one.
    async fn ready(&self) -> Result<Ready, String> {
        let mut states = self.0.state.subscribe();
        loop {
            let state = states.borrow_and_update().clone();
            match state {
                State::Ready(ready) if !ready.over() => return Ok(ready),
                State::Failed(words) => return Err(words.to_string()),
                State::Asking(_) => {
                    if states.changed().await.is_err() {
                        return Err("the session ends".to_owned());
                    }
                }
                State::Untried { again } => self.begin(again),
                State::Ready(_) => self.begin(false),
            }
        }
    }

    /// Has the credentials made by a task of their own: who waits for them may go away.
    fn begin(&self, again: bool) {
        // The plugin is named when it is started: without one there is nothing to wait for.
        let asking = Asking { plugin: String::new(), since: now(), said: String::new() };
        // One of those that wait begins it.
        let first = self.0.state.send_if_modified(|state| {
            let begins = match state {
                State::Untried { .. } => true,
                State::Ready(ready) => ready.over(),
                State::Asking(_) | State::Failed(_) => false,
            };
            if begins {
                *state = State::Asking(asking);
            }
            begins
        });
        if first {
            let login = self.clone();
            let task = tokio::spawn(async move { login.renew(again).await });
            *self.lock() = Some(task.abort_handle());
        }
    }

    /// The server refuses the credentials. Those that it took before are over, and had anew with the next request; those
    /// that it never took are not asked for again by themselves.
    fn refused(&self, ready: &Ready) {
        self.0.state.send_if_modified(|state| {
            let State::Ready(current) = state else { return false };
            // An answer to a request of before says nothing of what came since.
            if !Arc::ptr_eq(&current.worked, &ready.worked) {
                return false;
            }
            *state = if ready.worked.load(Ordering::Relaxed) {
                State::Untried { again: true }
            } else {
                let words = format!("{} refuses the credentials (401 Unauthorized)", self.0.first.server);
                State::Failed(to_retry(&words))
            };
            true
        });
    }

    async fn renew(&self, again: bool) {
        let state = match self.have(again).await {
            Ok(ready) => State::Ready(ready),
            Err(words) => State::Failed(to_retry(&words)),
        };
        self.0.state.send_replace(state);
    }

    /// A client for the session's cluster, with credentials that are had now.
    async fn have(&self, again: bool) -> Result<Ready, String> {
        let resolved = if again { self.read_again()? } else { self.0.latest.borrow().clone() };
        let mut config = resolved.config().await.map_err(|e| e.to_string())?;
        let mut until = None;
        if let Some(exec) = config.auth_info.exec.take() {
            let given = self.ask(&exec).await?;
            until = given.until;
            take(&mut config, given);
        }
        let client = configured(config, &self.0.choice, &self.0.vault)
            .map_err(|e| failure(&self.0.first, &e).to_string())?;
        if again {
            self.same_cluster(&client).await?;
        }
        self.0.latest.send_replace(resolved);
        Ok(Ready { client, since: now(), until, worked: Arc::default() })
    }

    /// The files as they are now: only the credentials in them may be others.
    fn read_again(&self) -> Result<Resolved, String> {
        let (first, read) = (&self.0.first, Resolved::read(&self.0.choice));
        let resolved = read.map_err(|e| e.to_string())?;
        if resolved.server == first.server && resolved.context == first.context {
            return Ok(resolved);
        }
        Err(format!(
            "the kubeconfig was changed: its context {:?} leads to {} now, and this session is on {}; nothing is asked there; leave, and start opsbook anew",
            first.context, resolved.server, first.server
        ))
    }

    async fn same_cluster(&self, client: &Client) -> Result<(), String> {
        let Some(uid) = self.0.uid.get() else { return Ok(()) };
        let answer = tokio::time::timeout(WHICH, cluster_uid(client)).await.ok().flatten();
        match answer {
            Some(now) if now != *uid => Err(format!(
                "another cluster answers at {} than this session is on; leave, and check where its address leads",
                self.0.first.server
            )),
            _ => Ok(()),
        }
    }

    async fn ask(&self, exec: &kube::config::ExecConfig) -> Result<plugin::Credentials, String> {
        let name = plugin::name(exec);
        let say = |said: String| {
            let name = name.clone();
            self.0.state.send_if_modified(|state| {
                let State::Asking(asking) = state else { return false };
                (asking.plugin, asking.said) = (name, said);
                true
            });
        };
        say(String::new());
        plugin::ask(exec, say).await
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<AbortHandle>> {
        // What a panic leaves behind is a handle that is whole.
        self.0.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Follows what is waited for.
pub struct Follow {
    states: watch::Receiver<State>,
    last: Option<Asking>,
}

impl Follow {
    /// The next other answer: the plugin that runs, or that none does. None at the end of the session.
    pub async fn next(&mut self) -> Option<Option<Asking>> {
        loop {
            self.states.changed().await.ok()?;
            let now = match &*self.states.borrow_and_update() {
                State::Asking(asking) if !asking.plugin.is_empty() => Some(asking.clone()),
                _ => None,
            };
            if now != self.last {
                self.last.clone_from(&now);
                return Some(now);
            }
        }
    }
}

impl Ready {
    /// Whether it is time to have other credentials.
    fn over(&self) -> bool {
        let Some(until) = self.until else { return false };
        // Credentials that last a minute are not asked for with every request.
        let lasts = until.as_second() - self.since.as_second();
        now().as_second() >= until.as_second() - (lasts / 10).clamp(0, EARLY_SECONDS)
    }
}

/// Whether the answer is read piece by piece for as long as it comes: each piece has a bound of its own there.
fn goes_on(uri: &http::Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    query.split('&').any(|p| p.starts_with("watch=") || p.starts_with("follow="))
}

/// An answer that may have a bound.
type Bounded = Either<Body, Limited<Body>>;

/// The same answer, which fails where it is longer.
fn bounded(response: http::Response<Body>, largest: Option<usize>) -> http::Response<Bounded> {
    // What was upgraded is no answer with an end.
    let upgraded = response.status() == StatusCode::SWITCHING_PROTOCOLS;
    response.map(|body| match largest {
        Some(largest) if !upgraded => Either::Right(Limited::new(body, largest)),
        _ => Either::Left(body),
    })
}

fn to_retry(words: &str) -> Arc<str> {
    format!("{words}; log in, then press ctrl-r").into()
}

fn now() -> Timestamp {
    Clock::real().now()
}

fn take(config: &mut Config, given: plugin::Credentials) {
    let info = &mut config.auth_info;
    info.token = given.token.map(Into::into);
    if let Some((certificate, key)) = given.certificate {
        use base64::Engine as _;
        let encode = |pem: String| base64::engine::general_purpose::STANDARD.encode(pem);
        (info.client_certificate, info.client_key) = (None, None);
        info.client_certificate_data = Some(encode(certificate));
        info.client_key_data = Some(encode(key).into());
    }
}

/// A client as opsbook wants it, of what kube read.
fn configured(mut config: Config, choice: &Choice, vault: &Vault) -> Result<Client, kube::Error> {
    if choice.user.is_some() {
        config.auth_info.impersonate.clone_from(&choice.user);
        config.auth_info.impersonate_groups = (!choice.groups.is_empty()).then(|| choice.groups.clone());
    }
    // Each caller decides what is tried again: a write that the client repeats by itself is one that the
    // journal does not know, and a refusal by a budget would never be seen.
    config.default_retry = false;
    config.connect_timeout = Some(Duration::from_secs(5));
    credentials::client(config, vault)
}

fn failure(resolved: &Resolved, error: &kube::Error) -> ConnectError {
    ConnectError::Client {
        server: resolved.server.clone(),
        context: resolved.context.clone(),
        cause: explain(error),
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;

    use super::*;

    #[tokio::test]
    async fn an_answer_that_is_longer_than_its_bound_fails() {
        let response = |length: usize| http::Response::new(Body::from(vec![b'x'; length]));
        let read = bounded(response(1025), Some(1024)).into_body().collect().await;
        assert!(read.unwrap_err().to_string().contains("limit"));
        for largest in [Some(1024), None] {
            let read = bounded(response(1024), largest).into_body().collect().await.unwrap().to_bytes();
            assert_eq!(read.len(), 1024);
        }
    }

    #[test]
    fn only_what_is_followed_has_no_bound() {
        let goes_on = |uri: &str| goes_on(&uri.parse().unwrap());
        assert!(goes_on("/api/v1/pods?watch=true&limit=1") && goes_on("/x/log?container=a&follow=true"));
        assert!(!goes_on("/api/v1/pods?limit=500") && !goes_on("/api/v1/pods/a?fieldManager=watch"));
    }
}
