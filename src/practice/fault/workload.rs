//! What people do to objects: a rollout, an apply, a delete.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::practice::kinds::Kind;
use crate::practice::obj::{name, namespace, text};
use crate::practice::patch::Format;
use crate::practice::removal::DeleteOptions;
use crate::practice::world::World;
use crate::practice::writes::{How, Part, prepare_update};

/// A strategic merge patch of the pod template of a Deployment, `StatefulSet` or `DaemonSet`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatchTemplate {
    /// Such as `Deployment shop/api`.
    pub of: String,
    pub template: Value,
    /// What the rollout history says about it.
    #[serde(default)]
    pub change_cause: Option<String>,
}

impl PatchTemplate {
    pub fn happen(&self, world: &mut World) -> Result<(), String> {
        let (kind, ns, name) = find(&self.of)?;
        let mut patch = json!({"spec": {"template": self.template}});
        if let Some(cause) = &self.change_cause {
            patch["metadata"]["annotations"]["kubernetes.io/change-cause"] = json!(cause);
        }
        write(world, kind, &ns, &name, &patch, Format::Strategic)
    }
}

pub fn apply(world: &mut World, object: &Value) -> Result<(), String> {
    let (version, kind) = (text(object, "/apiVersion"), text(object, "/kind"));
    let kind =
        Kind::of_manifest(version, kind).ok_or_else(|| format!("{version} {kind} is not served here"))?;
    let (ns, name) = (namespace(object), name(object));
    if world.store.get(kind, ns, name).is_some() {
        return write(world, kind, ns, name, object, Format::Apply);
    }
    world.create(kind, ns, object.clone()).map(drop).map_err(|r| r.message)
}

pub fn delete(world: &mut World, what: &str) -> Result<(), String> {
    let (kind, ns, name) = find(what)?;
    world.delete(kind, &ns, &name, &DeleteOptions::default()).map(drop).map_err(|r| r.message)
}

fn write(
    world: &mut World,
    kind: Kind,
    ns: &str,
    name: &str,
    patch: &Value,
    how: Format,
) -> Result<(), String> {
    let old = world
        .store
        .get(kind, ns, name)
        .ok_or_else(|| format!("there is no {} {ns}/{name}", kind.row().name))?;
    let new = how.apply(&old, patch).and_then(|new| prepare_update(kind, &old, new, Part::Main, How::Patch));
    world.finish(kind, new.map_err(|r| r.message)?);
    Ok(())
}

/// Takes `Kind namespace/name` or `Kind name` apart.
fn find(text: &str) -> Result<(Kind, String, String), String> {
    let bad = || format!("`{text}` is not like `Deployment shop/api`");
    let (kind, path) = text.split_once(' ').ok_or_else(bad)?;
    let row = crate::practice::kinds::KINDS.iter().find(|r| r.name == kind).ok_or_else(bad)?;
    let (ns, name) = path.split_once('/').unwrap_or(("", path));
    Ok((row.kind, ns.to_owned(), name.to_owned()))
}
