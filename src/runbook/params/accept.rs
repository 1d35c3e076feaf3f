//! Judges a value that was entered, chosen, or taken from an alert.

use std::collections::BTreeMap;
use std::time::Duration;

use super::super::decode::scalars::{parse_duration, print_duration};
use super::super::model::{K8sPicker, Param, ParamSource, Runbook, Template, TextRule, ValueType};
use super::{Bindings, ObjectRef, ParamValue, Recorded, SecretText, Values};
use super::{check_name, check_plain, is_namespaced, resolve};
use crate::domain::parse_quantity;
use crate::lang::{list, t};

/// What a person typed for a value of this type, as the format writes it: of a length of time `30 min` and `2小时`. Files keep to
/// the format.
pub fn as_typed(ty: &ValueType, text: &str) -> String {
    const WORDS: [(&str, &[&str]); 4] = [
        ("s", &["s", "sec", "secs", "second", "seconds", "秒"]),
        ("m", &["m", "min", "mins", "minute", "minutes", "分", "分钟"]),
        ("h", &["h", "hr", "hrs", "hour", "hours", "小时"]),
        ("d", &["d", "day", "days", "天"]),
    ];
    if !matches!(ty, ValueType::Duration { .. }) {
        return text.to_owned();
    }
    let (mut out, mut unit) = (String::new(), String::new());
    let close = |out: &mut String, unit: &mut String| {
        let known = WORDS.iter().find(|(_, words)| words.contains(&unit.to_lowercase().as_str()));
        // What is no unit stays as it is, and is refused.
        out.push_str(known.map_or(unit.as_str(), |(short, _)| short));
        unit.clear();
    };
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if c.is_ascii_digit() {
            close(&mut out, &mut unit);
            out.push(c);
        } else {
            unit.push(c);
        }
    }
    close(&mut out, &mut unit);
    out
}

/// Why a value was refused, or is missing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", t!("runbook-params-parameter", name = name, reason = reason))]
pub struct ParamError {
    /// The parameter.
    pub name: String,
    /// What is wrong with the value, without a secret in it.
    pub reason: String,
}

/// Judges one value. `values` are the parameters that are known already; a picker's namespace may be one.
pub fn accept(param: &Param, text: &str, values: &Values) -> Result<ParamValue, ParamError> {
    let judged = match &param.source {
        ParamSource::Typed(ty) => accept_typed(ty, text),
        ParamSource::K8s(picker) => accept_object(picker, text, values),
        ParamSource::EtcdMember => check_text(text, &TextRule::default())
            .map(|()| ParamValue::Fields(BTreeMap::from([("name".to_owned(), text.to_owned())]))),
        ParamSource::Container(_) => {
            check_name("container", text).map(|()| ParamValue::Text(text.to_owned()))
        }
        ParamSource::Context | ParamSource::File(_) | ParamSource::Step { .. } | ParamSource::Command(_) => {
            check_text(text, &TextRule::default()).map(|()| ParamValue::Text(text.to_owned()))
        }
    };
    let of = |reason: String| {
        if param.is_secret() {
            t!("runbook-params-secret-refused", reason = reason)
        } else {
            t!("runbook-params-refused", value = text.escape_debug(), reason = reason)
        }
    };
    judged.map_err(|reason| ParamError { name: param.name.clone(), reason: of(reason) })
}

/// Judges one or several values: several only for a parameter with `many`, which always becomes a list.
pub fn accept_all(param: &Param, texts: &[&str], values: &Values) -> Result<ParamValue, ParamError> {
    let error = |reason: &str| Err(ParamError { name: param.name.clone(), reason: reason.to_owned() });
    match (param.many, texts) {
        (_, []) => error(t!("runbook-params-needs-value")),
        (false, [one]) => accept(param, one, values),
        (false, _) => error(t!("runbook-params-one-value")),
        (true, many) => {
            let items: Result<Vec<_>, _> = many.iter().map(|t| accept(param, t, values)).collect();
            Ok(ParamValue::List(items?))
        }
    }
}

/// Judges a value that was written as YAML or JSON: a scalar or a list of scalars.
pub fn accept_json(
    param: &Param,
    json: &serde_json::Value,
    values: &Values,
) -> Result<ParamValue, ParamError> {
    use serde_json::Value as Json;
    let text = |j: &Json| match j {
        Json::String(s) => Some(s.clone()),
        Json::Number(n) => Some(n.to_string()),
        Json::Bool(b) => Some(b.to_string()),
        _ => None,
    };
    let texts: Option<Vec<String>> = match json {
        Json::Array(items) => items.iter().map(text).collect(),
        one => text(one).map(|t| vec![t]),
    };
    let Some(texts) = texts else {
        return Err(ParamError {
            name: param.name.clone(),
            reason: t!("runbook-params-plain-value").to_owned(),
        });
    };
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    accept_all(param, &texts, values)
}

/// The default, judged like any other value.
pub fn default_value(param: &Param, values: &Values) -> Option<Result<ParamValue, ParamError>> {
    param.default.as_ref().map(|json| accept_json(param, json, values))
}

