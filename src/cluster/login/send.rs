//! One request with the credentials of the session, and what its answer says of them.
//!
//! Must not have credentials made: that is `login`'s.

use http::{Request, Response, StatusCode};
use kube::Client;
use kube::client::Body;
use tower::BoxError;

use super::Login;
use super::state::Ready;
use crate::cluster::answer::{Bounded, LARGEST, bounded, goes_on, of_the_server_itself};
use crate::cluster::failure::{NotSent, refuses_certificate};
use crate::lang::t;

impl Login {
    pub(super) async fn send(&self, request: Request<Body>) -> Result<Response<Bounded>, BoxError> {
        let ready = self.ready().await.map_err(NotSent)?;
        let (endless, own) = (goes_on(request.uri()), of_the_server_itself(request.uri()));
        // An API behind the server may say it of itself; it is asked twice as well, and its word counts for nothing else.
        let same = if own || request.uri().path().starts_with("/apis/") { copied(&request) } else { None };
        let taken = ready.times();
        let mut response = self.once(&ready, &ready.client, request).await?;
        if response.status() == StatusCode::UNAUTHORIZED
            && let Some((same, other)) = same.zip((ready.other)())
        {
            // It did nothing. Of several servers behind an address one may be wrong: the same request goes by another link.
            response = self.once(&ready, &other, same).await?;
            if response.status() != StatusCode::UNAUTHORIZED {
                self.prefers(&ready, other);
            }
        }
        match response.status() {
            // What was taken meanwhile, by whichever server, is not over.
            StatusCode::UNAUTHORIZED if own && ready.times() == taken => {
                self.refused(&ready, t!("cluster-login-credentials"));
            }
            // A balancer in front of it answers with other codes, and knows no credentials.
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::CONFLICT => ready.works(),
            code if code.is_success() => ready.works(),
            _ => {}
        }
        Ok(bounded(response, if endless { None } else { Some(LARGEST) }))
    }

    async fn once(
        &self,
        ready: &Ready,
        client: &Client,
        request: Request<Body>,
    ) -> Result<Response<Body>, BoxError> {
        let sent = client.send(request).await;
        Ok(sent.inspect_err(|e| {
            // A certificate is refused before there is an answer.
            if refuses_certificate(e) {
                self.refused(ready, t!("cluster-login-certificate"));
            }
        })?)
    }
}

/// The same request, where its body can be sent twice.
fn copied(request: &Request<Body>) -> Option<Request<Body>> {
    let mut copy = Request::new(request.body().try_clone()?);
    (*copy.method_mut(), *copy.uri_mut()) = (request.method().clone(), request.uri().clone());
    (*copy.headers_mut(), *copy.extensions_mut()) = (request.headers().clone(), request.extensions().clone());
    Some(copy)
}
