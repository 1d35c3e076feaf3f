//! Deployments: `ReplicaSets` by template, rolling updates, revisions. Its status is in `deployment_status`.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pods::{self, resolve};
use super::{Controller, deployment_status};
use crate::practice::kinds::Kind;
use crate::practice::names::template_hash;
use crate::practice::obj::{
    annotation, controlled_by, int, key_of, map_mut, name, namespace, owner_reference, remove, terminating,
    text, truth, uid,
};
use crate::practice::world::{Note, World};

const COMPONENT: &str = "deployment-controller";
const REVISION: &str = "deployment.kubernetes.io/revision";
const HASH: &str = "pod-template-hash";

/// See the module.
#[derive(Default)]
pub struct Deployments;

impl Controller for Deployments {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::Deployment, Kind::ReplicaSet, Kind::Pod]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        let all = world.store.list(Kind::Deployment);
        all.iter().filter_map(|deployment| one(world, deployment)).min()
    }
}

/// A Deployment with its `ReplicaSets`.
pub struct Rollout {
    pub deployment: Arc<Value>,
    pub new: Option<Arc<Value>>,
    pub old: Vec<Arc<Value>>,
}

impl Rollout {
    fn find(world: &World, deployment: &Arc<Value>) -> Self {
        let owned = world.store.list_in(Kind::ReplicaSet, namespace(deployment));
        let owned = owned.into_iter().filter(|s| controlled_by(s, uid(deployment)));
        let wanted = &deployment["spec"]["template"];
        let (mut new, old): (Vec<_>, Vec<_>) =
            owned.partition(|set| same_template(&set["spec"]["template"], wanted));
        new.sort_by_key(|s| text(s, "/metadata/creationTimestamp").to_owned());
        Self { deployment: Arc::clone(deployment), new: new.into_iter().next(), old }
    }

    /// Every `ReplicaSet`, the new one first.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Value>> {
        self.new.iter().chain(&self.old)
    }

    /// The sum of a number over `ReplicaSets`.
    pub fn sum<'a>(sets: impl Iterator<Item = &'a Arc<Value>>, at: &str) -> i64 {
        sets.filter_map(|s| int(s, at)).sum()
    }

    /// Surge and unavailability as numbers.
    pub fn bounds(&self) -> (i64, i64) {
        let replicas = int(&self.deployment, "/spec/replicas").unwrap_or(1);
        let rolling = &self.deployment["spec"]["strategy"]["rollingUpdate"];
        if rolling.is_null() {
            return (0, 0);
        }
        let surge = resolve(&rolling["maxSurge"], replicas, true);
        let unavailable = resolve(&rolling["maxUnavailable"], replicas, false);
        (surge, if surge == 0 && unavailable == 0 { 1 } else { unavailable.min(replicas) })
    }
}

/// A template without the label that `ReplicaSets` add.
fn plain_template(template: &Value) -> Value {
    let mut template = template.clone();
    if template["metadata"]["labels"].is_object() {
        remove(&mut template["metadata"]["labels"], HASH);
    }
    template
}

/// Whether two templates differ in nothing but that label.
fn same_template(a: &Value, b: &Value) -> bool {
    let labels = |t: &Value| {
        let labels = t["metadata"]["labels"].as_object().cloned().unwrap_or_default();
        labels.into_iter().filter(|(k, _)| k != HASH).collect::<BTreeMap<_, _>>()
    };
    a["spec"] == b["spec"]
        && a["metadata"]["annotations"] == b["metadata"]["annotations"]
        && labels(a) == labels(b)
}

fn one(world: &mut World, deployment: &Arc<Value>) -> Option<Timestamp> {
    let mut rollout = Rollout::find(world, deployment);
    if !terminating(deployment) {
        if !truth(deployment, "/spec/paused") {
            ensure_new(world, &rollout);
            rollout = Rollout::find(world, deployment);
        }
        if truth(deployment, "/spec/paused") {
            proportion(world, &rollout);
        } else if text(deployment, "/spec/strategy/type") == "Recreate" {
            recreate(world, &rollout);
        } else {
            roll(world, &rollout);
        }
        forget(world, &rollout);
    }
    let fresh = world.store.get(Kind::Deployment, namespace(deployment), name(deployment))?;
    deployment_status::write(world, &Rollout::find(world, &fresh))
}

