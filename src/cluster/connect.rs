//! From what the user said on the command line and in kubeconfig to a client: contexts, exec plugins,
//! proxies, impersonation, in-cluster. The practice cluster comes with a client of its own; from there on
//! all clusters are the same.

use kube::Client;
use kube::config::{Config, ExecInteractiveMode, KubeConfigOptions, Kubeconfig, KubeconfigError};
use thiserror::Error;

use super::credentials;
use super::login::{self, Login};
use crate::domain::ClusterInfo;
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

/// The name of the context in a pod, where there is no kubeconfig.
pub const IN_CLUSTER: &str = "in-cluster";

/// A client, and which cluster it speaks to.
#[derive(Clone)]
pub struct Connection {
    pub client: Client,
    pub info: ClusterInfo,
    /// The namespace of the context.
    pub namespace: String,
    /// Set while the credentials are missing.
    pub login: Option<Login>,
    /// The credentials in use, and what is secret of what was read, for those who filter.
    pub vault: Vault,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The client may hold credentials; it is never printed.
        f.debug_struct("Connection")
            .field("info", &self.info)
            .field("namespace", &self.namespace)
            .finish_non_exhaustive()
    }
}

/// Why there is no client.
#[derive(Debug, Error)]
pub enum ConnectError {
    #[error(
        "no cluster is configured: no kubeconfig was found at {looked}, and this is not a pod; set KUBECONFIG or --kubeconfig, or try `opsbook --practice`"
    )]
    NoCluster { looked: String },
    #[error("the kubeconfig has no context {wanted:?}; it has: {known}")]
    NoSuchContext { wanted: String, known: String },
    #[error(
        "no context of the kubeconfig leads to {server}; it has: {known}; add that cluster, or name a context with --context"
    )]
    NoSuchServer { server: String, known: String },
    #[error("the kubeconfig could not be used: {0}; check it with `kubectl config view`")]
    Kubeconfig(#[source] KubeconfigError),
    #[error("no client could be made for {server}: {cause}; check the credentials of context {context:?}")]
    Client { server: String, context: String, cause: String },
}

/// Makes a client. It reads files and may run an exec plugin, but does not speak to the API server. Where only
/// the credentials are missing, the client says so with every request until [`Login::retry`] brings them.
pub async fn connect(choice: &Choice) -> Result<Connection, ConnectError> {
    let vault = Vault::default();
    let failure = match connect_now(choice, &vault).await {
        Err(failure @ ConnectError::Client { .. }) => failure,
        done => return done,
    };
    let ConnectError::Client { server, context, .. } = &failure else { return Err(failure) };
    let (acts_as, acts_in) = (choice.user.clone(), choice.groups.clone());
    let (context, server) = (context.clone(), server.clone());
    let info = ClusterInfo { context, server, acts_as, acts_in, ..ClusterInfo::default() };
    let namespace = "default".to_owned();
    let (client, login) = login::client(choice, &failure, &namespace, &vault);
    Ok(Connection { client, info, namespace, login: Some(login), vault })
}

/// Makes a client whose credentials are kept in this vault, or fails.
pub(super) async fn connect_now(choice: &Choice, vault: &Vault) -> Result<Connection, ConnectError> {
    let kubeconfig = match read_kubeconfig(choice)? {
        Some(file) if !file.contexts.is_empty() || !file.clusters.is_empty() => file,
        _ => return in_cluster(choice, vault),
    };
    let context = choice.context.clone().or_else(|| kubeconfig.current_context.clone()).unwrap_or_default();
    let known: Vec<_> = kubeconfig.contexts.iter().map(|c| c.name.as_str()).collect();
    if !known.contains(&context.as_str()) {
        return Err(ConnectError::NoSuchContext { wanted: context, known: known.join(", ") });
    }
    let options = KubeConfigOptions { context: Some(context.clone()), ..KubeConfigOptions::default() };
    let mut config =
        Config::from_custom_kubeconfig(kubeconfig, &options).await.map_err(ConnectError::Kubeconfig)?;
    // An exec plugin must never paint over the screen nor read its keys; its stderr comes with the error.
    if let Some(exec) = &mut config.auth_info.exec {
        exec.interactive_mode = Some(ExecInteractiveMode::Never);
    }
    finish(config, context, choice, vault)
}

/// The context that leads to an API server: the current one if it does, else the first that does. None without a
/// kubeconfig, as in a pod.
pub fn context_of(choice: &Choice, server: &str) -> Result<Option<String>, ConnectError> {
    let Some(file) = read_kubeconfig(choice)?.filter(|f| !f.contexts.is_empty()) else { return Ok(None) };
    let leads = |name: &str| {
        let context = file.contexts.iter().find(|c| c.name == name).and_then(|c| c.context.as_ref());
        let cluster = context.and_then(|c| file.clusters.iter().find(|k| k.name == c.cluster));
        let url = cluster.and_then(|k| k.cluster.as_ref()?.server.as_ref()?.parse().ok());
        url.is_some_and(|u| address(&u) == server)
    };
    let names: Vec<_> = file.current_context.iter().chain(file.contexts.iter().map(|c| &c.name)).collect();
    if let Some(name) = names.iter().find(|n| leads(n)) {
        return Ok(Some((*name).clone()));
    }
    let known: Vec<_> = file.contexts.iter().map(|c| c.name.as_str()).collect();
    Err(ConnectError::NoSuchServer { server: server.to_owned(), known: known.join(", ") })
}

