//! Functions that look into the snapshot. What is not loaded, stale or forbidden is unknown and never empty.

use std::sync::Arc;

use super::eval::Evaluated;
use super::value::{Thing, Value};
use super::{CondError, Scope};
use crate::domain::{
    ClusterSnapshot, ContainerRow, ContainerState, Finding, Interest, Kind, Looked, ObjectKey, PodRow,
    SyncState, Terminated, moment,
};
use crate::lang::t;

/// What a question is about: one namespace, or all of them. What is seen of one says nothing about all.
#[derive(Clone, Copy)]
enum Of<'a> {
    All,
    Namespace(&'a str),
}

/// The snapshot, when these kinds are loaded and current, and seen as far as the question goes.
fn snapshot<'a>(scope: &Scope<'a>, of: Of<'_>, kinds: &[Kind]) -> Result<&'a ClusterSnapshot, CondError> {
    let unknown = |text: String| Err(CondError::Unknown(text));
    let Some(snapshot) = scope.snapshot else {
        return unknown(t!("runbook-cond-no-picture").to_owned());
    };
    for kind in kinds {
        let plural = kind.meta().plural;
        return match snapshot.sync(*kind) {
            SyncState::Live | SyncState::Polled { .. } => match (snapshot.scope(*kind), of) {
                (None, _) => continue,
                (Some(only), Of::Namespace(asked)) if only.contains(asked) => continue,
                (Some(only), _) => unknown(t!("runbook-cond-only-seen", plural = plural, only = only)),
            },
            SyncState::Waiting | SyncState::Loading(_) => {
                unknown(t!("runbook-cond-not-loaded", plural = plural))
            }
            SyncState::Stale { since, why } => {
                unknown(t!("runbook-cond-stale", plural = plural, since = moment(*since), why = why))
            }
            SyncState::Failed { why, .. } => unknown(t!("runbook-cond-failed", plural = plural, why = why)),
            SyncState::Forbidden(verb) => unknown(t!("runbook-cond-forbidden", verb = verb, plural = plural)),
            SyncState::NotServed => unknown(t!("runbook-cond-not-served", plural = plural)),
        };
    }
    Ok(snapshot)
}

/// The namespace and name from two texts or a chosen object.
fn key(args: &[Value]) -> Option<(Arc<str>, Arc<str>)> {
    match args {
        [Value::Text(namespace), Value::Text(name)] => Some((namespace.clone(), name.clone())),
        [Value::Object(Thing::Reference(r))] => {
            Some((Arc::from(r.namespace.as_deref().unwrap_or("")), Arc::from(r.name.as_str())))
        }
        _ => None,
    }
}

/// Calls a function of this module; `None` when there is none for these arguments.
pub fn call(name: &str, args: &[Value], scope: &Scope<'_>) -> Option<Evaluated> {
    Some(match (name, args) {
        ("node", [Value::Text(node)]) => self::node(node, scope),
        ("pods", [Value::Text(namespace)]) => pods(namespace, None, scope),
        ("pods", [Value::Text(namespace), Value::Text(labels)]) => pods(namespace, Some(labels), scope),
        ("podsOn", [Value::Text(node)]) => on_node(node, scope, |_| true),
        ("evictablePods", [Value::Text(node)]) => on_node(node, scope, PodRow::evictable),
        ("pdbsBlocking", [Value::Text(node)]) => blocking(node, scope),
        ("events", [Value::Text(kind), Value::Text(name)]) => events(kind, "", name, scope),
        ("events", [Value::Text(kind), Value::Text(namespace), Value::Text(name)]) => {
            events(kind, namespace, name, scope)
        }
        ("object", [Value::Text(kind), Value::Text(name)]) => any(kind, "", name, scope),
        ("object", [Value::Text(kind), Value::Text(namespace), Value::Text(name)]) => {
            any(kind, namespace, name, scope)
        }
        ("objects", [Value::Text(kind)]) => all(kind, None, scope),
        ("objects", [Value::Text(kind), Value::Text(namespace)]) => all(kind, Some(namespace), scope),
        ("findings", [Value::Text(detector)]) => findings(detector, scope),
        ("pod" | "deployment" | "statefulset" | "daemonset" | "oomKilled", args) => {
            let (namespace, object) = key(args)?;
            namespaced(name, &namespace, &object, scope)
        }
        _ => return None,
    })
}

fn namespaced(function: &str, namespace: &str, name: &str, scope: &Scope<'_>) -> Evaluated {
    let of = Of::Namespace(namespace);
    Ok(Value::Object(match function {
        "pod" => Thing::Pod(snapshot(scope, of, &[Kind::Pod])?.pods.find(namespace, name).cloned()),
        "deployment" => Thing::Deployment(
            snapshot(scope, of, &[Kind::Deployment])?.deployments.find(namespace, name).cloned(),
        ),
        "statefulset" => Thing::StatefulSet(
            snapshot(scope, of, &[Kind::StatefulSet])?.stateful_sets.find(namespace, name).cloned(),
        ),
        "daemonset" => Thing::DaemonSet(
            snapshot(scope, of, &[Kind::DaemonSet])?.daemon_sets.find(namespace, name).cloned(),
        ),
        _ => return oom_kills(namespace, name, scope),
    }))
}

