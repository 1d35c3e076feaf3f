//! POST, PUT, PATCH and DELETE. A dry run takes the same way and leaves out the last step.

use std::sync::{Arc, MutexGuard};

use http::StatusCode;
use serde_json::{Value, json};

use super::Answer;
use super::find::Filter;
use super::read::one;
use super::request::{Request, unsupported_patch};
use crate::practice::engine::Shared;
use crate::practice::kinds::Kind;
use crate::practice::obj::{list_mut, name, namespace, remove, text, uid};
use crate::practice::patch::Format;
use crate::practice::removal::{DeleteOptions, Propagation, Removed};
use crate::practice::status::{Refusal, details};
use crate::practice::world::World;
use crate::practice::writes::{How, Part, prepare_update};

/// POST of a new object.
pub fn create(shared: &Shared, request: &Request, kind: Kind) -> Result<Answer, Refusal> {
    let object = body(request, kind)?;
    let dry = request.dry_run()?;
    let mut world = shared.lock();
    let new = world.prepare_create(kind, &request.target.namespace, object)?;
    fits(&new)?;
    let stored = if dry { Arc::new(new) } else { shared.written(&mut world, |w| w.store.put(kind, new)) };
    Ok(Answer::object(StatusCode::CREATED, &one(request, kind, &stored, world.now())))
}

/// PUT of an object or of its status.
pub fn update(shared: &Shared, request: &Request, kind: Kind, part: Part) -> Result<Answer, Refusal> {
    let object = body(request, kind)?;
    let mut world = shared.lock();
    let old = old(&world, request, kind)?;
    let new = prepare_update(kind, &old, object, part, How::Put)?;
    store(shared, &mut world, request, kind, new)
}

/// PATCH in any of the four forms.
pub fn patch(shared: &Shared, request: &Request, kind: Kind, part: Part) -> Result<Answer, Refusal> {
    let format = Format::of(&request.content_type).ok_or_else(unsupported_patch)?;
    let patch = request.json()?;
    let mut world = shared.lock();
    let found = world.store.get(kind, &request.target.namespace, &request.target.name);
    let Some(old) = found else {
        if format == Format::Apply && part == Part::Main {
            return apply_new(shared, &mut world, request, kind, patch);
        }
        return Err(Refusal::not_found(kind, &request.target.name));
    };
    let mut new = format.apply(&old, &patch)?;
    if format == Format::Apply {
        applied(&mut new, kind, request, &world.now_text());
    }
    let new = prepare_update(kind, &old, new, part, How::Patch)?;
    store(shared, &mut world, request, kind, new)
}

/// Server-side apply of an object that does not exist yet.
fn apply_new(
    shared: &Shared,
    world: &mut MutexGuard<'_, World>,
    request: &Request,
    kind: Kind,
    mut object: Value,
) -> Result<Answer, Refusal> {
    object["metadata"]["name"] = json!(request.target.name);
    let now = world.now_text();
    applied(&mut object, kind, request, &now);
    let new = world.prepare_create(kind, &request.target.namespace, object)?;
    fits(&new)?;
    let stored =
        if request.dry_run()? { Arc::new(new) } else { shared.written(world, |w| w.store.put(kind, new)) };
    Ok(Answer::object(StatusCode::CREATED, &one(request, kind, &stored, world.now())))
}

/// Keeps one entry of managed fields for each applier: enough for clients that look for their own.
fn applied(object: &mut Value, kind: Kind, request: &Request, now: &str) {
    let manager = request.query.get("fieldManager").to_owned();
    let entries = list_mut(&mut object["metadata"], "managedFields");
    entries.retain(|e| text(e, "/manager") != manager);
    entries.push(json!({
        "manager": manager, "operation": "Apply", "apiVersion": kind.row().api_version(), "time": now,
        "fieldsType": "FieldsV1", "fieldsV1": {},
    }));
}

/// PUT of a namespace's finalizers.
pub fn finalize(shared: &Shared, request: &Request, kind: Kind) -> Result<Answer, Refusal> {
    let object = body(request, kind)?;
    let mut world = shared.lock();
    let mut new = (*old(&world, request, kind)?).clone();
    new["spec"]["finalizers"] = object["spec"]["finalizers"].clone();
    store(shared, &mut world, request, kind, new)
}