fn read_kubeconfig(choice: &Choice) -> Result<Option<Kubeconfig>, ConnectError> {
    let read = match &choice.kubeconfig {
        Some(path) => Kubeconfig::read_from(path).map(Some),
        None => Kubeconfig::read().map(Some),
    };
    match read {
        Err(KubeconfigError::ReadConfig(e, _))
            if choice.kubeconfig.is_none() && e.kind() == std::io::ErrorKind::NotFound =>
        {
            Ok(None)
        }
        Err(KubeconfigError::FindPath) => Ok(None),
        read => read.map_err(ConnectError::Kubeconfig),
    }
}

fn in_cluster(choice: &Choice, vault: &Vault) -> Result<Connection, ConnectError> {
    let looked = std::env::var("KUBECONFIG").unwrap_or_else(|_| "~/.kube/config".to_owned());
    let config = Config::incluster().map_err(|_| ConnectError::NoCluster { looked })?;
    finish(config, IN_CLUSTER.to_owned(), choice, vault)
}

fn finish(
    mut config: Config,
    context: String,
    choice: &Choice,
    vault: &Vault,
) -> Result<Connection, ConnectError> {
    if choice.user.is_some() {
        config.auth_info.impersonate.clone_from(&choice.user);
        config.auth_info.impersonate_groups = (!choice.groups.is_empty()).then(|| choice.groups.clone());
    }
    // Each caller decides what is tried again: a write that the client repeats by itself is one that the
    // journal does not know, and a refusal by a budget would never be seen.
    config.default_retry = false;
    config.connect_timeout = Some(std::time::Duration::from_secs(5));
    let server = address(&config.cluster_url);
    let namespace = config.default_namespace.clone();
    let client = credentials::client(config, vault).map_err(|e| ConnectError::Client {
        server: server.clone(),
        context: context.clone(),
        cause: explain(&e),
    })?;
    let (acts_as, acts_in) = (choice.user.clone(), choice.groups.clone());
    let info = ClusterInfo { context, server, acts_as, acts_in, ..ClusterInfo::default() };
    Ok(Connection { client, info, namespace, login: None, vault: vault.clone() })
}

/// The address without user and password. A path is part of it: behind a proxy it tells clusters apart.
fn address(url: &http::Uri) -> String {
    let host = url.host().unwrap_or_default();
    let port = url.port_u16().map_or_else(String::new, |p| format!(":{p}"));
    format!("{}://{host}{port}{}", url.scheme_str().unwrap_or("https"), url.path().trim_end_matches('/'))
}

/// An error of the client in words: the whole chain, and for an exec plugin what it wrote.
pub fn explain(error: &kube::Error) -> String {
    if let kube::Error::Api(status) = error {
        return crate::domain::sanitize(&status.message);
    }
    let mut text = String::new();
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(cause) = next {
        if let Some(kube::client::AuthError::AuthExecRun { cmd, out }) = cause.downcast_ref() {
            // The command is printed with its environment in front.
            let program =
                cmd.split_whitespace().find(|w| !w.contains("=\"")).unwrap_or(cmd).trim_matches('"');
            let said = String::from_utf8_lossy(&out.stderr);
            let said = said.trim();
            return crate::domain::sanitize(&format!("the credential plugin {program} failed: {said}"));
        }
        let words = cause.to_string();
        if !text.contains(&words) {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&words);
        }
        next = cause.source();
    }
    let text = text.trim_start_matches("ServiceError: ").trim_start_matches("HyperError: ");
    crate::domain::sanitize(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_of_a_server_is_found_under_another_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        let text = "contexts:\n- name: a\n  context: {cluster: ka}\n- name: b\n  context: {cluster: kb}\nclusters:\n- name: ka\n  cluster: {server: 'https://10.0.0.1:6443'}\n- name: kb\n  cluster: {server: 'https://10.0.0.2:6443/'}\n";
        std::fs::write(&path, text).unwrap();
        let choice = Choice { kubeconfig: Some(path), ..Choice::default() };
        assert_eq!(context_of(&choice, "https://10.0.0.2:6443").unwrap().as_deref(), Some("b"));
        let words = context_of(&choice, "https://10.0.0.3:6443").unwrap_err().to_string();
        assert!(words.contains("10.0.0.3") && words.contains("a, b"), "{words}");
    }

    #[test]
    fn an_address_shows_no_credentials() {
        let url: http::Uri = "https://user:secret@10.0.0.1:6443/".parse().unwrap();
        assert_eq!(address(&url), "https://10.0.0.1:6443");
        let url: http::Uri = "https://proxy/k8s/clusters/c-1/?token=x".parse().unwrap();
        assert_eq!(address(&url), "https://proxy/k8s/clusters/c-1");
    }
}
