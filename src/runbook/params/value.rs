//! Values of parameters and of what steps recorded.
//!
//! A value is typed from the moment it is accepted. Text for people is [`ParamValue::shown`], which never shows
//! a secret; text for a program is [`ParamValue::plain`].

use std::collections::BTreeMap;
use std::time::Duration;

pub use crate::domain::SecretText;

use super::super::decode::scalars::print_duration;

/// An object that a Kubernetes picker chose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectRef {
    /// Lower-case singular kind.
    pub kind: String,
    /// Its namespace; `None` for cluster-wide kinds.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum ParamValue {
    /// Text, a word of an enumeration, a quantity, a regular expression, a file, a context.
    Text(String),
    /// A whole number.
    Int(i64),
    /// True or false.
    Bool(bool),
    /// A length of time.
    Duration(Duration),
    /// An object.
    Object(ObjectRef),
    /// A thing with named fields, such as an etcd member; `name` is its main field.
    Fields(BTreeMap<String, String>),
    /// JSON that a step captured.
    Json(serde_json::Value),
    /// Several, of a parameter with `many`.
    List(Vec<ParamValue>),
    /// Never shown.
    Secret(SecretText),
}

impl ParamValue {
    /// The value for people, journals and screens.
    pub fn shown(&self) -> String {
        match self {
            Self::Secret(_) => "***".to_owned(),
            Self::List(items) => items.iter().map(Self::shown).collect::<Vec<_>>().join(", "),
            other => other.plain(),
        }
    }

    /// The value for a program, as one text: objects as `namespace/name`, lists with one element a line.
    pub fn plain(&self) -> String {
        match self {
            Self::Text(t) => t.clone(),
            Self::Int(i) => i.to_string(),
            Self::Bool(b) => b.to_string(),
            Self::Duration(d) => print_duration(*d),
            Self::Object(ObjectRef { namespace: Some(ns), name, .. }) => format!("{ns}/{name}"),
            Self::Object(o) => o.name.clone(),
            Self::Fields(f) => f.get("name").cloned().unwrap_or_default(),
            Self::Json(serde_json::Value::String(s)) => s.clone(),
            Self::Json(j) => j.to_string(),
            Self::List(items) => items.iter().map(Self::plain).collect::<Vec<_>>().join("\n"),
            Self::Secret(s) => s.reveal().to_owned(),
        }
    }

    /// A field of the value, as `$param.field` means it.
    pub fn field(&self, name: &str) -> Option<ParamValue> {
        match (self, name) {
            (Self::Object(o), "name") => Some(Self::Text(o.name.clone())),
            (Self::Object(o), "kind") => Some(Self::Text(o.kind.clone())),
            (Self::Object(o), "namespace") => o.namespace.clone().map(Self::Text),
            (Self::Fields(f), _) => f.get(name).cloned().map(Self::Text),
            (Self::Json(j), _) => j.get(name).cloned().map(Self::Json),
            (Self::List(items), "first") => items.first().cloned(),
            (Self::List(items), "rest") => Some(Self::List(items.iter().skip(1).cloned().collect())),
            (Self::List(items), "count") => i64::try_from(items.len()).ok().map(Self::Int),
            _ => None,
        }
    }

    /// The value as an argument of an operation. Secrets are refused: they go to programs only, not to plans.
    pub fn json(&self) -> Option<serde_json::Value> {
        use serde_json::Value as Json;
        Some(match self {
            Self::Int(i) => Json::from(*i),
            Self::Bool(b) => Json::Bool(*b),
            Self::Json(j) => j.clone(),
            Self::List(items) => Json::Array(items.iter().map(Self::json).collect::<Option<_>>()?),
            Self::Fields(f) => {
                Json::Object(f.iter().map(|(k, v)| (k.clone(), Json::String(v.clone()))).collect())
            }
            Self::Secret(_) => return None,
            other => Json::String(other.plain()),
        })
    }
}

/// Values by parameter name.
pub type Values = BTreeMap<String, ParamValue>;

/// Recorded values by step, then by name.
pub type Recorded = BTreeMap<String, Values>;