/// DELETE of one object.
pub fn delete(shared: &Shared, request: &Request, kind: Kind) -> Result<Answer, Refusal> {
    let how = options(request)?;
    let mut world = shared.lock();
    let target = &request.target;
    let removed = shared.written(&mut world, |w| w.delete(kind, &target.namespace, &target.name, &how))?;
    Ok(match removed {
        Removed::Begun(object) => Answer::ok(&object),
        Removed::Gone(object) if matches!(kind, Kind::Pod | Kind::Namespace) => Answer::ok(&object),
        Removed::Gone(object) => {
            let mut details = details(kind, name(&object));
            details["uid"] = json!(uid(&object));
            Answer::ok(&json!({
                "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "details": details,
            }))
        }
    })
}

/// DELETE of everything that a list would show.
pub fn delete_collection(shared: &Shared, request: &Request, kind: Kind) -> Result<Answer, Refusal> {
    let how = options(request)?;
    let filter = Filter::of(&request.target, &request.query)?;
    let mut world = shared.lock();
    let all: Vec<_> = world.store.list(kind).into_iter().filter(|o| filter.matches(o)).collect();
    shared.written(&mut world, |w| {
        for object in &all {
            // What went between the list and now is what was wanted.
            drop(w.delete(kind, namespace(object), name(object), &how));
        }
    });
    Ok(Answer::ok(&json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success"})))
}

/// Delete options from the body or, where there is none, from the query: never from both, as the real server.
fn options(request: &Request) -> Result<DeleteOptions, Refusal> {
    let mut how = DeleteOptions::of(&request.json()?);
    if !request.body.is_empty() {
        return Ok(how);
    }
    how.dry_run |= request.dry_run()?;
    if let Ok(grace) = request.query.get("gracePeriodSeconds").parse() {
        how.grace = Some(grace);
    }
    match request.query.get("propagationPolicy") {
        "Foreground" => how.propagation = Propagation::Foreground,
        "Orphan" => how.propagation = Propagation::Orphan,
        _ => {}
    }
    Ok(how)
}

fn old(world: &World, request: &Request, kind: Kind) -> Result<Arc<Value>, Refusal> {
    let target = &request.target;
    world
        .store
        .get(kind, &target.namespace, &target.name)
        .ok_or_else(|| Refusal::not_found(kind, &target.name))
}

fn store(
    shared: &Shared,
    world: &mut MutexGuard<'_, World>,
    request: &Request,
    kind: Kind,
    new: Value,
) -> Result<Answer, Refusal> {
    fits(&new)?;
    if !world.store.has_room(kind, &new) {
        return Err(Refusal::full());
    }
    let stored =
        if request.dry_run()? { Arc::new(new) } else { shared.written(world, |w| w.finish(kind, new)) };
    Ok(Answer::ok(&one(request, kind, &stored, world.now())))
}

/// What etcd takes in one request: an object must not grow without end by one patch after the other.
const LARGEST_OBJECT: usize = 3 << 19;

fn fits(object: &Value) -> Result<(), Refusal> {
    if object.to_string().len() <= LARGEST_OBJECT {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", "etcdserver: request is too large"))
}

/// The object in the body, of the kind that the path names.
fn body(request: &Request, kind: Kind) -> Result<Value, Refusal> {
    let mut object = request.json()?;
    let row = kind.row();
    let (given, version) = (text(&object, "/kind"), text(&object, "/apiVersion"));
    if !object.is_object() {
        return Err(Refusal::bad_request(format!("the body of the request is not a {}", row.name)));
    }
    if (!given.is_empty() && given != row.name) || (!version.is_empty() && version != row.api_version()) {
        let group = if row.group.is_empty() { "core" } else { row.group };
        let message = format!(
            "{given} in version \"{version}\" cannot be handled as a {0}: converting ({version}.{given}) to ({group}.{0}): unknown conversion",
            row.name
        );
        return Err(Refusal::bad_request(message));
    }
    remove(&mut object["metadata"], "managedFields");
    Ok(object)
}
