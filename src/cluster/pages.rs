//! Reading a whole state in pages, for servers that do not stream lists.

use http_body_util::BodyExt;
use prost::Message;
use serde::{Deserialize, Deserializer};

use super::watch::{Ended, Watch, is_json, read_status, send};
use super::watched::Watched;
use super::wire::came;
use super::wire::frames::unwrap_protobuf;
use super::wire::meta::ListMeta;

const ACCEPT: &str = "application/vnd.kubernetes.protobuf, application/json";
const PAGE: usize = 500;
/// A page of five hundred objects is a few megabytes; more is not a page.
const LARGEST_PAGE: usize = 64 << 20;

/// A list answer whose items are decoded one by one.
#[derive(Clone, PartialEq, ::prost::Message)]
struct RawList {
    #[prost(message, optional, tag = "1")]
    metadata: Option<ListMeta>,
    #[prost(bytes = "bytes", repeated, tag = "2")]
    items: Vec<bytes::Bytes>,
}

#[derive(Deserialize)]
#[serde(bound = "W: serde::de::DeserializeOwned")]
struct JsonList<W> {
    metadata: ListMeta,
    #[serde(deserialize_with = "given")]
    items: Vec<W>,
}

/// Servers write `null` where there are none; that there is nothing at all is something else.
fn given<'de, D: Deserializer<'de>, W: Deserialize<'de>>(from: D) -> Result<Vec<W>, D::Error> {
    Ok(Option::<Vec<W>>::deserialize(from)?.unwrap_or_default())
}

/// Reads every page into the watch and returns the version to go on from.
pub(super) async fn read<R: Watched>(watch: &mut Watch<R>) -> Result<String, Ended> {
    watch.begin();
    let mut continuation = String::new();
    loop {
        let mut uri = format!("{}?limit={PAGE}", watch.collection());
        if !continuation.is_empty() {
            uri.push_str("&continue=");
            uri.push_str(&continuation);
        }
        let response = send(&watch.client, &uri, ACCEPT).await.map_err(Ended::Failed)?;
        let code = response.status();
        if !code.is_success() {
            return Err(Ended::from_status(code, &read_status(response).await, "list"));
        }
        let json = is_json(&response);
        let body = http_body_util::Limited::new(response.into_body(), LARGEST_PAGE)
            .collect()
            .await
            .map_err(|e| Ended::Failed(format!("a page of the list could not be read: {e}").into()))?
            .to_bytes();
        let meta = if json { json_page(watch, &body).await } else { protobuf_page(watch, body).await };
        let meta = meta.map_err(|e| Ended::Failed(e.into()))?;
        watch.flush().await;
        if !continuation.is_empty() && meta.continuation == continuation {
            return Err(Ended::Failed("the server gives the same page of the list again and again".into()));
        }
        continuation = meta.continuation;
        if continuation.is_empty() {
            return Ok(meta.resource_version);
        }
    }
}

async fn json_page<R: Watched>(watch: &mut Watch<R>, body: &[u8]) -> Result<ListMeta, String> {
    came::json_list(body, R::KIND)?;
    let list: JsonList<R::Wire> = serde_json::from_slice(body).map_err(|e| e.to_string())?;
    came::page(&list.metadata)?;
    for item in list.items {
        watch.push(item, false).await;
    }
    Ok(list.metadata)
}

async fn protobuf_page<R: Watched>(watch: &mut Watch<R>, body: bytes::Bytes) -> Result<ListMeta, String> {
    let (said, body) = unwrap_protobuf(body).map_err(|e| e.to_string())?;
    came::protobuf_list(&said, &body, R::KIND)?;
    let list = RawList::decode(body).map_err(|e| e.to_string())?;
    let meta = list.metadata.unwrap_or_default();
    came::page(&meta)?;
    for item in list.items {
        watch.push(R::Wire::decode(item).map_err(|e| e.to_string())?, false).await;
    }
    Ok(meta)
}
