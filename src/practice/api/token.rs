//! POST serviceaccounts/token: a token that opens nothing, of the form and with the end of a real one.

use http::StatusCode;
use serde_json::json;

use super::Answer;
use super::request::Request;
use crate::practice::engine::Shared;
use crate::practice::kinds::Kind;
use crate::practice::obj::{text, uid};
use crate::practice::status::Refusal;

/// The shortest and the longest time that an API server gives, in seconds.
const SHORTEST: i64 = 600;
const LONGEST: i64 = 1 << 32;

/// Makes a token for an account.
pub fn answer(shared: &Shared, request: &Request) -> Result<Answer, Refusal> {
    let target = &request.target;
    let mut review = request.json()?;
    let mut world = shared.lock();
    let found = world.store.get(Kind::ServiceAccount, &target.namespace, &target.name);
    let account = found.ok_or_else(|| Refusal::not_found(Kind::ServiceAccount, &target.name))?;
    let wanted = text(&review, "/metadata/uid");
    if !wanted.is_empty() && wanted != uid(&account) {
        let message = format!(
            "the UID in the token request ({wanted}) does not match the UID of the service account ({})",
            uid(&account)
        );
        return Err(Refusal::new(StatusCode::CONFLICT, "Conflict", message));
    }
    let seconds = review["spec"]["expirationSeconds"].as_i64().unwrap_or(3600);
    if !(SHORTEST..=LONGEST).contains(&seconds) {
        let why = "Invalid value: may not specify a duration less than 10 minutes";
        return Err(Refusal::invalid(Kind::ServiceAccount, &target.name, "spec.expirationSeconds", why));
    }
    let now = world.now();
    let until = jiff::Timestamp::from_second(now.as_second() + seconds).unwrap_or(now);
    let token = format!("practice.{}.{}", world.names.uid(), world.names.uid());
    review["metadata"]["creationTimestamp"] = json!(world.now_text());
    review["status"] = json!({ "token": token, "expirationTimestamp": until.to_string() });
    Ok(Answer::object(StatusCode::CREATED, &review))
}
