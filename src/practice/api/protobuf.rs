//! Protobuf bodies of the few kinds that kubectl sends no other way: reviews, and what `kubectl create` makes.
//!
//! Answers are always JSON. One more kind is one table of field numbers, from the `generated.proto` of its group, and
//! one line in [`schema`]; fields that are in no table are passed over.

use serde_json::{Value, json};

use crate::practice::obj::base64;

/// What a field holds.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    Number,
    Truth,
    Message(Schema),
    Texts,
    Messages(Schema),
    /// A map from text to text.
    Map,
    /// A map from text to bytes, which JSON carries in base64.
    Blobs,
}
use Holds::{Blobs, Map, Message, Messages, Number, Text, Texts, Truth};

type Schema = &'static [(u64, &'static str, Holds)];

static META: Schema = &[
    (1, "name", Text),
    (2, "generateName", Text),
    (3, "namespace", Text),
    (5, "uid", Text),
    (6, "resourceVersion", Text),
    (11, "labels", Map),
    (12, "annotations", Map),
    (14, "finalizers", Texts),
];
static BARE: Schema = &[(1, "metadata", Message(META))];
static CONFIG_MAP: Schema = &[(1, "metadata", Message(META)), (2, "data", Map)];
static SECRET: Schema =
    &[(1, "metadata", Message(META)), (2, "data", Blobs), (3, "type", Text), (4, "stringData", Map)];
static RESOURCE: Schema = &[
    (1, "namespace", Text),
    (2, "verb", Text),
    (3, "group", Text),
    (4, "version", Text),
    (5, "resource", Text),
    (6, "subresource", Text),
    (7, "name", Text),
];
static PATH: Schema = &[(1, "path", Text), (2, "verb", Text)];
static ACCESS_SPEC: Schema =
    &[(1, "resourceAttributes", Message(RESOURCE)), (2, "nonResourceAttributes", Message(PATH))];
static ACCESS: Schema = &[(1, "metadata", Message(META)), (2, "spec", Message(ACCESS_SPEC))];
static RULES: Schema = &[(1, "metadata", Message(META)), (2, "spec", Message(&[(1, "namespace", Text)]))];
static PRECONDITIONS: Schema = &[(1, "uid", Text), (2, "resourceVersion", Text)];
static DELETE: Schema = &[
    (1, "gracePeriodSeconds", Number),
    (2, "preconditions", Message(PRECONDITIONS)),
    (3, "orphanDependents", Truth),
    (4, "propagationPolicy", Text),
    (5, "dryRun", Texts),
];
static EVICTION: Schema = &[(1, "metadata", Message(META)), (2, "deleteOptions", Message(DELETE))];
static PORT: Schema = &[(1, "name", Text), (3, "containerPort", Number), (4, "protocol", Text)];
static ENV: Schema = &[(1, "name", Text), (2, "value", Text)];
static CONTAINER: Schema = &[
    (1, "name", Text),
    (2, "image", Text),
    (3, "command", Texts),
    (4, "args", Texts),
    (6, "ports", Messages(PORT)),
    (7, "env", Messages(ENV)),
    (14, "imagePullPolicy", Text),
];
static POD_SPEC: Schema = &[(2, "containers", Messages(CONTAINER)), (3, "restartPolicy", Text)];
static TEMPLATE: Schema = &[(1, "metadata", Message(META)), (2, "spec", Message(POD_SPEC))];
static SELECTOR: Schema = &[(1, "matchLabels", Map)];
static DEPLOYMENT_SPEC: Schema =
    &[(1, "replicas", Number), (2, "selector", Message(SELECTOR)), (3, "template", Message(TEMPLATE))];
static DEPLOYMENT: Schema = &[(1, "metadata", Message(META)), (2, "spec", Message(DEPLOYMENT_SPEC))];

fn schema(kind: &str) -> Option<Schema> {
    Some(match kind {
        "Namespace" | "ServiceAccount" | "SelfSubjectReview" => BARE,
        "ConfigMap" => CONFIG_MAP,
        "Secret" => SECRET,
        "SelfSubjectAccessReview" => ACCESS,
        "SelfSubjectRulesReview" => RULES,
        "DeleteOptions" => DELETE,
        "Eviction" => EVICTION,
        "Deployment" => DEPLOYMENT,
        _ => return None,
    })
}

