//! Sends the requests of a plan.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{Request, header};
use kube::Client;
use serde_json::{Value, json};
use thiserror::Error;

use crate::cluster::connect::explain;
use crate::cluster::failure::logged_out;
use crate::domain::{Kind, ObjectKey, SecretText};
use crate::lang::t;
use crate::op::{Call, Method, STALE};

/// How long an answer may take before it is unknown what happened.
const ANSWER: std::time::Duration = std::time::Duration::from_secs(30);

/// How the API server words that a `test` of a JSON patch did not hold.
const FAILED_TEST: &str = "the server rejected our request due to an error in our request";

/// How the API server words that it does not choose between two budgets.
const TWO_BUDGETS: &str = "more than one PodDisruptionBudget";

/// Why a write did not happen.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum WriteError {
    #[error("{}", t!("cluster-write-stale", object = object, changed = STALE, said = said))]
    Stale { object: String, said: String },
    #[error("{}", t!("cluster-write-gone", object = object))]
    Gone { object: String },
    /// A disruption budget does not allow it now.
    #[error("{}", t!("cluster-write-budget", said = said))]
    Budget { said: String, retry_after_seconds: Option<u64> },
    /// The namespace is ending: nothing is made there any more, not even an eviction.
    #[error("{}", t!("cluster-write-ending", said = said))]
    Ending { said: String },
    /// The credentials are over, or cannot be had: nothing was done.
    #[error("{}", t!("cluster-write-logged-out", said = said))]
    LoggedOut { said: String },
    #[error("{}", t!("cluster-write-forbidden", said = said))]
    Forbidden { said: String },
    /// The request may or may not have arrived.
    #[error("{}", t!("cluster-write-unknown", said = said))]
    Unknown { said: String },
    #[error("{}", t!("cluster-write-refused", said = said))]
    Refused { said: String },
}

fn content_type(method: Method) -> &'static str {
    match method {
        Method::MergePatch => "application/merge-patch+json",
        Method::StrategicPatch => "application/strategic-merge-patch+json",
        Method::JsonPatch => "application/json-patch+json",
        Method::Apply => "application/apply-patch+yaml",
        Method::Create | Method::Delete => "application/json",
    }
}

/// Sends one request and returns the server's object.
pub async fn send(client: &Client, call: &Call, dry_run: bool) -> Result<Value, WriteError> {
    match once(client, call, dry_run, false).await {
        // To the server, what opsbook created or patched belongs to another manager of the same name. The body
        // is bound to the state that was seen, so nobody else's field is taken.
        Err(WriteError::Refused { said }) if call.method == Method::Apply && only_ours(&said) => {
            once(client, call, dry_run, true).await
        }
        // A server that does not take the credentials has done nothing. The next request has them made anew, once.
        Err(WriteError::LoggedOut { .. }) => once(client, call, dry_run, false).await,
        answer => answer,
    }
}

/// Whether an apply conflicts with nothing but what opsbook itself wrote in another way.
fn only_ours(said: &str) -> bool {
    let mut managers =
        said.split("conflict").skip(1).filter_map(|part| part.split_once("with \"")).map(|(_, m)| m);
    let mut any = false;
    managers.all(|manager| {
        any = true;
        manager.starts_with("opsbook\"")
    }) && any
}

async fn once(client: &Client, call: &Call, dry_run: bool, force: bool) -> Result<Value, WriteError> {
    let uri = place(call, true);
    let mut query = vec!["fieldManager=opsbook"];
    if dry_run {
        query.push("dryRun=All");
    }
    if force {
        query.push("force=true");
    }
    let uri = format!("{uri}?{}", query.join("&"));
    let builder = match call.method {
        Method::MergePatch | Method::StrategicPatch | Method::JsonPatch | Method::Apply => {
            Request::patch(uri)
        }
        Method::Create => Request::post(uri),
        Method::Delete => Request::delete(uri),
    };
    let mut body = resolve(client, call).await?;
    if dry_run && call.method == Method::Delete {
        // The API server reads no options from the query of a DELETE that has a body.
        body["dryRun"] = json!(["All"]);
    }
    let request = builder
        .header(header::CONTENT_TYPE, content_type(call.method))
        .body(body.to_string().into_bytes())
        .map_err(|e| WriteError::Refused { said: e.to_string() })?;
    let Ok(answer) = tokio::time::timeout(ANSWER, client.request::<Value>(request)).await else {
        return Err(WriteError::Unknown { said: t!("cluster-no-answer", seconds = ANSWER.as_secs()) });
    };
    answer.map_err(|e| error(&e, call))
}

