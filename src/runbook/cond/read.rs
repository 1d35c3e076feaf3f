//! Reads one field of one object. Nothing is converted that was not asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::params::ParamValue;
use super::cluster;
use super::eval::Evaluated;
use super::value::{Thing, Value};
use super::{CondError, Scope};
use crate::domain::{
    ContainerRow, ContainerState, DaemonSetRow, DeploymentRow, EventRow, Finding, Kind, Labels, LeaseRow,
    Meta, NodeRow, ObjectRow, PdbRow, PodRow, StatefulSetRow, Timestamp,
};
use crate::lang::t;

/// A variable of the schema.
pub fn variable(name: &str) -> Option<Value> {
    Some(Value::Object(match name {
        "p" => Thing::Params,
        "steps" => Thing::Steps,
        "nodes" => Thing::Nodes,
        "api" => Thing::Api,
        "etcd" => Thing::Etcd,
        _ => return None,
    }))
}

type Field = Result<Option<Value>, CondError>;

/// The field of a value; `None` when there is no such field.
pub fn field(value: &Value, name: &str, scope: &Scope<'_>) -> Field {
    match value {
        Value::Map(map) => Ok(map.get(name).cloned()),
        Value::Object(thing) => object(thing, name, scope),
        _ => Ok(None),
    }
}

fn object(thing: &Thing, name: &str, scope: &Scope<'_>) -> Field {
    Ok(match thing {
        Thing::Node(node, row, lease) => self::node(node, row.as_deref(), lease.as_deref(), name, scope)?,
        Thing::Nodes => cluster::node_names(name, scope)?,
        Thing::Condition(found) => {
            let get = |f: fn(&crate::domain::Condition) -> &str| Value::text(found.as_ref().map_or("", f));
            match name {
                "exists" => Some(Value::Bool(found.is_some())),
                "status" => Some(get(|c| &c.status)),
                "reason" => Some(get(|c| &c.reason)),
                "message" => Some(get(|c| &c.message)),
                "ageSeconds" => {
                    Some(age(t!("runbook-thing-the-condition"), found.as_ref().and_then(|c| c.since), scope)?)
                }
                _ => None,
            }
        }
        Thing::Taint(taint) => match name {
            "key" => Some(Value::text(&taint.key)),
            "value" => Some(Value::text(&taint.value)),
            "effect" => Some(Value::text(&taint.effect)),
            _ => None,
        },
        Thing::Pod(row) => pod(row.as_ref(), name, scope)?,
        Thing::Container(row, index) => Thing::container(row, *index).and_then(|c| container(c, name)),
        Thing::OomKill(row, index) => oom_kill(row, *index, name, scope)?,
        Thing::Pdb(row) => pdb(row, name),
        Thing::Deployment(row) => deployment(row.as_deref(), name, scope),
        Thing::StatefulSet(row) => stateful_set(row.as_deref(), name),
        Thing::DaemonSet(row) => daemon_set(row.as_deref(), name),
        Thing::Any(row) => any(row.as_deref(), name, scope)?,
        Thing::Event(row) => event(row, name, scope)?,
        Thing::Finding(found) => finding(found, name, scope)?,
        Thing::Api => cluster::api(name, scope)?,
        Thing::Etcd => return Err(CondError::Unknown(t!("runbook-cond-needs-etcd").to_owned())),
        Thing::Reference(reference) => match name {
            "kind" => Some(Value::text(&reference.kind)),
            "namespace" => Some(Value::text(reference.namespace.as_deref().unwrap_or(""))),
            "name" => Some(Value::text(&reference.name)),
            _ => None,
        },
        Thing::Params => Some(param(name, scope)?),
        Thing::Steps => Some(step(name, scope)?),
        Thing::Step(step, record) => {
            let value = record.get(name).map(Value::from);
            let missing =
                || CondError::Unknown(t!("runbook-cond-step-not-recorded", step = step, name = name));
            Some(value.ok_or_else(missing)?)
        }
    })
}

