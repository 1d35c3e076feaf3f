//! Functions and methods of the language itself; those that look at the cluster are in `cluster`.

use super::super::decode::scalars::parse_duration;
use super::super::model::Span;
use super::eval::Evaluated;
use super::means::{LOOK, Means};
use super::value::{Thing, Value};
use super::{CondError, Scope, cluster, invalid};
use crate::domain::parse_quantity;
use crate::lang::t;

fn fault(message: impl Into<String>) -> CondError {
    invalid(message, None, Span::default())
}

/// Calls a function, and charges what it made.
pub fn function(name: &str, args: &[Value], scope: &Scope<'_>, means: &mut Means) -> Evaluated {
    let value = match (name, args) {
        ("size", [value]) => size(value, means),
        ("string", [value @ Value::Text(_)]) => return Ok(value.clone()),
        _ => call(name, args, scope, means),
    }?;
    means.made(&value)?;
    Ok(value)
}

fn call(name: &str, args: &[Value], scope: &Scope<'_>, means: &mut Means) -> Evaluated {
    match (name, args) {
        ("string", [value]) => Ok(Value::text(&value.to_string())),
        ("int", [value]) => int(value),
        ("double", [value]) => match value {
            Value::Text(t) => {
                t.parse().map(Value::Double).map_err(|_| unknown(value, t!("runbook-what-number")))
            }
            other => {
                other.number().map(Value::Double).ok_or_else(|| unknown(other, t!("runbook-what-number")))
            }
        },
        ("seconds", [Value::Text(t)]) => {
            let time = parse_duration(t).and_then(|d| i64::try_from(d.as_secs()).ok());
            time.map(Value::Int).ok_or_else(|| fault(t!("runbook-cond-no-duration", text = t)))
        }
        ("quantity", [Value::Text(t)]) => parse_quantity(t)
            .map(Value::Double)
            .ok_or_else(|| fault(t!("runbook-cond-no-quantity", text = t))),
        _ => {
            means.steps(LOOK)?;
            let result = cluster::call(name, args, scope);
            result.unwrap_or_else(|| Err(fault(t!("runbook-cond-no-such-call", name = name))))
        }
    }
}

fn unknown(value: &Value, wanted: &str) -> CondError {
    CondError::Unknown(t!("runbook-cond-is-not", value = value.words(), wanted = wanted))
}

fn int(value: &Value) -> Evaluated {
    match value {
        Value::Int(i) => Ok(Value::Int(*i)),
        Value::Double(d) => Ok(Value::Int(*d as i64)),
        Value::Text(t) => {
            t.trim().parse().map(Value::Int).map_err(|_| unknown(value, t!("runbook-what-whole-number")))
        }
        other => Err(unknown(other, t!("runbook-what-whole-number"))),
    }
}

fn size(value: &Value, means: &mut Means) -> Evaluated {
    let n = match value {
        Value::Text(t) => {
            means.reads(t.len())?;
            t.chars().count()
        }
        Value::List(items) => items.len(),
        Value::Map(map) => map.len(),
        other => return Err(fault(t!("runbook-cond-no-size", what = other.what()))),
    };
    Ok(Value::Int(i64::try_from(n).unwrap_or(i64::MAX)))
}

/// Calls a method.
pub fn method(target: &Value, name: &str, args: &[Value], scope: &Scope<'_>, means: &mut Means) -> Evaluated {
    if let (Value::Text(text), [Value::Text(_)]) = (target, args) {
        means.reads(text.len())?;
    }
    match (target, name, args) {
        (_, "size", []) => size(target, means),
        (Value::Text(t), "startsWith", [Value::Text(a)]) => Ok(Value::Bool(t.starts_with(&**a))),
        (Value::Text(t), "endsWith", [Value::Text(a)]) => Ok(Value::Bool(t.ends_with(&**a))),
        (Value::Text(t), "contains", [Value::Text(a)]) => Ok(Value::Bool(t.contains(&**a))),
        (Value::Text(t), "matches", [Value::Text(a)]) => means.fits(t, a).map(Value::Bool),
        (Value::Object(thing), "condition", [Value::Text(kind)]) => condition(thing, kind, scope),
        _ => Err(fault(t!("runbook-cond-has-no-method", of = target.what(), name = name))),
    }
}

fn condition(thing: &Thing, kind: &str, _scope: &Scope<'_>) -> Evaluated {
    let found = match thing {
        Thing::Node(_, row, _) => row.as_ref().and_then(|r| r.condition(kind)).cloned(),
        Thing::Pod(row) => row.as_ref().and_then(|r| r.condition(kind)).cloned(),
        Thing::Deployment(row) => {
            row.as_ref().and_then(|r| r.conditions.iter().find(|c| &*c.kind == kind)).cloned()
        }
        Thing::Any(row) => row.as_ref().and_then(|r| r.condition(kind)),
        _ => return Err(fault(t!("runbook-cond-no-conditions"))),
    };
    Ok(Value::Object(Thing::Condition(found)))
}