fn revision(object: &Value) -> i64 {
    annotation(object, REVISION).and_then(|r| r.parse().ok()).unwrap_or(0)
}

/// Makes the `ReplicaSet` of the present template if there is none, and numbers it.
fn ensure_new(world: &mut World, rollout: &Rollout) {
    let deployment = &rollout.deployment;
    let newest = rollout.old.iter().map(|s| revision(s)).max().unwrap_or(0);
    let number = match &rollout.new {
        Some(new) if revision(new) > newest => revision(new),
        _ => newest + 1,
    };
    let (ns, own) = key_of(deployment);
    let cause = annotation(deployment, "kubernetes.io/change-cause").map(str::to_owned);
    let numbered = |annotations: &mut Value, cause: Option<&String>| {
        annotations[REVISION] = json!(number.to_string());
        if let Some(cause) = cause {
            annotations["kubernetes.io/change-cause"] = json!(cause);
        }
    };
    match &rollout.new {
        Some(new) => {
            let set = name(new).to_owned();
            world.edit(Kind::ReplicaSet, &ns, &set, |s| {
                numbered(&mut s["metadata"]["annotations"], cause.as_ref());
            });
        }
        None => make_set(world, rollout, |annotations| numbered(annotations, cause.as_ref())),
    }
    world.edit(Kind::Deployment, &ns, &own, |d| {
        map_mut(&mut d["metadata"], "annotations").insert(REVISION.to_owned(), json!(number.to_string()));
    });
}

fn make_set(world: &mut World, rollout: &Rollout, annotate: impl Fn(&mut Value)) {
    let deployment = &rollout.deployment;
    let mut template = plain_template(&deployment["spec"]["template"]);
    let hash = template_hash(&template.to_string());
    template["metadata"]["labels"][HASH] = json!(hash);
    let mut selector = deployment["spec"]["selector"].clone();
    selector["matchLabels"][HASH] = json!(hash);
    let replicas = int(deployment, "/spec/replicas").unwrap_or(1);
    let most = replicas + rollout.bounds().0;
    // It begins with as many as there is room for; with Recreate the old pods go first.
    let room = (most - Rollout::sum(rollout.old.iter(), "/spec/replicas")).clamp(0, replicas);
    let size = if text(deployment, "/spec/strategy/type") == "Recreate" { 0 } else { room };
    let mut annotations = json!({
        "deployment.kubernetes.io/desired-replicas": replicas.to_string(),
        "deployment.kubernetes.io/max-replicas": most.to_string(),
    });
    annotate(&mut annotations);
    let set = json!({
        "metadata": {
            "name": format!("{}-{hash}", name(deployment)), "labels": template["metadata"]["labels"],
            "annotations": annotations, "ownerReferences": [owner_reference(deployment)],
        },
        "spec": {"replicas": size, "selector": selector, "template": template},
    });
    let set_name = format!("{}-{hash}", name(deployment));
    match world.create(Kind::ReplicaSet, namespace(deployment), set) {
        Ok(_) if size > 0 => {
            let message = format!("Scaled up replica set {set_name} from 0 to {size}");
            world.note(deployment, Note::normal(COMPONENT, "ScalingReplicaSet", &message));
        }
        Ok(_) => {}
        Err(refusal) => {
            let message = format!("Failed to create new replica set: {}", refusal.message);
            world.note(deployment, Note::warning(COMPONENT, "ReplicaSetCreateError", &message));
        }
    }
}

/// Scales a `ReplicaSet` and says so.
fn scale(world: &mut World, rollout: &Rollout, set: &Value, to: i64) {
    let from = int(set, "/spec/replicas").unwrap_or(0);
    if from == to {
        return;
    }
    let (ns, set_name) = key_of(set);
    world.edit(Kind::ReplicaSet, &ns, &set_name, |s| s["spec"]["replicas"] = json!(to));
    let way = if to > from { "up" } else { "down" };
    let message = format!("Scaled {way} replica set {set_name} from {from} to {to}");
    world.note(&rollout.deployment, Note::normal(COMPONENT, "ScalingReplicaSet", &message));
}

