//! From slim messages to rows.

use std::collections::BTreeMap;

use super::meta::{LabelSelector, ObjectMeta, Quantity, Time};
use super::{core, meta, workload};
use crate::cluster::intern::{Interner, once};
use crate::domain::{
    Condition, ContainerRole, ContainerRow, ContainerState, DaemonSetRow, DeploymentRow, EventRow, Kind,
    LeaseRow, Meta, NamespaceRow, NodeRow, Owner, PdbRow, PodPhase, PodRow, ReplicaSetRow, Requirement,
    Resources, Selector, StatefulSetRow, Str, Taint, Terminated, Timestamp, Volumes, sanitize,
    whole_quantity,
};

#[cfg(test)]
mod tests;

const REVISION: &str = "deployment.kubernetes.io/revision";
/// What kubeadm leaves at the nodes that it joins.
const KUBEADM: &str = "kubeadm.alpha.kubernetes.io/cri-socket";
/// Grows with each pod template of a DaemonSet.
const TEMPLATE: &str = "deprecated.daemonset.template.generation";
/// How a pod's new template is left to people.
const ON_DELETE: &str = "OnDelete";
const MIRROR: &str = "kubernetes.io/config.mirror";

fn at(time: Option<Time>) -> Option<Timestamp> {
    time.and_then(Time::timestamp)
}

fn common(meta: Option<&ObjectMeta>, t: &mut Interner) -> Meta {
    let Some(meta) = meta else { return Meta::default() };
    let owner = meta.owner_references.iter().find(|o| o.controller);
    Meta {
        namespace: t.shared(&meta.namespace),
        name: once(&meta.name),
        uid: meta.uid.as_str().into(),
        version: meta.resource_version.as_str().into(),
        created: at(meta.creation_timestamp),
        deleting: at(meta.deletion_timestamp),
        labels: t.labels(&meta.labels),
        owner: owner.map(|o| Owner { kind: t.shared(&o.kind), name: t.shared(&o.name) }),
    }
}

fn condition(c: &meta::Condition, t: &mut Interner) -> Condition {
    Condition {
        kind: t.shared(&c.kind),
        status: t.shared(&c.status),
        reason: t.shared(&c.reason),
        message: t.shared(&c.message),
        since: at(c.last_transition_time),
    }
}

fn selector(s: Option<&LabelSelector>, t: &mut Interner) -> Selector {
    let Some(s) = s else { return Selector::default() };
    let requirement = |r: &meta::LabelSelectorRequirement, t: &mut Interner| Requirement {
        key: t.shared(&r.key),
        operator: t.shared(&r.operator),
        values: r.values.iter().map(|v| t.shared(v)).collect(),
    };
    Selector {
        labels: t.labels(&s.match_labels),
        requirements: s.match_expressions.iter().map(|r| requirement(r, t)).collect(),
    }
}

pub fn node(node: core::Node, t: &mut Interner) -> NodeRow {
    let kubeadm = node.metadata.as_ref().is_some_and(|m| m.annotations.contains_key(KUBEADM));
    let spec = node.spec.unwrap_or_default();
    let status = node.status.unwrap_or_default();
    let info = status.node_info.unwrap_or_default();
    let ip = status.addresses.iter().find(|a| a.kind == "InternalIP");
    NodeRow {
        meta: common(node.metadata.as_ref(), t),
        unschedulable: spec.unschedulable,
        taints: spec
            .taints
            .iter()
            .map(|x| Taint {
                key: t.shared(&x.key),
                value: t.shared(&x.value),
                effect: t.shared(&x.effect),
                since: at(x.time_added),
            })
            .collect(),
        conditions: status.conditions.iter().map(|c| condition(c, t)).collect(),
        allocatable: Resources {
            milli_cpu: amount(&status.allocatable, "cpu", 1000),
            memory: amount(&status.allocatable, "memory", 1),
            pods: amount(&status.allocatable, "pods", 1),
        },
        internal_ip: once(ip.map_or("", |a| &a.address)),
        kubelet: t.shared(&info.kubelet_version),
        runtime: t.shared(&info.container_runtime_version),
        os: t.shared(&info.os_image),
        kubeadm,
    }
}

