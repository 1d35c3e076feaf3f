//! A live pane: a view bound to something, as a runbook's step names it: `nodes`, `node/worker-3`,
//! `pods-on/worker-3`, `events/node/worker-3`, `logs/shop/api-1`, `logs/deployment/shop/api`.
//!
//! Must not look at the cluster. A new head needs its name in [`HEADS`] and its arm in [`Pane::parse`]; a new option its
//! arm in `with`.

use super::{Filter, LogsOf};
use crate::domain::{Kind, Namespaces, ObjectKey, is_segment};
use crate::lang::t;

/// What a pane shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pane {
    /// Rows of a kind that pass a filter.
    Table { kind: Kind, filter: Filter },
    /// One object.
    Detail(ObjectKey),
    /// The log of a pod, or of the pods of a workload.
    Logs(LogsOf),
    /// The YAML of an object.
    Yaml(ObjectKey),
    /// What the script of the present step wrote.
    Output,
}

/// Heads of panes that are not the name of a kind.
pub const HEADS: &[&str] = &["pods-on", "pods-of", "events", "logs", "logs-previous", "yaml"];

/// Heads that are followed by an object, written with its kind: what a path that begins with a value means there. An
/// object with a namespace brings its kind; of what else it is, only logs know: a pod. So no name of a namespace is
/// taken for a kind.
pub fn kind_of_value<'a>(head: &str, object: Option<&'a str>) -> Option<&'a str> {
    match (head, object) {
        ("events" | "yaml" | "logs" | "logs-previous" | "pods-of", Some(kind)) => Some(kind),
        ("logs" | "logs-previous", None) => Some("pod"),
        _ => None,
    }
}

fn object(parts: &[&str]) -> Result<ObjectKey, String> {
    let [kind, rest @ ..] = parts else { return Err(t!("live-pane-kind-missing").to_owned()) };
    let kind = Kind::parse(kind).ok_or_else(|| t!("live-pane-no-kind", kind = kind))?;
    named(rest)?;
    match (kind.meta().namespaced, rest) {
        (true, [ns, name]) => Ok(ObjectKey::new(kind, *ns, *name)),
        (false, [name]) => Ok(ObjectKey::cluster(kind, *name)),
        (true, _) => Err(t!("live-pane-write", path = format!("{}/NAMESPACE/NAME", kind.meta().plural))),
        (false, _) => Err(t!("live-pane-write", path = format!("{}/NAME", kind.meta().plural))),
    }
}

/// Whether something can be called so.
fn named(parts: &[&str]) -> Result<(), String> {
    match parts.iter().find(|part| !is_segment(part)) {
        Some(part) => Err(t!("live-pane-no-name", name = crate::domain::sanitize(part))),
        None => Ok(()),
    }
}

/// Reads `NAMESPACE/POD`, `NAMESPACE/POD/CONTAINER`, or the same after a kind.
fn logs(head: &str, parts: &[&str]) -> Result<LogsOf, String> {
    let (kind, rest) = match parts.first().and_then(|k| Kind::parse(k)) {
        Some(kind) if LogsOf::has(kind) => (kind, &parts[1..]),
        Some(kind) if parts.len() > 2 => return Err(t!("live-pane-no-log", kind = kind)),
        _ => (Kind::Pod, parts),
    };
    let ([ns, name] | [ns, name, _]) = rest else {
        return Err(t!("live-pane-write-logs", head = head));
    };
    named(rest)?;
    let container = rest.get(2).map(|c| (*c).to_owned());
    Ok(LogsOf { of: ObjectKey::new(kind, *ns, *name), container, previous: head == "logs-previous" })
}

impl Pane {
    /// Reads a pane from its parts and its further keys, all bound already; the error says what is possible.
    pub fn parse(parts: &[&str], options: &[(&str, &str)]) -> Result<Pane, String> {
        let pane = Pane::path(parts)?;
        options.iter().try_fold(pane, |pane, (name, value)| pane.with(name, value))
    }

    /// The pane with a further key of the long form.
    fn with(self, name: &str, value: &str) -> Result<Pane, String> {
        let yes = || value.parse().map_err(|_| t!("live-pane-true-or-false", name = name, value = value));
        match (self, name) {
            (Pane::Logs(logs), "previous") => Ok(Pane::Logs(LogsOf { previous: yes()?, ..logs })),
            (Pane::Logs(logs), "container") => {
                Ok(Pane::Logs(LogsOf { container: Some(value.to_owned()), ..logs }))
            }
            (Pane::Logs(_), _) => Err(t!("live-pane-keys-of-logs", name = name)),
            (Pane::Table { kind: Kind::Event, filter }, "warnings") => {
                Ok(Pane::Table { kind: Kind::Event, filter: Filter { warnings: yes()?, ..filter } })
            }
            (Pane::Table { kind: Kind::Event, .. }, _) => Err(t!("live-pane-keys-of-events", name = name)),
            _ => Err(t!("live-pane-no-keys", name = name)),
        }
    }

