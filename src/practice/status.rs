//! Refusals of the API server: metav1.Status objects with Kubernetes' own reasons, messages and codes.

use http::StatusCode;
use serde_json::{Value, json};

use super::kinds::Kind;

/// A refusal, sent as the body of the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub code: StatusCode,
    pub reason: &'static str,
    pub message: String,
    pub details: Value,
}

impl Refusal {
    /// A refusal without details.
    pub fn new(code: StatusCode, reason: &'static str, message: impl Into<String>) -> Self {
        Self { code, reason, message: message.into(), details: Value::Null }
    }

    fn about(code: StatusCode, reason: &'static str, kind: Kind, name: &str, message: String) -> Self {
        Self { code, reason, message, details: details(kind, name) }
    }

    pub fn not_found(kind: Kind, name: &str) -> Self {
        let message = format!("{} \"{name}\" not found", kind.row().qualified());
        Self::about(StatusCode::NOT_FOUND, "NotFound", kind, name, message)
    }

    pub fn no_such_path() -> Self {
        let message = "the server could not find the requested resource";
        Self { details: json!({}), ..Self::new(StatusCode::NOT_FOUND, "NotFound", message) }
    }

    pub fn exists(kind: Kind, name: &str) -> Self {
        let message = format!("{} \"{name}\" already exists", kind.row().qualified());
        Self::about(StatusCode::CONFLICT, "AlreadyExists", kind, name, message)
    }

    pub fn conflict(kind: Kind, name: &str, why: &str) -> Self {
        let message =
            format!("Operation cannot be fulfilled on {} \"{name}\": {why}", kind.row().qualified());
        Self::about(StatusCode::CONFLICT, "Conflict", kind, name, message)
    }

    /// The conflict of a stale resourceVersion.
    pub fn stale(kind: Kind, name: &str) -> Self {
        let why =
            "the object has been modified; please apply your changes to the latest version and try again";
        Self::conflict(kind, name, why)
    }

    /// One invalid field; `why` is the part after the field, such as `Required value`.
    pub fn invalid(kind: Kind, name: &str, field: &str, why: &str) -> Self {
        let (group, plain) = (kind.row().group, kind.row().name);
        let qualified = if group.is_empty() { plain.to_owned() } else { format!("{plain}.{group}") };
        let message = format!("{qualified} \"{name}\" is invalid: {field}: {why}");
        let reason = match why {
            w if w.starts_with("Required") => "FieldValueRequired",
            w if w.starts_with("Forbidden") => "FieldValueForbidden",
            w if w.starts_with("Unsupported") => "FieldValueNotSupported",
            _ => "FieldValueInvalid",
        };
        let mut details = json!({});
        for (key, value) in [("name", name), ("group", group)] {
            if !value.is_empty() {
                details[key] = json!(value);
            }
        }
        details["kind"] = json!(plain);
        details["causes"] = json!([{"reason": reason, "message": why, "field": field}]);
        Self { code: StatusCode::UNPROCESSABLE_ENTITY, reason: "Invalid", message, details }
    }

    /// An option of a request that cannot be; `kind` is such as `ListOptions`.
    pub fn invalid_option(kind: &str, field: &str, why: &str) -> Self {
        let reason =
            if why.starts_with("Unsupported") { "FieldValueNotSupported" } else { "FieldValueForbidden" };
        let causes = json!([{"reason": reason, "message": why, "field": field}]);
        let message = format!("{kind}.meta.k8s.io \"\" is invalid: {field}: {why}");
        let details = json!({"group": "meta.k8s.io", "kind": kind, "causes": causes});
        Self { details, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "Invalid", message) }
    }

    /// The conflict of a delete whose preconditions do not hold: it names the kind, not the resource.
    pub fn delete_conflict(kind: Kind, name: &str, why: &str) -> Self {
        let (group, plain) = (kind.row().group, kind.row().name);
        let qualified = if group.is_empty() { plain.to_owned() } else { format!("{plain}.{group}") };
        let message = format!("Operation cannot be fulfilled on {qualified} \"{name}\": {why}");
        let mut refusal = Self::about(StatusCode::CONFLICT, "Conflict", kind, name, message);
        refusal.details["kind"] = json!(plain);
        refusal
    }

    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    /// A request, or a part of it, that is larger than the server takes.
    pub fn too_large(why: &str) -> Self {
        let message = format!("Request entity too large: {why}");
        Self {
            details: json!({}),
            ..Self::new(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLarge", message)
        }
    }

    /// No object can be added. A quota of the real server would say it of one namespace.
    pub fn full() -> Self {
        let message = "the practice cluster is full: scale something down or delete something first";
        Self { details: json!({}), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", message) }
    }

    pub fn forbidden(kind: Kind, name: &str, message: String) -> Self {
        Self::about(StatusCode::FORBIDDEN, "Forbidden", kind, name, message)
    }

    pub fn method_not_allowed() -> Self {
        let message = "the server does not allow this method on the requested resource";
        Self { details: json!({}), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", message) }
    }

    /// The version asked for is no longer kept.
    pub fn expired(message: impl Into<String>) -> Self {
        Self::new(StatusCode::GONE, "Expired", message)
    }

    /// The metav1.Status object.
    pub fn body(&self) -> Value {
        let mut body = json!({
            "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
            "message": self.message, "reason": self.reason,
        });
        if !self.details.is_null() {
            body["details"] = self.details.clone();
        }
        body["code"] = json!(self.code.as_u16());
        body
    }
}

/// `details` of a Status: what it is about.
pub fn details(kind: Kind, name: &str) -> Value {
    let row = kind.row();
    if row.group.is_empty() {
        json!({"name": name, "kind": row.plural})
    } else {
        json!({"name": name, "group": row.group, "kind": row.plural})
    }
}
