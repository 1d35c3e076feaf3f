//! JSON merge patch (RFC 7386): maps are merged, null removes, everything else replaces.

use serde_json::{Value, json};

use crate::practice::obj::remove;

/// Merges `patch` into `object`.
pub fn merge(object: &mut Value, patch: &Value) {
    let Some(patch) = patch.as_object() else {
        *object = patch.clone();
        return;
    };
    if !object.is_object() {
        *object = json!({});
    }
    for (key, value) in patch {
        if value.is_null() {
            remove(object, key);
        } else {
            merge(&mut object[key.as_str()], value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_removes_and_lists_replace() {
        let mut object = json!({"a": {"b": 1, "c": 2}, "l": [1, 2]});
        merge(&mut object, &json!({"a": {"b": null, "d": {"e": null, "f": 1}}, "l": [3]}));
        assert_eq!(object, json!({"a": {"c": 2, "d": {"f": 1}}, "l": [3]}));
    }
}
