//! First values: from the command line, the finding or alert that led here, the row under the cursor, defaults.

use std::collections::BTreeMap;

use super::super::model::{Param, ParamSource, Prefer, Runbook};
use super::{ParamError, Values, accept_all, default_value};
use crate::domain::{Kind, ObjectKey};
use crate::lang::t;

/// Where the operator comes from. Everything in it is judged like typed input.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin<'a> {
    /// Values given by hand (`--set node=a`); several of one name for `many`.
    pub set: &'a [(String, String)],
    /// Parameters of the finding's link to this runbook.
    pub finding: Option<&'a BTreeMap<String, String>>,
    /// The finding's object.
    pub subject: Option<&'a ObjectKey>,
    /// The alert's name and labels.
    pub alert: Option<(&'a str, &'a BTreeMap<String, String>)>,
    /// The row under the cursor.
    pub cursor: Option<&'a ObjectKey>,
}

/// Values that were accepted, and those that were not.
#[derive(Clone, Debug, Default)]
pub struct Prefilled {
    /// Accepted.
    pub values: Values,
    /// Refused, with the reason; the parameter is then empty.
    pub refused: Vec<ParamError>,
}

/// Fills what can be filled, in the order of the file, so that a picker may depend on an earlier parameter.
pub fn prefill(runbook: &Runbook, origin: &Origin<'_>) -> Prefilled {
    let mut out = Prefilled::default();
    for (name, _) in origin.set {
        if runbook.param(name).is_none() {
            let reason = t!("runbook-params-no-such", id = runbook.id);
            out.refused.push(ParamError { name: name.clone(), reason });
        }
    }
    for param in &runbook.params {
        let texts = candidates(runbook, param, origin);
        let judged = if texts.is_empty() {
            default_value(param, &out.values)
        } else {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            Some(accept_all(param, &texts, &out.values))
        };
        match judged {
            Some(Ok(value)) => drop(out.values.insert(param.name.clone(), value)),
            Some(Err(error)) => out.refused.push(error),
            None => {}
        }
    }
    out
}

fn candidates(runbook: &Runbook, param: &Param, origin: &Origin<'_>) -> Vec<String> {
    let set: Vec<String> =
        origin.set.iter().filter(|(n, _)| *n == param.name).map(|(_, v)| v.clone()).collect();
    if !set.is_empty() {
        return set;
    }
    if let Some(text) = origin.finding.and_then(|f| f.get(&param.name)) {
        // A list is recorded as it is shown.
        let several = param.many.then(|| text.split(',').map(|t| t.trim().to_owned()).collect());
        return several.unwrap_or_else(|| vec![text.clone()]);
    }
    if let Some(text) = origin.alert.and_then(|(name, labels)| bound(runbook, param, name, labels)) {
        return vec![text];
    }
    let preferred = param.prefer.iter().find_map(|p| match p {
        Prefer::Alert(label) => origin.alert.and_then(|(_, labels)| labels.get(label).cloned()),
        Prefer::Finding => origin.subject.and_then(|k| object(param, k)),
        Prefer::Cursor => origin.cursor.and_then(|k| object(param, k)),
        Prefer::Newest => None,
    });
    preferred.into_iter().collect()
}

/// The label that the alert's `bind` names. For a kind with namespaces the label `namespace` is put in front.
fn bound(runbook: &Runbook, param: &Param, alert: &str, labels: &BTreeMap<String, String>) -> Option<String> {
    let fits = |m: &(String, String)| labels.get(&m.0) == Some(&m.1);
    let binding = runbook.alerts.iter().find(|a| a.name == alert && a.matchers.iter().all(fits))?;
    let (_, label) = binding.bind.iter().find(|(p, _)| *p == param.name)?;
    let text = labels.get(label)?.clone();
    let ParamSource::K8s(picker) = &param.source else { return Some(text) };
    match labels.get("namespace") {
        Some(ns) if super::is_namespaced(&picker.kind) && !text.contains('/') => Some(format!("{ns}/{text}")),
        _ => Some(text),
    }
}

/// An object as text for this parameter, when it is of the parameter's kind; where a namespace is asked for, the object's.
fn object(param: &Param, key: &ObjectKey) -> Option<String> {
    let ParamSource::K8s(picker) = &param.source else { return None };
    let wanted = Kind::parse(&picker.kind)?;
    if wanted == Kind::Namespace && key.kind.meta().namespaced {
        return Some(key.row.namespace.to_string());
    }
    (wanted == key.kind).then(|| key.row.to_string())
}
