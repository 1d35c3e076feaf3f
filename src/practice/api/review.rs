//! Reviews of one's own access and identity.

use http::{Method, StatusCode};
use serde_json::json;

use super::Answer;
use super::request::Request;
use crate::practice::access::{USER, allowed};
use crate::practice::engine::Shared;
use crate::practice::obj::{default, text};
use crate::practice::status::Refusal;

/// The resources that are reviews, with their group: discovery lists them too.
pub const REVIEWS: &[(&str, &str, &str)] = &[
    ("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview"),
    ("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview"),
    ("authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview"),
];

/// Answers a review.
pub fn answer(shared: &Shared, request: &Request) -> Result<Answer, Refusal> {
    let known = REVIEWS.iter().any(|(g, p, _)| *g == request.group && *p == request.target.plural);
    if !known || request.version != "v1" {
        return Err(Refusal::no_such_path());
    }
    if request.method != Method::POST {
        return Err(Refusal::method_not_allowed());
    }
    let mut review = request.json()?;
    default(&mut review, "metadata", json!({}));
    let world = shared.lock();
    review["status"] = match request.target.plural.as_str() {
        "selfsubjectreviews" => {
            json!({"userInfo": {"username": USER, "groups": ["system:masters", "system:authenticated"]}})
        }
        "selfsubjectaccessreviews" => {
            let at = |key: &str| text(&review, &format!("/spec/resourceAttributes/{key}")).to_owned();
            if review["spec"]["resourceAttributes"].is_object() {
                let yes = allowed(
                    &world.denials,
                    &at("verb"),
                    &at("resource"),
                    &at("subresource"),
                    &at("namespace"),
                );
                if yes { json!({"allowed": true}) } else { json!({"allowed": false}) }
            } else {
                json!({"allowed": true})
            }
        }
        _ => json!({
            "resourceRules": [{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]}],
            "nonResourceRules": [{"verbs": ["*"], "nonResourceURLs": ["*"]}],
            // Rules only ever allow; what the scenario denies is taken away elsewhere.
            "incomplete": !world.denials.is_empty(),
        }),
    };
    Ok(Answer::object(StatusCode::CREATED, &review))
}
