//! What an answer says it is, held against what was asked for. A gateway, a login page or a broken server may answer 200
//! with something else, and nothing else reads as "there are none": what does not say that it is the list is a failure.
//!
//! Nothing here guesses: an answer without a kind, a version or items is refused, however friendly it looks.

use prost::Message;
use serde::Deserialize;
use serde_json::Value;

use super::meta::{ListMeta, Status};
use super::slim;
use crate::domain::{Kind, sanitize};
use crate::lang::t;

/// Of foreign words so many characters are repeated.
const WORDS: usize = 120;

slim! {
    /// Which type an object is of.
    struct TypeMeta {
        #[prost(string, tag = "1")]
        pub api_version: String,
        #[prost(string, tag = "2")]
        pub kind: String,
    }
}

impl TypeMeta {
    /// Whether it is an object of this kind.
    pub fn is(&self, kind: Kind) -> Result<(), String> {
        self.says(kind.name(), &kind.api_version(), "")
    }

    /// Whether it is a list of this kind. `message` is what it says where it is a Status.
    pub fn is_list(&self, kind: Kind, message: &str) -> Result<(), String> {
        self.says(&format!("{}List", kind.name()), &kind.api_version(), message)
    }

    fn says(&self, kind: &str, version: &str, message: &str) -> Result<(), String> {
        if self.kind == kind && self.api_version == version {
            return Ok(());
        }
        let came = match (self.kind.as_str(), self.api_version.as_str()) {
            ("", _) => t!("cluster-came-nameless").to_owned(),
            (kind, "") => t!("cluster-came-without-version", kind = short(kind)),
            (kind, version) => t!("cluster-came-kind", kind = short(kind), version = short(version)),
        };
        Err(if message.is_empty() {
            t!("cluster-came-other", kind = kind, version = version, came = came)
        } else {
            let said = short(message);
            t!("cluster-came-other-says", kind = kind, version = version, came = came, said = said)
        })
    }
}

fn short(text: &str) -> String {
    sanitize(text).chars().take(WORDS).collect()
}

/// The head of a list in JSON: what it is, and what it says where it is a Status.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Head {
    api_version: String,
    kind: String,
    message: String,
    error: String,
}

/// Whether a body in JSON is a list of this kind.
pub fn json_list(body: &[u8], kind: Kind) -> Result<(), String> {
    let head: Head = serde_json::from_slice(body).map_err(|e| t!("cluster-came-no-list", why = e))?;
    let message = if head.message.is_empty() { head.error } else { head.message };
    TypeMeta { api_version: head.api_version, kind: head.kind }.is_list(kind, &message)
}

fn said(object: &Value) -> TypeMeta {
    let text = |field: &str| object[field].as_str().unwrap_or_default().to_owned();
    TypeMeta { api_version: text("apiVersion"), kind: text("kind") }
}

/// Whether this is an object of this kind.
pub fn value(object: &Value, kind: Kind) -> Result<(), String> {
    said(object).is(kind)
}

/// Whether this is a page of a list of this kind.
pub fn value_list(list: &Value, kind: Kind) -> Result<(), String> {
    let words = list["message"].as_str().or(list["error"].as_str()).unwrap_or_default();
    said(list).is_list(kind, words)?;
    value_page(list, kind)
}

/// Whether this is a page of the metadata of objects of this kind.
#[cfg(feature = "execute")]
pub fn metadata_list(list: &Value, kind: Kind) -> Result<(), String> {
    let said = said(list);
    if (&*said.kind, &*said.api_version) != ("PartialObjectMetadataList", "meta.k8s.io/v1") {
        said.is_list(kind, list["message"].as_str().unwrap_or_default())?;
    }
    value_page(list, kind)
}

fn value_page(list: &Value, kind: Kind) -> Result<(), String> {
    if !matches!(list.get("items"), Some(Value::Array(_) | Value::Null)) {
        return Err(t!("cluster-came-no-items", kind = kind.name()));
    }
    let meta = ListMeta::deserialize(&list["metadata"]).map_err(|e| t!("cluster-came-metadata", why = e))?;
    page(&meta)
}

/// Whether a body in protobuf, out of its envelope, is a list of this kind.
pub fn protobuf_list(said: &TypeMeta, body: &bytes::Bytes, kind: Kind) -> Result<(), String> {
    let status = (said.kind == "Status").then(|| Status::decode(body.clone()).unwrap_or_default());
    said.is_list(kind, &status.unwrap_or_default().message)
}

/// Whether this is a page of a list that can be gone on from, or that ends it.
pub fn page(meta: &ListMeta) -> Result<(), String> {
    if meta.resource_version.is_empty() {
        return Err(t!("cluster-came-no-version").to_owned());
    }
    match meta.remaining {
        Some(left) if left > 0 && meta.continuation.is_empty() => {
            Err(t!("cluster-came-ends-early", left = left))
        }
        _ => Ok(()),
    }
}
