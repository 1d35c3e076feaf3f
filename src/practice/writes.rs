//! Creating and updating objects: what the API server's registry does between a request and the store.
//!
//! `prepare_*` compute the object that would be stored, so a dry run is the same code without the last step.

use std::sync::Arc;

use serde_json::{Value, json};

use super::kinds::Kind;
use super::obj::{default, list, map_mut, name, namespace, remove, strip_nulls, terminating, text, uid};
use super::rules;
use super::status::Refusal;
use super::store::key;
use super::world::World;

/// Which part of an object a write may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Main,
    Status,
    Resize,
    /// The ephemeral containers: more of them, and nothing else.
    Ephemeral,
}

/// Whether the new object was sent whole or came of a patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Put,
    Patch,
}

/// How many pod templates a `DaemonSet` had.
pub const TEMPLATES: &str = "deprecated.daemonset.template.generation";

/// Whether objects of a kind count the changes of their spec.
fn generational(kind: Kind) -> bool {
    let plain =
        [Kind::Node, Kind::Namespace, Kind::Service, Kind::PersistentVolume, Kind::PersistentVolumeClaim];
    kind.row().has_status() && !plain.contains(&kind)
}

/// Moves `metadata.generation` when the spec changed.
pub fn bump_generation(kind: Kind, old: &Value, new: &mut Value) {
    // Binding a pod to its node is no change of what was asked for.
    let bound =
        kind == Kind::Pod && old["spec"].get("nodeName").is_none() && new["spec"].get("nodeName").is_some();
    if generational(kind) && !bound && old["spec"] != new["spec"] {
        new["metadata"]["generation"] = json!(old["metadata"]["generation"].as_i64().unwrap_or(0) + 1);
    }
    if kind == Kind::DaemonSet {
        count_templates(old, new);
    }
}

/// The server counts the templates of a `DaemonSet`, whatever a write says about their number.
fn count_templates(old: &Value, new: &mut Value) {
    let before = old["metadata"]["annotations"][TEMPLATES].as_str().and_then(|n| n.parse::<i64>().ok());
    let changed = old["spec"]["template"] != new["spec"]["template"];
    let number = before.unwrap_or(1) + i64::from(changed);
    map_mut(&mut new["metadata"], "annotations").insert(TEMPLATES.to_owned(), json!(number.to_string()));
}

impl World {
    /// The object that a create would store. `ns` is empty for cluster-wide kinds.
    pub fn prepare_create(&mut self, kind: Kind, ns: &str, mut object: Value) -> Result<Value, Refusal> {
        if !object["metadata"].is_object() {
            object["metadata"] = json!({});
        }
        for part in ["metadata", "spec"] {
            if let Some(part) = object.get_mut(part) {
                strip_nulls(part);
            }
        }
        self.check_namespace(kind, ns, &mut object)?;
        let prefix = text(&object, "/metadata/generateName").to_owned();
        if name(&object).is_empty() {
            if prefix.is_empty() {
                let why = "Required value: name or generateName is required";
                return Err(Refusal::invalid(kind, "", "metadata.name", why));
            }
            object["metadata"]["name"] = json!(format!("{prefix}{}", self.names.suffix(5)));
        }
        if self.store.get(kind, ns, name(&object)).is_some() {
            return Err(Refusal::exists(kind, name(&object)));
        }
        if !text(&object, "/metadata/resourceVersion").is_empty() {
            return Err(Refusal::bad_request("resourceVersion should not be set on objects to be created"));
        }
        let row = kind.row();
        object["apiVersion"] = json!(row.api_version());
        object["kind"] = json!(row.name);
        let meta = &mut object["metadata"];
        for key in ["deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"] {
            remove(meta, key);
        }
        meta["uid"] = json!(self.names.uid());
        meta["creationTimestamp"] = json!(self.now_text());
        if generational(kind) {
            meta["generation"] = json!(1);
        }
        if row.has_status() && !matches!(kind, Kind::Node) {
            remove(&mut object, "status");
        }
        rules::default_new(kind, &mut object);
        rules::default(kind, &mut object);
        rules::check(kind, None, &object)?;
        if self.store.has_room(kind, &object) { Ok(object) } else { Err(Refusal::full()) }
    }

    fn check_namespace(&self, kind: Kind, ns: &str, object: &mut Value) -> Result<(), Refusal> {
        if !kind.namespaced() {
            remove(&mut object["metadata"], "namespace");
            return Ok(());
        }
        let own = namespace(object);
        if !own.is_empty() && own != ns {
            let why = "the namespace of the provided object does not match the namespace sent on the request";
            return Err(Refusal::bad_request(why));
        }
        object["metadata"]["namespace"] = json!(ns);
        self.takes_new(kind, ns, name(object))
    }

