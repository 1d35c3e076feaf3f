//! What a dry run would change, field by field, for the eye.

use serde_json::Value;

use crate::op::DiffLine;

/// Fields that the server changes by itself with every write.
const NOISE: &[&str] =
    &["metadata.managedFields", "metadata.resourceVersion", "metadata.generation", "status"];
/// A value longer than this is cut: a preview shows what changes, the YAML view shows all.
const LONGEST: usize = 160;

/// The fields that differ. Values of a Secret's data are never shown.
pub fn diff(before: &Value, after: &Value) -> Vec<DiffLine> {
    let secret = before["kind"] == "Secret" || after["kind"] == "Secret";
    let mut out = Vec::new();
    if after.is_null() && before.is_object() {
        let name = before["metadata"]["name"].as_str().unwrap_or_default();
        out.push(DiffLine { path: name.to_owned(), before: Some("exists".to_owned()), after: None });
        return out;
    }
    walk(String::new(), Some(before), Some(after), secret, &mut out);
    out
}

fn walk(path: String, before: Option<&Value>, after: Option<&Value>, secret: bool, out: &mut Vec<DiffLine>) {
    if before == after || NOISE.contains(&path.as_str()) {
        return;
    }
    match (before, after) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            for key in a.keys().chain(b.keys().filter(|k| !a.contains_key(*k))) {
                walk(join(&path, key), a.get(key), b.get(key), secret, out);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            for i in 0..a.len().max(b.len()) {
                walk(format!("{path}[{i}]"), a.get(i), b.get(i), secret, out);
            }
        }
        _ => {
            let hidden = secret && (path.starts_with("data") || path.starts_with("stringData"));
            let show = |v: Option<&Value>| v.map(|v| if hidden { "(hidden)".to_owned() } else { short(v) });
            out.push(DiffLine { before: show(before), after: show(after), path });
        }
    }
}

fn join(path: &str, key: &str) -> String {
    let key = if key.contains('.') || key.contains('/') { format!("[{key}]") } else { key.to_owned() };
    match path {
        "" => key,
        _ if key.starts_with('[') => format!("{path}{key}"),
        _ => format!("{path}.{key}"),
    }
}

fn short(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let text = crate::domain::sanitize(&text).replace('\n', "⏎");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_changes_is_shown() {
        let before = json!({"metadata": {"resourceVersion": "1", "name": "w"}, "spec": {"podCIDR": "x"}});
        let after = json!({"metadata": {"resourceVersion": "2", "name": "w"}, "spec": {"podCIDR": "x", "unschedulable": true}});
        let lines = diff(&before, &after);
        assert_eq!(
            lines,
            [DiffLine { path: "spec.unschedulable".into(), before: None, after: Some("true".into()) }]
        );
    }

    #[test]
    fn secret_values_stay_hidden() {
        let lines = diff(
            &json!({"kind": "Secret", "data": {"k": "YQ=="}}),
            &json!({"kind": "Secret", "data": {"k": "Yg=="}}),
        );
        assert_eq!(lines[0].before.as_deref(), Some("(hidden)"));
    }
}
