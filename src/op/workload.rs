//! What the operations on workloads share: finding the Deployment, StatefulSet or DaemonSet that the inputs
//! name, and who else decides about it. What its rollout does is in [`super::rollout`].

use std::sync::Arc;

use super::rollout::Rollout;
use super::target::{gitops, guard, object, others};
use super::{Consequence, Inputs, OpMeta, Param, Refusal, Takes, may};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, ObjectRow};
use crate::lang::{msg, t};

/// The kinds that have a pod template and roll it out.
pub(super) const ROLLING: &[Kind] = &[Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet];

pub(super) const DEPLOYMENT: Param =
    may("deployment", Takes::Name(Kind::Deployment), msg!("op-workload-deployment-param"));
pub(super) const STATEFUL_SET: Param =
    may("statefulset", Takes::Name(Kind::StatefulSet), msg!("op-workload-statefulset-param"));
pub(super) const DAEMON_SET: Param =
    may("daemonset", Takes::Name(Kind::DaemonSet), msg!("op-workload-daemonset-param"));

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
            doc: t!("op-workload-name-of-workload"),
        }),
        (Some(_), Some(second)) => Err(Refusal::Invalid {
            op: meta.id,
            param: second.meta().aliases[0].to_owned(),
            given: t!("op-workload-second-workload").to_owned(),
            expected: t!("op-workload-exactly-one"),
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
        return Err(guard(t!("op-workload-is-paused", row = key.row), t!("op-workload-resume-it-first")));
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

/// What a new pod template means: what its rollout does, who might put it back, what is not settled.
pub(super) fn rollout(
    world: &ClusterSnapshot,
    key: &ObjectKey,
    row: &ObjectRow,
    rules: &Rollout,
) -> Result<Vec<Consequence>, Refusal> {
    let mut out = rules.consequences();
    out.extend(not_settled(key.kind, row));
    if let Some(hpa) = autoscaler(world, key)? {
        out.push(Consequence::info(
            msg!("op-class-autoscaler"),
            t!("op-workload-autoscaler-sets-replicas", name = hpa.meta.name),
        ));
    }
    out.extend(owner_elsewhere(row));
    Ok(out)
}

/// A rollout that is still under way. What a partition keeps is no part of it.
pub(super) fn not_settled(kind: Kind, row: &ObjectRow) -> Option<Consequence> {
    let now = counts(kind, row);
    let due = match Rollout::of(kind, row) {
        rules if rules.moves() => rules.replaced(),
        _ => 0,
    };
    (now.updated < due || now.available < now.wanted).then(|| {
        let detail = t!(
            "op-workload-so-many-available",
            available = now.available,
            wanted = now.wanted,
            updated = now.updated
        );
        Consequence::warn(msg!("op-workload-not-settled"), detail)
    })
}

/// A GitOps controller, or another controller, that owns the workload.
pub(super) fn owner_elsewhere(row: &ObjectRow) -> Option<Consequence> {
    if let Some(owner) = &row.meta.owner {
        let detail = t!("op-workload-owner-may-put-back", kind = owner.kind, name = owner.name);
        return Some(Consequence::warn(msg!("op-class-owned"), detail));
    }
    gitops(&row.meta, |name| row.annotation(name).map(str::to_owned))
}
