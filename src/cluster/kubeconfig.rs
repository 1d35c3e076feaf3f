//! Which cluster: the kubeconfig files are read here, to one context with all that belongs to it. What came out is the
//! session's cluster from then on: a file that changes is read again only for other credentials of the very same one.
//!
//! Must not speak to a server or start anything.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kube::config::{AuthInfo, Cluster, Config, KubeConfigOptions, Kubeconfig, KubeconfigError};

use super::connect::{Choice, ConnectError};
use crate::domain::IN_CLUSTER;
use crate::machine::open;

/// Bytes of a certificate or key that are read. One that is longer is none.
const LARGEST: u64 = 4 << 20;

/// One context, resolved: its name, its server, and a kubeconfig that holds nothing else.
#[derive(Clone)]
pub(super) struct Resolved {
    pub context: String,
    /// The address without user and password.
    pub server: String,
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
        let file = match read(choice)? {
            Some(file) if !file.contexts.is_empty() || !file.clusters.is_empty() => file,
            _ => return Resolved::of_pod(),
        };
        let context = choice.context.clone().or_else(|| file.current_context.clone()).unwrap_or_default();
        if !file.contexts.iter().any(|c| c.name == context) {
            let known = names(&file).join(", ");
            return Err(ConnectError::NoSuchContext { wanted: context, known });
        }
        let file = alone(file, &context)?;
        let server = server_of(&file, &context).unwrap_or_default();
        Ok(Resolved { context, server, file: Some(file) })
    }

    fn of_pod() -> Result<Resolved, ConnectError> {
        let looked = std::env::var("KUBECONFIG").unwrap_or_else(|_| "~/.kube/config".to_owned());
        let config = Config::incluster().map_err(|_| ConnectError::NoCluster { looked })?;
        Ok(Resolved { context: IN_CLUSTER.to_owned(), server: address(&config.cluster_url), file: None })
    }

    /// What kube makes a client of. The plugin for credentials, if there is one, is still in it.
    pub async fn config(&self) -> Result<Config, ConnectError> {
        let Some(file) = &self.file else {
            let looked = "the service account of this pod".to_owned();
            return Config::incluster().map_err(|_| ConnectError::NoCluster { looked });
        };
        let options =
            KubeConfigOptions { context: Some(self.context.clone()), ..KubeConfigOptions::default() };
        Config::from_custom_kubeconfig(file.clone(), &options).await.map_err(ConnectError::Kubeconfig)
    }

    /// The same cluster by the same way, proxy and certificates, with the credentials that were read later.
    pub fn with_credentials_of(&self, later: Resolved) -> Resolved {
        let file = match (&self.file, later.file) {
            (Some(first), Some(later)) => Some(Kubeconfig { clusters: first.clusters.clone(), ..later }),
            _ => self.file.clone(),
        };
        Resolved { file: file.map(|f| own_cluster(f, &self.context)), ..self.clone() }
    }

    /// The kubeconfig of this one context as text, for the tools that scripts call. None in a pod. It holds credentials.
    pub fn text(&self) -> Option<String> {
        // JSON is YAML.
        self.file.as_ref().and_then(|file| serde_json::to_string(file).ok())
    }
}

/// The names of contexts, in the order of the files.
pub(super) struct Contexts {
    pub known: Vec<String>,
    /// Those that lead to the server.
    pub leading: Vec<String>,
}

/// The contexts of the choice, and which of them lead to an API server; none without a kubeconfig.
pub(super) fn leading_to(choice: &Choice, server: &str) -> Result<Option<Contexts>, ConnectError> {
    let Some(file) = read(choice)?.filter(|f| !f.contexts.is_empty()) else { return Ok(None) };
    let known = names(&file);
    let leading =
        known.iter().filter(|n| server_of(&file, n).is_some_and(|s| s == server)).cloned().collect();
    Ok(Some(Contexts { known, leading }))
}

fn names(file: &Kubeconfig) -> Vec<String> {
    file.contexts.iter().map(|c| c.name.clone()).collect()
}

