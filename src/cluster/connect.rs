//! From what the user said on the command line and in kubeconfig to a client: contexts, exec plugins,
//! proxies, impersonation, in-cluster. The practice cluster comes with a client of its own; from there on
//! all clusters are the same.

use kube::Client;
use kube::config::Config;
use thiserror::Error;

use super::bridge::Unusable;
use super::kubeconfig::{self, Contexts, Resolved};
use super::login::{self, Login};
use super::skew::measured;
use crate::clock::Skew;
use crate::domain::{ClusterInfo, Namespaces, sanitize};
use crate::lang::t;
use crate::vault::Vault;

/// What chooses a cluster; the flags mean what a kubectl user expects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// `--kubeconfig`
    pub kubeconfig: Option<std::path::PathBuf>,
    /// `--context`
    pub context: Option<String>,
    /// `--as`
    pub user: Option<String>,
    /// `--as-group`, each.
    pub groups: Vec<String>,
}

/// A client, and which cluster it speaks to.
#[derive(Clone)]
pub struct Connection {
    pub client: Client,
    pub info: ClusterInfo,
    /// The namespaces that are read where the whole cluster may not be: at first that of the context.
    pub namespaces: Namespaces,
    /// Its credentials; none of a cluster that needs none.
    pub login: Option<Login>,
    /// How far the clock of this machine is from the server's.
    pub skew: Skew,
    /// The credentials in use, and what is secret of what was read, for those who filter.
    pub vault: Vault,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The client may hold credentials; it is never printed.
        f.debug_struct("Connection")
            .field("info", &self.info)
            .field("namespaces", &self.namespaces)
            .finish_non_exhaustive()
    }
}

/// Why there is no client.
#[derive(Debug, Error)]
pub enum ConnectError {
    #[error("{}", t!("cluster-connect-no-cluster", looked = looked))]
    NoCluster { looked: String },
    #[error(transparent)]
    NoContext(NoContext),
    #[error("{}", t!("cluster-connect-no-such-context", wanted = format!("{wanted:?}"), known = known))]
    NoSuchContext { wanted: String, known: String },
    #[error("{}", t!("cluster-connect-no-such-server", server = server, known = known))]
    NoSuchServer { server: String, known: String },
    #[error(
        "{}",
        t!("cluster-connect-several-contexts", server = server, was = format!("{was:?}"), several = several)
    )]
    SeveralContexts { server: String, several: String, was: String },
    #[error("{}", t!("cluster-unusable-file", path = path, why = why))]
    CredentialFile { path: String, why: String },
    #[error("{}", t!("cluster-connect-file", path = path, why = why))]
    File { path: String, why: String },
    #[error(
        "{}",
        t!(
            "cluster-connect-no-such-cluster",
            context = format!("{context:?}"),
            cluster = format!("{cluster:?}")
        )
    )]
    NoSuchCluster { context: String, cluster: String },
    #[error("{}", t!("cluster-connect-unusable", context = format!("{context:?}"), why = why))]
    Unusable { context: String, why: Unusable },
}

/// Nobody said which context, and opsbook does not decide it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", t!("cluster-connect-no-context", why = why, names = self.names()))]
pub struct NoContext {
    pub why: String,
    /// Those that there are, in the order of the files.
    pub contexts: Vec<Entry>,
}

impl NoContext {
    fn names(&self) -> String {
        let names: Vec<_> = self.contexts.iter().map(|c| sanitize(&c.name)).collect();
        if names.is_empty() { t!("cluster-connect-no-contexts").to_owned() } else { names.join(", ") }
    }
}

/// A context as the kubeconfig has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub cluster: String,
    /// Empty where its cluster has none.
    pub server: String,
    /// Empty where none is said.
    pub namespace: String,
}

/// Makes a client. It reads files, but neither runs a credential plugin nor speaks to the API server: the first request
/// does. Where credentials cannot be had, every request says so until [`Login::retry`] brings them.
pub async fn connect(choice: &Choice) -> Result<Connection, ConnectError> {
    let vault = Vault::default();
    let resolved = Resolved::read(choice)?;
    let mut info = ClusterInfo {
        context: sanitize(&resolved.context),
        server: resolved.server.clone(),
        kubeconfig: kubeconfig::named(choice).map(|path| sanitize(&path.to_string_lossy())),
        ..ClusterInfo::default()
    };
    let (client, login, config) = login::client(choice, resolved, &vault).await?;
    (info.acts_as, info.acts_in) = acts_as(choice, &config);
    let skew = Skew::default();
    let client = measured(client, &skew);
    Ok(Connection {
        client,
        info,
        namespaces: Namespaces::read(&config.default_namespace),
        login: Some(login),
        skew,
        vault,
    })
}