    fn path(parts: &[&str]) -> Result<Pane, String> {
        match parts {
            ["pods-on", node] => {
                let filter = Filter { node: Some((*node).into()), ..Filter::default() };
                Ok(Pane::Table { kind: Kind::Pod, filter })
            }
            ["pods-of", rest @ ..] => {
                let owner = object(rest)?;
                if !LogsOf::has(owner.kind) || owner.kind == Kind::Pod {
                    return Err(t!("live-pane-no-pods", kind = owner.kind));
                }
                let namespaces = Some(Namespaces::read(owner.namespace()));
                let filter = Filter { owner: Some(owner), namespaces, ..Filter::default() };
                Ok(Pane::Table { kind: Kind::Pod, filter })
            }
            ["events", rest @ ..] if !rest.is_empty() => {
                let filter = Filter { about: Some(object(rest)?), ..Filter::default() };
                Ok(Pane::Table { kind: Kind::Event, filter })
            }
            [head @ ("logs" | "logs-previous"), rest @ ..] => logs(head, rest).map(Pane::Logs),
            ["yaml", rest @ ..] => Ok(Pane::Yaml(object(rest)?)),
            ["pods-on", ..] => Err(t!("live-pane-write", path = "pods-on/NODE")),
            [kind] => match Kind::parse(kind) {
                Some(kind) => Ok(Pane::Table { kind, filter: Filter::default() }),
                None => Err(t!("live-pane-no-view", name = kind)),
            },
            parts => match (Kind::parse(parts.first().unwrap_or(&"")), parts) {
                (Some(kind), [_, ns]) if kind.meta().namespaced => {
                    let filter = Filter { namespaces: Some(Namespaces::read(ns)), ..Filter::default() };
                    Ok(Pane::Table { kind, filter })
                }
                _ => object(parts).map(Pane::Detail),
            },
        }
    }

    /// The title of the pane.
    pub fn title(&self) -> String {
        match self {
            Pane::Table { filter: Filter { node: Some(node), .. }, .. } => {
                t!("live-pane-pods-on", node = node)
            }
            Pane::Table { filter: Filter { owner: Some(owner), .. }, .. } => {
                t!("live-pane-pods-of", of = format!("{} {}", owner.kind.name().to_lowercase(), owner.row))
            }
            Pane::Table { filter: Filter { about: Some(about), warnings, .. }, .. } => {
                if *warnings {
                    t!("live-pane-warnings-of", of = about)
                } else {
                    t!("live-pane-events-of", of = about)
                }
            }
            Pane::Table { filter: Filter { warnings: true, .. }, .. } => t!("live-pane-warnings").to_owned(),
            Pane::Table { kind, filter } => match &filter.namespaces {
                Some(some) => t!("live-pane-in", kinds = kind.meta().plural, namespaces = some.names()),
                None => kind.meta().plural.to_owned(),
            },
            Pane::Detail(key) => {
                key.to_string().replacen(key.kind.name(), &key.kind.name().to_lowercase(), 1)
            }
            Pane::Logs(logs) => logs.title(),
            Pane::Yaml(key) => t!("live-pane-yaml-of", of = key),
            Pane::Output => t!("live-pane-output").to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_are_read_from_their_parts() {
        let title = |parts: &[&str]| Pane::parse(parts, &[]).map(|p| p.title());
        assert_eq!(title(&["nodes"]).unwrap(), "nodes");
        assert_eq!(title(&["node", "w"]).unwrap(), "node w");
        assert_eq!(title(&["pods", "shop"]).unwrap(), "pods in shop");
        assert_eq!(title(&["pods-on", "w"]).unwrap(), "pods on w");
        assert_eq!(title(&["pods-of", "deploy", "shop", "api"]).unwrap(), "pods of deployment shop/api");
        assert!(title(&["pods-of", "service", "shop", "api"]).unwrap_err().contains("has no pods"));
        assert_eq!(title(&["pod", "shop", "api"]).unwrap(), "pod shop/api");
        assert_eq!(title(&["events", "node", "w"]).unwrap(), "events of Node w");
        assert_eq!(title(&["logs-previous", "shop", "api"]).unwrap(), "previous log of shop/api");
        assert!(title(&["gizmos"]).is_err());
        assert!(title(&["events", "pod", "x"]).unwrap_err().contains("NAMESPACE/NAME"));
    }

    #[test]
    fn logs_are_of_pods_and_of_workloads_and_take_keys() {
        let title = |parts: &[&str], options: &[(&str, &str)]| Pane::parse(parts, options).map(|p| p.title());
        assert_eq!(title(&["logs", "deploy", "shop", "api"], &[]).unwrap(), "log of deployment shop/api");
        assert_eq!(title(&["logs", "shop", "api", "app"], &[]).unwrap(), "log of shop/api app");
        assert_eq!(title(&["logs", "pod", "shop", "api", "app"], &[]).unwrap(), "log of shop/api app");
        let keys = [("previous", "true"), ("container", "app")];
        assert_eq!(title(&["logs", "shop", "api"], &keys).unwrap(), "previous log of shop/api app");
        assert!(title(&["logs", "service", "shop", "api"], &[]).is_err());
        assert!(title(&["logs", "api"], &[]).unwrap_err().contains("NAMESPACE/POD"));
        assert!(
            title(&["logs", "shop", "api"], &[("previous", "yes")]).unwrap_err().contains("true or false")
        );
        assert!(title(&["logs", "shop", "api"], &[("tail", "9")]).unwrap_err().contains("`tail`"));
        assert!(title(&["nodes"], &[("previous", "true")]).unwrap_err().contains("previous"));
        let warnings = title(&["events", "node", "w"], &[("warnings", "true")]);
        assert_eq!(warnings.unwrap(), "warnings of Node w");
    }
}
