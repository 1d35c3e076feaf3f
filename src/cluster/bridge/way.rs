//! The way to a server: through the proxy that was chosen, with TLS, and with an end to waiting.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, Uri};
use http_body_util::BodyExt as _;
use http_body_util::combinators::UnsyncBoxBody;
use hyper_rustls::{FixedServerNameResolver, HttpsConnector, HttpsConnectorBuilder};
use hyper_timeout::TimeoutConnector;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::rt::TokioExecutor;
use kube::client::Body;
use kube::config::Config;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tower::util::BoxCloneService;
use tower::{BoxError, Service, ServiceExt as _};
use tower_http::decompression::{Decompression, DecompressionBody};

use super::{Unusable, proxy, tls};

/// A link on which nothing came for so long is asked whether it lives, and given up after so many questions.
const QUIET: Duration = Duration::from_secs(30);
const PROBE: Duration = Duration::from_secs(5);
const PROBES: u32 = 3;
/// How long a request may take to be sent.
const SENDING: Duration = Duration::from_secs(295);

/// An answer as it comes.
pub(super) type Answer = Response<UnsyncBoxBody<Bytes, BoxError>>;
/// What sends a request whose address is whole.
pub(super) type Way = BoxCloneService<Request<Body>, Answer, BoxError>;

/// The way of a configuration.
pub(super) fn way(config: &Config) -> Result<Way, Unusable> {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    // The system asks a quiet link whether it lives, as kubectl's pings do: nothing of the program wakes for it.
    tcp.set_keepalive(Some(QUIET));
    tcp.set_keepalive_interval(Some(PROBE));
    tcp.set_keepalive_retries(Some(PROBES));
    let secure = |uri: &Uri| uri.scheme_str() == Some("https");
    let spoken = secure(&config.cluster_url) || config.proxy_url.as_ref().is_some_and(secure);
    let tls = if spoken { Some(tls::config(config)?) } else { None };
    let Some(proxy) = &config.proxy_url else { return over(tcp, tls, config) };
    let user = proxy::user(proxy);
    match (proxy.scheme_str(), &tls) {
        (Some("socks5"), _) => {
            let socks = SocksV5::new(proxy.clone(), tcp);
            over(
                if let Some((name, password)) = user { socks.with_auth(name, password) } else { socks },
                tls,
                config,
            )
        }
        (Some("https"), Some(_)) => {
            let tunnel = Tunnel::new(proxy.clone(), secured(tcp, tls.clone(), config)?);
            over(known(tunnel, user.as_ref())?, tls, config)
        }
        _ => over(known(Tunnel::new(proxy.clone(), tcp), user.as_ref())?, tls, config),
    }
}

/// The same tunnel, with the user that its proxy wants to know.
fn known<C>(tunnel: Tunnel<C>, user: Option<&(String, String)>) -> Result<Tunnel<C>, Unusable> {
    use base64::Engine as _;
    let Some((name, password)) = user else { return Ok(tunnel) };
    let coded = base64::engine::general_purpose::STANDARD.encode(format!("{name}:{password}"));
    let header = HeaderValue::try_from(format!("Basic {coded}")).map_err(|e| Unusable::Tls(e.to_string()))?;
    Ok(tunnel.with_auth(header))
}

/// A connector that speaks TLS where the address says so.
fn secured<C>(below: C, tls: Option<ClientConfig>, config: &Config) -> Result<HttpsConnector<C>, Unusable> {
    // A server without TLS needs none; what it is asked for over TLS all the same fails by name.
    let tls = match tls {
        Some(tls) => tls,
        None => tls::nobody()?,
    };
    let mut builder = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http();
    if let Some(name) = config.tls_server_name.as_deref().filter(|n| !n.is_empty()) {
        let parsed = ServerName::try_from(name.to_owned());
        let parsed = parsed.map_err(|_| Unusable::Name { name: crate::domain::sanitize(name) })?;
        builder = builder.with_server_name_resolver(FixedServerNameResolver::new(parsed));
    }
    Ok(builder.enable_http1().wrap_connector(below))
}

fn over<C>(below: C, tls: Option<ClientConfig>, config: &Config) -> Result<Way, Unusable>
where
    C: Service<Uri> + Clone + Send + Sync + 'static,
    C::Response: hyper_util::client::legacy::connect::Connection
        + hyper::rt::Read
        + hyper::rt::Write
        + Send
        + Unpin
        + 'static,
    C::Future: Send + 'static,
    C::Error: Into<BoxError>,
{
    let mut connector = TimeoutConnector::new(secured(below, tls, config)?);
    connector.set_connect_timeout(config.connect_timeout);
    connector.set_write_timeout(Some(SENDING));
    let client: Client<_, Body> = Client::builder(TokioExecutor::new()).build(connector);
    // As Go does: a list is asked for compressed, and what came so is read, asked for or not.
    let client = Decompression::new(client);
    let boxed = |body: DecompressionBody<hyper::body::Incoming>| body.boxed_unsync();
    let answers = client.map_response(move |answer: Response<_>| answer.map(boxed)).map_err(BoxError::from);
    Ok(BoxCloneService::new(answers))
}
