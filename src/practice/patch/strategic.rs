//! Strategic merge patch: like a merge patch, but lists with a merge key are merged item by item, and the directives
//! `$patch`, `$retainKeys`, `$setElementOrder/x` and `$deleteFromPrimitiveList/x` are obeyed.
//!
//! Which list has which merge key stands in one table, [`KEYS`]; a list that is not in it is replaced.

use serde_json::{Value, json};

use crate::practice::obj::{list, remove, text};

/// Field, parent field (empty: any), merge key. An empty merge key marks a list of plain values.
const KEYS: &[(&str, &str, &str)] = &[
    ("containers", "", "name"),
    ("initContainers", "", "name"),
    ("ephemeralContainers", "", "name"),
    ("volumes", "", "name"),
    ("env", "", "name"),
    ("volumeMounts", "", "mountPath"),
    ("volumeDevices", "", "devicePath"),
    ("imagePullSecrets", "", "name"),
    ("secrets", "", "name"),
    ("hostAliases", "", "ip"),
    ("topologySpreadConstraints", "", "topologyKey"),
    ("taints", "", "key"),
    ("conditions", "", "type"),
    ("addresses", "status", "type"),
    ("ownerReferences", "", "uid"),
    ("ports", "containers", "containerPort"),
    ("ports", "initContainers", "containerPort"),
    ("ports", "spec", "port"),
    ("finalizers", "", ""),
    ("podCIDRs", "", ""),
];

fn merge_key(field: &str, parent: &str) -> Option<&'static str> {
    KEYS.iter().find(|(f, p, _)| *f == field && (p.is_empty() || *p == parent)).map(|k| k.2)
}

/// Patches `object`.
pub fn apply(object: &mut Value, patch: &Value) {
    map(object, patch, "");
}

fn map(object: &mut Value, patch: &Value, field: &str) {
    let Some(changes) = patch.as_object() else {
        *object = patch.clone();
        return;
    };
    match text(patch, "/$patch") {
        "replace" => {
            *object = clean(patch);
            return;
        }
        "delete" => {
            *object = json!({});
            return;
        }
        _ => {}
    }
    if !object.is_object() {
        *object = json!({});
    }
    if let Some(keep) = changes.get("$retainKeys").and_then(Value::as_array)
        && let Some(fields) = object.as_object_mut()
    {
        fields.retain(|k, _| keep.iter().any(|x| x == k));
    }
    for (key, value) in changes {
        if let Some(target) = key.strip_prefix("$deleteFromPrimitiveList/") {
            let gone = value.as_array().cloned().unwrap_or_default();
            if let Some(items) = object[target].as_array_mut() {
                items.retain(|i| !gone.contains(i));
            }
        } else if key.starts_with('$') {
        } else if value.is_null() {
            remove(object, key);
        } else {
            one(&mut object[key.as_str()], value, key, field);
        }
    }
    for (key, order) in changes {
        if let Some(target) = key.strip_prefix("$setElementOrder/") {
            sort(&mut object[target], order, merge_key(target, field).unwrap_or_default());
        }
    }
}

fn one(place: &mut Value, value: &Value, key: &str, parent: &str) {
    match (value, merge_key(key, parent)) {
        (Value::Object(_), _) => map(place, value, key),
        (Value::Array(_), Some("")) if place.is_array() => {
            let items = place.as_array_mut().expect("checked");
            for item in list(value, "") {
                if !items.contains(item) {
                    items.push(item.clone());
                }
            }
        }
        (Value::Array(items), Some(by)) if !by.is_empty() => merge_list(place, items, by, key),
        _ => *place = value.clone(),
    }
}

fn merge_list(place: &mut Value, changes: &[Value], by: &str, field: &str) {
    if changes.iter().any(|c| c.as_object().is_some_and(|m| m.len() == 1) && text(c, "/$patch") == "replace")
    {
        *place = changes.iter().filter(|c| c.get("$patch").is_none()).cloned().collect();
        return;
    }
    if !place.is_array() {
        *place = json!([]);
    }
    let items = place.as_array_mut().expect("just made");
    for change in changes {
        let at = items.iter().position(|i| i[by] == change[by]);
        match (text(change, "/$patch"), at) {
            ("delete", Some(at)) => drop(items.remove(at)),
            ("delete", None) => {}
            (_, Some(at)) => map(&mut items[at], change, field),
            (_, None) => {
                let mut new = json!({});
                map(&mut new, change, field);
                items.push(new);
            }
        }
    }
}

/// Orders a merged list as the directive says; what it does not name keeps its place at the end.
fn sort(items: &mut Value, order: &Value, by: &str) {
    let Some(items) = items.as_array_mut() else { return };
    let wanted = list(order, "");
    items.sort_by_key(|item| {
        let same = |o: &&Value| if by.is_empty() { *o == item } else { o[by] == item[by] };
        wanted.iter().position(|o| same(&o)).unwrap_or(usize::MAX)
    });
}

fn clean(value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|k, _| !k.starts_with('$'));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_with_a_key_are_merged() {
        let mut pod = json!({"spec": {
            "containers": [{"name": "a", "image": "a:1", "ports": [{"containerPort": 80, "name": "x"}]}, {"name": "b", "image": "b:1"}],
            "tolerations": [{"key": "x"}],
        }});
        apply(
            &mut pod,
            &json!({"spec": {
                "$setElementOrder/containers": [{"name": "c"}, {"name": "a"}],
                "containers": [
                    {"name": "a", "image": "a:2", "ports": [{"containerPort": 80, "name": "y"}]},
                    {"name": "b", "$patch": "delete"},
                    {"name": "c", "image": "c:1"},
                ],
                "tolerations": [{"key": "y"}],
            }}),
        );
        let expected = json!({"spec": {
            "containers": [{"name": "c", "image": "c:1"}, {"name": "a", "image": "a:2", "ports": [{"containerPort": 80, "name": "y"}]}],
            "tolerations": [{"key": "y"}],
        }});
        assert_eq!(pod, expected);
    }

    #[test]
    fn taints_conditions_and_finalizers() {
        let mut node = json!({"metadata": {"finalizers": ["a"]}, "spec": {"taints": [{"key": "k", "effect": "NoSchedule"}]}});
        apply(
            &mut node,
            &json!({
                "metadata": {"finalizers": ["b"], "$deleteFromPrimitiveList/finalizers": ["a"]},
                "spec": {"taints": [{"$patch": "delete", "key": "k"}, {"key": "n", "effect": "NoExecute"}]},
                "status": {"conditions": [{"type": "Ready", "status": "True"}]},
            }),
        );
        assert_eq!(node["metadata"]["finalizers"], json!(["b"]));
        assert_eq!(node["spec"]["taints"], json!([{"key": "n", "effect": "NoExecute"}]));
        apply(&mut node, &json!({"spec": {"$patch": "replace", "unschedulable": true}}));
        assert_eq!(node["spec"], json!({"unschedulable": true}));
        apply(&mut node, &json!({"spec": {"$retainKeys": ["x"], "x": 1}}));
        assert_eq!(node["spec"], json!({"x": 1}));
    }
}
