//! Reads from every answer what time it is where the cluster is. It must not change an answer.

use http::header::DATE;
use kube::Client;
use kube::client::Body;
use tokio::time::Instant;

use crate::clock::Skew;
use crate::domain::Timestamp;

/// The same client, whose answers tell `skew` the server's time.
pub(super) fn measured(client: Client, skew: &Skew) -> Client {
    let (namespace, skew) = (client.default_namespace().to_owned(), skew.clone());
    let service = tower::service_fn(move |request: http::Request<Body>| {
        let (client, skew) = (client.clone(), skew.clone());
        async move {
            let (asked, begun) = (Timestamp::now(), Instant::now());
            let answer = client.send(request).await.map_err(tower::BoxError::from)?;
            // A page of something between has a clock of its own.
            let own = answer.status().is_success() || answer.headers().contains_key("audit-id");
            if own && let Some(date) = answer.headers().get(DATE).and_then(|d| date(d.to_str().ok()?)) {
                skew.observe(date, asked, begun.elapsed(), Instant::now());
            }
            Ok::<_, tower::BoxError>(answer)
        }
    });
    Client::new(service, namespace)
}

/// A time as HTTP writes it: `Tue, 15 Nov 1994 08:12:31 GMT`.
fn date(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(text).ok().map(|at| at.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_tells_the_servers_time() {
        let hour_ago = Timestamp::now().as_second() - 3600;
        let text =
            Timestamp::from_second(hour_ago).unwrap().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let service = tower::service_fn(move |_: http::Request<Body>| {
            let answer = http::Response::builder().header(DATE, text.clone()).body(Body::empty());
            std::future::ready(Ok::<_, std::convert::Infallible>(answer.unwrap()))
        });
        let skew = Skew::default();
        let client = measured(Client::new(service, "default"), &skew);
        let _ = client.send(http::Request::get("/version").body(Body::empty()).unwrap()).await.unwrap();
        assert!((3598..=3602).contains(&skew.seconds()), "{}", skew.seconds());
        assert_eq!(date("Tue, 15 Nov 1994 08:12:31 GMT").unwrap().to_string(), "1994-11-15T08:12:31Z");
        assert_eq!(date("yesterday"), None);
    }
}
