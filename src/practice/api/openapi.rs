//! The smallest `OpenAPI` v3 documents that tell kubectl what it looks for: that fields are validated by the server.

use axum::extract::Path;
use axum::response::Response;
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
        let ns = if row.scope == Scope::Namespaced { "/namespaces/{namespace}" } else { "" };
        paths.insert(format!("/{path}{ns}/{}/{{name}}", row.plural), operations(row));
    }
    if paths.is_empty() {
        return finish(Err(Refusal::no_such_path()));
    }
    let info = json!({"title": "opsbook practice cluster", "version": "v1"});
    finish(Ok(Answer::ok(&json!({"openapi": "3.0.0", "info": info, "paths": paths}))))
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