/// Whether this is a parameter without a value.
pub fn not_given(operand: &Value, name: &str, scope: &Scope<'_>) -> bool {
    matches!(operand, Value::Object(Thing::Params)) && !scope.params.contains_key(name)
}

fn param(name: &str, scope: &Scope<'_>) -> Evaluated {
    match scope.params.get(name) {
        Some(ParamValue::Secret(_)) => {
            Err(CondError::Unknown(t!("runbook-cond-parameter-secret", name = name)))
        }
        Some(value) => Ok(Value::from(value)),
        None => Err(CondError::Unknown(t!("runbook-cond-parameter-empty", name = name))),
    }
}

/// CEL names have no dashes: `steps.copy_file` means the step `copy-file`.
fn step(name: &str, scope: &Scope<'_>) -> Evaluated {
    let dashed = name.replace('_', "-");
    let found = scope.steps.get_key_value(name).or_else(|| scope.steps.get_key_value(&dashed));
    let (step, record) =
        found.ok_or_else(|| CondError::Unknown(t!("runbook-cond-step-recorded-nothing", step = dashed)))?;
    Ok(Value::Object(Thing::Step(Arc::from(step.as_str()), Arc::new(record.clone()))))
}

/// Seconds since a moment; a moment in the future (clock skew) is 0, no moment is unknown.
pub fn age(what: &str, since: Option<Timestamp>, scope: &Scope<'_>) -> Evaluated {
    let since = since.ok_or_else(|| CondError::Unknown(t!("runbook-cond-no-time", what = what)))?;
    Ok(Value::Int((scope.now.as_second() - since.as_second()).max(0)))
}

fn labels(labels: &Labels) -> Value {
    let pairs = labels.iter().map(|(k, v)| (k.to_string(), Value::text(v)));
    Value::Map(Arc::new(pairs.collect::<BTreeMap<_, _>>()))
}

fn int(n: i32) -> Value {
    Value::Int(i64::from(n))
}

fn node(node: &str, row: Option<&NodeRow>, lease: Option<&LeaseRow>, name: &str, scope: &Scope<'_>) -> Field {
    let Some(row) = row else {
        return Ok(match name {
            "exists" | "ready" | "unschedulable" => Some(Value::Bool(false)),
            "name" => Some(Value::text(node)),
            "taints" => Some(Value::list([])),
            "labels" => Some(Value::Map(Arc::default())),
            "ageSeconds" | "leaseAgeSeconds" => {
                return Err(CondError::Unknown(t!("runbook-cond-no-node", node = node)));
            }
            _ => Some(Value::text("")),
        });
    };
    Ok(Some(match name {
        "exists" => Value::Bool(true),
        "name" => Value::text(node),
        "ready" => Value::Bool(row.ready()),
        "unschedulable" => Value::Bool(row.unschedulable),
        "leaseAgeSeconds" => {
            let now = scope.snapshot.map_or(scope.now, |world| world.as_of(Kind::Lease, scope.now));
            age(t!("runbook-thing-the-lease"), lease.and_then(|l| l.renewed), &Scope { now, ..*scope })?
        }
        "ageSeconds" => age(t!("runbook-thing-the-node"), row.meta.created, scope)?,
        "taints" => Value::list(row.taints.iter().map(|t| Value::Object(Thing::Taint(t.clone())))),
        "labels" => labels(&row.meta.labels),
        "roles" => Value::text(&row.roles()),
        "zone" => Value::text(row.zone().unwrap_or("")),
        "kubelet" => Value::text(&row.kubelet),
        "runtime" => Value::text(&row.runtime),
        _ => return Ok(None),
    }))
}

/// The fields that objects with a namespace share.
fn named(meta: Option<&Meta>, name: &str) -> Option<Value> {
    match name {
        "exists" => Some(Value::Bool(meta.is_some())),
        "namespace" => Some(Value::text(meta.map_or("", |m| &m.namespace))),
        "name" => Some(Value::text(meta.map_or("", |m| &m.name))),
        _ => None,
    }
}

