//! Small readers and writers for objects kept as JSON. Absent fields read as empty; nothing here fails.

use serde_json::{Map, Value, json};

/// The text at a JSON pointer, empty when absent.
pub fn text<'a>(obj: &'a Value, at: &str) -> &'a str {
    obj.pointer(at).and_then(Value::as_str).unwrap_or_default()
}

/// The whole number at a JSON pointer.
pub fn int(obj: &Value, at: &str) -> Option<i64> {
    obj.pointer(at).and_then(Value::as_i64)
}

/// The truth at a JSON pointer, false when absent.
pub fn truth(obj: &Value, at: &str) -> bool {
    obj.pointer(at).and_then(Value::as_bool).unwrap_or_default()
}

/// The list at a JSON pointer, empty when absent.
pub fn list<'a>(obj: &'a Value, at: &str) -> &'a [Value] {
    obj.pointer(at).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// `metadata.name`.
pub fn name(obj: &Value) -> &str {
    text(obj, "/metadata/name")
}

/// `metadata.namespace`, empty for cluster-wide objects.
pub fn namespace(obj: &Value) -> &str {
    text(obj, "/metadata/namespace")
}

/// Namespace and name, owned.
pub fn key_of(obj: &Value) -> (String, String) {
    (namespace(obj).to_owned(), name(obj).to_owned())
}

/// `metadata.uid`.
pub fn uid(obj: &Value) -> &str {
    text(obj, "/metadata/uid")
}

/// A label's value.
pub fn label<'a>(obj: &'a Value, key: &str) -> Option<&'a str> {
    obj["metadata"]["labels"][key].as_str()
}

/// An annotation's value.
pub fn annotation<'a>(obj: &'a Value, key: &str) -> Option<&'a str> {
    obj["metadata"]["annotations"][key].as_str()
}

/// Whether deletion has begun.
pub fn terminating(obj: &Value) -> bool {
    obj.pointer("/metadata/deletionTimestamp").is_some_and(|v| !v.is_null())
}

/// The owner reference with `controller: true`.
pub fn controller(obj: &Value) -> Option<&Value> {
    list(obj, "/metadata/ownerReferences").iter().find(|o| truth(o, "/controller"))
}

/// Whether the object with this uid controls `obj`.
pub fn controlled_by(obj: &Value, uid: &str) -> bool {
    controller(obj).is_some_and(|o| text(o, "/uid") == uid)
}

/// The owner reference that makes `owner` the controller of a new object.
pub fn owner_reference(owner: &Value) -> Value {
    json!({
        "apiVersion": owner["apiVersion"], "kind": owner["kind"], "name": name(owner), "uid": uid(owner),
        "controller": true, "blockOwnerDeletion": true,
    })
}

/// A condition of `status.conditions`.
pub fn condition<'a>(obj: &'a Value, kind: &str) -> Option<&'a Value> {
    list(obj, "/status/conditions").iter().find(|c| text(c, "/type") == kind)
}

/// Whether a condition is `True`.
pub fn is(obj: &Value, kind: &str) -> bool {
    condition(obj, kind).is_some_and(|c| text(c, "/status") == "True")
}

/// The list at `key` of `obj`, made when it is absent.
pub fn list_mut<'a>(obj: &'a mut Value, key: &str) -> &'a mut Vec<Value> {
    if !obj[key].is_array() {
        obj[key] = json!([]);
    }
    obj[key].as_array_mut().expect("an array was just put there")
}

/// The items of the list at `key`, to be changed; an absent list is not made.
pub fn items_mut<'a>(obj: &'a mut Value, key: &str) -> impl Iterator<Item = &'a mut Value> {
    obj.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten()
}

/// The map at `key` of `obj`, made when it is absent.
pub fn map_mut<'a>(obj: &'a mut Value, key: &str) -> &'a mut Map<String, Value> {
    if !obj[key].is_object() {
        obj[key] = json!({});
    }
    obj[key].as_object_mut().expect("a map was just put there")
}

/// Takes a key out of the map at `parent`, keeping the order of the others.
pub fn remove(parent: &mut Value, key: &str) -> Option<Value> {
    parent.as_object_mut().and_then(|m| m.shift_remove(key))
}

/// Takes null fields out of maps at any depth: to the API server they are absent.
pub fn strip_nulls(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, v| !v.is_null());
            map.values_mut().for_each(strip_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_nulls),
        _ => {}
    }
}

/// Bytes as JSON carries them.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0_usize, |bits, b| bits << 8 | usize::from(*b)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[bits >> (18 - 6 * place) & 63];
            out.push(if place > three.len() { '=' } else { char::from(digit) });
        }
    }
    out
}

/// Sets a default when the field is absent or null.
pub fn default(obj: &mut Value, key: &str, value: impl Into<Value>) {
    if obj[key].is_null() {
        obj[key] = value.into();
    }
}

/// Writes a condition; the transition time moves only when the status changes. Returns whether it changed anything.
pub fn set_condition(status: &mut Value, new: Value, now: &str) -> bool {
    let conditions = list_mut(status, "conditions");
    let kind = text(&new, "/type").to_owned();
    let Some(old) = conditions.iter_mut().find(|c| text(c, "/type") == kind) else {
        let mut new = new;
        default(&mut new, "lastTransitionTime", now);
        conditions.push(new);
        return true;
    };
    let before = old.clone();
    let transition =
        if before["status"] == new["status"] { before["lastTransitionTime"].clone() } else { json!(now) };
    for key in ["reason", "message"] {
        if new.get(key).is_none() {
            remove(old, key);
        }
    }
    for (key, value) in new.as_object().expect("conditions are maps") {
        old[key] = value.clone();
    }
    old["lastTransitionTime"] = transition;
    *old != before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn a_transition_time_moves_with_the_status_only() {
        let mut status = json!({});
        assert!(set_condition(&mut status, json!({"type": "Ready", "status": "True", "reason": "A"}), "1"));
        assert!(set_condition(&mut status, json!({"type": "Ready", "status": "True"}), "2"));
        assert_eq!(
            status["conditions"],
            json!([{"type": "Ready", "status": "True", "lastTransitionTime": "1"}])
        );
        assert!(!set_condition(&mut status, json!({"type": "Ready", "status": "True"}), "3"));
        assert!(set_condition(&mut status, json!({"type": "Ready", "status": "False"}), "4"));
        assert_eq!(status["conditions"][0]["lastTransitionTime"], "4");
    }
}
