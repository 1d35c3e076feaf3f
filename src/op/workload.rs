//! What the operations on workloads share: finding the Deployment, StatefulSet or DaemonSet that the inputs
//! name, who else decides about it, and whether its rollout is complete.

use std::sync::Arc;

use super::target::{gitops, guard, object, others};
use super::{Consequence, Inputs, OpMeta, Param, Plan, Progress, Refusal, Takes, may};
use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, ObjectKey, ObjectRow};

/// The kinds that have a pod template and roll it out.
pub(super) const ROLLING: &[Kind] = &[Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet];

pub(super) const DEPLOYMENT: Param =
    may("deployment", Takes::Name(Kind::Deployment), "name of the Deployment; give exactly one workload");
pub(super) const STATEFUL_SET: Param =
    may("statefulset", Takes::Name(Kind::StatefulSet), "name of the StatefulSet");
pub(super) const DAEMON_SET: Param = may("daemonset", Takes::Name(Kind::DaemonSet), "name of the DaemonSet");

/// The workload that the inputs name.
pub(super) fn key(meta: &'static OpMeta, inputs: &Inputs) -> Result<ObjectKey, Refusal> {
    let named = |kind: &&Kind| {
        let param = kind.meta().aliases[0];
        inputs.0.get(param).is_some_and(|v| !v.is_null())
    };
    let mut given = meta.kinds.iter().filter(named);
    match (given.next(), given.next()) {
        (Some(kind), None) => super::target::key(meta, inputs, *kind, kind.meta().aliases[0]),
        (None, _) => Err(Refusal::Missing {
            op: meta.id,
            param: meta.kinds.first().map_or("name", |k| k.meta().aliases[0]),
            doc: "name of the workload",
        }),
        (Some(_), Some(second)) => Err(Refusal::Invalid {
            op: meta.id,
            param: second.meta().aliases[0].to_owned(),
            given: "a second workload".to_owned(),
            expected: "exactly one workload",
        }),
    }
}

/// What has to be followed to plan for a workload: itself, and the autoscalers beside it.
pub(super) fn reads(meta: &'static OpMeta, inputs: &Inputs) -> Vec<Interest> {
    let Ok(key) = key(meta, inputs) else { return Vec::new() };
    let autoscalers = Interest::within(Kind::HorizontalPodAutoscaler, key.row.namespace.clone());
    vec![Interest::one(&key), autoscalers]
}

/// The workload that the inputs name, in full.
pub(super) fn workload<'a>(
    world: &'a ClusterSnapshot,
    meta: &'static OpMeta,
    inputs: &Inputs,
) -> Result<(ObjectKey, &'a Arc<ObjectRow>), Refusal> {
    let key = key(meta, inputs)?;
    let row = object(world, &key)?;
    Ok((key, row))
}

/// `deployment/api`, as kubectl takes it.
pub(super) fn kubectl_name(key: &ObjectKey) -> String {
    format!("{}/{}", key.kind.name().to_lowercase(), key.name())
}

/// A paused Deployment would not roll.
pub(super) fn not_paused(key: &ObjectKey, row: &ObjectRow) -> Result<(), Refusal> {
    if row.value["spec"]["paused"] == true {
        return Err(guard(format!("{} is paused, so nothing would roll", key.row), "resume it first"));
    }
    Ok(())
}

/// The autoscaler that sets the number of replicas, if there is one.
pub(super) fn autoscaler<'a>(
    world: &'a ClusterSnapshot,
    key: &ObjectKey,
) -> Result<Option<&'a Arc<ObjectRow>>, Refusal> {
    let interest = Interest::within(Kind::HorizontalPodAutoscaler, key.row.namespace.clone());
    let aims = |hpa: &&Arc<ObjectRow>| {
        hpa.text("/spec/scaleTargetRef/kind") == key.kind.name()
            && hpa.text("/spec/scaleTargetRef/name") == key.name()
    };
    Ok(others(world, &interest)?.into_iter().find(aims))
}

/// How many pods it wants and has.
pub(super) struct Counts {
    pub wanted: i64,
    pub updated: i64,
    pub available: i64,
    /// Pods of any revision.
    pub all: i64,
}