/// Parameters that must still get a value before the run can start. Values that steps supply later are not
/// among them.
pub fn missing<'a>(runbook: &'a Runbook, values: &Values) -> Vec<&'a Param> {
    let later = |p: &Param| matches!(p.source, ParamSource::Step { .. });
    runbook.params.iter().filter(|p| !p.optional && !later(p) && !values.contains_key(&p.name)).collect()
}

fn check_text(text: &str, rule: &TextRule) -> Result<(), String> {
    check_plain(text)?;
    if text.is_empty() {
        return Err(t!("runbook-params-empty").to_owned());
    }
    if text.starts_with('-') && !rule.allow_dash {
        return Err(t!("runbook-params-dash").to_owned());
    }
    if rule.max_len.is_some_and(|max| text.chars().count() > max) {
        return Err(t!("runbook-params-too-long", max_len = rule.max_len.unwrap_or_default()));
    }
    if let Some(pattern) = &rule.pattern {
        // Anchored, so that a pattern describes the whole value.
        let whole = regex::Regex::new(&format!("^(?:{pattern})$"))
            .map_err(|_| t!("runbook-params-cannot-be-checked").to_owned())?;
        if !whole.is_match(text) {
            return Err(t!("runbook-params-no-match", pattern = pattern));
        }
    }
    Ok(())
}

/// Judges a typed field or a recorded value. The reason follows the value in a sentence.
pub fn accept_typed(ty: &ValueType, text: &str) -> Result<ParamValue, String> {
    let within = |given: Duration, min: Option<Duration>, max: Option<Duration>| {
        if min.is_some_and(|m| given < m) || max.is_some_and(|m| given > m) {
            let bound = |b: Option<Duration>| b.map_or(t!("runbook-params-any").to_owned(), print_duration);
            return Err(t!("runbook-params-outside", min = bound(min), max = bound(max)));
        }
        Ok(())
    };
    match ty {
        ValueType::Text(rule) => check_text(text, rule).map(|()| ParamValue::Text(text.to_owned())),
        ValueType::Int { min, max } => {
            let number: i64 = text.parse().map_err(|_| t!("runbook-params-no-integer").to_owned())?;
            if min.is_some_and(|m| number < m) || max.is_some_and(|m| number > m) {
                let bound =
                    |b: &Option<i64>| b.map_or(t!("runbook-params-any").to_owned(), |b| b.to_string());
                return Err(t!("runbook-params-outside", min = bound(min), max = bound(max)));
            }
            Ok(ParamValue::Int(number))
        }
        ValueType::Bool => match text {
            "true" => Ok(ParamValue::Bool(true)),
            "false" => Ok(ParamValue::Bool(false)),
            _ => Err(t!("runbook-params-no-bool").to_owned()),
        },
        ValueType::Enum(words) if words.iter().any(|w| w == text) => Ok(ParamValue::Text(text.to_owned())),
        ValueType::Enum(words) => Err(t!("runbook-params-none-of", words = list(words))),
        ValueType::Duration { min, max } => {
            let given = parse_duration(text).ok_or(t!("runbook-params-no-duration"))?;
            within(given, *min, *max)?;
            Ok(ParamValue::Duration(given))
        }
        ValueType::Quantity => match parse_quantity(text) {
            Some(_) => Ok(ParamValue::Text(text.to_owned())),
            None => Err(t!("runbook-params-no-quantity").to_owned()),
        },
        ValueType::Regex => {
            check_plain(text)?;
            regex::Regex::new(text).map_err(|_| t!("runbook-params-no-regex").to_owned())?;
            Ok(ParamValue::Text(text.to_owned()))
        }
        // The reason must not repeat any of the text.
        ValueType::Secret if text.is_empty() => Err(t!("runbook-params-empty").to_owned()),
        ValueType::Secret if text.contains('\0') => Err(t!("runbook-params-nul").to_owned()),
        ValueType::Secret => Ok(ParamValue::Secret(SecretText::new(text))),
    }
}

/// `name`, or `namespace/name` where the kind has namespaces.
fn accept_object(picker: &K8sPicker, text: &str, values: &Values) -> Result<ParamValue, String> {
    let kind = picker.kind.clone();
    if !is_namespaced(&kind) {
        check_name(&kind, text)?;
        return Ok(ParamValue::Object(ObjectRef { kind, namespace: None, name: text.to_owned() }));
    }
    let (namespace, name) = match text.split_once('/') {
        Some((namespace, name)) => (namespace.to_owned(), name),
        None => match picker.namespace.as_ref().and_then(|t| namespace_of(t, values)) {
            Some(namespace) => (namespace, text),
            None => return Err(t!("runbook-params-needs-namespace").to_owned()),
        },
    };
    check_name("namespace", &namespace)?;
    check_name(&kind, name)?;
    Ok(ParamValue::Object(ObjectRef { kind, namespace: Some(namespace), name: name.to_owned() }))
}

fn namespace_of(template: &Template, values: &Values) -> Option<String> {
    let steps = Recorded::new();
    let json = resolve(template, &Bindings { values, steps: &steps }).ok()?;
    json.as_str().map(str::to_owned)
}
