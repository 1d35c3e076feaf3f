//! What operations are about: an object that is followed, a workload, the pods beside a pod. Shared by the
//! operations; it plans nothing itself.

use std::sync::Arc;

use super::{Consequence, Inputs, OpMeta, Plan, Progress, Refusal, known};
use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, Meta, ObjectKey, ObjectRow, PodRow, Timestamp};
use crate::lang::{Msg, msg, t};

/// A refusal in two halves: what stands against it, and what to do instead.
pub(super) fn guard(what: impl Into<String>, instead: impl Into<String>) -> Refusal {
    Refusal::Guard { what: what.into(), instead: instead.into() }
}

/// What to do with a pod that nothing would make again.
pub(super) const BARE: Msg = msg!("op-target-bare");

/// A pod that was deleted already: to ask again does nothing, and it is not gone yet.
pub(super) fn leaving(key: &ObjectKey, since: Option<Timestamp>, now: Timestamp) -> Refusal {
    let what = match since {
        None => t!("op-target-being-deleted", row = key.row),
        Some(at) => t!("op-target-being-deleted-since", row = key.row, age = crate::domain::age(at, now)),
    };
    guard(what, t!("op-target-wait-or-look"))
}

/// An object of any kind, in full. The operation names it in `reads`.
pub(super) fn object<'a>(world: &'a ClusterSnapshot, key: &ObjectKey) -> Result<&'a Arc<ObjectRow>, Refusal> {
    match world.object(key) {
        Looked::Present(row) => Ok(row),
        Looked::Absent => Err(Refusal::NotFound(key.clone())),
        Looked::Reading => Err(Refusal::Reading(Interest::one(key))),
        Looked::Failed(why) => {
            Err(guard(t!("op-target-cannot-be-read", key = key, why = why), t!("op-target-no-plan-without")))
        }
    }
}

/// The rows of a collection that the operation names in `reads`; none where it may not be read, since what
/// only adds a warning must not stand in the way.
pub(super) fn others<'a>(
    world: &'a ClusterSnapshot,
    interest: &Interest,
) -> Result<Vec<&'a Arc<ObjectRow>>, Refusal> {
    use crate::domain::SyncState;
    match world.objects(interest) {
        Some(rows) => Ok(rows.collect()),
        None => match world.following(interest) {
            SyncState::Waiting | SyncState::Loading(_) => Err(Refusal::Reading(interest.clone())),
            _ => Ok(Vec::new()),
        },
    }
}

/// The key of an object of one kind, from the inputs: its name under `name`, its namespace beside it.
pub(super) fn key(
    meta: &'static OpMeta,
    inputs: &Inputs,
    kind: Kind,
    name: &'static str,
) -> Result<ObjectKey, Refusal> {
    let name = inputs.text(meta, name)?;
    if kind.meta().namespaced {
        return Ok(ObjectKey::new(kind, inputs.text(meta, "namespace")?, name));
    }
    Ok(ObjectKey::cluster(kind, name))
}

/// An object of any kind, from the inputs `kind`, `namespace` and `name`.
pub(super) fn any(meta: &'static OpMeta, inputs: &Inputs) -> Result<ObjectKey, Refusal> {
    let given = inputs.text(meta, "kind")?;
    let kind = Kind::parse(given).ok_or_else(|| Refusal::Invalid {
        op: meta.id,
        param: "kind".to_owned(),
        given: given.to_owned(),
        expected: t!("op-target-a-kind"),
    })?;
    key(meta, inputs, kind, "name")
}

/// What has to be followed to plan for an object of any kind.
pub(super) fn any_reads(meta: &'static OpMeta, inputs: &Inputs) -> Vec<Interest> {
    any(meta, inputs).map(|key| vec![Interest::one(&key)]).unwrap_or_default()
}

