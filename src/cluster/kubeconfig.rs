//! Which cluster: the kubeconfig files are read here, to one context with all that belongs to it. What came out is the
//! session's cluster from then on: a file that changes is read again only for other credentials of the very same one.
//!
//! Must not speak to a server or start anything.

mod files;
#[cfg(test)]
mod tests;

use crate::lang::t;
use std::io::Read as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kube::config::{AuthInfo, Cluster, Config, Context, Kubeconfig};

use super::bridge::{self, Unusable};
use super::connect::{Choice, ConnectError, Entry, NoContext};
use crate::domain::{IN_CLUSTER, sanitize};
use crate::machine::open;
use files::Files;

pub(super) use files::named;

/// Bytes of a certificate or key that are read. One that is longer is none.
const LARGEST: u64 = 4 << 20;

/// One context, resolved: its name, its server, and a kubeconfig that holds nothing else.
#[derive(Clone)]
pub(super) struct Resolved {
    pub context: String,
    /// The address without user and password.
    pub server: String,
    /// What was passed over on the way here, or taken otherwise than it may have been meant, in words.
    pub notes: Vec<String>,
    /// None in a pod, where the service account's files say it.
    file: Option<Kubeconfig>,
}

impl std::fmt::Debug for Resolved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The file holds credentials; it is never printed.
        f.debug_struct("Resolved")
            .field("context", &self.context)
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

impl Resolved {
    /// Reads the files and resolves the context that was chosen, else the current one, else the pod around.
    pub fn read(choice: &Choice) -> Result<Resolved, ConnectError> {
        let files = Files::read(choice)?;
        let file = &files.merged;
        if file.contexts.is_empty() && file.clusters.is_empty() {
            return Resolved::of_pod(&files);
        }
        let there = |name: &str| file.contexts.iter().any(|c| c.name == name);
        let context = match (&choice.context, &file.current_context) {
            (Some(wanted), _) if there(wanted) => wanted.clone(),
            (Some(wanted), _) => {
                let known = names(file).join(", ");
                return Err(ConnectError::NoSuchContext { wanted: wanted.clone(), known });
            }
            (None, Some(current)) if there(current) => current.clone(),
            (None, current) => {
                return Err(ConnectError::NoContext(none_chosen(
                    file,
                    current.as_deref(),
                    &files.passed_over,
                )));
            }
        };
        let notes = files.passed_over;
        let file = alone(files.merged, &context)?;
        let written = entry(&file, &context).and_then(|c| cluster(&file, &c.cluster)?.server.as_deref());
        let (server, written) = (written.map(shown).unwrap_or_default(), written.map(str::to_owned));
        let mut resolved = Resolved { context, server, notes, file: Some(file) };
        resolved.notes.extend(written.and_then(|w| without_scheme(&w, resolved.sends_credentials())));
        Ok(resolved)
    }

    fn of_pod(files: &Files) -> Result<Resolved, ConnectError> {
        let config = Config::incluster().map_err(|_| ConnectError::NoCluster { looked: files.looked() })?;
        let (context, server) = (IN_CLUSTER.to_owned(), address(&config.cluster_url));
        Ok(Resolved { context, server, notes: files.passed_over.clone(), file: None })
    }

    /// What a client is made of. The plugin for credentials, if there is one, is still in it.
    pub fn config(&self) -> Result<Config, ConnectError> {
        let Some(file) = &self.file else {
            let looked = t!("cluster-kubeconfig-no-account").to_owned();
            return Config::incluster().map_err(|_| ConnectError::NoCluster { looked });
        };
        let context = entry(file, &self.context).cloned().unwrap_or_default();
        let Some(cluster) = cluster(file, &context.cluster) else {
            let cluster = sanitize(&context.cluster);
            return Err(ConnectError::NoSuchCluster { context: self.context.clone(), cluster });
        };
        let user = file.auth_infos.first().and_then(|u| u.auth_info.clone()).unwrap_or_default();
        of_entries(&context, cluster, user)
            .map_err(|why| ConnectError::Unusable { context: self.context.clone(), why })
    }

    /// The same cluster by the same way, proxy and certificates, with the credentials that were read later.
    pub fn with_credentials_of(&self, later: Resolved) -> Resolved {
        let file = match (&self.file, later.file) {
            (Some(first), Some(later)) => Some(Kubeconfig { clusters: first.clusters.clone(), ..later }),
            _ => self.file.clone(),
        };
        Resolved { file: file.map(|f| own_cluster(f, &self.context)), ..self.clone() }
    }

