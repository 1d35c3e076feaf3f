//! One request to a resource, taken apart.

use axum::body::Bytes;
use http::{HeaderMap, Method, StatusCode, header};
use serde_json::Value;

use super::accept::Form;
use super::protobuf;
use super::query::Query;
use crate::practice::kinds::Kind;
use crate::practice::patch::Format;
use crate::practice::status::Refusal;

/// Which resource, which object, which part of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    pub plural: String,
    /// Empty for cluster-wide resources and for lists over all namespaces.
    pub namespace: String,
    /// Empty for the collection.
    pub name: String,
    pub sub: String,
}

/// A request.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: Method,
    pub group: String,
    pub version: String,
    pub target: Target,
    pub query: Query,
    pub form: Form,
    pub content_type: String,
    pub body: Bytes,
}

impl Request {
    /// Takes a request apart; `rest` is the path after the version.
    pub fn new(
        method: &Method,
        group: &str,
        version: &str,
        rest: &str,
        query: Option<&str>,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Result<Self, Refusal> {
        let content_type =
            headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        Ok(Self {
            method: method.clone(),
            group: group.to_owned(),
            version: version.to_owned(),
            target: Target::parse(rest).ok_or_else(Refusal::no_such_path)?,
            query: Query::parse(query.unwrap_or_default()),
            form: Form::of(headers),
            content_type: content_type.to_owned(),
            body,
        })
    }

    /// The kind behind the resource.
    pub fn kind(&self) -> Result<Kind, Refusal> {
        Kind::find(&self.group, &self.version, &self.target.plural).ok_or_else(Refusal::no_such_path)
    }

    /// Whether nothing shall be stored.
    pub fn dry_run(&self) -> Result<bool, Refusal> {
        match self.query.get("dryRun") {
            "" => Ok(false),
            "All" => Ok(true),
            other => {
                let kind = match self.method {
                    Method::POST => "CreateOptions",
                    Method::PUT => "UpdateOptions",
                    Method::PATCH => "PatchOptions",
                    _ => "DeleteOptions",
                };
                let why = format!("Unsupported value: [\"{other}\"]: supported values: \"All\"");
                Err(Refusal::invalid_option(kind, "dryRun", &why))
            }
        }
    }

    /// The body as JSON; an empty body is null.
    pub fn json(&self) -> Result<Value, Refusal> {
        if self.body.is_empty() {
            return Ok(Value::Null);
        }
        // A body without a type is JSON, as for the real server; a patch has types of its own.
        match self.content_type.split(';').next().unwrap_or_default().trim() {
            "application/vnd.kubernetes.protobuf" => {
                return protobuf::read(&self.body).ok_or_else(|| unsupported(&self.content_type));
            }
            "" | "application/json" | "application/yaml" => {}
            other if Format::of(other).is_some() && self.method == Method::PATCH => {}
            _ => return Err(unsupported(&self.content_type)),
        }
        serde_json::from_slice(&self.body).or_else(|json| {
            let text = String::from_utf8_lossy(&self.body);
            serde_saphyr::from_str(&text).map_err(|_| {
                let message =
                    format!("the object provided is unrecognized (must be of type JSON or YAML): {json}");
                Refusal::bad_request(message)
            })
        })
    }
}

/// The refusal of a patch in a form that is none.
pub fn unsupported_patch() -> Refusal {
    let refusal = Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "UnsupportedMediaType",
        "415: Unsupported Media Type",
    );
    Refusal { details: serde_json::json!({}), ..refusal }
}

/// The refusal of a body in a form that is not read here.
pub fn unsupported(content_type: &str) -> Refusal {
    let message = format!(
        "the body of the request was in an unknown format ({content_type}) - accepted media types include: application/json, application/yaml"
    );
    Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaType", message)
}

impl Target {
    fn parse(rest: &str) -> Option<Self> {
        let parts: Vec<&str> = rest.trim_matches('/').split('/').collect();
        let target = |namespace: &str, plural: &str, name: &str, sub: &str| {
            let owned = |s: &str| s.to_owned();
            Some(Self {
                plural: owned(plural),
                namespace: owned(namespace),
                name: owned(name),
                sub: owned(sub),
            })
        };
        match parts.as_slice() {
            ["namespaces", name, sub @ ("status" | "finalize")] => target("", "namespaces", name, sub),
            ["namespaces", ns, plural] => target(ns, plural, "", ""),
            ["namespaces", ns, plural, name] => target(ns, plural, name, ""),
            ["namespaces", ns, plural, name, sub] => target(ns, plural, name, sub),
            [plural] => target("", plural, "", ""),
            [plural, name] => target("", plural, name, ""),
            [plural, name, sub] => target("", plural, name, sub),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart() {
        let parse = |path: &str| Target::parse(path).map(|t| (t.namespace, t.plural, t.name, t.sub));
        let owned = |n: &str, p: &str, o: &str, s: &str| Some((n.into(), p.into(), o.into(), s.into()));
        assert_eq!(parse("nodes/n/status"), owned("", "nodes", "n", "status"));
        assert_eq!(parse("namespaces/a/pods/x/log"), owned("a", "pods", "x", "log"));
        assert_eq!(parse("namespaces/a/status"), owned("", "namespaces", "a", "status"));
        assert_eq!(parse("namespaces/a"), owned("", "namespaces", "a", ""));
        assert_eq!(parse("a/b/c/d"), None);
    }
}