fn pod(row: Option<&Arc<PodRow>>, name: &str, scope: &Scope<'_>) -> Field {
    if let Some(found) = named(row.map(|r| &r.meta), name) {
        return Ok(Some(found));
    }
    let Some(row) = row else {
        return Ok(match name {
            "ready" | "deleting" => Some(Value::Bool(false)),
            "restarts" => Some(Value::Int(0)),
            "labels" => Some(Value::Map(Arc::default())),
            "containers" => Some(Value::list([])),
            "ageSeconds" => return Err(CondError::Unknown(t!("runbook-cond-no-pod").to_owned())),
            _ => Some(Value::text("")),
        });
    };
    let containers =
        || (0..row.containers.len()).map(|i| Value::Object(Thing::Container(Arc::clone(row), i)));
    Ok(Some(match name {
        "node" => Value::text(&row.node),
        "phase" => Value::text(row.phase.word()),
        "status" => Value::text(&row.status()),
        "reason" => Value::text(&row.reason),
        "ready" => Value::Bool(row.ready()),
        "deleting" => Value::Bool(row.meta.deleting.is_some()),
        "owner" => Value::text(
            &row.meta.owner.as_ref().map_or_else(String::new, |o| format!("{}/{}", o.kind, o.name)),
        ),
        "restarts" => int(row.restarts()),
        "ageSeconds" => age(t!("runbook-thing-the-pod"), row.meta.created, scope)?,
        "labels" => labels(&row.meta.labels),
        "containers" => Value::list(containers()),
        _ => return Ok(None),
    }))
}

fn container(row: &ContainerRow, name: &str) -> Option<Value> {
    let terminated = match &row.state {
        ContainerState::Terminated(t) => Some(t),
        _ => None,
    };
    let last = terminated.or(row.last.as_ref());
    Some(match name {
        "name" => Value::text(&row.name),
        "image" => Value::text(&row.image),
        "ready" => Value::Bool(row.ready),
        "running" => Value::Bool(matches!(row.state, ContainerState::Running(_))),
        "restarts" => int(row.restarts),
        "waiting" => Value::text(if let ContainerState::Waiting(reason) = &row.state { reason } else { "" }),
        "terminated" => Value::text(terminated.map_or("", |t| &t.reason)),
        "lastTerminated" => Value::text(row.last.as_ref().map_or("", |t| &t.reason)),
        "exitCode" => int(last.map_or(0, |t| t.exit_code)),
        "memoryLimit" => Value::Int(row.memory_limit),
        _ => return None,
    })
}

fn oom_kill(row: &PodRow, index: usize, name: &str, scope: &Scope<'_>) -> Field {
    let Some(container) = Thing::container(row, index) else { return Ok(None) };
    let kill = cluster::oom_kill(container);
    Ok(Some(match name {
        "pod" => Value::text(&row.meta.name),
        "container" => Value::text(&container.name),
        "exitCode" => int(kill.map_or(0, |k| k.exit_code)),
        "ageSeconds" => age(t!("runbook-thing-the-memory-kill"), kill.and_then(|k| k.finished), scope)?,
        _ => return Ok(None),
    }))
}

fn pdb(row: &PdbRow, name: &str) -> Option<Value> {
    match name {
        "allowed" => Some(int(row.allowed)),
        "healthy" => Some(int(row.healthy)),
        "desired" => Some(int(row.desired)),
        "expected" => Some(int(row.expected)),
        _ => named(Some(&row.meta), name),
    }
}

