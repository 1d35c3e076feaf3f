//! Label selectors (text and object form) and field selectors.

use serde_json::Value;

use super::obj::{label, list, text};

#[derive(Debug, Clone, PartialEq, Eq)]
enum Op {
    In,
    NotIn,
    Exists,
    Absent,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Requirement {
    key: String,
    op: Op,
    values: Vec<String>,
}

impl Requirement {
    fn matches(&self, value: Option<&str>) -> bool {
        let among = || value.is_some_and(|v| self.values.iter().any(|x| x == v));
        match self.op {
            Op::In => among(),
            Op::NotIn => !among(),
            Op::Exists => value.is_some(),
            Op::Absent => value.is_none(),
        }
    }
}

/// A label selector; the empty one matches everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels(Vec<Requirement>);

impl Labels {
    /// Reads `a=b,c!=d,e in (f,g),h,!i`; the error is the message of the API server.
    pub fn parse(text: &str) -> Result<Self, String> {
        split(text).into_iter().map(|part| requirement(&part)).collect::<Result<_, _>>().map(Self)
    }

    /// Reads `{matchLabels, matchExpressions}`; a null selector matches nothing and gives `None`.
    pub fn of_object(selector: &Value) -> Option<Self> {
        let map = selector.as_object()?;
        let mut all = Vec::new();
        for (key, value) in map.get("matchLabels").and_then(Value::as_object).into_iter().flatten() {
            let values = vec![value.as_str().unwrap_or_default().to_owned()];
            all.push(Requirement { key: key.clone(), op: Op::In, values });
        }
        for e in list(selector, "/matchExpressions") {
            all.push(expression(e));
        }
        Some(Self(all))
    }

    /// Whether the labels of an object match.
    pub fn matches(&self, obj: &Value) -> bool {
        self.0.iter().all(|r| r.matches(label(obj, &r.key)))
    }

    /// Whether it selects everything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One expression of a `matchExpressions` list against a value.
pub fn expression_matches(e: &Value, value: Option<&str>) -> bool {
    expression(e).matches(value)
}

fn expression(e: &Value) -> Requirement {
    let op = match text(e, "/operator") {
        "In" => Op::In,
        "NotIn" => Op::NotIn,
        "DoesNotExist" => Op::Absent,
        _ => Op::Exists,
    };
    let values = list(e, "/values").iter().filter_map(Value::as_str).map(str::to_owned).collect();
    Requirement { key: text(e, "/key").to_owned(), op, values }
}

/// Splits at commas outside of parentheses.
fn split(text: &str) -> Vec<String> {
    let (mut parts, mut depth, mut part) = (Vec::new(), 0, String::new());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    parts.push(part);
    parts.retain(|p| !p.trim().is_empty());
    parts
}

fn requirement(part: &str) -> Result<Requirement, String> {
    let part = part.trim();
    let make = |key: &str, op, values: Vec<String>| {
        let key = key.trim().to_owned();
        if key.is_empty() || key.contains(char::is_whitespace) {
            return Err(format!("unable to parse requirement: found '{part}', expected: identifier"));
        }
        Ok(Requirement { key, op, values })
    };
    if let Some((key, value)) = part.split_once("!=") {
        return make(key, Op::NotIn, vec![value.trim().to_owned()]);
    }
    if let Some((key, value)) = part.split_once('=') {
        return make(key, Op::In, vec![value.trim_start_matches('=').trim().to_owned()]);
    }
    if let Some((head, values)) = part.split_once('(') {
        let values = values.trim_end_matches(')').split(',').map(|v| v.trim().to_owned()).collect();
        let (key, op) = head.trim().split_once(' ').unwrap_or((head, ""));
        return match op.trim() {
            "in" => make(key, Op::In, values),
            "notin" => make(key, Op::NotIn, values),
            other => Err(format!("unable to parse requirement: found '{other}', expected: in, notin")),
        };
    }
    match part.strip_prefix('!') {
        Some(key) => make(key, Op::Absent, Vec::new()),
        None => make(part, Op::Exists, Vec::new()),
    }
}

/// A field selector.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, bool, String)>);

/// The fields that may be selected by, for every kind that has them.
const FIELDS: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.unschedulable",
    "status.phase",
    "status.podIP",
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "involvedObject.apiVersion",
    "involvedObject.resourceVersion",
    "involvedObject.fieldPath",
    "reason",
    "reportingComponent",
    "source",
    "type",
];

impl Fields {
    /// Reads `a=b,c!=d`; the error is the message of the API server.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut all = Vec::new();
        for part in text.split(',').filter(|p| !p.is_empty()) {
            let (key, equal, value) = if let Some((k, v)) = part.split_once("!=") {
                (k, false, v)
            } else if let Some((k, v)) = part.split_once('=') {
                (k, true, v.trim_start_matches('='))
            } else {
                return Err(format!("invalid field selector: '{text}'; can't understand '{part}'"));
            };
            if !FIELDS.contains(&key) {
                return Err(format!("field label not supported: {key}"));
            }
            all.push((key.to_owned(), equal, value.to_owned()));
        }
        Ok(Self(all))
    }

    /// Whether the fields of an object match.
    pub fn matches(&self, obj: &Value) -> bool {
        self.0.iter().all(|(key, equal, value)| (field(obj, key) == *value) == *equal)
    }

    /// Whether it selects everything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn field(obj: &Value, key: &str) -> String {
    let at = match key {
        "source" => "/source/component".to_owned(),
        key => format!("/{}", key.replace('.', "/")),
    };
    match obj.pointer(&at) {
        Some(Value::String(s)) => s.clone(),
        Some(Value::Bool(b)) => b.to_string(),
        None if key == "spec.unschedulable" => "false".to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn label_selectors_in_every_form() {
        let pod = json!({"metadata": {"labels": {"app": "api", "tier": "web"}}});
        for (selector, expected) in [
            ("app=api", true),
            ("app==api,tier!=db", true),
            ("app in (web, api),tier", true),
            ("app notin (api)", false),
            ("!app", false),
            ("!zone,tier", true),
            ("", true),
        ] {
            assert_eq!(Labels::parse(selector).unwrap().matches(&pod), expected, "{selector}");
        }
        assert!(Labels::parse("a b c").is_err());
        assert!(Labels::of_object(&Value::Null).is_none());
        let object = json!({"matchLabels": {"app": "api"}, "matchExpressions": [{"key": "zone", "operator": "DoesNotExist"}]});
        assert!(Labels::of_object(&object).unwrap().matches(&pod));
    }

    #[test]
    fn field_selectors_know_their_fields() {
        let pod = json!({"metadata": {"name": "x"}, "spec": {"nodeName": "n"}});
        assert!(Fields::parse("spec.nodeName=n,metadata.name!=y").unwrap().matches(&pod));
        assert!(Fields::parse("spec.unschedulable=false").unwrap().matches(&pod));
        assert!(Fields::parse("spec.color=red").unwrap_err().contains("not supported"));
    }
}
