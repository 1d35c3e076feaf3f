//! Which proxy a cluster is reached by. A `proxy-url` of the kubeconfig counts as it stands. Else the environment says it,
//! and `NO_PROXY` is judged by the cluster's host, as Go's `httpproxy` does it for kubectl; kube-rs judges the proxy's.
//!
//! Must not connect.

use std::net::IpAddr;

use http::Uri;
use ipnet::IpNet;

use super::Unusable;
use super::server::{host, port_is_one};
use crate::lang::t;

/// Reads a variable of the environment.
pub(super) type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The proxy on the way to a server; none where it is reached directly.
pub(in crate::cluster) fn proxy(
    written: Option<&str>,
    server: &Uri,
    env: Env<'_>,
) -> Result<Option<Uri>, Unusable> {
    if let Some(url) = written.map(str::trim).filter(|url| !url.is_empty()) {
        return usable(t!("cluster-proxy-of-kubeconfig"), url).map(Some);
    }
    let https = server.scheme_str() == Some("https");
    let names = if https { ["HTTPS_PROXY", "https_proxy"] } else { ["HTTP_PROXY", "http_proxy"] };
    let Some((name, url)) = first(names, env) else { return Ok(None) };
    let except = first(["NO_PROXY", "no_proxy"], env).map(|(_, list)| list).unwrap_or_default();
    if reached_directly(server, &except) {
        return Ok(None);
    }
    // A host and port alone are an HTTP proxy.
    let url = if url.contains("://") { url } else { format!("http://{url}") };
    usable(name, &url).map(Some)
}

/// The first variable that says something.
fn first(names: [&'static str; 2], env: Env<'_>) -> Option<(&'static str, String)> {
    names.into_iter().find_map(|name| {
        let value = env(name)?.trim().to_owned();
        (!value.is_empty()).then_some((name, value))
    })
}

/// A proxy that can be spoken to, with its port.
fn usable(place: &str, url: &str) -> Result<Uri, Unusable> {
    // The words say nothing of user and password.
    let wrong = |why: &str| Unusable::Proxy { place: place.to_owned(), why: why.to_owned() };
    let uri: Uri = url.parse().map_err(|_| wrong(t!("cluster-proxy-no-address")))?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(wrong(t!("cluster-proxy-no-scheme")));
    };
    // The proxy looks names up in both forms of SOCKS, as for Go.
    let (scheme, port) = match scheme {
        "http" => ("http", 80),
        "https" => ("https", 443),
        "socks5" | "socks5h" => ("socks5", 1080),
        _ => return Err(wrong(t!("cluster-proxy-other-scheme"))),
    };
    if authority.host().is_empty() || !port_is_one(authority) {
        return Err(wrong(t!("cluster-proxy-no-host")));
    }
    let authority = match authority.port_u16() {
        Some(_) => authority.to_string(),
        None => format!("{}:{port}", authority.as_str().trim_end_matches(':')),
    };
    let built = Uri::builder().scheme(scheme).authority(authority).path_and_query("/").build();
    built.map_err(|_| wrong(t!("cluster-proxy-no-address")))
}

/// User and password of a proxy, as they were before they were written into an address.
pub(super) fn user(proxy: &Uri) -> Option<(String, String)> {
    let (user, _) = proxy.authority()?.as_str().rsplit_once('@')?;
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let plain = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    Some((plain(name), plain(password)))
}

/// Whether no proxy of the environment stands before a server: this machine itself, and what `NO_PROXY` lists.
fn reached_directly(server: &Uri, except: &str) -> bool {
    let name = host(server).to_ascii_lowercase();
    let ip: Option<IpAddr> = name.parse::<IpAddr>().ok().map(|ip| ip.to_canonical());
    if name == "localhost" || ip.is_some_and(|ip| ip.is_loopback()) {
        return true;
    }
    let usual = if server.scheme_str() == Some("https") { 443 } else { 80 };
    let port = server.port_u16().unwrap_or(usual);
    except.split(',').any(|entry| listed(entry.trim(), &name, ip, port))
}

/// Whether an entry of the list means this host and port.
fn listed(entry: &str, name: &str, ip: Option<IpAddr>, port: u16) -> bool {
    let entry = entry.to_ascii_lowercase();
    if entry == "*" {
        return true;
    }
    if let Ok(net) = entry.parse::<IpNet>() {
        return ip.is_some_and(|ip| net.contains(&ip));
    }
    let (listed, its_port) = with_port(&entry);
    if listed.is_empty() || its_port.is_some_and(|p| p.parse() != Ok(port)) {
        return false;
    }
    let bare = listed.strip_prefix('[').and_then(|l| l.strip_suffix(']')).unwrap_or(listed);
    if let Ok(listed) = bare.parse::<IpAddr>() {
        return ip == Some(listed.to_canonical());
    }
    // `.a` and `*.a` are what is below a; `a` is a itself as well.
    let below = listed.strip_prefix('*').filter(|l| l.starts_with('.')).unwrap_or(listed);
    match below.strip_prefix('.') {
        Some(domain) => !domain.is_empty() && name.ends_with(below),
        None => name == below || name.strip_suffix(below).is_some_and(|front| front.ends_with('.')),
    }
}

