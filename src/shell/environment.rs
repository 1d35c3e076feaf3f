//! What a script on the operator's machine sees: a short list of what its tools need, the values of its runbook, and a
//! kubeconfig in which the context of this session is the current one, whatever happens in other windows.
//!
//! Must not hand on what nobody listed: tokens and passwords in the operator's own environment stay there.

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use nix::unistd::Pid;
use sha2::{Digest, Sha256};

use crate::cluster::Login;
use crate::op::Script;

/// Bytes of a kubeconfig of one context that are read to compare it.
const LARGEST: u64 = 32 << 20;

/// Variables of the operator that scripts see. Where credentials are is among them, credentials are not.
const ALLOWED: &[&str] = &[
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "LANG",
    "LANGUAGE",
    "TZ",
    "TMPDIR",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "SSH_AUTH_SOCK",
    "KRB5CCNAME",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "CLOUDSDK_CONFIG",
    "CLOUDSDK_ACTIVE_CONFIG_NAME",
    "AZURE_CONFIG_DIR",
    "KUBERNETES_SERVICE_HOST",
    "KUBERNETES_SERVICE_PORT",
];

/// What surrounds the scripts of a session on this machine.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The operator's environment, as it was when the program began.
    pub own: Vec<(OsString, OsString)>,
    /// The login of this session, which has the kubeconfig of its context alone; none on a practice cluster.
    pub login: Option<Login>,
    /// A practice cluster has no address: kubectl must not reach another one instead.
    pub practice: bool,
    /// Whom the session acts as; kubectl in a script would not.
    pub acts_as: Option<String>,
    /// A private folder for the kubeconfig.
    pub scratch: PathBuf,
    /// What was written there.
    pub written: Written,
}

/// The kubeconfig that scripts are given, once one was written.
#[derive(Clone, Debug, Default)]
pub struct Written(Arc<Mutex<Option<Kubeconfig>>>);

#[derive(Debug)]
struct Kubeconfig {
    path: PathBuf,
    digest: [u8; 32],
}

impl Surroundings {
    /// The value of a variable of the operator.
    pub fn get(&self, name: &str) -> Option<&OsStr> {
        self.own.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_os_str())
    }

    /// What the operator has that scripts may see.
    fn allowed(&self) -> impl Iterator<Item = (OsString, OsString)> {
        let in_pod = !self.practice && self.login.as_ref().is_some_and(|l| l.kubeconfig().is_none());
        let may = move |name: &str| {
            // In a pod kubectl would find the pod's own cluster instead of this one.
            let elsewhere = !in_pod && name.starts_with("KUBERNETES_");
            (ALLOWED.contains(&name) || name.starts_with("LC_")) && !elsewhere
        };
        self.own.iter().filter(move |(name, _)| name.to_str().is_some_and(may)).cloned()
    }

    /// The environment of a script, as a whole.
    pub fn of(&self, script: &Script) -> Result<Vec<(OsString, OsString)>, String> {
        let mut out: Vec<(OsString, OsString)> = self.allowed().collect();
        // What the pane understands, whatever terminal the operator has. It knows line drawing as Unicode only.
        if script.interactive {
            out.extend(
                [("TERM", "xterm-256color"), ("NCURSES_NO_UTF8_ACS", "1")].map(|(n, v)| (n.into(), v.into())),
            );
        } else {
            out.push(("TERM".into(), "dumb".into()));
        }
        if let Some(kubeconfig) = self.kubeconfig()? {
            out.push(("KUBECONFIG".into(), kubeconfig));
        }
        for (name, value) in &script.env {
            out.retain(|(n, _)| n != name.as_str());
            out.push((name.into(), value.reveal().into()));
        }
        Ok(out)
    }

    /// `KUBECONFIG` for scripts: one file with the session's context, its server and its credentials, and nothing else. It
    /// is written once, and again only when the login had other credentials. Where it is gone or is not what was
    /// written, nothing runs: kubectl would look elsewhere.
    fn kubeconfig(&self) -> Result<Option<OsString>, String> {
        if self.practice {
            return Ok(Some("/dev/null".into()));
        }
        let Some(login) = &self.login else { return Ok(None) };
        let Some(text) = login.kubeconfig() else { return Ok(None) };
        let digest: [u8; 32] = Sha256::digest(&text).into();
        // What a panic leaves behind is a record that is whole.
        let mut written = self.written.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = &*written
            && !same(before)
        {
            let path = before.path.display();
            return Err(format!(
                "{path}, the kubeconfig of this session's scripts, is gone or was changed, perhaps by a script: nothing is run, since it could reach another cluster; leave, and go on with `opsbook sessions resume`"
            ));
        }
        if written.as_ref().is_none_or(|before| before.digest != digest) {
            let path = self.write(&text)?;
            *written = Some(Kubeconfig { path, digest });
        }
        Ok(written.as_ref().map(|w| w.path.clone().into_os_string()))
    }

    fn write(&self, text: &str) -> Result<PathBuf, String> {
        let folder = self.scratch.join(std::process::id().to_string());
        let path = folder.join("kubeconfig");
        let fails = |e: std::io::Error| {
            format!("{} could not be written, so scripts would have no cluster: {e}", path.display())
        };
        sweep(&self.scratch);
        crate::session::private_folder(&folder).map_err(fails)?;
        // Written beside and renamed: whoever reads it reads a whole one.
        let beside = folder.join("kubeconfig.new");
        let _ = std::fs::remove_file(&beside);
        write_new(&beside, text).and_then(|()| std::fs::rename(&beside, &path)).map_err(fails)?;
        Ok(path)
    }
}