/// The path of the object, or of its subresource. A new object has no path of its own yet.
fn place(call: &Call, subresource: bool) -> String {
    match &call.subresource {
        Some(name) if subresource => format!("{}/{name}", call.target.path()),
        None if call.method == Method::Create => {
            let namespace = call.target.namespace();
            call.target.kind.path((!namespace.is_empty()).then_some(namespace))
        }
        _ => call.target.path(),
    }
}

/// The object as it is and as the request would leave it; nothing is written.
pub async fn dry_run(client: &Client, call: &Call) -> Result<(Value, Value), WriteError> {
    // What is created at a subresource is no object of its own: an eviction, a token.
    let made = call.method == Method::Create && call.subresource.is_some();
    let before = match get(client, &place(call, !made)).await {
        Err(kube::Error::Api(status)) if call.makes() && says_gone(&status, &call.target) => Value::Null,
        before => before.map_err(|e| error(&e, call))?,
    };
    let after = send(client, call, true).await?;
    let after = if call.method == Method::Delete || made { Value::Null } else { after };
    Ok((before, after))
}

pub async fn get(client: &Client, path: &str) -> Result<Value, kube::Error> {
    let request = Request::get(path).body(Vec::new()).map_err(kube::Error::HttpError)?;
    client.request::<Value>(request).await
}

/// Puts the present moment where the plan says `$now`.
fn put_now(value: &mut Value) {
    match value {
        Value::String(text) if text == "$now" => {
            *text = crate::domain::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        }
        Value::Object(map) => map.values_mut().for_each(put_now),
        Value::Array(items) => items.iter_mut().for_each(put_now),
        _ => {}
    }
}

/// How long a value that is made here may be.
const LONGEST: u64 = 1024;

/// Puts the value in base64 where the body of a Secret says `$random` or `$typed`. It is made now, and kept nowhere.
fn put_secret(value: &mut Value, typed: Option<&SecretText>) -> Result<(), WriteError> {
    let refused = |said: &str| WriteError::Refused { said: said.to_owned() };
    match value {
        Value::Object(map) if map.contains_key("$random") => {
            let length = map["$random"].as_u64().filter(|n| (1..=LONGEST).contains(n));
            let length = length.ok_or_else(|| refused(t!("cluster-write-no-length")))?;
            let made =
                random(length as usize).map_err(|e| refused(&t!("cluster-write-no-value", why = e)))?;
            *value = Value::from(STANDARD.encode(made));
        }
        Value::Object(map) if map.contains_key("$typed") => {
            let typed = typed.ok_or_else(|| refused(t!("cluster-write-no-typed")))?;
            *value = Value::from(STANDARD.encode(typed.reveal()));
        }
        Value::Object(map) => map.values_mut().try_for_each(|v| put_secret(v, typed))?,
        Value::Array(items) => items.iter_mut().try_for_each(|v| put_secret(v, typed))?,
        _ => {}
    }
    Ok(())
}

/// Letters and digits, each as likely as the others.
fn random(length: usize) -> Result<String, getrandom::Error> {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut out = String::with_capacity(length);
    let mut bytes = [0; 64];
    while out.len() < length {
        getrandom::fill(&mut bytes)?;
        // What is left over of 256 would make the first letters likelier.
        let even = bytes.iter().filter(|b| **b < 248).map(|b| char::from(LETTERS[usize::from(b % 62)]));
        out.extend(even.take(length - out.len()));
    }
    Ok(out)
}