pub fn pod(pod: core::Pod, t: &mut Interner) -> PodRow {
    let spec = pod.spec.unwrap_or_default();
    let status = pod.status.unwrap_or_default();
    let mut containers = Vec::with_capacity(spec.init_containers.len() + spec.containers.len());
    for c in &spec.init_containers {
        let role = if c.restart_policy == "Always" { ContainerRole::Sidecar } else { ContainerRole::Init };
        containers.push(container(c, role, &status.init_container_statuses, t));
    }
    for c in &spec.containers {
        containers.push(container(c, ContainerRole::App, &status.container_statuses, t));
    }
    for c in spec.ephemeral_containers.iter().filter_map(|e| e.common.as_ref()) {
        containers.push(container(c, ContainerRole::Ephemeral, &status.ephemeral_container_statuses, t));
    }
    let kept = |c: &&meta::Condition| c.kind == "Ready" || c.status != "True";
    let meta = pod.metadata.as_ref();
    PodRow {
        meta: common(meta, t),
        node: t.shared(&spec.node_name),
        phase: PodPhase::from(status.phase.as_str()),
        reason: t.shared(&status.reason),
        message: said(&status.message),
        ip: status.pod_ip.into(),
        containers: containers.into(),
        conditions: status.conditions.iter().filter(kept).map(|c| condition(c, t)).collect(),
        volumes: volumes(&spec.volumes),
        claims: claims(&spec.volumes, meta),
        mirror: meta.is_some_and(|m| m.annotations.contains_key(MIRROR)),
        finalizers: meta.iter().flat_map(|m| &m.finalizers).map(|f| t.shared(f)).collect(),
        grace: spec.termination_grace_period_seconds.map_or(0, |s| u32::try_from(s).unwrap_or(0)),
        tolerates_cordon: spec.tolerations.iter().any(core::Toleration::of_the_cordon),
    }
}

fn volumes(volumes: &[core::Volume]) -> Volumes {
    let mut out = Volumes::default();
    for source in volumes.iter().filter_map(|v| v.volume_source.as_ref()) {
        out.empty_dir |= source.empty_dir.is_some();
        out.host_path |= source.host_path.is_some();
        if source.persistent_volume_claim.is_some() || source.ephemeral.is_some() {
            out.claims = out.claims.saturating_add(1);
        }
    }
    out
}

/// The claims that its volumes take. One that is made for the pod alone is called after the pod and the volume.
fn claims(volumes: &[core::Volume], meta: Option<&ObjectMeta>) -> Box<[Str]> {
    let name = |v: &core::Volume| {
        let source = v.volume_source.as_ref()?;
        let claim = source.persistent_volume_claim.as_ref().map(|c| once(&c.claim_name));
        let own = || {
            source.ephemeral.as_ref()?;
            Some(once(&format!("{}-{}", meta?.name, v.name)))
        };
        claim.or_else(own)
    };
    volumes.iter().filter_map(name).collect()
}

/// What the cluster says of something that is not well: the beginning is enough, and nothing else keeps it.
fn said(text: &str) -> Str {
    const LONGEST: usize = 1024;
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    if text.is_empty() { Str::default() } else { once(&text[..end]) }
}

fn container(
    c: &core::Container,
    role: ContainerRole,
    statuses: &[core::ContainerStatus],
    t: &mut Interner,
) -> ContainerRow {
    let status = statuses.iter().find(|s| s.name == c.name);
    let of = |map: fn(&core::ResourceRequirements) -> &BTreeMap<String, Quantity>, key: &str, scale: i64| {
        c.resources.as_ref().map_or(0, |r| amount(map(r), key, scale))
    };
    ContainerRow {
        name: t.shared(&c.name),
        role,
        image: t.shared(&c.image),
        ready: status.is_some_and(|s| s.ready),
        restarts: status.map_or(0, |s| s.restart_count),
        state: status.and_then(|s| s.state.as_ref()).map_or(ContainerState::Unreported, |s| state(s, t)),
        message: status
            .and_then(|s| s.state.as_ref()?.waiting.as_ref())
            .map_or_else(Str::default, |w| said(&w.message)),
        last: status
            .and_then(|s| s.last_state.as_ref()?.terminated.as_ref())
            .map(|x| Box::new(terminated(x, t))),
        memory_limit: of(|r| &r.limits, "memory", 1),
        memory_request: of(|r| &r.requests, "memory", 1),
        milli_cpu_request: of(|r| &r.requests, "cpu", 1000),
    }
}