    /// Whether credentials are sent to this server: not over plain HTTP, except to this machine without a proxy between.
    pub fn sends_credentials(&self) -> bool {
        self.config().is_ok_and(|c| bridge::takes_credentials(&c.cluster_url, c.proxy_url.as_ref()))
    }

    /// The kubeconfig of this one context as text, for the tools that scripts call. None in a pod. It holds credentials.
    pub fn text(&self) -> Option<String> {
        // JSON is YAML.
        self.file.as_ref().and_then(|file| serde_json::to_string(file).ok())
    }
}

/// A configuration of the entries of one context.
fn of_entries(context: &Context, cluster: &Cluster, user: AuthInfo) -> Result<Config, Unusable> {
    let url = bridge::address(cluster.server.as_deref().unwrap_or_default())?;
    let proxy = bridge::proxy(cluster.proxy_url.as_deref(), &url, &|name| std::env::var(name).ok())?;
    let mut config = Config::new(url);
    config.proxy_url = proxy;
    if let Some(namespace) = context.namespace.clone().filter(|n| !n.is_empty()) {
        config.default_namespace = namespace;
    }
    config.accept_invalid_certs = cluster.insecure_skip_tls_verify == Some(true);
    // Whom to believe is asked where TLS is spoken.
    let secure = config.cluster_url.scheme_str() == Some("https");
    if let Some(data) = cluster.certificate_authority_data.as_deref().filter(|d| secure && !d.is_empty()) {
        if config.accept_invalid_certs {
            return Err(Unusable::TrustsBoth);
        }
        config.root_cert = Some(bridge::listed(&bridge::decoded("certificate-authority", data)?)?);
    }
    config.tls_server_name = cluster.tls_server_name.clone().filter(|n| !n.is_empty());
    config.auth_info = user;
    if !bridge::takes_credentials(&config.cluster_url, config.proxy_url.as_ref()) {
        // What is not sent is not asked for.
        config.auth_info.exec = None;
    }
    if let Some(exec) = config.auth_info.exec.as_mut().filter(|e| e.provide_cluster_info) {
        exec.cluster = cluster.try_into().ok();
    }
    Ok(config)
}

/// The names of contexts, in the order of the files.
pub(super) struct Contexts {
    pub known: Vec<String>,
    /// Those that lead to the server.
    pub leading: Vec<String>,
}

/// The contexts of the choice, and which of them lead to an API server; none without a kubeconfig.
pub(super) fn leading_to(choice: &Choice, server: &str) -> Result<Option<Contexts>, ConnectError> {
    let file = Files::read(choice)?.merged;
    if file.contexts.is_empty() {
        return Ok(None);
    }
    let known = names(&file);
    let leading =
        known.iter().filter(|n| server_of(&file, n).is_some_and(|s| s == server)).cloned().collect();
    Ok(Some(Contexts { known, leading }))
}

/// All contexts to choose from, and why one has to be chosen.
fn none_chosen(file: &Kubeconfig, current: Option<&str>, passed_over: &[String]) -> NoContext {
    let mut why = match current {
        None => t!("cluster-kubeconfig-no-current").to_owned(),
        Some(name) => t!("cluster-kubeconfig-no-such-current", context = format!("{:?}", sanitize(name))),
    };
    if !passed_over.is_empty() {
        why = t!("cluster-kubeconfig-passed-over", why = why, files = passed_over.join(", "));
    }
    let row = |name: String| {
        let context = entry(file, &name).cloned().unwrap_or_default();
        let server = server_of(file, &name).unwrap_or_default();
        let namespace = context.namespace.unwrap_or_default();
        Entry { name, cluster: context.cluster, server, namespace }
    };
    NoContext { why, contexts: names(file).into_iter().map(row).collect() }
}

fn names(file: &Kubeconfig) -> Vec<String> {
    file.contexts.iter().map(|c| c.name.clone()).collect()
}

fn entry<'a>(file: &'a Kubeconfig, context: &str) -> Option<&'a Context> {
    file.contexts.iter().find(|c| c.name == context)?.context.as_ref()
}

fn cluster<'a>(file: &'a Kubeconfig, name: &str) -> Option<&'a Cluster> {
    file.clusters.iter().find(|c| c.name == name)?.cluster.as_ref()
}

/// The address of the server that a context leads to.
fn server_of(file: &Kubeconfig, context: &str) -> Option<String> {
    Some(shown(cluster(file, &entry(file, context)?.cluster)?.server.as_ref()?))
}

