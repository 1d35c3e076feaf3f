//! JSON patch (RFC 6902): add, remove, replace, move, copy and test.

use http::StatusCode;
use serde_json::{Value, json};

use crate::practice::obj::text;
use crate::practice::status::Refusal;

/// The object after all operations; the first that fails refuses the whole patch.
pub fn apply(object: &Value, patch: &Value) -> Result<Value, Refusal> {
    let Some(operations) = patch.as_array() else {
        return Err(Refusal::bad_request("error decoding patch: a JSON patch is a list of operations"));
    };
    let mut object = object.clone();
    for operation in operations {
        one(&mut object, operation).map_err(|why| {
            // The real server keeps the reason to itself.
            tracing::debug!("JSON patch refused: {why}");
            let message = "the server rejected our request due to an error in our request";
            Refusal {
                details: json!({}),
                ..Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "Invalid", message)
            }
        })?;
    }
    Ok(object)
}

fn one(object: &mut Value, operation: &Value) -> Result<(), String> {
    let path = text(operation, "/path");
    let value = || operation.get("value").cloned().unwrap_or(Value::Null);
    match text(operation, "/op") {
        "add" => add(object, path, value()),
        "remove" => take(object, path).map(drop),
        "replace" => match object.pointer_mut(path) {
            Some(place) => {
                *place = value();
                Ok(())
            }
            None => {
                Err(format!("replace operation does not apply: doc is missing key: {path}: missing value"))
            }
        },
        "move" => {
            let value = take(object, text(operation, "/from"))?;
            add(object, path, value)
        }
        "copy" => {
            let from = text(operation, "/from");
            let value = object.pointer(from).cloned().ok_or_else(|| format!("copy: nothing at {from}"))?;
            add(object, path, value)
        }
        "test" if object.pointer(path).unwrap_or(&Value::Null) == &value() => Ok(()),
        "test" => Err(format!("testing value {path} failed: test failed")),
        other => Err(format!("Unexpected kind: {other}")),
    }
}

/// The parent's pointer and the unescaped last part.
fn split(path: &str) -> Result<(&str, String), String> {
    let (parent, last) =
        path.rsplit_once('/').ok_or_else(|| format!("the path {path:?} does not begin with /"))?;
    Ok((parent, last.replace("~1", "/").replace("~0", "~")))
}

fn add(object: &mut Value, path: &str, value: Value) -> Result<(), String> {
    if path.is_empty() {
        *object = value;
        return Ok(());
    }
    let (parent, last) = split(path)?;
    let missing = || format!("add operation does not apply: doc is missing path: {path}: missing value");
    match object.pointer_mut(parent).ok_or_else(missing)? {
        Value::Object(map) => {
            map.insert(last, value);
            Ok(())
        }
        Value::Array(items) => {
            let at = if last == "-" { items.len() } else { last.parse().map_err(|_| missing())? };
            if at > items.len() {
                return Err(format!(
                    "add operation does not apply: doc is missing path: {path}: invalid index"
                ));
            }
            items.insert(at, value);
            Ok(())
        }
        _ => Err(missing()),
    }
}

fn take(object: &mut Value, path: &str) -> Result<Value, String> {
    let (parent, last) = split(path)?;
    let missing = || format!("remove operation does not apply: doc is missing path: {path}: missing value");
    match object.pointer_mut(parent).ok_or_else(missing)? {
        Value::Object(map) => map.shift_remove(&last).ok_or_else(missing),
        Value::Array(items) => match last.parse::<usize>() {
            Ok(at) if at < items.len() => Ok(items.remove(at)),
            _ => Err(missing()),
        },
        _ => Err(missing()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_apply_in_order_or_not_at_all() {
        let object = json!({"a": {"x/y": 1}, "l": [1, 3]});
        let patch = json!([
            {"op": "test", "path": "/a/x~1y", "value": 1},
            {"op": "add", "path": "/l/1", "value": 2},
            {"op": "add", "path": "/l/-", "value": 4},
            {"op": "remove", "path": "/a/x~1y"},
            {"op": "move", "from": "/l/0", "path": "/a/z"},
            {"op": "replace", "path": "/a/z", "value": 9},
        ]);
        assert_eq!(apply(&object, &patch).unwrap(), json!({"a": {"z": 9}, "l": [2, 3, 4]}));
        for bad in [
            json!([{"op": "test", "path": "/a", "value": 1}]),
            json!([{"op": "remove", "path": "/b"}]),
            json!([{"op": "add", "path": "/b/c", "value": 1}]),
            json!({}),
        ] {
            assert!(apply(&object, &bad).is_err(), "{bad}");
        }
    }
}
