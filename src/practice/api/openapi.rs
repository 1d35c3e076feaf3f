//! The smallest `OpenAPI` documents that tell kubectl what it looks for: that fields are validated by the server (v3),
//! and that a dry run is (v2, for an old kubectl).
//!
//! Must not describe the fields of objects: what a kind accepts is decided where it is written.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, header};
use serde_json::{Map, Value, json};

use super::{Answer, finish};
use crate::practice::kinds::{KINDS, Row, Scope};
use crate::practice::status::Refusal;

fn place(row: &Row) -> String {
    if row.group.is_empty() {
        format!("api/{}", row.version)
    } else {
        format!("apis/{}/{}", row.group, row.version)
    }
}

pub async fn index() -> Response {
    let mut paths = Map::new();
    for row in KINDS {
        let place = place(row);
        paths.insert(
            place.clone(),
            json!({"serverRelativeURL": format!("/openapi/v3/{place}?hash=practice")}),
        );
    }
    finish(Ok(Answer::ok(&json!({"paths": paths}))))
}

pub async fn group(Path(path): Path<String>) -> Response {
    let mut paths = Map::new();
    for row in KINDS.iter().filter(|r| place(r) == path) {
        paths.insert(self::path(row), operations(row));
    }
    if paths.is_empty() {
        return finish(Err(Refusal::no_such_path()));
    }
    let info = json!({"title": "opsbook practice cluster", "version": "v1"});
    finish(Ok(Answer::ok(&json!({"openapi": "3.0.0", "info": info, "paths": paths}))))
}

fn path(row: &Row) -> String {
    let ns = if row.scope == Scope::Namespaced { "/namespaces/{namespace}" } else { "" };
    format!("/{}{ns}/{}/{{name}}", place(row), row.plural)
}

/// How the second version of the document is asked for, with `@` or a dot: it has an encoding of its own.
const ASKED: &str = "application/com.github.proto-openapi.spec.v2";
/// How it is answered. A media type with `@` is none, and an old kubectl fails over it.
const PROTOBUF: &str = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

/// The document of the second version.
pub async fn second(headers: HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let info = json!({"title": "opsbook practice cluster", "version": "v1"});
    if accepted.contains(ASKED) {
        let paths: Vec<u8> = KINDS.iter().flat_map(|row| field(2, &named(&path(row), &patch(row)))).collect();
        let document = [field(1, b"2.0"), field(2, &field(1, b"opsbook practice cluster")), field(8, &paths)];
        return ([(header::CONTENT_TYPE, PROTOBUF)], document.concat()).into_response();
    }
    let paths: Map<_, _> = KINDS.iter().map(|row| (path(row), operations(row))).collect();
    finish(Ok(Answer::ok(&json!({"swagger": "2.0", "info": info, "paths": paths}))))
}

/// A field of a protobuf message whose value is text, bytes or a message.
fn field(number: u8, value: &[u8]) -> Vec<u8> {
    let mut out = vec![number << 3 | 2];
    let mut length = value.len();
    while length > 127 {
        out.push((length & 127) as u8 | 128);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend_from_slice(value);
    out
}

/// An entry of a map: its name and its value.
fn named(name: &str, value: &[u8]) -> Vec<u8> {
    [field(1, name.as_bytes()), field(2, value)].concat()
}

/// A path whose PATCH knows the parameter `dryRun` and says of which kind it is; kubectl reads no more of it. The
/// numbers are those of `OpenAPIv2.proto`.
fn patch(row: &Row) -> Vec<u8> {
    let parameter = [field(2, b"query"), field(4, b"dryRun")].concat();
    // In an item, in a parameter, not in the body, in the query.
    let parameter = [1, 2, 3].iter().rev().fold(parameter, |inner, number| field(*number, &inner));
    let kind = format!("group: \"{}\"\nkind: {}\nversion: {}\n", row.group, row.name, row.version);
    let extension = named("x-kubernetes-group-version-kind", &field(2, kind.as_bytes()));
    field(8, &[field(8, &parameter), field(13, &extension)].concat())
}

fn operations(row: &Row) -> Value {
    let parameter =
        |name: &str| json!({"name": name, "in": "query", "schema": {"type": "string", "uniqueItems": true}});
    json!({"patch": {
        "x-kubernetes-action": "patch",
        "x-kubernetes-group-version-kind": {"group": row.group, "version": row.version, "kind": row.name},
        "parameters": [parameter("dryRun"), parameter("fieldManager"), parameter("fieldValidation")],
        "responses": {"200": {"description": "OK"}},
    }})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_in_groups_of_seven_bits() {
        assert_eq!(field(2, b"ab"), [0x12, 2, b'a', b'b']);
        assert_eq!(field(8, &[0; 300])[..3], [0x42, 0xac, 0x02]);
        let bytes = patch(&KINDS[0]);
        assert!(bytes.windows(6).any(|w| w == b"dryRun"));
    }
}
