//! From a method and a target to the function that answers, with the access check in front of all of them.

use std::sync::Arc;

use http::Method;

use super::{Answer, eviction, exec, log, read, review, scale, token, watch, write};
use crate::practice::access;
use crate::practice::engine::Shared;
use crate::practice::kinds::Kind;
use crate::practice::status::Refusal;
use crate::practice::writes::Part;

use super::request::Request;

/// Answers a request to a resource.
pub fn answer(shared: &Arc<Shared>, request: &Request) -> Result<Answer, Refusal> {
    if request.group.ends_with(".k8s.io") && request.target.plural.ends_with("reviews") {
        return review::answer(shared, request);
    }
    let kind = request.kind()?;
    let verb = verb(request).ok_or_else(Refusal::method_not_allowed)?;
    check(shared, request, kind, verb)?;
    if request.target.namespace.is_empty() && kind.namespaced() && !matches!(verb, "list" | "watch") {
        return Err(Refusal::no_such_path());
    }
    match (request.target.sub.as_str(), verb) {
        ("", "watch") => watch::answer(shared, request, kind),
        ("", "list") => read::list(shared, request, kind),
        ("", "get") => read::get(shared, request, kind),
        ("", "create") => write::create(shared, request, kind),
        ("", "update") => write::update(shared, request, kind, Part::Main),
        ("", "patch") => write::patch(shared, request, kind, Part::Main),
        ("", "delete") => write::delete(shared, request, kind),
        ("", "deletecollection") => write::delete_collection(shared, request, kind),
        (sub, verb) if !kind.row().subresources.contains(&sub) => Err(match verb {
            "get" | "list" => Refusal::no_such_path(),
            _ => Refusal::method_not_allowed(),
        }),
        ("log", "get") => log::answer(shared, request),
        ("exec", "get" | "create") => exec::answer(shared, request),
        ("portforward", "get" | "create") => exec::forward(shared, request),
        ("eviction", "create") => eviction::answer(shared, request),
        ("token", "create") => token::answer(shared, request),
        ("scale", verb) => scale::answer(shared, request, kind, verb),
        ("resize", "update") => write::update(shared, request, kind, Part::Resize),
        ("ephemeralcontainers", "update") => write::update(shared, request, kind, Part::Ephemeral),
        ("ephemeralcontainers", "patch") => write::patch(shared, request, kind, Part::Ephemeral),
        ("resize", "patch") => write::patch(shared, request, kind, Part::Resize),
        (_, "get") => read::get(shared, request, kind),
        ("finalize", "update") => write::finalize(shared, request, kind),
        ("status" | "approval", "update") => write::update(shared, request, kind, Part::Status),
        ("status" | "approval", "patch") => write::patch(shared, request, kind, Part::Status),
        _ => Err(Refusal::method_not_allowed()),
    }
}

/// The verb of the access rules.
fn verb(request: &Request) -> Option<&'static str> {
    let whole = request.target.name.is_empty();
    match request.method {
        Method::GET | Method::HEAD if request.query.yes("watch") => Some("watch"),
        Method::GET | Method::HEAD => Some(if whole { "list" } else { "get" }),
        Method::POST => Some("create"),
        Method::PUT if !whole => Some("update"),
        Method::PATCH if !whole => Some("patch"),
        Method::DELETE => Some(if whole { "deletecollection" } else { "delete" }),
        _ => None,
    }
}

fn check(shared: &Shared, request: &Request, kind: Kind, verb: &str) -> Result<(), Refusal> {
    let target = &request.target;
    let world = shared.lock();
    if access::allowed(&world.denials, verb, &target.plural, &target.sub, &target.namespace) {
        return Ok(());
    }
    let row = kind.row();
    let resource =
        if target.sub.is_empty() { row.plural.to_owned() } else { format!("{}/{}", row.plural, target.sub) };
    let place = if target.namespace.is_empty() {
        " at the cluster scope".to_owned()
    } else {
        format!(" in the namespace \"{}\"", target.namespace)
    };
    let named = if target.name.is_empty() { String::new() } else { format!(" \"{}\"", target.name) };
    let message = format!(
        "{}{named} is forbidden: User \"{}\" cannot {verb} resource \"{resource}\" in API group \"{}\"{place}",
        row.qualified(),
        access::USER,
        row.group
    );
    Err(Refusal::forbidden(kind, &target.name, message))
}
