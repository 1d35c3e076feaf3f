//! What a dry run would change, field by field, for the eye.

use serde_json::Value;

use crate::lang::t;
use crate::op::DiffLine;

/// Fields that the server changes by itself with every write.
const NOISE: &[&str] =
    &["metadata.managedFields", "metadata.resourceVersion", "metadata.generation", "status"];
/// A value longer than this is cut: a preview shows what changes, the YAML view shows all.
const LONGEST: usize = 160;

/// Managers whose fields are nobody's intention: what they keep is written anew all the time.
const SILENT: &[&str] =
    &["opsbook", "kubelet", "kube-controller-manager", "kube-scheduler", "kube-apiserver"];

/// What a manager keeps at some place of an object.
type Kept<'a> = Vec<(&'a str, &'a Value)>;

/// The fields that differ, with who else keeps them. Values of a Secret's data are never shown.
pub fn diff(before: &Value, after: &Value) -> Vec<DiffLine> {
    let secret = before["kind"] == "Secret" || after["kind"] == "Secret";
    let mut out = Vec::new();
    if after.is_null() && before.is_object() {
        let name = before["metadata"]["name"].as_str().unwrap_or_default();
        let before = Some(t!("cluster-diff-exists").to_owned());
        out.push(DiffLine { path: name.to_owned(), before, after: None, kept_by: None });
        return out;
    }
    let managers = before["metadata"]["managedFields"].as_array().into_iter().flatten();
    let kept: Kept<'_> = managers
        .filter_map(|m| Some((m["manager"].as_str()?, m.get("fieldsV1")?)))
        .filter(|(who, _)| !SILENT.contains(who))
        .collect();
    walk(String::new(), (Some(before), Some(after)), &kept, secret, &mut out);
    out
}

fn walk(
    path: String,
    (before, after): (Option<&Value>, Option<&Value>),
    kept: &Kept<'_>,
    secret: bool,
    out: &mut Vec<DiffLine>,
) {
    if before == after || NOISE.contains(&path.as_str()) {
        return;
    }
    match (before, after) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            for key in a.keys().chain(b.keys().filter(|k| !a.contains_key(*k))) {
                let below = below(kept, &format!("f:{key}"));
                walk(join(&path, key), (a.get(key), b.get(key)), &below, secret, out);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            for i in 0..a.len().max(b.len()) {
                // Lists whose elements have names are kept by name.
                let name = a.get(i).and_then(|item| item["name"].as_str()).unwrap_or_default();
                let below =
                    below(kept, &serde_json::json!({ "name": name }).to_string().replacen('{', "k:{", 1));
                walk(format!("{path}[{i}]"), (a.get(i), b.get(i)), &below, secret, out);
            }
        }
        _ => {
            let hidden = secret && (path.starts_with("data") || path.starts_with("stringData"));
            let show = |v: Option<&Value>| {
                v.map(|v| if hidden { t!("cluster-diff-hidden").to_owned() } else { short(v) })
            };
            let mut who: Vec<_> = kept.iter().map(|(who, _)| crate::domain::sanitize(who)).collect();
            who.dedup();
            let kept_by = (!who.is_empty()).then(|| who.join(", "));
            out.push(DiffLine { before: show(before), after: show(after), path, kept_by });
        }
    }
}

/// What they keep one step further down.
fn below<'a>(kept: &Kept<'a>, key: &str) -> Kept<'a> {
    kept.iter().filter_map(|(who, fields)| Some((*who, fields.get(key)?))).collect()
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
            [DiffLine {
                path: "spec.unschedulable".into(),
                before: None,
                after: Some("true".into()),
                kept_by: None
            }]
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

    #[test]
    fn who_else_keeps_a_field_is_told() {
        let before = json!({
            "metadata": {"managedFields": [
                {"manager": "helm", "fieldsV1": {"f:spec": {"f:replicas": {}}}},
                {"manager": "opsbook", "fieldsV1": {"f:spec": {"f:replicas": {}, "f:paused": {}}}},
                {"manager": "argocd", "fieldsV1": {"f:spec": {"f:containers": {"k:{\"name\":\"app\"}": {"f:image": {}}}}}},
            ]},
            "spec": {"replicas": 3, "paused": false, "containers": [{"name": "side", "image": "s:1"}, {"name": "app", "image": "a:1"}]},
        });
        let mut after = before.clone();
        after["spec"]["replicas"] = 5.into();
        after["spec"]["paused"] = true.into();
        after["spec"]["containers"][0]["image"] = "s:2".into();
        after["spec"]["containers"][1]["image"] = "a:2".into();
        let told: Vec<_> = diff(&before, &after).into_iter().map(|d| (d.path, d.kept_by)).collect();
        let by = |who: &str| Some(who.to_owned());
        assert_eq!(
            told,
            [
                ("spec.replicas".to_owned(), by("helm")),
                ("spec.paused".to_owned(), None),
                ("spec.containers[0].image".to_owned(), None),
                ("spec.containers[1].image".to_owned(), by("argocd")),
            ]
        );
    }
}
