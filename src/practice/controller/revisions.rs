//! `ControllerRevisions`: the history of the templates of `StatefulSets` and `DaemonSets`.

use serde_json::{Value, json};

use crate::practice::kinds::Kind;
use crate::practice::names::template_hash;
use crate::practice::obj::{controlled_by, int, key_of, name, namespace, owner_reference, uid};
use crate::practice::world::World;

/// The label that says which revision a pod is of.
pub const HASH: &str = "controller-revision-hash";

/// Makes sure that the present template has a revision, the newest; returns its hash.
pub fn ensure(world: &mut World, owner: &Value) -> String {
    let template = &owner["spec"]["template"];
    let hash = template_hash(&template.to_string());
    let ns = namespace(owner).to_owned();
    let known = world.store.list_in(Kind::ControllerRevision, &ns);
    let known: Vec<_> = known.into_iter().filter(|r| controlled_by(r, uid(owner))).collect();
    let newest = known.iter().filter_map(|r| int(r, "/revision")).max().unwrap_or(0);
    let own = format!("{}-{hash}", name(owner));
    match known.iter().find(|r| name(r) == own) {
        Some(found) if int(found, "/revision") == Some(newest) => {}
        Some(_) => {
            drop(world.edit(Kind::ControllerRevision, &ns, &own, |r| r["revision"] = json!(newest + 1)));
        }
        None => {
            let mut data = template.clone();
            data["$patch"] = json!("replace");
            let mut labels = template["metadata"]["labels"].clone();
            labels[HASH] = json!(hash);
            let revision = json!({
                "metadata": {"name": own, "labels": labels, "ownerReferences": [owner_reference(owner)]},
                "data": {"spec": {"template": data}}, "revision": newest + 1,
            });
            // Refused only in a namespace that is going, where nothing is rolled out any more.
            drop(world.create(Kind::ControllerRevision, &ns, revision));
        }
    }
    prune(world, owner);
    hash
}

/// Keeps as many revisions as the owner wants.
fn prune(world: &mut World, owner: &Value) {
    let limit = usize::try_from(int(owner, "/spec/revisionHistoryLimit").unwrap_or(10)).unwrap_or(10) + 1;
    let known = world.store.list_in(Kind::ControllerRevision, namespace(owner));
    let mut known: Vec<_> = known.into_iter().filter(|r| controlled_by(r, uid(owner))).collect();
    known.sort_by_key(|r| int(r, "/revision"));
    let surplus = known.len().saturating_sub(limit);
    for old in &known[..surplus] {
        let (ns, old_name) = key_of(old);
        world.delete_now(Kind::ControllerRevision, &ns, &old_name);
    }
}
