//! Who the API server takes the user for, and which cluster it is. Asked once, for the record; an old server that cannot
//! say it leaves it unknown.

use http::Request;
use kube::Client;
use serde_json::Value;

/// The user as the API server knows it.
#[cfg(feature = "execute")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub user: String,
    pub groups: Vec<String>,
}

/// Which cluster this is, whatever its address: the uid of the namespace kube-system, which lives as long as the cluster.
/// None where it may not be read.
pub async fn cluster_uid(client: &Client) -> Option<String> {
    let request = Request::get("/api/v1/namespaces/kube-system").body(Vec::new()).ok()?;
    let answer = client.request::<Value>(request).await.ok()?;
    answer["metadata"]["uid"].as_str().filter(|uid| !uid.is_empty()).map(crate::domain::sanitize)
}

/// Asks the server with a `SelfSubjectReview`. To the server the question is a write.
#[cfg(feature = "execute")]
pub async fn identity(client: &Client) -> Option<Identity> {
    let body = serde_json::json!({"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"});
    let request = Request::post("/apis/authentication.k8s.io/v1/selfsubjectreviews")
        .header(http::header::CONTENT_TYPE, "application/json")
        .body(body.to_string().into_bytes())
        .ok()?;
    let answer = client.request::<Value>(request).await.ok()?;
    let info = &answer["status"]["userInfo"];
    let clean = |text: &Value| text.as_str().map(crate::domain::sanitize);
    let groups = info["groups"].as_array().into_iter().flatten().filter_map(clean).collect();
    Some(Identity { user: clean(&info["username"])?, groups })
}
