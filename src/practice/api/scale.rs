//! The scale subresource of workloads: autoscaling/v1 Scale in and out.

use std::sync::Arc;

use serde_json::{Value, json};

use super::Answer;
use super::request::{Request, unsupported_patch};
use crate::practice::engine::Shared;
use crate::practice::kinds::Kind;
use crate::practice::obj::{name, namespace, text};
use crate::practice::patch::Format;
use crate::practice::status::Refusal;
use crate::practice::writes::{How, Part, prepare_update};

/// GET, PUT and PATCH of a scale.
pub fn answer(shared: &Shared, request: &Request, kind: Kind, verb: &str) -> Result<Answer, Refusal> {
    let target = &request.target;
    let mut world = shared.lock();
    let found = world.store.get(kind, &target.namespace, &target.name);
    let old = found.ok_or_else(|| Refusal::not_found(kind, &target.name))?;
    let wanted = match verb {
        "get" => return Ok(Answer::ok(&scale(&old))),
        "update" => request.json()?,
        "patch" => {
            let format = Format::of(&request.content_type).ok_or_else(unsupported_patch)?;
            format.apply(&scale(&old), &request.json()?)?
        }
        _ => return Err(Refusal::method_not_allowed()),
    };
    let mut new = (*old).clone();
    // What is no number of replicas is refused with the rest of the object; none at all is zero.
    let replicas = &wanted["spec"]["replicas"];
    new["spec"]["replicas"] = if replicas.is_null() { json!(0) } else { replicas.clone() };
    for key in ["resourceVersion", "uid"] {
        if let Some(value) = wanted["metadata"].get(key).filter(|v| !v.is_null()) {
            new["metadata"][key] = value.clone();
        }
    }
    let new = prepare_update(kind, &old, new, Part::Main, How::Patch)?;
    let stored =
        if request.dry_run()? { Arc::new(new) } else { shared.written(&mut world, |w| w.finish(kind, new)) };
    Ok(Answer::ok(&scale(&stored)))
}

fn scale(object: &Value) -> Value {
    let labels = object["spec"]["selector"]["matchLabels"].as_object().cloned().unwrap_or_default();
    let selector: Vec<_> =
        labels.iter().map(|(k, v)| format!("{k}={}", v.as_str().unwrap_or_default())).collect();
    json!({
        "kind": "Scale", "apiVersion": "autoscaling/v1",
        "metadata": {
            "name": name(object), "namespace": namespace(object), "uid": object["metadata"]["uid"],
            "resourceVersion": text(object, "/metadata/resourceVersion"),
            "creationTimestamp": object["metadata"]["creationTimestamp"],
        },
        "spec": {"replicas": object["spec"]["replicas"]},
        "status": {"replicas": object["status"]["replicas"].as_i64().unwrap_or(0), "selector": selector.join(",")},
    })
}