/// Puts the pod template of an earlier ReplicaSet where the plan names it.
async fn resolve(client: &Client, call: &Call) -> Result<Value, WriteError> {
    let mut body = call.body.clone();
    put_now(&mut body);
    if call.target.kind == Kind::Secret {
        put_secret(&mut body, call.typed.as_ref())?;
    }
    let Some(operations) = body.as_array_mut() else { return Ok(body) };
    for operation in operations {
        let Some(name) = operation["value"]["$template"].as_str() else { continue };
        let path = format!("{}/{name}", Kind::ReplicaSet.path(Some(call.target.namespace())));
        let set = ObjectKey::new(Kind::ReplicaSet, call.target.namespace(), name);
        let set = get(client, &path).await.map_err(|e| match &e {
            kube::Error::Api(status) if says_gone(status, &set) => {
                WriteError::Gone { object: set.to_string() }
            }
            _ => error(&e, call),
        })?;
        if set["metadata"]["uid"] != operation["value"]["uid"] {
            let object = format!("ReplicaSet {}/{name}", call.target.namespace());
            return Err(WriteError::Stale { object, said: t!("cluster-write-another").to_owned() });
        }
        let mut template = set["spec"]["template"].clone();
        if let Some(labels) = template.pointer_mut("/metadata/labels").and_then(Value::as_object_mut) {
            labels.remove("pod-template-hash");
        }
        operation["value"] = template;
    }
    Ok(body)
}

/// Whether something is refused because its namespace is ending: the server says so in a cause of its own.
fn ends(status: &kube::core::Status) -> bool {
    let causes = status.details.iter().flat_map(|d| &d.causes);
    causes.into_iter().any(|cause| cause.reason == "NamespaceTerminating")
}

/// Whether the API server itself says that this very object is not there. A 404 alone is anybody's: a proxy's, a balancer's, or
/// that of a path which is not served.
pub(super) fn says_gone(status: &kube::core::Status, object: &ObjectKey) -> bool {
    names(status, object.kind.meta().plural, object.name())
}

/// Whether a new object has no namespace to be in: nothing was made.
fn no_place(status: &kube::core::Status, call: &Call) -> bool {
    call.makes() && names(status, Kind::Namespace.meta().plural, call.target.namespace())
}

fn names(status: &kube::core::Status, plural: &str, name: &str) -> bool {
    let details = status.details.as_ref();
    status.code == 404
        && status.reason == "NotFound"
        && details.is_some_and(|d| d.name == name && d.kind == plural)
}