/// Whom the requests act as and in which groups: what was given, else what the kubeconfig itself says.
fn acts_as(choice: &Choice, config: &Config) -> (Option<String>, Vec<String>) {
    let auth = &config.auth_info;
    let (user, groups) = match &choice.user {
        Some(user) => (Some(user), choice.groups.clone()),
        None => (auth.impersonate.as_ref(), auth.impersonate_groups.clone().unwrap_or_default()),
    };
    (user.map(|u| sanitize(u)), groups.iter().map(|g| sanitize(g)).collect())
}

/// The context in which a session goes on that was on a server: the one of its own name if that leads there, else the
/// only one that does. None without a kubeconfig, as in a pod.
pub fn context_of(choice: &Choice, server: &str, name: &str) -> Result<Option<String>, ConnectError> {
    let Some(Contexts { known, leading }) = kubeconfig::leading_to(choice, server)? else { return Ok(None) };
    if let Some(own) = leading.iter().find(|n| *n == name) {
        return Ok(Some(own.clone()));
    }
    match &leading[..] {
        [only] => Ok(Some(only.clone())),
        [] => Err(ConnectError::NoSuchServer { server: server.to_owned(), known: known.join(", ") }),
        several => {
            let (server, several) = (server.to_owned(), several.join(", "));
            Err(ConnectError::SeveralContexts { server, several, was: name.to_owned() })
        }
    }
}

/// An error of the client in words: the whole chain.
pub fn explain(error: &kube::Error) -> String {
    if let kube::Error::Api(status) = error {
        return crate::domain::sanitize(&status.message);
    }
    let mut text = String::new();
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(cause) = next {
        let words = cause.to_string();
        if !text.contains(&words) {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&words);
        }
        next = cause.source();
    }
    if let Some(what) = super::failure::not_believed(error) {
        text = t!("cluster-certificate-explained", error = text, what = what);
    }
    let text = text.trim_start_matches("ServiceError: ").trim_start_matches("HyperError: ");
    crate::domain::sanitize(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_of_a_server_is_the_one_of_the_same_name_or_the_only_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        let text = "current-context: c\ncontexts:\n- name: a\n  context: {cluster: ka}\n- name: b\n  context: {cluster: kb}\n- name: c\n  context: {cluster: ka}\nclusters:\n- name: ka\n  cluster: {server: 'https://10.0.0.1:6443'}\n- name: kb\n  cluster: {server: 'https://10.0.0.2:6443/'}\n";
        std::fs::write(&path, text).unwrap();
        let choice = Choice { kubeconfig: Some(path), ..Choice::default() };
        let of = |server: &str, name: &str| context_of(&choice, server, name);
        assert_eq!(of("https://10.0.0.2:6443", "z").unwrap().as_deref(), Some("b"), "the only one");
        assert_eq!(of("https://10.0.0.1:6443", "a").unwrap().as_deref(), Some("a"), "not the current one");
        let words = of("https://10.0.0.1:6443", "z").unwrap_err().to_string();
        assert!(words.contains("a, c") && words.contains("--context"), "{words}");
        assert!(of("https://10.0.0.1:6443", "b").is_err(), "a name that leads elsewhere is no other's");
        let words = of("https://10.0.0.3:6443", "z").unwrap_err().to_string();
        assert!(words.contains("10.0.0.3") && words.contains("a, b, c"), "{words}");
    }

    #[test]
    fn an_address_shows_no_credentials() {
        let url: http::Uri = "https://user:secret@10.0.0.1:6443/".parse().unwrap();
        assert_eq!(kubeconfig::address(&url), "https://10.0.0.1:6443");
        let url: http::Uri = "https://proxy/k8s/clusters/c-1/?token=x".parse().unwrap();
        assert_eq!(kubeconfig::address(&url), "https://proxy/k8s/clusters/c-1");
    }
}