fn node(name: &Arc<str>, scope: &Scope<'_>) -> Evaluated {
    let snapshot = snapshot(scope, Of::All, &[Kind::Node])?;
    // Leases may be forbidden; then only the age of the lease is unknown.
    let lease = snapshot
        .node_lease(name)
        .filter(|_| snapshot.sync(Kind::Lease).current() && snapshot.covers(Kind::Lease, "kube-node-lease"));
    Ok(Value::Object(Thing::Node(name.clone(), snapshot.node(name).cloned(), lease.cloned())))
}

/// The lists of `nodes`.
pub fn node_names(field: &str, scope: &Scope<'_>) -> Result<Option<Value>, CondError> {
    let keep: fn(&crate::domain::NodeRow) -> bool = match field {
        "all" => |_| true,
        "ready" => |n| n.ready(),
        "notReady" => |n| !n.ready(),
        "cordoned" => |n| n.unschedulable,
        _ => return Ok(None),
    };
    let nodes = &snapshot(scope, Of::All, &[Kind::Node])?.nodes;
    Ok(Some(Value::list(nodes.iter().filter(|n| keep(n)).map(|n| Value::Text(n.meta.name.clone())))))
}

/// The fields of `api`.
pub fn api(field: &str, scope: &Scope<'_>) -> Result<Option<Value>, CondError> {
    let unknown = |text: &str| Err(CondError::Unknown(text.to_owned()));
    let Some(snapshot) = scope.snapshot else { return unknown(t!("runbook-cond-no-picture")) };
    let version = snapshot.info.version.as_str();
    Ok(Some(match field {
        "readyz" => return unknown(t!("runbook-cond-needs-probe")),
        "reachable" => Value::Bool(snapshot.sync(Kind::Node).current()),
        _ if version.is_empty() => return unknown(t!("runbook-cond-no-version")),
        "version" => Value::text(version),
        "minor" => {
            let digits = |t: &str| t.chars().take_while(char::is_ascii_digit).collect::<String>();
            let minor = version.split('.').nth(1).and_then(|m| digits(m).parse().ok());
            Value::Int(
                minor.ok_or_else(|| CondError::Unknown(t!("runbook-cond-no-minor", version = version)))?,
            )
        }
        _ => return Ok(None),
    }))
}

fn pod_value(row: &Arc<PodRow>) -> Value {
    Value::Object(Thing::Pod(Some(Arc::clone(row))))
}

fn pods(namespace: &str, selector: Option<&str>, scope: &Scope<'_>) -> Evaluated {
    let snapshot = snapshot(scope, Of::Namespace(namespace), &[Kind::Pod])?;
    let wanted: Vec<(&str, &str)> =
        selector.unwrap_or("").split(',').filter_map(|p| p.split_once('=')).collect();
    let keep = |p: &&Arc<PodRow>| wanted.iter().all(|(k, v)| p.meta.label(k.trim()) == Some(v.trim()));
    Ok(Value::list(snapshot.pods.in_namespace(namespace).filter(keep).map(pod_value)))
}

fn on_node(node: &str, scope: &Scope<'_>, keep: fn(&PodRow) -> bool) -> Evaluated {
    let snapshot = snapshot(scope, Of::All, &[Kind::Pod])?;
    Ok(Value::list(snapshot.pods_on(node).filter(|p| keep(p)).map(pod_value)))
}

fn blocking(node: &str, scope: &Scope<'_>) -> Evaluated {
    let snapshot = snapshot(scope, Of::All, &[Kind::Pod, Kind::PodDisruptionBudget])?;
    let mut found = std::collections::BTreeMap::new();
    let movable = snapshot.pods_on(node).filter(|p| p.evictable());
    for pod in movable {
        for pdb in snapshot.budgets_of(pod).filter(|b| b.allowed < 1) {
            found.insert(pdb.meta.key(), Arc::clone(pdb));
        }
    }
    Ok(Value::list(found.into_values().map(|b| Value::Object(Thing::Pdb(b)))))
}

/// How the container ran out of memory, now or in its last life.
pub fn oom_kill(container: &ContainerRow) -> Option<&Terminated> {
    let now = match &container.state {
        ContainerState::Terminated(t) => Some(&**t),
        _ => None,
    };
    now.into_iter().chain(container.last.as_deref()).find(|t| &*t.reason == "OOMKilled")
}

