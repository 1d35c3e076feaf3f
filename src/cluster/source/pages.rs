//! Reading a whole state in pages: for servers that do not stream lists, and for what may not be followed.

use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use http_body_util::BodyExt;
use prost::Message;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::pause::Ended;
use super::reading::Reading;
use super::request::{is_json, read_status, send};
use super::sink::Sink;
use crate::cluster::answer::LARGEST;
use crate::cluster::connect::explain;
use crate::cluster::wire::came;
use crate::cluster::wire::frames::{Wire, unwrap_protobuf};
use crate::cluster::wire::meta::ListMeta;
use crate::lang::t;

const PAGE: usize = 500;
/// A page of five hundred objects is a few megabytes; more is not a page.
const LARGEST_PAGE: usize = 64 << 20;
/// A body that pauses for so long does not come any more.
const SILENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// A list answer whose items are decoded one by one.
#[derive(Clone, PartialEq, ::prost::Message)]
struct RawList {
    #[prost(message, optional, tag = "1")]
    metadata: Option<ListMeta>,
    #[prost(bytes = "bytes", repeated, tag = "2")]
    items: Vec<Bytes>,
}

#[derive(Deserialize)]
struct JsonList {
    metadata: ListMeta,
    #[serde(deserialize_with = "given")]
    items: Vec<Box<RawValue>>,
}

/// Servers write `null` where there are none; that there is nothing at all is something else.
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Box<RawValue>>, D::Error> {
    Ok(Option::<Vec<Box<RawValue>>>::deserialize(from)?.unwrap_or_default())
}

/// Where a list goes on.
enum Turn {
    First,
    From(String),
    /// The server forgot where it was; the whole is asked for at once, which cannot be forgotten in between.
    AtOnce,
}

impl<S: Sink> Reading<S> {
    pub(super) async fn pages(&mut self) -> Ended {
        let begun = tokio::time::Instant::now();
        self.begin();
        let mut turn = Turn::First;
        loop {
            let query = self.query();
            let uri = match &turn {
                Turn::First => format!("{query}limit={PAGE}"),
                Turn::From(token) => format!("{query}limit={PAGE}&continue={token}"),
                Turn::AtOnce => query.trim_end_matches(['?', '&']).to_owned(),
            };
            let meta = match self.page(&uri, matches!(turn, Turn::AtOnce)).await {
                Ok(meta) => meta,
                Err(Ended::Expired) if matches!(turn, Turn::From(_)) => {
                    self.begin();
                    turn = Turn::AtOnce;
                    continue;
                }
                Err(Ended::Expired) => {
                    return Ended::Failed(t!("cluster-list-expired").into());
                }
                Err(ended) => return ended,
            };
            self.flush().await;
            if matches!(&turn, Turn::From(token) if meta.continuation == *token) {
                return Ended::Failed(t!("cluster-list-repeats").into());
            }
            self.cut = !meta.continuation.is_empty() && self.read >= S::MOST;
            if meta.continuation.is_empty() || self.cut {
                self.took = begun.elapsed();
                self.finish(meta.resource_version).await;
                return Ended::Read;
            }
            turn = Turn::From(meta.continuation);
        }
    }

    async fn page(&mut self, uri: &str, at_once: bool) -> Result<ListMeta, Ended> {
        let client = self.link.client.clone();
        let accept = S::ENCODINGS.join(", ");
        let response = self.patiently(send(&client, uri, &accept)).await.map_err(Ended::Failed)?;
        let code = response.status();
        if !code.is_success() {
            let headers = response.headers().clone();
            let refusal = self.patiently(read_status(response)).await;
            return Err(Ended::of(code, &headers, &refusal, "list", self.core()));
        }
        let json = is_json(&response);
        let largest = if at_once { LARGEST } else { LARGEST_PAGE };
        let body = self.patiently(whole(response, largest)).await.map_err(|e| Ended::Failed(e.into()))?;
        let meta = if json { self.json_page(&body).await } else { self.protobuf_page(body).await };
        meta.map_err(|e| Ended::Failed(e.into()))
    }

    async fn json_page(&mut self, body: &[u8]) -> Result<ListMeta, String> {
        came::json_list(body, self.sink.kind())?;
        let list: JsonList = serde_json::from_slice(body).map_err(|e| e.to_string())?;
        came::page(&list.metadata)?;
        for item in list.items {
            self.push(S::Wire::from_json(item.get())?, false).await;
        }
        Ok(list.metadata)
    }

    async fn protobuf_page(&mut self, body: Bytes) -> Result<ListMeta, String> {
        let (said, body) = unwrap_protobuf(body).map_err(|e| e.to_string())?;
        came::protobuf_list(&said, &body, self.sink.kind())?;
        let list = RawList::decode(body).map_err(|e| e.to_string())?;
        let meta = list.metadata.unwrap_or_default();
        came::page(&meta)?;
        for item in list.items {
            self.push(S::Wire::from_protobuf(item)?, false).await;
        }
        Ok(meta)
    }
}

/// The whole body, as long as it keeps coming and is not longer than this.
async fn whole(response: http::Response<kube::client::Body>, largest: usize) -> Result<Bytes, String> {
    let mut chunks = response.into_body().into_data_stream();
    let mut body = BytesMut::new();
    loop {
        let next = tokio::time::timeout(SILENCE, chunks.next()).await;
        match next.map_err(|_| t!("cluster-list-stopped", seconds = SILENCE.as_secs()))? {
            None => return Ok(body.freeze()),
            Some(Err(e)) => return Err(t!("cluster-list-unread", why = explain(&e))),
            Some(Ok(chunk)) if body.len() + chunk.len() > largest => {
                return Err(t!("cluster-list-too-long", largest = largest >> 20));
            }
            Some(Ok(chunk)) => body.extend_from_slice(&chunk),
        }
    }
}
