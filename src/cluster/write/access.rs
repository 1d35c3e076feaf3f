//! Asking the server whether the user may do something.

use http::Request;
use kube::Client;
use serde_json::{Value, json};

use crate::cluster::connect::explain;
use crate::lang::t;
use crate::op::{Access, Reviewed};

/// One access review. When the server cannot be asked, the right is not there.
pub async fn review(client: &Client, access: &Access) -> Reviewed {
    let attributes = json!({
        "verb": access.verb, "group": access.group, "resource": access.resource,
        "subresource": access.subresource, "namespace": access.namespace,
    });
    let body = json!({
        "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
        "spec": { "resourceAttributes": attributes },
    });
    let answer = |allowed, reason: String| Reviewed { access: access.clone(), allowed, reason };
    let request = Request::post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
        .header(http::header::CONTENT_TYPE, "application/json")
        .body(body.to_string().into_bytes());
    let Ok(request) = request else { return answer(false, t!("cluster-write-no-review").to_owned()) };
    match client.request::<Value>(request).await {
        Ok(review) => {
            let status = &review["status"];
            let reason = crate::domain::sanitize(status["reason"].as_str().unwrap_or_default());
            answer(status["allowed"].as_bool().unwrap_or(false), reason)
        }
        Err(e) => answer(false, explain(&e)),
    }
}
