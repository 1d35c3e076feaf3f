//! Where kube-rs connects otherwise than kubectl does, and opsbook connects as kubectl: the whole way from a kubeconfig's
//! entries to requests is made here. kube still gives the form of the kubeconfig, and base address and impersonation of
//! requests.
//!
//! | difference | kubectl, and so opsbook | held by |
//! |---|---|---|
//! | `server` without a scheme | plain HTTP, and no credentials are sent over it (`server`) | `a_server_without_a_scheme_is_plain_http_as_for_kubectl`, `credentials_go_over_tls_or_to_this_machine_alone`, `a_proxy_before_a_server_on_this_machine_hears_no_credentials_over_http` |
//! | proxies | `NO_PROXY` is judged by the cluster's host, `host:port` is an HTTP proxy, `socks5h`, users of SOCKS (`proxy`, `way`) | `no_proxy_is_judged_by_the_host_of_the_cluster_as_go_does`, `the_environment_is_read_as_kubectl_reads_it` |
//! | line ends | no part of base64 or of a token (`trim`, `bearer`) | `base64_with_line_ends_is_read_and_anything_else_is_named`, `a_token_with_line_ends_is_sent_without_them_and_none_breaks_the_program` |
//! | a listed certificate that the server itself shows | taken, if name, dates and purpose fit (`verify`) | the tests of `tests.rs` |
//! | a listed certificate that is no authority | vouches for no other (`verify`) | `a_listed_certificate_that_is_no_authority_vouches_for_no_other` |
//! | compressed answers | read, and lists are asked for so (`way`) | `what_comes_slowly_cut_or_compressed_is_whole` |
//! | client certificates of X.509 v1 | sent (`identity`) | `a_client_certificate_of_the_first_version_is_sent` |
//! | P-521 | signs and is checked (`p521`) | `keys_with_the_curve_p521_sign_and_are_checked` |
//! | `auth-provider` | `oidc` alone; kube would start the program of `gcp` (`bearer`) | `a_token_with_line_ends_is_sent_without_them_and_none_breaks_the_program` |
//!
//! To bridge one more: a file or function here, its row, and a test that says what kubectl does. What is left as it is: a
//! plain HTTP server behind a proxy is reached by CONNECT, where Go sends it the whole address.
//!
//! Must not run a credential plugin, read the kubeconfig's files, or weaken what webpki checks for anybody else.

mod bearer;
mod identity;
mod p521;
mod proxy;
mod server;
#[cfg(test)]
pub(super) mod tests;
mod tls;
mod trim;
mod verify;
mod way;

use http::header::AUTHORIZATION;
use kube::Client;
use kube::client::{Body, ClientBuilder, ConfigExt as _};
use kube::config::Config;
use thiserror::Error;
use tower::ServiceExt as _;

pub(super) use proxy::proxy;
pub(super) use server::{address, has_scheme, takes_credentials};
pub(super) use tls::listed;
pub(super) use trim::decoded;

use crate::vault::Vault;
use bearer::Authorization;

/// Why what a kubeconfig says cannot be used. None of it is mended by logging in.
#[derive(Debug, Error)]
pub enum Unusable {
    #[error("the server {server:?} is no address: {why}; write https://HOST:PORT")]
    Address { server: String, why: String },
    #[error("the proxy of {place} cannot be used: {why}")]
    Proxy { place: String, why: String },
    #[error("{field}-data of the kubeconfig is no base64: {why}")]
    Base64 { field: &'static str, why: String },
    #[error("{field} of the kubeconfig holds no certificate that can be read")]
    NoCertificate { field: &'static str },
    #[error("{place} cannot be sent: {why}")]
    Token { place: String, why: &'static str },
    #[error("{path}, which the kubeconfig names, could not be read: {why}")]
    File { path: String, why: String },
    #[error(
        "the kubeconfig names the auth-provider {name}, which kubectl knows no more either: use the credential plugin that took its place"
    )]
    Provider { name: String },
    #[error("the kubeconfig says more than one way to log in for this user, token and password: leave one")]
    TwoMethods,
    #[error(
        "its cluster has an authority for the server's certificate, and insecure-skip-tls-verify, which believes every server: leave one"
    )]
    TrustsBoth,
    #[error("the kubeconfig has {there} without {missing}")]
    Half { there: &'static str, missing: &'static str },
    #[error("client-key of the kubeconfig cannot be used: {why}")]
    NoKey { why: &'static str },
    #[error("client-key of the kubeconfig is not the key of client-certificate")]
    OtherKey,
    #[error(
        "the client key is {kind}, with which opsbook cannot sign: RSA of 2048 to 4096 bits, ECDSA P-256, P-384, P-521 and Ed25519 can be used; have another certificate made"
    )]
    Key { kind: String },
    #[error("tls-server-name {name:?} is no name of a host")]
    Name { name: String },
    #[error("TLS cannot be spoken: {0}")]
    Tls(String),
    #[error("a header of the kubeconfig's user cannot be sent: {0}")]
    Header(String),
}

/// Makes a client of what was resolved. What a credential plugin gave stands in it as if it were written there.
pub(super) fn client(config: &Config, vault: &Vault) -> Result<Client, Unusable> {
    let authorization = if takes_credentials(&config.cluster_url, config.proxy_url.as_ref()) {
        Authorization::of(&config.auth_info, vault)?
    } else {
        Authorization::None
    };
    let way = way::way(config)?;
    let service = tower::service_fn(move |mut request: http::Request<Body>| {
        let (way, authorization) = (way.clone(), authorization.clone());
        async move {
            if let Some(header) = authorization.header().await {
                request.headers_mut().insert(AUTHORIZATION, header);
            }
            let asked = format!("{} {}", request.method(), request.uri().path());
            let answer = way.oneshot(request).await;
            match &answer {
                Err(e) => tracing::error!("{asked} failed: {e}"),
                Ok(answer) if answer.status().is_server_error() => {
                    tracing::error!("{asked} was answered with {}", answer.status());
                }
                Ok(_) => {}
            }
            answer
        }
    });
    let headers = config.extra_headers_layer().map_err(|e| Unusable::Header(crate::cluster::explain(&e)))?;
    let builder = ClientBuilder::new(service, config.default_namespace.clone());
    Ok(builder.with_layer(&config.base_uri_layer()).with_layer(&headers).build())
}