fn deployment(row: Option<&DeploymentRow>, name: &str, scope: &Scope<'_>) -> Option<Value> {
    let number = |f: fn(&DeploymentRow) -> i32| int(row.map_or(0, f));
    let rolled_out = |r: &DeploymentRow| {
        r.rolled_out() && scope.snapshot.and_then(|s| s.old_pod(&r.meta.namespace, &r.meta.name)).is_none()
    };
    match name {
        "desired" => Some(number(|r| r.desired)),
        "ready" => Some(number(|r| r.ready)),
        "updated" => Some(number(|r| r.updated)),
        "available" => Some(number(|r| r.available)),
        "revision" => Some(Value::Int(row.map_or(0, |r| r.revision))),
        "paused" => Some(Value::Bool(row.is_some_and(|r| r.paused))),
        "rolledOut" => Some(Value::Bool(row.is_some_and(rolled_out))),
        _ => named(row.map(|r| &r.meta), name),
    }
}

fn stateful_set(row: Option<&StatefulSetRow>, name: &str) -> Option<Value> {
    let number = |f: fn(&StatefulSetRow) -> i32| int(row.map_or(0, f));
    match name {
        "desired" => Some(number(|r| r.desired)),
        "ready" => Some(number(|r| r.ready)),
        "updated" => Some(number(|r| r.updated)),
        "available" => Some(number(|r| r.available)),
        "partition" => Some(number(|r| r.partition)),
        "rolledOut" => Some(Value::Bool(row.is_some_and(StatefulSetRow::rolled_out))),
        _ => named(row.map(|r| &r.meta), name),
    }
}

fn daemon_set(row: Option<&DaemonSetRow>, name: &str) -> Option<Value> {
    let number = |f: fn(&DaemonSetRow) -> i32| int(row.map_or(0, f));
    match name {
        "desired" => Some(number(|r| r.desired)),
        "current" => Some(number(|r| r.current)),
        "ready" => Some(number(|r| r.ready)),
        "updated" => Some(number(|r| r.updated)),
        "available" => Some(number(|r| r.available)),
        "rolledOut" => Some(Value::Bool(row.is_some_and(DaemonSetRow::rolled_out))),
        _ => named(row.map(|r| &r.meta), name),
    }
}

/// A part of an object that is not there is an empty map, so that `has(...)` answers.
fn any(row: Option<&ObjectRow>, name: &str, scope: &Scope<'_>) -> Field {
    Ok(Some(match (name, row) {
        ("exists", _) => Value::Bool(row.is_some()),
        ("deleting", _) => Value::Bool(row.is_some_and(|r| r.meta.deleting.is_some())),
        ("ageSeconds", _) => age(t!("runbook-thing-the-object"), row.and_then(|r| r.meta.created), scope)?,
        ("finalizers", _) => Value::list(row.into_iter().flat_map(ObjectRow::finalizers).map(Value::text)),
        ("labels", Some(row)) => labels(&row.meta.labels),
        ("metadata" | "spec" | "status" | "data", Some(row)) if !row.value[name].is_null() => {
            Value::from_json(&row.value[name])
        }
        ("labels" | "metadata" | "spec" | "status" | "data", _) => Value::Map(Arc::default()),
        _ => return Ok(None),
    }))
}

fn event(row: &EventRow, name: &str, scope: &Scope<'_>) -> Field {
    Ok(Some(match name {
        "reason" => Value::text(&row.reason),
        "message" => Value::text(&row.message),
        "warning" => Value::Bool(row.warning),
        "count" => int(row.count),
        "ageSeconds" => age(t!("runbook-thing-the-event"), row.last.or(row.first), scope)?,
        _ => return Ok(None),
    }))
}

fn finding(found: &Finding, name: &str, scope: &Scope<'_>) -> Field {
    Ok(Some(match name {
        "detector" => Value::text(found.detector),
        "title" => Value::text(&found.title),
        "severity" => Value::text(&format!("{:?}", found.severity).to_lowercase()),
        "kind" => Value::text(found.subject.kind.name()),
        "namespace" => Value::text(found.subject.namespace()),
        "name" => Value::text(found.subject.name()),
        "pods" => Value::Int(i64::try_from(found.blast.pods).unwrap_or(i64::MAX)),
        "ageSeconds" => age(t!("runbook-thing-the-finding"), found.since, scope)?,
        _ => return Ok(None),
    }))
}
