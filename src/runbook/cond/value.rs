//! Values at run time. Rows are shared, never copied; their fields are read when asked for.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::super::params::{ObjectRef, ParamValue, Values};
use crate::domain::{
    Condition, ContainerRow, DaemonSetRow, DeploymentRow, EventRow, Finding, LeaseRow, NodeRow, ObjectRow,
    PdbRow, PodRow, StatefulSetRow, Taint,
};
use crate::lang::t;

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Double(f64),
    /// Text.
    Text(Arc<str>),
    /// A list.
    List(Arc<Vec<Value>>),
    /// A map.
    Map(Arc<BTreeMap<String, Value>>),
    /// An object whose fields are read on demand.
    Object(Thing),
}

/// What an object stands for. `None` inside means that no such object exists.
#[derive(Clone, Debug)]
pub enum Thing {
    /// A node with its lease.
    Node(Arc<str>, Option<Arc<NodeRow>>, Option<Arc<LeaseRow>>),
    /// All nodes.
    Nodes,
    /// A condition of an object.
    Condition(Option<Condition>),
    /// A taint.
    Taint(Taint),
    /// A pod.
    Pod(Option<Arc<PodRow>>),
    /// A container: the pod and its place in it.
    Container(Arc<PodRow>, usize),
    /// A disruption budget.
    Pdb(Arc<PdbRow>),
    /// A Deployment.
    Deployment(Option<Arc<DeploymentRow>>),
    /// A `StatefulSet`.
    StatefulSet(Option<Arc<StatefulSetRow>>),
    /// A `DaemonSet`.
    DaemonSet(Option<Arc<DaemonSetRow>>),
    /// Any object, as the server gave it.
    Any(Option<Arc<ObjectRow>>),
    /// An event.
    Event(Arc<EventRow>),
    /// A finding.
    Finding(Arc<Finding>),
    /// A container that ran out of memory: the pod and its place in it.
    OomKill(Arc<PodRow>, usize),
    /// The API server.
    Api,
    /// etcd.
    Etcd,
    /// An object that a parameter names.
    Reference(Arc<ObjectRef>),
    /// The parameters.
    Params,
    /// The steps.
    Steps,
    /// What one step recorded, by the step's name.
    Step(Arc<str>, Arc<Values>),
}

impl Thing {
    /// The container of [`Thing::Container`] and [`Thing::OomKill`].
    pub fn container(pod: &PodRow, index: usize) -> Option<&ContainerRow> {
        pod.containers.get(index)
    }
}

impl Value {
    /// Text.
    pub fn text(text: &str) -> Self {
        Self::Text(Arc::from(text))
    }

    /// A list.
    pub fn list(items: impl IntoIterator<Item = Value>) -> Self {
        Self::List(Arc::new(items.into_iter().collect()))
    }

    /// What a person would call it.
    pub fn what(&self) -> &'static str {
        match self {
            Self::Null => t!("runbook-what-null"),
            Self::Bool(_) => t!("runbook-what-boolean"),
            Self::Int(_) | Self::Double(_) => t!("runbook-what-number"),
            Self::Text(_) => t!("runbook-what-text"),
            Self::List(_) => t!("runbook-what-list"),
            Self::Map(_) => t!("runbook-what-map"),
            Self::Object(_) => t!("runbook-what-object"),
        }
    }

    /// The value for a person.
    pub fn words(&self) -> String {
        match self {
            Self::List(items) => t!("runbook-what-list-of", items = items.len()),
            Self::Map(items) => t!("runbook-what-map-of", items = items.len()),
            Self::Object(_) => self.what().to_owned(),
            plain => plain.to_string(),
        }
    }

    /// The value as a number with a fraction.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Int(i) => Some(*i as f64),
            Self::Double(d) => Some(*d),
            _ => None,
        }
    }

    /// A JSON value.
    pub fn from_json(json: &serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match json {
            Json::Null => Self::Null,
            Json::Bool(b) => Self::Bool(*b),
            Json::Number(n) => {
                n.as_i64().map_or_else(|| Self::Double(n.as_f64().unwrap_or(f64::NAN)), Self::Int)
            }
            Json::String(s) => Self::text(s),
            Json::Array(items) => Self::list(items.iter().map(Self::from_json)),
            Json::Object(map) => {
                Self::Map(Arc::new(map.iter().map(|(k, v)| (k.clone(), Self::from_json(v))).collect()))
            }
        }
    }
}

/// A parameter in an expression: a cluster-wide object is its name, a length of time its seconds, a secret
/// nothing.
impl From<&ParamValue> for Value {
    fn from(value: &ParamValue) -> Self {
        match value {
            ParamValue::Int(i) => Self::Int(*i),
            ParamValue::Bool(b) => Self::Bool(*b),
            ParamValue::Duration(d) => Self::Int(i64::try_from(d.as_secs()).unwrap_or(i64::MAX)),
            ParamValue::Object(o) if o.namespace.is_some() => {
                Self::Object(Thing::Reference(Arc::new(o.clone())))
            }
            ParamValue::Object(o) => Self::text(&o.name),
            ParamValue::Text(t) => Self::text(t),
            ParamValue::Json(j) => Self::from_json(j),
            ParamValue::Fields(f) => {
                Self::Map(Arc::new(f.iter().map(|(k, v)| (k.clone(), Self::text(v))).collect()))
            }
            ParamValue::List(items) => Self::list(items.iter().map(Self::from)),
            ParamValue::Secret(_) => Self::Null,
        }
    }
}

/// The value as a decision compares it with its cases, so in no language; a person reads [`Value::words`].
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(b) => write!(f, "{b}"),
            Self::Int(i) => write!(f, "{i}"),
            Self::Double(d) => write!(f, "{d}"),
            Self::Text(t) => f.write_str(t),
            Self::List(items) => write!(f, "a list of {}", items.len()),
            Self::Map(items) => write!(f, "a map of {}", items.len()),
            Self::Object(_) => f.write_str("an object"),
        }
    }
}
