//! JSON patch (RFC 6902): add, remove, replace, move, copy and test, within the bounds of the real API server: a patch of a
//! few bytes could otherwise copy an object into itself until the memory is full.

use std::io::{self, Write};

use http::StatusCode;
use serde_json::{Value, json};

use crate::practice::obj::text;
use crate::practice::status::Refusal;

/// `maxJSONPatchOperations` of the API server.
const MOST_OPERATIONS: usize = 10_000;
/// `JSONPatchMaxCopyBytes`: what all copies of a patch may add up to.
const MOST_COPIED: usize = 3 << 20;

/// The object after all operations; the first that fails refuses the whole patch.
pub fn apply(object: &Value, patch: &Value) -> Result<Value, Refusal> {
    let Some(operations) = patch.as_array() else {
        return Err(Refusal::bad_request("error decoding patch: a JSON patch is a list of operations"));
    };
    if operations.len() > MOST_OPERATIONS {
        let (most, got) = (MOST_OPERATIONS, operations.len());
        let message = format!("The allowed maximum operations in a JSON patch is {most}, got {got}");
        return Err(Refusal::too_large(&message));
    }
    let mut object = object.clone();
    let mut left = MOST_COPIED;
    for operation in operations {
        one(&mut object, operation, &mut left).map_err(|why| {
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

fn one(object: &mut Value, operation: &Value, left: &mut usize) -> Result<(), String> {
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
            let value = object.pointer(from).ok_or_else(|| format!("copy: nothing at {from}"))?;
            // It is measured before it is made.
            serde_json::to_writer(Meter(left), value).map_err(|_| {
                format!("the accumulated size increase of copy exceeds the limit {MOST_COPIED}")
            })?;
            let value = value.clone();
            add(object, path, value)
        }
        "test" if object.pointer(path).unwrap_or(&Value::Null) == &value() => Ok(()),
        "test" => Err(format!("testing value {path} failed: test failed")),
        other => Err(format!("Unexpected kind: {other}")),
    }
}

/// Counts down what is written to it, and keeps nothing.
struct Meter<'a>(&'a mut usize);

impl Write for Meter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::QuotaExceeded)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
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

    /// What the review ran: 30 operations of 2 KB took 24 GB.
    #[test]
    fn copies_and_operations_are_bounded_as_by_the_real_server() {
        let object = json!({"metadata": {"annotations": {"a": "b".repeat(1000)}}});
        let doubling: Vec<Value> = (0..30)
            .map(|i| json!({"op": "copy", "from": "/metadata", "path": format!("/metadata/c{i}")}))
            .collect();
        let refused = apply(&object, &Value::Array(doubling.clone())).unwrap_err();
        assert_eq!(refused.code, StatusCode::UNPROCESSABLE_ENTITY);
        let few = Value::Array(doubling[..8].to_vec());
        assert!(apply(&object, &few).unwrap().to_string().len() > 200_000, "what fits is copied");
        let many = |n: usize| Value::Array(vec![json!({"op": "test", "path": "/x", "value": null}); n]);
        assert!(apply(&object, &many(10_000)).is_ok());
        let refused = apply(&object, &many(10_001)).unwrap_err();
        assert_eq!((refused.code, refused.reason), (StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLarge"));
    }
}