/// An address as it is shown and compared; one that is none is shown as it stands.
fn shown(written: &str) -> String {
    bridge::address(written).map_or_else(|_| sanitize(written), |uri| address(&uri))
}

/// A note on a server of which nobody said how it is spoken to.
fn without_scheme(written: &str, sends: bool) -> Option<String> {
    let written = (!bridge::has_scheme(written)).then(|| sanitize(written))?;
    Some(if sends {
        t!("cluster-kubeconfig-http-here", server = written)
    } else {
        t!("cluster-kubeconfig-http", server = written)
    })
}

/// The address without user and password. A path is part of it: behind a proxy it tells clusters apart.
pub(super) fn address(url: &http::Uri) -> String {
    // A host has no case.
    let host = url.host().unwrap_or_default().to_ascii_lowercase();
    let port = url.port_u16().map_or_else(String::new, |p| format!(":{p}"));
    format!("{}://{host}{port}{}", url.scheme_str().unwrap_or("https"), url.path().trim_end_matches('/'))
}

/// An error with all that caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |e| e.source());
    let mut words: Vec<String> = causes.map(ToString::to_string).collect();
    words.dedup_by(|later, before| before.contains(later.as_str()));
    words.join(": ")
}

/// The same with one context, its cluster and its user, and with the files that they name inside. What renews itself
/// stays a name: a token's file, the credential plugin.
fn alone(file: Kubeconfig, context: &str) -> Result<Kubeconfig, ConnectError> {
    let contexts: Vec<_> = file.contexts.into_iter().filter(|c| c.name == context).take(1).collect();
    let entry = contexts.first().and_then(|c| c.context.clone()).unwrap_or_default();
    let mut clusters = file.clusters;
    clusters.retain(|c| c.name == entry.cluster);
    let mut users = file.auth_infos;
    users.retain(|u| Some(&u.name) == entry.user.as_ref());
    for cluster in clusters.iter_mut().filter_map(|c| c.cluster.as_mut()) {
        embed_cluster(cluster)?;
    }
    for user in users.iter_mut().filter_map(|u| u.auth_info.as_mut()) {
        embed_user(user)?;
    }
    Ok(Kubeconfig {
        contexts,
        clusters,
        auth_infos: users,
        current_context: Some(context.to_owned()),
        kind: Some("Config".to_owned()),
        api_version: Some("v1".to_owned()),
        ..Kubeconfig::default()
    })
}

/// The context names the cluster that is there, whatever it was called when it was read.
fn own_cluster(mut file: Kubeconfig, context: &str) -> Kubeconfig {
    let name = file.clusters.first().map(|c| c.name.clone());
    let entry = file.contexts.iter_mut().find(|c| c.name == context).and_then(|c| c.context.as_mut());
    if let (Some(entry), Some(name)) = (entry, name) {
        entry.cluster = name;
    }
    file
}

fn embed_cluster(cluster: &mut Cluster) -> Result<(), ConnectError> {
    let data = cluster.certificate_authority_data.take();
    cluster.certificate_authority_data = content(cluster.certificate_authority.take(), data)?;
    Ok(())
}

fn embed_user(user: &mut AuthInfo) -> Result<(), ConnectError> {
    // The fields are secrets, which are read as they would be written.
    let written = serde_json::to_value(&*user).unwrap_or_default();
    let field = |name: &str| written[name].as_str().map(str::to_owned);
    let data = user.client_certificate_data.take();
    user.client_certificate_data = content(user.client_certificate.take(), data)?;
    user.client_key_data = content(user.client_key.take(), field("client-key-data"))?.map(Into::into);
    user.token = field("token").map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).map(Into::into);
    Ok(())
}

/// What a field or the file in its place holds, in base64 without line ends. What stands in the kubeconfig itself counts
/// before a file, as for kubectl.
fn content(file: Option<String>, data: Option<String>) -> Result<Option<String>, ConnectError> {
    if let Some(data) = data.map(|d| d.replace(['\r', '\n'], "")).filter(|d| !d.is_empty()) {
        return Ok(Some(data));
    }
    let Some(path) = file.filter(|p| !p.is_empty()) else { return Ok(None) };
    let bytes = bounded(Path::new(&path)).map_err(|why| ConnectError::CredentialFile { path, why })?;
    Ok(Some(STANDARD.encode(bytes)))
}

fn bounded(path: &Path) -> Result<Vec<u8>, String> {
    let file = open(path).map_err(|e| e.to_string())?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err(t!("cluster-kubeconfig-too-long", bytes = LARGEST));
    }
    Ok(bytes)
}
