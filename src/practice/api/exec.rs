//! pods/exec and pods/portforward: every check that an API server makes, and then the truth: the containers of a practice cluster hold no
//! processes. The answer is that of a server whose kubelet cannot be reached for it, before the connection is upgraded.
//!
//! Must not play an interpreter: a script that seems to run and does nothing is worse than none.

use http::StatusCode;

use super::Answer;
use super::log::{container, reachable};
use super::request::Request;
use crate::practice::engine::Shared;
use crate::practice::kinds::Kind;
use crate::practice::status::Refusal;

/// Refuses to run a command, with the reason that is true.
pub fn answer(shared: &Shared, request: &Request) -> Result<Answer, Refusal> {
    let (target, query) = (&request.target, &request.query);
    let world = shared.lock();
    let found = world.store.get(Kind::Pod, &target.namespace, &target.name);
    let pod = found.ok_or_else(|| Refusal::not_found(Kind::Pod, &target.name))?;
    if !query.has("command") {
        return Err(Refusal::bad_request("you must specify at least 1 command for the container"));
    }
    let container = container(&pod, query.get("container"))?;
    reachable(&world, "exec", &pod, &container)?;
    let message = format!(
        "error dialing backend: container {container} holds no process: nothing can be run in the containers of a practice cluster"
    );
    Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", message))
}

/// Refuses to forward a port, with the reason that is true.
pub fn forward(shared: &Shared, request: &Request) -> Result<Answer, Refusal> {
    let target = &request.target;
    let world = shared.lock();
    let found = world.store.get(Kind::Pod, &target.namespace, &target.name);
    found.ok_or_else(|| Refusal::not_found(Kind::Pod, &target.name))?;
    let message = "error dialing backend: nothing listens in the containers of a practice cluster";
    Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", message))
}