pub(super) fn counts(kind: Kind, row: &ObjectRow) -> Counts {
    let of = |pointer: &str| row.number(pointer).unwrap_or(0);
    if kind == Kind::DaemonSet {
        return Counts {
            wanted: of("/status/desiredNumberScheduled"),
            updated: of("/status/updatedNumberScheduled"),
            available: of("/status/numberAvailable"),
            all: of("/status/currentNumberScheduled"),
        };
    }
    Counts {
        wanted: row.number("/spec/replicas").unwrap_or(1),
        updated: of("/status/updatedReplicas"),
        available: of("/status/availableReplicas"),
        all: of("/status/replicas"),
    }
}

/// What a new pod template means: how many pods are replaced, who might put it back, what is not settled.
pub(super) fn rollout(
    world: &ClusterSnapshot,
    key: &ObjectKey,
    row: &ObjectRow,
) -> Result<Vec<Consequence>, Refusal> {
    let now = counts(key.kind, row);
    let mut out = vec![Consequence::info("replaced", format!("{} pods, one after the other", now.wanted))];
    if now.wanted == 1 {
        let detail = match key.kind {
            Kind::Deployment if row.text("/spec/strategy/type") != "Recreate" => {
                "the new pod starts before the old one ends"
            }
            _ => "the old pod ends before the new one starts",
        };
        out.push(Consequence::warn("one replica", detail));
    }
    if now.updated < now.wanted || now.available < now.wanted {
        let detail = format!("{} of {} available, {} up to date", now.available, now.wanted, now.updated);
        out.push(Consequence::warn("not settled", detail));
    }
    if key.kind != Kind::Deployment && row.text("/spec/updateStrategy/type") == "OnDelete" {
        out.push(Consequence::warn("OnDelete", "its pods are replaced only when somebody deletes them"));
    }
    if let Some(hpa) = autoscaler(world, key)? {
        out.push(Consequence::info("autoscaler", format!("{} sets the number of replicas", hpa.meta.name)));
    }
    out.extend(owner_elsewhere(row));
    Ok(out)
}

/// A GitOps controller, or another controller, that owns the workload.
pub(super) fn owner_elsewhere(row: &ObjectRow) -> Option<Consequence> {
    if let Some(owner) = &row.meta.owner {
        let detail = format!("{} {} made it and may put back what is changed here", owner.kind, owner.name);
        return Some(Consequence::warn("owned", detail));
    }
    gitops(&row.meta, |name| row.annotation(name).map(str::to_owned))
}

/// Whether the rollout that followed the plan is complete. The version must have moved on, otherwise the
/// numbers are those from before.
pub(super) fn rolled_out(plan: &Plan, world: &ClusterSnapshot) -> Progress {
    let row = match world.object(&plan.target) {
        Looked::Present(row) if *row.meta.uid == *plan.uid => row,
        Looked::Present(_) | Looked::Absent => return Progress::Pending(format!("{} is gone", plan.target)),
        Looked::Reading => return Progress::Pending(format!("{} is being read", plan.target)),
        Looked::Failed(why) => return Progress::Pending(why),
    };
    let seen = row.number("/status/observedGeneration") >= row.number("/metadata/generation");
    let moved = *row.meta.version != *plan.version;
    let now = counts(plan.target.kind, row);
    let old = (plan.target.kind == Kind::Deployment)
        .then(|| world.old_pod(plan.target.namespace(), plan.target.name()))
        .flatten();
    if let Some(pod) = old {
        return Progress::Pending(format!("{} is of the old revision", pod.meta.name));
    }
    // Pods below the partition keep the revision that they have.
    let kept = match plan.target.kind {
        Kind::StatefulSet => row.number("/spec/updateStrategy/rollingUpdate/partition").unwrap_or(0),
        _ => 0,
    };
    let renewed = now.updated >= now.wanted - kept;
    if seen && moved && renewed && now.available >= now.wanted && now.all <= now.wanted {
        return Progress::Fulfilled(plan.proof.clone());
    }
    Progress::Pending(format!("{} of {} new, {} available", now.updated, now.wanted, now.available))
}
