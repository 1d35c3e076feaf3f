//! Who may knock at a served practice cluster: clients of this machine, and no page of a browser. The server has no
//! credentials, so a page that somebody visits must reach it neither by a form (it sends its `Origin`) nor under a name of
//! its own that leads here (the `Host` is then that name).
//!
//! It stands in front of sockets only: in process there is nobody else.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, StatusCode, Uri, header, uri::Authority};

use super::{Refusal, finish};

/// Lets a request in, or refuses it before anything looks at it.
pub async fn guard(request: Request, next: Next) -> Response {
    match check(request.headers(), request.uri()) {
        Ok(()) => next.run(request).await,
        Err(why) => finish(Err(Refusal::new(StatusCode::FORBIDDEN, "Forbidden", why))),
    }
}

fn check(headers: &HeaderMap, uri: &Uri) -> Result<(), String> {
    if headers.contains_key(header::ORIGIN) {
        return Err("requests of web pages are refused: the practice cluster is for clients of this machine"
            .to_owned());
    }
    let mut hosts = headers.get_all(header::HOST).iter().map(|v| v.to_str().unwrap_or_default());
    let named = hosts.next().or(uri.authority().map(Authority::as_str)).unwrap_or_default();
    if hosts.next().is_none() && here(named) {
        return Ok(());
    }
    Err(format!(
        "the practice cluster is not {:?}: ask for it at the address that it was served at",
        named.chars().take(80).collect::<String>()
    ))
}

/// Whether a host, with a port or without, is this machine by its number or by its plain name.
fn here(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    if authority.as_str().contains('@') {
        return false;
    }
    let name = authority.host().trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_by_its_own_name_is_let_in() {
        for host in ["127.0.0.1:8001", "127.0.0.1", "localhost:18081", "LOCALHOST", "[::1]:443", "[::1]"] {
            assert!(here(host), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:8001",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "",
            "localhost@evil",
            "::1",
        ] {
            assert!(!here(host), "{host}");
        }
    }
}
