//! Deleting objects: preconditions, grace, finalizers, propagation.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::clock;
use super::kinds::{KINDS, Kind};
use super::obj::{list, list_mut, name, namespace, remove, terminating, text, uid};
use super::status::Refusal;
use super::world::World;

/// What to do with the dependents of a deleted object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Propagation {
    #[default]
    Background,
    Foreground,
    Orphan,
}

/// metav1.DeleteOptions.
#[derive(Debug, Clone, Default)]
pub struct DeleteOptions {
    pub grace: Option<i64>,
    pub uid: Option<String>,
    pub version: Option<String>,
    pub propagation: Propagation,
    pub dry_run: bool,
}

/// The object has gone, or its deletion has begun.
#[derive(Debug, Clone)]
pub enum Removed {
    Gone(Arc<Value>),
    Begun(Arc<Value>),
}

impl DeleteOptions {
    /// Reads the body of a DELETE or the `deleteOptions` of an Eviction.
    pub fn of(body: &Value) -> Self {
        let owned = |at: &str| body.pointer(at).and_then(Value::as_str).map(str::to_owned);
        Self {
            grace: body["gracePeriodSeconds"].as_i64(),
            uid: owned("/preconditions/uid"),
            version: owned("/preconditions/resourceVersion"),
            propagation: match text(body, "/propagationPolicy") {
                "Foreground" => Propagation::Foreground,
                "Orphan" => Propagation::Orphan,
                _ => Propagation::Background,
            },
            dry_run: list(body, "/dryRun").iter().any(|v| v == "All"),
        }
    }

    /// Refuses when the preconditions do not hold.
    pub fn check(&self, kind: Kind, object: &Value) -> Result<(), Refusal> {
        let version = text(object, "/metadata/resourceVersion");
        if let Some(wanted) = self.uid.as_deref().filter(|u| *u != uid(object)) {
            let why = format!(
                "the UID in the precondition ({wanted}) does not match the UID in record ({}). The object might have been deleted and then recreated",
                uid(object)
            );
            return Err(Refusal::delete_conflict(kind, name(object), &why));
        }
        if let Some(wanted) = self.version.as_deref().filter(|v| *v != version) {
            let why = format!(
                "the ResourceVersion in the precondition ({wanted}) does not match the ResourceVersion in record ({version}). The object might have been modified"
            );
            return Err(Refusal::delete_conflict(kind, name(object), &why));
        }
        Ok(())
    }
}

impl World {
    /// Deletes an object as a DELETE request does.
    pub fn delete(
        &mut self,
        kind: Kind,
        ns: &str,
        name: &str,
        how: &DeleteOptions,
    ) -> Result<Removed, Refusal> {
        let Some(old) = self.store.get(kind, ns, name) else { return Err(Refusal::not_found(kind, name)) };
        how.check(kind, &old)?;
        let mut new = (*old).clone();
        let grace = grace(kind, &old, how);
        if how.propagation == Propagation::Foreground {
            list_mut(&mut new["metadata"], "finalizers").push(json!("foregroundDeletion"));
        }
        let waits = grace > 0
            || !list(&new, "/metadata/finalizers").is_empty()
            || !list(&new, "/spec/finalizers").is_empty();
        if !waits {
            if how.dry_run {
                return Ok(Removed::Gone(old));
            }
            if how.propagation == Propagation::Orphan {
                self.orphan(uid(&old));
            }
            return Ok(Removed::Gone(self.store.remove(kind, ns, name).unwrap_or(old)));
        }
        let known = old["metadata"]["deletionGracePeriodSeconds"].as_i64();
        if terminating(&old) && known.unwrap_or(0) <= grace {
            return Ok(Removed::Begun(old));
        }
        let end = clock::after(self.now(), Duration::from_secs(u64::try_from(grace).unwrap_or(0)));
        new["metadata"]["deletionTimestamp"] = json!(clock::seconds(end));
        if kind != Kind::Namespace {
            new["metadata"]["deletionGracePeriodSeconds"] = json!(grace);
        }
        if let Some(generation) = new["metadata"]["generation"].as_i64() {
            new["metadata"]["generation"] = json!(generation + 1);
        }
        if kind == Kind::Namespace {
            new["status"]["phase"] = json!("Terminating");
        }
        if how.dry_run {
            return Ok(Removed::Begun(Arc::new(new)));
        }
        Ok(Removed::Begun(self.store.put(kind, new)))
    }

    /// Deletes at once whatever the grace, as the kubelet and the garbage collector do.
    pub fn delete_now(&mut self, kind: Kind, ns: &str, name: &str) {
        let how = DeleteOptions { grace: Some(0), ..DeleteOptions::default() };
        // An object that has gone meanwhile is what was wanted.
        drop(self.delete(kind, ns, name, &how));
    }

    /// Takes an owner out of its dependents' references.
    fn orphan(&mut self, owner: &str) {
        for row in KINDS {
            for object in self.store.list(row.kind) {
                if !list(&object, "/metadata/ownerReferences").iter().any(|o| text(o, "/uid") == owner) {
                    continue;
                }
                let (ns, name) = (namespace(&object).to_owned(), name(&object).to_owned());
                self.edit(row.kind, &ns, &name, |o| {
                    list_mut(&mut o["metadata"], "ownerReferences").retain(|r| text(r, "/uid") != owner);
                    if list(o, "/metadata/ownerReferences").is_empty() {
                        remove(&mut o["metadata"], "ownerReferences");
                    }
                });
            }
        }
    }
}

/// Seconds that an object may take to go: only pods on a node take any.
fn grace(kind: Kind, object: &Value, how: &DeleteOptions) -> i64 {
    if kind != Kind::Pod {
        return 0;
    }
    let over = matches!(text(object, "/status/phase"), "Succeeded" | "Failed");
    if text(object, "/spec/nodeName").is_empty() || over {
        return 0;
    }
    let own = object["spec"]["terminationGracePeriodSeconds"].as_i64().unwrap_or(30);
    how.grace.unwrap_or(own).max(0)
}