/// Who else writes this object: a GitOps controller that will put back what is changed by hand.
pub(super) fn gitops(labels: &Meta, annotation: impl Fn(&str) -> Option<String>) -> Option<Consequence> {
    const MARKS: &[(&str, &str)] = &[
        ("argocd.argoproj.io/instance", "Argo CD"),
        ("argocd.argoproj.io/tracking-id", "Argo CD"),
        ("kustomize.toolkit.fluxcd.io/name", "Flux"),
        ("helm.toolkit.fluxcd.io/name", "Flux"),
        ("fleet.cattle.io/bundle-id", "Fleet"),
    ];
    let found = MARKS.iter().find_map(|(mark, who)| {
        let value = labels.label(mark).map(str::to_owned).or_else(|| annotation(mark))?;
        Some((*who, value))
    });
    found.map(|(who, what)| {
        Consequence::warn(
            msg!("op-target-owned-by-gitops"),
            t!("op-target-may-put-back", who = who, value = what),
        )
    })
}

/// What the end of a pod means for its workload, budgets and local data.
pub(super) fn end_of_pod(world: &ClusterSnapshot, pod: &PodRow) -> Vec<Consequence> {
    let mut out = Vec::new();
    if let Some(owner) = &pod.meta.owner {
        out.push(match world.ready_siblings(pod) {
            0 => Consequence::danger(
                msg!("op-target-no-other-replica"),
                t!("op-target-no-other-ready", kind = owner.kind, name = owner.name),
            ),
            n => Consequence::info(
                msg!("op-target-other-replicas"),
                t!("op-target-others-ready", n = n, kind = owner.kind, name = owner.name),
            ),
        });
    }
    if pod.volumes.empty_dir {
        out.push(Consequence::warn(msg!("op-target-local-data-lost"), t!("op-target-empty-dir")));
    }
    out.extend(super::leave::warnings(pod));
    out
}

/// Whether a pod, known by its uid, has gone.
pub(super) fn pod_gone(plan: &Plan, world: &ClusterSnapshot) -> Progress {
    if let Some(waits) = known::waits(world, Kind::Pod, Some(plan.target.namespace())) {
        return waits;
    }
    match world.pods.get(&plan.target.row) {
        Some(pod) if *pod.meta.uid == *plan.uid => {
            Progress::Pending(format!("{}: {}", plan.target.row, super::leave::still(world, pod, None)))
        }
        _ => Progress::Fulfilled(plan.proof.clone()),
    }
}

/// Whether a followed object is as the plan wants it; `so` is asked only when it is there.
pub(super) fn shown(plan: &Plan, world: &ClusterSnapshot, so: impl Fn(&ObjectRow) -> bool) -> Progress {
    let target = &plan.target;
    Progress::Pending(match world.object(target) {
        Looked::Present(row) if *row.meta.uid != *plan.uid => {
            t!("op-target-is-another-one-now", target = target)
        }
        Looked::Present(row) if so(row) => return Progress::Fulfilled(plan.proof.clone()),
        Looked::Present(_) => t!("op-target-not-shown-yet", target = target),
        Looked::Absent => t!("op-target-is-gone", target = target),
        Looked::Reading => t!("op-target-is-being-read", target = target),
        Looked::Failed(why) => why,
    })
}

/// Whether a followed object is gone, or is another one by now.
pub(super) fn gone(plan: &Plan, world: &ClusterSnapshot) -> Progress {
    match world.object(&plan.target) {
        Looked::Present(row) if *row.meta.uid == *plan.uid => {
            Progress::Pending(t!("op-target-is-still-there", target = plan.target))
        }
        Looked::Present(_) => Progress::Fulfilled(plan.proof.clone()),
        Looked::Absent => absent(plan, world),
        Looked::Reading => Progress::Pending(t!("op-target-is-being-read", target = plan.target)),
        Looked::Failed(why) => Progress::Pending(why),
    }
}

/// A followed object has no row: it is gone where the picture of it is current.
pub(super) fn absent(plan: &Plan, world: &ClusterSnapshot) -> Progress {
    match known::unknown_object(world, &plan.target) {
        Some(why) => Progress::Pending(t!("op-target-unknown", target = plan.target, why = why)),
        None => Progress::Fulfilled(plan.proof.clone()),
    }
}