fn state(s: &core::ContainerState, t: &mut Interner) -> ContainerState {
    if let Some(x) = &s.terminated {
        ContainerState::Terminated(Box::new(terminated(x, t)))
    } else if let Some(r) = &s.running {
        ContainerState::Running(at(r.started_at))
    } else if let Some(w) = &s.waiting {
        ContainerState::Waiting(t.shared(&w.reason))
    } else {
        ContainerState::Unreported
    }
}

fn terminated(x: &core::Terminated, t: &mut Interner) -> Terminated {
    // The last words of a failure are at the end of what it wrote.
    let message = if x.exit_code == 0 { Str::default() } else { said(last(&x.message)) };
    Terminated { reason: t.shared(&x.reason), exit_code: x.exit_code, finished: at(x.finished_at), message }
}

/// The last lines of a text, as much as is kept.
fn last(text: &str) -> &str {
    const KEPT: usize = 512;
    let text = text.trim_end();
    let from = text.char_indices().rev().nth(KEPT).map_or(0, |(at, _)| at);
    &text[from..]
}

pub fn event(event: core::Event, t: &mut Interner) -> EventRow {
    let about = event.involved_object.unwrap_or_default();
    let source = event.source.unwrap_or_default();
    let series = event.series.unwrap_or_default();
    // Who writes an event need not say when it was; the server says when it was written.
    let created = event.metadata.as_ref().and_then(|m| at(m.creation_timestamp));
    let first = at(event.first_timestamp).or(at(event.event_time)).or(created);
    let last = [at(series.last_observed_time), at(event.last_timestamp), at(event.event_time)];
    EventRow {
        meta: common(event.metadata.as_ref(), t),
        about_kind: t.shared(&about_kind(&about)),
        about_namespace: t.shared(&about.namespace),
        about_name: once(&about.name),
        warning: event.kind == "Warning",
        reason: t.shared(&event.reason),
        message: sanitize(&event.message).into(),
        count: event.count.max(series.count).max(1),
        first,
        last: last.into_iter().flatten().max().or(first),
        source: t.shared(if source.component.is_empty() {
            &event.reporting_component
        } else {
            &source.component
        }),
        host: t.shared(if source.host.is_empty() { &event.reporting_instance } else { &source.host }),
    }
}

/// The kind that an event is about. One that only shares its name with a kind that is known carries its group, as kubectl
/// writes it (`Deployment.acme.io`): what is said about it says nothing about the known one.
fn about_kind(about: &core::ObjectReference) -> std::borrow::Cow<'_, str> {
    /// Where Deployments, Ingresses and the like once were.
    const EARLIER: &str = "extensions";
    let group = about.api_version.split_once('/').map_or("", |(group, _)| group);
    let known = Kind::ALL.iter().find(|k| k.name() == about.kind).map(|k| k.meta().group);
    match known {
        Some(own) if !about.api_version.is_empty() && group != own && group != EARLIER => {
            format!("{}.{group}", about.kind).trim_end_matches('.').to_owned().into()
        }
        _ => about.kind.as_str().into(),
    }
}

pub fn namespace(ns: core::Namespace, t: &mut Interner) -> NamespaceRow {
    let status = ns.status.unwrap_or_default();
    NamespaceRow {
        meta: common(ns.metadata.as_ref(), t),
        phase: t.shared(&status.phase),
        conditions: status.conditions.iter().map(|c| condition(c, t)).collect(),
    }
}

pub fn lease(lease: core::Lease, t: &mut Interner) -> LeaseRow {
    let spec = lease.spec.unwrap_or_default();
    LeaseRow {
        meta: common(lease.metadata.as_ref(), t),
        holder: t.shared(&spec.holder_identity),
        renewed: at(spec.renew_time),
        duration_seconds: spec.lease_duration_seconds,
    }
}

fn revision(meta: Option<&ObjectMeta>) -> i64 {
    number(meta, REVISION)
}

/// The number in an annotation, 0 where there is none.
fn number(meta: Option<&ObjectMeta>, name: &str) -> i64 {
    meta.and_then(|m| m.annotations.get(name)).and_then(|r| r.parse().ok()).unwrap_or(0)
}