    /// Whether something may be made in a namespace: not in one that is not there or is ending.
    pub fn takes_new(&self, kind: Kind, ns: &str, name: &str) -> Result<(), Refusal> {
        let Some(home) = self.store.get(Kind::Namespace, "", ns) else {
            return Err(Refusal::not_found(Kind::Namespace, ns));
        };
        if terminating(&home) {
            let row = kind.row();
            let message = format!(
                "{} \"{}\" is forbidden: unable to create new content in namespace {ns} because it is being terminated",
                row.qualified(),
                name
            );
            let mut refusal = Refusal::forbidden(kind, name, message);
            refusal.details["causes"] = json!([{
                "reason": "NamespaceTerminating", "message": format!("namespace {ns} is being terminated"),
                "field": "metadata.namespace",
            }]);
            return Err(refusal);
        }
        Ok(())
    }

    /// Creates an object.
    pub fn create(&mut self, kind: Kind, ns: &str, object: Value) -> Result<Arc<Value>, Refusal> {
        let object = self.prepare_create(kind, ns, object)?;
        Ok(self.store.put(kind, object))
    }

    /// Stores an updated object; one whose deletion waited for nothing but its finalizers goes.
    pub fn finish(&mut self, kind: Kind, new: Value) -> Arc<Value> {
        let grace = new["metadata"]["deletionGracePeriodSeconds"].as_i64().unwrap_or(0);
        let free = list(&new, "/metadata/finalizers").is_empty() && list(&new, "/spec/finalizers").is_empty();
        let stored = self.store.put(kind, new);
        if terminating(&stored) && free && (grace == 0 || kind != Kind::Pod) {
            let (ns, name) = key(&stored);
            return self.store.remove(kind, &ns, &name).unwrap_or(stored);
        }
        stored
    }
}

/// The object that replacing `old` by `new` would store.
pub fn prepare_update(
    kind: Kind,
    old: &Value,
    mut new: Value,
    part: Part,
    how: How,
) -> Result<Value, Refusal> {
    let row = kind.row();
    if name(&new) != name(old) {
        let message = format!(
            "the name of the object ({}) does not match the name on the URL ({})",
            name(&new),
            name(old)
        );
        return Err(Refusal::bad_request(message));
    }
    check_preconditions(kind, old, &new, how)?;
    if part != Part::Main {
        new = only(part, old, &new);
    }
    for key in ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"] {
        match old["metadata"].get(key) {
            Some(value) => new["metadata"][key] = value.clone(),
            None => drop(remove(&mut new["metadata"], key)),
        }
    }
    new["metadata"]["resourceVersion"] = old["metadata"]["resourceVersion"].clone();
    if kind.namespaced() {
        new["metadata"]["namespace"] = old["metadata"]["namespace"].clone();
    }
    new["apiVersion"] = json!(row.api_version());
    new["kind"] = json!(row.name);
    if part == Part::Main && row.has_status() {
        match old.get("status") {
            Some(status) => new["status"] = status.clone(),
            None => drop(remove(&mut new, "status")),
        }
    }
    rules::default(kind, &mut new);
    if part == Part::Main {
        rules::check(kind, Some(old), &new)?;
    }
    bump_generation(kind, old, &mut new);
    Ok(new)
}

/// `metadata.resourceVersion` and `metadata.uid` of a written object are preconditions. The real server answers a PUT
/// with another uid by a conflict, and a PATCH by calling the field immutable.
fn check_preconditions(kind: Kind, old: &Value, new: &Value, how: How) -> Result<(), Refusal> {
    let version = text(new, "/metadata/resourceVersion");
    if !version.is_empty() && version != "0" && version != text(old, "/metadata/resourceVersion") {
        return Err(Refusal::stale(kind, name(old)));
    }
    if uid(new).is_empty() || uid(new) == uid(old) {
        return Ok(());
    }
    if how == How::Patch {
        let why = format!("Invalid value: \"{}\": field is immutable", uid(new));
        return Err(Refusal::invalid(kind, name(old), "metadata.uid", &why));
    }
    let (ns, own) = key(old);
    let place = if ns.is_empty() { own } else { format!("{ns}/{own}") };
    let why = format!(
        "StorageError: invalid object, Code: 4, Key: /registry/{}/{place}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: {}, UID in object meta: {}",
        kind.row().plural,
        uid(new),
        uid(old)
    );
    Err(Refusal::conflict(kind, name(old), &why))
}

/// What a write to a subresource keeps of the object that was sent.
fn only(part: Part, old: &Value, new: &Value) -> Value {
    let mut object = old.clone();
    match part {
        Part::Status => object["status"] = new["status"].clone(),
        Part::Resize => {
            for (at, container) in list(new, "/spec/containers").iter().enumerate() {
                if object["spec"]["containers"].get(at).is_some() {
                    object["spec"]["containers"][at]["resources"] = container["resources"].clone();
                    default(&mut object["spec"]["containers"][at], "resources", json!({}));
                }
            }
        }
        Part::Ephemeral => {
            let joined = new["spec"]["ephemeralContainers"].clone();
            if joined.is_array() {
                object["spec"]["ephemeralContainers"] = joined;
            }
        }
        Part::Main => {}
    }
    object
}
