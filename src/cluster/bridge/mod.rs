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

use crate::lang::t;
use crate::vault::Vault;
use bearer::Authorization;

/// Why what a kubeconfig says cannot be used. None of it is mended by logging in.
#[derive(Debug, Error)]
pub enum Unusable {
    #[error("{}", t!("cluster-unusable-address", server = format!("{server:?}"), why = why))]
    Address { server: String, why: String },
    #[error("{}", t!("cluster-unusable-proxy", place = place, why = why))]
    Proxy { place: String, why: String },
    #[error("{}", t!("cluster-unusable-base64", field = field, why = why))]
    Base64 { field: &'static str, why: String },
    #[error("{}", t!("cluster-unusable-no-certificate", field = field))]
    NoCertificate { field: &'static str },
    #[error("{}", t!("cluster-unusable-token", place = place, why = why))]
    Token { place: String, why: &'static str },
    #[error("{}", t!("cluster-unusable-file", path = path, why = why))]
    File { path: String, why: String },
    #[error("{}", t!("cluster-unusable-provider", name = name))]
    Provider { name: String },
    #[error("{}", t!("cluster-unusable-two-methods"))]
    TwoMethods,
    #[error("{}", t!("cluster-unusable-trusts-both"))]
    TrustsBoth,
    #[error("{}", t!("cluster-unusable-half", there = there, missing = missing))]
    Half { there: &'static str, missing: &'static str },
    #[error("{}", t!("cluster-unusable-no-key", why = why))]
    NoKey { why: &'static str },
    #[error("{}", t!("cluster-unusable-other-key"))]
    OtherKey,
    #[error("{}", t!("cluster-unusable-key", kind = kind))]
    Key { kind: String },
    #[error("{}", t!("cluster-unusable-name", name = format!("{name:?}")))]
    Name { name: String },
    #[error("{}", t!("cluster-unusable-tls", why = _0))]
    Tls(String),
    #[error("{}", t!("cluster-unusable-header", why = _0))]
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