/// Reads a body that begins with `k8s\0`; `None` when it is damaged or of a kind without a table.
pub fn read(body: &[u8]) -> Option<Value> {
    static KIND: Schema = &[(1, "apiVersion", Text), (2, "kind", Text)];
    let unknown = body.strip_prefix(b"k8s\0")?;
    let (mut type_meta, mut raw) = (json!({}), &[][..]);
    for field in fields(unknown)? {
        match field {
            (1, Wire::Bytes(bytes)) => type_meta = message(bytes, KIND)?,
            (2, Wire::Bytes(bytes)) => raw = bytes,
            _ => {}
        }
    }
    let mut object = message(raw, schema(type_meta["kind"].as_str()?)?)?;
    object["apiVersion"] = type_meta["apiVersion"].clone();
    object["kind"] = type_meta["kind"].clone();
    Some(object)
}

enum Wire<'a> {
    Varint(u64),
    Bytes(&'a [u8]),
    Fixed,
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// The fields of one message; `None` when it is damaged.
fn fields(mut bytes: &[u8]) -> Option<Vec<(u64, Wire<'_>)>> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes)?;
        let wire = match tag & 7 {
            0 => Wire::Varint(varint(&mut bytes)?),
            2 => {
                let length = usize::try_from(varint(&mut bytes)?).ok()?;
                let (value, rest) = bytes.split_at_checked(length)?;
                bytes = rest;
                Wire::Bytes(value)
            }
            kind @ (1 | 5) => {
                bytes = bytes.get(if kind == 1 { 8 } else { 4 }..)?;
                Wire::Fixed
            }
            _ => return None,
        };
        all.push((tag >> 3, wire));
    }
    Some(all)
}

fn message(bytes: &[u8], schema: Schema) -> Option<Value> {
    let mut object = json!({});
    for (number, wire) in fields(bytes)? {
        let Some((_, name, holds)) = schema.iter().find(|(n, _, _)| *n == number) else { continue };
        put(&mut object, name, *holds, &wire)?;
    }
    Some(object)
}

/// Puts one field into its object; empty texts are absent, as in JSON.
fn put(object: &mut Value, name: &str, holds: Holds, wire: &Wire<'_>) -> Option<()> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
    match (holds, wire) {
        (Number, Wire::Varint(n)) => object[name] = json!(n.cast_signed()),
        (Truth, Wire::Varint(n)) => object[name] = json!(*n != 0),
        (Text, Wire::Bytes([])) => {}
        (Text, Wire::Bytes(bytes)) => object[name] = json!(text(bytes)?),
        (Message(schema), Wire::Bytes(bytes)) => object[name] = message(bytes, schema)?,
        (Texts, Wire::Bytes(bytes)) => push(object, name, json!(text(bytes)?)),
        (Messages(schema), Wire::Bytes(bytes)) => push(object, name, message(bytes, schema)?),
        (Map, Wire::Bytes(bytes)) => {
            static ENTRY: Schema = &[(1, "key", Text), (2, "value", Text)];
            let entry = message(bytes, ENTRY)?;
            object[name][entry["key"].as_str().unwrap_or_default()] =
                json!(entry["value"].as_str().unwrap_or_default());
        }
        (Blobs, Wire::Bytes(bytes)) => {
            let (mut key, mut value) = (String::new(), String::new());
            for field in fields(bytes)? {
                match field {
                    (1, Wire::Bytes(bytes)) => key = text(bytes)?,
                    (2, Wire::Bytes(bytes)) => value = base64(bytes),
                    _ => {}
                }
            }
            object[name][key] = json!(value);
        }
        _ => return None,
    }
    Some(())
}

fn push(object: &mut Value, name: &str, item: Value) {
    match object[name].as_array_mut() {
        Some(items) => items.push(item),
        None => object[name] = json!([item]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One length-delimited field.
    fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
        [&[number << 3 | 2, u8::try_from(bytes.len()).unwrap()], bytes].concat()
    }

    fn body(kind: &str, raw: &[u8]) -> Vec<u8> {
        let type_meta = [field(1, b"v1"), field(2, kind.as_bytes())].concat();
        [b"k8s\0".to_vec(), field(1, &type_meta), field(2, raw)].concat()
    }

    #[test]
    fn known_kinds_are_read_and_others_are_not() {
        let label = [field(1, b"app"), field(2, b"api")].concat();
        let meta = [field(1, b"x"), field(3, b""), field(11, &label)].concat();
        let read_back = read(&body("Namespace", &field(1, &meta))).unwrap();
        assert_eq!(
            read_back,
            json!({"metadata": {"name": "x", "labels": {"app": "api"}}, "apiVersion": "v1", "kind": "Namespace"})
        );
        assert_eq!(read(&body("Pod", &[])), None);
        assert_eq!(read(&body("Namespace", &[0x0a, 0x50])), None, "a length beyond the end");
        assert_eq!(read(b"{}"), None);
    }
}
