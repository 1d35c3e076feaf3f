//! The address of an API server as a kubeconfig may write it: without a scheme it is plain HTTP, as it is for kubectl.

use http::Uri;
use http::uri::Scheme;

use super::Unusable;
use crate::lang::t;

/// The address as it is connected to.
pub(in crate::cluster) fn address(written: &str) -> Result<Uri, Unusable> {
    let wrong = |why: String| Unusable::Address { server: crate::domain::sanitize(written), why };
    let written = written.trim();
    if written.is_empty() {
        return Err(wrong(t!("cluster-address-empty").to_owned()));
    }
    let whole = if has_scheme(written) { written.to_owned() } else { format!("http://{written}") };
    let uri: Uri = whole.parse().map_err(|e: http::uri::InvalidUri| wrong(e.to_string()))?;
    if uri.host().unwrap_or_default().is_empty() {
        return Err(wrong(t!("cluster-address-no-host").to_owned()));
    }
    if uri.authority().is_some_and(|a| !port_is_one(a)) {
        return Err(wrong(t!("cluster-address-no-port").to_owned()));
    }
    if uri.scheme() != Some(&Scheme::HTTP) && uri.scheme() != Some(&Scheme::HTTPS) {
        return Err(wrong(t!("cluster-address-other-scheme").to_owned()));
    }
    if !has_scheme(written) && uri.path() != "/" {
        return Err(wrong(t!("cluster-address-path").to_owned()));
    }
    Ok(uri)
}

/// Whether an address says how it is spoken to.
pub(in crate::cluster) fn has_scheme(written: &str) -> bool {
    written.trim().contains("://")
}

/// Whether a port is one, where there is one. To the parser of addresses 99999 is none, and no error.
pub(super) fn port_is_one(authority: &http::uri::Authority) -> bool {
    let text = authority.as_str();
    let behind = text.rsplit_once('@').map_or(text, |(_, host)| host).strip_prefix(authority.host());
    match behind.unwrap_or_default().strip_prefix(':') {
        Some(port) => port.is_empty() || port.parse::<u16>().is_ok(),
        None => true,
    }
}

/// The host alone: what names are looked up by, without the brackets of IPv6.
pub(super) fn host(uri: &Uri) -> &str {
    let host = uri.host().unwrap_or_default();
    host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host)
}

/// Whether credentials may go there: over TLS, or to this machine itself. kubectl sends none over plain HTTP. Behind a
/// proxy `localhost` is the proxy's machine, and the proxy reads what is sent to it.
pub(in crate::cluster) fn takes_credentials(uri: &Uri, proxy: Option<&Uri>) -> bool {
    let host = host(uri);
    let here = host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback());
    uri.scheme() == Some(&Scheme::HTTPS) || here && proxy.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_without_a_scheme_is_plain_http_as_for_kubectl() {
        let of = |text: &str| address(text).map(|u| u.to_string()).map_err(|e| e.to_string());
        assert_eq!(of("10.0.0.1:6443").unwrap(), "http://10.0.0.1:6443/");
        assert_eq!(of("localhost").unwrap(), "http://localhost/");
        assert_eq!(of("[fd00::1]:6443").unwrap(), "http://[fd00::1]:6443/");
        assert_eq!(of("HTTPS://Api.Example:6443/k8s/c-1\n").unwrap(), "https://Api.Example:6443/k8s/c-1");
        for (wrong, why) in [
            ("10.0.0.1:6443/path", "a path and no scheme"),
            ("", "empty"),
            ("ftp://10.0.0.1", "neither https nor http"),
            ("https://:6443", ""),
            ("https://10.0.0.1:99999", ""),
            ("a b", ""),
        ] {
            let words = of(wrong).unwrap_err();
            assert!(words.contains("server") && words.contains(why), "{wrong}: {words}");
        }
    }

    #[test]
    fn credentials_go_over_tls_or_to_this_machine_alone() {
        let takes = |text: &str| takes_credentials(&text.parse().unwrap(), None);
        assert!(takes("https://10.0.0.1") && takes("http://127.0.0.1:8001") && takes("http://[::1]:8001"));
        assert!(takes("http://LOCALHOST:1"));
        assert!(!takes("http://10.0.0.1:8080") && !takes("http://localhost.example:8080"));
        assert!(!takes("http://127.0.0.1.example"));
        for proxy in ["http://10.9.9.9:3128/", "https://proxy:443/", "socks5://127.0.0.1:1080/"] {
            let takes = |text: &str| takes_credentials(&text.parse().unwrap(), Some(&proxy.parse().unwrap()));
            assert!(takes("https://10.0.0.1") && takes("https://127.0.0.1"), "TLS goes through {proxy}");
            assert!(!takes("http://127.0.0.1:8001") && !takes("http://localhost"), "{proxy} would read them");
        }
    }
}
