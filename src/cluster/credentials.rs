//! The credentials of a client are secrets: those of the kubeconfig, and what a plugin or a token's file gave, which
//! `bridge` registers as it reads it. They are registered and never kept otherwise. It must not print one.

use kube::Client;
use kube::config::{AuthInfo, Config};

use super::bridge::{self, Unusable};
use crate::vault::Vault;

/// Makes a client whose credentials are registered. What a credential plugin gave stands in it as if it were written there.
pub(super) fn client(config: &Config, vault: &Vault) -> Result<Client, Unusable> {
    register(&config.auth_info, vault);
    bridge::client(config, vault)
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
        let client = client(&config(&format!("{{tokenFile: {}}}", file.display())), &vault).unwrap();
        // Nobody listens there; the request is made all the same.
        let _ = client.request_text(http::Request::get("/version").body(Vec::new()).unwrap()).await;
        assert_eq!(vault.text("t0k3n-of-a-file"), "***");
    }
}
