//! What a script on the operator's machine sees: a short list of what its tools need, the values of its runbook, and a
//! kubeconfig in which the context of this session is the current one, whatever happens in other windows.
//!
//! Must not hand on what nobody listed: tokens and passwords in the operator's own environment stay there.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use super::kubeconfig::Written;
use crate::cluster::Login;
use crate::op::Script;

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

    /// `KUBECONFIG` for scripts: one file for the session's context alone.
    fn kubeconfig(&self) -> Result<Option<OsString>, String> {
        if self.practice {
            return Ok(Some("/dev/null".into()));
        }
        let Some(login) = &self.login else { return Ok(None) };
        match login.kubeconfig() {
            Some(text) => self.written.path(&self.scratch, &text).map(|path| Some(path.into_os_string())),
            // In a pod the service account counts, and no file that happens to lie in the home folder.
            None => Ok(Some("/dev/null".into())),
        }
    }
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
        self.written.take_away();
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
    async fn credentials_of_a_session_that_crashed_are_taken_away_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let run = folder.path().join("run");
        let start = async || {
            let around = Kept(Surroundings { scratch: run.clone(), ..on_prod(folder.path()).await });
            let path = get(&around.of(&script()).unwrap(), "KUBECONFIG").unwrap();
            (around, PathBuf::from(path))
        };
        let (first, kept) = start().await;
        // One that ended without a word: nobody holds its file any more.
        let gone = run.join("session-0123");
        std::fs::create_dir(&gone).unwrap();
        std::fs::write(gone.join("held"), "").unwrap();
        std::fs::write(gone.join("kubeconfig"), "t0k3n").unwrap();
        let (second, other) = start().await;
        assert!(!gone.exists() && kept.exists() && other.exists() && kept != other);
        drop((first, second));
        assert!(!kept.exists() && !other.exists());
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