/// Memory kills of a pod, or of all pods of a workload.
fn oom_kills(namespace: &str, name: &str, scope: &Scope<'_>) -> Evaluated {
    let snapshot = snapshot(scope, Of::Namespace(namespace), &[Kind::Pod, Kind::ReplicaSet])?;
    let belongs = |p: &&Arc<PodRow>| {
        &*p.meta.name == name || snapshot.workload_of(p).is_some_and(|(_, key)| &*key.name == name)
    };
    let kills = |p: &Arc<PodRow>| {
        let indices = 0..p.containers.len();
        let killed: Vec<_> = indices.filter(|i| oom_kill(&p.containers[*i]).is_some()).collect();
        killed.into_iter().map(|i| Value::Object(Thing::OomKill(Arc::clone(p), i))).collect::<Vec<_>>()
    };
    Ok(Value::list(snapshot.pods.in_namespace(namespace).filter(belongs).flat_map(kills)))
}

fn events(kind: &str, namespace: &str, name: &str, scope: &Scope<'_>) -> Evaluated {
    let Some(kind) = Kind::parse(kind) else {
        return Err(CondError::Unknown(t!("runbook-cond-no-events", kind = kind)));
    };
    // Events about what has no namespace are written into this one.
    let place = if kind.meta().namespaced { namespace } else { "default" };
    let snapshot = snapshot(scope, Of::Namespace(place), &[Kind::Event])?;
    let key = ObjectKey::new(kind, namespace, name);
    Ok(Value::list(snapshot.events_about(&key).map(|e| Value::Object(Thing::Event(Arc::clone(e))))))
}

/// Leaves word of what should be followed, and gives the kind.
fn want(
    kind: &str,
    interest: impl FnOnce(Kind) -> Interest,
    scope: &Scope<'_>,
) -> Result<Interest, CondError> {
    let Some(kind) = Kind::parse(kind) else {
        return Err(CondError::Unknown(t!("runbook-cond-no-kind", kind = kind)));
    };
    let interest = interest(kind);
    if let Some(wants) = scope.wants {
        wants.borrow_mut().insert(interest.clone());
    }
    Ok(interest)
}

/// One object of any kind, in full.
fn any(kind: &str, namespace: &str, name: &str, scope: &Scope<'_>) -> Evaluated {
    let one = |kind| Interest::one(&ObjectKey::new(kind, namespace, name));
    let interest = want(kind, one, scope)?;
    let snapshot = snapshot(scope, Of::All, &[])?;
    match snapshot.object(&ObjectKey::new(interest.kind, namespace, name)) {
        Looked::Present(row) => Ok(Value::Object(Thing::Any(Some(Arc::clone(row))))),
        Looked::Absent => Ok(Value::Object(Thing::Any(None))),
        Looked::Reading => Err(CondError::Unknown(t!("runbook-cond-reading", interest = interest))),
        Looked::Failed(why) => {
            Err(CondError::Unknown(t!("runbook-cond-unreadable", interest = interest, why = why)))
        }
    }
}

/// All objects of a kind, or those of a namespace.
fn all(kind: &str, namespace: Option<&Arc<str>>, scope: &Scope<'_>) -> Evaluated {
    let of = |kind| match namespace {
        Some(ns) => Interest::within(kind, &**ns),
        None => Interest::all(kind),
    };
    let interest = want(kind, of, scope)?;
    let snapshot = snapshot(scope, Of::All, &[])?;
    if snapshot.followed.get(&interest).is_some_and(|f| f.cut) {
        return Err(CondError::Unknown(t!("runbook-cond-too-many", interest = interest)));
    }
    if let Some(only) = snapshot.followed.get(&interest).and_then(|f| f.only.as_ref()) {
        return Err(CondError::Unknown(t!("runbook-cond-only-seen", plural = interest, only = only)));
    }
    let rows = snapshot.objects(&interest);
    let rows = rows.ok_or_else(|| CondError::Unknown(t!("runbook-cond-not-read", interest = interest)))?;
    Ok(Value::list(rows.map(|row| Value::Object(Thing::Any(Some(Arc::clone(row)))))))
}

fn findings(detector: &str, scope: &Scope<'_>) -> Evaluated {
    // Detectors read several kinds; without nodes and pods their silence would mean nothing.
    let snapshot = snapshot(scope, Of::All, &[Kind::Node, Kind::Pod])?;
    let rows = snapshot.findings.iter().filter(|f| f.detector == detector).cloned();
    // What is told as a symptom of something else is there all the same.
    let under = snapshot.findings.iter().flat_map(|row| {
        let titles = row.symptoms.iter().map(String::as_str).chain(std::iter::repeat(""));
        let own = row.folded.iter().zip(titles).filter(|(folded, _)| folded.detector == detector);
        own.map(|(folded, title)| {
            let mut finding = Finding::new(folded.detector, folded.severity, &folded.subject, title);
            (finding.since, finding.blast.pods) = (folded.since, folded.pods);
            finding
        })
    });
    Ok(Value::list(rows.chain(under).map(|finding| Value::Object(Thing::Finding(Arc::new(finding))))))
}
