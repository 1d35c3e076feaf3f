//! One write request of a plan: what is sent, to which object, bound to which state of it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Access;
use crate::domain::{Meta, ObjectKey, SecretText};

/// How a request writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    MergePatch,
    StrategicPatch,
    JsonPatch,
    /// Server-side apply; an object that is not there is made.
    Apply,
    Create,
    Delete,
}

/// One write request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    pub method: Method,
    pub target: ObjectKey,
    /// For instance `eviction`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subresource: Option<String>,
    /// `{"$random": 32}` and `{"$typed": true}` in the body of a Secret stand for values that only the request holds.
    pub body: Value,
    /// What stands for `$typed`. It is in no digest and in no file.
    #[serde(skip)]
    pub typed: Option<SecretText>,
}

impl Call {
    /// A merge patch that is bound to this very state of the object: a newer one is refused by the server.
    pub(super) fn merge(target: &ObjectKey, of: &Meta, mut body: Value) -> Call {
        body["metadata"]["uid"] = Value::from(&*of.uid);
        body["metadata"]["resourceVersion"] = Value::from(&*of.version);
        Call { method: Method::MergePatch, target: target.clone(), subresource: None, body, typed: None }
    }

    /// The same as a strategic patch, which merges lists by the names in them.
    pub(super) fn strategic(target: &ObjectKey, of: &Meta, body: Value) -> Call {
        Call { method: Method::StrategicPatch, ..Call::merge(target, of, body) }
    }

    /// A JSON patch bound to this very state: the operations come after the tests of uid and version.
    pub(super) fn json(target: &ObjectKey, of: &Meta, operations: Vec<Value>) -> Call {
        let mut body = vec![
            json!({ "op": "test", "path": "/metadata/uid", "value": &*of.uid }),
            json!({ "op": "replace", "path": "/metadata/resourceVersion", "value": &*of.version }),
        ];
        body.extend(operations);
        Call {
            method: Method::JsonPatch,
            target: target.clone(),
            subresource: None,
            body: Value::Array(body),
            typed: None,
        }
    }

    /// The same bound to the object, whatever became of it since.
    pub(super) fn json_of(target: &ObjectKey, of: &Meta, operations: Vec<Value>) -> Call {
        let mut call = Call::json(target, of, operations);
        if let Some(body) = call.body.as_array_mut() {
            body.retain(|o| o["path"] != "/metadata/resourceVersion");
        }
        call
    }

    /// A deletion of this very object in this very state.
    pub(super) fn delete(target: &ObjectKey, of: &Meta, options: Value) -> Call {
        let mut body = json!({
            "kind": "DeleteOptions", "apiVersion": "v1",
            "preconditions": { "uid": &*of.uid, "resourceVersion": &*of.version },
        });
        if let (Some(body), Value::Object(options)) = (body.as_object_mut(), options) {
            body.extend(options);
        }
        Call { method: Method::Delete, target: target.clone(), subresource: None, body, typed: None }
    }

    /// Whether the object may be made by it.
    pub fn makes(&self) -> bool {
        matches!(self.method, Method::Create | Method::Apply)
    }

    /// The eviction of a pod: bound to its uid, and refused by the server while a budget does not allow it. It ends within
    /// these seconds, or within its own.
    pub fn eviction(pod: &ObjectKey, uid: &str, grace_seconds: Option<u64>) -> Call {
        let mut body = json!({
            "apiVersion": "policy/v1", "kind": "Eviction",
            "metadata": { "name": pod.name(), "namespace": pod.namespace() },
            "deleteOptions": { "preconditions": { "uid": uid } },
        });
        if let Some(seconds) = grace_seconds {
            body["deleteOptions"]["gracePeriodSeconds"] = Value::from(seconds);
        }
        Call { method: Method::Create, target: pod.clone(), subresource: None, body, typed: None }
            .at("eviction")
    }

    /// A new object.
    pub(super) fn create(target: &ObjectKey, body: Value) -> Call {
        Call { method: Method::Create, target: target.clone(), subresource: None, body, typed: None }
    }

    /// Something that is made at a subresource of an object.
    pub(super) fn create_at(target: &ObjectKey, subresource: &str, body: Value) -> Call {
        Call::create(target, body).at(subresource)
    }

    /// A patch that changes nothing of this very object.
    pub fn rewrite(target: &ObjectKey, uid: &str) -> Call {
        let body = json!({ "metadata": { "uid": uid } });
        Call { method: Method::MergePatch, target: target.clone(), subresource: None, body, typed: None }
    }

    /// Whether the other one is this very request, bound to another version of its object at most.
    pub(super) fn is_but_newer(&self, other: &Call) -> bool {
        let unbound = |call: &Call| Call { body: without_version(&call.body), ..call.clone() };
        unbound(self) == unbound(other)
    }

    /// Whether a dry run of it leaves nothing behind: a token is made by one all the same.
    pub fn dry_runs(&self) -> bool {
        self.subresource.as_deref() != Some("token")
    }

    /// The same request at a subresource.
    pub(super) fn at(mut self, subresource: &str) -> Call {
        self.subresource = Some(subresource.to_owned());
        self
    }

    /// The right that this request needs.
    pub fn access(&self) -> Access {
        let verb = match self.method {
            Method::MergePatch | Method::StrategicPatch | Method::JsonPatch | Method::Apply => "patch",
            Method::Create => "create",
            Method::Delete => "delete",
        };
        let meta = self.target.kind.meta();
        Access {
            verb: verb.to_owned(),
            group: meta.group.to_owned(),
            resource: meta.plural.to_owned(),
            subresource: self.subresource.clone().unwrap_or_default(),
            namespace: self.target.namespace().to_owned(),
        }
    }
}

/// A body without the version that it is bound to, wherever the form of its request has it.
fn without_version(body: &Value) -> Value {
    let mut out = body.clone();
    for at in ["/metadata", "/preconditions", "/deleteOptions/preconditions"] {
        if let Some(map) = out.pointer_mut(at).and_then(Value::as_object_mut) {
            map.shift_remove("resourceVersion");
        }
    }
    if let Some(operations) = out.as_array_mut() {
        operations.retain(|o| o["path"] != "/metadata/resourceVersion");
    }
    out
}