/// A rolling update, one step: first up within the surge, then down within what must stay available.
fn roll(world: &mut World, rollout: &Rollout) {
    let Some(new) = &rollout.new else { return };
    let replicas = int(&rollout.deployment, "/spec/replicas").unwrap_or(1);
    let (surge, unavailable) = rollout.bounds();
    let size = int(new, "/spec/replicas").unwrap_or(0);
    let total = Rollout::sum(rollout.all(), "/spec/replicas");
    if size > replicas {
        return scale(world, rollout, new, replicas);
    }
    let up = (replicas + surge - total).min(replicas - size);
    if up > 0 {
        return scale(world, rollout, new, size + up);
    }
    let available = Rollout::sum(rollout.all(), "/status/availableReplicas");
    let floor = replicas - unavailable;
    let new_missing = size - int(new, "/status/availableReplicas").unwrap_or(0);
    let spare = total - floor - new_missing;
    let mut old: Vec<_> =
        rollout.old.iter().filter(|s| int(s, "/spec/replicas") > Some(0)).cloned().collect();
    old.sort_by_key(|s| text(s, "/metadata/creationTimestamp").to_owned());
    for set in &old {
        let size = int(set, "/spec/replicas").unwrap_or(0);
        let unhealthy = size - int(set, "/status/availableReplicas").unwrap_or(0);
        let take = unhealthy.min(spare).max(0);
        if take > 0 {
            return scale(world, rollout, set, size - take);
        }
    }
    let mut spare = (available - floor).min(spare);
    for set in &old {
        let size = int(set, "/spec/replicas").unwrap_or(0);
        let take = size.min(spare).max(0);
        scale(world, rollout, set, size - take);
        spare -= take;
    }
}

/// Everything old goes before anything new comes.
fn recreate(world: &mut World, rollout: &Rollout) {
    let mut waiting = false;
    for set in &rollout.old {
        waiting |=
            pods::of(world, set).iter().any(|p| !matches!(text(p, "/status/phase"), "Succeeded" | "Failed"));
        scale(world, rollout, set, 0);
    }
    if let Some(new) = rollout.new.as_ref().filter(|_| !waiting) {
        scale(world, rollout, new, int(&rollout.deployment, "/spec/replicas").unwrap_or(1));
    }
}

/// A paused Deployment still follows its number of replicas.
fn proportion(world: &mut World, rollout: &Rollout) {
    let sized: Vec<_> = rollout.all().filter(|s| int(s, "/spec/replicas") > Some(0)).cloned().collect();
    if let [only] = sized.as_slice() {
        scale(world, rollout, only, int(&rollout.deployment, "/spec/replicas").unwrap_or(1));
    }
}

/// Old, empty `ReplicaSets` beyond the history limit go.
fn forget(world: &mut World, rollout: &Rollout) {
    let limit =
        usize::try_from(int(&rollout.deployment, "/spec/revisionHistoryLimit").unwrap_or(10)).unwrap_or(0);
    let mut empty: Vec<_> = rollout
        .old
        .iter()
        .filter(|s| int(s, "/spec/replicas") == Some(0) && int(s, "/status/replicas").unwrap_or(0) == 0)
        .collect();
    empty.sort_by_key(|s| revision(s));
    let surplus = empty.len().saturating_sub(limit);
    for set in &empty[..surplus] {
        let (ns, set_name) = key_of(set);
        world.delete_now(Kind::ReplicaSet, &ns, &set_name);
    }
}

/// Whether all replicas are of the new template and available.
pub fn complete(rollout: &Rollout) -> bool {
    let replicas = int(&rollout.deployment, "/spec/replicas").unwrap_or(1);
    let updated = rollout.new.as_ref().and_then(|s| int(s, "/status/replicas")).unwrap_or(0);
    let all = Rollout::sum(rollout.all(), "/status/replicas");
    let available = Rollout::sum(rollout.all(), "/status/availableReplicas");
    updated == replicas && all == replicas && available == replicas
}