/// An entry without its port. An IPv6 address has colons of its own.
fn with_port(entry: &str) -> (&str, Option<&str>) {
    match entry.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, Some(port)),
        _ => (entry, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(server: &str, env: &[(&str, &str)]) -> Result<Option<String>, String> {
        let env = |name: &str| env.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        let proxy = proxy(None, &server.parse().unwrap(), &env).map_err(|e| e.to_string())?;
        Ok(proxy.map(|p| p.to_string()))
    }

    fn direct(server: &str, except: &str) -> bool {
        by(server, &[("HTTPS_PROXY", "http://10.9.9.9:3128"), ("NO_PROXY", except)]).unwrap().is_none()
    }

    #[test]
    fn no_proxy_is_judged_by_the_host_of_the_cluster_as_go_does() {
        let yes: &[(&str, &str)] = &[
            ("https://10.99.0.1:6443", "10.99.0.1"),
            ("https://10.99.0.1:6443", "10.0.0.0/8"),
            ("https://10.99.0.1:6443", "a, 10.1.2.3/8 ,b"),
            ("https://10.99.0.1:6443", "10.99.0.1:6443"),
            ("https://10.99.0.1", "10.99.0.1:443"),
            ("https://[::ffff:10.99.0.1]", "10.99.0.1"),
            ("https://[fd00::1]:6443", "fd00::1"),
            ("https://[fd00::1]:6443", "[fd00::1]:6443"),
            ("https://[fd00::1]:6443", "fd00::/8"),
            ("https://api.example.com:6443", "*"),
            ("https://api.example.com:6443", "example.com"),
            ("https://api.example.com:6443", ".example.com"),
            ("https://api.example.com:6443", "*.example.com"),
            ("https://api.example.com:6443", "EXAMPLE.com:6443"),
            ("https://API.example.com:6443", "api.example.com"),
            ("https://example.com", "example.com"),
            ("https://localhost:6443", ""),
            ("https://127.8.0.1:6443", ""),
            ("https://[::1]:6443", ""),
        ];
        for (server, except) in yes {
            assert!(direct(server, except), "{server} with NO_PROXY={except}");
        }
        let no: &[(&str, &str)] = &[
            ("https://10.99.0.1:6443", ""),
            ("https://10.99.0.1:6443", "10.9.9.9"),
            ("https://10.99.0.1:6443", "10.99.0.10,10.99.0.1:443,11.0.0.0/8"),
            ("https://10.99.0.1:6443", "9.0.1"),
            ("https://example.com", ".example.com"),
            ("https://example.com", "*.example.com"),
            ("https://notexample.com", "example.com"),
            ("https://example.com.evil", "example.com"),
            ("https://api.example.com:6443", "example.com:443"),
            ("https://api.example.com", "*example.com,a*,:443,.,,"),
        ];
        for (server, except) in no {
            assert!(!direct(server, except), "{server} with NO_PROXY={except}");
        }
    }

    #[test]
    fn the_environment_is_read_as_kubectl_reads_it() {
        let far = "https://10.99.0.1:6443";
        let of = |env: &[(&str, &str)]| by(far, env).unwrap();
        assert_eq!(of(&[("HTTPS_PROXY", "proxy:3128")]).as_deref(), Some("http://proxy:3128/"));
        assert_eq!(of(&[("HTTPS_PROXY", "proxy")]).as_deref(), Some("http://proxy:80/"));
        assert_eq!(of(&[("https_proxy", "socks5h://proxy")]).as_deref(), Some("socks5://proxy:1080/"));
        assert_eq!(of(&[("HTTPS_PROXY", ""), ("https_proxy", "http://a:1")]).as_deref(), Some("http://a:1/"));
        assert_eq!(
            of(&[("https_proxy", "http://b:1"), ("HTTPS_PROXY", "http://a:1")]).as_deref(),
            Some("http://a:1/")
        );
        assert_eq!(of(&[("HTTP_PROXY", "http://a:1"), ("ALL_PROXY", "http://a:1")]), None, "not for https");
        let plain =
            by("http://10.99.0.1:8080", &[("HTTP_PROXY", "http://a:1"), ("HTTPS_PROXY", "http://b:1")]);
        assert_eq!(plain.unwrap().as_deref(), Some("http://a:1/"));
        let words = by(far, &[("HTTPS_PROXY", "socks4://u:s3cret@proxy")]).unwrap_err();
        assert!(
            words.contains("HTTPS_PROXY") && words.contains("socks5h") && !words.contains("s3cret"),
            "{words}"
        );
    }

    #[test]
    fn a_proxy_of_the_kubeconfig_stands_before_every_environment() {
        let env = |name: &str| (name == "NO_PROXY").then(|| "*".to_owned());
        let server: Uri = "https://127.0.0.1:6443".parse().unwrap();
        let of = |url: &str| proxy(Some(url), &server, &env).map(|p| p.map(|p| p.to_string()));
        assert_eq!(of("http://127.0.0.1:3128").unwrap().as_deref(), Some("http://127.0.0.1:3128/"));
        assert_eq!(of("").unwrap(), None, "an empty one is none");
        let words = of("proxy:3128").unwrap_err().to_string();
        assert!(words.contains("proxy-url") && words.contains("scheme"), "{words}");
    }

    #[test]
    fn user_and_password_of_a_proxy_are_read_as_they_were_meant() {
        let of = |url: &str| user(&usable("x", url).unwrap());
        assert_eq!(of("http://u%40x:p%3Aw@proxy:1"), Some(("u@x".to_owned(), "p:w".to_owned())));
        assert_eq!(of("socks5://u@proxy"), Some(("u".to_owned(), String::new())));
        assert_eq!(of("http://proxy:1"), None);
    }
}
