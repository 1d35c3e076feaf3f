//! Who the API server takes the user for, and which cluster it is. Asked once, for the record; an old server that cannot
//! say it leaves it unknown.

use http::Request;
use kube::Client;
use serde_json::Value;

use crate::lang::t;

/// The user as the API server knows it.
#[cfg(feature = "execute")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub user: String,
    pub groups: Vec<String>,
}

/// How long the answer is waited for.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// What the server says of which cluster it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The uid of the namespace kube-system, which lives as long as the cluster.
    Is(String),
    /// It may not be read, or is not there.
    Hidden,
    /// It was not answered, and why: whose cluster it is cannot be told.
    Unanswered(String),
}

/// Which cluster this is, whatever its address.
pub async fn which_cluster(client: &Client) -> Which {
    let request = match Request::get("/api/v1/namespaces/kube-system").body(Vec::new()) {
        Ok(request) => request,
        Err(e) => return Which::Unanswered(e.to_string()),
    };
    let answer = tokio::time::timeout(PATIENCE, client.request::<Value>(request)).await;
    let Ok(answer) = answer else {
        return Which::Unanswered(t!("cluster-no-answer", seconds = PATIENCE.as_secs()));
    };
    match answer {
        Ok(answer) => match answer["metadata"]["uid"].as_str() {
            Some(uid) if answer["kind"] == "Namespace" && !uid.is_empty() => {
                Which::Is(crate::domain::sanitize(uid))
            }
            _ => Which::Unanswered(t!("cluster-identity-no-namespace").to_owned()),
        },
        Err(kube::Error::Api(status)) if matches!(status.code, 403 | 404) => Which::Hidden,
        Err(e) => Which::Unanswered(super::explain(&e)),
    }
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
