//! What a script on the operator's machine sees: a short list of what its tools need, the values of its runbook, and a
//! kubeconfig in which the context of this session is the current one, whatever happens in other windows.
//!
//! Must not hand on what nobody listed: tokens and passwords in the operator's own environment stay there.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

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
    /// The kubeconfig files, as `KUBECONFIG` names them; none in a pod.
    pub kubeconfig: Option<OsString>,
    /// The context of this session.
    pub context: String,
    /// A practice cluster has no address: kubectl must not reach another one instead.
    pub practice: bool,
    /// Whom the session acts as; kubectl in a script would not.
    pub acts_as: Option<String>,
    /// A private folder for the file that pins the context.
    pub scratch: PathBuf,
}

impl Surroundings {
    /// The value of a variable of the operator.
    pub fn get(&self, name: &str) -> Option<&OsStr> {
        self.own.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_os_str())
    }

    /// What the operator has that scripts may see.
    fn allowed(&self) -> impl Iterator<Item = (OsString, OsString)> {
        let practice = self.practice;
        let may = move |name: &str| {
            // In a pod kubectl would find the pod's own cluster instead of none.
            let elsewhere = practice && name.starts_with("KUBERNETES_");
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
        if let Some(kubeconfig) = self.pinned()? {
            out.push(("KUBECONFIG".into(), kubeconfig));
        }
        for (name, value) in &script.env {
            out.retain(|(n, _)| n != name.as_str());
            out.push((name.into(), value.reveal().into()));
        }
        Ok(out)
    }

    /// `KUBECONFIG` for scripts. kubectl merges its files, and of the current context the first one counts: a file that
    /// says nothing else stands before the operator's own, so no credentials are copied.
    fn pinned(&self) -> Result<Option<OsString>, String> {
        if self.practice {
            return Ok(Some("/dev/null".into()));
        }
        let Some(own) = &self.kubeconfig else { return Ok(None) };
        let path = self.scratch.join(format!("context-{}.yaml", std::process::id()));
        let text = serde_json::json!({
            "apiVersion": "v1", "kind": "Config", "current-context": self.context,
        });
        std::fs::create_dir_all(&self.scratch)
            .and_then(|()| crate::session::write_private(&path, &text.to_string()))
            .map_err(|e| {
                format!("{} could not be written, so the context is not pinned: {e}", path.display())
            })?;
        let mut out = path.into_os_string();
        out.push(":");
        out.push(own);
        Ok(Some(out))
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
        // It is not there when no script ran.
        let _ = std::fs::remove_file(self.scratch.join(format!("context-{}.yaml", std::process::id())));
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
            kubeconfig: Some("/home/op/.kube/config".into()),
            context: "prod".into(),
            scratch: folder.to_owned(),
            ..Surroundings::default()
        }
    }

    #[test]
    fn only_what_is_listed_is_handed_on_and_the_context_is_pinned() {
        let folder = tempfile::tempdir().unwrap();
        let around = Kept(around(folder.path()));
        let env = around.of(&script()).unwrap();
        let get =
            |name: &str| env.iter().find(|(n, _)| n == name).map(|(_, v)| v.to_string_lossy().into_owned());
        assert_eq!(get("NODE").as_deref(), Some("w1"));
        assert_eq!((get("AWS_SECRET_ACCESS_KEY"), get("TERM").as_deref()), (None, Some("dumb")));
        let kubeconfig = get("KUBECONFIG").unwrap();
        let (pin, own) = kubeconfig.split_once(':').unwrap();
        assert_eq!(own, "/home/op/.kube/config");
        assert!(std::fs::read_to_string(pin).unwrap().contains(r#""current-context":"prod""#));
        let pin = pin.to_owned();
        drop(around);
        assert!(!std::path::Path::new(&pin).exists());
    }

    #[test]
    fn on_the_practice_cluster_kubectl_reaches_nothing() {
        let around = Surroundings { practice: true, ..around(std::path::Path::new("/nowhere")) };
        let env = around.of(&script()).unwrap();
        assert!(env.contains(&("KUBECONFIG".into(), "/dev/null".into())));
        assert!(!env.iter().any(|(name, _)| name == "KUBERNETES_SERVICE_HOST"));
    }
}