fn error(error: &kube::Error, call: &Call) -> WriteError {
    let said = explain(error);
    if logged_out(error) {
        return WriteError::LoggedOut { said };
    }
    let kube::Error::Api(status) = error else { return WriteError::Unknown { said } };
    let object = call.target.to_string();
    let retry_after_seconds =
        status.details.as_ref().map(|d| u64::from(d.retry_after_seconds)).filter(|s| *s > 0);
    match status.code {
        404 if says_gone(status, &call.target) => WriteError::Gone { object },
        404 if no_place(status, call) => WriteError::Refused { said },
        // Server-side apply without force: another manager owns a field.
        409 if call.method == Method::Apply && said.contains("Apply failed") => WriteError::Refused { said },
        409 => WriteError::Stale { object, said },
        // A failed `test` of a JSON patch.
        // A patch that carries another uid than the object's.
        422 if said.contains("metadata.uid") && said.contains("immutable") => {
            WriteError::Stale { object, said }
        }
        422 if call.method == Method::JsonPatch && said.contains(FAILED_TEST) => {
            WriteError::Stale { object, said }
        }
        // For anything but an eviction it says that the server is busy.
        429 if call.subresource.as_deref() == Some("eviction") => {
            WriteError::Budget { said, retry_after_seconds }
        }
        403 if ends(status) => WriteError::Ending { said },
        403 => WriteError::Forbidden { said },
        // A webhook said no, or could not be asked: nothing was written.
        500.. if said.contains("denied the request") || said.contains("failed calling webhook") => {
            WriteError::Refused { said }
        }
        // It says so with 500 as long as the pod has two of them.
        500 if said.contains(TWO_BUDGETS) => WriteError::Refused { said },
        // The server, its etcd or a balancer before it failed on the way: it may have happened.
        // Any other 404 is of somebody on the way, or of a server that is not the one: it says nothing of this object. Without
        // a code it is no Status of Kubernetes at all, but the JSON of a proxy or a gateway.
        0 | 404 | 408 | 500.. => WriteError::Unknown { said },
        _ => WriteError::Refused { said },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_secrets_are_made_when_they_are_sent_and_never_twice_the_same() {
        let mut made = Vec::new();
        for _ in 0..2 {
            let mut body = json!([{"op": "replace", "path": "/data/k", "value": {"$random": 40}}]);
            put_secret(&mut body, None).unwrap();
            made.push(STANDARD.decode(body[0]["value"].as_str().unwrap()).unwrap());
        }
        assert!(made.iter().all(|m| m.len() == 40 && m.iter().all(u8::is_ascii_alphanumeric)));
        assert_ne!(made[0], made[1]);
        let mut body = json!({"value": {"$typed": true}});
        assert!(put_secret(&mut body, None).is_err());
        put_secret(&mut body, Some(&SecretText::new("hunter2"))).unwrap();
        assert_eq!(body["value"], STANDARD.encode("hunter2"));
        assert!(put_secret(&mut json!({"$random": 0}), None).is_err());
    }

    #[test]
    fn an_answer_in_a_gateways_own_json_is_not_known_to_be_a_refusal() {
        let call = Call::eviction(&ObjectKey::new(Kind::Pod, "shop", "web-1"), "u", None);
        for body in [json!({"message": "no Route matched"}), json!({"error": "upstream timed out"})] {
            let said = answered(body.clone(), &call);
            assert!(matches!(said, WriteError::Unknown { .. }), "{body}: {said}");
        }
    }

    fn answered(status: Value, call: &Call) -> WriteError {
        error(&kube::Error::Api(serde_json::from_value(status).unwrap()), call)
    }

    #[test]
    fn only_the_servers_word_about_this_very_object_says_that_it_is_gone() {
        let pod = ObjectKey::new(Kind::Pod, "shop", "web-1");
        let call = Call::eviction(&pod, "u", None);
        let said = |reason: &str, details: Value| {
            let status = json!({
                "status": "Failure", "message": "not found", "reason": reason, "code": 404, "details": details,
            });
            answered(status, &call)
        };
        let gone = said("NotFound", json!({"name": "web-1", "kind": "pods"}));
        assert_eq!(gone, WriteError::Gone { object: pod.to_string() });
        for other in [
            said("NotFound", json!({})),
            said("NotFound", json!({"name": "web-2", "kind": "pods"})),
            said("NotFound", json!({"name": "web-1", "kind": "services"})),
            said("Failed to parse error data", json!({"name": "web-1", "kind": "pods"})),
            answered(json!({"message": "404 page not found", "reason": "", "code": 404}), &call),
        ] {
            assert!(matches!(other, WriteError::Unknown { .. }), "{other:?}");
        }
    }

    #[test]
    fn only_conflicts_with_ourselves_are_no_conflicts() {
        let one = r#"Apply failed with 1 conflict: conflict with "opsbook" using v1: .data.a"#;
        let two = "Apply failed with 2 conflicts: conflicts with \"opsbook\" using v1:\n- .data.a\nconflicts with \"helm\":\n- .data.b";
        assert!(only_ours(one));
        assert!(
            !only_ours(two) && !only_ours("something else") && !only_ours(r#"conflict with "opsbook-x""#)
        );
    }
}
