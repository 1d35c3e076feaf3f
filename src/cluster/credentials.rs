//! The credentials of a client are secrets: those of the kubeconfig, and what a plugin or a token's file gave, which
//! `bridge` registers as it reads it. They are registered and never kept otherwise. It must not print one.

use kube::Client;
use kube::config::{AuthInfo, Config};

use super::bridge::{self, Unusable};
use super::connect::Choice;
use super::plugin;
use crate::vault::Vault;

/// How long a server may take to be connected to.
const CONNECTING: std::time::Duration = std::time::Duration::from_secs(5);

/// Puts what a credential plugin gave where it would stand if it were written in the kubeconfig.
pub(super) fn take(config: &mut Config, given: plugin::Credentials) {
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

/// A client as opsbook wants it, whose credentials are registered.
pub(super) fn client(mut config: Config, choice: &Choice, vault: &Vault) -> Result<Client, Unusable> {
    if choice.user.is_some() {
        config.auth_info.impersonate.clone_from(&choice.user);
        config.auth_info.impersonate_groups = (!choice.groups.is_empty()).then(|| choice.groups.clone());
    }
    config.connect_timeout = Some(CONNECTING);
    register(&config.auth_info, vault);
    bridge::client(&config, vault)
}

/// Registers what a kubeconfig itself holds. The fields are read as they would be written into one.
fn register(info: &AuthInfo, vault: &Vault) {
    let Ok(written) = serde_json::to_value(info) else { return };
    for field in ["password", "token"] {
        written[field].as_str().into_iter().for_each(|v| {
            vault.register(v);
        });
    }
    // A key is base64 in the file, and known by its lines and in base64.
    let key = serde_json::json!({"kind": "Secret", "data": {"key": written["client-key-data"]}});
    vault.learn(&key);
    let provider = written["auth-provider"]["config"].as_object();
    for (name, value) in provider.into_iter().flatten() {
        if name.contains("token") || name.contains("secret") {
            value.as_str().into_iter().for_each(|v| {
                vault.register(v);
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(user: &str) -> Config {
        let text = format!("users:\n- name: u\n  user: {user}\n");
        let file: kube::config::Kubeconfig = kube::config::Kubeconfig::from_yaml(&text).unwrap();
        let mut config = Config::new("https://127.0.0.1:1".parse().unwrap());
        config.auth_info = file.auth_infos[0].auth_info.clone().unwrap();
        config
    }

    #[tokio::test]
    async fn what_a_kubeconfig_holds_is_registered() {
        let vault = Vault::default();
        let with = "{token: t0k3n-of-u, client-key-data: LS1rZXktb2YtdXNlci0t, auth-provider: {name: x, config: {id-token: 1d-t0k3n}}}";
        register(&config(with).auth_info, &vault);
        assert_eq!(vault.text("a t0k3n-of-u b 1d-t0k3n c --key-of-user-- d"), "a *** b *** c *** d");
    }

    #[tokio::test]
    async fn what_is_sent_is_registered_wherever_it_came_from() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        std::fs::write(&file, "t0k3n-of-a-file").unwrap();
        let vault = Vault::default();
        let config = config(&format!("{{tokenFile: {}}}", file.display()));
        let client = client(config, &Choice::default(), &vault).unwrap();
        // Nobody listens there; the request is made all the same.
        let _ = client.request_text(http::Request::get("/version").body(Vec::new()).unwrap()).await;
        assert_eq!(vault.text("t0k3n-of-a-file"), "***");
    }
}
