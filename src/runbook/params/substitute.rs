//! Puts values into templates. The template's shape never changes: a value fills a whole scalar or a whole part
//! of a path, and nothing in it is read as syntax.

use serde_json::Value as Json;

use super::super::model::{ParamRef, PathPart, Template};
use super::{ParamValue, Recorded, Values};
use crate::lang::t;

/// The values at hand.
#[derive(Clone, Copy, Debug)]
pub struct Bindings<'a> {
    /// Parameters.
    pub values: &'a Values,
    /// What steps recorded.
    pub steps: &'a Recorded,
}

/// Why a template could not be filled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubstituteError {
    /// Nobody gave the parameter a value.
    #[error("{}", t!("runbook-params-no-value", value = _0))]
    NoValue(String),
    /// The value has no such field.
    #[error("{}", t!("runbook-params-no-field", value = _0))]
    NoField(String),
    /// A secret may only reach a script's environment.
    #[error("{}", t!("runbook-params-secret-argument", value = _0))]
    Secret(String),
    /// A value with a slash would change the path.
    #[error("{}", t!("runbook-params-slash", value = _0))]
    Slash(String),
}

/// The value of a reference.
pub fn look_up(reference: &ParamRef, bindings: &Bindings<'_>) -> Result<ParamValue, SubstituteError> {
    let written =
        || std::iter::once(&reference.name).chain(&reference.fields).cloned().collect::<Vec<_>>().join(".");
    let (start, fields) = if reference.is_recorded() {
        let [step, field, rest @ ..] = &reference.fields[..] else {
            return Err(SubstituteError::NoField(written()));
        };
        let record = bindings.steps.get(step).and_then(|r| r.get(field));
        (record.ok_or_else(|| SubstituteError::NoValue(written()))?, rest)
    } else {
        let value = bindings.values.get(&reference.name);
        (value.ok_or_else(|| SubstituteError::NoValue(written()))?, &reference.fields[..])
    };
    let mut value = start.clone();
    for field in fields {
        value = value.field(field).ok_or_else(|| SubstituteError::NoField(written()))?;
    }
    if matches!(value, ParamValue::Secret(_)) {
        return Err(SubstituteError::Secret(written()));
    }
    Ok(value)
}

/// Fills a template; a whole scalar keeps the value's type.
pub fn resolve(template: &Template, bindings: &Bindings<'_>) -> Result<Json, SubstituteError> {
    match template {
        Template::Literal(json, _) => Ok(json.clone()),
        Template::Ref(r) => {
            look_up(r, bindings)?.json().ok_or_else(|| SubstituteError::Secret(r.name.clone()))
        }
        Template::Path(parts, _) => resolve_path(parts, bindings).map(Json::String),
        Template::List(items, _) => {
            items.iter().map(|i| resolve(i, bindings)).collect::<Result<_, _>>().map(Json::Array)
        }
        Template::Map(items, _) => {
            let pairs: Result<serde_json::Map<_, _>, _> =
                items.iter().map(|(k, v)| resolve(v, bindings).map(|v| (k.clone(), v))).collect();
            pairs.map(Json::Object)
        }
    }
}

/// Fills a path with one value for each reference; a list gives its elements joined by commas.
pub fn resolve_path(parts: &[PathPart], bindings: &Bindings<'_>) -> Result<String, SubstituteError> {
    Ok(resolve_paths(parts, bindings)?.join(","))
}

/// Fills a path; a reference to a list gives one path for each element (`ssh:$cps`).
pub fn resolve_paths(parts: &[PathPart], bindings: &Bindings<'_>) -> Result<Vec<String>, SubstituteError> {
    let slashes = parts.iter().any(|p| matches!(p, PathPart::Text(t) if t.contains('/')));
    let mut paths = vec![String::new()];
    for part in parts {
        let texts = match part {
            PathPart::Text(t) => vec![t.clone()],
            PathPart::Ref(r) => texts(&look_up(r, bindings)?, slashes)
                .ok_or_else(|| SubstituteError::Slash(r.name.clone()))?,
        };
        paths = paths.iter().flat_map(|p| texts.iter().map(move |t| format!("{p}{t}"))).collect();
    }
    Ok(paths)
}

/// The texts of a value; `None` when a text has a slash where that would add a part. Objects bring their own.
fn texts(value: &ParamValue, slashes: bool) -> Option<Vec<String>> {
    match value {
        ParamValue::List(items) => {
            items.iter().map(|i| texts(i, slashes)).collect::<Option<Vec<_>>>().map(|v| v.concat())
        }
        ParamValue::Object(_) => Some(vec![value.plain()]),
        other => {
            let text = other.plain();
            (!slashes || !text.contains('/')).then_some(vec![text])
        }
    }
}

/// The values inside of a step with `each`: the parameter's name means one element of its list.
pub fn each_element(values: &Values, name: &str, element: ParamValue) -> Values {
    let mut inside = values.clone();
    inside.insert(name.to_owned(), element);
    inside
}

#[cfg(test)]
mod tests {
    use super::super::{ObjectRef, SecretText};
    use super::*;
    use crate::runbook::model::Span;

    fn parts(text: &str) -> Vec<PathPart> {
        let mut problems = crate::runbook::Problems::default();
        super::super::super::decode::path_parts(text, 0, &mut problems)
    }

    fn values() -> Values {
        let pod = ObjectRef { kind: "pod".into(), namespace: Some("shop".into()), name: "web-1".into() };
        let nodes = ["a", "b"].map(|n| ParamValue::Text(n.into()));
        Values::from([
            ("pod".into(), ParamValue::Object(pod)),
            ("nodes".into(), ParamValue::List(nodes.into())),
            ("path".into(), ParamValue::Text("../etc".into())),
            ("n".into(), ParamValue::Int(3)),
            ("key".into(), ParamValue::Secret(SecretText::new("s"))),
        ])
    }

    #[test]
    fn values_fill_whole_parts_and_keep_their_type() {
        let (values, steps) = (
            values(),
            Recorded::from([("copy-file".into(), Values::from([("at".into(), ParamValue::Int(4))]))]),
        );
        let bind = Bindings { values: &values, steps: &steps };
        assert_eq!(resolve_path(&parts("logs/$pod/app"), &bind).unwrap(), "logs/shop/web-1/app");
        assert_eq!(resolve_paths(&parts("ssh:$nodes"), &bind).unwrap(), ["ssh:a", "ssh:b"]);
        assert_eq!(resolve_path(&parts("ssh:$nodes.first"), &bind).unwrap(), "ssh:a");
        assert_eq!(resolve_path(&parts("$steps.copy-file.at"), &bind).unwrap(), "4");
        let PathPart::Ref(n) = parts("$n").remove(0) else { panic!("no reference") };
        assert_eq!(resolve(&Template::Ref(n), &bind).unwrap(), Json::from(3));
    }

    #[test]
    fn values_cannot_change_the_shape() {
        let (values, steps) = (values(), Recorded::new());
        let bind = Bindings { values: &values, steps: &steps };
        assert_eq!(resolve_path(&parts("node/$path"), &bind), Err(SubstituteError::Slash("path".into())));
        assert_eq!(resolve_path(&parts("node/$other"), &bind), Err(SubstituteError::NoValue("other".into())));
        assert_eq!(resolve_path(&parts("$pod.uid"), &bind), Err(SubstituteError::NoField("pod.uid".into())));
        let list = Template::List(vec![Template::Path(parts("a/$key"), Span::default())], Span::default());
        assert_eq!(resolve(&list, &bind), Err(SubstituteError::Secret("key".into())));
    }
}