/// Takes away what sessions left behind that ended without a word: credentials are in it.
fn sweep(scratch: &Path) {
    for entry in std::fs::read_dir(scratch).into_iter().flatten().flatten() {
        let of = entry.file_name().to_str().and_then(|name| name.parse().ok());
        let gone = |pid| nix::sys::signal::kill(Pid::from_raw(pid), None) == Err(nix::errno::Errno::ESRCH);
        if of.is_some_and(gone) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Nobody but the operator reads it, and no tool writes it by accident.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o400).open(path)?;
    file.write_all(text.as_bytes())
}

/// Whether the file is what was written.
fn same(written: &Kubeconfig) -> bool {
    let now = crate::machine::read(&written.path, LARGEST);
    now.is_ok_and(|now| <[u8; 32]>::from(Sha256::digest(now)) == written.digest)
}

/// Surroundings whose file is taken away at the end.
#[derive(Debug)]
pub struct Kept(pub Surroundings);

impl std::ops::Deref for Kept {
    type Target = Surroundings;

    fn deref(&self) -> &Surroundings {
        &self.0
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let mut written = self.written.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = written.take().and_then(|w| w.path.parent().map(Path::to_owned)) {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{EnvValue, Place};

    fn script() -> Script {
        Script {
            place: Place::Local,
            interpreter: "sh".into(),
            body: String::new(),
            env: vec![("NODE".into(), EnvValue::Plain("w1".into()))],
            interactive: false,
            any_exit: false,
            proof: None,
            timeout_seconds: None,
        }
    }

    fn around(folder: &std::path::Path) -> Surroundings {
        let own = [
            ("PATH", "/bin"),
            ("AWS_SECRET_ACCESS_KEY", "x"),
            ("NODE", "other"),
            ("LC_ALL", "C"),
            ("KUBERNETES_SERVICE_HOST", "10.0.0.1"),
        ];
        Surroundings {
            own: own.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect(),
            scratch: folder.to_owned(),
            ..Surroundings::default()
        }
    }

    fn get(env: &[(OsString, OsString)], name: &str) -> Option<String> {
        env.iter().find(|(n, _)| n == name).map(|(_, v)| v.to_string_lossy().into_owned())
    }

    /// The surroundings of a session on `prod`, whose kubeconfig is in the folder.
    async fn on_prod(folder: &std::path::Path) -> Surroundings {
        std::fs::write(folder.join("ca.crt"), "a certificate").unwrap();
        let text = "clusters:\n- {name: a, cluster: {server: 'http://10.0.0.1', certificate-authority: ca.crt}}\n- {name: b, cluster: {server: 'http://10.0.0.2'}}\ncontexts:\n- {name: prod, context: {cluster: a, user: u}}\n- {name: dev, context: {cluster: b, user: u}}\nusers:\n- {name: u, user: {token: t0k3n}}\ncurrent-context: dev\n";
        let config = folder.join("config");
        std::fs::write(&config, text).unwrap();
        let choice = crate::cluster::Choice {
            kubeconfig: Some(config),
            context: Some("prod".into()),
            ..Default::default()
        };
        let connection = crate::cluster::connect(&choice).await.unwrap();
        Surroundings { login: connection.login, ..around(folder) }
    }

    #[tokio::test]
    async fn only_what_is_listed_is_handed_on() {
        let folder = tempfile::tempdir().unwrap();
        let env = Kept(on_prod(folder.path()).await).of(&script()).unwrap();
        assert_eq!(get(&env, "NODE").as_deref(), Some("w1"));
        assert_eq!((get(&env, "AWS_SECRET_ACCESS_KEY"), get(&env, "TERM").as_deref()), (None, Some("dumb")));
        assert_eq!(get(&env, "KUBERNETES_SERVICE_HOST"), None, "a pod around is not the session's cluster");
    }

    #[tokio::test]
    async fn a_script_gets_a_private_kubeconfig_of_the_session_s_context_alone() {
        let folder = tempfile::tempdir().unwrap();
        let around = Kept(on_prod(folder.path()).await);
        let path = get(&around.of(&script()).unwrap(), "KUBECONFIG").unwrap();
        assert!(!path.contains(':'), "one file: {path}");
        let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&path).unwrap()) & 0o777;
        assert_eq!(mode & 0o277, 0, "{mode:o}");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(r#""current-context":"prod""#) && text.contains("t0k3n"), "{text}");
        assert!(!text.contains("10.0.0.2") && !text.contains("dev"), "nothing of the others: {text}");
        assert!(
            text.contains("YSBjZXJ0aWZpY2F0ZQ==") && !text.contains("ca.crt"),
            "files are inside: {text}"
        );
        // What becomes of the operator's own file is nothing to the session.
        std::fs::write(folder.path().join("config"), "current-context: dev\n").unwrap();
        assert_eq!(get(&around.of(&script()).unwrap(), "KUBECONFIG").as_ref(), Some(&path));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        drop(around);
        assert!(!std::path::Path::new(&path).exists());
    }

    #[tokio::test]
    async fn credentials_of_a_session_that_crashed_are_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let mut ended = std::process::Command::new("true").spawn().unwrap();
        ended.wait().unwrap();
        let (gone, other) = (folder.path().join(ended.id().to_string()), folder.path().join("kept"));
        std::fs::create_dir(&gone).unwrap();
        std::fs::create_dir(&other).unwrap();
        std::fs::write(gone.join("kubeconfig"), "").unwrap();
        let around = Kept(on_prod(folder.path()).await);
        around.of(&script()).unwrap();
        assert!(!gone.exists() && other.exists());
    }

    #[tokio::test]
    async fn a_kubeconfig_that_is_gone_or_was_changed_runs_no_script() {
        let folder = tempfile::tempdir().unwrap();
        let around = Kept(on_prod(folder.path()).await);
        let path = PathBuf::from(get(&around.of(&script()).unwrap(), "KUBECONFIG").unwrap());
        let whole = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let words = around.of(&script()).unwrap_err();
        assert!(words.contains("is gone or was changed"), "{words}");
        // A script that wrote to it, as `kubectl config use-context` does.
        std::fs::write(&path, "current-context: dev").unwrap();
        assert!(around.of(&script()).is_err());
        std::fs::write(&path, whole).unwrap();
        assert!(around.of(&script()).is_ok(), "the very same bytes are the very same cluster");
    }

    #[test]
    fn on_the_practice_cluster_kubectl_reaches_nothing() {
        let around = Surroundings { practice: true, ..around(std::path::Path::new("/nowhere")) };
        let env = around.of(&script()).unwrap();
        assert!(env.contains(&("KUBECONFIG".into(), "/dev/null".into())));
        assert!(!env.iter().any(|(name, _)| name == "KUBERNETES_SERVICE_HOST"));
    }
}
