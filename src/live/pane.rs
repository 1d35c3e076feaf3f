//! A live pane: a view bound to something, as a runbook's step names it: `nodes`, `node/worker-3`,
//! `pods-on/worker-3`, `events/node/worker-3`, `logs/shop/api-1`.

use super::Filter;
use crate::domain::{Kind, ObjectKey};

/// What a pane shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pane {
    /// Rows of a kind that pass a filter.
    Table { kind: Kind, filter: Filter },
    /// One object.
    Detail(ObjectKey),
    /// The log of a pod.
    Logs { pod: ObjectKey, container: Option<String>, previous: bool },
    /// The YAML of an object.
    Yaml(ObjectKey),
    /// What the script of the present step wrote.
    Output,
}

/// Heads of panes that are not the name of a kind.
pub const HEADS: &[&str] = &["pods-on", "events", "logs", "logs-previous", "yaml"];

impl Pane {
    /// Reads a pane from its parts, which are already bound; the error says what is possible.
    pub fn parse(parts: &[&str]) -> Result<Pane, String> {
        let object = |parts: &[&str]| -> Result<ObjectKey, String> {
            let [kind, rest @ ..] = parts else { return Err("a kind is missing".to_owned()) };
            let kind =
                Kind::parse(kind).ok_or_else(|| format!("`{kind}` is not a kind that can be shown"))?;
            match (kind.meta().namespaced, rest) {
                (true, [ns, name]) => Ok(ObjectKey::new(kind, *ns, *name)),
                (false, [name]) => Ok(ObjectKey::cluster(kind, *name)),
                (true, _) => Err(format!("write {}/NAMESPACE/NAME", kind.meta().plural)),
                (false, _) => Err(format!("write {}/NAME", kind.meta().plural)),
            }
        };
        match parts {
            ["pods-on", node] => {
                let filter = Filter { node: Some((*node).into()), ..Filter::default() };
                Ok(Pane::Table { kind: Kind::Pod, filter })
            }
            ["events", rest @ ..] if !rest.is_empty() => {
                let filter = Filter { about: Some(object(rest)?), ..Filter::default() };
                Ok(Pane::Table { kind: Kind::Event, filter })
            }
            [head @ ("logs" | "logs-previous"), ns, pod, rest @ ..] if rest.len() <= 1 => Ok(Pane::Logs {
                pod: ObjectKey::new(Kind::Pod, *ns, *pod),
                container: rest.first().map(|c| (*c).to_owned()),
                previous: *head == "logs-previous",
            }),
            ["yaml", rest @ ..] => Ok(Pane::Yaml(object(rest)?)),
            ["pods-on", ..] => Err("write pods-on/NODE".to_owned()),
            [head @ ("logs" | "logs-previous"), ..] => {
                Err(format!("write {head}/NAMESPACE/POD or {head}/NAMESPACE/POD/CONTAINER"))
            }
            [kind] => match Kind::parse(kind) {
                Some(kind) => Ok(Pane::Table { kind, filter: Filter::default() }),
                None => Err(format!("`{kind}` is not a live view")),
            },
            [kind, ns] if Kind::parse(kind).is_some_and(|k| k.meta().namespaced) => {
                let kind = Kind::parse(kind).ok_or("checked just before")?;
                Ok(Pane::Table {
                    kind,
                    filter: Filter { namespace: Some((*ns).into()), ..Filter::default() },
                })
            }
            parts => object(parts).map(Pane::Detail),
        }
    }

    /// The title of the pane.
    pub fn title(&self) -> String {
        match self {
            Pane::Table { filter: Filter { node: Some(node), .. }, .. } => format!("pods on {node}"),
            Pane::Table { filter: Filter { about: Some(about), .. }, .. } => format!("events of {about}"),
            Pane::Table { kind, filter } => match &filter.namespace {
                Some(ns) => format!("{} in {ns}", kind.meta().plural),
                None => kind.meta().plural.to_owned(),
            },
            Pane::Detail(key) => {
                key.to_string().replacen(key.kind.name(), &key.kind.name().to_lowercase(), 1)
            }
            Pane::Logs { pod, previous: false, .. } => format!("log of {}", pod.row),
            Pane::Logs { pod, .. } => format!("previous log of {}", pod.row),
            Pane::Yaml(key) => format!("yaml of {key}"),
            Pane::Output => "output".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_are_read_from_their_parts() {
        let title = |parts: &[&str]| Pane::parse(parts).map(|p| p.title());
        assert_eq!(title(&["nodes"]).unwrap(), "nodes");
        assert_eq!(title(&["node", "w"]).unwrap(), "node w");
        assert_eq!(title(&["pods", "shop"]).unwrap(), "pods in shop");
        assert_eq!(title(&["pods-on", "w"]).unwrap(), "pods on w");
        assert_eq!(title(&["pod", "shop", "api"]).unwrap(), "pod shop/api");
        assert_eq!(title(&["events", "node", "w"]).unwrap(), "events of Node w");
        assert_eq!(title(&["logs-previous", "shop", "api"]).unwrap(), "previous log of shop/api");
        assert!(title(&["gizmos"]).is_err());
        assert!(title(&["events", "pod", "x"]).unwrap_err().contains("NAMESPACE/NAME"));
    }
}
