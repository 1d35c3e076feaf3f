//! What a request says of who sends it: a token, a token's file that is read again as it is renewed, or user and password.
//! Each is registered as a secret before it is sent for the first time.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use kube::config::AuthInfo;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::Unusable;
use super::trim::bearer;
use crate::lang::t;
use crate::machine::read;
use crate::vault::Vault;

/// How old a token's file may be before it is read again, as for kubectl.
const OLDEST: Duration = Duration::from_mins(1);
/// Bytes of a token's file.
const LARGEST: u64 = 1 << 20;

/// The header that goes with each request.
#[derive(Clone)]
pub(super) enum Authorization {
    None,
    Fixed(HeaderValue),
    File(Arc<TokenFile>),
}

pub(super) struct TokenFile {
    path: PathBuf,
    vault: Vault,
    latest: Mutex<(HeaderValue, Instant)>,
}

impl Authorization {
    /// The one that a kubeconfig's user says. What a credential plugin gave stands in it as a token.
    pub(super) fn of(info: &AuthInfo, vault: &Vault) -> Result<Authorization, Unusable> {
        // The fields are secrets, which are read as they would be written.
        let written = serde_json::to_value(info).unwrap_or_default();
        let field = |name: &str| written[name].as_str().filter(|v| !v.is_empty());
        if let Some(provider) = &info.auth_provider {
            return match (&*provider.name, provider.config.get("id-token")) {
                ("oidc", Some(token)) => Ok(fixed(bearer(t!("cluster-bearer-id-token"), token)?, vault)),
                ("oidc", None) => Err(Unusable::Token {
                    place: t!("cluster-bearer-id-token").to_owned(),
                    why: t!("cluster-bearer-none"),
                }),
                (name, _) => Err(Unusable::Provider { name: crate::domain::sanitize(name) }),
            };
        }
        let (name, token) = (field("username"), field("token"));
        match (name, token, field("tokenFile")) {
            (Some(_), Some(_), _) | (Some(_), _, Some(_)) => Err(Unusable::TwoMethods),
            (Some(name), None, None) => basic(name, field("password").unwrap_or_default(), vault),
            // The file counts before the token beside it, as long as it can be read.
            (None, token, Some(path)) => match (TokenFile::new(path.into(), vault), token) {
                (Ok(file), _) => Ok(Authorization::File(Arc::new(file))),
                (Err(_), Some(token)) => Ok(fixed(bearer(t!("cluster-bearer-token"), token)?, vault)),
                (Err(why), None) => Err(why),
            },
            (None, Some(token), None) => Ok(fixed(bearer(t!("cluster-bearer-token"), token)?, vault)),
            (None, None, None) => Ok(Authorization::None),
        }
    }

    /// The header as it is now.
    pub(super) async fn header(&self) -> Option<HeaderValue> {
        match self {
            Authorization::None => None,
            Authorization::Fixed(header) => Some(header.clone()),
            Authorization::File(file) => Some(file.header().await),
        }
    }
}

impl TokenFile {
    fn new(path: PathBuf, vault: &Vault) -> Result<TokenFile, Unusable> {
        let header = from_file(&path)?;
        register(&header, vault);
        Ok(TokenFile { path, vault: vault.clone(), latest: Mutex::new((header, Instant::now())) })
    }

    async fn header(&self) -> HeaderValue {
        let mut latest = self.latest.lock().await;
        if latest.1.elapsed() >= OLDEST {
            let path = self.path.clone();
            // A file that cannot be read now leaves the token of before: some are there at the start only.
            if let Ok(Ok(header)) = tokio::task::spawn_blocking(move || from_file(&path)).await {
                register(&header, &self.vault);
                latest.0 = header;
            }
            latest.1 = Instant::now();
        }
        latest.0.clone()
    }
}

fn from_file(path: &Path) -> Result<HeaderValue, Unusable> {
    let name = crate::domain::sanitize(&path.display().to_string());
    let text = read(path, LARGEST).map_err(|e| Unusable::File { path: name.clone(), why: e.to_string() })?;
    bearer(&name, &text)
}

fn basic(name: &str, password: &str, vault: &Vault) -> Result<Authorization, Unusable> {
    use base64::Engine as _;
    let coded = base64::engine::general_purpose::STANDARD.encode(format!("{name}:{password}"));
    let why = t!("cluster-bearer-no-header");
    let mut header = HeaderValue::try_from(format!("Basic {coded}"))
        .map_err(|_| Unusable::Token { place: t!("cluster-bearer-user").to_owned(), why })?;
    header.set_sensitive(true);
    Ok(fixed(header, vault))
}

fn fixed(header: HeaderValue, vault: &Vault) -> Authorization {
    register(&header, vault);
    Authorization::Fixed(header)
}

fn register(header: &HeaderValue, vault: &Vault) {
    let value = String::from_utf8_lossy(header.as_bytes());
    vault.register(value.split_once(' ').map_or(&*value, |(_, credential)| credential));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(user: &str) -> Result<Authorization, String> {
        let text = format!("users:\n- name: u\n  user: {user}\n");
        let file = kube::config::Kubeconfig::from_yaml(&text).unwrap();
        let info = file.auth_infos[0].auth_info.clone().unwrap();
        Authorization::of(&info, &Vault::default()).map_err(|e| e.to_string())
    }

    #[tokio::test]
    async fn a_token_with_line_ends_is_sent_without_them_and_none_breaks_the_program() {
        let sent = |user: &str| {
            of(user).map(|a| async move { a.header().await.unwrap().to_str().unwrap().to_owned() })
        };
        assert_eq!(sent(r#"{token: "t0k3n\n"}"#).unwrap().await, "Bearer t0k3n");
        assert_eq!(sent("{username: a, password: b}").unwrap().await, "Basic YTpi");
        for (wrong, why) in [
            (r#"{token: "a\nb"}"#, "the token of the kubeconfig"),
            ("{tokenFile: /does/not/exist}", "/does/not/exist"),
            ("{username: a, password: b, token: c}", "more than one"),
            ("{auth-provider: {name: gcp, config: {cmd-path: /bin/false}}}", "gcp"),
        ] {
            let words = of(wrong).err().expect(wrong);
            assert!(words.contains(why), "{wrong}: {words}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_of_a_token_may_end_in_line_ends_and_is_read_again_as_it_is_renewed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "first-t0k3n\n\n").unwrap();
        let vault = Vault::default();
        let info = AuthInfo { token_file: Some(path.display().to_string()), ..AuthInfo::default() };
        let file = Authorization::of(&info, &vault).unwrap();
        let header = async || file.header().await.unwrap().to_str().unwrap().to_owned();
        assert_eq!(header().await, "Bearer first-t0k3n");
        std::fs::write(&path, "second-t0k3n\r\n").unwrap();
        assert_eq!(header().await, "Bearer first-t0k3n", "not with every request");
        tokio::time::advance(OLDEST).await;
        assert_eq!(header().await, "Bearer second-t0k3n");
        assert_eq!(vault.text("first-t0k3n second-t0k3n"), "*** ***");
        std::fs::remove_file(&path).unwrap();
        tokio::time::advance(OLDEST).await;
        assert_eq!(header().await, "Bearer second-t0k3n", "the last one that was there");
        // Beside a token the file counts, as long as it is there.
        let beside = format!("{{token: writt3n, tokenFile: {}}}", path.display());
        assert_eq!(of(&beside).unwrap().header().await.unwrap(), "Bearer writt3n");
        std::fs::write(&path, "third-t0k3n").unwrap();
        assert_eq!(of(&beside).unwrap().header().await.unwrap(), "Bearer third-t0k3n");
    }
}