pub fn deployment(d: workload::Deployment, t: &mut Interner) -> DeploymentRow {
    let spec = d.spec.unwrap_or_default();
    let status = d.status.unwrap_or_default();
    DeploymentRow {
        meta: common(d.metadata.as_ref(), t),
        desired: spec.replicas,
        all: status.replicas,
        ready: status.ready_replicas,
        updated: status.updated_replicas,
        available: status.available_replicas,
        generation: d.metadata.as_ref().map_or(0, |m| m.generation),
        observed: status.observed_generation,
        paused: spec.paused,
        revision: revision(d.metadata.as_ref()),
        conditions: status
            .conditions
            .iter()
            .map(|c| Condition {
                kind: t.shared(&c.kind),
                status: t.shared(&c.status),
                reason: t.shared(&c.reason),
                message: t.shared(&c.message),
                since: at(c.last_transition_time),
            })
            .collect(),
        selector: selector(spec.selector.as_ref(), t),
    }
}

pub fn replica_set(r: workload::ReplicaSet, t: &mut Interner) -> ReplicaSetRow {
    let spec = r.spec.unwrap_or_default();
    let status = r.status.unwrap_or_default();
    let template = spec.template.and_then(|x| x.spec).unwrap_or_default();
    ReplicaSetRow {
        meta: common(r.metadata.as_ref(), t),
        desired: spec.replicas,
        ready: status.ready_replicas,
        available: status.available_replicas,
        revision: revision(r.metadata.as_ref()),
        image: t.shared(template.containers.first().map_or("", |c| &c.image)),
    }
}

pub fn stateful_set(s: workload::StatefulSet, t: &mut Interner) -> StatefulSetRow {
    let spec = s.spec.unwrap_or_default();
    let status = s.status.unwrap_or_default();
    let strategy = spec.update_strategy.unwrap_or_default();
    StatefulSetRow {
        meta: common(s.metadata.as_ref(), t),
        desired: spec.replicas,
        all: status.replicas,
        ready: status.ready_replicas,
        updated: status.updated_replicas,
        available: status.available_replicas,
        generation: s.metadata.as_ref().map_or(0, |m| m.generation),
        observed: status.observed_generation,
        current_revision: t.shared(&status.current_revision),
        update_revision: t.shared(&status.update_revision),
        partition: strategy.rolling_update.map_or(0, |r| r.partition),
        on_delete: strategy.kind == ON_DELETE,
        selector: selector(spec.selector.as_ref(), t),
    }
}

pub fn daemon_set(d: workload::DaemonSet, t: &mut Interner) -> DaemonSetRow {
    let spec = d.spec.unwrap_or_default();
    let status = d.status.unwrap_or_default();
    DaemonSetRow {
        meta: common(d.metadata.as_ref(), t),
        desired: status.desired_number_scheduled,
        current: status.current_number_scheduled,
        ready: status.number_ready,
        updated: status.updated_number_scheduled,
        available: status.number_available,
        generation: d.metadata.as_ref().map_or(0, |m| m.generation),
        observed: status.observed_generation,
        template: number(d.metadata.as_ref(), TEMPLATE),
        on_delete: spec.update_strategy.is_some_and(|s| s.kind == ON_DELETE),
        selector: selector(spec.selector.as_ref(), t),
    }
}

pub fn pdb(p: workload::PodDisruptionBudget, t: &mut Interner) -> PdbRow {
    let spec = p.spec.unwrap_or_default();
    let status = p.status.unwrap_or_default();
    let rule = match (&spec.min_available, &spec.max_unavailable) {
        (Some(min), _) => format!("min {min}"),
        (None, Some(max)) => format!("max unavailable {max}"),
        (None, None) => String::new(),
    };
    PdbRow {
        meta: common(p.metadata.as_ref(), t),
        selector: selector(spec.selector.as_ref(), t),
        rule: t.shared(&rule),
        allowed: status.disruptions_allowed,
        healthy: status.current_healthy,
        desired: status.desired_healthy,
        expected: status.expected_pods,
    }
}

/// A quantity of a map times `scale`, 0 where it is missing or not understood.
fn amount(map: &BTreeMap<String, Quantity>, key: &str, scale: i64) -> i64 {
    map.get(key).and_then(|q| whole_quantity(&q.text, scale)).unwrap_or(0)
}
