//! What is to be known of an answer of the server before somebody reads it: whether it has an end, how long it may be, and
//! whose word it is.

use http::StatusCode;
use http_body_util::{Either, Limited};
use kube::client::Body;

/// Bytes of one answer: more than a page of the largest objects that a server keeps.
pub(super) const LARGEST: usize = 512 << 20;

/// Whether a 401 is the API server's own word on the credentials. A kubelet or an aggregated API that refuses the server
/// itself is passed on with the same code.
pub(super) fn of_the_server_itself(uri: &http::Uri) -> bool {
    let passed_on = ["log", "exec", "attach", "portforward", "proxy"];
    uri.path().starts_with("/api/v1") && !uri.path().split('/').skip(7).any(|part| passed_on.contains(&part))
}

/// Whether the answer is read piece by piece for as long as it comes: each piece has a bound of its own there.
pub(super) fn goes_on(uri: &http::Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    query.split('&').any(|p| p.starts_with("watch=") || p.starts_with("follow="))
}

/// An answer that may have a bound.
pub(super) type Bounded = Either<Body, Limited<Body>>;

/// The same answer, which fails where it is longer.
pub(super) fn bounded(response: http::Response<Body>, largest: Option<usize>) -> http::Response<Bounded> {
    // What was upgraded is no answer with an end.
    let upgraded = response.status() == StatusCode::SWITCHING_PROTOCOLS;
    response.map(|body| match largest {
        Some(largest) if !upgraded => Either::Right(Limited::new(body, largest)),
        _ => Either::Left(body),
    })
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;

    use super::*;

    #[tokio::test]
    async fn an_answer_that_is_longer_than_its_bound_fails() {
        let response = |length: usize| http::Response::new(Body::from(vec![b'x'; length]));
        let read = bounded(response(1025), Some(1024)).into_body().collect().await;
        assert!(read.unwrap_err().to_string().contains("limit"));
        for largest in [Some(1024), None] {
            let read = bounded(response(1024), largest).into_body().collect().await.unwrap().to_bytes();
            assert_eq!(read.len(), 1024);
        }
    }

    #[test]
    fn a_refusal_that_was_only_passed_on_is_no_word_on_the_credentials() {
        let own = |uri: &str| of_the_server_itself(&uri.parse().unwrap());
        assert!(own("/api/v1/pods?watch=true") && own("/api/v1/namespaces/a/pods/log"));
        assert!(!own("/api/v1/namespaces/a/pods/b/log?follow=true") && !own("/api/v1/nodes/n/x/y/proxy"));
        assert!(!own("/apis/metrics.k8s.io/v1beta1/nodes"));
    }

    #[test]
    fn only_what_is_followed_has_no_bound() {
        let goes_on = |uri: &str| goes_on(&uri.parse().unwrap());
        assert!(goes_on("/api/v1/pods?watch=true&limit=1") && goes_on("/x/log?container=a&follow=true"));
        assert!(!goes_on("/api/v1/pods?limit=500") && !goes_on("/api/v1/pods/a?fieldManager=watch"));
    }
}