/// The address of the server that a context leads to.
fn server_of(file: &Kubeconfig, context: &str) -> Option<String> {
    let context = file.contexts.iter().find(|c| c.name == context)?.context.as_ref()?;
    let cluster = file.clusters.iter().find(|k| k.name == context.cluster)?.cluster.as_ref()?;
    Some(address(&cluster.server.as_ref()?.parse().ok()?))
}

/// The address without user and password. A path is part of it: behind a proxy it tells clusters apart.
pub(super) fn address(url: &http::Uri) -> String {
    // A host has no case.
    let host = url.host().unwrap_or_default().to_ascii_lowercase();
    let port = url.port_u16().map_or_else(String::new, |p| format!(":{p}"));
    format!("{}://{host}{port}{}", url.scheme_str().unwrap_or("https"), url.path().trim_end_matches('/'))
}

/// The one file that was named, by the flag or by `KUBECONFIG`: lines to type name it as well. None where it is the usual
/// one, or several.
pub(super) fn named(choice: &Choice) -> Option<PathBuf> {
    let (files, _) = paths(choice);
    let [file] = &files[..] else { return None };
    let usual = std::env::home_dir().map(|h| h.join(".kube/config"));
    (usual.as_ref() != Some(file)).then(|| std::path::absolute(file).unwrap_or_else(|_| file.clone()))
}

/// The files of the choice, merged as kubectl merges them.
fn read(choice: &Choice) -> Result<Option<Kubeconfig>, ConnectError> {
    let (files, named) = paths(choice);
    let mut merged: Option<Kubeconfig> = None;
    for path in &files {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let file = match Kubeconfig::read_from(&absolute) {
            Err(KubeconfigError::ReadConfig(e, _)) if !named && e.kind() == std::io::ErrorKind::NotFound => {
                continue;
            }
            file => file.map_err(ConnectError::Kubeconfig)?,
        };
        merged = Some(match merged {
            Some(before) => before.merge(file).map_err(ConnectError::Kubeconfig)?,
            None => file,
        });
    }
    Ok(merged)
}

/// The files to read, and whether they must be there: a list in the environment may name some that are not.
fn paths(choice: &Choice) -> (Vec<PathBuf>, bool) {
    if let Some(file) = &choice.kubeconfig {
        return (vec![file.clone()], true);
    }
    let list = std::env::var_os("KUBECONFIG").unwrap_or_default();
    let files: Vec<_> = std::env::split_paths(&list).filter(|p| !p.as_os_str().is_empty()).collect();
    if files.is_empty() {
        return (std::env::home_dir().map(|h| h.join(".kube/config")).into_iter().collect(), false);
    }
    (files, false)
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
    let found = content(cluster.certificate_authority.take(), cluster.certificate_authority_data.is_some())?;
    cluster.certificate_authority_data = cluster.certificate_authority_data.take().or(found);
    Ok(())
}

fn embed_user(user: &mut AuthInfo) -> Result<(), ConnectError> {
    let found = content(user.client_certificate.take(), user.client_certificate_data.is_some())?;
    user.client_certificate_data = user.client_certificate_data.take().or(found);
    let found = content(user.client_key.take(), user.client_key_data.is_some())?;
    user.client_key_data = user.client_key_data.take().or(found.map(Into::into));
    Ok(())
}

/// What a file holds, in base64. What stands in the kubeconfig itself counts before a file, as for kubectl.
fn content(file: Option<String>, there: bool) -> Result<Option<String>, ConnectError> {
    let Some(path) = file.filter(|p| !p.is_empty() && !there) else { return Ok(None) };
    let bytes = bounded(Path::new(&path)).map_err(|why| ConnectError::CredentialFile { path, why })?;
    Ok(Some(STANDARD.encode(bytes)))
}

fn bounded(path: &Path) -> Result<Vec<u8>, String> {
    use std::io::Read as _;
    let file = open(path).map_err(|e| e.to_string())?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it is longer than {LARGEST} bytes"));
    }
    Ok(bytes)
}
